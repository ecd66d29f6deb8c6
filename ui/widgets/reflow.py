"""Equal parts side by side: as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.kit import Kit

_BREAK = 16
"""What sets groups apart, beside the usual space."""


class Reflow(QWidget):
    """`rows`: how many may stand in one, the most first. `least`: what each needs, in pixels at a
    text size of 100 percent. `breaks`: places before which a group begins, told apart while all
    stand in one row."""

    def __init__(
        self,
        kit: Kit,
        parts: Sequence[QWidget],
        rows: Sequence[int],
        *,
        least: int,
        space: int = 8,
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__()
        self._kit, self._parts, self._rows = kit, tuple(parts), tuple(rows)
        self._least, self._breaks, self.across = least, breaks, 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space)
        self._arrange(self._rows[0])

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        need = self._kit.theme.px(self._least) + self._grid.horizontalSpacing()
        fits = [across for across in self._rows if across * need <= self.width()]
        self._arrange(fits[0] if fits else self._rows[-1])

    def _arrange(self, across: int) -> None:
        if across == self.across:
            return
        self.across = across
        alone = across >= len(self._parts)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        column = 0
        for place, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            row, at = divmod(place, across)
            if alone and place in self._breaks:
                self._grid.setColumnMinimumWidth(column, _BREAK - self._grid.horizontalSpacing())
                column += 1
            target = column if alone else at
            self._grid.addWidget(part, row, target)
            self._grid.setColumnStretch(target, 1)
            column += 1
        self.updateGeometry()
