"""The fields above a report: only those that the report knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.overview import SetupData
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from ui.kit.date_field import DateField
from ui.kit.field import FieldRow
from ui.kit.layout import FlowLayout
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Choice, Picker

MONTH, YEAR, WHOLE_YEAR, DAYS, BOOK, UNTIL = (
    "month", "year", "whole-year", "days", "book", "until",
)  # fmt: skip
_SPANS = (
    (MONTH, noop("One month")),
    (YEAR, noop("Since January")),
    (WHOLE_YEAR, noop("The whole year")),
    (DAYS, noop("Chosen days")),
    (BOOK, noop("The whole book")),
)
_MOMENTS = ((MONTH, noop("End of the month")), (UNTIL, noop("A chosen day")))
PAPERS = ("F4", "A4")
Pairs = list[tuple[str, str]]
_PICKED = {
    "account": noop("Account"),
    "item": noop("Item"),
    "shop": noop("Shop"),
    "lot": noop("Lot"),
    "number": noop("Selling day"),
    "member": noop("Member"),
    "programme": noop("Programme"),
}
_CHECKED = {
    "before_closing": (noop("Figures"), noop("Before the month's close")),
    "blank": (noop("Lines"), noop("Blank, to fill in by hand")),
    "proofs": (noop("Proofs"), noop("With photos and files")),
}
"""Names of the fields that are ticked, with their titles and texts."""
_ORDER = ("span", "moment", "start", "end", "until", *_PICKED, *_CHECKED, "paper")


@dataclass(frozen=True, slots=True)
class Asked:
    """Parameters for a report; `missing` says in words what is still to be chosen."""

    parameters: Parameters
    missing: str = ""


class AskedBar(QWidget):
    """The fields of a report. Emits `changed` when something else is asked for, `paper_changed`
    when only the paper is another.

    A field is made when a report first asks for it.
    """

    changed = Signal()
    paper_changed = Signal()

    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._quiet = ui, False
        self._name = ""
        self._traced: tuple[str | None, str] | None = None
        self.newest = Month()
        """The last month with a document, where the whole book ends."""
        self.rows: dict[str, FieldRow] = {}
        """The rows of the fields made so far, by the fields' names."""
        self._offered: dict[str, Pairs] = {}
        self._cash: Pairs = []
        self._accounts: Pairs = []
        self._month = Month()
        self._line = FlowLayout(self)
        t = ui.t
        self.paper = Choice(ui, [(each, each) for each in PAPERS])
        self.paper.changed.connect(self._paper_told)
        self._add("paper", t("Paper"), self.paper)

    def _add(self, name: str, title: str, field: QWidget, width: int = 0) -> None:
        """Puts a field into its place among those already made."""
        if width:
            field.setFixedWidth(self._ui.theme.px(width))
        self.rows[name] = FieldRow(self._ui, title, field)
        place = sum(_ORDER.index(each) < _ORDER.index(name) for each in self.rows)
        self._line.insert(place, self.rows[name])

    # -- fields, each made once ------------------------------------------------------------

    @cached_property
    def span(self) -> Choice:
        """The time span: month, year, whole book or days."""
        return self._choice("span", self._ui.t("Time span"), _SPANS)

    @cached_property
    def moment(self) -> Choice:
        """The moment of a report that is as at a day."""
        return self._choice("moment", self._ui.t("As at"), _MOMENTS, 172)

    def _choice(
        self, name: str, title: str, choices: tuple[tuple[str, str], ...], width: int = 148
    ) -> Choice:
        made = Choice(self._ui, [(code, self._ui.t(text)) for code, text in choices])
        made.changed.connect(self._told)
        self._add(name, title, made, width)
        return made

    @cached_property
    def start(self) -> DateField:
        """The first day."""
        return self._day("start", self._ui.t("From day"))

    @cached_property
    def end(self) -> DateField:
        """The last day."""
        return self._day("end", self._ui.t("To day"))

    @cached_property
    def until(self) -> DateField:
        """The day of a report that is as at a day."""
        return self._day("until", self._ui.t("Day"))

    def _day(self, name: str, title: str) -> DateField:
        made = DateField(self._ui, weekday=False)
        made.changed.connect(self._told)
        self._add(name, title, made, 152)
        return made

    def check(self, name: str) -> QCheckBox:
        """The field that is ticked: `before_closing`, or `blank`."""
        if name not in self._checks:
            title, text = _CHECKED[name]
            made = QCheckBox(self._ui.t(text))
            made.toggled.connect(self._told)
            self._checks[name] = made
            self._add(name, self._ui.t(title), made)
        return self._checks[name]

    @cached_property
    def _checks(self) -> dict[str, QCheckBox]:
        return {}

    def picker(self, name: str) -> Picker:
        """The field by which one of `_PICKED` is chosen: an account, an item, a programme."""
        if name not in self.pickers:
            made = Picker(self._ui, self._offered.get(name, ()), required=False)
            made.changed.connect(self._lot_told if name == "lot" else self._told)
            self.pickers[name] = made
            self._add(name, self._ui.t(_PICKED[name]), made, 252)
        return self.pickers[name]

    @cached_property
    def pickers(self) -> dict[str, Picker]:
        return {}

    # -- what there is to choose from ------------------------------------------------------

    def offer(self, setup: SetupData) -> None:
        """Offers the book's accounts, items, shops, members and programmes."""
        self._accounts = [
            (each.code, f"{each.code} {account_name(self._ui, each)}")
            for each in setup.accounts.values()
        ]
        cash = {each.code for each in setup.cash_accounts}
        self._cash = [each for each in self._accounts if each[0] in cash]
        for role in ("shop", "member"):
            named = [(p.code, p.name) for p in setup.parties.values() if p.role == role]
            self._fill(role, sorted(named, key=_by_name))
        self._fill("programme", [(each.code, each.name) for each in setup.programmes.values()])
        self._fill("item", sorted(((i.code, i.name) for i in setup.items.values()), key=_by_name))
        self._offer_accounts()

    def offer_lots(self, lots: Iterable[tuple[str, str, str]]) -> None:
        """Offers lots, given as item, lot and the item's name: lots of several items may have one
        name.
        """
        self._fill("lot", [(f"{item} {lot}", f"{lot} · {name}") for item, lot, name in lots])
        self._quiet = True
        self._show_traced()
        self._quiet = False

    def _show_traced(self) -> None:
        if "lot" not in self.pickers:
            return
        picker = self.pickers["lot"]
        if self._traced is None:
            picker.set_value(None)
            return
        item, lot = self._traced
        ends = f"{item or ''} {lot}"
        picker.set_value(next((code for code in picker.codes if code.endswith(ends)), None))

    def _lot_told(self) -> None:
        if not self._quiet:
            item, _, lot = (self.picker("lot").value() or "").partition(" ")
            self._traced = (item, lot) if lot else None
        self._told()

    def offer_numbers(self, numbers: Pairs) -> None:
        """Offers the numbers of documents."""
        self._fill("number", numbers)

    def _fill(self, name: str, choices: Pairs) -> None:
        self._offered[name] = choices
        if name in self.pickers:
            self._quiet = True
            self.pickers[name].set_choices(choices)
            self._quiet = False

    def _offer_accounts(self) -> None:
        self._fill("account", self._cash if self._name == "cash-book" else self._accounts)

    # -- the report shown ------------------------------------------------------------------

    def show_report(self, name: str, given: dict[str, str], month: Month) -> None:
        """Shows the fields of a report; those not given are as for a fresh one."""
        self._quiet = True
        self._name, asks = name, KINDS[name].asks
        self._offer_accounts()
        self._quiet = True
        for each in _PICKED:
            if each in asks:
                self.picker(each).set_value(given.get(each))
                self._explain(each)
        self._traced = (given.get("item"), given["lot"]) if "lot" in given else None
        self._show_traced()
        for each in _CHECKED:
            if each in asks:
                self.check(each).setChecked(each in given)
        self._show_days(given, month)
        self._quiet = False
        self._show_fields()

    def _explain(self, name: str) -> None:
        """Says in the empty pickers what choosing nothing means."""
        t = self._ui.t
        texts = {
            "account": t("Cash on hand") if self._name == "cash-book" else t("All accounts"),
            "item": t("Choose an item") if self._name == "stock-card" else t("All items"),
            "shop": t("In the store") if self._name == "stock-card" else t("All shops"),
            "lot": t("All lots"),
            "number": t("The last one"),
            "member": t("All members"),
            "programme": t("All programmes"),
        }
        edit = self.picker(name).lineEdit()
        assert edit is not None
        edit.setPlaceholderText(texts[name])

    @property
    def _spans(self) -> bool:
        return "start" in KINDS[self._name].asks

    @property
    def _moments(self) -> bool:
        """Whether the report is as at a day, not over a period."""
        return "until" in KINDS[self._name].asks and not self._spans

    def _show_days(self, given: dict[str, str], month: Month) -> None:
        start, end, until = given.get("start"), given.get("end"), given.get("until")
        if self._spans:
            self.span.set_value(DAYS if start or end else given.get("span", MONTH))
            if start or end:
                self.start.set_value(date.fromisoformat(start) if start else None)
                self.end.set_value(date.fromisoformat(end) if end else None)
        elif self._moments:
            self.moment.set_value(UNTIL if until else MONTH)
            if until:
                self.until.set_value(date.fromisoformat(until))
        self._month = month

    def _show_fields(self) -> None:
        """Shows the fields needed now; days begin with those of the month."""
        asks, first, last = KINDS[self._name].asks, first_day(self._month), last_day(self._month)
        shown = {"paper"} | {each for each in (*_PICKED, *_CHECKED) if each in asks}
        shown |= {"span"} if self._spans else {"moment"} if self._moments else set()
        if self._spans and self.span.value() == DAYS:
            shown |= self._begun(("start", self.start, first), ("end", self.end, last))
        if self._moments and self.moment.value() == UNTIL:
            shown |= self._begun(("until", self.until, last))
        for name, row in self.rows.items():
            row.setVisible(name in shown)
        self.updateGeometry()

    def _begun(self, *fields: tuple[str, DateField, date]) -> set[str]:
        """Fills the days that are still empty with those of the month; gives their names."""
        self._quiet = True
        for _, field, day in fields:
            if field.value() is None and not field.text():
                field.set_value(day)
        self._quiet = False
        return {name for name, _, _ in fields}

    def chosen(self) -> dict[str, str]:
        """What is in the fields, as `show_report` is given it."""
        asks, found = KINDS[self._name].asks, dict[str, str | None]()
        if self._spans and self.span.value() == DAYS:
            days = (("start", self.start.value()), ("end", self.end.value()))
            found |= {name: day.isoformat() for name, day in days if day is not None}
        elif self._spans and self.span.value() != MONTH:
            found["span"] = self.span.value()
        elif self._moments and self.moment.value() == UNTIL:
            day = self.until.value()
            found["until"] = day.isoformat() if day is not None else None
        found |= {each: self.picker(each).value() for each in _PICKED if each in asks}
        if "lot" in asks and self._traced is not None:
            found["item"], found["lot"] = self._traced
        found |= {each: each for each in _CHECKED if each in asks and self.check(each).isChecked()}
        return {name: value for name, value in found.items() if value}

    def asked(self, month: Month) -> Asked:
        """What is asked for now; of the month in hand unless the fields say otherwise."""
        asks = KINDS[self._name].asks
        values: dict[str, str | date | bool | None] = {}
        missing = self._days(month, values)
        for name in _PICKED:
            if name in asks:
                values[name] = self.picker(name).value()
        if "lot" in asks and self._traced is not None:
            values["item"], values["lot"] = self._traced
        for name in _CHECKED:
            if name in asks:
                values[name] = self.check(name).isChecked()
        if self._name == "stock-card" and not values["item"]:
            missing = self._ui.t("Choose the item whose card you want to see.")
        return Asked(Parameters(**values), missing)  # type: ignore[arg-type]

    def _days(self, month: Month, values: dict[str, str | date | bool | None]) -> str:
        """Puts month or days into `values`; gives what is wrong with the days, in words."""
        if self._spans and self.span.value() != MONTH:
            return self._span(month, values)
        if self._moments and self.moment.value() == UNTIL:
            values["until"] = self.until.value()
            return self.until.problem()
        values["month"] = month
        return ""

    def _span(self, month: Month, values: dict[str, str | date | bool | None]) -> str:
        code = self.span.value()
        if code == YEAR:
            values["start"], values["end"] = date(Month(month).year, 1, 1), last_day(month)
        elif code == WHOLE_YEAR:
            year = Month(month).year
            values["start"], values["end"] = date(year, 1, 1), date(year, 12, 31)
        elif code == BOOK:
            values["end"] = last_day(max(month, self.newest))
        else:
            values["start"], values["end"] = self.start.value(), self.end.value()
            if problem := self.start.problem() or self.end.problem():
                return problem
            start, end = self.start.value(), self.end.value()
            if start is not None and end is not None and start > end:
                return self._ui.t("The first day is after the last day.")
        return ""

    def _told(self) -> None:
        if not self._quiet:
            self._show_fields()
            self.changed.emit()

    def _paper_told(self) -> None:
        if not self._quiet:
            self.paper_changed.emit()

    def show_paper(self, paper: str) -> None:
        """Selects a paper by its name without emitting `paper_changed`."""
        self._quiet = True
        self.paper.set_value(paper)
        self._quiet = False


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
