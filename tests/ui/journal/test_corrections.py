"""A document is undone with a reason, and its form comes back filled in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.buying import AssetAcquisition
from kwt_books.domain.documents.money import Payment
from tests.ui.journal.hand import CTRL, SHOWN
from ui.diary.correction import CorrectionForm
from ui.diary.page import JournalPage
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
    with qtbot.waitSignal(workspace.tasks.changed):
        form.save()
    qtbot.waitUntil(lambda: page.document.story.corrected_by is not None)  # type: ignore[union-attr]
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
