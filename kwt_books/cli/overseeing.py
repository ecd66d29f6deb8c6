"""Commands `push` and `oversee`: a group's mirror on a server, and all groups of a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kwt_books.cli.options import (
    Language,
    Paper,
    Place,
    book_argument,
    read_month,
    read_paper,
    write_pack,
)
from kwt_books.cli.reading import As, MonthOf, Out, format_asked
from kwt_books.cli.session import DONE, Session, WrongUsage, opened_to_read, session_of
from kwt_books.domain.address import Address, ServerAddress, server_of
from kwt_books.domain.chain import short_code
from kwt_books.domain.values import Month, month_of, shift
from kwt_books.i18n.catalogue import noop

_Server = typer.Argument(
    metavar="SERVER",
    help=noop("The database, postgresql://USER@HOST/DATABASE."),
    parser=server_of,
)
TAIL = ".tail"
"""The ending of a file with what a mirror lacks."""


def push(
    context: typer.Context,
    book: Annotated[Place, book_argument("BOOK", noop("The group's book, or a file of its tail."))],
    server: Annotated[
        Place, book_argument("SERVER", noop("The mirror, postgresql://USER@HOST/DATABASE#BOOK."))
    ],
    language: Language = None,
) -> int:
    """`push`: hands a mirror on a server what is new in a group's book."""
    session = session_of(context)
    if not isinstance(server, ServerAddress):
        raise WrongUsage(session.words("{path} is not a book on a server.", path=server))
    done = _pushed(session, book, server)
    if done.entries:
        session.say_count(
            "{n} new entry in {book}. Seal {seal}.", "{n} new entries in {book}. Seal {seal}.",
            done.entries, book=server, seal=short_code(done.head),
        )  # fmt: skip
    else:
        session.say("{book} already holds all of it. Seal {seal}.",
                    book=server, seal=short_code(done.head))  # fmt: skip
    return DONE


def _pushed(session: Session, book: Address, server: ServerAddress) -> Any:
    if not isinstance(book, Path) or book.suffix.lower() != TAIL:
        session.learn(book)
        return session.books.push(book, server)
    with opened_to_read(book) as file:
        return session.books.take_tail(file, server)


def oversee(
    context: typer.Context,
    server: Annotated[Any, _Server],
    month: MonthOf = None,
    exceptions: Annotated[
        bool,
        typer.Option(
            "--exceptions",
            help=noop("Count what the exceptions report lists in each book; takes longer."),
        ),
    ] = False,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`oversee`: writes how all groups of a database stand at a month's end, and their sums."""
    session = session_of(context)
    words = session.words
    if server.book:
        text = noop("oversee covers all books of a database: leave out #{book}.")
        raise WrongUsage(words(text, book=server.book))
    asked: Month = read_month("--month", month, words) or shift(
        month_of(session.books.clock().date()), -1
    )
    format_, sheet = format_asked(as_, out, words), read_paper(paper, words)
    pack = session.books.oversee(server, asked, session.language, exceptions=exceptions)
    write_pack(session, pack, format_.name, out, sheet)
