"""The sharing of a month's profit."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book

from .figures import by_code, cell, close, codes, earn, group, opening, report, row, spend

BookOf = Callable[..., Book]
LATER = {"3202": 50, "3203": 50}


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "allocation", "2026-06")
    assert by_code(found, "amount") == {
        "profit": 1_200_000, "3202": 360_000, "3203": 360_000, "3204": 300_000, "3201": 180_000,
    }  # fmt: skip
    assert by_code(found, "percent") == {"3202": 300, "3203": 300, "3204": 250, "3201": 150}
    assert (cell(found, "allocated", "percent"), cell(found, "allocated", "amount")) == (
        1000, 1_200_000,
    )  # fmt: skip
    decision = row(found, "decision").label
    assert "BA-01/KWT/I/2026" in decision
    assert "BA-06/KWT/VI/2026" in decision
    assert row(found, "profit").label == "Laba setelah pajak bulan Juni 2026"


def test_the_shares_are_those_in_force_at_the_close(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900), earn("2026-01-10", 100), close("2026-01"),
        group(LATER, decision="BA-02"), earn("2026-02-10", 100), close("2026-02"),
    )  # fmt: skip
    first, second = (report(book, "allocation", month) for month in ("2026-01", "2026-02"))
    assert by_code(first, "percent") == {"3201": 600, "3204": 400}
    assert by_code(second, "percent") == {"3202": 500, "3203": 500}
    assert "BA-01" in row(first, "decision").label
    assert "BA-02" in row(second, "decision").label


def test_a_close_can_have_shares_of_its_own(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900), earn("2026-01-10", 100),
        close("2026-01", shares=LATER, decision="BA-9"),
    )  # fmt: skip
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": 100, "3202": 50, "3203": 50}
    assert row(found, "decision").label == (
        "Dasar: BA-9, dengan bagian yang berlaku untuk penutupan ini saja."
    )


def test_only_the_close_that_holds_counts(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900), earn("2026-01-10", 100), close("2026-01", decision="BA-X"),
        {"kind": "month_reopen", "month": "2026-01", "reason": "nota susulan"},
        earn("2026-01-20", 7), close("2026-01", shares=LATER),
    )  # fmt: skip
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": 107, "3202": 54, "3203": 53}
    assert "BA-X" not in row(found, "decision").label


def test_one_close_of_several_months_shares_their_profit_together(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=900), earn("2026-01-10", 100), close("2026-01"),
        earn("2026-02-10", 40), earn("2026-03-10", 2), close("2026-03"),
    )  # fmt: skip
    for month in ("2026-02", "2026-03"):
        found = report(book, "allocation", month)
        assert by_code(found, "amount") == {"profit": 42, "3201": 42}
        assert row(found, "profit").label == (
            "Laba setelah pajak, Februari 2026 sampai dengan Maret 2026"
        )


def test_earlier_losses_are_covered_first(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=900, a3301=30), earn("2026-01-10", 100),
        close("2026-01"),
    )  # fmt: skip
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": 100, "covered": -30, "3201": 70}
    assert cell(found, "allocated", "amount") == 70


def test_earlier_losses_can_take_all_of_the_profit(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=900, a3301=130), earn("2026-01-10", 100),
        close("2026-01"),
    )  # fmt: skip
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": 100, "covered": -100}


def test_what_funds_paid_can_be_shared_as_well(book_of: BookOf) -> None:
    """Of a hundred that were earned a fund spent thirty: a hundred is shared, of a profit of 70."""
    whose = group({"3201": 100})
    basis = {**whose["allocation"], "basis": "before_fund_spending"}
    book = book_of(
        {**whose, "allocation": basis}, opening(a1101=900, a3201=-50), earn("2026-01-10", 100),
        spend("2026-01-11", 30, fund="3201"), close("2026-01"),
    )  # fmt: skip
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": 70, "spent": 30, "3201": 100}


def test_a_loss_is_not_shared(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=900), spend("2026-01-10", 100), close("2026-01"))
    found = report(book, "allocation", "2026-01")
    assert by_code(found, "amount") == {"profit": -100}
    assert cell(found, "allocated", "amount") == 0
    assert found.closing[0] == "Tidak ada laba yang dapat dibagi."


def test_an_open_month_foresees_what_its_close_then_does(book_of: BookOf) -> None:
    lines = [
        group({"3201": 33, "3202": 33, "3203": 34}), opening(a1101=900, a3301=11),
        earn("2026-01-10", 100), earn("2026-02-10", 50),
    ]  # fmt: skip
    preview = report(book_of(*lines), "allocation", "2026-02")
    done = report(book_of(*lines, close("2026-02")), "allocation", "2026-02")
    assert by_code(preview, "amount") == by_code(done, "amount")
    assert row(preview, "profit") == row(done, "profit")
    assert preview.provisional
    assert preview.closing[0].startswith("Bulan belum ditutup")


def test_without_a_group_nothing_is_shared(book_of: BookOf) -> None:
    found = report(book_of(opening(a1101=900), earn("2026-01-10", 5)), "allocation", "2026-01")
    assert codes(found) == ["profit", "allocated"]
    assert cell(found, "allocated", "amount") == 0
