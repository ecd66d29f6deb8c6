"""What every report is asked with: its period and how that is said, whom it looks up, where a
group is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.book import Book
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.setup import BookView
from kwt_books.reports.context import Context, Parameters, Period, address_of, bare_city, identity
from kwt_books.reports.model import Identity
from tests.books import opened
from tests.conftest import NOW

from .figures import day, earn, group, opening, report

BookOf = Callable[..., Book]


@contextmanager
def context(book: Book, **asked: Any) -> Iterator[Context]:
    with (file := opened(book.path)).reading() as connection:
        yield Context(connection, Parameters(**asked), Translator("en"), NOW, BookView(connection))
    file.close()


@pytest.fixture
def book(book_of: BookOf) -> Book:
    """Something in March and in May 2026."""
    return book_of(opening("2026-03-05", a1101=900), earn("2026-05-10", 70))


def test_what_is_printed_knows_through_which_month_the_book_is_closed(book_of: BookOf) -> None:
    lines = [opening("2026-03-05", a1101=900)]
    for closes in (None, "2026-03"):
        more = [{"kind": "month_close", "month": closes}] if closes else []
        for name in ("guest-book", "cash-book"):
            pack = book_of(*lines, *more).pack(name, Parameters(month=Month("2026-03")), "id")
            assert pack.imprint.closed_through == closes


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ({"month": Month("2026-02")}, "2026-02-01", "2026-02-28"),
        ({"month": Month("2026-04"), "end": day("2026-06-09")}, "2026-04-01", "2026-04-30"),
        ({}, "2026-05-01", "2026-05-31"),
        ({"start": day("2026-04-03")}, "2026-04-03", "2026-05-31"),
        ({"end": day("2026-04-03")}, "2026-03-01", "2026-04-03"),
        ({"until": day("2026-04-03")}, "2026-03-01", "2026-04-03"),
        ({"until": day("2026-01-03")}, "2026-01-03", "2026-01-03"),
        ({"end": day("2026-04-03"), "until": day("2026-05-01")}, "2026-03-01", "2026-04-03"),
        ({"start": day("2026-04-03"), "end": day("2026-04-03")}, "2026-04-03", "2026-04-03"),
    ],
)
def test_a_period_is_the_month_or_the_days_asked_for_else_the_last_month(
    asked: dict[str, Any], start: str, end: str, book: Book
) -> None:
    with context(book, **asked) as found:
        assert found.period == Period(day(start), day(end))
        assert found.begins == day("2026-03-01")


def test_a_period_that_ends_before_it_begins_is_refused(book: Book) -> None:
    start, end = day("2026-04-04"), day("2026-04-03")
    with pytest.raises(RuleError) as refused:
        report(book, "journal", start=start, end=end)
    assert (refused.value.code, refused.value.params) == (
        "period-backwards", {"start": start, "end": end}
    )  # fmt: skip


def test_an_empty_book_has_this_month(book_of: BookOf) -> None:
    with context(book_of(group())) as found:
        assert found.period == Period(NOW.date().replace(day=1), NOW.date().replace(day=31))


JUNE = ("2026-06-01", "2026-06-30")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (*JUNE, ("June 2026", "Month of June 2026", "For the month ended 30 June 2026")),
        ("2026-01-01", "2026-12-31",
         ("Year 2026", "Year 2026", "For the year ended 31 December 2026")),
        ("2026-01-02", "2026-12-31",
         ("02/01/2026–31/12/2026", *("From 2 January 2026 to 31 December 2026",) * 2)),
        ("2026-05-01", "2026-06-30",
         ("01/05/2026–30/06/2026", *("From 1 May 2026 to 30 June 2026",) * 2)),
        ("2026-06-01", "2026-06-29",
         ("01/06/2026–29/06/2026", *("From 1 June 2026 to 29 June 2026",) * 2)),
        ("2025-01-01", "2026-12-31",
         ("01/01/2025–31/12/2026", *("From 1 January 2025 to 31 December 2026",) * 2)),
    ],
)  # fmt: skip
def test_months_and_years_are_called_by_their_names_and_other_days_are_not(
    start: str, end: str, said: tuple[str, str, str], book: Book
) -> None:
    with context(book, start=day(start), end=day(end)) as found:
        period = found.period
        assert (found.column_of(period), found.in_month, found.spanning) == said
        assert found.per == f"As at {found.formats.day(day(end))}"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_the_period_before_is_as_long_and_ends_the_day_before(first: date, more: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + more))
    before = period.before()
    assert before.end.toordinal() + 1 == period.start.toordinal()
    if not period.whole_months:
        assert before.end - before.start == period.end - period.start


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-02-01", "2026-02-28", ("2026-01-01", "2026-01-31")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
    ],
)
def test_before_whole_months_come_as_many_whole_months(
    start: str, end: str, before: tuple[str, str]
) -> None:
    period = Period(day(start), day(end))
    assert period.before() == Period(*map(day, before))
    assert period.is_month == (start[:7] == end[:7])
    assert period.is_year == (start.endswith("01-01") and end.endswith("12-31"))


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ({"month": Month("2026-04")}, "2026-04-01"),
        ({"start": day("2026-03-09"), "end": day("2026-04-20")}, "2026-03-09"),
        ({"end": day("2026-04-20")}, "2026-04-01"),
        ({"end": day("2026-04-20"), "since": day("2026-03-03")}, "2026-03-03"),
    ],
)
def test_balances_are_compared_over_the_days_asked_for_else_the_last_month(
    asked: dict[str, Any], since: str, book: Book
) -> None:
    with context(book, **asked) as found:
        assert found.span == Period(day(since), found.period.end)


@pytest.mark.parametrize(
    ("month", "begins"),
    [("2026-03", None), ("2026-04", "2026-03-01"), ("2026-12", "2026-03-01"),
     ("2027-01", None), ("2027-02", "2027-01-01")],
)  # fmt: skip
def test_the_year_so_far_begins_with_the_book_and_stands_where_it_says_more(
    month: str, begins: str | None, book: Book
) -> None:
    with context(book, month=Month(month)) as found:
        wanted = Period(day(begins), found.period.end) if begins is not None else None
        assert found.year_so_far == wanted
    with context(book, start=day("2026-04-01"), end=day("2026-05-31")) as several:
        assert several.year_so_far is None


@pytest.mark.parametrize(
    ("month", "label", "said"),
    [
        ("2026-03", None, ["Figures of February 2026 are not available: this book begins on"
                           " 1 March 2026."]),
        ("2026-05", "Up to May 2026", ["Up to May 2026: since 1 March 2026, when this book"
                                       " begins."]),
        ("2027-02", "Up to February 2027", []),
    ],
)  # fmt: skip
def test_a_statement_says_which_figures_it_lacks(
    month: str, label: str | None, said: list[str], book: Book
) -> None:
    found = book.report("profit-loss", Parameters(month=Month(month)), "en")
    assert [column.label for column in found.columns[3:]] == ([label] if label else [])
    assert list(found.closing[1:]) == said


def test_what_was_given_is_told_as_text() -> None:
    asked = Parameters(month=Month("2026-06"), until=date(2026, 6, 9), account="1101", blank=True,
                       item="")  # fmt: skip
    assert asked.given() == {
        "month": "2026-06", "until": "2026-06-09", "account": "1101", "blank": "True"
    }  # fmt: skip
    assert Parameters(thresholds=Thresholds()).given() == {}


def test_what_is_not_set_up_is_refused_by_its_name(sample_book: Book) -> None:
    for name, asked, code, params in (
        ("general-ledger", {"account": "9999"}, "unknown-account", {"account": "9999"}),
        ("cash-book", {"account": "9999"}, "unknown-account", {"account": "9999"}),
        ("cash-book", {"account": "4101"}, "not-cash", {"account": "4101"}),
        ("stock-card", {"item": "emas"}, "unknown-item", {"item": "emas"}),
        ("consignment", {"shop": "emas"}, "unknown-party", {"party": "emas"}),
        ("consignment", {"shop": "anggota-01"}, "wrong-role",
         {"party": "anggota-01", "needed": "shop"}),
    ):  # fmt: skip
        with pytest.raises(RuleError) as refused:
            report(sample_book, name, "2026-06", **asked)
        assert (refused.value.code, refused.value.params) == (code, params)


@pytest.mark.parametrize(
    ("kind", "village", "said"),
    [
        (None, "Kaliawi", "Kelurahan Kaliawi"), ("kelurahan", "Kaliawi", "Kelurahan Kaliawi"),
        ("desa", "Kaliawi", "Desa Kaliawi"), ("desa", " Pekon Kaliawi ", "Pekon Kaliawi"),
        (None, "", None),
    ],
)  # fmt: skip
def test_an_address_has_the_words_that_belong_before_its_names(
    kind: str | None, village: str, said: str | None
) -> None:
    place = Identity(village=village, village_kind=kind, district="Natar", city="Kab. Pesawaran")
    rest = ("Kecamatan Natar", "Kab. Pesawaran")
    assert address_of(place, Translator("id")) == ((said, *rest) if said else rest)
    town = replace(place, city="Metro", district=" ")
    assert address_of(town, Translator("id"))[-1] == "Kota Metro"
    assert len(address_of(town, Translator("id"))) == 1 + bool(said)


@pytest.mark.parametrize(
    ("city", "bare"),
    [("Kota Metro", "Metro"), ("kabupaten Pesawaran", "Pesawaran"), ("Kab. Pesawaran", "Pesawaran"),
     (" Metro ", "Metro"), ("Kotabumi", "Kotabumi"), ("", "")],
)  # fmt: skip
def test_before_a_date_a_town_stands_by_its_own_name(city: str, bare: str) -> None:
    assert bare_city(Identity(city=city)) == bare


def test_a_letterhead_has_what_the_group_said_of_itself(book_of: BookOf) -> None:
    lone = {key: value for key, value in group().items() if key != "umbrella"}
    officer = {"name": "Wahyu", "nip": "197904122006041009"}
    with context(book_of(group())) as found:
        made = identity(found.setup)
    assert made == Identity(
        "KWT Melati", "Desa Sukamaju", None, "Natar", "Kabupaten Lampung Selatan", "Aminah", "Dewi",
        "LKM Maju", "Bu Rini", language="id", paper="A4",
    )  # fmt: skip
    with context(book_of({**lone, "extension_officer": officer, "village_kind": "desa"})) as found:
        assert identity(found.setup) == replace(
            made, umbrella="", coordinator="", officer="Wahyu", officer_nip=officer["nip"],
            village_kind="desa",
        )  # fmt: skip
    with context(book_of(opening(a1101=1))) as found:
        assert identity(found.setup) == Identity()
