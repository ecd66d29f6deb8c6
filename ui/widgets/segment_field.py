"""A choice of a few, all of them visible, as a field of a form."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.widgets.tabs import Segment


class SegmentField(Segment):
    changed = Signal()

    def code(self) -> str:
        return self.current

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return self.current

    def restore(self, state: object) -> None:
        if isinstance(state, str) and state in self._buttons:
            self.choose(state)

    def _toggled(self, name: str, on: bool) -> None:
        super()._toggled(name, on)
        if on:
            self.changed.emit()
