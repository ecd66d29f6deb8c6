"""A desk in a process of its own: records transfers into a book and writes down what was answered.

python -m tests.store.desk ADDRESS NAME COUNT OUT
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from kwt_books.app import Books
from kwt_books.domain.access import Person, Recorded, Role
from kwt_books.domain.address import Address, address_of
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import BookError, InvalidDocument
from kwt_books.i18n.catalogue import resources_dir
from tests.conftest import NOW

DAY = date(2026, 7, 1)
_TRIES = 400


def main(arguments: Sequence[str]) -> int:
    address, name, count, out = arguments
    with Path(out).open("w", encoding="utf-8") as file:
        for each in range(int(count)):
            transfer = Transfer(id=f"{name}-{each}", date=DAY, source="1101", to="1103", amount=1)
            done = persistent(address_of(address), name, transfer)
            file.write(f"{name}-{each} {done}\n")
            file.flush()
    return 0


_DOOR: dict[str, object] = {}


def persistent(address: Address, name: str, transfer: Transfer) -> str:
    """Records it however often the server is away; what was answered: a seal, or `there`."""
    books = Books(resources_dir(), lambda: NOW, Person(name, Role.CHAIR))
    for _ in range(_TRIES):
        try:
            return recorded(books, address, transfer).hash
        except InvalidDocument as error:
            if error.code == "id-taken":
                return "there"
            raise
        except BookError as error:
            if error.code not in ("connection-lost", "server-unreachable", "outcome-unknown"):
                raise
            with suppress(BookError, KeyError):
                _DOOR.pop(str(address)).close()  # type: ignore[attr-defined]
            time.sleep(0.05)
    raise AssertionError("the server stayed away")


def recorded(books: Books, address: Address, transfer: Transfer) -> Recorded:
    book = _DOOR.get(str(address))
    if book is None:
        book = _DOOR[str(address)] = books.open(address)
    return book.record(transfer)  # type: ignore[attr-defined,no-any-return]


if __name__ == "__main__":
    with closing(sys.stdout):
        sys.exit(main(sys.argv[1:]))
