"""Papers: shown as they will be printed, printed through the system's dialog, or written as a file,
with work that can be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.domain.files import file_name_for
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.packs import ROLLS, Pack
from kwt_books.reports.papers import on_roll
from kwt_books.services.explain import explain
from kwt_books.services.slips import slip
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.dialog import Choice, Dialog, MessageDialog
from ui.kit.errors import held_back
from ui.kit.file_dialog import ask_where
from ui.kit.folders import show_file
from ui.kit.layout import Elided, column, fill, open_up, progress_bar, row, rule
from ui.kit.look import GUTTER, UiContext
from ui.kit.phone import places_of, png_of, stacked
from ui.kit.popup import Menu
from ui.kit.preview import Paper, PdfPreview, pictures_of
from ui.kit.worker import Job, Progress
from ui.kit.workspace import Workspace


def pdf_of(pack: Pack) -> bytes:
    """The pack as a PDF. Slow: call it on the worker."""
    out = BytesIO()
    Books.write(pack, "pdf", out)
    return out.getvalue()


def show_voucher(workspace: Workspace, number: str, parent: QWidget) -> None:
    """Shows the usual paper of a document, ready to be printed."""
    language = workspace.ui.language
    show_paper(workspace, number, lambda book: book.paper(language, slip, number), parent)


def show_paper(
    workspace: Workspace, name: str, make: Callable[[Book], Pack], parent: QWidget
) -> None:
    """Makes a paper on the worker and shows it; `name` is offered for its file.

    A paper with reports in it can be saved as a table too; a slip can be printed on a roll.
    """

    def work(book: Book) -> tuple[bytes, bool, bytes | None]:
        pack = make(book)
        slips = not pack.paper and all(map(on_roll, pack.parts))
        strip = pdf_of(replace(pack, paper=ROLLS[-1])) if slips else None
        return pdf_of(pack), bool(pack.reports), strip

    def on_a_roll(paper: str) -> None:
        show_paper(workspace, name, lambda book: replace(make(book), paper=paper), parent)

    def made(found: tuple[bytes, bool, bytes | None]) -> None:
        pdf, tables, strip = found
        keep = partial(keep_table, workspace, name, make, parent) if tables else None
        roll = Slip(strip, on_a_roll) if strip is not None else None
        PaperDialog(workspace.ui, name, pdf, parent, keep_table=keep, slip=roll).open()

    workspace.tasks.run(work, made, key=("paper", name), owner=parent)


def keep_table(
    workspace: Workspace, name: str, make: Callable[[Book], Pack], parent: QWidget
) -> None:
    """Asks for a file and writes the reports of a paper into it, for Excel or other programs."""
    PaperWriter(workspace, parent).save_as(make, ("xlsx", "csv"), name, parent)


class Slip(NamedTuple):
    """A paper that fits on a roll too: as phones are shown it, and what prints it on a roll."""

    pdf: bytes
    print_on: Callable[[str], object]


class PaperDialog(Dialog):
    """A paper on the screen; Enter prints, Esc closes."""

    def __init__(
        self,
        ui: UiContext,
        name: str,
        pdf: bytes,
        parent: QWidget | None = None,
        *,
        keep_table: Callable[[], object] | None = None,
        slip: Slip | None = None,
    ) -> None:
        super().__init__(ui, name, parent, "paper")
        self._ui, self._name, self._pdf, self._slip = ui, name, pdf, slip
        t, page = ui.t, column(parent=self)
        self.preview = PdfPreview(ui)
        self.preview.show_pdf(pdf)
        self.preview.save = self.choose_file
        self.saved = Note(ui, tone="good")
        self._kept = Path()
        self.saved.offer(t("Open"), lambda: show_file(self._kept))
        self.saved.offer(t("Open the folder"), lambda: show_file(self._kept.parent))
        self.saved.hide()
        words = t("Paste it into the message.")
        self.copied = Note(ui, words, "good", strong=t("The picture is copied."))
        self.copied.hide()
        fill(page, (self.preview, 1), self.saved, self.copied, rule(), self._buttons(keep_table))
        self.print_button.setFocus()
        open_up(self, ui.theme.px(640), ui.theme.px(600))

    def _buttons(self, keep_table: Callable[[], object] | None) -> QHBoxLayout:
        ui, t = self._ui, self._ui.t
        leave = Button(ui, t("Close")).when_clicked(self.reject)
        self.phone = Button(ui, t("For a phone"), "device-mobile").when_clicked(self._show_menu)
        self.phone.hint(t("As a picture for a message, or on a receipt roll"))
        keep = Button(ui, t("Save PDF"), "file-pdf").when_clicked(self.choose_file)
        buttons = row(..., leave, self.phone, keep, space=8, margins=GUTTER)
        if keep_table is not None:
            self.table = Button(ui, t("Excel / CSV"), "table").hint(
                t("Save as a table for Excel or other programs"), "Ctrl+E"
            )
            self.table.setShortcut("Ctrl+E")
            buttons.addWidget(self.table.when_clicked(keep_table))
        out = self.print_button = Button(ui, t("Print"), "printer", kind="primary")
        buttons.addWidget(out.hint(t("Print"), "Ctrl+P").when_clicked(self.preview.print_out))
        out.setShortcut("Ctrl+P")
        out.setDefault(True)
        return buttons

    # -- for phones and rolls --------------------------------------------------------------

    def menu(self) -> Menu:
        """What can be done with the paper besides: pictures, and rolls for a slip."""
        t, made = self._ui.t, Menu(self._ui, self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.offer(t("Copy as a picture"), self.copy_picture, "copy")
        made.offer(t("Save as a picture"), self.choose_picture, "image")
        if self._slip is not None:
            made.addSeparator()
            for paper in ROLLS:
                words = t("Print on a {wide} receipt roll", wide=paper.lower().replace("mm", " mm"))
                made.offer(words, partial(self._print_on, paper), "receipt")
        return made

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.phone.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _print_on(self, paper: str) -> None:
        assert self._slip is not None
        self._slip.print_on(paper)
        self.accept()

    def copy_picture(self) -> None:
        """Puts the page that is looked at on the clipboard, as wide as a phone."""
        QGuiApplication.clipboard().setImage(self._picture())
        self.saved.hide()
        self.copied.show()

    def _picture(self) -> QImage:
        """Of a slip all of it, as it stands on a roll: a sheet would be blank below."""
        return stacked(self._pictures()) if self._slip is not None else self.preview.picture()

    def _pictures(self) -> list[QImage]:
        return pictures_of(Paper(self._slip.pdf)) if self._slip else self.preview.pictures()

    def choose_picture(self) -> None:
        """Asks for a file, and writes the pages into it and its neighbours, as wide as a phone."""
        title, kinds = self._ui.t("Save as a picture"), [(".png", "PNG (*.png)")]
        if path := ask_where(self, title, file_name_for(self._name), kinds):
            pages = self._pictures()
            places = places_of(path, len(pages))
            self._keep([(place, png_of(each)) for place, each in zip(places, pages, strict=True)])

    # -- files -----------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for a file, and writes the PDF into it."""
        title, kinds = self._ui.t("Save PDF"), [(".pdf", "PDF (*.pdf)")]
        if path := ask_where(self, title, file_name_for(self._name), kinds):
            self.keep(path)

    def keep(self, path: Path) -> None:
        """Writes the PDF, whole or not at all; shows the error of a disk that refuses."""
        self._keep([(path, self._pdf)])

    def _keep(self, files: Sequence[tuple[Path, bytes]]) -> None:
        from kwt_books.exporters.whole import whole_file

        for path, data in files:
            try:
                with whole_file(path) as file:
                    file.write(data)
            except StorageError as error:
                self._say_refused(path, error)
                return
        self._say_saved(files[0][0])

    def _say_saved(self, path: Path) -> None:
        """Says where the file was saved, until the paper is closed."""
        self.copied.hide()
        t, self._kept = self._ui.t, path
        strong = t("{name} is saved.", name=path.name)
        self.saved.say(t("in {folder}", folder=str(path.parent)), "good", strong=strong)
        self.saved.show()

    def _say_refused(self, path: Path, error: StorageError) -> None:
        t, full = self._ui.t, error.code == "disk-full"
        taken = error.code == "would-replace-book"
        MessageDialog(
            self._ui,
            t("The document was not saved"),
            t("There is no space left to save {name}.", name=path.name)
            if full
            else explain(error, None, t, self._ui.formats)
            if taken
            else t(
                "{name} could not be written to {folder}.", name=path.name, folder=str(path.parent)
            ),
            tone="warn",
            what=t("Free up some space there, or choose another place.")
            if full
            else t("Choose another name or another folder.")
            if taken
            else f"{t(_ELSEWHERE)} {held_back(t)}".rstrip(),
            choices=(Choice(t("Close")), Choice(t("Save PDF"), "primary", self.choose_file)),
            parent=self,
        ).open()


_ELSEWHERE = noop("Choose another folder: this one does not exist or can't be written to.")


# ------------------------------------------------------------------------------------------------
# Papers made on the worker, to be shown, printed or written; long ones can be stopped.


KINDS = {
    "pdf": (".pdf", noop("PDF document (*.pdf)")),
    "xlsx": (".xlsx", noop("Excel workbook (*.xlsx)")),
    "csv": (".csv", noop("CSV table (*.csv)")),
}
"""The formats of files: by the name's ending, what the dialog calls it."""
_KIND_OF = {ending: kind for kind, (ending, _) in KINDS.items()}
Make = Callable[[Book], Pack]
"""Makes the pack, on the worker."""


class PaperWriter(QObject):
    """Makes papers on the worker, one at a time; a new one cancels the one before."""

    started = Signal(str)
    """What is being made, in words."""
    told = Signal(int)
    """How many pages or rows are done."""
    stopped = Signal()
    """The work was cancelled."""
    ended = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._t = workspace, workspace.ui.t
        self._job: Job[object] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._job is not None

    def cancel(self) -> None:
        """Stops at the next page; a file that was begun is removed."""
        if self._job is not None:
            self._job.cancel()
            self._end()
            self.stopped.emit()

    def show(self, make: Make, done: Callable[[bytes], object]) -> None:
        """Makes the PDF and passes its bytes to `done`."""
        self._start(
            self._t("Making the pages"),
            lambda book, told: pdf_of(replace(make(book), progress=told)),
            done,
        )

    def open(self, name: str, make: Make, page: QWidget, *, table: Make | None = None) -> None:
        """Shows the pages in a window of their own over `page`.

        `table` makes the pack that can be saved for Excel; else the reports on the pages can.
        """

        def work(book: Book, told: Progress) -> tuple[bytes, bool]:
            pack = make(book)
            return pdf_of(replace(pack, progress=told)), bool(pack.reports)

        def made(found: tuple[bytes, bool]) -> None:
            pdf, tables = found
            keep = None
            if tables or table is not None:
                keep = partial(self.save_as, table or make, ("xlsx", "csv"), name, page)
            PaperDialog(self._workspace.ui, name, pdf, page.window(), keep_table=keep).open()

        self._start(self._t("Making the pages"), work, made)

    def save_as(self, make: Make, kinds: tuple[str, ...], name: str, parent: QWidget) -> None:
        """Asks for a file and writes the pack there. The first of `kinds` is offered first."""
        endings = [(KINDS[kind][0], self._t(KINDS[kind][1])) for kind in kinds]
        if path := ask_where(parent, self._t("Save as"), file_name_for(name), endings):
            self.save(make, _KIND_OF[path.suffix.lower()], path)

    def save(self, make: Make, kind: str, path: Path) -> None:
        """Writes the pack into a file of that kind."""

        def work(book: Book, told: Progress) -> Path:
            Books.write(replace(make(book), progress=told), kind, path)
            return path

        self._start(self._t("Writing the file"), work, self._workspace.say_saved)

    def _start(
        self, text: str, work: Callable[[Book, Progress], object], done: Callable[..., object]
    ) -> None:
        self.cancel()

        def finished(found: object) -> None:
            self._end()
            done(found)

        def failed(error: BookError) -> None:
            self._end()
            refused = isinstance(error, StorageError)  # of a disk, in words of its own
            title = "" if refused else self._t("The report could not be made")
            self._workspace.problems.show(error, title)

        self._job = self._workspace.tasks.long(
            work, finished, self._tell, failed, settled=self._settled, reads=True, owner=self
        )
        self.started.emit(text)

    def _tell(self, amount: int) -> None:
        if self._job is not None:
            self.told.emit(amount)

    def _settled(self) -> None:
        """Ends what a mistake in the program broke off; what was cancelled before has ended."""
        if self._job is not None and self._job.error is not None:
            self._end()

    def _end(self) -> None:
        self._job = None
        self.ended.emit()


class WritingStrip(QFrame):
    """A bar that is shown while a writer works, with how far it is and a button to stop it."""

    def __init__(self, ui: UiContext, *writers: PaperWriter) -> None:
        super().__init__()
        self._ui, self._text = ui, ""
        self._writer: PaperWriter | None = None
        self.label = Elided("", "caption")
        self.bar = progress_bar()
        self.stop = Button(ui, ui.t("Stop"), kind="quiet", scale="small").when_clicked(self._stop)
        words = column((self.label, 0), self.bar, space=4)
        row((words, 1), self.stop, parent=self, space=8, margins=(12, 6, 8, 6))
        for writer in writers:
            writer.started.connect(partial(self._started, writer))
            writer.told.connect(partial(self._told, writer))
            writer.ended.connect(partial(self._ended, writer))
        self.hide()

    def _started(self, writer: PaperWriter, text: str) -> None:
        """Shows the work that was begun last."""
        self._writer, self._text = writer, text
        self.label.setText(text)
        self.show()

    def _told(self, writer: PaperWriter, amount: int) -> None:
        if writer is self._writer:
            self.label.setText(f"{self._text}: {self._ui.formats.number(amount)}")

    def _ended(self, writer: PaperWriter) -> None:
        if writer is self._writer:
            self._writer = None
            self.hide()

    def _stop(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
