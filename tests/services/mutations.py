"""Lines that are probably wrong: valid ones with something changed, and offers once refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.oracle.near_misses import stream_with_near_misses

Line = dict[str, Any]

ACCOUNTS = (
    "1101", "1103", "1105", "1111", "1112", "1123", "1129", "1130", "1201", "1211", "2101",
    "2104", "2106", "2107", "2108", "2110", "2111", "3101", "3104", "3105", "3201", "3205",
    "3301", "4101", "4109", "4201", "5105", "6101", "6112", "7102", "8101", "9999",
)  # fmt: skip
CODES = (
    "benih-a", "pupuk", "bibit-a", "bibit-b", "sayur", "tepung", "minyak", "keripik-a", "sambal",
    "warung-a", "warung-b", "anggota-01", "toko", "bu-rt", "dinas", "nobody", "store",
    "shop:warung-a", "shop:toko", "kebun", "sudut", "B1", "SM-AWAL", "SM-V", "AWAL-0", "KA-AWAL",
    "anggota-02", "warga-1", "p2l", "bpm", "A1", "Z9", "2026-02", "resident", "guests", "saldo-1",
)  # fmt: skip
DAYS = ("2026-01-01", "2026-01-31", "2026-02-28", "2026-03-15", "2026-04-30", "2026-02-30")
VALUES = (
    0, 1, -1, 7, 999, 10**6, 10**12, True, False, None, "", "x", "1", "0", "1.5", "2.0005",
)  # fmt: skip


def mutated_stream(seed: int, documents: int, months: int, share: float = 0.5) -> Iterator[str]:
    """The lines of a stream, some of them behind a changed copy of one seen before."""
    rng = Random(seed)
    seen: list[str] = []
    for line in stream_with_near_misses(seed, documents, months, with_people=seed % 3 == 0):
        seen.append(line)
        more = 6 if '"opening_balance"' in line else 0
        while more > 0 or rng.random() < share:
            more -= 1
            near = seen[-1] if rng.random() < 0.5 else rng.choice(seen[-40:])
            yield json.dumps(mutate(rng, json.loads(near)))
        yield line


def mutate(rng: Random, line: Line) -> Line:
    """`line` with one or two of its values, keys or entries changed."""
    for _ in range(rng.choice((1, 1, 2))):
        rng.choice(MUTATIONS)(rng, line)
    return line


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every `(container, key)` within a JSON value."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _spots(value[key])


def _some(rng: Random, line: Line, *kinds: type) -> tuple[Any, Any] | None:
    found = [spot for spot in _spots(line) if not kinds or type(spot[0][spot[1]]) in kinds]
    return rng.choice(found) if found else None


def _number(rng: Random, line: Line) -> None:
    spot = _some(rng, line, int, float)
    if spot is not None:
        container, key = spot
        value = container[key]
        changed = rng.choice((0, value + 1, value - 1, value * 2, value * 1000, -value, value / 2))
        container[key] = int(changed) if changed == int(changed) else round(changed, 3)


def _value(rng: Random, line: Line) -> None:
    spot = _some(rng, line)
    if spot is not None:
        spot[0][spot[1]] = rng.choice((*VALUES, [], {}))


def _code(rng: Random, line: Line) -> None:
    spot = _some(rng, line, str)
    if spot is not None and spot[1] != "kind":
        old = spot[0][spot[1]]
        spot[0][spot[1]] = rng.choice(
            ACCOUNTS if old.isdigit() else DAYS if old.startswith("2026-") else CODES
        )


def _drop(rng: Random, line: Line) -> None:
    spot = _some(rng, line)
    if spot is not None:
        del spot[0][spot[1]]


def _twice(rng: Random, line: Line) -> None:
    """An entry of a list once more, or a key beside those that are there."""
    spot = _some(rng, line, list)
    if spot is not None and spot[0][spot[1]]:
        entries = spot[0][spot[1]]
        entries.append(json.loads(json.dumps(rng.choice(entries))))


def _key(rng: Random, line: Line) -> None:
    key = rng.choice(
        ("id", "memo", "fund", "party", "paid_from", "price", "lot", "expires", "account", "note",
         "spoiled", "returned", "received", "place", "of", "month", "date", "item", "shares",
         "recorded", "bed", "batch", "costs", "inputs", "seedlings", "cash", "programme", "budget",
         "paid", "into", "refund", "for", "months", "outstanding", "debit", "credit", "basis",
         "umbrella", "allocation", "parties", "programmes", "people", "book", "statement")
    )  # fmt: skip
    spot = _some(rng, line, dict)
    there = spot[0][spot[1]] if spot is not None and rng.random() < 0.5 else line
    there[key] = rng.choice((*VALUES, *CODES, *ACCOUNTS, *DAYS))


MUTATIONS: tuple[Callable[[Random, Line], None], ...] = (
    _number, _number, _number, _value, _code, _code, _code, _drop, _twice, _key,
)  # fmt: skip
