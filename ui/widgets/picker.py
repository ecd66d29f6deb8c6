"""One of many: type a part of the name to find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView
from shiboken6 import isValid

from ui.kit import Kit

Pairs = Iterable[tuple[str, str]]
"""Codes and names."""


def _offer(box: QComboBox, choices: Pairs) -> frozenset[str]:
    """Puts them into the box; several of one name are told apart by their codes.

    Returns the names that several bear, casefolded.
    """
    pairs = list(choices)
    times = Counter(name.casefold() for _, name in pairs)
    shared = frozenset(name for name, number in times.items() if number > 1)
    for code, name in pairs:
        box.addItem(f"{name} · {code}" if name.casefold() in shared else name, code)
    return shared


class Picker(QComboBox):
    """`code` is what was picked. A code set before its choices are there waits for them.

    Where several are called the same, each is told apart by its code.

    What was typed and found nothing stays, also in drafts: it is never passed over in silence.
    """

    changed = Signal()

    def __init__(
        self, kit: Kit, choices: Pairs = (), *, required: bool = True, placeholder: str = ""
    ) -> None:
        super().__init__()
        self._kit, self.required = kit, required
        self._code: str | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self.lineEdit()
        assert edit is not None
        self._edit = edit
        self._text = ""  # what stands in it; as the window goes, the field goes before the form
        edit.textChanged.connect(self._remember)
        edit.setPlaceholderText(placeholder)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._found = QListView()
        self._found.setObjectName("choices")
        completer.setPopup(self._found)
        self.setCompleter(completer)
        self.activated.connect(self._activated)
        edit.textEdited.connect(self._edited)
        self.set_choices(choices)

    # -- choices ---------------------------------------------------------------------------

    def set_choices(self, choices: Pairs) -> None:
        """New choices; what was picked stays picked where it is still offered."""
        kept, typed = self._code, self.typed
        self.blockSignals(True)
        self.clear()
        self._shared = _offer(self, choices)
        self.setCurrentIndex(-1)
        self._edit.clear()
        self.blockSignals(False)
        if kept is not None:
            self._show(kept)
        elif typed:
            self._edit.setText(typed)

    @property
    def codes(self) -> list[str]:
        return [str(self.itemData(place)) for place in range(self.count())]

    def code(self) -> str | None:
        return self._code if self._code is not None and self.findData(self._code) >= 0 else None

    @property
    def typed(self) -> str:
        """What stands there without being one of the choices."""
        return " ".join(self._text.split()) if self._code is None else ""

    def _remember(self, text: str) -> None:
        self._text = text

    def choose(self, code: str | None) -> None:
        before, self._code = self._code, code
        self._show(code)
        if code != before:
            self.changed.emit()

    def _show(self, code: str | None) -> None:
        place = self.findData(code) if code is not None else -1
        self.setCurrentIndex(place)
        if place < 0:
            self._edit.clear()
        self._edit.setCursorPosition(0)

    def _activated(self, place: int) -> None:
        self.choose(str(self.itemData(place)))

    def _edited(self, text: str) -> None:
        place = self.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
        self._code = str(self.itemData(place)) if place >= 0 else None
        self.changed.emit()

    def _settle(self) -> None:
        """Half a name is taken for the only one that has it."""
        text = self._edit.text().strip()
        if self.code() is None and text:
            found = [
                place
                for place in range(self.count())
                if text.casefold() in self.itemText(place).casefold()
            ]
            if len(found) == 1:
                self._activated(found[0])

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        if self.code() is not None:
            return ""
        if self.typed:
            return self._kit.t("Choose one from the list")
        return self._kit.t("Choose one") if self.required else ""

    def state(self) -> object:
        return {"typed": self.typed} if self.typed else self._code

    def restore(self, state: object) -> None:
        match state:
            case {"typed": str(typed)}:
                self.choose(None)
                self._edit.setText(typed)
                self._edited(typed)
            case str(code):
                self.choose(code)
            case _:
                self.choose(None)

    # -- Qt --------------------------------------------------------------------------------

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The keyboard is in a part of it, or in the list that opens."""
        super().setAccessibleName(name)
        for part in (self._edit, self.view(), self._found):
            part.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleDescription(text)
        self._edit.setAccessibleDescription(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        if isValid(self._edit):  # not while the window goes
            self._settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # scrolling a page must not change what was picked


class Choice(QComboBox):
    """One of a few, all seen at once when opened; something is always chosen. Enter goes on."""

    changed = Signal()

    def __init__(self, kit: Kit, choices: Pairs, current: str = "") -> None:
        super().__init__()
        _offer(self, choices)
        view = QListView()
        self.setView(view)
        self.choose(current or str(self.itemData(0)))
        self.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def code(self) -> str:
        return str(self.currentData())

    def choose(self, code: str) -> None:
        self.setCurrentIndex(max(0, self.findData(code)))

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return self.code()

    def restore(self, state: object) -> None:
        if isinstance(state, str):
            self.choose(state)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()
