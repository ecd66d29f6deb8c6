"""A book of thousands of shops, buyers and goods: what each page asks, and a month's pack.

python -m benchmarks.wide [--shops 3000] [--customers 2000] [--goods 10000] [--book FILE]

Counted is processor time. The reference of a page is that of the same book of a hundredth as many.
A first look: `--shops 300 --customers 200 --goods 1000`.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

from benchmarks import workload
from benchmarks.books import _books
from benchmarks.measure import HEADING, Pair, pair_of
from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.closing import month_state
from kwt_books.queries.garden import garden
from kwt_books.queries.layers import stock_on_hand
from kwt_books.queries.money import choices, open_debts, till
from kwt_books.queries.overview import setup_data
from kwt_books.queries.overview import to_do as waiting
from kwt_books.queries.selling import selling
from kwt_books.queries.shops import shops
from kwt_books.reports.context import Parameters
from kwt_books.services.statements import monthly_pack

MONTH = Month("2026-06")
_AIM = 0.3  # seconds of a page
_SHARE = 100

PAGES: dict[str, Callable[[Book], object]] = {
    "what waits (home)": lambda book: book.read(
        lambda reading: waiting(reading.connection, reading.setup, reading.today)
    ),
    "sell": lambda book: book.read(selling),
    "shops": lambda book: book.read(shops),
    "garden": lambda book: book.read(garden, MONTH),
    "stock": lambda book: book.read(stock_on_hand),
    "cash": lambda book: book.read(till, MONTH),
    "debts": lambda book: book.read(open_debts),
    "month close": lambda book: book.read(month_state, MONTH),
    "what forms of money offer": lambda book: book.read(choices),
    "what all forms offer": lambda book: book.read(setup_data),
    "report of consignment": lambda book: book.report("consignment", Parameters(month=MONTH), "id"),
    "report of sales": lambda book: book.report("sales", Parameters(month=MONTH), "id"),
    "report of lots": lambda book: book.report("lots", Parameters(month=MONTH), "id"),
    "what looks odd": lambda book: book.report("exceptions", Parameters(month=MONTH), "id"),
}


def made(folder: Path, shops: int, customers: int, goods: int) -> Path:
    """A book of so many of each."""
    path = folder / f"{shops}.kwt"
    lines = "\n".join(workload.wide(shops, goods, customers=customers)).encode()
    _books().import_stream(path, BytesIO(lines))
    return path


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    before = time.process_time()
    work()
    return time.process_time() - before


def page(name: str, wide: Book, usual: Book) -> Pair:
    """A page of the wide book beside the same page of the other, after each was shown once."""
    ask = PAGES[name]
    ask(wide), ask(usual)
    rounds = range(3)
    gc.disable()  # the desktop collects on the screen's thread, never while a page is asked
    theirs = [spent(lambda: ask(usual)) for _ in rounds]
    ours = [spent(lambda: ask(wide)) for _ in rounds]
    gc.enable()
    return pair_of(name, ours, theirs, None)


def pack(book: Book, folder: Path) -> float:
    """Seconds for a month's statements and books, read and written as PDF."""
    return spent(lambda: _books().write(book.read(monthly_pack, MONTH), "pdf", folder / "pack.pdf"))


def peak_mib() -> float | None:
    """This process's most memory so far, where the system tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shops", type=int, default=3_000)
    parser.add_argument("--customers", type=int, default=2_000)
    parser.add_argument("--goods", type=int, default=10_000)
    parser.add_argument("--book", type=Path, help="a book to look at; else one is made")
    asked = parser.parse_args()
    counts = (asked.shops, asked.customers, asked.goods)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        usual_path = made(folder, *(max(2, each // _SHARE) for each in counts))
        wide_path = asked.book or made(folder, *counts)
        print(HEADING)
        with (
            closing(_books().open(wide_path, read_only=True)) as wide,
            closing(_books().open(usual_path, read_only=True)) as usual,
        ):
            for name in PAGES:
                found = page(name, wide, usual)
                more = "   more than aimed at" if found.seconds > _AIM else ""
                print(found.line() + more)
                sys.stdout.flush()
            print(f"{'the pack of the month':<52}{pack(wide, folder):>10.1f} s")
        if (peak := peak_mib()) is not None:
            print(f"{'most memory of all of it':<52}{peak:>8.0f} MiB")


if __name__ == "__main__":
    main()
