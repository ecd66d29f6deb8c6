"""Every kind of entry, declared once: what it is called, says and shows, and who makes it.

`KINDS` is plain data, in tuples: a start makes them all. What a kind needs of other modules is
named as `module:name` and imported when it is first used, so that a start reads this list and
none of the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kwt_books.domain.accounts import PAYABLE, SHOP_RECEIVABLE, TRADE_RECEIVABLE
from kwt_books.domain.kind import Form, Kind, Paper, Purpose, Touch

KINDS: dict[str, Kind] = {}
"""By name: documents in the order in which people look for them, then what is set up."""


def register(*kinds: Kind) -> None:
    """Adds kinds.

    Raises `ValueError`, and adds none, where a name or the name of a form is taken.
    """
    names, taken = set(KINDS), {form.name for form in forms()}
    for kind in kinds:
        if kind.name in names:
            raise ValueError(f"there is a kind called {kind.name!r} already")
        names.add(kind.name)
        for form in kind.forms:
            if form.name in taken:
                raise ValueError(f"there is a form called {form.name!r} already")
            taken.add(form.name)
    KINDS.update({kind.name: kind for kind in kinds})


def forms() -> Iterator[Form]:
    """The forms of all kinds."""
    for kind in KINDS.values():
        yield from kind.forms


def form_named(name: str) -> Form | None:
    """The form of this name, if there is one."""
    return next((form for form in forms() if form.name == name), None)


def form_of(kind: str) -> Form | None:
    """The form that records documents of this kind, if there is one."""
    known = KINDS.get(kind)
    return known.forms[0] if known is not None and known.forms else None


def recorded_by(form: str) -> Kind | None:
    """The kind that this form records, if there is such a form."""
    return next((kind for kind in KINDS.values() if form in (f.name for f in kind.forms)), None)


def touched(kinds: Iterable[str]) -> Touch:
    """What the recording of these kinds changes; everything by a kind that isn't registered."""
    found = Touch.NOTHING
    for name in kinds:
        kind = KINDS.get(name)
        found |= kind.touches if kind is not None else Touch.EVERYTHING
    return found


def is_correctable(kind: str) -> bool:
    """Whether a correction may undo documents of this kind."""
    known = KINDS.get(kind)
    return known is None or known.correctable


# -- What several kinds share ---------------------------------------------------------------------

_SLIPS = "kwt_books.services.slips"
VOUCHER = Paper("voucher", "Cash or memorial voucher", f"{_SLIPS}:voucher")
"""There is one of every document."""
RECEIPT = Paper("receipt", "Official receipt", f"{_SLIPS}:receipt", of_money=True)
RECEIPTS = Paper("receipts", "Official receipts", f"{_SLIPS}:receipts")
"""One for each who paid; none for those who took out."""
SHEET = Paper("sheet", "Market day sheet", f"{_SLIPS}:session_sheet")
NOTA = Paper("nota", "Sales slip", f"{_SLIPS}:sale_slip")
CONSIGNMENT = Paper("consignment", "Receipt for goods on consignment", f"{_SLIPS}:consignment_slip")
CASH_MINUTES = Paper("cash-minutes", "Minutes of cash count", f"{_SLIPS}:cash_minutes")
ALLOCATION_MINUTES = Paper(
    "allocation-minutes", "Minutes of profit allocation", f"{_SLIPS}:allocation_minutes"
)
LABELS = Paper("labels", "Labels", f"{_SLIPS}:label_sheet")

_AT = "kwt_books.domain.documents"
_SAYS = "kwt_books.reports.kinds"
_TELLS = "kwt_books.reports.narrative"

# -- Selling --------------------------------------------------------------------------------------

register(
    Kind(
        name="market_day",
        command=f"{_AT}.selling:MarketDay",
        title="Outlets and fairs",
        sentences=("Market day, {venue}",),
        narrative=f"{_TELLS}:market_day",
        titled_by="venue",
        papers=(SHEET,),
        forms=(Form("market_day", "ui.selling.market_day:make_market_day", "friday"),),
        line_goods=(
            ("sold", Purpose.SOLD),
            ("spoiled", Purpose.SPOILED),
            ("sampled", Purpose.SAMPLED),
        ),
        cash_flow="from_customers",
        counts_cash=True,
        touches=Touch.GOODS,
    ),
    Kind(
        name="sale",
        command=f"{_AT}.selling:Sale",
        title="Sale",
        sentences=("Sale of {goods}",),
        narrative=f"{_TELLS}:sale",
        papers=(NOTA, RECEIPT),
        forms=(
            Form("sale", "ui.selling.sale:make_sale", "friday#sale"),
            Form("seedling_sale", "ui.selling.sale:make_seedling_sale", "friday#sale"),
        ),
        line_goods=(("qty", Purpose.SOLD),),
        cash_flow="from_customers",
        on_credit=(TRADE_RECEIVABLE, True),
        receipted=True,
        touches=Touch.GOODS,
    ),
    Kind(
        name="consignment",
        command=f"{_AT}.selling:Consignment",
        title="Goods left at a shop",
        sentences=("{goods} consigned to {shop}",),
        narrative=f"{_TELLS}:consignment",
        papers=(CONSIGNMENT,),
        forms=(Form("consignment", "ui.shops.forms:make_consignment", "shops"),),
        line_goods=(("qty", Purpose.SENT),),
        touches=Touch.GOODS | Touch.SHOPS,
    ),
    Kind(
        name="consignment_settlement",
        command=f"{_AT}.selling:ConsignmentSettlement",
        title="A shop settled",
        sentences=("Consignment settled with {shop}",),
        narrative=f"{_TELLS}:consignment_settlement",
        papers=(RECEIPT,),
        forms=(Form("settlement", "ui.shops.forms:make_settlement", "shops#settlement"),),
        line_goods=(
            ("sold", Purpose.SOLD),
            ("spoiled", Purpose.SPOILED),
            ("returned", Purpose.RETURNED),
        ),
        cash_flow="from_customers",
        on_credit=(SHOP_RECEIVABLE, True),
        receipted=True,
        touches=Touch.GOODS | Touch.SHOPS,
    ),
    Kind(
        name="sale_return",
        command=f"{_AT}.returns:SaleReturn",
        title="Goods that came back",
        sentences=("Came back: {goods}",),
        narrative=f"{_TELLS}:sale_return",
        forms=(
            Form(
                "sale_return",
                "ui.selling.returned:make_sale_return",
                "friday#return",
                title="Return from a buyer",
            ),
        ),
        cash_flow="from_customers",
        touches=Touch.GOODS,
    ),
)

# -- Buying and money -----------------------------------------------------------------------------

register(
    Kind(
        name="purchase",
        command=f"{_AT}.buying:Purchase",
        title="Goods bought",
        sentences=("Purchase of {goods}",),
        narrative=f"{_TELLS}:purchase",
        forms=(Form("purchase", "ui.money.buying:make_purchase", "cash#buy"),),
        cash_flow="to_suppliers",
        on_credit=(PAYABLE, False),
        pays=True,
        receipted=True,
        touches=Touch.GOODS,
    ),
    Kind(
        name="purchase_return",
        command=f"{_AT}.returns:PurchaseReturn",
        title="Goods sent back",
        sentences=("Sent back: {goods}",),
        narrative=f"{_TELLS}:purchase_return",
        forms=(
            Form(
                "purchase_return",
                "ui.money.returned:make_purchase_return",
                "cash#return",
                title="Return to the shop",
            ),
        ),
        cash_flow="to_suppliers",
        touches=Touch.GOODS,
    ),
    Kind(
        name="payment",
        command=f"{_AT}.money:Payment",
        title="Costs paid",
        sentences=("Payment: {accounts}",),
        narrative=f"{_TELLS}:payment",
        forms=(Form("payment", "ui.money.forms:make_payment", "cash#buy"),),
        pays=True,
        receipted=True,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="receipt",
        command=f"{_AT}.money:Receipt",
        title="Money came in",
        sentences=("Receipt: {accounts}",),
        narrative=f"{_TELLS}:receipt",
        papers=(RECEIPT,),
        forms=(
            Form("receipt", "ui.money.forms:make_receipt", "cash#receive", title="Receive money"),
            Form("shop_debt", "ui.shops.forms:make_shop_debt", "shops#debt"),
            Form(
                "take_sheets",
                "ui.intake.take:make_take",
                "sheets#take",
                shows_setup=True,
                title="Import from Excel",
            ),
        ),
        receipted=True,
        touches=Touch.SHOPS,
    ),
    Kind(
        name="transfer",
        command=f"{_AT}.money:Transfer",
        title="Money moved",
        sentences=("Transfer from {origin} to {goal}",),
        narrative=f"{_TELLS}:transfer",
        forms=(
            Form("transfer", "ui.money.forms:make_transfer", "cash#receive", title="Move money"),
        ),
        touches=Touch.NOTHING,
    ),
    Kind(
        name="savings",
        command=f"{_AT}.money:Savings",
        title="Members' savings",
        sentences=(
            "principal savings",
            "mandatory savings",
            "voluntary savings",
            "Withdrawal of {savings}",
            "Payment of {savings}",
        ),
        described=f"{_SAYS}:savings",
        narrative=f"{_TELLS}:savings",
        papers=(RECEIPTS,),
        forms=(
            Form(
                "savings", "ui.money.savings:make_savings", "cash#savings", title="Savings paid in"
            ),
        ),
        cash_flow="savings",
        touches=Touch.NOTHING,
    ),
    Kind(
        name="dues",
        command=f"{_AT}.money:Dues",
        title="Residents' dues",
        sentences=("Dues of {month}", "Dues"),
        described=f"{_SAYS}:dues",
        narrative=f"{_TELLS}:dues",
        papers=(RECEIPTS,),
        forms=(Form("dues", "ui.money.dues:make_dues", "cash#dues", title="Residents' dues"),),
        cash_flow="held",
        touches=Touch.NOTHING,
    ),
)

# -- Garden and kitchen ---------------------------------------------------------------------------

register(
    Kind(
        name="harvest",
        command=f"{_AT}.garden:Harvest",
        title="Harvest",
        sentences=("Harvest of {goods} from {bed}",),
        narrative=f"{_TELLS}:harvest",
        forms=(Form("harvest", "ui.garden.forms:make_harvest", "garden#harvest"),),
        touches=Touch.GOODS | Touch.PLANTS,
    ),
    Kind(
        name="sowing",
        command=f"{_AT}.garden:Sowing",
        title="Sowing",
        sentences=("Sowing of {goods}, batch {batch}",),
        narrative=f"{_TELLS}:sowing",
        forms=(Form("sowing", "ui.garden.forms:make_sowing", "garden#sow"),),
        cash_flow="wages",
        pays=True,
        touches=Touch.GOODS | Touch.PLANTS,
    ),
    Kind(
        name="tending",
        command=f"{_AT}.garden:Tending",
        title="Care of plants",
        sentences=("Care of batch {batch}", "Care of bed {bed}"),
        narrative=f"{_TELLS}:tending",
        forms=(Form("tending", "ui.garden.forms:make_tending", "garden#sow"),),
        cash_flow="wages",
        pays=True,
        touches=Touch.GOODS | Touch.PLANTS,
    ),
    Kind(
        name="seedlings_ready",
        command=f"{_AT}.garden:SeedlingsReady",
        title="Seedlings ready",
        sentences=(
            "Seedlings lost in batch {batch}",
            "{count} seedling ready from batch {batch}",
        ),
        described=f"{_SAYS}:seedlings",
        narrative=f"{_TELLS}:seedlings_ready",
        forms=(Form("seedlings_ready", "ui.garden.forms:make_seedlings_ready", "garden#ready"),),
        touches=Touch.GOODS | Touch.PLANTS,
    ),
    Kind(
        name="planting_end",
        command=f"{_AT}.garden:PlantingEnd",
        title="End of planting",
        sentences=("End of planting in {bed}",),
        narrative=f"{_TELLS}:planting_end",
        forms=(Form("planting_end", "ui.garden.forms:make_planting_end", "garden#harvest"),),
        touches=Touch.PLANTS,
    ),
    Kind(
        name="production",
        command=f"{_AT}.stock:Production",
        title="Production",
        sentences=("Production of {goods}",),
        narrative=f"{_TELLS}:production",
        papers=(LABELS,),
        forms=(Form("production", "ui.kitchen.forms:make_production", "kitchen"),),
        cash_flow="wages",
        pays=True,
        touches=Touch.GOODS,
    ),
)

# -- Grants, counts, assets -----------------------------------------------------------------------

register(
    Kind(
        name="grant",
        command=f"{_AT}.buying:Grant",
        title="Grant",
        sentences=("Grant: {goods}", "Grant in cash"),
        described=f"{_SAYS}:grant",
        narrative=f"{_TELLS}:grant",
        forms=(Form("grant", "ui.money.buying:make_grant", "cash#grants", title="Grant received"),),
        cash_flow="grants",
        receipted=True,
        touches=Touch.GOODS | Touch.ASSETS,
    ),
    Kind(
        name="distribution",
        command=f"{_AT}.buying:Distribution",
        title="Shared among members",
        sentences=("Shared among members: {goods}",),
        narrative=f"{_TELLS}:distribution",
        forms=(Form("distribution", "ui.stock.forms:make_distribution", "stock#share"),),
        takes=Purpose.SHARED,
        touches=Touch.GOODS,
    ),
    Kind(
        name="stock_count",
        command=f"{_AT}.stock:StockCount",
        title="Stock count",
        sentences=("Stock count, {place}", "store"),
        narrative=f"{_TELLS}:stock_count",
        forms=(Form("stock_count", "ui.stock.forms:make_stock_count", "stock#count"),),
        takes=Purpose.MISSING,
        touches=Touch.GOODS | Touch.SHOPS,
    ),
    Kind(
        name="cash_count",
        command=f"{_AT}.money:CashCount",
        title="Cash count",
        sentences=("Cash count, {account}",),
        narrative=f"{_TELLS}:cash_count",
        papers=(CASH_MINUTES,),
        forms=(
            Form(
                "cash_count", "ui.money.forms:make_cash_count", "cash#count", title="Count the cash"
            ),
        ),
        counts_cash=True,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="bank_reconciliation",
        command=f"{_AT}.money:BankReconciliation",
        title="Bank reconciliation",
        sentences=("Bank reconciliation, {account}",),
        narrative=f"{_TELLS}:bank_reconciliation",
        forms=(
            Form(
                "bank_reconciliation",
                "ui.money.reconciliation:make_reconciliation",
                "cash#bank",
                title="Reconcile with the bank",
            ),
            Form(
                "bank_list",
                "ui.intake.bank:make_bank",
                "sheets#bank",
                shows_setup=True,
                title="Compare with the bank",
            ),
        ),
        touches=Touch.NOTHING,
    ),
    Kind(
        name="asset_acquisition",
        command=f"{_AT}.buying:AssetAcquisition",
        title="Asset bought",
        sentences=("Purchase of {goods}",),
        narrative=f"{_TELLS}:asset_acquisition",
        forms=(Form("asset_acquisition", "ui.money.assets:make_asset_acquisition", "cash#assets"),),
        cash_flow="assets_bought",
        on_credit=(PAYABLE, False),
        pays=True,
        receipted=True,
        touches=Touch.ASSETS,
    ),
    Kind(
        name="asset_disposal",
        command=f"{_AT}.buying:AssetDisposal",
        title="Asset disposed of",
        sentences=("Disposal of asset {code}",),
        forms=(Form("asset_disposal", "ui.money.assets:make_asset_disposal", "cash#assets"),),
        cash_flow="assets_sold",
        receipted=True,
        touches=Touch.ASSETS,
    ),
    Kind(
        name="depreciation",
        command=f"{_AT}.buying:Depreciation",
        title="Depreciation",
        sentences=("Depreciation {month}",),
        narrative=f"{_TELLS}:depreciation",
        forms=(Form("depreciation", "ui.money.assets:make_depreciation", "cash#assets"),),
        of_month=True,
        touches=Touch.ASSETS,
    ),
)

# -- The book itself ------------------------------------------------------------------------------

register(
    Kind(
        name="memorial",
        command=f"{_AT}.memorial:Memorial",
        title="Memorial entry",
        sentences=("Memorial: {reason}",),
        narrative=f"{_TELLS}:memorial",
        forms=(
            Form(
                "memorial",
                "ui.money.memorial:make_memorial",
                "cash#memorial",
                title="Memorial entry",
            ),
            Form(
                "cost_owed",
                "ui.money.memorial:make_cost_owed",
                "cash#memorial",
                title="Unpaid cost",
            ),
            Form(
                "tax_due",
                "ui.money.memorial:make_tax_due",
                "cash#memorial",
                title="Tax due",
            ),
            Form(
                "advance_spent",
                "ui.money.memorial:make_advance_spent",
                "cash#memorial",
                title="Account for an advance",
            ),
            Form(
                "savings_named",
                "ui.money.memorial:make_savings_named",
                "cash#memorial",
                title="Assign unnamed savings",
            ),
        ),
        chair_only=True,
        touches=Touch.SHOPS,
    ),
    Kind(
        name="appropriation",
        command=f"{_AT}.memorial:Appropriation",
        title="Profit shared by the annual meeting",
        sentences=("Profit shared, {decision}",),
        narrative=f"{_TELLS}:appropriation",
        forms=(
            Form(
                "appropriation",
                "ui.funds.sharing:make_appropriation",
                "funds#share",
                title="Share profit of the year",
            ),
        ),
        chair_only=True,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="register",
        command=f"{_AT}.registers:Register",
        title="Books of the group",
        described=f"{_SAYS}:register",
        forms=(Form("register", "ui.registers.written:make_register", "books"),),
        in_closed_months=True,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="correction",
        command=f"{_AT}.correction:Correction",
        title="Correction",
        sentences=("Correction of {number}: {reason}",),
        narrative=f"{_TELLS}:correction",
        forms=(
            Form("correction", "ui.diary.correction:make_correction", "mending#correct"),
            Form("acts", "ui.intake.acts:make_acts", "sheets#cancel", title="Imported from Excel"),
        ),
        correctable=False,
    ),
    Kind(
        name="month_close",
        command=f"{_AT}.closing:MonthClose",
        title="Month closed",
        sentences=("Close of {month}",),
        narrative=f"{_TELLS}:month_close",
        papers=(ALLOCATION_MINUTES,),
        chair_only=True,
        correctable=False,
        of_month=True,
        sampled=False,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="month_reopen",
        command=f"{_AT}.closing:MonthReopen",
        title="Month reopened",
        sentences=("Reopening of {month}: {reason}",),
        narrative=f"{_TELLS}:month_reopen",
        forms=(Form("month_reopen", "ui.closing.form:make_month_reopen", "close#reopen"),),
        chair_only=True,
        correctable=False,
        in_closed_months=True,
        of_month=True,
        sampled=False,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="opening_balance",
        command=f"{_AT}.opening:OpeningBalance",
        title="Opening balance",
        sentences=("Opening balance",),
        narrative=f"{_TELLS}:opening_balance",
        forms=(
            Form("opening", "ui.first_start.opening:make_opening", "start#first", shows_setup=True),
        ),
        sampled=False,
    ),
    Kind(
        name="attachment",
        command=f"{_AT}.correction:Attachment",
        sentences=("Attachment {name}",),
        correctable=False,
        in_closed_months=True,
        touches=Touch.NOTHING,
    ),
)

# -- What is set up -------------------------------------------------------------------------------

register(
    Kind(
        name="group",
        command=f"{_AT}.setup:Group",
        forms=(Form("group", "ui.settings.group:make_group", "settings#group", shows_setup=True),),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="account",
        command=f"{_AT}.setup:AccountSetup",
        forms=(
            Form(
                "account", "ui.settings.forms:make_account", "settings#accounts", shows_setup=True
            ),
        ),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="item",
        command=f"{_AT}.setup:Item",
        forms=(Form("item", "ui.settings.forms:make_item", "settings#items", shows_setup=True),),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="party",
        command=f"{_AT}.setup:Party",
        forms=(
            Form("party", "ui.settings.forms:make_party", "settings#parties", shows_setup=True),
        ),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="recipe",
        command=f"{_AT}.setup:Recipe",
        forms=(Form("recipe", "ui.kitchen.forms:make_recipe", "settings#items", shows_setup=True),),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="person",
        command=f"{_AT}.setup:PersonSetup",
        forms=(
            Form("person", "ui.settings.people:make_person", "settings#people"),
            Form("password", "ui.settings.people:make_password", "settings#people"),
            Form(
                "first_people",
                "ui.settings.people:make_first_people",
                "settings#people",
                shows_setup=True,
            ),
        ),
        chair_only=True,
        correctable=False,
        touches=Touch.NOTHING,
    ),
    Kind(
        name="programme",
        command=f"{_AT}.setup:Programme",
        forms=(
            Form(
                "programme",
                "ui.settings.plans:make_programme",
                "settings#programmes",
                shows_setup=True,
            ),
        ),
        correctable=False,
        touches=Touch.SETUP,
    ),
    Kind(
        name="budget",
        command=f"{_AT}.setup:Budget",
        forms=(
            Form("budget", "ui.settings.plans:make_budget", "settings#budgets", shows_setup=True),
        ),
        correctable=False,
        touches=Touch.SETUP,
    ),
)
