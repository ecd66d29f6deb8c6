"""How long it takes to take a cash book, beside importing the same documents as a stream.

    python -m benchmarks.intake [--rows 20000]

Both are measured in one run, in the processor's time; the peak of memory is that of the taking.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from benchmarks.measure import timed
from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import layouts_of, take

_TODAY = date(2026, 11, 30)
_SAID = ("Jual kangkung", "Jual keripik bayam", "Beli pupuk", "Bensin", "Arisan", "Konsumsi rapat")
_MEBIBYTE = 1024 * 1024


def write_cash_book(path: Path, rows: int) -> None:
    """A list of this many rows, as a group would keep it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Tanggal", "Uraian", "Masuk", "Keluar"])
        for row in range(rows):
            day = date(2026, 1, 1) + timedelta(days=row * 300 // rows)
            amount = f"{(row % 297 + 1) * 1000:,}".replace(",", ".")
            came = row % len(_SAID) not in (2, 3, 5)
            words = f"{_SAID[row % len(_SAID)]} {row}"
            writer.writerow([f"{day:%d/%m/%Y}", words, *([amount, ""] if came else ["", amount])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    books = Books(resources_dir(), lambda: datetime.now(UTC), Person("-", Role.CHAIR))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kas.csv"
        write_cash_book(path, rows)
        book = books.create(Path(folder) / "diambil.kwt")

        def taking() -> None:
            file = open_sheets(path)
            take(book, file, layouts_of(file), _TODAY)

        taken = timed(taking)
        stream = BytesIO()
        book.export("stream", stream)
        book.close()
        stream.seek(0)
        imported = timed(lambda: books.import_stream(Path(folder) / "diimpor.kwt", stream))
        few = rows // 10  # following every allocation takes its time
        write_cash_book(path, few)
        again = books.create(Path(folder) / "lagi.kwt")
        tracemalloc.start()
        file = open_sheets(path)
        take(again, file, layouts_of(file), _TODAY)
        peak = tracemalloc.get_traced_memory()[1]
        again.close()
    print(f"{rows} rows taken      {taken:6.1f} s  {taken / imported:4.1f} times the import")
    print(f"the same as a stream  {imported:6.1f} s")
    print(f"peak of memory        {peak / _MEBIBYTE:6.0f} MB, {peak // few} bytes a row")


if __name__ == "__main__":
    main()
