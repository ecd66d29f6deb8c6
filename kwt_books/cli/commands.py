"""All commands with their help, and the exit code of a run."""

from __future__ import annotations

import atexit
import gc
import re
import signal
import sys
from collections.abc import Sequence
from copy import copy
from types import FrameType
from typing import Any, NamedTuple, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command

from kwt_books.cli.options import Language, PhraseFile
from kwt_books.cli.session import (
    CANCELLED,
    DONE,
    REFUSED,
    WRONG_USAGE,
    Session,
    WrongUsage,
    session_of,
)
from kwt_books.domain.errors import BookError
from kwt_books.domain.kind import named
from kwt_books.domain.values import readable
from kwt_books.i18n.catalogue import LANGUAGES, Translator, noop

_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""Typer shows but one of its errors about wrong usage; this is what they have in common."""

SELDOM = (100_000, 50, 50)
"""A command is over before there is garbage; looking for it takes a tenth of its time."""
_NO_COMMAND = "Missing command."
_EXTRA = re.compile(r"extra argument\(s\) \((.*)\)$")


class _Named(NamedTuple):
    """Where the function of a command stands, `module:name`, and the English message of its help.

    A module is imported for a command of its own alone, or for the help of all of them.
    """

    function: str
    help: str


COMMANDS = {
    "demo": _Named(
        "demo:demo", noop("Make a demo book with its statements, to try the program on.")
    ),
    "import": _Named(
        "moving:import_stream", noop("Record a stream in a book: all of it or nothing.")
    ),
    "export": _Named("moving:export", noop("Write a whole book out.")),
    "move": _Named("moving:move", noop("Copy a book to another place, on a server or in a file.")),
    "template": _Named("taking:template", noop("Write a workbook to fill in and import.")),
    "take": _Named("taking:take_sheets", noop("Import the rows of a spreadsheet: all or nothing.")),
    "bank": _Named("bank:bank", noop("Compare the bank's list with the book.")),
    "push": _Named(
        "overseeing:push", noop("Send what is new in a group's book to its mirror on a server.")
    ),
    "oversee": _Named("overseeing:oversee", noop("Write the state of all groups on a server.")),
    "report": _Named("reading:report", noop("Write a report.")),
    "reports": _Named("reading:reports", noop("List the reports and what they take.")),
    "statements": _Named(
        "statements:statements", noop("Write a month's statements and books as PDF.")
    ),
    "verify": _Named("checking:verify", noop("Check that a book is still as it was recorded.")),
    "compare": _Named("auditing:compare", noop("Compare two books.")),
    "paper": _Named("auditing:paper", noop("Compare a printed paper with the book.")),
    "sample": _Named("auditing:sample", noop("Draw a sample of documents to examine.")),
    "confirmations": _Named(
        "auditing:confirmations", noop("Write letters to shops, members, the bank.")
    ),
    "findings": _Named(
        "auditing:findings", noop("Write the letter of findings, or a working paper.")
    ),
    "encrypt": _Named("encrypting:encrypt", noop("Encrypt a book, or give it another passphrase.")),
    "decrypt": _Named("encrypting:decrypt", noop("Make an encrypted book readable to everybody.")),
}


VALUES = (
    noop("BOOK"), noop("CODE"), noop("CODE|FILE"), noop("DIR"), noop("FILE"), noop("FILE.pdf"),
    noop("NAME"), noop("NAME=COLUMN"), noop("NAME=VALUE"), noop("NUMBER"), noop("SEAL"),
    noop("STREAM"), noop("TEXT"), noop("YYYY"), noop("YYYY-MM"), noop("YYYY-MM-DD"),
)  # fmt: skip
"""What the help calls values of arguments and options; choices are typed as they stand."""


def commands() -> typer.Typer:
    """The command line.

    It is called with `args` and `obj`, a `Session`, and raises `SystemExit`.
    """
    app = _app(
        cls=Commands,
        help=noop("Bookkeeping for a women farmers' group. Without a command, the desktop opens."),
    )
    app.callback()(_root)
    return app


def _app(**how: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich", **how
    )


def _root(
    context: typer.Context, language: Language = None, passphrase_file: PhraseFile = None
) -> None:
    """Whose passphrase is in a file; `--language` is read before anything else."""
    session_of(context).phrase_file = passphrase_file


class _Spoken:
    """Says how it is used in the user's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(cast("Any", self).collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, ctx.obj.words("Usage: "))


def _noted_interrupts() -> list[int]:
    """Notes each Ctrl+C from now on, besides what it does as ever."""
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, note)
    return noted


class _Command(_Spoken, TyperCommand):
    pass


class Commands(_Spoken, TyperGroup):
    """Speaks the user's language, also in help and where a command was given wrongly."""

    def main(self, *given: Any, **extra: Any) -> Any:
        """Runs a command and exits with what it came to.

        Python then ends without a look at all that is still there, which takes a fifth of the time.
        """
        gc.set_threshold(*SELDOM)
        atexit.register(gc.freeze)
        sys.exit(self._run(extra.pop("args"), extra.pop("obj"), **extra))

    def _run(self, args: Sequence[str], session: Session, **extra: Any) -> int:
        interrupted = _noted_interrupts()
        try:
            if (language := asked_language(args)) is not None:
                session.ask_language(language)
            _must_be_text(args, session.words)
            if "--help" in args:
                translate(self, session.words)
            done = super().main(args=args, obj=session, **extra | {"standalone_mode": False})
        except BookError as error:
            if interrupted:  # it fell into an answer of ours to SQLite, which calls that an error
                session.say_wrong("Cancelled. Nothing was recorded.")
                return CANCELLED
            session.complain(error)
            return REFUSED
        except typer.Abort:
            session.say_wrong("Cancelled.")
            return CANCELLED
        except WrongUsage as error:
            text = str(error)
        except _UsageError as error:
            text = _explained(error, session.words)
        else:
            return done or DONE
        asked = [name for name in args if name in COMMANDS][:1]  # options may stand before it
        command = " ".join([extra["prog_name"], *asked, "--help"])
        hint = session.words("See {command}.", command=command)
        typer.echo(f"{text}\n{hint}", err=True)
        return WRONG_USAGE

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, made when it is first asked for; None where there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            app, (function, text) = _app(), COMMANDS[cmd_name]
            app.command(cmd_name, cls=_Command, help=text)(named(f"kwt_books.cli.{function}"))
            self.add_command(get_command(app), cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name. Raises `WrongUsage` where there is none."""
        if args[0] not in COMMANDS:
            words, known = ctx.obj.words, ", ".join(COMMANDS)
            text = noop("There is no command {name}. There are {known}.")
            raise WrongUsage(words(text, name=args[0], known=known))
        return super().resolve_command(ctx, args)


def asked_language(args: Sequence[str]) -> str | None:
    """The language that `--language` names, wherever it stands; None where it was left out.

    It is read before all else, so that what is wrong with the rest is said in it. Raises
    `WrongUsage` for a language that there is not.
    """
    found = None
    for place, arg in enumerate(args):
        if arg == "--language":
            found = "".join(args[place + 1 : place + 2])
        elif arg.startswith("--language="):
            found = arg.partition("=")[2]
    if found is not None and found not in LANGUAGES:
        text = noop("{name}: {text} is not one of {known}.")
        words, known = Translator("id"), ", ".join(LANGUAGES)
        raise WrongUsage(words(text, name="--language", text=found, known=known))
    return found


def _must_be_text(args: Sequence[str], words: Translator) -> None:
    """A file's name may be bytes that are no text, which neither a book nor an answer can hold."""
    for arg in args:
        if not readable(arg):
            text = noop("{given} holds signs that are no text. Rename the file, or type it anew.")
            raise WrongUsage(words(text, given=arg))


def translate(group: TyperGroup, words: Translator) -> None:
    """Puts every text of the help into the user's language."""
    from typer import rich_utils  # takes long to import, and only the help is written by it

    rich_utils.REQUIRED_LONG_STRING = words("[required]")
    group.subcommand_metavar = words("COMMAND [ARGS]…")
    context = typer.Context(group)
    made = [group.get_command(context, name) for name in group.list_commands(context)]
    for command in (group, *filter(None, made)):
        command.help = words.gettext(command.help or "")
        cast("Any", command).rich_help_panel = words("Commands")
        command.options_metavar = words("[OPTIONS]")
        for parameter in cast("list[Any]", command.get_params(typer.Context(command))):
            is_argument = isinstance(parameter, TyperArgument)
            parameter.help = words.gettext(parameter.help or "")
            panel = noop("Arguments") if is_argument else noop("Options")
            parameter.rich_help_panel = words(panel)
            parameter.metavar = parameter.metavar and words.gettext(parameter.metavar)
            if is_argument:  # its words say what it is; the type has but a name of Python's
                parameter.type = copy(parameter.type)
                parameter.type.name = ""


def _explained(error: Any, words: Translator) -> str:
    """What Typer says of a command given wrongly, in the user's language."""
    kind = type(error).__name__
    if kind == "MissingParameter":
        names = error.param.opts if not isinstance(error.param, TyperArgument) else ()
        name = " ".join(names) or words.gettext(error.param.metavar)
        return words("{name} is missing.", name=name)
    if kind == "NoSuchOption":
        return words("There is no option {name} here.", name=error.option_name)
    if kind == "BadOptionUsage":
        if "does not take a value" in str(error):
            return words("{name} takes no value.", name=error.option_name)
        return words("{name} needs a value.", name=error.option_name)
    if kind == "BadParameter":  # what is no text is a number
        return words("{name} is a whole number.", name=" ".join(error.param.opts))
    if str(error) == _NO_COMMAND:
        return words("Which command? There are {known}.", known=", ".join(COMMANDS))
    if (extra := _EXTRA.search(str(error))) is not None:
        text = noop("{extra} is too much. Put a file name that contains spaces in quotes.")
        return words(text, extra=extra[1])
    return words("The command is incomplete or has too much in it: {detail}", detail=error)
