"""What the page of reports asks the book for, on the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kwt_books.app import Book
from kwt_books.domain.month import first_day, last_day
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought
from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.pack import Pack
from kwt_books.reports.registry import KINDS


@dataclass(frozen=True, slots=True)
class Answer:
    """A report, ready to be written out, and what its fields offer."""

    pack: Pack
    numbers: tuple[tuple[str, str], ...] = ()
    lots: tuple[tuple[str, str, str], ...] = ()


def answer(book: Book, name: str, asked: Parameters, language: str) -> Answer:
    """On the worker: the report, and the choices of the fields that depend on the period."""
    pack, asks = book.pack(name, asked, language), KINDS[name].asks
    numbers: tuple[tuple[str, str], ...] = ()
    lots: tuple[tuple[str, str, str], ...] = ()
    if isinstance(rows := pack.reports[0].rows, LongRows):
        rows.read_ahead()
    if "number" in asks:
        sought = Sought(start=asked.start, end=asked.end, kinds=("market_day",))
        if asked.month is not None:
            sought = replace(sought, start=first_day(asked.month), end=last_day(asked.month))
        found = book.diary(sought, language).lines
        numbers = tuple(
            (line.number, f"{line.day.day}/{line.day.month} · {line.text}") for line in found
        )
    if "lot" in asks:
        register = replace(asked, lot=None, item=None)
        rows = book.report(name, register, language).rows
        lots = tuple(
            (str(each.cells[0]), str(each.cells[1]), each.label) for each in rows if each.code
        )
    return Answer(pack, numbers, lots)


def paper_name(pack: Pack) -> str:
    """What a file of it is called: title and period."""
    report = pack.reports[0]
    return " ".join(filter(None, (report.title, report.period)))
