"""What the screen looks like on this computer: language, letters, light or dark."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.base import Page
from ui.theme import Mode
from ui.tokens import SETTINGS, TEXT_SIZES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import column, label, no_wider, row, rule
from ui.widgets.tabs import Segment
from ui.words import MODE_NAMES

_WORDS = 560
"""Widest room of the words: on a wide screen the choice stays beside them."""
_FIRST = 100
"""They take what there is before the space at the right gets any."""
_CHOICES = 440
"""All choices are as wide as the widest of them, and at least this."""


class LookPage(Page):
    """Each choice holds at once, for this computer, whatever book is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, kit, preferences = self.t, self.kit, desk.preferences
        languages = (("id", "Bahasa Indonesia"), ("en", "English"))
        self.language = Segment(kit, languages, preferences.language)
        self.language.chosen.connect(self._language_chosen)
        modes = tuple((str(mode), t(text)) for mode, text in MODE_NAMES.items())
        self.mode = Segment(kit, modes, str(preferences.mode))
        self.mode.chosen.connect(self._mode_chosen)
        sizes = tuple((str(percent), f"{percent}%") for percent in TEXT_SIZES)
        self.size_of_text = Segment(kit, sizes, str(preferences.text_percent))
        self.size_of_text.chosen.connect(self._size_chosen)
        choices = (self.language, self.mode, self.size_of_text)
        self._wide = max(kit.theme.px(_CHOICES), *(each.sizeHint().width() for each in choices))
        card = Card(margins=20, space=16)
        card.body.addLayout(self._line(
            t("Language"), t("Of the screen; the reports have the language of the group"),
            self.language,
        ))  # fmt: skip
        card.body.addWidget(rule(thin=True))
        card.body.addLayout(self._line(
            t("Size of letters"), t("Larger letters for eyes that are tired"), self.size_of_text
        ))  # fmt: skip
        card.body.addWidget(rule(thin=True))
        card.body.addLayout(self._line(
            t("Light or dark"),
            t("Dark is easier on the eyes in the evening; strong contrast helps weak eyes"),
            self.mode,
        ))  # fmt: skip
        card.body.addWidget(rule(thin=True))
        self.about = Button(kit, t("About KWT Books"), "info").when_clicked(self.show_about)
        card.body.addLayout(self._line(
            t("Program"), t("Version, the software inside, and facts for whoever helps you"),
            self.about,
        ))  # fmt: skip
        self.about.setAccessibleName(self.about.text())
        self.body.addLayout(no_wider(card, kit.theme.px(SETTINGS)))
        self.body.addStretch(1)

    def _line(self, title: str, about: str, choice: QWidget) -> QHBoxLayout:
        choice.setAccessibleName(title)
        line = row(space=16)
        told = QWidget()
        told.setMaximumWidth(self.kit.theme.px(_WORDS))
        words = column(told)
        words.addWidget(label(title, "strong"))
        words.addWidget(label(about, "caption", wrap=True))
        line.addWidget(told, _FIRST)
        choice.setMinimumWidth(self._wide)
        line.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        return line

    def follows_month(self) -> bool:
        return False

    def show_about(self) -> None:
        from ui.about import show_about

        show_about(self.window(), self.kit, self.desk.folders)

    def _language_chosen(self, language: str) -> None:
        self.desk.preferences.language = language
        self.desk.dress_wanted.emit()

    def _mode_chosen(self, mode: str) -> None:
        self.desk.preferences.mode = Mode(mode)
        self.kit.theme.use(Mode(mode), self.desk.preferences.text_percent)

    def _size_chosen(self, percent: str) -> None:
        self.desk.preferences.text_percent = int(percent)
        self.desk.dress_wanted.emit()
