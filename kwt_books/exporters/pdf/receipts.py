"""Kuitansi: three to a page, cut apart, each with a stub that stays in the archive."""

from __future__ import annotations

from collections.abc import Sequence

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.emblem import EMBLEM_FORM, QR_FORM, stamp
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import BAND_GREY, EMBLEM, MM, QR, THICK, THIN
from kwt_books.exporters.pdf.pen import Pen
from kwt_books.i18n.words import capitalised, rupiah_in_words
from kwt_books.reports.papers import Receipt

RECEIPTS_A_PAGE = 3
STAMP_DUTY_ABOVE = 5_000_000
"""Rupiah: a receipt for more than this bears a stamp (UU 10/2020)."""

_CUT, _STUB, _MAIN, _EDGE = 51.5 * MM, 13 * MM, 59.6 * MM, 14.5 * MM
_STAMP_WIDE, _STAMP_HIGH, _APART = 32 * MM, 24 * MM, 3.0
_FIELD = 33 * MM
_SIGN_WIDE = 42 * MM
_TIGHT = 60.0
"""From the signature's rule to the date, points, on the lower slips of A4."""


def draw_receipts(pen: Pen, receipts: Sequence[Receipt], job: Job) -> None:
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
        self.x, self.right = _MAIN, job.sheet.width - _EDGE
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
        self.pen.left(_STUB, y, t("Official receipt").upper(), fonts.BOLD, 9)
        self.pen.left(_STUB, y - 11, t("Counterfoil for the archive"), fonts.REGULAR, 8)
        rows = (
            (t("Number"), one.number, True), (t("Date"), self.job.formats.day(one.day), False),
            (t("Payer"), one.payer, False), (t("Purpose"), one.purpose, False),
            (t("Amount"), self.amount, True),
        )  # fmt: skip
        size, lines = self._stub_lines([(text, bold) for _, text, bold in rows], y - 26)
        y -= 26
        for (label, _, bold), texts in zip(rows, lines, strict=True):
            self.pen.left(_STUB, y, label, fonts.REGULAR, 7)
            for text in texts:
                y -= size * 1.17
                self.pen.left(_STUB, y, text, fonts.SEMIBOLD if bold else fonts.REGULAR, size)
            y -= 14

    def _stub_lines(
        self, rows: list[tuple[str, bool]], top: float
    ) -> tuple[float, list[list[str]]]:
        """Values in lines, at the size at which all of them fit above the slip's end."""
        size = 8.6
        while True:
            lines = [
                fonts.wrap(text, fonts.SEMIBOLD if bold else fonts.REGULAR, size, _CUT - _STUB - 6)
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
        pen.right(self.right, top - 11, title, fonts.BOLD, 17)
        pen.right(self.right, top - 25, number, fonts.SEMIBOLD, 9)
        taken = max(fonts.width(title, fonts.BOLD, 17), fonts.width(number, fonts.SEMIBOLD, 9))
        room = self.right - taken - 14 - x
        name = job.identity.name.upper()
        size = fonts.fitted(name, fonts.BOLD, 11, room)
        pen.left(x, top - 9, name, fonts.BOLD, size)
        for n, text in enumerate(self._address()):
            size = fonts.fitted(text, fonts.REGULAR, 8, room)
            pen.left(x, top - 19.5 - n * 9.5, text, fonts.REGULAR, size)
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
            (t("Received from"), one.payer, fonts.SEMIBOLD),
            (t("The sum of"), words, fonts.ITALIC),
            (t("In payment of"), one.purpose, fonts.REGULAR),
            (t("Payment method"), one.method, fonts.REGULAR),
        )
        lift = (len(self._receiver()[1]) - 1) * 6
        floor = (
            self.bottom + 8.5 * MM + 7 + 4 + self.signing + lift + 10
        )  # place and date stand below
        size, step = 9.6, 20.0 if self.signing > _TIGHT else 19.0
        room = self.right - self.x - _FIELD - 8
        while True:
            lines = [fonts.wrap(text, font, size, room) for _, text, font in rows]
            high = sum(step + (len(texts) - 1) * size * 1.38 for texts in lines)
            if self.y - high > floor or size < 5:
                break
            size, step = size - 0.3, max(step - 0.6, 14)
        for (label, _, font), texts in zip(rows, lines, strict=True):
            self._field(label, texts, font, size)
            self.y -= step

    def _field(self, label: str, texts: list[str], font: str, size: float) -> None:
        pen, at, leading = self.pen, self.x + _FIELD, size * 1.38
        banded = font == fonts.ITALIC
        pen.left(self.x, self.y, label, fonts.REGULAR, 9)
        pen.left(at - 6, self.y, ":", fonts.REGULAR, 9)
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
        pen.left(self.x + 4, base + 9.2, self.amount, fonts.BOLD, size)
        seal = ""
        if job.seal:
            stamp(pen.canvas, QR_FORM, self.x + wide + 5, base)
            seal = self.t("Seal {seal}", seal=job.seal)
        moment = job.formats.date_time(job.imprint.printed_at)
        printed = self.t("printed {moment}", moment=moment)
        small = " · ".join(filter(None, (seal, printed)))
        fit = fonts.fitted(small, fonts.REGULAR, 7, self.right - self.x - _SIGN_WIDE - 8)
        pen.left(self.x, base - 10, small, fonts.REGULAR, fit)
        self._signature(base)

    def _amount_box(self) -> tuple[float, float]:
        """The size of the amount's letters, and how wide its box is."""
        size = fonts.fitted(self.amount, fonts.BOLD, 15, 46 * MM)
        return size, max(44 * MM, fonts.width(self.amount, fonts.BOLD, size) + 10)

    @property
    def _free(self) -> float:
        """From here on nothing stands left of the signature."""
        return self.x + self._amount_box()[1] + QR + 12

    def _signature(self, base: float) -> None:
        pen, one, middle = self.pen, self.receipt, self.middle
        rule, stamped = base + 4, one.amount > STAMP_DUTY_ABOVE
        size, names = self._receiver()
        if stamped:
            wide = max(_SIGN_WIDE - 10 * MM, *(fonts.width(n, fonts.SEMIBOLD, size) for n in names))
            self._stamp_box(max(self._free, middle - wide / 2 - _APART - _STAMP_WIDE), base)
        lift = (len(names) - 1) * 6
        top = max(rule + self.signing + lift, base + _STAMP_HIGH + 4 if stamped else 0)
        place = self.job.place_date(one.day)
        fit = fonts.fitted(place, fonts.REGULAR, 9, 58 * MM)
        at = min(middle, self.right - fonts.width(place, fonts.REGULAR, fit) / 2)
        pen.centre(at, top, place, fonts.REGULAR, fit)
        pen.centre(at, top - 11.5, self.t("Received by,"), fonts.REGULAR, 9)
        for n, name in enumerate(reversed(names)):
            pen.centre(middle, rule + 3.4 + n * size * 1.15, name, fonts.SEMIBOLD, size)
        pen.rule(middle - _SIGN_WIDE / 2, middle + _SIGN_WIDE / 2, rule, 0.5)
        role = self.t("Treasurer")
        fit = fonts.fitted(role, fonts.REGULAR, 8.5, _SIGN_WIDE)
        pen.centre(middle, rule - 9.5, role, fonts.REGULAR, fit)

    def _receiver(self) -> tuple[float, list[str]]:
        """The receiver's name in two lines at most, beside the stamp; a longer one is smaller."""
        size, room = 9.0, _SIGN_WIDE + 4
        if self.receipt.amount > STAMP_DUTY_ABOVE:
            room = min(room, 2 * (self.middle - self._free - _STAMP_WIDE - _APART))
        while True:
            names = fonts.wrap(self.receipt.receiver, fonts.SEMIBOLD, size, room)
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
        pen.centre(middle, base + _STAMP_HIGH * 0.57, self.t("Revenue stamp"), fonts.REGULAR, 7.5)
        pen.centre(middle, base + _STAMP_HIGH * 0.43, "Rp10.000", fonts.REGULAR, 7.5)
