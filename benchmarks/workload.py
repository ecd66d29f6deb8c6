"""A group's life, over and over: streams of any length in which every document is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kwt_books.domain.values import first_day, last_day, shift

FIRST_MONTH = "2020-01"
_SAMPLE = Path(__file__).resolve().parents[1] / "tests" / "data" / "juni-2026.jsonl"
_SETUP_KINDS = ("group", "account", "item", "party", "recipe")


def stream(documents: int, months: int) -> Iterator[str]:
    """Lines of a stream with about so many documents over so many months."""
    yield from setup()
    yield _line("opening_balance", date="2020-01-01", balances={"1101": 10**9, "3104": -(10**9)})
    each = max(1, (documents - 2 * months) // (months * len(_CYCLE)))
    for number in range(months):
        month = shift(FIRST_MONTH, number)
        days = (last_day(month) - first_day(month)).days + 1
        for turn in range(each):
            day = first_day(month) + timedelta(days=turn * days // each)
            for make in _CYCLE:
                yield make(day)
        yield _line("depreciation", month=month)
        if number < months - 1:
            yield _line("month_close", month=month, decision=f"BA/{month}")


def shelf(goods: int) -> Iterator[str]:
    """A book with so many more kinds of produce in store."""
    yield from setup()
    yield _line("opening_balance", date="2026-06-01", balances={"1101": 10**6, "3104": -(10**6)})
    yield _tend(date(2026, 6, 1))
    for number in range(goods):
        code, day = f"sayur-{number + 1}", date(2026, 6, 1 + number % 28)
        yield _line(
            "item",
            code=code,
            name=f"Sayur pilihan {number + 1} (ikat)",
            **{"class": "produce", "unit": "ikat", "price": 3_000 + 500 * number},
        )
        yield _dated("harvest", day, bed="kebun", item=code, qty=20)


def setup() -> Iterator[str]:
    """The group of the sample, its accounts, goods and people."""
    for line in _SAMPLE.read_text(encoding="utf-8").splitlines():
        if json.loads(line)["kind"] in _SETUP_KINDS:
            yield line


def _line(kind: str, **values: Any) -> str:
    return json.dumps({"kind": kind, **values}, ensure_ascii=False)


def _dated(kind: str, day: date, **values: Any) -> str:
    return _line(kind, date=day.isoformat(), **values)


_INPUTS = [
    {"item": "daun-bayam", "qty": 5},
    {"item": "tepung-beras", "qty": 4},
    {"item": "minyak", "qty": 3},
    {"item": "bumbu", "qty": 1},
    {"item": "kemasan", "qty": 40},
]
_AMOUNTS = (20_000, 60_000, 63_000, 28_000, 32_000)


def _buy(day: date) -> str:
    lines = [{**line, "amount": cost} for line, cost in zip(_INPUTS, _AMOUNTS, strict=True)]
    return _dated(
        "purchase", day, lines=lines, paid_from="1101", party="pasar", memo="Beli bahan olahan"
    )


def _tend(day: date) -> str:
    costs = [{"label": "Upah siram", "amount": 140_000, "from": "1101"}]
    return _dated("tending", day, bed="kebun", costs=costs)


def _harvest(day: date) -> str:
    return _dated("harvest", day, bed="kebun", item="sayur", qty=35)


def _produce(day: date) -> str:
    costs = [{"label": "Gas", "amount": 18_000, "from": "1101"}]
    return _dated("production", day, item="keripik-bayam", qty=40, inputs=_INPUTS, costs=costs)


def market_day(day: date) -> str:
    lines = [
        {"item": "sayur", "taken": 35, "sold": 35},
        {"item": "keripik-bayam", "taken": 20, "sold": 18, "returned": 1, "sampled": 1},
    ]
    received = {"1101": 500_000, "1103": 100_000}
    return _dated("market_day", day, venue="outlet-jumat", lines=lines, received=received)


def _leave(day: date) -> str:
    lines = [{"item": "keripik-bayam", "qty": 15}]
    return _dated("consignment", day, shop="siti", lines=lines)


def _settle(day: date) -> str:
    lines = [{"item": "keripik-bayam", "sold": 13, "returned": 2, "price": 8_500}]
    return _dated(
        "consignment_settlement", day, shop="siti", lines=lines, received={"1101": 110_500}
    )


def _sell(day: date) -> str:
    lines = [{"item": "keripik-bayam", "qty": 8}]
    return _dated("sale", day, lines=lines, received={"1101": 80_000})


def _pay(day: date) -> str:
    lines = [{"account": "6103", "amount": 20_000}, {"account": "6104", "amount": 11_500}]
    return _dated("payment", day, **{"from": "1101"}, lines=lines, fund="3204", memo="Transport")


def _receive(day: date) -> str:
    lines = [{"account": "2104", "amount": 75_000}]
    return _dated("receipt", day, into="1104", party="kpp", lines=lines, memo="Iuran KPP")


_CYCLE = (
    _buy, _tend, _harvest, _produce, market_day, _leave, _settle, _sell, _pay, _receive
)  # fmt: skip


def wide(shops: int, goods: int, *, customers: int = 0, days: int = 28) -> Iterator[str]:
    """A month with so many shops and kinds of produce, each of which documents name.

    Every shop is brought goods and settles, the last hundredth late; customers buy on credit.
    """
    yield from setup()
    yield _line("opening_balance", date="2026-06-01", balances={"1101": 10**6, "3104": -(10**6)})
    yield _tend(date(2026, 6, 1))
    for number in range(shops):
        yield _line("party", code=f"warung-{number}", name=f"Warung {number}", role="shop")
    for number in range(customers):
        yield _line("party", code=f"kenalan-{number}", name=f"Kenalan {number}", role="customer")
    for number in range(goods):
        yield _line(
            "item",
            code=f"panen-{number}",
            name=f"Hasil panen {number} (ikat)",
            **{"class": "produce", "unit": "ikat", "price": 3_000 + number % 900},
        )
    for number in range(goods):
        day = date(2026, 6, 1 + number % 5)
        yield _dated("harvest", day, bed="kebun", item=f"panen-{number}", qty=60)
    for number in range(shops):
        lines = [{"item": f"panen-{(number + more) % goods}", "qty": 2} for more in (0, 7)]
        day = date(2026, 6, 6 + number % 6)
        yield _dated("consignment", day, shop=f"warung-{number}", lines=lines)
    for number in range(shops - shops // 100):
        sold = {"item": f"panen-{number % goods}", "sold": 2, "price": 3_000}
        yield _dated(
            "consignment_settlement",
            date(2026, 6, 12 + number % (days - 12)),
            shop=f"warung-{number}",
            lines=[sold],
            received={"1101": 5_000},
        )
    for number in range(customers):
        yield _dated(
            "sale",
            date(2026, 6, 12 + number % (days - 12)),
            party=f"kenalan-{number}",
            lines=[{"item": f"panen-{number % goods}", "qty": 1}],
        )
