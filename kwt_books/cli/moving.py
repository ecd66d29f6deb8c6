"""Streams into a book, and a book out of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kwt_books.cli.options import (
    STANDARD,
    BookFile,
    Language,
    choose,
    flag,
    option,
    read_day,
)
from kwt_books.cli.progress import Metered, progress_bar, size_of
from kwt_books.cli.session import CANCELLED, Session, session_of
from kwt_books.cli.signing import AsPerson, signing
from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import StorageError
from kwt_books.domain.long_paths import reachable
from kwt_books.exporters.formats import BOOK_FORMATS
from kwt_books.i18n.catalogue import noop

_Book = typer.Argument(
    metavar="BOOK", help=noop("The book's file; it is made if there is none."), show_default=False
)
_Stream = typer.Argument(
    metavar="STREAM", help=noop("The stream's file; - is what is piped in."), show_default=False
)


def import_stream(
    context: typer.Context,
    book: Annotated[Path, _Book],
    stream: Annotated[Path, _Stream],
    as_person: AsPerson = None,
    language: Language = None,
) -> int:
    session = session_of(context)
    if reachable(book).exists():
        # For its language alone: an older one is brought up to date below, another refused there.
        with suppress(StorageError), session.reading(book):
            pass
    signed = signing(session, as_person, may_ask=stream != STANDARD)
    try:
        with _source(stream) as source:
            title = session.words("Recording {name}", name=stream.name)
            with progress_bar(title, size_of(source)) as progress:
                done = session.books.import_stream(book, source, progress, signed)
    except KeyboardInterrupt:
        session.say_wrong("Cancelled. Nothing was recorded.")
        return CANCELLED
    session.say(
        "{entries} lines recorded in {book}. Seal {seal}.",
        entries=done.entries,
        book=book,
        seal=short_code(done.head),
    )
    return 0


@contextmanager
def _source(path: Path) -> Iterator[Metered]:
    if path == STANDARD:
        source = Metered(typer.get_binary_stream("stdin"))
        try:
            yield source
        finally:
            source.detach()
        return
    try:
        file = reachable(path).open("rb")
    except OSError as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error
    with file:
        source = Metered(file)
        try:
            yield source
        finally:
            source.detach()


def export(
    context: typer.Context,
    book: BookFile,
    as_: Annotated[str, option("|".join(BOOK_FORMATS), noop("What to write."), "--as")] = "stream",
    out: Annotated[Path, option("FILE", noop("Where to; - is the screen or a pipe."))] = STANDARD,
    with_attachments: Annotated[
        bool, flag("--with-attachments", noop("Put in the attached photos and files too."))
    ] = False,
    until: Annotated[
        str | None, option("YYYY-MM-DD", noop("The day that the reports of an audit pack go to."))
    ] = None,
    language: Language = None,
) -> None:
    session = session_of(context)
    with session.reading(book) as opened:
        format_ = choose("--as", as_, BOOK_FORMATS, session.words)
        to, day = output(out), read_day("--until", until, session.words)
        title = session.words("Writing {name}", name=out.name)
        with progress_bar(title, None) as progress:
            opened.export(
                format_.name,
                to,
                language=session.language,
                attachments=with_attachments,
                progress=progress,
                until=day,
            )
    confirm(session, to)


def output(path: Path) -> Path | BinaryIO:
    return typer.get_binary_stream("stdout") if path == STANDARD else path


def confirm(session: Session, to: Path | BinaryIO) -> None:
    """Says where a file was written; a pipe is not disturbed."""
    if isinstance(to, Path):
        session.say("Written: {path}", path=to)
