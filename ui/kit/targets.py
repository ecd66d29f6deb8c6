"""Where a double click on a report's row leads: to the ledger of a figure, the
document of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

from kwt_books.queries.overview import SetupData
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Ref, RefKind, Report, Row
from ui.kit.workspace import Destination


def part_of(name: str, **given: str | None) -> str:
    """A report with parameters, as a part of the page of reports: `name?key=value`."""
    known = {key: value for key, value in given.items() if value}
    return f"{name}?{urlencode(known)}" if known else name


def read_part(part: str) -> tuple[str, dict[str, str]]:
    """The name and parameters of what `part_of` gave."""
    name, _, rest = part.partition("?")
    return name, dict(parse_qsl(rest))


def target_of(
    report: Report, row: Row, key: str, asked: Parameters, setup: SetupData
) -> Destination | None:
    """What is behind a row's cell; `key` is the column's, empty for the labels. None where it leads
    nowhere.

    An account named in that column comes first; then what the row refers to, in the order of
    `RefKind`. A reference to what the report itself shows leads nowhere.
    """
    for ref in _refs(report, row, key):
        if (report.name, ref.code) != _shown(ref.kind, asked):
            return _LEADS[ref.kind](ref, asked, setup)
    return None


def _refs(report: Report, row: Row, key: str) -> Iterator[Ref]:
    cells = dict(zip((column.key for column in report.columns), row.cells, strict=False))
    chosen = cells.pop(key, None)
    if isinstance(chosen, Ref) and chosen.kind is RefKind.ACCOUNT:
        yield chosen
    named = [each for each in (row.code, chosen, *cells.values()) if isinstance(each, Ref)]
    for kind in RefKind:
        yield from (ref for ref in named if ref.kind is kind)


def _shown(kind: RefKind, asked: Parameters) -> tuple[str, str | None] | None:
    """The report that a reference of the kind leads to, and the code it was asked for, if any."""
    return {
        RefKind.LOT: ("lots", asked.lot),
        RefKind.ITEM: ("stock-card", asked.item),
        RefKind.ACCOUNT: ("general-ledger", asked.account),
    }.get(kind)


def _document(ref: Ref, _asked: Parameters, _setup: SetupData) -> Destination:
    return Destination("journal", ref.code)


def _lot(ref: Ref, _asked: Parameters, _setup: SetupData) -> Destination:
    return Destination("reports", part_of("lots", item=ref.of, lot=ref.code))


def _item(ref: Ref, asked: Parameters, _setup: SetupData) -> Destination:
    return Destination("reports", part_of("stock-card", **_days(asked), item=ref.code))


def _party(ref: Ref, _asked: Parameters, setup: SetupData) -> Destination:
    return Destination("journal", part_of("", text=setup.parties[ref.code].name))


def _account(ref: Ref, asked: Parameters, setup: SetupData) -> Destination:
    """An account's ledger; of a cash account its cash book, which is in plain words."""
    name = "cash-book" if setup.accounts[ref.code].cash else "general-ledger"
    return Destination("reports", part_of(name, **_days(asked), account=ref.code))


_LEADS: Mapping[RefKind, Callable[[Ref, Parameters, SetupData], Destination]] = {
    RefKind.DOCUMENT: _document,
    RefKind.LOT: _lot,
    RefKind.ITEM: _item,
    RefKind.PARTY: _party,
    RefKind.ACCOUNT: _account,
}


def _days(asked: Parameters) -> dict[str, str | None]:
    """The days asked for, for the next report; the month is the header's."""
    start, end = asked.start, asked.end or asked.until
    if start is None and end is None:
        return {}
    return {
        "start": start.isoformat() if start is not None else None,
        "end": end.isoformat() if end is not None else None,
    }
