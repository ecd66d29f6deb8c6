"""A form that is dated, and starts with the day that is most likely meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kwt_books.domain.accounts import CASH_BOX
from ui.desk import Desk
from ui.forms.base import Form
from ui.forms.money_given import as_state
from ui.forms.money_parts import usual_day
from ui.widgets.date_field import DateField
from ui.widgets.field import MoneyField

FRIDAY = 4


def last_friday(desk: Desk) -> date:
    """The Friday on or before `usual_day`."""
    day = usual_day(desk)
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


class DayForm(Form):
    """The day follows the month in hand as long as nobody has changed it.

    `given` carries values as documents do; such a form keeps a draft of its own.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        given: Mapping[str, object],
        usual: Callable[[Desk], date] = usual_day,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"{name}_again" if given else name)
        if parent is not None:
            self.setParent(parent)  # before its own parts are made: they are dressed once only
        self.is_again = bool(given)
        self._usual = usual
        self.date = DateField(self.kit, usual(desk))
        self.date.near = usual(desk)
        desk.month_changed.connect(self._month_changed)

    def begin(self, **given: object) -> None:
        if "lines" in given:  # a document: without money received there was none
            given.setdefault("received", {CASH_BOX: 0})
        super().begin(**{path: self._as_state(path, each) for path, each in given.items()})

    def _as_state(self, path: str, value: object) -> object:
        field = self._inputs.get(path)
        return as_state(self.kit, field, value) if isinstance(field, MoneyField) else value

    def start_anew(self) -> None:
        self._blank["date"] = self._usual(self.desk).isoformat()
        super().start_anew()

    def _month_changed(self, _month: str) -> None:
        untouched = self.date.state() == self._blank.get("date")
        day = self._usual(self.desk)
        self._blank["date"], self.date.near = day.isoformat(), day
        if untouched:
            self.date.set_value(day)
