"""Samples: drawn, ticked, and kept beside the book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.services.audit.sampling import AGREES, DIFFERS, MISSING
from tests.ui.audit.hand import Part, Settle, kept_table, opened, texts
from ui.audit.sample import SamplePart, SamplingDialog
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.printing import PaperDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def draw(page: SamplePart, settle: Settle, seed: str = "juni") -> None:
    page.new_sample()
    dialog = opened(SamplingDialog)
    dialog.of.set_value("all")
    dialog.method.set_value("random")
    dialog.count.set_value(4)
    dialog.seed.set_value(seed)
    dialog.try_save()
    settle(page.workspace)


def test_the_same_seed_draws_the_same_documents(
    window: MainWindow, part: Part[SamplePart], settle: Settle
) -> None:
    page = part(window, "sample", SamplePart)
    draw(page, settle)
    first = texts(page.table, 0)
    assert len(first) == 4
    draw(page, settle)
    assert page.shown.record is not None
    assert page.shown.record.name == "S-02"
    assert texts(page.table, 0) == first
    draw(page, settle, seed="another")
    assert texts(page.table, 0) != first


def test_ticks_are_kept_and_the_book_is_not_touched(
    window: MainWindow, part: Part[SamplePart], workspace: Workspace, settle: Settle, qtbot: QtBot,
    book_path: Path,
    desk_for: Callable[[Path], Workspace],
    window_of: Callable[[Workspace], MainWindow],
) -> None:  # fmt: skip
    page = part(window, "sample", SamplePart)
    kinds = {outcome: each.property("kind") for outcome, each in page.panel.buttons.items()}
    assert kinds == {AGREES: "primary", DIFFERS: "default", MISSING: "default"}
    before = book_path.read_bytes()
    draw(page, settle)
    numbers = texts(page.table, 0)
    with qtbot.waitActive(window):
        window.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle(workspace)
    assert page.table.key == numbers[1]
    page.panel.buttons[DIFFERS].click()
    assert page.panel.audited_row.message == page.t("What does the paper say?")
    page.panel.audited.set_value(1_000)
    page.panel.buttons[DIFFERS].click()
    settle(workspace)
    page.panel.buttons[MISSING].click()
    settle(workspace)
    assert book_path.read_bytes() == before

    again = part(window_of(desk_for(book_path)), "sample", SamplePart)
    ticks = again.shown.ticks or {}
    assert {number: ticks[number].outcome for number in numbers[:3]} == {
        numbers[0]: AGREES, numbers[1]: DIFFERS, numbers[2]: MISSING,
    }  # fmt: skip
    assert ticks[numbers[1]].audited == 1_000
    assert texts(again.table, 3)[3] == again.t("Not examined")


def test_the_working_paper_can_be_seen(
    window: MainWindow, part: Part[SamplePart], workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "sample", SamplePart)
    draw(page, settle)
    page.show_paper()
    settle(workspace)
    paper = opened(PaperDialog)
    assert paper.windowTitle().endswith("S-01")
    assert kept_table(paper, page.writer, workspace, settle, tmp_path)


def test_where_nothing_may_be_written_another_place_is_offered(
    window: MainWindow, part: Part[SamplePart], workspace: Workspace, settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = part(window, "sample", SamplePart)
    page.room.use(tmp_path / "gone" / "juni.kwt-audit")
    draw(page, settle)
    other = tmp_path / "mine"
    chosen = (str(other), "")
    monkeypatch.setattr("ui.kit.file_dialog.QFileDialog.getSaveFileName", lambda *_a, **_k: chosen)
    buttons = opened(MessageDialog).findChildren(Button)
    next(each for each in buttons if each.property("kind") == "primary").click()
    settle(workspace)
    assert page.room.file == other.with_suffix(".kwt-audit")
    assert page.room.file.exists()
    assert page.shown.record is not None
