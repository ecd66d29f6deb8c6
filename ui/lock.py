"""The screen, empty while nobody is there: what was on it comes back with the same person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kwt_books.domain.access import Role, Someone
from kwt_books.domain.errors import BookError
from ui.entrance import Entrance
from ui.idle import IdleWatch

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from ui.tasks import Tasks

_KINDS = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class Lock:
    """`idle` says when it is to be put on."""

    def __init__(self, app: QApplication, entrance: Entrance) -> None:
        self._app, self._entrance = app, entrance
        self.idle = IdleWatch(app)
        self._hidden: list[QWidget] = []
        """What was on the screen when it was locked."""

    @property
    def is_on(self) -> bool:
        return bool(self._hidden)

    def put_on(
        self,
        tasks: Tasks,
        book: str,
        name: str,
        wanted: Role | None,
        failed: Callable[[BookError], object],
    ) -> None:
        """Takes everything off the screen and asks again who is there.

        `wanted`: whose task it is about; `name`, who was here, is offered otherwise. `failed`:
        the book can't say who may be there.
        """
        self.idle.stop()
        shown = (each for each in self._app.topLevelWidgets() if each.isVisible())
        self._hidden = [each for each in shown if each.windowType() in _KINDS]
        for each in self._hidden:
            each.hide()

        def ask(people: tuple[Someone, ...]) -> None:
            able = (each.name for each in people if each.active and each.role is wanted)
            self._entrance.ask_who(tasks, people, book, next(able, name))

        tasks.run(lambda book: book.people.everyone(), ask, failed)

    def take_off(self) -> None:
        """Everything is on the screen again."""
        hidden, self._hidden = self._hidden, []
        for each in hidden:
            if isValid(each):
                each.show()

    def forget(self) -> None:
        """What was on the screen is not to come back."""
        self._hidden = []
