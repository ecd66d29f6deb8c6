"""The lines of an account as rows of its ledger or cash book."""

from __future__ import annotations

from kwt_books.queries.ledger_lines import Entry, Lines
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.long_rows import ReadRows
from kwt_books.reports.model import Row


def ledger_rows(context: Context, lines: Lines, sign: int = 1) -> ReadRows:
    """Date, voucher, account across, both sides, balance; `sign` is that of the normal side."""
    describe = Describer(context.setup.names(), context.words)

    def row(entry: Entry) -> Row:
        document, debit, credit, counter, balance = entry
        number = document.number
        cells = (document.date, number, counter, debit, credit, sign * balance)
        return Row(describe.heading(document), cells, code=number)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            return [row(entry) for entry in lines.read(connection, start, stop)]

    return ReadRows(len(lines), read)
