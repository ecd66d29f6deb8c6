"""Stands for what is behind the parts of the audit, and helps to look at what they offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from ui.kit.button import Button


class Audit:
    """Stands for the audit's services: what is asked of them comes back in words."""

    def __init__(self, name: str = "audit") -> None:
        self._name = name

    def __getattr__(self, name: str) -> Audit:
        return Audit(f"{self._name}.{name}")

    def __call__(self, *given: Any) -> str:
        return f"{self._name}{given}"


class Writer:
    """Stands for what makes papers: each by its name, with what it would be made of."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def open(self, name: str, make: Any, _page: QWidget, *, table: Any = None) -> None:
        self.told.append(("open", name, make("book"), table and table("book")))

    def save_as(self, make: Any, kinds: tuple[str, ...], name: str, _page: QWidget) -> None:
        self.told.append(("save", name, make("book"), kinds))


def placed(part: Any, around: QWidget, writer: Writer | None = None) -> Any:
    part.setParent(around)
    if writer is not None:
        part.writer = writer
    return part


def buttons(part: QWidget) -> dict[str, Button]:
    """Buttons by their words, else by what they are called."""
    return {each.text() or each.accessibleName(): each for each in part.findChildren(Button)}


def keys(part: QWidget) -> dict[str, Callable[[], None]]:
    return {each.key().toString(): each.activated.emit for each in part.findChildren(QShortcut)}


def kinds(part: QWidget, *names: str) -> list[str]:
    offered = buttons(part)
    return [offered[name].property("kind") for name in names]


def tips(part: QWidget, *names: str) -> list[str]:
    offered = buttons(part)
    return [offered[name].toolTip() for name in names]


def dialogs(around: QWidget, kind: type[QWidget]) -> list[Any]:
    return around.findChildren(kind)
