"""Every code of every statement leads on: to a ledger that comes to the same, or a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month, month_range
from kwt_books.queries.overview import setup_data
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row, RowKind

from .figures import report, rows
from .test_statements_agree import random_book

MONTHS = month_range("2026-01", "2026-05")
AT_THE_END = {
    "position": "amount",
    "trial-balance": "balance",
    "equity-changes": "closing",
    "funds": "closing",
}
"""Statements of what stands, with their column that a ledger's balance must equal."""
STATEMENTS = (*AT_THE_END, "profit-loss", "cash-flow", "allocation", "notes")
VOUCHER = re.compile(r"BK[MK]-\d{4}-\d{4}|BM-\d{4}-\d{4}")
NAME = re.compile(r"[a-z][a-z_]*")


def lines(found: Report) -> list[Row]:
    return [each for each in rows(found, RowKind.LINE) if each.code]


def ledger(book: Book, account: str, month: Month, *, before_closing: bool = False) -> Report:
    asked = Parameters(month=month, account=account, before_closing=before_closing)
    return book.report("general-ledger", asked, "id")


def value(found: Report, row: Row, column: str) -> int:
    amount = row.cells[[each.key for each in found.columns].index(column)]
    return amount if isinstance(amount, int) else 0


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_is_the_balance_of_its_ledger(books: Books, tmp_path: Path, seed: int) -> None:
    with random_book(books, tmp_path, seed) as (book, _):
        accounts, seen = book.read(setup_data).accounts, 0
        for month in MONTHS:
            for name, column in AT_THE_END.items():
                found = report(book, name, month)
                for row in lines(found):
                    if row.code in accounts:
                        balance = ledger(book, row.code, month).figures["balance"]
                        assert abs(value(found, row, column)) == abs(balance), (name, row)
                        seen += 1
        assert seen


@pytest.mark.parametrize("seed", range(4))
def test_what_was_earned_and_spent_is_the_sum_of_its_ledger(
    books: Books, tmp_path: Path, seed: int
) -> None:
    with random_book(books, tmp_path, seed) as (book, _):
        for month in MONTHS:
            found = report(book, "profit-loss", month)
            for row in lines(found):
                assert row.code is not None
                sums = ledger(book, row.code, month, before_closing=True).figures
                assert abs(value(found, row, "amount")) == abs(sums["debit"] - sums["credit"])


@pytest.mark.parametrize("seed", range(2))
def test_every_code_is_an_account_a_document_or_a_name(
    books: Books, tmp_path: Path, seed: int
) -> None:
    with random_book(books, tmp_path, seed) as (book, _):
        setup = book.read(setup_data)
        for month in MONTHS:
            for name in STATEMENTS:
                for row in lines(report(book, name, month)):
                    code = row.code or ""
                    if VOUCHER.fullmatch(code):
                        asked = Parameters(number=code)
                        assert book.report("document", asked, "id").parameters["number"] == code
                    elif code not in setup.accounts and code not in setup.parties:
                        assert NAME.fullmatch(code.replace("-", "_")), (name, row)
