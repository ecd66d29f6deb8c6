"""Rules about money that is somebody's: programmes overspent, dues without a name, the bank's word
that is missing; and the entries that no cash and no goods prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kwt_books.domain.accounts import BANK, PROGRAMME_MONEY
from kwt_books.domain.values import first_day, last_day, month_of
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.balances import by_month
from kwt_books.queries.exceptions import (
    Examined,
    amounts_on,
    nameless,
)
from kwt_books.queries.money import dues_accounts
from kwt_books.queries.programmes import programme_entries, standing_of
from kwt_books.queries.reconciliations import reconciled_months
from kwt_books.reports.exceptions.rule import Case, Finding, Rule

_SPENDING = frozenset({"payment", "purchase", "asset_acquisition"})


def _explain_memorials(case: Case) -> str:
    return case.t(
        "Every memorial entry: no cash and no goods prove it. Ask for the document that its "
        "reason names."
    )


def _memorials(case: Case) -> Iterator[Finding]:
    for each in case.holding:
        if each.kind == "memorial":
            yield Finding(case.text(each), each.number, each.date, each.size)


# -- the bank's word -----------------------------------------------------------------------


def _explain_unreconciled(case: Case) -> str:
    return case.t(
        "Past months in which a bank account moved, without a bank reconciliation dated in them; "
        "with the account's balance."
    )


def _unreconciled(case: Case) -> Iterator[Finding]:
    done = reconciled_months(case.connection)
    known = {BANK, *(account for account, _ in done)} & case.context.setup.accounts.keys()
    moved = by_month(case.connection, known, month_of(case.end))
    for account in sorted(moved):
        for month in sorted(moved[account]):
            end = last_day(month)
            over = case.start <= first_day(month) and end <= min(case.end, case.context.today)
            if over and (account, month) not in done:
                name = case.context.account_name(account)
                reason = case.t("{account}, {month}", account=name, month=case.month(month))
                balance = sum(each for day, each in moved[account].items() if day <= month)
                yield Finding(reason, None, end, balance)


# -- programmes ----------------------------------------------------------------------------


def _explain_overspent(case: Case) -> str:
    return case.t(
        "Spending for a programme beyond what was left of its money, and budget lines that "
        "exceeded the plan."
    )


def _overspent(case: Case) -> Iterator[Finding]:
    spending = [
        each for each in case.holding if each.kind in _SPENDING and "programme" in each.payload
    ]
    if not spending:
        return
    covered = amounts_on(case.connection, PROGRAMME_MONEY, case.start, case.end)
    for each in spending:
        beyond = _spent(each.payload) - covered.get(each.number, 0)
        if beyond > 0:
            reason = case.t(
                "{programme} had less left: {text}",
                programme=case.context.setup.programme_name(each.payload["programme"]),
                text=case.text(each),
            )  # fmt: skip
            yield Finding(reason, each.number, each.date, beyond)
    yield from _over_budget(case, spending)


def _spent(payload: Mapping[str, Any]) -> int:
    """What a document spent, or gave back; rupiah."""
    amount: int = sum(line["amount"] for line in payload.get("lines", ()))
    return amount + int(payload.get("cost", 0))


def _over_budget(case: Case, spending: list[Examined]) -> Iterator[Finding]:
    """Each line that was exceeded by the period's end, at the last document that named it."""
    last: dict[tuple[str, str], Examined] = {}
    for each in spending:
        for line in (each.payload, *each.payload.get("lines", ())):
            if "budget" in line:
                last[each.payload["programme"], line["budget"]] = each
    named = {code for code, _ in last}
    known = [each for code, each in case.context.setup.programmes.items() if code in named]
    entries = programme_entries(case.connection, known, date.min, case.end) if known else {}
    for programme in known:
        lines = [line for line in programme.budget if (programme.code, line.line) in last]
        spent = standing_of(programme, entries[programme.code]).spent
        for line in lines:
            over = spent[line.line] - line.amount
            if over > 0:
                each = last[programme.code, line.line]
                reason = case.t(
                    "{programme}, {line} {name}: {spent} of {amount}", programme=programme.name,
                    line=line.line, name=line.name, spent=case.rupiah(spent[line.line]),
                    amount=case.rupiah(line.amount),
                )  # fmt: skip
                yield Finding(reason, each.number, each.date, over)


# -- dues ----------------------------------------------------------------------------------


def _explain_nameless(case: Case) -> str:
    return case.t(
        "Dues that came in without a name: nobody can tell whose month they pay. The opening "
        "balance is left out."
    )


def _nameless(case: Case) -> Iterator[Finding]:
    holding = {each.number: each for each in case.holding if each.kind != "opening_balance"}
    accounts = dues_accounts(case.connection)
    for number, amount in nameless(case.connection, accounts, case.start, case.end):
        if number in holding:
            each = holding[number]
            yield Finding(case.text(each), number, each.date, amount)


PURPOSE_RULES = (
    Rule("memorials", noop("Memorial entries"), _explain_memorials, _memorials),
    Rule(
        "unreconciled", noop("Not reconciled with the bank"), _explain_unreconciled, _unreconciled
    ),
    Rule("overspent", noop("Programmes overspent"), _explain_overspent, _overspent),
    Rule("nameless-dues", noop("Dues without a name"), _explain_nameless, _nameless),
)
