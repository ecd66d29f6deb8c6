"""A report goes to the printer."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.reports.hand import dialogs
from ui.kit.dialog import MessageDialog
from ui.kit.preview import Paper, PrintRun, keep_paper, nearest_paper, offer_paper
from ui.reports.page import ReportsPage


def three_pages(page: ReportsPage, books: Books, **asked: str) -> Paper:
    assert page.pack is not None
    pack = replace(page.pack, parts=page.pack.parts * 3, **asked)
    out = BytesIO()
    books.write(pack, "pdf", out)
    return Paper(out.getvalue())


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_goes_to_the_printer(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    paper = three_pages(page, books, paper="F4")
    printer = pdf_printer(tmp_path / "printed.pdf")
    offer_paper(printer, paper.document.pagePointSize(0).toSize(), ())
    assert list(paper.printing(printer))[-1] == paper.pages
    printed = PdfReader(tmp_path / "printed.pdf").pages
    assert len(printed) == paper.pages
    assert {round(float(each.mediabox.height) * 25.4 / 72) for each in printed} == {330}


F4, SIZE = QSize(609, 935), QPageSize.PageSizeId
HAS = {
    "office": ([SIZE.A4, SIZE.Letter, SIZE.Legal, SIZE.Tabloid], SIZE.Legal),
    "home": ([SIZE.A5, SIZE.A4, SIZE.Letter], SIZE.A4),
    "wide": ([SIZE.A3, SIZE.A4, SIZE.Tabloid], SIZE.Tabloid),
}


@pytest.mark.parametrize("printer", HAS)
def test_a_printer_without_f4_gets_the_nearest_paper(printer: str) -> None:
    there, nearest = HAS[printer]
    papers = [QPageSize(each) for each in there]
    assert nearest_paper(F4, papers).id() == nearest
    assert nearest_paper(F4.transposed(), papers).id() == nearest
    assert nearest_paper(QSize(595, 842), papers).id() == SIZE.A4


def test_a_printer_with_f4_gets_f4() -> None:
    folio = QPageSize(QSize(612, 936), "Folio")
    for there in ([], [QPageSize(SIZE.Legal), folio]):
        found = nearest_paper(F4, there).sizePoints() - F4
        assert max(abs(found.width()), abs(found.height())) <= 3


def test_the_paper_that_was_chosen_stays(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    paper = three_pages(page, books, paper="F4")
    printer = pdf_printer(tmp_path / "printed.pdf")
    printer.setPageSize(QPageSize(SIZE.A5))
    assert list(paper.printing(printer))[-1] == paper.pages
    printed = PdfReader(tmp_path / "printed.pdf").pages
    assert {max(round(float(side)) for side in each.mediabox[2:]) for each in printed} == {595}


@pytest.mark.parametrize(
    ("there", "kept"),
    [([SIZE.A4, SIZE.A5], SIZE.A5), ([SIZE.A4, SIZE.Legal], SIZE.Legal), ([], SIZE.A5)],
)
def test_a_paper_that_was_chosen_with_the_printer_stays_where_it_has_it(
    there: list[SIZE], kept: SIZE, qapp: QApplication, tmp_path: Path
) -> None:
    printer = pdf_printer(tmp_path / "printed.pdf")
    printer.setPageSize(QPageSize(SIZE.A5))
    keep_paper(printer, F4, [QPageSize(each) for each in there])
    assert printer.pageLayout().pageSize().id() == kept


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_does_not_answer_is_said(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    printer = pdf_printer(tmp_path / "nowhere" / "printed.pdf")
    run = PrintRun(page.ui, three_pages(page, books), printer, page)
    with qtbot.waitSignal(run.rejected):
        run.open()
    assert dialogs(MessageDialog)
