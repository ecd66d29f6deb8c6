"""Something written into the audit's own file: fields, what is wrong with them, Save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.domain.errors import BookError, InvalidDocument, Issue
from ui.desk import Desk
from ui.help_keys import add_help_keys
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Note, bare, scrolled
from ui.widgets.field import FieldRow
from ui.widgets.label import column, row, rule
from ui.widgets.opened import open_up

_WIDTH, _MOST = 520, 600
W = TypeVar("W", bound=QWidget)


class AuditDialog(QDialog):
    """Add fields, override `save`. Ctrl+S saves, F1 explains, Esc leaves."""

    topic = "audit"
    """The section of the guide that explains it."""

    def __init__(self, desk: Desk, title: str, save: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk, self.kit, self.t = desk, desk.kit, desk.kit.t
        self._rows: list[FieldRow] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        add_help_keys(self, self.kit, lambda: self.topic)
        page = column(self)
        ground = bare()
        self.fields = column(ground, margins=GUTTER, space=8)
        page.addWidget(scrolled(ground), 1)
        self.problem = Note(self.kit)
        self.problem.hide()
        self.fields.addWidget(self.problem)
        page.addWidget(rule())
        buttons = row(space=8, margins=GUTTER)
        buttons.addStretch(1)
        leave = Button(self.kit, self.t("Cancel"), scale="large").when_clicked(self.reject)
        buttons.addWidget(leave)
        self.save_button = Button(self.kit, save, kind="primary", scale="large")
        self.save_button.hint(save, "Ctrl+S").when_clicked(self.try_save)
        self.save_button.setShortcut("Ctrl+S")
        buttons.addWidget(self.save_button)
        page.addLayout(buttons)
        self._ground = ground

    def field(self, title: str, made: W, hint: str = "") -> W:
        """A field of its own below the others."""
        self.fields.addWidget(self.labelled(title, made, hint))
        return made

    def labelled(self, title: str, made: QWidget, hint: str = "") -> FieldRow:
        found = FieldRow(self.kit, title, made, hint)
        self._rows.append(found)
        return found

    def fit(self) -> None:
        """As high as its fields are; call it once they are all there."""
        self.fields.addStretch(1)
        px = self.kit.theme.px
        height = self._ground.sizeHint().height() + px(44) + 3 * GUTTER + px(20)
        open_up(self, px(_WIDTH), min(height, px(_MOST)))

    def problems(self) -> bool:
        """Says beside each field what is wrong with it; whether anything is."""
        first = None
        for each in self._rows:
            field = each.field
            problem = _problem(field) if each.isVisible() else ""
            each.say(problem, "error")
            if problem and first is None:
                first = field
        if first is not None:
            first.setFocus()
        return first is not None

    def try_save(self) -> None:
        self.problem.hide()
        if not self.problems() and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.save()

    def save(self) -> None:
        raise NotImplementedError

    def refused(self, error: BookError) -> None:
        """Beside the field that is called as the book calls it, else above them all."""
        left, wrong = [], []
        for each in error.issues if isinstance(error, InvalidDocument) else (error,):
            text = self.desk.explain(each)
            row_ = self._row_of(each.field) if isinstance(each, Issue) else None
            if row_ is None:
                left.append(text)
            else:
                row_.say(text, "error")
                wrong.append(row_)
        self.problem.say("\n".join(left), "error")
        self.problem.setVisible(bool(left))
        for first in [each for each in self._rows if each in wrong][:1]:
            first.field.setFocus()
        self.save_button.setEnabled(True)

    def _row_of(self, path: str) -> FieldRow | None:
        """`findings.2.advice` is told beside `self.advice`."""
        wanted = vars(self).get(path.rpartition(".")[2])
        return next((each for each in self._rows if each.field is wanted), None)


def _problem(field: QWidget) -> str:
    found: Callable[[], str] | None = getattr(field, "problem", None)
    return found() if found is not None else ""
