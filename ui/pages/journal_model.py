"""The diary's lines as a table that grows as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from kwt_books.i18n.formats import NIL
from kwt_books.reports.diary import DiaryLine, Effect
from ui.kit import Kit
from ui.widgets.cells import LEFT, NOWHERE, RIGHT, Cell, CellModel, Index

DATE, NUMBER, EVENT, MONEY = range(4)


class DiaryModel(CellModel):
    """`more_wanted` when the last lines come into view and there are more in the book."""

    more_wanted = Signal()

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.lines: list[DiaryLine] = []
        self.has_more = False

    def show_lines(self, lines: Sequence[DiaryLine], *, has_more: bool) -> None:
        """In place of those before."""
        self.beginResetModel()
        self.lines, self.has_more = list(lines), has_more
        self.endResetModel()

    def add_lines(self, lines: Sequence[DiaryLine], *, has_more: bool) -> None:
        self.has_more = has_more
        if lines:
            first = len(self.lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self.lines.extend(lines)
            self.endInsertRows()

    def row_of(self, number: str) -> int | None:
        return next((row for row, line in enumerate(self.lines) if line.number == number), None)

    # -- Qt --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 4

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        self.more_wanted.emit()

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        t = self._kit.t
        return (t("Date"), t("Number"), t("What happened"), t("Money"))[section]

    def cell(self, row: int, column: int) -> Cell:
        line = self.lines[row]
        corrected = line.corrected_by is not None
        return Cell(
            self._text(line, column),
            aside=self._aside(line, column),
            tone=_tone(line, column),
            icon="arrow-u-up-left" if column == EVENT and line.corrects else "",
            bold=column == MONEY and _comes_in(line) and not corrected,
            struck=corrected and column in (EVENT, MONEY),
        )

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if column == MONEY else LEFT

    def raw(self, row: int, column: int) -> str:
        return self.lines[row].number

    def _text(self, line: DiaryLine, column: int) -> str:
        if column == DATE:
            return self._day(line.day)
        if column == NUMBER:
            return line.number
        return line.text if column == EVENT else self._money(line)

    def _day(self, day: date) -> str:
        """`30 Jun`; with the year where it is another one."""
        short = self._kit.formats.short_day(day)
        return short if day.year == self._kit.today.year else f"{short} {day.year}"

    def _money(self, line: DiaryLine) -> str:
        number, t = self._kit.formats.number, self._kit.t
        match line.effect:
            case Effect.CASH:
                return f"+{number(line.amount)}" if line.amount > 0 else number(line.amount)
            case Effect.MOVED:
                return t("moved {amount}", amount=number(line.amount))
            case Effect.BILLED:
                return t("billed {amount}", amount=number(line.amount))
            case Effect.OWED:
                return t("owed {amount}", amount=number(line.amount))
        return NIL

    def _aside(self, line: DiaryLine, column: int) -> str:
        if column != EVENT:
            return ""
        t = self._kit.t
        if line.corrected_by is not None:
            return t("corrected")
        if line.attachments:
            return t.ngettext("{n} attachment", "{n} attachments", line.attachments)
        return ""


def _comes_in(line: DiaryLine) -> bool:
    return line.effect is Effect.CASH and line.amount > 0


def _tone(line: DiaryLine, column: int) -> str:
    if column == NUMBER or (line.corrected_by is not None and column != DATE):
        return "quiet"
    if column != MONEY:
        return ""
    if _comes_in(line):
        return "good"
    return "" if line.effect is Effect.CASH else "quiet"
