"""One document told: nothing left out, nothing made up, and its seal looked at."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.accounts import TEMPORARY
from kwt_books.domain.documents.correction import Attachment
from kwt_books.domain.documents.garden import Harvest
from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.errors import RuleError
from kwt_books.domain.kinds import is_correctable
from kwt_books.domain.values import first_day, shift
from kwt_books.queries.entry import attachment_of, entry_of
from kwt_books.queries.overview import setup_data
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.story import Story, Weight, story
from kwt_books.store.driver import sqlite3
from tests.books import copied


@pytest.fixture(params=["id", "en"])
def stories(sample_book: Book, request: pytest.FixtureRequest) -> list[Story]:
    lines = sample_book.read_in(request.param, diary_page, Sought()).lines
    return [sample_book.read_in(request.param, story, line.number) for line in lines]


def test_every_document_has_something_to_tell(stories: list[Story]) -> None:
    for shown in stories:
        text = "".join(each.text for each in shown.told)
        assert text.endswith(".")
        assert "{" not in text, text
        assert "\0" not in text
        assert shown.sound


def test_a_document_knows_the_lots_that_it_moved(sample_book: Book) -> None:
    def lots_of(number: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        found = sample_book.read(lambda reading: entry_of(reading.connection, number))
        assert found is not None
        assert all(each.name == name for (_, name), each in found.lots.items())
        return set(found.lots), {(move.item, move.lot) for move in found.moves if move.lot}

    for line in sample_book.read_in("id", diary_page, Sought()).lines:
        known, moved = lots_of(line.number)
        assert known == moved, line.number


def test_cash_is_told_as_it_moved(stories: list[Story], sample_book: Book) -> None:
    cash = {account.code for account in sample_book.read(setup_data).cash_accounts}
    for shown in stories:
        moved = sum(line.amount for line in shown.postings if line.code in cash)
        told = sum(each.amount for each in shown.money if each.weight is Weight.SUM)
        assert told == (0 if shown.kind == "month_close" else moved), shown.number


def test_a_result_is_what_was_earned_less_what_it_cost(
    stories: list[Story], sample_book: Book
) -> None:
    accounts, seen = sample_book.read(setup_data).accounts, 0
    for shown in stories:
        if shown.kind == "month_close":
            continue
        for result in (each for each in shown.money if each.weight is Weight.RESULT):
            seen += 1
            earned = [line for line in shown.postings if accounts[line.code].type in TEMPORARY]
            assert result.amount == -sum(line.amount for line in earned)
    assert seen


def test_goods_are_told_with_their_lots(stories: list[Story]) -> None:
    for shown in stories:
        told = {(line.lot, line.quantity) for moved in shown.goods for line in moved.lines}
        for move in shown.moves:
            if move.lot and move.quantity:
                assert any(lot == move.lot for lot, _ in told), shown.number


def test_goods_are_told_as_they_moved(stories: list[Story]) -> None:
    """Of each item as much as its moves make, in and out apart."""
    told, moved = Counter[tuple[str | None, str, int]](), Counter[tuple[str | None, str, int]]()
    for shown in stories:
        for each in shown.goods:
            for line in each.lines:
                told[shown.number, line.lot, line.quantity] += 1
        sums = Counter[tuple[str, str, str, bool]]()
        for move in shown.moves:
            if move.quantity and move.lot:
                key = (move.place, move.item, move.lot, move.quantity > 0)
                sums[key] += abs(move.quantity)
        for (_, _, lot, _), quantity in sums.items():
            moved[shown.number, lot, quantity] += 1
    assert moved
    assert told >= moved


def test_several_moves_of_a_lot_are_one_line(own_book: Book) -> None:
    """Two lines of one sale that took from the same lot."""
    own_book.record(Harvest(date=date(2026, 7, 1), bed="kebun", item="sayur", qty=5_000))
    lines = tuple(SaleLine(item="sayur", qty=quantity, price=9_000) for quantity in (1_000, 2_000))
    made = own_book.record(Sale(date=date(2026, 7, 1), lines=lines, received={"1101": 27_000}))
    assert made.number is not None
    (moved,) = own_book.read_in("id", story, made.number).goods
    assert sum(line.quantity for line in moved.lines) == 3_000
    assert len({line.lot for line in moved.lines}) == len(moved.lines)


def test_a_correction_and_its_document_know_each_other(stories: list[Story]) -> None:
    by_number = {story.number: story for story in stories}
    corrections = [story for story in stories if story.corrects]
    assert corrections
    for correction in corrections:
        assert correction.corrects is not None
        original = by_number[correction.corrects]
        assert original.corrected_by == correction.number
        assert not original.correctable
        assert not correction.correctable


def test_only_what_can_be_corrected_offers_it(stories: list[Story]) -> None:
    for shown in stories:  # June is closed
        possible = is_correctable(shown.kind) and shown.kind != "opening_balance"
        assert shown.correctable == (possible and shown.corrected_by is None)


def test_a_correction_of_a_closed_month_is_dated_after_it(stories: list[Story]) -> None:
    for shown in stories:
        assert shown.open_from == max(shown.day, first_day(shift("2026-06", 1)))


def test_unknown_numbers_are_refused(sample_book: Book) -> None:
    with pytest.raises(RuleError) as refused:
        sample_book.read_in("id", story, "BKM-9901-0001")
    assert refused.value.code == "unknown-document"


@pytest.fixture
def own_book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "own.kwt"
    copied(books, sample_path, path)
    book = books.open(path)
    yield book
    book.close()


def test_attachments_hang_on_their_document(own_book: Book) -> None:
    data, number = b"%PDF-1.7 nota", "BKK-2606-0001"
    digest = sha256(data).hexdigest()
    paper = Attachment(of=number, name="nota.pdf", type="application/pdf", sha256=digest, data=data)
    own_book.record(paper)
    (attached,) = own_book.read_in("id", story, number).attached
    assert (attached.name, attached.size) == ("nota.pdf", len(data))
    assert own_book.read(attachment_of, attached.sequence) == ("nota.pdf", "application/pdf", data)
    line = next(
        each
        for each in own_book.read_in("id", diary_page, Sought(number)).lines
        if each.number == number
    )
    assert line.attachments == 1


@pytest.mark.only_files
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET payload = replace(payload, 'rapat', 'pesta') WHERE number = :number",
        "UPDATE document SET recorded_by = 'Orang lain' WHERE number = :number",
        "UPDATE posting SET amount = amount * 2 WHERE document ="
        " (SELECT sequence FROM document WHERE number = :number)",
    ],
)
def test_a_changed_document_has_a_broken_seal(
    books: Books, sample_path: Path, tmp_path: Path, change: str
) -> None:
    path, number = tmp_path / "forged.kwt", "BKK-2606-0010"
    shutil.copyfile(sample_path, path)
    with closing(sqlite3.connect(path)) as raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(change, {"number": number})
        raw.commit()
    with closing(books.open(path, read_only=True)) as book:
        assert not book.read_in("id", story, number).sound
