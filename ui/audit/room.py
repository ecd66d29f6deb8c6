"""What the parts of Pemeriksaan share: the audit's own file, writing into it, the base of the
parts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.services.audit.service import AuditService
from ui.kit.dialog import Choice, MessageDialog
from ui.kit.file_dialog import Use, ask_where
from ui.kit.page import Page
from ui.kit.worker import Change
from ui.kit.workspace import Workspace, audit_file

T = TypeVar("T")
_ENDING = "kwt-audit"


class AuditRoom(QObject):
    """Where the audit's file is and how to write into it. The file is beside the book, or elsewhere
    where nothing may be written there.
    """

    written = Signal()
    """Something was written into the audit's file, or another file is in use."""

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self.workspace, self._page = workspace, page

    @property
    def file(self) -> Path:
        """The audit's file in use; it need not exist yet."""
        return audit_file(self.workspace)

    def at(self, book: Book) -> AuditService:
        """The audit service over the file in use; called on the worker."""
        return book.audit.with_file(self.file)

    def use(self, file: Path) -> None:
        """Uses another file from now on, also at the next start."""
        self.workspace.preferences.of(self.workspace.book).audit_file = file
        self.workspace.thresholds_changed.emit()
        self.written.emit()

    def write(
        self,
        work: Callable[[AuditService], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Writes something down, then emits `written`. Asks for a place where the file has none.

        `done` is not called once `owner` is gone; what was written stays.
        """

        def there() -> bool:
            return owner is None or isValid(owner)

        def written(found: T) -> None:
            if there():
                done(found)
            if isValid(self):
                self.written.emit()

        def refused(error: BookError) -> None:
            if failed is not None and there():
                failed(error)
            if error.code == "cannot-write":
                self._offer_other_place(error, partial(self.write, work, done, failed, owner=owner))
            elif failed is None or not there():
                self.workspace.problems.show(error, self.workspace.ui.t("This can't be noted yet"))

        self.workspace.tasks.run(lambda book: work(self.at(book)), written, refused)

    def _offer_other_place(self, error: BookError, again: Callable[[], None]) -> None:
        t = self.workspace.ui.t

        def elsewhere() -> None:
            if self.choose_file():
                again()

        MessageDialog(
            self.workspace.ui,
            t("The audit's file can't be written here"),
            self.workspace.explain(error),
            tone="warn",
            what=t("Keep it in a folder of your own. The book itself is not touched."),
            choices=(Choice(t("Cancel")), Choice(t("Choose a folder"), "primary", elsewhere)),
            parent=self._page.window(),
        ).open()

    def choose_file(self) -> bool:
        """Asks where the audit's file is, or shall be; whether one was chosen."""
        t = self.workspace.ui.t
        title, words = t("The audit's own file"), t("Audit file (*.{ending})", ending=_ENDING)
        path = ask_where(
            self._page, title, self.file.stem, [(f".{_ENDING}", words)], Use.AUDIT, replaces=False
        )
        if path is not None:
            self.use(path)
        return path is not None


class AuditPart(Page):
    """The base of the page's parts. A part that shows the audit's file asks again when something
    was written into it.
    """

    monthly = False

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room.workspace)
        self.room = room
        self.body.setSpacing(12)
        if self.shows_notes():
            room.written.connect(self.invalidate)

    def shows_notes(self) -> bool:
        """Whether this part shows the audit's own file."""
        return True

    def concerns(self, change: Change) -> bool:
        """Whether a recording changes what is shown: anything but recipes and people."""
        return not change.kinds <= {"recipe", "person"}

    def open_document(self, number: object) -> None:
        """Shows a document in Buku Harian; does nothing for one without a number."""
        if isinstance(number, str) and number and not number.startswith("#"):
            self.workspace.go("journal", number)
