"""A paper as it will be printed: pages, zoom, and the system's own print dialog."""

from __future__ import annotations

from collections.abc import Generator

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
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QProgressBar, QWidget

from ui.help_keys import add_help_keys
from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.dialog import Choice, MessageDialog
from ui.widgets.label import column, label, row

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_DOTS = 300
"""Dots an inch that a page is sent to the printer with: sharp letters, a size it can take."""
_POINTS = 72


class PrinterRefused(Exception):  # noqa: N818 - says what the printer did
    """It is gone, or does not take what it is sent."""


class Paper:
    """A PDF in memory and the document Qt has of it."""

    def __init__(self, data: bytes) -> None:
        self.document = QPdfDocument()
        self._buffer = QBuffer(self.document)  # which reads from it until it goes
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)

    @property
    def pages(self) -> int:
        return self.document.pageCount()

    def asked(self, printer: QPrinter) -> range:
        """The pages that are to be printed."""
        first = max(printer.fromPage(), 1) - 1
        return range(first, min(printer.toPage() or self.pages, self.pages))

    def printing(self, printer: QPrinter) -> Generator[int, None, None]:
        """Prints page after page and says how many are done; `PrinterRefused` where none can be.

        Each goes on paper of its own size where the printer has it, else as large as fits.
        """
        painter = QPainter()
        try:
            for done, page in enumerate(self.asked(printer)):
                size = self.document.pagePointSize(page)
                _set_page(printer, size.toSize())
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


def _set_page(printer: QPrinter, points: QSize) -> None:
    printer.setFullPage(True)
    wide = points.width() > points.height()
    upright = points.transposed() if wide else points
    printer.setPageSize(QPageSize(upright, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    orientation = QPageLayout.Orientation
    printer.setPageOrientation(orientation.Landscape if wide else orientation.Portrait)


class PdfPreview(QWidget):
    """`show_pdf(bytes)`; zoom with − and +, the wheel with Ctrl, or fit the page."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._paper: Paper | None = None
        self.view = QPdfView(self)
        self.view.setAccessibleName(kit.t("Preview"))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageSpacing(12)
        self._dress()
        kit.theme.changed.connect(self._dress)
        self.view.pageNavigator().currentPageChanged.connect(self._say_page)
        self._where = label("", "caption")
        page = column(self)
        page.addWidget(self.view, 1)
        bar = QFrame()
        line = row(bar, space=4)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(self._where, 1)
        t = kit.t
        less = Button(kit, "", "minus", kind="quiet", scale="small").hint(t("Smaller"))
        fit = Button(kit, t("Whole page"), kind="quiet", scale="small")
        more = Button(kit, "", "plus", kind="quiet", scale="small").hint(t("Larger"))
        line.addWidget(less.when_clicked(lambda: self.zoom(-1)))
        line.addWidget(fit.when_clicked(self.fit))
        line.addWidget(more.when_clicked(lambda: self.zoom(1)))
        page.addWidget(bar)

    def _dress(self) -> None:
        """Around the pages Qt paints what the palette calls dark."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._kit.theme.color("sunken"))
        self.view.setPalette(palette)

    @property
    def pages(self) -> int:
        return self._paper.pages if self._paper is not None else 0

    def show_pdf(self, data: bytes) -> None:
        old, self._paper = self._paper, Paper(data)
        self.view.setDocument(self._paper.document)
        if old is not None:
            old.document.close()
        self._say_page()

    def _say_page(self) -> None:
        number = self.view.pageNavigator().currentPage() + 1
        text = self._kit.t("Page {number} of {all}", number=number, all=self.pages)
        self._where.setText(text if self.pages else "")

    def fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def zoom(self, step: int) -> None:
        now = self.view.zoomFactor() if self._is_zoomed() else 1.0
        larger = [each for each in _ZOOMS if each > now + 0.01]
        smaller = [each for each in _ZOOMS if each < now - 0.01]
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        if step > 0 and larger:
            self.view.setZoomFactor(larger[0])
        elif step < 0 and smaller:
            self.view.setZoomFactor(smaller[-1])

    def _is_zoomed(self) -> bool:
        return self.view.zoomMode() == QPdfView.ZoomMode.Custom

    def print_out(self) -> None:
        """The system's print dialog, then the printer."""
        if self._paper is not None:
            print_paper(self._kit, self._paper, self)


def print_paper(kit: Kit, paper: Paper, parent: QWidget | None) -> None:
    """Asks for a printer and prints there. The dialog is the system's own where it has one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setDocName("KWT Books")
    size = paper.document.pagePointSize(0).toSize()
    _set_page(printer, size)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinMax(1, paper.pages)
    dialog.setWindowTitle(kit.t("Print"))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        PrintRun(kit, paper, printer, parent).open()


class PrintRun(QDialog):
    """A page at a time, so that the window goes on; Esc stops."""

    def __init__(
        self, kit: Kit, paper: Paper, printer: QPrinter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit, self._paper, self._printer = kit, paper, printer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(kit.t("Print"))
        add_help_keys(self, kit)
        self.setMinimumWidth(kit.theme.px(320))
        self._count = len(paper.asked(printer))
        page = column(self, margins=24, space=12)
        self._where = label("", "body")
        self.bar = QProgressBar()
        self.bar.setRange(0, self._count)
        self.bar.setTextVisible(False)
        page.addWidget(self._where)
        page.addWidget(self.bar)
        stop = Button(kit, kit.t("Stop")).when_clicked(self.reject)
        page.addWidget(stop, 0, Qt.AlignmentFlag.AlignRight)
        self._pages = paper.printing(printer)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        self._timer.start()
        self._say(0)

    def _say(self, done: int) -> None:
        self.bar.setValue(done)
        number = min(done + 1, self._count)
        self._where.setText(
            self._kit.t("Printing page {number} of {all}", number=number, all=self._count)
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
        t = self._kit.t
        MessageDialog(
            self._kit,
            t("The printer does not answer"),
            t("Nothing was printed on {name}.", name=name) if name else t("Nothing was printed."),
            what=t("See that it is switched on and has paper, then print again."),
            choices=(Choice(t("Close"), "primary"),),
            parent=self.parentWidget(),
        ).open()

    def reject(self) -> None:
        """What has not gone to the printer yet stays unprinted."""
        if self._timer.isActive():
            self._timer.stop()
            self._printer.abort()
        self._pages.close()
        super().reject()
