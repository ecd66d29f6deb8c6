"""A process to be killed: `python -m tests.store.child record|import|copy FOLDER BOOKS`.

It works on several books at once, each in a thread, and prints a line for all that is done.
"""

from __future__ import annotations

import io
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import import_stream
from kwt_books.store.credentials import default_chart
from kwt_books.store.file import BookFile, building

NOW = datetime(2026, 7, 1, 9, 12, tzinfo=UTC)
IMPORTED = 2_500

_out = threading.Lock()


def say(*words: object) -> None:
    with _out:
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()


def record(path: Path) -> None:
    """Records one transfer after the other and says the number of each that is kept."""
    book = BookFile.open(path)
    for amount in range(1, 10**6):
        transfer = Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=amount)
        with book.state(write=True) as state:
            recorded = Recorder(state, Person("Siti"), lambda: NOW).record(transfer)
        say(path.name, recorded.sequence, recorded.hash)


def stream(entries: int = IMPORTED) -> io.BytesIO:
    line = '{"kind": "transfer", "date": "2026-07-02", "from": "1101", "to": "1103", "amount": %d}'
    return io.BytesIO("\n".join(line % amount for amount in range(1, entries + 1)).encode())


def take_in(path: Path, entries: int = IMPORTED) -> None:
    """Imports a stream into a book that is there, or into a new one."""
    if path.exists():
        book = BookFile.open(path)
        with book.state(write=True) as state:
            import_stream(stream(entries), Recorder(state, Person("Siti"), lambda: NOW), state)
    else:
        with building(path, default_chart(resources_dir())) as state:
            import_stream(stream(entries), Recorder(state, Person("Siti"), lambda: NOW), state)


def copy(path: Path) -> None:
    """Backs a book up, restores the backup under another name, and writes its stream out, again
    and again; says the name of each file that is there."""
    books = Books(resources_dir(), lambda: NOW, Person("Siti", Role.CHAIR))
    with closing(books.open(path, read_only=True)) as book:
        for number in range(10**6):
            made = [path.with_name(f"{number}-{kind}") for kind in ("b.kwt", "r.kwt", "s.jsonl")]
            book.back_up(made[0])
            say(made[0].name)
            books.restore(made[0], made[1])
            say(made[1].name)
            book.export("stream", made[2])
            say(made[2].name)


def take_in_aloud(path: Path) -> None:
    say(path.name, "begins")
    take_in(path)
    say(path.name, "done")


def main(what: str, folder: str, books: str) -> None:
    work = {"record": record, "import": take_in_aloud, "copy": copy}[what]
    paths = [Path(folder) / f"{number}.kwt" for number in range(int(books))]
    threads = [threading.Thread(target=work, args=(path,), daemon=True) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except StorageError as error:
        sys.exit(error.code)
