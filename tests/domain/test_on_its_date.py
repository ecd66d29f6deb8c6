"""What is taken was there on its date, and on every day since (STREAM.md, stock)."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.domain.errors import InvalidDocument
from kwt_books.domain.posting import held_back
from kwt_books.store.file import BookFile
from tests.domain.conftest import Desk
from tests.domain.examples import Line, cost, goods, on


def bought(day: int | str, qty: object, amount: int = 1_000, **more: Any) -> Line:
    return on("purchase", day, paid_from="1101", lines=[goods("daun", qty, amount=amount, **more)])


def shared(day: int | str, qty: object, code: str = "daun") -> Line:
    return on("distribution", day, lines=[goods(code, qty)])


def undo(of: str, day: int | str) -> Line:
    return on("correction", day, of=of, reason="Salah catat")


def available(desk: Desk, line: Line) -> object:
    (issue,) = desk.issues(line)
    assert issue.code == "insufficient-stock"
    return issue.params["available"]


# -- stock ------------------------------------------------------------------------------------


def test_what_is_used_later_was_not_free_before(desk: Desk) -> None:
    """Ten come in on the 5th, eight go on the 20th: on the 10th two can be taken."""
    desk.record(bought(5, 10))
    desk.record(shared(20, 8))
    assert available(desk, shared(10, 3)) == 2_000
    desk.record(shared(10, 2))
    assert available(desk, shared(25, 1)) == 0


def test_what_comes_back_later_is_free_from_then_on(desk: Desk) -> None:
    desk.record(bought(5, 10, lot="D1"))
    desk.record(on("consignment", 6, shop="siti", lines=[goods("daun", 7)]))
    desk.record(on("consignment_settlement", 20, shop="siti",
                   lines=[{"item": "daun", "sold": 0, "returned": 7}]))  # fmt: skip
    assert available(desk, shared(19, 4)) == 3_000
    desk.record(shared(20, 10))
    assert desk.standing("daun") == (0, 0)


def test_a_layer_that_offers_less_is_used_as_far_as_it_offers(desk: Desk) -> None:
    """Of the older lot four are taken later; what is missing comes from the younger one."""
    desk.record(bought(3, 6, 6_000, lot="A"))
    desk.record(bought(4, 6, 12_000, lot="B"))
    desk.record(shared(20, 4))
    entry = desk.entry(shared(10, 5))
    assert [(move.lot, move.quantity, move.value) for move in entry.moves] == [
        ("A", -2_000, -2_000), ("B", -3_000, -6_000),
    ]  # fmt: skip


def test_the_cost_is_that_of_the_whole_layer_now(desk: Desk) -> None:
    """A layer of 10 worth 1.000 that lost 8 worth 800 holds 2 worth 200, whatever the date."""
    desk.record(bought(5, "3.5", 1_001, lot="A"))
    desk.record(shared(20, "1.7"))
    _, left = desk.standing("daun")
    (move,) = desk.entry(shared(10, "0.9")).moves
    assert -move.value == (2 * left * 900 + 1_800) // (2 * 1_800)


def test_lots_that_came_in_later_offer_nothing_even_joined_before(desk: Desk) -> None:
    """A batch's lot is dated by its first ready plants; earlier ones that join it wait for it."""
    desk.record(on("seedlings_ready", 9, batch="SM-1", ready=50))
    desk.record(on("seedlings_ready", 4, batch="SM-1", ready=20))
    assert available(desk, shared(8, 11, "bibit")) == 10_000, "those of the opening"
    desk.record(shared(9, 80, "bibit"))


def test_goods_are_told_how_many_there_are_now(desk: Desk) -> None:
    desk.record(bought(20, 5))
    (issue,) = desk.issues(shared(10, 2))
    assert (issue.params["available"], issue.params["now"]) == (0, 5_000)


def test_a_correction_leaves_nothing_below_zero_on_a_day(desk: Desk) -> None:
    """Both lots were bought; the younger one's place was taken by goods given back later."""
    number = desk.record(bought(5, 10, lot="D1")).number or ""
    used = desk.record(shared(8, 6)).number or ""
    desk.record(undo(used, 20))
    (issue,) = desk.issues(undo(number, 8))
    assert (issue.field, issue.code) == ("of", "stock-used")
    (issue,) = desk.issues(undo(number, 19))
    assert issue.code == "stock-used"
    desk.record(undo(number, 20))


def test_a_shop_holds_goods_from_the_day_they_came(desk: Desk) -> None:
    desk.record(on("consignment", 10, shop="joko", lines=[goods("keripik", 5)]))
    sold = {"item": "keripik", "sold": 2}
    line = on("consignment_settlement", 9, shop="joko", lines=[sold])
    assert available(desk, line) == 0
    desk.record(line | {"date": "2026-06-10"})


# -- counts -----------------------------------------------------------------------------------


def counted(day: int, qty: object, code: str = "daun", place: str = "store") -> Line:
    return on("stock_count", day, place=place, lines=[{"item": code, "counted": qty}])


def test_a_count_is_held_against_its_own_day(desk: Desk) -> None:
    desk.record(bought(5, 10))
    desk.record(shared(20, 4))
    assert desk.posted(counted(10, 10)) == {}
    assert desk.posted(counted(20, 6)) == {}
    assert desk.posted(counted(4, 0)) == {}


def test_a_count_of_a_day_before_takes_no_more_than_is_free_since(desk: Desk) -> None:
    desk.record(bought(5, 10))
    desk.record(shared(20, 8))
    (issue,) = desk.issues(counted(10, 7))
    assert (issue.code, issue.field) == ("insufficient-stock", "lines.0.counted")
    assert desk.posted(counted(10, 8)) == {"5105": 200, "1125": -200}


def test_goods_found_are_worth_what_stands_there_now(desk: Desk) -> None:
    desk.record(bought(5, 4, 4_000))
    desk.record(bought(20, 2, 6_000))
    assert desk.posted(counted(10, 5)) == {"1125": 3_000, "7102": -3_000}
    lots = desk.rows("SELECT received, expires FROM lot ORDER BY ordinal DESC LIMIT 1")
    assert lots == [("2026-06-10", None)]


def test_a_layer_used_up_since_still_counts_on_its_day(desk: Desk) -> None:
    desk.record(bought(5, 4, 4_000))
    desk.record(shared(20, 4))
    assert desk.posted(counted(10, 5)) == {}, "found goods are worth nothing where none stand"
    assert desk.standing("daun") == (1_000, 0)


# -- plants and assets ------------------------------------------------------------------------

UNTOUCHED = [
    on("tending", 4, batch="SM-9", costs=[cost(5)]),
    on("seedlings_ready", 4, batch="SM-9", ready=1),
    on("tending", 4, bed="baru", costs=[cost(5)]),
    on("harvest", 4, bed="baru", item="sayur", qty=1),
    on("planting_end", 4, bed="baru"),
]


@pytest.mark.parametrize("line", UNTOUCHED, ids=lambda line: line["kind"])
def test_plants_are_not_touched_before_they_were_made(desk: Desk, line: Line) -> None:
    desk.record(on("sowing", 5, batch="SM-9", item="bibit", qty=10))
    desk.record(on("tending", 5, bed="baru", costs=[cost(50_000)]))
    (issue,) = desk.issues(line)
    assert (issue.field, issue.code) == ("date", "plants-made-later")
    desk.record(line | {"date": "2026-06-05"})


def test_assets_are_not_given_up_before_they_were_there(desk: Desk) -> None:
    desk.record(on("asset_acquisition", 5, code="BL", name="Blender", account="1203",
                   cost=60_000, life_months=24, paid_from="1101"))  # fmt: skip
    (issue,) = desk.issues(on("asset_disposal", 4, code="BL"))
    assert (issue.field, issue.code) == ("date", "asset-made-later")
    (issue,) = desk.issues(on("asset_disposal", "2026-05-31", code="RB-1"))
    assert issue.code == "asset-made-later", "the opening brought it, however old it is"
    desk.record(on("asset_disposal", 5, code="BL"))


def test_depreciation_passes_over_what_was_not_there_yet(desk: Desk) -> None:
    assert desk.posted({"kind": "depreciation", "month": "2026-05"}) == {}
    assert desk.posted({"kind": "depreciation", "month": "2026-06"}) != {}


# -- for all books ----------------------------------------------------------------------------


@given(
    st.integers(0, 50),
    st.dictionaries(st.sampled_from([f"2026-06-{day:02}" for day in range(1, 31)]),
                    st.integers(-20, 20), max_size=6),
)  # fmt: skip
def test_what_is_held_back_is_what_some_day_lacked(held: int, later: dict[str, int]) -> None:
    """Counted day by day: the least from the day on is what it holds less what is held back."""
    days = sorted(later)
    at_the_end = [held - sum(later[day] for day in days[place:]) for place in range(len(days) + 1)]
    assert held - held_back(later) == min(at_the_end)


DAYS = st.integers(1, 28)
PARTS = st.integers(1, 9_000).map(lambda part: f"{part / 1000:.3f}")
SETTLED = st.builds(
    lambda sold, returned: [{"item": "daun", "sold": sold, "returned": returned, "price": 900}],
    PARTS,
    PARTS,
)
OFFERED = st.one_of(
    st.builds(bought, DAYS, PARTS, st.integers(1, 10**6)),
    st.builds(shared, DAYS, PARTS),
    st.builds(lambda day, qty: on("consignment", day, shop="siti", lines=[goods("daun", qty)]),
              DAYS, PARTS),
    st.builds(lambda day, lines: on("consignment_settlement", day, shop="siti", lines=lines),
              DAYS, SETTLED),
    st.builds(lambda day, qty, at: counted(day, qty, place=at), DAYS, PARTS,
              st.sampled_from(["store", "shop:siti"])),
)  # fmt: skip
UNDONE = st.tuples(st.integers(0, 30), st.integers(0, 9))
"""Which document is corrected, and how many days after its date."""

BELOW = (
    "SELECT * FROM (SELECT item, place, lot, date, sum(moved) OVER"
    " (PARTITION BY item, place, lot ORDER BY date) AS stood FROM"
    " (SELECT item, place, lot, date, sum(quantity) AS moved FROM move WHERE lot <> ''"
    " GROUP BY 1, 2, 3, 4)) WHERE stood < 0"
)
"""Layers that stood below zero at the end of a day."""


class Enough(Exception):  # noqa: N818 - nothing went wrong
    """What was recorded is thrown away."""


@given(st.lists(OFFERED | UNDONE, max_size=25))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_stock_card_ever_shows_less_than_nothing(
    base_path: Path, offered: list[Line | tuple[int, int]]
) -> None:
    """Documents of one month in any order, some corrected, each taken or refused."""
    file, recorded = BookFile.open(base_path), []
    with suppress(Enough), closing(file), file.state(write=True) as state:
        desk = Desk(state)
        for each in offered:
            line = each if isinstance(each, dict) else None
            if isinstance(each, tuple) and each[0] < len(recorded):
                number, day = recorded[each[0]]
                line = undo(number, min(28, day + each[1]))
            if line is None:
                continue
            try:
                number = desk.record(line).number or ""
            except InvalidDocument:
                continue
            recorded.append((number, int(line["date"][-2:])))
            assert desk.rows(BELOW) == [], line
            assert desk.rows("SELECT * FROM layer WHERE quantity <= 0 OR value < 0") == []
        of_goods = {f"11{code}" for code in range(21, 31)} - {"1123"}
        balances = dict(desk.rows("SELECT account, sum(debit - credit) FROM balance GROUP BY 1"))
        worth = desk.rows("SELECT sum(value) FROM layer")[0][0]
        assert worth == sum(balances.get(code, 0) for code in of_goods)
        raise Enough
