"""The rows of a long report on screen: windows that were read, and those that are to come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from kwt_books.reports.long_rows import WINDOW, LongRows
from kwt_books.reports.model import Row
from ui.widgets.report_texts import ReportTexts

Away = Callable[[Callable[[], Any], Callable[[Any], object], QObject], object]
"""Runs the first where the book is, the second here with its answer, as long as the third lives."""
COMING = Row("…")
"""Stands for a row that has not been read yet."""
_HELD = 24
"""Windows kept: what lies further back is read again."""
_WAITING = 3
"""Windows that wait to be read; whoever scrolls on does not want the ones before."""
_SEARCHED = 4
"""Windows that a search looks through before whatever else is asked gets its turn."""
_PINNED = 20_000
"""Rows that a search found and that are kept."""


class RowWindows(QObject):
    """As a list of rows. A row that is not there yet is `COMING`, and asked for."""

    arrived = Signal()
    found = Signal(object)
    """The places of rows found since the last time, as a search goes on."""

    def __init__(self, rows: LongRows, away: Away, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows, self._away = rows, away
        self._held: OrderedDict[int, list[Row]] = OrderedDict(rows.ahead)
        self._pinned: dict[int, Row] = {}
        self._reading = False
        self._wanted: list[int] = []
        self._beside: frozenset[int] = frozenset()
        """Windows read because they stand beside one that was asked for."""
        self._search = object()
        self.searched = 0
        """Rows that the search under way has looked at."""

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Row:
        if (pinned := self._pinned.get(place)) is not None:
            return pinned
        window, at = divmod(place, WINDOW)
        if window not in self._held:
            self._want(window)
            return COMING
        self._held.move_to_end(window)
        return self._held[window][at]

    def sample(self) -> list[Row]:
        """Rows of all over the report that are there already."""
        return [row for window in self._held.values() for row in window[:: WINDOW // 25]]

    # -- reading -----------------------------------------------------------------------------

    def _want(self, window: int) -> None:
        if window not in self._wanted:
            self._wanted = [*self._wanted, window][-_WAITING:]
        self._read_next()

    def _read_next(self) -> None:
        """One at a time, what was asked for last before anything else."""
        if self._reading or not self._wanted:
            return
        self._reading, rows, window = True, self._rows, self._wanted.pop()
        start = window * WINDOW
        self._away(lambda: list(rows[start : start + WINDOW]), partial(self._take, window), self)

    def _take(self, window: int, rows: list[Row]) -> None:
        self._reading = False
        self._held[window] = rows
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        self.arrived.emit()
        self._read_next()
        beside = (window + 1, window - 1)
        if not self._reading and window not in self._beside:
            self._beside = frozenset(beside)
            for each in beside:
                if each not in self._held and 0 <= each * WINDOW < len(self):
                    self._want(each)

    # -- finding -----------------------------------------------------------------------------

    def find(self, texts: ReportTexts, wanted: str) -> None:
        """Looks through all rows; `found` tells of them, `searched` how far it is."""
        self.stop()
        self._look(self._search, texts, wanted)

    def stop(self) -> None:
        """No search is wanted any more."""
        self._search, self.searched = object(), 0

    def _look(self, search: object, texts: ReportTexts, wanted: str) -> None:
        rows, start = self._rows, self.searched
        stop = min(start + _SEARCHED * WINDOW, len(rows))

        def look() -> list[tuple[int, Row]]:
            sifted = rows.sift(start, stop, wanted)
            return [(place, row) for place, row in sifted if texts.contains(row, wanted)]

        def looked(found: list[tuple[int, Row]]) -> None:
            if search is not self._search:
                return
            self.searched = stop
            self._pinned.update(found[: _PINNED - len(self._pinned)])
            self.found.emit([place for place, _ in found])
            if stop < len(rows):
                self._look(search, texts, wanted)

        self._away(look, looked, self)
