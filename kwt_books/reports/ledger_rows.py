"""The lines of an account as rows of its ledger or cash book."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kwt_books.queries.ledger_lines import Entry, Lines
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.long_rows import WINDOW, Placed, ReadRows
from kwt_books.reports.model import Row
from kwt_books.reports.sieve import Sieve


def ledger_rows(context: Context, lines: Lines, sign: int = 1) -> ReadRows:
    """Date, voucher, account across, both sides, balance; `sign` is that of the normal side."""
    setup = context.setup.names()
    describe = Describer(setup, context.words)

    def row(entry: Entry) -> Row:
        document, debit, credit, balance, counter = entry
        number = document.number
        cells = (document.date, number, counter, debit, credit, sign * balance)
        return Row(describe.heading(document), cells, code=number)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            return [row(entry) for entry in lines.read(connection, start, stop)]

    def sift(start: int, stop: int, wanted: str) -> Iterator[Placed]:
        """Windows in which nothing may be found are not read, nor are other rows worded."""
        sieve = Sieve(wanted, describe, setup)
        with context.reading() as connection:
            for begin in range(start, stop, WINDOW):
                end = min(begin + WINDOW, stop)
                for place, entry in sifted(connection, lines, begin, end, sieve):
                    yield place, row(entry)

    return ReadRows(len(lines), read, sift)


def sifted(
    connection: Connection, lines: Lines, start: int, stop: int, sieve: Sieve
) -> list[tuple[int, Entry]]:
    """The lines that may be found, and their places."""
    asked = lines.holding(connection, start, stop, sieve.wanted, sieve.words)
    held = {each.sequence for each in asked if sieve.has_text(each)}
    if sieve.texts_alone and not held:
        return []
    entries = lines.plain(connection, start, stop)
    if sieve.accounts:
        entries = lines.across(connection, entries)
    kept = [
        (place, each)
        for place, each in enumerate(entries, start)
        if sieve.wanted in each.counter.casefold()
        or sieve.has_figure(each.document.date, each.debit, each.credit, each.balance)
        or each.document.sequence in held
    ]
    whole = lines.across(connection, (each for _, each in kept))
    return [(place, each) for (place, _), each in zip(kept, whole, strict=True)]
