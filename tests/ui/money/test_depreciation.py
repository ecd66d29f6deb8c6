"""What a month's depreciation would come to is shown before it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.buying import Depreciation
from tests.ui.sample_parts import left_by
from tests.ui.windows import said
from ui.kit.workspace import Workspace
from ui.money.assets import DepreciationForm


def test_what_is_due_is_shown_of_the_month_that_is_chosen(
    workspace: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot, sample_path: Path
) -> None:
    form = DepreciationForm(workspace, {})
    qtbot.addWidget(form)
    settle(workspace)
    assert form.month.value() == "2026-06"
    assert "Tidak ada penyusutan untuk bulan ini." in said(form), "June has its own"
    form.month.set_value("2026-07")
    settle(workspace)
    (june,) = left_by(sample_path, "depreciation", "2026-06-30")
    due = [move[-1] for move in june.moves if move[-1]]
    shown = said(form)
    number, rupiah = workspace.ui.formats.number, workspace.ui.formats.rupiah
    assert shown[shown.index("Jumlah") + 1] == rupiah(sum(due))
    assert {number(amount) for amount in due} <= {*shown}
    form.month.set_value("2026-06")
    settle(workspace)
    assert "Jumlah" not in said(form)
    command = form.to_command()
    assert isinstance(command, Depreciation)
    assert command.month == "2026-06"
