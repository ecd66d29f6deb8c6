"""The audit pack: an archive with the facts, the reports and the files of a book."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any, BinaryIO, NamedTuple, Self, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table, select

from kwt_books.domain.chain import canonical, short_code
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.domain.values import first_day, last_day, month_of
from kwt_books.exporters.data import report_object, safe
from kwt_books.exporters.stream import Attached, write_stream
from kwt_books.exporters.whole import BookOrder
from kwt_books.exporters.xlsx import WorkbookWriter
from kwt_books.i18n.catalogue import noop, resources_dir
from kwt_books.queries.balances import sides_before
from kwt_books.queries.setup import BookView
from kwt_books.queries.stock import received_items
from kwt_books.reports.context import Context, Parameters, identity
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Cover, Pack, Proofs, Section
from kwt_books.reports.registry import KINDS, ReportKind, build_report, on_paper
from kwt_books.store.noted import guesses
from kwt_books.store.tables import FACTS, KEPT, attachment, document, layer, lot, move, posting

# -- A ZIP file that is the same for the same contents, and knows the digest of each -------------


_MOMENT = (1980, 1, 1, 0, 0, 0)
_BYTES_AT_ONCE = 64 * 1024
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


class _Digested(io.BufferedIOBase):
    """Writes through a few kilobytes at a time, counting bytes and digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self._waiting = bytearray()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        if len(self._waiting) >= _BYTES_AT_ONCE:
            self.settle()
        return len(data)

    def settle(self) -> None:
        """What waits is written. Not `flush`: closing one that was left must write nothing."""
        self._digest.update(self._waiting)
        self._file.write(self._waiting)
        self.size += len(self._waiting)
        self._waiting.clear()

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class Archive:
    """Files are added one after the other; `files` tells size and digest of each.

    Used in a `with` block. When the block fails, nothing more is written: without its list of
    contents nobody takes what there is for an archive.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        self.files: dict[str, dict[str, int | str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._zip.close()
        else:
            self._zip.fp = None

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A file to be written to; nothing of it is kept in memory."""
        info = ZipInfo(name, _MOMENT)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            digested = _Digested(file)
            yield cast("BinaryIO", digested)
            digested.settle()
        self.files[name] = {"size": digested.size, "sha256": digested.digest}

    def add(self, name: str, data: bytes) -> None:
        """Adds a file of these bytes."""
        with self.file(name) as file:
            file.write(data)


# -- The facts themselves: entries as they are sealed, and every table as CSV --------------------


TABLES = tuple(table for table in (*FACTS, *KEPT) if table is not attachment)
"""The bytes of attachments are files of their own."""
_ROWS_AT_ONCE = 500
_DOCUMENTS = select(
    document.c.sequence,
    document.c.number,
    document.c.kind,
    document.c.date,
    document.c.recorded_at,
    document.c.recorded_by,
    document.c.previous,
    document.c.hash,
    document.c.payload,
).order_by(document.c.sequence)
_POSTINGS = select(
    posting.c.document,
    posting.c.account,
    posting.c.amount,
    posting.c.party,
    posting.c.closing,
).order_by(posting.c.document, posting.c.line)
_MOVES = select(
    move.c.document,
    move.c.place,
    move.c.item,
    move.c.lot,
    move.c.quantity,
    move.c.value,
).order_by(move.c.document, move.c.line)
_LOTS = select(
    lot.c.ordinal // LOTS_PER_ENTRY, lot.c.item, lot.c.name, lot.c.received, lot.c.expires
).order_by(lot.c.ordinal)


def write_entries(
    connection: Connection, out: BinaryIO, progress: Callable[[int], None] | None = None
) -> int:
    """A line of JSON an entry, with all that its seal is made of; the number of entries."""
    postings, moves, lots = (_Groups(connection, query) for query in (_POSTINGS, _MOVES, _LOTS))
    done = 0
    for row in _rows(connection, _DOCUMENTS):
        sequence, number, kind, day, at, by, previous, seal, payload = row
        entry = {
            "sequence": sequence,
            "number": number,
            "kind": kind,
            "date": day,
            "at": at,
            "by": by,
            "previous": previous,
            "hash": seal,
            "postings": [(*each[:3], bool(each[3])) for each in postings.of(sequence)],
            "moves": moves.of(sequence),
            "lots": lots.of(sequence),
            "stream": payload,
        }
        out.write(f"{canonical(entry)}\n".encode())
        done += 1
        if progress is not None and done % _ROWS_AT_ONCE == 0:
            progress(done)
    return done


class _Groups:
    """The rows of one table, handed out entry by entry."""

    def __init__(self, connection: Connection, query: Any) -> None:
        self._groups = groupby(_rows(connection, query), key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, sequence: int) -> list[tuple[Any, ...]]:
        """Those of the entry; rows of entries that aren't there are passed over."""
        while self._next is not None and self._next[0] < sequence:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != sequence:
            return []
        rows = [tuple(row)[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows


def _rows(connection: Connection, query: Any) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}))


def write_table(connection: Connection, table: Table, out: BinaryIO) -> None:
    """Every row of a table, by its keys, under the names of its columns."""
    written = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(written)
    writer.writerow([column.name for column in table.columns])
    for row in _rows(connection, select(table).order_by(*table.primary_key.columns)):
        writer.writerow([safe(value) for value in row])
    written.flush()
    written.detach()


def layers(connection: Connection) -> list[list[Any]]:
    """What is kept of each lot at each place: item, place, lot, quantity and value."""
    query = select(*layer.columns).order_by(*layer.primary_key.columns)
    return [list(row) for row in connection.execute(query)]


def attached_files(connection: Connection) -> Iterator[tuple[int, str, bytes]]:
    """Entry, name as it was given, and bytes of everything attached; one in memory at a time."""
    query = (
        select(document.c.sequence, document.c.payload)
        .where(document.c.kind == "attachment")
        .order_by(document.c.sequence)
    )
    attached = Attached(connection)
    for sequence, payload in connection.execute(query).all():
        data = attached.of(sequence)
        if data is not None:
            yield sequence, json.loads(payload)["name"], data


# -- Every report of the registry, over all that is recorded until a day -------------------------


class Paper(NamedTuple):
    """A report, what paper has instead, and what tells it from others of its name."""

    report: Report
    on_paper: tuple[Report | Section | Proofs, ...]
    about: str = ""


def reports(order: BookOrder, until: date) -> Iterator[Paper]:
    """In the order of the registry; a book of each cash account, a card of each item."""
    view = BookView(order.context.connection)
    for kind in (each for each in KINDS.values() if each.listed):
        for parameters, about in _asked(order, kind, until):
            with suppress(RuleError):  # the book has nothing that it could be of
                yield order.at_once(partial(_paper, order, view, kind.name, parameters, about))


def _paper(
    order: BookOrder, view: BookView, name: str, parameters: Parameters, about: str
) -> Paper:
    view = view.apart() if guesses(order.context.connection) else view
    context = _context(order, view, parameters)
    return Paper(build_report(name, context), on_paper(name, context), about)


def _asked(order: BookOrder, kind: ReportKind, until: date) -> Iterator[tuple[Parameters, str]]:
    """What the pack asks of a kind of report, and what it is about where it is asked often."""
    parameters, setup = _parameters(order, kind, until), order.context.setup
    connection = order.context.connection
    if kind.name == "stock-card":
        for item in received_items(connection, until):
            yield replace(parameters, item=item), item
    elif kind.name == "cash-book":
        used = sides_before(connection, until + timedelta(days=1))
        for code in (each for each in setup.cash_accounts if each in used):
            yield replace(parameters, account=code), code
    else:
        yield parameters, ""


def balances(order: BookOrder, until: date) -> Report:
    """The trial balance as it stood on the day, for the checker to hold its own against."""
    view = BookView(order.context.connection)
    return build_report("trial-balance", _context(order, view, Parameters(until=until)))


def _parameters(order: BookOrder, kind: ReportKind, until: date) -> Parameters:
    """As much as the kind takes: all days until then, else the day, else its month."""
    if {"start", "end"} <= {*kind.asks}:
        start = min(first_day(order.context.recorded_months[0]), until)
        return Parameters(start=start, end=until)
    if "until" in kind.asks:
        return Parameters(until=until)
    return Parameters(month=month_of(until))


def _context(order: BookOrder, view: BookView, parameters: Parameters) -> Context:
    return replace(order.context, parameters=parameters, view=view)


_CHECKER = "check_book.py"
_LINES = (
    noop("check_book.py: checks this pack without KWT Books. Run: python3 check_book.py"),
    noop("manifest.json: every file with its size and SHA-256; the chain head of the book."),
    noop("reports/: every report until {day}, as PDF; reports.xlsx: the same as one workbook."),
    noop("tables/: every table of the book as CSV."),
    noop("stream.jsonl: the book as a stream, which KWT Books can import again."),
    noop("entries.jsonl: every entry with its postings, movements of goods and seal."),
    noop("figures/: trial balance and stock as the program works them out, for check_book.py."),
    noop("attachments/: photos and files, named after their entries."),
)


def write_audit_pack(order: BookOrder, out: BinaryIO, write_pdf: WritePack) -> None:
    """The whole chain; reports and trial balance until the day asked for, else the last month."""
    until = order.until or last_day(order.context.recorded_months[1])
    with Archive(out) as archive:
        made = _AuditPack(order, until, archive, write_pdf)
        made.facts()
        made.papers()
        made.manifest()


WritePack = Callable[[Pack, BinaryIO], None]
"""Writes a pack as one PDF."""


class _AuditPack:
    def __init__(
        self, order: BookOrder, until: date, archive: Archive, write_pdf: WritePack
    ) -> None:
        self._order, self._until, self._archive = order, until, archive
        self._write_pdf = write_pdf
        self._connection = order.context.connection
        self._entries = 0
        self._attachments: dict[str, str] = {}

    def facts(self) -> None:
        archive, connection = self._archive, self._connection
        with archive.file("entries.jsonl") as file:
            self._entries = write_entries(connection, file, self._order.progress)
        with archive.file("stream.jsonl") as file:
            write_stream(_complete(self._order), file)
        for table in TABLES:
            with archive.file(f"tables/{table.name}.csv") as file:
                write_table(connection, table, file)
        for sequence, name, data in attached_files(connection):
            path = f"attachments/{sequence}-{_file_name(name)}"
            self._attachments[str(sequence)] = path
            archive.add(path, data)
        trial = report_object(balances(self._order, self._until))
        self._json("figures/trial-balance.json", trial)
        self._json("figures/stock.json", layers(connection))

    def papers(self) -> None:
        """Each as PDF and as a sheet, then let go: some reports are as long as the book."""
        with WorkbookWriter(self._pack(cover=True)) as workbook:
            for place, each in enumerate(reports(self._order, self._until), 1):
                self._paper(place, each)
                workbook.add(each.report, each.about)
            with self._archive.file("reports.xlsx") as file:
                workbook.write_to(file)

    def _paper(self, place: int, paper: Paper) -> None:
        about = f"-{_file_name(paper.about)}" if paper.about else ""
        pack = replace(self._pack(paper.report), on_paper=paper.on_paper)
        with self._archive.file(f"reports/{place:02}-{paper.report.name}{about}.pdf") as file:
            self._write_pdf(pack, file)

    def manifest(self) -> None:
        context, imprint = self._order.context, self._order.context.imprint
        checker = resources_dir() / "audit" / _CHECKER
        self._archive.add(_CHECKER, checker.read_bytes())
        self._archive.add("README.txt", "".join(f"{line}\n" for line in self._about()).encode())
        self._json(
            "manifest.json",
            {
                "format": 1,
                "program": f"KWT Books {imprint.version}",
                "made": imprint.printed_at.isoformat(timespec="seconds"),
                "by": imprint.printed_by,
                "language": context.language,
                "until": self._until.isoformat(),
                "head": imprint.head,
                "entries": self._entries,
                "documents": imprint.documents,
                "attachments": self._attachments,
                "files": dict(sorted(self._archive.files.items())),
            },
        )

    def _about(self) -> Iterator[str]:
        context = self._order.context
        t, day = context.words, context.formats.day(self._until)
        yield f"{t('Audit pack')} · {identity(context.setup).name}".rstrip(" ·")
        yield f"{t('Until {day}', day=day)} · KWT:{short_code(self._order.context.imprint.head)}"
        yield ""
        yield from (t(line, day=day) for line in _LINES)

    def _pack(self, *reports: Report, cover: bool = False) -> Pack:
        context = self._order.context
        day = context.formats.day(self._until)
        front = Cover(context.words("Audit pack"), context.words("Until {day}", day=day))
        return Pack(
            reports,
            identity(context.setup),
            self._order.context.imprint,
            context.language,
            cover=front if cover else None,
            progress=self._order.progress,
        )

    def _json(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=1)
        self._archive.add(name, f"{text}\n".encode())


def _complete(order: BookOrder) -> BookOrder:
    """With the bytes of attachments, whether they were asked for or not."""
    return BookOrder(order.context, attachments=True)


def _file_name(name: str) -> str:
    """The last part of a name, whatever system it came from, of signs that every disk takes."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in last)
    return kept.strip(" .")[-80:] or "file"
