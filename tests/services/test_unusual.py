"""What is allowed and seldom meant is told with its figures, and what is usual isn't."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import Issue
from kwt_books.domain.values import furthest_day, quantity_text
from kwt_books.queries.money import open_debts
from kwt_books.queries.overview import setup_data
from tests.books import column, copied

DAY = "2026-07-01"


@pytest.fixture
def book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "juni.kwt"
    copied(books, sample_path, path)
    found = books.open(path)
    yield found
    found.close()


def told(book: Book, line: dict[str, Any]) -> list[Issue]:
    issues: list[Issue] = []
    command = parse_command({"date": DAY, **line}, issues)
    assert command is not None, issues
    assert book.check(command) == ()
    return list(book.unusual(command))  # type: ignore[arg-type]


def purchase(qty: int, amount: int, day: str = DAY) -> dict[str, Any]:
    lines = [{"item": "minyak", "qty": qty, "amount": amount}]
    return {"kind": "purchase", "date": day, "paid_from": "1103", "lines": lines}


def owe(book: Book, amount: int, party: str = "toko-tani") -> None:
    issues: list[Issue] = []
    lines = [{"item": "minyak", "qty": 4, "amount": amount}]
    line = {"kind": "purchase", "date": DAY, "party": party, "lines": lines}
    command = parse_command(line, issues)
    assert command is not None, issues
    book.record(command)


def pay(amount: int) -> dict[str, Any]:
    lines = [{"account": "2101", "amount": amount}]
    return {"kind": "payment", "from": "1103", "party": "toko-tani", "lines": lines}


def test_more_than_is_owed_is_told_with_both_figures(book: Book) -> None:
    owe(book, 304_000)
    assert told(book, pay(304_000)) == []
    found = [each for each in told(book, pay(2_000_000)) if each.code == "more-than-we-owe"]
    figures = {"party": "toko-tani", "unpaid": 304_000, "total": 2_000_000}
    assert found == [Issue("lines.0.amount", "more-than-we-owe", figures)]


def test_a_cash_account_below_zero_is_told_before(book: Book) -> None:
    found = told(book, {"kind": "transfer", "from": "1102", "to": "1101", "amount": 900_000_000})
    short = next(each for each in found if each.code == "cash-would-be-short")
    assert short.field == "from" or short.field == "amount"
    assert short.params["account"] == "1102"
    balance = short.params["balance"]
    assert isinstance(balance, int)
    assert balance < 0


@pytest.mark.parametrize(("times", "asked"), [(1, False), (9, False), (10, True), (1000, True)])
def test_ten_times_the_usual_goods(book: Book, times: int, asked: bool) -> None:
    codes = [each.code for each in told(book, purchase(4 * times, 1000))]
    assert ("much-more-goods" in codes) == asked


def test_a_day_to_come_is_told(book: Book) -> None:
    (found,) = told(book, purchase(1, 21_000, "2026-07-02"))
    assert found == Issue("date", "day-to-come", {"date": date(2026, 7, 2)})


def test_the_furthest_day_is_the_end_of_next_month() -> None:
    assert furthest_day(date(2026, 1, 31)) == date(2026, 2, 28)
    assert furthest_day(date(2026, 12, 1)) == date(2027, 1, 31)


def test_the_sample_month_is_mostly_usual(book: Book, sample_stream: Path) -> None:
    """Who records a usual month is left in peace."""
    from tests.ui.sample_parts import lines_of

    kinds = {"market_day", "sale", "harvest", "production", "settlement", "consignment"}
    lines = [line for line in lines_of(sample_stream) if line["kind"] in kinds]
    asked = []
    for line in lines:
        issues: list[Issue] = []
        kept = {key: value for key, value in line.items() if key not in ("id", "recorded")}
        command = parse_command({**kept, "date": DAY}, issues)
        if command is not None:
            found = book.unusual(command)  # type: ignore[arg-type]
            asked += [each.code for each in found if each.code.startswith("much")]
    assert asked == []


def test_what_is_supposed_is_not_recorded(book: Book) -> None:
    owe(book, 304_000)
    before = book.standing()
    issues: list[Issue] = []
    payment = parse_command({"date": DAY, **pay(304_000)}, issues)
    assert payment is not None
    with book.supposing((payment,)):
        assert [each.owed for each in book.read(open_debts) if each.party == "toko-tani"] == []
        again = book.unusual(payment)  # type: ignore[arg-type]
    assert [each.code for each in again][:1] == ["more-than-we-owe"]
    assert book.standing() == before
    assert [each.owed for each in book.read(open_debts) if each.party == "toko-tani"] == [304_000]


@pytest.mark.parametrize(("amount", "asked"), [(4000, False), (39_000, False), (40_000, True)])
def test_ten_times_the_usual_price_a_unit(book: Book, amount: int, asked: bool) -> None:
    """Goods bought cost a unit what they did, whatever the quantity."""
    owe(book, 4000)
    issues = [each for each in told(book, purchase(4, amount)) if each.code == "price-far-off"]
    assert bool(issues) == asked
    if asked:
        assert issues[0].field == "lines.0.amount"


@pytest.mark.parametrize("times", [(10, 1), (1, 10)])
def test_a_price_beside_that_of_the_set_up(book: Book, times: tuple[int, int]) -> None:
    """One nought too many, or one too few, in a price of a sale."""
    item = book.read(setup_data).items["keripik-pare"]
    assert item.price is not None
    price = item.price * times[0] // times[1]
    lines = [{"item": item.code, "qty": 1, "price": price}]
    sale = {"kind": "sale", "received": {"1101": price}, "lines": lines}
    found = [each for each in told(book, sale) if each.code == "price-far-off"]
    assert [each.field for each in found] == ["lines.0.price"]
    assert found[0].params == {"item": item.code, "price": price, "due": item.price}


def test_what_is_usual_of_a_party_is_held_against_that_party(book: Book) -> None:
    """Whoever is always owed much is not asked about; whoever never is, is."""
    for party, amount in (("toko-tani", 900_000), ("pasar", 9_000)):
        for _ in range(3):
            owe(book, amount, party)
    asked = {}
    for party in ("toko-tani", "pasar"):
        line = {key: value for key, value in purchase(4, 900_000).items() if key != "paid_from"}
        found = told(book, {**line, "party": party})
        asked[party] = [
            each.params["account"] for each in found if each.code == "much-more-money-of"
        ]
    assert "2101" not in asked["toko-tani"]
    assert "2101" in asked["pasar"]


def spend(amount: int, account: str = "6107") -> dict[str, Any]:
    return {"kind": "payment", "from": "1101", "lines": [{"account": account, "amount": amount}]}


def record(book: Book, *lines: dict[str, Any]) -> None:
    for line in lines:
        issues: list[Issue] = []
        command = parse_command({"date": DAY, **line}, issues)
        assert command is not None, issues
        book.record(command)


def much(book: Book, line: dict[str, Any]) -> list[Issue]:
    return [each for each in told(book, line) if each.code.startswith("much-more-money")]


def test_ten_times_the_usual_money_is_asked_from_the_third_entry_on(book: Book) -> None:
    record(book, spend(1_000), spend(1_000))
    assert much(book, spend(10_000)) == []
    record(book, spend(1_000))
    assert much(book, spend(9_999)) == []
    assert much(book, spend(10_000)) == [
        Issue("lines.0.amount", "much-more-money",
              {"account": "6107", "total": 10_000, "due": 1_000})
    ]  # fmt: skip
    came = {"kind": "receipt", "into": "1101", "lines": [{"account": "6107", "amount": 10_000}]}
    assert much(book, came) == [], "what came in on it was never recorded"


def test_the_newest_twenty_tell_what_is_usual(book: Book) -> None:
    """The lower of the two in the middle: ten of each."""
    for amount in [9_000] + [1_000] * 10 + [9_000] * 10:
        record(book, spend(amount))
    assert [each.params["due"] for each in much(book, spend(10_000))] == [1_000]


def test_much_owed_to_somebody_is_held_against_what_is_owed_to_them(book: Book) -> None:
    for _ in range(3):
        owe(book, 9_000, "pasar")
    line = {"kind": "purchase", "party": "pasar"}
    for amount, asked in ((89_999, False), (90_000, True)):
        lines = [{"item": "minyak", "qty": 4, "amount": amount}]
        found = [x for x in much(book, {**line, "lines": lines}) if x.params["account"] == "2101"]
        params = {"account": "2101", "total": 90_000, "due": 9_000, "party": "pasar"}
        assert found == ([Issue("party", "much-more-money-of", params)] if asked else [])


def test_more_than_others_owe_and_more_than_stands(book: Book) -> None:
    sold = {"kind": "sale", "party": "rt", "lines": [{"item": "keripik-pare", "qty": 1,
                                                      "price": 10_000}]}  # fmt: skip
    book.record(Party(code="rt", name="Pak RT", role="customer"))
    record(book, sold)
    lines = [{"account": "1111", "amount": 10_001}]
    paid = {"kind": "receipt", "into": "1101", "party": "rt", "lines": lines}
    (found,) = (each for each in told(book, paid) if each.code.startswith("more-than"))
    figures = {"party": "rt", "unpaid": 10_000, "total": 10_001}
    assert found == Issue("lines.0.amount", "more-than-is-owed", figures)
    lines[0]["amount"] = 10_000
    assert not [each for each in told(book, paid) if each.code.startswith("more-than")]
    unnamed = {"kind": "payment", "from": "1101", "lines": [{"account": "2201", "amount": 5}]}
    taxed = {"kind": "receipt", "into": "1101", "lines": [{"account": "2201", "amount": 4}]}
    record(book, taxed)
    (found,) = (each for each in told(book, unnamed) if each.code.startswith("more-than"))
    figures = {"account": "2201", "unpaid": 4, "total": 5}
    assert found == Issue("lines.0.amount", "more-than-stands", figures)


def test_cash_that_falls_to_nil_is_enough_and_a_rupiah_less_is_short(book: Book) -> None:
    [stands] = book.read(column, "select sum(amount) from posting where account = '1101'")
    for amount, asked in ((stands, False), (stands + 1, True)):
        line = {"kind": "transfer", "from": "1101", "to": "1103", "amount": amount}
        short = Issue("amount", "cash-would-be-short", {"account": "1101", "balance": -1})
        assert told(book, line) == ([short] if asked else [])


@pytest.mark.parametrize(
    ("tenths", "asked"),
    [(10, False), (9, False), (2, False), (1, True), (0, True), (99, False), (100, True)],
)
def test_money_counted_far_from_what_the_book_has(book: Book, tenths: int, asked: bool) -> None:
    """The difference of a count becomes income or a loss."""
    [stands] = book.read(column, "select sum(amount) from posting where account = '1101'")
    wrong = stands * tenths // 10
    found = [
        each
        for each in told(book, {"kind": "cash_count", "account": "1101", "counted": wrong})
        if each.code == "money-counted-far-off"
    ]
    figures = {"account": "1101", "counted": wrong, "balance": stands}
    assert found == ([Issue("counted", "money-counted-far-off", figures)] if asked else [])


@pytest.mark.parametrize(("times", "asked"), [(0, False), (1, False), (9, False), (10, True)])
def test_ten_times_the_goods_that_the_book_has(book: Book, times: int, asked: bool) -> None:
    owe(book, 84_000)
    [stands] = book.read(column, "select sum(quantity) from move where item = 'minyak'")
    lines = [{"item": "minyak", "counted": quantity_text(stands * times)}]
    found = [
        each
        for each in told(book, {"kind": "stock_count", "place": "store", "lines": lines})
        if each.code == "goods-counted-far-off"
    ]
    figures = {"item": "minyak", "wanted": stands * times, "available": stands}
    assert found == ([Issue("lines.0.counted", "goods-counted-far-off", figures)] if asked else [])


def test_a_shop_that_returns_everything_is_not_asked_about_noughts(book: Book) -> None:
    """It sends back what it would have sold; what that cost is no amount that anybody typed."""

    def left(qty: int) -> dict[str, Any]:
        lines = [{"item": "bibit-cabai", "qty": qty}]
        return {"kind": "consignment", "date": DAY, "shop": "siti", "lines": lines}

    def settled(sold: int, returned: int) -> dict[str, Any]:
        counts = {"sold": sold, "returned": returned, "spoiled": 0}
        lines = [{"item": "bibit-cabai", "price": 2_500, **counts}]
        return {"kind": "consignment_settlement", "date": DAY, "shop": "siti", "lines": lines,
                "received": {"1101": sold * 2_500} if sold else {}}  # fmt: skip

    for _ in range(3):
        for line in (left(9), settled(8, 1)):
            issues: list[Issue] = []
            command = parse_command(line, issues)
            assert command is not None, issues
            book.record(command)
    issues = []
    command = parse_command(left(12), issues)
    assert command is not None, issues
    book.record(command)
    assert told(book, settled(0, 12)) == []
