"""Dialogs of one width, as high as what is in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLayout, QVBoxLayout, QWidget

from ui.kit import Kit
from ui.widgets.label import column, label


def fixed_page(dialog: QDialog, width: int, *, margins: int, space: int) -> QVBoxLayout:
    """The column of a dialog that is `width` wide and never higher or lower than it must be."""
    outer = column(dialog)
    outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    ground = QWidget()
    ground.setObjectName("bare")
    ground.setFixedWidth(width)
    outer.addWidget(ground)
    return column(ground, margins=margins, space=space)


def wrapped(kit: Kit, text: str, role: str, width: int, *, centred: bool = False) -> QLabel:
    """Words in as many lines as they need at that width: a layout would give them fewer."""
    made = label(text, role, wrap=True)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    wide = kit.theme.px(width)
    made.setFixedWidth(wide)
    made.ensurePolished()
    made.setFixedHeight(max(0, made.heightForWidth(wide)))  # none without words
    return made
