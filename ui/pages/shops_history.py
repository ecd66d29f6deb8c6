"""What went on with a shop: goods left, settlements, payments, newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.shops import Visit
from ui.desk import Desk
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable

_KINDS = {
    "consignment": noop("Goods left"),
    "consignment_settlement": noop("Settled up"),
    "receipt": noop("Paid what it owed"),
}
_ICONS = {"consignment": "truck", "consignment_settlement": "handshake", "receipt": "money"}


class ShopHistory(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.kit, self.t = desk, desk.kit, desk.kit.t
        t, page = self.t, column(self)
        headings = (Heading(t("What")), Heading(t("Goods")), Heading(t("Money"), figures=True))
        self.table = ListTable(self.kit, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.opened.connect(self._open)
        self._none = label(t("Nothing went on with this shop yet."), "caption")
        self._none.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        page.addWidget(self.table, 1)
        page.addWidget(self._none)
        page.addWidget(rule())
        page.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot, t = QFrame(), self.t
        foot.setObjectName("foot")
        line = row(foot, space=8)
        line.setContentsMargins(GUTTER, 10, GUTTER, 10)
        printed = Button(self.kit, t("Print"), "printer").hint(t("Print the one chosen"))
        opened = Button(self.kit, t("Open"), "notebook").hint(t("Open it in the diary"))
        line.addWidget(printed.when_clicked(self._print))
        line.addWidget(opened.when_clicked(lambda: self._open(self.table.key)))
        line.addStretch(1)
        return foot

    def ask(self, shop: str) -> None:
        self.desk.tasks.run(
            lambda book: book.shop_history(shop), self._show, key=("history", id(self)), owner=self
        )

    def _show(self, visits: tuple[Visit, ...]) -> None:
        self.table.show_rows([self._row(visit) for visit in visits])
        self.table.setVisible(bool(visits))
        self._none.setVisible(not visits)

    def _row(self, visit: Visit) -> ListRow:
        t, formats = self.t, self.kit.formats
        gone = visit.corrected_by is not None
        tone = "quiet" if gone else ""
        goods = ", ".join(f"{name} {formats.quantity(n)}" for name, _unit, n in visit.goods)
        second = t("Undone by {number}", number=visit.corrected_by) if gone else visit.number
        owed = formats.number(visit.owed) if visit.owed > 0 else ""
        return ListRow(
            visit.number,
            (
                Cell(t(_KINDS[visit.kind]), formats.day(visit.date), tone=tone, bold=not gone),
                Cell(goods or "–", second, tone=tone, struck=gone),
                Cell(
                    formats.number(visit.received) if visit.received else "–",
                    t("owed {amount}", amount=owed) if owed else "",
                    tone=tone,
                ),
            ),
        )

    def _print(self) -> None:
        if self.table.key is not None:
            self.desk.print_voucher(self.table.key)

    def _open(self, number: str | None) -> None:
        if number is not None:
            self.desk.go("journal", number)
