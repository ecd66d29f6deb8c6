"""The pages of the settings that are a form, over a group that no book has, and the page in small
beside the group's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.accounts import FUNDS, Account, AccountType, Side
from kwt_books.domain.documents.setup import NO_NIP, Allocation, ExtensionOfficer, Group, Umbrella
from kwt_books.queries.overview import SetupData
from tests.ui.answers import Answers
from tests.ui.painted import Drawn, painted
from tests.ui.rules import flaws
from tests.ui.windows import let_go, message, said
from ui.kit.button import Button, Segment
from ui.kit.card import Card, Note
from ui.kit.document_form import SetupForm
from ui.kit.look import GUTTER, SETTINGS, TEXT_SIZES, Mode, UiContext
from ui.kit.workspace import Workspace
from ui.settings.group import GroupForm, GroupPage, Letterhead, Named, SharingPage
from ui.settings.page import LookPage, SettingsForm

RESERVE, SOCIAL, *_ = FUNDS
ACCOUNTS = {
    code: Account(code, f"Akun {code}", f"Account {code}", AccountType.EQUITY, Side.CREDIT)
    for code in FUNDS
}
GROUP = Group(
    name="KWT Melati", village="Kaliawi", village_kind="desa", district="Pusat", city="Metro",
    chair="Ani", treasurer="Wati", language="en", paper="A4",
    umbrella=Umbrella(name="LKM Sinar", coordinator="Joko"),
    extension_officer=ExtensionOfficer(name="Bu Dewi", nip="1980"),
    allocation=Allocation(decision="BA-1", date=date(2026, 1, 7),
                          shares={SOCIAL: 40, RESERVE: 60}, basis="profit"),
)  # fmt: skip
CHAIR, AUDITOR = Person("Ani", Role.CHAIR), Person("Budi", Role.AUDITOR)
PAGES = pytest.mark.parametrize("page", [GroupPage, SharingPage], indirect=True)


@pytest.fixture
def desk(still: Workspace) -> Workspace:
    still.setup = SetupData(GROUP, ACCOUNTS, {}, {}, {})
    return still


@pytest.fixture
def answers(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Of which the test gives each."""
    return Answers(desk, monkeypatch, later=True)


@pytest.fixture
def person() -> Person:
    return CHAIR


@pytest.fixture
def page(request: pytest.FixtureRequest, desk: Workspace, qtbot: QtBot) -> SettingsForm:
    made: SettingsForm = request.param(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    QApplication.processEvents()
    return made


def form_of(page: SettingsForm) -> SetupForm:
    assert page.form is not None
    return page.form


def place(part: QWidget, page: QWidget) -> QRect:
    return QRect(part.mapTo(page, QPoint()), part.size())


def aside(page: SettingsForm) -> QWidget:
    """What stands beside the form."""
    if isinstance(page, GroupPage):
        return page.page
    (found,) = (each for each in page.findChildren(Card) if each.property("sunken"))
    return found


def labelled(page: QWidget, text: str) -> Button:
    (found,) = (each for each in page.findChildren(Button) if each.text() == text)
    return found


# -- pages that are a form ------------------------------------------------------------------------


@PAGES
def test_the_form_stands_apart_from_its_card_and_from_what_is_beside_it(
    page: SettingsForm, qtbot: QtBot
) -> None:
    form = form_of(page)
    (card,) = (each for each in page.findChildren(Card) if each.isAncestorOf(form))
    around, inside, beside = (place(each, page) for each in (card, form, aside(page)))
    assert around.width() <= page.ui.theme.px(SETTINGS)
    assert (inside.left() - around.left(), inside.top() - around.top()) == (GUTTER + 1, GUTTER + 1)
    assert beside.left() - inside.right() > GUTTER
    assert beside.right() <= around.right() - GUTTER
    assert beside.top() == inside.top()
    assert inside.width() > beside.width()
    for width, shown in ((899, False), (900, True), (600, False), (1200, True)):
        page.resize(page.ui.theme.px(width), 700)
        assert aside(page).isVisible() is shown
    (area,) = (each for each in page.findChildren(QScrollArea) if each.isAncestorOf(form))
    page.resize(1200, 250)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0
    assert labelled(page, "Save").visibleRegion().boundingRect().isValid(), "below what scrolls"


@PAGES
def test_it_is_saved_once_by_a_button_that_says_its_keys(
    page: SettingsForm, answers: Answers
) -> None:
    save = labelled(page, "Save")
    answers.jobs.clear()
    assert "Ctrl+S" in save.toolTip()
    assert save.property("kind") == "primary"
    assert "Not recorded yet" in said(page)
    save.click()
    (recording,) = answers.jobs
    assert recording.work == GROUP
    assert not save.isEnabled()
    recording.settled()
    assert save.isEnabled()


@PAGES
def test_it_is_made_anew_for_another_group_alone(page: SettingsForm, desk: Workspace) -> None:
    form = form_of(page)
    desk.setup_changed.emit()
    assert page.form is form
    assert desk.setup is not None
    desk.setup = replace(desk.setup, group=replace(GROUP, chair="Sri"))
    desk.setup_changed.emit()
    assert page.form is not form
    desk.setup = replace(desk.setup, group=None)
    desk.setup_changed.emit()
    let_go()
    assert page.form is None
    opened: list[str] = []
    desk.form_wanted.connect(lambda name, _given: opened.append(name))
    title, text = page.empty_words()[1:]
    assert title == "Enter the group's details"
    assert any(text in each for each in said(page))
    labelled(page, "Fill in").click()
    assert opened == ["group"]
    desk.setup = SetupData(GROUP, ACCOUNTS, {}, {}, {})
    desk.setup_changed.emit()
    QApplication.processEvents()
    let_go()
    assert form_of(page).isVisible()
    assert not any(each.text() == "Fill in" for each in page.findChildren(Button))


class TestAuditor:
    @pytest.fixture
    def person(self) -> Person:
        return AUDITOR

    @PAGES
    def test_reads_what_stands_there_and_why_it_stays(self, page: SettingsForm) -> None:
        form = form_of(page)
        assert not form.isEnabled()
        assert not [each for each in page.findChildren(Button) if each.text() == "Save"]
        assert "Not recorded yet" not in said(page)
        (note,) = (each for each in page.findChildren(Note) if each.text == page.forbidden())
        assert note.isVisible()
        assert place(note, page).bottom() < place(form, page).top()


@PAGES
def test_whoever_may_change_it_is_told_nothing_of_that(page: SettingsForm) -> None:
    assert page.forbidden() not in [each.text for each in page.findChildren(Note)]
    assert form_of(page).isEnabled()


@pytest.mark.parametrize("page", [SharingPage], indirect=True)
def test_what_is_good_to_know_stands_on_a_quiet_ground(page: SettingsForm) -> None:
    words = said(aside(page))
    assert words[0] == "Good to know"
    assert len(words) == 4
    form: Any = form_of(page)
    assert form.shares.value() == GROUP.shares
    assert (form.decision.value(), form.date.value()) == ("BA-1", date(2026, 1, 7))
    made = form.to_command()
    assert made == GROUP, "and how it was worked out stays"
    assert form.saved_text(None) == "Saved. It applies from the next month close on."


def test_shares_that_nobody_decided_are_those_that_are_usual(desk: Workspace, qtbot: QtBot) -> None:
    desk.setup = replace(desk.setup, group=replace(GROUP, allocation=None))  # type: ignore[type-var]
    made = SharingPage(desk)
    qtbot.addWidget(made)
    made.refresh()
    form: Any = form_of(made)
    assert (form.decision.value(), form.date.value()) == (None, desk.ui.today)
    form.decision.setText("BA-2")
    form.shares.set_value({RESERVE: 100})
    made_of = form.to_command().allocation
    assert made_of == Allocation(decision="BA-2", date=desk.ui.today, shares={RESERVE: 100})


@pytest.mark.parametrize("width", [1200, 880])
@pytest.mark.parametrize("page", [GroupPage, SharingPage, LookPage], indirect=True)
def test_the_rules_are_kept_by_pages_that_are_a_form(page: QWidget, width: int) -> None:
    page.resize(width, 900)
    assert flaws(page) == []


# -- the group ------------------------------------------------------------------------------------


def test_a_group_is_recorded_as_it_stands(desk: Workspace, qtbot: QtBot) -> None:
    for group in (GROUP, replace(GROUP, umbrella=None, extension_officer=None, village_kind=None)):
        desk.setup = SetupData(group, ACCOUNTS, {}, {}, {})
        form = GroupForm(desk)
        qtbot.addWidget(form)
        assert form.unread() == []
        told = form.to_command()
        assert replace(told, village_kind=group.village_kind) == group
        assert "How profit is shared" not in said(form)
    hints = {path: message(form, path) for path in form.fields}
    missed = {path for path, hint in hints.items() if hint == "Optional"}
    assert missed == {"umbrella.name", "umbrella.coordinator", "extension_officer.name",
                      "extension_officer.nip"}  # fmt: skip
    assert "stamp" in hints["name"]
    assert "pack of paper" in hints["paper"]
    needed = {path for path, each in form.fields.items() if getattr(each, "required", False)}
    assert needed >= {"name", "village", "district", "city", "chair", "treasurer"}
    assert not needed & missed


@pytest.mark.parametrize(
    ("filled", "missing"),
    [
        ({"umbrella.name": "LKM"}, ["umbrella.coordinator"]),
        ({"umbrella.coordinator": "Joko"}, ["umbrella.name"]),
        ({"extension_officer.nip": "1980"}, ["extension_officer.name"]),
        ({"extension_officer.name": "Dewi"}, []),
        ({"umbrella.name": "LKM", "umbrella.coordinator": "Joko"}, []),
    ],
)
def test_what_goes_together_is_asked_for_together(
    desk: Workspace, qtbot: QtBot, filled: dict[str, str], missing: list[str]
) -> None:
    desk.setup = SetupData(
        replace(GROUP, umbrella=None, extension_officer=None), ACCOUNTS, {}, {}, {}
    )
    form = GroupForm(desk)
    qtbot.addWidget(form)
    for path, text in filled.items():
        form.fields[path].setText(text)
    assert form.unread() == [(path, "Fill this in") for path in missing]
    form.complete()
    told = [path for path in form.fields if message(form, path) == "Fill this in"]
    assert told == missing, "once it is to be saved"


@pytest.mark.parametrize(
    ("typed", "kept", "wrong"),
    [("19800101 2005", "19800101 2005", ""), (NO_NIP, NO_NIP, ""), ("", NO_NIP, ""),
     ("1980a", None, "A NIP has digits only"), ("١٩", None, "A NIP has digits only")],
)  # fmt: skip
def test_a_nip_has_digits_or_is_none(
    desk: Workspace, qtbot: QtBot, typed: str, kept: str | None, wrong: str
) -> None:
    form = GroupForm(desk)
    qtbot.addWidget(form)
    form.fields["extension_officer.nip"].setText(typed)
    assert form.fields["extension_officer.nip"].problem() == wrong
    if kept is not None:
        officer = form.to_command().extension_officer
        assert officer is not None
        assert officer.nip == kept
        form.fields["extension_officer.nip"].set_value(kept)
        assert form.fields["extension_officer.nip"].text() == kept.replace(NO_NIP, "")


def test_a_new_group_decides_on_its_shares_too(desk: Workspace, qtbot: QtBot) -> None:
    desk.setup = SetupData(None, ACCOUNTS, {}, {}, {})
    form = GroupForm(desk)
    qtbot.addWidget(form)
    assert "How profit is shared" in said(form)
    assert form.shares.value()
    assert sum(form.shares.value().values()) == 100
    assert form.fields["allocation.date"].value() == desk.ui.today
    assert ("allocation.decision", "Fill this in") in form.unread()


# -- the page in small ----------------------------------------------------------------------------

ALL = Named(group="KWT Melati", place="Kaliawi, Pusat, Metro", above="LKM Sinar", city="Metro",
            chair="Ani", treasurer="Wati", coordinator="Joko", paper="A4")  # fmt: skip


def letterhead(ui: UiContext, named: Named, qtbot: QtBot) -> tuple[Letterhead, list[Drawn]]:
    made = Letterhead(ui)
    qtbot.addWidget(made)
    made.show_names(named)
    made.resize(made.sizeHint())
    return made, painted(made, ui.theme, plain=True).drawn


def test_the_names_stand_where_a_report_prints_them(english: UiContext, qtbot: QtBot) -> None:
    page, drawn = letterhead(english, ALL, qtbot)
    words = {each.what: each for each in drawn if each.what}
    head = ["KWT MELATI", "Guided by LKM Sinar", "Kaliawi, Pusat, Metro"]
    foot = ["Metro, …", "Chair,", "Treasurer,", "Ani", "Wati", "Acknowledged by,", "Joko"]
    assert [*words] == ["<leaf>", *head, *foot]
    assert {each for each in words if words[each].font.bold()} == {head[0], "Ani", "Wati", "Joko"}
    assert all(page.rect().contains(each.place) for each in drawn)
    places = {name: each.place for name, each in words.items()}
    for above, below in pairwise(head):
        assert places[above].bottom() <= places[below].top()
        assert places[above].left() == places[below].left() > places["<leaf>"].right()
    left, right = places["<leaf>"].left(), page.width() - places[head[0]].right()
    assert abs(left - right) <= page.width() * 8 / 300, "as far from both edges"
    half = page.width() / 2
    for one, other in (("Chair,", "Treasurer,"), ("Ani", "Wati")):
        assert places[one].right() < places[other].left() <= half + 1
        assert places[one].top() == places[other].top()
        assert places[one].width() == places[other].width()
    assert places["Metro, …"].bottom() <= places["Treasurer,"].top()
    assert places["Metro, …"].left() == places["Treasurer,"].left() == places["Wati"].left()
    for above, below in (("Chair,", "Ani"), ("Acknowledged by,", "Joko")):
        assert places[above].bottom() + page.width() * 10 / 300 < places[below].top(), (
            "room to sign"
        )
        assert places[above].left() == places[below].left()
    assert places["Ani"].bottom() < places["Acknowledged by,"].top()
    assert abs(places["Joko"].center().x() - half) <= 1
    sizes = {name: words[name].font.pixelSize() for name in (*head, *foot)}
    assert sizes[head[0]] == max(sizes.values())
    assert sizes["Ani"] == sizes["Wati"] == sizes["Joko"] >= sizes["Chair,"]
    grounds = [each.place for each in drawn if not each.what]
    thick, thin, title, *body = grounds
    assert (thick.height(), thin.height(), thick.width()) == (2, 1, thin.width())
    assert places[head[-1]].bottom() <= thick.bottom() < thin.top() < title.top()
    assert abs(title.center().x() - half) <= 1
    lines = {each.top() for each in body}
    assert len(body) == 2 * len(lines) > 2 * 5
    assert all(title.bottom() < top < places["Metro, …"].top() for top in lines)
    texts, amounts = body[::2], body[1::2]
    assert {each.left() for each in texts} == {thick.left()}
    assert len({each.width() for each in texts}) == 5
    assert {each.right() for each in amounts} == {thick.right()}


def test_a_bar_stands_for_what_is_not_filled_in(english: UiContext, qtbot: QtBot) -> None:
    page, whole = letterhead(english, ALL, qtbot)
    known = {each.what: each.place for each in whole if each.what}
    _, bare = letterhead(english, Named(paper="A4"), qtbot)
    assert [each.what for each in bare if each.what] == [
        "<leaf>", "Chair,", "Treasurer,", "Acknowledged by,"
    ]  # fmt: skip
    usual = [each.place for each in whole if not each.what]
    bars = [each.place for each in bare if not each.what and each.place not in usual]
    empty = [known[name] for name in ("KWT MELATI", "Guided by LKM Sinar", "Kaliawi, Pusat, Metro",
                                      "Metro, …", "Ani", "Wati", "Joko")]  # fmt: skip
    assert len(bars) == len(empty)
    for bar, name in zip(bars, empty, strict=True):
        assert name.contains(bar)
        assert abs(bar.center().x() - name.center().x()) <= 1
        assert abs(bar.center().y() - name.center().y()) <= page.width() * 3 / 300
    assert all(each.color == "grid" for each in bare if each.place in bars)


def test_the_page_has_the_shape_of_its_paper(english: UiContext, qtbot: QtBot) -> None:
    for paper, (across, down) in (("F4", (215, 330)), ("A4", (210, 297))):
        page, _ = letterhead(english, replace(ALL, paper=paper), qtbot)
        assert page.sizeHint().height() == page.sizeHint().width() * down // across
    assert page.accessibleDescription() == "KWT Melati, Kaliawi, Pusat, Metro"
    page.show_names(Named())
    assert page.accessibleDescription() == ""


@pytest.mark.parametrize("page", [GroupPage], indirect=True)
def test_what_is_typed_is_seen_on_the_page_at_once(page: SettingsForm) -> None:
    assert isinstance(page, GroupPage)
    form = form_of(page)

    def names() -> list[str]:
        drawn = painted(page.page, page.ui.theme, plain=True).drawn
        return [each.what for each in drawn if each.what]

    shown = names()
    assert {"KWT MELATI", "Guided by LKM Sinar", "Kaliawi, Pusat, Metro", "Ani", "Wati", "Joko",
            "Metro, …"} <= {*shown}  # fmt: skip
    form.fields["chair"].setText("Sri")
    form.changed.emit()
    assert names() == ["Sri" if each == "Ani" else each for each in shown]
    for path in ("umbrella.name", "umbrella.coordinator", "district"):
        form.fields[path].setText("")
    form.changed.emit()
    assert {*shown} - {*names()} == {"Ani", "Guided by LKM Sinar", "Joko", "Kaliawi, Pusat, Metro"}
    assert "Kaliawi, Metro" in names()


# -- the look of the screen -----------------------------------------------------------------------


def test_the_look_that_is_chosen_is_marked_and_told(desk: Workspace, qtbot: QtBot) -> None:
    desk.preferences.mode, desk.preferences.text_percent = Mode.DARK, TEXT_SIZES[1]
    desk.preferences.language = "en"
    page = LookPage(desk)
    qtbot.addWidget(page)
    assert page.language.current == "en"
    assert page.mode.current == str(Mode.DARK)
    assert page.size_of_text.current == str(TEXT_SIZES[1])
    names = [each.accessibleName() for each in page.findChildren(Segment)]
    assert {*names} == {"Language", "Text size", "Light or dark"}
    assert page.about.accessibleName() == "About KWT Books"
    words = said(page)
    assert [each for each in words if each in ("Language", "Text size", "Light or dark", "Program")
            ] == ["Language", "Text size", "Light or dark", "Program"]  # fmt: skip
    page.resize(1400, 600)
    page.show()
    QApplication.processEvents()
    choices = (page.language, page.size_of_text, page.mode, page.about)
    rows = [place(each, page) for each in choices]
    assert all(one.bottom() < other.top() for one, other in pairwise(rows))
