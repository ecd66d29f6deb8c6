"""Before any book is open: the last ones, a new one, the demo, a backup, or any file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
)

from ui.drives import documents
from ui.help_keys import add_help_keys
from ui.help_topics import topic_of_window
from ui.kit import Kit
from ui.preferences import Preferences
from ui.widgets.fixed import fixed_page
from ui.widgets.icon import Disc
from ui.widgets.label import column, label, row
from ui.widgets.tabs import Segment
from ui.words import SUFFIX

_WIDTH = 640
_RECENT = 4


@dataclass(frozen=True, slots=True)
class Said:
    title: str
    second: str
    icon: str


class Way(QAbstractButton):
    """One way in: an icon, what it does, and a word more."""

    def __init__(self, kit: Kit, said: Said, *, main: bool = False) -> None:
        super().__init__()
        self._kit, self._said, self._main = kit, said, main
        self.setText(said.title.replace("&", "&&"))
        self.setAccessibleName(said.title)
        self.setAccessibleDescription(said.second)
        self.setToolTip(said.second)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(200), self._kit.theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.underMouse() or self.isDown()
        ground = (
            ("accent_hover" if down else "accent")
            if self._main
            else ("sunken" if down else "surface")
        )
        painter.setPen(theme.color(ground if self._main else "line"))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        side, middle = theme.px(26), self.height() // 2
        icon = QRect(theme.px(16), middle - side // 2, side, side)
        glyph = "on_accent" if self._main else "accent_text"
        theme.draw_icon(painter, self._said.icon, theme.color(glyph), icon)
        left = icon.right() + theme.px(14)
        words = QRect(left, 0, self.width() - left - theme.px(12), middle + 1)
        lines = (
            (self._said.title, theme.font(bold=True), "text", Qt.AlignmentFlag.AlignBottom, 0),
            (self._said.second, theme.font("caption"), "text2", Qt.AlignmentFlag.AlignTop, middle),
        )
        for text, font, color, at, offset in lines:
            painter.setFont(font)
            painter.setPen(theme.color("on_accent" if self._main else color))
            elide = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(text, elide, words.width())
            painter.drawText(words.translated(0, offset), at, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Welcome(QDialog):
    """`begun`: whose new book was begun and is waiting to be gone on with."""

    open_wanted = Signal(Path)
    begin_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, kit: Kit, preferences: Preferences, icon: QIcon, begun: str | None = None
    ) -> None:
        super().__init__()
        self._kit, self._t = kit, kit.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(icon)
        add_help_keys(self, kit, partial(topic_of_window, "welcome"))
        self.setWindowTitle("KWT Books")
        page = fixed_page(self, kit.theme.px(_WIDTH), margins=32, space=8)
        recent = preferences.recent[:_RECENT]
        self._head(page, known=bool(recent))
        if recent:
            self._recent(page, recent)
        self._ways(page, begun, first=not recent)

    # -- layout ----------------------------------------------------------------------------

    def _head(self, page: QVBoxLayout, *, known: bool) -> None:
        t, line = self._t, row(space=16)
        line.addWidget(Disc(self._kit, "leaf", 56))
        words = column()
        words.addStretch(1)
        title = t("Which book do you want to open?") if known else t("Welcome to KWT Books")
        words.addWidget(label(title, "title", wrap=True))
        quiet = t("The books stay on this computer. No internet is needed.")
        words.addWidget(label(quiet, "caption", wrap=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        self.language = Segment(self._kit, (("id", "ID"), ("en", "EN")), self._t.language)
        self.language.setAccessibleName(t("Language"))
        self.language.setFixedWidth(self._kit.theme.px(96))
        self.language.chosen.connect(self.language_chosen)
        line.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        page.addLayout(line)
        page.addSpacing(12)

    def _recent(self, page: QVBoxLayout, paths: list[Path]) -> None:
        page.addWidget(label(self._t("Last opened"), "label"))
        for place, path in enumerate(paths):
            said = Said(path.stem, str(path.parent), "book-open")
            way = Way(self._kit, said, main=place == 0)
            way.clicked.connect(lambda _on=False, each=path: self.open_wanted.emit(each))
            page.addWidget(way)
            if place == 0:
                way.setFocus()
        page.addSpacing(8)

    def _ways(self, page: QVBoxLayout, begun: str | None, *, first: bool) -> None:
        t = self._t
        if begun is not None:
            new = Said(t("Go on with the new book"), begun or t("What was typed is kept"), "plus")
        else:
            new = Said(t("New book"), t("For a group that starts here"), "plus")
        ways = (
            (new, self.begin_wanted.emit, first or begun is not None),
            (
                Said(t("Try the demo book"), t("A year of a group, to look around"), "play-circle"),
                self.demo_wanted.emit,
                False,
            ),
            (
                Said(t("Open a file"), t("A book that is on this computer"), "folder-open"),
                self.choose,
                False,
            ),
            (
                Said(t("Restore a backup"), t("From a flash drive"), "clock-counter-clockwise"),
                self.restore_wanted.emit,
                False,
            ),
        )
        grid = QGridLayout()
        grid.setSpacing(8)
        self.ways: list[Way] = []
        for place, (said, act, main) in enumerate(ways):
            way = Way(self._kit, said, main=main and (first or place == 0))
            way.clicked.connect(lambda _on=False, each=act: each())
            self.ways.append(way)
            grid.addWidget(way, *divmod(place, 2))
        page.addLayout(grid)
        if first:
            self.ways[0].setFocus()

    def choose(self) -> None:
        pattern = self._t("Books (*{suffix})", suffix=SUFFIX)
        title, folder = self._t("Open a file"), str(documents())
        found, _ = QFileDialog.getOpenFileName(self, title, folder, pattern)
        if found:
            self.open_wanted.emit(Path(found))
