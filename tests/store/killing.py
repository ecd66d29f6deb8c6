"""Killing a process that writes books, and looking at what it left."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.integrity.verify import verify
from kwt_books.store.credentials import default_chart
from kwt_books.store.file import BookFile
from tests import ROOT
from tests.store.child import IMPORTED, take_in

BOOKS = 6
_COPIED = 150


def _killed(
    what: str, folder: Path, first_word: str, after: float, books: int = BOOKS
) -> list[list[str]]:
    """Runs the child, kills it a while after it first says so; what it said, line by line."""
    command = [sys.executable, "-m", "tests.store.child", what, str(folder), str(books)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert child.stdout is not None
    said = ""
    while not said.endswith("\n") or first_word not in said:
        said += child.stdout.readline()
        assert child.poll() is None or said, "the child did not begin"
    time.sleep(after)
    child.kill()
    said += child.communicate()[0]
    return [line.split(" ") for line in said.split("\n")[:-1]]


def _entries(path: Path) -> list[str]:
    """The hashes of a book's chain, after the book passed every check."""
    book = BookFile.open(path)
    try:
        with book.reading() as connection:
            failed = [
                each
                for each in verify(connection, default_chart(resources_dir()))
                if not each.passed
            ]
            assert not failed, failed
            found = connection.exec_driver_sql("SELECT hash FROM document ORDER BY sequence")
            return [row[0] for row in found]
    finally:
        book.close()


def kill_while_recording(rng: random.Random) -> int:
    """One kill; how many documents were acknowledged. Each of them, and no more than one that
    was still on its way, must be in its book."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(BOOKS):
            BookFile.create(folder / f"{number}.kwt", default_chart(resources_dir())).close()
        said = _killed("record", folder, ".kwt", rng.random() * 0.15)
        acknowledged = defaultdict(list)
        for book, sequence, head in said:
            acknowledged[book].append(head)
            assert len(acknowledged[book]) == int(sequence)
        for number in range(BOOKS):
            heads = acknowledged[f"{number}.kwt"]
            found = _entries(folder / f"{number}.kwt")
            assert found[: len(heads)] == heads
            assert len(found) <= len(heads) + 1
    return len(said)


def kill_while_importing(rng: random.Random) -> int:
    """One kill; how many imports had come to their end. The others must have left no trace."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.kwt" for number in range(BOOKS)]
        old = set(paths[:2])
        for path in old:
            BookFile.create(path, default_chart(resources_dir())).close()
        said = _killed("import", folder, "begins", rng.random() * 1.5)
        done = {book for book, word in said if word == "done"}
        for path in paths:
            whole = len(_entries(path)) == IMPORTED if path.exists() else False
            assert whole or path.name not in done
            assert whole or not path.exists() or (path in old and not _entries(path))
        if not paths[-1].exists():
            take_in(paths[-1])
            assert len(_entries(paths[-1])) == IMPORTED
    return len(done)


def kill_while_copying(rng: random.Random) -> int:
    """One kill; how many files were told to be there. Those are whole, and so is any other that
    bears its name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "0.kwt"
        take_in(path, _COPIED)
        before, whole = path.read_bytes(), _entries(path)
        said = _killed("copy", folder, "r.kwt", rng.random() * 0.4, books=1)
        told = {line[0] for line in said}
        for each in sorted(folder.iterdir()):
            if each.suffix == ".kwt":
                assert _entries(each) == whole
            elif each.suffix == ".jsonl":
                assert each.read_bytes().count(b"\n") == _COPIED
            else:
                assert ".unfinished" in each.name or each.name.endswith(("-wal", "-shm")), each
        assert told <= {each.name for each in folder.iterdir()}
        assert path.read_bytes() == before
    return len(told)
