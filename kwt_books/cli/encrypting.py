"""Commands `encrypt` and `decrypt`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from kwt_books.book import Book
from kwt_books.cli.options import (
    AsPerson,
    Language,
    Place,
    book_argument,
    confirm,
    option,
    signed_in,
)
from kwt_books.cli.session import (
    DONE,
    Session,
    WrongUsage,
    can_ask,
    first_line,
    progress_bar,
    session_of,
)
from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.exporters.whole import opened as opened_for
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.recovery import book_key_sheet
from kwt_books.services.encryption import Encrypted

_Book = Annotated[Place, book_argument("BOOK", noop("The book's file."))]
NEW_PHRASE = "KWT_BOOKS_NEW_PASSPHRASE"
"""The variable of the environment that may hold the new passphrase."""


def encrypt(
    context: typer.Context,
    book: _Book,
    new_passphrase_file: Annotated[
        Path | None, option("FILE", noop("A file whose first line is the new passphrase."))
    ] = None,
    key_paper: Annotated[
        Path | None, option("FILE", noop("Write the paper with the book's key there, as PDF."))
    ] = None,
    as_person: AsPerson = None,
    language: Language = None,
) -> int:
    """`encrypt`: gives a book a passphrase; its key is shown once."""
    session = session_of(context)
    # The paper's place is taken first: nothing is encrypted where it could not be written.
    with opened_for(key_paper) if key_paper is not None else nullcontext() as paper:
        with _chaired(session, book, as_person) as opened:
            done = _changed(session, opened, _new_phrase(session, new_passphrase_file))
        session.say("{book} is encrypted. It opens with its passphrase, or with this key:",
                    book=book)  # fmt: skip
        typer.echo(done.key)
        session.say(
            "Write the key down, and keep it away from the computer: without it and without the "
            "passphrase nobody can open the book.")  # fmt: skip
        if paper is not None and done.key is not None:
            with session.reading(book) as opened:
                pack = opened.paper(session.language, book_key_sheet, done.key)
            session.books.write(pack, "pdf", paper)
    if key_paper is not None:
        confirm(session, key_paper)
    return DONE


def decrypt(
    context: typer.Context, book: _Book, as_person: AsPerson = None, language: Language = None
) -> int:
    """`decrypt`: takes a book's passphrase away."""
    session = session_of(context)
    with _chaired(session, book, as_person) as opened:
        if not opened.encrypted:
            raise StorageError("not-encrypted", path=book)
        _changed(session, opened, None)
    session.say("{book} is not encrypted any more: whoever has the file can read it.", book=book)
    return DONE


@contextmanager
def _chaired(session: Session, path: Address, person: str | None) -> Iterator[Book]:
    """The book, opened to be written; by its chair, where it has people."""
    if isinstance(path, ServerAddress):
        raise StorageError("encrypts-itself", path=path)
    session.learn(path)  # asks for its passphrase too
    with signed_in(session, path, person) as book:
        book.people.must_lead()
        yield book


def _new_phrase(session: Session, file: Path | None) -> str:
    if file is not None:
        return first_line(file)
    told = os.environ.get(NEW_PHRASE)
    if told is not None:
        return told
    if not can_ask():
        text = noop("Give the new passphrase in {variable}, or in a file that {option} names.")
        raise WrongUsage(session.words(text, variable=NEW_PHRASE, option="--new-passphrase-file"))
    phrase = session.ask(noop("New passphrase"))
    if session.ask(noop("Repeat it")) != phrase:
        raise WrongUsage(session.words("The two are not the same. Nothing was changed."))
    return phrase


def _changed(session: Session, book: Book, phrase: str | None) -> Encrypted:
    with progress_bar(session.words("Writing {name}", name=book.path.name), None):
        done = book.encrypt(phrase)
    session.say("Backups that were made before stay as they are.")
    return done
