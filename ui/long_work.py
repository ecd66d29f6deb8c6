"""Work that takes a while: how far it is, and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from kwt_books.app import Book
from kwt_books.domain.errors import BookError
from ui.desk import Desk
from ui.help_keys import add_help_keys
from ui.tasks import Job, Progress
from ui.widgets.button import Button
from ui.widgets.fixed import fixed_page, wrapped
from ui.widgets.label import row

T = TypeVar("T")
_WIDTH, _MARGIN = 420, 24
_WHOLE = 1_000  # a bar of Qt counts no further than 2^31; amounts may be bytes


class LongWork(QDialog):
    """Open it, then `start`. `most` is what the work counts to; 0: nobody knows."""

    def __init__(self, desk: Desk, title: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._most = desk, most
        self._job: Job[Any] | None = None
        kit = desk.kit
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        add_help_keys(self, kit)
        page = fixed_page(self, kit.theme.px(_WIDTH), margins=_MARGIN, space=12)
        page.addWidget(wrapped(kit, title, "card", _WIDTH - 2 * _MARGIN))
        self.bar = QProgressBar()
        self.bar.setRange(0, _WHOLE if most else 0)
        self.bar.setTextVisible(False)
        page.addWidget(self.bar)
        buttons = row(space=8)
        buttons.addStretch(1)
        self.cancel_button = Button(kit, kit.t("Cancel")).when_clicked(self.reject)
        buttons.addWidget(self.cancel_button)
        page.addLayout(buttons)

    def start(
        self,
        work: Callable[[Book, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        reads: bool = False,
    ) -> None:
        """Runs `work(book, tell)`; the dialog closes when it is done, has failed or was left.

        `reads`: the book is only read, and a question to it may be left unanswered.
        """
        self._job = self._desk.tasks.long(
            work, done, self._show, failed, settled=self._settled, reads=reads, owner=self
        )
        self.open()

    def _show(self, amount: int) -> None:
        if self._most:
            self.bar.setValue(min(_WHOLE, amount * _WHOLE // self._most))

    def _settled(self) -> None:
        super().accept()

    def reject(self) -> None:
        """The work stops at its next report; until then there is nothing more to press."""
        if self._job is not None:
            self._job.cancel()
        self.cancel_button.setEnabled(False)
