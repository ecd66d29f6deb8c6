"""Commands `template` and `take`: a workbook to fill in, and sheets taken into a book."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from kwt_books.book import Book
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
    signing,
)
from kwt_books.cli.session import (
    CANCELLED,
    DONE,
    REFUSED,
    Session,
    WrongUsage,
    progress_bar,
    session_of,
)
from kwt_books.domain.documents.money import Payment, Receipt
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.domain.sheets import TABLES
from kwt_books.exporters.whole import opened
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake import headings
from kwt_books.services.intake.budget import read_budget
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.remembered import Remembered
from kwt_books.services.intake.sheet import Row, SheetFile, column_at, open_sheets
from kwt_books.services.intake.taking import (
    RowsRefused,
    Taking,
    layouts_of,
    plan,
    rehearse,
    take,
)
from kwt_books.services.intake.values import plain

_FORMATS = ("xlsx",)
SHEETS_FILE = "sheets.json"
"""Where it is remembered which column is what."""


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


_Sheets = typer.Argument(
    metavar="FILE", help=noop("The spreadsheet: xlsx, xls, ods or csv."), show_default=False
)


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
    sheet: Annotated[
        list[str] | None, option("NAME", noop("Only this sheet; may be repeated."))
    ] = None,
    heading_row: Annotated[
        int | None, option("NUMBER", noop("The row in which the headings stand."))
    ] = None,
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
    held = read_rupiah("--bank", bank, session.words, session.language)
    signed = signing(session, as_person, may_ask=True)
    asked = _Asked(session.words, sheet or (), heading_row, column or (), table, year)
    way = _Way(dry_run, meant, held, programme)
    opened_book = session.books.open(book, read_only=dry_run and signed is None)
    try:
        if signed is not None:
            opened_book.sign_in(*signed)
        return _read_and_take(session, opened_book, file, asked, way)
    except KeyboardInterrupt:
        session.say_wrong("Cancelled. Nothing was recorded.")
        return CANCELLED
    finally:
        opened_book.close()


class _Way(NamedTuple):
    """How the rows are taken: only shown, with what is unusual, with what the bank held, and as
    the budget of a programme.
    """

    only_shown: bool
    meant: bool
    bank: int | None
    programme: str | None


def _read_and_take(session: Session, book: Book, path: Path, asked: _Asked, way: _Way) -> int:
    file = open_sheets(path)
    if way.programme is not None:
        return _take_budget(session, book, file, way.programme, way)
    folder = session.data()
    memory = Remembered(folder / SHEETS_FILE if folder is not None else None)
    layouts = asked.layouts(file, book, memory)
    done = (_show if way.only_shown else _take)(session, book, file, layouts, way)
    if done == DONE and asked.columns:  # columns that led nowhere are not to be guessed again
        memory.note(_group_of(book), layouts[0])
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


# -- which sheets, and which column is what -------------------------------------------------------


class _Asked:
    """What the options say of the sheets."""

    def __init__(
        self,
        words: Translator,
        sheets: Sequence[str],
        heading: int | None,
        columns: Sequence[str],
        table: str | None,
        year: str | None,
    ) -> None:
        self._words = words
        self._accounts: Collection[str] = ()
        self._year = read_year("--year", year, words)
        self._sheets, self._heading, self.columns = sheets, heading, columns
        self._table = choose("--table", table, TABLES, words) if table is not None else None

    def layouts(self, file: SheetFile, book: Book, memory: Remembered) -> tuple[Layout, ...]:
        """What each sheet holds. Raises `WrongUsage` where none can be taken."""
        name = _group_of(book)
        self._accounts = book.read(lambda reading: reading.setup.accounts)
        found = [memory.applied(name, each) for each in self._guessed(file)]
        if self.columns:
            if len(found) != 1:
                raise WrongUsage(self._words("--column goes with one --sheet."))
            found = [self._with_columns(found[0])]
        if not found:
            raise WrongUsage(
                self._words(
                    "Nothing in {name} looks like a table. Say --sheet, --table and --heading-row.",
                    name=file.name,
                )
            )
        return tuple(replace(each, year=self._year) for each in found)

    def _guessed(self, file: SheetFile) -> list[Layout]:
        if not self._sheets and self._heading is None and self._table is None:
            return list(layouts_of(file))
        known = {name: name for name in file.sheets}
        names = [choose("--sheet", name, known, self._words) for name in self._sheets]
        found = []
        for name in names or file.sheets:
            rows = list(file.rows(name))
            tables = [self._table] if self._table is not None else list(TABLES.values())
            if self._heading is not None:
                self._must_be_a_row(rows, self._heading)
                found.append(_best(name, rows, tables, self._heading))
            elif (guessed := headings.guess(name, rows, tables)) is not None:
                found.append(guessed)
        return found

    def _must_be_a_row(self, rows: Sequence[Row], number: int) -> None:
        if not any(row.number == number for row in rows):
            text = noop("--heading-row: row {row} is empty, or there is none.")
            raise WrongUsage(self._words(text, row=number))

    def _with_columns(self, layout: Layout) -> Layout:
        columns, table = dict(layout.columns), TABLES[layout.table]
        money = dict(layout.money)
        for said in self.columns:
            name, sign, place = said.partition("=")
            if table.by_purpose and sign and (column := MoneyColumn.of(name)) is not None:
                at = self._place(layout, place.strip())
                columns = {each: spot for each, spot in columns.items() if spot != at}
                money[at] = column._replace(words=layout.headings[at])
                self._must_be_an_account(column.account)
                continue
            key = self._column_called(table, name) if sign else None
            if key is None:
                raise self._unknown(name, [each.name for each in table.columns])
            columns = {each: at for each, at in columns.items() if each != key}
            if place.strip():
                at = self._place(layout, place.strip())
                columns = {each: spot for each, spot in columns.items() if spot != at}
                columns[key] = at
        money = {at: each for at, each in money.items() if at not in columns.values()}
        return replace(layout, columns=columns, money=money)

    def _must_be_an_account(self, code: str) -> None:
        if code and code not in self._accounts:
            raise self._unknown(code, self._accounts)

    def _place(self, layout: Layout, said: str) -> int:
        """A column by its heading, or by its letter."""
        titles = [plain(each) for each in layout.headings]
        if plain(said) in titles:
            return titles.index(plain(said))
        if (place := column_at(said)) is not None:
            return place
        raise self._unknown(said, layout.headings)

    def _column_called(self, table: SheetTable, said: str) -> str | None:
        """The column of this name, or of this heading in either language."""
        for each in table.columns:
            titles = (each.name, plain(each.title), plain(self._words(each.title)))
            if plain(said) in titles:
                return each.name
        return None

    def _unknown(self, said: str, known: Iterable[str]) -> WrongUsage:
        text = noop("{name}: {text} is not one of {known}.")
        names = ", ".join(filter(None, known))
        return WrongUsage(self._words(text, name="--column", text=said, known=names))


def _group_of(book: Book) -> str:
    group = book.read(lambda reading: reading.setup.group)
    return group.name if group is not None else ""


def _best(name: str, rows: Sequence[Row], tables: Sequence[SheetTable], heading: int) -> Layout:
    """The layout of the table that knows most columns of these headings."""
    tries = [headings.at(name, rows, each, heading) for each in tables]
    return max(tries, key=lambda each: len(each.columns))


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
        title = session.words.gettext(_title(command.kind))
        lines: Sequence[Any] = getattr(command, "lines", ())
        amount = getattr(command, "amount", 0) or sum(each.amount for each in lines)
        parts += [title, *([formats.number(amount)] if amount else [])]
    said = getattr(command, "memo", None) or getattr(command, "name", None) or ""
    return "  ".join(filter(None, (*parts, said)))


def _title(kind: str) -> str:
    from kwt_books.domain.kinds import KINDS

    return KINDS[kind].title or kind


def _account(session: Session, code: str) -> str:
    account = session.names.accounts.get(code) if session.names is not None else None
    if account is None:
        return code
    return f"{code} {account.name_en if session.language == 'en' else account.name}"
