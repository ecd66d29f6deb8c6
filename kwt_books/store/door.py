"""The one way in to a book, whether it lies in a file or on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, select

from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.errors import BookError
from kwt_books.store.writes import SQLITE

if TYPE_CHECKING:
    from kwt_books.domain.access import User
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.store.keys import Key
    from kwt_books.store.opened import OpenBook
    from kwt_books.store.server.bell import Bell
    from kwt_books.store.state import BookState, Trial


def open_book(address: Address, *, read_only: bool = False, spared: bool = False) -> OpenBook:
    """Opens a book of this program's version.

    `spared`: it is only read, though it could be written; credentials still are. Raises
    `StorageError` as `BookFile.open` and `BookOnServer.open` do.
    """
    if isinstance(address, Path):
        from kwt_books.store.file import BookFile

        return BookFile.open(address, read_only=read_only, spared=spared)
    from kwt_books.store.server.book import BookOnServer

    return BookOnServer.open(address, read_only=read_only, spared=spared)


def exists(address: Address) -> bool:
    """Whether something bears the name. Raises `StorageError` where a server can't be asked."""
    if isinstance(address, Path):
        return address.exists()
    from kwt_books.store.server import book

    return book.exists(address)


def building(
    address: Address, chart: list[AccountSetup], key: Key | None = None
) -> AbstractContextManager[BookState]:
    """The state of a new book, which is there whole when the block ends, or not at all.

    `key` encrypts a file; a server keeps its disk itself. Raises `StorageError("book-exists")`
    where something has the name.
    """
    if isinstance(address, Path):
        from kwt_books.store import file

        return file.building(address, chart, key)
    from kwt_books.store.server import book

    return book.building(address, chart)


def foresees(state: BookState) -> bool:
    """Whether `foresee` is worth while: the state is of a server that is far."""
    if state.connection.dialect.name == SQLITE:
        return False
    from kwt_books.store.server.book import is_far

    return is_far(state.connection)


def foresee(state: BookState, work: Callable[[Trial], object]) -> None:
    """Asks a far server in few messages what work on this state is going to ask.

    The work is run several times, on states on which nothing that it records is kept. Where answers
    come at once, nothing is asked before its time.
    """
    if foresees(state):
        from kwt_books.store.server.book import foresee

        foresee(state, work)


def create_book(address: Address, chart: list[AccountSetup], key: Key | None = None) -> OpenBook:
    """Makes a book with the default chart of accounts and opens it.

    Raises `StorageError("book-exists")` where something has the name.
    """
    with building(address, chart, key):
        pass
    return open_book(address)


def open_mirror(address: ServerAddress) -> OpenBook:
    """A mirror, to take what its group pushes.

    Raises `StorageError("not-a-mirror")` for a book that is recorded in there.
    """
    from kwt_books.store.server.book import BookOnServer

    return BookOnServer.open(address, mirror=True)


def building_mirror(
    address: ServerAddress, chart: list[AccountSetup]
) -> AbstractContextManager[BookState]:
    """The state of a new mirror, as `building` gives one of a book."""
    from kwt_books.store.server import book

    return book.building(address, chart, mirror=True)


def upgrade(address: ServerAddress, judge: Callable[[Connection], bool]) -> None:
    """Takes a book on a server to this program's tables; `judge` says whether it is damaged then.

    Raises `StorageError("older-book-on-server")` for who may not make books there.
    """
    from kwt_books.store.server.upgrade import upgrade

    upgrade(address, judge)


def mark_pushed(state: BookState, at: str) -> None:
    """Says in a mirror when the last push came; ISO date and time."""
    from kwt_books.store.server import book

    book.mark_pushed(state.connection, at)


def bell_of(address: ServerAddress) -> Bell:
    """Rings when another desk has recorded in the book. Raises `StorageError`."""
    from kwt_books.store.server.bell import bell_of

    return bell_of(address)


def head_of_server() -> Select[*tuple[Any, ...]]:
    """Asks for the head of a book on a server, whether it is a mirror, and its last push."""
    from kwt_books.store.server.schema import book

    return select(book.c.sequence, book.c.hash, book.c.mirror, book.c.pushed_at)


def ask_all(
    server: ServerAddress, asked: Sequence[tuple[Select[*tuple[Any, ...]], tuple[object, ...]]]
) -> Iterator[tuple[str, list[list[tuple[Any, ...]]]]]:
    """Each book of a database with the rows of each answer, one schema after the other."""
    from kwt_books.store.server.oversight import ask_all

    return ask_all(server, asked)


def people_of(address: ServerAddress) -> tuple[User, ...] | None:
    """Who may sign in to a book on a server; None where that can't be read: opening it says why."""
    from kwt_books.store.server import book

    try:
        return book.people_of(address)
    except (BookError, LookupError, TypeError, ValueError):
        return None
