"""The books a group keeps beside its accounts: filled by the book, or blank to be written in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.reports.model import Layout, Report

from .figures import day, group, opening, report

BookOf = Callable[..., Book]
BOOKS = ("guest-book", "activity-book", "minutes-book", "letter-book", "advice-book", "upkeep-book",
         "member-book", "officer-book", "inventory-book")  # fmt: skip


def member(code: str, **more: Any) -> dict[str, Any]:
    return {"kind": "party", "code": code, "name": code.title(), "role": "member", **more}


def told(found: Report) -> list[tuple[object, ...]]:
    return [(row.label, *row.cells) for row in found.rows]


@pytest.mark.parametrize("name", BOOKS)
def test_a_blank_book_has_numbered_lines_with_room_to_write_in(name: str, book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=5), member("ani"))
    blank, filled = report(book, name, "2026-01", blank=True), report(book, name, "2026-01")
    width = len(blank.columns)
    assert told(blank) == [(" ", str(n), *(None,) * (width - 1)) for n in range(1, 23)]
    number, *columns = blank.columns
    assert number.by_hand == 0
    assert all(column.by_hand >= 9 for column in columns)
    assert blank.label_by_hand >= 30
    assert (blank.period, blank.place_date, blank.layout) == ("", None, Layout.BOOK)
    rooms = {column.key: column.by_hand for column in filled.columns}
    assert {key for key, room in rooms.items() if room} <= {"signature"}
    assert filled.label_by_hand == 0
    assert filled.period
    assert filled.place_date == date(2026, 1, 31)
    assert [column.label for column in filled.columns] == [c.label for c in blank.columns]


def test_a_text_of_several_lines_stands_in_one(book_of: BookOf) -> None:
    entry = {"kind": "register", "date": "2026-01-05", "book": "activities", "title": "Rapat\nRT",
             "place": "Balai", "people": 12, "result": "Satu\n Dua.\n\nTiga!\nEmpat"}  # fmt: skip
    found = report(book_of(opening(a1101=5), entry), "activity-book", "2026-01")
    assert told(found) == [
        ("Rapat; RT", "1", day("2026-01-05"), "Balai", 12, "Satu; Dua. Tiga! Empat")
    ]


def test_each_book_has_what_was_written_into_it_in_these_days(book_of: BookOf) -> None:
    entries: tuple[tuple[str, dict[str, Any], tuple[object, ...]], ...] = (
        ("guests", {"name": "Rina", "from": "Dinas", "position": "Staf", "purpose": "Meninjau",
                    "impression": "Rapi"},
         ("Rina", "Dinas", "Staf", "Meninjau", "Rapi", None)),
        ("minutes", {"title": "Rapat", "number": "BA-1", "place": "Balai", "people": 9,
                     "decisions": "Iuran"},
         ("Rapat", "BA-1", "Balai", 9, "Iuran")),
        ("letters", {"direction": "out", "number": "7", "party": "Dinas", "subject": "Undangan"},
         ("Undangan", "keluar", "7", "Dinas")),
        ("advice", {"advice": "Pupuk", "officer": "Wahyu", "done": "Dipupuk"},
         ("Pupuk", "Wahyu", "Dipupuk", None)),
        ("upkeep", {"facility": "Pompa", "condition": "minor", "action": "Dilas"},
         ("Pompa", "rusak ringan", "Dilas", None)),
    )  # fmt: skip
    lines = [{"kind": "register", "date": f"2026-0{month}-05", "book": book, **said}
             for book, said, _ in entries for month in (1, 2)]  # fmt: skip
    made = book_of(opening(a1101=5), *lines)
    names = {"guests": "guest-book", "minutes": "minutes-book", "letters": "letter-book",
             "advice": "advice-book", "upkeep": "upkeep-book"}  # fmt: skip
    for book, _, (label, *cells) in entries:
        found = report(made, names[book], "2026-02")
        assert told(found) == [(label, "1", day("2026-02-05"), *cells)]


def test_members_stand_by_the_day_they_joined_and_until_they_left(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=5),
        member("wati", joined="2025-03-01", sex="P", work="Petani", address="RT 1",
               born="1980-02-01"),
        member("ani", joined="2025-03-01", left="2026-01-31"),
        member("budi", joined="2024-01-01", left="2026-02-01"),
        member("citra"), member("dewi", joined="2026-01-31"), member("eka", joined="2026-02-01"),
        {"kind": "party", "code": "toko", "name": "Toko", "role": "supplier"},
    )  # fmt: skip
    found = told(report(book, "member-book", "2026-01"))
    joined, left = day("2025-03-01"), day("2026-01-31")
    assert [(row[0], row[1], *row[6:]) for row in found] == [
        ("Budi", "1", day("2024-01-01"), None, None),
        ("Ani", "2", joined, left, None),
        ("Wati", "3", joined, None, None),
        ("Citra", "4", None, None, None),
        ("Dewi", "5", left, None, None),
    ]
    assert found[2][2:6] == (day("1980-02-01"), "P", "Petani", "RT 1")


def test_officers_are_those_that_are_set_up(book_of: BookOf) -> None:
    officer = {"name": "Wahyu", "nip": "197904122006041009"}
    found = report(book_of({**group(), "extension_officer": officer}), "officer-book")
    assert told(found) == [
        ("Aminah", "1", "Ketua", None), ("Dewi", "2", "Bendahara", None),
        ("Bu Rini", "3", "Koordinator LKM Maju", None), ("Wahyu", "4", "Penyuluh", None),
    ]  # fmt: skip
    alone = {key: value for key, value in group().items() if key != "umbrella"}
    assert len(report(book_of(alone), "officer-book").rows) == 2
    assert report(book_of(opening(a1101=5)), "officer-book").rows == ()


def test_the_inventory_is_what_stands_at_the_end(book_of: BookOf) -> None:
    assets = [
        {"kind": "asset_acquisition", "date": f"2026-01-0{n}", "code": code, "name": f"Alat {code}",
         "account": "1202", "cost": 100 * n, "life_months": 10, "paid_from": "1101"}
        for n, code in enumerate("ABC", start=1)
    ]  # fmt: skip
    gone = {"kind": "asset_disposal", "date": "2026-02-09", "code": "B"}
    book = book_of(opening(a1101=9_000), *assets, gone)
    for month, codes in (("2026-01", "ABC"), ("2026-02", "AC")):
        found = told(report(book, "inventory-book", month))
        assert [row[2] for row in found] == list(codes)
    assert found[1] == ("Alat C", "2", "C", "Peralatan Tani", day("2026-01-03"), 300, None, None)
