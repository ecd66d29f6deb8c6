"""Iuran warga: houses against months, ticked where a month is paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem, QWidget

from kwt_books.domain.accounts import DUES, PROGRAMME_MONEY, AccountType
from kwt_books.domain.documents.money import Dues, DuesLine
from kwt_books.domain.values import Month, months_of
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import ParseError, parse_rupiah
from kwt_books.queries.money import Choices, DuesKnown, dues_known
from ui.kit.button import Button
from ui.kit.composite import RowComposite
from ui.kit.document_form import MoneyForm, Remark, level
from ui.kit.field import MoneyField
from ui.kit.form import opens
from ui.kit.layout import column, label
from ui.kit.look import UiContext
from ui.kit.party import account_name, since_when_left
from ui.kit.picker import Choice, Picker, told_apart
from ui.kit.ticks import TICK, TickTable
from ui.kit.workspace import Given, Workspace

_MONTHS = 12
_AMOUNT = _MONTHS + 1
"""Column of what a house pays: after its name and its months."""
_MONTH_WIDE = 68

_HELD_CASH = "1104"
"""Where the money of residents lies apart from the group's own."""
_YEARS_BACK, _YEARS_ON = 3, 2


@dataclass
class _House:
    """What one house pays now: its months, and its amount where that was typed."""

    months: set[Month] = field(default_factory=set)
    own: str = ""


class DuesGrid(RowComposite):
    """An input of lines of dues, and the teller of each (`lines.2.months`)."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.rate: int | None = None
        """What a house pays for a month, in rupiah."""
        self._year = ui.today.year
        self._names: dict[str, str] = {}
        self._paid: Mapping[str, frozenset[Month]] = {}
        self._houses: dict[str, _House] = {}
        heads = [ui.formats.month_name(number)[:3] for number in range(1, _MONTHS + 1)]
        titles = [ui.t("House or resident"), *heads, ui.t("Pays")]
        self.table = TickTable(
            ui, ui.t("Who pays which months"), titles, 0,
            ticked=range(1, _AMOUNT), figures=(_AMOUNT,),
        )  # fmt: skip
        head = self.table.horizontalHeader()
        head.setMinimumSectionSize(ui.theme.px(40))
        for at in range(1, _AMOUNT):
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
        self.table.pressed_at.connect(self.press)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed)
        self.table.itemChanged.connect(self._typed)
        self.table.fit()
        column(self.table, self.message, parent=self, space=4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shares the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Months are as wide as names and amounts leave them, no wider than a tick needs."""
        table, head, months = self.table, self.table.horizontalHeader(), range(1, _AMOUNT)
        names = max(head.sectionSizeHint(0), table.sizeHintForColumn(0))
        left = (table.viewport().width() - names - head.sectionSize(_AMOUNT)) // _MONTHS
        least = max(head.sectionSizeHint(at) for at in months)
        for at in months:
            table.setColumnWidth(at, max(least, min(left, self._ui.theme.px(_MONTH_WIDE))))

    # -- what is known ---------------------------------------------------------------------

    def learn(self, names: Mapping[str, str], paid: Mapping[str, frozenset[Month]]) -> None:
        """Who pays dues, by code, and the months that each has paid already."""
        self._names, self._paid = dict(names), paid
        self._fill()

    def show_year(self, year: int) -> None:
        """Shows another year."""
        self._year = year
        self._fill()

    def use_rate(self, rate: int | None) -> None:
        """Takes the rate of one month, rupiah; None where it is not known."""
        if rate != self.rate:
            self.rate = rate
            self._fill()
            self.changed.emit()

    @property
    def _rows(self) -> list[str]:
        return [*self._names, *(code for code in self._houses if code not in self._names)]

    @property
    def _shown(self) -> list[Month]:
        return months_of(self._year)

    def _fill(self) -> None:
        rows = self._rows
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(rows))
            for place, code in enumerate(rows):
                self.table.put(place, 0, self._names.get(code, code), open_=False)
                for at, month in enumerate(self._shown, start=1):
                    self._put_month(place, at, code, month)
                self._put_amount(place, code)
        self.table.fit()
        self._share_room()

    def _put_month(self, place: int, at: int, code: str, month: Month) -> None:
        done = month in self._paid.get(code, ())
        chosen = code in self._houses and month in self._houses[code].months
        self.table.put(place, at, TICK if done or chosen else "", open_=chosen or not done)

    def _put_amount(self, place: int, code: str) -> None:
        house = self._houses.get(code)
        self.table.put(place, _AMOUNT, self._text(house))
        item = self.table.item(place, _AMOUNT)
        if house is not None and house.months and item is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)

    def _text(self, house: _House | None) -> str:
        if house is None or not house.months:
            return ""
        amount = self._amount(house)
        return house.own if amount is None else self._ui.formats.number(amount)

    def _amount(self, house: _House) -> int | None:
        """What it pays; None where that can't be read, or nobody has said it."""
        try:
            if house.own:
                return parse_rupiah(house.own, self._ui.language)
        except ParseError:
            return None
        return self.rate * len(house.months) if self.rate else None

    # -- by hand ---------------------------------------------------------------------------

    def press(self, row: int, at: int) -> None:
        """Ticks a month, or takes the tick away; the amount follows again."""
        item = self.table.item(row, at)
        if not 1 <= at <= _MONTHS or item is None or item.flags() == Qt.ItemFlag.NoItemFlags:
            return
        code = self._rows[row]
        house = self._houses.setdefault(code, _House())
        house.months ^= {self._shown[at - 1]}
        house.own = ""
        if not house.months and code in self._names:
            del self._houses[code]
        with QSignalBlocker(self.table):
            self._put_month(row, at, code, self._shown[at - 1])
            self._put_amount(row, code)
        self.table.setCurrentCell(row, at)
        self.touch()
        self.changed.emit()

    def _typed(self, item: QTableWidgetItem) -> None:
        """An amount of its own, for one house."""
        house = self._houses.get(self._rows[item.row()])
        if item.column() == _AMOUNT and house is not None:
            house.own = item.text().strip()
            with QSignalBlocker(self.table):
                item.setText(self._text(house))
            self.touch()
            self.changed.emit()

    # -- as an input -----------------------------------------------------------------------

    @property
    def _payers(self) -> list[tuple[str, _House]]:
        """In the order of the rows."""
        found = ((code, self._houses.get(code)) for code in self._rows)
        return [(code, house) for code, house in found if house is not None and house.months]

    def total(self) -> int:
        """What is ticked comes to, rupiah."""
        return sum(self._amount(house) or 0 for _, house in self._payers)

    def problem(self) -> str:
        """What is missing in the rows, in words; empty where nothing is."""
        t = self._ui.t
        for code, house in self._payers:
            if self._amount(house) is None:
                said = t("What does it pay? Fill in the dues of a month above, or the amount here")
                return f"{self._names.get(code, code)}: {said}"
        return "" if self._payers else t("Tick at least one month")

    def value(self) -> tuple[DuesLine, ...]:
        """The lines of the command: who pays which months, and how much."""
        return tuple(
            DuesLine(
                party=code, months=tuple(sorted(house.months)), amount=self._amount(house) or 0
            )
            for code, house in self._payers
        )

    def state(self) -> object:
        """What a draft keeps: the rows as they are ticked."""
        return {
            code: {"months": sorted(house.months), "amount": self._kept(house)}
            for code, house in self._payers
        }

    def _kept(self, house: _House) -> int | str:
        """The amount of its own, or the text that is none."""
        amount = self._amount(house) if house.own else None
        return house.own if amount is None else amount

    def set_value(self, value: Any) -> None:
        """What `state` gave, or lines as a document carries them."""
        number = self._ui.formats.number
        self._houses = {}
        if isinstance(value, dict):
            for code, said in value.items():
                own = said["amount"]
                months = {Month(each) for each in said["months"]}
                self._houses[code] = _House(months, number(own) if isinstance(own, int) else own)
        elif isinstance(value, list | tuple):
            for line in value:
                months = {Month(each) for each in line["months"]}
                self._houses[line["party"]] = _House(
                    months, number(line["amount"]) if "amount" in line else ""
                )
        self._fill()
        self.changed.emit()

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        """The field that gets the keyboard when something is wrong."""
        return self.table

    def said_rows(self) -> list[tuple[str, str]]:
        """Those who pay: code and name."""
        return [(code, self._names.get(code, code)) for code, _ in self._payers]


class DuesForm(MoneyForm):
    """Dues that the group keeps for others: houses against months (STREAM.md, dues)."""

    makes = Dues
    also = staticmethod(dues_known)

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "dues", given)
        t, ui = self.t, self.ui
        self.found = DuesKnown({}, None)
        self.account, account_row = self.cash_field("account", t("Goes into"), usual=_HELD_CASH)
        self.kept_on = Picker(ui, required=False, placeholder=t("Residents' dues"))
        kept = self.labelled("for", t("Kept as"), self.kept_on, t("Empty: the usual dues account"))
        self.across((self.day_field(), 2), (account_row, 3), (kept, 3))
        self._add_rate(given)
        self.grid = self.lines("lines", DuesGrid(ui))
        self.nobody = label(t("Nobody pays dues yet. Add the houses first."), "caption", wrap=True)
        self.body.addWidget(self.nobody)
        self.nobody.hide()
        self.notes_here()
        self.memo_and_total()
        self.kept_on.changed.connect(self._show_paid)
        self.rate.changed.connect(self._use_rate)
        self.year.changed.connect(lambda: self.grid.show_year(int(self.year.value())))
        self.finish(receipt=False)
        self.grid.show_year(int(self.year.value()))

    def _add_rate(self, given: Given) -> None:
        """What one month costs, the year that is shown, and a house that is new."""
        t, ui = self.t, self.ui
        self.rate = MoneyField(ui, required=False)
        said = t("Fills in what each house pays; another amount can be typed in its row")
        rate = self.labelled("rate", t("Dues for one month"), self.rate, said)
        lines = given.get("lines")
        year = Month(self.workspace.month).year
        if isinstance(lines, list | tuple) and lines:
            year = Month(lines[0]["months"][0]).year
        years = range(year - _YEARS_BACK, year + _YEARS_ON + 1)
        self.year = Choice(ui, [(str(each), str(each)) for each in years], str(year))
        self.house = Button(ui, t("New house"), "plus").when_clicked(
            lambda: self.workspace.open_form("party", role="resident")
        )
        self.across(
            (rate, 3), (self.labelled("year", t("Months of"), self.year), 1), (level(self.house), 0)
        )

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        """Takes what the book answered into the fields."""
        kept = [
            (each.code, account_name(self.ui, each))
            for each in known.setup.accounts.values()
            if each.type is AccountType.LIABILITY and each.code != PROGRAMME_MONEY
        ]
        self.kept_on.set_choices(kept)
        usual = self.found.usual
        self.rate.setPlaceholderText(self.ui.formats.number(usual) if usual is not None else "")
        self._show_paid()
        self._use_rate()

    def _show_paid(self) -> None:
        """Residents, and whoever paid on that account before."""
        if self.known is None:
            return
        account = self.kept_on.value() or DUES
        paid = {party: months for (of, party), months in self.found.paid.items() if of == account}
        parties = self.known.setup.parties
        payers = [each for each in parties.values() if each.role == "resident" or each.code in paid]
        payers.sort(key=lambda each: each.name.casefold())
        apart = told_apart((each.code, each.name) for each in payers)
        left = {each.code: since_when_left(self.ui, each, self.ui.today) for each in payers}
        names = {code: " · ".join(filter(None, (apart[code], left[code]))) for code in apart}
        self.grid.learn(names, paid)
        self.nobody.setVisible(not payers)

    def _use_rate(self) -> None:
        self.grid.use_rate(self.rate.value() or self.found.usual)

    def total(self) -> int:
        """What is taken in, rupiah."""
        return self.grid.total()

    def remarks(self) -> Iterator[Remark]:
        """What is worth knowing beside the fields."""
        payers: Sequence[DuesLine] = () if self.grid.problem() else self.grid.value()
        if payers:
            months = sum(len(each.months) for each in payers)
            yield Remark(
                self.t.ngettext("{n} house pays.", "{n} houses pay.", len(payers)),
                self.t.ngettext("{n} month in total.", "{n} months in total.", months),
            )


make_dues = opens(DuesForm, noop("Residents' dues"), width=1180)
