"""Nonsense in every field of the first start and of the opening: said beside it, never lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.every_form import edits, name_of, nonsense_for, paste, places, said, text_of
from ui.first_start.window import STEPS, Done, FirstStart
from ui.kit.field import PasswordField
from ui.kit.folders import Folders
from ui.shell.start import Desktop

ANSWERS = {
    "group": {"name": "KWT Melati", "village": "Kaliawi", "district": "Tanjungkarang Pusat",
              "city": "Bandar Lampung"},
    "officers": {"chair": "Aryanah", "treasurer": "Siti Rohmah", "umbrella.name": "LKM Persada",
                 "umbrella.coordinator": "Chandra", "extension_officer.name": "Dewi",
                 "extension_officer.nip": "19800101"},
    "money": {
        "owing": [{"name": "Warung Bu Siti", "role": "shop", "owed": "180000"}],
        "owed": [{"name": "Toko Tani", "owed": "75000"}],
        "members": [{"name": "Yuni", "principal": "10000"}],
        "2105": "5000",
    },
    "goods": {
        "own": [{"name": "Peyek", "class": "finished", "unit": "bungkus", "price": "5000"}],
        "shops": [{"name": "Warung Pak Joko"}],
        "suppliers": [{"name": "Pasar Pagi"}],
    },
    "stock": {
        "stock": [{"item": "sayur", "shop": "", "qty": "3", "value": "9000"}],
        "growing": [{"item": "bibit-cabai", "qty": "20", "value": "10000"}],
        "things": [{"name": "Rak", "account": "1203", "acquired": "2026-01-05", "cost": "90000",
                    "years": "4"}],
    },
    "sharing": {"allocation.decision": "BA-01", "allocation.date": "2026-01-11"},
}  # fmt: skip


_LIKE_OTHERS = {"0", "9" * 26, "30-02", "y" * 5000}
"""What the fields of forms are tried with; here a whole book hangs on each."""
_BARE = re.compile(r"[^0-9A-Za-z]")


class Beginner:
    """Types into one field after another of a step, goes on, and makes the book at the end."""

    def __init__(self, make: Callable[[], FirstStart], place: int, qtbot: QtBot) -> None:
        self._make, self.place, self._bot = make, place, qtbot
        self.begin()

    def begin(self) -> None:
        self.window = self._make()
        self.window.show_step(self.place)
        self.step = self.window.questions.steps[self.place]
        if self.place == 1:
            self.window.questions.officers.use.set_value("yes")
            for edit in edits(self.step):
                if isinstance(edit, PasswordField):
                    paste(edit, "sawi-hijau-7")

    def type(self, at: int, bad: str) -> None:
        """Refused here or later, beside the field; or the book is made of it."""
        window, edit = self.window, list(edits(self.step))[at]
        before, who = text_of(edit), f"{STEPS[self.place][0]}, {name_of(edit)}: {bad[:20]!r}"
        paste(edit, bad)
        typed = text_of(edit)
        self._finish()
        if self.step.unusual() and not said(self.step):  # it was asked about once
            assert window.place == self.place, who
            self._finish()
        self._bot.waitUntil(window.make_button.isEnabled)
        QApplication.processEvents()
        if isinstance(window.stack.currentWidget(), Done):
            window.close()
            self.begin()
            return
        assert window.place == self.place, f"{who}: {said(window)}"
        assert said(self.step), who
        assert _BARE.sub("", text_of(edit)) == _BARE.sub("", typed), who
        edit.setFocus()
        paste(edit, before) if before else edit.clear()

    def _finish(self) -> None:
        self.window.show_step(len(STEPS) - 1)
        self.window.next()


@pytest.mark.parametrize("step", range(len(STEPS) - 1), ids=[name for name, *_ in STEPS[:-1]])
def test_nonsense_in_the_first_start_is_said_beside_its_field(
    step: int, desktop: Desktop, books: Books, folders: Folders, qtbot: QtBot, long: bool
) -> None:
    def make() -> FirstStart:
        window = FirstStart(desktop.ui, books, folders.data, QIcon())
        qtbot.addWidget(window)
        window.questions.restore(ANSWERS)
        with qtbot.waitActive(window):
            window.show()
        return window

    beginner = Beginner(make, step, qtbot)
    for at in places(beginner.step):
        for bad in nonsense_for(list(edits(beginner.step))[at], at, long=long):
            if bad not in _LIKE_OTHERS:
                beginner.type(at, bad)
    beginner.window.close()
