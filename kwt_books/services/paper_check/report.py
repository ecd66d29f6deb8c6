"""What came of holding a paper against the book, as a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from kwt_books.domain.chain import short_code
from kwt_books.domain.month import Month
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value
from kwt_books.services.paper_check.figures import (
    Both,
    Figures,
    figures,
    last_month,
    recorded_since,
)
from kwt_books.services.paper_check.state import State, Verdict

_LISTED = 200
_COLUMNS = ("number", "date", "then", "now", "difference")
_SENTENCES = {
    Verdict.CONTAINED: noop(
        "The book still contains exactly the state that was printed: every entry up to {entry} is"
        " as it was sealed."
    ),
    Verdict.CHANGED: noop(
        "The book does not contain what was printed any more: the code is that of {entry}, but"
        " {bad} before it is not what was sealed."
    ),
    Verdict.UNKNOWN: noop(
        "This book never had the state that was printed. Either the paper is of another book, or"
        " the book was written anew since: every entry in it is sealed as it stands."
    ),
    Verdict.UNKNOWN_CHANGED: noop(
        "This book does not have the state that was printed, and its chain is broken: {bad} is not"
        " what was sealed."
    ),
}


def paper_report(context: Context, state: State, month: Month | None = None) -> Report:
    """The verdict; of a state that holds also the month's figures then and today."""
    t, money = context.words, ColumnType.MONEY
    month = month or last_month(context.connection, state.sequence or 0)
    made = _Made(context, state)
    rows = list(made.verdict())
    found = None
    if state.verdict is Verdict.CONTAINED and month is not None:
        accounts = context.setup.accounts
        found = figures(context.connection, accounts, state.sequence or 0, month)
        rows += [*made.figures(found), *made.since(month)]
    return Report(
        name="paper",
        title=t("Paper against Book"),
        columns=(
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("date", t("Date"), ColumnType.DATE),
            Column("then", t("When printed"), money),
            Column("now", t("Today"), money),
            Column("difference", t("Difference"), money),
        ),
        rows=tuple(rows),
        parameters={"code": short_code(state.code), "verdict": str(state.verdict),
                    **({"month": month} if found is not None and month else {})},
        head=context.chain.hash,
        unit=context.unit,
        layout=Layout.NOTES,
        figures={"sequence": state.sequence or 0, "differs": int(bool(found and found.differ))},
    )  # fmt: skip


def _cells(**values: Value) -> tuple[Value, ...]:
    return tuple(values.get(key) for key in _COLUMNS)


def _both(label: str, both: Both, code: str) -> Row:
    cells = _cells(then=both.then, now=both.now, difference=both.now - both.then)
    return Row(label, cells, code)


class _Made:
    """The rows of one report, section by section."""

    def __init__(self, context: Context, state: State) -> None:
        self._context, self._state = context, state
        self._describer = Describer(context.setup, context.words)
        self.t = context.words

    def verdict(self) -> Iterator[Row]:
        t, state = self.t, self._state
        yield Row(t("Result"), kind=RowKind.SECTION)
        text = t(_SENTENCES[state.verdict], entry=self._entry(), bad=state.bad or "")
        yield Row(text, kind=RowKind.NOTE)
        if state.details is not None:
            broken = t(state.details.code, **state.details.params)
            yield Row(f"{state.bad}: {broken}", kind=RowKind.NOTE)
        if state.sequence:
            recorded = t("Last entry when it was printed, recorded {moment} by {name}",
                         moment=self._moment(state.at), name=state.by)  # fmt: skip
            day = date.fromisoformat(state.date) if state.date else None
            yield Row(recorded, _cells(number=self._entry(), date=day), "entry")

    def _entry(self) -> str:
        state = self._state
        return state.number or f"#{state.sequence or 0}"

    def _moment(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        formats = self._context.formats
        return formats.date_time(moment) if "T" in text else formats.day(moment)

    def figures(self, found: Figures) -> Iterator[Row]:
        t, month = self.t, self._context.formats.month(found.month)
        yield Row(t("Figures of {month}", month=month), kind=RowKind.SECTION)
        yield _both(t("Cash and bank"), found.cash, "cash")
        yield _both(t("Total assets"), found.assets, "total_assets")
        yield _both(t("Liabilities"), found.liabilities, "liabilities")
        yield _both(t("Equity"), found.equity, "equity")
        yield _both(t("Profit of the month"), found.profit, "profit")
        changed = {code: both for code, both in found.balances.items() if both.differs}
        if not found.differ:
            text = t("No figure of {month} has changed since the paper was printed.", month=month)
            yield Row(text, kind=RowKind.NOTE)
        elif changed:
            yield Row(t("Accounts whose balance has changed"), kind=RowKind.SECTION)
        for code, both in changed.items():
            yield _both(self._context.account_name(code), both, code)

    def since(self, month: Month) -> Iterator[Row]:
        """What was recorded since, dated by the end of the month."""
        t = self.t
        found = recorded_since(self._context.connection, self._state.sequence or 0, month)
        if not found:
            return
        name = self._context.formats.month(month)
        heading = t("Recorded since then, dated {month} or before", month=name)
        yield Row(heading, kind=RowKind.SECTION)
        for each in found[:_LISTED]:
            text = self._describer.describe(each.kind, json.loads(each.payload), each.corrects)
            cells = _cells(number=each.number, date=each.date, now=each.amount)
            yield Row(text, cells, each.number)
        rest = len(found) - _LISTED
        if rest > 0:
            number = self._context.formats.number(rest)
            yield Row(t("And {count} more.", count=number), kind=RowKind.NOTE)
