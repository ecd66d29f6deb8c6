"""A paper before it is printed: seen as it will be, printed with Enter, or kept as a file."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kwt_books.app import Book, Books
from kwt_books.reports.pack import Pack
from ui.desk import Desk
from ui.help_keys import add_help_keys
from ui.help_topics import topic_of_window
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.dialog import Choice, MessageDialog
from ui.widgets.label import column, row, rule
from ui.widgets.opened import open_up


def pdf_of(pack: Pack) -> bytes:
    """The pack as a PDF. Slow: for the worker."""
    out = BytesIO()
    Books.write(pack, "pdf", out)
    return out.getvalue()


def show_voucher(desk: Desk, number: str, parent: QWidget) -> None:
    """The usual paper of a document, ready to be printed."""
    language = desk.kit.language
    show_paper(desk, number, lambda book: book.slip(number, language), parent)


def show_paper(desk: Desk, name: str, make: Callable[[Book], Pack], parent: QWidget) -> None:
    """Makes a paper on the worker and opens it; `name` is offered for its file.

    Where reports stand on it, it can be kept as a table too.
    """

    def work(book: Book) -> tuple[bytes, bool]:
        pack = make(book)
        return pdf_of(pack), bool(pack.reports)

    def made(found: tuple[bytes, bool]) -> None:
        pdf, tables = found
        keep = partial(keep_table, desk, name, make, parent) if tables else None
        PaperDialog(desk.kit, name, pdf, parent, keep_table=keep).open()

    desk.tasks.run(work, made, key=("paper", name), owner=parent)


def keep_table(desk: Desk, name: str, make: Callable[[Book], Pack], parent: QWidget) -> None:
    """Asks for a place and keeps the reports of a paper there, for Excel or other programs."""
    from ui.pages.document_writing import PaperWriter

    PaperWriter(desk, parent).save_as(make, ("xlsx", "csv"), name, parent)


class PaperDialog(QDialog):
    """Enter prints, Esc closes."""

    def __init__(
        self,
        kit: Kit,
        name: str,
        pdf: bytes,
        parent: QWidget | None = None,
        *,
        keep_table: Callable[[], object] | None = None,
    ) -> None:
        from ui.widgets.pdf_preview import PdfPreview  # Qt's library of PDF: not before it is used

        super().__init__(parent)
        self._kit, self._name, self._pdf = kit, name, pdf
        t = kit.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        add_help_keys(self, kit, partial(topic_of_window, "paper"))
        page = column(self)
        self.preview = PdfPreview(kit)
        self.preview.show_pdf(pdf)
        page.addWidget(self.preview, 1)
        page.addWidget(rule())
        buttons = row(space=8, margins=GUTTER)
        buttons.addStretch(1)
        buttons.addWidget(Button(kit, t("Close")).when_clicked(self.reject))
        keep = Button(kit, t("Save PDF"), "file-pdf")
        buttons.addWidget(keep.when_clicked(self.choose_file))
        if keep_table is not None:
            self.table = Button(kit, t("Excel / CSV"), "table")
            self.table.hint(t("Save as a table for Excel or other programs"), "Ctrl+E")
            self.table.setShortcut("Ctrl+E")
            buttons.addWidget(self.table.when_clicked(keep_table))
        out = Button(kit, t("Print"), "printer", kind="primary")
        buttons.addWidget(out.hint(t("Print"), "Ctrl+P").when_clicked(self.preview.print_out))
        out.setShortcut("Ctrl+P")
        out.setDefault(True)
        page.addLayout(buttons)
        out.setFocus()
        open_up(self, kit.theme.px(640), kit.theme.px(600))

    def choose_file(self) -> None:
        title = self._kit.t("Save PDF")
        found, _ = QFileDialog.getSaveFileName(self, title, f"{self._name}.pdf", "PDF (*.pdf)")
        if found:
            self.keep(Path(found))

    def keep(self, path: Path) -> None:
        """Whole, or not at all; what the disk has against it is said."""
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            unfinished.write_bytes(self._pdf)
            unfinished.replace(path)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            self._say_refused(path, error)

    def _say_refused(self, path: Path, error: OSError) -> None:
        t, full = self._kit.t, error.errno == errno.ENOSPC
        MessageDialog(
            self._kit,
            t("The paper was not saved"),
            t("There is no room left where {name} was to go.", name=path.name)
            if full
            else t(
                "{name} could not be written to {folder}.", name=path.name, folder=str(path.parent)
            ),
            tone="warn",
            what=t("Make room there, or choose another place.")
            if full
            else t("Choose another folder: this one is not there or may not be written to."),
            choices=(Choice(t("Close")), Choice(t("Save PDF"), "primary", self.choose_file)),
            parent=self,
        ).open()
