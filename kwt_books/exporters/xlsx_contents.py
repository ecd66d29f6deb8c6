"""The first sheet of a workbook of many: what is in it, each line a link to its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kwt_books.domain.chain import short_code
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.pack import Pack

_WIDTHS = (48, 44)
_FIRST = 6
"""The line of the first link, from 0."""


class Listed(NamedTuple):
    """A sheet of the workbook by its name, and what is on it."""

    sheet: str
    title: str
    period: str


def write_contents(
    workbook: Workbook, sheet: Worksheet, pack: Pack, listed: Sequence[Listed]
) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    strong = workbook.add_format({"bold": True})
    title = workbook.add_format({"bold": True, "font_size": 13})
    cover = pack.cover
    sheet.write_string(0, 0, pack.identity.name, strong)
    if cover is not None:
        sheet.write_string(1, 0, cover.title, title)
        sheet.write_string(2, 0, cover.period)
    words = Translator(pack.language)
    sheet.write_string(3, 0, words("Seal {seal}", seal=short_code(pack.imprint.head)))
    sheet.write_string(_FIRST - 1, 0, words("Report"), strong)
    sheet.write_string(_FIRST - 1, 1, words("Period"), strong)
    for line, each in enumerate(listed, _FIRST):
        sheet.write_url(line, 0, f"internal:'{each.sheet}'!A1", string=each.title)
        sheet.write_string(line, 1, each.period)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
