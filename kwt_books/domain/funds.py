"""Funds set aside from profit, and their release when they are spent."""

from __future__ import annotations

from collections.abc import Mapping

from kwt_books.domain.accounts import FUNDS


def is_fund(code: str, shares: Mapping[str, int]) -> bool:
    """Whether `code` is a fund: one of the chart's, or one that gets a share of profit."""
    return code in FUNDS or code in shares


def releasable(spent: int, fund_balance: int) -> int:
    """How much of `spent` the fund covers; its balance is debit positive (STREAM.md, fund)."""
    return max(0, min(spent, -fund_balance))
