"""Who records, where a book has people."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from kwt_books.cli.options import option
from kwt_books.cli.session import Session, WrongUsage
from kwt_books.i18n.catalogue import noop

VARIABLE = "KWT_BOOKS_PASSWORD"

AsPerson = Annotated[
    str | None,
    option("NAME", noop("Who records, where the book has people."), "--as-person"),
]


def signing(session: Session, person: str | None, *, may_ask: bool) -> tuple[str, str] | None:
    """Name and password; the password stands in the environment or is asked for."""
    if person is None:
        return None
    password = os.environ.get(VARIABLE)
    if password is None and not may_ask:
        words = session.words
        raise WrongUsage(words("Give the password in {variable}.", variable=VARIABLE))
    if password is None:
        asked = session.words("Password of {name}", name=person)
        password = str(typer.prompt(asked, hide_input=True, err=True))
    return person, password
