"""Commands `template` and `take`: a workbook to fill in, and sheets taken into a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from kwt_books.book import Book
from kwt_books.cli.columns import ColumnsAsked, HeadingRow, Point, Sheets, memory_of
from kwt_books.cli.options import (
    AsPerson,
    BookAddress,
    Language,
    choose,
    confirm,
    flag,
    option,
    read_rupiah,
    read_year,
    signed_in,
)
from kwt_books.cli.session import (
    CANCELLED,
    DONE,
    REFUSED,
    Session,
    progress_bar,
    session_of,
)
from kwt_books.domain.documents.money import Payment, Receipt
from kwt_books.domain.sheets import TABLES
from kwt_books.exporters.whole import opened
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.intake import group_name, known_to_intake
from kwt_books.services.intake.budget import read_budget
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import SheetFile, open_sheets
from kwt_books.services.intake.taking import (
    RowsRefused,
    Taking,
    plan,
    rehearse,
    take,
)

_FORMATS = ("xlsx",)


def template(
    context: typer.Context,
    out: Annotated[Path, option("FILE", noop("Where to."))],
    as_: Annotated[str, option("|".join(_FORMATS), noop("What to write."), "--as")] = "xlsx",
    year: Annotated[
        str | None, option("YYYY", noop("The year of the cash books; else this one."))
    ] = None,
    language: Language = None,
) -> None:
    """`template`: writes a workbook to fill in."""
    from kwt_books.exporters.template import write_template  # XlsxWriter takes its time

    session = session_of(context)
    choose("--as", as_, {name: name for name in _FORMATS}, session.words)
    of = read_year("--year", year, session.words) or session.books.clock().year
    with opened(out) as file:
        write_template(file, session.books.chart(), of, session.words)
    confirm(session, out)


_Sheets = typer.Argument(metavar="FILE", help=noop("The spreadsheet: xlsx, xls, ods or csv."))


_BankHeld = Annotated[
    str | None,
    option("RP", noop("What the bank held when the cash book began: part of its opening.")),
]
_OfProgramme = Annotated[
    str | None, option("CODE", noop("The sheet is the budget (RAB) of this programme."))
]
_Meant = Annotated[bool, flag("--meant", noop("What looks unusual is right: record it anyway."))]


def take_sheets(
    context: typer.Context,
    book: BookAddress,
    file: Annotated[Path, _Sheets],
    sheet: Sheets = None,
    heading_row: HeadingRow = None,
    column: Annotated[
        list[str] | None,
        option(
            "NAME=COLUMN",
            noop("Which column is what: date=B, memo=Uraian, out:6103=Transport; may be repeated."),
        ),
    ] = None,
    year: Annotated[
        str | None, option("YYYY", noop("The year of days that are written without one."))
    ] = None,
    table: Annotated[
        str | None, option("|".join(TABLES), noop("What the sheet holds; else it is guessed."))
    ] = None,
    point: Point = None,
    dry_run: Annotated[
        bool, flag("--dry-run", noop("Only show what each row would become."))
    ] = False,
    bank: _BankHeld = None,
    programme: _OfProgramme = None,
    meant: _Meant = False,
    as_person: AsPerson = None,
    language: Language = None,
) -> int:
    """`take`: records the rows of sheets, all of them or nothing."""
    session = session_of(context)
    session.learn(book)
    held = read_rupiah("--bank", bank, session.words)
    asked = ColumnsAsked(
        session.words, TABLES, sheet or (), heading_row, column or (), point, table, year
    )
    way = _Way(dry_run, meant, held, programme)
    read_only = dry_run and as_person is None
    try:
        with signed_in(session, book, as_person, read_only=read_only) as opened_book:
            return _read_and_take(session, opened_book, file, asked, way)
    except KeyboardInterrupt:
        session.say_wrong("Cancelled. Nothing was recorded.")
        return CANCELLED


class _Way(NamedTuple):
    """How the rows are taken: only shown, with what is unusual, with what the bank held, and as
    the budget of a programme.
    """

    only_shown: bool
    meant: bool
    bank: int | None
    programme: str | None


def _read_and_take(session: Session, book: Book, path: Path, asked: ColumnsAsked, way: _Way) -> int:
    file = open_sheets(path)
    if way.programme is not None:
        return _take_budget(session, book, file, way.programme, way)
    memory = memory_of(session)
    layouts = asked.layouts(file, book, memory)
    done = (_show if way.only_shown else _take)(session, book, file, layouts, way)
    if done == DONE and asked.said:  # columns that led nowhere are not to be guessed again
        memory.note(book.read(group_name), layouts[0])
    return done


def _take_budget(session: Session, book: Book, file: SheetFile, code: str, way: _Way) -> int:
    """Gives a programme the budget of a sheet, all of its lines or nothing."""
    known = book.read(lambda reading: reading.setup.programmes)
    programme = choose("--programme", code, known, session.words)
    found = read_budget(file)
    formats = Formats(session.language)
    for line in found.lines:
        parts = (line.line, line.section or "", line.name, formats.rupiah(line.amount))
        typer.echo("  ".join(filter(None, parts)))
    for remark in found.remarks:
        typer.echo(_told(session, remark), err=remark.stops)
    if found.stops or way.only_shown:
        session.say_wrong("Nothing was recorded.")
        return REFUSED if found.stops else DONE
    book.record(replace(programme, budget=found.lines))
    total = formats.rupiah(sum(line.amount for line in found.lines))
    session.say_count(
        "{name} has a budget of {n} line, {total} in total.",
        "{name} has a budget of {n} lines, {total} in total.",
        len(found.lines), name=programme.name, total=total,
    )  # fmt: skip
    return DONE


# -- what becomes of the rows ---------------------------------------------------------------------


def _show(
    session: Session, book: Book, file: SheetFile, layouts: Sequence[Layout], way: _Way
) -> int:
    """Tells what every row would become, and what is wrong with it."""
    today = session.books.clock().date()
    taking = plan(file, book.read(known_to_intake), layouts, today, bank=way.bank)
    if not book.protected:
        taking = rehearse(book, taking)
    for entry in taking.entries:
        typer.echo(_line(session, entry))
    _tell(session, taking)
    session.say("Nothing was recorded.")
    return REFUSED if taking.stops else DONE


def _take(
    session: Session, book: Book, file: SheetFile, layouts: Sequence[Layout], way: _Way
) -> int:
    today = session.books.clock().date()
    title = session.words("Importing {name}", name=file.name)
    try:
        with progress_bar(title, None) as progress:
            taking, recorded = take(
                book, file, layouts, today, progress=progress, meant=way.meant, bank=way.bank
            )
    except RowsRefused as error:
        _tell(session, error.taking)
        if not error.taking.stops:
            session.say_wrong("If it is right, add --meant.")
        session.say_wrong("Nothing was recorded.")
        return REFUSED
    _tell(session, taking)
    documents = [each.number for each in recorded if each.number is not None]
    if not recorded:
        session.say("Nothing is new in {name}.", name=file.name)
        return DONE
    among = session.words.ngettext("{n} document", "{n} documents", len(documents))
    session.say_count(
        "{n} entry imported from {name}, including {documents}.",
        "{n} entries imported from {name}, including {documents}.",
        len(taking.entries),
        name=file.name,
        documents=among,
    )
    return DONE


def _tell(session: Session, taking: Taking) -> None:
    """Says what there is to say of cells: what has to be mended last, so that it is seen."""
    if taking.known_rows:
        session.say_count(
            "{n} row was imported before.", "{n} rows were imported before.", taking.known_rows
        )
    doubtful = sum(each.doubtful for each in taking.entries)
    if doubtful:
        session.say_count(
            "{n} row is booked as other income or expense.",
            "{n} rows are booked as other income or expense.",
            doubtful,
        )
    for remark in sorted(taking.remarks, key=lambda each: each.stops):
        typer.echo(_told(session, remark), err=remark.stops or remark.asks)


def _told(session: Session, remark: Remark) -> str:
    """`Kas!A2 (31/02/2026): …`."""
    cell = f"{remark.cell} ({remark.said})" if remark.said else str(remark.cell)
    return f"{cell}: {session.explain(replace(remark.issue, field=''))}"


def _line(session: Session, entry: Entry) -> str:
    """`Kas!7  05/01/2026  +125.000  4101 Penjualan Sayuran  Jual sayur`."""
    command, formats = entry.command, Formats(session.language)
    parts = [str(entry.cell)] if entry.cell.sheet else []
    if (day := getattr(command, "date", None)) is not None:
        parts.append(formats.numeric_day(day))
    if isinstance(command, Receipt | Payment):
        line = command.lines[0]
        sign = 1 if isinstance(command, Receipt) else -1
        parts += [formats.number(sign * line.amount), _account(session, line.account)]
        if entry.doubtful:
            parts[-1] += "?"
    else:
        title = session.words.gettext(entry.title)
        lines: Sequence[Any] = getattr(command, "lines", ())
        amount = getattr(command, "amount", 0) or sum(each.amount for each in lines)
        parts += [title, *([formats.number(amount)] if amount else [])]
    said = getattr(command, "memo", None) or getattr(command, "name", None) or ""
    return "  ".join(filter(None, (*parts, said)))


def _account(session: Session, code: str) -> str:
    account = session.names.accounts.get(code) if session.names is not None else None
    if account is None:
        return code
    return f"{code} {account.name_en if session.language == 'en' else account.name}"
