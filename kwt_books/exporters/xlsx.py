"""Reports as an Excel workbook: real numbers and dates, ready to be printed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from kwt_books.domain.chain import short_code
from kwt_books.exporters.xlsx_contents import Listed, write_contents
from kwt_books.exporters.xlsx_sheet import Sheet
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Report
from kwt_books.reports.pack import Pack
from kwt_books.reports.printed import printed

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME = 31


def write_xlsx(pack: Pack, out: BinaryIO) -> None:
    """A sheet a report. The same pack gives the same bytes."""
    with WorkbookWriter(pack) as workbook:
        for report in pack.reports:
            workbook.add(report)
        workbook.write_to(out)


class WorkbookWriter:
    """A workbook whose reports come one after the other: none is kept once it is written.

    `pack` says whose it is; its reports are those that are added. Rows wait in a folder of
    their own, which is gone when the block ends, however it ends.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._words = Translator(pack.language)
        self._folder = TemporaryDirectory(prefix="kwt-", ignore_cleanup_errors=True)
        self._made = Path(self._folder.name) / "made.xlsx"
        options = {"constant_memory": True, "tmpdir": self._folder.name}
        self._workbook = Workbook(str(self._made), options)
        self._taken: set[str] = set()
        self._listed: list[Listed] = []
        contents = self._sheet_name(self._words("Contents")) if pack.cover else ""
        self._contents = self._workbook.add_worksheet(contents) if contents else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._workbook.worksheets():  # stays open where it was never written out
            with suppress(OSError):
                sheet.row_data_fh.close()
        self._folder.cleanup()

    def add(self, report: Report, about: str = "") -> None:
        """`about` tells reports of one title apart: an account, an item."""
        title = f"{report.title}: {about}" if about else report.title
        name = self._sheet_name(f"{report.title} {about}" if about else report.title)
        self._listed.append(Listed(name, title, report.period))
        worksheet = self._workbook.add_worksheet(name)
        shown = printed(report, self._words)
        Sheet(self._workbook, worksheet, shown, self._pack, self._words).write()

    def write_to(self, out: BinaryIO) -> None:
        """Once, after the last report."""
        if self._contents is not None:
            write_contents(self._workbook, self._contents, self._pack, self._listed)
        self._workbook.set_properties(_properties(self._pack, self._listed))
        try:
            self._workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error
        with self._made.open("rb") as made:
            copyfileobj(made, out)

    def _sheet_name(self, title: str) -> str:
        """What Excel takes as a name: short, without its own signs, told apart by a number."""
        base = _NOT_IN_NAMES.sub(" ", title).strip() or "1"
        name, number = base[:_LONGEST_NAME].strip(), 1
        while name.lower() in self._taken:
            number += 1
            tail = f" {number}"
            name = base[: _LONGEST_NAME - len(tail)] + tail
        self._taken.add(name.lower())
        return name


def _properties(pack: Pack, listed: list[Listed]) -> dict[str, Any]:
    moment = pack.imprint.printed_at
    return {
        "title": pack.cover.title if pack.cover else listed[0].title,
        "subject": pack.cover.period if pack.cover else listed[0].period,
        "author": pack.identity.treasurer or pack.identity.name,
        "company": pack.identity.name,
        "keywords": short_code(pack.imprint.head),
        "comments": f"KWT Books {pack.imprint.version}",
        # The format writes it with a Z and knows no other zone.
        "created": (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None),
    }
