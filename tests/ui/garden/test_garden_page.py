"""Kebun & rumah bibit, driven as it is on a working day, against the sample month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.garden import SOWING_DAYS, Batch, Garden, Stage, garden
from kwt_books.queries.kitchen import next_batch, next_lot
from kwt_books.queries.layers import Supplies, supplies
from kwt_books.queries.overview import setup_data
from kwt_books.reports.context import Parameters
from tests.ui.farm_hand import FarmHand
from tests.ui.sample_parts import Line, left_by
from ui.garden.forms import HarvestForm, SeedlingsReadyForm, SowingForm, TendingForm
from ui.garden.page import GardenPage, PlantCard
from ui.kit.button import Button
from ui.kit.drafts import drafts_of
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

Settle = Callable[[Workspace], None]
Open = Callable[[Path], MainWindow]
Is = Callable[[Line], bool]


def of(kind: str, day: str) -> Is:
    return lambda line: line["kind"] == kind and line["date"] == day


@pytest.fixture
def open_window(window_at: Callable[[str], Open]) -> Open:
    return window_at("garden")


def page_of(window: MainWindow) -> GardenPage:
    assert isinstance(window.page, GardenPage)
    return window.page


def button_of(card: PlantCard, text: str) -> Button:
    return next(button for button in card.findChildren(Button) if button.text() == text)


def form_of(window: MainWindow, name: str) -> object:
    dialog = window.form(name)
    assert dialog is not None
    return dialog.form  # type: ignore[attr-defined]


# -- the sample month ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("sowing", "2026-06-04"),
        ("harvest", "2026-06-05"),
        ("harvest", "2026-06-12"),
        ("seedlings_ready", "2026-06-13"),
        ("tending", "2026-06-16"),
    ],
)
def test_leaves_in_the_book_what_the_sample_does(
    kind: str,
    day: str,
    before: Callable[[Is], tuple[Path, Line]],
    open_window: Open,
    sample_path: Path,
    qtbot: QtBot,
) -> None:
    path, line = before(of(kind, day))
    hand = FarmHand(open_window(path), qtbot)
    hand.record(line)
    (made,), (wanted,) = left_by(path, kind, day), left_by(sample_path, kind, day)
    assert made == wanted


def test_seeds_fill_in_by_themselves(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, line = before(of("sowing", "2026-06-04"))
    hand = FarmHand(open_window(path), qtbot)
    form = hand.open("sowing")
    assert isinstance(form, SowingForm)
    hand.day(form.date, line["date"])
    hand.settle()
    assert form.batch.value() == line["batch"], "the name follows the day"
    hand.type(form.qty, str(line["qty"]))
    seed = form.inputs.filled[0]
    assert seed.fields["item"].value() == line["inputs"][0]["item"]
    assert seed.fields["qty"].value() == line["qty"] * UNIT
    hand.type(form.batch, "Cabai pagi")
    hand.day(form.date, "2026-06-05")
    hand.settle()
    assert form.batch.value() == "Cabai pagi", "what someone typed stays"


def test_seeds_bought_in_packs_are_sown_one_by_one(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    """Ten packs of fifty are 500 seeds in the store: 450 of them are sown, fifty are left."""
    path, line = before(of("sowing", "2026-06-04"))
    hand, seed = FarmHand(open_window(path), qtbot), line["inputs"][0]["item"]
    workspace = hand.window.workspace
    there = _on_hand(workspace, seed, qtbot)
    bought = {"item": seed, "qty": "10x50", "amount": 75_000}
    hand.record({"kind": "purchase", "date": "2026-06-03", "party": "toko-tani",
                 "lines": [bought], "paid_from": "1101"})  # fmt: skip
    assert _on_hand(workspace, seed, qtbot) == there + 500 * UNIT
    inputs = [{"item": seed, "qty": there // UNIT + 450}]
    hand.record({**line, "qty": there // UNIT + 450, "inputs": inputs})
    assert _on_hand(workspace, seed, qtbot) == 50 * UNIT


def _on_hand(workspace: Workspace, item: str, qtbot: QtBot) -> int:
    found: list[Supplies] = []
    workspace.tasks.run(lambda book: book.read(supplies), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0].on_hand[item]


def test_a_batch_can_be_made_ready_from_its_card(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, sample_path: Path, qtbot: QtBot
) -> None:
    kind, day = "seedlings_ready", "2026-06-13"
    path, line = before(of(kind, day))
    window = open_window(path)
    page, hand = page_of(window), FarmHand(window, qtbot)
    (card,) = page.sown.cards + page.nursing.cards
    qtbot.mouseClick(button_of(card, "Siap tanam"), Qt.MouseButton.LeftButton)
    hand.settle()
    form = form_of(window, kind)
    assert isinstance(form, SeedlingsReadyForm)
    assert form.batch.value() == line["batch"]
    hand.day(form.date, day)
    hand.type(form.ready, str(line["ready"]))
    rest = next(each for each in form.findChildren(Button) if each.text() == "Sisanya mati wajar")
    qtbot.mouseClick(rest, Qt.MouseButton.LeftButton)
    assert form.lost.value() == line["lost"] * UNIT
    hand.save(form)
    assert left_by(path, kind, day) == left_by(sample_path, kind, day)
    assert [card.name for card in page.ready.cards] == [line["batch"]], "the page asked again"
    assert not page.sown.cards + page.nursing.cards


def test_a_bed_is_picked_and_harvested(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, sample_path: Path, qtbot: QtBot
) -> None:
    path, line = before(of("harvest", "2026-06-12"))
    window = open_window(path)
    beds, hand = page_of(window).beds, FarmHand(window, qtbot)
    middle = beds.table.row_rect(0).center()
    qtbot.mouseClick(beds.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseClick(beds.buttons["harvest"], Qt.MouseButton.LeftButton)
    hand.settle()
    form = form_of(window, "harvest")
    assert isinstance(form, HarvestForm)
    assert form.bed.value() == line["bed"]
    hand.fill(form, line)
    qtbot.waitUntil(lambda: "Rp" in form.outcome.text)
    hand.save(form)
    wanted = left_by(sample_path, "harvest", line["date"])
    assert left_by(path, "harvest", line["date"]) == wanted


def test_a_new_bed_begins_with_its_first_work(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, _ = before(of("tending", "2026-06-16"))
    window = open_window(path)
    page, hand = page_of(window), FarmHand(window, qtbot)
    line: Line = {
        "kind": "tending", "date": "2026-06-16", "bed": "Bedeng 9",
        "costs": [{"label": "Upah cangkul", "amount": 45_000, "from": "1101"}],
    }  # fmt: skip
    hand.record(line)
    hand.settle()
    there = [page.beds.table.model().index(row, 0).data() for row in range(2)]
    assert "Bedeng 9" in there
    (left,) = left_by(path, "tending", line["date"])
    assert ("1123", 45_000, None, 0) in left.postings


# -- stages --------------------------------------------------------------------------------


@pytest.fixture
def batch() -> Batch:
    return Batch("SM-0604", "bibit-cabai", "Cabai rawit", "batang", date(2026, 6, 4), 400_000, 9)


def test_a_batch_is_sown_until_it_is_tended_or_ten_days_old(batch: Batch) -> None:
    young = batch.since + timedelta(days=SOWING_DAYS - 1)
    old = batch.since + timedelta(days=SOWING_DAYS)
    assert batch.stage(young) is Stage.SOWN
    assert batch.stage(old) is Stage.NURSING
    assert replace(batch, tended=True).stage(batch.since) is Stage.NURSING


def test_the_columns_show_age_plants_and_cost(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot, settle: Settle
) -> None:
    path, line = before(of("seedlings_ready", "2026-06-13"))
    window = open_window(path)
    page, workspace = page_of(window), window.workspace
    (card,) = page.nursing.cards
    assert card.name == line["batch"]
    gardens: list[Garden] = []
    workspace.tasks.run(lambda book: book.read(garden, "2026-06"), gardens.append)
    settle(workspace)
    (found,) = gardens[0].batches
    assert found.left == found.sown, "nothing left it yet"
    texts = " ".join(label.text() for label in card.findChildren(QLabel))
    assert workspace.ui.formats.rupiah(half_up(found.value * UNIT, found.left)) in texts
    assert str(found.age(workspace.ui.today)) in texts


# -- refusals ------------------------------------------------------------------------------


def test_more_plants_than_there_are_are_refused_beside_the_field(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, line = before(of("seedlings_ready", "2026-06-13"))
    hand = FarmHand(open_window(path), qtbot)
    form = hand.open("seedlings_ready", batch=line["batch"])
    hand.type(form.ready, "401")
    row = form.ready.parentWidget()
    qtbot.waitUntil(lambda: "400" in row.message)
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
    assert not left_by(path, "seedlings_ready", line["date"])
    assert form.isVisible(), "nothing typed is lost"


def test_goods_that_are_not_there_are_refused_beside_their_line(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, line = before(of("tending", "2026-06-16"))
    hand = FarmHand(open_window(path), qtbot)
    form = hand.open("tending", bed=line["bed"])
    assert isinstance(form, TendingForm)
    fields = form.inputs.lines[0].fields
    hand.pick(fields["item"], "pupuk")
    hand.type(fields["qty"], "45")
    assert "44 kg" in form.inputs.lines[0].message, "said at once, from what is known"
    qtbot.waitUntil(lambda: "45" in form.inputs.lines[0].message)
    assert "Pupuk NPK" in form.inputs.lines[0].message


def test_a_name_used_before_is_refused(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, line = before(of("seedlings_ready", "2026-06-13"))
    hand = FarmHand(open_window(path), qtbot)
    form = hand.open("sowing")
    assert form.batch.value() != line["batch"]
    hand.type(form.qty, "10")
    hand.type(form.batch, line["batch"])
    qtbot.waitUntil(lambda: line["batch"] in form.batch.parentWidget().message)


# -- drafts, roles, nothing yet ------------------------------------------------------------


def test_what_the_program_suggests_is_no_draft(
    before: Callable[[Is], tuple[Path, Line]], open_window: Open, qtbot: QtBot
) -> None:
    path, _ = before(of("sowing", "2026-06-04"))
    window = open_window(path)
    hand, workspace = FarmHand(window, qtbot), window.workspace
    form = hand.open("sowing")
    assert form.batch.value(), "a name was suggested"
    form.keep_draft()
    assert drafts_of(workspace.folders.data, workspace.book).read("sowing") is None
    hand.type(form.qty, "25")
    form.keep_draft()
    assert drafts_of(workspace.folders.data, workspace.book).read("sowing") is not None


# -- what the page reads -------------------------------------------------------------------


def test_agrees_with_the_report_of_the_nursery(sample_book: Book) -> None:
    found = sample_book.read(garden, "2026-06")
    report = sample_book.report("nursery", Parameters(month="2026-06"), "id")
    keys = [column.key for column in report.columns]
    total = next(row for row in report.rows if row.code == "total")
    assert found.value == total.cells[keys.index("value")]
    lines = {
        row.code: row.cells[keys.index("harvested")]
        for row in report.rows
        if row.level == 2  # the crops of the beds
    }
    setup = sample_book.read(setup_data)
    reaped = {amount.name: amount.quantity for amount in found.yields}
    assert reaped == {setup.items[str(code)].name: quantity for code, quantity in lines.items()}


def test_names_tell_years_and_batches_of_a_day_apart(
    book_of: Callable[..., Book], sample_stream: Path
) -> None:
    lines = sample_stream.read_text(encoding="utf-8").splitlines()
    setup = [line for line in lines if '"kind": "item"' in line]
    book = book_of(*setup)
    day = date(2026, 6, 4)
    assert book.read(next_batch, day) == "SM-0604"
    sow: Line = {"kind": "sowing", "item": "bibit-cabai", "qty": 1, "date": day.isoformat()}
    book = book_of(*setup, {**sow, "batch": "SM-0604"})
    assert book.read(next_batch, day) == "SM-0604-2"
    assert book.read(next_batch, date(2027, 6, 4)) == "SM-270604"
    assert book.read(next_lot, "keripik-bayam", day) == "KB-0604"
