"""The workbook to fill in: a sheet for each table of `domain.sheets`, cash books by the month.

It has examples, lists to choose from and a note in each heading; `take` reads it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kwt_books.domain.accounts import STANDING, Account, AccountType, kept_by_detail
from kwt_books.domain.opening_sheets import CLASS_WORDS, OPENING_TABLES, ROLE_WORDS, THING_WORDS
from kwt_books.domain.sheet_table import Holds, SheetColumn, SheetTable
from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats

ROWS = 500
"""Rows of a sheet that lists to choose from are made for."""
_HEADING, _EXAMPLES = 3, 2
_WIDTHS = {Holds.TEXT: 24, Holds.MONEY: 15, Holds.QUANTITY: 11, Holds.DAY: 13, Holds.COUNT: 11}
_PURPOSES = (AccountType.INCOME, AccountType.EXPENSE, AccountType.COST, AccountType.OTHER,
             AccountType.LIABILITY, AccountType.EQUITY, AccountType.TAX)  # fmt: skip
_LIST_SHEET = "_"


def write_template(
    out: BinaryIO, accounts: Mapping[str, Account], year: int, words: Translator
) -> None:
    """Writes the workbook in the language of `words`, with a cash book for each month of `year`."""
    workbook = Workbook(out, {"in_memory": True})
    look = _Look(workbook)
    lists = _Lists(accounts, words)
    formats = Formats(words.language)
    months = [Month(f"{year}-{number:02d}") for number in range(1, 13)]
    for table in OPENING_TABLES:
        _fill(workbook.add_worksheet(words(table.title)), table, look, lists, words)
    for month in months:
        name = words("Cash {month}", month=formats.month(month))
        _fill(workbook.add_worksheet(name), CASH_BOOK, look, lists, words)
    lists.write(workbook.add_worksheet(_LIST_SHEET))
    workbook.close()


class _Look:
    """How cells look."""

    def __init__(self, workbook: Workbook) -> None:
        def made(**properties: object) -> Format:
            return workbook.add_format({"font_name": "Calibri", "valign": "top", **properties})

        self.title = made(bold=True, font_size=14)
        self.note = made(italic=True, font_color="#555555")
        heading = {"bold": True, "bg_color": "#DDEBDA", "border": 1, "text_wrap": True}
        self.heading = made(**heading)
        self.needed = made(**{**heading, "bg_color": "#BFDDB8"})
        self.example = made(italic=True, font_color="#888888")
        self.example_amount = made(italic=True, font_color="#888888", num_format="#,##0")
        self.cells = {
            Holds.TEXT: made(num_format="@"),
            Holds.MONEY: made(num_format="#,##0"),
            Holds.QUANTITY: made(num_format="#,##0.###"),
            Holds.DAY: made(num_format="dd/mm/yyyy"),
            Holds.COUNT: made(num_format="0"),
        }


class _Lists:
    """The lists to choose from, each in a column of a sheet that is not shown."""

    def __init__(self, accounts: Mapping[str, Account], words: Translator) -> None:
        english = words.language == "en"
        name = {code: each.name_en if english else each.name for code, each in accounts.items()}

        def of(types: Sequence[AccountType], *, cash: bool) -> list[str]:
            return [
                name[code]
                for code, each in accounts.items()
                if each.type in types and not kept_by_detail(code) and (cash or not each.cash)
            ]

        def spoken(known: Mapping[str, tuple[str, ...]]) -> list[str]:
            return [key if english else said[0] for key, said in known.items()]

        self._lists: dict[str, list[str]] = {
            "purposes": of(_PURPOSES, cash=False),
            "balances": of(STANDING, cash=True),
            "cash_accounts": [name[code] for code, each in accounts.items() if each.cash],
            "classes": spoken(CLASS_WORDS),
            "roles": spoken(ROLE_WORDS),
            "things": [name[code] for code in THING_WORDS if code in name],
            "sexes": ["L", "P"],
        }

    def source(self, name: str) -> str:
        """Where the list stands, as a formula."""
        column = chr(ord("A") + list(self._lists).index(name))
        return f"='{_LIST_SHEET}'!${column}$1:${column}${len(self._lists[name])}"

    def write(self, sheet: Worksheet) -> None:
        """Writes all lists into a sheet and hides it."""
        for column, said in enumerate(self._lists.values()):
            sheet.write_column(0, column, said)
        sheet.hide()


def _fill(
    sheet: Worksheet, table: SheetTable, look: _Look, lists: _Lists, words: Translator
) -> None:
    sheet.write_string(0, 0, words(table.title), look.title)
    sheet.write_string(1, 0, words(table.note), look.note)
    sheet.write_string(_HEADING, 0, words("No."), look.heading)
    sheet.set_column(0, 0, 8)
    for example in range(_EXAMPLES):
        sheet.write_string(_HEADING + 1 + example, 0, words("example"), look.example)
    for place, column in enumerate(table.columns, 1):
        _heading(sheet, place, column, look, words)
        _examples(sheet, place, column, look)
        if column.choices:
            source = {"validate": "list", "source": lists.source(column.choices)}
            # What is not on the list may be written all the same: it is explained when it is taken.
            options = {**source, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(_HEADING + 1 + _EXAMPLES, place, _HEADING + ROWS, place, options)
    sheet.freeze_panes(_HEADING + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING)


def _heading(
    sheet: Worksheet, place: int, column: SheetColumn, look: _Look, words: Translator
) -> None:
    style = look.needed if column.needed else look.heading
    sheet.write_string(_HEADING, place, words(column.title), style)
    sheet.set_column(place, place, _WIDTHS[column.holds], look.cells[column.holds])
    said: Iterable[str] = filter(
        None,
        (
            words.gettext(column.note),
            words("Has to be filled in.") if column.needed else "",
        ),
    )
    if note := "\n".join(said):
        sheet.write_comment(_HEADING, place, note, {"x_scale": 1.6, "font_size": 10})


def _examples(sheet: Worksheet, place: int, column: SheetColumn, look: _Look) -> None:
    for row, said in enumerate(column.examples, _HEADING + 1):
        if column.holds in (Holds.MONEY, Holds.QUANTITY, Holds.COUNT) and said:
            sheet.write_number(row, place, int(said), look.example_amount)
        else:
            sheet.write_string(row, place, said, look.example)
