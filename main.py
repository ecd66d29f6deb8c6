"""Starts the desktop, or hands a command to the command line."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.i18n.catalogue import Translator, noop, program_name, resources_dir
from kwt_books.i18n.formats import in_indonesia

SELF_CHECK = "--self-check"


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a Windows console would else lose signs
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if (desktop := Path(__file__).with_name("desktop")).is_dir():  # where `ui` is installed
        sys.path.insert(0, str(desktop))
    books = Books(resources_dir(), lambda: in_indonesia(datetime.now(UTC)), _whoever())

    def open_desktop(path: Path | None) -> int:
        from ui.shell.start import run

        return run(books, path)

    if arguments and arguments[0] == SELF_CHECK:
        return _check_itself(books, *map(Path, arguments[1:2]))
    if not arguments or (len(arguments) == 1 and _is_file(arguments[0])):
        if not has_screen():
            said = noop("There is no screen here. See {program} --help.\n")
            sys.stderr.write(Translator("id")(said, program=program_name()))
            return 1
        return open_desktop(Path(arguments[0]) if arguments else None)

    from kwt_books.cli.commands import commands
    from kwt_books.cli.session import Session

    session = Session.of_user(books, resources_dir(), open_desktop if has_screen() else None)
    commands()(args=arguments, obj=session, prog_name=program_name())
    return 0


def _check_itself(books: Books, out: Path | None = None) -> int:
    """Writes a text about this computer and the program; without a screen Qt's own is told of."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.shell.start import check_itself

    return check_itself(books, out)


def _is_file(argument: str) -> bool:
    """A book, or what somebody took for one: the desktop says what is wrong with it."""
    path = Path(argument)
    return path.suffix.lower() == ".kwt" or (bool(path.suffix) and path.is_file())


def has_screen() -> bool:
    screens = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(screens)


def _whoever() -> Person:
    """Who sits here, by the name they have on this computer."""
    try:
        return Person(getpass.getuser(), Role.CHAIR)
    except (OSError, KeyError, ImportError):
        return Person("-", Role.CHAIR)


if __name__ == "__main__":
    sys.exit(main())
