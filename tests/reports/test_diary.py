"""The diary: every document once, newest first, and found by whatever is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.formats import Formats
from kwt_books.queries.diary import Place, Wanted, attached_to, page_of
from kwt_books.queries.overview import setup_data
from kwt_books.reports.diary import DiaryLine, Effect, Sought, diary_page, diary_sums
from tests.books import asked, opened
from tests.domain.examples import NEXT
from tests.reports.figures import earn

LANGUAGES = ("id", "en")
ALWAYS = Wanted(date.min, date.max)


def lines_of(book: Book, sought: Sought, language: str = "id") -> list[DiaryLine]:
    """All pages together."""
    found: list[DiaryLine] = []
    after: Place | None = None
    while True:
        page = book.read_in(language, diary_page, sought, after)
        found.extend(page.lines)
        after = page.after
        if after is None:
            return found


def numbers(lines: list[DiaryLine]) -> set[str]:
    return {line.number for line in lines}


@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_hold_every_document_once_newest_first(sample_path: Path, size: int) -> None:
    expected = asked(
        sample_path,
        "SELECT number FROM document WHERE number IS NOT NULL ORDER BY date DESC, sequence DESC",
    )
    found: list[tuple[str]] = []
    after = None
    with closing(opened(sample_path)) as book, book.reading() as connection:
        while True:
            lines, after = page_of(connection, ALWAYS, ("1101",), after, size)
            assert len(lines) <= size
            found += [(line.number,) for line in lines]
            if after is None:
                break
    assert found == expected


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_line_finds_it(sample_book: Book, language: str) -> None:
    lines = lines_of(sample_book, Sought(), language)
    for word in {word for line in lines for word in words_of(line.text)}:
        having = {line.number for line in lines if word in words_of(line.text)}
        for typed in (word, word.upper(), word[:-1]):
            assert having <= numbers(lines_of(sample_book, Sought(typed), language)), typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_is_found_however_it_is_written(sample_book: Book, language: str) -> None:
    formats = Formats(language)
    for line in lines_of(sample_book, Sought(), language):
        if line.effect is not Effect.CASH:
            continue
        amount = abs(line.amount)
        for typed in (str(amount), formats.number(amount), formats.rupiah(amount)):
            assert line.number in numbers(lines_of(sample_book, Sought(typed), language)), typed


def test_a_number_finds_its_document_and_what_undid_it(sample_book: Book) -> None:
    for line in lines_of(sample_book, Sought()):
        found = lines_of(sample_book, Sought(line.number.lower()))
        others = {line.corrected_by} - {None}
        assert numbers(found) == {line.number} | others


def test_the_beginning_of_a_number_finds_all_of_its_series(sample_book: Book) -> None:
    every = lines_of(sample_book, Sought())
    series = {line.number for line in every if line.number.startswith("BKK-2606")}
    undoing = {line.corrected_by for line in every if line.number in series} - {None}
    assert numbers(lines_of(sample_book, Sought("bkk-2606"))) == series | undoing


def test_people_and_goods_are_found_by_their_names(sample_book: Book, sample_path: Path) -> None:
    payloads = dict(
        asked(sample_path, "SELECT number, payload FROM document WHERE number IS NOT NULL")
    )
    setup = sample_book.read(setup_data)
    things = {code: each.name for code, each in setup.parties.items()}
    things |= {code: each.name for code, each in setup.items.items()}
    for code, name in things.items():
        having = {number for number, text in payloads.items() if json.dumps(code) in text}
        assert having <= numbers(lines_of(sample_book, Sought(name))), name


def test_more_words_find_less(sample_book: Book) -> None:
    one = numbers(lines_of(sample_book, Sought("keripik")))
    other = numbers(lines_of(sample_book, Sought("siti")))
    assert numbers(lines_of(sample_book, Sought("keripik siti"))) == one & other


@pytest.mark.parametrize("word", ["qty", "lines", "paid_from", "zzzz", "%", "!", '"'])
def test_what_no_document_says_is_not_found(sample_book: Book, word: str) -> None:
    assert lines_of(sample_book, Sought(word)) == []


def test_days_and_kinds_narrow(sample_book: Book) -> None:
    every = lines_of(sample_book, Sought())
    start, end = date(2026, 6, 8), date(2026, 6, 19)
    sought = Sought(start=start, end=end, kinds=("market_day", "harvest"))
    expected = [
        line
        for line in every
        if start <= line.day <= end and line.kind in ("market_day", "harvest")
    ]
    assert lines_of(sample_book, sought) == expected


@pytest.mark.parametrize(
    "sought", [Sought(), Sought("keripik"), Sought(start=date(2026, 6, 20)), Sought("BKK-2606")]
)
def test_sums_are_those_of_the_lines(sample_book: Book, sought: Sought) -> None:
    lines = lines_of(sample_book, sought)
    cash = [line.amount for line in lines if line.effect is Effect.CASH]
    sums = sample_book.read_in("id", diary_sums, sought)
    assert sums.documents == len(lines)
    assert sums.received == sum(amount for amount in cash if amount > 0)
    assert sums.paid == -sum(amount for amount in cash if amount < 0)


def _years(count: int) -> Iterator[dict[str, object]]:
    yield {
        "kind": "opening_balance",
        "date": "2020-01-01",
        "balances": {"1101": 10**6, "3104": -(10**6)},
    }
    for number in range(count):
        yield {
            "kind": "payment", "date": f"{2020 + number}-05-01", "from": "1101",
            "lines": [{"account": "6104", "amount": 1000 + number}],
            "memo": "Langka" if number == 0 else "Biasa",
        }  # fmt: skip


def test_a_rare_word_is_sought_back_to_the_first_day(book_of: Callable[..., Book]) -> None:
    book = book_of(*_years(6))
    first = book.read_in("id", diary_page, Sought("langka"))
    assert first.lines == ()
    assert first.after is not None
    assert [line.text for line in lines_of(book, Sought("langka"))] == ["Langka"]


def test_a_year_finds_all_that_is_dated_in_it(book_of: Callable[..., Book]) -> None:
    book = book_of(*_years(3))
    for year, documents in ((2020, 2), (2021, 1), (2022, 1), (2023, 0)):
        found = lines_of(book, Sought(str(year)))
        assert [line.day.year for line in found] == [year] * documents


def test_in_days_without_documents_nothing_is_found_at_once(sample_book: Book) -> None:
    sought = Sought("keripik", start=date(2019, 1, 1), end=date(2022, 1, 1))
    page = sample_book.read_in("id", diary_page, sought)
    assert (page.lines, page.after) == ((), None)


@pytest.mark.parametrize("text", ["x" * 100_000, "a " * 50_000, "%" * 201])
def test_nobody_seeks_a_text_without_end(sample_book: Book, text: str) -> None:
    for ask in (diary_page, diary_sums):
        with pytest.raises(RuleError) as error:
            sample_book.read_in("id", ask, Sought(text))
        assert error.value.code == "sought-too-long"


def test_as_many_words_as_can_be_sought_are_sought(sample_book: Book) -> None:
    assert not lines_of(sample_book, Sought("b " * 98 + "zzz"))


def test_files_are_counted_by_the_id_or_number_that_they_were_attached_to(
    book_of: Callable[..., Book],
) -> None:
    (nota,) = NEXT["attachment"]
    book = book_of(
        {**earn("2026-05-02", 5), "id": "jual"}, earn("2026-05-03", 7),
        {**nota, "of": "jual"}, {**nota, "of": "jual", "name": "b.jpg"},
        {**nota, "of": "BKM-2605-0002"},
    )  # fmt: skip
    names = ["jual", "BKM-2605-0001", "BKM-2605-0002"]
    found = book.read(lambda reading: attached_to(reading.connection, names))
    assert found == {"jual": 2, "BKM-2605-0002": 1}
