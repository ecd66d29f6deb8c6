"""Which column is what, remembered for sheets with the same headings of the same group.

It is kept beside the books, in a file of the computer's user, and is no part of any book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kwt_books.domain.sheets import BANK_LIST, TABLES
from kwt_books.services.intake import headings
from kwt_books.services.intake.halves import Half
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.sheet import SheetFile
from kwt_books.services.intake.values import plain

SHEETS_FILE = "sheets.json"
"""What the file is called, in the folder of the program's data."""
_MOST_SAID = 500
"""Choices for single rows that are remembered of a sheet."""
_MOST = 200
"""Sheets that are remembered; the oldest are forgotten."""


class Remembered:
    """What was said of columns before. A file that can't be read or written is done without."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def layout(self, group: str, file: SheetFile, sheet: str, table: str) -> Layout | None:
        """The layout of a sheet that has headings for which columns were chosen; None for others.

        `table`: the bank's list, else any that a book takes.
        """
        said = self._read()
        for first, last, titles in headings.titles(file.rows(sheet)) if said else ():
            tried = Layout(sheet, table, first, last, {}, titles)
            if any(titles) and _key(group, tried) in said:
                found = self.applied(group, tried)
                return found if found is not tried else None
        return None

    def layouts(
        self, group: str, file: SheetFile, guessed: Iterable[Layout], table: str = ""
    ) -> tuple[Layout, ...]:
        """What each sheet holds as it was chosen before, else as it is guessed."""
        by_sheet = {each.sheet: each for each in guessed}
        found = []
        for sheet in file.sheets:
            known = self.layout(group, file, sheet, table)
            if known is not None:
                found.append(known)
            elif sheet in by_sheet:
                found.append(self.applied(group, by_sheet[sheet]))
        return tuple(found)

    def applied(self, group: str, layout: Layout) -> Layout:
        """The layout with the columns that were chosen for such headings; as it is without any."""
        said = self._read().get(_key(group, layout))
        if not isinstance(said, dict):
            return layout
        columns = said.get("columns")
        width = len(layout.headings)
        if not isinstance(columns, dict) or not all(
            isinstance(place, int) and 0 <= place < width for place in columns.values()
        ):
            return layout
        table = str(said.get("table", layout.table))
        if table != BANK_LIST.name and table not in TABLES:
            return layout
        point = said.get("point")
        return replace(
            layout,
            table=table,
            columns=columns,
            money=_money(said.get("money"), width),
            point=point if point in (",", ".") else "",
            said=_words(said.get("said")),
            beside=_beside(said.get("beside"), width),
        )

    def note(self, group: str, layout: Layout) -> None:
        """Remembers the columns of a layout."""
        if self._path is None or not layout.headings:
            return
        kept = dict(self._read())
        kept.pop(_key(group, layout), None)
        kept[_key(group, layout)] = {
            "table": layout.table,
            "columns": dict(layout.columns),
            "money": {str(place): list(each) for place, each in layout.money.items()},
            "point": layout.point,
            "beside": [
                [each.start, dict(each.columns), each.title, each.guessed] for each in layout.beside
            ],
            "said": dict(list(layout.said.items())[-_MOST_SAID:]),
        }
        newest = dict(list(kept.items())[-_MOST:])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(newest, ensure_ascii=False), encoding="utf-8")

    def _read(self) -> Mapping[str, Any]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _money(said: Any, width: int) -> Mapping[int, MoneyColumn]:
    """The columns for a purpose that were remembered; those that make no sense are left out."""
    found: dict[int, MoneyColumn] = {}
    for place, each in said.items() if isinstance(said, dict) else ():
        if place.isdigit() and int(place) < width and isinstance(each, list) and len(each) == 4:
            came_in, *texts = each
            if isinstance(came_in, bool) and all(isinstance(text, str) for text in texts):
                found[int(place)] = MoneyColumn(came_in, *texts)
    return found


def _beside(said: Any, width: int) -> tuple[Half, ...]:
    """The tables beside each other that were remembered; none where one makes no sense."""
    found: list[Half] = []
    for each in said if isinstance(said, list) else ():
        match each:
            case [int(start), dict(columns), str(title), bool(guessed)] if all(
                isinstance(place, int) and 0 <= place < width for place in columns.values()
            ):
                found.append(Half(start, columns, title, guessed))
            case _:
                return ()
    return tuple(found)


def _words(said: Any) -> Mapping[str, str]:
    """The choices for single rows that were remembered; those that make no sense are left out."""
    found = said.items() if isinstance(said, dict) else ()
    return {words: account for words, account in found if isinstance(account, str)}


def _key(group: str, layout: Layout) -> str:
    kind = [BANK_LIST.name] if layout.table == BANK_LIST.name else []  # other tables share theirs
    said = "\x1f".join((*kind, group, *map(plain, layout.headings)))
    return sha256(said.encode("utf-8")).hexdigest()[:24]
