"""A document is undone with a reason, and its form comes back filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.buying import AssetAcquisition
from kwt_books.domain.documents.money import Payment
from kwt_books.reports.diary import Sought, diary_sums
from kwt_books.reports.story import Story, story
from tests.ui.diary.hand import CTRL, SHOWN
from ui.diary.correction import CorrectionForm
from ui.diary.page import JournalPage
from ui.kit.button import Button
from ui.kit.form import FormDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def correction_of(window: MainWindow) -> CorrectionForm:
    dialog = window.form("correction")
    assert isinstance(dialog, FormDialog)
    assert isinstance(dialog.form, CorrectionForm)
    return dialog.form


def test_correcting_undoes_it_and_opens_its_form_filled_in(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened(SHOWN)
    before = page.document.story
    assert before is not None
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    form = correction_of(window)
    assert form.date.value() == max(page.ui.today, before.open_from)
    form.reason.setText("Salah jumlah")
    form.save()
    form.check()  # what was typed last is looked at meanwhile
    qtbot.waitUntil(lambda: window.form(before.kind) is not None)
    dialog = window.form(before.kind)
    assert isinstance(dialog, FormDialog)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    again = dialog.form.to_command()
    assert isinstance(again, Payment)
    assert again.date == page.ui.today
    assert again.source == before.payload["from"]
    assert [(line.account, line.amount) for line in again.lines] == [
        (line["account"], line["amount"]) for line in before.payload["lines"]
    ]
    assert again.memo == before.memo
    assert standing(workspace, qtbot, SHOWN), "nothing is undone before the right one is saved"
    with qtbot.waitSignal(dialog.form.saved):
        dialog.form.save()
    assert not standing(workspace, qtbot, SHOWN)


def standing(workspace: Workspace, qtbot: QtBot, number: str) -> bool:
    """Whether a document was not undone."""
    found: list[Story] = []
    workspace.tasks.run(lambda book: book.read_in("id", story, number), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0].corrected_by is None


def filled_in(
    page: JournalPage, window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> FormDialog:
    """The document's own form, after its correction was asked for."""
    story = page.document.story
    assert story is not None
    page.document.correct()
    form = correction_of(window)
    form.reason.setText("Salah jumlah")
    form.save()
    qtbot.waitUntil(lambda: window.form(story.kind) is not None)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    dialog = window.form(story.kind)
    assert isinstance(dialog, FormDialog)
    return dialog


def documents(workspace: Workspace, qtbot: QtBot) -> int:
    found: list[int] = []
    workspace.tasks.run(
        lambda book: book.read_in("id", diary_sums, Sought()),
        lambda sums: found.append(sums.documents),
    )
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_esc_in_the_form_leaves_the_document_standing(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    before = documents(workspace, qtbot)
    dialog = filled_in(opened(SHOWN), window, workspace, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.form("payment") is None)
    assert standing(workspace, qtbot, SHOWN)
    assert documents(workspace, qtbot) == before
    workspace.open_form("payment")
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    plain = window.form("payment")
    assert isinstance(plain, FormDialog)
    assert plain.form.note.isHidden(), "what was corrected isn't offered as a new payment"


def test_a_refused_replacement_undoes_nothing(
    opened: Callable[[str], JournalPage],
    window: MainWindow,
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog, before = filled_in(opened(SHOWN), window, workspace, qtbot), documents(workspace, qtbot)
    wrong = dialog.form.to_command()
    assert isinstance(wrong, Payment)
    monkeypatch.setattr(dialog.form, "to_command", lambda: replace(wrong, source="9999"))
    dialog.form.save()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert window.form("payment") is dialog
    assert standing(workspace, qtbot, SHOWN)
    assert documents(workspace, qtbot) == before


def test_it_can_be_undone_alone(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    opened(SHOWN).document.correct()
    form = correction_of(window)
    form.reason.setText("Tidak pernah dibayar")
    with qtbot.waitSignal(form.saved):
        form.undo_alone()
    assert not standing(workspace, qtbot, SHOWN)
    assert window.form("payment") is None


def test_a_document_with_a_name_of_its_own_comes_back_too(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    bought = AssetAcquisition(
        date=workspace.ui.today, code="spinner", name="Mesin peniris", account="1203",
        cost=750_000, life_months=48, paid_from="1103",
    )  # fmt: skip
    numbers_: list[str | None] = []
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(bought, lambda recorded: numbers_.append(recorded.number))
    (number,) = numbers_
    assert number is not None
    opened(number).document.correct()
    form = correction_of(window)
    form.reason.setText("Salah harga")
    form.save()
    qtbot.waitUntil(lambda: window.form("asset_acquisition") is not None)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    dialog = window.form("asset_acquisition")
    assert isinstance(dialog, FormDialog)
    again = dialog.form.to_command()
    assert isinstance(again, AssetAcquisition)
    assert (again.name, again.cost) == (bought.name, bought.cost)


def test_what_is_in_the_way_is_named_and_no_draft_is_offered_to_be_thrown_away(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened("BKK-2606-0005")
    page.document.correct()
    form = correction_of(window)
    form.reason.setText("Salah jumlah")
    dialog = window.form("correction")
    assert isinstance(dialog, FormDialog)
    dialog.reject()
    page.document.correct()
    form = correction_of(window)
    (anew,) = form.note.findChildren(Button)
    assert anew.isVisible()
    form.save()
    qtbot.waitUntil(lambda: form.note.property("tone") == "error")
    assert "BKK-2606-0006 (" in form.note.text, "the production that used what was bought"
    assert not anew.isVisible()


def test_a_correction_needs_a_reason(
    opened: Callable[[str], JournalPage], window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened(SHOWN)
    page.document.correct()
    form = correction_of(window)
    form.save()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert window.form("correction") is not None
    assert page.document.story.corrected_by is None  # type: ignore[union-attr]


def test_the_month_closes_what_cannot_be_corrected(opened: Callable[[str], JournalPage]) -> None:
    page = opened("BM-2606-0016")
    assert page.document.story is not None
    assert page.document.story.kind == "month_close"
    assert page.document.correct_button is None
