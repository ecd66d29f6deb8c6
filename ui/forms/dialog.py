"""A form in a window of its own, with its buttons."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea

from kwt_books.domain.recording import Recorded
from ui.forms.base import Form
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import bare, scrolled
from ui.widgets.label import column, label, row, rule

_WIDTH, _LEAST, _ROOMY, _MOST = 520, 360, 620, 860
_ROOM = 40
"""Left for what may have to be said of the fields."""


class FormWindow(QDialog):
    """A form in a window of its own: closes once it is saved; Esc keeps what was typed.

    Not while it is being recorded: what is in the book then would come back as a draft.
    """

    def __init__(self, form: Form, title: str) -> None:
        super().__init__()
        self.form = form
        self.setWindowTitle(title)
        form.saved.connect(self._saved)

    def _saved(self, _recorded: Recorded) -> None:
        self.accept()

    def reject(self) -> None:
        if not self.form.saving:
            self.form.keep_draft()
            super().reject()


class FormDialog(FormWindow):
    """Ctrl+S saves, Ctrl+P saves and prints, Esc closes and keeps what was typed.

    `prints`: whether there is a paper to print of what the form records. `keeps`: whether all
    that is typed is kept; passwords are not.
    """

    def __init__(
        self,
        form: Form,
        title: str,
        *,
        prints: bool = True,
        keeps: bool = True,
        width: int = _WIDTH,
    ) -> None:
        super().__init__(form, title)
        self._kit = form.kit
        page = column(self)
        page.addWidget(self._scrolled(form), 1)
        page.addWidget(rule())
        page.addLayout(self._buttons(prints=prints, keeps=keeps))
        theme = self._kit.theme
        height = form.sizeHint().height() + theme.px(44 + _ROOM) + 5 * GUTTER
        self.resize(theme.px(width), max(theme.px(_LEAST), min(height, theme.px(_MOST))))
        self._ground.installEventFilter(self)
        form.saving_changed.connect(self._saving)

    def with_room(self) -> Self:
        """Higher than its fields are now: lines come as one fills them in."""
        self.resize(self.width(), max(self.height(), self._kit.theme.px(_ROOMY)))
        return self

    def _scrolled(self, form: Form) -> QScrollArea:
        self._ground = ground = bare()
        inner = column(ground, margins=GUTTER)
        inner.addWidget(form)
        inner.addStretch(1)
        self._area = scrolled(ground)
        return self._area

    def _buttons(self, *, prints: bool, keeps: bool) -> QHBoxLayout:
        t, kit = self._kit.t, self._kit
        line = row(space=8, margins=GUTTER)
        if keeps:
            line.addWidget(label(t("What you type is kept"), "quiet"))
        line.addStretch(1)
        self.save_button = Button(kit, t("Save"), kind="default" if prints else "primary")
        self.save_button.setProperty("scale", "large")
        self.save_button.hint(t("Save"), "Ctrl+S").when_clicked(self.form.save)
        self.print_button = Button(kit, t("Save & print"), "printer", kind="primary", scale="large")
        self.print_button.hint(t("Save and print"), "Ctrl+P")
        self.print_button.when_clicked(lambda: self.form.save(then_print=True))
        if not prints:
            self.print_button.hide()
        for button in (self.save_button, self.print_button):
            self.form.add_keys(button)
            line.addWidget(button)
        return line

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """No larger than the screen, whatever the size of letters."""
        self.resize(self.size().boundedTo(self._room()))
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Grows with what is said in the form, as far as a dialog may be high."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._ground:
            missing = self._ground.sizeHint().height() - self._area.viewport().height()
            most = max(self.height(), self._kit.theme.px(_MOST))
            if missing > 0 and self.isVisible():
                self.resize(self.width(), min(self.height() + missing, most, self._room().height()))
        return super().eventFilter(watched, event)

    def _room(self) -> QSize:
        """The screen, or the window that the dialog belongs to where that is larger."""
        room, parent = self.screen().availableSize(), self.parentWidget()
        if parent is not None:
            room = room.expandedTo(parent.window().size())
        return room - QSize(24, 48)

    def _saving(self, saving: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(not saving)
