"""The forms of shops: goods left there, settling up, and a shop that pays its debt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.domain.accounts import CASH_BOX, SHOP_RECEIVABLE
from kwt_books.domain.documents.lines import AccountLine, ItemLine
from kwt_books.domain.documents.money import Receipt
from kwt_books.domain.documents.selling import Consignment, ConsignmentSettlement, SettlementLine
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Good
from kwt_books.queries.shops import GoodAtShop, Shop, Shops
from ui.kit.card import Note
from ui.kit.field import FieldRow, MoneyField
from ui.kit.form import FormDialog
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import Columns, CounterColumn, FromStoreRow, GoodsRow
from ui.kit.layout import column, figures, fill, holder, label, row, rule, show_text
from ui.kit.look import GUTTER, UiContext
from ui.kit.more_goods import MoreGoods
from ui.kit.party import account_name
from ui.kit.picker import Picker
from ui.kit.till import MemoField, SaveButtons, ShareField, ShopForm, Till, opens_sheet
from ui.kit.workspace import Given, Workspace
from ui.kit.written import name_and_size

# -- Goods left at a shop, out of the store ------------------------------------------------------


class ConsignmentRow(FromStoreRow):
    """Goods left at a shop; the price shown is that of the settlement and isn't recorded now."""

    makes = ItemLine

    def __init__(
        self, ui: UiContext, good: Good, columns: Columns, parent: QWidget | None = None
    ) -> None:
        super().__init__(ui, good, columns, parent)
        self.price.only_tell(ui.t("What it will be settled at; ask when you settle"))

    def show_stock(self, on_hand: int) -> None:
        """Shows the stock, below the name too."""
        super().show_stock(on_hand)
        self.show_there(self.ui.t("stock {quantity}", quantity=self.ui.formats.quantity(on_hand)))


class ConsignmentForm(ShopForm):
    """Goods left at a shop (STREAM.md, `consignment`)."""

    makes = Consignment

    def __init__(
        self, workspace: Workspace, given: Given, *, own: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, "consignment", given, own=own, parent=parent)
        self.reach_to_the_edges()
        self.buttons = SaveButtons(self)
        t, top = self.t, self.top()
        top.setContentsMargins(GUTTER, 0, GUTTER, 8)
        fill(self.body, top)  # first also in the order of Tab
        left = CounterColumn("qty", t("Left there"), t("How many are left there now"))
        headings = t("On hand"), t("Price"), t("Amount")
        columns = Columns((left,), *headings, counter_width=112, tight=True)
        self.grid = GoodsGrid(self.ui, columns, ConsignmentRow, self)
        self.more = MoreGoods(workspace, self.grid)
        self.memo = MemoField(self.ui)
        self.more.line.insertWidget(1, self.memo.opener)
        fill(self.body, (self.grid, 1), rule(), self._foot())
        self.add("lines", self.grid, self.grid)
        self.add("memo", self.memo, self.memo.row)
        self.grid.changed.connect(self._show_total)
        self.grid.finished.connect(self.buttons.start)
        self.begin(**(given if own else {}))

    def _foot(self) -> QWidget:
        self._total = figures(self.ui, "", "title")
        line = row(label(self.t("Sells for")), ..., self._total, space=8)
        parts, margins = (self.memo.row, line, self.buttons), (GUTTER, 12, GUTTER, GUTTER)
        return holder(column(*parts, space=12, margins=margins))

    def show_shop(self) -> None:
        """Shows the goods in stock at the shop's prices."""
        if self.known is None:
            return
        known, here = self.known, self.here
        goods = [good if here is None else known.good_at(here.code, good) for good in known.goods]
        self.grid.show_goods([good for good in goods if good.on_hand > 0], goods)
        self.more.show_goods(goods, None)
        self._show_total()

    def _show_total(self) -> None:
        self._total.setText(self.ui.formats.rupiah(self.grid.amount))


make_consignment = opens_sheet(ConsignmentForm, noop("Leave at shop"), wide=False)


# -- A shop pays what it owes --------------------------------------------------------------------


class DebtForm(ShopForm):
    """A shop pays what it owes, recorded as a receipt; all of the debt is filled in at first."""

    makes = Receipt

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "shop_debt", given, own=True)
        t = self.t
        self.owed = Note(self.ui)
        fill(self.body, self.top(), self.owed)
        part = t("All of the debt is filled in; type less where a part is paid")
        self.amount = self.field("amount", t("Amount paid"), MoneyField(self.ui), part)
        self.into = self.field("into", t("Goes into"), Picker(self.ui))
        self.into.set_value(CASH_BOX)
        self.amount.changed.connect(self._say)
        self._proposed: int | None = None
        self.begin(**given)

    def take(self, known: Shops) -> None:
        """Offers the cash accounts and shops."""
        accounts = known.setup.cash_accounts
        self.into.set_choices([(each.code, account_name(self.ui, each)) for each in accounts])
        super().take(known)

    def show_shop(self) -> None:
        """Fills in what the shop owes, unless another amount was typed."""
        here = self.here
        if here is not None and self.amount.value() in (None, self._proposed) and here.owed > 0:
            self._proposed = here.owed
            self.amount.set_value(here.owed)
        self._say()

    def _say(self) -> None:
        t, rupiah, here = self.t, self.ui.formats.rupiah, self.here
        if here is None:
            self.owed.say(t("Choose the shop first."))
            return
        left = here.owed - (self.amount.value() or 0)
        if here.owed <= 0:
            self.owed.say(t("{shop} owes nothing.", shop=here.name), "warn")
        elif left < 0:
            text = t("{shop} owes {amount}.", shop=here.name, amount=rupiah(here.owed))
            strong = t("{amount} more than is due.", amount=rupiah(-left))
            self.owed.say(text, "warn", strong=strong)
        elif left:
            text = t(
                "Of {amount}, {left} stays unpaid.", amount=rupiah(here.owed), left=rupiah(left)
            )
            self.owed.say(text, "warn")
        else:
            self.owed.say(t("Nothing is left to pay."), "good", strong=t("Paid in full."))

    def derived(self) -> dict[str, Any]:
        """The receipt's line, party and memo."""
        line = AccountLine(account=SHOP_RECEIVABLE, amount=self.amount.value() or 0)
        memo = self.t("Shop pays what it owed")
        return {"lines": (line,), "party": self.shop.value(), "memo": memo}


def make_shop_debt(workspace: Workspace, given: Given) -> QDialog:
    """The dialog of a shop that pays."""
    form = DebtForm(workspace, given)
    form.reload()
    return FormDialog(form, workspace.ui.t("A shop pays what it owes"))


class SettlementRow(GoodsRow):
    """Goods at a shop; `good.on_hand` is how much the shop has."""

    makes = SettlementLine

    @property
    def asked(self) -> int | None:
        """The price, which a settlement always names."""
        return self.price.price

    def sold(self) -> int:
        """How much was sold, in thousandths."""
        return self.number("sold")

    @property
    def gone(self) -> int:
        """How much was sold, returned or spoiled, in thousandths."""
        return sum(counter.value() for counter in self.counters.values())

    @property
    def stays(self) -> int:
        """How much stays at the shop, in thousandths."""
        return self.good.on_hand - self.gone

    def all_of(self, key: str) -> int:
        """What `*` fills in: what the other numbers leave."""
        return max(0, self.stays + self.number(key))

    def show_stock(self, on_hand: int) -> None:
        super().show_stock(on_hand)
        self.show_there(self.ui.t("{quantity} there", quantity=self.ui.formats.quantity(on_hand)))

    def remark(self) -> tuple[str, str]:
        """That more is accounted for than the shop has."""
        if (said := super().remark())[0] or self.stays >= 0:
            return said
        quantity = self.ui.formats.quantity
        text = self.ui.t(
            "{gone} {unit} accounted for, but only {there} are at the shop.",
            gone=quantity(self.gone),
            there=quantity(max(0, self.good.on_hand)),
            unit=self.good.unit,
        )
        return text, "error"


# -- The form of a settlement ---------------------------------------------------------------------


_QUIET = 8
"""Margin of the icon in a flat button without an edge: the icon is aligned with what is below."""


class SettlementForm(ShopForm):
    """Settling up with a shop (STREAM.md, `consignment_settlement`)."""

    makes = ConsignmentSettlement

    def __init__(
        self, workspace: Workspace, given: Given, *, own: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, "settlement", given, own=own, parent=parent)
        self.reach_to_the_edges()
        self.grid = GoodsGrid(self.ui, self._columns(), SettlementRow, self)
        self.stays, self.agreed = label("", "caption", wrap=True), label("", "caption", wrap=True)
        self.memo = MemoField(self.ui, small=True)
        self._below = self._below_goods()
        self._below.hide()
        self.grid.add_below(self._below)
        cash, bank = self.t("Paid in cash"), self.t("QRIS or transfer")
        self.till = Till(self.ui, proposes=True, cash=cash, bank=bank)
        self.commission = ShareField(self.ui, self.t("Shop's commission"))
        top = self.top()
        top.setContentsMargins(GUTTER, 0, GUTTER, 8)
        fill(self.body, top, (self.grid, 1), rule(), self._foot())
        self.add("lines", self.grid, self.grid)
        self.add("memo", self.memo, self.memo.row)
        self.grid.changed.connect(self._show_due)
        self.grid.finished.connect(lambda: self.till.cash.setFocus(Qt.FocusReason.TabFocusReason))
        self.commission.changed.connect(self._show_due)
        self.till.changed.connect(self._show_due)
        self.begin(**(given if own else {}))

    def _columns(self) -> Columns:
        t = self.t
        all_of_it = t("* puts in all of it")
        return Columns(
            (
                CounterColumn("sold", t("Sold"), t("Sold. {all}", all=all_of_it)),
                CounterColumn("returned", t("Back"), t("Taken home again. {all}", all=all_of_it)),
                CounterColumn("spoiled", t("Spoiled"), t("Spoiled at the shop")),
            ),
            t("At the shop"),
            t("Price"),
            t("Amount"),
            counter_width=72,
            tight=True,
        )

    def _foot(self) -> QWidget:
        t, ui, top = self.t, self.ui, Qt.AlignmentFlag.AlignTop
        self._due = figures(ui, "", "title")
        line = row(label(t("To be handed over")), ..., self._due, space=8)
        cash, bank = self.till.cash, self.till.bank
        self.cash_row = FieldRow(ui, cash.accessibleName(), cash)
        self.add("received", self.till, self.cash_row)
        bank_row = FieldRow(ui, bank.accessibleName(), bank)
        self.share = self.labelled("commission", t("Shop's commission"), self.commission)
        across = row(*((each, 1, top) for each in (self.cash_row, bank_row, self.share)), space=12)
        self.remains = Note(ui)
        parts, margins = (line, across, self.remains), (GUTTER, 10, GUTTER, GUTTER)
        return holder(column(*parts, SaveButtons(self), space=8, margins=margins))

    def _below_goods(self) -> QWidget:
        self._told = row((column(self.agreed, self.stays), 1), self.memo.opener, space=8)
        words = row(self.memo.row, margins=(0, 0, GUTTER, 0))
        self.ui.theme.changed.connect(self._align)
        self._align()
        return holder(column(self._told, words, space=4, margins=(GUTTER, 2, 0, 4)))

    def _align(self) -> None:
        right = GUTTER if self.ui.theme.strong else GUTTER - _QUIET
        self._told.setContentsMargins(0, 0, right, 0)

    # -- what is known of the book ---------------------------------------------------------

    def show_shop(self) -> None:
        """Shows the goods that the shop has, and those it had."""
        here, known = self.here, self.known
        if known is None:
            return
        self.till.accounts = known.setup.cash_accounts
        self._below.setVisible(here is not None)
        goods_here = here.goods if here is not None else ()
        prices = {each.item: each.price for each in goods_here}
        gone = [
            replace(known.good_at(here.code, good), on_hand=0)
            for good in known.goods
            if here is not None and good.code not in prices
        ]
        self.grid.show_goods([_good(each) for each in goods_here], gone)
        show_text(self.agreed, self._as_agreed(goods_here))
        self._show_due()

    def _as_agreed(self, goods: Iterable[GoodAtShop]) -> str:
        """Once for all goods, that prices are those of the last settlement; empty where all are the
        usual ones.
        """
        days = {each.agreed for each in map(_good, goods) if each.is_special}
        if len(days) > 1:
            return self.t("Prices as last settled with this shop.")
        for day in filter(None, days):
            return self.t("Prices as last settled, on {day}.", day=self.ui.formats.day(day))
        return ""

    # -- what is due -----------------------------------------------------------------------

    @property
    def due(self) -> int:
        """The sales less the commission, in rupiah."""
        return self.grid.amount - (self.commission.value() or 0)

    def _propose_commission(self) -> None:
        """The share that the shop kept last time, until somebody types another."""
        here, known = self.here, self.known
        last = known.commissions.get(here.code) if here is not None and known is not None else None
        if last is None or self.is_again:
            self.share.set_hint("")
            self.commission.compute(None)
            return
        formats = self.ui.formats
        share = formats.percent(last.percent)
        self.share.set_hint(
            self.t("{share} of sales, as on {day}", share=share, day=formats.day(last.day))
        )
        sales = self.grid.amount
        self.commission.compute(last.of(sales) if sales else None)

    def _show_due(self) -> None:
        self._propose_commission()
        self.till.set_due(max(0, self.due))
        self._due.setText(self.ui.formats.rupiah(self.due))
        self.stays.setText(self._staying())
        self.stays.setVisible(self.here is not None)
        text, tone, strong = self._words(self.here)
        self.remains.say(text, tone, strong=strong)

    def _staying(self) -> str:
        formats = self.ui.formats
        names = []
        for good in self.grid.goods:
            row = self.grid.rows.get(good.code)
            stays = row.stays if isinstance(row, SettlementRow) else good.on_hand
            if stays > 0:
                name = name_and_size(good.name, "")[0]
                names.append(f"{formats.quantity(stays)} {name[:1].lower()}{name[1:]}")
        if not self.grid.goods:
            return self.t("There are no goods at this shop.")
        if not names:
            return self.t("Nothing stays at the shop")
        return self.t("Stays at the shop: {goods}", goods=", ".join(names))

    def _words(self, here: Shop | None) -> tuple[str, str, str]:
        t, rupiah = self.t, self.ui.formats.rupiah
        if here is None:
            return t("Choose the shop first."), "", ""
        if not self.grid.filled:
            return t("Fill in what was sold, brought back or spoiled."), "", ""
        if any(line.problem() or line.remark()[1] == "error" for line in self.grid.filled):
            return t("First put right what is marked red."), "", ""
        left = self.due - self.till.total
        before = here.owed
        if left > 0:
            text = t("Recorded as owed by the shop.")
            if before > 0:
                text = t("With what it owed before: {amount}.", amount=rupiah(before + left))
            return text, "warn", t("Not paid yet: {amount}.", amount=rupiah(left))
        if left < 0:
            return self._too_much(-left, before)
        if before > 0:
            text = t("From before it still owes {amount}.", amount=rupiah(before))
            return text, "warn", t("This is paid in full.")
        return t("Nothing is left to pay."), "good", t("Paid in full.")

    def _too_much(self, over: int, before: int) -> tuple[str, str, str]:
        t, rupiah = self.t, self.ui.formats.rupiah
        strong = t("{amount} more than is due.", amount=rupiah(over))
        if before <= 0:
            return t("See whether all that was sold is filled in."), "error", strong
        return t("Record what is paid of the old debt by itself."), "error", strong

    # -- saving ----------------------------------------------------------------------------

    def derived(self) -> dict[str, Any]:
        """The money received, None where there was none."""
        return {"received": self.till.value() or None}


def _good(each: GoodAtShop) -> Good:
    return Good(
        each.item, each.name, each.unit, "", each.price, each.quantity,
        usual=each.usual, agreed=each.agreed,
    )  # fmt: skip


make_settlement = opens_sheet(SettlementForm, noop("Shop settles"), wide=False)
