"""What is sealed of a command that was built in Python, beside one that a stream carried."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role, Stamp
from kwt_books.domain.documents.buying import Grant, GrantCash
from kwt_books.domain.documents.lines import AccountLine, PaidLine
from kwt_books.domain.documents.money import Payment, Receipt, Transfer
from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.errors import InvalidDocument, RefusedAt, RefusedTogether, RuleError
from kwt_books.services import recorder
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import parse_entry
from kwt_books.services.together import MOST_REFUSED
from kwt_books.store.file import BookFile
from tests.books import asked, copied
from tests.conftest import NOW
from tests.reports.figures import cell, report

DAY = date(2026, 7, 1)
TRANSFER = Transfer(date=DAY, source="1101", to="1103", amount=1_000)


@pytest.fixture
def own_book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    """The sample month, to be written into."""
    copy = copied(books, sample_path, tmp_path / "own.kwt")
    with closing(books.open(copy)) as book:
        yield book


def payloads(path: Path) -> list[str]:
    return [text for (text,) in asked(path, "SELECT payload FROM document ORDER BY sequence")]


def test_a_book_of_commands_has_the_chain_of_a_book_of_lines(
    books: Books, sample_path: Path, sample_stream: Path, tmp_path: Path
) -> None:
    lines = sample_stream.read_bytes().splitlines()
    with closing(books.create(tmp_path / "commands.kwt")) as book:
        book.record_all(parse_entry(line)[0] for line in lines)
    assert payloads(tmp_path / "commands.kwt") == payloads(sample_path)


def test_what_is_recorded_together_follows_the_head_that_was_seen(own_book: Book) -> None:
    """Nothing of a trial stays, and nothing where somebody recorded meanwhile."""
    before, seen = payloads(own_book.path), own_book.standing()
    assert seen is not None
    told: list[int] = []
    tried = own_book.record_together([TRANSFER] * 2, told.append, head=seen.head, trial=True)
    assert [each.number for each in tried] == ["BM-2607-0001", "BM-2607-0002"]
    assert told
    assert (payloads(own_book.path), own_book.standing()) == (before, seen)
    recorded = own_book.record_together([TRANSFER] * 2, head=seen.head)
    assert [each.number for each in recorded] == [each.number for each in tried]
    assert len(payloads(own_book.path)) == len(before) + 2
    with pytest.raises(RuleError, match="book-moved-on"):
        own_book.record_together([TRANSFER], head=seen.head)
    assert len(payloads(own_book.path)) == len(before) + 2


def test_of_many_that_are_refused_so_many_are_told_and_none_is_recorded(own_book: Book) -> None:
    before, nowhere = own_book.standing(), replace(TRANSFER, to="1101")
    with pytest.raises(RefusedTogether) as refused:
        own_book.record_together([TRANSFER, *[nowhere] * (MOST_REFUSED + 20)])
    assert [*refused.value.refused] == [*range(1, MOST_REFUSED + 1)]
    assert own_book.standing() == before


def test_what_is_supposed_is_answered_as_if_it_were_recorded(own_book: Book) -> None:
    """By whatever is asked within; what can't be recorded changes no answer."""

    def bank() -> object:
        return cell(report(own_book, "trial-balance", "2026-07"), "1103", "balance")

    before, entries = bank(), len(payloads(own_book.path))
    assert isinstance(before, int)
    with own_book.supposing([TRANSFER, TRANSFER]):
        assert bank() == before + 2 * TRANSFER.amount
    for supposed in ([], [replace(TRANSFER, to="1101")]):
        with own_book.supposing(supposed):
            assert bank() == before
    assert (bank(), len(payloads(own_book.path))) == (before, entries)


def test_an_empty_list_is_sealed_as_none(own_book: Book) -> None:
    given = Grant(date=DAY, account="4201", cash=GrantCash(into="1101", amount=5_000))
    own_book.record_all((given, replace(given, items=[], assets=[])))  # type: ignore[arg-type]
    plain, with_lists = payloads(own_book.path)[-2:]
    assert with_lists == plain
    assert "items" not in json.loads(plain)


def test_a_command_is_written_out_once(own_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []
    encode = recorder.encode_command

    def counted(command: object) -> dict[str, object]:
        encoded.append(type(command).__name__)
        return encode(command)  # type: ignore[arg-type]

    monkeypatch.setattr(recorder, "encode_command", counted)
    for ask in (own_book.record, own_book.check, own_book.preview):
        encoded.clear()
        ask(TRANSFER)
        assert encoded == ["Transfer"], ask


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": 1_000.0}, "not-a-number"),
        ({"amount": True}, "not-a-number"),
        ({"amount": "1000"}, "not-a-number"),
        ({"source": 1101}, "not-text"),
        ({"date": "2026-07-01"}, "not-text"),
        ({"memo": 5}, "not-text"),
    ],
)
def test_what_no_stream_could_carry_is_refused(
    own_book: Book, wrong: dict[str, object], code: str
) -> None:
    command = replace(TRANSFER, **wrong)  # type: ignore[arg-type]
    (issue,) = own_book.check(command)
    assert issue.code == code
    assert own_book.preview(command).issues == (issue,)
    with pytest.raises(InvalidDocument) as refused:
        own_book.record(command)
    assert refused.value.issues == (issue,)


@pytest.mark.only_files
def test_the_same_recorder_works_on_another_state(own_book: Book) -> None:
    """As when entries are tried before a far server gets them."""
    stamp = Stamp("2026-01-01", "Bu Ani")
    file = BookFile.open(own_book.path)
    with file.state(write=True) as one:
        made = Recorder(one, Person("Siti", Role.CHAIR), lambda: NOW, free=True)
        other = made.on(one)
        assert (other.state, other is made) == (one, False)
        assert other.stamp() == Stamp("2026-07-01T09:12:00+07:00", "Siti")
        assert other.stamped(stamp) == stamp, "it is as free as the first"
        bound = Recorder(one, Person("Siti", Role.CHAIR), lambda: NOW)
        assert bound.stamped(stamp) is None, "into a book that stands nothing is brought as it was"
    file.close()


def test_what_came_of_a_recording_is_told(own_book: Book) -> None:
    """Rupiah that it moved, and a cash account that stands below nil now."""
    first = own_book.record(TRANSFER)
    assert (first.kind, first.number, first.moved, first.warnings) == (
        "transfer", "BM-2607-0001", 1_000, (),
    )  # fmt: skip
    far = own_book.record(replace(TRANSFER, amount=10**9))
    (warned,) = far.warnings
    assert (warned.code, warned.params["account"]) == ("cash-below-zero", "1101")
    assert far.sequence == first.sequence + 1
    assert far.hash == payload_of_last(own_book.path)


def test_a_number_tells_what_it_did_to_cash(own_book: Book) -> None:
    """BKM where it brought cash, BKK where it took some, BM for the rest; each counts by itself."""
    came = Receipt(date=DAY, into="1101", lines=(AccountLine(account="7101", amount=5),))
    went = Payment(date=DAY, source="1101", lines=(PaidLine(account="6101", amount=5),))
    numbers = [each.number for each in own_book.record_all((came, went, TRANSFER, went))]
    assert numbers == ["BKM-2607-0001", "BKK-2607-0001", "BM-2607-0001", "BKK-2607-0002"]


def payload_of_last(path: Path) -> str:
    ((seal,),) = asked(path, "SELECT hash FROM document ORDER BY sequence DESC LIMIT 1")
    return str(seal)


def test_the_first_that_is_refused_is_named_and_nothing_recorded(own_book: Book) -> None:
    before = own_book.standing()
    with pytest.raises(RefusedAt) as refused:
        own_book.record_all((TRANSFER, TRANSFER, replace(TRANSFER, amount=0), TRANSFER))
    assert (refused.value.place, refused.value.code) == (2, "not-positive")
    assert own_book.standing() == before


def test_all_that_are_refused_are_named_and_how_far_it_is_is_told(own_book: Book) -> None:
    before, told = own_book.standing(), list[int]()
    wrong = replace(TRANSFER, amount=0)
    with pytest.raises(RefusedTogether) as refused:
        own_book.record_together((TRANSFER, wrong, TRANSFER, wrong))
    assert [(place, [each.code for each in issues])
            for place, issues in refused.value.refused.items()] == [
        (1, ["not-positive"]), (3, ["not-positive"]),
    ]  # fmt: skip
    with pytest.raises(RefusedTogether) as refused:
        own_book.record_together([wrong] * 201, told.append)
    assert list(refused.value.refused) == list(range(201))
    assert told == [0, 100, 200]
    assert own_book.standing() == before


@pytest.mark.parametrize(
    ("qty", "price", "field"),
    [(5_000, 10**15, "lines.1.price"), (10**15, 10**6, "lines.1.qty")],
)
def test_the_largest_number_of_a_document_is_the_one_to_mend(
    own_book: Book, qty: int, price: int, field: str
) -> None:
    lines = (SaleLine(item="sayur", qty=1_000), SaleLine(item="sayur", qty=qty, price=price))
    found = own_book.check(Sale(date=DAY, lines=lines, received={"1101": 1}, party="siti"))
    assert [each.field for each in found if each.code == "too-large"] == [field]
