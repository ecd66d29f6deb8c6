"""The report: how much each rule found, then rule by rule why and what."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.exceptions import goods, money, recording
from kwt_books.reports.exceptions.digits import counted, digit_rows
from kwt_books.reports.exceptions.rule import Case, Finding, Rule
from kwt_books.reports.exceptions.thresholds import changed_in_words
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value

RULES: tuple[Rule, ...] = (*recording.RULES, *money.RULES, *goods.RULES)
_DIGITS = noop("First digits of the amounts")
RULE_TITLES = {**{rule.code: rule.title for rule in RULES}, "digits": _DIGITS}
"""English messages; what looks at many documents together comes last."""

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
    """The days looked at. Nobody shall take this for the usual report where it is none."""
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
            cells = _cells(document=each.document, date=each.day, amount=each.amount)
            yield Row(each.reason, cells, rule.code)
        if not found[rule.code]:
            yield Row(t("Nothing found."), kind=RowKind.NOTE)
    yield Row(t(_DIGITS), kind=RowKind.SECTION)
    for row in digit_rows(case, counted(case)):
        count, share, expected = row.cells or (None, None, None)
        cells = _cells(count=count, share=share, expected=expected) if row.cells else ()
        yield Row(row.label, cells, row.code, kind=row.kind)
