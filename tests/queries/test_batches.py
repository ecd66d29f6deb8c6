"""How long seedlings usually take, and what became of a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import UNIT
from kwt_books.queries.garden import Batch, Stage, Usual, batches
from kwt_books.queries.kitchen import next_lot
from tests.reports.figures import opening
from tests.reports.trade import Line, buy, undo

pytestmark = pytest.mark.only_files
SEEDS: Line = {"kind": "item", "code": "benih", "name": "Benih", "unit": "biji", "class": "seed"}


def seedling(code: str, name: str) -> Line:
    return {"kind": "item", "code": code, "name": name, "unit": "batang", "class": "seedling"}


def sow(day: str, batch: str, item: str, qty: int = 100) -> Line:
    inputs = [{"item": "benih", "qty": qty}]
    return {"kind": "sowing", "date": day, "batch": batch, "item": item, "qty": qty,
            "inputs": inputs, "id": f"semai-{batch}"}  # fmt: skip


def ready(day: str, batch: str, count: int, lost: int = 0, destroyed: int = 0, **more: Any) -> Line:
    return {"kind": "seedlings_ready", "date": day, "batch": batch, "ready": count, "lost": lost,
            "destroyed": destroyed, **more}  # fmt: skip


@pytest.fixture
def sown(book_of: Callable[..., Book]) -> Callable[..., dict[str, Batch]]:
    """The batches that grow after these lines, by name."""

    def make(*lines: Line) -> dict[str, Batch]:
        goods = buy("2026-01-02", "benih", 2_000, 200_000)
        book = book_of(opening(a1101=1_000_000), SEEDS, goods, *lines)
        return {
            each.name: each
            for each in book.read(lambda reading: [*batches(reading.connection, reading.setup)])
        }

    return make


def test_crops_take_as_long_as_they_usually_do(sown: Callable[..., dict[str, Batch]]) -> None:
    """Chillies 18 to 25 days, tomatoes and aubergines three to five weeks, mustard about two."""
    usual = {
        "Bibit CABAI rawit": Usual(18, 25), "Bibit cabe": Usual(18, 25),
        "Bibit tomat": Usual(21, 35), "Bibit terong ungu": Usual(21, 35),
        "Bibit sawi": Usual(12, 16), "Bibit pakcoy": Usual(12, 16),
        "Bibit selada": Usual(14, 21), "Bibit bunga": None,
    }  # fmt: skip
    items = [seedling(f"b{n}", name) for n, name in enumerate(usual)]
    found = sown(*items, *(sow("2026-01-03", f"S{n}", f"b{n}") for n in range(len(usual))))
    assert [found[f"S{n}"].usual for n in range(len(usual))] == list(usual.values())


def test_two_batches_of_the_groups_own_tell_better(
    sown: Callable[..., dict[str, Batch]],
) -> None:
    chilli = seedling("cabai", "Bibit cabai")
    first = (sow("2026-01-03", "S1", "cabai"), ready("2026-01-23", "S1", 100))
    growing = sow("2026-03-01", "S9", "cabai")
    found = sown(chilli, *first, growing)
    assert found["S9"].usual == Usual(18, 25), "one is none"
    assert list(found) == ["S9"], "nothing is left of the first"
    second = (sow("2026-01-10", "S2", "cabai"), ready("2026-02-08", "S2", 100))
    assert sown(chilli, *first, *second, growing)["S9"].usual == Usual(20, 29)
    others = [
        line
        for n in range(3, 8)
        for line in (sow("2026-02-01", f"S{n}", "cabai"), ready(f"2026-02-1{n}", f"S{n}", 100))
    ]
    assert sown(chilli, *first, *second, *others, growing)["S9"].usual == Usual(12, 16), (
        "the last five"
    )


def test_a_batch_remembers_what_it_gave_and_lost(sown: Callable[..., dict[str, Batch]]) -> None:
    wrong = ready("2026-01-22", "S1", 5, 5, 5, id="salah")
    found = sown(
        seedling("cabai", "Bibit cabai"), sow("2026-01-03", "S1", "cabai"),
        sow("2026-01-04", "S2", "cabai"),
        ready("2026-01-21", "S1", 30, lost=7, destroyed=4), ready("2026-01-22", "S1", 10, lost=1),
        wrong, undo("2026-01-23", "salah"),
        {"kind": "tending", "date": "2026-01-24", "batch": "S2",
         "costs": [{"label": "Upah", "amount": 1_000, "from": "1101"}]},
    )  # fmt: skip
    batch = found["S1"]
    assert (batch.sown, batch.ready, batch.lost, batch.destroyed, batch.left) == tuple(
        number * UNIT for number in (100, 40, 8, 4, 48)
    )
    assert batch.dead == 12 * UNIT
    assert batch.stage(batch.since) is Stage.NURSING, "it gave some"
    assert [found["S1"].tended, found["S2"].tended] == [False, True]
    assert replace(batch, ready=0).stage(batch.since) is Stage.SOWN
    assert found["S2"].stage(found["S2"].since) is Stage.NURSING, "it was tended"


def test_a_lot_is_called_by_the_first_letters_of_its_goods(book_of: Callable[..., Book]) -> None:
    names = {"Keripik bayam 100 g": "KB", "sambal": "SA", "100 Telur asin": "TA", "9": "L"}
    items = [seedling(f"i{n}", name) for n, name in enumerate(names)]
    book = book_of(opening(a1101=1_000_000), *items)
    found = [book.read(next_lot, f"i{n}", date(2026, 6, 8)) for n in range(len(names))]
    assert found == [f"{letters}-0608" for letters in names.values()]
