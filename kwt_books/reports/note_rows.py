"""Rows of the notes: headings, sentences and small tables over one set of columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwt_books.domain.month import first_day
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.parties import standings
from kwt_books.reports.chart_of_statements import Note
from kwt_books.reports.context import Context, Period
from kwt_books.reports.model import Column, ColumnType, Row, RowKind, Value
from kwt_books.reports.standing import Standing, caption_of
from kwt_books.reports.statement import Pair, summed

_WIDTH = 8
_NONE: tuple[Value, ...] = (None,) * _WIDTH


def note_columns(standing: Standing) -> tuple[Column, ...]:
    """Those of fixed assets, of balances at two days, and of what two periods brought."""
    context = standing.context
    t, period, money = context.words, context.period, ColumnType.MONEY
    day, before = context.formats.day(period.end), context.formats.day(standing.before)
    return (
        Column("cost", t("Acquisition cost"), money),
        Column("accumulated", f"{t('Accum. depr.')}\n{before}", money),
        Column("depreciation", f"{t('Depreciation')}\n{month_label(context)}", money),
        Column("carrying", f"{t('Carrying amount')}\n{day}", money),
        Column("amount", day, money),
        Column("previous", before, money),
        Column("period", context.column_of(period), money),
        Column("period_before", context.column_of(period.before()), money),
    )


def heading(note: Note, title: str) -> Row:
    return Row(title, _NONE, str(int(note)), 0, RowKind.SECTION)


def sentence(text: str, code: str | None = None) -> Row:
    """A paragraph; one with a code (`a.`) is an item of a list."""
    return Row(text, _NONE, code, 1 if code is not None else 0, RowKind.NOTE)


def balances(pair: Pair) -> tuple[Value, ...]:
    """Cells of what stood at the two days."""
    return (None,) * 4 + tuple(pair) + (None,) * 2


def movements(pair: Pair) -> tuple[Value, ...]:
    """Cells of what the two periods brought."""
    return (None,) * 6 + tuple(pair)


def of_asset(cost: int, accumulated: int, depreciation: int) -> tuple[Value, ...]:
    """Cells of fixed assets; what was written off is negative."""
    carrying = cost + accumulated + depreciation
    return (cost, accumulated, depreciation, carrying) + (None,) * 4


def total(words: Translator, cells: tuple[Value, ...], code: str) -> Row:
    return Row(words("Total"), cells, code, 0, RowKind.TOTAL)


def nothing(words: Translator) -> Row:
    return sentence(words("There is none."))


def listed(words: Translator, parts: Sequence[str]) -> str:
    """`satu`, `satu dan dua`, `satu, dua, dan tiga`."""
    if len(parts) < 3:
        return words("{one} and {other}", one=parts[0], other=parts[1]) if parts[1:] else parts[0]
    return words("{several}, and {last}", several=", ".join(parts[:-1]), last=parts[-1])


def month_label(context: Context) -> str:
    """The last month of the period, or the days of it that were asked for."""
    return context.column_of(Period(first_day(context.period.last), context.period.end))


def by_party(
    context: Context, account: str, pair: Pair, *, headed: bool, sign: int = 1
) -> Iterator[Row]:
    """What each owes or is owed (`sign` -1), what names nobody last; one line without names."""
    start, end = first_day(context.period.last), context.period.end
    owed = {
        each.party: Pair(each.owed, each.opening)
        for each in standings(context.connection, account, start, end, sign=sign)
        if each.party is not None and any((each.owed, each.opening))
    }
    name, level = caption_of(context, account), int(headed)
    if not owed:
        yield Row(name, balances(pair), account)
        return
    if headed:
        yield Row(name, _NONE, account, 1, RowKind.SECTION)
    for party, amounts in owed.items():
        yield Row(context.setup.party_name(party), balances(amounts), party, level)
    rest = pair.minus(summed(owed.values()))
    if any(rest):
        yield Row(context.words("Without a name"), balances(rest), account, level)
