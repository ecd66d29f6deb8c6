"""The guide's window: F1 opens it at what is on the screen, Shift+F1 at the glossary; its list of
chapters, and searching.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kwt_books.i18n.catalogue import noop, resources_dir
from ui.home.verbs import VERBS
from ui.kit.button import Button
from ui.kit.help_keys import GLOSSARY
from ui.kit.layout import column, holder, label, row
from ui.kit.look import ENTER, ICON, ROW_TWO_LINES, Go, UiContext
from ui.kit.seek import SeekField, seek_in
from ui.shell.guide import CHAPTERS, Chapter, Guide, HelpPage, Section
from ui.shell.places import PLACES

# -- The list at the left of the guide: chapters, or what a search found -------------------------


_TOPIC, _ICON, _SECOND = (Qt.ItemDataRole.UserRole + each for each in (1, 2, 3))
_INSET, _ROW = 10, 34
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list. `topic` is a chapter or `chapter#section`; `second` a
    quiet line below.
    """

    topic: str
    title: str
    icon: str = ""
    second: str = ""


class HelpList(QListView):
    """Chapters, or what a search found."""

    chosen = Signal(str)
    """The topic of the entry that was selected, by mouse or keys."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._entries = QStandardItemModel(self)
        self._quiet = False
        self.setModel(self._entries)
        self.setItemDelegate(_Delegate(ui, self))
        self.setObjectName("bare")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._changed)
        self.clicked.connect(self._choose)

    @property
    def topics(self) -> list[str]:
        """The topics listed."""
        return [self._entries.item(row).data(_TOPIC) for row in range(self._entries.rowCount())]

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Lists these entries; none is selected."""
        self._quiet = True
        self._entries.clear()
        for entry in entries:
            item = QStandardItem(entry.title)
            item.setData(entry.topic, _TOPIC)
            item.setData(entry.icon, _ICON)
            item.setData(entry.second, _SECOND)
            item.setToolTip(entry.title if entry.second else "")
            item.setAccessibleText(
                f"{entry.title}. {entry.second}" if entry.second else entry.title
            )
            self._entries.appendRow(item)
        self._quiet = False

    def mark(self, topic: str) -> None:
        """Marks the entry of a topic without emitting `chosen`."""
        self._quiet = True
        topics = self.topics
        row = topics.index(topic) if topic in topics else -1
        self.setCurrentIndex(self._entries.index(row, 0) if row >= 0 else QModelIndex())
        self._quiet = False

    def choose_first(self) -> None:
        """Selects the first entry and gives the list the keyboard."""
        if self.topics:
            self.setFocus()
            self.setCurrentIndex(self._entries.index(0, 0))
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(_TOPIC)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._ui.theme.px(ROW_TWO_LINES if index.data(_SECOND) else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._ui.theme, option.rect.adjusted(0, 1, 0, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme.paint_round(painter, rect, "soft" if selected else "sunken", 6)
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        color = "accent_text" if selected else "text"
        if icon := str(index.data(_ICON) or ""):
            side = theme.px(ICON)
            box = QRect(inner.left(), rect.center().y() - side // 2 + 1, side, side)
            theme.draw_icon(painter, icon, theme.color("accent_text" if selected else "text2"), box)
            inner.setLeft(inner.left() + side + _INSET)
        title, second = str(index.data()), str(index.data(_SECOND) or "")
        if second:
            upper, lower = QRect(inner), QRect(inner)
            upper.setBottom(rect.center().y() + 1)
            lower.setTop(rect.center().y() + 1)
            upper, lower = upper.adjusted(0, 5, 0, 0), lower.adjusted(0, 0, 0, -5)
            theme.write(painter, upper, title, color, elided=True)
            theme.write(painter, lower, second, "text3", "caption", elided=True)
        else:
            theme.write(painter, inner, title, color, bold=selected, elided=True)
        painter.restore()


KEYS = (
    ("Ctrl+K", noop("Search")),
    ("Ctrl+PgUp", noop("Previous month")),
    ("Ctrl+PgDn", noop("Next month")),
    ("Alt+←", noop("Back to the previous page")),
    ("Ctrl+S", noop("Save")),
    ("Ctrl+P", noop("Save and print")),
    ("Enter", noop("Next field")),
    ("Esc", noop("Close; your draft is kept")),
    ("F1", noop("Guide to what is on the screen")),
    ("Shift+F1", noop("List of words")),
    ("Ctrl+Shift+L", noop("Lock or switch user")),
)
KEYS_PAGE = "keys"
_PLACE = "place:"
_PLACE_LINK = re.compile(rf"\[([^\]]*)\]\({_PLACE}[^)]*\)")
_SIZE, _LIST, _OF_SCREEN = QSize(1120, 640), 288, 0.94


def open_help(window: QWidget, ui: UiContext, topic: str, go: Go | None = None) -> HelpDialog:
    """Opens the guide over a window at a topic; one that is open already comes forward."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    shown: HelpDialog | None = window.findChild(HelpDialog, options=direct)
    dialog = shown or HelpDialog(ui, topic, window, go)
    if shown is not None:
        dialog.show_topic(topic)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class HelpDialog(QDialog):
    """The guide, open beside the work. `topic` is a chapter or `chapter#section`."""

    def __init__(
        self, ui: UiContext, topic: str, parent: QWidget | None = None, go: Go | None = None
    ) -> None:
        super().__init__(parent)
        self._ui, self._go = ui, go
        self._guide = Guide(resources_dir() / "guide", ui.language)
        self._back: list[str] = []
        self.topic = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("Guide"))
        self.list = HelpList(ui)
        self.list.setAccessibleName(ui.t("Chapters"))
        self.search = self._search_field()
        self.page = HelpPage(ui)
        self._nothing = label("", "quiet", wrap=True)
        self._lay_out()
        size = QSize(ui.theme.px(_SIZE.width()), ui.theme.px(_SIZE.height()))
        self.resize(size.boundedTo(self.screen().availableSize() * _OF_SCREEN))
        self.list.chosen.connect(self.show_topic)
        self.page.wanted.connect(self._follow)
        for keys, act in (("Alt+Left", self.go_back), ("Ctrl+F", partial(seek_in, self.search))):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._list_chapters()
        self.show_topic(topic)
        self.page.setFocus()

    # -- what is shown ---------------------------------------------------------------------

    def show_topic(self, topic: str) -> None:
        """Shows a chapter, from a section of it where one is named."""
        name, _, section = topic.partition("#")
        chapter = self._chapter(name)
        if chapter is None:
            return
        if self.topic and self.topic != topic:
            self._back.append(self.topic)
        self._show(chapter, section)

    def go_back(self) -> None:
        """Shows what was shown before."""
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
        t = self._ui.t
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
        entries.append(Entry(KEYS_PAGE, self._ui.t("Shortcut keys"), "keyboard"))
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
        self._nothing.setText(self._ui.t("Nothing in the guide about “{text}”", text=text.strip()))
        self._nothing.setVisible(not found)

    # -- layout ----------------------------------------------------------------------------

    def _search_field(self) -> SeekField:
        field = SeekField(self._ui, self._ui.t("Search the guide"), "Ctrl+F")
        field.textChanged.connect(self._search)
        field.returnPressed.connect(self.list.choose_first)
        return field

    def _lay_out(self) -> None:
        row(self._left(), (column(self._top(), (self.page, 1)), 1), parent=self)

    def _left(self) -> QWidget:
        parts = self.search, self._nothing, (self.list, 1)
        left = holder(column(*parts, margins=12, space=8), "canvas")
        left.setFixedWidth(self._ui.theme.px(_LIST))
        return left

    def _top(self) -> QHBoxLayout:
        t, ui = self._ui.t, self._ui
        self._before = Button(ui, "", "arrow-left", kind="quiet").hint(t("Back"), "Alt+←")
        self._before.when_clicked(self.go_back)
        self._chapter_name = label("", "caption")
        words = Button(ui, t("List of words"), "book-open", kind="quiet")
        words.hint(t("List of words"), "Shift+F1")
        words.when_clicked(lambda: self.show_topic(GLOSSARY))
        parts = self._before, (self._chapter_name, 1), words
        return row(*parts, space=8, margins=(12, 12, 12, 4))
