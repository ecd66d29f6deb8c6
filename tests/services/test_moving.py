"""A book made anew at another place: the same numbers, seals and passwords."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import StorageError
from kwt_books.services.mirroring import must_go_on, seal_at
from kwt_books.store.file import BookFile
from tests.books import book_at, copied
from tests.oracle.streams import random_stream

CHAIR = PersonSetup(name="Aryanah", role=Role.CHAIR)


def test_a_book_is_made_anew_with_its_people(
    books: Books, sample_path: Path, tmp_path: Path, quick_passwords: None
) -> None:
    source, target = copied(books, sample_path, tmp_path / "juni.kwt"), tmp_path / "baru.kwt"
    with closing(books.open(source)) as book:
        book.people.begin([(CHAIR, "sawi-hijau")])
        stands = book.standing()
    head = books.move(source, target)
    with closing(books.open(target)) as moved:
        assert (moved.standing(), head) == (stands, stands.head)
        assert moved.sign_in("Aryanah", "sawi-hijau").role is Role.CHAIR
        assert all(each.passed for each in moved.verify())
    with pytest.raises(StorageError, match="book-exists"):
        books.move(source, target)


def test_a_book_in_which_nothing_was_recorded_is_made_anew(books: Books, tmp_path: Path) -> None:
    books.create(tmp_path / "kosong.kwt").close()
    assert books.move(tmp_path / "kosong.kwt", tmp_path / "baru.kwt") == "0" * 64
    with closing(books.open(tmp_path / "baru.kwt", read_only=True)) as book:
        assert all(each.passed for each in book.verify())


def stamped(lines: Sequence[str], changed: int | None = None) -> list[str]:
    """Lines that say when and by whom; one of them may be another entry."""
    stamp = {"at": "2026-06-30T08:00:00+07:00", "by": "bendahara"}
    found = [json.loads(line) | {"recorded": stamp} for line in lines]
    if changed is not None:
        found[changed]["recorded"] = stamp | {"by": "orang lain"}
    return [json.dumps(each) for each in found]


LINES = random_stream(7, 24, 3)
LAST = len(LINES)


def goes_on(own: Path, mirror: Path) -> tuple[str | None, str]:
    """What the mirror's last seal is said to be, and what it is."""
    one, other = (BookFile.open(each, read_only=True) for each in (own, mirror))
    with closing(one), closing(other), one.reading() as here, other.reading() as there:
        return must_go_on(here, there), seal_at(there, LAST - 5)[0]


def test_a_book_goes_on_from_its_mirror_or_says_where_it_left_it(
    books: Books, tmp_path: Path
) -> None:
    """A mirror needs no server to be compared: two files will do."""
    own = book_at(books, tmp_path / "own.kwt", stamped(LINES))
    mirror = book_at(books, tmp_path / "mirror.kwt", stamped(LINES[: LAST - 5]))
    books.create(tmp_path / "empty.kwt").close()
    head, seal = goes_on(own, mirror)
    assert head == seal != ""
    assert goes_on(own, tmp_path / "empty.kwt")[0] is None
    with pytest.raises(StorageError) as older:
        goes_on(mirror, own)
    assert (older.value.code, older.value.params) == ("older-than-mirror", {"count": 5})


@pytest.mark.parametrize("place", [0, 1, 7, LAST - 2, LAST - 1])
def test_where_two_books_part_is_named(place: int, books: Books, tmp_path: Path) -> None:
    own = book_at(books, tmp_path / "own.kwt", stamped(LINES))
    mirror = book_at(books, tmp_path / "mirror.kwt", stamped(LINES, place))
    file = BookFile.open(mirror, read_only=True)
    with closing(file), file.reading() as there:
        number = seal_at(there, place + 1)[1]
    with pytest.raises(StorageError) as parted:
        goes_on(own, mirror)
    assert (parted.value.code, parted.value.params) == (
        "forked", {"document": number or f"#{place + 1}"},
    )  # fmt: skip
