"""Where in the steps something was asked that the book refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.errors import RefusedAt
from ui.first_start.step import Step
from ui.forms.lines import Lines
from ui.widgets.field import MoneyField

_PATHS = {"batches": "growing", "assets": "things", "date": "start"}
"""Parts of the opening that the steps call otherwise."""
_USUAL = "usual"

Place = tuple[Step, str]
"""A step and the path of a field in it."""


def place_of(steps: Sequence[Step], commands: Sequence[Command], error: RefusedAt) -> Place | None:
    """The field to mend; None where nothing of the kind was asked."""
    command, path = commands[error.place], error.issues[0].field
    if isinstance(command, OpeningBalance):
        return _in_opening(steps, commands, command, path)
    if isinstance(command, Party):
        return _where_named(steps, command.name)
    if isinstance(command, Item):
        return _where_named(steps, command.name) or _field(steps, _USUAL)
    return _field(steps, path)


def _in_opening(
    steps: Sequence[Step], commands: Iterable[Command], opening: OpeningBalance, path: str
) -> Place | None:
    part, _, rest = path.partition(".")
    if part == "balances":  # mostly sums of what was asked
        return _largest(steps)
    if part == "parties":
        code = opening.parties[int(rest.partition(".")[0])].party
        names = (each.name for each in commands if isinstance(each, Party) and each.code == code)
        return next((_where_named(steps, name) for name in names), None)
    return _field(steps, ".".join(filter(None, (_PATHS.get(part, part), rest))))


def _field(steps: Sequence[Step], path: str) -> Place | None:
    return next(((step, path) for step in steps if step.speaks_of(path)), None)


def _lines(steps: Sequence[Step]) -> Iterator[tuple[Step, str, Lines]]:
    for step in steps:
        for path, field in step.inputs.items():
            if isinstance(field, Lines):
                yield step, path, field


def _where_named(steps: Sequence[Step], name: str) -> Place | None:
    for step, path, lines in _lines(steps):
        for place, line in enumerate(lines.filled):
            if "name" in line.fields and line.fields["name"].value() == name:
                return step, f"{path}.{place}.name"
    return None


def _largest(steps: Sequence[Step]) -> Place | None:
    """Of all amounts the one that a sum is too high by."""
    found: list[tuple[int, Place]] = [
        (field.number() or 0, (step, path))
        for step in steps
        for path, field in step.inputs.items()
        if isinstance(field, MoneyField)
    ]
    for step, path, lines in _lines(steps):
        for place, line in enumerate(lines.filled):
            amounts = [each for each in line.fields.values() if isinstance(each, MoneyField)]
            found += [(each.number() or 0, (step, f"{path}.{place}")) for each in amounts]
    return max(found, key=itemgetter(0))[1] if found else None
