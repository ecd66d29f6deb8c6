"""The report for coordinators: all groups side by side, by kecamatan, and summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from kwt_books import __version__
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.queries.oversight import Overseen
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Identity,
    Imprint,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
)
from kwt_books.reports.packs import Pack

_SUMMED: Sequence[Callable[[Overseen], int]] = (
    lambda each: each.turnover,
    lambda each: each.profit,
    lambda each: each.assets,
    lambda each: each.liabilities,
    lambda each: each.equity,
    lambda each: each.funds,
    lambda each: each.late_shops,
    lambda each: each.odd if each.exceptions is None else each.exceptions,
)


def oversight(groups: Sequence[Overseen], month: Month, words: Translator) -> Report:
    """Each group with its month, a subtotal by kecamatan, and the sum of all; whole rupiah."""
    money, count, text = ColumnType.MONEY, ColumnType.COUNT, ColumnType.TEXT
    open_ = sum(1 for each in groups if not each.closed)
    return Report(
        name="oversight",
        title=words("Groups Side by Side"),
        columns=(
            Column("book", words("Book"), ColumnType.CODE),
            Column("closed", words("Closed"), text),
            Column("turnover", words("Turnover"), money),
            Column("profit", words("Profit"), money),
            Column("assets", words("Assets"), money),
            Column("liabilities", words("Liabilities"), money),
            Column("equity", words("Equity"), money),
            Column("funds", words("Funds"), money),
            Column("late_shops", words("Shops late"), count),
            Column("exceptions", words("Exceptions"), count)
            if all(each.exceptions is not None for each in groups)
            else Column("odd", words("Corrections"), count),
            Column("newest", words("Newest"), ColumnType.DATE),
        ),
        rows=tuple(_rows(groups, words)),
        parameters={"month": str(month)},
        period=Formats(words.language).month(month),
        unit=words("in rupiah"),
        label=words("Group"),
        layout=Layout.TRIAL_BALANCE,
        closing=(
            words(
                "The totals add up the books as they are: what one group owes another is in "
                "both, and nothing is eliminated."
            ),
        ),
        provisional=open_ > 0,
        figures={"groups": len(groups), "open": open_},
    )  # fmt: skip


def _rows(groups: Sequence[Overseen], words: Translator) -> Iterator[Row]:
    ordered = sorted(groups, key=lambda each: (each.district, each.name, each.book))
    for district, found in groupby(ordered, key=lambda each: each.district):
        members = list(found)
        yield Row(district or words("Without a kecamatan"), kind=RowKind.SECTION)
        for each in members:
            yield Row(each.name, _cells(each, words), code=each.book, level=1)
        total = words("Sum of {name}", name=district) if district else words("Total")
        yield _sum(total, members, RowKind.SUBTOTAL)
    yield _sum(words("All groups"), ordered, RowKind.TOTAL)


def _cells(each: Overseen, words: Translator) -> tuple[Value, ...]:
    closed = words("yes") if each.closed else words("no")
    return (each.book, closed, *(of(each) for of in _SUMMED), _day(each.newest))


def _sum(label: str, groups: Iterable[Overseen], kind: RowKind) -> Row:
    members = list(groups)
    cells = (None, None, *(sum(map(of, members)) for of in _SUMMED), None)
    return Row(label, cells, code="total" if kind is RowKind.TOTAL else None, kind=kind)


def _day(text: str | None) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None


def oversight_pack(
    groups: Sequence[Overseen], month: Month, language: str, printed: tuple[datetime, str]
) -> Pack:
    """The report as a pack to be written out; `printed`: when, and by whom."""
    report = oversight(groups, month, Translator(language))
    entries = sum(each.entries for each in groups)
    return Pack((report,), Identity(), Imprint("", entries, *printed, __version__), language)
