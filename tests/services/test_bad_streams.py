"""Files that are no book stream: refused with the line's number, and nothing is left of them."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError, StreamError
from kwt_books.queries.overview import setup_data
from kwt_books.reports.context import Parameters
from kwt_books.services.stream import MAX_LINE, MOST_ISSUES
from tests.books import book_at, books_in

GOOD = json.dumps({"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"})
PAY = '{"kind": "transfer", "date": "2026-06-05", "from": "1101", "to": "1103", "amount": %s}'
OPENING = '{"kind": "opening_balance", "date": "2026-06-01", "balances": {}}'

BAD: dict[str, tuple[bytes, int, str]] = {
    "an empty file": (b"", 1, "empty-stream"),
    "nothing but blank lines": (b"\n  \n\r\n", 1, "empty-stream"),
    "nothing but a mark": (b"\xef\xbb\xbf", 1, "empty-stream"),
    "broken JSON": (b'{"kind": "party", "code": }', 1, "bad-json"),
    "cut in the middle": (f"{GOOD}\n{GOOD[:40]}".encode(), 2, "bad-json"),
    "cut within a letter": (b'{"kind": "\xc3', 1, "not-utf8"),
    "broken UTF-8": (b'{"kind": "\xff"}', 1, "not-utf8"),
    "UTF-16": (GOOD.encode("utf-16"), 1, "not-utf8"),
    "a mark in the middle": (f"{GOOD}\n\ufeff{GOOD}".encode(), 2, "bad-json"),
    "two objects in a line": (f"{GOOD} {GOOD}".encode(), 1, "bad-json"),
    "a list": (b"[]", 1, "not-an-object"),
    "a number": (b"7", 1, "not-an-object"),
    "null": (b"null", 1, "not-an-object"),
    "binary": (bytes(range(128, 256)), 1, "not-utf8"),
    "NUL bytes": (b"\x00\x00\x00", 1, "bad-json"),
    "NUL in a name": (rb'{"kind": "party", "code": "a\u0000", "name": "x", "role": "shop"}', 1,
                      "unreadable-text"),
    "half a character": (rb'{"kind": "party", "code": "\ud800", "name": "x", "role": "shop"}', 1,
                         "unreadable-text"),
    "half a character as key": (rb'{"kind": "party", "\udfff": 1}', 1, "unknown-key"),
    "half a character as kind": (rb'{"kind": "\ud800"}', 1, "unknown-kind"),
    "a doubled key": (b'{"kind": "party", "kind": "item"}', 1, "doubled-key"),
    "a doubled key inside": (
        b'{"kind": "sale", "date": "2026-06-01", "lines": [{"item": "a", "item": "b"}]}',
        1,
        "doubled-key",
    ),
    "deep nesting": (b"[" * 100_000, 1, "bad-json"),
    "deep nesting in a key": (b'{"kind": "party", "x": ' + b"[" * 900 + b"]" * 900 + b"}", 1,
                              "unknown-key"),
    "NaN": ((PAY % "NaN").encode(), 1, "not-a-number"),
    "Infinity": ((PAY % "-Infinity").encode(), 1, "not-a-number"),
    "a fraction": ((PAY % "1.0").encode(), 1, "not-whole"),
    "an exponent": ((PAY % "1e3").encode(), 1, "not-whole"),
    "a huge number": ((PAY % ("9" * 4000)).encode(), 1, "too-large"),
    "a monstrous number": ((PAY % ("9" * 5000)).encode(), 1, "bad-json"),
    "a huge fraction": ((PAY % ("0." + "9" * 5000)).encode(), 1, "not-whole"),
    "a huge exponent": ((PAY % "1e999999999").encode(), 1, "not-whole"),
    "no kind": (b'{"code": "siti"}', 1, "missing"),
    "kind of another type": (b'{"kind": ["party"]}', 1, "unknown-kind"),
    "two openings": (f"{OPENING}\n\n{OPENING}".encode(), 3, "opening-not-first"),
    "a name nobody can see": (
        '{"kind": "party", "code": "siti", "name": "\u200b \u2060", "role": "shop"}'.encode(),
        1,
        "empty-text",
    ),
    "an attachment that is no base64": (
        json.dumps({"kind": "attachment", "of": "a", "name": "n", "type": "t",
                    "sha256": "0" * 64, "data": "é"}).encode(),
        1,
        "bad-base64",
    ),
    "recorded null": (GOOD.replace("}", ', "recorded": null}').encode(), 1, "not-an-object"),
    "recorded by nobody": (
        GOOD.replace("}", ', "recorded": {"at": "2026-06-01T10:00", "by": ""}}').encode(),
        1,
        "empty-text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_makes_no_book(what: str, books: Books, tmp_path: Path) -> None:
    content, line, code = BAD[what]
    with pytest.raises(StreamError) as refused:
        books.import_stream(tmp_path / "new.kwt", io.BytesIO(content))
    assert (refused.value.line, refused.value.issues[0].code) == (line, code)
    assert books_in(tmp_path) == set()
    json.dumps([dict(each.params) for each in refused.value.issues], ensure_ascii=False).encode()


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_leaves_a_book_as_it_was(what: str, books: Books, tmp_path: Path) -> None:
    content, line, code = BAD[what]
    path = tmp_path / "book.kwt"
    before = books.import_stream(path, io.BytesIO(OPENING.encode()))
    again = GOOD.encode() + b"\n" + content.removeprefix(b"\xef\xbb\xbf")
    if code == "empty-stream":
        again = content
    else:
        line += 1
    with pytest.raises(StreamError) as refused:
        books.import_stream(path, io.BytesIO(again))
    if what != "two openings":
        assert (refused.value.line, refused.value.issues[0].code) == (line, code)
    assert head(books, path) == before.head
    assert books_in(tmp_path) == {"book.kwt"}


def head(books: Books, path: Path) -> str:
    book = books.open(path, read_only=True)
    try:
        return book.pack("trial-balance", Parameters(), "id").imprint.head
    finally:
        book.close()


class Endless(io.RawIOBase):
    """A line of 100 MB, made as it is read."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), 100_000_000 - self.given)
        buffer[:size] = b"x" * size
        self.given += size
        return size


class Unplugged(io.BytesIO):
    """A stick that is pulled out after the first line."""

    def readline(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "unplugged")
        return super().readline(size)


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_cannot_be_read_to_its_end_is_said(
    books: Books, tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "book.kwt"
    if there:
        before = books.import_stream(path, io.BytesIO(OPENING.encode()))
    with pytest.raises(StorageError) as refused:
        books.import_stream(path, Unplugged(f"{GOOD}\n{GOOD}".encode()))
    assert refused.value.code == "cannot-read"
    assert (path.name in books_in(tmp_path)) == there
    if there:
        assert head(books, path) == before.head


def test_a_line_that_is_refused_is_told_before_what_comes_after_it(
    books: Books, tmp_path: Path
) -> None:
    """Though some lines are read ahead."""
    unknown = (PAY % 5).replace("1101", "9999")
    for file in (
        io.BytesIO(f"{unknown}\n{GOOD[:40]}".encode()),
        Unplugged(f"{unknown}\n{GOOD}".encode()),
    ):
        with pytest.raises(StreamError) as refused:
            books.import_stream(tmp_path / "new.kwt", file)
        assert (refused.value.line, refused.value.issues[0].code) == (1, "unknown-account")


def test_a_line_without_end_is_not_read_to_its_end(books: Books, tmp_path: Path) -> None:
    endless = Endless()
    with pytest.raises(StreamError) as refused:
        books.import_stream(tmp_path / "new.kwt", io.BufferedReader(endless))
    assert (refused.value.line, refused.value.code) == (1, "line-too-long")
    assert endless.given <= MAX_LINE + io.DEFAULT_BUFFER_SIZE
    assert books_in(tmp_path) == set()


def variants(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield b"\xef\xbb\xbf" + text.encode()
    yield text.replace("\n", "\r\n").encode() + b"\r\n"
    yield ("\n\n" + text.replace("\n", " \n\t\n") + "\n").encode()


def test_marks_line_ends_and_blank_lines_change_nothing(books: Books, tmp_path: Path) -> None:
    heads = {
        books.import_stream(tmp_path / f"{number}.kwt", io.BytesIO(content)).head
        for number, content in enumerate(variants(f"{GOOD}\n{OPENING}\n{PAY % 5}"))
    }
    assert len(heads) == 1


def test_text_in_any_script_comes_back_as_it_was(books: Books, tmp_path: Path) -> None:
    name = "Bu Siti \u201cNur\u2019aini\u201d \u0939\u093f\u0928\u094d\u0926\u0940 \U0001f33f"
    line = {"kind": "party", "code": "x", "name": name, "role": "shop"}
    book = books.open(book_at(books, tmp_path / "new.kwt", [line]), read_only=True)
    assert book.read(setup_data).parties["x"].name == name
    book.close()


def test_stopping_an_import_leaves_nothing(books: Books, tmp_path: Path) -> None:
    class Stop(Exception):  # noqa: N818
        pass

    def stop(read: int) -> None:
        raise Stop

    lines = b"\n".join(GOOD.encode() for _ in range(1200))
    with pytest.raises(Stop):
        books.import_stream(tmp_path / "new.kwt", io.BytesIO(lines), stop)
    assert books_in(tmp_path) == set()


MANY = range(50_000)


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "sale", "date": "2026-06-01", "party": "x", "lines": [*MANY]},
        {"kind": "opening_balance", "date": "2026-06-01", "balances": {str(n): "x" for n in MANY}},
        {"kind": "party", **{str(n): 1 for n in MANY}},
    ],
    ids=["elements", "balances", "keys"],
)
def test_of_a_line_full_of_mistakes_so_many_are_told(
    line: dict[str, object], books: Books, tmp_path: Path
) -> None:
    with pytest.raises(StreamError) as error:
        book_at(books, tmp_path / "new.kwt", [GOOD, line])
    assert error.value.line == 2
    assert len(error.value.issues) == MOST_ISSUES
    assert not list(tmp_path.iterdir())
