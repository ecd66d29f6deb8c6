"""Reading figures out of a report, as a program does: by row codes and column keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row, RowKind


def report(book: Book, name: str, month: str | None = None, **asked: Any) -> Report:
    return book.report(name, Parameters(month=month, **asked), "id")


def rows(found: Report, *kinds: RowKind) -> list[Row]:
    return [row for row in found.rows if row.kind in kinds]


def row(found: Report, code: str) -> Row:
    (one,) = (each for each in found.rows if each.code == code)
    return one


def cell(found: Report, code: str, key: str) -> Any:
    return row(found, code).cells[[column.key for column in found.columns].index(key)]


def by_code(found: Report, key: str, *kinds: RowKind) -> dict[str, Any]:
    """The column's values of all lines (or rows of these kinds), nil and empty left out."""
    at = [column.key for column in found.columns].index(key)
    return {
        each.code: each.cells[at]
        for each in rows(found, *(kinds or (RowKind.LINE,)))
        if each.code and each.cells[at]
    }


def codes(found: Report) -> list[str | None]:
    return [each.code for each in found.rows]


def sections(found: Report) -> dict[str, list[Row]]:
    """The rows below each top heading of notes, by its number."""
    parts: dict[str, list[Row]] = {}
    for each in found.rows:
        if each.kind is RowKind.SECTION and each.level == 0:
            parts[each.code or ""] = []
        else:
            parts[list(parts)[-1]].append(each)
    return parts


def opening(day: str = "2026-01-01", **balances: int) -> dict[str, Any]:
    """An opening balance of plain accounts, `a1101=…`; what is missing stands on 3101."""
    found = {code.removeprefix("a"): amount for code, amount in balances.items()}
    found["3101"] = found.get("3101", 0) - sum(found.values())
    stands = {code: amount for code, amount in found.items() if amount}
    return {"kind": "opening_balance", "date": day, "balances": stands}


def group(shares: dict[str, int] | None = None, decision: str = "BA-01") -> dict[str, Any]:
    return {
        "kind": "group", "name": "KWT Melati", "village": "Desa Sukamaju", "district": "Natar",
        "city": "Kabupaten Lampung Selatan", "chair": "Aminah", "treasurer": "Dewi",
        "umbrella": {"name": "LKM Maju", "coordinator": "Bu Rini"}, "language": "id",
        "paper": "A4", "allocation": {
            "decision": decision, "date": "2026-01-05",
            "shares": shares or {"3201": 60, "3204": 40},
        },
    }  # fmt: skip


def earn(day: str, amount: int, account: str = "4101") -> dict[str, Any]:
    return {"kind": "receipt", "date": day, "into": "1101",
            "lines": [{"account": account, "amount": amount}]}  # fmt: skip


def spend(day: str, amount: int, account: str = "6103", **more: Any) -> dict[str, Any]:
    return {"kind": "payment", "date": day, "from": "1101",
            "lines": [{"account": account, "amount": amount}], **more}  # fmt: skip


def close(month: str, **more: Any) -> dict[str, Any]:
    return {"kind": "month_close", "month": month, **more}


def day(text: str) -> date:
    return date.fromisoformat(text)
