"""What a table of a spreadsheet is said to be: its columns, what they hold, how they are called.

Titles and notes are English messages of the catalogue. `words` are the headings that groups use,
in Indonesian and English, in small letters and without signs: `services.intake` knows a column by
them, and the template writes the same tables.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    MONEY = "money"
    QUANTITY = "quantity"
    DAY = "day"
    COUNT = "count"


class SheetColumn(NamedTuple):
    """A column of a table."""

    name: str
    title: str
    holds: Holds
    words: tuple[str, ...]
    needed: bool = False
    note: str = ""
    choices: str = ""
    """Which list the template offers to choose from."""
    examples: tuple[str, ...] = ()
    """What the template's rows of examples say, as an Indonesian group would write it."""


class SheetTable(NamedTuple):
    """A table that can be taken: one row of it is one entry, or a line of the opening balance."""

    name: str
    title: str
    note: str
    columns: tuple[SheetColumn, ...]
    words: tuple[str, ...] = ()
    """What its sheets are called."""
    by_purpose: bool = False
    """Whether it may have a column for each purpose that money is for."""
    one_of: tuple[str, ...] = ()
    """Columns one of which it needs beside those that are needed; empty where none is."""
    alone: tuple[str, ...] = ()
    """Headings of what is needed that leave no doubt, and so need none of these beside them."""

    def column(self, name: str) -> SheetColumn:
        """The column of this name. Raises `KeyError` where there is none."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)
