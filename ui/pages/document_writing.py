"""Papers made on the worker: to look at, to print, to keep as a file. Long ones can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from kwt_books.app import Book, Books
from kwt_books.domain.errors import BookError
from kwt_books.domain.file_names import file_name_for
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.pack import Pack
from ui.desk import Desk
from ui.kit import Kit
from ui.papers import PaperDialog
from ui.tasks import Job, Progress
from ui.widgets.button import Button
from ui.widgets.label import label, row

KINDS = {
    "pdf": (".pdf", noop("PDF document (*.pdf)")),
    "xlsx": (".xlsx", noop("Excel workbook (*.xlsx)")),
    "csv": (".csv", noop("CSV table (*.csv)")),
}
"""The formats a paper can be kept in: how the file's name ends, and what the dialog calls it."""
Make = Callable[[Book], Pack]
"""Makes, on the worker, what is to be written."""


class PaperWriter(QObject):
    """One piece of work at a time; a new one takes the place of the one before."""

    started = Signal(str)
    """What is being made, in words."""
    told = Signal(int)
    """How many pages or rows are done."""
    stopped = Signal()
    """It is not wanted any more."""
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._t = desk, desk.kit.t
        self._job: Job[object] | None = None
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )

    @property
    def busy(self) -> bool:
        return self._job is not None

    def cancel(self) -> None:
        """Stops at the next page; nothing of a file is left behind."""
        if self._job is not None:
            self._job.cancel()
            self._end(self._job)
            self.stopped.emit()

    def show(self, make: Make, done: Callable[[bytes], object]) -> None:
        """The pages as a PDF in memory."""

        def work(book: Book, told: Progress) -> bytes:
            made = BytesIO()
            Books.write(replace(make(book), progress=told), "pdf", made)
            return made.getvalue()

        self._start(self._t("Making the pages"), work, done)

    def open(self, name: str, make: Make, page: QWidget, *, table: Make | None = None) -> None:
        """The pages in a window of their own, on top of `page`.

        `table` makes what can be kept for Excel; else the reports that stand on the pages can.
        """

        def work(book: Book, told: Progress) -> tuple[bytes, bool]:
            made, pack = BytesIO(), make(book)
            Books.write(replace(pack, progress=told), "pdf", made)
            return made.getvalue(), bool(pack.reports)

        def made(found: tuple[bytes, bool]) -> None:
            pdf, tables = found
            keep = None
            if tables or table is not None:
                keep = partial(self.save_as, table or make, ("xlsx", "csv"), name, page)
            PaperDialog(self._desk.kit, name, pdf, page.window(), keep_table=keep).open()

        self._start(self._t("Making the pages"), work, made)

    def save_as(self, make: Make, kinds: tuple[str, ...], name: str, parent: QWidget) -> None:
        """Asks for a place, and writes the file there. The first of `kinds` is offered first."""
        filters = {self._t(KINDS[kind][1]): kind for kind in kinds}
        offered = Path(self._folder) / f"{file_name_for(name)}{KINDS[kinds[0]][0]}"
        chosen, used = QFileDialog.getSaveFileName(
            parent, self._t("Save as"), str(offered), ";;".join(filters)
        )
        if chosen:
            path, kind = _place(Path(chosen), filters.get(used, kinds[0]), kinds)
            self._folder = str(path.parent)
            self.save(make, kind, path)

    def save(self, make: Make, kind: str, path: Path) -> None:
        def work(book: Book, told: Progress) -> Path:
            Books.write(replace(make(book), progress=told), kind, path)
            return path

        self._start(self._t("Writing the file"), work, self._saved)

    def _saved(self, path: Path) -> None:
        self._desk.say(
            self._t("in {folder}", folder=str(path.parent)),
            strong=self._t("{name} is saved.", name=path.name),
            offer=self._t("Open"),
            act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def _start(
        self, text: str, work: Callable[[Book, Progress], object], done: Callable[..., object]
    ) -> None:
        self.cancel()

        def finished(found: object) -> None:
            self._end(job)
            done(found)

        def failed(error: BookError) -> None:
            self._end(job)
            self._desk.problems.show(error, self._t("The paper could not be made"))

        job = self._desk.tasks.long(
            work,
            finished,
            self._tell,
            failed,
            settled=lambda: self._end(job),
            reads=True,
            owner=self,
        )
        self._job = job
        self.started.emit(text)

    def _tell(self, amount: int) -> None:
        if self._job is not None:
            self.told.emit(amount)

    def _end(self, job: Job[object]) -> None:
        if self._job is job:
            self._job = None
            self.ended.emit()


def _place(path: Path, kind: str, kinds: tuple[str, ...]) -> tuple[Path, str]:
    """The path with an ending, and the kind that the ending asks for."""
    by_ending = {KINDS[each][0]: each for each in kinds}
    typed = by_ending.get(path.suffix.lower())
    if typed is not None:
        return path, typed
    return path.with_name(path.name + KINDS[kind][0]), kind


class WritingStrip(QFrame):
    """A bar that moves while a writer works, how far it is, and a way to stop it."""

    def __init__(self, kit: Kit, *writers: PaperWriter) -> None:
        super().__init__()
        self._kit, self._text = kit, ""
        self._writer: PaperWriter | None = None
        line = row(self, space=8)
        line.setContentsMargins(12, 6, 8, 6)
        self.label = label("", "caption")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.stop = Button(kit, kit.t("Stop"), kind="quiet", scale="small")
        self.stop.when_clicked(self._stop)
        line.addWidget(self.label)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        for writer in writers:
            writer.started.connect(partial(self._started, writer))
            writer.told.connect(partial(self._told, writer))
            writer.ended.connect(partial(self._ended, writer))
        self.hide()

    def _started(self, writer: PaperWriter, text: str) -> None:
        """The newest work is what is shown."""
        self._writer, self._text = writer, text
        self.label.setText(text)
        self.show()

    def _told(self, writer: PaperWriter, amount: int) -> None:
        if writer is self._writer:
            self.label.setText(f"{self._text}: {self._kit.formats.number(amount)}")

    def _ended(self, writer: PaperWriter) -> None:
        if writer is self._writer:
            self._writer = None
            self.hide()

    def _stop(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
