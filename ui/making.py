"""Making books off the screen's thread: the demo, and a book of a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QWidget

from kwt_books.app import Books
from kwt_books.domain.errors import BookError
from kwt_books.i18n.paths import resources_dir
from ui.drives import documents, free_path
from ui.errors import Problems
from ui.help_keys import add_help_keys
from ui.kit import Kit
from ui.tasks import Cancelled, Job, Worker
from ui.widgets.button import Button
from ui.widgets.fixed import fixed_page
from ui.widgets.label import label, row
from ui.words import SUFFIX

Made = Callable[[Path], object]


class Waiting(QDialog):
    """Something takes a moment; it can be cancelled."""

    def __init__(self, kit: Kit, text: str, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setWindowTitle("KWT Books")
        add_help_keys(self, kit)
        page = fixed_page(self, kit.theme.px(420), margins=24, space=12)
        page.addWidget(label(text, "strong", wrap=True))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        page.addWidget(bar)
        line = row()
        line.addStretch(1)
        line.addWidget(Button(kit, kit.t("Cancel")).when_clicked(self.reject))
        page.addLayout(line)
        self.rejected.connect(cancel)


class Making(QObject):
    """`made` is called with the path of the book that is there now."""

    def __init__(self, books: Books, kit: Kit, problems: Problems, made: Made) -> None:
        super().__init__()
        self._books, self._kit, self._problems, self._made = books, kit, problems, made
        self._worker: Worker | None = None
        self.waiting: Waiting | None = None

    def demo(self) -> None:
        """The demo book among the documents; the one that is there, if there is one."""
        path = documents() / f"{self._kit.t('Demo book')}{SUFFIX}"
        if path.exists():
            self._made(path)
            return
        stream = resources_dir() / "demo" / "2026.jsonl"

        def make(_check: Callable[[], None]) -> None:
            with stream.open("rb") as file:
                self._books.import_stream(path, file)

        self._run(make, path, self._kit.t("The demo book is being made"))

    def restore(self, parent: QWidget | None) -> None:
        """Asks for the backup and for where its book goes."""
        t = self._kit.t
        pattern = t("Books (*{suffix})", suffix=SUFFIX)
        title = t("Which backup?")
        found, _ = QFileDialog.getOpenFileName(parent, title, str(documents()), pattern)
        if not found:
            return
        backup = Path(found)
        offered = str(free_path(documents(), backup.stem))
        title = t("Where does the book go?")
        found, _ = QFileDialog.getSaveFileName(parent, title, offered, pattern)
        if found:
            path = Path(found if found.endswith(SUFFIX) else f"{found}{SUFFIX}")
            self.restore_to(backup, path)

    def restore_to(self, backup: Path, path: Path) -> None:
        def make(check: Callable[[], None]) -> None:
            self._books.restore(backup, path, lambda _done, _all: check())

        self._run(make, path, self._kit.t("The backup is being checked and copied"))

    def _run(self, make: Callable[[Callable[[], None]], None], path: Path, text: str) -> None:
        if self.waiting is not None:
            return
        jobs: list[Job[None]] = []

        def check() -> None:
            if jobs and jobs[0].cancelled:
                raise Cancelled

        if self._worker is None:
            self._worker = Worker(self)
        job = self._worker.submit(
            lambda: make(check),
            lambda _: self._made(path),
            self._failed,
            settled=self._settled,
        )
        jobs.append(job)
        self.waiting = Waiting(self._kit, text, job.cancel)
        self.waiting.show()

    def _settled(self) -> None:
        if self.waiting is not None:
            self.waiting.rejected.disconnect()
            self.waiting.close()
            self.waiting.deleteLater()
            self.waiting = None

    def _failed(self, error: BookError) -> None:
        self._settled()  # else the dialog below would stand over it, and go with it
        self._problems.show(error, self._kit.t("The book could not be made"))

    def close(self) -> None:
        self._settled()
        if self._worker is not None:
            self._worker.close()
            self._worker = None
