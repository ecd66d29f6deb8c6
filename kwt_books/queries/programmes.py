"""Programmes: what was received of each, what was used for what, and what is left."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from kwt_books.domain.accounts import PROGRAMME_MONEY
from kwt_books.domain.documents.buying import AssetAcquisition
from kwt_books.domain.documents.money import Payment
from kwt_books.domain.documents.setup import Programme
from kwt_books.domain.posting import PROGRAMME
from kwt_books.queries.documents import span
from kwt_books.queries.reading import Reading
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_order,
    listed,
    of_no_goods,
    oldest_first,
    original,
    said,
    source_kind,
    source_payload,
    total,
    with_original,
)
from kwt_books.store.rows import recorded_command, setup_command
from kwt_books.store.tables import attachment, document, move, setup
from kwt_books.store.tables import programme as kept

_CORRECTS = original.c.sequence.is_not(None).label("corrects")
_PLACES = listed("places")
_MOVED = oldest_first(
    select(
        move.c.place,
        entry.c.sequence,
        entry.c.number,
        entry.c.date,
        source_kind,
        source_payload,
        _CORRECTS,
        total(move.c.value),
    )
    .select_from(
        with_original(
            in_order(
                in_order(_PLACES, move, (move.c.place == _PLACES.c.value) & of_no_goods),
                entry,
                entry.c.sequence == move.c.document,
            )
        )
    )
    .where(dated_within())
    .group_by(move.c.place, entry.c.sequence, original.c.sequence)
)
_LEFT = select(kept.c.code, kept.c.remains)
_SET_UP = select(setup.c.payload).where(setup.c.kind == "programme").order_by(setup.c.code)


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A document that names a programme; a correction bears what it undoes, negated."""

    sequence: int
    number: str
    date: date
    kind: str
    """Of the corrected document in a correction, as `command` is."""
    command: Any
    """What was recorded, of the class of its kind."""
    corrects: bool
    change: int
    """What it added to what is left; negative where it used or gave back."""

    @property
    def sign(self) -> int:
        """-1 for a correction, else 1."""
        return -1 if self.corrects else 1

    @property
    def given_back(self) -> int:
        """What went back to the giver; rupiah, negative where that was corrected."""
        if not isinstance(self.command, Payment):
            return 0
        lines = self.command.lines
        return self.sign * sum(x.amount for x in lines if x.account == PROGRAMME_MONEY)

    @property
    def spent(self) -> Mapping[str, int]:
        """Amounts by line of the budget, of lines that name one."""
        found: defaultdict[str, int] = defaultdict(int)
        for line in (self.command, *getattr(self.command, "lines", ())):
            if (budget := getattr(line, "budget", None)) is not None:
                amount = line.cost if isinstance(line, AssetAcquisition) else line.amount
                found[budget] += self.sign * amount
        return found


@dataclass(slots=True)
class ProgrammeStanding:
    """Sums over some days; all but `adjusted` are positive when all is usual."""

    received: int = 0
    used_as_income: int = 0
    """To 4201, by payments."""
    used_as_capital: int = 0
    """To 3104, by purchases and acquisitions."""
    given_back: int = 0
    adjusted: int = 0
    """By memorials: what they added to what is left."""
    spent: dict[str, int] = field(default_factory=dict)
    """By line of the budget."""

    @property
    def left(self) -> int:
        """What is left of the programme's money; rupiah."""
        used = self.used_as_income + self.used_as_capital + self.given_back
        return self.received - used + self.adjusted

    def add(self, entry: ProgrammeEntry) -> None:
        """Counts an entry in, by its kind."""
        if entry.kind in ("opening_balance", "grant"):
            self.received += entry.change
        elif entry.kind == "payment":
            self.given_back += entry.given_back
            self.used_as_income -= entry.change + entry.given_back
        elif entry.kind == "memorial":
            self.adjusted += entry.change
        else:
            self.used_as_capital -= entry.change
        for line, amount in entry.spent.items():
            self.spent[line] = self.spent.get(line, 0) + amount


def programmes(connection: Connection) -> list[Programme]:
    """All that are set up, in the order of their codes."""
    return [setup_command("programme", payload) for (payload,) in connection.execute(_SET_UP)]


Entries = Mapping[str, list[ProgrammeEntry]]
"""By the code of the programme, each in the order of a book."""


def programme_entries(
    connection: Connection, programmes: Iterable[Programme], start: date, end: date
) -> Entries:
    """Documents of these days that name one of the programmes."""
    found: dict[str, list[ProgrammeEntry]] = {each.code: [] for each in programmes}
    places = json.dumps([PROGRAMME + code for code in found])
    for place, sequence, number, day, kind, payload, corrects, change in connection.execute(
        _MOVED, {"places": places, **span(start, end)}
    ):
        found[place.removeprefix(PROGRAMME)].append(
            ProgrammeEntry(
                sequence,
                number,
                date.fromisoformat(day),
                kind,
                recorded_command(kind, payload),
                bool(corrects),
                change,
            )
        )
    return found


def standing_of(programme: Programme, entries: Iterable[ProgrammeEntry]) -> ProgrammeStanding:
    """What a programme received, used and has left by these entries."""
    standing = ProgrammeStanding(spent=dict.fromkeys([x.line for x in programme.budget], 0))
    for each in entries:
        standing.add(each)
    return standing


def programmes_left(connection: Connection) -> dict[str, int]:
    """What is left of the money of each programme, all recorded so far; rupiah by code."""
    return {row[0]: row[1] for row in connection.execute(_LEFT)}


class ProgrammeSums(NamedTuple):
    """A programme with its money, all recorded so far; rupiah."""

    programme: Programme
    giver: str
    received: int
    left: int


def programme_sums(reading: Reading) -> tuple[ProgrammeSums, ...]:
    """The programmes that are set up, in the order of their codes."""
    known = programmes(reading.connection)
    entries = programme_entries(reading.connection, known, date.min, date.max)
    parties = reading.setup.parties
    found = []
    for each in known:
        standing = standing_of(each, entries[each.code])
        giver = parties[each.party].name if each.party is not None else ""
        found.append(ProgrammeSums(each, giver, standing.received, standing.left))
    return tuple(found)


def spent_by_line(reading: Reading, programme: str) -> Mapping[str, int]:
    """What was spent of each line of a programme's budget, all recorded so far; rupiah."""
    known = reading.setup.programmes[programme]
    entries = programme_entries(reading.connection, [known], date.min, date.max)
    return standing_of(known, entries[programme]).spent


class AttachedFile(NamedTuple):
    """A file that is attached to a document."""

    sequence: int
    name: str


_NUMBERS = listed("numbers")
_attached = document.alias("attached")
_FILES = (
    select(entry.c.number, _attached.c.sequence, said(_attached.c.payload, "name"))
    .select_from(
        entry.join(
            _attached,
            and_(
                _attached.c.kind == "attachment",
                said(_attached.c.payload, "of").in_((entry.c.number, entry.c.id)),
            ),
        )
    )
    .where(entry.c.number.in_(select(_NUMBERS.c.value)))
    .order_by(_attached.c.sequence)
)
_BYTES = select(attachment.c.data).where(attachment.c.document == bindparam("sequence"))


def files_of(connection: Connection, numbers: list[str]) -> Mapping[str, list[AttachedFile]]:
    """The files that are attached to these documents, by number, in the order of the book."""
    found: defaultdict[str, list[AttachedFile]] = defaultdict(list)
    for number, sequence, name in connection.execute(_FILES, {"numbers": json.dumps(numbers)}):
        found[number].append(AttachedFile(sequence, name))
    return found


def file_bytes(connection: Connection, sequence: int) -> bytes | None:
    """The bytes of an attachment; None where the book has not got them."""
    data = connection.execute(_BYTES, {"sequence": sequence}).scalar()
    return bytes(data) if data is not None else None


def attachments_of(connection: Connection, numbers: list[str]) -> dict[str, int]:
    """How many attachments each of these documents has; those with none are left out."""
    return {number: len(files) for number, files in files_of(connection, numbers).items()}
