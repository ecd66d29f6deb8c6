"""The core beside an independent replay of the same lines: both take and refuse alike."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.domain.errors import InvalidDocument
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.programmes import (
    ProgrammeStanding,
    programme_entries,
    programmes,
    standing_of,
)
from kwt_books.services.integrity.verify import verify
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import LineError, parse_entry
from kwt_books.store.credentials import default_chart
from kwt_books.store.door import building, open_book
from tests.oracle.replay import Book as Oracle
from tests.oracle.replay import Document, Refused
from tests.services.second_edition import dues_standings, reconciliations

Figures = dict[str, Any]


class Refusal(NamedTuple):
    """Why a line is refused; short of stock: item, place, thousandths wanted and available."""

    code: str
    detail: str = ""


def compare(lines: Iterable[str], at: Address | None = None) -> list[str]:
    """Gives every line to both; what they answer or show differently, in words.

    The core's book is made `at` an address, else in a file of its own. The first line that one
    takes and the other refuses ends the comparison.
    """
    oracle = Oracle()
    with tempfile.TemporaryDirectory() as folder:
        path = at or Path(folder) / "book.kwt"
        with building(path, default_chart(resources_dir())) as state:
            person = Person("Siti Rohmah", Role.CHAIR)
            clock = partial(datetime, 2026, 7, 1, 9, 12, tzinfo=UTC)
            recorder = Recorder(state, person, clock, free=True)
            for number, line in enumerate(lines, start=1):
                done, by_oracle = _oracle(oracle, line)
                if _known(by_oracle, line, LENIENT):
                    continue
                by_core = _core(recorder, line)
                if by_oracle is None and _known(by_core, line, STRICT):
                    _forget(oracle, done)
                elif not _alike(by_core, by_oracle):
                    return [f"{number}: core {by_core}, oracle {by_oracle}: {line}"]
        file = open_book(path, read_only=True)
        with file.reading() as connection:
            found = list(_differing(core_figures(connection), oracle_figures(oracle)))
            outcomes = verify(connection, default_chart(resources_dir()))
            found += [str(outcome) for outcome in outcomes if not outcome.passed]
        file.close()
    return found


ANY = ""
STRICT = {
    "account-in-use": {"account"},
    "cash-not-asset": {"account"},
    "shop-holds-goods": {"party"},
    "item-in-use": {"item"},
    "digest-differs": {"attachment"},
    "too-large": {ANY},
    "bad-denomination": {"cash_count"},
    "bad-moment": {ANY},
    "lot-differs": {"opening_balance"},
    "empty-text": {ANY},
    "spaces-around": {ANY},
    "bad-year": {"budget"},
}
"""What the core refuses, in lines of which kinds, though the manual leaves it open: limits of
lives, what an account or item can be changed to, shares of a month without profit."""
LENIENT = {
    "wrong-role": {"savings"},
    "wrong-class": {"tending"},
    "empty-list": {"production"},
    "not-true": {"account"},
    "not-false": {"person"},
}
"""What the core takes, though the other refuses it: savings of those who are no members, a bed
planted with anything, goods made of nothing but work, `"cash": false`, shares of nil."""


def _alike(core: Refusal | None, oracle: Refusal | None) -> bool:
    """Both took the line or both refused it; short of stock, by the same quantities."""
    if core is None or oracle is None:
        return core is oracle
    short = core.code == oracle.code == "insufficient-stock"
    return core.detail == oracle.detail if short else True


def _known(refusal: Refusal | None, line: str, known: dict[str, set[str]]) -> bool:
    kinds = known.get(refusal.code if refusal else "", set())
    return ANY in kinds or json.loads(line).get("kind") in kinds if kinds else False


def _core(recorder: Recorder, line: str) -> Refusal | None:
    """Why the core refuses the line; nothing when it took it."""
    try:
        command, stamp = parse_entry(line.encode("utf-8", "surrogatepass"))
        recorder.record_parsed(command, stamp)
    except LineError as error:
        return Refusal(error.issue.code)
    except InvalidDocument as error:
        first = error.issues[0]
        wanted = [first.params.get(key) for key in ("item", "place", "wanted", "available")]
        return Refusal(first.code, " ".join(map(str, wanted)))
    return None


def _oracle(oracle: Oracle, line: str) -> tuple[Document | None, Refusal | None]:
    try:
        return oracle.record(line), None
    except Refused as error:
        return None, Refusal(error.code, error.detail)


def _forget(oracle: Oracle, done: Document | None) -> None:
    """Takes back what the oracle recorded last."""
    oracle.take_back()
    if done is not None:
        oracle.documents.pop()


def _differing(core: Figures, oracle: Figures) -> Iterator[str]:
    for name, ours in core.items():
        theirs = oracle[name]
        for key in sorted({*ours, *theirs}, key=str):
            if ours.get(key) != theirs.get(key):
                yield f"{name} {key}: core {ours.get(key)}, oracle {theirs.get(key)}"


def _summed(pairs: Iterable[tuple[Any, int]]) -> Figures:
    sums: defaultdict[Any, int] = defaultdict(int)
    for key, amount in pairs:
        sums[key] += amount
    return {key: amount for key, amount in sums.items() if amount}


def core_figures(connection: Connection) -> Figures:
    def rows(sql: str) -> list[Any]:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]

    layers: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for item, place, *layer in rows(
        "SELECT layer.item, place, received, expires, quantity, value FROM layer"
        " JOIN lot ON lot.item = layer.item AND lot.name = layer.lot AND ordinal = ("
        "SELECT max(ordinal) FROM lot newest"
        " WHERE newest.item = lot.item AND newest.name = lot.name)"
        " ORDER BY expires IS NULL, expires, received, ordinal"
    ):
        layers[(item, place)].append(tuple(layer))
    numbers = rows("SELECT number FROM document WHERE number IS NOT NULL ORDER BY sequence")
    return {
        "voucher": dict(enumerate(number for (number,) in numbers)),
        "posting": _summed(
            ((number, day, account, party, bool(closing)), amount)
            for number, day, account, party, closing, amount in rows(
                "SELECT number, posting.date, account, party, closing, amount FROM document"
                " JOIN posting ON document = sequence"
            )
        ),
        "layers": dict(layers),
        "growing": {
            place: (item, quantity, value)
            for place, item, quantity, value in rows(
                "SELECT place, item, quantity, value FROM growing WHERE ended IS NULL"
                " AND (quantity > 0 OR substr(place, 1, 4) = 'bed:')"
            )
        },
        "asset": {
            code: asset
            for code, *asset in rows(
                "SELECT code, account, cost, accumulated, acquired, life_months FROM asset"
                " WHERE ended IS NULL"
            )
        },
        "balance": _summed(rows("SELECT account, debit - credit FROM balance")),
        "party": _summed(
            ((party, account), amount)
            for party, account, amount in rows(
                "SELECT party, account, amount FROM posting WHERE party IS NOT NULL"
            )
        ),
        "saving": _summed(
            ((party, account), saved)
            for party, account, saved in rows("SELECT party, account, saved FROM saving")
        ),
        "dues": {
            (paid.account, paid.party): ([str(month) for month in paid.months], paid.balance)
            for paid in dues_standings(connection, date.max)
        },
        "programme": {code: _programme(each) for code, each in _programmes(connection).items()},
        "reconciliation": {
            each.number: (each.account, each.book, each.unseen, each.statement)
            for each in reconciliations(connection, date.min, date.max)
        },
    }


def _programmes(connection: Connection) -> dict[str, ProgrammeStanding]:
    known = {each.code: each for each in programmes(connection)}
    entries = programme_entries(connection, known.values(), date.min, date.max)
    return {code: standing_of(known[code], found) for code, found in entries.items()}


def _programme(standing: ProgrammeStanding) -> Figures:
    return {
        "received": standing.received + standing.adjusted,
        "used_4201": standing.used_as_income,
        "used_3104": standing.used_as_capital,
        "given_back": standing.given_back,
        "left": standing.left,
        "spent_by_budget_line": standing.spent,
    }


def oracle_figures(book: Oracle) -> Figures:
    return {
        "voucher": dict(enumerate(book.voucher_numbers)),
        "posting": _summed(
            ((document.voucher, p.date.isoformat(), p.account, p.party, p.closing), p.amount)
            for document in book.documents
            for p in document.postings
        ),
        "layers": {
            (item, place): [_layer(book, *layer) for layer in book.layers(item, place)]
            for item, place in book.stock()
        },
        "growing": {
            f"{what}:{name}": (book.plots[plot].item or "", *book.plot_holds[plot])
            for (what, name), plot in book.plot_names.items()
            if what == "bed" or book.plot_holds[plot][0]
        },
        "asset": {
            code: [a.account, a.cost, a.accumulated, a.acquired.isoformat(), a.life_months]
            for code, a in book.assets.items()
        },
        "balance": {code: amount for code, amount in book.totals.items() if amount},
        "party": _summed(
            ((each.party, each.account), each.amount)
            for each in book.postings()
            if each.party is not None
        ),
        "saving": {key: saved for key, saved in book.owned.items() if saved},
        "dues": {
            (account, party): (months, book.owed_to(account, date.max).get(party, 0))
            for (account, party), months in book.dues_months().items()
        },
        "programme": {code: book.programme_figures(code, date.max) for code in book.programmes},
        "reconciliation": {
            document.voucher: _reconciled(book, document)
            for document in book.documents
            if document.kind == "bank_reconciliation" and document.number not in book.corrected
        },
    }


def _reconciled(book: Oracle, document: Document) -> tuple[str, int, int, int]:
    """What a reconciliation said when it was recorded."""
    account, statement = document.fields["account"], document.fields["statement"]
    held = sum(
        posting.amount
        for earlier in book.documents[: document.number - 1]
        for posting in earlier.postings
        if posting.account == account and posting.date <= document.date
    )
    return (account, held, held - statement, statement)


def _layer(book: Oracle, lot: int, quantity: int, value: int) -> tuple[Any, ...]:
    received, expires = book.lots[lot].received, book.lots[lot].expires
    return (received.isoformat(), expires and expires.isoformat(), quantity, value)
