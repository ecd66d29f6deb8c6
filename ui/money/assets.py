"""The forms of assets: acquisition, disposal and depreciation; and the kinds, codes and lives of
new assets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from kwt_books.book import Book
from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.buying import AssetAcquisition, AssetDisposal, Depreciation
from kwt_books.domain.posting import DEPRECIATED
from kwt_books.domain.values import UNIT, Month, half_up, shift
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.assets import AssetRegister, Owned, asset_register
from kwt_books.queries.money import Choices
from kwt_books.services.recorder import Preview
from ui.kit.button import Segment
from ui.kit.card import Card
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, MoneyField, QuantityField, TextField
from ui.kit.form import Form, opens
from ui.kit.layout import Elided, clear, figures, grid_layout, label, rule
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Choice, Picker
from ui.kit.words import initials
from ui.kit.workspace import Given, Workspace
from ui.money.spending import SELLERS, SpendingForm

# -- What a new asset needs: a kind, a code, a useful life ---------------------------------------


_MONTHS_A_YEAR = 12
_YEARS = "years"
_USUAL_MONTHS = 48
"""The useful life of tools in months, unless others of their kind have another."""


class YearsField(QuantityField):
    """A useful life: typed in years, its value in months.

    Three decimals of a year name every month: 4.167 years are 50 months.
    """

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, unit=ui.t("years"))

    def value(self) -> int:
        """Months, 0 where nothing was typed."""
        return half_up((super().value() or 0) * _MONTHS_A_YEAR, UNIT)

    def written(self, value: int) -> str:
        """Months as years."""
        return super().written(years_of(value))

    def state(self) -> object:
        """Thousandths of years, for not all can be written anew from months; or the text."""
        years = super().value()
        return self.text() if years is None else {_YEARS: years}

    def set_value(self, value: Any) -> None:
        """Fills in months, or what `state` gave."""
        years = value.get(_YEARS) if isinstance(value, dict) else None
        super().set_value(super().written(years) if isinstance(years, int) else value)

    def problem(self) -> str:
        """What is wrong, in words: no whole months, or less than one; empty where nothing is."""
        if said := super().problem():
            return said
        years, months = super().value(), self.value()
        if years not in (years_of(months), months * UNIT // _MONTHS_A_YEAR):
            return self.ui.t("Whole months only: 2.5 years are 30 months.")
        return "" if months else self.ui.t("At least one month")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaves the text as it was typed: not all years can be written anew from months."""
        QLineEdit.focusOutEvent(self, event)


def years_of(months: int) -> int:
    """Months as thousandths of years, to the nearest."""
    return half_up(months * UNIT, _MONTHS_A_YEAR)


def usual_life(known: AssetRegister, account: str | None) -> int:
    """The useful life in months of the newest asset of that kind."""
    lives = [each.asset for each in known.owned if each.asset.account == account]
    newest = max(lives, key=lambda each: each.opened, default=None)
    return newest.life_months if newest is not None else _USUAL_MONTHS


def next_code(known: AssetRegister, account: str, taken: frozenset[str] = frozenset()) -> str:
    """A free code of that kind: `PT-2` after `PT-1`, of Peralatan Tani."""
    name = next((each.name for each in known.accounts if each.code == account), account)
    stem = initials(name)
    used = known.codes | taken
    codes = (f"{stem}-{number}" for number in range(1, len(used) + 2))
    return next(code for code in codes if code not in used)


def kinds(ui: UiContext, accounts: tuple[Account, ...]) -> list[tuple[str, str]]:
    """Codes and names of the asset accounts."""
    return [(each.code, account_name(ui, each)) for each in accounts]


class AssetAcquisitionForm(SpendingForm):
    """Beli alat: an asset bought, paid or owed, perhaps from a fund (STREAM.md,
    `asset_acquisition`).
    """

    makes = AssetAcquisition
    also = staticmethod(asset_register)

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "asset_acquisition", given)
        t, ui = self.t, self.ui
        self._proposed = ""
        party = self.party_field(
            t("Bought at"), "supplier", t("A new name is set up by itself"), first=SELLERS
        )
        self.across((self.day_field(), 1), (party, 1))
        self.title = TextField(ui, required=True, placeholder=t("For example: Mesin pengiris"))
        self.account = Picker(ui)
        self.across(
            (self.labelled("name", t("What is it?"), self.title), 1),
            (
                self.labelled(
                    "account", t("Kind"), self.account, t("Decides its line in the reports")
                ),
                1,
            ),
        )
        self.cost, self.life, self.code = MoneyField(ui), YearsField(ui), TextField(ui)
        self.code.required = True
        life = t("How many years it will be used, such as 5")
        tag = t("Write it on the thing, so that it can be found again")
        self.across(
            (self.labelled("cost", t("Price"), self.cost), 4),
            (self.labelled("life_months", t("Useful life"), self.life, life), 3),
            (self.labelled("code", t("Code on its label"), self.code, tag), 3),
        )
        self.monthly = label("", "caption", wrap=True)
        self.body.addWidget(self.monthly)
        self.budget = self.budget_field()
        self.payer_fields(may_owe=True)
        self.budget_row = self.labelled("budget", t("Budget line"), self.budget)
        self.body.addWidget(self.budget_row)
        self.words_fields(ref=t("Receipt number"))
        self.account.changed.connect(self._kind_changed)
        self.changed.connect(self._show_monthly)
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Offers kinds of assets."""
        super().learnt(known)
        self.account.set_choices(kinds(self.ui, self.found.accounts))

    def _kind_changed(self) -> None:
        """Suggests a code and a useful life, unless others were typed."""
        account, known = self.account.value(), self.found
        if account is None or known is None:
            return
        if self.code.text() == self._proposed:
            self._proposed = next_code(known, account)
            self.code.setText(self._proposed)
        if not self.life.text():
            self.life.set_value(usual_life(known, account))

    def _show_monthly(self) -> None:
        cost, months = self.cost.value(), self.life.value()
        text = self.t("Its cost is spread over the years it lasts, a part each month.")
        if cost and months:
            amount = self.ui.formats.rupiah(half_up(cost, months))
            text = self.t("{amount} of it becomes a cost each month.", amount=amount)
        self.monthly.setText(text)

    def total(self) -> int:
        """The cost in rupiah."""
        return self.cost.value() or 0

    def budget_pickers(self) -> list[Picker]:
        """Where a line of the budget is chosen."""
        return [self.budget]

    def show_budget(self, *, shown: bool) -> None:
        """Shows or hides where a line of the budget is chosen."""
        self.budget_row.setVisible(shown)

    def charged(self) -> list[tuple[str | None, int]]:
        """The line of the budget as it is named, with the cost in rupiah."""
        return [(self.budget.value(), self.total())]


make_asset_acquisition = opens(AssetAcquisitionForm, noop("Buy an asset"), width=940)


# -- Lepas alat: sold, broken or lost; the book value beyond the price is a loss -----------------


SOLD, GONE = "sold", "gone"


class AssetDisposalForm(MoneyForm):
    """Lepas alat: an asset that is sold, broken or lost (STREAM.md, `asset_disposal`)."""

    makes = AssetDisposal
    also = staticmethod(asset_register)

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "asset_disposal", _flat(given))
        t, ui = self.t, self.ui
        self.code = Picker(ui)
        self.way = Segment(ui, ((SOLD, t("It was sold")), (GONE, t("Broken or lost"))))
        self.add("way", self.way)
        self.across((self.day_field(), 1), (FieldRow(ui, t("What happened to it?"), self.way), 1))
        self.field("code", t("Which asset"), self.code)
        self.price = MoneyField(ui)
        self.price_row = self.labelled(
            "received", t("Sold for"), self.price, t("What the buyer pays")
        )
        self.into, self.into_row = self.cash_field("into", t("Goes into"))
        self.across((self.price_row, 1), (self.into_row, 1))
        self.words_fields(ref=t("Receipt number"))
        self.way.changed.connect(self._way_changed)
        self.finish()
        self._way_changed()

    def learnt(self, known: Choices) -> None:
        """Offers the assets."""
        self.code.set_choices(
            [(each.asset.code, f"{each.asset.name} · {each.asset.code}") for each in self._owned()]
        )

    def _owned(self) -> tuple[Owned, ...]:
        return self.found.owned if self.found is not None else ()

    @property
    def sold(self) -> bool:
        """Whether it was sold."""
        return self.way.current == SOLD

    def _way_changed(self) -> None:
        for each in (self.price_row, self.into_row):
            each.setEnabled(self.sold)
        self.price.required = self.sold
        self.into.required = self.sold

    def remarks(self) -> Iterator[Remark]:
        """The book value and the gain or loss, in rupiah."""
        code, rupiah = self.code.value(), self.ui.formats.rupiah
        owned = next((each for each in self._owned() if each.asset.code == code), None)
        if owned is None:
            return
        t, price = self.t, self.price.value() if self.sold else 0
        name, value = owned.asset.name, rupiah(owned.value)
        strong = t("{name} is still worth {value}.", name=name, value=value)
        if price is None:
            yield Remark(strong)
            return
        left = price - owned.value
        text = (
            t("That much is a loss.")
            if not price
            else t("Sold for its book value: no gain, no loss.")
        )
        if price and left:
            amount = rupiah(abs(left))
            text = t("{amount} is a loss.", amount=amount)
            if left > 0:
                text = t("{amount} is a gain.", amount=amount)
        yield Remark(strong, text if owned.value or left else "", "warn" if left < 0 else "")

    def derived(self) -> dict[str, Any]:
        """What was received, None unless it was sold."""
        into, price = self.into.value(), self.price.value()
        return {"received": {into: price} if self.sold and into and price else None}


def _flat(given: Given) -> Given:
    """`received`, amounts by account, as the fields' account and amount."""
    received = given.get("received")
    if not isinstance(received, Mapping):
        return {**given, "way": GONE} if "date" in given else given
    flat = dict(given)
    flat["into"], flat["received"] = next(iter(received.items()), (None, None))
    return flat


make_asset_disposal = opens(AssetDisposalForm, noop("Dispose of an asset"), width=640)


_MONTHS = 14


class DepreciationForm(Form):
    """The depreciation of a month (STREAM.md, `depreciation`)."""

    makes = Depreciation

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "depreciation")
        t, ui = self.t, self.ui
        months = [shift(workspace.month, step) for step in range(1 - _MONTHS, 2)]
        choices = [(month, ui.formats.month(month)) for month in reversed(months)]
        self.month = Choice(ui, choices, workspace.month)
        self.field("month", t("For the month"), self.month)
        self.card = Card(space=4)
        self._rows = grid_layout(down=6, wide=0)
        self.card.body.addLayout(self._rows)
        self.body.addWidget(self.card)
        self.body.addWidget(
            label(t("Earlier months that were missed are caught up."), "caption", wrap=True)
        )
        with QSignalBlocker(self.month):
            self.begin(**given)
        self.month.changed.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        """Asks what is due, and shows it by asset."""
        command = Depreciation(month=Month(self.month.value()))

        def work(book: Book) -> tuple[AssetRegister, Preview]:
            return book.read(asset_register), book.preview(command)

        self.ask_book(work, self._show_due, key="due")

    def _show_due(self, found: tuple[AssetRegister, Preview]) -> None:
        known, preview = found
        clear(self._rows)
        due = {
            move.place.removeprefix(DEPRECIATED): move.value
            for move in preview.moves
            if move.place.startswith(DEPRECIATED)
        }
        number, place = self.ui.formats.number, 0
        for each in known.owned:
            if amount := due.get(each.asset.code):
                self._rows.addWidget(Elided(each.asset.name), place, 0)
                self._rows.addWidget(figures(self.ui, number(amount)), place, 1)
                place += 1
        if not due:
            text = self.t("Nothing is due for this month.")
            self._rows.addWidget(label(text, "caption", wrap=True), 0, 0, 1, 2)
            return
        self._rows.addWidget(rule(), place, 0, 1, 2)
        self._rows.addWidget(label(self.t("Total"), "strong"), place + 1, 0)
        total = figures(self.ui, self.ui.formats.rupiah(sum(due.values())), "card")
        self._rows.addWidget(total, place + 1, 1)


make_depreciation = opens(DepreciationForm, noop("Depreciation"), width=520)
