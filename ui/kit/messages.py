"""Messages beside fields, by the path of the field; the message that all of them show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ui.kit.card import Icon
from ui.kit.layout import label, row
from ui.kit.look import ICON_SMALL, UiContext, restyle

T = TypeVar("T")


class Teller(Protocol):
    """What shows a message beside a field."""

    touched: SignalInstance
    was_touched: bool

    @property
    def field(self) -> QWidget: ...

    def say(self, text: str, tone: str = "") -> None: ...


@runtime_checkable
class LinesTeller(Teller, Protocol):
    """What shows messages beside many lines, each at its own place."""

    def say_at(self, rest: str, text: str, tone: str = "error") -> bool:
        """Shows a message at `rest`, the path below its own: `2.qty`. False where there is no such
        place.
        """

    def is_over(self, rest: str) -> bool:
        """Whether somebody has been at that place, and is elsewhere by now."""

    def clear(self) -> None: ...


MESSAGE_ICONS = {"warn": "warning", "error": "x-circle", "good": "equals"}
MESSAGE_COLORS = {"warn": "amber", "error": "red", "good": "accent_text"}


class Message(QWidget):
    """What is said of a field or several: an icon and words that wrap; no room while there are
    none. Its parts are made when something is first said, for most fields never have a message.
    """

    def __init__(self, ui: UiContext, role: str = "caption", *, wraps: bool = True) -> None:
        super().__init__()
        self._ui, self._role, self._wraps = ui, role, wraps
        self._made = False
        self.hide()

    def _make(self) -> None:
        self._made = True
        self._icon = Icon(self._ui, "info", "text2", ICON_SMALL)
        self._words = label("", self._role, wrap=self._wraps)
        row((self._icon, 0, Qt.AlignmentFlag.AlignTop), (self._words, 1), parent=self, space=6)

    def text(self) -> str:
        """The words shown."""
        return self._words.text() if self._made else ""

    def say(self, text: str, tone: str = "error") -> None:
        """Shows words; empty ones hide it. Tones: good, warn, error, or none."""
        if not self._made:
            if not text:
                return
            self._make()
        self._words.setText(text)
        if self.isHidden() == bool(text):  # else Qt would style it for where it is not yet
            self.setVisible(bool(text))
        restyle(self._words, tone=tone if text else "")
        if self._icon.isHidden() == (tone in MESSAGE_ICONS):
            self._icon.setVisible(tone in MESSAGE_ICONS)
        if tone in MESSAGE_ICONS:
            self._icon.show_icon(MESSAGE_ICONS[tone], MESSAGE_COLORS[tone])


class Touched(QWidget):
    """The base of tellers: they count as touched once one of their fields was left.

    Each field is given `installEventFilter(self)`.
    """

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_touched = False

    def touch(self) -> None:
        """Counts as touched from now on; emits `touched` the first time."""
        if not self.was_touched:
            self.was_touched = True
            self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if is_left(event):
            self.touch()
        return False


_COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


def is_left(event: QEvent) -> bool:
    """Whether a field is left by this: not by looking something up in another window, or in a list
    that pops up; the keyboard is in the field when that is gone.
    """
    return (
        isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMES_BACK
    )


def at_line(rest: str, lines: Sequence[T]) -> T | None:
    """The line that a path begins with, `2.qty` the third; None where there is no such line."""
    number = rest.partition(".")[0]
    return lines[int(number)] if number.isdecimal() and int(number) < len(lines) else None


Problem = tuple[str, str]
"""A path into the command, and a problem there in words."""


class Messages:
    """Shows problems beside fields. One teller may have several paths, unless it has places for
    lines.
    """

    def __init__(self) -> None:
        self._tellers: dict[str, Teller] = {}

    def add(self, path: str, teller: Teller) -> None:
        """Takes what shows messages about a path."""
        self._tellers[path] = teller

    def knows(self, path: str) -> bool:
        """Whether a message about a path can be shown."""
        return self._nearest(path) is not None

    def clear(self) -> None:
        """Clears all messages; no field counts as touched any more."""
        for path, teller in self._places():
            teller.was_touched = False
            self._tell(path, [])

    def _places(self) -> Iterable[tuple[str, Teller]]:
        """Each teller with its first path."""
        seen: list[Teller] = []
        for path, teller in self._tellers.items():
            if teller not in seen:
                seen.append(teller)
                yield path, teller

    def show(
        self, problems: Iterable[Problem], *, everything: bool, tone: str = "error"
    ) -> list[str]:
        """Shows each problem beside its field; gives the words of those that have none.

        Without `everything`, fields that nobody has been in show nothing, nor does what is still
        missing in a line that somebody is in.
        """
        said: defaultdict[str, list[Problem]] = defaultdict(list)
        left = []
        for path, text in problems:
            place = self._nearest(path)
            if place is not None:
                said[self._first_place(place)].append((path, text))
            elif everything:
                left.append(text)
        for path, teller in self._places():
            heard = everything or teller.was_touched
            told = said[path] if heard else []
            if not everything and isinstance(teller, LinesTeller):
                told = [each for each in told if teller.is_over(each[0][len(path) + 1 :])]
            self._tell(path, told, tone)
        return left

    def _first_place(self, place: str) -> str:
        """The first path of the teller that shows messages about this one."""
        teller = self._tellers[place]
        return next(path for path, each in self._tellers.items() if each is teller)

    def _tell(self, place: str, problems: list[Problem], tone: str = "error") -> None:
        teller = self._tellers[place]
        whole = [text for _, text in problems]
        if isinstance(teller, LinesTeller):
            teller.clear()
            start = len(place) + 1
            whole = [text for path, text in problems if not teller.say_at(path[start:], text, tone)]
        teller.say(whole[0] if whole else "", tone)

    def focus_first(self, problems: Iterable[Problem]) -> None:
        """Gives the form's first field with a problem the keyboard."""
        wrong = {self._nearest(path) for path, _ in problems}
        for path, teller in self._tellers.items():
            if path in wrong:
                teller.field.setFocus()
                return

    def _nearest(self, path: str) -> str | None:
        """The longest known path that leads to this one: `lines.2.qty`, `lines.2` or `lines`."""
        while path:
            if path in self._tellers:
                return path
            path = path.rpartition(".")[0]
        return None
