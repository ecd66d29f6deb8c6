"""A book that goes out as a stream and comes in again is the same book."""

from __future__ import annotations

import io
import json
import tracemalloc
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from tests.books import rows
from tests.conftest import DATA
from tests.oracle.streams import random_stream
from tests.reports.test_golden import ASKED


def exported(book: Book, **how: Any) -> bytes:
    out = io.BytesIO()
    book.export("stream", out, **how)
    return out.getvalue()


def again(books: Books, stream: bytes, path: Path) -> Book:
    books.import_stream(path, io.BytesIO(stream))
    return books.open(path, read_only=True)


def numbers(book: Book) -> list[Any]:
    """Every entry with its voucher number and seal."""
    return book.read(rows, "SELECT sequence, kind, number, hash FROM document")


def assert_same_book(one: Book, other: Book) -> None:
    assert numbers(one) == numbers(other)
    for name in KINDS.keys() - ASKED.keys():
        assert one.report(name, Parameters(), "id") == other.report(name, Parameters(), "id")
    assert all(outcome.passed for outcome in other.verify())


def test_the_sample_month_comes_back(books: Books, sample_book: Book, tmp_path: Path) -> None:
    copy = again(books, exported(sample_book), tmp_path / "copy.kwt")
    assert_same_book(sample_book, copy)
    assert exported(copy) == exported(sample_book)
    copy.close()


def test_programmes_dues_and_books_come_back(books: Books, tmp_path: Path) -> None:
    stream = (DATA / "edisi-2.jsonl").read_bytes()
    book = again(books, stream, tmp_path / "book.kwt")
    copy = again(books, exported(book), tmp_path / "copy.kwt")
    assert_same_book(book, copy)
    book.close()
    copy.close()


@pytest.mark.parametrize("seed", range(4))
def test_any_book_comes_back(seed: int, books: Books, tmp_path: Path) -> None:
    lines = random_stream(seed, 120, 4)
    book = again(books, "\n".join(lines).encode(), tmp_path / "book.kwt")
    copy = again(books, exported(book, attachments=True), tmp_path / "copy.kwt")
    assert_same_book(book, copy)
    assert exported(copy, attachments=True) == exported(book, attachments=True)
    book.close()
    copy.close()


def test_every_line_is_what_was_given_with_who_recorded_it_and_when(
    book_of: Callable[..., Book],
) -> None:
    stamp = {"at": "2026-06-02T08:30:00+07:00", "by": "Aryanah"}
    setup = {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"}
    receipt = {
        "kind": "receipt", "date": "2026-06-01", "into": "1101", "memo": "Iuran – Juni",
        "lines": [{"account": "2104", "amount": 75_000}],
    }  # fmt: skip
    book = book_of(setup, {**receipt, "recorded": stamp})
    first, second = exported(book).decode().splitlines()
    assert json.loads(second) == {**receipt, "recorded": stamp}
    assert json.loads(first) == setup | {"recorded": json.loads(first)["recorded"]}
    assert json.loads(first)["recorded"]["by"] == "Siti Rohmah"
    assert "Iuran – Juni" in second


def test_a_book_without_entries_is_an_empty_stream(books: Books, tmp_path: Path) -> None:
    book = books.create(tmp_path / "empty.kwt")
    assert exported(book) == b""
    book.close()


# -- attachments ---------------------------------------------------------------------------

RECEIPT = {
    "kind": "receipt", "id": "iuran", "date": "2026-06-01", "into": "1101",
    "lines": [{"account": "2104", "amount": 75_000}],
}  # fmt: skip


def photo(number: int, size: int) -> dict[str, Any]:
    data = number.to_bytes(2, "big") * (size // 2)
    return {
        "kind": "attachment", "of": "iuran", "name": f"nota-{number}.jpg", "type": "image/jpeg",
        "sha256": sha256(data).hexdigest(), "data": b64encode(data).decode(),
    }  # fmt: skip


def test_the_bytes_of_attachments_come_along_only_when_asked_for(
    book_of: Callable[..., Book], books: Books, tmp_path: Path
) -> None:
    given = photo(1, 600)
    book = book_of(RECEIPT, given)
    without, with_ = exported(book), exported(book, attachments=True)
    assert "data" not in json.loads(without.splitlines()[1])
    assert json.loads(with_.splitlines()[1])["data"] == given["data"]
    for place, stream in enumerate((without, with_)):
        copy = again(books, stream, tmp_path / f"copy-{place}.kwt")
        assert numbers(copy) == numbers(book)
        copy.close()


def test_memory_stays_flat_however_much_is_attached(book_of: Callable[..., Book]) -> None:
    size, count = 300_000, 20
    book = book_of(RECEIPT, *(photo(number, size) for number in range(count)))

    class Sink(io.RawIOBase):
        written = 0

        def write(self, data: Any) -> int:
            self.written += len(data)
            return len(data)

    sink = Sink()
    tracemalloc.start()
    try:
        book.export("stream", sink, attachments=True)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sink.written > size * count
    assert peak < sink.written / 2


# -- the file ------------------------------------------------------------------------------


def test_what_stops_halfway_leaves_what_was_there(
    sample_book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.exporters.stream._AT_ONCE", 10)
    out = tmp_path / "june.jsonl"
    out.write_text("what was here", encoding="utf-8")
    told: list[int] = []

    def stop(done: int) -> None:
        told.append(done)
        if done >= 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sample_book.export("stream", out, progress=stop)
    assert told == [10, 20, 30]
    assert out.read_text(encoding="utf-8") == "what was here"
    assert list(tmp_path.iterdir()) == [out]
