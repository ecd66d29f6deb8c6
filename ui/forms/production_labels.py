"""Labels of a production, as they will be printed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from kwt_books.app import Book
from kwt_books.reports.pack import Pack
from kwt_books.services.slips.labels import LabelWish
from ui.desk import Desk
from ui.papers import show_paper


def show_labels(
    desk: Desk, number: str, wish: LabelWish, parent: QWidget, *, paper: str = ""
) -> None:
    """`paper`: F4 or A4, else the group's own."""

    def make(book: Book) -> Pack:
        # Buyers read Indonesian, whatever the one at the screen does.
        return replace(book.farm.labels(number, wish, "id"), paper=paper)

    show_paper(desk, desk.kit.t("Labels, {number}", number=number), make, parent)
