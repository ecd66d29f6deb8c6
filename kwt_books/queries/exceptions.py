"""What the rules of the auditor look at: documents with how they were recorded, and measures."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from kwt_books.domain.accounts import OVERAGE, SHORTAGE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.documents import span, thousandths
from kwt_books.queries.ledger import account_sides


@dataclass(frozen=True, slots=True)
class Examined:
    """One numbered document, and what became of it."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: dict[str, Any]
    recorded_at: str
    recorded_by: str
    corrects: str | None
    corrected_by: str | None
    cash: int
    """Net effect on the cash accounts."""
    amount: int
    """Sum of its debits."""
    difference: int
    """On the accounts of differences: what was short is positive."""
    attached: bool
    taken_in: bool
    """By an import, with many others at one moment."""

    @property
    def holds(self) -> bool:
        """Neither undone nor undoing."""
        return self.corrects is None and self.corrected_by is None

    @property
    def size(self) -> int:
        """What people would name as its amount: the cash that moved, else its debits."""
        return abs(self.cash) or self.amount

    @property
    def moment(self) -> datetime | None:
        """When it was typed; nothing where it was taken in, or only a day was noted."""
        if self.taken_in or len(self.recorded_at) <= len("2026-06-30"):
            return None
        return datetime.fromisoformat(self.recorded_at)


_EXAMINED = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, d.recorded_at, d.recorded_by,
        o.number, c.number,
        (SELECT coalesce(sum(amount), 0) FROM posting
            WHERE document = d.sequence AND account IN :cash),
        (SELECT coalesce(sum(max(amount, 0)), 0) FROM posting WHERE document = d.sequence),
        (SELECT coalesce(sum(amount), 0) FROM posting
            WHERE document = d.sequence AND account IN :differences),
        d.id
    FROM document d
    LEFT JOIN document o ON o.sequence = d.corrects
    LEFT JOIN document c ON c.corrects = d.sequence
    WHERE d.date BETWEEN :start AND :end AND d.number IS NOT NULL
    ORDER BY d.date, d.sequence
""").bindparams(bindparam("cash", expanding=True), bindparam("differences", expanding=True))
_ATTACHED = text("SELECT json_extract(payload, '$.of') FROM document WHERE kind = 'attachment'")
_TOGETHER = text("""
    SELECT recorded_at FROM document
    WHERE sequence BETWEEN
        (SELECT min(sequence) FROM document WHERE date BETWEEN :start AND :end) - :together
        AND (SELECT max(sequence) FROM document WHERE date BETWEEN :start AND :end) + :together
    GROUP BY recorded_at HAVING count(*) >= :together
""")
"""Entries of one moment follow each other: those around the days asked for are enough."""


_BEFORE = text("""
    SELECT d.sequence, b.recorded_at FROM document d JOIN document b ON b.sequence = d.sequence - 1
    WHERE d.date BETWEEN :start AND :end AND d.number IS NOT NULL
""")


def recorded_before(connection: Connection, start: date, end: date) -> dict[int, str]:
    """When the entry before each document of these days was recorded, by the document's place."""
    return {row[0]: row[1] for row in connection.execute(_BEFORE, span(start, end))}


def attached_to(connection: Connection) -> frozenset[str]:
    """Ids and vouchers of the documents that something is attached to."""
    return frozenset(connection.execute(_ATTACHED).scalars())


def examined(
    connection: Connection,
    start: date,
    end: date,
    cash: Iterable[str],
    together: int = 0,
    attached: Container[str] | None = None,
) -> Iterator[Examined]:
    """The numbered documents of these days.

    So many entries of one second were an import; with 0 nobody asks. `attached`: what
    `attached_to` answered, where that is known already.
    """
    if attached is None:
        attached = attached_to(connection)
    asked = {"together": together, **span(start, end)}
    stamps = set(connection.execute(_TOGETHER, asked).scalars() if together else ())
    values = {"cash": list(cash), "differences": [OVERAGE, SHORTAGE], **span(start, end)}
    for row in connection.execute(_EXAMINED, values):
        sequence, number, day, kind, payload, at, by, corrects, corrected, *sums, id_ = row
        yield Examined(
            sequence,
            number,
            date.fromisoformat(day),
            kind,
            json.loads(payload),
            at,
            by,
            corrects,
            corrected,
            cash=sums[0],
            amount=sums[1],
            difference=sums[2],
            attached=number in attached or id_ in attached,
            taken_in=at in stamps,
        )


_ON_ACCOUNT = text("""
    SELECT d.number, abs(sum(p.amount)) FROM posting p JOIN document d ON d.sequence = p.document
    WHERE p.account = :account AND p.date BETWEEN :start AND :end GROUP BY d.sequence
""")


def amounts_on(connection: Connection, account: str, start: date, end: date) -> dict[str, int]:
    """What each document of these days comes to on an account, by its voucher; above zero."""
    values = {"account": account, **span(start, end)}
    return {row[0]: row[1] for row in connection.execute(_ON_ACCOUNT, values)}


# -- cash by day ---------------------------------------------------------------------------

_BY_DAY = text("""
    SELECT date, sum(amount) FROM posting
    WHERE account IN :accounts AND date BETWEEN :start AND :end
    GROUP BY date ORDER BY date
""").bindparams(bindparam("accounts", expanding=True))
_SPENT = text("""
    SELECT d.number FROM posting p JOIN document d ON d.sequence = p.document
    WHERE p.account = :account AND p.date = :day AND p.amount < 0
    ORDER BY p.document DESC LIMIT 1
""")


def balances_by_day(
    connection: Connection, accounts: Sequence[str], end: date, start: date = date.min
) -> Iterator[tuple[date, int]]:
    """What stood on accounts together at the end of each day that anything moved on.

    `start` comes first, moved or not, where it is asked for.
    """
    standing = 0
    if start > date.min:
        sides = [account_sides(connection, account, start) for account in accounts]
        standing = sum(debit - credit for debit, credit in sides)
    values = {"accounts": list(accounts), **span(start, end)}
    moved = connection.execute(_BY_DAY, values).all()
    if start > date.min and (not moved or moved[0][0] != start.isoformat()):
        yield start, standing
    for day, amount in moved:
        standing += amount
        yield date.fromisoformat(day), standing


def last_spent(connection: Connection, account: str, day: date) -> str | None:
    """The last document of a day that took something from an account."""
    values = {"account": account, "day": day.isoformat()}
    found: str | None = connection.execute(_SPENT, values).scalar()
    return found


# -- yields and losses ---------------------------------------------------------------------


class Measure(NamedTuple):
    """One yield (thousandths of output for a unit of input) or loss (tenths of a percent)."""

    number: str
    date: date
    item: str
    of: str
    """The input a yield is of; the kind of document where a loss arose."""
    value: int
    quantity: int
    """What was made or lost, thousandths."""


_HOLDING = text("""
    SELECT number, date, payload FROM document d
    WHERE kind IN :kinds AND date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date, sequence
""").bindparams(bindparam("kinds", expanding=True))
_SOWN = text("""
    SELECT json_extract(payload, '$.batch'), json_extract(payload, '$.item') FROM document
    WHERE kind = 'sowing'
    UNION SELECT json_extract(j.value, '$.batch'), json_extract(j.value, '$.item')
    FROM document d, json_each(d.payload, '$.batches') j WHERE d.kind = 'opening_balance'
""")


def yields(
    connection: Connection, classes: dict[str, str], start: date, end: date
) -> Iterator[Measure]:
    """Of every production of these days that holds: output for a unit of its main input.

    That is the produce it used most of, else what it used most of besides packaging.
    """
    for number, day, payload in _holding(connection, ("production",), start, end):
        inputs = sorted(
            payload["inputs"],
            key=lambda line: (classes.get(line["item"]) == "produce", thousandths(line["qty"])),
        )
        main = [line for line in inputs if classes.get(line["item"]) != "packaging"][-1:]
        for line in main:
            made = thousandths(payload["qty"])
            value = half_up(made * UNIT, thousandths(line["qty"]))
            yield Measure(number, day, payload["item"], line["item"], value, made)


LOSING = ("harvest", "market_day", "consignment_settlement", "seedlings_ready")
"""Kinds of documents that say what was lost."""


def losses(
    connection: Connection, start: date, end: date, kinds: Collection[str] = LOSING
) -> Iterator[Measure]:
    """Of everything handled in documents of these days that hold: what part of it was lost."""
    sown = {}
    if "seedlings_ready" in kinds:
        sown = {row[0]: row[1] for row in connection.execute(_SOWN)}
    for number, day, payload in _holding(connection, kinds, start, end):
        kind = payload["kind"]
        lines = payload.get("lines", [payload])
        for line in lines:
            handled, lost = _lost(kind, line)
            if handled:
                item = line.get("item") or sown.get(payload.get("batch"), "")
                yield Measure(number, day, item, kind, half_up(1_000 * lost, handled), lost)


def _lost(kind: str, line: dict[str, Any]) -> tuple[int, int]:
    """What was handled on a line, and what of it was lost; thousandths."""
    if kind == "seedlings_ready":
        lost = sum(thousandths(line.get(key, 0)) for key in ("lost", "destroyed"))
        return thousandths(line["ready"]) + lost, lost
    lost = thousandths(line.get("spoiled", 0))
    if kind == "market_day":
        return thousandths(line["taken"]), lost
    whole = sum(thousandths(line.get(key, 0)) for key in ("qty", "sold", "returned"))
    return whole + lost, lost


def _holding(
    connection: Connection, kinds: Iterable[str], start: date, end: date
) -> Iterator[tuple[str, date, dict[str, Any]]]:
    """Documents of these kinds and days that were not undone."""
    values = {"kinds": list(kinds), **span(start, end)}
    for number, day, payload in connection.execute(_HOLDING, values):
        yield number, date.fromisoformat(day), json.loads(payload)


# -- shops ---------------------------------------------------------------------------------

_FIRST_CONSIGNED = text("""
    SELECT min(d.date) FROM document d WHERE d.kind = 'consignment' AND d.date <= :end
    AND json_extract(d.payload, '$.shop') = :shop
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
""")


def first_consigned(connection: Connection, shop: str, end: date) -> date | None:
    """The day goods were first left at a shop."""
    values = {"shop": shop, "end": end.isoformat()}
    found = connection.execute(_FIRST_CONSIGNED, values).scalar()
    return date.fromisoformat(found) if found is not None else None
