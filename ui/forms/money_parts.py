"""Small parts of forms of money."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from kwt_books.domain.month import first_day, last_day, month_of
from ui.desk import Desk
from ui.widgets.label import column, label


def level(widget: QWidget) -> QWidget:
    """A widget without a label, on the line of the fields beside it."""
    made = QWidget()
    page = column(made, space=4)
    page.addWidget(label(" ", "label"))
    page.addWidget(widget)
    page.addStretch(1)
    return made


def usual_day(desk: Desk) -> date:
    """Today; of another month in hand its last day, or its first where it is still to come."""
    today, month = desk.kit.today, desk.month
    if month_of(today) == month:
        return today
    return last_day(month) if last_day(month) < today else first_day(month)
