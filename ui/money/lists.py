"""The lists of Belanja & Kas: assets, grants, and members' savings."""

from __future__ import annotations

from kwt_books.domain.kind import Touch
from kwt_books.i18n.formats import NIL
from kwt_books.queries.assets import AssetRegister, Granted, Owned, asset_register, grants
from kwt_books.queries.programmes import ProgrammeSums, programme_sums
from kwt_books.reports.context import Parameters
from kwt_books.reports.debts import NOBODY
from kwt_books.reports.model import Report, Row
from ui.kit.card import Card, EmptyState
from ui.kit.list import Heading, ListRow, ListTable, head_row
from ui.kit.list_page import Action, ListPart
from ui.kit.look import ROW_LIST, ROW_TWO_LINES
from ui.kit.party import account_name
from ui.kit.table import Cell
from ui.kit.targets import part_of
from ui.kit.workspace import Workspace

_MONTHS = 12


class AssetsPart(ListPart):
    """Aset: the assets with cost, depreciation and book value, in rupiah."""

    monthly = False
    shows = Touch.ASSETS
    shown_kinds = frozenset({"account"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._known: AssetRegister | None = None
        actions = (
            Action(t("Buy an asset"), "shopping-cart-simple", "asset_acquisition"),
            Action(t("Dispose of an asset"), "sign-out", "asset_disposal"),
            Action(t("Record depreciation"), "trend-down", "depreciation"),
        )
        headings = head_row(
            t("Asset"),
            t("Since"),
            t("Useful life"),
            t("Price"),
            t("Depreciated"),
            t("Stands at"),
            figures=(2, 3, 4, 5),
        )
        self.lay_out(actions, headings, (t("Price"), t("Stands at")))
        self.table.opened.connect(self._open)
        text = t(
            "Record what lasts for more than a year: a seedling house, tools, a frying pan for "
            "the kitchen."
        )
        self.invite(EmptyState(self.ui, "wrench", t("No asset is recorded yet"), text), action=0)

    def refresh(self) -> None:
        """Asks for the assets."""
        self.ask(lambda book: book.read(asset_register), self._show)

    def _show(self, known: AssetRegister) -> None:
        self._known, owned = known, known.owned
        self.show_filled(bool(owned))
        self.table.show_rows([self._row(each) for each in owned])
        rupiah, t = self.ui.formats.rupiah, self.t
        self.foot.sums[t("Price")].setText(rupiah(sum(each.asset.cost for each in owned)))
        self.foot.sums[t("Stands at")].setText(rupiah(sum(each.value for each in owned)))
        self.foot.remark.setText(t.ngettext("{n} asset", "{n} assets", len(owned)))

    def _row(self, owned: Owned) -> ListRow:
        asset, formats = owned.asset, self.ui.formats
        life = self._life(asset.life_months)
        gone = asset.accumulated
        return ListRow(
            asset.code,
            (
                Cell(
                    asset.name, f"{asset.code} · {account_name(self.ui, owned.account)}", bold=True
                ),
                Cell(formats.day(asset.acquired)),
                Cell(life),
                Cell(formats.number(asset.cost)),
                Cell(formats.number(gone) if gone else NIL),
                Cell(formats.number(owned.value) if owned.value else NIL, bold=True),
            ),
        )

    def _life(self, months: int) -> str:
        years, rest = divmod(months, _MONTHS)
        if rest:
            return self.t.ngettext("{n} month", "{n} months", months)
        return self.t.ngettext("{n} year", "{n} years", years)

    def _open(self, code: str) -> None:
        """Shows the document that the asset came with."""
        owned = self._known.owned if self._known is not None else ()
        number = next((each.number for each in owned if each.asset.code == code), None)
        if number is not None:
            self.workspace.go("journal", number)


# -- Hibah: programmes, and what is left of their money ------------------------------------------


_SHOWN = 4
"""Programmes that are seen at once; the list of more scrolls."""


class ProgrammeList(Card):
    """What was given for each programme, used of it, and is left; Enter opens its report."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(margins=0, space=0)
        self._ui = workspace.ui
        t = self._ui.t
        self.table = ListTable(
            self._ui,
            head_row(t("Programme"), t("Runs until"), t("Received"), t("Used"), t("Left"),
                     figures=(2, 3, 4)),
            ROW_TWO_LINES,
        )  # fmt: skip
        self.table.setAccessibleName(t("Programmes"))
        self.table.opened.connect(
            lambda code: workspace.go("reports", part_of("programme", programme=code))
        )
        self.body.addWidget(self.table)
        self.hide()

    def show_sums(self, sums: tuple[ProgrammeSums, ...]) -> None:
        """Shows these programmes; nothing where there are none."""
        self.setVisible(bool(sums))
        self.table.show_rows([self._row(each) for each in sums])
        rows = min(len(sums), _SHOWN)
        high = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(high + rows * self._ui.theme.px(ROW_TWO_LINES))

    def _row(self, each: ProgrammeSums) -> ListRow:
        number, until = self._ui.formats.number, each.programme.until
        used = each.received - each.left
        return ListRow(
            each.programme.code,
            (
                Cell(each.programme.name, each.giver, bold=True),
                Cell(self._ui.formats.day(until) if until is not None else NIL),
                Cell(number(each.received) if each.received else NIL),
                Cell(number(used) if used else NIL),
                Cell(number(each.left) if each.left else NIL, bold=True),
            ),
        )


# -- Hibah: the grants, by whom and what they were worth -----------------------------------------


class GrantsPart(ListPart):
    """Hibah: the grants."""

    monthly = False
    shown_kinds = frozenset({"grant", "correction", "party", "item"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        headings = head_row(
            t("Date"),
            t("Given by"),
            t("Details"),
            t("Money"),
            t("Total value"),
            figures=(3, 4),
        )
        actions = (Action(t("Grant received"), "gift", "grant"),)
        self.lay_out(actions, headings, (t("In all"),))
        self.table.stretch(2)
        self.table.opened.connect(lambda number: workspace.go("journal", number))
        text = t(
            "Money, seedlings and tools that were given to the group, with the number of the "
            "handover paper."
        )
        self.programmes = ProgrammeList(workspace)
        self.body.addWidget(self.programmes)
        self.invite(EmptyState(self.ui, "gift", t("No grant is recorded yet"), text), action=0)

    def refresh(self) -> None:
        """Asks for the grants, and for the programmes that their money is kept for."""
        language = self.ui.language
        self.ask(lambda book: book.read_in(language, grants), self._show)
        self.ask(
            lambda book: book.read(programme_sums), self.programmes.show_sums, key="programmes"
        )

    def _show(self, grants: tuple[Granted, ...]) -> None:
        self.show_filled(bool(grants))
        self.table.show_rows([self._row(each) for each in grants])
        held = [each for each in grants if each.corrected_by is None]
        total = self.ui.formats.rupiah(sum(each.amount for each in held))
        self.foot.sums[self.t("In all")].setText(total)
        self.foot.remark.setText(self.t.ngettext("{n} grant", "{n} grants", len(held)))

    def _row(self, grant: Granted) -> ListRow:
        formats, gone = self.ui.formats, grant.corrected_by is not None
        tone = "quiet" if gone else ""
        what = ", ".join(grant.goods) or self.t("Money")
        return ListRow(
            grant.number,
            (
                Cell(formats.day(grant.day), grant.number, tone=tone),
                Cell(grant.giver or NIL, tone=tone),
                Cell(what, grant.text if grant.text != what else "", tone=tone, struck=gone),
                Cell(formats.number(grant.cash) if grant.cash else NIL, tone=tone),
                Cell(formats.number(grant.amount) if grant.amount else NIL, bold=not gone),
            ),
        )


# -- Simpanan: members' savings by kind, and what they paid in this month ------------------------


class SavingsPart(ListPart):
    """Simpanan: the members' savings."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._rows: list[Row] = []
        self._keys: list[str] = []
        self._sought = ""
        actions = (
            Action(t("Savings paid in"), "users-three", "savings"),
            Action(t("Savings taken out"), "upload-simple", "savings", given={"way": "out"}),
            Action(t("Assign unnamed savings"), "users", "savings_named"),
        )
        titles = (
            t("Paid in this month"), t("Taken out"), t("Entry"), t("Mandatory"), t("Voluntary"),
            t("In all"),
        )  # fmt: skip
        headings = (Heading(t("Member")), *(Heading(each, figures=True) for each in titles))
        self.lay_out(actions, headings, (t("Paid in this month"), t("In all")), ROW_LIST)
        text = t(
            "Set up the members first. Their savings can then be recorded for all of them at once."
        )
        empty = EmptyState(self.ui, "users-three", t("No members are set up yet"), text)
        empty.offer(t("To the settings"), lambda: workspace.go("settings", "parties"), "gear-six")
        self.invite(empty)

    def refresh(self) -> None:
        """Asks for the month's report of savings."""
        asked, language = Parameters(month=self.workspace.month), self.ui.language
        self.ask(lambda book: book.report("savings", asked, language), self._show)

    def _show(self, report: Report) -> None:
        *rows, total = report.rows
        self.show_filled(bool(rows))
        self._keys = [column.key for column in report.columns]
        self._rows = rows
        members = sum(row.code != NOBODY for row in rows)
        rupiah, t = self.ui.formats.rupiah, self.t
        self.foot.sums[t("Paid in this month")].setText(rupiah(self._of(total, "paid_in")))
        self.foot.sums[t("In all")].setText(rupiah(self._of(total, "balance")))
        self.foot.remark.setText(t.ngettext("{n} member", "{n} members", members))
        self._fill()

    def _fill(self) -> None:
        shown = [row for row in self._rows if self._sought in row.label.casefold()]
        self.table.show_rows([self._row(row) for row in shown])

    def _of(self, row: Row, key: str) -> int:
        value = row.cells[self._keys.index(key)]
        assert isinstance(value, int)
        return value

    def _row(self, row: Row) -> ListRow:
        number = self.ui.formats.number
        cells = []
        for key in ("paid_in", "withdrawn", "principal", "mandatory", "voluntary", "balance"):
            amount = self._of(row, key)
            last = key == "balance"
            tone = "" if amount else "quiet"
            cells.append(Cell(number(amount) if amount else NIL, tone=tone, bold=last))
        return ListRow(row.code, (Cell(row.label), *cells))

    def search(self, text: str) -> None:
        """Narrows the list to members with the header's words."""
        self._sought = text.strip().casefold()
        self._fill()
