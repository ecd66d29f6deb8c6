"""Reports as an Excel workbook: real numbers and dates, ready to be printed."""

from __future__ import annotations

import re
from datetime import UTC
from io import BytesIO
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from kwt_books.domain.chain import short_code
from kwt_books.exporters.xlsx_contents import write_contents
from kwt_books.exporters.xlsx_sheet import Sheet
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.pack import Pack
from kwt_books.reports.printed import printed

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME = 31


def write_xlsx(pack: Pack, out: BinaryIO) -> None:
    """A sheet a report. The same pack gives the same bytes."""
    made = BytesIO()  # the library hides what a disk says, so it gets none
    workbook = Workbook(made, {"in_memory": True})
    workbook.set_properties(_properties(pack))
    words = Translator(pack.language)
    taken: set[str] = set()
    contents = _sheet_name(words("Contents"), taken) if pack.cover else ""
    names = [_sheet_name(report.title, taken) for report in pack.reports]
    if contents:
        write_contents(workbook, contents, pack, names)
    for name, report in zip(names, pack.reports, strict=True):
        worksheet = workbook.add_worksheet(name)
        Sheet(workbook, worksheet, printed(report, words), pack, words).write()
    workbook.close()
    out.write(made.getvalue())


def _properties(pack: Pack) -> dict[str, Any]:
    first = pack.reports[0]
    moment = pack.imprint.printed_at
    return {
        "title": pack.cover.title if pack.cover else first.title,
        "subject": pack.cover.period if pack.cover else first.period,
        "author": pack.identity.treasurer or pack.identity.name,
        "company": pack.identity.name,
        "keywords": short_code(pack.imprint.head),
        "comments": f"KWT Books {pack.imprint.version}",
        # The format writes it with a Z and knows no other zone.
        "created": (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None),
    }


def _sheet_name(title: str, taken: set[str]) -> str:
    """What Excel takes as a name: short, without its own signs, told apart by a number."""
    base = _NOT_IN_NAMES.sub(" ", title).strip() or "1"
    name, number = base[:_LONGEST_NAME], 1
    while name.lower() in taken:
        number += 1
        tail = f" {number}"
        name = base[: _LONGEST_NAME - len(tail)] + tail
    taken.add(name.lower())
    return name
