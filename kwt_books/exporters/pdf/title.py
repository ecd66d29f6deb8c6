"""The title over a part, and the short words for its period that go into head and foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.blocks import Page, Whole
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import Squeeze
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Report
from kwt_books.reports.papers import Section


@dataclass
class Title(Whole):
    """Title in capitals, period, unit; `extra` says that the month is still open."""

    title: str
    period: str
    unit: str
    extra: str
    width: float
    after: float = 8

    def _lines(self) -> list[str]:
        return fonts.wrap(self.title.upper(), fonts.BOLD, 13.5, self.width * 0.92)

    def height(self) -> float:
        rest = sum(12.6 for text in (self.period, self.unit, self.extra) if text)
        return 3 + 16 * len(self._lines()) + rest + self.after

    def draw(self, page: Page, x: float, top: float) -> None:
        middle = x + self.width / 2
        y = top - 16
        for line in self._lines():
            page.pen.spaced(middle, y, line, 13.5, 0.3)
            y -= 16
        y += 2.4
        for text, font, size in (
            (self.period, fonts.SEMIBOLD, 10.5),
            (self.extra, fonts.SEMIBOLD, 8.5),
            (self.unit, fonts.ITALIC, 8.5),
        ):
            if text:
                fit = fonts.fitted(text, font, size, self.width)
                page.pen.centre(middle, y, text, font, fit)
                y -= 12.6


def title_of(job: Job, part: Report | Section, width: float, squeeze: Squeeze) -> Title:
    unit = part.unit
    if unit and "(" not in unit:
        unit = f"({unit})"
    extra = job.t("PROVISIONAL, month not closed yet") if part.provisional else ""
    return Title(part.title, part.period, unit, extra, width, after=8 - 5 * squeeze.pitch)


# -- what the foot says --------------------------------------------------------------------


def short_period(parameters: Mapping[str, str], period: str, formats: Formats) -> str:
    """`30 Juni 2026` or `Juni 2026`, from the report's parameters; else its own words."""
    for key in ("as_of", "date", "until"):
        if (value := parameters.get(key, "")) and _is_day(value):
            return formats.day(date.fromisoformat(value))
    month = parameters.get("month", "")
    return formats.month(month) if _is_month(month) else period


def state_of(job: Job, parameters: Mapping[str, str], *, provisional: bool) -> str:
    days = (parameters.get(key, "") for key in ("as_of", "until", "end"))
    month = parameters.get("month") or next((day[:7] for day in days if day), "")
    if not _is_month(month):
        return ""
    text = "month {month} not closed yet" if provisional else "month {month} closed"
    return job.t(text, month=job.formats.month(month))


def _is_month(text: str) -> bool:
    return len(text) == 7 and _is_day(f"{text}-01")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
