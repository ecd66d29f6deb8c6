"""Old logs beside a name, whoever takes it; programs killed while they make files."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kwt_books.store.driver import sqlite3
from tests.attacks.books import door, failing, heads, sample, stream_of, transfers


def old_logs(rng: Random) -> Iterable[str]:
    """A book was recorded in and killed, its file taken away, another one made in its place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        lived = Path(folder) / "lived.kwt"
        shutil.copyfile(sample(), lived)
        leave = rng.choice((_log, _log, _journal))
        leave(rng, lived, path)
        _make(rng, path, lived)
        with closing(door().open(path)) as book:
            wrong = failing(book)
        if wrong or heads(path) != heads(sample()):
            return [f"the new book is not what was made: {wrong}"]
    return []


def _log(rng: Random, lived: Path, path: Path) -> None:
    with closing(door().open(lived)) as book:
        for amount in range(rng.randint(1, 30)):
            book.record_all(transfers(range(1 + amount, 2 + amount + rng.randrange(20))))
        for end in ("-wal", "-shm"):
            shutil.copyfile(f"{lived}{end}", f"{path}{end}")


def _journal(rng: Random, lived: Path, path: Path) -> None:
    """Of a program that was killed while it wrote without a log: pages to be put back."""
    with closing(door().open(lived)) as book:
        book.record_all(transfers(range(1, 2 + rng.randrange(20))))
    with closing(sqlite3.connect(lived, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        connection.execute("UPDATE setup SET payload = payload || ' '")
        connection.execute("UPDATE balance SET debit = debit + 1")
        connection.execute("CREATE TABLE full AS SELECT randomblob(400000)")
        shutil.copyfile(f"{lived}-journal", f"{path}-journal")
        connection.execute("ROLLBACK")


def _make(rng: Random, path: Path, lived: Path) -> None:
    """The sample month under the name, in one of the ways a book is made."""
    way = rng.randrange(3)
    if way == 0:
        door().restore(sample(), path)
        return
    with closing(door().open(sample(), read_only=True)) as book:
        if way == 1:
            book.back_up(path)
            return
        stream = stream_of(book)
    door().import_stream(path, io.BytesIO(stream))
