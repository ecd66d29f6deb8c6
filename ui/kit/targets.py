"""Where a double click leads: from a figure to its ledger, from a line to its document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from kwt_books.queries.overview import SetupData
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row

NUMBER = re.compile(r"(BKM|BKK|BM)-[0-9]{4}-[0-9]{4,}")
_ACCOUNT = re.compile(r"([0-9][0-9A-Za-z.-]*)\+?")


@dataclass(frozen=True, slots=True)
class Target:
    """A place of the desktop and a part of it, for `Workspace.go`."""

    place: str
    part: str


def part_of(name: str, **given: str | None) -> str:
    """A report with what is asked of it, as a part of the reports' page."""
    known = {key: value for key, value in given.items() if value}
    return f"{name}?{urlencode(known)}" if known else name


def read_part(part: str) -> tuple[str, dict[str, str]]:
    """What `part_of` wrote."""
    name, _, rest = part.partition("?")
    return name, dict(parse_qsl(rest))


def target_of(
    report: Report, row: Row, key: str, asked: Parameters, setup: SetupData
) -> Target | None:
    """What stands behind a row; `key` is the column, empty for the labels.

    A document before anything else; then a lot's trace, an item's card, an account's ledger.
    """
    cells = _cells(report, row)
    number = cells.get("number") or row.code or ""
    if key == "counter" and (ledger := _ledger(cells.get("counter", ""), asked, setup)):
        return ledger
    if NUMBER.fullmatch(number):
        return Target("journal", number)
    item, lot = _item(cells, row, setup), cells.get("lot") or ""
    if lot and not (report.name == "lots" and asked.lot == lot):
        return Target("reports", part_of("lots", item=item, lot=lot))
    if item and report.name != "stock-card":
        return Target("reports", part_of("stock-card", **_days(asked), item=item))
    code = row.code or ""
    if code in setup.parties:
        return Target("journal", part_of("", text=setup.parties[code].name))
    return _ledger(code, asked, setup) if report.name != "general-ledger" else None


def _cells(report: Report, row: Row) -> dict[str, str]:
    """The texts of a row by the keys of their columns."""
    return {
        column.key: cell
        for column, cell in zip(report.columns, row.cells, strict=False)
        if isinstance(cell, str)
    }


def _item(cells: Mapping[str, str], row: Row, setup: SetupData) -> str:
    for code in (cells.get("item"), row.code):
        if code and code in setup.items:
            return code
    return ""


def _ledger(code: str, asked: Parameters, setup: SetupData) -> Target | None:
    """An account in its ledger; cash accounts in their book, which says the same in words."""
    found = _ACCOUNT.fullmatch(code)
    account = setup.accounts.get(found[1]) if found is not None else None
    if account is None:
        return None
    name = "cash-book" if account.cash else "general-ledger"
    return Target("reports", part_of(name, **_days(asked), account=account.code))


def _days(asked: Parameters) -> dict[str, str | None]:
    """The days asked for, so that the next report is of the same. The month is the header's."""
    start, end = asked.start, asked.end or asked.until
    if start is None and end is None:
        return {}
    return {
        "start": start.isoformat() if start is not None else None,
        "end": end.isoformat() if end is not None else None,
    }
