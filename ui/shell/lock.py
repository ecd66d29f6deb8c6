"""Locking: the screen is emptied once nobody has been there for a while, and comes back when the
same person has signed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kwt_books.domain.access import Role, User
from kwt_books.domain.errors import BookError
from ui.shell.startup_flow import StartupFlow

if TYPE_CHECKING:
    from ui.kit.worker import Tasks


# -- Noticing that nobody is there: no key, click or move of the mouse for a while ---------------


_SIGNS_OF_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)
_LOOK_EVERY = 10_000  # milliseconds

Clock = Callable[[], float]
"""Seconds since any fixed moment."""


class IdleWatch(QObject):
    """Notices idleness by the events of windows that have the keyboard, which are few.

    Time is read from clocks, for a timer's ticks stand still while a laptop sleeps. Of the two
    clocks one may sleep as well and the other may be set by hand: the one by which more time has
    passed counts.
    """

    idle = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        *,
        clocks: tuple[Clock, Clock] = (time.monotonic, time.time),
    ) -> None:
        super().__init__()
        self.clocks = clocks
        self._limit = 0.0
        self._seen = self._now()
        self.timer = QTimer(self, interval=_LOOK_EVERY)
        self.timer.timeout.connect(self.look)
        app.focusWindowChanged.connect(self._listen)
        app.applicationStateChanged.connect(self.look)

    @property
    def waiting(self) -> bool:
        """Whether idleness is being watched for."""
        return self.timer.isActive()

    def wait(self, minutes: int) -> None:
        """Begins to watch; `idle` is emitted after that many minutes, never where 0."""
        self.timer.stop()
        self._limit = minutes * 60.0
        self._seen = self._now()
        if minutes:
            self.timer.start()

    def stop(self) -> None:
        """Stops watching."""
        self.timer.stop()

    def look(self) -> None:
        """Emits `idle`, once, where nobody was there for too long."""
        if self.waiting and self._passed() >= self._limit:
            self.timer.stop()
            self.idle.emit()

    def _now(self) -> tuple[float, float]:
        one, other = self.clocks
        return one(), other()

    def _passed(self) -> float:
        return max(now - then for now, then in zip(self._now(), self._seen, strict=True))

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # once is enough
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() not in _SIGNS_OF_LIFE or not self.waiting:
            return False
        if self._passed() < self._limit:
            self._seen = self._now()
            return False
        # Who wakes a laptop after long sleep signs in first: that key mustn't reach the book.
        QTimer.singleShot(0, self.look)
        return True


_KINDS = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class Lock:
    """Hides the windows and asks who is there; `idle` emits when that is due."""

    def __init__(self, app: QApplication, entrance: StartupFlow) -> None:
        self._app, self._entrance = app, entrance
        self.idle = IdleWatch(app)
        self._hidden: list[QWidget] = []
        """The windows that were shown when the screen was locked."""

    @property
    def is_on(self) -> bool:
        """Whether the screen is locked."""
        return bool(self._hidden)

    def put_on(
        self,
        tasks: Tasks,
        book: str,
        name: str,
        wanted: Role | None,
        failed: Callable[[BookError], object],
    ) -> None:
        """Hides every window and asks who is there.

        The one who was here, `name`, is offered, or a person with the role `wanted`. `failed` is
        called where the book can't say who may sign in.
        """
        self.idle.stop()
        shown = (each for each in self._app.topLevelWidgets() if each.isVisible())
        self._hidden = [each for each in shown if each.windowType() in _KINDS]
        for each in self._hidden:
            each.hide()

        def ask(people: tuple[User, ...]) -> None:
            able = (each.name for each in people if each.active and each.role is wanted)
            self._entrance.ask_who(tasks, people, book, next(able, name))

        tasks.run(lambda book: book.people.everyone(), ask, failed)

    def take_off(self) -> None:
        """Shows the windows again."""
        hidden, self._hidden = self._hidden, []
        for each in hidden:
            if isValid(each):
                each.show()

    def forget(self) -> None:
        """Forgets the windows that were hidden: they are not shown again."""
        self._hidden = []
