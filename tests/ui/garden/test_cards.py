"""What cards of plants and rows of beds say, without a window and a book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from kwt_books.queries.garden import Batch, Bed, ReadyLot, Usual
from tests.ui.windows import said
from ui.garden.page import PlantCard, batch_card, growth, last_work, ready_card, went
from ui.kit.look import UiContext

TODAY = date(2026, 6, 30)
SOWN = Batch("S-1", "bibit", "Cabai", "batang", TODAY - timedelta(3), 400 * UNIT, 60_000)
READY = ReadyLot("L-1", "bibit", "Cabai", "batang", TODAY - timedelta(9), 90 * UNIT, 22_500,
                 made=90 * UNIT, sown=TODAY - timedelta(30))  # fmt: skip


def texts(card: PlantCard, qtbot: QtBot) -> list[str]:
    qtbot.addWidget(card)
    return said(card)


def test_a_batch_tells_seeds_then_plants(english: UiContext, qtbot: QtBot) -> None:
    seeds = texts(batch_card(english, SOWN, TODAY, ()), qtbot)
    assert {"Cabai", "S-1", "3 days"} <= {*seeds}
    assert [seeds[seeds.index(each) + 1] for each in ("Sown", "Cost per seed")] == [
        "400 seeds", "Rp150",
    ]  # fmt: skip
    assert "Alive" not in seeds
    grown = replace(SOWN, tended=True, left=375 * UNIT, lost=20 * UNIT, destroyed=5 * UNIT)
    plants = texts(batch_card(english, grown, TODAY, ()), qtbot)
    assert [
        plants[plants.index(each) + 1] for each in ("Alive", "Dead", "Cost per plant")
    ] == ["375 batang", "25", "Rp160"]  # fmt: skip
    assert "Sown" not in plants
    alive = replace(grown, lost=0, destroyed=0)
    assert "Dead" not in texts(batch_card(english, alive, TODAY, ()), qtbot)


@pytest.mark.parametrize(
    ("age", "words", "tone"),
    [
        (20, "Ready for planting about 5 Jul", ""),
        (21, "Ready for planting about 4 Jul", ""),
        (22, "Ready for planting in 3 days", "warn"),
        (24, "Ready for planting in 1 day", "warn"),
        (25, "Old enough for planting", "good"),
        (30, "Old enough for planting", "good"),
        (31, "Ready for planting after 25–30 days", "warn"),
    ],
)
def test_a_batch_tells_how_far_it_is_from_planting(
    age: int, words: str, tone: str, english: UiContext, qtbot: QtBot
) -> None:
    batch = replace(SOWN, since=TODAY - timedelta(age), usual=Usual(25, 30))
    assert growth(english, batch, TODAY) == (words, tone)
    assert words in texts(batch_card(english, batch, TODAY, ()), qtbot)
    assert growth(english, replace(batch, usual=None), TODAY) == ("", "")


def test_one_usual_age_is_told_alone(english: UiContext) -> None:
    batch = replace(SOWN, since=TODAY - timedelta(31), usual=Usual(30, 30))
    assert growth(english, batch, TODAY)[0] == "Ready for planting after 30 days"


def test_seedlings_tell_what_is_left_of_how_many(english: UiContext, qtbot: QtBot) -> None:
    whole = texts(ready_card(english, READY, TODAY, ()), qtbot)
    assert whole[whole.index("Left") + 1] == "90 batang"
    assert whole[whole.index("Cost per plant") + 1] == "Rp250"
    assert "30 days" in whole, "since they were sown"
    some = texts(ready_card(english, replace(READY, left=60 * UNIT, grant=True), TODAY, ()), qtbot)
    assert some[some.index("Left") + 1] == "60 of 90 batang"
    assert "grant" in some
    bought = texts(ready_card(english, replace(READY, sown=None), TODAY, ()), qtbot)
    assert "9 days" in bought


def test_seedlings_tell_where_they_went_or_came_from(english: UiContext) -> None:
    gone = replace(READY, sold=20 * UNIT, planted=UNIT, given=3 * UNIT)
    assert went(english, gone) == "Sold 20, planted 1, shared 3"
    assert went(english, replace(gone, sold=0)) == "Planted 1, shared 3"
    assert went(english, replace(READY, source="Dinas")) == "Dinas"
    assert went(english, READY) == "Nothing sold or planted yet"


def test_what_can_be_done_stands_on_the_card(english: UiContext, qtbot: QtBot) -> None:
    done: list[str] = []
    acts = [(each, lambda each=each: done.append(each)) for each in ("Tend", "Sell")]  # type: ignore[misc]
    card = ready_card(english, READY, TODAY, acts)
    qtbot.addWidget(card)
    for button in card.findChildren(QPushButton):
        button.click()
        assert button.accessibleDescription() == "L-1"
    assert done == ["Tend", "Sell"]
    assert card.accessibleName() == "Cabai, L-1, 30 days"


def test_a_bed_tells_its_last_work(english: UiContext) -> None:
    bed = Bed("B-1", TODAY, 0)
    before, after = date(2026, 6, 16), date(2026, 6, 26)
    assert last_work(english, bed) == "No harvest yet"
    assert last_work(english, replace(bed, planted=before)) == "Planted 16 Jun"
    assert last_work(english, replace(bed, planted=before, harvested=after)) == "Harvest 26 Jun"
    assert last_work(english, replace(bed, planted=after, harvested=after)) == "Harvest 26 Jun"
    assert last_work(english, replace(bed, planted=after, harvested=before)) == "Planted 26 Jun"
