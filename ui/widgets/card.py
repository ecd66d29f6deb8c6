"""Frames that hold things: cards, badges, notes, keys."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.kit import Kit, restyle
from ui.tokens import GUTTER, ICON, ICON_SMALL, RADIUS_CARD
from ui.widgets.button import Button
from ui.widgets.icon import Icon
from ui.widgets.label import column, label, row

NOTE_ICONS = {"": "info", "good": "check-circle", "warn": "warning-circle", "error": "x-circle"}
NOTE_COLORS = {"": "text2", "good": "accent_text", "warn": "amber", "error": "red"}


class Card(QFrame):
    """A white frame. `body` is its column; `title` and what stands beside it come first."""

    def __init__(self, title: str = "", *, margins: int = GUTTER, space: int = 8) -> None:
        super().__init__()
        self.body: QVBoxLayout = column(self, margins=margins, space=space)
        self.heading: QHBoxLayout | None = None
        self._corners = _Corners(self) if not margins else None
        if title:
            self.heading = row(space=8)
            self.heading.addWidget(label(title, "card"))
            self.heading.addStretch(1)
            self.body.addLayout(self.heading)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._corners is not None:
            self._corners.setGeometry(self.rect())
            self._corners.raise_()


class _Corners(QWidget):
    """Rounds off what fills a card to its edges: a child is not clipped by round corners."""

    def __init__(self, card: Card) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        inside = QPainterPath()
        inside.addRoundedRect(edge, RADIUS_CARD, RADIUS_CARD)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        palette = self.palette()
        role = palette.ColorRole
        ground = palette.color(role.Base if isinstance(self.window(), QDialog) else role.Window)
        painter.fillPath(outside.subtracted(inside), ground)
        painter.setPen(palette.color(palette.ColorRole.Mid))
        painter.drawPath(inside)


class Badge(QFrame):
    """A word or number on a coloured ground. Tones: none, good, warn, error."""

    def __init__(self, kit: Kit, text: str = "", tone: str = "", icon: str = "") -> None:
        super().__init__()
        line = row(self, space=4)
        line.setContentsMargins(8, 1, 8, 1)
        self._icon = Icon(kit, icon or "info", NOTE_COLORS[tone], ICON_SMALL)
        self._icon.setVisible(bool(icon))
        self._text = QLabel(text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(self._icon)
        line.addWidget(self._text)
        self.setFixedHeight(kit.theme.px(22))
        self.setProperty("tone", tone)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_text(self, text: str, tone: str = "", icon: str = "") -> None:
        self._text.setText(text)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, NOTE_COLORS[tone])
        restyle(self, tone=tone)


class Key(QLabel):
    """A key to press, as it stands on the keyboard."""


class Note(QFrame):
    """A strip that says how things stand: bold words, the rest, perhaps one thing to do."""

    def __init__(
        self, kit: Kit, text: str = "", tone: str = "", *, strong: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        self._kit = kit
        self.line = row(self, space=8)
        self.line.setContentsMargins(12, 8, 12, 8)
        self._icon = Icon(kit, "info", "text2", ICON)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self.line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line.addWidget(self._text, 1)
        self.text = ""
        self.say(text, tone, strong=strong, icon=icon)

    def say(self, text: str, tone: str = "", *, strong: str = "", icon: str = "") -> None:
        self.text = " ".join(filter(None, (strong, text)))
        bold = f'<span style="font-weight:600">{escape(strong)}</span>' if strong else ""
        plain = escape(text).replace("\n", "<br>")
        self._text.setText(" ".join(filter(None, (bold, plain))))
        self._icon.show_icon(icon or NOTE_ICONS[tone], NOTE_COLORS[tone])
        restyle(self, tone=tone)
        self.setAccessibleName(self.text)

    def offer(self, text: str, act: Callable[[], object]) -> Button:
        """A button at the end of the strip."""
        button = Button(self._kit, text, kind="quiet", scale="small").when_clicked(act)
        self.line.addWidget(button)
        return button


def bare() -> QWidget:
    """A ground without a colour of its own."""
    made = QWidget()
    made.setObjectName("bare")
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """Up and down where there is no room for all of it; `inner` goes with the room's width."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
