"""The core beside an independent replay of the same lines: both take and refuse alike."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kwt_books.domain.access import Person, Role
from kwt_books.domain.errors import InvalidDocument
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.integrity.verify import verify
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import LineError, parse_entry
from kwt_books.store.credentials import default_chart
from kwt_books.store.file import BookFile, building
from tests.oracle.replay import Book as Oracle
from tests.oracle.replay import Document, Refused

Figures = dict[str, Any]


def compare(lines: Iterable[str]) -> list[str]:
    """Gives every line to both; what they answer or show differently, in words.

    The first line that one takes and the other refuses ends the comparison.
    """
    oracle = Oracle()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.kwt"
        with building(path, default_chart(resources_dir())) as state:
            person = Person("Siti Rohmah", Role.CHAIR)
            recorder = Recorder(state, person, lambda: datetime(2026, 7, 1, 9, 12, tzinfo=UTC))
            for number, line in enumerate(lines, start=1):
                done, by_oracle = _oracle(oracle, line)
                if _known(by_oracle, line, LENIENT):
                    continue
                by_core = _core(recorder, line)
                if by_oracle is None and _known(by_core, line, STRICT):
                    _forget(oracle, done)
                elif (by_core is None) != (by_oracle is None):
                    return [f"{number}: core {by_core}, oracle {by_oracle}: {line}"]
        file = BookFile.open(path, read_only=True)
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
    "kept-by-detail": {"item"},
    "not-a-fund": {"group", "month_close"},
    "shares-not-100": {"month_close"},
    "too-large": {ANY},
    "bad-denomination": {"cash_count"},
    "bad-moment": {ANY},
    "lot-differs": {"opening_balance"},
    "empty-text": {ANY},
    "spaces-around": {ANY},
}
"""What the core refuses, in lines of which kinds, though the manual leaves it open: limits of
lives, what an account or item can be changed to, shares of a month without profit."""
LENIENT = {
    "wrong-role": {"savings"},
    "wrong-class": {"tending"},
    "empty-list": {"production"},
    "not-true": {"account"},
    "out-of-range": {"group", "month_close", "cash_count"},
    "zero": {"opening_balance"},
    "empty": {"group"},
    "closed-month": {"attachment"},
}
"""What the core takes, though the other refuses it: savings of those who are no members, a bed
planted with anything, goods made of nothing but work, `"cash": false`, shares of nil."""


def _known(code: str | None, line: str, known: dict[str, set[str]]) -> bool:
    kinds = known.get(code or "", set())
    return ANY in kinds or json.loads(line).get("kind") in kinds if kinds else False


def _core(recorder: Recorder, line: str) -> str | None:
    """Why the core refuses the line; nothing when it took it."""
    try:
        command, stamp = parse_entry(line.encode("utf-8", "surrogatepass"))
        recorder.record(command, stamp)
    except LineError as error:
        return error.issue.code
    except InvalidDocument as error:
        return error.issues[0].code
    return None


def _oracle(oracle: Oracle, line: str) -> tuple[Document | None, str | None]:
    try:
        return oracle.record(line), None
    except Refused as error:
        return None, error.code


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
        " JOIN lot ON lot.item = layer.item AND lot.name = layer.lot"
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
                " AND (quantity > 0 OR place LIKE 'bed:%')"
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
    }


def oracle_figures(book: Oracle) -> Figures:
    return {
        "voucher": dict(enumerate(book.voucher_numbers)),
        "posting": _summed(
            ((document.voucher, day.isoformat(), account, party, closing), amount)
            for document in book.documents
            for day, account, amount, party, closing in document.postings
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
    }


def _layer(book: Oracle, lot: int, quantity: int, value: int) -> tuple[Any, ...]:
    received, expires = book.lots[lot].received, book.lots[lot].expires
    return (received.isoformat(), expires and expires.isoformat(), quantity, value)
