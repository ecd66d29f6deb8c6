"""Pages: letterhead, continuation head, footer with seal, and page x of y.

A page's number is a form drawn before it is known and defined when the file is closed: the PDF
allows forward references, so one pass is enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from reportlab.graphics.barcode import qrencoder
from reportlab.pdfgen.canvas import Canvas

from kwt_books.exporters.pdf.blocks import Block
from kwt_books.exporters.pdf.job import (
    BOLD,
    EMBLEM,
    FOOTER,
    MM,
    QR,
    REGULAR,
    SEMIBOLD,
    THICK,
    THIN,
    Job,
    Pen,
    Sheet,
    fitted,
    in_lines,
    width,
)

# -- The emblem and the seal's QR code, each drawn once a file and stamped where wanted ----------


EMBLEM_FORM, QR_FORM = "emblem", "seal"


def seal_text(seal: str) -> str:
    """What the QR code says: `KWT:7F3A-91C2-0D4E`."""
    return f"KWT:{seal}"


def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules of the code, row by row from above, error correction M."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [[bool(module) for module in row] for row in code.modules]


def define_seal(canvas: Any, seal: str) -> None:
    """Draws the seal's QR code once, to be stamped on pages."""
    rows = qr_modules(seal_text(seal))
    step = QR / len(rows)
    canvas.beginForm(QR_FORM, 0, 0, QR, QR)
    path = canvas.beginPath()
    for n, row in enumerate(rows):
        y = QR - (n + 1) * step
        start = None
        for at, dark in enumerate([*row, False]):
            if dark and start is None:
                start = at
            elif not dark and start is not None:
                path.rect(start * step, y, (at - start) * step, step)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


# A leaf from its foot to its tip with its greatest half width, on a field of 100 by 100.
_LEAVES = (
    ((50, 52), (50, 82), 7.0),
    ((49, 43), (30, 65), 5.8),
    ((51, 43), (70, 65), 5.8),
    ((49, 28), (22, 45), 6.2),
    ((51, 28), (78, 45), 6.2),
)


def define_emblem(canvas: Any) -> None:
    """A plant in a double ring: stands in for the group's own emblem."""
    canvas.beginForm(EMBLEM_FORM, 0, 0, EMBLEM, EMBLEM)
    canvas.scale(EMBLEM / 100, EMBLEM / 100)
    canvas.setLineWidth(3)
    canvas.circle(50, 50, 48)
    canvas.setLineWidth(1.1)
    canvas.circle(50, 50, 43)
    canvas.setLineWidth(2.4)
    canvas.line(50, 17, 50, 60)
    canvas.bezier(31, 20, 40, 15.5, 60, 15.5, 69, 20)
    for foot, tip, half in _LEAVES:
        _leaf(canvas, foot, tip, half)
    canvas.endForm()


def _leaf(canvas: Any, foot: tuple[float, float], tip: tuple[float, float], half: float) -> None:
    (x0, y0), (x1, y1) = foot, tip
    dx, dy = x1 - x0, y1 - y0
    long = (dx * dx + dy * dy) ** 0.5
    nx, ny = -dy / long * half * 1.35, dx / long * half * 1.35
    path = canvas.beginPath()
    path.moveTo(x0, y0)
    for side in (1, -1):
        a, b = (0.25, 0.75) if side == 1 else (0.75, 0.25)
        end = tip if side == 1 else foot
        path.curveTo(
            x0 + dx * a + nx * side, y0 + dy * a + ny * side,
            x0 + dx * b + nx * side, y0 + dy * b + ny * side, *end,
        )  # fmt: skip
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.saveState()
    canvas.setStrokeGray(1)
    canvas.setLineWidth(1)
    canvas.line(x0 + dx * 0.2, y0 + dy * 0.2, x0 + dx * 0.82, y0 + dy * 0.82)
    canvas.restoreState()


def stamp(canvas: Any, form: str, x: float, y: float, scale: float = 1) -> None:
    """Draw one of the forms with its lower left corner at x, y."""
    canvas.saveState()
    canvas.translate(x, y)
    if scale != 1:
        canvas.scale(scale, scale)
    canvas.doForm(form)
    canvas.restoreState()


_NUMBER_WIDE, _NUMBER_HIGH = 160.0, 12.0


class PaperCanvas(Canvas):  # type: ignore[misc]
    """A canvas that defines, on saving, the forms its pages already refer to."""

    def __init__(self, out: BinaryIO, job: Job, title: str) -> None:
        sheet = job.sheet
        super().__init__(
            out, pagesize=(sheet.width, sheet.height), invariant=1, lang=job.language_tag,
            initialFontName=REGULAR, initialFontSize=9, initialLeading=11,
            pageCompression=1,
        )  # fmt: skip
        self.job = job
        self.referred: dict[str, int] = {}
        self.number_of_part: dict[str, int] = {}
        self.setTitle(title)
        self.setAuthor(job.identity.name)
        self.setSubject(title)
        self.setCreator(f"KWT Books {job.imprint.version}".strip())
        self.setProducer("KWT Books")
        if job.seal:
            self.setKeywords(job.seal)
        self.setViewerPreference("PrintScaling", "None")

    def save(self) -> None:
        """Writes the file, once page numbers and references are filled in."""
        pages = self.getPageNumber() - 1
        define_emblem(self)
        if self.job.seal:
            define_seal(self, self.job.seal)
        if (progress := self.job.progress) is not None:
            self._doc.numberToId = _Heard(self._doc.numberToId, partial(progress, pages))
        for number in range(1, pages + 1):
            if progress is not None:
                progress(pages)
            text = self.job.t("Page {page} of {pages}", page=number, pages=pages)
            self._define(f"pg{number}", text, SEMIBOLD, 8.5)
        for name in self.referred:
            self._define(name, str(self.number_of_part.get(name, "")), REGULAR, 9.5)
        super().save()

    def _define(self, name: str, text: str, font: str, size: float) -> None:
        self.beginForm(name, 0, -3, _NUMBER_WIDE, _NUMBER_HIGH)
        self.setFont(font, size)
        self.drawString(_NUMBER_WIDE - width(text, font, size), 0, text)
        self.endForm()


class _Heard(dict[int, str]):
    """The objects of a file by number. ReportLab asks for each as it is written, and could not
    be stopped meanwhile: joining a long file takes seconds."""

    def __init__(self, numbered: dict[int, str], told: Callable[[], object]) -> None:
        super().__init__(numbered)
        self._told = told

    def __getitem__(self, number: int) -> str:
        self._told()
        return super().__getitem__(number)


@dataclass(frozen=True, slots=True)
class Running:
    """What the head and foot of a part's pages say."""

    title: str
    period: str = ""
    state: str = ""
    """`bulan Juni 2026 ditutup`."""


class Pages:
    """The pages of one file, filled from above. `y` is where the next block begins."""

    def __init__(
        self,
        out: BinaryIO,
        job: Job,
        title: str,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.job = job
        self._progress = progress
        self.canvas: Any = PaperCanvas(out, job, title)
        self.pen = Pen(self.canvas)
        self.sheet = job.sheet
        self.running = Running(title)
        self.x = self.y = self.floor = 0.0
        self.fresh = True
        self._open = False
        self._footed = True
        self.two_up = False
        """Whether two pages share a sheet of paper, side by side and smaller."""
        self._waiting = False
        """Whether the sheet's right half is still free."""

    @property
    def number(self) -> int:
        """The number of the present page, from 1."""
        return int(self.canvas.getPageNumber())

    @property
    def begun(self) -> bool:
        """Whether there is a page already."""
        return self._open or self.number > 1

    # -- pages -----------------------------------------------------------------------------

    def begin(self, running: Running, sheet: Sheet) -> None:
        """A new page with the letterhead."""
        self.end()
        self.running = running
        self._size(sheet)
        self._footed = True
        self._letterhead()
        self.y = sheet.ceiling(first=True)

    def bare(self, sheet: Sheet) -> None:
        """A new page with neither head nor foot: slips to be cut."""
        self.end()
        self._size(sheet)
        self._footed = False
        self.y = sheet.height

    def next(self) -> None:
        """Go on to a continuation page."""
        sheet = self.sheet
        self.end()
        self._size(sheet)
        self._footed = True
        self._continuation()
        self.y = sheet.ceiling(first=False)

    def put(self, block: Block, top: float) -> None:
        """Draws a block below `top`."""
        block.draw(self, self.x, top)

    def end(self) -> None:
        """Finishes the present page with its foot."""
        if self._open:
            if self._footed:
                self._footer()
            self._leave()
            if self._progress is not None:
                self._progress(self.number - 1)
        self._open = False

    def close(self) -> None:
        """Finishes the last page and writes the file."""
        self.end()
        if self._waiting:
            self.canvas.showPage()
        self.canvas.save()

    def _leave(self) -> None:
        """The sheet of paper goes out once it is full."""
        if self.two_up:
            self.canvas.restoreState()
            self._waiting = not self._waiting
        if not self._waiting:
            self.canvas.showPage()

    def _size(self, sheet: Sheet) -> None:
        self.sheet = sheet
        if self.two_up:
            self._half(sheet)
        else:
            self.canvas.setPageSize((sheet.width, sheet.height))
        self.x, self.floor = sheet.left, sheet.floor
        self.fresh = self._open = True

    def _half(self, sheet: Sheet) -> None:
        """What is drawn from here on fills one half of the paper, which lies across."""
        room = sheet.height / 2
        scale = min(room / sheet.width, sheet.width / sheet.height)
        if not self._waiting:
            self.canvas.setPageSize((sheet.height, sheet.width))
        left = (room - sheet.width * scale) / 2 + (room if self._waiting else 0)
        self.canvas.saveState()
        self.canvas.translate(left, (sheet.width - sheet.height * scale) / 2)
        self.canvas.scale(scale, scale)

    # -- outline and contents --------------------------------------------------------------

    def mark(self, key: str, title: str, level: int) -> None:
        """This page begins the part `key`."""
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level, closed=0)
        self.canvas.number_of_part[key] = self.number

    def refer(self, key: str, x: float, y: float) -> None:
        """The number of the page on which `key` begins, right-aligned at x."""
        self.canvas.referred[key] = 1
        self._form(key, x, y)

    def _form(self, name: str, x: float, y: float) -> None:
        stamp(self.canvas, name, x - _NUMBER_WIDE, y)

    # -- head and foot ---------------------------------------------------------------------

    def _letterhead(self) -> None:
        sheet, pen, job = self.sheet, self.pen, self.job
        top = sheet.height - sheet.top
        stamp(self.canvas, EMBLEM_FORM, sheet.left, top - EMBLEM)
        middle = (sheet.left + sheet.width - sheet.right) / 2
        room = sheet.text_width - 2 * EMBLEM - 12
        name = job.identity.name.upper()
        size = fitted(name, BOLD, 15, room - 0.3 * len(name))
        pen.spaced(middle, top - 14.2, name, size, 0.3)
        base = top - 26.3
        for said in filter(None, (self._kind(), ", ".join(job.address))):
            size, lines = in_lines(said, REGULAR, 9, room, 6.5)
            for text in lines:
                pen.centre(middle, base, text, REGULAR, size)
                base -= 11.6 if len(lines) == 1 else 6.9
        right = sheet.width - sheet.right
        pen.rule(sheet.left, right, top - 18.4 * MM, THICK)
        pen.rule(sheet.left, right, top - 18.4 * MM - 2.4, THIN)

    def _kind(self) -> str:
        umbrella = self.job.identity.umbrella
        if not umbrella:
            return self.job.t("Women farmers' group")
        return self.job.t("Women farmers' group, guided by {umbrella}", umbrella=umbrella)

    def _continuation(self) -> None:
        sheet, pen = self.sheet, self.pen
        base = sheet.height - sheet.top - 9.5
        right = sheet.width - sheet.right
        title = ", ".join(filter(None, (self.running.title, self.running.period)))
        text = self.job.t("{title} (continued)", title=title)
        name = self.job.identity.name
        size = fitted(text, REGULAR, 9, sheet.text_width * 0.45)
        room = sheet.text_width - width(text, REGULAR, size) - 12
        pen.right(right, base, text, REGULAR, size)
        size = fitted(name, SEMIBOLD, 9, room)
        pen.left(sheet.left, base, name, SEMIBOLD, size)
        pen.rule(sheet.left, right, base - 5, THIN)

    def _footer(self) -> None:
        sheet, pen, job = self.sheet, self.pen, self.job
        line = sheet.bottom + FOOTER - 0.8 * MM
        right = sheet.width - sheet.right
        pen.rule(sheet.left, right, line, THIN)
        x = sheet.left
        if job.seal:
            stamp(self.canvas, QR_FORM, x, line - 1.6 * MM - QR)
            x += QR + 2.4 * MM
            pen.left(x, line - 11, job.t("Seal {seal}", seal=job.seal), SEMIBOLD, 8.5)
        self._form(f"pg{self.number}", right, line - 11)
        foot = " · ".join(filter(None, (self.running.title, self.running.period)))
        fit, told = in_lines(foot, REGULAR, 7.5, (right - x) * 0.45, 6.2)
        room = right - x - max(width(each, REGULAR, fit) for each in told) - 10
        for n, each in enumerate(told):
            pen.right(right, line - 20.4 - n * 8, each, REGULAR, fit)
        under = line - 20.4 - (9 if len(told) == 1 else 8 * len(told))
        pen.right(right, under, f"KWT Books {job.imprint.version}", REGULAR, 7.5)
        size, lines = in_lines(self._book(), REGULAR, 7.5, room, 6.2)
        for n, text in enumerate(lines):
            pen.left(x, line - 20.4 - n * 8, text, REGULAR, size)
        below = line - 20.4 - (9 if len(lines) == 1 else 8 * len(lines))
        size = fitted(self._printed(), REGULAR, 7.5, room)
        pen.left(x, below, self._printed(), REGULAR, size)

    def _book(self) -> str:
        imprint, t = self.job.imprint, self.job.t
        count = t.ngettext("{number} document", "{number} documents", imprint.documents,
                           number=self.job.formats.number(imprint.documents))  # fmt: skip
        name = self.job.identity.name
        book = t("Book {name}", name=name) if name else ""
        return " · ".join(filter(None, (book, count, self.running.state)))

    def _printed(self) -> str:
        moment = self.job.formats.date_time(self.job.imprint.printed_at)
        by = self.job.imprint.printed_by
        if not by:
            return self.job.t("Printed {moment}", moment=moment)
        return self.job.t("Printed {moment} by {name}", moment=moment, name=by)
