"""A password: dots, unless one asks to see it. What is typed here never gets into a draft."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from kwt_books.domain.access import LEAST_PASSWORD
from ui.kit import Kit
from ui.widgets.field import TextField


class PasswordField(TextField):
    """`new`: one that is being made, long enough. Spaces at its ends belong to it."""

    def __init__(self, kit: Kit, *, required: bool = True, new: bool = False) -> None:
        super().__init__(kit, required=required)
        self._new = new
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(self)
        self._eye.triggered.connect(self.turn)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show_eye()

    def value(self) -> str | None:
        return self.text() or None

    def problem(self) -> str:
        if self._new and self.text() and len(self.text()) < LEAST_PASSWORD:
            return self.kit.t("password-too-short", least=LEAST_PASSWORD)
        return super().problem()

    def state(self) -> object:
        return ""

    def restore(self, state: object) -> None:
        self.clear()

    def turn(self) -> None:
        """Seen, or dots again."""
        seen = self.echoMode() == QLineEdit.EchoMode.Normal
        mode = QLineEdit.EchoMode.Password if seen else QLineEdit.EchoMode.Normal
        self.setEchoMode(mode)
        self._show_eye()

    def _show_eye(self) -> None:
        t, hidden = self.kit.t, self.echoMode() == QLineEdit.EchoMode.Password
        self._eye.setIcon(self.kit.theme.icon("eye" if hidden else "eye-slash", "text2"))
        self._eye.setToolTip(t("Show the password") if hidden else t("Hide the password"))
