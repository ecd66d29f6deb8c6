"""The formats a report and a whole book can be written in.

A format is one function and one line of its registry. The libraries behind it are imported
when it is used: most commands need none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:  # to know the names of the formats takes none of what they write
    from kwt_books.exporters.whole import BookOrder
    from kwt_books.reports.packs import Pack


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of reports: its name, its ending, and the function that writes it."""

    name: str
    suffix: str
    write: Callable[[Pack, BinaryIO], None]
    readable: bool = False
    """Whether a terminal can show it."""


@dataclass(frozen=True, slots=True)
class BookFormat:
    """A format of a whole book: its name, its ending, and the function that writes it."""

    name: str
    suffix: str
    write: Callable[[BookOrder, BinaryIO], None]
    ledger: bool = False
    """Whether it has the postings alone, so that those that close a month can be left out."""


def _text(pack: Pack, out: BinaryIO) -> None:
    from kwt_books.exporters.text import write_text

    write_text(pack.with_rows(), out)


def _json(pack: Pack, out: BinaryIO) -> None:
    from kwt_books.exporters.data import write_json

    write_json(pack, out)


def _csv(pack: Pack, out: BinaryIO) -> None:
    from kwt_books.exporters.data import write_csv

    write_csv(pack, out)


def _xlsx(pack: Pack, out: BinaryIO) -> None:
    from kwt_books.exporters.xlsx import write_xlsx

    write_xlsx(pack, out)


def _pdf(pack: Pack, out: BinaryIO) -> None:
    from kwt_books.exporters.pdf.document import render
    from kwt_books.exporters.pdf.roll import render_roll
    from kwt_books.i18n.catalogue import Translator
    from kwt_books.reports.packs import ROLLS

    parts, words = pack.on_paper or pack.parts, Translator(pack.language)
    if pack.paper in ROLLS:
        render_roll(parts, pack.identity, pack.imprint, words, out, paper=pack.paper)
        return
    render(
        parts,
        pack.identity,
        pack.imprint,
        words,
        out,
        paper=pack.paper or None,
        cover=pack.cover,
        contents=pack.cover is not None,
        progress=pack.progress,
        two_up=pack.two_up,
    )


def _stream(order: BookOrder, out: BinaryIO) -> None:
    from kwt_books.exporters.stream import write_stream

    write_stream(order, out)


def _tail(order: BookOrder, out: BinaryIO) -> None:
    from kwt_books.exporters.stream import write_tail

    write_tail(order, out)


def _hledger(order: BookOrder, out: BinaryIO) -> None:
    from kwt_books.exporters.plain_accounting import write_hledger

    write_hledger(order, out)


def _beancount(order: BookOrder, out: BinaryIO) -> None:
    from kwt_books.exporters.plain_accounting import write_beancount

    write_beancount(order, out)


def _audit(order: BookOrder, out: BinaryIO) -> None:
    from kwt_books.exporters.audit_pack import write_audit_pack

    write_audit_pack(order, out, _pdf)


REPORT_FORMATS: dict[str, ReportFormat] = {
    each.name: each
    for each in (
        ReportFormat("text", ".txt", _text, readable=True),
        ReportFormat("json", ".json", _json, readable=True),
        ReportFormat("csv", ".csv", _csv, readable=True),
        ReportFormat("xlsx", ".xlsx", _xlsx),
        ReportFormat("pdf", ".pdf", _pdf),
    )
}

BOOK_FORMATS: dict[str, BookFormat] = {
    each.name: each
    for each in (
        BookFormat("stream", ".jsonl", _stream),
        BookFormat("tail", ".tail", _tail),
        BookFormat("hledger", ".journal", _hledger, ledger=True),
        BookFormat("beancount", ".beancount", _beancount, ledger=True),
        BookFormat("audit", ".zip", _audit),
    )
}
