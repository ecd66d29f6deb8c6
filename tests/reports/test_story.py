"""One document told: nothing left out, nothing made up, and its seal looked at."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.accounts import TEMPORARY
from kwt_books.domain.documents.correction import NEVER_CORRECTED, Attachment
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import first_day, shift
from kwt_books.reports.diary import Sought
from kwt_books.reports.story import Story, Weight


@pytest.fixture(params=["id", "en"])
def stories(sample_book: Book, request: pytest.FixtureRequest) -> list[Story]:
    lines = sample_book.diary(Sought(), request.param).lines
    return [sample_book.story(line.number, request.param) for line in lines]


def test_every_document_has_something_to_tell(stories: list[Story]) -> None:
    for story in stories:
        text = "".join(each.text for each in story.told)
        assert text.endswith(".")
        assert "{" not in text, text
        assert "\0" not in text
        assert story.sound


def test_cash_is_told_as_it_moved(stories: list[Story], sample_book: Book) -> None:
    cash = {account.code for account in sample_book.setup().cash_accounts}
    for story in stories:
        moved = sum(line.amount for line in story.postings if line.code in cash)
        told = sum(each.amount for each in story.money if each.weight is Weight.SUM)
        assert told == (0 if story.kind == "month_close" else moved), story.number


def test_a_result_is_what_was_earned_less_what_it_cost(
    stories: list[Story], sample_book: Book
) -> None:
    accounts, seen = sample_book.setup().accounts, 0
    for story in stories:
        if story.kind == "month_close":
            continue
        for result in (each for each in story.money if each.weight is Weight.RESULT):
            seen += 1
            earned = [line for line in story.postings if accounts[line.code].type in TEMPORARY]
            assert result.amount == -sum(line.amount for line in earned)
    assert seen


def test_goods_are_told_with_their_lots(stories: list[Story]) -> None:
    for story in stories:
        told = {(line.lot, line.quantity) for moved in story.goods for line in moved.lines}
        for move in story.moves:
            if move.lot and move.quantity:
                assert any(lot == move.lot for lot, _ in told), story.number


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
    for story in stories:
        never = NEVER_CORRECTED | {"opening_balance"}  # June is closed
        possible = story.kind not in never and story.corrected_by is None
        assert story.correctable == possible


def test_a_correction_of_a_closed_month_is_dated_after_it(stories: list[Story]) -> None:
    for story in stories:
        assert story.open_from == max(story.day, first_day(shift("2026-06", 1)))


def test_unknown_numbers_are_refused(sample_book: Book) -> None:
    with pytest.raises(RuleError) as refused:
        sample_book.story("BKM-9901-0001", "id")
    assert refused.value.code == "unknown-document"


@pytest.fixture
def own_book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "own.kwt"
    shutil.copyfile(sample_path, path)
    book = books.open(path)
    yield book
    book.close()


def test_attachments_hang_on_their_document(own_book: Book) -> None:
    data, number = b"%PDF-1.7 nota", "BKK-2606-0001"
    digest = sha256(data).hexdigest()
    paper = Attachment(of=number, name="nota.pdf", type="application/pdf", sha256=digest, data=data)
    own_book.record(paper)
    (attached,) = own_book.story(number, "id").attached
    assert (attached.name, attached.size) == ("nota.pdf", len(data))
    assert own_book.attachment(attached.sequence) == ("nota.pdf", "application/pdf", data)
    line = next(
        each for each in own_book.diary(Sought(number), "id").lines if each.number == number
    )
    assert line.attachments == 1


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
        assert not book.story(number, "id").sound
