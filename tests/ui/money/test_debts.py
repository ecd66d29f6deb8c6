"""What is unpaid, row by row and by its age."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.queries.money import Debt
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.money.page import OTHERS_OWE, WE_OWE, DebtsPart

OWED = Account("2101", "Utang Usaha", "Trade payables", AccountType.LIABILITY, Side.CREDIT)
OTHER = Account("2108", "Utang Pajak", "Tax payable", AccountType.LIABILITY, Side.CREDIT)
CLAIM = Account("1111", "Piutang Usaha", "Trade receivables", AccountType.ASSET, Side.DEBIT)


@pytest.fixture
def part(workspace: Workspace, qtbot: QtBot) -> DebtsPart:
    made = DebtsPart(workspace)
    qtbot.addWidget(made)
    return made


def cells(part: DebtsPart, *debts: Debt) -> list[tuple[Cell, ...]]:
    part.things = debts
    part.fill()
    return [row.cells for row in part.table.list_model.rows]


def test_a_debt_tells_of_whom_what_for_and_since_when(part: DebtsPart) -> None:
    today = part.ui.today
    debt = Debt(OWED, "toko", "Toko Tani", 50_000, today - timedelta(31))
    unnamed = Debt(OTHER, "", "Utang Pajak", 7_000, None)
    assert cells(
        part, debt, replace(debt, since=today - timedelta(30)), replace(debt, since=today), unnamed
    ) == [
        (
            Cell("Toko Tani", "Belanja, belum dibayar", bold=True),
            Cell("31 hari", badge=True, tone="warn", icon="clock"),
            Cell("50.000", bold=True, tone="warn"),
        ),
        (
            Cell("Toko Tani", "Belanja, belum dibayar", bold=True),
            Cell("30 hari"),
            Cell("50.000", bold=True),
        ),
        (
            Cell("Toko Tani", "Belanja, belum dibayar", bold=True),
            Cell("hari ini"),
            Cell("50.000", bold=True),
        ),
        (Cell("Pajak, belum disetor", bold=True), Cell("hari ini"), Cell("7.000", bold=True)),
    ]
    ahead = cells(part, replace(debt, owed=-5_000))
    assert ahead[0][1:] == (Cell("31 hari"), Cell("−5.000", bold=True)), "paid too much"


def test_what_we_owe_and_what_others_owe_are_listed_apart_and_by_age(part: DebtsPart) -> None:
    today = part.ui.today
    owed = [
        Debt(OWED, f"toko-{days}", f"Toko {days}", 1_000 + days, today - timedelta(days))
        for days in (0, 30, 31, 60, 61, 90, 91, 400)
    ]
    claim = Debt(CLAIM, "rt", "RT 05", 9_000, today - timedelta(45))
    ahead = Debt(OWED, "lain", "Lain", -700, today - timedelta(45))
    part.which.choose(WE_OWE)
    assert len(cells(part, *owed, claim, ahead)) == 9
    assert [bar.value for bar in part.ages.bars] == [2_030, 2_091, 2_151, 2_491]
    part.which.choose(OTHERS_OWE)
    assert [row.cells[0].text for row in part.table.list_model.rows] == ["RT 05"]
    assert [bar.value for bar in part.ages.bars] == [0, 9_000, 0, 0]
    assert not part.aged.isHidden()
    cells(part, replace(claim, since=None))
    assert part.aged.isHidden(), "none has a date"
