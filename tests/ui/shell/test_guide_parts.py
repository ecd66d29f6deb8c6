"""The guide's parts by themselves: what a search finds in it, its list, its page and its window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.painted import Drawn, painted
from ui.kit.button import Button
from ui.kit.help_keys import GLOSSARY
from ui.kit.look import GUTTER, UiContext
from ui.shell.guide import CHAPTERS, Guide, HelpPage
from ui.shell.help import Entry, HelpDialog, HelpList, open_help

NEEDLE = "jarum"
TEXT = f"""# Garden

Before any heading, **bold** and `Ctrl+S`, see [money](cash.md).

![bed](pictures/bed.png)

## Sowing {{#sow}}

{"seed " * 30}{NEEDLE} {"soil " * 60}

- one
- two

> Never in the rain.

### Watering

Each morning.
"""


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    folder = tmp_path / "en"
    (folder / "pictures").mkdir(parents=True)
    for name in CHAPTERS:
        (folder / f"{name}.md").write_text(f"# {name}\n\nAbout {name}.\n", encoding="utf-8")
    (folder / "garden.md").write_text(TEXT, encoding="utf-8")
    kitchen = f"# Kitchen\n\nA {NEEDLE}.\n\n## The {NEEDLE.title()}\n\nx\n"
    (folder / "kitchen.md").write_text(kitchen, encoding="utf-8")
    picture = QImage(600, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(folder / "pictures" / "bed.png"))
    return Guide(tmp_path, "en")


def test_a_chapter_is_cut_at_its_headings(guide: Guide) -> None:
    sections = guide.chapters["garden"].sections
    named = [(each.name, each.title) for each in sections]
    assert named == [("", "Garden"), ("sow", "Sowing"), ("part-2", "Watering")]
    assert sections[0].text == "Before any heading, bold and Ctrl+S, see money."
    assert sections[1].text.endswith("one two Never in the rain.")
    assert "{#" not in guide.chapters["garden"].markdown
    assert list(guide.chapters) == list(CHAPTERS)


def test_what_is_found_shows_what_stands_around_it(guide: Guide) -> None:
    first, *others = guide.search(NEEDLE.upper())
    assert (first.chapter, first.section) == ("kitchen", "part-1"), "what has it in its heading"
    assert first.title == f"The {NEEDLE.title()} · Kitchen"
    assert {(each.chapter, each.section, each.title) for each in others} == {
        ("garden", "sow", "Sowing · Garden"), ("kitchen", "", "Kitchen"),
    }  # fmt: skip
    extracts = {each.chapter: each.extract for each in others}
    assert extracts["kitchen"] == f"A {NEEDLE}.", "all of it, without dots"
    before, after = extracts["garden"].split(NEEDLE)
    assert before.startswith("…")
    assert after.endswith("…")
    assert 40 < len(before) < len(after) < 90, "more of what follows"
    assert guide.search("seed")[0].extract.startswith("seed"), "from the beginning"
    soil = guide.search("watering each")[0].extract
    assert soil == "Each morning."
    for nowhere in ("watering xyzzy", "   "):
        assert guide.search(nowhere) == [], "every word is wanted"


# -- the list ------------------------------------------------------------------------------

LONG = "A title that is much longer than the list beside the guide has any room for"
ENTRIES = (
    Entry("start", "Beginning", "house"),
    Entry("friday", LONG, "leaf"),
    Entry("cash#savings", LONG, second="… what was saved, and by whom it was saved …"),
)


@pytest.fixture
def listed(english: UiContext, qtbot: QtBot) -> tuple[HelpList, list[str]]:
    made = HelpList(english)
    qtbot.addWidget(made)
    made.resize(288, 300)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.show_entries(ENTRIES)
    return made, chosen


def lines(made: HelpList, ui: UiContext) -> list[list[Drawn]]:
    """What is drawn in each line."""
    drawn = painted(made, ui.theme).drawn
    places = [made.visualRect(made.model().index(row, 0)) for row in range(len(ENTRIES))]
    return [[each for each in drawn if place.contains(each.place.center())] for place in places]


def test_a_line_has_an_icon_or_a_second_line_below(
    listed: tuple[HelpList, list[str]], english: UiContext
) -> None:
    made, _ = listed
    plain, _long, found = lines(made, english)
    assert [each[:2] for each in plain] == [("<house>", "text2"), ("Beginning", "text")]
    icon, title = plain
    assert icon.place.right() < title.place.left() < title.place.right() < 288
    assert abs(icon.place.center().y() - title.place.center().y()) <= 1
    upper, lower = found
    assert (upper[:2], lower[:2]) == ((LONG, "text"), (ENTRIES[2].second, "text3"))
    assert upper.place.left() == lower.place.left() < title.place.left()
    place = made.visualRect(made.model().index(2, 0))
    assert place.top() < upper.place.top() < upper.place.bottom() <= lower.place.top() + 1
    assert lower.place.bottom() < place.bottom()
    assert lower.font == english.theme.font("caption")
    assert all(each.elided for each in (title, upper, lower))
    assert made.sizeHintForRow(2) > made.sizeHintForRow(0) == made.sizeHintForRow(1)
    about = [made.model().index(row, 0) for row in range(3)]
    assert [each.data(Qt.ItemDataRole.ToolTipRole) for each in about] == ["", "", LONG]
    said = [each.data(Qt.ItemDataRole.AccessibleTextRole) for each in about]
    assert said == ["Beginning", LONG, f"{LONG}. {ENTRIES[2].second}"]
    assert made.editTriggers() == QListView.EditTrigger.NoEditTriggers
    assert made.hasMouseTracking(), "the line under the mouse has a ground"


def test_the_line_that_is_shown_is_marked(
    listed: tuple[HelpList, list[str]], english: UiContext
) -> None:
    made, chosen = listed
    assert made.currentIndex().row() == -1
    made.mark("start")
    plain, *_ = lines(made, english)
    seen = [("", "soft"), ("<house>", "accent_text"), ("Beginning", "accent_text")]
    assert [each[:2] for each in plain] == seen
    assert plain[-1].font.bold()
    made.mark("cash#savings")
    plain, _, (_, upper, lower) = lines(made, english)
    assert len(plain) == 2
    assert (upper.color, lower.color) == ("accent_text", "text3")
    made.mark("nowhere")
    assert made.currentIndex().row() == -1
    assert chosen == [], "nobody chose"


def test_a_line_is_chosen_by_keys_and_by_the_mouse(
    listed: tuple[HelpList, list[str]], qtbot: QtBot
) -> None:
    made, chosen = listed
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert chosen == [], "none is marked"
    made.choose_first()
    assert made.window().focusWidget() is made
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert chosen[-2:] == ["friday", "friday"]
    assert set(chosen[:-2]) == {"start"}
    spot = made.visualRect(made.model().index(2, 0)).center()
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen[-1] == "cash#savings"
    told = len(chosen)
    made.show_entries(ENTRIES[:1])
    assert (made.topics, made.currentIndex().row(), len(chosen)) == (["start"], -1, told)
    made.show_entries(())
    made.choose_first()
    assert len(chosen) == told


# -- the page ------------------------------------------------------------------------------


@pytest.fixture
def page(english: UiContext, guide: Guide, qtbot: QtBot) -> HelpPage:
    made = HelpPage(english)
    qtbot.addWidget(made)
    made.resize(600, 240)
    made.show()
    made.show_chapter(guide.chapters["garden"], guide.folder)
    return made


def blocks(page: HelpPage) -> dict[str, QTextBlock]:
    found, block = {}, page.document().begin()
    while block.isValid():
        found[block.text().split(" ")[0]] = block
        block = block.next()
    return found


def letters(page: HelpPage, word: str) -> QTextCharFormat:
    cursor = page.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def test_headings_stand_out_and_lines_are_far_enough_apart(
    page: HelpPage, english: UiContext
) -> None:
    theme, there = english.theme, blocks(page)
    heads = [letters(page, word) for word in ("Garden", "Sowing", "Watering")]
    wanted = [theme.font(size, bold=True) for size in ("title", "card", "body")]
    assert [each.font().pixelSize() for each in heads] == [each.pixelSize() for each in wanted]
    assert all(each.font().bold() for each in heads)
    assert {each.foreground().color().name() for each in heads} == {theme.color("text").name()}
    assert [each.anchorNames() for each in heads] == [[], ["sow"], ["part-2"]]
    above = [there[word].blockFormat().topMargin() for word in ("Garden", "Watering", "Sowing")]
    assert above[0] == 0 < above[1] < above[2]
    high = {word: there[word].blockFormat().lineHeight() for word in there}
    picture = next(word for word in there if "\ufffc" in word)
    assert high["Garden"] == high["Sowing"] == high[picture] == 100
    assert high["Before"] == high["one"] == high["Never"] > 100
    below = {word: there[word].blockFormat().bottomMargin() for word in there}
    assert below["one"] == below["two"] == below["Sowing"] < below["Before"] < below["Never"]
    quoted = there["Never"].blockFormat()
    assert quoted.leftMargin() == quoted.rightMargin() == quoted.topMargin() > 0
    assert there["Before"].blockFormat().leftMargin() == 0


def test_words_are_dressed_as_in_the_program(page: HelpPage, english: UiContext) -> None:
    theme = english.theme
    bold, keys, link, plain = (letters(page, each) for each in ("bold", "Ctrl", "money", "heading"))
    assert bold.fontWeight() == keys.fontWeight() == theme.font(bold=True).weight()
    assert keys.fontFamilies() == [theme.family]
    assert not keys.fontFixedPitch()
    assert keys.background().color() == theme.color("sunken")
    assert link.foreground().color() == theme.color("accent_text")
    assert (link.fontUnderline(), link.anchorHref()) == (True, "cash.md")
    assert plain.background().style() == Qt.BrushStyle.NoBrush
    assert plain.fontWeight() < bold.fontWeight()
    assert page.accessibleName() == "Garden"
    wanted: list[str] = []
    page.wanted.connect(wanted.append)
    page.anchorClicked.emit(QUrl("place:sell/market_day"))
    assert wanted == ["place:sell/market_day"]
    assert page.toPlainText().startswith("Garden"), "links lead where the program says"


def test_a_quoted_word_stands_on_a_ground_that_goes_with_it(
    page: HelpPage, english: UiContext
) -> None:
    soft = english.theme.color("soft")

    def dyed() -> QRect:
        """Where the page has the ground of a note."""
        seen = page.viewport().grab().toImage()
        found = [(x, y) for y in range(seen.height()) for x in (30, 300, 560)
                 if seen.pixelColor(x, y) == soft]  # fmt: skip
        rows = [y for _, y in found]
        return QRect(0, min(rows), 1, max(rows) - min(rows) + 1) if rows else QRect()

    assert dyed().isNull(), "it stands further below"
    bar = page.verticalScrollBar()
    cursor = page.document().find("Never")
    bar.setValue(bar.value() + page.cursorRect(cursor).top() - 60)
    place, line = dyed(), page.cursorRect(cursor)
    assert place.top() < line.top()
    assert place.bottom() > line.bottom()
    bar.setValue(bar.value() - 20)
    assert dyed().top() == place.top() + 20


@pytest.mark.parametrize(("width", "wide"), [(600, None), (1_400, 800)])
def test_lines_are_as_wide_as_there_is_room_but_never_too_long_to_read(
    page: HelpPage, qtbot: QtBot, width: int, wide: int | None
) -> None:
    page.resize(width, 240)
    room, layout = page.viewport().width() - 2 * GUTTER, page.document().documentLayout()

    def written() -> bool:
        line = layout.blockBoundingRect(blocks(page)["seed"]).width()
        return abs(line - (wide or room)) <= 2

    qtbot.waitUntil(written)
    picture = page.loadResource(QTextDocument.ResourceType.ImageResource.value, "pictures/bed.png")
    assert isinstance(picture, QImage)
    assert picture.width() == min(600, wide or room - 2), "no wider than the column"
    assert abs(picture.height() * 2 - picture.width()) <= 1


def test_nothing_but_pictures_of_the_guide_is_read(page: HelpPage) -> None:
    kinds = QTextDocument.ResourceType
    for kind, name in ((kinds.StyleSheetResource, "pictures/bed.png"),
                       (kinds.HtmlResource, "garden.md")):  # fmt: skip
        assert page.loadResource(kind.value, name) is None
    missing = page.loadResource(kinds.ImageResource.value, QUrl("pictures/none.png"))
    assert isinstance(missing, QImage)
    assert missing.isNull()
    there = page.loadResource(kinds.ImageResource.value, QUrl("pictures/bed.png"))
    assert isinstance(there, QImage)
    assert not there.isNull()


def test_the_place_stays_when_the_page_is_written_anew(
    page: HelpPage, guide: Guide, english: UiContext, qtbot: QtBot
) -> None:
    bar, theme = page.verticalScrollBar(), english.theme
    page.show_chapter(guide.chapters["garden"], guide.folder, "part-2", ("each", "morning"))
    at = bar.value()
    assert at > 0
    marked = page.extraSelections()
    assert [each.cursor.selectedText() for each in marked] == ["Each", "morning"]
    grounds = [each.format.background().color() for each in marked]
    assert grounds == [theme.color("amber_bg")] * 2
    theme.changed.emit()
    assert bar.value() == at, "at the section that was wanted"
    bar.setValue(at // 2)
    theme.changed.emit()
    assert bar.value() == at // 2, "where somebody scrolled to"
    page.show_chapter(guide.chapters["start"], guide.folder)
    assert (bar.value(), page.extraSelections()) == (0, [])


# -- the window ----------------------------------------------------------------------------


def test_the_window_tells_where_it_is_and_leads_back(english: UiContext, qtbot: QtBot) -> None:
    dialog = HelpDialog(english, "start")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    back, words = (each for each in dialog.findChildren(Button) if each.toolTip())
    told = [each.toolTip() for each in (back, words)]
    assert told == ["Back (Alt+←)", "List of words (Shift+F1)"]
    assert (dialog.windowTitle(), dialog.list.accessibleName()) == ("Guide", "Chapters")
    assert (back.isEnabled(), dialog.page.hasFocus()) == (False, True)
    seen, color = dialog.grab().toImage(), english.theme.color
    assert seen.pixelColor(4, dialog.height() - 4) == color("canvas"), "the list's ground"
    assert seen.pixelColor(dialog.width() - 20, dialog.height() - 4) == color("surface")
    chapters = Guide(Path("resources/guide"), "en").chapters

    def named(name: str) -> bool:
        return chapters[name].title in [each.text() for each in dialog.findChildren(QLabel)]

    assert named("start")
    dialog.show_topic("start")
    assert not back.isEnabled(), "it is there already"
    words.click()
    assert (dialog.topic, back.isEnabled(), named(GLOSSARY)) == (GLOSSARY, True, True)
    assert dialog.list.currentIndex().data() == chapters[GLOSSARY].title
    dialog.show_topic("nowhere")
    assert dialog.topic == GLOSSARY
    back.click()
    assert (dialog.topic, back.isEnabled()) == ("start", False)
    dialog.go_back()
    assert dialog.topic == "start"
    dialog.page.wanted.emit("cash.md")
    assert dialog.topic == "cash"
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.search.hasFocus()
    qtbot.keyClicks(dialog.search, "xyzzy ")
    nothing = [each for each in dialog.findChildren(QLabel) if "xyzzy" in each.text()]
    assert [(each.text(), each.isVisible()) for each in nothing] == [
        ("Nothing in the guide about “xyzzy”", True)
    ]
    dialog.search.clear()
    assert not nothing[0].isVisible()
    qtbot.keyClicks(dialog.search, "x" * 3)
    dialog.page.wanted.emit("cash.md#savings")
    assert (dialog.search.text(), dialog.topic) == ("", "cash#savings")
    assert dialog.list.topics[: len(CHAPTERS)] == list(CHAPTERS)


def test_a_link_leads_to_a_place_of_the_program(english: UiContext, qtbot: QtBot) -> None:
    went: list[tuple[str, str]] = []
    for go in (None, lambda place, part: went.append((place, part))):
        dialog = HelpDialog(english, "start", None, go)
        qtbot.addWidget(dialog)
        for link in ("place:nowhere/part", "place:sell/market_day"):
            dialog.page.wanted.emit(link)
            assert dialog.topic == "start"
    assert went == [("sell", "market_day")]


def test_one_guide_a_window_comes_forward(english: UiContext, around: QWidget) -> None:
    around.show()
    first = open_help(around, english, "start")
    first.hide()
    again = open_help(around, english, "cash")
    assert again is first
    assert (again.topic, again.isVisible()) == ("cash", True)
    screen = first.screen().availableSize()
    assert first.width() <= screen.width()
    assert first.height() < screen.height()
    QApplication.processEvents()
    first.close()
