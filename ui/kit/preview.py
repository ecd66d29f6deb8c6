"""A paper as it will be printed: its pages on the screen, and the system's own print dialog."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from ui.kit.button import Button
from ui.kit.dialog import Choice, Dialog, MessageDialog
from ui.kit.layout import column, label, progress_bar, row
from ui.kit.look import UiContext
from ui.kit.phone import page_picture

# ------------------------------------------------------------------------------------------------
# Printing through the system's dialog; saving instead is offered where there is no printer.


def _say_no_printer(ui: UiContext, parent: QWidget | None, save: Callable[[], object]) -> None:
    t = ui.t
    MessageDialog(
        ui,
        t("No printer was found"),
        t("This computer has no printer at the moment."),
        tone="warn",
        what=t(
            "Plug in the printer and switch it on, then try again. Or save the paper as a PDF "
            "and print it on another computer."
        ),
        choices=(Choice(t("Close")), Choice(t("Save PDF"), "primary", save)),
        parent=parent,
    ).open()


# -- A paper as it will be printed: pages, zoom, and the system's own print dialog ---------------


_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_DOTS = 300
"""Dots per inch of pages sent to the printer: sharp letters, and not too much for it."""
_POINTS = 72
_ALIKE = 6
"""Points by which two papers of one name may differ, for F4 has more than one size."""


class PrinterRefused(Exception):  # noqa: N818 - says what the printer did
    """The printer is gone, or does not take what it is sent."""


class Paper:
    """A PDF in memory, with Qt's document of it."""

    def __init__(self, data: bytes) -> None:
        self.document = QPdfDocument()
        self._buffer = QBuffer(self.document)  # the document reads from it as long as it lives
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return self.document.pageCount()

    def asked(self, printer: QPrinter) -> range:
        """The pages, from 0, that the print dialog asks for."""
        first = max(printer.fromPage(), 1) - 1
        return range(first, min(printer.toPage() or self.pages, self.pages))

    def printing(self, printer: QPrinter) -> Generator[int, None, None]:
        """Prints page after page, yielding how many are done. Raises PrinterRefused where none can
        be printed.

        Each page is printed on paper of its own size where the printer has it, else as large as
        fits.
        """
        painter = QPainter()
        try:
            for done, page in enumerate(self.asked(printer)):
                size = self.document.pagePointSize(page)
                _turn(printer, size.toSize())
                if not (printer.newPage() if done else painter.begin(printer)):
                    raise PrinterRefused(printer.printerName())
                pixels = (size * (_DOTS / _POINTS)).toSize()
                place = painter.viewport()
                fitted = pixels.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRect(
                    QPoint((place.width() - fitted.width()) // 2, 0) + place.topLeft(), fitted
                )
                painter.drawImage(place, self.document.render(page, pixels))
                yield done + 1
        finally:
            if painter.isActive():
                painter.end()


def _turn(printer: QPrinter, points: QSize) -> None:
    printer.setFullPage(True)
    orientation = QPageLayout.Orientation
    wide = points.width() > points.height()
    printer.setPageOrientation(orientation.Landscape if wide else orientation.Portrait)


def offer_paper(printer: QPrinter, points: QSize, there: Sequence[QPageSize]) -> None:
    """Sets, of the printer's papers, the one that fits a page of that size best."""
    printer.setPageSize(nearest_paper(points, there))
    _turn(printer, points)


def keep_paper(printer: QPrinter, points: QSize, there: Sequence[QPageSize]) -> None:
    """Leaves the paper that was chosen, but for one that this printer, chosen with it, lacks."""
    if there and printer.pageLayout().pageSize() not in there:
        offer_paper(printer, points, there)


def nearest_paper(points: QSize, there: Sequence[QPageSize]) -> QPageSize:
    """The page's own size where the printer has it, or its papers aren't known; else the
    smallest sheet that holds the page, else the largest there is."""
    upright = points if points.height() >= points.width() else points.transposed()
    own = QPageSize(upright, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    if not there or any(own.isEquivalentTo(each) or _alike(each, upright) for each in there):
        return own
    holding = [each for each in there if _holds(each.sizePoints(), upright)]
    if holding:
        return min(holding, key=_area)
    return max(there, key=_area)


def _alike(paper: QPageSize, upright: QSize) -> bool:
    apart = paper.sizePoints() - upright
    return max(abs(apart.width()), abs(apart.height())) <= _ALIKE


def _holds(paper: QSize, upright: QSize) -> bool:
    return paper.width() + _ALIKE >= upright.width() and paper.height() + _ALIKE >= upright.height()


def _area(paper: QPageSize) -> int:
    return paper.sizePoints().width() * paper.sizePoints().height()


def pictures_of(paper: Paper) -> list[QImage]:
    """Every page of a paper, as a phone shows it."""
    return [page_picture(paper.document, page) for page in range(paper.pages)]


class PdfPreview(QWidget):
    """Shows a PDF; zoom with − and +, the wheel with Ctrl, or fit the page."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._paper: Paper | None = None
        self.save: Callable[[], object] = lambda: None
        """Saves the paper; offered where there is no printer."""
        self.view = QPdfView(self)
        self.view.setAccessibleName(ui.t("Preview"))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setPageSpacing(12)
        self._dress()
        ui.theme.changed.connect(self._dress)
        self.view.pageNavigator().currentPageChanged.connect(self._say_page)
        self.where = label("", "caption")
        t = ui.t
        less = Button(ui, "", "minus", kind="quiet", scale="small").hint(t("Smaller"))
        fit = Button(ui, t("Whole page"), kind="quiet", scale="small")
        more = Button(ui, "", "plus", kind="quiet", scale="small").hint(t("Larger"))
        less.when_clicked(lambda: self.zoom(-1))
        more.when_clicked(lambda: self.zoom(1))
        zooms = less, fit.when_clicked(self.fit), more
        bar = QFrame()
        row((self.where, 1), *zooms, parent=bar, space=4, margins=(12, 6, 12, 6))
        column((self.view, 1), bar, parent=self)

    def _dress(self) -> None:
        """Sets the palette's dark colour, in which Qt paints the area around the pages."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._ui.theme.color("sunken"))
        self.view.setPalette(palette)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return self._paper.pages if self._paper is not None else 0

    def show_pdf(self, data: bytes) -> None:
        """Shows a PDF in place of the one before."""
        old, self._paper = self._paper, Paper(data)
        self.view.setDocument(self._paper.document)
        if old is not None:
            old.document.close()
        self._say_page()

    def picture(self) -> QImage:
        """The page that is looked at, as a phone shows it."""
        assert self._paper is not None
        return page_picture(self._paper.document, self.view.pageNavigator().currentPage())

    def pictures(self) -> list[QImage]:
        """Every page, as a phone shows it."""
        assert self._paper is not None
        return pictures_of(self._paper)

    def _say_page(self) -> None:
        number = self.view.pageNavigator().currentPage() + 1
        text = self._ui.t("Page {number} of {all}", number=number, all=self.pages)
        self.where.setText(text if self.pages else "")

    def fit(self) -> None:
        """Fits the page into the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def zoom(self, step: int) -> None:
        """Zooms in or out by a step."""
        zoomed = self.view.zoomMode() == QPdfView.ZoomMode.Custom
        now = self.view.zoomFactor() if zoomed else 1.0
        larger = [each for each in _ZOOMS if each > now + 0.01]
        smaller = [each for each in _ZOOMS if each < now - 0.01]
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        if step > 0 and larger:
            self.view.setZoomFactor(larger[0])
        elif step < 0 and smaller:
            self.view.setZoomFactor(smaller[-1])

    def print_out(self) -> None:
        """Opens the system's print dialog and prints."""
        if self._paper is not None:
            print_paper(self._ui, self._paper, self, self.save)


def print_paper(
    ui: UiContext, paper: Paper, parent: QWidget | None, save: Callable[[], object]
) -> None:
    """Asks for a printer and prints, on the paper that is chosen in the dialog.

    Without a printer it says so, and offers to `save` the paper.
    """
    if not QPrinterInfo.availablePrinterNames():
        _say_no_printer(ui, parent, save)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setDocName("KWT Books")
    size = paper.document.pagePointSize(0).toSize()
    offer_paper(printer, size, QPrinterInfo(printer).supportedPageSizes())
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinMax(1, paper.pages)
    dialog.setWindowTitle(ui.t("Print"))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        keep_paper(printer, size, QPrinterInfo(printer).supportedPageSizes())
        PrintRun(ui, paper, printer, parent).open()


class PrintRun(Dialog):
    """Prints a page at a time, so that the window stays responsive; Esc stops."""

    def __init__(
        self, ui: UiContext, paper: Paper, printer: QPrinter, parent: QWidget | None = None
    ) -> None:
        super().__init__(ui, ui.t("Print"), parent)
        self._ui, self._paper, self._printer = ui, paper, printer
        self.setMinimumWidth(ui.theme.px(320))
        self._count = len(paper.asked(printer))
        self.where = label("", "body")
        self.bar = progress_bar(self._count)
        stop = Button(ui, ui.t("Stop")).when_clicked(self.reject), 0, Qt.AlignmentFlag.AlignRight
        column(self.where, self.bar, stop, parent=self, margins=24, space=12)
        self._pages = paper.printing(printer)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        self._timer.start()
        self._say(0)

    def _say(self, done: int) -> None:
        self.bar.setValue(done)
        number = min(done + 1, self._count)
        self.where.setText(
            self._ui.t("Printing page {number} of {all}", number=number, all=self._count)
        )

    def _next(self) -> None:
        try:
            self._say(next(self._pages))
        except StopIteration:
            self._timer.stop()
            self.accept()
        except PrinterRefused as refused:
            self._timer.stop()
            self._say_refused(str(refused))
            super().reject()

    def _say_refused(self, name: str) -> None:
        t = self._ui.t
        MessageDialog(
            self._ui,
            t("The printer does not answer"),
            t("Nothing was printed on {name}.", name=name) if name else t("Nothing was printed."),
            what=t("Check that it is switched on and has paper, then print again."),
            choices=(Choice(t("Close"), "primary"),),
            parent=self.parentWidget(),
        ).open()

    def reject(self) -> None:
        """Stops; pages that have not gone to the printer are not printed."""
        if self._timer.isActive():
            self._timer.stop()
            self._printer.abort()
        self._pages.close()
        super().reject()
