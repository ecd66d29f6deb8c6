"""Labels for packs: as many to a page as fit, with lines to cut along."""

from __future__ import annotations

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.emblem import EMBLEM_FORM, stamp
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import EMBLEM, MM
from kwt_books.exporters.pdf.page import Pages
from kwt_books.exporters.pdf.pen import Pen
from kwt_books.reports.papers import LabelSheet

COLUMNS = 3
_EDGE = 8 * MM
_LEAST_HIGH = 39 * MM
_PAD = 3.2 * MM
_MARK = 8 * MM
"""The emblem's height on a label."""
_NAME, _TEXT, _LEADING = 12.0, 8.0, 1.2
_SMALLEST = 4.5


def _rows(job: Job) -> int:
    return int((job.sheet.height - 2 * _EDGE) // _LEAST_HIGH)


def draw_labels(sheet: LabelSheet, pages: Pages) -> None:
    """Begins on a bare page that is open already, and goes on to as many as are needed."""
    job, rows = pages.job, _rows(pages.job)
    wide = (job.sheet.width - 2 * _EDGE) / COLUMNS
    high = (job.sheet.height - 2 * _EDGE) / rows
    for number in range(sheet.count):
        place = number % (COLUMNS * rows)
        if number and not place:
            pages.bare(job.sheet)
        if not place:
            _cut_lines(pages.pen, job, rows, wide, high)
        row, column = divmod(place, COLUMNS)
        left, top = _EDGE + column * wide, job.sheet.height - _EDGE - row * high
        _Label(pages.pen, sheet, job, (left, top, wide, high)).draw()
        pages.fresh = False


def _cut_lines(pen: Pen, job: Job, rows: int, wide: float, high: float) -> None:
    bottom, top = _EDGE, job.sheet.height - _EDGE
    left, right = _EDGE, job.sheet.width - _EDGE
    pen.canvas.saveState()
    pen.canvas.setStrokeGray(0.55)
    for column in range(COLUMNS + 1):
        pen.dashed(left + column * wide, bottom, left + column * wide, top)
    for row in range(rows + 1):
        pen.dashed(left, bottom + row * high, right, bottom + row * high)
    pen.canvas.restoreState()


class _Label:
    def __init__(
        self, pen: Pen, sheet: LabelSheet, job: Job, box: tuple[float, float, float, float]
    ) -> None:
        self.pen, self.sheet, self.job, self.t = pen, sheet, job, job.t
        left, top, wide, high = box
        self.left, self.right = left + _PAD, left + wide - _PAD
        self.top, self.bottom = top - _PAD, top - high + _PAD

    def draw(self) -> None:
        stamp(self.pen.canvas, EMBLEM_FORM, self.right - _MARK, self.top - _MARK, _MARK / EMBLEM)
        beside = self.right - self.left - _MARK - 6
        size, names = self._name(beside)
        y = self.top
        for name in names:
            y -= size
            self.pen.left(self.left, y, name, fonts.BOLD, size)
        if self.sheet.net_weight:
            y -= _TEXT * 1.35
            words = self.t("Net weight {weight}", weight=self.sheet.net_weight)
            fit = fonts.fitted(words, fonts.SEMIBOLD, _TEXT + 0.6, beside)
            self.pen.left(self.left, y, words, fonts.SEMIBOLD, fit)
        self._texts(min(y - 3.5, self.top - _MARK - 2))

    def _name(self, room: float) -> tuple[float, list[str]]:
        """In two lines at most; a longer name is set smaller."""
        size = _NAME
        while True:
            names = fonts.wrap(self.sheet.product, fonts.BOLD, size, room)
            if len(names) <= 2 or size < _SMALLEST:
                return size, names
            size -= 0.5

    def _texts(self, top: float) -> None:
        """Everything else, at the size at which all of it fits."""
        rows, room, size = self._rows(), self.right - self.left, _TEXT
        while True:
            lines = [(fonts.wrap(text, font, size, room), font) for text, font in rows]
            high = sum(len(texts) * size * _LEADING + 1.2 for texts, _ in lines)
            if top - high >= self.bottom or size < _SMALLEST:
                break
            size -= 0.2
        y = top
        for texts, font in lines:
            for text in texts:
                y -= size * _LEADING
                self.pen.left(self.left, y, text, font, size)
            y -= 1.2

    def _rows(self) -> list[tuple[str, str]]:
        sheet, t, day = self.sheet, self.t, self.job.formats.day
        rows = []
        if sheet.composition:
            made_of = t("Ingredients: {list}", list=_listed(sheet.composition))
            rows.append((made_of, fonts.REGULAR))
        if sheet.expires is not None:
            rows.append((t("Best before: {day}", day=day(sheet.expires)), fonts.SEMIBOLD))
        code = t("Production code: {lot} ({day})", lot=sheet.lot, day=day(sheet.made))
        rows.append((code, fonts.REGULAR))
        if sheet.licence:
            rows.append((t("P-IRT {number}", number=sheet.licence), fonts.SEMIBOLD))
        where = ", ".join((self.job.identity.name, *self.job.address))
        rows.append((t("Made by: {maker}", maker=where), fonts.REGULAR))
        return rows


def _listed(names: tuple[str, ...]) -> str:
    """`Daun bayam, tepung beras`: within a sentence, names begin small."""
    first, *rest = names
    return ", ".join((first, *(name[:1].lower() + name[1:] for name in rest)))
