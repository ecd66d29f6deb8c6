"""A balance sheet as a process, beside ledger, hledger and Beancount on the same documents.

python -m benchmarks.peers [--documents 1000 --documents 10000 ...] [--rounds 3] [--book FILE]

The programs take turns, each as a whole process from start to exit. Their files are what
`export --as hledger` and `--as beancount` write, with all that is said of each document; ledger
reads hledger's. Those that are not installed are left out. A first look: `--documents 1000`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.books import ROOT, _books, write_stream
from benchmarks.measure import HEADING, pair_of

Command = list[str]
_BEANCOUNT = (
    "import sys; from beancount import loader; from beancount.core import realization;"
    "entries, errors, _ = loader.load_file(sys.argv[1]); assert not errors, errors[:3];"
    "print(realization.compute_balance(realization.realize(entries)))"
)
_FORMATS = ("hledger", "beancount")
_SURROUNDINGS = {name: said for name, said in os.environ.items() if "BYTECODE" not in name}
"""Modules are compiled once and kept, as on any computer, also where the benchmark keeps none."""


def spent_by_children() -> float:
    """Processor seconds of all processes that were waited for; wall clock where none can tell."""
    try:
        import resource
    except ImportError:  # Windows
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(command: Command) -> float:
    """What one run of a command takes."""
    before = spent_by_children()
    subprocess.run(command, cwd=ROOT, env=_SURROUNDINGS, check=True, stdout=subprocess.DEVNULL)
    return spent_by_children() - before


def written(book: Path, folder: Path) -> dict[str, Path]:
    """The book's documents as the others read them, by format."""
    found = {}
    with closing(_books().open(book, read_only=True)) as opened:
        for format_ in _FORMATS:
            found[format_] = folder / f"book.{format_}"
            opened.export(format_, found[format_])
    return found


def peers(files: dict[str, Path]) -> Iterator[tuple[str, Command]]:
    """The balance sheets of the programs that are installed."""
    journal = str(files["hledger"])
    for name, asked in (("ledger", "balance"), ("hledger", "balancesheet")):
        if (found := shutil.which(name)) is not None:
            yield name, [found, "-f", journal, asked]
    if importlib.util.find_spec("beancount") is not None:
        yield "Beancount", [sys.executable, "-c", _BEANCOUNT, str(files["beancount"])]
    yield "import sqlalchemy", [sys.executable, "-c", "import sqlalchemy"]


def measure(book: Path, folder: Path, documents: str, rounds: int) -> None:
    """Prints a line a peer: our seconds, theirs, and the ratio of the two."""
    ours = [sys.executable, "main.py", "report", str(book), "position"]
    theirs = dict(peers(written(book, folder)))
    runs: dict[str, Callable[[], float]] = {"": lambda: seconds(ours)}
    for name, command in theirs.items():
        runs[name] = lambda command=command: seconds(command)  # type: ignore[misc]
    seconds(ours)  # with every module compiled, as after a first start
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(run())
    for name in theirs:
        what = f"position of {documents} documents beside {name}"
        print(pair_of(what, found[""], found[name], 1.3 if "import" in name else 1).line())
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--book", type=Path, help="a book to look at; else some are made")
    asked = parser.parse_args()
    print(HEADING)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if asked.book is not None:
            measure(asked.book, folder, "its", asked.rounds)
            return
        for documents in asked.documents or (1_000, 10_000):
            stream, book = folder / "stream.jsonl", folder / f"{documents}.kwt"
            write_stream(stream, documents)
            with stream.open("rb") as source:
                _books().import_stream(book, source)
            measure(book, folder, f"{documents:,}", asked.rounds)


if __name__ == "__main__":
    main()
