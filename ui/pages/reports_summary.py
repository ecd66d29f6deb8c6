"""The month in a few lines, to be sent to the members' group chat."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.app import Book
from kwt_books.domain.chain import short_code
from kwt_books.domain.month import Month
from kwt_books.queries.overview import Figures, Overview
from kwt_books.reports.context import Parameters
from ui.kit import Kit


@dataclass(frozen=True, slots=True)
class MonthSummary:
    overview: Overview
    provisional: bool
    head: str


def month_summary(book: Book, month: Month, language: str) -> MonthSummary:
    """What the summary says; for the worker."""
    result = book.report("profit-loss", Parameters(month=month), language)
    return MonthSummary(book.overview(month), result.provisional, result.head)


def summary_text(kit: Kit, found: MonthSummary) -> str:
    """Plain text; stars make a chat program write the group's name bold."""
    t, formats, this = kit.t, kit.formats, found.overview.this
    group = found.overview.group
    month = formats.month(this.month)
    title = t("Summary of {month}", month=month)
    if found.provisional:
        title = t("{title} (provisional, the month is not closed yet)", title=title)
    lines = [f"*{group.name}*"] if group is not None else []
    lines += [title, "", *_figures(kit, this, found.overview.before)]
    lines += ["", t("Seal {seal}", seal=short_code(found.head))]
    return "\n".join(lines)


def _figures(kit: Kit, this: Figures, before: Figures) -> list[str]:
    t, formats = kit.t, kit.formats
    name = formats.month_name(int(before.month[5:]))
    rows = (
        (t("Turnover"), this.turnover, before.turnover),
        (t("Profit") if this.profit >= 0 else t("Loss"), abs(this.profit), before.profit),
        (t("Cash & bank"), this.cash, before.cash),
        (t("Assets"), this.assets, before.assets),
    )
    return [
        t(
            "{what}: {amount} ({month}: {before})",
            what=what,
            amount=formats.rupiah(amount),
            month=name,
            before=formats.rupiah(earlier),
        )
        for what, amount, earlier in rows
    ]
