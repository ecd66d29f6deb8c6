"""What was chosen for sheets comes back as it was; what makes no sense is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kwt_books.domain.sheets import BANK_LIST, TABLES
from kwt_books.services.intake.halves import Half
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.remembered import Remembered
from kwt_books.services.intake.sheet import SheetFile, open_sheets
from tests.services.intake.kept import book as workbook

GROUP = "KWT Melati – Kēl. Ñ"
HEADINGS = ("Tanggal", "Uraian", "Masuk", "Keluar", "Kas ½")
GUESSED = Layout("Kas", "cash_book", 1, 1, {"day": 0, "words": 1}, HEADINGS)
CHOSEN = replace(
    GUESSED,
    columns={"day": 1, "words": 4},
    money={3: MoneyColumn(True, "Jual ½", "4101", "1101"), 4: MoneyColumn(False, "Upah")},
    point=",",
    said={"beli ½ pupuk": "5101"},
    beside=(Half(0, {"day": 0}, "Masuk", True), Half(3, {"day": 4})),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder that is made" / "sheets.json"


Spoil = Callable[[Callable[[dict[str, Any]], object]], Layout]


@pytest.fixture
def spoilt(path: Path) -> Spoil:
    """What is applied once something of what was remembered was changed by hand."""

    def spoil(change: Callable[[dict[str, Any]], object]) -> Layout:
        Remembered(path).note(GROUP, CHOSEN)
        kept = json.loads(path.read_text(encoding="utf-8"))
        change(*kept.values())
        path.write_text(json.dumps(kept), encoding="utf-8")
        return Remembered(path).applied(GROUP, GUESSED)

    return spoil


def test_all_that_was_chosen_comes_back(path: Path) -> None:
    memory = Remembered(path)
    memory.note(GROUP, CHOSEN)
    assert memory.applied(GROUP, GUESSED) == CHOSEN
    assert Remembered(path).applied(GROUP, GUESSED) == CHOSEN
    assert memory.applied("KSM", GUESSED) is GUESSED
    assert memory.applied(GROUP, replace(GUESSED, headings=HEADINGS[1:])).columns == {
        "day": 0, "words": 1,
    }  # fmt: skip
    assert "½" in path.read_text(encoding="utf-8"), "people can read what is kept of them"


def test_the_banks_list_is_remembered_apart_and_other_tables_together(path: Path) -> None:
    memory = Remembered(path)
    memory.note(GROUP, CHOSEN)
    listed = replace(GUESSED, table=BANK_LIST.name)
    assert memory.applied(GROUP, listed) is listed
    other = next(name for name in TABLES if name not in (GUESSED.table, BANK_LIST.name))
    assert memory.applied(GROUP, replace(GUESSED, table=other)) == CHOSEN, "its table was chosen"


@pytest.mark.parametrize("place", [-1, 5, "1", None, 1.0])
def test_a_column_that_the_sheet_has_not_makes_no_sense(place: object, spoilt: Spoil) -> None:
    assert spoilt(lambda kept: kept["columns"].update(day=place)) is GUESSED
    assert not spoilt(lambda kept: kept["beside"][1][1].update(day=place)).beside


def test_the_last_column_makes_sense(spoilt: Spoil) -> None:
    assert spoilt(lambda kept: kept["columns"].update(day=4)).columns["day"] == 4
    found = spoilt(lambda kept: kept["money"].update({"5": [True, "", "", ""]}))
    assert found.money == CHOSEN.money, "the sheet has five"


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("table", "no such table", GUESSED),
        ("columns", [1, 2], GUESSED),
        ("point", ";", replace(CHOSEN, point="")),
        ("point", ".", replace(CHOSEN, point=".")),
        ("said", ["x"], replace(CHOSEN, said={})),
        ("said", {"a": 1, "b": "5101"}, replace(CHOSEN, said={"b": "5101"})),
        ("beside", {"0": {}}, replace(CHOSEN, beside=())),
        ("beside", [[0, {"day": 0}, "", "yes"]], replace(CHOSEN, beside=())),
        ("money", [1], replace(CHOSEN, money={})),
        ("money", {"x": [True, "", "", ""], "4": [1, "", "", ""]}, replace(CHOSEN, money={})),
        ("money", {"3": [True, "", ""], "4": [True, "", 5, ""]}, replace(CHOSEN, money={})),
    ],
)
def test_what_makes_no_sense_is_left_out(
    key: str, value: object, found: Layout, spoilt: Spoil
) -> None:
    assert spoilt(lambda kept: kept.update({key: value})) == found


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', "\xff"])
def test_a_file_that_makes_no_sense_is_done_without(text: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(text.encode("latin-1"))
    memory = Remembered(path)
    assert memory.applied(GROUP, GUESSED) is GUESSED
    memory.note(GROUP, CHOSEN)
    assert memory.applied(GROUP, GUESSED) == CHOSEN


def test_without_headings_or_a_place_nothing_is_kept(path: Path) -> None:
    Remembered(path).note(GROUP, replace(CHOSEN, headings=()))
    assert not path.exists()
    nowhere = Remembered(None)
    nowhere.note(GROUP, CHOSEN)
    assert nowhere.applied(GROUP, GUESSED) is GUESSED


def test_the_oldest_are_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kwt_books.services.intake.remembered._MOST", 2)
    monkeypatch.setattr("kwt_books.services.intake.remembered._MOST_SAID", 1)
    memory = Remembered(path)
    for group in ("satu", "dua", "satu", "tiga"):
        memory.note(group, replace(CHOSEN, said={"a": "5101", "b": "5102"}))
    known = [memory.applied(each, GUESSED).said for each in ("satu", "dua", "tiga")]
    assert known == [{"b": "5102"}, {}, {"b": "5102"}]


@pytest.fixture
def file(tmp_path: Path) -> SheetFile:
    path = tmp_path / "kas.xlsx"
    rows = [["KWT Melati"], list(HEADINGS), ["05/01/2026", "Panen", 5000, None, None]]
    workbook({"Kas": rows, "Lain": [["x"]], "Kas 2": rows})(path)
    return open_sheets(path)


def test_a_sheet_is_known_by_its_headings_wherever_they_stand(file: SheetFile, path: Path) -> None:
    memory = Remembered(path)
    assert memory.layout(GROUP, file, "Kas", "cash_book") is None
    memory.note(GROUP, CHOSEN)
    found = memory.layout(GROUP, file, "Kas 2", "cash_book")
    assert found == replace(CHOSEN, sheet="Kas 2", heading=2, last=2)
    assert memory.layout(GROUP, file, "Lain", "cash_book") is None
    guessed = replace(GUESSED, sheet="Lain", headings=("x",))
    layouts = memory.layouts(GROUP, file, [replace(GUESSED, point="."), guessed])
    assert [each.sheet for each in layouts] == ["Kas", "Lain", "Kas 2"]
    assert [each.columns == CHOSEN.columns for each in layouts] == [True, False, True]
    assert layouts[1] is guessed
