"""What the lists of the settings show of a set-up that no book has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import Item, Party, Recipe, RecipeInput
from tests.ui.windows import said, shown_with
from ui.kit.list_page import SettingsList
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.settings.lists import AccountsPage, ItemsPage, PartiesPage, PeoplePage, RecipesPage
from ui.settings.people import FirstPeopleForm, PasswordForm, PersonForm

ITEMS = (
    Item(code="k", name="Keripik", unit="bungkus", item_class="finished", price=10_000,
         shelf_life_days=75),
    Item(code="a", name="Air", unit="liter", item_class="ingredient", shelf_life_days=1),
    Item(code="b", name="bayam", unit="kg", item_class="produce"),
    Item(code="c", name="Cabai", unit="kg", item_class="produce"),
)  # fmt: skip
PARTIES = (
    Party(code="t", name="Toko Tani", role="supplier", phone="0812"),
    Party(code="s", name="Siti", role="shop", address="Jl. Kaliawi 5\nKebun"),
    Party(code="m", name="Mira", role="member", phone="1", left=date(2026, 6, 1)),
    Party(code="r", name="RW", role="resident", phone="1", left=date(2026, 6, 1)),
    Party(code="u", name="Ully", role="resident", phone="1", left=date(2099, 6, 1)),
)
RECIPE = Recipe(code="r", output="k", yields=40_000, inputs=(
    RecipeInput(item="b", qty=2_500), RecipeInput(item="gone", qty=1_000),
))  # fmt: skip
ACCOUNTS = (
    Account("1101", "Kas", "Cash box", AccountType.ASSET, Side.DEBIT, True, "1110"),
    Account("6101", "Listrik", "Power", AccountType.EXPENSE, Side.DEBIT),
)
USERS = (
    User("Wati", Role.TREASURER, False, True), User("Siti Rohmah", Role.CHAIR, True, True),
    User("Aryanah", Role.AUDITOR, True, False),
)  # fmt: skip
Show = Callable[[type[SettingsList[Any]]], SettingsList[Any]]


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def show(workspace: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot) -> Show:
    """Shows a list of the set-up above."""

    def make(page_class: type[SettingsList[Any]]) -> SettingsList[Any]:
        workspace.learn_setup()
        settle(workspace)
        assert workspace.setup is not None
        workspace.setup = replace(
            workspace.setup,
            items={each.code: each for each in ITEMS},
            parties={each.code: each for each in PARTIES},
            recipes={"r": RECIPE},
            accounts={each.code: each for each in ACCOUNTS},
        )
        page = page_class(workspace)
        qtbot.addWidget(page)
        page.refresh()
        return page

    return make


def rows(page: SettingsList[Any]) -> list[tuple[Cell, ...]]:
    return [each.cells for each in page.table.list_model.rows]


def test_goods_stand_by_kind_and_name(show: Show) -> None:
    page = show(ItemsPage)
    assert rows(page) == [
        (Cell("bayam", bold=True), Cell("Harvest", tone="quiet"), Cell("kg"), Cell("–"), Cell("–")),
        (Cell("Cabai", bold=True), Cell("Harvest", tone="quiet"), Cell("kg"), Cell("–"), Cell("–")),
        (Cell("Keripik", bold=True), Cell("Products", tone="quiet"), Cell("bungkus"),
         Cell("10,000"), Cell("75 days")),
        (Cell("Air", bold=True), Cell("Kitchen supplies", tone="quiet"), Cell("liter"), Cell("–"),
         Cell("1 day")),
    ]  # fmt: skip
    assert said(page.foot)[0] == "4 kinds of goods"


def test_those_the_group_deals_with_stand_by_role(show: Show) -> None:
    page = show(PartiesPage)
    assert rows(page) == [
        (Cell("Siti", bold=True), Cell("Shop that sells for us", tone="quiet"), Cell("–"),
         Cell("Jl. Kaliawi 5, Kebun")),
        (Cell("Toko Tani", bold=True), Cell("Supplier", tone="quiet"), Cell("0812"), Cell("–")),
        (Cell("Mira", bold=True), Cell("Member", aside="left 1 Jun", tone="quiet"), Cell("1"),
         Cell("–")),
        (Cell("RW", bold=True), Cell("Resident", aside="moved out 1 Jun", tone="quiet"), Cell("1"),
         Cell("–")),
        (Cell("Ully", bold=True), Cell("Resident", tone="quiet"), Cell("1"), Cell("–")),
    ]  # fmt: skip
    for text, found in (("0812", ["t"]), ("kaliawi", ["s"]), ("SITI", ["s"]), ("t", ["s", "t"])):
        page.seek.setText(text)
        assert [each.key for each in page.table.list_model.rows] == found


def test_recipes_and_accounts_name_what_they_are_of(show: Show) -> None:
    assert rows(show(RecipesPage)) == [
        (Cell("Keripik", bold=True), Cell("bayam 2.5 kg, gone 1"), Cell("40 bungkus"))
    ]
    page = show(AccountsPage)
    assert rows(page) == [
        (Cell("1101", tone="quiet"), Cell("Cash box", bold=True),
         Cell("Cash or bank", tone="quiet"), Cell("1110")),
        (Cell("6101", tone="quiet"), Cell("Power", bold=True), Cell("Expense", tone="quiet"),
         Cell("–")),
    ]  # fmt: skip
    for text, found in (("kas", 1), ("cash", 1), ("1110", 1), ("61", 1), ("zz", 0)):
        page.seek.setText(text)
        assert len(rows(page)) == found, text


def test_people_stand_by_name_those_who_left_last(workspace: Workspace, qtbot: QtBot) -> None:
    page = PeoplePage(workspace)
    qtbot.addWidget(page)
    shown_with(page, page=USERS)
    one, none = (
        Cell("Has one", tone="good", icon="check-circle", badge=True),
        Cell("None yet", tone="warn", icon="warning-circle", badge=True),
    )
    assert rows(page) == [
        (Cell("Aryanah", bold=True), Cell("Auditor"), none, Cell("", tone="quiet")),
        (Cell("Siti Rohmah", "This is you", bold=True), Cell("Chair"), one, Cell("", tone="quiet")),
        (Cell("Wati", bold=True, tone="quiet"), Cell("Treasurer", tone="quiet"), one,
         Cell("No longer signs in", tone="quiet")),
    ]  # fmt: skip
    opened: list[tuple[str, dict[str, object]]] = []
    workspace.form_wanted.connect(lambda name, given: opened.append((name, given)))
    page.open("Wati")
    page.open("nobody")
    assert opened == [("person", {"person": USERS[0]})]
    minutes: list[int] = []
    workspace.idle_changed.connect(minutes.append)
    page.idle.set_value("0")
    assert minutes == [0]
    assert workspace.preferences.idle_minutes == 0
    own = next(each for each in page.findChildren(QPushButton) if each.text() == "My password")
    assert own.isHidden(), "who has not signed in has none"


def test_a_person_s_form_asks_for_what_is_not_known_yet(
    workspace: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot
) -> None:
    workspace.learn_setup()
    settle(workspace)
    new, known = PersonForm(workspace, {}), PersonForm(workspace, {"person": USERS[0]})
    for each in (new, known):
        qtbot.addWidget(each)
    assert (new.person_name.isEnabled(), known.person_name.isEnabled()) == (True, False)
    assert (new.password.required, known.password.required) == (True, False)
    assert (new.active.isHidden(), known.active.isHidden()) == (True, False)
    assert "Leave empty to keep the current one" in said(known)
    assert "Leave empty to keep the current one" not in said(new)
    values = [known.fields[key].value() for key in ("name", "role", "active")]
    assert values == ["Wati", "treasurer", False]
    for role, told in (
        ("chair", "Also closes months"), ("auditor", "Reads everything, records nothing"),
        ("treasurer", "Records everything except"),
    ):  # fmt: skip
        new.role.set_value(role)
        assert any(each.startswith(told) for each in said(new)), role


def test_who_gets_a_password_is_asked_for_both(
    workspace: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot
) -> None:
    workspace.learn_setup()
    settle(workspace)
    form = FirstPeopleForm(workspace, {})
    qtbot.addWidget(form)
    group = workspace.group
    assert group is not None
    assert (form.chair.value(), form.treasurer.value()) == (group.chair, group.treasurer)
    missing = dict(form.unread())
    assert set(missing) == {"chair_password", "treasurer_password"}
    form.treasurer.set_value("")
    assert set(dict(form.unread())) == {"chair_password"}, "she may get one later"


def test_a_new_password_is_typed_twice(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.person = Person("Wati", Role.TREASURER)
    form = PasswordForm(workspace, {})
    qtbot.addWidget(form)
    assert form.window_title() == "Password of Wati"
    form.old.setText("yang lama sekali")
    form.new.setText("kebun hijau 2026")
    form.again.setText("kebun hijau 2025")
    assert form.unread() == [("again", "The two are not the same")]
    form.again.setText("kebun hijau 2026")
    assert form.unread() == []
