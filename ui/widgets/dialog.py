"""A calm dialog: what is wrong, what can be done, and the button that mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from ui.help_keys import add_help_keys
from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.card import NOTE_COLORS, Card
from ui.widgets.fixed import fixed_page
from ui.widgets.icon import Icon
from ui.widgets.label import column, label, row

WIDTH = 486
_ICONS = {
    "error": "x-circle-fill",
    "warn": "warning-circle-fill",
    "good": "check-circle-fill",
    "": "info",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a dialog. The last one is the default: the one that mends."""

    text: str
    kind: str = "default"
    act: Callable[[], object] | None = None


class MessageDialog(QDialog):
    """At most 486 wide. `details` can be copied; `what` says what can be done."""

    def __init__(
        self,
        kit: Kit,
        title: str,
        text: str,
        *,
        tone: str = "error",
        what: str = "",
        details: str = "",
        choices: tuple[Choice, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.details = details
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        add_help_keys(self, kit)
        page = row(space=12)
        fixed_page(self, kit.theme.px(WIDTH), margins=kit.theme.px(24), space=0).addLayout(page)
        page.addWidget(Icon(kit, _ICONS[tone], NOTE_COLORS[tone], 22), 0, Qt.AlignmentFlag.AlignTop)
        words = column(space=6)
        words.addWidget(label(title, "card", wrap=True))
        words.addWidget(label(text, wrap=True))
        if what:
            words.addSpacing(6)
            words.addWidget(_what_to_do(kit, what))
        words.addSpacing(12)
        words.addLayout(self._buttons(choices))
        page.addLayout(words, 1)

    def _buttons(self, choices: tuple[Choice, ...]) -> QHBoxLayout:
        line = row(space=8)
        if self.details:
            copy = Button(self._kit, self._kit.t("Copy details"), kind="quiet")
            line.addWidget(copy.when_clicked(self.copy_details))
        line.addStretch(1)
        for choice in choices:
            button = Button(self._kit, choice.text, kind=choice.kind)
            button.clicked.connect(lambda _checked=False, each=choice: self._chosen(each))
            line.addWidget(button)
        if choices:
            button.setDefault(True)
            button.setFocus()
        return line

    def _chosen(self, choice: Choice) -> None:
        self.accept()
        if choice.act is not None:
            choice.act()

    def copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details)


def _what_to_do(kit: Kit, text: str) -> Card:
    card = Card(margins=12, space=2)
    card.setProperty("sunken", True)
    card.body.addWidget(label(kit.t("What you can do"), "strong"))
    card.body.addWidget(label(text, wrap=True))
    return card
