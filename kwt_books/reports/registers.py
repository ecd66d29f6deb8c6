"""The books a group keeps beside its accounts, as they are ruled on paper: filled, or blank.

Every book has a running number, its own columns and, where people sign, a column for that. Blank,
it is a form of empty lines to be written in by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.assets import asset_standings
from kwt_books.queries.registers import entered
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, Value

_TEXT, _DATE, _COUNT, _MONEY = (
    ColumnType.TEXT, ColumnType.DATE, ColumnType.COUNT, ColumnType.MONEY,
)  # fmt: skip
_LINES = 22
"""Lines of a blank form."""
_SIGNATURE = ("signature", noop("Signature"), _TEXT, 22)
CONDITIONS = {"good": noop("good"), "minor": noop("light damage"), "major": noop("heavy damage")}
_DIRECTIONS = {"in": noop("in"), "out": noop("out")}


@dataclass(frozen=True, slots=True)
class Ruled:
    """How a book is ruled: its title, what the column of labels is called and where it stands.

    Columns and labels have the millimetres that they need where they are written in by hand.
    """

    name: str
    title: str
    label: str
    label_room: int
    columns: tuple[tuple[str, str, ColumnType, int], ...]
    label_at: int
    """Behind so many of the columns, the running number being the first."""


def _book(
    context: Context, ruled: Ruled, lines: Iterable[tuple[str, tuple[Value, ...]]], period: str
) -> Report:
    t, width = context.words, len(ruled.columns)
    blank = context.parameters.blank
    if blank:
        rows = [Row(" ", (str(n), *(None,) * width)) for n in range(1, _LINES + 1)]
    else:
        rows = [
            Row(_in_a_line(label), (str(n), *map(_in_a_line, cells)))
            for n, (label, cells) in enumerate(lines, start=1)
        ]
    columns = [
        Column(key, t(label), kind, by_hand=room if blank or key == _SIGNATURE[0] else 0)
        for key, label, kind, room in ruled.columns
    ]
    return Report(
        name=ruled.name,
        title=t(ruled.title),
        columns=(Column("number", t("No."), ColumnType.CODE), *columns),
        rows=tuple(rows),
        parameters=month_asked(context),
        period="" if blank else period,
        label=t(ruled.label),
        label_at=ruled.label_at,
        label_by_hand=ruled.label_room if blank else 0,
        layout=Layout.BOOK,
        place_date=None if blank else context.period.end,
    )


V = TypeVar("V")


def _in_a_line(value: V) -> V | str:
    """A text of several lines in one, as a book's cells have them; other values as they are."""
    if not isinstance(value, str):
        return value
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    ended = (line if line.endswith((".", ";", "!", "?", ",")) else f"{line};" for line in lines)
    return " ".join((*list(ended)[:-1], *lines[-1:]))


_Cells = Callable[[Context, date, Mapping[str, Any]], tuple[str, tuple[Value, ...]]]


def _written(context: Context, book: str, ruled: Ruled, cells: _Cells) -> Report:
    found = entered(context.connection, book, context.period.start, context.period.end)
    lines = (cells(context, each.day, each.entry) for each in found)
    return _book(context, ruled, lines, context.in_month)


def guest_book(context: Context) -> Report:
    """The guest book (buku tamu)."""
    ruled = Ruled(
        "guest-book", noop("Guest Book"), noop("Name"), 32,
        (
            ("date", noop("Date"), _DATE, 14), ("from", noop("Office or address"), _TEXT, 27),
            ("position", noop("Position"), _TEXT, 17), ("purpose", noop("Purpose"), _TEXT, 25),
            ("impression", noop("Impression"), _TEXT, 20), _SIGNATURE,
        ), 2,
    )  # fmt: skip

    def cells(_: Context, day: date, entry: Mapping[str, Any]) -> tuple[str, tuple[Value, ...]]:
        texts = (entry.get(key) for key in ("from", "position", "purpose", "impression"))
        return entry["name"], (day, *texts, None)

    return _written(context, "guests", ruled, cells)


def activity_book(context: Context) -> Report:
    """The book of activities."""
    ruled = Ruled(
        "activity-book", noop("Book of Activities"), noop("Group activity"), 50,
        (
            ("date", noop("Date"), _DATE, 14), ("place", noop("Place"), _TEXT, 28),
            ("people", noop("Present"), _COUNT, 14), ("result", noop("Result"), _TEXT, 50),
        ), 2,
    )  # fmt: skip

    def cells(_: Context, day: date, entry: Mapping[str, Any]) -> tuple[str, tuple[Value, ...]]:
        return entry["title"], (day, entry.get("place"), entry.get("people"), entry.get("result"))

    return _written(context, "activities", ruled, cells)


def minutes_book(context: Context) -> Report:
    """The book of minutes."""
    ruled = Ruled(
        "minutes-book", noop("Book of Minutes"), noop("Meeting"), 34,
        (
            ("date", noop("Date"), _DATE, 14),
            ("minutes", noop("Number of the minutes"), _TEXT, 28),
            ("place", noop("Place"), _TEXT, 24), ("people", noop("Present"), _COUNT, 13),
            ("decisions", noop("Decisions"), _TEXT, 44),
        ), 2,
    )  # fmt: skip

    def cells(_: Context, day: date, entry: Mapping[str, Any]) -> tuple[str, tuple[Value, ...]]:
        keys = ("number", "place", "people", "decisions")
        return entry["title"], (day, *(entry.get(key) for key in keys))

    return _written(context, "minutes", ruled, cells)


def letter_book(context: Context) -> Report:
    """The book of letters in and out."""
    ruled = Ruled(
        "letter-book", noop("Book of Letters"), noop("Subject"), 50,
        (
            ("date", noop("Date"), _DATE, 14), ("direction", noop("In or out"), _TEXT, 16),
            ("letter", noop("Number of the letter"), _TEXT, 32),
            ("party", noop("From or to"), _TEXT, 45),
        ), 5,
    )  # fmt: skip

    def cells(
        context: Context, day: date, entry: Mapping[str, Any]
    ) -> tuple[str, tuple[Value, ...]]:
        way = context.words(_DIRECTIONS[entry["direction"]])
        return entry["subject"], (day, way, entry["number"], entry["party"])

    return _written(context, "letters", ruled, cells)


def advice_book(context: Context) -> Report:
    """The book of advice from extension officers."""
    ruled = Ruled(
        "advice-book", noop("Book of Advice"), noop("Advice"), 48,
        (
            ("date", noop("Date"), _DATE, 14), ("officer", noop("Officer"), _TEXT, 30),
            ("done", noop("What was done"), _TEXT, 42), _SIGNATURE,
        ), 3,
    )  # fmt: skip

    def cells(_: Context, day: date, entry: Mapping[str, Any]) -> tuple[str, tuple[Value, ...]]:
        return entry["advice"], (day, entry["officer"], entry.get("done"), None)

    return _written(context, "advice", ruled, cells)


def upkeep_book(context: Context) -> Report:
    """The book of upkeep."""
    ruled = Ruled(
        "upkeep-book", noop("Book of Upkeep"), noop("Facility"), 40,
        (
            ("date", noop("Date"), _DATE, 14), ("condition", noop("Condition"), _TEXT, 22),
            ("action", noop("What was done"), _TEXT, 54), _SIGNATURE,
        ), 2,
    )  # fmt: skip

    def cells(
        context: Context, day: date, entry: Mapping[str, Any]
    ) -> tuple[str, tuple[Value, ...]]:
        condition = context.words(CONDITIONS[entry["condition"]])
        return entry["facility"], (day, condition, entry.get("action"), None)

    return _written(context, "upkeep", ruled, cells)


# -- Books that the set-up and the assets fill ---------------------------------------------------


def member_book(context: Context) -> Report:
    """Members as they stand by the end of the period; who left later is still one."""
    ruled = Ruled(
        "member-book", noop("Book of Members"), noop("Name"), 34,
        (
            ("born", noop("Date of birth"), _DATE, 17), ("sex", noop("M/F"), _TEXT, 9),
            ("work", noop("Occupation"), _TEXT, 18), ("address", noop("Address"), _TEXT, 30),
            ("joined", noop("Joined"), _DATE, 16), ("left", noop("Left on"), _DATE, 16), _SIGNATURE,
        ), 1,
    )  # fmt: skip
    return _book(context, ruled, _members(context), context.per)


def _members(context: Context) -> Iterator[tuple[str, tuple[Value, ...]]]:
    end = context.period.end
    found = [each for each in context.setup.parties.values() if each.role == "member"]
    for each in sorted(found, key=lambda each: (each.joined or end, each.name)):
        if each.joined is None or each.joined <= end:
            left = each.left if each.left is not None and each.left <= end else None
            yield each.name, (
                each.born, each.sex, each.work, each.address, each.joined, left, None,
            )  # fmt: skip


def officer_book(context: Context) -> Report:
    """The book of officers, from the set-up."""
    ruled = Ruled(
        "officer-book", noop("Book of Officers"), noop("Name"), 60,
        (("office", noop("Office"), _TEXT, 60), _SIGNATURE), 1,
    )  # fmt: skip
    return _book(context, ruled, _officers(context), context.per)


def _officers(context: Context) -> Iterator[tuple[str, tuple[Value, ...]]]:
    t, group = context.words, context.setup.group
    if group is None:
        return
    yield group.chair, (t("Chair"), None)
    yield group.treasurer, (t("Treasurer"), None)
    if group.umbrella is not None:
        office = t("Coordinator of {umbrella}", umbrella=group.umbrella.name)
        yield group.umbrella.coordinator, (office, None)
    if group.extension_officer is not None:
        yield group.extension_officer.name, (t("Extension officer"), None)


def inventory_book(context: Context) -> Report:
    """What the group owns: the assets that stand at the end of the period."""
    ruled = Ruled(
        "inventory-book", noop("Book of Inventory"), noop("Item"), 42,
        (
            ("code", noop("Code"), _TEXT, 14), ("kind", noop("Kind"), _TEXT, 26),
            ("acquired", noop("Acquired"), _DATE, 18), ("cost", noop("Price"), _MONEY, 22),
            ("condition", noop("Condition"), _TEXT, 18), ("place", noop("Place"), _TEXT, 20),
        ), 2,
    )  # fmt: skip
    return _book(context, ruled, _inventory(context), context.per)


def _inventory(context: Context) -> Iterator[tuple[str, tuple[Value, ...]]]:
    found = asset_standings(context.connection, context.period.start, context.period.end)
    for each in found:
        asset = each.asset
        if each.disposed is None and each.cost:
            kind = context.account_name(asset.account)
            yield asset.name, (asset.code, kind, asset.acquired, each.cost, None, None)
