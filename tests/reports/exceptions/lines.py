"""Lines of a stream in which something may look odd, and what the report finds of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.audit import Thresholds
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row

BookOf = Callable[..., Book]
Line = dict[str, Any]
GROUP: Line = {
    "kind": "group", "name": "KWT Uji", "village": "Desa", "district": "Kecamatan", "city": "Kota",
    "chair": "Ketua", "treasurer": "Bendahara", "umbrella": {"name": "LKM", "coordinator": "K"},
    "language": "id", "paper": "A4",
    "allocation": {"decision": "BA-1", "date": "2026-01-01", "shares": {"3201": 100}},
}  # fmt: skip
SETUP: list[Line] = [
    GROUP,
    {"kind": "party", "code": "toko", "name": "Toko Tani", "role": "supplier"},
    {"kind": "party", "code": "ani", "name": "Bu Ani", "role": "member"},
    {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"},
    {"kind": "item", "code": "bayam", "name": "Bayam", "unit": "kg", "class": "produce",
     "price": 10_000, "standard_cost": 4_000},
    {"kind": "item", "code": "keripik", "name": "Keripik", "unit": "bungkus", "class": "finished",
     "price": 10_000, "sales_account": "4102", "cost_account": "5102"},
    {"kind": "item", "code": "kemasan", "name": "Kemasan", "unit": "lembar", "class": "packaging"},
]  # fmt: skip
CASH: Line = {
    "kind": "receipt", "date": "2026-06-01", "into": "1103",
    "lines": [{"account": "3104", "amount": 9_000_000}], "memo": "Hibah, bermeterai",
}  # fmt: skip
_seconds = count()


def at(line: Line, hour: int = 9, days: int = 0) -> Line:
    """The line, recorded so many days after its date at that hour, no two at one moment."""
    day = date.fromisoformat(line.get("date", "2026-06-30")) + timedelta(days=days)
    second = next(_seconds) % 3600
    stamp = f"{day}T{hour:02}:{second // 60:02}:{second % 60:02}+07:00"
    return {**line, "recorded": {"at": stamp, "by": "Siti"}}


def payment(amount: int, day: str = "2026-06-10", **more: Any) -> Line:
    lines = [{"account": "6101", "amount": amount}]
    return {"kind": "payment", "date": day, "from": "1103", "lines": lines, **more}


def purchase(item: str, quantity: int, amount: int, day: str = "2026-06-02") -> Line:
    lines = [{"item": item, "qty": quantity, "amount": amount}]
    return {"kind": "purchase", "date": day, "party": "toko", "paid_from": "1103", "lines": lines}


def report_of(book: Book, thresholds: Thresholds | None = None, **asked: Any) -> Report:
    """Over June 2026, unless asked otherwise."""
    asked = {"thresholds": thresholds or Thresholds(), **(asked or {"month": "2026-06"})}
    parameters = Parameters(**asked)
    return book.report("exceptions", parameters, "id")


def found(report: Report, code: str) -> list[Row]:
    """What a rule found; the row of the summary is left out."""
    return [row for row in report.rows if row.code == code][1:]


def vouchers(report: Report, code: str) -> list[object]:
    return [row.cells[0] for row in found(report, code)]


def only(report: Report) -> dict[str, int]:
    return {code: number for code, number in report.figures.items() if number}
