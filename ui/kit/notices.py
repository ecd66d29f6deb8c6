"""Notices on Beranda about the computer around the book; none of them blocks anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Offer:
    """A notice's button."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice; a later one of the same `key` takes its place."""

    key: str
    strong: str
    text: str
    tone: str = ""
    offers: tuple[Offer, ...] = ()


class Notices(QObject):
    """The notices shown, in the order they came."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: dict[str, Notice] = {}

    @property
    def standing(self) -> tuple[Notice, ...]:
        """The notices shown."""
        return tuple(self._standing.values())

    def put(self, key: str, strong: str, text: str, tone: str = "", *offers: Offer) -> None:
        """Shows a notice with these buttons, in place of one of the same key."""
        notice = Notice(key, strong, text, tone, offers)
        if self._standing.get(key) != notice:
            self._standing[key] = notice
            self.changed.emit()

    def drop(self, key: str) -> None:
        """Removes the notice of a key."""
        if self._standing.pop(key, None) is not None:
            self.changed.emit()
