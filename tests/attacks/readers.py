"""Somebody reads a book while another program records in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import RowKind
from tests import ROOT
from tests.attacks.books import door, failing, sample

_READS = 12


def readers_beside_a_writer(rng: Random) -> Iterable[str]:
    """The writer is another process; a healthy book passes at any moment."""
    found = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "0.kwt"
        shutil.copyfile(sample(), path)
        command = [sys.executable, "-m", "tests.store.child", "record", folder, "1"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            for _ in range(_READS):
                with closing(door().open(path, read_only=True)) as book:
                    for _ in range(rng.randint(1, 3)):
                        found += _read(book)
            writer.kill()
            writer.communicate()
        with closing(door().open(path)) as book:
            found += failing(book)
    return found


def _read(book: Book) -> Iterable[str]:
    yield from failing(book)
    journal = book.report("journal", Parameters(month="2026-07"), "id")
    names = [column.key for column in journal.columns]
    sums = dict.fromkeys(("debit", "credit"), 0)
    for row in journal.rows:
        for name in sums if row.kind is RowKind.LINE else ():
            sums[name] += row.cells[names.index(name)] or 0  # type: ignore[operator]
    if not sums["debit"] or sums["debit"] != sums["credit"]:
        yield f"the journal says {sums}"
