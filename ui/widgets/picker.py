"""One of many: type a part of the name to find it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView
from shiboken6 import isValid

from ui.kit import Kit

Pairs = Iterable[tuple[str, str]]
"""Codes and names."""


class Picker(QComboBox):
    """`code` is what was picked. A code set before its choices are there waits for them."""

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
        edit.setPlaceholderText(placeholder)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("choices")
        completer.setPopup(popup)
        self.setCompleter(completer)
        self.activated.connect(self._activated)
        edit.textEdited.connect(self._edited)
        self.set_choices(choices)

    # -- choices ---------------------------------------------------------------------------

    def set_choices(self, choices: Pairs) -> None:
        """New choices; what was picked stays picked where it is still offered."""
        kept = self._code
        self.blockSignals(True)
        self.clear()
        for code, name in choices:
            self.addItem(name, code)
        self.setCurrentIndex(-1)
        self._edit.clear()
        self.blockSignals(False)
        if kept is not None:
            self._show(kept)

    @property
    def codes(self) -> list[str]:
        return [str(self.itemData(place)) for place in range(self.count())]

    def code(self) -> str | None:
        return self._code if self._code is not None and self.findData(self._code) >= 0 else None

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
        before, self._code = self._code, str(self.itemData(place)) if place >= 0 else None
        if self._code != before:
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
        if self._edit.text().strip():
            return self._kit.t("Choose one from the list")
        return self._kit.t("Choose one") if self.required else ""

    def state(self) -> object:
        return self._code

    def restore(self, state: object) -> None:
        self.choose(state if isinstance(state, str) else None)

    # -- Qt --------------------------------------------------------------------------------

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
    """One of a few, all seen at once when opened; something is always chosen."""

    changed = Signal()

    def __init__(self, kit: Kit, choices: Pairs, current: str = "") -> None:
        super().__init__()
        for code, name in choices:
            self.addItem(name, code)
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

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()
