"""Commands `import`, `move` and `export`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer

from kwt_books.cli.options import (
    STANDARD,
    AsPerson,
    BookAddress,
    Language,
    Place,
    book_argument,
    choose,
    confirm,
    flag,
    option,
    output,
    read_day,
    signing,
)
from kwt_books.cli.session import (
    CANCELLED,
    DONE,
    Metered,
    WrongUsage,
    opened_to_read,
    progress_bar,
    session_of,
    size_of,
)
from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import StorageError
from kwt_books.exporters.formats import BOOK_FORMATS
from kwt_books.i18n.catalogue import noop

_Book = book_argument(
    "BOOK",
    noop("The book's file, or its address on a server; it is made if there is none."),
)
_Stream = typer.Argument(metavar="STREAM", help=noop("The stream's file; - is what is piped in."))


def import_stream(
    context: typer.Context,
    book: Annotated[Place, _Book],
    stream: Annotated[Path, _Stream],
    as_person: AsPerson = None,
    language: Language = None,
) -> int:
    """`import`: records a stream in a book, all of it or nothing."""
    session = session_of(context)
    if session.books.exists(book):
        session.unlock(book)
        # For its language alone: an older one is brought up to date below, another refused there.
        with suppress(StorageError):
            session.learn(book)
    signed = signing(session, as_person, may_ask=stream != STANDARD)
    try:
        with _source(stream) as source:
            title = session.words("Recording {name}", name=stream.name)
            with progress_bar(title, size_of(source)) as progress:
                done = session.books.import_stream(book, source, progress, signed)
    except KeyboardInterrupt:
        session.say_wrong("Cancelled. Nothing was recorded.")
        return CANCELLED
    session.say_count(
        "{n} line recorded in {book}. Seal {seal}.",
        "{n} lines recorded in {book}. Seal {seal}.",
        done.entries,
        book=book,
        seal=short_code(done.head),
    )
    return DONE


def move(
    context: typer.Context,
    source: Annotated[Place, book_argument("A", noop("The book where it is now."))],
    target: Annotated[
        Place, book_argument("B", noop("Where it will be; nothing may be there yet."))
    ],
    language: Language = None,
) -> int:
    """`move`: makes a book anew at another place, on a server or in a file."""
    session = session_of(context)
    session.learn(source)
    with progress_bar(session.words("Recording {name}", name=target.name), None) as progress:
        head = session.books.move(source, target, progress)
    session.say("{book} holds all of it now. Seal {seal}.", book=target, seal=short_code(head))
    session.say(
        "Record there from now on. {book} is as it was; keep it, and close it.", book=source
    )
    return DONE


@contextmanager
def _source(path: Path) -> Iterator[Metered]:
    piped = path == STANDARD
    file = typer.get_binary_stream("stdin") if piped else opened_to_read(path)
    with nullcontext() if piped else file:
        source = Metered(file)
        try:
            yield source
        finally:
            source.detach()


def export(
    context: typer.Context,
    book: BookAddress,
    as_: Annotated[str, option("|".join(BOOK_FORMATS), noop("What to write."), "--as")] = "stream",
    out: Annotated[Path, option("FILE", noop("Where to; - is the screen or a pipe."))] = STANDARD,
    with_attachments: Annotated[
        bool, flag("--with-attachments", noop("Include the attached photos and files."))
    ] = False,
    until: Annotated[
        str | None, option("YYYY-MM-DD", noop("The last day of the reports in an audit pack."))
    ] = None,
    since: Annotated[
        str | None, option("SEAL", noop("The seal that a tail continues, 64 digits; else all."))
    ] = None,
    before_closing: Annotated[
        bool, flag("--before-closing", noop("Leave out the postings that close the month."))
    ] = False,
    language: Language = None,
) -> None:
    """`export`: writes a whole book out in one of `BOOK_FORMATS`."""
    session = session_of(context)
    with session.reading(book) as opened:
        format_ = choose("--as", as_, BOOK_FORMATS, session.words)
        ledgers = tuple(each.name for each in BOOK_FORMATS.values() if each.ledger)
        for option_, given, formats in (
            ("--before-closing", before_closing, ledgers),
            ("--since", since is not None, ("tail",)),
            ("--until", until is not None, ("audit",)),
            ("--with-attachments", with_attachments, ("stream", "tail", "audit")),
        ):
            if given and format_.name not in formats:
                asked = {"option": option_, "formats": ", ".join(formats)}
                raise WrongUsage(session.words("{option} goes with --as {formats} alone.", **asked))
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
                since=since.lower() if since is not None else None,
                before_closing=before_closing,
            )
    confirm(session, to)
