"""Python's garbage collector, kept on the screen's thread.

Left alone it runs on whichever thread happens to allocate, and takes Qt's objects along:
destroyed on another thread than their own, they bring the program down.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds


class Collector(QObject):
    """Stops the automatic collecting and does it from a timer instead."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """As far as is due: the oldest generation that has grown past its threshold."""
        gc.disable()  # another one may have let go of it
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [at for at in range(3) if 0 < thresholds[at] < counts[at]]
        if due:
            gc.collect(due[-1])

    def let_go(self) -> None:
        """Collecting is automatic again: no other thread works any more."""
        self._timer.stop()
        gc.enable()
