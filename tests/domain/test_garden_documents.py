"""Batches and beds: sown, tended, made ready, harvested, ended (STREAM.md, documents)."""

from __future__ import annotations

import pytest

from kwt_books.domain.posting import BATCH, BED, Growing
from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, Line, cost, goods, on
from tests.domain.test_goods_documents import share


def plants(desk: Desk, place: str) -> Growing:
    found = desk.state.growing(place)
    assert found is not None
    return found


def held(desk: Desk, place: str) -> tuple[int, int]:
    there = plants(desk, place)
    return there.quantity, there.value


def test_sowing_makes_a_batch_of_what_it_used(desk: Desk) -> None:
    seeds, fertiliser = share(60_000, 100, 400), share(100_000, 1, 20)
    assert desk.posted(NEXT["sowing"][0]) == {
        "1123": seeds + fertiliser + 25_000, "1121": -seeds, "1122": -fertiliser, "1101": -25_000,
    }  # fmt: skip
    assert held(desk, "batch:SM-2") == (300_000, seeds + fertiliser + 25_000)


def test_sowing_without_cost_is_recorded(desk: Desk) -> None:
    entry = desk.entry(on("sowing", 5, batch="SM-2", item="bibit", qty=5))
    assert (entry.postings, entry.number) == ((), "BM-2606-0001")
    assert held(desk, "batch:SM-2") == (5_000, 0)


def test_a_batch_is_of_seedlings_and_has_a_name_of_its_own(desk: Desk) -> None:
    assert desk.codes(NEXT["sowing"][0] | {"item": "sayur"}) == {"wrong-class"}
    assert desk.codes(NEXT["sowing"][0] | {"batch": "SM-1"}) == {"batch-exists"}


def test_tending_adds_to_a_batch(desk: Desk) -> None:
    line = on("tending", 5, batch="SM-1", inputs=[goods("pupuk", 2)])
    assert desk.posted(line) == {"1123": 10_000, "1122": -10_000}
    assert held(desk, "batch:SM-1") == (130_000, 140_000)
    assert desk.codes(line | {"batch": "SM-9"}) == {"unknown-batch"}


def test_a_new_bed_is_made_by_its_first_tending(desk: Desk) -> None:
    seedlings = share(20_000, 4, 10)
    assert desk.posted(NEXT["tending"][0]) == {
        "1123": seedlings + 2_500 + 10_000, "1124": -seedlings, "1122": -2_500, "1103": -10_000,
    }  # fmt: skip
    assert held(desk, "bed:sudut") == (0, seedlings + 12_500)
    desk.record(on("tending", 6, bed="sudut", costs=[cost(500)]))
    assert held(desk, "bed:sudut") == (0, seedlings + 13_000)


def test_tending_is_of_a_batch_or_a_bed_and_costs_something(desk: Desk) -> None:
    both = {"batch": "SM-1", "bed": "kebun"}
    assert desk.codes(on("tending", 5, costs=[cost(5)])) == {"batch-or-bed"}
    assert desk.codes(on("tending", 5, costs=[cost(5)]) | both) == {"batch-or-bed"}
    assert desk.codes(on("tending", 5, bed="kebun")) == {"records-nothing"}
    assert desk.codes(on("tending", 5, bed="baru")) == {"records-nothing"}
    assert desk.state.growing("bed:baru") is None


@pytest.mark.parametrize(
    ("ready", "lost", "destroyed"),
    [(100, 10, 7), (130, 0, 0), (1, 0, 0), (0, 30, 0), (0, 0, 130), (60, 70, 0), (3, 3, 100),
     (0, 129, 1)],
)  # fmt: skip
def test_plants_leave_with_their_share_of_the_batch(
    desk: Desk, ready: int, lost: int, destroyed: int
) -> None:
    """First the destroyed at their share; then ready and lost, all of it on the ready ones."""
    desk.record(on("tending", 4, batch="SM-1", costs=[cost(1_009)]))
    gone = share(131_009, destroyed, 130)
    left, remaining = 131_009 - gone, 130 - destroyed
    carried = share(left, ready + lost, remaining) if ready + lost else 0
    line = on("seedlings_ready", 5, batch="SM-1", ready=ready, lost=lost, destroyed=destroyed)
    spoiled = gone + (0 if ready else carried)
    expected = {
        "5105": spoiled, "1124": carried if ready else 0, "1123": -gone - carried,
    }  # fmt: skip
    assert desk.posted(line) == {account: each for account, each in expected.items() if each}
    assert held(desk, "batch:SM-1") == (
        1000 * (130 - ready - lost - destroyed), 131_009 - gone - carried,
    )  # fmt: skip
    lot = desk.stock().get(("bibit", "store", "SM-1"))
    assert lot == ((1000 * ready, carried) if ready else None)


def test_more_plants_than_a_batch_has_are_refused(desk: Desk) -> None:
    line = on("seedlings_ready", 5, batch="SM-1", ready=100, lost=30, destroyed="0.001")
    (issue,) = desk.issues(line)
    assert (issue.code, dict(issue.params)) == (
        "too-many-plants", {"batch": "SM-1", "wanted": 130_001, "available": 130_000},
    )  # fmt: skip
    assert desk.codes(line | {"batch": "SM-9"}) == {"unknown-batch"}
    nothing = on("seedlings_ready", 5, batch="SM-1", ready=0)
    assert desk.codes(nothing) == {"records-nothing"}


def test_a_finished_batch_takes_nothing_more_and_keeps_its_name(desk: Desk) -> None:
    desk.record(on("seedlings_ready", 5, batch="SM-1", ready=130))
    assert desk.codes(on("tending", 6, batch="SM-1", costs=[cost(5)])) == {"batch-finished"}
    assert desk.codes(on("seedlings_ready", 6, batch="SM-1", ready=1)) == {"batch-finished"}
    assert desk.codes(NEXT["sowing"][0] | {"batch": "SM-1"}) == {"batch-exists"}


def test_a_batch_has_one_lot_dated_by_its_first_ready_plants(desk: Desk) -> None:
    desk.record(on("seedlings_ready", 5, batch="SM-1", ready=0, lost=10))
    assert desk.state.lot("bibit", "SM-1") is None
    desk.record(on("seedlings_ready", 8, batch="SM-1", ready=20))
    desk.record(on("distribution", 8, lines=[goods("bibit", 30)]))
    assert desk.standing("bibit") == (0, 0)
    desk.record(on("seedlings_ready", 7, batch="SM-1", ready=5))
    assert desk.rows("SELECT received FROM lot WHERE name = 'SM-1'") == [("2026-06-08",)]
    assert desk.stock()[("bibit", "store", "SM-1")][0] == 5_000


def test_a_lot_that_bears_a_batchs_name_already_is_in_its_way(desk: Desk) -> None:
    line = on("purchase", 5, paid_from="1101", lines=[goods("bibit", 1, amount=5, lot="SM-1")])
    desk.record(line)
    assert desk.codes(on("seedlings_ready", 5, batch="SM-1", ready=1)) == {"lot-exists"}


def harvest(qty: object, spoiled: object = 0, item: str = "sayur") -> Line:
    return on("harvest", 5, bed="kebun", item=item, qty=qty, spoiled=spoiled)


@pytest.mark.parametrize(
    ("qty", "spoiled"), [(20_000, 1_500), (333, 0), (1, 1), (50_000, 0), (40_000, 15_000)]
)
def test_a_harvest_takes_standard_cost_from_its_bed(desk: Desk, qty: int, spoiled: int) -> None:
    total = min(share(4_000, qty + spoiled, 1000), 200_000)
    waste = share(total, spoiled, qty + spoiled)
    line = harvest(f"{qty // 1000}.{qty % 1000:03}", f"{spoiled // 1000}.{spoiled % 1000:03}")
    expected = {"1125": total - waste, "5105": waste, "1123": -total}
    assert desk.posted(line) == {account: each for account, each in expected.items() if each}
    assert held(desk, "bed:kebun") == (0, 200_000 - total)


def test_a_bed_that_holds_nothing_gives_produce_at_nil_value(desk: Desk) -> None:
    desk.record(harvest(100))
    entry = desk.entry(harvest(3, 1))
    assert entry.postings == ()
    assert desk.standing("sayur") == (113_500, 241_001)
    desk.record(harvest(3, item="daun"))
    assert desk.standing("daun") == (3_000, 0)


def test_only_produce_is_harvested_from_beds_that_stand(desk: Desk) -> None:
    assert desk.codes(harvest(1, item="bibit")) == {"wrong-class"}
    assert desk.codes(harvest(1) | {"bed": "sudut"}) == {"unknown-bed"}
    assert desk.codes(on("planting_end", 5, bed="sudut")) == {"unknown-bed"}


def test_the_end_of_a_planting_costs_what_the_bed_still_holds(desk: Desk) -> None:
    assert desk.posted(NEXT["planting_end"][0]) == {"5101": 200_000, "1123": -200_000}
    assert desk.codes(harvest(1)) == {"unknown-bed"}
    assert desk.codes(NEXT["planting_end"][0]) == {"unknown-bed"}
    desk.record(on("tending", 6, bed="kebun", costs=[cost(700)]))
    assert held(desk, BED + "kebun") == (0, 700)


def test_the_end_of_an_empty_bed_is_recorded(desk: Desk) -> None:
    desk.record(harvest(100))
    entry = desk.entry(NEXT["planting_end"][0])
    assert (entry.postings, entry.number) == ((), "BM-2606-0002")


def test_growing_plants_equal_their_account(desk: Desk) -> None:
    for kind in ("sowing", "tending", "seedlings_ready", "harvest", "planting_end"):
        desk.record(NEXT[kind][0])
        places = ("batch:SM-1", "batch:SM-2", "bed:kebun", "bed:sudut")
        there = [desk.state.growing(place) for place in places]
        assert sum(each.value for each in there if each) == desk.balance("1123")
    assert BATCH == "batch:"
