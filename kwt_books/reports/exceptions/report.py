"""The report: how much each rule found, then rule by rule why and what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from kwt_books.domain.audit import (
    CHI_SQUARE_CRITICAL,
    LIMITS,
    Digits,
    Thresholds,
    Unit,
    first_digits,
)
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats
from kwt_books.reports.context import Context
from kwt_books.reports.exceptions.purposes import PURPOSE_RULES
from kwt_books.reports.exceptions.rule import Case, Finding, Rule
from kwt_books.reports.exceptions.rules import (
    GOODS_RULES,
    MONEY_RULES,
    RECORDING_RULES,
    STOCK_RULES,
)
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    document_ref,
)
from kwt_books.reports.packs import Bar, BarChart, Section

# -- First digits of amounts beside Benford's law -------------------------------------------------


def counted(case: Case) -> Digits:
    """The first digits of all cash that moved, one amount a document."""
    return first_digits(each.cash for each in case.holding if each.kind != "opening_balance")


def digit_rows(case: Case, digits: Digits) -> Iterator[Row]:
    """Explanation, the digits where there are enough of them, and what they come to.

    Cells are count, share and expected share.
    """
    t, formats = case.t, case.context.formats
    yield Row(
        t(
            "Amounts that arise naturally begin with 1 more often than with 9 (Benford's law). "
            "Amounts that are made up, or kept under a limit, seldom do. Payments and receipts "
            "are examined, from {count} documents on.",
            count=case.thresholds.digits_from,
        ),
        kind=RowKind.NOTE,
    )
    if digits.total < case.thresholds.digits_from:
        few = t.ngettext("There is {count} in this period: too few to say anything.",
                         "There are {count} in this period: too few to say anything.",
                         digits.total, count=formats.number(digits.total))  # fmt: skip
        yield Row(few, kind=RowKind.NOTE)
        return
    for digit, cells in enumerate(
        zip(digits.counts, digits.shares, digits.expected, strict=True), start=1
    ):
        yield Row(t("Begins with {digit}", digit=digit), cells, f"digit-{digit}")
    yield Row(t("Total"), (digits.total, None, None), "digits", kind=RowKind.TOTAL)
    yield Row(_verdict(case, digits), kind=RowKind.NOTE)


_STANDS_OUT = noop(
    "Chi-square {value}, over {critical}: a difference this large happens by chance less than "
    "once in a hundred times. Look at the digits that stand out."
)
_FITS = noop("Chi-square {value}, not over {critical}: nothing stands out.")


def _verdict(case: Case, digits: Digits) -> str:
    quantity = case.context.formats.quantity
    text = _STANDS_OUT if digits.chi_square > CHI_SQUARE_CRITICAL else _FITS
    return case.t(text, value=quantity(digits.chi_square), critical=quantity(CHI_SQUARE_CRITICAL))


# -- Thresholds in words -------------------------------------------------------------------------


TITLES: dict[str, str] = {
    "backdated_days": noop("Days between date and recording"),
    "day_begins": noop("Recording is usual from"),
    "day_ends": noop("Recording is usual until"),
    "together": noop("Entries within one second that count as an import"),
    "difference_from": noop("Difference of a count"),
    "receipt_from": noop("Payment that needs its receipt attached"),
    "round_to": noop("Payments are round when multiples of"),
    "stamp_above": noop("Receipts need duty stamp above"),
    "cash_limit": noop("Cash on hand above"),
    "cash_limit_days": noop("Cash on hand over the limit, days in a row"),
    "under_cost_from": noop("Sold below cost by"),
    "yield_tolerance": noop("Yield off the middle"),
    "usual_months": noop("The usual range is that of"),
    "observations": noop("Observations needed for a usual range"),
    "loss_tolerance": noop("Part that is lost"),
    "loss_from": noop("Quantity that is lost"),
    "unsettled_days": noop("Shops unsettled, days"),
    "digits_from": noop("Documents needed for first digits"),
}


def worded(name: str, value: int, words: Translator, formats: Formats) -> str:
    """A threshold's value with its unit."""
    unit = LIMITS[name].unit
    if unit is Unit.RUPIAH:
        return formats.rupiah(value)
    if unit is Unit.DAYS:
        return words.ngettext("{n} day", "{n} days", value)
    if unit is Unit.MONTHS:
        return words.ngettext("{n} month", "{n} months", value)
    if unit is Unit.PERCENT:
        return formats.percent(value)
    if unit is Unit.QUANTITY:
        return formats.quantity(value)
    return words("{time}", time=formats.hour(value)) if unit is Unit.HOUR else formats.number(value)


def changed_in_words(thresholds: Thresholds, words: Translator, formats: Formats) -> str:
    """Each changed threshold beside the usual one; empty where all are usual."""
    usual = asdict(Thresholds())
    return "; ".join(
        words(
            "{title} {value} (usually {usual})",
            title=words(TITLES[name]),
            value=worded(name, value, words, formats),
            usual=worded(name, usual[name], words, formats),
        )
        for name, value in thresholds.changed().items()
    )


RULES: tuple[Rule, ...] = (
    *RECORDING_RULES,
    *MONEY_RULES,
    *PURPOSE_RULES,
    *GOODS_RULES,
    *STOCK_RULES,
)
_DIGITS = noop("First digits of the amounts")
RULE_TITLES = {**{rule.code: rule.title for rule in RULES}, "digits": _DIGITS}
"""Titles of the rules by code, as English messages; rules over many documents come last."""

_COLUMNS = ("document", "date", "amount", "count", "share", "expected")


def exceptions(context: Context) -> Report:
    """Every rule over the period. A row's code is its rule; `figures` count what each found."""
    t = context.words
    case = Case(context, context.parameters.thresholds)
    found = {rule.code: list(rule.find(case)) for rule in RULES}
    return Report(
        name="exceptions",
        title=t("What Looks Odd"),
        columns=(
            Column("document", t("Voucher"), ColumnType.CODE),
            Column("date", t("Date"), ColumnType.DATE),
            Column("amount", t("Amount"), ColumnType.MONEY),
            Column("count", t("Count"), ColumnType.COUNT),
            Column("share", t("Share"), ColumnType.PERCENT),
            Column("expected", t("Expected"), ColumnType.PERCENT),
        ),
        rows=tuple(_rows(case, found)),
        period=_heading(case),
        unit=context.unit,
        layout=Layout.NOTES,
        figures={code: len(findings) for code, findings in found.items()},
    )


def _heading(case: Case) -> str:
    """The period, and the changed thresholds, so that nobody takes it for the usual report."""
    changed = len(case.thresholds.changed())
    if not changed:
        return case.context.spanning
    said = case.t.ngettext("{n} threshold changed", "{n} thresholds changed", changed)
    return f"{case.context.spanning} · {said}"


def _cells(**values: Value) -> tuple[Value, ...]:
    return tuple(values.get(key) for key in _COLUMNS)


def _rows(case: Case, found: dict[str, list[Finding]]) -> Iterator[Row]:
    t = case.t
    yield Row(t("Summary"), kind=RowKind.SECTION)
    text = t("What follows asks questions. Each answer belongs to the working papers.")
    yield Row(text, kind=RowKind.NOTE)
    changed = changed_in_words(case.thresholds, t, case.context.formats)
    if changed:
        yield Row(t("Thresholds changed: {which}.", which=changed), kind=RowKind.NOTE)
    for rule in RULES:
        yield Row(t(rule.title), _cells(count=len(found[rule.code])), rule.code)
    for rule in RULES:
        yield Row(t(rule.title), kind=RowKind.SECTION)
        yield Row(rule.explain(case), kind=RowKind.NOTE)
        for each in found[rule.code]:
            cells = _cells(document=document_ref(each.document), date=each.day, amount=each.amount)
            yield Row(each.reason, cells, rule.code)
        if not found[rule.code]:
            yield Row(t("Nothing found."), kind=RowKind.NOTE)
    yield Row(t(_DIGITS), kind=RowKind.SECTION)
    for row in digit_rows(case, counted(case)):
        count, share, expected = row.cells or (None, None, None)
        cells = _cells(count=count, share=share, expected=expected) if row.cells else ()
        yield Row(row.label, cells, row.code, kind=row.kind)


# -- The report on paper: the first digits as a chart too, where there are enough of them --------


def exceptions_on_paper(context: Context) -> Section:
    """The report of exceptions with a chart of first digits."""
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
