"""The books of random groups: every one adds up to the accounts of an independent replay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.accounts import CLASS_ACCOUNTS, CONSIGNED, STOCK_ACCOUNTS
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import last_day, month_of
from kwt_books.reports.model import Report, Row, RowKind
from tests.books import book_at
from tests.oracle.replay import Book as Oracle
from tests.oracle.replay import replay
from tests.oracle.streams import random_stream

from .figures import cell, report, rows

SEEDS = (0, 1, 3, 116)
MONTHS = ("2026-01", "2026-02", "2026-03")
DAYS = (
    (date(2026, 1, 9), date(2026, 2, 20)),
    (date(2026, 2, 3), date(2026, 2, 17)),
    (date(2026, 4, 1), date(2026, 4, 30)),
    (date(2025, 1, 1), date(2025, 12, 31)),
)
Pair = tuple[Book, Oracle]


@pytest.fixture(scope="module", params=SEEDS)
def pair(request: pytest.FixtureRequest, books: Books, tmp_path_factory: Any) -> Iterator[Pair]:
    """A random book and what an independent reading makes of the same stream."""
    lines = random_stream(request.param, 150, len(MONTHS))
    path = book_at(books, tmp_path_factory.mktemp("random") / "book.kwt", lines)
    book = books.open(path, read_only=True)
    yield book, replay(lines)
    book.close()


def periods() -> Iterator[tuple[dict[str, Any], date, date]]:
    for month in MONTHS:
        yield {"month": month}, date.fromisoformat(f"{month}-01"), last_day(month)
    for start, end in DAYS:
        yield {"start": start, "end": end}, start, end


def lines(found: Report, level: int | None = None) -> list[Row]:
    return [each for each in rows(found, RowKind.LINE) if level in (None, each.level)]


def column(found: Report, key: str, level: int | None = None) -> int:
    at = [each.key for each in found.columns].index(key)
    return sum(each.cells[at] or 0 for each in lines(found, level))  # type: ignore[misc]


def test_ledgers_close_as_the_accounts_stand(pair: Pair) -> None:
    book, oracle = pair
    for asked, start, end in periods():
        found = report(book, "general-ledger", **asked)
        closing: dict[str, int] = {}
        account, side = "", 1
        for row in found.rows:
            if row.kind is RowKind.SECTION:
                account = row.code or ""
                side = 1 if oracle.accounts[account]["normal"] == "debit" else -1
            elif row.code == "closing":
                closing[account] = side * row.cells[5]  # type: ignore[operator]
        stands = oracle.balances(end)
        assert {code: amount for code, amount in closing.items() if amount} == stands
        moved = [p for p in oracle.postings() if start <= p.date <= end]
        assert {p.account for p in moved} <= closing.keys()


def test_one_account_reads_as_among_all(pair: Pair) -> None:
    book, _ = pair
    everything = report(book, "general-ledger", "2026-02")
    heads = [n for n, row in enumerate(everything.rows) if row.kind is RowKind.SECTION]
    for at in heads[::4]:
        alone = report(book, "general-ledger", "2026-02", account=everything.rows[at].code)
        assert alone.rows == everything.rows[at : at + len(alone.rows)]


def test_the_journal_holds_every_posting_of_the_days(pair: Pair) -> None:
    book, oracle = pair
    for asked, start, end in periods():
        found = report(book, "journal", **asked)
        moved: defaultdict[tuple[Any, Any], int] = defaultdict(int)
        for row in lines(found):
            day, _, account, debit, credit = row.cells
            moved[day, account] += debit - credit  # type: ignore[operator]
        for p in oracle.postings():
            if start <= p.date <= end:
                moved[p.date, p.account] -= p.amount
        assert not any(moved.values())
        numbers = [each.code for each in rows(found, RowKind.SECTION)]
        assert sorted(map(str, numbers)) == sorted(
            each.voucher for each in oracle.documents if each.voucher and start <= each.date <= end
        )


def test_the_cash_book_closes_with_the_cash(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        for account in ("1101", "1103"):
            found = report(book, "cash-book", account=account, **asked)
            came, went, balance = found.rows[-1].cells[3:]
            assert balance == came - went == oracle.balances(end).get(account, 0)  # type: ignore[operator]


def test_stock_stands_at_the_control_accounts_on_any_day(pair: Pair) -> None:
    book, oracle = pair
    for _, _, end in periods():
        found = report(book, "stock", until=end)
        summed: defaultdict[str, int] = defaultdict(int)
        for each in lines(found, 1):
            place, value = each.cells[0], each.cells[7]
            item_class = oracle.items[each.code or ""]["class"]
            account = CLASS_ACCOUNTS[item_class] if place == STORE else CONSIGNED
            summed[account] += value  # type: ignore[operator]
        stands = oracle.balances(end)
        for account in STOCK_ACCOUNTS:
            assert summed[account] == stands.get(account, 0), (account, end)
        lots = sum(
            row.cells[7]  # type: ignore[misc]
            for row in found.rows
            if row.kind is RowKind.NOTE or (row.level == 1 and row.cells[1] is not None)
        )
        assert column(found, "value", 1) == lots == found.figures["value"]


def test_stock_now_is_what_the_replay_holds(pair: Pair) -> None:
    book, oracle = pair
    found = {
        (each.code, each.cells[0]): (each.cells[5], each.cells[7])
        for each in lines(report(book, "stock"), 1)
    }
    assert found == oracle.stock()


def test_cards_lead_to_what_stands(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        stands = {
            (each.code, each.cells[0]): (each.cells[5], each.cells[7])
            for each in lines(report(book, "stock", until=end), 1)
        }
        for item in list(oracle.items)[::3]:
            card = report(book, "stock-card", item=item, **asked)
            place = ""
            for row in card.rows:
                if row.kind is RowKind.SECTION:
                    place = row.code or ""
                elif row.code == "closing" and place != "all":
                    left = (row.cells[4], row.cells[7])
                    assert left == stands.pop((item, place), (0, 0))
            assert not [key for key in stands if key[0] == item]


def test_what_grows_stands_at_its_account(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        found = report(book, "nursery", **asked)
        assert column(found, "value", 1) == oracle.balances(end).get("1123", 0)
        assert column(found, "harvested_value", 1) == column(found, "harvested_value", 2)


def test_lots_lose_nothing(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        found = report(book, "lots", **asked)
        stands = oracle.balances(end)
        assert found.figures["value"] == sum(stands.get(code, 0) for code in STOCK_ACCOUNTS)
        for each in lines(found):
            made, *gone, left = each.cells[5:11]
            assert made - sum(gone) == left, each  # type: ignore[arg-type, operator]


def test_every_lot_can_be_traced(pair: Pair) -> None:
    """Forward, what went is what came, less what is left."""
    book, _ = pair
    for each in lines(report(book, "lots", "2026-02"))[::3]:
        item, lot = each.cells[:2]
        found = report(book, "lots", item=item, lot=lot)
        parts: dict[str, list[Row]] = {"back": [], "forward": []}
        for row in found.rows:
            if row.kind is RowKind.SECTION:
                part = parts[row.code or ""]
            elif row.level == 1 and row.cells[3:5] == (item, lot):
                part.append(row)
        came = sum(row.cells[6] for row in parts["back"])  # type: ignore[misc]
        carried = ("dititipkan", "retur")
        went = sum(row.cells[6] for row in parts["forward"] if row.cells[0] not in carried)  # type: ignore[misc]
        assert came == went, (item, lot)


def test_sales_are_the_postings_on_the_sales_accounts(pair: Pair) -> None:
    book, oracle = pair
    income = {
        code
        for code, each in oracle.accounts.items()
        if each["type"] == "income" and code != "4201"
    }
    for asked, start, end in periods():
        found = report(book, "sales", **asked)
        posted = [
            -p.amount
            for p in oracle.postings()
            if start <= p.date <= end and not p.closing and p.account in income
        ]
        totals = rows(found, RowKind.TOTAL)
        assert {row.cells[2] for row in totals} == {sum(posted)}
        assert len({row.cells[3] for row in totals}) == 1


def test_debts_stand_at_their_accounts_and_have_an_age(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        stands = oracle.balances(end)
        for name, sign, accounts in (
            ("receivables", 1, ("1111", "1112", "1113")),
            ("payables", -1, ("2101", "2102")),
        ):
            found = report(book, name, **asked)
            for row in rows(found, RowKind.LINE, RowKind.SUBTOTAL, RowKind.TOTAL):
                _, opening, added, paid, owed, *ages = row.cells
                assert opening + added - paid == owed == sum(ages)  # type: ignore[operator, arg-type]
            owing = {row.code: row.cells[4] for row in rows(found, RowKind.SUBTOTAL)}
            for account in accounts:
                assert owing.get(account, 0) == sign * stands.get(account, 0)


def test_parties_owe_what_the_replay_says(pair: Pair) -> None:
    book, oracle = pair
    owed = {
        (each.code, each.cells[0]): each.cells[4]
        for each in lines(report(book, "receivables", until=date(2099, 12, 31)))
        if each.code != "none" and each.cells[4]
    }
    accounts = ("1111", "1112", "1113")
    assert owed == {k: v for k, v in oracle.party_balances().items() if k[1] in accounts}


def test_savings_stand_at_their_accounts(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        found = report(book, "savings", **asked)
        stands = oracle.balances(end)
        held = [-stands.get(code, 0) for code in ("3101", "3102", "2106")]
        opening, paid_in, withdrawn, *kinds, balance = found.rows[-1].cells
        assert kinds == held
        assert opening + paid_in - withdrawn == balance == sum(held)  # type: ignore[operator]
        assert column(found, "balance") == balance


def test_assets_stand_at_their_accounts(pair: Pair) -> None:
    book, oracle = pair
    for asked, start, end in periods():
        found = report(book, "assets", **asked)
        stands = oracle.balances(end)
        for row in rows(found, RowKind.SUBTOTAL):
            assert row.cells[3] == stands.get(row.code or "", 0)
        accumulated = -sum(stands.get(code, 0) for code in ("1211", "1212", "1213", "1214"))
        assert cell(found, "total", "accumulated") == accumulated
        charged = sum(
            p.amount
            for document in oracle.documents
            if start <= document.date <= end and document.kind in ("depreciation", "correction")
            for p in document.postings
            if p.account == "6109" and not p.closing
        )
        assert cell(found, "total", "depreciation") == charged


def test_goods_at_shops_stand_at_their_account(pair: Pair) -> None:
    book, oracle = pair
    for asked, _, end in periods():
        found = report(book, "consignment", **asked)
        assert cell(found, "total", "value") == oracle.balances(end).get("1130", 0)
        for row in lines(found):
            opening, delivered, *gone, counted, left = row.cells[:7]
            assert opening + delivered + counted - sum(gone) == left  # type: ignore[operator, arg-type]


def test_what_was_made_costs_what_went_in(pair: Pair) -> None:
    book, oracle = pair
    for asked, start, end in periods():
        found = report(book, "production", **asked)
        assert column(found, "used_value") == column(found, "cost") == found.figures["cost"]
        produced = {each.number for each in oracle.documents if each.kind == "production"}
        undoing = {by for of, by in oracle.corrected.items() if of in produced}
        batches = [
            each
            for each in oracle.documents
            if start <= each.date <= end and each.number in produced | undoing
        ]
        assert [row.cells[1] for row in lines(found, 1)] == [
            each.voucher for each in sorted(batches, key=lambda each: (each.date, each.number))
        ]


def test_market_days_account_for_their_money(pair: Pair) -> None:
    book, oracle = pair
    days = [each for each in oracle.documents if each.kind == "market_day"]
    for each in days:
        found = report(book, "market-day", number=each.voucher)
        revenue, received, difference = found.rows[-1].cells[7:]
        posted = {"7102": 0, "7202": 0}
        for p in each.postings:
            if p.account in posted:
                posted[p.account] += p.amount
        assert received - revenue == difference == -sum(posted.values())  # type: ignore[operator]
        sales = sum(-p.amount for p in each.postings if p.account.startswith("4"))
        assert revenue == sales
    assert month_of(days[-1].date) in MONTHS
