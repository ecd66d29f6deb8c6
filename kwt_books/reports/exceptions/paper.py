"""The report on paper: the first digits as a chart too, where there are enough of them."""

from __future__ import annotations

from kwt_books.reports.context import Context
from kwt_books.reports.exceptions.report import exceptions
from kwt_books.reports.model import Report
from kwt_books.reports.papers import Bar, BarChart, Section


def exceptions_on_paper(context: Context) -> Section:
    report = exceptions(context)
    chart = _chart(context, report)
    return Section(
        title=report.title,
        parts=(report, chart) if chart is not None else (report,),
        period=report.period,
        unit=report.unit,
        provisional=context.provisional,
        parameters=context.parameters.given(),
    )


def _chart(context: Context, report: Report) -> BarChart | None:
    percent = context.formats.percent_fixed
    bars = []
    for row in report.rows:
        if row.code is not None and row.code.startswith("digit-"):
            count, share, expected = row.cells[3:]
            assert isinstance(count, int)
            assert isinstance(share, int)
            assert isinstance(expected, int)
            label = f"{row.code.removeprefix('digit-')} ({percent(expected)})"
            bars.append(Bar(label, count, share))
    if not bars:
        return None
    title = context.words("First digits of the amounts; in brackets what is expected")
    return BarChart(title, tuple(bars))
