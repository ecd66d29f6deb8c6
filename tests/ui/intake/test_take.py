"""Ambil dari Excel: seen row by row, mended, recorded as one act, and cancelled as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.intake.kept import book as workbook
from tests.ui.windows import at_rest
from ui.diary import document
from ui.intake.acts import ActsDialog
from ui.intake.take import TakeDialog
from ui.kit.button import Button
from ui.kit.table import Cell
from ui.kit.workspace import LongWork, Workspace
from ui.shell.window import MainWindow

HEADINGS = ["Tanggal", "Uraian", "Masuk", "Keluar"]
GOOD = (
    ["05/07/2026", "Jual bayam", 50000, None],
    ["06/07/2026", "Beli bensin", None, 20000],
)


@pytest.fixture
def dialog(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> TakeDialog:
    workspace.open_form("take_sheets")
    found = window.form("take_sheets")
    assert isinstance(found, TakeDialog)
    at_rest(workspace, qtbot)
    return found


def opened(dialog: TakeDialog, path: Path, workspace: Workspace, qtbot: QtBot) -> None:
    dialog.open_file(path)
    at_rest(workspace, qtbot)


def kas(tmp_path: Path, *rows: list[object]) -> Path:
    path = tmp_path / "kas.xlsx"
    workbook({"Kas": [HEADINGS, *rows], "Lain": [["catatan"]]})(path)
    return path


def shown(dialog: TakeDialog) -> list[tuple[str, ...]]:
    def said(cell: Cell) -> str:
        return " | ".join(filter(None, (cell.text, cell.second)))

    return [tuple(map(said, row.cells)) for row in dialog.rows.list_model.rows]


def sequences(workspace: Workspace, qtbot: QtBot) -> int:
    found: list[int] = []
    workspace.tasks.run(
        lambda book: standing.entries if (standing := book.standing()) else 0, found.append
    )
    at_rest(workspace, qtbot)
    return found[0]


def test_every_row_is_seen_as_what_it_becomes(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    before = sequences(workspace, qtbot)
    opened(dialog, kas(tmp_path, *GOOD), workspace, qtbot)
    assert shown(dialog) == [
        ("2 | 05/07/2026", "Uang masuk | Penjualan Sayuran · Jual bayam", "50.000", ""),
        ("3 | 06/07/2026", "Bayar biaya | Beban Transportasi · Beli bensin", "−20.000", ""),
    ]
    assert dialog.record_button.isEnabled()
    assert sequences(workspace, qtbot) == before


def test_faults_stand_beside_their_rows_and_nothing_can_be_recorded(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = kas(tmp_path, *GOOD, ["31/02/2026", "Jual sawi", 1000, None], ["1/8/2026", "Sawi", 5, 0])
    opened(dialog, path, workspace, qtbot)
    assert not dialog.record_button.isEnabled()
    assert shown(dialog)[-2][-1].startswith("A4 (31/02/2026): Tanggal tidak terbaca")
    assert shown(dialog)[-1][0] == "5 | 01/08/2026"
    dialog.wrong_only.setChecked(True)
    assert [row[0] for row in shown(dialog)] == ["4"]
    kas(tmp_path, *GOOD, ["31/07/2026", "Jual sawi", 1000, None])
    dialog.read_again()
    at_rest(workspace, qtbot)
    assert dialog.record_button.isEnabled()


def test_long_texts_stay_in_sight_and_are_told_in_full(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    words = "Jual bayam dan kangkung di pasar pagi Kemiling bersama ibu-ibu dasawisma " * 3
    opened(dialog, kas(tmp_path, *GOOD, ["31/02/2026", words, 1000, None]), workspace, qtbot)
    dialog.resize(1180, 640)
    at_rest(workspace, qtbot)
    assert dialog.rows.horizontalScrollBar().maximum() == 0
    assert dialog.rows.columnWidth(0) >= dialog.rows.sizeHintForColumn(0)
    assert dialog.whole.isVisible(), "the first row that stops is selected"
    assert "A4 (31/02/2026)" in dialog.whole.text()
    dialog.rows.select(0)
    assert dialog.whole.text() == "Penjualan Sayuran · Jual bayam"


def test_what_is_unusual_is_recorded_once_somebody_says_that_it_is_meant(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [[f"{day:02d}/07/2026", "Jual bayam", 50000, None] for day in range(1, 6)]
    path = kas(tmp_path, *rows, ["06/07/2026", "Jual bayam", 50000000, None])
    opened(dialog, path, workspace, qtbot)
    assert "Kelebihan satu nol?" in shown(dialog)[-1][-1]
    assert dialog.meant.text() == "1 baris yang janggal memang begitu"
    assert not dialog.record_button.isEnabled()
    dialog.meant.setChecked(True)
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)


def test_columns_are_chosen_and_remembered(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "aneh.xlsx"
    workbook({"Lembar": [["Tanggal", "Uraian", "Masuk", "Setoran", "Keluar"],
                         ["05/07/2026", "Jual bayam", 1, 50000, None]]})(path)  # fmt: skip
    opened(dialog, path, workspace, qtbot)
    assert shown(dialog)[0][2] == "1"
    dialog.side.columns.pickers["in"].set_value("3")
    at_rest(workspace, qtbot)
    assert shown(dialog)[0][2] == "50.000"
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)

    workspace.open_form("take_sheets")
    again = window.form("take_sheets")
    assert isinstance(again, TakeDialog)
    opened(again, path, workspace, qtbot)
    assert again.side.columns.pickers["in"].value() == "3"
    assert shown(again) == []
    again.reject()


def test_what_a_column_was_for_is_chosen(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "kolom.xlsx"
    workbook({"Kas": [["Tanggal", "Uraian", "Penjualan", "Bahan", "Ibu A"],
                      ["05/07/2026", "Panen", 50000, None, None],
                      ["06/07/2026", "Dipinjam", None, None, 20000]]})(path)  # fmt: skip
    opened(dialog, path, workspace, qtbot)
    assert [row[1] for row in shown(dialog)] == ["Uang masuk | Penjualan Sayuran · Panen", ""]
    assert shown(dialog)[1][-1], "money in a column that is none is not passed over in silence"
    dialog.side.columns.purposes[4].set_value("out:1113")
    dialog.side.columns.purposes[4].changed.emit()
    at_rest(workspace, qtbot)
    assert shown(dialog)[1][1:3] == ("Bayar biaya | Piutang Anggota · Dipinjam", "−20.000")
    columns, layouts = dialog.side.columns, []
    columns.chosen.connect(layouts.append)
    [*columns.pickers.values()][-1].set_value("4")
    assert 4 not in layouts[-1].money, "a column is one thing"


def test_a_sheet_can_be_left_out(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(dialog, kas(tmp_path, *GOOD), workspace, qtbot)
    dialog.side.table.set_value("")
    at_rest(workspace, qtbot)
    assert shown(dialog) == []
    assert not dialog.record_button.isEnabled()
    dialog.side.table.set_value("cash_book")
    at_rest(workspace, qtbot)
    assert len(shown(dialog)) == 2


def test_the_workbook_to_fill_in_is_saved_and_taken(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "isian.xlsx"
    dialog.save_blank(path)
    at_rest(workspace, qtbot)
    opened(dialog, path, workspace, qtbot)
    assert dialog.side.sheet.count() == 18
    assert shown(dialog) == []
    assert "Tidak ada yang baru" in dialog.note.text


def test_a_file_without_any_table_is_not_told_to_be_known(
    dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    """Whoever chose the wrong file would think that all of it stands in the book."""
    empty = tmp_path / "kosong.xlsx"
    empty.write_bytes(b"only some words")
    opened(dialog, empty, workspace, qtbot)
    t = workspace.ui.t
    assert t("Nothing is new in it.") not in dialog.note.text
    assert dialog.note.property("tone") == "warn"
    assert not dialog.record_button.isEnabled()


def test_it_is_recorded_as_one_act_and_cancelled_as_one(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    before = sequences(workspace, qtbot)
    opened(dialog, kas(tmp_path, *GOOD), workspace, qtbot)
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)
    at_rest(workspace, qtbot)
    assert sequences(workspace, qtbot) == before + 3  # two documents, and the file itself

    workspace.open_form("acts")
    acts = window.form("acts")
    assert isinstance(acts, ActsDialog)
    at_rest(workspace, qtbot)
    (row,) = acts.table.list_model.rows
    assert [cell.text for cell in row.cells] == [
        "kas.xlsx", workspace.ui.formats.numeric_day(workspace.ui.today), "2",
        "05/07/2026 – 06/07/2026",
    ]  # fmt: skip
    assert not acts.cancel_button.isEnabled()
    acts.reason.setText("Salah berkas")
    assert acts.cancel_button.isEnabled()
    acts.cancel_act()
    qtbot.waitUntil(lambda: acts.act is not None and acts.act.standing == 0)
    at_rest(workspace, qtbot)
    assert sequences(workspace, qtbot) == before + 5
    assert not acts.cancel_button.isEnabled()
    acts.reject()


def test_esc_before_anything_was_recorded_leaves_it_to_be_imported(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    before = sequences(workspace, qtbot)
    opened(dialog, kas(tmp_path, *GOOD), workspace, qtbot)

    def esc_while_it_waits() -> None:
        workspace.tasks.pause()
        qtbot.mouseClick(dialog.record_button, Qt.MouseButton.LeftButton)
        (wait,) = (each for each in dialog.findChildren(LongWork) if each.isVisible())
        qtbot.keyClick(wait, Qt.Key.Key_Escape)
        workspace.tasks.resume()
        at_rest(workspace, qtbot)

    esc_while_it_waits()
    assert sequences(workspace, qtbot) == before
    assert dialog.note.text == workspace.ui.t("Cancelled: nothing was recorded.")
    assert dialog.record_button.isEnabled()
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)
    assert sequences(workspace, qtbot) == before + 3


def test_a_document_leads_to_what_was_taken_with_it_and_to_its_sheet(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = kas(tmp_path, *GOOD)
    opened(dialog, path, workspace, qtbot)
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)
    workspace.go("journal", "BKM-2607-0001")

    def buttons() -> dict[str, Button]:
        found = window.page.findChildren(Button) if window.page is not None else []
        return {each.text(): each for each in found if each.isVisible()}

    qtbot.waitUntil(lambda: "kas.xlsx" in buttons())
    saved = tmp_path / "lagi.xlsx"
    monkeypatch.setattr(document, "ask_where", lambda *_given: saved)
    buttons()["kas.xlsx"].click()
    qtbot.waitUntil(saved.exists)
    assert saved.read_bytes() == path.read_bytes()

    buttons()["Diambil bersama yang lain"].click()
    acts = window.form("acts")
    assert isinstance(acts, ActsDialog)
    at_rest(workspace, qtbot)
    assert acts.act is not None
    assert acts.act.file == "kas.xlsx"
    acts.reject()


def test_one_amount_of_a_row_with_several_is_given_another_purpose(
    window: MainWindow, dialog: TakeDialog, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "kolom.xlsx"
    titles = ["Tanggal", "Uraian", "Penjualan", "Bahan", "Transport"]
    workbook({"Kas": [titles, ["05/07/2026", "Panen", 50000, None, None],
                      ["06/07/2026", "Belanja", None, 20000, 7000]]})(path)  # fmt: skip
    opened(dialog, path, workspace, qtbot)
    before = shown(dialog)
    dialog.rows.select(2)
    assert dialog.purpose.value() == "6103"
    dialog.purpose.set_value("6104")
    dialog.purpose.changed.emit()
    at_rest(workspace, qtbot)
    changed = shown(dialog)
    assert changed[:2] == before[:2]
    assert changed[2] != before[2]
    dialog.read_again()
    at_rest(workspace, qtbot)
    assert shown(dialog) == changed
    dialog.record()
    qtbot.waitUntil(lambda: window.form("take_sheets") is None)

    workbook({"Kas": [titles, ["05/08/2026", "Belanja", None, 20000, 7000]]})(path)
    workspace.open_form("take_sheets")
    again = window.form("take_sheets")
    assert isinstance(again, TakeDialog)
    opened(again, path, workspace, qtbot)
    assert [row[1] for row in shown(again)] == [row[1] for row in changed[1:]]
    again.reject()
