"""The first sheet of a workbook of many: what is in it, each line a link to its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from kwt_books.domain.chain import short_code
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.pack import Pack

_WIDTHS = (48, 44)
_FIRST = 6
"""The line of the first link, from 0."""


def write_contents(workbook: Workbook, name: str, pack: Pack, names: Sequence[str]) -> None:
    """`names` are those of the sheets, in the order of the pack's reports."""
    sheet = workbook.add_worksheet(name)
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
    for line, (target, report) in enumerate(zip(names, pack.reports, strict=True), _FIRST):
        quoted = target.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{quoted}'!A1", string=report.title)
        sheet.write_string(line, 1, report.period)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
