"""Which sheets of a file are meant and which column is what, as options of commands say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from kwt_books.book import Book
from kwt_books.cli.options import choose, option, read_year
from kwt_books.cli.session import Session, WrongUsage
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.queries.intake import group_name
from kwt_books.services.intake import headings
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.remembered import SHEETS_FILE, Remembered
from kwt_books.services.intake.sheet import Row, SheetFile, column_at
from kwt_books.services.intake.values import plain

POINTS = {"comma": ",", "point": "."}
"""How amounts have their sen: `1.234,56` or `1,234.56`."""

Sheets = Annotated[list[str] | None, option("NAME", noop("Only this sheet; may be repeated."))]
HeadingRow = Annotated[
    int | None, option("NUMBER", noop("The row in which the headings stand; 0 where none do."))
]
Point = Annotated[
    str | None,
    option(
        "|".join(POINTS),
        noop(
            "What stands before the sen, 1.234,56 or 1,234.56; if not given, each amount decides."
        ),
        "--decimal",
    ),
]


def memory_of(session: Session) -> Remembered:
    """What is remembered of columns on this computer."""
    folder = session.data()
    return Remembered(folder / SHEETS_FILE if folder is not None else None)


class ColumnsAsked:
    """What the options say of the sheets."""

    def __init__(
        self,
        words: Translator,
        tables: Mapping[str, SheetTable],
        sheets: Sequence[str],
        heading: int | None,
        columns: Sequence[str],
        point: str | None,
        table: str | None = None,
        year: str | None = None,
    ) -> None:
        self._words, self._tables = words, tables
        self._accounts: Collection[str] = ()
        self._year = read_year("--year", year, words)
        self._sheets, self._heading, self._columns = sheets, heading, columns
        self._table = choose("--table", table, tables, words) if table is not None else None
        self._point = choose("--decimal", point, POINTS, words) if point is not None else ""

    @property
    def said(self) -> bool:
        """Whether anything was said of columns, so that it is to be remembered."""
        return bool(self._columns or self._point)

    def layouts(self, file: SheetFile, book: Book, memory: Remembered) -> tuple[Layout, ...]:
        """What each sheet holds. Raises `WrongUsage` where none can be taken."""
        name = book.read(group_name)
        self._accounts = book.read(lambda reading: reading.setup.accounts)
        found = self._found(name, file, memory)
        if self._columns:
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
        if self._point:
            found = [replace(each, point=self._point) for each in found]
        return tuple(replace(each, year=self._year) for each in found)

    def _found(self, name: str, file: SheetFile, memory: Remembered) -> list[Layout]:
        """What is remembered of the sheets, else guessed; what was said of rows and tables goes
        before.
        """
        if self._heading is not None or self._table is not None:
            return [memory.applied(name, each) for each in self._guessed(file)]
        only = next(iter(self._tables)) if len(self._tables) == 1 else ""
        found = memory.layouts(name, file, self._guessed(file), only)
        return [each for each in found if not self._sheets or each.sheet in self._sheets]

    def _guessed(self, file: SheetFile) -> list[Layout]:
        known = {name: name for name in file.sheets}
        names = [choose("--sheet", name, known, self._words) for name in self._sheets]
        found = []
        tables = [self._table] if self._table is not None else list(self._tables.values())
        for name in names or file.sheets:
            if self._heading is not None:
                rows = list(file.rows(name))
                self._must_be_a_row(rows, self._heading)
                found.append(_best(name, rows, tables, self._heading))
            elif (guessed := headings.guess(name, file.rows(name), tables)) is not None:
                found.append(guessed)
        return found

    def _must_be_a_row(self, rows: Sequence[Row], number: int) -> None:
        if number and not any(row.number == number for row in rows):
            text = noop("--heading-row: row {row} is empty, or there is none.")
            raise WrongUsage(self._words(text, row=number))

    def _with_columns(self, layout: Layout) -> Layout:
        columns, table = dict(layout.columns), self._tables[layout.table]
        money = dict(layout.money)
        for said in self._columns:
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


def _best(name: str, rows: Sequence[Row], tables: Sequence[SheetTable], heading: int) -> Layout:
    """The layout of the table that knows most columns of these headings."""
    tries = [headings.at(name, rows, each, heading) for each in tables]
    return max(tries, key=lambda each: len(each.columns))
