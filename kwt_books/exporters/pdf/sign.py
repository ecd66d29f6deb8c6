"""The signatures. They are never split, and never stand on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.blocks import Page, Whole
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import SIGN_COLUMN, SIGN_RULE, SIGN_SPACE
from kwt_books.exporters.pdf.pen import Pen

_SIZE, _NAME, _STEP = 9.3, 10.0, 12.0
_RISE = 5.0
"""How far the lower signature reaches up beside the rules of the upper two."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """`over` the signing space, the name under it, and what stands below the rule."""

    over: tuple[str, ...]
    name: str = ""
    below: str = ""

    def names(self) -> list[str]:
        """The name in lines; a long one grows upward from its rule."""
        return fonts.wrap(self.name, fonts.SEMIBOLD, _NAME, SIGN_COLUMN - 4) if self.name else []

    def lines_over(self) -> list[str]:
        return [line for text in self.over
                for line in fonts.wrap(text, fonts.REGULAR, _SIZE, SIGN_COLUMN)]  # fmt: skip

    def height(self, space: float) -> float:
        names = (max(len(self.names()), 1) - 1) * _STEP + 6
        return len(self.lines_over()) * _STEP + space + names + (_STEP if self.below else 0)


@dataclass
class Sign(Whole):
    """Two or three columns of signatures and the date above the right one."""

    place_date: str
    left: Signatory | None
    right: Signatory
    below: tuple[Signatory, ...]
    width: float
    space: float = SIGN_SPACE
    above: float = 13

    def _upper(self) -> list[Signatory]:
        return [one for one in (self.left, self.right) if one]

    def _lower_step(self) -> float:
        """From the rules of the upper row to the lower one: a single one stands between them."""
        return -_RISE if len(self.below) == 1 else 7

    def height(self) -> float:
        dated = _STEP + 3 if self.place_date else 0
        below = row_height(self.below, self.space) + self._lower_step() if self.below else 0
        return dated + row_height(self._upper(), self.space) + below + 2

    def draw(self, page: Page, x: float, top: float) -> None:
        column = min(SIGN_COLUMN, self.width / 2)
        at_left, at_right = x + column / 2, x + self.width - column / 2
        if self.place_date:
            page.pen.centre(at_right, top - _SIZE, self.place_date, fonts.REGULAR, _SIZE)
            top -= _STEP + 3
        places = [at_left, at_right] if self.left else [at_right]
        top = self._draw_row(page.pen, self._upper(), places, top)
        if self.below:
            places = [x + self.width / 2] if len(self.below) == 1 else [at_left, at_right]
            self._draw_row(page.pen, self.below, places, top - self._lower_step())

    def _draw_row(
        self, pen: Pen, row: Sequence[Signatory], places: Sequence[float], top: float
    ) -> float:
        """Signatories side by side, their rules at one height; the row's lower end."""
        foot = top - row_height(row, self.space)
        rule = foot + (_STEP if any(one.below for one in row) else 0)
        for one, middle in zip(row, places, strict=True):
            for n, text in enumerate(one.lines_over()):
                pen.centre(middle, top - _SIZE - n * _STEP, text, fonts.REGULAR, _SIZE)
            self._name(pen, one, middle, rule)
        return foot

    @staticmethod
    def _name(pen: Pen, one: Signatory, middle: float, rule: float) -> None:
        names = one.names()
        for n, name in enumerate(reversed(names)):
            pen.centre(middle, rule + 3.2 + n * _STEP, name, fonts.SEMIBOLD, _NAME)
        wide = max([SIGN_RULE, *(fonts.width(n, fonts.SEMIBOLD, _NAME) + 6 for n in names)])
        pen.rule(middle - wide / 2, middle + wide / 2, rule, 0.5)
        if one.below:
            size = fonts.fitted(one.below, fonts.REGULAR, 8.5, SIGN_COLUMN)
            pen.centre(middle, rule - 10, one.below, fonts.REGULAR, size)


def row_height(row: Sequence[Signatory], space: float) -> float:
    return max(one.height(space) for one in row)


def officers(job: Job, place_date: str, width: float, space: float) -> Sign:
    """Treasurer right, chair left, coordinator (and extension officer) below."""
    t, one = job.t, job.identity
    left = Signatory((t("Approved by:"), t("Chair,")), one.chair)
    right = Signatory((t("Prepared by:"), t("Treasurer,")), one.treasurer)
    return Sign(place_date, left, right, witnesses(job), width, space)


def examiner(job: Job, place_date: str, name: str, width: float, space: float) -> Sign:
    """Whoever examined the books, alone."""
    return Sign(place_date, None, Signatory((job.t("Auditor,"),), name), (), width, space)


def witnesses(job: Job) -> tuple[Signatory, ...]:
    """Who takes note: the umbrella's coordinator, the extension officer, both or neither."""
    t, one = job.t, job.identity
    found = []
    if one.coordinator:
        of = t("Coordinator of {umbrella},", umbrella=one.umbrella) if one.umbrella else t(
            "Coordinator,"
        )  # fmt: skip
        found.append(Signatory((t("Acknowledged by:"), of), one.coordinator))
    if one.officer:
        nip = f"NIP {one.officer_nip}" if one.officer_nip else ""
        over = (t("Acknowledged by:"), t("Extension officer,"))
        found.append(Signatory(over, one.officer, nip))
    return tuple(found)
