"""Programmes with their budgets, and the group's own plan of a year: the lists and their forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from kwt_books.domain.accounts import AccountType
from kwt_books.domain.documents.setup import Budget, BudgetLine, PlannedAmount, Programme
from kwt_books.i18n.catalogue import noop, noop_plural
from kwt_books.services.intake.budget import BudgetRead, read_budget
from kwt_books.services.intake.sheet import open_sheets
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.date_field import DateField
from ui.kit.document_form import SetupForm
from ui.kit.field import MoneyField, QuantityField, TextField, YearField
from ui.kit.file_dialog import Use, ask_which
from ui.kit.form import opens
from ui.kit.layout import fill, label, row
from ui.kit.lines import LineField, Lines, bound
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import SettingsList
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Picker
from ui.kit.table import Cell
from ui.kit.workspace import Given, Workspace

_PLANNED = (
    AccountType.INCOME,
    AccountType.COST,
    AccountType.EXPENSE,
    AccountType.OTHER,
    AccountType.TAX,
)


class ProgrammesPage(SettingsList[Programme]):
    """Pengaturan: the programmes, with their budgets."""

    kind = "programme"
    kept_in = "programmes"
    counts = noop_plural("{n} programme", "{n} programmes")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Programme"), t("Given by"), t("Ends"), t("Total")
        self.lay_out(head_row(*titles, figures=(3,)))
        self.table.stretch(0)
        text = t("Set up money that is given for a purpose, with its budget.")
        self.invite_first("gift", t("No programmes yet"), text)

    def _words(self, each: Programme) -> str:
        return f"{each.name} {each.code}"

    def _row(self, each: Programme) -> ListRow:
        setup = self.workspace.setup
        giver = setup.parties.get(each.party or "") if setup is not None else None
        total = sum(line.amount for line in each.budget)
        return ListRow(
            each.code,
            (
                Cell(each.name, bold=True),
                Cell(giver.name if giver is not None else "–"),
                Cell(self.ui.formats.day(each.until) if each.until else "–"),
                Cell(self.ui.formats.number(total) if total else "–"),
            ),
        )


class _BudgetLines(Lines):
    """Lines without a number of their own get the next free one."""

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        given = t("the number of the line in the budget; if empty, it is filled in automatically")
        parts = t("materials, tools, wages, running costs; optional")
        fields = (
            LineField("line", t("Line"), lambda: TextField(ui), 2, given),
            LineField("name", t("What for"), lambda: TextField(ui, required=True), 6),
            LineField("section", t("Section"), lambda: TextField(ui), 3, parts),
            LineField("qty", t("Quantity"), lambda: QuantityField(ui, required=False), 3),
            LineField("unit", t("Unit"), lambda: TextField(ui), 2),
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
    kept_in = "programmes"
    follows: ClassVar = {"until": ("from", "ends-before-beginning")}

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "programme", given)
        t, ui = self.t, self.ui
        self.title = TextField(ui, required=True)
        givers = sorted(self.known.parties.values(), key=lambda each: each.role != "agency")
        self.party = Picker(ui, [(each.code, each.name) for each in givers], required=False)
        self.across(
            (self.labelled("name", t("Name of the programme"), self.title), 3),
            (self.labelled("party", t("Given by"), self.party, t("Optional")), 2),
        )
        days = DateField(ui, required=False), DateField(ui, required=False)
        self.across(
            (self.labelled("from", t("Begins"), days[0], t("Optional")), 1),
            (self.labelled("until", t("Ends"), days[1], t("Optional")), 1),
        )
        self.sheet_button = Button(ui, t("From Excel"), "table", kind="quiet")
        self.sheet_button.hint(t("A budget kept in a spreadsheet, line by line"))
        self.sheet_button.when_clicked(self.choose_sheet)
        self.sheet_note = Note(ui)
        self.sheet_note.hide()
        title = label(t("Budget of the programme (RAB)"), "strong")
        fill(self.body, row((title, 1), self.sheet_button, space=8), self.sheet_note)
        self.budget = self.lines("budget", _BudgetLines(ui))
        self.start(given)

    def choose_sheet(self) -> None:
        """Asks for a spreadsheet and fills its budget in."""
        pattern = f"{self.t('Spreadsheets')} (*.xlsx *.xls *.xlsm *.ods *.csv *.txt)"
        for path in ask_which(self, self.t("From Excel"), pattern, Use.SHEET):
            self.open_sheet(path)

    def open_sheet(self, path: Path) -> None:
        """Fills in the budget of a spreadsheet, to be looked at before it is saved."""
        self.workspace.tasks.run(
            lambda _book: read_budget(open_sheets(path)), self._sheet_read, self._refused,
            key="budget", owner=self,
        )  # fmt: skip

    def _sheet_read(self, found: BudgetRead) -> None:
        if found.stops:
            first = found.stops[0]
            said = f" ({first.said})" if first.said else ""
            text = f"{first.cell}{said}: {self.workspace.explain(replace(first.issue, field=''))}"
            self.sheet_note.say(text, "error")
        else:
            self.budget.set_value(found.lines)
            odd = [f"{each.cell}: {self.workspace.explain(replace(each.issue, field=''))}"
                   for each in found.remarks]  # fmt: skip
            total = self.ui.formats.rupiah(sum(line.amount for line in found.lines))
            text = self.t.ngettext("{n} line, {total} in total. Check it, then save.",
                                   "{n} lines, {total} in total. Check them, then save.",
                                   len(found.lines), total=total)  # fmt: skip
            self.sheet_note.say(" ".join((text, *odd[:2])), "warn" if odd else "good")
        self.sheet_note.show()

    def derived(self) -> dict[str, Any]:
        """The parts of the command that follow from several fields."""
        return {"code": self.code_for(self.title.value())}


make_programme = opens(ProgrammeForm, noop("New programme"), prints=False, width=900)


# -- The group's own plan of a year --------------------------------------------------------------


class BudgetsPage(SettingsList[Budget]):
    """Pengaturan: the group's own plans, year by year."""

    kind = "budget"
    kept_in = "budgets"
    counts = noop_plural("{n} budget", "{n} budgets")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.lay_out(head_row(t("Year"), t("Decided by")))
        self.table.stretch(1)
        text = t("Set up what the group plans to earn and to spend in a year.")
        self.invite_first("calculator", t("No budgets yet"), text)

    def _row(self, each: Budget) -> ListRow:
        year = str(each.year)
        return ListRow(year, (Cell(year, bold=True), Cell(each.decision or "–")))


class BudgetForm(SetupForm):
    """`given`: `code`, the year of one that is there."""

    makes = Budget
    kept_in = "budgets"

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "budget", given)
        t, ui = self.t, self.ui
        self.year = YearField(ui)
        self.year.set_value(ui.today.year)
        self.year.setEnabled(self.there is None)
        self.decision = TextField(ui)
        self.across(
            (self.labelled("year", t("Year of the budget"), self.year), 1),
            (self.labelled("decision", t("Decided by"), self.decision, t("Optional")), 3),
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
        self.start(given)

    def window_title(self) -> str:
        """The year of the plan that is there already."""
        there = self.there
        return self.t("Budget of {year}", year=there.year) if there is not None else ""


make_budget = opens(BudgetForm, noop("New budget"), prints=False, width=680)
