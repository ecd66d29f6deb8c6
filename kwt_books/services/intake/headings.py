"""Which table a sheet holds, where its headings stand and what each column is, by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter

from kwt_books.domain.opening_sheets import DEBTS, OPENING
from kwt_books.domain.sheet_table import Holds, SheetColumn, SheetTable
from kwt_books.domain.sheets import BANK_LIST, TABLES
from kwt_books.domain.sheets_of_lists import DAY_WORDS
from kwt_books.domain.values import Month
from kwt_books.i18n.formats import Formats, ParseError
from kwt_books.services.intake import debts, halves, money_columns, values
from kwt_books.services.intake.halves import Half
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.sheet import Row, Value
from kwt_books.services.intake.values import plain

SEARCHED = 40
"""Rows in which headings are looked for."""
_SEEN = 60
"""Rows by whose values a column is judged."""
_EXACT, _BEGINS, _WITHIN = 6, 4, 2
_HEADINGS = 3
"""How many cells of a row must be known headings before it begins another table."""
_SOME_DAY = date(2026, 1, 1)
"""Gives a month to days that are told by their number alone."""
CAME_IN = frozenset(
    {"m", "d", "masuk", "in", "terima", "penerimaan", "debet", "debit", "pemasukan"}
)
WENT_OUT = frozenset({"k", "keluar", "out", "bayar", "pengeluaran", "kredit", "credit"})
"""What says on which side of a cash book an amount stands."""
_SIDES = CAME_IN | WENT_OUT | {"db", "cr", "c"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet holds: its table, the row of its headings and the place of each column.

    `heading` is 0 where there are none; rows after `last` are data. Columns count from 0.
    """

    sheet: str
    table: str
    heading: int
    last: int
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    """What is written over each column."""
    money: Mapping[int, MoneyColumn] = field(default_factory=dict)
    """Of a cash book with a column for each purpose: these columns, by place."""
    year: int | None = None
    """The year of days that are written without one, where somebody chose it."""
    point: str = ""
    """The sign before sen, `,` or `.`, where somebody chose it; else each amount tells it."""
    said: Mapping[str, str] = field(default_factory=dict)
    """The accounts that somebody chose for single rows, by the words of column and row."""

    beside: tuple[Half, ...] = ()
    """Of tables beside each other in one sheet: all of them. The first has the `columns`."""

    def with_columns(self, columns: Mapping[str, int]) -> Layout:
        """The same with these columns."""
        return replace(self, columns=dict(columns))


def guess(sheet: str, rows: Iterable[Row], tables: Iterable[SheetTable]) -> Layout | None:
    """The layout that fits the sheet best; None where nothing in it looks like a table."""
    first = [row for _, row in zip(range(SEARCHED + _SEEN), rows, strict=False)]
    tried: list[tuple[int, Layout]] = []
    for table in tables:
        named = _named(sheet, table)
        for place in range(len(first[:SEARCHED])):
            for deep in (1, 2):
                layout, score = _columns(sheet, table, first, place, deep)
                if layout is None or not is_whole(table, layout):
                    continue
                if _leaves_days_out(table, layout, first) or _names_no_account(table, layout):
                    continue
                tried.append((score + named - place // 8, layout))
    if not tried:
        return _by_values(sheet, first, tables)
    found = max(tried, key=itemgetter(0))[1]
    entries = [row.number for row in first if is_entry(row)]
    before = [each for each in tried
              if any(each[1].last < number < found.heading for number in entries)]  # fmt: skip
    if before:  # what stands above would be lost
        place = min(each.heading for _, each in before)
        found = max((each for each in before if each[1].heading == place), key=itemgetter(0))[1]
    found = _first_of_its_kind(found, first)
    below = [row for row in first if row.number > found.last]
    return found.with_columns(_turned(found.columns, below))


def _leaves_days_out(table: SheetTable, layout: Layout, rows: Sequence[Row]) -> bool:
    """Whether rows have days that the table has no column for: they are what happened, one by one,
    and nothing that stands when a book begins.
    """
    below = [row for row in rows if row.number > layout.last]
    taken = set(layout.columns.values())
    return not table.by_purpose and any(
        plain(heading) in DAY_WORDS and spot not in taken and _share_of(below, spot, _is_day) >= 5
        for spot, heading in enumerate(layout.headings)
    )


def _names_no_account(table: SheetTable, layout: Layout) -> bool:
    """Whether accounts would be told by remarks, in a sheet that says nothing of balances."""
    if table is not OPENING or _named(layout.sheet, table):
        return False
    return plain(layout.headings[layout.columns["account"]]) in ("uraian", "keterangan", "pos")


def _share_of(rows: Sequence[Row], spot: int, fits: Callable[[Value], bool]) -> int:
    """In tenths of the cells that are filled."""
    cells = [each for row in rows if (each := row.at(spot)) is not None]
    return sum(map(fits, cells)) * 10 // len(cells) if cells else 0


def _first_of_its_kind(found: Layout, rows: Sequence[Row]) -> Layout:
    """The same layout where its headings stand first: months below each other repeat them."""
    deep = found.last - found.heading + 1
    said = tuple(map(plain, found.headings))
    for place, row in enumerate(rows):
        head = rows[place : place + deep]
        if row.number >= found.heading:
            break
        if head[-1].number == row.number + deep - 1:
            here = tuple(map(plain, _headings(head)))
            if here + ("",) * (len(said) - len(here)) == said:
                return replace(found, heading=row.number, last=head[-1].number)
    return found


def at(sheet: str, rows: Iterable[Row], table: SheetTable, heading: int) -> Layout:
    """The layout of a sheet whose headings stand in row `heading`, with the columns guessed.

    0 is a list without headings.
    """
    near = [row for row in rows if row.number >= heading][: _SEEN + 2]
    if not heading:
        return _without_headings(sheet, near, table)
    if not near or near[0].number != heading:
        return Layout(sheet, table.name, heading, heading)
    found, _ = max((_columns(sheet, table, near, 0, deep) for deep in (1, 2)), key=lambda x: x[1])
    if found is None:
        return Layout(sheet, table.name, heading, heading, {}, _headings(near[:1]))
    below = [row for row in near if row.number > found.last]
    return found.with_columns(_turned(found.columns, below))


def titles(rows: Iterable[Row]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """What may be the headings of a sheet: their first and last row, and what they say."""
    first = [row for _, row in zip(range(SEARCHED + 1), rows, strict=False)]
    for place in range(len(first)):
        for head in (first[place : place + 1], first[place : place + 2]):
            if len(head) == 1 or _one_below_the_other(*head):
                yield head[0].number, head[-1].number, _headings(head)


def begin_again(layout: Layout, row: Row) -> str | None:
    """Whether a row within a table has headings; None where it has none.

    Empty where they are those of the table, else why what follows can't be read with it.
    """
    said = {spot: plain(each) for spot, each in enumerate(row.values) if isinstance(each, str)}
    if len(said) < 2 or _looks_like_data(row):
        return None
    over = {spot: plain(each) for spot, each in enumerate(layout.headings)}
    same = sum(over.get(spot) == each for spot, each in said.items() if each)
    if same >= 2 and same * 2 > len(said):
        return ""
    words = frozenset(said.values())
    most = max((sum(bool(words & set(each.words)) for each in table.columns), table.name)
               for table in (*TABLES.values(), BANK_LIST))  # fmt: skip
    if most[0] < _HEADINGS or len(set(said.values())) < _HEADINGS:
        return None
    fits = [each.name for each in TABLES.get(layout.table, BANK_LIST).columns
            for spot, text in said.items() if text in each.words]  # fmt: skip
    if "date" in fits and {"in", "out", "amount"} & set(fits):
        places = layout.columns.items()
        table = TABLES.get(layout.table, BANK_LIST)
        agree = [said.get(spot, "") in (*table.column(name).words, "") for name, spot in places]
        return "" if all(agree) else "columns-change"
    return "another-table"


def is_entry(row: Row) -> bool:
    """Whether a row has a day, words and an amount, each in a cell of its own."""
    cells = [each for each in row.values if each is not None]
    days = [each for each in cells if not isinstance(each, Decimal) and _is_day(each)]
    amounts = [each for each in cells if each not in days and _reads(values.money, each)]
    return bool(days and amounts) and len(cells) > len(days) + len(amounts)


def _named(sheet: str, table: SheetTable) -> int:
    called = plain(sheet)
    if called in table.words:
        return 4
    return 2 if any(f" {word} " in f" {called} " for word in table.words) else 0


def is_whole(table: SheetTable, layout: Layout) -> bool:
    """Whether the columns a row can't do without are there, and one of those it needs one of.

    Where a column says what money was for, words are not needed.
    """
    needed = {each.name for each in table.columns if each.needed}
    if not needed - set(layout.columns) <= ({"memo"} if layout.money else set()):
        return False
    if not table.one_of or layout.money or set(table.one_of) & set(layout.columns):
        return True
    over = [layout.headings[spot] for name, spot in layout.columns.items() if name in needed]
    return any(plain(each) in table.alone for each in over)


def _columns(
    sheet: str, table: SheetTable, rows: Sequence[Row], place: int, deep: int
) -> tuple[Layout | None, int]:
    """The columns that headings in one row, or in two below each other, name; with a score."""
    head = rows[place : place + deep]
    if len(head) < deep or (deep == 2 and not _one_below_the_other(*head)):
        return None, 0
    headings = _headings(head)
    below = rows[place + deep : place + deep + _SEEN]
    groups = _groups(head, headings)
    first = Layout(sheet, table.name, head[0].number, head[-1].number, {}, headings)
    starts = halves.starts(table, headings, below) if table.by_purpose else []
    if len(starts) > 1:
        over = [*rows[max(place - 1, 0) : place], *head[:-1]]
        beside = _beside(table, starts, headings, over, below)
        if beside is not None:
            found, total = beside
            return replace(first, columns=found[0].columns, beside=tuple(found)), total
    columns, money, total = _named_columns(table, headings, groups, below)
    if table is DEBTS and "name" in columns:
        titles = [_said(each) for row in rows[:place] for each in row.values if each is not None]
        columns = debts.with_side(columns, headings, (sheet, *titles))
    if not columns:
        return None, 0
    return replace(first, columns=columns, money=money), total - (deep - 1)


def _beside(
    table: SheetTable,
    starts: Sequence[int],
    headings: Sequence[str],
    over: Sequence[Row],
    below: Sequence[Row],
) -> tuple[list[Half], int] | None:
    """The halves of a sheet, with a score; None where one of them lacks a column."""
    ends = [*starts[1:], len(headings)]
    found: list[Half] = []
    total = 0
    for start, end in zip(starts, ends, strict=True):
        own = [each if start <= spot < end else "" for spot, each in enumerate(headings)]
        columns, _, score = _named_columns(table, own, ("",) * len(own), below)
        total += score
        title = " ".join(_said(row.at(spot)) for row in over for spot in range(start, end))
        if found and "date" in found[0].columns:
            columns = {"date": found[0].columns["date"], **columns}
        if not is_whole(table, Layout("", table.name, 0, 0, columns)):
            return None
        found.append(Half(start, columns, " ".join(title.split())))
    return halves.with_sides(found), total


def _named_columns(
    table: SheetTable, headings: Sequence[str], groups: Sequence[str], below: Sequence[Row]
) -> tuple[dict[str, int], Mapping[int, MoneyColumn], int]:
    """The columns that headings name, those for a purpose, and a score."""
    offers = sorted(
        (
            (-score, spot, order, each.name)
            for order, each in enumerate(table.columns)
            for spot, heading in enumerate(headings)
            if (score := _score(each, heading, below, spot))
        ),
    )
    columns: dict[str, int] = {}
    total = 0
    for minus, spot, _, name in offers:
        if name not in columns and spot not in columns.values():
            columns[name] = spot
            total -= minus
    _find_sides(table, columns, headings, below)
    money: Mapping[int, MoneyColumn] = {}
    if table.by_purpose:
        named = set(columns)
        columns, money = money_columns.find(columns, headings, groups, below)
        total += _BEGINS * (len(money) + len(set(columns) - named))
    return columns, money, total


def _find_sides(
    table: SheetTable, columns: dict[str, int], headings: Sequence[str], below: Sequence[Row]
) -> None:
    """A column of `CR` and `DB` that has no heading says on which side the amount beside it is."""
    if "side" in columns or "amount" not in columns or "side" not in _names(table):
        return
    width = max((len(row.values) for row in below), default=0)
    for spot in range(width):
        untitled = spot >= len(headings) or not headings[spot]
        cells = [row.at(spot) for row in below if row.at(spot) is not None]
        sides = sum(isinstance(each, str) and plain(each) in _SIDES for each in cells)
        if untitled and sides and sides * 10 >= len(cells) * 7 and spot not in columns.values():
            columns["side"] = spot
            return


def _groups(head: Sequence[Row], headings: Sequence[str]) -> tuple[str, ...]:
    """Of each column: the heading that spans it and others beside it; empty where none does."""
    if len(head) == 1:
        return ("",) * len(headings)
    upper = [_said(head[0].at(spot)) for spot in range(len(headings))]
    lower = [_said(head[1].at(spot)) for spot in range(len(headings))]
    groups: list[str] = []
    for spot, low in enumerate(lower):
        if upper[spot]:
            groups.append(upper[spot] if low and _spans(upper, lower, spot) else "")
        else:
            groups.append(groups[-1] if low and groups else "")
    return tuple(groups)


def _headings(head: Sequence[Row]) -> tuple[str, ...]:
    """What stands over each column; a heading over several columns is said of each."""
    width = max(len(row.values) for row in head)
    upper = [_said(head[0].at(spot)) for spot in range(width)]
    if len(head) == 1:
        return tuple(upper)
    lower = [_said(head[1].at(spot)) for spot in range(width)]
    return tuple(
        low
        if low and (low == upper[spot] or _spans(upper, lower, spot))
        else " ".join(filter(None, (upper[spot], low)))
        for spot, low in enumerate(lower)
    )


def _spans(upper: Sequence[str], lower: Sequence[str], spot: int) -> bool:
    """Whether the heading over this column is that of several columns, each with its own below."""
    if not upper[spot]:
        return True
    after = spot + 1
    return after < len(lower) and bool(lower[after]) and not upper[after]


def _said(value: Value) -> str:
    if isinstance(value, date) and value.day == 1:  # a month, as a spreadsheet keeps it
        return Formats("en").month(Month.of(value))
    return value if isinstance(value, str) and len(value) <= SEARCHED else ""


def _one_below_the_other(upper: Row, lower: Row) -> bool:
    """Whether two rows can be headings together; a title is no heading."""
    said = [each for each in upper.values if each is not None]
    return lower.number == upper.number + 1 and len(said) > 1 and not _looks_like_data(lower)


def _looks_like_data(row: Row) -> bool:
    return any(
        _reads(values.money, each) or _reads(values.day, each) for each in row.values if each
    )


def _score(column: SheetColumn, heading: str, below: Sequence[Row], spot: int) -> int:
    """How well a heading names a column; nothing where what stands below can't be that."""
    said = plain(heading)
    if not said:
        return 0
    padded = f" {said} "
    if said in column.words or said == plain(column.title):
        score = _EXACT
    elif any(said.startswith(f"{word} ") for word in column.words):
        score = _BEGINS
    elif any(f" {word} " in padded for word in column.words if len(word) > 2):
        score = _WITHIN
    else:
        return 0
    cells = [row.at(spot) for row in below if row.at(spot) is not None]
    if column.name in ("side", "purpose") and cells:
        sides = sum(isinstance(each, str) and plain(each) in _SIDES for each in cells)
        return score if (sides * 3 >= len(cells)) == (column.name == "side") else 0
    if column.holds is Holds.TEXT:
        return score
    if not cells:
        return score - 1
    reads = sum(_reads(_READERS[column.holds], each) for each in cells)
    if reads * 3 < len(cells):  # what stands there is wrong, where the heading leaves no doubt
        return 1 if score == _EXACT else 0
    return score + (2 if reads * 10 >= len(cells) * 7 else 0)


def _day_in_any_order(value: Value) -> object:
    return values.orders_of(value, _SOME_DAY) or values.day(value, _SOME_DAY)


_READERS: Mapping[Holds, Callable[[Value], object]] = {
    Holds.MONEY: lambda value: values.money(values.without_side(value)),
    Holds.QUANTITY: values.quantity,
    Holds.DAY: _day_in_any_order,
    Holds.COUNT: values.count,
}


def _reads(reader: Callable[[Value], object], value: Value) -> bool:
    try:
        return reader(value) is not None
    except ParseError:
        return False


# -- Lists without headings, and which of two columns is money that came in ------------------------


def _without_headings(sheet: str, rows: Sequence[Row], table: SheetTable) -> Layout:
    width = max((len(row.values) for row in rows), default=0)
    bare = Layout(sheet, table.name, 0, 0, {}, ("",) * width)
    return _by_values(sheet, rows, [table]) or bare


def _by_values(sheet: str, rows: Sequence[Row], tables: Iterable[SheetTable]) -> Layout | None:
    """A list of movements without headings: days, words and amounts, told by their values."""
    table = next((each for each in tables if {"date", "memo", "in"} <= _names(each)), None)
    if table is None or len(rows) < 2:
        return None
    width = max(len(row.values) for row in rows)
    spots = range(width)
    days = [spot for spot in spots if _share(rows, spot, _is_day) >= 7]
    amounts = [spot for spot in spots if spot not in days and _share(rows, spot, _is_amount) >= 7]
    texts = [spot for spot in spots if spot not in days and _length(rows, spot) > 3]
    if not days or not amounts or not texts:
        return None
    memo = max(texts, key=lambda spot: _length(rows, spot))
    money = dict(zip(("in", "out", "balance"), amounts, strict=False))
    if len(amounts) == 1:
        money = {"amount": amounts[0]}
    elif len(amounts) == 2 and not _follows(rows, amounts[0], amounts[1], None):
        money = {"amount": amounts[0], "balance": amounts[1]}
    columns = {"date": days[0], "memo": memo, **money}
    return Layout(sheet, table.name, 0, 0, _turned(columns, rows), ("",) * width)


def _names(table: SheetTable) -> set[str]:
    return {each.name for each in table.columns}


def _is_day(value: Value) -> bool:
    figure = isinstance(value, str) and value.isdigit()
    return not figure and _reads(_day_in_any_order, value)


def _is_amount(value: Value) -> bool:
    return value is None or _reads(_READERS[Holds.MONEY], value) or value == "-"


def _share(rows: Sequence[Row], spot: int, fits: Callable[[Value], bool]) -> int:
    """In tenths of the rows; none where the column is empty."""
    cells = [row.at(spot) for row in rows]
    if not any(each is not None for each in cells):
        return 0
    return sum(map(fits, cells)) * 10 // len(cells)


def _length(rows: Sequence[Row], spot: int) -> int:
    cells = [each for row in rows if isinstance(each := row.at(spot), str)]
    words = [each for each in cells if not _reads(values.money, each)]
    return sum(map(len, words)) // len(cells) if cells else 0


def _turned(columns: Mapping[str, int], rows: Sequence[Row]) -> dict[str, int]:
    """In and out exchanged where the balance beside them says so.

    What a bank calls debit went out, what a cash book calls debit came in.
    """
    found = dict(columns)
    if {"in", "out", "balance"} <= found.keys():
        came, went, balance = found["in"], found["out"], found["balance"]
        as_is = _follows(rows, came, went, balance)
        turned = _follows(rows, went, came, balance)
        if turned > as_is and turned >= 2:
            found["in"], found["out"] = went, came
    return found


def _follows(rows: Sequence[Row], came: int, went: int, balance: int | None) -> int:
    """In how many rows the balance is that of the row before, with what came in and went out."""
    if balance is None:
        both = [row for row in rows if row.at(came) is not None and row.at(went) is not None]
        return len(rows) - len(both) if len(both) * 4 < len(rows) else 0
    before: int | None = None
    follows = 0
    for row in rows:
        try:
            now = values.money(row.at(balance))
            change = (values.money(row.at(came)) or 0) - (values.money(row.at(went)) or 0)
        except ParseError:
            continue
        if now is None:
            continue
        if before is not None and change and abs(now - before) == abs(change):
            follows += now - before == change
        before = now
    return follows
