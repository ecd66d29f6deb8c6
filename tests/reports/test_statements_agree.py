"""All statements of random books: against an independent replay, and against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import first_day, last_day, month_range
from kwt_books.reports.model import Report, RowKind
from tests.books import book_at
from tests.oracle.figures import month_of
from tests.oracle.replay import Book as Oracle
from tests.oracle.replay import replay
from tests.oracle.streams import random_stream

from .figures import by_code, cell, report, row, rows, sections

SEEDS = range(8)
MONTHS = month_range("2026-01", "2026-05")


@contextmanager
def random_book(books: Books, folder: Path, seed: int) -> Iterator[tuple[Book, Oracle]]:
    lines = random_stream(seed, 150, len(MONTHS))
    book = books.open(book_at(books, folder / "book.kwt", lines))
    yield book, replay(lines)
    book.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_accounts_stand_as_an_independent_replay_has_them(
    books: Books, tmp_path: Path, seed: int
) -> None:
    with random_book(books, tmp_path, seed) as (book, oracle):
        for month in MONTHS:
            closed = report(book, "trial-balance", month)
            assert by_code(closed, "balance") == oracle.trial_balance(month)
            still_open = report(book, "trial-balance", month, before_closing=True)
            assert by_code(still_open, "balance") == oracle.trial_balance(month, closed=False)
            _check_profit(report(book, "profit-loss", month), oracle.profit_loss(month))
            day = first_day(month) + timedelta(days=11 + seed)
            until = report(book, "trial-balance", until=day)
            assert by_code(until, "balance") == oracle.balances(day)
            _check_days(book, oracle, day, last_day(month) + timedelta(days=seed))


def _check_profit(found: Report, wanted: dict[str, int]) -> None:
    signed = {
        each.code: -each.cells[1] if each.deducted else each.cells[1]  # type: ignore[operator]
        for each in rows(found, RowKind.LINE)
        if each.cells[1]
    }
    assert signed == wanted
    assert cell(found, "profit", "amount") == sum(wanted.values())


def _check_days(book: Book, oracle: Oracle, start: date, end: date) -> None:
    found = report(book, "trial-balance", start=start, end=end)
    assert by_code(found, "balance") == oracle.balances(end)
    moved: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for posting in oracle.postings():
        if start <= posting.date <= end:
            moved[posting.account][posting.amount < 0] += abs(posting.amount)
    sides = {each.code: list(each.cells[1:3]) for each in rows(found, RowKind.LINE)}
    assert {code: each for code, each in sides.items() if any(each)} == moved


@pytest.mark.parametrize("seed", SEEDS)
def test_the_statements_agree_with_each_other(books: Books, tmp_path: Path, seed: int) -> None:
    with random_book(books, tmp_path, seed) as (book, oracle):
        before: Report | None = None
        for month in MONTHS:
            position = report(book, "position", month)
            _check_position(position, before)
            _check_equity(book, oracle, month, position)
            _check_cash(book, month, position)
            _check_funds(book, oracle, month)
            _check_notes(book, month, position)
            before = position
        _check_progress(book)


def _check_position(found: Report, before: Report | None) -> None:
    whole = row(found, "total_assets").cells
    assert whole == row(found, "total_liabilities_and_equity").cells
    lines = by_code(found, "amount")
    assert sum(lines.values()) == 2 * found.figures["total_assets"]
    if before is not None:
        assert cell(found, "total_assets", "previous") == before.figures["total_assets"]
        assert cell(found, "equity", "previous") == before.figures["equity"]


def _check_equity(book: Book, oracle: Oracle, month: str, position: Report) -> None:
    found = report(book, "equity-changes", month)
    for each in found.rows:
        *parts, closing = each.cells
        assert sum(map(int, parts)) == closing  # type: ignore[arg-type]
    assert cell(found, "equity", "closing") == position.figures["equity"]
    assert cell(found, "equity", "opening") == cell(position, "equity", "previous")
    profit = report(book, "profit-loss", month).figures["profit"]
    assert cell(found, "equity", "profit") == profit
    assert cell(found, "equity", "other") == _moved_otherwise(oracle, month)


def _moved_otherwise(oracle: Oracle, month: str) -> int:
    """What memorials, yearly meetings and what programmes bought moved in equity."""
    kinds = {"memorial", "appropriation", "purchase", "asset_acquisition"}
    return -sum(
        posting.amount
        for document in oracle.documents
        if month_of(document.date) == month and oracle.origin(document).kind in kinds
        for posting in document.postings
        if oracle.accounts[posting.account]["type"] == "equity" and not posting.mark
    )


def _check_cash(book: Book, month: str, position: Report) -> None:
    found = report(book, "cash-flow", month)
    activities = ("operating", "investing", "financing", "restricted")
    assert sum(cell(found, each, "amount") for each in activities) == found.figures["net_change"]
    assert found.figures["opening_cash"] + found.figures["net_change"] == position.figures["cash"]
    assert found.figures["closing_cash"] == position.figures["cash"]


def _check_funds(book: Book, oracle: Oracle, month: str) -> None:
    found = report(book, "funds", month)
    keys = [column.key for column in found.columns]
    released = by_code(found, "released")
    stands = oracle.balances(last_day(month))
    for code, closing in by_code(found, "closing").items():
        values = dict(zip(keys, row(found, code).cells, strict=True))
        other = values.get("other") or 0
        moved = values["opening"] + values["allocated"] - values["released"] + other
        assert closing == moved == -stands.get(code, 0)
    assert cell(found, "releases", "amount") == sum(released.values())
    assert cell(found, "releases", "amount") == _released(oracle, month)


def _released(oracle: Oracle, month: str) -> int:
    """What funds released in the month to 3301 or, for assets, 3105; corrections against."""
    return sum(
        -posting.amount
        for posting in oracle.postings()
        if posting.mark == "released"
        and posting.account in ("3301", "3105")
        and month_of(posting.date) == month
    )


def _check_notes(book: Book, month: str, position: Report) -> None:
    found = sections(report(book, "notes", month))
    figures = position.figures
    advances = sum(
        amount for code, amount in by_code(position, "amount").items() if code.startswith("114")
    )
    for number, at, wanted in (
        ("4", 4, figures["cash"]),
        ("5", 4, figures["receivables"] + advances),
        ("6", 4, figures["inventories"]),
        ("7", 3, figures["fixed_assets_net"]),
    ):
        sums = [each.cells[at] for each in found[number] if each.kind is RowKind.TOTAL]
        assert (sums or [0]) == [wanted], (month, number)
    earned = report(book, "profit-loss", month)
    costs = by_code(earned, "amount")
    for number, wanted in (
        ("11", earned.figures["revenue"]),
        ("12", costs.get("5105", 0)),
        ("13", costs.get("7202", 0)),
    ):
        sums = [each.cells[6] for each in found[number] if each.kind is RowKind.TOTAL]
        assert (sums or [0]) == [wanted], (month, number)


def _check_progress(book: Book) -> None:
    for each in rows(report(book, "progress"), RowKind.LINE):
        month = each.code
        earned, position = (report(book, name, month) for name in ("profit-loss", "position"))
        figures = (earned.figures["revenue"], earned.figures["profit"])
        assert each.cells == (*figures, position.figures["total_assets"])
