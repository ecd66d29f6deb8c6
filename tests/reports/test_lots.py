"""Lots, and where they come from and go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.reports.model import Report, Row, RowKind

from .figures import cell, opening, report
from .trade import ITEMS, buy, make, market, sell, send, settle, undo

BookOf = Callable[..., Book]


def directions(found: Report) -> tuple[list[Row], list[Row]]:
    heads = [n for n, row in enumerate(found.rows) if row.kind is RowKind.SECTION]
    assert [found.rows[n].code for n in heads] == ["back", "forward"]
    return list(found.rows[1 : heads[1]]), list(found.rows[heads[1] + 1 :])


def season() -> list[dict[str, Any]]:
    """Seed to seedlings to a bed to greens to chips, and what became of the chips."""
    return [
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "benih", 100, 20_000, lot="BN-1"),
        buy("2026-01-02", "pupuk", 10, 50_000, lot="PK-1"),
        {"kind": "sowing", "date": "2026-01-03", "batch": "SM-1", "item": "bibit", "qty": 100,
         "inputs": [{"item": "benih", "qty": 100}]},
        {"kind": "tending", "date": "2026-01-10", "batch": "SM-1",
         "inputs": [{"item": "pupuk", "qty": 2}],
         "costs": [{"label": "Upah siram", "amount": 5_000, "from": "1101"}]},
        {"kind": "seedlings_ready", "date": "2026-01-25", "batch": "SM-1", "ready": 80, "lost": 20},
        {"kind": "tending", "date": "2026-01-26", "bed": "B1",
         "seedlings": [{"item": "bibit", "qty": 60}]},
        {"kind": "harvest", "date": "2026-03-01", "bed": "B1", "item": "sayur", "qty": 5},
        make("2026-03-02", 40, [{"item": "sayur", "qty": 5}], lot="KB-1"),
        send("2026-03-03", "siti", "keripik", 10),
        settle("2026-03-10", "siti", {"item": "keripik", "sold": 6, "returned": 1, "spoiled": 1},
               received={"1101": 60_000}),
        market("2026-03-11", 200_000, {"item": "keripik", "taken": 22, "sold": 20, "sampled": 2}),
        sell("2026-03-12", "keripik", 3, party="rina"),
    ]  # fmt: skip


def test_back_to_the_seed(book_of: BookOf) -> None:
    back, _ = directions(report(book_of(*season()), "lots", lot="KB-1"))
    bought = [row for row in back if row.level == 7]
    assert {row.cells[5] for row in bought} == {"BN-1", "PK-1"}
    levels = {row.cells[5]: row.level for row in back if row.cells[0] == "bahan"}
    harvested = back[1].code
    assert levels == {harvested: 2, "SM-1": 4, "BN-1": 6, "PK-1": 6}
    quantities = {row.cells[5]: row.cells[8] for row in back if row.cells[0] == "bahan"}
    assert quantities == {harvested: 5_000, "SM-1": 60_000, "BN-1": 100_000, "PK-1": 2_000}
    costs = [(row.label, row.cells[10]) for row in back if row.cells[0] == "biaya"]
    assert costs == [("Upah siram", 5_000)]
    came, took = (
        {row.cells[5]: (row.cells[8], row.cells[10]) for row in back if row.cells[0] == what}
        for what in ("asal", "bahan")
    )
    grown = 20_000 + 2 * 5_000 + 5_000  # seeds, two of ten kilograms, a wage
    assert came == {
        "KB-1": (40_000, 20_000), harvested: (5_000, 20_000), "SM-1": (80_000, grown),
        "BN-1": (100_000, 20_000), "PK-1": (10_000, 50_000),
    }  # fmt: skip
    assert took == {
        harvested: (5_000, 20_000), "SM-1": (60_000, grown * 60 // 80),
        "BN-1": (100_000, 20_000), "PK-1": (2_000, 10_000),
    }  # fmt: skip


def test_forward_to_the_buyers(book_of: BookOf) -> None:
    book = book_of(*season())
    _, forward = directions(report(book, "lots", lot="KB-1"))
    assert [(row.cells[0], row.cells[6], row.cells[8]) for row in forward] == [
        ("dititipkan", "shop:siti", 10_000),
        ("laku", "shop:siti", 6_000),
        ("rusak", "shop:siti", 1_000),
        ("retur", "shop:siti", 1_000),
        ("laku", "store", 20_000),
        ("dicicipi", "store", 2_000),
        ("laku", "store", 3_000),
        ("sisa", "store", 6_000),
        ("sisa", "shop:siti", 2_000),
    ]
    seed = report(book, "lots", lot="BN-1")
    became = [(row.cells[5], row.level) for row in directions(seed)[1] if row.cells[0] == "menjadi"]
    assert [lot for lot, _ in became][::2] == ["SM-1", "KB-1"]
    assert [level for _, level in became] == [2, 4, 6]


def test_what_a_count_misses_is_named(book_of: BookOf) -> None:
    count = {"kind": "stock_count", "date": "2026-03-13", "place": "store",
             "lines": [{"item": "keripik", "counted": 4}]}  # fmt: skip
    _, forward = directions(report(book_of(*season(), count), "lots", lot="KB-1"))
    assert ("kurang saat dihitung", 2_000) in {(row.cells[0], row.cells[8]) for row in forward}


def test_what_was_undone_leaves_no_trace(book_of: BookOf) -> None:
    wrong = {**sell("2026-03-13", "keripik", 2, party="rina"), "id": "wrong"}
    plain = book_of(*season())
    mended = book_of(*season(), wrong, undo("2026-03-14", "wrong"))
    traces = [report(book, "lots", lot="KB-1").rows for book in (plain, mended)]
    assert traces[0] == traces[1]


def test_a_lot_that_fed_its_own_bed_ends(book_of: BookOf) -> None:
    """Compost: greens dug into the bed they came from."""
    compost = {"kind": "tending", "date": "2026-03-03", "bed": "B1",
               "inputs": [{"item": "sayur", "qty": 1}]}  # fmt: skip
    harvest = {"kind": "harvest", "date": "2026-04-01", "bed": "B1", "item": "sayur", "qty": 5}
    book = book_of(*season()[:-5], harvest, compost, harvest, compost, harvest)
    register = report(book, "lots", item="sayur")
    lots = [row.code for row in register.rows if row.kind is RowKind.LINE]
    traces = [report(book, "lots", item="sayur", lot=lot).rows for lot in lots]
    assert max(map(len, traces)) < 60
    assert "B1 (lihat di atas)" in [row.label for row in traces[0]]


def test_a_month_knows_nothing_of_the_next(book_of: BookOf) -> None:
    used = [
        {"kind": "tending", "date": day, "bed": "B1",
         "inputs": [{"item": "pupuk", "qty": month}]}
        for month, day in ((1, "2026-01-31"), (2, "2026-02-28"))
    ]  # fmt: skip
    bought = buy("2026-01-02", "pupuk", 10, 50_000, lot="PK-1")
    book = book_of(opening(a1101=1_000_000), *ITEMS, bought, *used)
    for month, left in (("2026-01", 9_000), ("2026-02", 7_000)):
        found = report(book, "lots", month)
        figures = [cell(found, "PK-1", key) for key in ("made", "used", "left", "value")]
        assert figures == [10_000, 10_000 - left, left, 5 * left]


def test_two_beds_of_one_name_are_told_apart(book_of: BookOf) -> None:
    """What was put into the first came to nothing in the second, and the other way round."""
    harvest = {"kind": "harvest", "bed": "B1", "item": "sayur"}

    def tend(day: str, label: str) -> dict[str, Any]:
        return {"kind": "tending", "date": day, "bed": "B1",
                "inputs": [{"item": "pupuk", "qty": 1}],
                "costs": [{"label": label, "amount": 1_000, "from": "1101"}]}  # fmt: skip

    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "pupuk", 1, 5_000, lot="PK-1"),
        tend("2026-01-05", "Upah satu"),
        {**harvest, "date": "2026-01-20", "qty": 2},
        {"kind": "planting_end", "date": "2026-02-01", "bed": "B1"},
        buy("2026-02-02", "pupuk", 1, 6_000, lot="PK-2"),
        tend("2026-02-03", "Upah dua"),
        {**harvest, "date": "2026-02-20", "qty": 3},
    )  # fmt: skip
    register = report(book, "lots", item="sayur")
    greens = sorted(
        (cell(register, code, "received"), code)
        for code in (row.code for row in register.rows if row.kind is RowKind.LINE)
    )
    told = zip(greens, ("PK-1", "PK-2"), ("Upah satu", "Upah dua"), strict=True)
    for (_, lot), manure, wage in told:
        back, _ = directions(report(book, "lots", lot=lot))
        assert [row.label for row in back if row.cells[0] == "biaya"] == [wage]
        assert {row.cells[5] for row in back if row.cells[0] == "bahan"} == {manure}
        _, forward = directions(report(book, "lots", lot=manure))
        assert [row.cells[5] for row in forward if row.cells[0] == "menjadi"] == [lot]


def test_a_bed_that_was_brought_back_is_not_the_one_that_bore_its_name_meanwhile(
    book_of: BookOf,
) -> None:
    tend = {"kind": "tending", "bed": "B1"}
    wages = [
        {**tend, "date": f"2026-01-{day:02}",
         "costs": [{"label": label, "amount": 4_000, "from": "1101"}]}
        for day, label in ((5, "Upah satu"), (12, "Upah dua"))
    ]  # fmt: skip
    ends = [{"kind": "planting_end", "date": f"2026-01-{day}", "bed": "B1"} for day in (10, 15)]
    harvest = {"kind": "harvest", "date": "2026-01-20", "bed": "B1", "item": "sayur", "qty": 1}
    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        wages[0], {**ends[0], "id": "selesai"}, wages[1], ends[1],
        undo("2026-01-16", "selesai"), harvest,
    )  # fmt: skip
    (lot,) = (row.code for row in report(book, "lots", item="sayur").rows if row.code != "total")
    back, _ = directions(report(book, "lots", item="sayur", lot=lot))
    assert [row.label for row in back if row.cells[0] == "biaya"] == ["Upah satu"]


def test_what_is_reached_twice_is_told_once(book_of: BookOf) -> None:
    """Greens went into two lots of chips, one of which went into the other. Another lot of the
    same name has a trace of its own.
    """
    greens, first = {"item": "sayur", "qty": 1}, {"item": "keripik", "qty": 2}
    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "sayur", 4, 40_000, lot="X"),
        buy("2026-01-02", "pupuk", 4, 40_000, lot="X"),
        make("2026-01-03", 5, [greens], lot="K-1"),
        make("2026-01-04", 5, [first, greens], lot="K-2"),
    )  # fmt: skip
    _, forward = directions(report(book, "lots", item="sayur", lot="X"))
    told = [(row.level, row.cells[0], row.cells[5], row.cells[8]) for row in forward]
    again = [row.cells[5] for row in forward if row.label.endswith("(lihat di atas)")]
    assert told == [
        (1, "dipakai", "X", 1_000),
        (2, "menjadi", "K-1", 5_000),
        (3, "dipakai", "K-1", 2_000),
        (4, "menjadi", "K-2", 5_000),
        (5, "sisa", "K-2", 5_000),
        (3, "sisa", "K-1", 3_000),
        (1, "dipakai", "X", 1_000),
        (2, "menjadi", "K-2", 5_000),
        (1, "sisa", "X", 2_000),
    ]
    assert again == ["K-2"]
    back, _ = directions(report(book, "lots", item="keripik", lot="K-2"))
    assert [(row.level, row.cells[0], row.cells[5]) for row in back] == [
        (1, "asal", "K-2"),
        (2, "bahan", "K-1"), (3, "asal", "K-1"), (4, "bahan", "X"), (5, "asal", "X"),
        (2, "bahan", "X"),
    ]  # fmt: skip
    assert [row.cells[5] for row in back if row.label.endswith("(lihat di atas)")] == ["X"]


def test_what_a_bed_was_given_comes_to_the_harvests_after_it(book_of: BookOf) -> None:
    manure = {"kind": "tending", "bed": "B1", "inputs": [{"item": "pupuk", "qty": 1}]}
    harvest = {"kind": "harvest", "bed": "B1", "item": "sayur", "qty": 1}
    begun = {"kind": "tending", "date": "2026-01-03", "bed": "B1",
             "costs": [{"label": "Upah", "amount": 9_000, "from": "1101"}]}  # fmt: skip
    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "pupuk", 4, 40_000, lot="P"), begun,
        {**harvest, "date": "2026-01-04"},
        {**manure, "date": "2026-01-05"}, {**manure, "date": "2026-01-06"},
        {**harvest, "date": "2026-01-07"},
    )  # fmt: skip
    _, forward = directions(report(book, "lots", item="pupuk", lot="P"))
    became = [row for row in forward if row.cells[0] == "menjadi"]
    made = [(row.cells[1], row.cells[8], row.cells[10]) for row in became]
    assert made == [(date(2026, 1, 7), 1_000, 4_000), (None, None, 0)]
    assert [row.label.endswith("(lihat di atas)") for row in became] == [False, True]


def test_people_read_names_of_goods_and_places_not_their_codes(sample_book: Book) -> None:
    trace = report(sample_book, "lots", "2026-06", item="keripik-bayam", lot="KB-0608")
    nursery = report(sample_book, "nursery", "2026-06")
    codes = [each.key for found in (trace, nursery) for each in found.columns if each.printed]
    assert {"item", "place"}.isdisjoint(codes)
    at = {each.key: place for place, each in enumerate(trace.columns)}
    left = trace.rows[-1].cells
    assert left[at["item_name"]] == "Keripik bayam 100 g"
    assert left[at["place_name"]] == "Warung Pak Joko"
    beds = {row.cells[at["place"]]: row.cells[at["place_name"]] for row in trace.rows}
    assert beds["bed:kebun"] == "kebun"


def test_the_register_of_a_month(sample_book: Book) -> None:
    found = report(sample_book, "lots", "2026-06", item="keripik-bayam")
    assert [row.code for row in found.rows] == ["KB-2605", "KB-0608", "total"]
    figures = [cell(found, "KB-0608", key) for key in ("made", "sold", "given", "spoiled", "left")]
    assert figures == [40_000, 36_000, 1_000, 1_000, 2_000]
    assert cell(found, "KB-0608", "days_left") == 53
    assert cell(found, "total", "value") == 12_700


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"lot": "KB-9999"}, "unknown-lot"),
        ({"lot": "KB-0608", "item": "keripik-pare"}, "unknown-lot"),
        ({"lot": "260601-45"}, "which-item"),
        ({"item": "emas"}, "unknown-item"),
    ],
)
def test_what_is_not_known_is_refused(
    sample_book: Book, asked: dict[str, str], refusal: str
) -> None:
    with pytest.raises(RuleError) as refused:
        report(sample_book, "lots", **asked)
    assert refused.value.code == refusal
