"""Commands `import`, `export`, `demo` and `verify`."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from platformdirs import user_documents_path

from kwt_books.cli.options import (
    STANDARD,
    AsPerson,
    BookFile,
    Language,
    choose,
    flag,
    option,
    read_day,
    signing,
)
from kwt_books.cli.session import (
    CANCELLED,
    DONE,
    REFUSED,
    Metered,
    Session,
    progress_bar,
    session_of,
    size_of,
)
from kwt_books.domain.chain import short_code
from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.domain.values import Month
from kwt_books.exporters.formats import BOOK_FORMATS
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import Formats
from kwt_books.services.explain import explain_outcome
from kwt_books.services.integrity.entries import Outcome
from kwt_books.services.statements import monthly_pack
from kwt_books.services.stream import parse_entry, read_lines

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
    """`import`: records a stream in a book, all of it or nothing."""
    session = session_of(context)
    if reachable(book).exists():
        session.unlock(book)
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
    """`export`: writes a whole book out in one of `BOOK_FORMATS`."""
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
    """Standard output for `-`, else the path itself."""
    return typer.get_binary_stream("stdout") if path == STANDARD else path


def confirm(session: Session, to: Path | BinaryIO) -> None:
    """Says where a file was written; a pipe is not disturbed."""
    if isinstance(to, Path):
        session.say("Written: {path}", path=to)


# -- A book to try the program on ----------------------------------------------------------------


MONTH = Month("2026-06")
"""The month whose statements come with the demo."""
FOLDER = "KWT Books"
"""The demo's folder within the user's documents."""


def demo(
    context: typer.Context,
    out: Annotated[
        Path | None, option("DIR", noop("Folder to put it in; else one among your documents."))
    ] = None,
    language: Language = None,
) -> int:
    """`demo`: makes the demo book with a month's statements and opens the desktop on it."""
    session = session_of(context)
    folder = out if out is not None else user_documents_path() / FOLDER
    stream = session.resources / "demo" / "2026.jsonl"
    path, is_new = _place(session, folder, stream)
    if is_new:
        with stream.open("rb") as file:
            session.books.import_stream(path, file)
    with session.reading(path) as book:
        pack = book.read_in(session.language, monthly_pack, MONTH)
    paper = path.with_name(f"{path.stem}-{MONTH}.pdf")
    session.books.write(pack, "pdf", paper)
    _tell_demo(session, path, paper, is_new=is_new)
    if session.desktop is None:
        program, named = context.find_root().info_name, _as_typed(path)
        session.say(
            "There is no screen here. Look inside with: {program} report {path} position",
            program=program, path=named,
        )  # fmt: skip
    return session.desktop(path) if session.desktop is not None else 0


def _as_typed(path: Path) -> str:
    """A path as a shell takes it for one."""
    return shlex.quote(str(path)) if os.name == "posix" else subprocess.list2cmdline([str(path)])


def _tell_demo(session: Session, path: Path, paper: Path, *, is_new: bool) -> None:
    if not is_new:
        session.say("Demo book, there already and unchanged: {path}", path=path)
    elif path.stem == "demo":
        session.say("Demo book made: {path}", path=path)
    else:
        session.say("Demo book made under a new name, demo.kwt was kept: {path}", path=path)
    month = Formats(session.language).month(MONTH)
    session.say("Statements of {month}: {path}", month=month, path=paper)
    if session.desktop is not None:
        session.say("The program opens with this book now.")


def _place(session: Session, folder: Path, stream: Path) -> tuple[Path, bool]:
    """Where the demo goes and whether it must still be made.

    A demo in which nobody recorded anything is used again. Any other file is somebody's
    work: it is left alone, and the demo gets the next free name.
    """
    with stream.open("rb") as file:
        wanted = list(_commands(file))
    for number in count(1):
        path = folder / ("demo.kwt" if number == 1 else f"demo-{number}.kwt")
        if not reachable(path).exists():
            break
        if _recorded(session, path) == wanted:
            return path, False
    return path, True


def _recorded(session: Session, path: Path) -> list[Command] | None:
    """Everything recorded in a book; None where there is none to be read."""
    if session.books.asks_phrase(path):
        return None
    try:
        with session.reading(path) as book, BytesIO() as out:
            book.export("stream", out, attachments=True)
            out.seek(0)
            return list(_commands(out))
    except BookError:
        return None


def _commands(file: BinaryIO) -> Iterator[Command]:
    for _, raw in read_lines(file):
        yield parse_entry(raw)[0]


# -- Whether a book is still what was recorded ---------------------------------------------------


_FORMATS = ("text", "json")


def verify(
    context: typer.Context,
    book: BookFile,
    as_: Annotated[str, option("|".join(_FORMATS), noop("What to write."), "--as")] = "text",
    language: Language = None,
) -> int:
    """`verify`: checks a book and lists what each check came to."""
    session = session_of(context)
    with session.reading(book) as opened:
        format_ = choose("--as", as_, {name: name for name in _FORMATS}, session.words)
        with progress_bar(session.words("Checking {name}", name=book.name), None) as progress:
            outcomes = opened.verify(progress)
    if format_ == "json":
        found = [_object(outcome, session) for outcome in outcomes]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _tell_check(session, outcomes)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if failed:
        session.say_wrong("The book is not what was recorded: {first}.", first=_first(failed))
    return REFUSED if failed else DONE


def _tell_check(session: Session, outcomes: Sequence[Outcome]) -> None:
    t = session.words
    good, bad = t("good"), t("WRONG")
    width = max(len(good), len(bad))
    for outcome in outcomes:
        mark = good if outcome.passed else bad
        said = explain_outcome(outcome, session.names, t, Formats(session.language))
        typer.echo(f"{mark:{width}}  {said}")


def _first(failed: Sequence[Outcome]) -> str:
    """The first bad document; where no document is to blame, the first check that says so."""
    blamed = [each for each in failed if each.sequence is not None]
    first = min(blamed, key=lambda each: each.sequence or 0, default=failed[0])
    return first.document or first.check


def _object(outcome: Outcome, session: Session) -> dict[str, Any]:
    details = outcome.details
    return {
        "check": outcome.check,
        "title": session.words(f"check-{outcome.check}"),
        "passed": outcome.passed,
        "sequence": outcome.sequence,
        "number": outcome.number,
        "code": details.code if details is not None else None,
        "details": session.explain(details) if details is not None else None,
    }
