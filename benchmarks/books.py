"""How a book grows: importing, recording, reading and checking at 1,000 to 1,000,000 documents.

python -m benchmarks.books [--documents 1000 --documents 10000 ...] [--keep DIR]
python -m benchmarks.books --account-lines 1000000 [--keep DIR]

Python looks for garbage as seldom as in a command (the desktop does so only between two tasks).
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter

from benchmarks import plain, workload
from benchmarks.measure import HEADING, Pair, pair, pair_of, timed
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.cli.commands import SELDOM
from kwt_books.domain.access import Person, Role
from kwt_books.domain.values import month_of
from kwt_books.exporters.audit_pack import write_entries
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.services.stream import parse_entry
from kwt_books.store.driver import sqlite3

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = ("position", "profit-loss", "trial-balance", "general-ledger", "cash-book")
_ASKED = {"general-ledger": {"account": "4102"}, "cash-book": {"account": "1101"}}
_MOST_HELD = 100_000
"""Documents up to which the reference has its rows in memory, and both are warmed up."""
_NOW = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def months_for(documents: int) -> int:
    return max(6, min(70, documents // 300))


def write_stream(path: Path, documents: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in workload.stream(documents, months_for(documents)):
            file.write(line + "\n")


def import_pairs(folder: Path, documents: int) -> Iterator[Pair]:
    """The importer beside the same rows by `executemany`, without and with what guards them."""
    source, book = folder / "stream.jsonl", folder / "book.kwt"
    reference = folder / "plain.db"
    write_stream(source, documents)

    def through_importer() -> None:
        book.unlink(missing_ok=True)
        with source.open("rb") as stream:
            _books().import_stream(book, stream)

    if documents <= _MOST_HELD:
        through_importer()
    rows = plain.rows_of(book) if documents <= _MOST_HELD else None
    rounds = 5 if documents <= 10_000 else 3 if documents <= 100_000 else 1
    times, guarded, bare = [], [], []
    for _ in range(rounds):
        times.append(timed(through_importer))
        guarded.append(timed(lambda: plain.put_in(reference, book, rows, guarded=True)))
        bare.append(timed(lambda: plain.put_in(reference, book, rows, guarded=False)))
    yield pair_of(f"import {documents:,} documents", times, bare, aim=4)
    yield pair_of("  beside the same with triggers and foreign keys", times, guarded, aim=4)


def _books() -> Books:
    return Books(resources_dir(), lambda: _NOW, Person("Bendahara", Role.CHAIR))


def recording_pair(folder: Path, documents: int) -> Pair:
    """One market day, durable, beside its rows in one plain commit."""
    with closing(_books().open(folder / "book.kwt")) as book:
        day = _open_month(book)
        prepare = [workload._harvest(day).replace('"qty": 35', '"qty": 9000')]
        prepare.append(workload._buy(day).replace('"daun-bayam"', '"keripik-bayam"'))
        prepare[1] = prepare[1].replace('"qty": 5,', '"qty": 9000,')
        for line in prepare:
            book.record(parse_entry(line.encode())[0])
        command = parse_entry(workload.market_day(day).encode())[0]
        model = book.record(command).sequence
        reference = plain.PlainBook(folder / "plain.db", folder / "book.kwt", model)
        found = pair(
            f"record a market day among {documents:,}",
            lambda: book.record(command),
            reference.record,
            rounds=60,
            aim=3,
            clock=perf_counter,
        )
        reference.close()
    return found


def back_dated_pair(folder: Path, documents: int) -> Pair:
    """A market day of the open month's first day beside one of its last, after all the others."""
    with closing(_books().open(folder / "book.kwt")) as book:
        last = _open_month(book)
        first = last.replace(day=1)
        for line in (workload._harvest(first), workload._buy(first)):
            wide = line.replace('"daun-bayam"', '"keripik-bayam"')
            book.record(parse_entry(wide.replace('"qty": 35', '"qty": 9000').encode())[0])
            book.record(parse_entry(wide.replace('"qty": 5,', '"qty": 9000,').encode())[0])
        then, now = (parse_entry(workload.market_day(day).encode())[0] for day in (first, last))
        return pair(
            f"back-date a market day among {documents:,}",
            lambda: book.record(then),
            lambda: book.record(now),
            rounds=40,
            aim=10,
        )


def _open_month(book: Book) -> date:
    with closing(sqlite3.connect(str(book.path))) as connection:
        last = connection.execute("SELECT max(date) FROM document").fetchone()[0]
    return date.fromisoformat(last)


def statement_pairs(folder: Path, documents: int) -> Iterator[Pair]:
    """Reports inside an open book beside the same sums in plain SQL."""
    path = folder / "book.kwt"
    with closing(_books().open(path)) as book, closing(sqlite3.connect(path)) as raw:
        month = month_of(_open_month(book))
        for name in STATEMENTS:
            asked = Parameters(month=month, **_ASKED.get(name, {}))  # type: ignore[arg-type]
            yield pair(
                f"{name} of a month among {documents:,}",
                lambda name=name, asked=asked: book.report(name, asked, "id"),  # type: ignore[misc]
                lambda name=name: plain.statement(raw, name, month),  # type: ignore[misc]
                rounds=15,
                aim=5,
            )


def verify_pair(folder: Path, documents: int) -> tuple[Pair, float]:
    """Every check of a book beside bare SHA-256 of the same bytes; and documents a second."""
    out = BytesIO()
    with closing(_books().open(folder / "book.kwt", read_only=True)) as book:
        with book._file.reading() as connection:
            entries = write_entries(connection, out)
        lines = out.getvalue().splitlines()
        found = pair(
            f"verify {documents:,} documents",
            book.verify,
            lambda: [sha256(line).digest() for line in lines],
            rounds=3,
        )
    return found, entries / found.seconds


def oddities_pair(folder: Path, documents: int) -> Pair:
    """What looks odd in a month, as its close asks it, beside reading what it looks at."""
    path = folder / "book.kwt"
    with closing(_books().open(path)) as book, closing(sqlite3.connect(path)) as raw:
        month = month_of(_open_month(book))
        return pair(
            f"what looks odd in a month among {documents:,}",
            lambda: book.report("exceptions", Parameters(month=month), "id"),
            lambda: plain.looked_at(raw, month),
            aim=10,
        )


def process_seconds(folder: Path) -> float:
    """A whole `report` process, from start to exit."""
    start = perf_counter()
    subprocess.run(
        [sys.executable, "main.py", "report", str(folder / "book.kwt"), "position"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return perf_counter() - start


def peak_mib(folder: Path) -> float | None:
    """The importer's peak memory in a process of its own, where `/proc` tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    script = (
        "import sys; from pathlib import Path; from benchmarks.books import _books;"
        "f = Path(sys.argv[1]); (f / 'again.kwt').unlink(missing_ok=True);"
        "_books().import_stream(f / 'again.kwt', (f / 'stream.jsonl').open('rb'));"
        f"print(Path({str(status)!r}).read_text().split('VmHWM:')[1].split()[0])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    (folder / "again.kwt").unlink()
    return int(ran.stdout) / 1024


def run(folder: Path, documents: int) -> None:
    for imported in import_pairs(folder, documents):
        print(imported.line(), f"  {documents / imported.seconds:,.0f} documents a second")
    print(recording_pair(folder, documents).line())
    print(back_dated_pair(folder, documents).line())
    for found in statement_pairs(folder, documents):
        print(found.line())
    verified, checked = verify_pair(folder, documents)
    print(verified.line(), f"  {checked:,.0f} documents a second")
    print(oddities_pair(folder, documents).line())
    print(f"{'a whole report process':<52}{process_seconds(folder):>10.2f} s")
    peak = peak_mib(folder)
    if peak is not None:
        print(f"{'peak memory of the import':<52}{peak:>8.0f} MiB")


def run_long_account(folder: Path, lines: int) -> None:
    """The ledger of one account of so many lines; the book is made where it is not there yet."""
    from benchmarks import long_account  # loads Qt, which listens to every later import

    path, source = folder / f"account-{lines}.kwt", folder / "account.jsonl"
    if not path.exists():
        long_account.write_stream(source, lines)
        with source.open("rb") as stream:
            _books().import_stream(path, stream)
    with closing(_books().open(path, read_only=True)) as book:
        for found in long_account.pairs(book):
            print(found.line())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--keep", type=Path, help="folder for the books; else a temporary one")
    parser.add_argument("--account-lines", type=int, help="one account of so many lines instead")
    asked = parser.parse_args()
    gc.set_threshold(*SELDOM)
    print(HEADING)
    if asked.account_lines:
        with tempfile.TemporaryDirectory() as temporary:
            folder = asked.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            run_long_account(folder, asked.account_lines)
        return
    for documents in asked.documents or (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory() as temporary:
            folder = asked.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            run(folder, documents)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
