"""Kuitansi, three to a page with a stub for the archive, and labels for packs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from reportlab.graphics.barcode.code128 import Code128

from kwt_books.exporters.pdf.job import (
    BAND_GREY,
    BOLD,
    EMBLEM,
    ITALIC,
    MM,
    QR,
    REGULAR,
    SEMIBOLD,
    THICK,
    THIN,
    Job,
    Pen,
    fitted,
    width,
    wrap,
)
from kwt_books.exporters.pdf.page import EMBLEM_FORM, QR_FORM, Pages, stamp
from kwt_books.i18n.catalogue import capitalised, rupiah_in_words
from kwt_books.reports.papers import LabelSheet, Receipt

RECEIPTS_A_PAGE = 3
STAMP_DUTY_ABOVE = 5_000_000
"""Rupiah: a receipt for more than this bears a stamp (UU 10/2020)."""

_CUT, _STUB, _MAIN, _RECEIPT_EDGE = 51.5 * MM, 13 * MM, 59.6 * MM, 14.5 * MM
_STAMP_WIDE, _STAMP_HIGH, _APART = 32 * MM, 24 * MM, 3.0
_FIELD = 33 * MM
_SIGN_WIDE = 42 * MM
_TIGHT = 60.0
"""From the signature's rule to the date, points, on the lower slips of A4."""


def draw_receipts(pen: Pen, receipts: Sequence[Receipt], job: Job) -> None:
    """Draws receipts one below the other on a page, with dashed lines to cut along."""
    high = job.sheet.height / RECEIPTS_A_PAGE
    for n, receipt in enumerate(receipts):
        top = job.sheet.height - n * high
        _Slip(pen, receipt, job, top, high).draw()
        if n + 1 < RECEIPTS_A_PAGE:
            pen.dashed(6 * MM, top - high, job.sheet.width - 6 * MM, top - high)


class _Slip:
    def __init__(self, pen: Pen, receipt: Receipt, job: Job, top: float, high: float) -> None:
        self.pen, self.receipt, self.job, self.t = pen, receipt, job, job.t
        self.top, self.bottom = top, top - high
        self.x, self.right = _MAIN, job.sheet.width - _RECEIPT_EDGE
        self.middle = self.right - _SIGN_WIDE / 2 - 1
        """Of the signature."""
        self.amount = job.formats.rupiah_sen(receipt.amount)
        self.signing = _TIGHT if high < 290 else 66.0

    def draw(self) -> None:
        self.pen.dashed(_CUT, self.top - 6 * MM, _CUT, self.bottom + 5.5 * MM)
        self._stub()
        self._head()
        self._fields()
        self._foot()

    # -- stub ------------------------------------------------------------------------------

    def _stub(self) -> None:
        t, one = self.t, self.receipt
        y = self.top - 36
        self.pen.left(_STUB, y, t("Official receipt").upper(), BOLD, 9)
        self.pen.left(_STUB, y - 11, t("Counterfoil for the archive"), REGULAR, 8)
        rows = (
            (t("Number"), one.number, True), (t("Date"), self.job.formats.day(one.day), False),
            (t("Payer"), one.payer, False), (t("Purpose"), one.purpose, False),
            (t("Amount"), self.amount, True),
        )  # fmt: skip
        size, lines = self._stub_lines([(text, bold) for _, text, bold in rows], y - 26)
        y -= 26
        for (label, _, bold), texts in zip(rows, lines, strict=True):
            self.pen.left(_STUB, y, label, REGULAR, 7)
            for text in texts:
                y -= size * 1.17
                self.pen.left(_STUB, y, text, SEMIBOLD if bold else REGULAR, size)
            y -= 14

    def _stub_lines(
        self, rows: list[tuple[str, bool]], top: float
    ) -> tuple[float, list[list[str]]]:
        """Values in lines, at the size at which all of them fit above the slip's end."""
        size = 8.6
        while True:
            lines = [
                wrap(text, SEMIBOLD if bold else REGULAR, size, _CUT - _STUB - 6)
                for text, bold in rows
            ]
            high = sum(len(texts) * size * 1.17 + 14 for texts in lines)
            if top - high > self.bottom + 4 * MM or size < 4.5:
                return size, lines
            size -= 0.3

    # -- body ------------------------------------------------------------------------------

    def _head(self) -> None:
        job, pen, scale = self.job, self.pen, 0.75
        top = self.top - 9.5 * MM
        stamp(pen.canvas, EMBLEM_FORM, self.x, top - EMBLEM * scale, scale)
        x = self.x + EMBLEM * scale + 8
        title = self.t("Official receipt").upper()
        number = self.t("No. {number}", number=self.receipt.number)
        pen.right(self.right, top - 11, title, BOLD, 17)
        pen.right(self.right, top - 25, number, SEMIBOLD, 9)
        taken = max(width(title, BOLD, 17), width(number, SEMIBOLD, 9))
        room = self.right - taken - 14 - x
        name = job.identity.name.upper()
        size = fitted(name, BOLD, 11, room)
        pen.left(x, top - 9, name, BOLD, size)
        for n, text in enumerate(self._address()):
            size = fitted(text, REGULAR, 8, room)
            pen.left(x, top - 19.5 - n * 9.5, text, REGULAR, size)
        y = top - EMBLEM * scale - 5.5
        pen.rule(self.x, self.right, y, THICK)
        pen.rule(self.x, self.right, y - 2.2, THIN)
        self.y = y - 19

    def _address(self) -> tuple[str, ...]:
        parts = self.job.address
        return (", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts

    def _fields(self) -> None:
        t, one = self.t, self.receipt
        words = capitalised(rupiah_in_words(one.amount, self.job.t.language))
        rows = (
            (t("Received from"), one.payer, SEMIBOLD),
            (t("The sum of"), words, ITALIC),
            (t("In payment of"), one.purpose, REGULAR),
            (t("Payment method"), one.method, REGULAR),
        )
        lift = (len(self._receiver()[1]) - 1) * 6
        floor = (
            self.bottom + 8.5 * MM + 7 + 4 + self.signing + lift + 10
        )  # place and date stand below
        size, step = 9.6, 20.0 if self.signing > _TIGHT else 19.0
        room = self.right - self.x - _FIELD - 8
        while True:
            lines = [wrap(text, font, size, room) for _, text, font in rows]
            high = sum(step + (len(texts) - 1) * size * 1.38 for texts in lines)
            if self.y - high > floor or size < 5:
                break
            size, step = size - 0.3, max(step - 0.6, 14)
        for (label, _, font), texts in zip(rows, lines, strict=True):
            self._field(label, texts, font, size)
            self.y -= step

    def _field(self, label: str, texts: list[str], font: str, size: float) -> None:
        pen, at, leading = self.pen, self.x + _FIELD, size * 1.38
        banded = font == ITALIC
        pen.left(self.x, self.y, label, REGULAR, 9)
        pen.left(at - 6, self.y, ":", REGULAR, 9)
        if banded:
            high = leading * len(texts) + 3
            pen.band(at, self.y - leading * (len(texts) - 1) - 5, self.right - at, high, BAND_GREY)
        for n, text in enumerate(texts):
            y = self.y - n * leading
            pen.left(at + 4, y, text, font, size)
            if not banded:
                pen.rule(at, self.right, y - size * 0.4, 0.5)
        self.y -= leading * (len(texts) - 1)

    # -- foot ------------------------------------------------------------------------------

    def _foot(self) -> None:
        pen, job = self.pen, self.job
        low = self.bottom + 8.5 * MM
        size, wide = self._amount_box()
        base = low + 7
        pen.rule(self.x, self.x + wide, base + 28, 0.6)
        pen.rule(self.x, self.x + wide, base, 0.6)
        pen.left(self.x + 4, base + 9.2, self.amount, BOLD, size)
        seal = ""
        if job.seal:
            stamp(pen.canvas, QR_FORM, self.x + wide + 5, base)
            seal = self.t("Seal {seal}", seal=job.seal)
        moment = job.formats.date_time(job.imprint.printed_at)
        printed = self.t("printed {moment}", moment=moment)
        small = " · ".join(filter(None, (seal, printed)))
        fit = fitted(small, REGULAR, 7, self.right - self.x - _SIGN_WIDE - 8)
        pen.left(self.x, base - 10, small, REGULAR, fit)
        self._signature(base)

    def _amount_box(self) -> tuple[float, float]:
        """The size of the amount's letters, and how wide its box is."""
        size = fitted(self.amount, BOLD, 15, 46 * MM)
        return size, max(44 * MM, width(self.amount, BOLD, size) + 10)

    @property
    def _free(self) -> float:
        """From here on nothing stands left of the signature."""
        return self.x + self._amount_box()[1] + QR + 12

    def _signature(self, base: float) -> None:
        pen, one, middle = self.pen, self.receipt, self.middle
        rule, stamped = base + 4, one.amount > STAMP_DUTY_ABOVE
        size, names = self._receiver()
        if stamped:
            wide = max(_SIGN_WIDE - 10 * MM, *(width(n, SEMIBOLD, size) for n in names))
            self._stamp_box(max(self._free, middle - wide / 2 - _APART - _STAMP_WIDE), base)
        lift = (len(names) - 1) * 6
        top = max(rule + self.signing + lift, base + _STAMP_HIGH + 4 if stamped else 0)
        place = self.job.place_date(one.day)
        fit = fitted(place, REGULAR, 9, 58 * MM)
        at = min(middle, self.right - width(place, REGULAR, fit) / 2)
        pen.centre(at, top, place, REGULAR, fit)
        pen.centre(at, top - 11.5, self.t("Received by,"), REGULAR, 9)
        for n, name in enumerate(reversed(names)):
            pen.centre(middle, rule + 3.4 + n * size * 1.15, name, SEMIBOLD, size)
        pen.rule(middle - _SIGN_WIDE / 2, middle + _SIGN_WIDE / 2, rule, 0.5)
        role = self.t("Treasurer")
        fit = fitted(role, REGULAR, 8.5, _SIGN_WIDE)
        pen.centre(middle, rule - 9.5, role, REGULAR, fit)

    def _receiver(self) -> tuple[float, list[str]]:
        """The receiver's name in two lines at most, beside the stamp; a longer one is smaller."""
        size, room = 9.0, _SIGN_WIDE + 4
        if self.receipt.amount > STAMP_DUTY_ABOVE:
            room = min(room, 2 * (self.middle - self._free - _STAMP_WIDE - _APART))
        while True:
            names = wrap(self.receipt.receiver, SEMIBOLD, size, room)
            if len(names) <= 2 or size < 5:
                return size, names
            size -= 0.25

    def _stamp_box(self, x: float, base: float) -> None:
        pen = self.pen
        for x0, y0, x1, y1 in (
            (0, 0, _STAMP_WIDE, 0), (0, _STAMP_HIGH, _STAMP_WIDE, _STAMP_HIGH),
            (0, 0, 0, _STAMP_HIGH), (_STAMP_WIDE, 0, _STAMP_WIDE, _STAMP_HIGH),
        ):  # fmt: skip
            pen.dashed(x + x0, base + y0, x + x1, base + y1)
        middle = x + _STAMP_WIDE / 2 - 4
        pen.centre(middle, base + _STAMP_HIGH * 0.57, self.t("Revenue stamp"), REGULAR, 7.5)
        pen.centre(middle, base + _STAMP_HIGH * 0.43, "Rp10.000", REGULAR, 7.5)


# -- Labels for packs: as many to a page as fit, with lines to cut along -------------------------


COLUMNS = 3
_LABEL_EDGE = 8 * MM
_LEAST_HIGH = 39 * MM
_PAD = 3.2 * MM
_MARK = 8 * MM
"""The emblem's height on a label."""
_NAME, _TEXT, _LEADING = 12.0, 8.0, 1.2
_SMALLEST = 5.9
"""The small "o" is a millimetre high: what is smaller may not stand on a pack of food."""
_BARS, _PRICE, _PRICE_LEAST = 6.5 * MM, 13.0, 10.0
_DOT = 72 / 203
"""Points: one dot of a printer of labels."""
_MODULE = 2 * _DOT
"""The narrowest bar, 0.25 mm: whole dots at 203 dpi, and within 1.5 % of three at 300 dpi."""
_QUIET = 10 * _MODULE
"""What Code 128 leaves empty on both sides of the bars."""
_MODULES = 232
"""As many as a label on A4 has room for."""
_SHORT = 10
"""Digits, which Code 128 sets two to a sign."""


def draw_labels(sheet: LabelSheet, pages: Pages) -> None:
    """Begins on a bare page that is open already, and goes on to as many as are needed."""
    job = pages.job
    wide = (job.sheet.width - 2 * _LABEL_EDGE) / COLUMNS
    rows = _rows(sheet, job, wide)
    high = (job.sheet.height - 2 * _LABEL_EDGE) / rows
    for number in range(sheet.count):
        place = number % (COLUMNS * rows)
        if number and not place:
            pages.bare(job.sheet)
        if not place:
            _cut_lines(pages.pen, job, rows, wide, high)
        row, column = divmod(place, COLUMNS)
        left, top = _LABEL_EDGE + column * wide, job.sheet.height - _LABEL_EDGE - row * high
        _Label(sheet, job, (left, top, wide, high)).draw(pages.pen)
        pages.fresh = False


def _rows(sheet: LabelSheet, job: Job, wide: float) -> int:
    """As many as fit on a page: labels that say more than fits into the usual height are higher,
    for what a pack is made of has to be told in full and be read."""
    room = job.sheet.height - 2 * _LABEL_EDGE
    rows = int(room // _LEAST_HIGH)
    while rows > 1 and not _Label(sheet, job, (0, room / rows, wide, room / rows)).fits:
        rows -= 1
    return rows


def _cut_lines(pen: Pen, job: Job, rows: int, wide: float, high: float) -> None:
    bottom, top = _LABEL_EDGE, job.sheet.height - _LABEL_EDGE
    left, right = _LABEL_EDGE, job.sheet.width - _LABEL_EDGE
    pen.canvas.saveState()
    pen.canvas.setStrokeGray(0.55)
    for column in range(COLUMNS + 1):
        pen.dashed(left + column * wide, bottom, left + column * wide, top)
    for row in range(rows + 1):
        pen.dashed(left, bottom + row * high, right, bottom + row * high)
    pen.canvas.restoreState()


class _Label:
    """One label in its box: its parts from above, price and bar code at its foot."""

    def __init__(self, sheet: LabelSheet, job: Job, box: tuple[float, float, float, float]) -> None:
        self.sheet, self.job, self.t = sheet, job, job.t
        left, top, wide, high = box
        self.left, self.right = left + _PAD, left + wide - _PAD
        self.top, self.foot = top - _PAD, top - high + _PAD
        beside = self.right - self.left - _MARK - 6
        self.name = _in_two_lines(sheet.product, BOLD, _NAME, beside)
        self.weight: tuple[float, list[str]] = _TEXT, []
        if sheet.net_weight:
            words = self.t("Net weight {weight}", weight=sheet.net_weight)
            self.weight = _in_two_lines(words, SEMIBOLD, _TEXT + 0.6, beside)
        self._stand_foot()
        self._set_texts()

    def _stand_foot(self) -> None:
        """The bar code at the left of the foot, the price beside it, or above it where the code is
        long; the rest stands above both."""
        high, room = 0.0, self.right - self.left
        self.bars: Code128 | None = None
        self.price: tuple[str, float, float] | None = None
        # All edges fall on dots of the printer where the page's own edge does.
        self.bars_at = -(-self.left // _DOT) * _DOT
        if self.sheet.barcode:
            self.bars = _bars(self.sheet.barcode)
            room = self.right - self.bars_at - self.bars.width - _QUIET
            high = _BARS
        if self.sheet.price is not None:
            text, above = self.job.formats.rupiah(self.sheet.price), 0.0
            if width(text, BOLD, _PRICE_LEAST) > room:
                room, above = self.right - self.left, _BARS + 1 * MM
                high = above + _PRICE * 0.75
            self.price = text, fitted(text, BOLD, _PRICE, room), self.foot + above + 1
            high = max(high, _PRICE)
        self.bottom = self.foot + (high + 1 * MM if high else 0)

    def _set_texts(self) -> None:
        """Everything else, at the size at which all of it fits below name and emblem."""
        size, names = self.name
        y = self.top - size * len(names)
        size, words = self.weight
        y -= size * 1.25 * len(words)
        self.texts_top = min(y - 3.5, self.top - _MARK - 2)
        rows, room, self.size = self._rows(), self.right - self.left, _TEXT
        while True:
            self.lines = [(wrap(text, font, self.size, room), font) for text, font in rows]
            high = sum(len(texts) * self.size * _LEADING + 1.2 for texts, _ in self.lines)
            self.fits = self.texts_top - high >= self.bottom
            if self.fits or self.size - 0.2 < _SMALLEST:
                break
            self.size -= 0.2

    def draw(self, pen: Pen) -> None:
        stamp(pen.canvas, EMBLEM_FORM, self.right - _MARK, self.top - _MARK, _MARK / EMBLEM)
        y = self.top
        for (size, lines), font, leading in (
            (self.name, BOLD, 1.0),
            (self.weight, SEMIBOLD, 1.25),
        ):
            for line in lines:
                y -= size * leading
                pen.left(self.left, y, line, font, size)
        y = self.texts_top
        for lines, font in self.lines:
            for line in lines:
                y -= self.size * _LEADING
                pen.left(self.left, y, line, font, self.size)
            y -= 1.2
        if self.bars is not None:
            self.bars.drawOn(pen.canvas, self.bars_at, self.foot)
        if self.price is not None:
            text, size, y = self.price
            pen.right(self.right, y, text, BOLD, size)

    def _rows(self) -> list[tuple[str, str]]:
        sheet, t, day = self.sheet, self.t, self.job.formats.day
        rows = []
        if sheet.composition:
            made_of = t("Ingredients: {list}", list=_listed(sheet.composition))
            rows.append((made_of, REGULAR))
        if sheet.expires is not None:
            rows.append((t("Best before: {day}", day=day(sheet.expires)), SEMIBOLD))
        code = t("Production code: {lot} ({day})", lot=sheet.lot, day=day(sheet.made))
        rows.append((code, REGULAR))
        if sheet.licence:
            rows.append((t("P-IRT {number}", number=sheet.licence), SEMIBOLD))
        where = ", ".join((self.job.identity.name, *self.job.address))
        rows.append((t("Made by: {maker}", maker=where), REGULAR))
        return rows


def _in_two_lines(text: str, font: str, size: float, room: float) -> tuple[float, list[str]]:
    """In two lines at most; what is longer is set smaller, and in more lines once it is small."""
    while True:
        lines = wrap(text, font, size, room)
        if len(lines) <= 2 or size - 0.5 < _SMALLEST:
            return size, lines
        size -= 0.5


def _bars(code: str) -> Code128:
    """The code in bars; ten digits that stand for it where it is too long for a label, or has
    signs that Code 128 has not got. They are the same on whatever the code is printed."""
    bars = _code128(code)
    if bars.width > _MODULES * _MODULE or not code.isascii() or not code.isprintable():
        digest = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8])
        bars = _code128(f"{digest % 10**_SHORT:0{_SHORT}}")
    return bars


def _code128(text: str) -> Code128:
    return Code128(text, barHeight=_BARS, barWidth=_MODULE, quiet=0)


def _listed(names: tuple[str, ...]) -> str:
    """`Daun bayam, tepung beras`: within a sentence, names begin small."""
    first, *rest = names
    return ", ".join((first, *(name[:1].lower() + name[1:] for name in rest)))
