"""Which message goes beside which field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget


class Teller(Protocol):
    """A place beside a field where something can be said of it."""

    touched: SignalInstance
    was_touched: bool

    @property
    def field(self) -> QWidget: ...

    def say(self, text: str, tone: str = "") -> None: ...


@runtime_checkable
class LinesTeller(Teller, Protocol):
    """One for many lines, each with a place of its own."""

    def say_at(self, rest: str, text: str) -> bool:
        """`rest` is the path below it: `2.qty`. False where there is no such place."""

    def clear(self) -> None: ...


Problem = tuple[str, str]
"""A path into the command, and what is wrong there in words."""


class Messages:
    """One teller may speak of several paths, unless it has places of its own for lines."""

    def __init__(self) -> None:
        self._tellers: dict[str, Teller] = {}

    def add(self, path: str, teller: Teller) -> None:
        self._tellers[path] = teller

    def knows(self, path: str) -> bool:
        return self._nearest(path) is not None

    def clear(self) -> None:
        for path, teller in self._places():
            teller.was_touched = False
            self._tell(path, [])

    def _places(self) -> Iterable[tuple[str, Teller]]:
        """Each teller with the first of its paths."""
        seen: list[Teller] = []
        for path, teller in self._tellers.items():
            if teller not in seen:
                seen.append(teller)
                yield path, teller

    def show(
        self, problems: Iterable[Problem], *, everything: bool, tone: str = "error"
    ) -> list[str]:
        """Says each beside its field; gives back those that have none.

        Unless `everything` is to be said, fields that nobody has been in are left in peace.
        """
        said: defaultdict[str, list[Problem]] = defaultdict(list)
        left = []
        for path, text in problems:
            place = self._nearest(path)
            if place is not None:
                said[self._first_place(place)].append((path, text))
            elif everything:
                left.append(text)
        for path, teller in self._places():
            heard = everything or teller.was_touched
            self._tell(path, said[path] if heard else [], tone)
        return left

    def _first_place(self, place: str) -> str:
        """The first path of the teller that speaks of this one."""
        teller = self._tellers[place]
        return next(path for path, each in self._tellers.items() if each is teller)

    def _tell(self, place: str, problems: list[Problem], tone: str = "error") -> None:
        teller = self._tellers[place]
        whole = [text for _, text in problems]
        if isinstance(teller, LinesTeller):
            teller.clear()
            start = len(place) + 1
            whole = [text for path, text in problems if not teller.say_at(path[start:], text)]
        teller.say(whole[0] if whole else "", tone)

    def focus_first(self, problems: Iterable[Problem]) -> None:
        """The first field in the form's order that has something wrong."""
        wrong = {self._nearest(path) for path, _ in problems}
        for path, teller in self._tellers.items():
            if path in wrong:
                teller.field.setFocus()
                return

    def _nearest(self, path: str) -> str | None:
        """`lines.2.qty`, else `lines.2`, else `lines`."""
        while path:
            if path in self._tellers:
                return path
            path = path.rpartition(".")[0]
        return None
