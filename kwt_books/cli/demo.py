"""Command `demo`: a book to try the program on."""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from platformdirs import user_documents_path

from kwt_books.cli.options import Language, option
from kwt_books.cli.session import DONE, Session, session_of
from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import BookError
from kwt_books.domain.files import reachable
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import Formats
from kwt_books.services.statements import monthly_pack
from kwt_books.services.stream import parse_entry, read_lines

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
        return DONE
    atexit.unregister(gc.freeze)  # windows go with their garbage
    return session.desktop(path)


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
