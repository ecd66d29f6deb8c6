"""Slips on a roll of 58 or 80 mm for small receipt printers, as long as what stands on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from kwt_books.domain.errors import RuleError
from kwt_books.exporters.pdf.job import (
    BOLD,
    MM,
    REGULAR,
    SEMIBOLD,
    Job,
    Pen,
    register,
    width,
    wrap,
)
from kwt_books.exporters.pdf.job import Sheet as Paper
from kwt_books.exporters.pdf.page import QR_FORM, define_seal, stamp
from kwt_books.i18n.catalogue import Translator, capitalised, resources_dir, rupiah_in_words
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Identity, Imprint
from kwt_books.reports.packs import ROLLS, Part
from kwt_books.reports.papers import (
    ConsignmentSlip,
    GoodsLine,
    Receipt,
    Receipts,
    SaleSlip,
    on_roll,
)

_WIDTHS = {each: int(each.removesuffix("MM")) * MM for each in ROLLS}
"""The widths of rolls by the name of their paper, in points."""
_UNPRINTED = 5 * MM
"""What the head of a printer leaves blank on either side."""
_LARGE, _BODY, _SMALL = 11.0, 8.6, 7.0
_LEADING, _GAP = 1.24, 5.0
_QR = 14 * MM
_LONGEST = 5_000.0
"""Points: a slip is measured on paper of this length before it is cut."""


def render_roll(
    parts: Sequence[Part],
    identity: Identity,
    imprint: Imprint,
    translator: Translator,
    out: BinaryIO,
    *,
    paper: str,
) -> None:
    """Writes each slip to `out` as a page of its own, as wide as the roll `paper` of `ROLLS`.

    Raises `RuleError("not-on-a-roll")` for what is no nota, kuitansi or tanda terima.
    """
    if not all(map(on_roll, parts)):
        raise RuleError("not-on-a-roll")
    register(resources_dir() / "fonts")
    sheet = Paper(paper, _WIDTHS[paper], _LONGEST, _UNPRINTED, _UNPRINTED, _UNPRINTED, _UNPRINTED)
    job = Job(identity, imprint, translator, Formats(translator.language), sheet)
    canvas = Canvas(out, pagesize=(sheet.width, sheet.height), invariant=1, lang=job.language_tag)
    if job.seal:
        define_seal(canvas, job.seal)
    for slip in _slips(parts):
        strip = _Strip(job)
        _write(strip, slip)
        strip.print_on(canvas)
    canvas.save()


def _slips(parts: Sequence[Part]) -> Iterator[Receipt | SaleSlip | ConsignmentSlip]:
    for part in parts:
        if isinstance(part, Receipts):
            yield from part.receipts
        elif isinstance(part, Receipt | SaleSlip | ConsignmentSlip):
            yield part


# -- A strip of paper: written from above, and cut where the writing ends -------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something drawn at a height; points below the top."""

    at: float
    draw: Callable[[Pen, float], object]


class _Strip:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.left, self.right = job.sheet.left, job.sheet.width - job.sheet.right
        self.room, self.middle = self.right - self.left, job.sheet.width / 2
        self.y = job.sheet.top
        self._marks: list[_Mark] = []

    def _draw(self, high: float, draw: Callable[[Pen, float], object]) -> None:
        self.y += high
        self._marks.append(_Mark(self.y, draw))

    def centred(self, text: str, font: str = REGULAR, size: float = _BODY) -> None:
        for each in wrap(text, font, size, self.room):
            draw = partial(self._centre, text=each, font=font, size=size)
            self._draw(size * _LEADING, draw)

    def _centre(self, pen: Pen, y: float, *, text: str, font: str, size: float) -> None:
        pen.centre(self.middle, y, text, font, size)

    def text(self, text: str, font: str = REGULAR, size: float = _BODY) -> None:
        for each in wrap(text, font, size, self.room):
            draw = partial(self._left, text=each, font=font, size=size)
            self._draw(size * _LEADING, draw)

    def _left(self, pen: Pen, y: float, *, text: str, font: str, size: float) -> None:
        pen.left(self.left, y, text, font, size)

    def pair(self, name: str, said: str, font: str = REGULAR, size: float = _BODY) -> None:
        """A name and what is said of it at the other side; below it where both are long, in
        several lines where they must be.
        """
        if width(said, font, size) > self.room:
            self.text(name, REGULAR, _SMALL)
            self.text(said, font, size)
            return
        if width(name, font, size) + width(said, font, size) + _GAP > self.room:
            self.text(name, font, size)
            self._draw(size * _LEADING, lambda pen, y: pen.right(self.right, y, said, font, size))
            return

        def draw(pen: Pen, y: float) -> None:
            pen.left(self.left, y, name, font, size)
            pen.right(self.right, y, said, font, size)

        self._draw(size * _LEADING, draw)

    def line(self) -> None:
        self._draw(_GAP, lambda pen, y: pen.dashed(self.left, y, self.right, y))
        self.y += 1.5

    def space(self, high: float) -> None:
        self.y += high

    def seal(self) -> None:
        if not self.job.seal:
            return
        scale = _QR / (10 * MM)
        at = self.middle - _QR / 2
        self._draw(_QR + _GAP, lambda pen, y: stamp(pen.canvas, QR_FORM, at, y, scale))
        self.space(2)
        self.centred(self.job.t("Seal {seal}", seal=self.job.seal), size=_SMALL)

    def print_on(self, canvas: Canvas) -> None:
        """Cuts the strip where it ends, and puts it on a page of its own."""
        high = self.y + self.job.sheet.bottom
        canvas.setPageSize((self.job.sheet.width, high))
        pen = Pen(canvas)
        for mark in self._marks:
            mark.draw(pen, high - mark.at)
        canvas.showPage()


# -- What stands on each --------------------------------------------------------------------------


def _write(strip: _Strip, slip: Receipt | SaleSlip | ConsignmentSlip) -> None:
    t, job = strip.job.t, strip.job
    strip.centred(job.identity.name.upper(), BOLD, _LARGE)
    for line in job.address:
        strip.centred(line, size=_SMALL)
    strip.line()
    if isinstance(slip, Receipt):
        _kuitansi(strip, slip)
    elif isinstance(slip, SaleSlip):
        _nota(strip, slip)
    else:
        _tanda_terima(strip, slip)
    strip.line()
    strip.seal()
    moment = job.formats.date_time(job.imprint.printed_at)
    strip.centred(t("printed {moment}", moment=moment), size=_SMALL)


def _head(strip: _Strip, title: str, slip: Receipt | SaleSlip | ConsignmentSlip) -> None:
    strip.centred(title.upper(), BOLD, _BODY + 1)
    strip.pair(slip.number, strip.job.formats.day(slip.day))


def _goods(strip: _Strip, lines: Sequence[GoodsLine]) -> int:
    """The lines of goods; gives what they come to in rupiah."""
    formats = strip.job.formats
    for each in lines:
        strip.text(each.item, SEMIBOLD)
        counted = f"{formats.quantity(each.quantity)} {each.unit}"
        if each.price is not None:
            counted += f" × {formats.number(each.price)}"
        strip.pair(counted, formats.number(each.amount) if each.amount is not None else "")
    return sum(each.amount or 0 for each in lines)


def _nota(strip: _Strip, slip: SaleSlip) -> None:
    t, rupiah = strip.job.t, strip.job.formats.rupiah
    _head(strip, t("Sales slip"), slip)
    if slip.customer:
        strip.pair(t("Customer"), slip.customer)
    strip.line()
    total = _goods(strip, slip.lines)
    strip.line()
    if slip.discount:
        strip.pair(t("Subtotal"), rupiah(total))
        strip.pair(t("Discount"), rupiah(-slip.discount))
    due = total - slip.discount
    strip.pair(t("Total"), rupiah(due), BOLD, _BODY + 1.5)
    if slip.received is not None and slip.received != due:
        strip.pair(t("Amount paid"), rupiah(slip.received))
        strip.pair(t("Owed"), rupiah(due - slip.received), SEMIBOLD)
    strip.space(_GAP)
    strip.centred(t("Thank you"), SEMIBOLD)
    strip.centred(slip.seller, size=_SMALL)


def _kuitansi(strip: _Strip, slip: Receipt) -> None:
    t = strip.job.t
    _head(strip, t("Official receipt"), slip)
    strip.space(_GAP)
    for name, said in (
        (t("Received from"), slip.payer),
        (t("In payment of"), slip.purpose),
        (t("Payment method"), slip.method),
    ):
        strip.text(name, size=_SMALL)
        strip.text(said, SEMIBOLD)
    strip.space(_GAP)
    strip.pair(t("Amount"), strip.job.formats.rupiah(slip.amount), BOLD, _BODY + 1.5)
    strip.text(capitalised(rupiah_in_words(slip.amount, t.language)), size=_SMALL)
    _signed(strip, t("Received by,"), slip.receiver)


def _tanda_terima(strip: _Strip, slip: ConsignmentSlip) -> None:
    t = strip.job.t
    _head(strip, t("Receipt for goods on consignment"), slip)
    strip.pair(t("Shop"), slip.shop)
    strip.line()
    total = _goods(strip, slip.lines)
    if total:
        strip.line()
        strip.pair(t("Total"), strip.job.formats.rupiah(total), BOLD)
    _signed(strip, t("Received by:"), slip.shop)


def _signed(strip: _Strip, above: str, name: str) -> None:
    """Room to sign in, and the name below it."""
    strip.space(_GAP)
    strip.centred(above)
    strip.space(11 * MM)
    strip.centred(name, SEMIBOLD)
