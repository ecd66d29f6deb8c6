"""Rooms of the program that are read in before anybody goes there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.tasks import Tasks

_QUIET, _BETWEEN = 250, 20  # milliseconds


class Ahead(QObject):
    """Imports modules on the worker, one after the other, whenever the book is asked nothing.

    The first opening of a page otherwise waits for them.
    """

    def __init__(self, tasks: Tasks, modules: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._left = tasks, deque(modules)
        self._own = False
        """Whether what keeps the worker busy is this."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_next)
        tasks.busy_changed.connect(self._busy_changed)
        self._timer.start(_QUIET)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._timer.stop()
        elif self._left:
            self._timer.start(_BETWEEN if self._own else _QUIET)
            self._own = False

    def _read_next(self) -> None:
        if self._left and not self._tasks.busy:
            self._own = True
            work = partial(import_module, self._left.popleft())
            self._tasks.submit(work, lambda _module: None, owner=self)
