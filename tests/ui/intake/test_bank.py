"""Cocokkan dengan bank: proposals left out or given another purpose, recorded, and reconciled."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.intake.kept import text
from tests.services.intake.test_bank import two_accounts
from tests.ui.windows import at_rest, window_over
from ui.intake.bank import BankDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

JULY = text([
    ["Tanggal", "Keterangan", "Debet", "Kredit"],
    ["04/07/2026", "BUNGA TABUNGAN", "", "1.250"],
    ["05/07/2026", "BIAYA ADM", "6.500", ""],
], ";", "utf-8")  # fmt: skip


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> MainWindow:
    return window_over(workspace, qtbot, "journal")


@pytest.fixture
def dialog(window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path) -> BankDialog:
    workspace.open_form("bank_list")
    found = window.form("bank_list")
    assert isinstance(found, BankDialog)
    path = tmp_path / "mutasi.csv"
    JULY(path)
    found.open_file(path)
    at_rest(workspace, qtbot)
    qtbot.waitUntil(lambda: found.found is not None)
    return found


def proposed(dialog: BankDialog) -> list[tuple[str, str]]:
    rows = [row for row in dialog.rows.list_model.rows if row.cells[2].icon == "plus"]
    return [(row.cells[2].text, row.cells[2].second) for row in rows]


def test_what_the_book_lacks_is_proposed(dialog: BankDialog) -> None:
    assert proposed(dialog) == [
        ("akan dicatat", "Pendapatan Bunga"),
        ("akan dicatat", "Beban Administrasi Bank"),
    ]
    assert dialog.record_button.isEnabled()


def test_days_stay_in_sight_beside_long_texts(
    dialog: BankDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "panjang.csv"
    words = "TRSF E-BANKING DARI DINAS PERTANIAN KOTA BANDAR LAMPUNG " * 3
    text([["Tanggal", "Keterangan", "Debet", "Kredit"], ["04/07/2026", words, "", "1.250"]],
         ";", "utf-8")(path)  # fmt: skip
    dialog.open_file(path)
    at_rest(workspace, qtbot)
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.found.listed.name == path.name)
    assert dialog.rows.horizontalScrollBar().maximum() == 0
    assert dialog.rows.columnWidth(0) >= dialog.rows.sizeHintForColumn(0)


def test_a_proposal_is_left_out_and_taken_in_again(dialog: BankDialog) -> None:
    dialog.rows.select(1)
    dialog.tick()
    assert proposed(dialog)[1][0] == "tidak dicatat"
    assert [each.account for each in dialog.wanted] == ["7101"]
    dialog.tick()
    assert proposed(dialog)[1][0] == "akan dicatat"


def test_a_proposal_is_given_another_purpose(
    dialog: BankDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    dialog.rows.select(1)
    dialog.purpose.set_value("7202")
    dialog.purpose.changed.emit()
    at_rest(workspace, qtbot)
    assert proposed(dialog)[1] == ("akan dicatat", "Beban Lain & Selisih Kurang")


def test_it_is_recorded_and_reconciled_where_the_balance_agrees(
    window: MainWindow, dialog: BankDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    found = dialog.found
    assert found is not None
    dialog.statement.set_value(found.expected + 1)
    assert [each.kind for each in dialog.commands(found)] == ["receipt", "payment"]
    dialog.statement.set_value(found.expected)
    assert "cocok" in dialog.expected.text()
    dialog.record()
    qtbot.waitUntil(lambda: window.form("bank_list") is None)
    at_rest(workspace, qtbot)
    kinds: list[str] = []
    workspace.tasks.run(lambda book: [each.kind for each in book.read(newest)], kinds.extend)
    at_rest(workspace, qtbot)
    assert kinds == ["bank_reconciliation", "payment", "receipt"]


def newest(reading):  # type: ignore[no-untyped-def]
    from sqlalchemy import select

    from kwt_books.store.tables import document

    query = select(document.c.kind).order_by(document.c.sequence.desc()).limit(3)
    return reading.connection.execute(query).all()


def test_of_a_file_with_several_accounts_one_is_chosen(
    dialog: BankDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "dua.ofx"
    path.write_bytes(two_accounts().encode("ascii"))
    dialog.open_file(path)
    qtbot.waitUntil(dialog.listed_account.isVisible)
    dialog.listed_account.set_value("777")
    dialog.listed_account.changed.emit()
    at_rest(workspace, qtbot)
    assert dialog.found is not None
    assert dialog.found.listed.account == "777"
