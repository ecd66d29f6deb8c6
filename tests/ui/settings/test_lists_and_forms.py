"""Every change becomes a sealed entry, found again in the lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.setup import Item
from kwt_books.queries.overview import SetupData
from tests.services.intake.kept import book as workbook
from tests.ui.money_hand import hand_at
from tests.ui.settings.looking import verified
from tests.ui.windows import message
from ui.kit.document_form import SetupForm
from ui.kit.words import TABS
from ui.kit.workspace import Workspace
from ui.settings.lists import ItemsPage
from ui.settings.page import PARTS
from ui.settings.plans import ProgrammeForm
from ui.shell.window import MainWindow


def test_every_part_can_be_shown(
    part: Callable[[str, type[QWidget]], QWidget], workspace: Workspace, window: MainWindow
) -> None:
    assert PARTS.keys() == TABS["settings"].keys()
    for name, title in TABS["settings"].items():
        part(name, QWidget)
        assert workspace.ui.t(title) in window.header.title


# -- lists ------------------------------------------------------------------------------------


def test_typing_finds_and_enter_opens(
    part: Callable[[str, type[ItemsPage]], ItemsPage], window: MainWindow, qtbot: QtBot
) -> None:
    page = part("items", ItemsPage)
    page.seek.setFocus()
    qtbot.keyClicks(page.seek, "KERIPIK BA")
    assert [row.key for row in page.table.list_model.rows] == ["keripik-bayam"]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = window.form("item")
    assert dialog is not None
    assert dialog.windowTitle() == "Keripik bayam 100 g"
    dialog.reject()


# -- forms ------------------------------------------------------------------------------------


def test_a_price_is_changed(
    form: Callable[..., SetupForm],
    saved: Callable[[SetupForm], SetupData],
    workspace: Workspace,
    qtbot: QtBot,
) -> None:
    changed = form("item", code="keripik-bayam")
    before = changed.known.items["keripik-bayam"]
    changed.price.setText("12.500")  # type: ignore[attr-defined]
    after = saved(changed).items["keripik-bayam"]
    assert after.price == 12_500
    assert (after.sales_account, after.cost_account, after.shelf_life_days, after.unit) == (
        before.sales_account, before.cost_account, before.shelf_life_days, before.unit,
    )  # fmt: skip
    assert verified(workspace, qtbot)


def test_a_unit_is_offered_however_it_is_begun(form: Callable[..., SetupForm]) -> None:
    new = form("item")
    completer = new.unit.completer()  # type: ignore[attr-defined]
    used = {item.unit for item in new.known.items.values()}
    assert used
    for unit in used:
        completer.setCompletionPrefix(unit[:2].upper())
        offered = completer.completionModel()
        assert unit in [offered.index(row, 0).data() for row in range(offered.rowCount())]


def test_a_new_product_comes_with_its_own_lines(
    form: Callable[..., SetupForm],
    saved: Callable[[SetupForm], SetupData],
    workspace: Workspace,
    qtbot: QtBot,
) -> None:
    new = form("item")
    new.item_name.setText("Keripik singkong")  # type: ignore[attr-defined]
    new.item_class.set_value("finished")  # type: ignore[attr-defined]
    new.unit.setText("bungkus")  # type: ignore[attr-defined]
    new.price.setText("8rb")  # type: ignore[attr-defined]
    new.check()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    setup = saved(new)
    made = setup.items["keripik-singkong"]
    assert isinstance(made, Item)
    assert made.price == 8_000
    assert setup.accounts[made.sales_account or ""].name == "Penjualan Keripik singkong"
    assert setup.accounts[made.cost_account or ""].name == "HPP Keripik singkong"
    assert verified(workspace, qtbot)


def test_a_shop_is_added_and_another_of_its_name(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData]
) -> None:
    for number in (1, 2):
        new = form("party", role="shop")
        new.save()
        assert message(new, "name")
        new.party_name.setText("Warung Bu Wati")  # type: ignore[attr-defined]
        found = saved(new)
        named = [each for each in found.parties.values() if each.name == "Warung Bu Wati"]
        assert len(named) == number
        assert {each.role for each in named} == {"shop"}


def test_a_shop_with_goods_stays_a_shop(
    form: Callable[..., SetupForm], workspace: Workspace, qtbot: QtBot
) -> None:
    changed = form("party", code="siti")
    changed.role.set_value("member")  # type: ignore[attr-defined]
    changed.save()
    qtbot.waitUntil(lambda: bool(message(changed, "role")))
    assert workspace.setup is not None
    assert workspace.setup.parties["siti"].role == "shop"


def test_a_recipe_is_changed(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData]
) -> None:
    changed = form("recipe", code="resep-bayam")
    lines = changed.inputs.lines  # type: ignore[attr-defined]
    assert lines[0].fields["item"].value() == "daun-bayam"
    lines[0].fields["qty"].setText("5,5")
    lines[-1].fields["item"].set_value("daun-bayam")
    changed.inputs.remove(changed.inputs.filled[-1])  # type: ignore[attr-defined]
    changed.yields.setText("42")  # type: ignore[attr-defined]
    made = saved(changed).recipes["resep-bayam"]
    assert made.yields == 42_000
    assert (made.inputs[0].item, made.inputs[0].qty) == ("daun-bayam", 5_500)


def test_what_was_typed_over_something_is_there_again(
    form: Callable[..., SetupForm], window: MainWindow, qtbot: QtBot
) -> None:
    changed = form("item", code="pare")
    changed.price.setText("99.000")  # type: ignore[attr-defined]
    dialog = window.form("item")
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: window.form("item") is None)
    other = form("item", code="sayur")
    assert other.price.value() != 99_000  # type: ignore[attr-defined]
    window.form("item").reject()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.form("item") is None)
    again = form("item", code="pare")
    assert again.price.value() == 99_000  # type: ignore[attr-defined]
    again.start_anew()
    assert again.price.value() == 12_000  # type: ignore[attr-defined]


# -- plans ---------------------------------------------------------------------------------


def test_the_budget_of_a_programme_is_filled_in_from_a_spreadsheet(
    workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = hand_at(workspace, qtbot, "cash")
    form = hand.open("programme")
    assert isinstance(form, ProgrammeForm)
    hand.type(form.title, "Rumah bibit")
    path = tmp_path / "rab.xlsx"
    sheet = [["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
             [1, "Bambu", 40, "batang", 15000, 600000],
             [2, "Upah", 2, "HOK", 100000, 250000]]  # fmt: skip
    workbook({"RAB": sheet})(path)
    form.open_sheet(path)
    hand.settle()
    assert form.sheet_note.text.startswith("2 baris, seluruhnya Rp850.000.")
    assert "RAB!F3" in form.sheet_note.text, "what differs is pointed at"
    workbook({"RAB": [*sheet, [3, "Cat", 2, "kaleng", "mahal", None]]})(path)
    form.open_sheet(path)
    hand.settle()
    assert "RAB!E4 (mahal)" in form.sheet_note.text
    form.save()
    hand.settle()
    assert workspace.setup is not None
    (made,) = workspace.setup.programmes.values()
    assert [(x.name, x.qty, x.unit, x.amount) for x in made.budget] == [
        ("Bambu", 40_000, "batang", 600_000), ("Upah", 2_000, "HOK", 250_000),
    ]  # fmt: skip
