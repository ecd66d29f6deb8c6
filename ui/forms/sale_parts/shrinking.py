"""A part that scrolls where there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Shrinking(QScrollArea):
    """Asks for `least` pixels and takes what is left over; or stands in full height."""

    def __init__(self, inside: QWidget, least: int) -> None:
        super().__init__()
        self._inside, self._least, self._whole = inside, least, False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setObjectName("bare")
        inside.installEventFilter(self)
        self.setWidget(inside)
        self._fit()

    def show_whole(self, whole: bool) -> None:
        """Whether all of it is shown, and something around it scrolls."""
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        whole = self._inside.sizeHint().height() if self._whole else self._least
        if self.minimumHeight() != whole:
            self.setMinimumHeight(whole)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        inside = self._inside.sizeHint()
        return QSize(inside.width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._inside.minimumSizeHint().width(), self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        # The kind of event comes first: what is inside also tells that it is being taken apart,
        # when this may have lost what it held.
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit()
        return super().eventFilter(watched, event)
