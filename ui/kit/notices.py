"""Quiet notes on Beranda about the computer around the book. None of them stops anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Offer:
    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """`key` says what it is about: a later one of the same key takes its place."""

    key: str
    strong: str
    text: str
    tone: str = ""
    icon: str = ""
    offers: tuple[Offer, ...] = ()


class Notices(QObject):
    """Those that stand at the moment, in the order they came."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: dict[str, Notice] = {}

    @property
    def standing(self) -> tuple[Notice, ...]:
        return tuple(self._standing.values())

    def put(self, notice: Notice) -> None:
        if self._standing.get(notice.key) != notice:
            self._standing[notice.key] = notice
            self.changed.emit()

    def drop(self, key: str) -> None:
        if self._standing.pop(key, None) is not None:
            self.changed.emit()
