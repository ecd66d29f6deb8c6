"""Programmes with their budgets, and the group's own plan of a year: the lists and their forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.domain.accounts import AccountType
from kwt_books.domain.documents.setup import Budget, BudgetLine, PlannedAmount, Programme
from kwt_books.domain.suggested import code_for
from ui.kit.date_field import DateField
from ui.kit.document_form import SetupForm
from ui.kit.field import CountField, MoneyField, QuantityField, TextField
from ui.kit.form import FormDialog
from ui.kit.layout import label
from ui.kit.lines import LineField, Lines, bound, said_by
from ui.kit.list import Heading, ListRow, head_row
from ui.kit.list_page import SettingsList
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Picker
from ui.kit.table import Cell
from ui.kit.workspace import Given, Workspace

_WIDTH = 900
_PLANNED = (
    AccountType.INCOME,
    AccountType.COST,
    AccountType.EXPENSE,
    AccountType.OTHER,
    AccountType.TAX,
)


class ProgrammesPage(SettingsList):
    """Pengaturan: the programmes, with their budgets."""

    kind = "programme"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(0)
        self.offer(t("Add"), "programme")
        text = t("Set up money that is given for a purpose, with its budget.")
        empty = self.empty_state("gift", t("No programmes yet"), text)
        if self.may_change:
            empty.offer(t("Add"), lambda: workspace.open_form("programme"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        """The headings of the list."""
        t = self.t
        return head_row(t("Programme"), t("Given by"), t("Ends"), t("In all"), figures=(3,))

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The programmes that a search finds, as rows."""
        setup = self.workspace.setup
        programmes = setup.programmes if setup is not None else {}
        parties = setup.parties if setup is not None else {}
        self.show_empty(empty=not programmes)
        for each in programmes.values():
            giver = parties.get(each.party or "")
            if sought in f"{each.name} {each.code}".casefold():
                total = sum(line.amount for line in each.budget)
                yield ListRow(
                    each.code,
                    (
                        Cell(each.name, bold=True),
                        Cell(giver.name if giver is not None else "–"),
                        Cell(self.ui.formats.day(each.until) if each.until else "–"),
                        Cell(self.ui.formats.number(total) if total else "–"),
                    ),
                )

    def counted(self, count: int) -> str:
        """How many there are, in words."""
        return self.t.ngettext("{n} programme", "{n} programmes", count)

    def open(self, key: Any) -> None:
        """Opens the form of a programme."""
        if key is not None and self.may_change:
            self.workspace.open_form("programme", code=key)


class _BudgetLines(Lines):
    """Lines without a number of their own get the next free one."""

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        given = t("the number of the line in the budget; left empty, it is given by itself")
        parts = t("materials, tools, wages, running costs; may stay empty")
        fields = (
            LineField("line", t("Line"), lambda: TextField(ui), 2, given),
            LineField("name", t("What for"), lambda: TextField(ui, required=True), 6),
            LineField("section", t("Section"), lambda: TextField(ui), 3, parts),
            LineField("qty", t("How many"), lambda: QuantityField(ui, required=False), 3),
            LineField("unit", t("Counted in"), lambda: TextField(ui), 2),
            LineField("amount", t("Amount"), lambda: MoneyField(ui), 4),
        )
        super().__init__(ui, fields, BudgetLine, optional=True)

    def value(self) -> tuple[BudgetLine, ...]:
        said = [line.value() for line in self.filled]
        taken = {each["line"] for each in said if each["line"]}
        for each in said:
            number = 1
            while not each["line"]:
                each["line"] = str(number) if str(number) not in taken else None
                number += 1
            taken.add(each["line"])
        return tuple(bound(BudgetLine, each) for each in said)


class ProgrammeForm(SetupForm):
    """`given`: `code` of one that is there."""

    makes = Programme

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "programme", str(given.get("code") or ""))
        t, ui = self.t, self.ui
        self.there = self.known.programmes.get(self.code)
        self.title = TextField(ui, required=True)
        givers = sorted(self.known.parties.values(), key=lambda each: each.role != "agency")
        self.party = Picker(ui, [(each.code, each.name) for each in givers], required=False)
        self.across(
            (self.labelled("name", t("Name of the programme"), self.title), 3),
            (self.labelled("party", t("Given by"), self.party, t("May stay empty")), 2),
        )
        days = DateField(ui, required=False), DateField(ui, required=False)
        self.across(
            (self.labelled("from", t("Begins"), days[0], t("May stay empty")), 1),
            (self.labelled("until", t("Ends"), days[1], t("May stay empty")), 1),
        )
        self.body.addWidget(label(t("Budget of the programme (RAB)"), "strong"))
        self.lines("budget", _BudgetLines(ui))
        self.start(said_by(self.there) if self.there is not None else given)

    def derived(self) -> dict[str, Any]:
        """The parts of the command that follow from several fields."""
        return {"code": self.code or code_for(self.title.value() or "", self.known.programmes)}


def make_programme(workspace: Workspace, given: Given) -> QDialog:
    """The form of a programme, in a dialog."""
    form = ProgrammeForm(workspace, given)
    title = form.there.name if form.there is not None else workspace.ui.t("New programme")
    return FormDialog(form, title, prints=False, width=_WIDTH).with_room()


# -- The group's own plan of a year --------------------------------------------------------------


class BudgetsPage(SettingsList):
    """Pengaturan: the group's own plans, year by year."""

    kind = "budget"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(1)
        self.offer(t("Add"), "budget")
        text = t("Set up what the group plans to earn and to spend in a year.")
        empty = self.empty_state("calculator", t("No budgets yet"), text)
        if self.may_change:
            empty.offer(t("Add"), lambda: workspace.open_form("budget"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        """The headings of the list."""
        return head_row(self.t("Year"), self.t("Decided by"))

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The plans that a search finds, as rows."""
        budgets = self.workspace.setup.budgets if self.workspace.setup is not None else {}
        self.show_empty(empty=not budgets)
        for each in budgets.values():
            if sought in f"{each.year} {each.decision or ''}".casefold():
                yield ListRow(
                    str(each.year), (Cell(str(each.year), bold=True), Cell(each.decision or "–"))
                )

    def counted(self, count: int) -> str:
        """How many there are, in words."""
        return self.t.ngettext("{n} budget", "{n} budgets", count)

    def open(self, key: Any) -> None:
        """Opens the form of a plan."""
        if key is not None and self.may_change:
            self.workspace.open_form("budget", code=key)


class BudgetForm(SetupForm):
    """`given`: `code`, the year of one that is there."""

    makes = Budget

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "budget", str(given.get("code") or ""))
        t, ui = self.t, self.ui
        self.there = self.known.budgets.get(self.code)
        self.year = CountField(ui, most=9999)
        self.year.set_value(ui.today.year)
        self.year.setEnabled(self.there is None)
        self.decision = TextField(ui)
        self.across(
            (self.labelled("year", t("Year of the budget"), self.year), 1),
            (self.labelled("decision", t("Decided by"), self.decision, t("May stay empty")), 3),
        )
        choices = [
            (each.code, account_name(ui, each))
            for each in self.known.accounts.values()
            if each.type in _PLANNED
        ]
        fields = (
            LineField("account", t("Planned for"), lambda: Picker(ui, choices), 5),
            LineField("amount", t("Amount"), lambda: MoneyField(ui), 3),
        )
        self.lines("lines", Lines(ui, fields, PlannedAmount))
        self.start(said_by(self.there) if self.there is not None else given)


def make_budget(workspace: Workspace, given: Given) -> QDialog:
    """The form of a plan, in a dialog."""
    form = BudgetForm(workspace, given)
    t = workspace.ui.t
    there = form.there
    title = t("Budget of {year}", year=there.year) if there is not None else t("New budget")
    return FormDialog(form, title, prints=False, width=680).with_room()
