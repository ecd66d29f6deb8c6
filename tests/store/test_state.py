"""What the book's state answers while the entries it is about are not written yet.

A long import writes many entries in one go, and each line is checked against those before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import parse_entry
from kwt_books.store.credentials import default_chart
from kwt_books.store.door import create_book, open_book
from kwt_books.store.state import BookState
from tests.conftest import NOW

Line = dict[str, Any]
Ask = Callable[[BookState], object]

SETUP: tuple[Line, ...] = (
    {"kind": "item", "code": "pupuk", "name": "Pupuk", "unit": "kg", "class": "input"},
    {"kind": "item", "code": "benih", "name": "Benih", "unit": "biji", "class": "seed"},
    {"kind": "item", "code": "bibit", "name": "Bibit", "unit": "batang", "class": "seedling"},
    {"kind": "item", "code": "keripik", "name": "Keripik", "unit": "pak", "class": "finished",
     "price": 9000, "sales_account": "4102", "cost_account": "5102"},
    {"kind": "party", "code": "siti", "name": "Siti", "role": "shop"},
    {"kind": "party", "code": "dewi", "name": "Dewi", "role": "member"},
    {"kind": "party", "code": "dinas", "name": "Dinas", "role": "agency"},
    {"kind": "programme", "code": "p2l", "name": "P2L", "party": "dinas", "from": "2026-06-01",
     "until": "2026-12-31", "budget": [{"line": "A1", "name": "Upah", "amount": 500_000}]},
)  # fmt: skip
GRANT: Line = {"kind": "grant", "date": "2026-06-02", "party": "dinas", "programme": "p2l",
               "account": "2110", "cash": {"into": "1103", "amount": 500_000}}  # fmt: skip
WAGE: Line = {"kind": "payment", "date": "2026-06-03", "from": "1103", "programme": "p2l",
              "id": "upah",
              "lines": [{"account": "6102", "amount": 120_000, "budget": "A1"}]}  # fmt: skip
BOUGHT: Line = {"kind": "purchase", "date": "2026-06-03", "paid_from": "1103", "lines": [
    {"item": "pupuk", "qty": 4, "amount": 20_000, "lot": "PK"}]}  # fmt: skip
DRAWN: Line = {"kind": "transfer", "date": "2026-06-02", "from": "1103", "to": "1101", "amount": 5}
SAVED: Line = {"kind": "savings", "date": "2026-06-03", "type": "mandatory", "account": "1101",
               "lines": [{"party": "dewi", "amount": 10_000}]}  # fmt: skip
DUES: Line = {"kind": "dues", "date": "2026-06-03", "account": "1101",
              "lines": [{"party": "dewi", "months": ["2026-06"], "amount": 5_000}]}  # fmt: skip
ENDOWED: Line = {"kind": "receipt", "date": "2026-06-02", "into": "1101",
                 "lines": [{"account": "3203", "amount": 50_000}]}  # fmt: skip
SPENT: Line = {"kind": "payment", "date": "2026-06-03", "fund": "3203", "from": "1101",
               "lines": [{"account": "6106", "amount": 7_000}]}  # fmt: skip
CLOSED: Line = {"kind": "month_close", "month": "2026-06"}
SOWN: Line = {"kind": "sowing", "date": "2026-06-05", "batch": "SM", "item": "bibit", "qty": 50,
              "inputs": [{"item": "pupuk", "qty": 1}]}  # fmt: skip


def answered(address: Address, lines: tuple[Line, ...], ask: Ask) -> tuple[object, object]:
    """What is answered with the lines still waiting to be written, and from the book itself."""
    chart = default_chart(resources_dir())
    with closing(create_book(address, chart)) as book, book.state(write=True) as state:
        recorder = Recorder(state, Person("Siti", Role.CHAIR), lambda: NOW)
        for line in lines:
            command, _ = parse_entry(json.dumps(line).encode())
            recorder.record_parsed(command)
        waiting = ask(state)
    with closing(open_book(address)) as book, book.state(write=False) as state:
        return waiting, ask(state)


MORE: Line = {"kind": "purchase", "date": "2026-06-10", "paid_from": "1103", "lines": [
    {"item": "pupuk", "qty": 2, "amount": 12_000, "lot": "PL",
     "expires": "2026-07-31"}]}  # fmt: skip
CLOSED_BEFORE: Line = {"kind": "month_close", "month": "2026-05"}
ASSET: Line = {"kind": "asset_acquisition", "date": "2026-06-04", "paid_from": "1103",
               "code": "AST-1", "name": "Vakum", "account": "1203", "cost": 200_000,
               "life_months": 36}  # fmt: skip
PHOTO: Line = {"kind": "attachment", "of": "upah", "name": "nota.jpg", "type": "image/jpeg",
               "sha256": sha256(b"foo").hexdigest(), "data": "Zm9v"}  # fmt: skip


def undone(line: Line) -> tuple[Line, Line]:
    """A document, and the correction that undid it."""
    name = f"salah-{line['kind']}"
    undo = {"kind": "correction", "date": "2026-06-20", "of": name, "reason": "Salah"}
    return {**line, "id": name}, undo


def later(book: BookState, day: int) -> tuple[object, int]:
    """What moved of fertilizer after a day in June: of each lot that stands, and together."""
    asked = ("pupuk", "store", date(2026, 6, day))
    return book.later_moves(*asked), book.moved_later(*asked)


def left_of(book: BookState) -> tuple[object, ...]:
    """What is left of what was bought, paid, sown and acquired."""
    return (
        [*book.layers("pupuk", "store")],
        book.stands_at("store"),
        book.lot_stands("pupuk", "PK"),
        book.dues_paid("2104", "dewi", "2026-06"),
        book.growing("batch:SM"),
        book.item_used("bibit"),
        book.asset("AST-1"),
    )


def photos(book: BookState) -> list[bytes]:
    book.flush()
    found = book.connection.exec_driver_sql("SELECT data FROM attachment").scalars()
    return [bytes(each) for each in found]


JUNE_3 = date(2026, 6, 3)
CASES: dict[str, tuple[tuple[Line, ...], Ask, object]] = {
    "an account": ((GRANT, WAGE), lambda book: book.account_used("6102"), True),
    "an item that was bought": ((BOUGHT,), lambda book: book.item_used("pupuk"), True),
    "an item that grows": ((BOUGHT, SOWN), lambda book: book.item_used("bibit"), True),
    "a balance": ((GRANT, WAGE), lambda book: book.balance("1103"), 380_000),
    "a balance of a day": (
        (GRANT, WAGE), lambda book: book.balance_until("1103", JUNE_3), 380_000,
    ),
    "a programme's rest": ((GRANT, WAGE), lambda book: book.programme_left("p2l"), 380_000),
    "a line of a budget": (
        (GRANT, WAGE), lambda book: sorted(book.budget_lines_used("p2l")), ["A1"],
    ),
    "savings": ((DRAWN, SAVED), lambda book: book.saved("3102", "dewi"), 10_000),
    "dues": ((DRAWN, DUES), lambda book: book.dues_paid("2104", "dewi", "2026-06"), True),
    "what funds paid": ((ENDOWED, SPENT), lambda book: book.released(None, JUNE_3), 7_000),
    "a close": ((DRAWN, CLOSED), lambda book: book.ever_closed, True),
    "a lot": ((GRANT, BOUGHT), lambda book: book.lot_stands("pupuk", "PK"), True),
    "a name like an entry's": (
        (GRANT, BOUGHT, {**BOUGHT, "lines": [{**BOUGHT["lines"][0], "lot": "260610-99"}]}),
        lambda book: [book.is_lot_named(item, "260610-99") for item in ("pupuk", "benih")],
        [True, False],
    ),
    "a place": ((GRANT, BOUGHT), lambda book: book.stands_at("store"), True),
    "an id": ((GRANT, WAGE), lambda book: book.id_taken("upah"), True),
    "a document": ((GRANT, WAGE), lambda book: found_sequence(book, "upah"), len(SETUP) + 2),
    "a document's date": ((GRANT, WAGE), lambda book: book.dated(len(SETUP) + 2), JUNE_3),
    "a document's postings": (
        (GRANT, WAGE),
        lambda book: sum(each.amount > 0 for each in postings_at(book, len(SETUP) + 2)),
        2,
    ),
    "a batch's users": ((BOUGHT, SOWN), lambda book: len(book.users("batch:SM", 0)), 1),
    "a voucher": ((GRANT, WAGE), lambda book: book.last_voucher("BKK", "2026-06"), 1),
    "lots in their order": (
        (GRANT, BOUGHT, MORE), lambda book: [*book.layers("pupuk", "store")], ["PL", "PK"],
    ),
    "what comes later": (
        (GRANT, BOUGHT, MORE, SOWN, {**SOWN, "batch": "SN"}),
        lambda book: [later(book, day) for day in (4, 5, 9, 10)],
        [
            ({"PK": {"2026-06-05": -2_000}, "PL": {"2026-06-10": 2_000}}, 0),
            ({"PL": {"2026-06-10": 2_000}}, 2_000),
            ({"PL": {"2026-06-10": 2_000}}, 2_000),
            ({}, 0),
        ],
    ),
    "the newest close": (
        ({**DRAWN, "date": "2026-05-02"}, CLOSED_BEFORE, CLOSED),
        lambda book: book.last_close and (book.last_close.month, book.last_close.sequence),
        ("2026-06", len(SETUP) + 3),
    ),
    "the next place": (
        (GRANT, WAGE),
        lambda book: (book.next_sequence, book.has_documents),
        (len(SETUP) + 3, True),
    ),
    "nothing": (
        (),
        lambda book: (
            book.saved("3102", "dewi"), book.programme_left("p2l"),
            book.last_voucher("BKK", "2026-06"), book.last_close, book.has_documents,
            book.balance("1101"), book.moved_later("pupuk", "store", JUNE_3), left_of(book),
        ),
        (0, 0, 0, None, False, 0, 0, ([], False, False, False, None, False, None)),
    ),
    "what was undone": (
        (GRANT, DRAWN, *undone(BOUGHT), *undone(DUES)),
        left_of,
        ([], False, False, False, None, False, None),
    ),
    "plants and an asset undone": (
        (GRANT, BOUGHT, *undone(SOWN), *undone(ASSET)),
        left_of,
        (["PK"], True, True, False, None, False, None),
    ),
    "a photo": ((GRANT, WAGE, PHOTO), photos, [b"foo"]),
}  # fmt: skip


def found_sequence(book: BookState, name: str) -> int:
    entry = book.find(name)
    return entry.sequence if entry is not None else 0


def postings_at(book: BookState, sequence: int) -> tuple[Any, ...]:
    entry = book.entry(sequence)
    return entry.postings if entry is not None else ()


@pytest.mark.parametrize("what", CASES)
def test_what_waits_to_be_written_counts(what: str, new_address: Address) -> None:
    lines, ask, expected = CASES[what]
    waiting, written = answered(new_address, (*SETUP, *lines), ask)
    assert waiting == expected
    assert written == expected


def test_a_name_that_people_gave_a_lot_is_theirs(books: Books, tmp_path: Path) -> None:
    """Whether a state has seen all of a book or goes on in one: the next lot gets another."""
    place = len(SETUP) + 3
    unnamed = {"item": "pupuk", "qty": 4, "amount": 20_000}
    named = {**unnamed, "lot": f"260603-{place}"}
    lines = (*SETUP, GRANT, {**BOUGHT, "lines": [named]}, {**BOUGHT, "lines": [unnamed]})
    found = []
    for parts in ((lines,), (lines[:-1], lines[-1:])):
        path = tmp_path / f"{len(parts)}.kwt"
        for part in parts:
            books.import_stream(path, BytesIO("\n".join(map(json.dumps, part)).encode()))
        with closing(open_book(path)) as book, book.state(write=False) as state:
            found.append(([*state.layers("pupuk", "store")], state.head))
    assert found[0] == found[1]
    assert found[0][0] == [f"260603-{place}", f"260603-{place}-2"]


def test_what_is_forgotten_of_a_large_book_is_read_again(
    books: Books, sample_stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a long import needs no more memory than a short one."""
    heads = []
    for most in (10**9, 0):
        monkeypatch.setattr("kwt_books.store.state._MANY", most)
        monkeypatch.setattr("kwt_books.store.state._AT_ONCE", 1)
        with sample_stream.open("rb") as stream:
            heads.append(books.import_stream(tmp_path / f"{most}.kwt", stream).head)
    assert heads[0] == heads[1]
