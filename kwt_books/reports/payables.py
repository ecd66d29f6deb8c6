"""Utang: what the group owes its suppliers and members, and since when."""

from __future__ import annotations

from kwt_books.queries.money import OWED
from kwt_books.reports.context import Context
from kwt_books.reports.debts import Debts, debts_report
from kwt_books.reports.model import Report


def payables(context: Context) -> Report:
    t = context.words
    return debts_report(
        context,
        Debts(
            name="payables",
            title=t("Payables"),
            accounts=OWED,
            sign=-1,
            added=t("New payables"),
            paid=t("Paid"),
            owed=t("Payable left"),
        ),
    )
