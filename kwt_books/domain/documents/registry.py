"""Entries of the stream as commands, and commands as entries, by the name of their kind."""

from __future__ import annotations

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.fields import Codec, Issues, wrong
from kwt_books.domain.kind import named
from kwt_books.domain.kinds import KINDS


class _Codecs(dict[str, Codec[Command]]):
    """Makes each when it is first asked for: a start has no time to define every kind."""

    def __missing__(self, kind: str) -> Codec[Command]:
        made = self[kind] = Codec(command_class(kind))
        return made


CODECS = _Codecs()
"""By kind. Raises `KeyError` for a kind that isn't registered."""


def command_class(kind: str) -> type[Command]:
    """The class of a kind's commands; raises `KeyError` for a kind that isn't registered."""
    found: type[Command] = named(KINDS[kind].command)
    return found


def command_classes() -> tuple[type[Command], ...]:
    """The classes of the commands of every kind."""
    return tuple(command_class(kind) for kind in KINDS)


def parse_command(raw: dict[str, object], issues: Issues) -> Command | None:
    """The command that an object of a stream stands for; None when `issues` grew.

    Takes `kind` out of `raw`.
    """
    kind = raw.pop("kind", None)
    if kind is None:
        wrong(issues, ((), "kind"), "missing", key="kind")
        return None
    if not isinstance(kind, str) or kind not in KINDS:
        wrong(issues, ((), "kind"), "unknown-kind", kind=str(kind)[:40])
        return None
    return CODECS[kind].parse(raw, (), issues)


def encode_command(command: Command) -> dict[str, object]:
    """The object of a stream that `parse_command` makes the same command of; keys sorted."""
    return CODECS[command.kind].encode(command)
