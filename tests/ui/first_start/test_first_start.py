"""The first start: from an empty computer to the first Friday, by keyboard and mouse."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Role
from kwt_books.domain.accounts import APPROPRIATED, FUNDS
from kwt_books.domain.values import furthest_day
from kwt_books.queries.money import choices, open_debts
from kwt_books.queries.overview import setup_data
from scripts.layout_faults import out_of_reach
from tests.books import column
from tests.ui.windows import opened
from ui.first_start.window import Done, FirstStart
from ui.kit.button import Button
from ui.kit.drafts import FIRST_START, first_start_drafts
from ui.kit.folders import Folders
from ui.kit.picker import Picker
from ui.kit.preferences import Preferences
from ui.kit.printing import PaperDialog
from ui.kit.recovery_key import KeyCard
from ui.shell.start import Desktop

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def first(desktop: Desktop, qtbot: QtBot) -> FirstStart:
    """The wizard, opened from the welcome."""
    assert desktop.welcome is not None
    qtbot.mouseClick(desktop.welcome.ways[0], LEFT)
    return shown(desktop, qtbot)


def shown(desktop: Desktop, qtbot: QtBot) -> FirstStart:
    window = desktop.entrance.first_start
    assert isinstance(window, FirstStart)
    with qtbot.waitActive(window):
        window.show()
    return window


class Hands:
    """Types where the keyboard is, and goes on with Enter, as someone does."""

    def __init__(self, qtbot: QtBot, window: FirstStart) -> None:
        self.bot, self.window = qtbot, window

    @property
    def at(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, *texts: str) -> None:
        """Each into a field, with Enter after it; empty: passed over."""
        for text in texts:
            self.bot.keyClicks(self.at, text)
            self.bot.keyClick(self.at, ENTER)

    def next(self) -> None:
        place = self.window.place
        self.bot.keyClick(self.at, ENTER, Qt.KeyboardModifier.ControlModifier)
        assert self.window.place == place + 1, self.window.place

    def click(self, button: QWidget) -> None:
        self.bot.mouseClick(button, LEFT)

    def tick(self, box: QWidget) -> None:
        self.bot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def fill_group(hands: Hands) -> None:
    hands.type("KWT Melati / Kaliawi", "Kaliawi Persada", "Tanjungkarang Pusat", "Bandar Lampung")
    hands.next()


def fill_officers(hands: Hands) -> None:
    hands.type("Aryanah", "Siti Rohmah", "LKM Persada", "Hi. Chandra")
    hands.next()


def to_the_end(hands: Hands) -> None:
    """The shortest way: what must be filled in, and nothing else."""
    fill_group(hands)
    fill_officers(hands)
    for _ in range(3):
        hands.next()
    sharing = hands.window.questions.sharing
    sharing.decision.setText("BA-01")
    sharing.date.set_value(date(2026, 1, 11))
    hands.next()


def made(window: FirstStart, qtbot: QtBot) -> Done:
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), Done))
    done = window.stack.currentWidget()
    assert isinstance(done, Done)
    return done


def read(books: Books, path: Path) -> Book:
    return books.open(path, read_only=True)


def test_a_whole_first_start_by_keyboard_and_mouse(
    first: FirstStart, desktop: Desktop, books: Books, place: Path, qtbot: QtBot
) -> None:
    hands, questions = Hands(qtbot, first), first.questions
    fill_group(hands)
    fill_officers(hands)
    hands.type("850000", "100.000", "3,4jt", "225rb")
    owing = questions.money.owing.lines[0].fields
    owing["name"].setFocus()
    hands.type("Warung Bu Siti")
    owing["owed"].setFocus()
    hands.type("180000")
    owed = questions.money.owed.lines[0].fields
    owed["name"].setFocus()
    hands.type("Toko Tani", "75rb")
    hands.next()

    tick, price = questions.goods.usual.row("kangkung")
    hands.tick(tick)
    price.setFocus()
    price.selectAll()
    hands.bot.keyClicks(price, "3500")
    questions.goods.shops.lines[0].fields["name"].setFocus()
    hands.type("Warung Pak Joko")
    assert questions.goods.shop_names == ["Warung Bu Siti", "Warung Pak Joko"]
    hands.next()

    fields = questions.stock.stock.lines[0].fields
    fields["item"].setFocus()
    hands.bot.keyClicks(hands.at, "bayam 100")
    hands.bot.keyClick(hands.at, ENTER)
    assert fields["item"].value() == "keripik-bayam"
    hands.bot.keyClick(hands.at, ENTER)
    hands.type("20", "114000")
    assert len(questions.stock.stock.lines) == 2, "the next line comes by itself"
    hands.next()

    sharing = questions.sharing
    sharing.decision.setFocus()
    hands.type("BA-01/KWT/I/2026", "11/1/2026")
    hands.next()
    assert questions.finish.path == place / "KWT Melati Kaliawi.kwt"
    hands.click(first.make_button)
    done = made(first, qtbot)
    hands.click(done.go)
    opened(desktop, qtbot)
    assert desktop.entrance.first_start is None
    window = desktop.window
    assert window is not None
    assert window.place == "sell", "the first Friday is next"

    book = read(books, questions.finish.path)
    assert all(outcome.passed for outcome in book.verify())
    setup = book.read(setup_data)
    assert setup.group is not None
    assert setup.group.name == "KWT Melati / Kaliawi"
    assert setup.group.allocation.date == date(2026, 1, 11)
    assert setup.items["kangkung"].price == 3_500
    shops, store = {"Warung Bu Siti", "Warung Pak Joko"}, {"Toko Tani"}
    assert {each.name for each in setup.parties.values()} == shops | store
    debts = {(each.name, each.account.code, each.owed) for each in book.read(open_debts)}
    assert debts == {("Warung Bu Siti", "1112", 180_000), ("Toko Tani", "2101", 75_000)}
    assert book.read(choices).balances == {
        "1101": 850_000,
        "1102": 100_000,
        "1103": 3_400_000,
        "1104": 225_000,
    }
    book.close()


def test_the_shortest_way_makes_a_book_too(
    first: FirstStart, books: Books, place: Path, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, first)
    to_the_end(hands)
    hands.click(first.make_button)
    done = made(first, qtbot)
    assert done.kept is None, "without passwords there is no key to keep"
    book = read(books, first.questions.finish.path)
    assert all(outcome.passed for outcome in book.verify())
    assert book.people.everyone() == ()
    book.close()


def test_what_every_fund_holds_is_asked(
    first: FirstStart, books: Books, place: Path, qtbot: QtBot
) -> None:
    """Those of the members and the social fund too: whatever profit may be shared to; and who lent.
    What of it is owed stands among what is to be paid.
    """
    hands, sharing = Hands(qtbot, first), first.questions.sharing
    to_the_end(hands)
    first.questions.money.money["1101"].set_value(1_000_000)
    assert set(sharing.held) == {*FUNDS, *APPROPRIATED}
    for field in sharing.held.values():
        field.set_value(10_000)
    lent = first.questions.money.lent.lines[0].fields
    lent["name"].setText("UPK Sejahtera")
    lent["owed"].setText("300rb")
    hands.click(first.make_button)
    made(first, qtbot)
    book = read(books, first.questions.finish.path)
    assert all(outcome.passed for outcome in book.verify())
    stands = "SELECT account FROM balance WHERE credit = 10000"
    assert set(book.read(column, stands)) == set(sharing.held)
    owed = {(each.name, each.account.code): each.owed for each in book.read(open_debts)}
    assert owed["UPK Sejahtera", "2201"] == 300_000
    assert [each for (_, code), each in owed.items() if code == "2107"] == [10_000]
    book.close()


def test_with_passwords_the_key_is_kept_first(
    first: FirstStart, desktop: Desktop, books: Books, qtbot: QtBot
) -> None:
    hands, officers = Hands(qtbot, first), first.questions.officers
    to_the_end(hands)
    first.show_step(1)
    officers.use.set_value("yes")
    hands.click(first.next_button)
    assert first.place == 1, "passwords are missing"
    officers.chair_password.setFocus()
    hands.type("sawi-hijau", "kangkung")
    for _ in range(5):
        hands.click(first.next_button)
    hands.click(first.make_button)
    done = made(first, qtbot)
    assert done.kept is not None
    assert not done.go.isEnabled()
    done.findChild(KeyCard).print_button.click()
    qtbot.waitUntil(lambda: first.findChild(PaperDialog) is not None)
    first.findChild(PaperDialog).reject()
    hands.bot.keyClick(done.kept, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Escape)  # what was made is opened
    qtbot.waitUntil(lambda: desktop.entrance.signing is not None)
    book = read(books, first.questions.finish.path)
    people = [(each.name, each.role, each.has_password) for each in book.people.everyone()]
    assert people == [("Aryanah", Role.CHAIR, True), ("Siti Rohmah", Role.TREASURER, True)]
    book.close()


def test_an_encrypted_book_shows_its_key_first(
    first: FirstStart, books: Books, qtbot: QtBot, quick_keys: None
) -> None:
    hands, finish = Hands(qtbot, first), first.questions.finish
    to_the_end(hands)
    assert finish.phrase.isHidden()
    finish.encrypts.setChecked(True)
    assert not finish.phrase.isHidden(), "asked for once it is wanted"
    finish.phrase.phrase.setText("pendek")
    hands.click(first.make_button)
    assert finish.phrase.phrase_row.message
    assert not finish.path.exists()
    for field in (finish.phrase.phrase, finish.phrase.again):
        field.setText("cangkul hujan Bogor tiga")
    hands.click(first.make_button)
    done = made(first, qtbot)
    assert done.kept is not None
    assert not done.go.isEnabled()
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert first.isVisible(), "the key is never shown again"
    assert done.unkept.isVisible()
    key = done.findChild(KeyCard).key.text()
    books.lock(finish.path)
    books.unlock(finish.path, key)
    book = read(books, finish.path)
    assert book.encrypted
    assert all(outcome.passed for outcome in book.verify())
    book.close()


def test_a_step_says_what_is_missing_and_stays(first: FirstStart, qtbot: QtBot) -> None:
    hands, group = Hands(qtbot, first), first.questions.group
    hands.type("KWT Melati")
    hands.click(first.next_button)
    assert first.place == 0
    assert group.question("village").message
    assert not group.question("name").message
    assert group.fields["village"].hasFocus()


def test_every_step_begins_with_a_field_for_the_keyboard(first: FirstStart, qtbot: QtBot) -> None:
    """Not with what only holds fields, where typing would go nowhere."""
    with qtbot.waitActive(first):
        first.show()
    for place, step in enumerate(first.steps):
        first.show_step(place)
        focused = first.focusWidget()
        assert focused is not None
        assert focused.focusPolicy() & Qt.FocusPolicy.TabFocus, step.name


def test_a_fast_hand_types_where_the_step_begins(
    first: FirstStart, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second half of a double click on Next takes the keyboard nowhere."""
    with qtbot.waitActive(first):
        first.show()
    first.show_step(2)
    monkeypatch.setattr(Button, "SETTLES", 3_600_000)
    qtbot.mouseClick(first.next_button, Qt.MouseButton.LeftButton)
    assert first.place == 2
    assert first.questions.money.first_field().hasFocus()


def test_a_book_begins_in_days_that_can_be_meant(first: FirstStart, qtbot: QtBot) -> None:
    """A group may prepare its book for next month, but not for a year that its clock invents."""
    money, today = first.questions.money, first.questions.money.ui.today
    first.show_step(2)
    for day, taken in ((furthest_day(today), True), (furthest_day(today) + timedelta(1), False)):
        first.show_step(2)
        money.start.set_value(day)
        first.next()
        assert (first.place == 3) is taken
        assert bool(money.question("start").message) is not taken


def test_an_amount_is_read_back_while_it_is_typed(first: FirstStart, qtbot: QtBot) -> None:
    hands, money = Hands(qtbot, first), first.questions.money
    fill_group(hands)
    fill_officers(hands)
    hands.bot.keyClicks(hands.at, "3,4jt")
    shown = first.questions.money.ui.formats.rupiah(3_400_000)
    assert shown in money.question("1101").message
    qtbot.waitUntil(lambda: money.total.text() == shown)
    qtbot.waitUntil(lambda: not money.pause.isActive())
    assert shown in money.question("1101").message, "it stays while one is in the field"
    hands.bot.keyClicks(hands.at, "x")
    hands.click(first.next_button)
    assert first.place == 2


def test_nothing_typed_is_lost(
    first: FirstStart, desktop: Desktop, folders: Folders, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, first)
    fill_group(hands)
    hands.type("Aryanah")
    first.questions.officers.use.set_value("yes")
    first.questions.officers.chair_password.setText("sawi-hijau")
    drafts = first_start_drafts(folders.data)
    qtbot.waitUntil(lambda: "Aryanah" in json.dumps(drafts.read(FIRST_START)))
    assert "sawi" not in json.dumps(drafts.read(FIRST_START)), "passwords are never kept"
    first.close()
    qtbot.waitUntil(lambda: desktop.welcome is not None)
    assert desktop.welcome is not None
    assert "KWT Melati" in desktop.welcome.ways[0].accessibleDescription()
    qtbot.mouseClick(desktop.welcome.ways[0], LEFT)
    again = shown(desktop, qtbot)
    assert again.place == 1
    assert again.questions.officers.fields["chair"].value() == "Aryanah"
    hands = Hands(qtbot, again)
    hands.bot.keyClick(again, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert again.place == 0
    assert again.questions.group.fields["village"].value() == "Kaliawi Persada"


def test_the_language_changes_at_once_and_keeps_what_was_typed(
    first: FirstStart, desktop: Desktop, preferences: Preferences, qtbot: QtBot
) -> None:
    Hands(qtbot, first).type("KWT Melati")
    first.questions.group.language.set_value("en")
    again = shown(desktop, qtbot)
    assert again is not first
    assert preferences.language == "en"
    assert again.next_button.text().strip() == "Next"
    assert again.questions.group.fields["name"].value() == "KWT Melati"


def test_a_book_that_is_refused_says_where_to_mend_it(
    first: FirstStart, place: Path, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, first)
    to_the_end(hands)
    first.show_step(5)
    first.questions.sharing.decision.setText("x" * 300)
    hands.click(first.next_button)
    hands.click(first.make_button)
    qtbot.waitUntil(lambda: first.place == 5)
    assert first.questions.sharing.question("allocation.decision").message
    assert not place.exists() or not list(place.iterdir())


def test_a_place_that_is_taken_is_said(first: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    hands, finish = Hands(qtbot, first), first.questions.finish
    to_the_end(hands)
    taken = tmp_path / "ada.kwt"
    taken.write_text("lain", encoding="utf-8")
    finish.take(taken)
    hands.click(first.make_button)
    qtbot.waitUntil(lambda: not finish.refused.isHidden())
    assert str(taken) in finish.refused.text
    assert taken.read_text(encoding="utf-8") == "lain"


def test_goods_that_were_ticked_are_offered_as_stock(first: FirstStart, qtbot: QtBot) -> None:
    hands, questions = Hands(qtbot, first), first.questions
    fill_group(hands)
    fill_officers(hands)
    hands.next()
    own = questions.goods.own.lines[0].fields
    own["name"].setFocus()
    hands.type("Keripik singkong")
    own["class"].set_value("finished")
    own["unit"].setText("bungkus")
    hands.next()
    picker = questions.stock.stock.lines[0].fields["item"]
    assert isinstance(picker, Picker)
    assert "keripik-singkong" in picker.codes
    assert "bibit-cabai" in picker.codes
    first.show_step(3)
    tick, _ = questions.goods.usual.row("bibit-cabai")
    assert isinstance(tick, QCheckBox)
    hands.tick(tick)
    hands.next()
    assert "bibit-cabai" not in picker.codes


def test_a_nip_of_letters_and_a_decision_to_come_are_refused(
    first: FirstStart, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, first)
    fill_group(hands)
    officers = first.questions.officers
    hands.type("Aryanah", "Siti Rohmah", "LKM Persada", "Hi. Chandra", "Ir. Dewi", "abc")
    hands.click(first.next_button)
    assert first.place == 1
    assert officers.question("extension_officer.nip").message
    officers.fields["extension_officer.nip"].setText("19780101 200501 1 002")
    hands.next()
    for _ in range(3):
        hands.next()
    sharing = first.questions.sharing
    sharing.decision.setText("BA-01")
    sharing.date.set_value(first.questions.sharing.ui.today + timedelta(days=1))
    hands.click(first.next_button)
    assert first.place == 5
    assert sharing.question("allocation.date").message


@pytest.mark.parametrize("screen", [(1366, 689), (1092, 545), (910, 449)], ids=str)
def test_every_step_can_be_left_on_a_small_screen(
    first: FirstStart, screen: tuple[int, int]
) -> None:
    """At 100, 125 and 150 percent, with a share for each fund there is."""
    first.questions.sharing.shares.set_value({"3201": 40, "3202": 20, "3203": 20, "3204": 20})
    for number, step in enumerate(first.questions.steps):
        first.show_step(number)
        assert out_of_reach(first, *screen) == [], step.name


def test_a_group_that_has_not_decided_begins_all_the_same(first: FirstStart, qtbot: QtBot) -> None:
    """Its shares are asked for at each close; what is out of sight stands in nobody's way."""
    sharing = first.questions.sharing
    assert sharing.decision.placeholderText().startswith("BA-01/"), "how such numbers look"
    sharing.shares.set_value({"3201": 90})
    sharing.whether.set_value("no")
    assert sharing.complete()
    assert first.questions.answers().group.allocation is None
    told = [text for _, text in first.questions.summary()]
    assert told[-1] == sharing.t("Not yet"), "the last step says so"
    assert not sharing.question("allocation.decision").isVisibleTo(sharing)
    sharing.whether.set_value("yes")
    assert not sharing.complete(), "whoever has decided says where"


def test_what_the_village_is_stands_on_the_papers(first: FirstStart) -> None:
    group = first.questions.group
    group.kind.set_value("desa")
    assert first.questions.answers().group.village_kind == "desa"


def test_goods_at_the_start_bear_their_date(first: FirstStart, qtbot: QtBot) -> None:
    """Goods without a date are taken last, so that the date is asked for."""
    stock = first.questions.stock
    stock.stock.set_value(
        [{"item": "keripik-pare", "shop": "", "qty": 5_000, "value": 30_000,
          "expires": "2026-07-20"}]
    )  # fmt: skip
    (found,) = stock.goods
    assert found.expires == date(2026, 7, 20)
