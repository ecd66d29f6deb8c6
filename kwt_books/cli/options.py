"""Options and arguments of commands, how they are read, and who records."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TypeVar

import typer

from kwt_books.book import Book
from kwt_books.cli.session import Session, WrongUsage, can_type
from kwt_books.domain.address import Address, address_of
from kwt_books.domain.audit import LIMITS, Thresholds, Unit
from kwt_books.domain.documents.fields import YEAR, Date, Issues, MonthShape, Shape
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats, ParseError, parse_quantity, parse_rupiah

STANDARD = Path("-")
"""Standard input or output, as the value of a file."""
PAPERS = ("A4", "F4")

F = TypeVar("F")

if TYPE_CHECKING:
    from kwt_books.reports.packs import Pack

    Place = Address
else:
    Place = str
"""A book's address, as `address_of` makes it of what was typed: Typer knows no unions."""


def book_argument(metavar: str, text: str) -> Any:
    """An argument that takes a book's file or its address on a server. `text` is in English."""
    return typer.Argument(metavar=metavar, help=text, parser=address_of)


BookAddress = Annotated[
    Place, book_argument("BOOK", noop("The book's file, or postgresql://USER@HOST/DATABASE#BOOK."))
]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="id|en",
        help=noop("Language to answer in; else the book's own."),
    ),
]
Paper = Annotated[
    str | None,
    typer.Option(metavar="A4|F4", help=noop("Paper to print on; else the group's own.")),
]


def option(metavar: str, text: str, *names: str) -> Any:
    """An option that may be left out. `text` is the English message."""
    return typer.Option(*names, metavar=metavar, help=text, show_default=False)


def flag(name: str, text: str) -> Any:
    """An option that is given or not."""
    return typer.Option(name, help=text)


def option_of(parameter: str) -> str:
    """What a report's parameter is called on the command line: `--from` for `start`."""
    names = {"start": "from", "end": "to", "thresholds": "threshold"}
    return "--" + names.get(parameter, parameter).replace("_", "-")


def read_month(name: str, text: str | None, words: Translator) -> Any:
    """The month that an option names; None where it was left out. Raises `WrongUsage`."""
    return _read(MonthShape(), name, text, words)


def read_day(name: str, text: str | None, words: Translator) -> Any:
    """The date that an option names; None where it was left out. Raises `WrongUsage`."""
    return _read(Date(), name, text, words)


def read_year(name: str, text: str | None, words: Translator) -> Any:
    """The year that an option names; None where it was left out. Raises `WrongUsage`."""
    is_number = text is not None and text.isascii() and text.isdigit()
    return _read(YEAR, name, int(text or 0) if is_number else text, words)


def read_rupiah(name: str, text: str | None, words: Translator) -> int | None:
    """The amount that an option names; None where it was left out. Raises `WrongUsage`."""
    if text is None:
        return None
    try:
        return parse_rupiah(text, words.language)
    except ParseError as error:
        raise WrongUsage(f"{name}: {words(error.code)}") from error


def _read(shape: Shape, name: str, raw: str | int | None, words: Translator) -> Any:
    """The value, read as a stream's is; `WrongUsage` says what is wrong with it."""
    if raw is None:
        return None
    issues: Issues = []
    value = shape.parse(raw, (), issues)
    if issues:
        from kwt_books.services.explain import explain

        raise WrongUsage(f"{name}: {explain(issues[0], None, words, Formats(words.language))}")
    return value


def read_thresholds(name: str, texts: list[str] | None, words: Translator) -> Thresholds:
    """The thresholds of options `NAME=VALUE`, numbers as people write them.

    Raises `WrongUsage` for an unknown name and for a value that makes no sense.
    """
    values = {}
    for text in texts or ():
        given, sign, value = text.partition("=")
        code = given.strip().replace("-", "_")
        if not sign or code not in LIMITS:
            raise WrongUsage(_not_one_of(name, given, tuple(LIMITS), words))
        try:
            values[code] = _threshold(code, value, words.language)
        except ParseError as error:
            raise WrongUsage(f"{name} {given}: {words(error.code)}") from error
    try:
        return Thresholds().with_values(values)
    except RuleError as error:
        from kwt_books.services.explain import explain

        raise WrongUsage(explain(error, None, words, Formats(words.language))) from error


def _threshold(code: str, text: str, language: str) -> int:
    unit = LIMITS[code].unit
    if unit in (Unit.QUANTITY, Unit.PERCENT):
        number = parse_quantity(text.strip().removesuffix("%"), language)
        return number if unit is Unit.QUANTITY else number // 100
    return parse_rupiah(text, language)


def read_paper(text: str | None, words: Translator) -> str:
    """The paper that `--paper` names; empty where it was left out. Raises `WrongUsage`."""
    if text is None:
        return ""
    if text.upper() not in PAPERS:
        raise WrongUsage(_not_one_of("--paper", text, PAPERS, words))
    return text.upper()


def choose(name: str, text: str, known: Mapping[str, F], words: Translator) -> F:
    """The one of these that is named. Raises `WrongUsage` where there is none."""
    if text not in known:
        raise WrongUsage(_not_one_of(name, text, tuple(known), words))
    return known[text]


def _not_one_of(name: str, text: str, known: tuple[str, ...], words: Translator) -> str:
    known_text = ", ".join(known)
    return words("{name}: {text} is not one of {known}.", name=name, text=text, known=known_text)


# -- Where to -----------------------------------------------------------------------------------


def output(path: Path) -> Path | BinaryIO:
    """Standard output for `-`, else the path itself."""
    return typer.get_binary_stream("stdout") if path == STANDARD else path


def confirm(session: Session, to: Path | BinaryIO) -> None:
    """Says where a file was written; a pipe is not disturbed."""
    if isinstance(to, Path):
        session.say("Written: {path}", path=to)


def write_pack(session: Session, pack: Pack, format_: str, out: Path | None, paper: str) -> None:
    """Writes a pack on a paper, empty for the group's own, and says where; None: a pipe."""
    to = output(out or STANDARD)
    session.books.write(replace(pack, paper=paper), format_, to)
    confirm(session, to)


PhraseFile = Annotated[
    Path | None,
    option(
        "FILE",
        noop("A file whose first line is the passphrase of encrypted books; before the command."),
        "--passphrase-file",
    ),
]


# -- Who records, where a book has people --------------------------------------------------------


VARIABLE = "KWT_BOOKS_PASSWORD"

AsPerson = Annotated[
    str | None,
    option("NAME", noop("Who records, where the book has people."), "--as-person"),
]


def signing(session: Session, person: str | None, *, may_ask: bool) -> tuple[str, str] | None:
    """Name and password of who records; None where nobody is named.

    The password is taken from the environment, else asked for. Raises `WrongUsage` where it
    can't be asked for: the stream is piped in, or nobody can type.
    """
    if person is None:
        return None
    password = os.environ.get(VARIABLE)
    if password is None and not (may_ask and can_type()):
        words = session.words
        raise WrongUsage(words("Give the password in {variable}.", variable=VARIABLE))
    if password is None:
        asked = session.words("Password of {name}", name=person)
        password = str(typer.prompt(asked, hide_input=True, err=True))
    return person, password


@contextmanager
def signed_in(
    session: Session, path: Address, person: str | None, *, read_only: bool = False
) -> Iterator[Book]:
    """A book that is open, and who records has signed in to it, where somebody is named."""
    signed = signing(session, person, may_ask=True)
    with closing(session.books.open(path, read_only=read_only)) as book:
        if signed is not None:
            book.sign_in(*signed)
        yield book
