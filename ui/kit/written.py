"""Names of goods on two lines, and text that a row of a grid paints itself."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QSpacerItem

from ui.kit.look import UiContext

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LINE, _SMALL_LINE = 20, 18
"""Heights of a line of the usual size and of a caption."""


_SIZE = re.compile(
    r"(.+?)\s+(\d[\d.,]*\s*(?:g|gr|gram|ons|kg|ml|cc|l|liter|cm|lbr|pcs))", re.IGNORECASE
)


def name_and_size(name: str, unit: str) -> tuple[str, str]:
    """A name split for two lines: `Keripik bayam 100 g`, `bungkus` become `Keripik bayam` and `100
    g, bungkus`.
    """
    found = _SIZE.fullmatch(name)
    return (found[1], f"{found[2]}, {unit}") if found else (name, unit)


def size_or_unit(name: str, unit: str) -> str:
    """What tells goods of one name apart: `100 g`, else their unit."""
    found = _SIZE.fullmatch(name)
    return found[2] if found else unit


class Written(QSpacerItem):
    """Lines of text that their row paints itself: a label would be one more widget to make, style
    and lay out.
    """

    def __init__(self, ui: UiContext, least: int, *sizes: str, bold: bool = False) -> None:
        """`least`: the width in pixels; `sizes`: a line of each, the first one perhaps `bold`."""
        heights = (_SMALL_LINE if size == "caption" else _LINE for size in sizes)
        self._heights = [ui.theme.px(height) for height in heights]
        super().__init__(least, sum(self._heights))
        self._ui, self._least, self._sizes, self._bold = ui, least, sizes, bold
        self.texts = [""] * len(sizes)
        self.tone = "text"
        self.grows = False
        """Whether it takes what room there is, its texts at the left, cut where there is none."""
        self.fit()

    def fit(self) -> None:
        """Takes the room that is needed; a figure is never cut."""
        policy, width = QSizePolicy.Policy, self._least
        if not self.grows:
            metrics = self._ui.theme.metrics(self._sizes[0], bold=self._bold, figures=True)
            width = max(width, metrics.horizontalAdvance(self.texts[0]))
        across = policy.MinimumExpanding if self.grows else policy.Fixed
        self.changeSize(width, sum(self._heights), across, policy.Minimum)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """False, so that the row keeps its gap from what stands beside it."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Paints the lines into its place, below each other in the middle of its height."""
        place, heights = self.geometry(), self._heights
        if len(heights) == 1:
            # On the line of the fields beside it: a line edit counts so, and rounds up.
            heights = [self._ui.theme.metrics(self._sizes[0], bold=self._bold).height()]
            place.setHeight(place.height() + 1)
        top = place.top() + (place.height() - sum(heights)) // 2
        side = Qt.AlignmentFlag.AlignLeft if self.grows else Qt.AlignmentFlag.AlignRight
        lines = zip(self.texts, self._sizes, heights, strict=True)
        for at, (text, size, height) in enumerate(lines):
            self._ui.theme.write(
                painter,
                QRect(place.left(), top, place.width(), height),
                text,
                self.tone if size == "body" else "text2",
                size,
                bold=self._bold and not at,
                figures=not self.grows,
                at=side | _MIDDLE,
                elided=self.grows,
            )
            top += height
