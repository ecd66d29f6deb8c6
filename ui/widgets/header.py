"""The bar above every page: where one is, search, the month, and who one is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy

from ui.kit import Kit
from ui.tokens import GUTTER, HEADER
from ui.widgets.button import with_keys
from ui.widgets.card import Key
from ui.widgets.label import Elided, column, label, row
from ui.widgets.month import MonthButton

_BESIDE = 56
"""The magnifying glass and what stands free around the words of the search."""


class SearchField(QLineEdit):
    """Says the keys that lead to it while it is empty."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._key = Key("Ctrl K", self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setPlaceholderText(kit.t("Search"))
        self.setToolTip(with_keys(kit.t, kit.t("Search"), "Ctrl+K"))
        self.setAccessibleName(kit.t("Search"))
        glass = QAction(kit.theme.icon("magnifying-glass", "text2"), "", self)
        self.setProperty("leading", True)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._show_key)

    def _show_key(self) -> None:
        """Only while there is room for it beside the word."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        room = self.width() - self._key.sizeHint().width() - _BESIDE
        self._key.setVisible(not self.text() and words <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        size = self._key.sizeHint()
        top = (self.height() - size.height()) // 2
        self._key.setGeometry(
            QRect(self.width() - size.width() - 10, top, size.width(), size.height())
        )
        self._show_key()


class PersonButton(QPushButton):
    """Initials on a disc, name and task; opens the menu of the program."""

    def __init__(self, kit: Kit, name: str, role: str) -> None:
        super().__init__()
        self._kit, self._name, self._role = kit, name, role
        self._short = False
        self.setObjectName("person")
        self.setAutoDefault(False)
        self.setAccessibleName(f"{name}, {role}")
        self.setToolTip(kit.t("Program menu"))

    def shorten(self, *, short: bool) -> None:
        """Only the disc, where there is little room."""
        self._short = short
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._kit.theme
        if self._short:
            return QSize(theme.px(60), theme.px(40))
        self.setFont(theme.font("caption", bold=True))
        words = self.fontMetrics().horizontalAdvance(max(self._name, self._role, key=len)[:24])
        return QSize(theme.px(40) + words + theme.px(32), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = theme.px(32), self.height() // 2
        disc = QRect(2, middle - side // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("soft"))
        painter.drawEllipse(disc)
        painter.setPen(theme.color("accent_text"))
        painter.setFont(theme.font("caption", bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        if not self._short:
            self._paint_words(painter, disc, middle)
        caret = theme.px(14)
        place = QRect(self.width() - caret - 2, middle - caret // 2, caret, caret)
        theme.draw_icon(painter, "caret-down", theme.color("text2"), place)

    def _paint_words(self, painter: QPainter, disc: QRect, middle: int) -> None:
        theme = self._kit.theme
        words = QRect(disc.right() + 9, 0, self.width() - disc.right() - theme.px(32), middle + 1)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, words.width())
        bottom, top = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.color("text"))
        painter.drawText(words, bottom, name)
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("caption"))
        painter.drawText(words.translated(0, middle), top, self._role)


def initials(name: str) -> str:
    """`SR` of Siti Rohmah."""
    return "".join(word[0] for word in name.split()[:2]).upper()


_WIDE = 880
"""Below this the search grows short and the person is a disc."""


class HeaderBar(QFrame):
    def __init__(self, kit: Kit, name: str, role: str) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedHeight(kit.theme.px(HEADER))
        self._place = label("", "title")
        self._part = Elided("", "title")
        self._subtitle = Elided("", "caption")
        self._part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search = SearchField(kit)
        self.search.setFixedWidth(kit.theme.px(168))
        self.month = MonthButton(kit)
        self.person = PersonButton(kit, name, role)
        titles = row(space=10)
        titles.addWidget(self._place)
        titles.addWidget(self._part, 1)
        words = column(space=0)
        words.addStretch(1)
        words.addLayout(titles)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        line = row(self, space=8)
        line.setContentsMargins(GUTTER, 0, GUTTER, 0)
        line.addLayout(words, 1)
        line.addWidget(self.search)
        line.addWidget(self.month)
        line.addSpacing(10)
        line.addWidget(self.person)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        px = self._kit.theme.px
        wide = self.width() >= px(_WIDE)
        self.search.setFixedWidth(px(168 if wide else 120))
        self.person.shorten(short=not wide)

    @property
    def title(self) -> str:
        return " ".join(filter(None, (self._place.text(), self._part.text())))

    def show_title(self, place: str, part: str = "") -> None:
        """`Laporan › Laba Rugi`: the place goes grey once a part of it is named."""
        self._place.setText(f"{place}  ›" if part else place)
        self._place.setStyleSheet("font-weight: 400;" if part else "")
        self._place.setProperty("tone", "quiet" if part else "")
        self._place.style().polish(self._place)
        self._part.setText(part)

    def show_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
