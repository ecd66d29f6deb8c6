"""All of a month, or of a year, to be printed together: which pack is chosen below the list of
reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.packs import Pack
from ui.kit.button import Button
from ui.kit.layout import column
from ui.kit.picker import Choice
from ui.kit.workspace import Workspace

YEARLY = "year"
PACKS = (
    ("full", noop("Complete pack")),
    ("meeting", noop("Pack for a meeting")),
    ("vouchers", noop("Vouchers, two a page")),
    ("receipts", noop("Receipts, three a page")),
    (YEARLY, noop("Annual pack (RAT)")),
)
"""Packs by the names that `PackKind` gives them, and that of a year."""


class PackChooser(QWidget):
    """Which pack is wanted, remembered on this computer, and the button that shows it."""

    wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        t, self._ui = workspace.ui.t, workspace.ui
        self._workspace, self._preferences = workspace, workspace.preferences
        known = [name for name, _ in PACKS]
        remembered = self._preferences.pack
        self.choice = Choice(
            self._ui,
            [(name, t(title)) for name, title in PACKS],
            remembered if remembered in known else known[0],
        )
        self.choice.setAccessibleName(t("What is printed together"))
        self.button = Button(self._ui, "")
        self.show_span()
        self.button.hint(t("Statements and books together, with a cover; or all papers"))
        self.button.when_clicked(self.wanted.emit)
        self.choice.changed.connect(self._chosen)
        column(self.choice, self.button, parent=self, space=8)

    @property
    def is_yearly(self) -> bool:
        """Whether the pack is of a year."""
        return self.choice.value() == YEARLY

    def _chosen(self) -> None:
        self._preferences.pack = self.choice.value()
        self.show_span()

    def show_span(self) -> None:
        """Says on the button of which month or year the pack will be."""
        self.button.setText(self._ui.t("Show {span}", span=self._span()))

    def _span(self) -> str:
        month = Month(self._workspace.month)
        return str(month.year) if self.is_yearly else self._ui.formats.month(month)

    def title(self) -> str:
        """What the pack is called in windows and files."""
        return f"{self.choice.currentText()} {self._span()}"

    def maker(self, paper: str) -> Callable[[Book], Pack]:
        """What makes the pack on the worker, for a paper by its name."""
        name, month = self.choice.value(), Month(self._workspace.month)
        language = self._ui.language
        return lambda book: replace(_pack(book, name, month, language), paper=paper)


def _pack(book: Book, name: str, month: Month, language: str) -> Pack:
    from kwt_books.services.statements import (  # loads all reports
        PackKind,
        monthly_pack,
        yearly_pack,
    )

    if name == YEARLY:
        return book.read_in(language, yearly_pack, month.year)
    return book.read_in(language, monthly_pack, month, PackKind(name))
