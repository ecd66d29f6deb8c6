"""A paper before it is printed: seen as it will be, printed with Enter, or kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kwt_books.app import Book, Books
from kwt_books.reports.pack import Pack
from ui.desk import Desk
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.label import column, row, rule
from ui.widgets.pdf_preview import PdfPreview


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
    """Makes a paper on the worker and opens it; `name` is offered for its file."""

    def made(pdf: bytes) -> None:
        PaperDialog(desk.kit, name, pdf, parent).open()

    desk.tasks.run(lambda book: pdf_of(make(book)), made, key=("paper", name), owner=parent)


class PaperDialog(QDialog):
    """Enter prints, Esc closes."""

    def __init__(self, kit: Kit, name: str, pdf: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit, self._name, self._pdf = kit, name, pdf
        t = kit.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
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
        out = Button(kit, t("Print"), "printer", kind="primary")
        buttons.addWidget(out.hint(t("Print"), "Ctrl+P").when_clicked(self.preview.print_out))
        out.setShortcut("Ctrl+P")
        out.setDefault(True)
        page.addLayout(buttons)
        out.setFocus()
        self.resize(kit.theme.px(640), kit.theme.px(600))

    def choose_file(self) -> None:
        title = self._kit.t("Save PDF")
        found, _ = QFileDialog.getSaveFileName(self, title, f"{self._name}.pdf", "PDF (*.pdf)")
        if found:
            self.keep(Path(found))

    def keep(self, path: Path) -> None:
        path.write_bytes(self._pdf)
