"""The workbook to fill in: what the program writes, it takes as it is."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kwt_books.app import Books
from kwt_books.domain.opening_sheets import OPENING_TABLES
from kwt_books.domain.sheet_table import Holds
from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.exporters.template import write_template
from kwt_books.i18n.catalogue import Translator
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import layouts_of, take
from kwt_books.services.intake.values import plain

LANGUAGES = ("id", "en")
EXAMPLES = (5, 6)
FIRST_ROW = 7
"""Below title, note, headings and examples."""


def written(books: Books, path: Path, language: str) -> Path:
    content = BytesIO()
    write_template(content, books.chart(), 2026, Translator(language))
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_known_by_what_the_program_wrote(
    books: Books, tmp_path: Path, language: str
) -> None:
    file = open_sheets(written(books, tmp_path / "isian.xlsx", language))
    found = {each.sheet: each for each in layouts_of(file)}
    assert list(found) == list(file.sheets)
    tables = [each.table for each in found.values()]
    assert tables == [each.name for each in OPENING_TABLES] + [CASH_BOOK.name] * 12
    for each in found.values():
        table = next(t for t in (*OPENING_TABLES, CASH_BOOK) if t.name == each.table)
        assert {c.name: n for n, c in enumerate(table.columns, 1)} == each.columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_empty_it_brings_nothing(books: Books, tmp_path: Path, language: str) -> None:
    file = open_sheets(written(books, tmp_path / "isian.xlsx", language))
    book = books.create(tmp_path / "baru.kwt")
    taking, recorded = take(book, file, layouts_of(file), date(2026, 1, 1))
    book.close()
    assert (taking.entries, taking.remarks, recorded) == ((), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_offer_what_is_understood(books: Books, tmp_path: Path, language: str) -> None:
    """Each choice of each list, written into its column, is taken without a remark."""
    path = written(books, tmp_path / "isian.xlsx", language)
    workbook = load_workbook(path)
    offered = [[c.value for c in column if c.value] for column in workbook["_"].columns]
    purposes, balances, cash, classes, roles, things, sexes = offered
    assert cash == [
        each.name_en if language == "en" else each.name
        for each in books.chart().values() if each.cash
    ]  # fmt: skip
    words = Translator(language)
    at = {table.name: words(table.title) for table in OPENING_TABLES}
    fill(workbook[at["goods"]], [{2: f"Barang {each}", 3: each} for each in classes])
    fill(workbook[at["members"]], [{2: f"Anggota {each}", 3: each} for each in sexes])
    fill(workbook[at["debts"]], [
        {2: f"Orang {each}", 3: each, (5 if place > 2 else 4): 1000}
        for place, each in enumerate(roles)
    ])  # fmt: skip
    taken_apart = {"2110"}
    own = {n for a in taken_apart for n in (books.chart()[a].name, books.chart()[a].name_en)}
    fill(workbook[at["opening"]], [{2: each, 3: 1000} for each in balances if each not in own])
    fill(workbook[at["things"]], [
        {2: f"Alat {n}", 3: each, 4: 1000, 5: date(2025, 1, 1)} for n, each in enumerate(things)
    ])  # fmt: skip
    fill(workbook[workbook.sheetnames[6]], [
        {2: date(2026, 1, 5), 4: f"Untuk {each}", 5: each, 8: 1000, 12: cash[0]}
        for each in purposes if each not in own
    ])  # fmt: skip
    workbook.save(path)
    file = open_sheets(path)
    book = books.create(tmp_path / "baru.kwt")

    taking, _ = take(book, file, layouts_of(file), date(2026, 1, 1))

    assert not taking.stops
    setup = book.read(lambda reading: reading.setup.names())
    assert {each.item_class for each in setup.items.values()} == {
        "produce", "seedling", "finished", "seed", "input", "ingredient", "packaging",
    }  # fmt: skip
    assert {each.role for each in setup.parties.values()} >= {
        "customer", "member", "shop", "supplier", "agency",
    }  # fmt: skip
    assert not any(each.doubtful for each in taking.entries)
    assert all(each.passed for each in book.verify())
    book.close()


def test_it_has_notes_lists_and_examples(books: Books, tmp_path: Path) -> None:
    workbook = load_workbook(written(books, tmp_path / "isian.xlsx", "id"))
    sheet = workbook["Kas Januari 2026"]
    heads = [cell for cell in sheet[4] if cell.value and cell.column > 1]
    assert all(cell.comment is not None for cell in heads)
    assert plain(str(sheet["A5"].value)) == "contoh"
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert len(lists) == 2
    for source in lists.values():
        first, last = source.removeprefix("'_'!").replace("$", "").split(":")
        offered = [cell.value for (cell,) in workbook["_"][f"{first}:{last}"]]
        assert all(offered)
        assert first.endswith("1")
        assert workbook["_"].cell(len(offered) + 1, workbook["_"][first].column).value is None
    assert workbook["_"].sheet_state == "hidden"


def test_a_sheet_is_ready_to_be_filled_in_and_printed(books: Books, tmp_path: Path) -> None:
    workbook = load_workbook(written(books, tmp_path / "isian.xlsx", "id"))
    words = Translator("id")
    for table in (*OPENING_TABLES, CASH_BOOK):
        named = words(table.title) if table is not CASH_BOOK else "Kas Januari 2026"
        sheet = workbook[named]
        assert (sheet["A1"].value, sheet["A2"].value) == (words(table.title), words(table.note))
        assert (sheet["A1"].font.b, sheet["A1"].font.sz) == (True, 14)
        assert (sheet["A4"].value, sheet["A5"].value, sheet["A6"].value) == (
            "No.", "contoh", "contoh"
        )  # fmt: skip
        assert sheet.freeze_panes == "A5", "headings stay in sight"
        page = sheet.page_setup
        assert (page.orientation, page.paperSize) == ("landscape", 9)
        assert (page.fitToWidth or 1, page.fitToHeight) == (1, 0), "as many pages as there are rows"
        assert sheet.print_title_rows == "$4:$4"
        heads = sheet[4][1 : 1 + len(table.columns)]
        looks = {n: look for look in sheet.column_dimensions.values()
                 for n in range(look.min, look.max + 1)}  # fmt: skip
        assert sheet["A4"].fill.fgColor.rgb == "FFDDEBDA"
        for head, column in zip(heads, table.columns, strict=True):
            told = head.comment.text if head.comment else ""
            assert (words("Has to be filled in.") in told) is column.needed, column.name
            colour = "FFBFDDB8" if column.needed else "FFDDEBDA"
            assert head.fill.fgColor.rgb == colour, "what has to be there is darker"
            assert head.value == words(column.title)
            numbers = column.holds in (Holds.MONEY, Holds.QUANTITY, Holds.COUNT)
            for said, example in zip(column.examples, EXAMPLES, strict=False):
                cell = sheet.cell(example, head.column)
                assert cell.value == (int(said) if numbers and said else said)
                assert cell.font.i, "not to be taken for an entry"
            look = looks[head.column]
            assert look.width >= {Holds.TEXT: 24, Holds.MONEY: 15}.get(column.holds, 11)
            assert look.number_format == {
                Holds.TEXT: "@", Holds.MONEY: "#,##0", Holds.QUANTITY: "#,##0.###",
                Holds.DAY: "dd/mm/yyyy", Holds.COUNT: "0",
            }[column.holds]  # fmt: skip
        for checked in sheet.data_validations.dataValidation:
            ((_column, first, _same, last),) = (each.bounds for each in checked.sqref.ranges)
            assert first == FIRST_ROW < last
            assert checked.errorStyle == "warning", "what is not on the list is taken too"


def fill(sheet: Any, rows: list[dict[int, Any]]) -> None:
    for number, row in enumerate(rows, FIRST_ROW):
        for column, value in row.items():
            sheet.cell(number, column).value = value
