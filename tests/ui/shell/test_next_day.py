"""A window that stands open over midnight, and over the end of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import Month, month_of
from tests.conftest import Watch
from tests.ui.windows import at_rest, window_over
from ui.kit.document_form import FRIDAY
from ui.kit.form import Form
from ui.kit.workspace import Destination, Workspace
from ui.registers.written import RegisterForm
from ui.selling.market_day import MarketDayForm
from ui.shell.window import MainWindow

WITH_FORMS = (("sell", ""), ("shops", ""), ("stock", "count"), ("registers", "guests"))


@pytest.fixture
def window(workspace: Workspace, watch: Watch, qtbot: QtBot) -> MainWindow:
    """Shown on the last day but one of a month, with each form that stands on a page."""
    watch.now -= timedelta(days=2)
    workspace.ui = replace(workspace.ui, clock=watch)
    workspace.show_month(month_of(workspace.ui.today))
    made = window_over(workspace, qtbot)
    made.clock_timer.timeout.emit()
    for place in WITH_FORMS:
        made.show_place(Destination(*place))
        at_rest(workspace, qtbot)
    return made


def passes(window: MainWindow, watch: Watch, days: int = 1) -> date:
    watch.now += timedelta(days=days)
    window.clock_timer.timeout.emit()
    return watch.now.date()


def dates(window: MainWindow) -> dict[Form, date]:
    return {
        each: each.fields["date"].value()
        for each in window.findChildren(Form)
        if "date" in each.fields
    }


@pytest.mark.parametrize("days", [1, 2, 40])
def test_empty_forms_and_the_running_month_go_on_with_the_clock(
    window: MainWindow, watch: Watch, days: int
) -> None:
    assert len(dates(window)) >= len(WITH_FORMS)
    today = passes(window, watch, days)
    assert window.workspace.month == month_of(today)
    assert window.header.month.text() == window.workspace.ui.formats.month(month_of(today))
    for form, day in dates(window).items():
        if isinstance(form, MarketDayForm):
            assert day.weekday() == FRIDAY
            assert timedelta(0) <= today - day < timedelta(days=7)
        else:
            assert day == today, form.name


def test_what_is_half_written_keeps_its_day_and_the_next_begins_today(
    window: MainWindow, watch: Watch, qtbot: QtBot
) -> None:
    (form,) = window.findChildren(RegisterForm)
    before = form.date.value()
    for path, text in (("name", "Rina"), ("from", "Dinas"), ("purpose", "Melihat kebun")):
        form.fields[path].set_value(text)
    today = passes(window, watch, 2)
    assert form.date.value() == before
    with qtbot.waitSignal(form.saved):
        form.save()
    assert form.written == before
    assert form.date.value() == today


def test_a_month_that_somebody_looks_at_stays(window: MainWindow, watch: Watch) -> None:
    window.workspace.show_month(Month("2026-05"))
    passes(window, watch, 2)
    assert window.workspace.month == "2026-05"


def test_who_closes_a_month_or_has_a_form_open_finishes_first(
    window: MainWindow, watch: Watch, workspace: Workspace, qtbot: QtBot
) -> None:
    month = workspace.month
    window.show_place(Destination("close"))
    workspace.open_form("transfer")
    dialog = window.form("transfer")
    assert dialog is not None
    with qtbot.waitExposed(dialog):
        dialog.show()
    today = passes(window, watch, 2)
    assert workspace.month == month
    dialog.reject()
    passes(window, watch, 0)
    assert workspace.month == month
    window.show_place(Destination("home"))
    assert workspace.month == month_of(today) != month


def test_the_day_of_what_is_put_right_is_its_own(
    workspace: Workspace, watch: Watch, qtbot: QtBot
) -> None:
    workspace.ui = replace(workspace.ui, clock=watch)
    form = RegisterForm(workspace, {"book": "guests", "date": "2026-06-05", "name": "Rina"})
    qtbot.addWidget(form)
    watch.now += timedelta(days=2)
    workspace.look_at_clock()
    assert form.date.value() == date(2026, 6, 5)
    form.start_anew()
    assert form.date.value() == date(2026, 6, 5)
