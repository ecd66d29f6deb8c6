"""A correction undoes its document exactly, and is refused where something was built upon it."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest

from kwt_books.domain.errors import InvalidDocument
from kwt_books.domain.facts import Later
from kwt_books.domain.kinds import is_correctable
from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, SETUP_KINDS, Line, cost, goods, on
from tests.domain.test_garden_documents import held
from tests.domain.test_goods_documents import share
from tests.oracle.streams import random_stream

CORRECTABLE = [
    kind
    for kind in NEXT
    if is_correctable(kind) and kind not in SETUP_KINDS | {"register", "bank_reconciliation"}
]  # fmt: skip


def undo(of: str, day: int | str = 30) -> Line:
    return on("correction", day, of=of, reason="Salah catat")


def in_the_way(desk: Desk, of: str) -> list[str]:
    """The documents that the refusal of undoing one names, in its order."""
    (issue,) = desk.issues(undo(of))
    later = issue.params["since"]
    assert isinstance(later, tuple)
    return [each.number for each in later]


def standing(desk: Desk) -> dict[str, Any]:
    """All that is kept, balances by what they come to."""
    kept: dict[str, Any] = desk.kept()
    del kept["voucher"]
    for table in ("programme", "saving"):
        kept[table] = [row for row in kept[table] if row[-1]]
    kept["balance"] = desk.rows(
        "SELECT account, month, closing, sum(debit - credit) FROM balance GROUP BY 1, 2, 3"
        " HAVING sum(debit - credit) <> 0 ORDER BY 1, 2, 3"
    )
    return kept


@pytest.mark.parametrize("kind", CORRECTABLE)
def test_a_correction_leaves_what_stood_before(desk: Desk, kind: str) -> None:
    for line in NEXT[kind][:-1]:
        desk.record(line)
    before = standing(desk)
    entry = desk.entry(NEXT[kind][-1])
    assert standing(desk) != before
    corrected = desk.entry(undo(entry.number or ""))
    assert standing(desk) == before
    negated = [posting._replace(amount=-posting.amount) for posting in entry.postings]
    assert list(corrected.postings) == negated
    opposite = {"BKM": "BKK", "BKK": "BKM", "BM": "BM"}
    assert (corrected.number or "").partition("-")[0] == opposite[
        (entry.number or "").partition("-")[0]
    ]
    (issue,) = desk.issues(undo(entry.number or ""))
    assert issue.code == "already-corrected"
    assert issue.params["by"] == corrected.number
    assert desk.codes(undo(corrected.number or "")) == {"not-correctable"}


@pytest.mark.parametrize("kind", CORRECTABLE)
def test_what_was_corrected_can_be_recorded_anew(desk: Desk, kind: str) -> None:
    for line in NEXT[kind][:-1]:
        desk.record(line)
    line = {key: value for key, value in NEXT[kind][-1].items() if key != "id"}
    first = desk.entry(line)
    desk.record(undo(first.number or "", str(first.date)))
    again = desk.entry(line)
    assert again.postings == first.postings
    assert [move[:2] for move in again.moves] == [move[:2] for move in first.moves]


@pytest.mark.parametrize("seed", range(6))
def test_a_document_of_any_stream_is_undone_at_once(empty_desk: Desk, seed: int) -> None:
    rng, undone = random.Random(seed), set()
    for text in random_stream(seed, 150, 3):
        kind = json.loads(text)["kind"]
        before = standing(empty_desk)
        try:
            recorded = empty_desk.record(text)
        except InvalidDocument:
            continue  # it built upon a document that is undone
        if not is_correctable(kind) or recorded.number is None or rng.random() < 0.5:
            continue
        after = standing(empty_desk)
        last = empty_desk.rows("SELECT date FROM document ORDER BY sequence DESC LIMIT 1")[0][0]
        if kind == "opening_balance":
            continue  # all that follows stands on it
        empty_desk.record(undo(recorded.number, last))
        assert standing(empty_desk) == before, text
        if after != before:
            undone.add(kind)
    assert len(undone) > 8


# -- what a correction names -------------------------------------------------------------------


def test_a_document_is_named_by_its_id_or_its_voucher(desk: Desk) -> None:
    pay = NEXT["correction"][0]
    desk.record(pay)
    assert desk.codes(undo("BKK-2606-0009")) == {"unknown-document"}
    assert desk.codes(undo("tidak ada")) == {"unknown-document"}
    desk.record(undo("BKK-2606-0001"))
    assert desk.codes(undo("bayar")) == {"already-corrected"}
    desk.record(pay | {"id": "BKK-2606-0001"})
    desk.record(undo("BKK-2606-0001"))
    assert desk.codes(undo("BKK-2606-0002")) == {"already-corrected"}


def test_closes_reopenings_and_attachments_are_not_corrected(desk: Desk) -> None:
    desk.record(NEXT["attachment"][0] | {"id": "foto"})
    desk.record({"kind": "month_close", "month": "2026-06", "id": "tutup"})
    desk.record({"kind": "month_reopen", "month": "2026-06", "reason": "x", "id": "buka"})
    for of in ("foto", "tutup", "buka"):
        assert desk.codes(undo(of)) == {"not-correctable"}


def test_a_correction_is_not_dated_before_its_document(desk: Desk) -> None:
    desk.record(NEXT["correction"][0])
    assert desk.codes(undo("bayar", 8)) == {"before-original"}
    desk.record(undo("bayar", 9))


def test_a_document_of_a_closed_month_is_corrected_in_an_open_one(desk: Desk) -> None:
    desk.record(NEXT["correction"][0])
    desk.record({"kind": "month_close", "month": "2026-06"})
    assert desk.codes(undo("bayar", 30)) == {"month-closed"}
    entry = desk.entry(undo("bayar", "2026-07-03"))
    assert entry.number == "BKM-2607-0001"
    dates = desk.rows(f"SELECT DISTINCT date FROM posting WHERE document = {entry.sequence}")
    assert dates == [("2026-07-03",)]


def test_a_correction_gives_back_what_a_fund_released(desk: Desk) -> None:
    number = desk.record(NEXT["payment"][0]).number or ""
    assert desk.balance("3201") == 0
    desk.record(undo(number))
    assert (desk.balance("3201"), desk.balance("3301")) == (-200_000, -500_000)


@pytest.mark.parametrize(
    "line",
    [
        on("stock_count", 5, place="store", lines=[{"item": "sayur", "counted": "10.5"}]),
        on("cash_count", 5, account="1101", counted=10**6),
        on("market_day", 5, venue="Outlet", received={},
           lines=[{"item": "sayur", "taken": 1, "sold": 0, "returned": 1}]),
        {"kind": "depreciation", "month": "2025-01"},
    ],
)  # fmt: skip
def test_what_posted_nothing_is_corrected_with_a_number(desk: Desk, line: Line) -> None:
    number = desk.record(line).number or ""
    entry = desk.entry(undo(number))
    assert (entry.postings, entry.moves) == ((), ())
    assert (entry.number or "").startswith("BM-2606-")
    assert desk.codes(undo(number)) == {"already-corrected"}


def test_what_only_made_or_ended_something_is_corrected(desk: Desk) -> None:
    sown = desk.record(on("sowing", 5, batch="SM-2", item="bibit", qty=5)).number or ""
    desk.record(on("harvest", 5, bed="kebun", item="sayur", qty=100))
    ended = desk.record(on("planting_end", 5, bed="kebun")).number or ""
    desk.record(undo(ended))
    desk.record(on("harvest", 5, bed="kebun", item="sayur", qty=1))
    desk.record(undo(sown))
    assert desk.state.growing("batch:SM-2") is None


# -- goods ------------------------------------------------------------------------------------


def numbered(desk: Desk, line: Line) -> str:
    return desk.record(line).number or ""


def bought(desk: Desk, qty: int = 4, amount: int = 8_000, lot: str = "D1") -> str:
    lines = [goods("daun", qty, amount=amount, lot=lot)]
    return numbered(desk, on("purchase", 5, paid_from="1101", lines=lines))


def given(desk: Desk, qty: object, code: str = "daun") -> str:
    return numbered(desk, on("distribution", 6, lines=[goods(code, qty)]))


def test_goods_that_were_used_hold_their_purchase(desk: Desk) -> None:
    purchase, used = bought(desk), given(desk, "0.001")
    (issue,) = desk.issues(undo(purchase))
    assert (issue.code, dict(issue.params)) == (
        "stock-used",
        {"item": "daun", "place": "store", "lot": "D1", "since": (Later(used, date(2026, 6, 6)),)},
    )
    again, other = given(desk, 1), bought(desk, lot="D2")
    rest, of_another_lot = given(desk, "2.999"), given(desk, 1)
    assert in_the_way(desk, other) == [of_another_lot]
    assert in_the_way(desk, purchase) == [rest, again, used]
    desk.record(undo(again))
    assert in_the_way(desk, purchase) == [rest, used]
    desk.record(undo(rest))
    desk.record(undo(used))
    desk.record(undo(purchase))
    assert desk.standing("daun") == (3_000, 6_000), "what is left of the other lot"


def test_goods_that_came_back_let_their_purchase_go(desk: Desk) -> None:
    purchase = bought(desk)
    desk.record(on("consignment", 6, shop="siti", lines=[goods("daun", 3)]))
    assert desk.codes(undo(purchase)) == {"stock-used"}
    line = on("consignment_settlement", 7, shop="siti",
              lines=[{"item": "daun", "sold": 0, "returned": 3}])  # fmt: skip
    desk.record(line)
    desk.record(undo(purchase))


def test_goods_that_were_sold_at_the_shop_hold_their_consignment(desk: Desk) -> None:
    consigned = numbered(desk, on("consignment", 5, shop="joko", lines=[goods("keripik", 8)]))
    sold = on("consignment_settlement", 6, shop="joko",
              lines=[{"item": "keripik", "sold": 1}])  # fmt: skip
    settled = numbered(desk, sold)
    (issue,) = desk.issues(undo(consigned))
    assert dict(issue.params) == {
        "item": "keripik", "place": "shop:joko", "lot": "K2",
        "since": (Later(settled, date(2026, 6, 6)),),
    }  # fmt: skip
    desk.record(undo(settled))
    desk.record(undo(consigned))


@pytest.mark.parametrize("undone", [0, 1], ids=["value without goods", "less than no value"])
def test_a_lot_is_not_left_with_a_value_and_no_goods(desk: Desk, undone: int) -> None:
    """The later plants are dearer: as many as one of the documents brought are left, at a mean."""
    first = numbered(desk, on("seedlings_ready", 5, batch="SM-1", ready=1))
    desk.record(on("tending", 5, batch="SM-1", costs=[cost(7_777)]))
    second = numbered(desk, on("seedlings_ready", 5, batch="SM-1", ready=2))
    given(desk, 12 - undone, "bibit")
    assert desk.standing("bibit")[0] == 1_000 * (1 + undone)
    assert desk.codes(undo((first, second)[undone])) == {"stock-used"}


@pytest.mark.parametrize("kind", ["harvest", "production", "grant"])
def test_lots_that_were_used_hold_what_made_them(desk: Desk, kind: str) -> None:
    line = {
        "harvest": on("harvest", 5, bed="kebun", item="daun", qty=3),
        "production": on("production", 5, item="sambal", qty=3, inputs=[goods("tepung", 1)]),
        "grant": on("grant", 5, account="3104", items=[goods("daun", 3, value=0)]),
    }[kind]
    number = numbered(desk, line)
    used = given(desk, 1, "sambal" if kind == "production" else "daun")
    assert desk.codes(undo(number)) == {"stock-used"}
    desk.record(undo(used))
    desk.record(undo(number))


def test_a_count_is_reversed_as_posted(desk: Desk) -> None:
    line = on("stock_count", 5, place="store", lines=[{"item": "sayur", "counted": 9}])
    short = share(41_001, 1_500, 10_500)
    number = numbered(desk, line)
    desk.record(on("distribution", 6, lines=[goods("sayur", 1)]))
    assert desk.posted(undo(number)) == {"5105": -short, "1125": short}
    counted = numbered(desk, on("cash_count", 5, account="1101", counted=5))
    desk.record(on("transfer", 5, from_="1103", to="1101", amount=100))
    assert desk.posted(undo(counted)) == {"1101": 999_995, "7202": -999_995}


def test_a_sale_is_undone_into_the_layers_it_came_from(desk: Desk) -> None:
    number = numbered(desk, NEXT["sale"][0])
    assert ("keripik", "store", "K2") not in desk.stock()
    desk.record(undo(number))
    assert desk.stock()[("keripik", "store", "K2")] == (8_000, 50_003)


# -- plants -----------------------------------------------------------------------------------


def test_a_batch_that_was_tended_holds_its_sowing(desk: Desk) -> None:
    sown = numbered(desk, NEXT["sowing"][0])
    tended = numbered(desk, on("tending", 6, batch="SM-2", costs=[cost(5)]))
    assert desk.codes(undo(sown)) == {"built-upon"}
    assert in_the_way(desk, sown) == [tended]
    desk.record(undo(tended))
    desk.record(undo(sown))
    assert desk.state.growing("batch:SM-2") is None
    assert desk.codes(on("tending", 7, batch="SM-2", costs=[cost(5)])) == {"unknown-batch"}
    desk.record(NEXT["sowing"][0])


def test_a_batch_that_was_made_ready_holds_its_sowing(desk: Desk) -> None:
    sown = numbered(desk, NEXT["sowing"][0])
    ready = numbered(desk, on("seedlings_ready", 6, batch="SM-2", ready=5))
    assert desk.codes(undo(sown)) == {"built-upon"}
    desk.record(undo(ready))
    desk.record(undo(sown))


def test_a_batch_has_its_plants_back(desk: Desk) -> None:
    ready = numbered(desk, on("seedlings_ready", 5, batch="SM-1", ready=100, lost=30))
    assert desk.codes(on("tending", 6, batch="SM-1", costs=[cost(5)])) == {"batch-finished"}
    desk.record(undo(ready))
    assert held(desk, "batch:SM-1") == (130_000, 130_000)
    desk.record(on("tending", 6, batch="SM-1", costs=[cost(5)]))


def test_seedlings_that_were_planted_hold_their_batch(desk: Desk) -> None:
    ready = numbered(desk, on("seedlings_ready", 5, batch="SM-1", ready=100))
    desk.record(on("tending", 6, bed="sudut", seedlings=[goods("bibit", 11)]))
    assert desk.codes(undo(ready)) == {"stock-used"}


def test_care_that_has_left_the_batch_is_not_undone(desk: Desk) -> None:
    tended = numbered(desk, on("tending", 5, batch="SM-1", costs=[cost(50_000)]))
    desk.record(on("seedlings_ready", 6, batch="SM-1", ready=120))
    assert desk.codes(undo(tended)) == {"built-upon"}


def test_a_bed_ceases_with_the_tending_that_made_it(desk: Desk) -> None:
    made = numbered(desk, NEXT["tending"][0])
    more = numbered(desk, on("tending", 6, bed="sudut", costs=[cost(5)]))
    assert desk.codes(undo(made)) == {"built-upon"}
    desk.record(undo(more))
    desk.record(undo(made))
    assert desk.codes(on("planting_end", 7, bed="sudut")) == {"unknown-bed"}


def test_an_ended_bed_is_back(desk: Desk) -> None:
    ended = numbered(desk, NEXT["planting_end"][0])
    desk.record(undo(ended))
    assert held(desk, "bed:kebun") == (0, 200_000)
    desk.record(on("harvest", 6, bed="kebun", item="sayur", qty=1))


def test_a_bed_is_not_back_while_another_bears_its_name(desk: Desk) -> None:
    ended = numbered(desk, NEXT["planting_end"][0])
    again = numbered(desk, on("tending", 6, bed="kebun", costs=[cost(700)]))
    assert desk.codes(undo(ended)) == {"built-upon"}
    second = numbered(desk, on("planting_end", 7, bed="kebun"))
    assert desk.codes(undo(again)) == {"built-upon"}
    assert in_the_way(desk, again) == [second]
    desk.record(undo(ended))
    assert held(desk, "bed:kebun") == (0, 200_000)
    assert desk.codes(undo(second)) == {"built-upon"}
    third = numbered(desk, NEXT["planting_end"][0])
    desk.record(undo(second))
    assert held(desk, "bed:kebun") == (0, 700)
    assert desk.codes(undo(third)) == {"built-upon"}


def test_what_an_ended_bed_gave_is_not_undone(desk: Desk) -> None:
    cut = numbered(desk, on("harvest", 5, bed="kebun", item="sayur", qty=1))
    desk.record(NEXT["planting_end"][0])
    assert desk.codes(undo(cut)) == {"built-upon"}


# -- assets -----------------------------------------------------------------------------------


def depreciate(month: str) -> Line:
    return {"kind": "depreciation", "month": month}


def test_an_asset_that_was_depreciated_holds_its_acquisition(desk: Desk) -> None:
    acquired = numbered(desk, NEXT["asset_acquisition"][0])
    written = numbered(desk, depreciate("2026-06"))
    assert desk.codes(undo(acquired)) == {"asset-used"}
    later = numbered(desk, depreciate("2026-07"))
    assert in_the_way(desk, acquired) == [later, written]
    desk.record(undo(later, "2026-07-31"))
    desk.record(undo(written))
    desk.record(undo(acquired))
    assert desk.state.asset("BL-1") is None


def test_the_next_run_catches_up_on_a_corrected_one(desk: Desk) -> None:
    june, july = share(6_000_000, 18, 60) - 1_000_000, share(6_000_000, 19, 60)
    written = numbered(desk, depreciate("2026-06"))
    desk.record(undo(written))
    assert desk.posted(depreciate("2026-07"))["6109"] == july - 1_000_000
    assert june < july


def test_an_asset_disposed_of_is_back(desk: Desk) -> None:
    gone = numbered(desk, NEXT["asset_disposal"][0])
    desk.record(undo(gone))
    due = share(6_000_000, 18, 60) - 1_000_000
    assert desk.posted(depreciate("2026-06"))["6109"] == due
    desk.record(NEXT["asset_disposal"][0])


def test_an_asset_is_not_back_while_another_bears_its_code(desk: Desk) -> None:
    gone = numbered(desk, NEXT["asset_disposal"][0])
    again = numbered(desk, NEXT["asset_acquisition"][0] | {"code": "RB-1"})
    assert desk.codes(undo(gone)) == {"asset-used"}
    assert in_the_way(desk, gone) == [again]
    desk.record(undo(again))
    desk.record(undo(gone))


def test_what_was_written_off_an_asset_that_is_gone_is_not_undone(desk: Desk) -> None:
    written = numbered(desk, depreciate("2026-06"))
    gone = numbered(desk, NEXT["asset_disposal"][0])
    assert desk.codes(undo(written)) == {"asset-used"}
    desk.record(undo(gone))
    desk.record(undo(written))


def test_a_grant_of_an_asset_is_undone_unless_it_was_depreciated(desk: Desk) -> None:
    granted = numbered(desk, NEXT["grant"][0])
    desk.record(depreciate("2026-06"))
    assert desk.codes(undo(granted)) == {"asset-used"}
