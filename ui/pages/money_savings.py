"""Simpanan: what each member has saved, by kind, and what she paid in this month."""

from __future__ import annotations

from kwt_books.i18n.formats import NIL
from kwt_books.reports.context import Parameters
from kwt_books.reports.debts import NOBODY
from kwt_books.reports.model import Report, Row
from ui.desk import Desk
from ui.pages.money_list_part import ListPart
from ui.pages.money_parts import Deed
from ui.tokens import ROW_LIST
from ui.widgets.empty import EmptyState
from ui.widgets.list_table import Cell, Heading, ListRow


class SavingsPart(ListPart):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._rows: list[Row] = []
        self._keys: list[str] = []
        self._sought = ""
        deeds = (
            Deed(t("Savings paid in"), "users-three", "savings"),
            Deed(t("Savings taken out"), "upload-simple", "savings", given={"way": "out"}),
        )
        titles = (
            t("Paid in this month"), t("Taken out"), t("Entry"), t("Mandatory"), t("Voluntary"),
            t("In all"),
        )  # fmt: skip
        headings = (Heading(t("Member")), *(Heading(each, figures=True) for each in titles))
        self.lay_out(deeds, headings, (t("Paid in this month"), t("In all")), ROW_LIST)
        text = t(
            "Set up the members first. Their savings can then be recorded for all of them at once."
        )
        empty = EmptyState(self.kit, "users-three", t("No members are set up yet"), text)
        empty.offer(t("To the settings"), lambda: desk.go("settings", "parties"), "gear-six")
        self.invite(empty)

    def refresh(self) -> None:
        asked, language = Parameters(month=self.desk.month), self.kit.language
        self.ask(lambda book: book.report("savings", asked, language), self._show)

    def _show(self, report: Report) -> None:
        *rows, total = report.rows
        self.show_filled(bool(rows))
        self._keys = [column.key for column in report.columns]
        self._rows = rows
        members = sum(row.code != NOBODY for row in rows)
        rupiah, t = self.kit.formats.rupiah, self.t
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
        number = self.kit.formats.number
        cells = []
        for key in ("paid_in", "withdrawn", "principal", "mandatory", "voluntary", "balance"):
            amount = self._of(row, key)
            last = key == "balance"
            tone = "" if amount else "quiet"
            cells.append(Cell(number(amount) if amount else NIL, tone=tone, bold=last))
        return ListRow(row.code, (Cell(row.label), *cells))

    def search(self, text: str) -> None:
        self._sought = text.strip().casefold()
        self._fill()
