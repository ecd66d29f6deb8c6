"""Automatic backups: a book is backed up when it is closed, after its window is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kwt_books.app import Books
from kwt_books.domain.errors import BookError
from ui.kit.notices import Offer
from ui.kit.preferences import Preferences

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from ui.kit.errors import Problems
    from ui.kit.folders import Drive
    from ui.kit.worker import Job, Worker
    from ui.kit.workspace import Workspace


def _drives() -> Sequence[Drive]:
    from ui.kit.folders import drives

    return drives()


class Safekeeping(QObject):
    """Backs up books that are closed; it outlives the windows. `find_drives` gives the drives that
    are plugged in.
    """

    def __init__(self, books: Books, preferences: Preferences) -> None:
        super().__init__()
        self._books, self._preferences = books, preferences
        self.find_drives: Callable[[], Sequence[Drive]] = _drives
        self._worker: Worker | None = None
        """Made when the first book is closed; it works beside the worker of an open book."""
        self._jobs: list[tuple[Path, Problems, Job[object]]] = []

    def keep(self, path: Path, problems: Problems) -> None:
        """Backs up a book that was closed; `problems` puts an error into words."""
        from ui.kit.worker import Worker

        if self._worker is None:
            self._worker = Worker(self)

        def work() -> object:
            return self._books.keep_backup(path, [each.path for each in self.find_drives()])

        job = self._worker.submit(work, _done, _told, settled=self._note)
        self._jobs.append((path, problems, job))

    def close(self) -> None:
        """Waits until all backups are done."""
        if self._worker is not None:
            self._worker.finish()
            self._worker = None
            self._note()

    def _note(self) -> None:
        """Notes the results of backups that are done, to be shown when the book is opened again."""
        for each in tuple(self._jobs):
            path, problems, job = each
            if job.result is None and job.error is None:
                continue
            self._jobs.remove(each)
            why_not = problems.say(job.error) if isinstance(job.error, BookError) else ""
            self._preferences.of(path).not_kept = why_not

    def tell(self, workspace: Workspace) -> None:
        """Puts a notice on Beranda where the book's last automatic backup failed."""
        why_not, t = self._preferences.of(workspace.book).not_kept, workspace.ui.t
        if not why_not or workspace.only_reads:
            return
        offer = Offer(t("Back up now"), lambda: workspace.go("settings", "backup"))
        strong = t("The program could not back up this book automatically.")
        workspace.notices.put("not-kept", strong, why_not, "warn", offer)


def _done(_made: object) -> None:
    """Does nothing: the backup is in the list of backups."""


def _told(_error: BookError) -> None:
    """Does nothing now, for nobody is there: the error is shown when the book is opened again."""
