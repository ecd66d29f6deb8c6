"""When and how documents were recorded, undone, and counted."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.i18n.catalogue import noop
from kwt_books.reports.exceptions.rule import Case, Finding, Rule


def _explain_backdated(case: Case) -> str:
    text = case.t(
        "Documents recorded more than {days} days after the date they bear.",
        days=case.thresholds.backdated_days,
    )
    taken_in = sum(each.taken_in for each in case.documents)
    if not taken_in:
        return text
    number = case.context.formats.number(taken_in)
    return text + " " + case.t(
        "{count} documents came in with an import and are left out: when they were first written"
        " down can't be told.",
        count=number,
    )  # fmt: skip


def _backdated(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        moment = each.moment
        days = (moment.date() - each.date).days if moment is not None else 0
        if moment is not None and days > case.thresholds.backdated_days:
            reason = case.t(
                "Recorded {days} days after its date, on {day} by {name}: {text}",
                days=days, day=case.day(moment.date()), name=each.recorded_by,
                text=case.text(each),
            )  # fmt: skip
            yield Finding(reason, each.number, each.date, each.size)


def _explain_odd_hours(case: Case) -> str:
    limits = case.thresholds
    return case.t(
        "Documents recorded before {begin}.00 or from {end}.00 on, by the clock of the computer.",
        begin=f"{limits.day_begins:02}", end=f"{limits.day_ends:02}",
    )  # fmt: skip


def _odd_hours(case: Case) -> Iterator[Finding]:
    limits, formats = case.thresholds, case.context.formats
    for each in case.documents:
        moment = each.moment
        if moment is not None and not limits.day_begins <= moment.hour < limits.day_ends:
            reason = case.t(
                "Recorded {moment} by {name}: {text}",
                moment=formats.date_time(moment), name=each.recorded_by, text=case.text(each),
            )  # fmt: skip
            yield Finding(reason, each.number, each.date, each.size)


def _explain_corrections(case: Case) -> str:
    return case.t(
        "Every correction and what it undid. One is right where a mistake was made; many of a"
        " kind, or by one hand, show where to look."
    )


def _corrections(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        if each.corrects is not None:
            yield Finding(case.text(each), each.number, each.date, each.size)


def _explain_reopened(case: Case) -> str:
    return case.t(
        "Months opened again after their close: compare the statements signed then with today's."
    )


def _reopened(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        if each.kind == "month_reopen":
            yield Finding(case.text(each), each.number, each.date)


def _explain_counts(case: Case) -> str:
    return case.t(
        "Counts of cash and goods, and market days, that came out {amount} or more away from the"
        " book.",
        amount=case.rupiah(case.thresholds.difference_from),
    )


def _counts(case: Case) -> Iterator[Finding]:
    for each in case.holding:
        if each.kind == "stock_count":
            difference = each.amount
        elif each.kind in ("cash_count", "market_day"):
            difference = abs(each.difference)
        else:
            continue
        if difference >= case.thresholds.difference_from:
            yield Finding(case.text(each), each.number, each.date, difference)


RULES = (
    Rule("backdated", noop("Recorded long after the date"), _explain_backdated, _backdated),
    Rule("odd-hours", noop("Recorded at odd hours"), _explain_odd_hours, _odd_hours),
    Rule("corrections", noop("Corrections"), _explain_corrections, _corrections),
    Rule("reopened", noop("Months opened again"), _explain_reopened, _reopened),
    Rule("counts", noop("Counts with differences"), _explain_counts, _counts),
)
