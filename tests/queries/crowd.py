"""A month in which so many of everything there can be many of are named by documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.workload import wide
from kwt_books.domain.values import Month

MONTH = Month("2026-06")
NUMBER = "BKM-2606-0001"


def crowd(many: int) -> Iterator[str]:
    """Lines of a stream with `many` shops, goods, buyers, suppliers, members, batches and so on."""
    yield from wide(many, many, customers=many)
    for number in range(many):
        for line in _parties(number):
            yield json.dumps(line)
    for number in range(many):
        for line in _documents(number):
            yield json.dumps({"date": date(2026, 6, 20 + number % 8).isoformat(), **line})


def _parties(number: int) -> Iterator[dict[str, Any]]:
    for role in ("supplier", "member", "resident", "agency"):
        yield {
            "kind": "party",
            "code": f"{role}-{number}",
            "name": f"{role} {number}",
            "role": role,
        }
    yield {
        "kind": "programme", "code": f"bantuan-{number}", "name": f"Bantuan {number}",
        "party": f"agency-{number}",
        "budget": [{"line": "A1", "name": "Pelatihan", "amount": 10_000}],
    }  # fmt: skip


def _documents(number: int) -> Iterator[dict[str, Any]]:
    yield {
        "kind": "market_day", "venue": "outlet-jumat", "received": {"1101": 3_000},
        "lines": [{"item": f"panen-{number}", "taken": 2, "sold": 1, "returned": 1}],
    }  # fmt: skip
    seeds = {"item": "benih-cabai", "qty": 20, "amount": 2_000}
    yield {"kind": "purchase", "party": f"supplier-{number}", "lines": [seeds]}
    yield {
        "kind": "sowing", "batch": f"semai-{number}", "item": "bibit-cabai", "qty": 20,
        "inputs": [{"item": "benih-cabai", "qty": 20}],
    }  # fmt: skip
    if number % 2:
        yield {"kind": "seedlings_ready", "batch": f"semai-{number}", "ready": 15, "lost": 5}
    yield {
        "kind": "savings", "type": "mandatory", "account": "1101",
        "lines": [{"party": f"member-{number}", "amount": 10_000}],
    }  # fmt: skip
    yield {
        "kind": "dues", "account": "1104",
        "lines": [{"party": f"resident-{number}", "months": ["2026-06"], "amount": 5_000}],
    }  # fmt: skip
    yield {
        "kind": "asset_acquisition", "code": f"alat-{number}", "name": f"Alat {number}",
        "account": "1203", "cost": 10_000, "life_months": 48, "paid_from": "1101",
    }  # fmt: skip
    yield {
        "kind": "grant", "party": f"agency-{number}", "programme": f"bantuan-{number}",
        "account": "2110", "cash": {"into": "1103", "amount": 50_000},
    }  # fmt: skip
    yield {
        "kind": "payment", "from": "1103", "programme": f"bantuan-{number}",
        "lines": [{"account": "6103", "amount": 20_000, "budget": "A1"}],
    }  # fmt: skip
    yield {
        "kind": "register", "book": "activities", "title": f"Rapat {number}", "place": "Balai",
        "people": 9, "result": "Selesai",
    }  # fmt: skip
