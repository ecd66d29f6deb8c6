"""Texts, rules and the small layouts that every page is made of."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from ui.kit import Kit, restyle


def label(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Roles: body, caption, quiet, strong, label, card, title, figure. Tones: good, warn, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def figures(kit: Kit, text: str = "", role: str = "body", tone: str = "") -> QLabel:
    """A number: right-aligned, digits of one width."""
    made = label(text, role, tone)
    size = role if role in ("card", "title", "figure") else "body"
    if role in ("caption", "quiet", "label"):
        size = "caption"
    bold = role in ("strong", "figure", "title", "card", "label")
    made.setFont(kit.theme.font(size, bold=bold, figures=role != "figure"))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    restyle(widget, tone=tone)


def rule(*, thin: bool = False) -> QFrame:
    made = QFrame()
    made.setObjectName("thin_rule" if thin else "rule")
    made.setFixedHeight(1)
    return made


def column(parent: QWidget | None = None, *, margins: int = 0, space: int = 0) -> QVBoxLayout:
    return _layout(QVBoxLayout(parent) if parent else QVBoxLayout(), margins, space)


def row(parent: QWidget | None = None, *, margins: int = 0, space: int = 0) -> QHBoxLayout:
    return _layout(QHBoxLayout(parent) if parent else QHBoxLayout(), margins, space)


def no_wider(part: QWidget, width: int) -> QHBoxLayout:
    """`part` at the left takes what room there is up to `width`; beyond it, the rest is free."""
    part.setMaximumWidth(width)
    line = row()
    line.addWidget(part, 1)
    line.addStretch()
    return line


_B = TypeVar("_B", bound=QBoxLayout)


def _layout(made: _B, margins: int, space: int) -> _B:
    made.setContentsMargins(margins, margins, margins, margins)
    made.setSpacing(space)
    return made


def clear(layout: QLayout) -> None:
    """Everything in the layout goes."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


class Elided(QLabel):
    """One line that ends in … where there is no room; the whole text stays in the tooltip."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            QFontMetrics(self.font()).horizontalAdvance("mm…"), super().sizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        whole = QFontMetrics(self.font()).horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if whole else self.text())
