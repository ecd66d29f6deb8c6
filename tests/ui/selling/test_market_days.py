"""Other Fridays, fairs, and the list of what was sold."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.values import UNIT, shift
from kwt_books.queries.selling import selling
from tests.ui.selling.hand import CTRL, Settle, documents, here
from ui.kit.document_form import FRIDAY, last_friday
from ui.kit.till import SaveBar, SheetDialog
from ui.kit.workspace import Workspace
from ui.selling.market_day import MarketDayForm, make_market_day
from ui.shell.window import MainWindow


def test_starts_on_the_last_friday_of_the_month_in_hand(
    full: Callable[[dict[str, object]], MarketDayForm], workspace: Workspace
) -> None:
    sheet = full({})
    assert sheet.date.value().isoformat() == "2026-06-26"  # type: ignore[union-attr]
    assert "BKM-2606-0012" in sheet.date_row.message, "that Friday is recorded already"
    workspace.show_month("2026-05")
    assert sheet.date.value().isoformat() == "2026-05-29"  # type: ignore[union-attr]
    assert not sheet.date_row.message


def test_the_last_friday_is_that_of_the_calendar(workspace: Workspace) -> None:
    """Of twenty months over, whatever day they end on."""
    for back in range(1, 21):
        month = shift("2026-07", -back)
        workspace.show_month(month)
        days = Calendar().itermonthdates(int(month[:4]), int(month[5:]))
        fridays = [day for day in days if day.weekday() == FRIDAY and f"{day}"[:7] == month]
        assert last_friday(workspace) == max(fridays)


def test_last_friday_can_be_copied_with_one_key(
    full: Callable[[dict[str, object]], MarketDayForm], qtbot: QtBot
) -> None:
    sheet = full({})
    with qtbot.waitActive(sheet):
        sheet.show()
    qtbot.keyClick(sheet.date, Qt.Key.Key_L, CTRL)
    row = sheet.grid.rows["keripik-pare"]
    assert row.number("taken") == row.good.on_hand == 2 * UNIT, "no more than there is"
    assert sheet.grid.filled == [row]


def test_a_fair_names_its_venue(
    workspace: Workspace, qtbot: QtBot, settle: Settle, books: Books, book_path: Path
) -> None:
    fair = MarketDayForm(workspace, {}, fair=True)
    qtbot.addWidget(fair)
    fair.reload()
    settle(workspace)
    fair.grid.row("bibit-cabai").counters["sold"].type_in(4 * UNIT)
    fair.money.till.cash.put(10_000)
    fair.save()
    assert not fair.saving, "where was it?"
    qtbot.keyClicks(fair.venue, "gelar produk")
    assert fair.venue.value() == "gelar-produk", "known from before, in its own writing"
    fair.venue.setText("Pasar Tani")
    fair.date.set_value("2026-07-01")
    with qtbot.waitSignal(fair.saved):
        fair.save()
    book = books.open(book_path, read_only=True)
    assert book.read(selling).sessions[0].venue == "Pasar Tani"
    book.close()


def test_an_account_s_name_makes_no_key_of_its_own(form: MarketDayForm) -> None:
    till = form.money.till
    till.accounts = [replace(till.accounts[0], name="Kas & Dompet")]
    bar = form.findChild(SaveBar)
    assert bar is not None
    bar.menu.aboutToShow.emit()
    (cash, _bank) = bar.menu.findChildren(QMenu)
    assert [each.text() for each in cash.actions()] == ["Kas && Dompet"]


@pytest.mark.parametrize("is_known_before", [True, False])
def test_the_keyboard_begins_at_the_goods_of_a_document(
    window: MainWindow,
    sample_stream: Path,
    settle: Settle,
    qtbot: QtBot,
    is_known_before: bool,
) -> None:
    line = documents(sample_stream, "market_day")[0]
    dialog = make_market_day(window.workspace, line)
    qtbot.addWidget(dialog)
    if is_known_before:
        settle(window.workspace)
    with qtbot.waitActive(dialog):
        dialog.show()
    settle(window.workspace)
    assert isinstance(dialog, SheetDialog)
    first = next(iter(dialog.form.grid.rows.values()))
    qtbot.waitUntil(lambda: here() is next(iter(first.counters.values())))
