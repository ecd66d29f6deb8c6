"""The general ledger, and the accounts that it names across."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from kwt_books.book import Book
from kwt_books.domain.contra import contras
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import Posting
from kwt_books.queries.ledger import account_book
from kwt_books.reports.ledger import across_ref
from kwt_books.reports.model import Ref, RefKind, Report, Row, RowKind
from kwt_books.store import reads
from tests.books import opened

from .figures import close, day, earn, group, opening, report, spend
from .trade import undo

BookOf = Callable[..., Book]


def account(found: Report, code: str) -> list[Row]:
    """The rows of one account, without its head."""
    heads = [n for n, row in enumerate(found.rows) if row.kind is RowKind.SECTION]
    at = next(n for n in heads if found.rows[n].code == code)
    end = next((n for n in heads if n > at), len(found.rows))
    return list(found.rows[at + 1 : end])


def test_the_sample_month_reads_as_on_paper(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "general-ledger", "2026-06", before_closing=True)
    across = {
        code: [row.cells[2] for row in account(found, code)[1:-1]]
        for code in ("1101", "1129", "1130", "4103")
    }
    assert across["1101"][:7] == ["3102", "4102+", "1112", "1121", "1122", "4101+", "1126+"]
    assert across["1129"] == [
        "1130+", "5102+", "1125+", "1130", "1130", "5102+", "1125+", "1130", "5102+", "5102+",
        "1130+", "5102+",
    ]  # fmt: skip
    assert across["1130"] == ["5102+", "1129", "1129", "1129", "5102+", "5102+"]
    assert across["4103"] == ["1101+"] * 5
    assert account(found, "4103")[-1].cells == (None, None, None, 0, 480_000, 480_000)
    for code, amount in expected["trial_balance_before_close"].items():
        assert abs(account(found, code)[-1].cells[5]) == abs(amount)  # type: ignore[arg-type]


def test_closing_stands_in_unless_it_is_left_out(sample_book: Book) -> None:
    closed = report(sample_book, "general-ledger", "2026-06", account="6101")
    *_, last, total = closed.rows
    assert (last.label, last.cells[2]) == ("Tutup bulan Juni 2026", "3301")
    assert total.cells[3:] == (200_000, 200_000, 0)
    open_ = report(sample_book, "general-ledger", "2026-06", account="6101", before_closing=True)
    assert open_.figures == {"opening": 0, "debit": 200_000, "credit": 0, "balance": 200_000}
    assert "sebelum penutupan" in open_.period


def test_a_part_of_a_month_opens_with_what_came_before(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100), earn("2026-01-10", 1), earn("2026-02-03", 2), earn("2026-02-09", 4),
        spend("2026-02-10", 8), earn("2026-03-01", 16),
    )  # fmt: skip
    found = report(
        book, "general-ledger", account="1101", start=day("2026-02-09"), end=day("2026-02-28")
    )
    assert found.figures == {"opening": 103, "debit": 4, "credit": 8, "balance": 99}
    assert [row.cells[5] for row in found.rows[1:-1]] == [103, 107, 99]


def test_an_account_of_credits_stands_on_its_own_side(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100), {**earn("2026-01-10", 30), "id": "x"}, undo("2026-01-11", "x")
    )
    rows = report(book, "general-ledger", account="4101").rows
    assert [row.cells[3:] for row in rows[2:]] == [(0, 30, 30), (30, 0, 0), (30, 30, 0)]
    assert rows[3].label == "Perbaikan BKM-2601-0002: salah ketik"


def test_closing_of_earlier_months_belongs_to_the_opening(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=100), earn("2026-01-10", 30), close("2026-01"),
        earn("2026-02-10", 5),
    )  # fmt: skip
    found = report(book, "general-ledger", "2026-02", account="3201", before_closing=True)
    assert found.figures == {"opening": 30, "debit": 0, "credit": 0, "balance": 30}


def test_an_account_without_movement_and_one_that_is_unknown(sample_book: Book) -> None:
    still = report(sample_book, "general-ledger", "2026-06", account="2201")
    assert [row.code for row in still.rows] == ["2201", "opening", "closing"]
    with pytest.raises(RuleError) as refused:
        report(sample_book, "general-ledger", account="9999")
    assert refused.value.code == "unknown-account"


@pytest.mark.only_files
def test_a_month_of_an_account_never_reads_a_whole_table(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every statement finds its rows by an index, so that a long book costs no more."""
    file = opened(sample_path)
    with file.reading() as connection:
        seen = _statements(connection, monkeypatch)
        account_book(connection, "1101", date(2026, 6, 11), date(2026, 6, 20))
        plans = [
            str(row[3])
            for sql, values in list(seen)
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values))
        ]
    file.close()
    assert any("posting_account" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN")], plans


def _statements(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []
    handed_over = reads.run

    def run(connection: Connection, sql: str, values: Any, *more: int) -> Any:
        seen.append((sql, values))
        return handed_over(connection, sql, values, *more)

    monkeypatch.setattr(reads, "run", run)

    @event.listens_for(connection, "before_cursor_execute")
    def _see(_c: object, _cursor: object, sql: str, values: Any, *_more: object) -> None:
        if not sql.startswith("EXPLAIN"):
            seen.append((sql, values))

    return seen


# -- the account across ----------------------------------------------------------------------

AMOUNTS = st.lists(st.integers(-9, 9).filter(bool), min_size=1, max_size=7)


@given(AMOUNTS, st.data())
def test_what_stands_across_is_on_the_other_side(amounts: list[int], data: st.DataObject) -> None:
    if sum(amounts):
        amounts = [*amounts, -sum(amounts)]
    codes = data.draw(
        st.lists(st.sampled_from("ABCD"), min_size=len(amounts), max_size=len(amounts))
    )
    postings = [Posting(code, amount) for code, amount in zip(codes, amounts, strict=True)]
    for code, across in set(zip(codes, contras(postings), strict=True)):
        others = {
            one.account
            for one in postings
            for other in postings
            if other.account == code and one.amount * other.amount < 0 and one.account != code
        }
        assert not across or across.removesuffix("+") in others
        assert across or not others or _parts(amounts) > 1


def _parts(amounts: list[int]) -> int:
    return sum(total == 0 for total in accumulate(amounts))


def test_the_release_of_a_fund_is_a_thing_of_its_own() -> None:
    payment = [
        Posting("6104", 7), Posting("6105", 3), Posting("1101", -10),
        Posting("3204", 10), Posting("3301", -10),
    ]  # fmt: skip
    assert contras(payment) == ["1101", "1101", "6104+", "3301", "3204"]


def test_an_account_across_says_that_there_are_more() -> None:
    several = across_ref("1101+")
    assert isinstance(several, Ref)
    assert (several, several.code, several.kind) == ("1101+", "1101", RefKind.ACCOUNT)
    assert across_ref("1101") == "1101"
    assert across_ref("") == ""
