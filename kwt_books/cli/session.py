"""One run of the command line: its books and language, errors, progress and Ctrl+C."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self, cast

import typer

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.errors import BookError, Issue, StorageError, StreamError
from kwt_books.domain.files import reachable
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats

if TYPE_CHECKING:  # a command that goes well explains nothing
    from kwt_books.services.explain import Names

DONE, REFUSED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130
"""Exit codes of commands."""


PHRASE = "KWT_BOOKS_PASSPHRASE"
"""The variable of the environment that may hold the passphrase of encrypted books."""
_TRIES = 3


def can_ask() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and can_type()


def can_type() -> bool:
    """Whether a password can be typed.

    Windows takes its empty device for a terminal, and never comes to the end of what isn't typed.
    """
    if sys.platform == "win32" and sys.stdin is not None and sys.stdin is sys.__stdin__:
        import ctypes
        import msvcrt

        handle, mode = msvcrt.get_osfhandle(sys.stdin.fileno()), ctypes.c_ulong()
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))
    return True


def opened_to_read(path: Path) -> BinaryIO:
    """A file of somebody's. Raises `StorageError("cannot-read")`."""
    try:
        return reachable(path).open("rb")
    except OSError as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error


def first_line(path: Path) -> str:
    """The first line of a text. Raises `StorageError("cannot-read")`."""
    try:
        with reachable(path).open(encoding="utf-8-sig") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error


class WrongUsage(Exception):  # noqa: N818 - named for whose mistake it is
    """The command was not given as it should be; the text says how, in the user's language."""


@dataclass
class Session:
    """What commands work with. The language is the one asked for, else the book's."""

    books: Books
    resources: Path
    desktop: Callable[[Path], int] | None = None
    """Opens the desktop on a book; None where there is no screen."""
    asked_language: str | None = None
    phrase_file: Path | None = None
    """Its first line is the passphrase of encrypted books; None: the environment, or asked for."""
    words: Translator = field(default_factory=lambda: Translator("id"))
    data: Callable[[], Path | None] = lambda: None
    """The folder of what is remembered beside the books; None: nothing is."""
    _read: Address | None = None
    """The book that was opened last."""

    @classmethod
    def of_user(cls, books: Books, resources: Path, desktop: Callable[[Path], int] | None) -> Self:
        """A session that remembers in the folder of this computer's user."""
        return cls(books, resources, desktop, data=_folder_of_user)

    def ask_language(self, language: str) -> None:
        """Speaks this language from here on, whatever the book's."""
        self.asked_language = language
        self.words = Translator(language)

    @property
    def language(self) -> str:
        """The language spoken, `id` or `en`."""
        return self.words.language

    @contextmanager
    def reading(self, path: Address) -> Iterator[Book]:
        """A book opened to be read. Its language is spoken from here on, unless one was asked."""
        book = self._open(path)
        try:
            if self.asked_language is None:
                with suppress(BookError, ValueError):  # of a damaged book something is left to say
                    self.words = Translator(book.language)
            self._read = path
            yield book
        finally:
            book.close()

    def learn(self, path: Address) -> None:
        """Speaks the language of a book from here on, and knows its names."""
        with self.reading(path):
            pass

    def unlock(self, path: Address) -> None:
        """Asks for the passphrase of an encrypted book, unless it is known.

        The file that `--passphrase-file` names has it, else the environment; else it is asked for,
        three times at most. Raises `StorageError` for a wrong one, and `WrongUsage` where nobody
        can be asked.
        """
        if isinstance(path, ServerAddress) or not self.books.asks_phrase(path):
            return
        told = self._told_phrase()
        if told is not None:
            self.books.unlock(path, told)
            return
        if not can_ask():
            text = noop(
                "{path} is encrypted. Give its passphrase in {variable}, or in a file that "
                "--passphrase-file names."
            )
            raise WrongUsage(self.words(text, path=path, variable=PHRASE))
        for _ in range(_TRIES - 1):
            try:
                self._unlock_asked(path)
            except StorageError as error:
                self.complain(error)
            else:
                return
        self._unlock_asked(path)

    def _unlock_asked(self, path: Path) -> None:
        self.books.unlock(path, self.ask(noop("Passphrase of {name}"), path.name))

    def ask(self, msgid: str, name: str = "") -> str:
        """Something that isn't shown while it is typed."""
        return str(typer.prompt(self.words(msgid, name=name), hide_input=True, err=True))

    def _told_phrase(self) -> str | None:
        if self.phrase_file is None:
            return os.environ.get(PHRASE)
        return first_line(self.phrase_file)

    @cached_property
    def names(self) -> Names | None:
        """What is set up in the book that was opened; None where there is none."""
        from kwt_books.queries.overview import setup_data

        if self._read is None:
            return None
        with suppress(BookError, ValueError), closing(self._open(self._read)) as book:
            return book.read(setup_data)
        return None

    def _open(self, path: Address) -> Book:
        self.unlock(path)
        return self.books.open(path, read_only=True)

    def say(self, msgid: str, **params: object) -> None:
        """Writes a message to standard output."""
        typer.echo(self.words(msgid, **params))

    def say_count(self, singular: str, plural: str, n: int, **params: object) -> None:
        """Writes the form of a message for `n`, which is also its `{n}`, to standard output."""
        typer.echo(self.words.ngettext(singular, plural, n, **params))

    def say_wrong(self, msgid: str, **params: object) -> None:
        """Writes a message to standard error."""
        typer.echo(self.words(msgid, **params), err=True)

    def complain(self, error: BookError) -> None:
        """Writes to standard error, line by line, everything that is to be mended."""
        for line in self._problems(error):
            typer.echo(line, err=True)

    def _problems(self, error: BookError) -> Iterator[str]:
        """A line for everything there is to mend: `baris 12: lines.0.qty: …`."""
        if not isinstance(error, StreamError):
            yield self.explain(error)
            return
        from kwt_books.services.explain import Mentioned, explain

        names = error.names if isinstance(error.names, Mentioned) else None
        where = self.words("line {line}", line=error.line)
        for issue in error.issues:
            said = explain(issue, names, self.words, Formats(self.language))
            yield ": ".join(filter(None, [where, issue.field, said]))

    def explain(self, issue: Issue | BookError) -> str:
        """The error in the user's language, with the names of the book that was opened."""
        from kwt_books.services.explain import explain

        return explain(issue, self.names, self.words, Formats(self.language))


def _folder_of_user() -> Path:
    from platformdirs import user_data_path  # few commands ask for it

    return user_data_path("KWT Books", appauthor=False)


def session_of(context: typer.Context) -> Session:
    """The session of a command's context."""
    session = context.obj
    assert isinstance(session, Session)
    return session


# -- How far a long command is, and where it can be stopped --------------------------------------


_AT_ONCE = 256 * 1024
"""Bytes."""


class Metered(io.BufferedReader):
    """A stream that knows how much of it was read, also where it can't be sought.

    Once it has come to its end, Ctrl+C is not listened to any more: what is left is writing
    the book, which is done or not done, and cannot be stopped halfway.
    """

    def __init__(self, file: BinaryIO) -> None:
        # Right on the file: a second buffer in between would wait to be full.
        super().__init__(cast("io.RawIOBase", getattr(file, "raw", file)), _AT_ONCE)
        self._read = 0
        self._before: object = None

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line; the bytes are counted, and the end stops listening to Ctrl+C."""
        line = super().readline(size if size is not None else -1)
        self._read += len(line)
        if not line and self._before is None:
            self._before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        return line

    def tell(self) -> int:
        """How many bytes were read."""
        return self._read

    def detach(self) -> io.RawIOBase:
        """Gives the file back and listens to Ctrl+C again."""
        if self._before is not None:
            signal.signal(signal.SIGINT, cast("signal.Handlers", self._before))
        return super().detach()


def size_of(file: BinaryIO) -> int | None:
    """Bytes of a file; None where that can't be known, as of a pipe."""
    try:
        return os.fstat(file.fileno()).st_size or None
    except (OSError, io.UnsupportedOperation):
        return None


@contextmanager
def progress_bar(text: str, total: int | None) -> Iterator[Callable[..., None] | None]:
    """A function that is told how much is done; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda done, *_of: bar.update(task, completed=done)
