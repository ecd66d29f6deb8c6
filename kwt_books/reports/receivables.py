"""Piutang: what buyers, shops and members owe, and since when."""

from __future__ import annotations

from kwt_books.domain.accounts import MEMBER_RECEIVABLE, SHOP_RECEIVABLE, TRADE_RECEIVABLE
from kwt_books.reports.context import Context
from kwt_books.reports.debts import Debts, debts_report
from kwt_books.reports.model import Report


def receivables(context: Context) -> Report:
    t = context.words
    accounts = (TRADE_RECEIVABLE, SHOP_RECEIVABLE, MEMBER_RECEIVABLE)
    return debts_report(
        context,
        Debts(
            name="receivables",
            title=t("Receivables"),
            accounts=accounts,
            sign=1,
            added=t("New receivables"),
            paid=t("Settled"),
            owed=t("Receivable left"),
        ),
    )
