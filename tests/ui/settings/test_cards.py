"""Lists, cards and windows of the settings by themselves: what they offer, to whom, and what they
say of answers that no book gives.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.documents.setup import (
    Budget,
    BudgetLine,
    Item,
    Party,
    PlannedAmount,
    Programme,
    Recipe,
    RecipeInput,
)
from kwt_books.domain.errors import Issue, StorageError
from kwt_books.queries.overview import SetupData
from kwt_books.services.encryption import Encrypted
from kwt_books.services.intake.budget import BudgetRead
from kwt_books.services.intake.entry import Cell as SheetCell
from kwt_books.services.intake.entry import Remark
from kwt_books.services.kept_backups import Content, KeptBackup
from tests.conftest import NOW
from tests.ui.answers import Answers
from tests.ui.rules import flaws
from tests.ui.windows import said, shown_with
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.dialog import MessageDialog
from ui.kit.folders import Drive
from ui.kit.list_page import SettingsList
from ui.kit.look import SETTINGS
from ui.kit.page import Page
from ui.kit.recovery_key import KeyDialog, in_lines
from ui.kit.table import Cell
from ui.kit.worker import Cancelled
from ui.kit.workspace import Message, Workspace
from ui.settings.about import AboutBox, Fact, Part
from ui.settings.backup import BackupPage
from ui.settings.encryption import EncryptionCard, PhraseDialog
from ui.settings.forms import sort_of
from ui.settings.kept_backups import KeptBackups
from ui.settings.lists import AccountsPage, ItemsPage, PartiesPage, PeoplePage, RecipesPage
from ui.settings.people import FirstPeopleForm, PasswordForm
from ui.settings.plans import (
    BudgetForm,
    BudgetsPage,
    ProgrammeForm,
    ProgrammesPage,
    make_budget,
    make_programme,
)

SETUP = SetupData(
    None,
    {"4101": Account("4101", "Jual", "Sales", AccountType.INCOME, Side.CREDIT),
     "1101": Account("1101", "Kas", "Cash", AccountType.ASSET, Side.DEBIT, True)},
    {"b": Item(code="b", name="Bayam", unit="kg", item_class="produce")},
    {"s": Party(code="s", name="Siti", role="shop"),
     "d": Party(code="d", name="Dinas", role="agency")},
    {"r": Recipe(code="r", output="b", yields=1_000, inputs=(RecipeInput(item="b", qty=500),))},
    {"p": Programme(code="p", name="Nursery", party="d", until=date(2026, 12, 31),
                    budget=(BudgetLine(line="1", name="Bamboo", amount=500),
                            BudgetLine(line="2", name="Wages", amount=250))),
     "q": Programme(code="q", name="Seeds", budget=())},
    {"2026": Budget(year=2026, decision="BA-1",
                    lines=(PlannedAmount(account="4101", amount=900),)),
     "2027": Budget(year=2027, lines=())},
)  # fmt: skip
USERS = (User("Ani", Role.CHAIR, True, True), User("Wati", Role.TREASURER, True, False))
KIND_OF: dict[type[SettingsList[Any]], Callable[[Any], str]] = {
    AccountsPage: sort_of, ItemsPage: lambda item: item.item_class,
    PartiesPage: lambda party: party.role,
}  # fmt: skip
PAGES = (AccountsPage, ItemsPage, PartiesPage, RecipesPage, ProgrammesPage, BudgetsPage)
ROLES = {role: Person("Ani", role, signed_in=True) for role in Role}


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    return ROLES[getattr(request, "param", Role.CHAIR)]


@pytest.fixture
def desk(still: Workspace) -> Workspace:
    still.setup = SETUP
    return still


@pytest.fixture
def opened(desk: Workspace) -> list[tuple[str, dict[str, object]]]:
    """The forms that are wanted."""
    wanted: list[tuple[str, dict[str, object]]] = []
    desk.form_wanted.connect(lambda name, given: wanted.append((name, given)))
    return wanted


def shown(made: Any, qtbot: QtBot) -> Any:
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    return made


def buttons(part: QWidget) -> dict[str, Button]:
    """Those in sight, by their words."""
    return {each.text(): each for each in part.findChildren(Button) if each.isVisible()}


# -- every list of what is set up ----------------------------------------------------------------


@pytest.mark.parametrize("person", Role, indirect=True)
@pytest.mark.parametrize("page_class", PAGES)
def test_whoever_may_change_a_list_adds_to_it_and_changes_its_rows(
    page_class: type[SettingsList[Any]], desk: Workspace, opened: list[Any], qtbot: QtBot
) -> None:
    page = shown(page_class(desk), qtbot)
    first = page.table.list_model.rows[0].key
    assert page.table.key == first, "the first is selected"
    may = desk.may(page.kind)
    offered = buttons(page)
    assert {*offered} == ({"Add", "Change"} if may else set())
    page.open(first)
    if may:
        offered["Change"].click()
        offered["Add"].click()
        assert "double click" in offered["Change"].toolTip()
    page.open(None)
    changed = (page.kind, {"code": first})
    assert opened == ([changed, changed, (page.kind, {})] if may else [])
    desk.setup = SetupData(None, {}, {}, {}, {})
    desk.setup_changed.emit()
    QApplication.processEvents()
    if page.invites:
        assert (page.empty.isVisible(), page.card.isVisible()) == (True, False)
        assert {*buttons(page)} == ({"Add"} if may else set())


@pytest.mark.parametrize("page_class", PAGES)
def test_a_list_is_sought_narrowed_and_counted(
    page_class: type[SettingsList[Any]], desk: Workspace, qtbot: QtBot
) -> None:
    page = shown(page_class(desk), qtbot)
    count = len(page.table.list_model.rows)
    assert page.counts is not None
    told = [desk.ui.t.ngettext(*page.counts, number) for number in (count, 0)]
    assert said(page.foot)[0] == told[0]
    page.seek.setText("nothing like it")
    assert (page.table.list_model.rows, said(page.foot)[0]) == ([], told[1])
    page.seek.clear()
    if page.choice is not None:
        kinds = [KIND_OF[page_class](each) for each in page.things]
        for at in range(page.choice.count()):
            kind = page.choice.itemData(at)
            page.choice.set_value(kind)
            listed = len(page.table.list_model.rows)
            assert listed == (kinds.count(kind) if kind else count)
        page.choice.set_value("")
    qtbot.keyClick(page.seek, Qt.Key.Key_Return)
    assert page.focusWidget() is page.table


def test_programmes_and_budgets_tell_what_they_come_to(desk: Workspace, qtbot: QtBot) -> None:
    def rows(page: Any) -> list[tuple[Cell, ...]]:
        return [each.cells for each in page.table.list_model.rows]

    assert rows(shown(ProgrammesPage(desk), qtbot)) == [
        (Cell("Nursery", bold=True), Cell("Dinas"), Cell("31 December 2026"), Cell("750")),
        (Cell("Seeds", bold=True), Cell("–"), Cell("–"), Cell("–")),
    ]
    assert rows(shown(BudgetsPage(desk), qtbot)) == [
        (Cell("2026", bold=True), Cell("BA-1")), (Cell("2027", bold=True), Cell("–")),
    ]  # fmt: skip


@pytest.mark.parametrize("person", Role, indirect=True)
def test_people_are_the_chair_s_and_a_password_one_s_own(
    desk: Workspace, opened: list[Any], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(PeoplePage(desk), qtbot)
    shown_with(page, page=USERS)
    QApplication.processEvents()
    chair = desk.person.role is Role.CHAIR
    own = {"My password"}
    hers = {"Add", "Change", "New recovery key"}
    assert {*buttons(page)} == own | (hers if chair else set())
    buttons(page)["My password"].click()
    page.open("Wati")
    assert opened == [("password", {}), *([("person", {"person": USERS[1]})] if chair else [])]
    shown_with(page, page=())
    QApplication.processEvents()
    assert {*buttons(page)} == ({"Use passwords"} if chair else set())
    if not chair:
        return
    buttons(page)["Use passwords"].click()
    assert opened[-1] == ("first_people", {})
    made: list[bool] = []
    monkeypatch.setattr(page, "new_key", lambda: made.append(True))
    dialog = page.ask_new_key()
    assert "no longer work" in " ".join(said(dialog))
    buttons(dialog)["Cancel"].click()
    assert made == []
    buttons(page.ask_new_key())["New key"].click()
    QApplication.processEvents()
    assert made == [True]


# -- encryption ------------------------------------------------------------------------------------


@pytest.fixture
def answers(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(desk, monkeypatch, encrypted=False)


@pytest.fixture
def card(desk: Workspace, answers: Answers, qtbot: QtBot) -> EncryptionCard:
    made: EncryptionCard = shown(EncryptionCard(desk), qtbot)
    return made


@pytest.mark.parametrize("person", Role, indirect=True)
@pytest.mark.parametrize("encrypted", [True, False])
def test_the_chair_encrypts_and_everybody_is_told_what_holds(
    card: EncryptionCard, answers: Answers, desk: Workspace, encrypted: bool
) -> None:
    for each in (not encrypted, encrypted):
        answers.known["encrypted"] = each
        card.refresh()
    chair = desk.person.role is Role.CHAIR
    words = {True: ["Change the passphrase", "Show its key", "Remove encryption"],
             False: ["Encrypt the book"]}  # fmt: skip
    assert [*buttons(card)] == (words[encrypted] if chair else [])
    assert card.whose.isVisible() is not chair
    assert card.state.property("tone") == ("good" if encrypted else "")
    assert card.state.text.startswith(
        "This book is encrypted." if encrypted else "This book is not encrypted."
    )


@pytest.mark.parametrize("another", [True, False])
def test_a_phrase_is_asked_for_in_the_words_of_what_it_does(
    card: EncryptionCard, answers: Answers, monkeypatch: pytest.MonkeyPatch, another: bool
) -> None:
    chosen: list[str | None] = []
    monkeypatch.setattr(card, "encrypt", chosen.append)
    answers.known["encrypted"] = another
    card.refresh()
    card.ask()
    dialog = card.dialog
    assert isinstance(dialog, PhraseDialog)
    verb = "Change the passphrase" if another else "Encrypt the book"
    head = "Another passphrase for this book" if another else "A passphrase for this book"
    assert dialog.save_button.text() == verb
    assert head in said(dialog)
    assert dialog.focusWidget() is dialog.fields.phrase
    dialog.save()
    assert dialog.isVisible(), "nothing was typed"
    for field in (dialog.fields.phrase, dialog.fields.again):
        field.setText("cangkul hujan Bogor tiga")
    dialog.save_button.click()
    assert not dialog.isVisible()
    assert chosen == ["cangkul hujan Bogor tiga"]
    assert (dialog.fields.phrase.text(), dialog.fields.again.text()) == ("", "")


def test_it_is_asked_once_more_before_everybody_can_read_it(
    card: EncryptionCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str | None] = []
    monkeypatch.setattr(EncryptionCard, "encrypt", lambda _self, phrase: chosen.append(phrase))
    for words, done in (("Leave it encrypted", []), ("Remove encryption", [None])):
        card.ask_to_decrypt()
        dialog = card.dialog
        assert isinstance(dialog, MessageDialog)
        assert "Anyone who has the file can then read it" in " ".join(said(dialog))
        kinds = {text: each.property("kind") for text, each in buttons(dialog).items()}
        assert kinds == {"Remove encryption": "danger", "Leave it encrypted": "primary"}
        buttons(dialog)[words].click()
        QApplication.processEvents()
        assert chosen == done


@pytest.mark.parametrize(
    ("key", "another", "strong", "text"),
    [(None, True, "The book is not encrypted any more.", "Everybody who has the file can read it."),
     ("A-B", True, "The passphrase is changed.", "Copies kept elsewhere still open with the old"),
     ("A-B", False, "The book is encrypted.", "It opens with its passphrase from now on.")],
)  # fmt: skip
@pytest.mark.parametrize("left", [0, 1, 2])
def test_what_became_of_the_book_and_its_backups_is_told(
    card: EncryptionCard, answers: Answers, desk: Workspace, monkeypatch: pytest.MonkeyPatch,
    key: str | None, another: bool, strong: str, text: str, left: int,
) -> None:  # fmt: skip
    heard: list[Any] = []
    desk.said.connect(heard.append)
    desk.tasks.changed.connect(heard.append)
    keys: list[str] = []
    monkeypatch.setattr(
        "ui.settings.encryption.show_key", lambda _ui, _t, key, *_: keys.append(key)
    )
    answers.known |= {"encrypted": another, "encrypt": Encrypted(key, 0, (Path("a"),) * left)}
    card.refresh()
    card.encrypt("phrase")
    assert ("encrypt", "phrase") in answers.asked
    change, message = heard
    assert change.kinds == {"encryption"}
    assert isinstance(message, Message)
    assert (message.strong, message.tone) == (strong, "warn" if left else "good")
    assert message.text.startswith(text)
    tails = ("", "1 backup could not be rewritten and stays as it was.",
             "2 backups could not be rewritten and stay as they were.")  # fmt: skip
    assert message.text.endswith(tails[left])
    assert keys == ([key] if key is not None else [])
    errors: list[tuple[object, ...]] = []
    monkeypatch.setattr(desk.problems, "show", lambda *given: errors.append(given))
    error = answers.known["encrypt"] = StorageError("disk-full")
    card.encrypt("phrase")
    assert errors == [(error, "The book stays as it was")]


def test_a_key_is_put_away_only_once_it_is_kept(desk: Workspace, qtbot: QtBot) -> None:
    groups = [str(number) * 4 for number in range(8)]
    assert in_lines("-".join(groups)).split("\n") == ["-".join(groups[:5]), "-".join(groups[5:])]
    printed: list[bool] = []
    dialog = KeyDialog(desk.ui, "-".join(groups), lambda: printed.append(True))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    shown(dialog, qtbot)
    assert dialog.windowTitle() == "Recovery key"
    assert not dialog.done_button.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    buttons(dialog)["Print the key"].click()
    assert printed == [True]
    dialog.kept.setChecked(True)
    assert dialog.done_button.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()
    flags = next(each for each in dialog.findChildren(QWidget)
                 if getattr(each, "text", str)() == in_lines("-".join(groups)))  # fmt: skip
    assert flags.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


# -- backups ---------------------------------------------------------------------------------------


def test_the_cards_of_backups_stand_below_each_other(
    desk: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    page = BackupPage(desk, tuple)
    page.resize(1300, 1400)
    shown(page, qtbot)
    cards = [each for each in page.findChildren(Card) if each.isVisible()]
    assert cards[-1] is page.mirror
    assert len(cards) == 4
    places = [QRect(each.mapTo(page, QPoint()), each.size()) for each in cards]
    assert all(one.bottom() < other.top() for one, other in pairwise(places))
    assert {each.width() for each in places} == {page.ui.theme.px(SETTINGS)}
    words = " ".join(said(page))
    for part in ("The copy is read back", "It keeps the last of 7 days", "stays as it is"):
        assert part in words
    assert {"Look again", "Into another folder", "Choose a backup", "Send what is new"} <= {
        *buttons(page)
    }


def backup(day: int) -> KeptBackup:
    made = NOW.replace(month=6, day=day, tzinfo=None)
    return KeptBackup(Path(f"/k/KWT 12ab/{day}.kwt"), made, 5)


class Looking:
    """Stands for the books whose backups are looked into."""

    def __init__(self) -> None:
        self.found: dict[Path, Content] = {}

    def look_into(self, path: Path, told: Callable[[int, int], object]) -> Content:
        self.told = told
        return self.found.get(path, Content(None, None, whole=True))


@pytest.fixture
def looking() -> Looking:
    return Looking()


@pytest.fixture
def kept(desk: Workspace, looking: Looking, qtbot: QtBot) -> KeptBackups:
    made = KeptBackups(desk.ui, looking, (backup(9), backup(8)))  # type: ignore[arg-type]
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("content", "newest", "verdict"),
    [
        (Content("BM-7", "2026-06-05", True), Cell("BM-7", "5 June 2026"),
         Cell("Intact", tone="good", badge=True)),
        (Content("BM-7", "2026-06-05", False), Cell("BM-7", "5 June 2026"),
         Cell("Damaged", tone="error", badge=True)),
        (Content(None, None, True), Cell(""), Cell("Intact", tone="good", badge=True)),
        (Content(None, None, False, locked=True), Cell(""), Cell("Encrypted", badge=True)),
    ],
)  # fmt: skip
def test_a_backup_tells_when_it_was_made_and_whether_it_is_whole(
    looking: Looking, desk: Workspace, qtbot: QtBot, content: Content, newest: Cell, verdict: Cell
) -> None:
    looking.found[backup(9).path] = content
    dialog = KeptBackups(desk.ui, looking, (backup(9), backup(8)))  # type: ignore[arg-type]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)

    def rows() -> list[tuple[Cell, ...]]:
        return [each.cells for each in dialog.table.list_model.rows]

    made = Cell(desk.ui.formats.date_time(backup(9).made))
    place = Cell("KWT", str(backup(9).path.parent))
    assert rows()[0] == (made, place, Cell(""), Cell("Being checked", tone="quiet"))
    qtbot.waitUntil(lambda: len(dialog.contents) == 2)
    assert rows()[0] == (made, place, newest, verdict)
    assert rows()[1][3] == Cell("Intact", tone="good", badge=True)
    dialog.reject()


def test_looking_into_backups_ends_with_the_window(
    kept: KeptBackups, looking: Looking, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(kept.contents) == 2)
    looking.told(1, 2)
    kept.reject()
    with pytest.raises(Cancelled):
        looking.told(1, 2)


def test_a_book_on_a_server_has_no_mirror(desk: Workspace, qtbot: QtBot) -> None:
    for book in (ServerAddress("postgresql://sri@host/db", "melati"), Path("/k/melati.kwt")):
        desk.book = book
        page = shown(BackupPage(desk, tuple), qtbot)
        assert page.mirror.isVisible() is isinstance(book, Path)


def test_the_newest_backup_is_chosen_unless_another_is(kept: KeptBackups) -> None:
    told: list[object] = []
    kept.chosen.connect(told.append)
    kept.other_wanted.connect(lambda: told.append("other"))
    kept.show()
    assert kept.table.key == backup(9).path
    words = buttons(kept)
    assert [*words] == ["Choose another file", "Cancel", "Make it a book"]
    assert words["Make it a book"].property("kind") == "primary"
    kept.table.select(1)
    kept.table.opened.emit(backup(8).path)
    assert told == [backup(8).path]
    kept.show()
    words["Cancel"].click()
    kept.show()
    words["Choose another file"].click()
    assert told[1:] == ["other"]
    assert not kept.isVisible()


# -- what it is made of --------------------------------------------------------------------------


def test_facts_stand_beside_their_names_and_parts_below_a_search(
    desk: Workspace, qtbot: QtBot
) -> None:
    facts = (Fact("Version", "1.0"), Fact("Computer", "Debian"), Fact("Folder", "/data"))
    box = AboutBox(desk.ui, facts, (Part("Qt", "6", "LGPL"),))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    shown(box, qtbot)
    side = box.stack.widget(0)
    labels = {each.text(): each for each in side.children() if hasattr(each, "text")}
    places = {text: each.geometry() for text, each in labels.items()}
    for fact in facts:
        assert places[fact.label].right() < places[fact.text].left()
        assert abs(places[fact.label].top() - places[fact.text].top()) <= 2
        assert labels[fact.text].textInteractionFlags() & (
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
    assert len({places[fact.text].left() for fact in facts}) == 1
    assert places["1.0"].bottom() < places["Debian"].top()
    assert [*buttons(box)] == ["Copy", "Close"]
    box.side.choose("parts")
    assert (box.stack.currentIndex(), box.search.isVisible()) == (1, True)
    box.side.choose("computer")
    assert box.stack.currentIndex() == 0
    assert "Copied" not in said(box)
    buttons(box)["Copy"].click()
    assert "Copied" in said(box)
    assert QApplication.clipboard().text().split("\n") == [
        "KWT Books", "Version: 1.0", "Computer: Debian", "Folder: /data"
    ]  # fmt: skip
    buttons(box)["Close"].click()
    assert not box.isVisible()


# -- programmes and plans ------------------------------------------------------------------------


def test_the_budget_of_a_sheet_is_filled_in_or_what_stops_it_told(
    desk: Workspace, answers: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shown(ProgrammeForm(desk, {}), qtbot)
    lines = (BudgetLine(line="1", name="Bamboo", amount=500),
             BudgetLine(line="2", name="Wages", amount=250))  # fmt: skip
    odd = [
        Remark(SheetCell("RAB", row, 0), Issue("x", "unusual"), stops=False) for row in (2, 3, 4)
    ]
    stops = Remark(SheetCell("RAB", 5, 1), Issue("amount", "unusual"), said="abc")

    def told(*given: Any) -> tuple[str, str]:
        monkeypatch.setattr("ui.settings.plans.open_sheets", lambda path: path)
        monkeypatch.setattr("ui.settings.plans.read_budget", lambda _file: BudgetRead(*given))
        form.open_sheet(Path("rab.xlsx"))
        assert not form.sheet_note.isHidden()
        return form.sheet_note.property("tone"), form.sheet_note.text

    form.title.setText("Nursery")
    assert told(lines, ()) == ("good", "2 lines, Rp750 in total. Check them, then save.")
    assert form.to_command().budget == lines
    assert told(lines[:1], ()) == ("good", "1 line, Rp500 in total. Check it, then save.")
    tone, text = told(lines, tuple(odd))
    assert tone == "warn"
    assert [f"RAB!A{row}: " in text for row in (2, 3, 4)] == [True, True, False]
    tone, text = told((), (stops,))
    assert (tone, text.startswith("RAB!B5 (abc): ")) == ("error", True)
    assert form.to_command().budget == lines, "what was there stays"


@pytest.mark.parametrize("code", ["p", "q", None])
def test_a_programme_and_a_budget_are_recorded_as_they_stand(
    desk: Workspace, qtbot: QtBot, code: str | None
) -> None:
    if code is not None:
        form = shown(ProgrammeForm(desk, {"code": code}), qtbot)
        assert form.window_title() == SETUP.programmes[code].name
        assert form.to_command() == SETUP.programmes[code]
        assert form.party.codes == ["d", "s"], "offices first"
        return
    new = shown(BudgetForm(desk, {}), qtbot)
    assert (new.year.value(), new.year.isEnabled(), new.window_title()) == (
        desk.ui.today.year, True, ""
    )  # fmt: skip
    there = shown(BudgetForm(desk, {"code": "2026"}), qtbot)
    assert (there.window_title(), there.year.isEnabled()) == ("Budget of 2026", False)
    assert there.to_command() == SETUP.budgets["2026"]
    planned = there.fields["lines"].lines[0].fields["account"]
    assert planned.codes == ["4101"], "no cash"


def test_a_sheet_for_a_budget_is_asked_for(
    desk: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shown(ProgrammeForm(desk, {}), qtbot)
    opened: list[Path] = []
    monkeypatch.setattr(form, "open_sheet", opened.append)
    for found in ([], [Path("rab.xlsx")]):
        monkeypatch.setattr("ui.settings.plans.ask_which", lambda *_, found=found: found)
        form.sheet_button.click()
        assert opened == found


@pytest.mark.parametrize("form_class", [PasswordForm, FirstPeopleForm])
def test_a_password_is_held_against_nothing_while_it_is_typed(
    form_class: Callable[..., Any], desk: Workspace, answers: Answers, qtbot: QtBot
) -> None:
    form = shown(form_class(desk, {}), qtbot)
    answers.jobs.clear()
    for field in form.fields.values():
        field.setText("a")
        row = field.parentWidget()
        row.touch()
    form.check()
    assert answers.jobs == []
    told = {path: form.fields[path].property("tone") for path, _ in form.unread()}
    assert told
    assert {*told.values()} == {"error"}


def test_lines_without_a_number_get_the_next_free_one(desk: Workspace, qtbot: QtBot) -> None:
    form = shown(ProgrammeForm(desk, {}), qtbot)
    form.title.setText("Nursery")
    for place, number in enumerate(("", "1", "", "3")):
        fields = form.budget.lines[place].fields
        fields["name"].setText("x")
        fields["amount"].setText("5")
        fields["line"].setText(number)
    assert [each.line for each in form.to_command().budget] == ["2", "1", "4", "3"]


# -- the rules ------------------------------------------------------------------------------------


def _encryption(desk: Workspace) -> QWidget:
    made = EncryptionCard(desk)
    made.refresh()
    return made


PARTS: dict[str, Callable[[Workspace], QWidget]] = {
    **{each.__name__: each for each in (*PAGES, PeoplePage)},
    "BackupPage": lambda desk: BackupPage(desk, lambda: (Drive("STICK", Path("/a"), 5_000_000),)),
    "EncryptionCard": _encryption,
    "PhraseDialog": lambda desk: PhraseDialog(desk.ui, another=True),
    "KeyDialog": lambda desk: KeyDialog(desk.ui, "-".join(["12AB"] * 13), lambda: None),
    "KeptBackups": lambda desk: KeptBackups(desk.ui, Looking(), (backup(9), backup(8))),  # type: ignore[arg-type]
    "AboutBox": lambda desk: AboutBox(desk.ui, (Fact("Version", "1"),), (Part("Qt", "6", "GPL"),)),
    "programme": lambda desk: make_programme(desk, {"code": "p"}),
    "budget": lambda desk: make_budget(desk, {"code": "2026"}),
}


@pytest.mark.parametrize("part", PARTS)
def test_the_rules_are_kept(part: str, desk: Workspace, answers: Answers, qtbot: QtBot) -> None:
    answers.known["encrypted"] = True
    made = PARTS[part](desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    if isinstance(made, PeoplePage):
        shown_with(made, page=USERS)
    if isinstance(made, Page):
        made.resize(1160, 640)
    shown(made, qtbot)
    assert flaws(made) == []
