"""Papers on their way to a printer: where a page stands, which paper is taken, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMarginsF, QPoint, QRect, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPageSize, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.windows import said
from ui.kit import preview
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.look import Mode, UiContext
from ui.kit.preview import Paper, PdfPreview, PrinterRefused, PrintRun, print_paper

SIZE = QPageSize.PageSizeId
_NEAR = 3
"""Points that nobody sees."""


@pytest.fixture
def pdf() -> bytes:
    """Three pages, black from edge to edge."""
    out = BytesIO()
    canvas = Canvas(out, A4)
    for _ in range(3):
        canvas.rect(0, 0, *A4, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def printer_into(path: Path, size: SIZE = SIZE.A4) -> QPrinter:
    printer = QPrinter()
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(size))
    printer.setPageMargins(QMarginsF())
    return printer


def ink(document: QPdfDocument) -> QRect:
    """Where a page is dark, a pixel a point."""
    size = document.pagePointSize(0).toSize()
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    middle = page.rect().center()
    across = [x for x in range(page.width()) if page.pixelColor(x, middle.y()).lightness() < 128]
    down = [y for y in range(page.height()) if page.pixelColor(middle.x(), y).lightness() < 128]
    return QRect(QPoint(across[0], down[0]), QPoint(across[-1], down[-1]))


@pytest.mark.parametrize("size", [SIZE.Letter, SIZE.Legal])
def test_a_page_fills_what_paper_there_is_and_stands_in_its_middle(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, size: SIZE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "_DOTS", 72)
    list(Paper(pdf).printing(printer_into(tmp_path / "out.pdf", size)))
    printed = QPdfDocument()
    printed.load(str(tmp_path / "out.pdf"))
    room = printed.pagePointSize(0)
    fitted = QSizeF(*A4).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    place = ink(printed)
    assert abs(place.width() - fitted.width()) < _NEAR
    assert abs(place.height() - fitted.height()) < _NEAR
    assert abs(place.left() - (room.width() - 1 - place.right())) < _NEAR, "as much at both sides"
    assert place.top() < _NEAR, "from the top"


class Dialogs:
    """Stands for the system's print dialog, in which somebody takes another paper, and for the
    run that prints.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, chosen: SIZE, *, go: bool = True) -> None:
        self.about: dict[str, Any] = {}
        self.printed: list[Any] = []
        about, printed = self.about, self.printed

        class Asked:
            def __init__(self, printer: QPrinter, parent: QWidget) -> None:
                about.update(printer=printer, parent=parent, offered=paper_of(printer))

            def __getattr__(self, name: str) -> Callable[..., None]:
                return lambda *given: about.update({name: given})

            def exec(self) -> QDialog.DialogCode:
                about["printer"].setPageSize(QPageSize(chosen))
                return QDialog.DialogCode.Accepted if go else QDialog.DialogCode.Rejected

        class Run(PrintRun):
            def open(self) -> None:
                printed.append((self, paper_of(self._printer)))
                super().open()

        class Known:
            def __init__(self, _printer: QPrinter) -> None:
                pass

            @staticmethod
            def availablePrinterNames() -> list[str]:  # noqa: N802 - Qt's name
                return ["Epson"]

            def supportedPageSizes(self) -> list[QPageSize]:  # noqa: N802 - Qt's name
                return [QPageSize(SIZE.A4), QPageSize(SIZE.Letter)]

        monkeypatch.setattr(preview, "QPrintDialog", Asked)
        monkeypatch.setattr(preview, "QPrinterInfo", Known)
        monkeypatch.setattr(preview, "PrintRun", Run)


def paper_of(printer: QPrinter) -> SIZE:
    return printer.pageLayout().pageSize().id()


@pytest.mark.parametrize(("chosen", "taken"), [(SIZE.Letter, SIZE.Letter), (SIZE.A6, SIZE.A4)])
def test_what_is_chosen_in_the_dialog_is_printed_on_paper_that_is_there(
    english: UiContext, qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch,
    chosen: SIZE, taken: SIZE, around: QWidget,
) -> None:  # fmt: skip
    dialogs, paper = Dialogs(monkeypatch, chosen), Paper(pdf)
    monkeypatch.setattr(Paper, "printing", lambda *_: iter(()))
    print_paper(english, paper, around, lambda: None)
    about, ((run, size),) = dialogs.about, dialogs.printed
    assert (about["offered"], size) == (SIZE.A4, taken)
    assert (about["setMinMax"], about["setWindowTitle"]) == ((1, 3), ("Print",))
    assert about["parent"] is run.parent() is around
    assert about["printer"].resolution() == 300
    assert about["printer"].docName() == "KWT Books"
    with qtbot.waitSignal(run.accepted):
        pass
    Dialogs(monkeypatch, chosen, go=False)
    print_paper(english, paper, around, lambda: pytest.fail("a printer is there"))
    assert len(dialogs.printed) == 1, "nothing is printed before it is wanted"


def test_without_a_printer_the_paper_can_be_saved(
    english: UiContext, around: QWidget, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[bool] = []
    monkeypatch.setattr(preview.QPrinterInfo, "availablePrinterNames", list)
    print_paper(english, Paper(pdf), around, lambda: saved.append(True))
    (dialog,) = around.findChildren(MessageDialog)
    assert {"No printer was found", "What you can do"} <= {*said(dialog)}
    close, save = dialog.findChildren(Button)
    assert [each.property("kind") for each in (close, save)] == ["default", "primary"]
    save.click()
    assert (saved, dialog.isVisible()) == ([True], False)


class Pages:
    """Stands for a paper that is being printed: what comes of each page is said by a test."""

    def __init__(self, count: int, refused: str | None = None) -> None:
        self.count, self.refused, self.stopped = count, refused, False

    def asked(self, _printer: object) -> range:
        return range(self.count)

    def printing(self, _printer: object) -> Any:
        try:
            for done in range(self.count):
                if self.refused is not None:
                    raise PrinterRefused(self.refused)
                yield done + 1
        finally:
            self.stopped = True


def run_of(
    ui: UiContext, pages: Pages, parent: QWidget, printer: Any = None
) -> tuple[PrintRun, Callable[[], None]]:
    """A run, and what prints its next page."""
    made = PrintRun(ui, pages, printer, parent)  # type: ignore[arg-type]
    timer = made.findChild(QTimer)
    timer.stop()
    return made, timer.timeout.emit


def test_it_says_which_page_is_being_printed(english: UiContext, around: QWidget) -> None:
    (run, go_on), told = run_of(english, Pages(2), around), []
    assert run.windowTitle() == "Print"
    for _ in range(3):
        told.append((run.where.text(), run.bar.value()))
        go_on()
    assert told == [
        ("Printing page 1 of 2", 0), ("Printing page 2 of 2", 1), ("Printing page 2 of 2", 2),
    ]  # fmt: skip
    assert run.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    ("name", "told"), [("Epson", "Nothing was printed on Epson."), ("", "Nothing was printed.")]
)
def test_a_printer_that_refuses_is_told_by_its_name(
    english: UiContext, around: QWidget, name: str, told: str
) -> None:
    run, go_on = run_of(english, Pages(2, name), around)
    go_on()
    assert run.result() == QDialog.DialogCode.Rejected
    (dialog,) = around.findChildren(MessageDialog)
    what = "Check that it is switched on and has paper, then print again."
    assert {"The printer does not answer", told, what} <= {*said(dialog)}
    (close,) = dialog.findChildren(Button)
    assert (close.text(), close.property("kind")) == ("Close", "primary")


def test_printing_can_be_stopped(
    english: UiContext, around: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, aborted = Pages(2), list[bool]()

    class Printer:
        def abort(self) -> None:
            aborted.append(True)

    run, go_on = run_of(english, pages, around, Printer())
    go_on()
    timer = run.findChild(QTimer)
    timer.start()
    (stop,) = run.findChildren(Button)
    assert stop.text() == "Stop"
    stop.click()
    assert (aborted, pages.stopped, timer.isActive()) == ([True], True, False)
    assert run.result() == QDialog.DialogCode.Rejected


def test_the_preview_is_zoomed_in_steps(english: UiContext, qtbot: QtBot, pdf: bytes) -> None:
    made = PdfPreview(english)
    qtbot.addWidget(made)
    assert made.where.text() == ""
    made.print_out()  # there is nothing yet
    made.show_pdf(pdf)
    assert made.where.text() == "Page 1 of 3"
    less, fit, more = made.findChildren(Button)
    assert [each.toolTip() for each in (less, more)] == ["Smaller", "Larger"]
    mode = QPdfView.ZoomMode
    assert made.view.zoomMode() == mode.FitInView
    assert made.view.pageMode() == QPdfView.PageMode.MultiPage

    def steps(button: Button) -> list[float]:
        """What clicks come to, until one changes nothing."""
        found = [made.view.zoomFactor()]
        while button.click() or made.view.zoomFactor() != found[-1]:
            found.append(made.view.zoomFactor())
            assert made.view.zoomMode() == mode.Custom
        return found

    out = steps(more)
    assert out == sorted(out)
    assert steps(less)[: len(out)] == out[::-1]
    assert made.view.zoomFactor() < 1 < out[-1]
    fit.click()
    assert made.view.zoomMode() == mode.FitInView
    less.click()
    smaller = made.view.zoomFactor()
    more.click()
    assert smaller < made.view.zoomFactor() == 1, "from its true size on"


def test_the_ground_around_pages_goes_with_the_look(english: UiContext, qtbot: QtBot) -> None:
    made = PdfPreview(english)
    qtbot.addWidget(made)
    for mode in (Mode.LIGHT, Mode.DARK):
        english.theme.use(mode, 100)
        ground = made.view.palette().color(QPalette.ColorRole.Dark)
        assert ground == english.theme.color("sunken")
