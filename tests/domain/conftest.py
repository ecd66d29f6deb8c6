"""A small book to record lines in, one by one, without waiting for the disk."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Person, Recorded, Role
from kwt_books.domain.errors import InvalidDocument, Issue
from kwt_books.domain.facts import Entry
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import LineError, parse_entry
from kwt_books.store.file import BookFile
from kwt_books.store.state import BookState
from tests.books import book_at
from tests.conftest import NOW
from tests.domain.examples import BASE, Line

KEPT = (
    "balance", "layer", "growing", "asset", "programme", "saving", "dues", "voucher", "setup",
)  # fmt: skip


class Desk:
    """Takes lines as a stream has them and says what they left."""

    def __init__(self, state: BookState) -> None:
        self.state = state
        self._recorder = Recorder(state, Person("Siti", Role.CHAIR), lambda: NOW)

    def record(self, line: Line | str) -> Recorded:
        text = line if isinstance(line, str) else json.dumps(line)
        command, stamp = parse_entry(text.encode("utf-8", "surrogatepass"))
        return self._recorder.record_parsed(command, stamp)

    def entry(self, line: Line | str) -> Entry:
        """Records the line; its entry with postings and moves."""
        found = self.state.entry(self.record(line).sequence)
        assert found is not None
        return found

    def posted(self, line: Line | str) -> dict[str, int]:
        """Records the line; what it changed each account by, nothing nil."""
        return nets(self.entry(line))

    def issues(self, line: Line | str) -> tuple[Issue, ...]:
        """What is wrong with a line that must be refused, and leaves nothing."""
        before = (self.state.next_sequence, self.state.head, self.kept())
        try:
            self.record(line)
        except LineError as error:
            found: tuple[Issue, ...] = (error.issue,)
        except InvalidDocument as error:
            found = error.issues
        else:
            raise AssertionError(f"was recorded: {line}")
        assert (self.state.next_sequence, self.state.head, self.kept()) == before
        return found

    def codes(self, line: Line | str) -> set[str]:
        return {issue.code for issue in self.issues(line)}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        self.state.flush()
        return [tuple(row) for row in self.state.connection.exec_driver_sql(sql)]

    def kept(self) -> dict[str, list[tuple[Any, ...]]]:
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in KEPT}

    def stock(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """(quantity, value) by item, place and lot."""
        found = self.rows("SELECT item, place, lot, quantity, value FROM layer")
        return {
            (item, place, lot): (quantity, value) for item, place, lot, quantity, value in found
        }

    def standing(self, item: str, place: str = "store") -> tuple[int, int]:
        """(quantity, value) of an item at a place."""
        layers = [each for key, each in self.stock().items() if key[:2] == (item, place)]
        return sum(each[0] for each in layers), sum(each[1] for each in layers)

    def balance(self, account: str) -> int:
        return self.state.balance(account)


def nets(entry: Entry) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for posting in entry.postings:
        sums[posting.account] += posting.amount
    assert sum(sums.values()) == 0
    return {account: amount for account, amount in sums.items() if amount}


@pytest.fixture(scope="session")
def base_path(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_at(books, tmp_path_factory.mktemp("base") / "base.kwt", BASE)


@pytest.fixture
def desk(base_path: Path, tmp_path: Path) -> Iterator[Desk]:
    """The small book with its opening, open to be written to; thrown away afterwards."""
    yield from desk_on(Path(shutil.copy(base_path, tmp_path / "book.kwt")))


@pytest.fixture
def empty_desk(books: Books, tmp_path: Path) -> Iterator[Desk]:
    """A new book without a group."""
    books.create(tmp_path / "new.kwt").close()
    yield from desk_on(tmp_path / "new.kwt")


def desk_on(path: Path) -> Iterator[Desk]:
    file = BookFile.open(path)
    with file.state(write=True) as state:
        yield Desk(state)
    file.close()
