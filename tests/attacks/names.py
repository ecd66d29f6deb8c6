"""Old logs beside a name, whoever takes it; programs killed while they make files."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.attacks.books import door, failing, heads, sample, stream_of, transfers


def old_logs(rng: Random) -> Iterable[str]:
    """A book was recorded in and killed, its file taken away, another one made in its place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        lived = Path(folder) / "lived.kwt"
        shutil.copyfile(sample(), lived)
        with closing(door().open(lived)) as book:
            for amount in range(rng.randint(1, 30)):
                book.record_all(transfers(range(1 + amount, 2 + amount + rng.randrange(20))))
            for end in ("-wal", "-shm"):
                shutil.copyfile(f"{lived}{end}", f"{path}{end}")
        _make(rng, path, lived)
        with closing(door().open(path)) as book:
            wrong = failing(book)
        if wrong or heads(path) != heads(sample()):
            return [f"the new book is not what was made: {wrong}"]
    return []


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
