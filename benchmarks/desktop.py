"""The desktop on a large book: its start, its pages, its memory.

A start counts until the window is usable: it has been drawn, and its loop is free for a key or a
click. The book is opened behind it, and until then pages wait for what they show; so a second
line counts until the first page is filled, and a third says how long the screen let one wait
meanwhile. The bare cost is that of importing PySide6 and SQLAlchemy and of showing an empty
window, in a process of its own, in turn with the program's.

python -m benchmarks.desktop [--documents 100000] [--keep DIR] [--rounds 9]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.books import ROOT, write_stream
from benchmarks.books import _books as books
from benchmarks.desktop_child import READY, SHOWN
from benchmarks.measure import HEADING, pair_of
from kwt_books.store.driver import sqlite3

_START, _MEMORY = 1.5, 200  # times the bare cost, MiB
_FIRST, _AGAIN = 100, 50  # milliseconds of the screen's thread for a page


class Started(NamedTuple):
    """Seconds from the start of a process; MiB once it has settled, where that can be told."""

    shown: float
    ready: float
    longest: float
    """Milliseconds that the screen let one wait between the two."""
    memory: float | None


class Case(NamedTuple):
    """What the children are given."""

    book: Path
    folder: Path
    day: str

    @property
    def arguments(self) -> tuple[str, ...]:
        return str(self.book), str(self.folder), self.day


def make_case(folder: Path, documents: int) -> Case:
    """The book, made where it is not there yet, on its last day."""
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / f"desktop-{documents}.kwt"
    if not book.exists():
        source = folder / "stream.jsonl"
        write_stream(source, documents)
        with source.open("rb") as stream:
            books().import_stream(book, stream)
    with closing(sqlite3.connect(book)) as connection:
        (day,) = connection.execute("SELECT max(date) FROM document").fetchone()
    return Case(book, folder / "desktop", day)


_LAPTOP = {
    "screens": [
        {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768,
         "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    ]
}  # fmt: skip
"""The screen that the program is drawn for; the plugin's own is 800 pixels wide."""


def _offscreen(folder: Path) -> dict[str, str]:
    """Without a screen, and without its plugin's word on each thing it has not got."""
    screen = folder / "screen.json"
    folder.mkdir(parents=True, exist_ok=True)
    screen.write_text(json.dumps(_LAPTOP), encoding="utf-8")
    return {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_LOGGING_RULES": "default.warning=false",
    }


def _child(what: str, case: Case) -> subprocess.Popen[str]:
    """Modules are compiled beforehand, as those of an installed program are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(case.folder / "compiled")}
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.desktop_child", what, *case.arguments],
        cwd=ROOT,
        env={**kept, **_offscreen(case.folder), **compiled},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def start(what: str, case: Case) -> Started:
    """One process from nothing to a window, and on to what stands in it."""
    begin = perf_counter()
    seen: dict[str, float] = {}
    lines: list[str] = []
    with _child(what, case) as child:
        assert child.stdout is not None
        for line in child.stdout:
            lines.append(line.strip())
            seen[lines[-1]] = perf_counter() - begin
    if child.returncode or READY not in seen:
        raise SystemExit(f"the child {what} ended with {child.returncode}")
    longest, memory = lines[-2:]
    return Started(seen[SHOWN], seen[READY], float(longest), float(memory) if memory else None)


def starts(case: Case, rounds: int) -> tuple[list[Started], list[Started]]:
    """The program and the bare cost in turn, after one start of each that is not counted."""
    program, bare = [], []
    for _ in range(rounds + 1):
        bare.append(start("bare", case))
        program.append(start("start", case))
    return program[1:], bare[1:]


Pages = dict[tuple[str, str], list[tuple[float, float]]]
"""By turn and place: milliseconds in all and at a stretch, of each process."""


def pages(case: Case, rounds: int) -> tuple[Pages, list[float]]:
    """Every page in fresh processes, and the memory once all are open."""
    found: Pages = defaultdict(list)
    memory = []
    for _ in range(rounds):
        with _child("pages", case) as child:
            assert child.stdout is not None
            for line in child.stdout:
                match line.split():
                    case [turn, name, total, longest]:
                        found[turn, name].append((float(total), float(longest)))
                    case [resident]:
                        memory.append(float(resident))
        if child.returncode:
            raise SystemExit(f"the pages ended with {child.returncode}")
    return found, memory


def _page_line(name: str, found: Pages) -> str:
    numbers = []
    for turn in ("first", "again"):
        totals, longest = zip(*found.get((turn, name), [(0.0, 0.0)]), strict=True)
        numbers += [statistics.median(totals), statistics.median(longest)]
    shown = "".join(f"{number:>9.0f} ms" if number else f"{'–':>12}" for number in numbers)
    return f"{name:<14}{shown}{_FIRST:>8}, {_AGAIN}"


def _memory_line(what: str, mebibytes: list[float], aim: int | None = None) -> str:
    return f"{what:<52}{statistics.median(mebibytes):>8.0f} MiB{aim or '':>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder for the book; else a temporary one")
    parser.add_argument("--rounds", type=int, default=9, help="starts of each kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        case = make_case(asked.keep or Path(temporary), asked.documents)
        case.folder.mkdir(exist_ok=True)
        report(case, asked.rounds, f"{asked.documents:,}")


def report(case: Case, rounds: int, documents: str) -> None:
    program, bare = starts(case, rounds)
    print(HEADING)
    stages = (
        ("until its window is usable", "shown", _START),
        ("until its page is filled", "ready", None),
    )
    for what, key, aim in stages:
        mine = [getattr(each, key) for each in program]
        pair = pair_of(
            f"start on {documents} documents {what}", mine, [each.shown for each in bare], aim
        )
        print(pair.line())
    longest = statistics.median(each.longest for each in program)
    print(f"{'the screen lets one wait meanwhile, at most':<52}{longest:>9.0f} ms")
    found, memory = pages(case, max(3, rounds // 3))
    heads = ("first", "longest", "again", "longest")
    print(f"\n{'screen thread':<14}" + "".join(f"{head:>12}" for head in heads) + f"{'aim':>8}")
    for name in dict.fromkeys(name for _turn, name in found):
        print(_page_line(name, found))
    print()
    if memory:
        settled = [[each.memory or 0 for each in kind] for kind in (bare, program)]
        print(_memory_line("memory of an empty window", settled[0]))
        print(_memory_line("memory after the start", settled[1], _MEMORY))
        print(_memory_line("memory with every page open", memory, _MEMORY))


if __name__ == "__main__":
    main()
