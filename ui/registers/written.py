"""The books that are written line by line: guests, activities, minutes, letters, advice, upkeep; a
line with its photos is written on its page, and put right in a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.registers import Register
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import noop_plural
from kwt_books.queries.registers import BookLine, book_lines
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.form import Form, FormDialog
from ui.kit.layout import fill, label
from ui.kit.list import ListRow, head_row
from ui.kit.picker import Choice
from ui.kit.receipt import ReceiptPhoto, attach
from ui.kit.table import Cell
from ui.kit.workspace import Given, Workspace
from ui.registers.book_part import BookPart
from ui.registers.books import RULINGS, Ruling, field_of, said

YEAR, ALL = "year", "all"
_DAY_WIDTH = 3
"""Share of the day in the first line."""


class RegisterForm(Form):
    """A line of a book (STREAM.md, `register`). `given` has the `book`, and what is put right."""

    makes = Register

    def __init__(self, workspace: Workspace, given: Given) -> None:
        self.ruling = RULINGS[str(given.get("book") or next(iter(RULINGS)))]
        again = "_again" if given.keys() - {"book"} else ""
        super().__init__(workspace, f"register_{self.ruling.book}{again}")
        t, ui = self.t, self.ui
        self.date = self.usual_date()
        self._files: tuple[Path, ...] = ()
        self.written: date | None = None
        """The day of the line that was saved last."""
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
            self._files, self.written = tuple(self.photo.paths), self.date.value()
        super().save()

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        line, files = self.command_id, self._files
        super()._recorded(recorded, then_print=then_print)
        attach(self.workspace, line, files, called=self.t(self.ruling.title))


def make_register(workspace: Workspace, given: Given) -> QDialog:
    """The form of a line, in a window."""
    form = RegisterForm(workspace, given)
    title = workspace.ui.t(form.ruling.title)
    return FormDialog(form, title, prints=False, width=1000)


class RegisterPart(BookPart[BookLine]):
    """One of the books that are written line by line."""

    scrolls = True
    shown_kinds = frozenset({"register", "correction", "attachment"})

    form: RegisterForm | None = None
    counts = noop_plural("{n} line", "{n} lines")

    def __init__(self, workspace: Workspace, ruling: Ruling) -> None:
        super().__init__(workspace)
        self.ruling = ruling
        t = self.t
        titles = [t(title) for _, title, _ in ruling.columns]
        may = workspace.may("register")
        if may:
            self.body.addWidget(self._write_card())
        self.lay_out(head_row(t("Date"), *titles), report=ruling.report)
        self.table.stretch(len(titles))
        self.table.give_way = range(1, len(titles) + 1)
        self.years = Choice(self.ui, [(YEAR, ""), (ALL, t("All years"))])
        self.years.setAccessibleName(t("What is shown"))
        self.years.changed.connect(self.refresh)
        self.top.insertWidget(1, self.years)
        self.correct_button = Button(self.ui, t("Correct"), "arrow-u-up-left")
        self.correct_button.hint(t("Or Enter, or a double click"))
        self.correct_button.when_clicked(lambda: self.open(self.table.key))
        self.photos_button = Button(self.ui, t("Photos"), "paperclip")
        self.photos_button.hint(t("The line and its attachments"))
        self.photos_button.when_clicked(lambda: self.show_line(self.table.key))
        for button in (self.photos_button, self.correct_button):
            self.foot.line.addWidget(button)
            button.setVisible(may)

    def _write_card(self) -> Card:
        """The form, open on the page: a book is something one writes in."""
        card = Card()
        self.form = RegisterForm(self.workspace, {"book": self.ruling.book})
        save = Button(self.ui, self.t("Note it"), "pencil-simple", kind="primary")
        save.hint(self.t("Note it"), "Ctrl+S").when_clicked(self.form.save).decides()
        self.form.locks(save)
        self.form.saved.connect(lambda _recorded: self._show_written())
        self.save_button = save
        self.form.last.addWidget(save)
        fill(card.body, label(self.t(self.ruling.empty), "caption", wrap=True), self.form)
        return card

    def refresh(self) -> None:
        year = Month(self.workspace.month).year
        self.years.setItemText(0, self.t("Year {year}", year=year))
        book, days = self.ruling.book, self._days()
        self.ask(lambda opened: opened.read(book_lines, book, *days), self.show_all)

    def _show_written(self) -> None:
        """Shows all years where what was written is not of the one that is shown."""
        assert self.form is not None
        first, last = self._days()
        if self.form.written is not None and not first <= self.form.written <= last:
            self.years.set_value(ALL)

    def _days(self) -> tuple[date, date]:
        if self.years.value() == ALL:
            return date.min, date.max
        year = Month(self.workspace.month).year
        return date(year, 1, 1), date(year, 12, 31)

    def span(self) -> dict[str, date]:
        """The year, or everything written so far."""
        if self.years.value() == YEAR:
            return dict(zip(("start", "end"), self._days(), strict=True))
        return {"end": max((each.day for each in self.things), default=self.ui.today)}

    def fill(self) -> None:
        """Lists what the search finds; what acts on a line waits for one."""
        super().fill()
        for button in (self.photos_button, self.correct_button):
            button.setEnabled(bool(self.found))

    def _texts(self, line: BookLine) -> Iterator[str]:
        for key, _, _ in self.ruling.columns:
            yield said(self.ui, key, line.entry.get(key))

    def _words(self, line: BookLine) -> str:
        days = self.ui.formats.day(line.day), self.ui.short_day(line.day)
        return " ".join((*days, *self._texts(line)))

    def _row(self, line: BookLine) -> ListRow:
        icon = "paperclip" if line.attached else ""
        first, *others = (" ".join(text.split()) for text in self._texts(line))
        day = Cell(self.ui.short_day(line.day), tone="quiet")
        cells = (day, Cell(first, bold=True, icon=icon), *map(Cell, others))
        return ListRow(line.id or self.things.index(line), cells)

    def show_line(self, key: object) -> None:
        """Shows a line with its photos, and takes more of them: in the diary, where papers are."""
        if isinstance(key, str):
            self.workspace.go("journal", key)

    def open(self, key: Any) -> None:
        """Perbaiki, for whoever may: strikes a line out and opens it in its form again."""
        if not self.workspace.may("register"):
            return
        if isinstance(key, str):
            self.workspace.correct(key)
        elif key is not None:
            text = self.t("It was imported without an id.")
            self.workspace.say(text, "warn", strong=self.t("This line can't be corrected."))
