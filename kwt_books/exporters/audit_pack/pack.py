"""What goes into an audit pack, and in which order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, BinaryIO

from kwt_books.domain.chain import short_code
from kwt_books.domain.month import last_day
from kwt_books.exporters.audit_pack import facts
from kwt_books.exporters.audit_pack.archive import Archive
from kwt_books.exporters.audit_pack.papers import Paper, balances, reports
from kwt_books.exporters.formats import REPORT_FORMATS
from kwt_books.exporters.json import report_object
from kwt_books.exporters.order import BookOrder
from kwt_books.exporters.stream import write_stream
from kwt_books.exporters.xlsx import WorkbookWriter
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.paths import resources_dir
from kwt_books.reports.context import identity
from kwt_books.reports.model import Report
from kwt_books.reports.pack import Pack
from kwt_books.reports.papers import Cover

_CHECKER = "check_book.py"
_LINES = (
    noop("check_book.py: checks this pack without KWT Books. Run: python3 check_book.py"),
    noop("manifest.json: every file with its size and SHA-256; the chain head of the book."),
    noop("reports/: every report until {day}, as PDF; reports.xlsx: the same as one workbook."),
    noop("tables/: every table of the book as CSV."),
    noop("stream.jsonl: the book as a stream, to be read into KWT Books again."),
    noop("entries.jsonl: every entry with its postings, movements of goods and seal."),
    noop("figures/: trial balance and stock as the program has them, for check_book.py."),
    noop("attachments/: photos and files, named by the entry they stand in."),
)


def write_audit_pack(order: BookOrder, out: BinaryIO) -> None:
    """The whole chain; reports and trial balance until the day asked for, else the last month."""
    until = order.until or last_day(order.context.recorded_months[1])
    with Archive(out) as archive:
        made = _AuditPack(order, until, archive)
        made.facts()
        made.papers()
        made.manifest()


class _AuditPack:
    def __init__(self, order: BookOrder, until: date, archive: Archive) -> None:
        self._order, self._until, self._archive = order, until, archive
        self._connection = order.context.connection
        self._entries = 0
        self._attachments: dict[str, str] = {}

    def facts(self) -> None:
        archive, connection = self._archive, self._connection
        with archive.file("entries.jsonl") as file:
            self._entries = facts.write_entries(connection, file, self._order.progress)
        with archive.file("stream.jsonl") as file:
            write_stream(_complete(self._order), file)
        for table in facts.TABLES:
            with archive.file(f"tables/{table.name}.csv") as file:
                facts.write_table(connection, table, file)
        for sequence, name, data in facts.attached_files(connection):
            path = f"attachments/{sequence}-{_file_name(name)}"
            self._attachments[str(sequence)] = path
            archive.add(path, data)
        trial = report_object(balances(self._order, self._until))
        self._json("figures/trial-balance.json", trial)
        self._json("figures/stock.json", facts.layers(connection))

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
            REPORT_FORMATS["pdf"].write(pack, file)

    def manifest(self) -> None:
        context, imprint = self._order.context, self._order.imprint
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
        yield f"{t('Until {day}', day=day)} · KWT:{short_code(self._order.imprint.head)}"
        yield ""
        yield from (t(line, day=day) for line in _LINES)

    def _pack(self, *reports: Report, cover: bool = False) -> Pack:
        context = self._order.context
        day = context.formats.day(self._until)
        front = Cover(context.words("Audit pack"), context.words("Until {day}", day=day))
        return Pack(
            reports,
            identity(context.setup),
            self._order.imprint,
            context.language,
            cover=front if cover else None,
            progress=self._order.progress,
        )

    def _json(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=1)
        self._archive.add(name, f"{text}\n".encode())


def _complete(order: BookOrder) -> BookOrder:
    """With the bytes of attachments, whether they were asked for or not."""
    return BookOrder(order.context, order.imprint, attachments=True)


def _file_name(name: str) -> str:
    """The last part of a name, whatever system it came from, of signs that every disk takes."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in last)
    return kept.strip(" .")[-80:] or "file"
