"""F1: the guide at what is on the screen; Shift+F1: the words. Both from any window."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.paths import resources_dir
from ui.help_guide import CHAPTERS, Chapter, Guide, Section
from ui.help_list import Entry, HelpList
from ui.help_page import HelpPage
from ui.help_topics import GLOSSARY, Go
from ui.kit import Kit
from ui.pages.registry import PLACES
from ui.pages.verbs import VERBS
from ui.widgets.button import Button
from ui.widgets.label import column, label, row
from ui.widgets.seek_field import SeekField

KEYS = (
    ("Ctrl+K", noop("Search")),
    ("Ctrl+PgUp", noop("Month before")),
    ("Ctrl+PgDn", noop("Month after")),
    ("Alt+←", noop("Back to the page before")),
    ("Ctrl+S", noop("Save")),
    ("Ctrl+P", noop("Save and print")),
    ("Enter", noop("Next field")),
    ("Esc", noop("Close; what was typed is kept")),
    ("F1", noop("Guide to what is on the screen")),
    ("Shift+F1", noop("List of words")),
    ("Ctrl+Shift+L", noop("Lock, or change person")),
)
KEYS_PAGE = "keys"
_PLACE = "place:"
_PLACE_LINK = re.compile(rf"\[([^\]]*)\]\({_PLACE}[^)]*\)")
_SIZE, _LIST, _OF_SCREEN = QSize(1120, 640), 288, 0.94


def open_help(window: QWidget, kit: Kit, topic: str, go: Go | None = None) -> HelpDialog:
    """The help of a window; the one that is open already comes forward."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    shown: HelpDialog | None = window.findChild(HelpDialog, options=direct)
    dialog = shown or HelpDialog(kit, topic, window, go)
    if shown is not None:
        dialog.show_topic(topic)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class HelpDialog(QDialog):
    """Stays open beside the work. `topic` is a chapter or `chapter#section`."""

    def __init__(
        self, kit: Kit, topic: str, parent: QWidget | None = None, go: Go | None = None
    ) -> None:
        super().__init__(parent)
        self._kit, self._go = kit, go
        self._guide = Guide(resources_dir() / "guide", kit.language)
        self._back: list[str] = []
        self.topic = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(kit.t("Guide"))
        self.list = HelpList(kit)
        self.list.setAccessibleName(kit.t("Chapters"))
        self.search = self._search_field()
        self.page = HelpPage(kit)
        self._nothing = label("", "quiet", wrap=True)
        self._lay_out()
        size = QSize(kit.theme.px(_SIZE.width()), kit.theme.px(_SIZE.height()))
        self.resize(size.boundedTo(self.screen().availableSize() * _OF_SCREEN))
        self.list.chosen.connect(self.show_topic)
        self.page.wanted.connect(self._follow)
        for keys, act in (("Alt+Left", self.go_back), ("Ctrl+F", self._search_again)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._list_chapters()
        self.show_topic(topic)
        self.page.setFocus()

    # -- what is shown ---------------------------------------------------------------------

    def show_topic(self, topic: str) -> None:
        """Opens a chapter, at a section of it where one is named."""
        name, _, section = topic.partition("#")
        chapter = self._chapter(name)
        if chapter is None:
            return
        if self.topic and self.topic != topic:
            self._back.append(self.topic)
        self._show(chapter, section)

    def go_back(self) -> None:
        if self._back:
            name, _, section = self._back.pop().partition("#")
            chapter = self._chapter(name)
            assert chapter is not None
            self._show(chapter, section)

    def _show(self, chapter: Chapter, section: str) -> None:
        self.topic = f"{chapter.name}#{section}" if section else chapter.name
        if self._go is None:
            chapter = replace(chapter, markdown=_PLACE_LINK.sub(r"\1", chapter.markdown))
        words = tuple(self.search.text().split())
        self.page.show_chapter(chapter, self._guide.folder, section, words)
        self.list.mark(self.topic if words else chapter.name)
        self._before.setEnabled(bool(self._back))
        self._chapter_name.setText(chapter.title)

    def _chapter(self, name: str) -> Chapter | None:
        if name == KEYS_PAGE:
            return self._keys()
        return self._guide.chapters.get(name)

    def _keys(self) -> Chapter:
        t = self._kit.t
        title = t("Shortcut keys")
        verbs = tuple((f"Alt+{n}", verb.title) for n, verb in enumerate(VERBS, start=1))
        lines = "\n".join(f"- `{keys}` {t(what)}" for keys, what in (*KEYS, *verbs))
        return Chapter(KEYS_PAGE, title, f"# {title}\n\n{lines}\n", (Section("", title, ""),))

    def _follow(self, link: str) -> None:
        if link.startswith(_PLACE):
            place, _, part = link.removeprefix(_PLACE).partition("/")
            if self._go is not None and place in PLACES:
                self._go(place, part)
            return
        name, _, section = link.partition("#")
        name = name.removesuffix(".md")
        self.search.clear()
        self.show_topic(f"{name}#{section}" if section else name)

    # -- searching -------------------------------------------------------------------------

    def _list_chapters(self) -> None:
        entries = [
            Entry(name, self._guide.chapters[name].title, icon) for name, icon in CHAPTERS.items()
        ]
        entries.append(Entry(KEYS_PAGE, self._kit.t("Shortcut keys"), "keyboard"))
        self.list.show_entries(entries)
        self.list.mark(self.topic.partition("#")[0])
        self._nothing.hide()

    def _search(self, text: str) -> None:
        if not text.strip():
            self._list_chapters()
            return
        found = self._guide.search(text)
        self.list.show_entries(
            Entry(
                f"{each.chapter}#{each.section}" if each.section else each.chapter,
                each.title,
                second=each.extract,
            )
            for each in found
        )
        self._nothing.setText(self._kit.t("Nothing in the guide about “{text}”", text=text.strip()))
        self._nothing.setVisible(not found)

    def _search_again(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # -- layout ----------------------------------------------------------------------------

    def _search_field(self) -> SeekField:
        field = SeekField(self._kit, self._kit.t("Search the guide"), "Ctrl+F")
        field.textChanged.connect(self._search)
        field.returnPressed.connect(self.list.choose_first)
        return field

    def _lay_out(self) -> None:
        across = row(self)
        across.addWidget(self._left())
        right = column()
        right.addLayout(self._top())
        right.addWidget(self.page, 1)
        across.addLayout(right, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("canvas")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(self._kit.theme.px(_LIST))
        down: QVBoxLayout = column(left, margins=12, space=8)
        down.addWidget(self.search)
        down.addWidget(self._nothing)
        down.addWidget(self.list, 1)
        return left

    def _top(self) -> QHBoxLayout:
        t, kit = self._kit.t, self._kit
        line = row(space=8)
        line.setContentsMargins(12, 12, 12, 4)
        self._before = Button(kit, "", "arrow-left", kind="quiet").hint(t("Back"), "Alt+←")
        self._before.when_clicked(self.go_back)
        self._chapter_name = label("", "caption")
        line.addWidget(self._before)
        line.addWidget(self._chapter_name, 1)
        words = Button(kit, t("List of words"), "book-open", kind="quiet")
        words.hint(t("List of words"), "Shift+F1")
        line.addWidget(words.when_clicked(lambda: self.show_topic(GLOSSARY)))
        return line
