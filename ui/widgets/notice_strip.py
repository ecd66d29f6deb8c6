"""The notices of the computer around the book, as they stand on Beranda."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.kit import Kit
from ui.notices import Notice, Notices
from ui.widgets.card import Note
from ui.widgets.label import column


class NoticeStrip(QWidget):
    """The notes below each other; takes no room where there are none."""

    def __init__(self, kit: Kit, notices: Notices) -> None:
        super().__init__()
        self._kit, self._notices = kit, notices
        self._page = column(self, space=8)
        self.notes: list[Note] = []
        notices.changed.connect(self._show_all)
        self._show_all()

    def _show_all(self) -> None:
        for each in self.notes:
            each.hide()
            each.deleteLater()
        self.notes = [self._made(each) for each in self._notices.standing]
        for note in self.notes:
            self._page.addWidget(note)
        self.setVisible(bool(self.notes))

    def _made(self, notice: Notice) -> Note:
        note = Note(self._kit, notice.text, notice.tone, strong=notice.strong, icon=notice.icon)
        for offer in notice.offers:
            note.offer(offer.text, offer.act)
        return note
