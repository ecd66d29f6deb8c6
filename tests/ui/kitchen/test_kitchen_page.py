"""Dapur, driven as it is on a day of frying, against the sample month."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.kinds import LABELS
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.kitchen import Made, kitchen, productions
from kwt_books.queries.overview import setup_data
from kwt_books.reports.papers import LabelSheet
from kwt_books.services.slips import LabelWish, labels, papers_of
from tests.ui.farm_hand import FarmHand
from tests.ui.sample_parts import Line, left_by
from ui.kit.button import Button
from ui.kit.printing import PaperDialog
from ui.kit.workspace import Destination
from ui.kitchen.forms import ProductionForm
from ui.kitchen.page import KitchenMadePage, KitchenPage, LabelDialog
from ui.shell.window import MainWindow

Open = Callable[[Path], MainWindow]
Is = Callable[[Line], bool]
Before = Callable[[str], tuple[Path, Line]]
BAYAM, PARE = "2026-06-08", "2026-06-15"
_MM = Decimal(72) / Decimal("25.4")


@pytest.fixture
def open_window(window_at: Callable[[str], Open]) -> Open:
    return window_at("kitchen")


@pytest.fixture
def before(before: Callable[[Is], tuple[Path, Line]]) -> Before:
    """A book of the sample up to the production of a day, and that production."""
    return lambda day: before(lambda line: line["kind"] == "production" and line["date"] == day)


def made_page(window: MainWindow) -> KitchenMadePage:
    assert isinstance(window.page, KitchenPage)
    part = window.page.findChild(KitchenMadePage)
    assert part is not None
    return part


# -- the sample month ----------------------------------------------------------------------


@pytest.mark.parametrize("day", [BAYAM, PARE])
def test_leaves_in_the_book_what_the_sample_does(
    day: str, before: Before, open_window: Open, sample_path: Path, qtbot: QtBot
) -> None:
    path, line = before(day)
    FarmHand(open_window(path), qtbot).record(line)
    assert left_by(path, "production", day) == left_by(sample_path, "production", day)


def test_recipe_lot_expiry_and_costs_fill_in_by_themselves(
    before: Before, open_window: Open, sample_path: Path, qtbot: QtBot
) -> None:
    path, line = before(PARE)
    window = open_window(path)
    hand = FarmHand(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    hand.settle()
    form = window.form("production").form  # type: ignore[union-attr]
    assert isinstance(form, ProductionForm)
    hand.day(form.date, PARE)
    hand.type(form.item, "pare")
    hand.settle()
    keeps = form.known.supplies.setup.items[line["item"]].shelf_life_days
    assert form.expires.value() == date.fromisoformat(PARE) + timedelta(days=keeps)
    assert form.lot.value() == line["lot"]
    hand.save(form)
    assert left_by(path, "production", PARE) == left_by(sample_path, "production", PARE)


def test_the_cost_of_a_pack_is_seen_before_saving(
    before: Before, open_window: Open, qtbot: QtBot, books: Books
) -> None:
    path, _ = before(PARE)
    window = open_window(path)
    hand = FarmHand(window, qtbot)
    form = hand.open("production", recipe="resep-pare")
    hand.day(form.date, PARE)
    number = window.workspace.ui.formats.rupiah
    qtbot.waitUntil(lambda: "Rp" in form.cost.figure.text())
    shown = form.cost.text
    hand.save(form)
    made = next(each for each in _productions(path, books) if each.date.isoformat() == PARE)
    assert number(made.unit_cost) in shown
    assert made.price is not None
    assert number(made.price - made.unit_cost) in shown
    window.show_place(Destination("kitchen", "made"))
    hand.settle()
    page = made_page(window)
    page.table.select(0)
    assert page.chosen == made


def _productions(path: Path, books: Books) -> tuple[Made, ...]:
    book = books.open(path, read_only=True)
    found = book.read(productions)
    book.close()
    return found


# -- the recipe ----------------------------------------------------------------------------


def test_amounts_follow_what_is_wanted_but_not_what_someone_typed(
    before: Before, open_window: Open, qtbot: QtBot
) -> None:
    path, _ = before(BAYAM)
    hand = FarmHand(open_window(path), qtbot)
    form = hand.open("production", recipe="resep-bayam")
    recipe = form.known.recipe("resep-bayam")
    own = form.inputs.filled[1]
    hand.type(own.fields["qty"], "3,7")
    wanted = recipe.yields // 2
    hand.type(form.target, hand.window.workspace.ui.formats.quantity(wanted))
    amounts = [line.fields["qty"].value() for line in form.inputs.filled]
    scaled = [half_up(need.quantity * wanted, recipe.yields) for need in recipe.needs]
    assert amounts == [scaled[0], 3_700, *scaled[2:]]
    assert form.qty.value() == wanted
    hand.type(form.qty, "18")
    hand.type(form.target, "40")
    assert form.qty.value() == 18 * UNIT, "what was made is one's own to say"


def test_the_page_says_what_is_missing_and_lists_it(
    sample_path: Path, open_window: Open, book_path: Path, books: Books, qtbot: QtBot
) -> None:
    window = open_window(book_path)
    page = made_page(window)
    book = books.open(sample_path, read_only=True)
    known = book.read(kitchen, "2026-06")
    book.close()
    assert all(recipe.is_short for recipe in known.recipes)
    qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    wanted: dict[str, int] = {}
    for recipe in known.recipes:
        for need in recipe.needs:
            wanted[need.item] = wanted.get(need.item, 0) + need.quantity
    for code, amount in wanted.items():
        item = known.supplies.setup.items[code]
        missing = amount - known.supplies.on_hand.get(code, 0)
        quantity = window.workspace.ui.formats.quantity(missing)
        assert (f"{item.name}: {quantity} {item.unit}" in text) == (missing > 0)


def test_a_month_without_productions_leads_to_the_last_that_has_some(
    open_window: Open, book_path: Path, qtbot: QtBot
) -> None:
    window = open_window(book_path)
    workspace = window.workspace
    workspace.show_month("2026-07")
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    empty = made_page(window).empty
    see = next(each for each in empty.findChildren(Button) if "Juni" in each.text())
    qtbot.mouseClick(see, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert workspace.month == "2026-06"
    assert made_page(window).table.isVisible()


# -- labels --------------------------------------------------------------------------------


def pages_of(book: Book, number: str, wish: LabelWish, paper: str) -> list[str]:
    out = BytesIO()
    Books.write(replace(book.paper("id", labels, number, wish), paper=paper), "pdf", out)
    return [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_labels_say_what_the_pack_must(paper: str, sample_book: Book) -> None:
    made = sample_book.read(productions)[-1]
    assert sample_book.read(papers_of, made.number)[0] is LABELS
    pages = pages_of(sample_book, made.number, LabelWish(licence="206 3271"), paper)
    text = " ".join(pages)
    packs = made.quantity // UNIT
    for words in (
        "Keripik bayam", "Berat bersih 100 g", "Komposisi: Daun bayam, tepung beras",
        f"Kode produksi: {made.lot} (8 Juni 2026)", "Baik digunakan sebelum: 22 Agustus 2026",
        "P-IRT No. 206 3271", "KWT Sukawangi Sejahtera",
    ):  # fmt: skip
        assert text.count(words) == packs, words
    assert "Kemasan" not in text, "packaging is no ingredient"


def test_as_many_labels_as_are_wanted_and_no_licence_without_one(sample_book: Book) -> None:
    made = sample_book.read(productions)[0]
    text = " ".join(pages_of(sample_book, made.number, LabelWish(count=3), "A4"))
    assert text.count(made.lot) == 3
    assert "P-IRT" not in text


def test_labels_with_a_price_have_a_bar_code(sample_book: Book) -> None:
    made = sample_book.read(productions)[0]
    plain, priced = (
        sample_book.paper("id", labels, made.number, LabelWish(2, priced=priced))
        for priced in (False, True)
    )
    item = sample_book.read(setup_data).items[made.item]
    (sheet,) = priced.parts
    assert isinstance(sheet, LabelSheet)
    assert (sheet.price, sheet.barcode) == (item.price, made.item.upper())
    price = sample_book.read(lambda reading: reading.formats.rupiah(item.price or 0))
    found = []
    for pack in (plain, priced):
        out = BytesIO()
        Books.write(replace(pack, paper="A4"), "pdf", out)
        (page,) = PdfReader(out).pages
        contents = page.get_contents()
        assert contents is not None
        found.append((page.extract_text().count(price), len(contents.get_data())))
    assert [times for times, _ in found] == [0, 2]
    assert found[1][1] > 1.5 * found[0][1], "the bars are drawn"


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_bars_are_whole_dots_of_a_label_printer_and_leave_their_edges_white(
    paper: str, sample_book: Book
) -> None:
    made = sample_book.read(productions)[0]
    pack = sample_book.paper("id", labels, made.number, LabelWish(1, priced=True))
    (sheet,) = pack.parts
    assert isinstance(sheet, LabelSheet)
    for code in ("BAYAM", made.item.upper(), "KERIPIK-SINGKONG2", "X" * 80, "KÉRUPUK"):
        out = BytesIO()
        parts = (replace(sheet, barcode=code, price=1_500_000),)
        Books.write(replace(pack, paper=paper, parts=parts), "pdf", out)
        (page,) = PdfReader(out).pages
        left, bars = bars_of(page)
        dot = Decimal(72) / 203
        edges = [edge for x, wide in bars for edge in (left + x, left + x + wide)]
        off = max(abs(edge / dot - round(edge / dot)) for edge in edges)
        assert off < Decimal("0.01"), (code, off)
        assert min(wide for _, wide in bars) > Decimal("1.99") * dot, code
        quiet = 20 * dot
        right = 8 * _MM + (Decimal(page.mediabox.width) - 16 * _MM) / 3
        assert min(edges[0] - 8 * _MM, right - edges[-1]) >= quiet, code
        signs, marked = (edges[-1] - edges[0]) / (2 * dot), code in ("X" * 80, "KÉRUPUK")
        # Start, check sign and stop are 35 modules, a sign 11; digits go two to a sign.
        assert round(signs) == 35 + 11 * (5 if marked else len(code)), code


def bars_of(page: PageObject) -> tuple[Decimal, list[tuple[Decimal, Decimal]]]:
    """Where the bar code begins, and the bars' places and widths from there; points."""
    contents = page.get_contents()
    assert contents is not None
    text = contents.get_data().decode("latin-1")
    (found,) = re.findall(r"1 0 0 1 ([\d.]+) [\d.]+ cm\n((?:n [\d. ]+ re f\*\n)+)", text)
    bars = re.findall(r"n ([\d.]+) 0 ([\d.]+) [\d.]+ re", found[1])
    return Decimal(found[0]), [(Decimal(x), Decimal(wide)) for x, wide in bars]


def test_saving_and_printing_shows_the_labels(
    before: Before, open_window: Open, qtbot: QtBot
) -> None:
    path, line = before(BAYAM)
    window = open_window(path)
    hand = FarmHand(window, qtbot)
    form = hand.open("production")
    hand.fill(form, line)
    recorded = hand.save(form, prints=True)
    qtbot.waitUntil(lambda: window.findChild(PaperDialog) is not None)
    paper = window.findChild(PaperDialog)
    assert paper is not None
    assert str(recorded.number) in paper.windowTitle()
    assert paper.preview.pages > 0


def test_the_dialog_remembers_the_licence(open_window: Open, book_path: Path, qtbot: QtBot) -> None:
    window = open_window(book_path)
    page, workspace = made_page(window), window.workspace
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    dialog = window.findChild(LabelDialog)
    assert dialog is not None
    made = page.chosen
    assert made is not None
    assert dialog.count.value() == made.quantity
    dialog.licence.setText("206 3271 01")
    dialog.show_sheet()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert workspace.preferences.of(workspace.book).licence(made.item) == "206 3271 01"
    page.open_labels()
    again = window.findChildren(LabelDialog)[-1]
    assert again.licence.text() == "206 3271 01"


def test_a_draft_still_follows_its_recipe(before: Before, open_window: Open, qtbot: QtBot) -> None:
    path, _ = before(BAYAM)
    window = open_window(path)
    hand = FarmHand(window, qtbot)
    form = hand.open("production")
    hand.pick(form.item, "recipe:resep-bayam")
    hand.settle()
    own = form.inputs.filled[2].fields["qty"]
    hand.type(own, "2,9")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    again = hand.open("production")
    amounts = [line.fields["qty"].value() for line in again.inputs.filled]
    needs = again.known.recipe("resep-bayam").needs
    assert amounts == [2_900 if at == 2 else need.quantity for at, need in enumerate(needs)]
    hand.type(again.target, "20")
    amounts = [line.fields["qty"].value() for line in again.inputs.filled]
    assert amounts == [2_900 if at == 2 else need.quantity // 2 for at, need in enumerate(needs)]
