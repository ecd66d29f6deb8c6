"""Command `statements`: a month's or a year's statements as one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kwt_books.cli.options import (
    BookAddress,
    Language,
    Paper,
    choose,
    option,
    read_month,
    read_paper,
    read_year,
    write_pack,
)
from kwt_books.cli.reading import MonthOf
from kwt_books.cli.session import WrongUsage, session_of
from kwt_books.i18n.catalogue import noop
from kwt_books.services.statements import PackKind, monthly_pack, yearly_pack

_PACKS = {kind.value: kind for kind in PackKind}


def statements(
    context: typer.Context,
    book: BookAddress,
    out: Annotated[Path, option("FILE.pdf", noop("Where to."))],
    month: MonthOf = None,
    year: Annotated[
        str | None, option("YYYY", noop("Of this year, for the annual meeting."))
    ] = None,
    pack: Annotated[
        str | None,
        option(
            "meeting|full|vouchers|receipts",
            noop("Four pages for a meeting, all statements, or the month's vouchers or receipts."),
            "--pack",
        ),
    ] = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`statements`: writes a month's statements as one PDF."""
    session = session_of(context)
    with session.reading(book) as opened:
        words = session.words
        if (month is None) == (year is None):
            raise WrongUsage(words("Give either --month or --year."))
        if year is not None and pack is not None:
            raise WrongUsage(words("--pack goes with --month; a year has one pack."))
        sheet = read_paper(paper, words)
        if year is not None:
            of = read_year("--year", year, words)
            found = opened.read_in(session.language, yearly_pack, of)
        else:
            asked = read_month("--month", month, words)
            kind = choose("--pack", pack or PackKind.FULL, _PACKS, words)
            found = opened.read_in(session.language, monthly_pack, asked, kind)
    write_pack(session, found, "pdf", out, sheet)
