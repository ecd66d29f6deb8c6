"""A note to the document, out of the way until someone wants to write one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.field import FieldRow, TextField


class MemoField(TextField):
    """`opener` brings its `row`; it stays as long as something stands in the field."""

    def __init__(self, kit: Kit, *, small: bool = False) -> None:
        """`small`: the opener is an icon alone."""
        super().__init__(kit, placeholder=kit.t("Note, if there is anything to say"))
        text = kit.t("Add a note")
        self.opener = Button(kit, "" if small else text, "note-pencil", kind="quiet").hint(text)
        self.opener.when_clicked(self.open)
        self.setAccessibleName(kit.t("Note"))
        self.row = FieldRow(kit, "", self, wraps=False)
        self.row.title.hide()
        self.changed.connect(self._show)
        self.row.hide()

    def open(self) -> None:
        self.opener.hide()
        self.row.show()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def restore(self, state: object) -> None:
        super().restore(state)
        if not self.text():
            self.row.hide()
            self.opener.show()

    def _show(self) -> None:
        if self.text():
            self.opener.hide()
            self.row.show()
