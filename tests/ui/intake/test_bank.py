"""Cocokkan dengan bank: proposals left out or given another purpose, recorded, and reconciled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.intake.kept import text
from tests.services.intake.test_bank import two_accounts
from tests.ui.windows import at_rest
from ui.intake.bank import BankDialog
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

JULY = text([
    ["Tanggal", "Keterangan", "Debet", "Kredit"],
    ["04/07/2026", "BUNGA TABUNGAN", "", "1.250"],
    ["05/07/2026", "BIAYA ADM", "6.500", ""],
], ";", "utf-8")  # fmt: skip


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


def test_a_movement_far_ahead_is_refused_at_its_cell(
    dialog: BankDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "jauh.csv"
    text([["Tanggal", "Keterangan", "Debet", "Kredit"],
          ["04/07/2062", "BUNGA TABUNGAN", "", "1.250"]], ";", "utf-8")(path)  # fmt: skip
    dialog.open_file(path)
    at_rest(workspace, qtbot)
    (row,) = dialog.rows.list_model.rows
    assert row.cells[0].text == "A2"
    assert "4 Juli 2062" in row.cells[2].text
    assert not dialog.record_button.isEnabled()


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


ODD = text([
    ["Laporan mutasi", "", "", ""],
    ["A", "B", "C", "D"],
    ["04/07/2026", "BUNGA TABUNGAN", "1250.000", ""],
    ["05/07/2026", "BIAYA ADM", "", "6500.000"],
], ";", "utf-8")  # fmt: skip


def test_columns_of_a_list_nobody_knows_are_chosen_and_remembered(
    window: MainWindow, dialog: BankDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "aneh.csv"
    ODD(path)
    dialog.open_file(path)
    at_rest(workspace, qtbot)
    side = dialog.side
    assert side.isVisible()
    assert dialog.found is None
    assert "Pilih kolom" in dialog.note.text
    side.heading.setFocus()
    for _ in range(2 - int(side.heading.value())):
        qtbot.keyClick(side.heading, Qt.Key.Key_Down)
    at_rest(workspace, qtbot)
    for name, letter in (("date", "A"), ("memo", "B"), ("in", "C"), ("out", "D")):
        picker = side.columns.pickers[name]
        picker.setFocus()
        qtbot.keyClicks(picker, letter)
        at_rest(workspace, qtbot)
        assert picker.value() == str("ABCD".index(letter))
    wrong = [(row.cells[0].text, row.cells[1].text) for row in dialog.rows.list_model.rows]
    assert wrong == [("C3", "1250.000"), ("D4", "6500.000")]
    side.columns.point.setFocus()
    qtbot.keyClick(side.columns.point, Qt.Key.Key_End)
    at_rest(workspace, qtbot)
    assert [name for _, name in proposed(dialog)] == [
        "Pendapatan Bunga", "Beban Administrasi Bank",
    ]  # fmt: skip
    dialog.reject()
    at_rest(workspace, qtbot)

    workspace.open_form("bank_list")
    again = window.form("bank_list")
    assert isinstance(again, BankDialog)
    again.open_file(path)
    at_rest(workspace, qtbot)
    assert len(proposed(again)) == 2
    again.reject()


class TestInEnglish:
    @pytest.fixture
    def ui(self, english: UiContext) -> UiContext:
        return english

    def test_accounts_have_their_english_names(
        self, dialog: BankDialog, workspace: Workspace
    ) -> None:
        setup = workspace.setup
        assert setup is not None
        offered = {
            dialog.account.itemData(at): dialog.account.itemText(at)
            for at in range(dialog.account.count())
        }
        assert offered == {code: setup.accounts[code].name_en for code in offered}
        assert offered
