"""The last step of a close: what is about to be settled, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.card import Note
from ui.widgets.label import clear, column, label


class LastStep(QWidget):
    """`may`: whether who is there closes the month; else it waits for the chair."""

    def __init__(self, kit: Kit, month: str, *, may: bool) -> None:
        super().__init__()
        self.setObjectName("bare")
        self._t = t = kit.t
        page = column(self, margins=GUTTER, space=12)
        page.addWidget(label(t("Close {month}?", month=month), "title"))
        self._summary = QGridLayout()
        self._summary.setHorizontalSpacing(24)
        self._summary.setVerticalSpacing(6)
        self._summary.setColumnStretch(1, 1)
        page.addLayout(self._summary)
        self.along_note, self.open_note = Note(kit, "", "warn"), Note(kit, "", "warn")
        page.addWidget(self.along_note)
        for note in self._standing(kit, may=may):
            page.addWidget(note)
        page.addWidget(self.open_note)
        page.addStretch(1)

    def _standing(self, kit: Kit, *, may: bool) -> tuple[Note, ...]:
        """What is said of every close."""
        t = self._t
        papers = Note(
            kit,
            t("Statements, notes, books and the minutes of the sharing can be printed then."),
            icon="printer",
        )
        settled = Note(
            kit,
            t(
                "Nothing dated in it can be recorded or corrected any more. The chair alone can "
                "open it again, and that leaves its trace."
            ),
            strong=t("After this the month is settled."),
            icon="lock-simple",
        )
        if may:
            return papers, settled
        waiting = Note(
            kit,
            t(
                "What was prepared here is kept. She signs in on this computer, looks it over "
                "and closes."
            ),
            strong=t("The chair closes the month."),
            icon="user-circle",
        )
        return waiting, papers, settled

    def show_summary(self, lines: Sequence[tuple[str, str]]) -> None:
        clear(self._summary)
        for place, (title, value) in enumerate(lines):
            self._summary.addWidget(label(title), place, 0)
            self._summary.addWidget(label(value, "strong"), place, 1)

    def show_along(self, months: str) -> None:
        """The months that are closed with it, in words."""
        t = self._t
        self.along_note.say(
            t("Their profit is shared with it."), "warn", strong=t("{months} too.", months=months)
        )
        self.along_note.setVisible(bool(months))

    def show_open(self, count: int) -> None:
        """How many things of the first step are not done."""
        self.open_note.say(
            self._t.ngettext(
                "{n} thing on the first page is still to be looked at. You may close all the same.",
                "{n} things on the first page are still to be looked at. You may close all the "
                "same.",
                count,
            ),
            "warn",
        )
        self.open_note.setVisible(count > 0)
