"""The guide: a chapter for everything on the screen, nothing in it that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from babel.messages.mofile import read_mo
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from kwt_books.i18n.catalogue import LANGUAGES, resources_dir
from ui.diary.document import PhotoDialog
from ui.home.verbs import VERBS
from ui.kit.dialog import MessageDialog
from ui.kit.help_keys import GLOSSARY, topic_of_place
from ui.kit.help_keys import PLACES as PLACE_TOPICS
from ui.kit.look import UiContext
from ui.kit.page import TabbedPage
from ui.kit.workspace import Destination, LongWork, Workspace
from ui.shell.guide import CHAPTERS, Guide
from ui.shell.help import KEYS_PAGE, HelpDialog
from ui.shell.places import PLACES
from ui.shell.window import MainWindow

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]*)\)")
Settle = Callable[[Workspace], None]
both = pytest.mark.parametrize("language", LANGUAGES)


def guide(language: str) -> Guide:
    return Guide(resources_dir() / "guide", language)


def links(language: str) -> list[tuple[str, bool, str]]:
    """Chapter, whether it is a picture, and where it leads."""
    return [
        (name, bool(mark), target)
        for name, chapter in guide(language).chapters.items()
        for mark, target in LINK.findall(chapter.markdown)
    ]


def words_of_the_program(language: str) -> set[str]:
    folder = resources_dir() / "locale" / "id" / "LC_MESSAGES"
    found: set[str] = set()
    for path in folder.glob("*.mo"):
        with path.open("rb") as file:
            for message in read_mo(file):
                said = message.string if language == "id" else message.id
                found.update((said,) if isinstance(said, str) else said)
    return found


def leads_somewhere(topic: str, language: str) -> bool:
    name, _, section = topic.partition("#")
    chapter = guide(language).chapters.get(name)
    return chapter is not None and section in {each.name for each in chapter.sections}


@pytest.fixture
def went(ui: UiContext, qtbot: QtBot) -> tuple[HelpDialog, list[tuple[str, str]]]:
    """The help, open at the beginning, and where its links would have led the program."""
    to: list[tuple[str, str]] = []
    dialog = HelpDialog(ui, "start", None, lambda place, part: to.append((place, part)))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, to


def shown_help(window: MainWindow) -> HelpDialog:
    dialog = window.findChild(HelpDialog)
    assert isinstance(dialog, HelpDialog)
    return dialog


# -- the text ------------------------------------------------------------------------------


@both
def test_every_place_and_form_leads_to_a_section_that_is_there(language: str) -> None:
    wanted = [topic_of_place(name) for name in PLACES] + [form.topic for form in forms()]
    wanted += [*PLACE_TOPICS.values(), GLOSSARY]
    assert [topic for topic in wanted if not leads_somewhere(topic, language)] == []


def test_every_place_has_a_topic_of_its_own() -> None:
    assert set(PLACES) - set(PLACE_TOPICS) == set()
    assert {name for name in PLACE_TOPICS if "/" not in name} - set(PLACES) == set()


@both
def test_links_lead_to_chapters_and_places(language: str, window: MainWindow) -> None:
    for chapter, picture, target in links(language):
        where = f"{language}/{chapter}: {target}"
        if picture:
            continue
        if target.startswith("place:"):
            place, _, part = target.removeprefix("place:").partition("/")
            assert place in PLACES, where
            window.show_place(Destination(place))
            page = window.page
            assert not part or (isinstance(page, TabbedPage) and part in page.tabs.names), where
        else:
            assert leads_somewhere(target.replace(".md", ""), language), where


@both
def test_pictures_are_there_and_small(language: str) -> None:
    folder = guide(language).folder
    used = {target for _chapter, picture, target in links(language) if picture}
    assert used, "a guide without pictures"
    assert {each for each in used if QImage(str(folder / each)).isNull()} == set()
    lying = {f"pictures/{path.name}" for path in (folder / "pictures").iterdir()}
    assert lying == used
    assert sum(path.stat().st_size for path in (folder / "pictures").iterdir()) < 1_000_000


@both
def test_bold_words_are_those_of_the_screen(language: str) -> None:
    """A button renamed in the program is renamed in the guide."""
    shown = words_of_the_program(language)
    for name, chapter in guide(language).chapters.items():
        assert set(re.findall(r"\*\*(.+?)\*\*", chapter.markdown)) - shown == set(), name


def test_both_languages_have_the_same_chapters_sections_and_links() -> None:
    first, other = (guide(language) for language in LANGUAGES)
    for name in CHAPTERS:
        if name != GLOSSARY:
            named = [[each.name for each in g.chapters[name].sections] for g in (first, other)]
            assert named[0] == named[1], name
    assert links(LANGUAGES[0]) == links(LANGUAGES[1])


@both
def test_words_of_the_glossary_stand_in_order(language: str) -> None:
    words = [each.title.casefold() for each in guide(language).chapters[GLOSSARY].sections[1:]]
    assert words == sorted(words)
    assert len(set(words)) == len(words)


@both
def test_search_finds_every_section_by_its_heading_first(language: str) -> None:
    book = guide(language)
    for name, chapter in book.chapters.items():
        for section in chapter.sections:
            found = book.search(section.title)
            assert (name, section.name) in {(each.chapter, each.section) for each in found}
            assert section.title.casefold() in found[0].title.casefold()


# -- the window ----------------------------------------------------------------------------


def test_f1_opens_the_chapter_of_the_page_and_of_its_tab(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Settle
) -> None:
    for place, part in (("home", ""), ("funds", ""), ("cash", "savings"), ("stock", "count")):
        window.show_place(Destination(place, part))
        settle(workspace)
        window.show_help()
        assert shown_help(window).topic == topic_of_place(place, part)
    assert len(window.findChildren(HelpDialog)) == 1
    shown_help(window).reject()


def test_f1_in_a_form_explains_the_form(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Settle
) -> None:
    window.open_form("transfer", {})
    settle(workspace)
    form = window.form("transfer")
    assert form is not None
    qtbot.keyClick(form, Qt.Key.Key_F1)
    dialog = form.findChild(HelpDialog)
    assert isinstance(dialog, HelpDialog)
    assert dialog.topic == next(form.topic for form in forms() if form.name == "transfer")
    assert "place:" not in dialog.page.toHtml()  # the form stands before the pages
    dialog.reject()
    form.reject()


def test_f1_in_a_message_explains_the_window_behind_it(
    window: MainWindow, workspace: Workspace, ui: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    window.show_place(Destination("kitchen"))
    settle(workspace)

    def topic_from(dialog: QDialog) -> str:
        dialog.open()
        dialog.activateWindow()

        def asked() -> bool:  # again, where the window has yet to come forward
            qtbot.keyClick(dialog, Qt.Key.Key_F1)
            return dialog.findChild(HelpDialog) is not None

        qtbot.waitUntil(asked)
        shown = dialog.findChild(HelpDialog)
        assert isinstance(shown, HelpDialog), dialog
        topic = shown.topic
        shown.reject()
        dialog.close()
        return topic

    assert topic_from(PhotoDialog(ui, "x", b"", window)) == topic_of_place("kitchen")
    assert topic_from(LongWork(workspace, "x", 0, window)) == topic_of_place("kitchen")
    window.open_form("transfer", {})
    form = window.form("transfer")
    message = MessageDialog(ui, "x", "y", parent=form)
    assert topic_from(message) == next(form.topic for form in forms() if form.name == "transfer")


@pytest.mark.parametrize("topic", [*CHAPTERS, KEYS_PAGE])
def test_every_chapter_is_shown_with_its_pictures(
    went: tuple[HelpDialog, list[tuple[str, str]]], topic: str
) -> None:
    dialog, _ = went
    dialog.show_topic(topic)
    text = dialog.page.toPlainText()
    assert topic in dialog.list.topics
    assert not {mark for mark in ("**", "](", "{#") if mark in text}
    assert dialog.page.verticalScrollBar().value() == 0


def test_the_keys_of_the_verbs_are_listed_as_they_are_pressed(ui: UiContext, qtbot: QtBot) -> None:
    dialog = HelpDialog(ui, KEYS_PAGE)
    qtbot.addWidget(dialog)
    lines = dialog.page.toPlainText().split("\n")
    for number, verb in enumerate(VERBS, start=1):
        assert f"Alt+{number} {ui.t(verb.title)}" in lines


def test_what_is_found_is_listed_and_shown(
    went: tuple[HelpDialog, list[tuple[str, str]]], qtbot: QtBot
) -> None:
    dialog, _ = went
    qtbot.keyClicks(dialog.search, "berita acara")
    assert len(dialog.list.topics) > 1
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.topic == dialog.list.topics[0]
    assert dialog.page.extraSelections()
    dialog.search.clear()
    assert dialog.list.topics == [*CHAPTERS, KEYS_PAGE]
    qtbot.keyClicks(dialog.search, "xyzzy")
    assert dialog.list.topics == []
