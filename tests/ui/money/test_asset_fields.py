"""Useful lives typed in years, and the codes and lives that a new asset gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from ui.kit.look import UiContext
from ui.money.assets import YearsField, years_of


@given(st.integers(1, 10_000))
def test_every_number_of_months_can_be_typed_in_years(months: int) -> None:
    assert abs(years_of(months) * 12 - months * UNIT) <= 6, "to the nearest thousandth"
    assert (years_of(months) * 12 + UNIT // 2) // UNIT == months


@pytest.mark.parametrize(
    ("typed", "months", "problem"),
    [
        ("4", 48, ""), ("2.5", 30, ""), ("4.167", 50, ""), ("4.166", 50, ""),
        ("2.4", 29, "Whole months only: 2.5 years are 30 months."),
        ("0.02", 0, "Whole months only: 2.5 years are 30 months."),
        ("0", 0, "At least one month"), ("", 0, "Fill this in"),
    ],
)  # fmt: skip
def test_a_life_is_typed_in_years_and_counted_in_months(
    english: UiContext, qtbot: QtBot, typed: str, months: int, problem: str
) -> None:
    field = YearsField(english)
    qtbot.addWidget(field)
    field.setText(typed)
    assert (field.value(), field.problem()) == (months, problem)
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert field.text() == typed, "not all years can be written anew from months"
    again = YearsField(english)
    qtbot.addWidget(again)
    again.restore(field.state())
    assert (again.text(), again.value()) == (typed, months)


def test_months_are_written_as_years(english: UiContext, qtbot: QtBot) -> None:
    field = YearsField(english)
    qtbot.addWidget(field)
    for months, text in ((48, "4"), (30, "2.5"), (50, "4.167"), (1, "0.083")):
        field.set_value(months)
        assert (field.text(), field.value(), field.problem()) == (text, months, "")
