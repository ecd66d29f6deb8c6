"""One open book, wherever it lies: its transactions, and what was learnt of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from kwt_books.domain.address import Address
from kwt_books.domain.errors import StorageError

if TYPE_CHECKING:
    from kwt_books.store.state import BookState

T = TypeVar("T")
Judge = Callable[[Connection], bool]
"""Whether something is wrong with the book that a connection reads."""
SENSELESS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


class OpenBook(ABC):
    """One open book. Its methods belong to one thread."""

    def __init__(self, *, spared: bool = False) -> None:
        self._spared = spared
        self._state: BookState | None = None
        self._version: object = None
        self._held: BookState | None = None
        """What questions are answered from within `held`."""
        self.judge: Judge | None = None
        """Whether a connection reads a damaged book; else senseless rows are our own mistake."""

    @property
    @abstractmethod
    def path(self) -> Address:
        """Where the book lies."""

    @property
    @abstractmethod
    def read_only(self) -> bool:
        """Whether the book was opened only to be read."""

    @property
    def protected(self) -> bool:
        """Whether nothing can be written at all, not even the count of wrong passwords."""
        return self.read_only and not self._spared

    @property
    def is_far(self) -> bool:
        """Whether answers take so long that much is better asked for at once."""
        return False

    @abstractmethod
    def close(self) -> None:
        """Closes the book; what was learnt of it is forgotten."""

    @abstractmethod
    def rest(self) -> None:
        """Does what can wait until nobody waits."""

    @abstractmethod
    def asking(self, unwanted: Callable[[], bool]) -> AbstractContextManager[None]:
        """Within the block, reading is stopped once `unwanted` says so."""

    def at_once(self, connection: Connection, work: Callable[[], T]) -> T:
        """What work gives that only asks; of a far server, in as few messages as can be.

        There it is run several times, so that it must not change anything.
        """
        return work()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection within a writing transaction, for what is kept beside the chain.

        The state that was learnt of the chain stays as it is.
        """
        if not self._spared:
            with self._transaction(write=True) as connection:
                yield connection
            return
        apart = self._opened_apart()
        try:
            with apart.writing() as connection:
                yield connection
        finally:
            apart.close()

    @abstractmethod
    def _opened_apart(self) -> OpenBook:
        """The same book opened once more, so that it can be written to."""

    @abstractmethod
    def _transaction(self, *, write: bool) -> AbstractContextManager[Connection]:
        """A transaction with one consistent view of the book, committed where it writes."""

    @abstractmethod
    def _version_at(self, connection: Connection) -> object:
        """What differs once somebody else has written to the book."""

    def _version_after(self, state: BookState, version: object) -> object:
        """The version once what is written here is committed."""
        return version

    def _new_state(self, connection: Connection) -> BookState:
        from kwt_books.store.state import BookState

        return BookState(connection)

    @abstractmethod
    def _look_again(self) -> None:
        """Before a transaction: makes sure that the newest state of the book is read."""

    @abstractmethod
    def _refused(self, error: StorageError, *, write: bool) -> None:
        """After a transaction that failed."""

    def _stands_after_all(self, error: StorageError, state: BookState) -> bool:
        """Whether what was to be committed is there, though the commit was not answered."""
        return False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection within a reading transaction.

        Raises `StorageError("damaged")` where rows make no sense and the book fails its checks.
        """
        if self._held is not None:
            yield self._held.connection
            return
        self._look_again()
        with self._transaction(write=False) as connection, self._judged(connection):
            yield connection

    @contextmanager
    def _judged(self, connection: Connection) -> Iterator[None]:
        """Turns errors of senseless rows into `StorageError` where the book fails its checks."""
        try:
            yield
        except SENSELESS as error:
            if self.judge is not None and self.judge(connection):
                detail = f"{type(error).__name__}: {error}"[:200]
                raise StorageError("damaged", detail=detail) from error
            raise

    @contextmanager
    def state(self, *, write: bool) -> Iterator[BookState]:
        """The state of the book within a transaction; committed when the block ends.

        What was learnt stays for the next time, unless another program wrote meanwhile.
        """
        if self._held is not None:
            yield self._held
            return
        self._look_again()
        whole: BookState | None = None
        try:
            with self._transaction(write=write) as connection, self._judged(connection):
                version = self._version_at(connection)
                if self._state is None or version != self._version:
                    self._state = self._new_state(connection)
                self._version = version
                self._state.use(connection)
                yield self._state
                self._state.flush()
                self._version = self._version_after(self._state, version)
                whole = self._state if write else None
        except StorageError as error:
            self._state = None
            if whole is not None and self._stands_after_all(error, whole):
                return
            self._refused(error, write=write)
            raise
        except BaseException:
            self._state = None
            raise

    @contextmanager
    def held(self, *, write: bool) -> Iterator[BookState]:
        """A state that all questions within go to; where it is to `write` to, what is supposed is
        written to it, and something raised at its end.
        """
        with self.state(write=write) as state:
            before, self._held = self._held, state
            try:
                yield state
            finally:
                self._held = before
