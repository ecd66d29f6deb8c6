"""A line of a book of the group, with its photos: written on its page, put right in a window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.registers import Register
from ui.kit.date_field import DateField
from ui.kit.document_form import usual_day
from ui.kit.form import Form, FormDialog
from ui.kit.receipt import ReceiptPhoto, attach
from ui.kit.workspace import Given, Workspace
from ui.registers.books import RULINGS, field_of

_DAY_WIDTH = 3


class RegisterForm(Form):
    """A line of a book (STREAM.md, `register`). `given` has the `book`, and what is put right."""

    makes = Register

    def __init__(self, workspace: Workspace, given: Given) -> None:
        self.ruling = RULINGS[str(given.get("book") or next(iter(RULINGS)))]
        again = "_again" if given.keys() - {"book"} else ""
        super().__init__(workspace, f"register_{self.ruling.book}{again}")
        t, ui = self.t, self.ui
        self.date = DateField(ui, usual_day(workspace))
        self._files: tuple[Path, ...] = ()
        day = self.labelled("date", t("Date"), self.date)
        for place, line in enumerate(self.ruling.lines()):
            rows = [
                (self.labelled(key, t(title), field_of(ui, self.ruling, key)), width)
                for key, title, width in line
            ]
            self.across(*([(day, _DAY_WIDTH)] if place == 0 else []), *rows)
        self.photo = ReceiptPhoto(ui, t("Drop photos or a PDF here"))
        self.add("receipt_files", self.photo)
        self.last = self.across((self.photo, 1))
        """The layout of the last line, for a button beside the photos."""
        self.begin(**given)

    def derived(self) -> dict[str, Any]:
        """The book that it is a line of."""
        return {"book": self.ruling.book}

    def save(self, *, then_print: bool = False) -> None:
        """Writes the line down, then attaches its photos; there is no voucher to print."""
        if not self.saving:
            self._files = tuple(self.photo.paths)
        super().save()

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        line, files = self.command_id, self._files
        super()._recorded(recorded, then_print=then_print)
        attach(self.workspace, line, files, called=self.t(self.ruling.title))


def make_register(workspace: Workspace, given: Given) -> QDialog:
    """The form of a line, in a window."""
    form = RegisterForm(workspace, given)
    title = workspace.ui.t(form.ruling.title)
    return FormDialog(form, title, prints=False, width=900)
