"""What stands in the cells of a report, as text. Nothing of a screen: the book's thread may ask."""

from __future__ import annotations

from datetime import date

from kwt_books.i18n.formats import FIGURES, NIL, Formats
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value

NUMBERS = frozenset({ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.PERCENT})
_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)


class ReportTexts:
    """Sections are the columns of the table; the one of labels stands among them."""

    def __init__(self, formats: Formats, report: Report | None = None) -> None:
        self._formats = formats
        self._columns = report.columns if report is not None else ()
        self.label = report.label if report is not None else ""
        self.label_at = min(report.label_at, len(self._columns)) if report is not None else 0
        self._blank_nil = report is not None and report.layout is Layout.TRIAL_BALANCE
        self._book = report is not None and report.layout in (Layout.BOOK, Layout.LEDGER)

    @property
    def sections(self) -> int:
        return len(self._columns) + 1 if self._columns else 0

    def column(self, section: int) -> Column | None:
        """None for the column of labels."""
        if section == self.label_at:
            return None
        return self._columns[section - (section > self.label_at)]

    def value(self, row: Row, section: int) -> Value:
        if section == self.label_at:
            return row.label
        place = section - (section > self.label_at)
        return row.cells[place] if place < len(row.cells) else None

    def text(self, row: Row, section: int) -> str:
        value = self.value(row, section)
        if value is None:
            return ""
        if isinstance(value, str):
            return "" if self._beside(row) and section != self.label_at else value
        if isinstance(value, date):
            return self._formats.numeric_day(value)
        return self._number(value, self.column(section), row.kind)

    def aside(self, row: Row) -> str:
        """What the heading of an account says besides its name: it belongs to no column."""
        if not self._beside(row):
            return ""
        return " ".join(each for each in row.cells if isinstance(each, str))

    def _beside(self, row: Row) -> bool:
        return self._book and row.kind is RowKind.SECTION

    def _number(self, value: int, column: Column | None, kind: RowKind) -> str:
        formats, type_ = self._formats, column.type if column else ColumnType.TEXT
        if type_ not in NUMBERS:
            return str(value)
        if value == 0 and column is not None:
            blank = self._blank_nil or column.summed
            return "" if blank and kind not in _SUMS else NIL
        if type_ is ColumnType.QUANTITY:
            text = formats.quantity(abs(value))
        elif type_ is ColumnType.PERCENT:
            text = formats.percent_fixed(abs(value))
        else:
            text = formats.number(abs(value))
        return f"({text})" if value < 0 else text

    def contains(self, row: Row, wanted: str) -> bool:
        """Whether any cell does; `wanted` is casefolded."""
        figures = not wanted.strip(FIGURES)
        for section in range(self.sections):
            worded = figures or isinstance(self.value(row, section), str)
            if worded and wanted in self.text(row, section).casefold():
                return True
        return wanted in self.aside(row).casefold()
