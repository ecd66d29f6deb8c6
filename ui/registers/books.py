"""The books of the group as they are ruled on the screen: their columns, and the field of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kwt_books.domain.documents.registers import BOOKS, CONDITIONS, DIRECTIONS
from kwt_books.i18n.catalogue import noop
from ui.kit.field import CountField, NoteField, TextField
from ui.kit.look import UiContext
from ui.kit.picker import Choice
from ui.kit.words import TABS

_MOST_PEOPLE = 10**6
CHOICES: Mapping[str, Mapping[str, str]] = {
    "condition": dict(
        zip(CONDITIONS, (noop("good"), noop("light damage"), noop("heavy damage")), strict=True)
    ),
    "direction": dict(zip(DIRECTIONS, (noop("in"), noop("out")), strict=True)),
}
"""Keys whose values are chosen from a few, with the words for each."""
_LONG = frozenset({"decisions", "result", "advice", "done"})
"""Keys whose texts can be several lines."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How one book is ruled."""

    book: str
    """As `register` calls it (STREAM.md)."""
    report: str
    """The report that prints it, filled or blank."""
    empty: str
    """What it is for, said while nothing is written in it."""
    columns: tuple[tuple[str, str, int], ...]
    """Key, title and width of each column; twelve widths are a line of the form."""

    @property
    def title(self) -> str:
        """An English message."""
        return TABS["registers"][self.book]

    def requires(self, key: str) -> bool:
        """Whether a line can't do without this key."""
        return BOOKS[self.book][key]

    def lines(self) -> Iterator[list[tuple[str, str, int]]]:
        """The columns as they stand in the form: those that fit into a line together."""
        line: list[tuple[str, str, int]] = []
        for column in self.columns:
            if line and sum(width for _, _, width in line) + column[2] > _LINE:
                yield line
                line = []
            line.append(column)
        yield line


_LINE = 12
RULINGS: dict[str, Ruling] = {
    each.book: each
    for each in (
        Ruling(
            "guests", "guest-book",
            noop("Who visited the group, where they came from, and what for."),
            (
                ("name", noop("Name"), 4), ("from", noop("Office or address"), 5),
                ("position", noop("Position"), 3), ("purpose", noop("Purpose"), 6),
                ("impression", noop("Impression"), 6),
            ),
        ),
        Ruling(
            "activities", "activity-book",
            noop("What the group did: trainings, clean-ups, meetings with others."),
            (
                ("title", noop("Group activity"), 6), ("place", noop("Place"), 4),
                ("people", noop("Present"), 2), ("result", noop("Result"), 12),
            ),
        ),
        Ruling(
            "minutes", "minutes-book",
            noop("What meetings decided, with the number of their minutes."),
            (
                ("title", noop("Meeting"), 4), ("number", noop("Number of the minutes"), 3),
                ("place", noop("Place"), 3), ("people", noop("Present"), 2),
                ("decisions", noop("Decisions"), 12),
            ),
        ),
        Ruling(
            "letters", "letter-book",
            noop("Letters received and letters sent."),
            (
                ("direction", noop("In or out"), 2), ("number", noop("Number of the letter"), 4),
                ("party", noop("From or to"), 6), ("subject", noop("Subject"), 12),
            ),
        ),
        Ruling(
            "advice", "advice-book",
            noop("What the extension officer advised, and what was done."),
            (
                ("officer", noop("Officer"), 12), ("advice", noop("Advice"), 6),
                ("done", noop("What was done"), 6),
            ),
        ),
        Ruling(
            "upkeep", "upkeep-book",
            noop("The condition of paths, drains and wells, and what was done about it."),
            (
                ("facility", noop("Facility"), 5), ("condition", noop("Condition"), 2),
                ("action", noop("What was done"), 5),
            ),
        ),
    )
}  # fmt: skip


def field_of(ui: UiContext, ruling: Ruling, key: str) -> Any:
    """A field for a key of the book."""
    if key in CHOICES:
        return Choice(ui, [(code, ui.t(text)) for code, text in CHOICES[key].items()])
    if key == "people":
        return CountField(ui, required=False, most=_MOST_PEOPLE)
    required = ruling.requires(key)
    if key in _LONG:
        return NoteField(ui, wanted=ui.t("Fill this in") if required else "")
    return TextField(ui, required=required)


def said(ui: UiContext, key: str, value: object) -> str:
    """A value as it is read: words of a choice, figures of a count, the text as it is."""
    if key in CHOICES and isinstance(value, str):
        return ui.t(CHOICES[key][value])
    return "" if value is None else str(value)
