"""Pengaturan: every change becomes a sealed entry, found again in the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Book, Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.documents.setup import Item
from kwt_books.queries.overview import SetupData
from kwt_books.services.recorder import Person
from ui.desk import Desk, Destination
from ui.drives import Drive, free_path
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.main_window import MainWindow
from ui.pages.settings import PARTS, SettingsPage
from ui.pages.settings_backup import BackupPage
from ui.pages.settings_group import GroupPage
from ui.pages.settings_items import ItemsPage
from ui.pages.settings_list import SettingsList
from ui.pages.settings_look import LookPage
from ui.pages.settings_part import SettingsForm
from ui.pages.settings_people import PeoplePage
from ui.pages.settings_sharing import SharingPage
from ui.recovery_key import KeyDialog
from ui.theme import Mode
from ui.widgets.field import FieldRow

F = TypeVar("F", bound=SetupForm)
P = TypeVar("P", bound=QWidget)
PASSWORD = "sawi-hijau"


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> MainWindow:
    made = MainWindow(desk, QIcon())
    qtbot.addWidget(made)
    made.resize(1366, 688)
    desk.learn_setup()
    with qtbot.waitActive(made):
        made.show()
    settle(desk)
    return made


@pytest.fixture
def part(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> Callable[[str, type[P]], P]:
    """Shows a part of the settings."""

    def show(name: str, kind: type[P]) -> P:
        window.show_place(Destination("settings", name))
        settle(desk)
        settings = window.page
        assert isinstance(settings, SettingsPage)
        found = settings._stack.currentWidget()
        assert isinstance(found, kind)
        assert found.isVisible()
        return found

    return show


@pytest.fixture
def form(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> Callable[..., SetupForm]:
    """Opens a form by its name."""

    def open_(name: str, **given: object) -> SetupForm:
        desk.open_form(name, **given)
        settle(desk)
        dialog = window.form(name)
        assert isinstance(dialog, FormDialog)
        found = dialog.form
        assert isinstance(found, SetupForm)
        return found

    return open_


@pytest.fixture
def saved(
    desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> Callable[[SetupForm], SetupData]:
    """Saves a form; the set-up as it is then."""

    def save(form: SetupForm) -> SetupData:
        with qtbot.waitSignal(desk.setup_changed):
            form.save()
        settle(desk)
        assert desk.setup is not None
        return desk.setup

    return save


def message(form: SetupForm, path: str) -> str:
    row = form._inputs[path].parentWidget()  # type: ignore[attr-defined]
    assert isinstance(row, FieldRow)
    return row.message


def verified(desk: Desk, qtbot: QtBot) -> bool:
    told: list[bool] = []
    desk.tasks.run(lambda book: all(each.passed for each in book.verify()), told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_every_part_can_be_shown(
    part: Callable[[str, type[QWidget]], QWidget], desk: Desk, window: MainWindow
) -> None:
    for name, title, _, _ in PARTS:
        part(name, QWidget)
        assert desk.kit.t(title) in window.header.title


# -- lists ------------------------------------------------------------------------------------


def test_typing_finds_and_enter_opens(
    part: Callable[[str, type[ItemsPage]], ItemsPage], window: MainWindow, qtbot: QtBot
) -> None:
    page = part("items", ItemsPage)
    page.seek.setFocus()
    qtbot.keyClicks(page.seek, "KERIPIK BA")
    assert [row.key for row in page.table._list.rows] == ["keripik-bayam"]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = window.form("item")
    assert dialog is not None
    assert dialog.windowTitle() == "Keripik bayam 100 g"
    dialog.reject()


def test_a_class_can_be_chosen(part: Callable[[str, type[ItemsPage]], ItemsPage]) -> None:
    page = part("items", ItemsPage)
    page.classes.choose("seed")
    assert {row.key for row in page.table._list.rows} == {"benih-cabai", "benih-sayur"}


@pytest.mark.parametrize("name", ["items", "parties", "recipes", "accounts"])
def test_a_list_knows_what_is_sought(
    part: Callable[[str, type[SettingsList]], SettingsList], name: str
) -> None:
    page = part(name, SettingsList)
    assert page.table._list.rows
    page.search("tidak ada yang begini")
    assert not page.table._list.rows
    page.search("")
    assert page.table._list.rows


# -- forms ------------------------------------------------------------------------------------


def test_a_price_is_changed(
    form: Callable[..., SetupForm],
    saved: Callable[[SetupForm], SetupData],
    desk: Desk,
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
    assert verified(desk, qtbot)


def test_every_item_can_be_saved_as_it_is(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData], desk: Desk
) -> None:
    assert desk.setup is not None
    before = dict(desk.setup.items)
    for code in before:
        assert saved(form("item", code=code)).items[code] == before[code], code


def test_a_new_product_comes_with_its_own_lines(
    form: Callable[..., SetupForm],
    saved: Callable[[SetupForm], SetupData],
    desk: Desk,
    qtbot: QtBot,
) -> None:
    new = form("item")
    new.item_name.setText("Keripik singkong")  # type: ignore[attr-defined]
    new.item_class.choose("finished")  # type: ignore[attr-defined]
    new.unit.setText("bungkus")  # type: ignore[attr-defined]
    new.price.setText("8rb")  # type: ignore[attr-defined]
    new.check()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    setup = saved(new)
    made = setup.items["keripik-singkong"]
    assert isinstance(made, Item)
    assert made.price == 8_000
    assert setup.accounts[made.sales_account or ""].name == "Penjualan Keripik singkong"
    assert setup.accounts[made.cost_account or ""].name == "HPP Keripik singkong"
    assert verified(desk, qtbot)


def test_what_is_used_up_needs_no_price(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData]
) -> None:
    new = form("item", **{"class": "input"})
    new.item_name.setText("Kapur dolomit")  # type: ignore[attr-defined]
    assert not new.price.isVisible()  # type: ignore[attr-defined]
    new.unit.setText("kg")  # type: ignore[attr-defined]
    assert saved(new).items["kapur-dolomit"].price is None


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
    form: Callable[..., SetupForm], desk: Desk, qtbot: QtBot
) -> None:
    changed = form("party", code="siti")
    changed.role.choose("member")  # type: ignore[attr-defined]
    changed.save()
    qtbot.waitUntil(lambda: bool(message(changed, "role")))


def test_a_recipe_is_changed(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData]
) -> None:
    changed = form("recipe", code="resep-bayam")
    lines = changed.inputs.lines  # type: ignore[attr-defined]
    assert lines[0].fields["item"].code() == "daun-bayam"
    lines[0].fields["qty"].setText("5,5")
    lines[-1].fields["item"].choose("daun-bayam")
    changed.inputs.remove(changed.inputs.filled[-1])  # type: ignore[attr-defined]
    changed.yields.setText("42")  # type: ignore[attr-defined]
    made = saved(changed).recipes["resep-bayam"]
    assert made.yields == 42_000
    assert (made.inputs[0].item, made.inputs[0].qty) == ("daun-bayam", 5_500)


def test_an_account_of_ones_own_and_another_name(
    form: Callable[..., SetupForm], saved: Callable[[SetupForm], SetupData], qtbot: QtBot
) -> None:
    new = form("account")
    assert new.number.text() not in new.known.accounts  # type: ignore[attr-defined]
    new.number.setText("1101")  # type: ignore[attr-defined]
    new.account_name.setText("Kas QRIS")  # type: ignore[attr-defined]
    new.save()
    assert message(new, "code"), "another account must not be written over"
    new.number.setText("1105")  # type: ignore[attr-defined]
    made = saved(new).accounts["1105"]
    assert (made.cash, made.name, made.name_en) == (True, "Kas QRIS", "Kas QRIS")
    other = form("account", code="1101")
    assert not other.sort.isEnabled()  # type: ignore[attr-defined]
    other.account_name.setText("Kas Bendahara")  # type: ignore[attr-defined]
    assert saved(other).accounts["1101"].name == "Kas Bendahara"


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
    assert other.price.number() != 99_000  # type: ignore[attr-defined]
    window.form("item").reject()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.form("item") is None)
    again = form("item", code="pare")
    assert again.price.number() == 99_000  # type: ignore[attr-defined]
    again.start_anew()
    assert again.price.number() == 12_000  # type: ignore[attr-defined]


# -- group and shares -------------------------------------------------------------------------


def test_officers_change_and_the_shares_stay(
    part: Callable[[str, type[GroupPage]], GroupPage],
    saved: Callable[[SetupForm], SetupData],
    desk: Desk,
) -> None:
    page = part("group", GroupPage)
    before = desk.group
    form = page.form
    assert form is not None
    assert before is not None
    form.chair.setText("Wati")  # type: ignore[attr-defined]
    form.officer.setText("Bu Dewi, S.P.")  # type: ignore[attr-defined]
    form.save()
    assert message(form, "extension_officer.nip"), "an officer is named with the NIP"
    form.nip.setText("19800101 200501 2 001")  # type: ignore[attr-defined]
    after = saved(form).group
    assert after is not None
    assert (after.chair, after.allocation) == ("Wati", before.allocation)
    assert after.extension_officer is not None
    assert page.form is not form, "the page shows what stands now"
    assert page.form.chair.value() == "Wati"  # type: ignore[union-attr]


def test_shares_add_up_and_keep_their_order(
    part: Callable[[str, type[SharingPage]], SharingPage],
    saved: Callable[[SetupForm], SetupData],
    desk: Desk,
    qtbot: QtBot,
) -> None:
    form = part("sharing", SharingPage).form
    assert form is not None
    before = desk.group
    assert before is not None
    shares = form.shares  # type: ignore[attr-defined]
    shares.set_shares({"3201": 50, "3202": 40})
    form.save()
    assert not desk.tasks.busy, "ninety percent are not sent to the book"
    shares.set_shares({"3201": 50, "3202": 40, "2111": 10})
    form.decision.setText("BA-02/KWT/VII/2026")  # type: ignore[attr-defined]
    form.date.set_value(date(2026, 7, 1))  # type: ignore[attr-defined]
    after = saved(form).group
    assert after is not None
    assert dict(after.allocation.shares) == {"3202": 40, "3201": 50, "2111": 10}
    assert list(after.allocation.shares) == ["3202", "3201", "2111"], "as they stood, new ones last"
    assert (after.name, after.chair) == (before.name, before.chair)
    assert verified(desk, qtbot)


class TestAuditor:
    @pytest.fixture
    def person(self) -> Person:
        return Person("Pak Chandra", Role.AUDITOR)

    @pytest.mark.parametrize("name", ["group", "sharing"])
    def test_reads_and_changes_nothing(
        self, part: Callable[[str, type[SettingsForm]], SettingsForm], name: str
    ) -> None:
        form = part(name, SettingsForm).form
        assert form is not None
        assert not form.isEnabled()

    def test_opens_no_form(
        self, part: Callable[[str, type[ItemsPage]], ItemsPage], window: MainWindow
    ) -> None:
        page = part("items", ItemsPage)
        page.open("pare")
        assert window.form("item") is None


# -- an empty book ----------------------------------------------------------------------------


class TestEmpty:
    @pytest.fixture
    def book_path(self, books: Books, tmp_path: Path) -> Path:
        path = tmp_path / "kosong.kwt"
        books.create(path).close()
        return path

    def test_says_whose_book_it_is(
        self,
        part: Callable[[str, type[GroupPage]], GroupPage],
        form: Callable[..., SetupForm],
        saved: Callable[[SetupForm], SetupData],
        desk: Desk,
    ) -> None:
        page = part("group", GroupPage)
        assert page.form is None
        new = form("group")
        for path, text in {
            "name": "KWT Melati", "village": "Kaliawi", "district": "Pusat", "city": "Metro",
            "chair": "Ani", "treasurer": "Wati", "umbrella.name": "LKM",
            "umbrella.coordinator": "Joko", "allocation.decision": "BA-1",
        }.items():  # fmt: skip
            new._inputs[path].restore(text)
        group = saved(new).group
        assert group is not None
        assert sum(group.allocation.shares.values()) == 100
        assert page.form is not None

    @pytest.mark.parametrize("name", ["items", "parties", "recipes"])
    def test_a_list_without_anything_says_what_to_do(
        self, part: Callable[[str, type[SettingsList]], SettingsList], name: str
    ) -> None:
        page = part(name, SettingsList)
        assert page.empty.isVisible()
        assert not page.card.isVisible()


# -- people -----------------------------------------------------------------------------------


def test_passwords_begin_with_the_chair(
    part: Callable[[str, type[PeoplePage]], PeoplePage],
    form: Callable[..., SetupForm],
    window: MainWindow,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    page = part("people", PeoplePage)
    assert page.empty.isVisible()
    first = form("first_people")
    assert first.chair.value() == "Aryanah"  # type: ignore[attr-defined]
    first.chair_password.setText(PASSWORD)  # type: ignore[attr-defined]
    first.save()
    assert message(first, "treasurer_password")
    first.treasurer_password.setText(PASSWORD)  # type: ignore[attr-defined]
    first.save()
    qtbot.waitUntil(lambda: window.findChild(KeyDialog) is not None)
    dialog = window.findChild(KeyDialog)
    dialog.kept.setChecked(True)
    with qtbot.waitSignal(desk.person_changed) as told:
        dialog.done_button.click()
    assert told.args == [Person("Aryanah", Role.CHAIR, signed_in=True)]
    assert window.form("first_people") is None
    qtbot.waitUntil(lambda: page.card.isVisible())


class TestPeople:
    """The chair is signed in."""

    @pytest.fixture
    def person(self) -> Person:
        return Person("Aryanah", Role.CHAIR, signed_in=True)

    @pytest.fixture
    def book_path(self, book_path: Path, books: Books) -> Path:
        book = books.open(book_path)
        people = [
            (PersonSetup(name="Aryanah", role=Role.CHAIR), PASSWORD),
            (PersonSetup(name="Siti Rohmah", role=Role.TREASURER), PASSWORD),
        ]
        book.people.begin(people)
        book.close()
        return book_path

    @pytest.fixture
    def window(self, window: MainWindow, desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
        signed: list[Person] = []
        desk.tasks.run(lambda book: book.sign_in("Aryanah", PASSWORD), signed.append)
        qtbot.waitUntil(lambda: bool(signed))
        yield window

    def can_sign_in(self, books: Books, path: Path, name: str, password: str) -> bool:
        book: Book = books.open(path)
        try:
            return bool(book.sign_in(name, password))
        finally:
            book.close()

    def test_an_auditor_is_let_in(
        self,
        part: Callable[[str, type[PeoplePage]], PeoplePage],
        form: Callable[..., SetupForm],
        books: Books,
        book_path: Path,
        qtbot: QtBot,
        desk: Desk,
    ) -> None:
        page = part("people", PeoplePage)
        new = form("person")
        new.person_name.setText("Pak Chandra")  # type: ignore[attr-defined]
        new.role.choose("auditor")  # type: ignore[attr-defined]
        new.password.setText("123")  # type: ignore[attr-defined]
        new.save()
        assert message(new, "password"), "too short"
        new.password.setText("kangkung")  # type: ignore[attr-defined]
        with qtbot.waitSignal(desk.tasks.changed):
            new.save()
        qtbot.waitUntil(lambda: len(page.table._list.rows) == 3)
        assert self.can_sign_in(books, book_path, "Pak Chandra", "kangkung")

    def test_the_last_chair_stays(
        self,
        part: Callable[[str, type[PeoplePage]], PeoplePage],
        window: MainWindow,
        qtbot: QtBot,
        desk: Desk,
    ) -> None:
        page = part("people", PeoplePage)
        page.open("Aryanah")
        dialog = window.form("person")
        assert isinstance(dialog, FormDialog)
        form = dialog.form
        assert isinstance(form, SetupForm)
        assert not form.person_name.isEnabled()  # type: ignore[attr-defined]
        form.role.choose("treasurer")  # type: ignore[attr-defined]
        form.save()
        qtbot.waitUntil(lambda: bool(form._messages and message(form, "role")))
        dialog.reject()

    def test_ones_own_password(
        self,
        window: MainWindow,
        form: Callable[..., SetupForm],
        books: Books,
        book_path: Path,
        qtbot: QtBot,
        desk: Desk,
    ) -> None:
        own = form("password")
        own.old.setText("salah-sandi")  # type: ignore[attr-defined]
        own.new.setText("bayam-merah")  # type: ignore[attr-defined]
        own.again.setText("bayam-putih")  # type: ignore[attr-defined]
        own.save()
        assert message(own, "again")
        own.again.setText("bayam-merah")  # type: ignore[attr-defined]
        own.save()
        qtbot.waitUntil(lambda: bool(message(own, "old")))
        own.old.setText(PASSWORD)  # type: ignore[attr-defined]
        with qtbot.waitSignal(desk.tasks.changed):
            own.save()
        assert self.can_sign_in(books, book_path, "Aryanah", "bayam-merah")

    def test_a_new_recovery_key_is_shown_once(
        self,
        part: Callable[[str, type[PeoplePage]], PeoplePage],
        window: MainWindow,
        qtbot: QtBot,
    ) -> None:
        page = part("people", PeoplePage)
        asked = page.ask_new_key()
        asked.accept()
        page._new_key()
        qtbot.waitUntil(lambda: window.findChild(KeyDialog) is not None)
        dialog = window.findChild(KeyDialog)
        dialog.kept.setChecked(True)
        dialog.done_button.click()

    def test_the_lock_can_be_set(
        self, part: Callable[[str, type[PeoplePage]], PeoplePage], desk: Desk, qtbot: QtBot
    ) -> None:
        page = part("people", PeoplePage)
        with qtbot.waitSignal(desk.idle_changed) as told:
            page.idle.choose("20")
        assert told.args == [20]
        assert desk.preferences.idle_minutes == 20


# -- backup and look --------------------------------------------------------------------------


@pytest.fixture
def backup(
    desk: Desk, tmp_path: Path, qtbot: QtBot, settle: Callable[[Desk], None]
) -> Iterator[BackupPage]:
    """With a flash drive plugged in."""
    stick = tmp_path / "stick"
    stick.mkdir()
    page = BackupPage(desk, lambda: [Drive("FLASHDISK", stick, 8_000_000_000)])
    qtbot.addWidget(page)
    desk.learn_setup()
    page.show()
    settle(desk)
    yield page


def test_a_backup_goes_to_the_flash_drive(
    backup: BackupPage, desk: Desk, books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    assert backup.last.property("tone") == "warn"
    for number in (1, 2):
        with qtbot.waitSignal(desk.tasks.changed):
            backup.targets[0].click()
            backup.targets[0].click()
        qtbot.waitUntil(lambda: backup._job is None)
        copies = sorted((tmp_path / "stick").iterdir())
        assert len(copies) == number, "a copy is never written over"
    book = books.open(copies[0], read_only=True)
    assert all(outcome.passed for outcome in book.verify())
    book.close()
    assert desk.preferences.backed_up(desk.book) == desk.kit.today
    assert desk.preferences.backup_folder == tmp_path / "stick"
    assert backup.last.property("tone") == "good"


def test_a_drive_that_is_pulled_out_is_said(
    backup: BackupPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "stick" / "berkas"
    blocked.write_text("", encoding="utf-8")
    backup.back_up(blocked)
    qtbot.waitUntil(lambda: desk.problems._open is not None)
    dialog = desk.problems._open
    assert isinstance(dialog, QDialog)
    dialog.close()
    assert desk.preferences.backed_up(desk.book) is None
    assert backup.targets[0].isEnabled()


def test_another_folder_is_chosen(
    backup: BackupPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lain"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    backup.choose_folder()
    qtbot.waitUntil(lambda: folder.is_dir() and len(list(folder.glob("*.kwt"))) == 1)


def test_without_a_drive_it_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = BackupPage(desk, list)
    qtbot.addWidget(page)
    page.show()
    assert page.targets == []


def test_a_free_name_is_found(tmp_path: Path) -> None:
    first = free_path(tmp_path, "KWT Melati?")
    assert first.name == "KWT Melati.kwt"
    first.touch()
    assert free_path(tmp_path, "KWT Melati?").name == "KWT Melati (2).kwt"


def test_the_look_changes_at_once(
    part: Callable[[str, type[LookPage]], LookPage], desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page = part("look", LookPage)
    page.mode.choose(str(Mode.DARK))
    assert desk.kit.theme.dark
    assert desk.preferences.mode is Mode.DARK
    page.mode.choose(str(Mode.LIGHT))
    with qtbot.waitSignal(window.dress_wanted):
        page.language.choose("en")
    assert desk.preferences.language == "en"
    with qtbot.waitSignal(window.dress_wanted):
        page.size_of_text.choose("125")
    assert desk.preferences.text_percent == 125
