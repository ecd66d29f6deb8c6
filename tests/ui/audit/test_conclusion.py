"""Findings, the conclusion, the pack and another copy of the book."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from kwt_books.book import Book
from kwt_books.reports.packs import Pack
from tests.services.forging import tampered
from tests.ui.audit.hand import Part, Settle, kept_table, opened
from tests.ui.windows import let_go
from ui.audit.conclusion import AuditDialog, FindingDialog, ReplyDialog, WrapPart
from ui.audit.confirmations import AnswerDialog
from ui.audit.sample import SamplingDialog
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.field import FieldRow
from ui.kit.help_keys import PLACES
from ui.kit.printing import PaperDialog
from ui.kit.workspace import LongWork, Workspace
from ui.shell.help import HelpDialog
from ui.shell.window import MainWindow


def test_findings_answers_and_conclusion_are_kept(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle
) -> None:
    page = part(window, "wrap", WrapPart)
    page.new_finding()
    empty = opened(FindingDialog)
    empty.try_save()
    assert empty.isVisible()
    empty.text.set_value("Kas belum dihitung bersama")
    empty.document.set_value("BKK-9999-0001")
    empty.try_save()
    settle(workspace)
    assert empty.isVisible(), "the book has no such document"
    assert empty.document.property("tone") == "error"
    empty.document.set_value("BKK-2606-0001")
    empty.try_save()
    settle(workspace)
    page.reply()
    reply = opened(ReplyDialog)
    reply.answer.set_value("Mulai bulan depan dihitung berdua")
    reply.try_save()
    settle(workspace)
    page.conclusion.set_value("Wajar")
    page.keep_button.click()
    settle(workspace)
    assert page.records is not None
    assert [each.answer for each in page.records.findings] == ["Mulai bulan depan dihitung berdua"]
    assert page.records.conclusion is not None
    assert page.records.conclusion.text == "Wajar"
    page.show_letter()
    settle(workspace)
    paper = opened(PaperDialog)
    assert paper.windowTitle() == page.t("Letter of findings")
    assert paper.table.isEnabled()


def test_what_is_left_before_it_is_written_down_is_written_all_the_same(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle
) -> None:
    page = part(window, "wrap", WrapPart)
    page.new_finding()
    dialog = opened(FindingDialog)
    dialog.text.set_value("Kas belum dihitung bersama")
    workspace.tasks.pause()
    dialog.try_save()
    dialog.reject()
    delete(dialog)
    workspace.tasks.resume()
    settle(workspace)
    assert page.records is not None
    assert [each.text for each in page.records.findings] == ["Kas belum dihitung bersama"]


def test_a_finding_that_was_left_is_there_again_until_it_is_noted(
    window: MainWindow,
    part: Part[WrapPart],
    workspace: Workspace,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    """By Esc, and where it is refused after its window was gone."""
    page = part(window, "wrap", WrapPart)

    def again() -> FindingDialog:
        let_go()
        page.new_finding()
        return opened(FindingDialog)

    kept = page.room.file
    dialog = again()
    assert dialog.drafted.isHidden()
    dialog.text.set_value("Kas belum dihitung")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = again()
    assert not dialog.drafted.isHidden()
    assert dialog.text.value() == "Kas belum dihitung"

    page.room.use(tmp_path / "gone" / "x.kwt-audit")
    dialog.text.set_value("Kas belum dihitung bersama")
    workspace.tasks.pause()
    dialog.try_save()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "it may still be refused"
    delete(dialog)
    workspace.tasks.resume()
    settle(workspace)
    opened(MessageDialog).reject()

    page.room.use(kept)
    dialog = again()
    assert dialog.text.value() == "Kas belum dihitung bersama"
    dialog.try_save()
    settle(workspace)
    dialog = again()
    assert dialog.text.value() is None, "what was noted is no draft any more"
    dialog.text.set_value("Lain")
    dialog.reject()
    dialog = again()
    dialog.drafted.findChildren(Button)[0].click()
    dialog.reject()
    assert again().drafted.isHidden()


def test_tab_leads_from_field_to_button_and_back(
    window: MainWindow, part: Part[WrapPart], qtbot: QtBot
) -> None:
    part(window, "wrap", WrapPart).new_finding()
    dialog = opened(FindingDialog)
    dialog.text.setFocus()
    seen: list[QWidget | None] = []
    while dialog.text not in seen:
        here = dialog.focusWidget()
        assert here is not None
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    fields = [dialog.document, dialog.amount, dialog.advice]
    assert seen[:3] == fields
    assert all(isinstance(each, Button) for each in seen[3:-1])


def test_where_nothing_can_be_written_the_dialog_can_be_saved_again(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "wrap", WrapPart)
    page.room.use(tmp_path / "gone" / "x.kwt-audit")
    settle(workspace)
    page.new_finding()
    dialog = opened(FindingDialog)
    dialog.text.set_value("Kas belum dihitung bersama")
    dialog.try_save()
    settle(workspace)
    opened(MessageDialog).reject()
    assert dialog.save_button.isEnabled()
    assert dialog.problem.text


def test_the_pack_is_written(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    page = part(window, "wrap", WrapPart)
    out = tmp_path / "paket.zip"
    page.save_pack(out)
    settle(workspace)
    with ZipFile(out) as archive:
        assert "check_book.py" in archive.namelist()


def test_another_copy_is_laid_beside_the_book(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle, book_path: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    copy = tmp_path / "cadangan.kwt"
    shutil.copyfile(book_path, copy)
    page = part(window, "wrap", WrapPart)
    page.compare(copy)
    settle(workspace)
    assert page.comparison is not None
    assert page.compared.property("tone") == "good"
    page.show_comparison()
    settle(workspace)
    assert kept_table(opened(PaperDialog), page.writer, workspace, settle, tmp_path)
    bad = tampered(
        book_path, tmp_path / "bad.kwt", "UPDATE document SET recorded_by = 'X' WHERE sequence = 40"
    )
    page.compare(bad)
    settle(workspace)
    assert page.compared.property("tone") == "error"


def test_the_file_chosen_is_remembered(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle, tmp_path: Path,
    desk_for: Callable[[Path], Workspace],
    window_of: Callable[[Workspace], MainWindow],
    book_path: Path,
) -> None:  # fmt: skip
    mine = tmp_path / "mine.kwt-audit"
    part(window, "wrap", WrapPart).room.use(mine)
    again = part(window_of(desk_for(book_path)), "wrap", WrapPart)
    assert again.room.file == mine
    assert mine.name in again.file.text()


def test_laying_books_side_by_side_can_be_cancelled(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, book_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr("kwt_books.services.audit.compare._EACH", 1)
    is_cancelled, plainly = threading.Event(), Book.compare

    def once_cancelled(book: Book, *asked: Any) -> Pack:
        is_cancelled.wait(10)
        return plainly(book, *asked)

    monkeypatch.setattr(Book, "compare", once_cancelled)
    copy = tmp_path / "cadangan.kwt"
    shutil.copyfile(book_path, copy)
    page = part(window, "wrap", WrapPart)
    page.compare(copy)
    opened(LongWork).reject()
    is_cancelled.set()
    settle(workspace)
    assert page.comparison is None
    assert not page.compared.isVisible()


@pytest.mark.parametrize(
    ("kind", "section"),
    [(FindingDialog, "wrap"), (ReplyDialog, "wrap"), (SamplingDialog, "sample"),
     (AnswerDialog, "confirm")],
)  # fmt: skip
def test_each_dialog_knows_its_section_of_the_guide(kind: type[AuditDialog], section: str) -> None:
    assert kind.topic == PLACES[f"audit/{section}"]


def test_f1_opens_the_guide_from_a_dialog(
    window: MainWindow, part: Part[WrapPart], qtbot: QtBot
) -> None:
    part(window, "wrap", WrapPart).new_finding()
    dialog = opened(FindingDialog)
    qtbot.waitUntil(dialog.text.hasFocus)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    found = dialog.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    assert found.topic == "audit#wrap"


def test_what_is_too_long_is_told_beside_its_field_and_nothing_is_spoilt(
    window: MainWindow, part: Part[WrapPart], workspace: Workspace, settle: Settle
) -> None:
    page = part(window, "wrap", WrapPart)
    page.new_finding()
    dialog = opened(FindingDialog)
    dialog.text.set_value("x" * 5_000)
    dialog.advice.set_value("x" * 5_000)
    dialog.try_save()
    settle(workspace)
    assert dialog.text.hasFocus(), "the first that is wrong"
    dialog.text.set_value("Kas kurang")
    dialog.try_save()
    settle(workspace)
    row = dialog.advice.parentWidget()
    assert isinstance(row, FieldRow)
    assert "4.000" in row.message
    assert dialog.advice.hasFocus()
    assert dialog.problem.isHidden()
    dialog.advice.set_value("Hitung setiap Jumat")
    dialog.try_save()
    settle(workspace)
    assert not isValid(dialog), "it is written down"
