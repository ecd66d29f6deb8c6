"""Each part of the audit keeps the rules of the house, wide and narrow, before a book answers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.all_rules import at_sizes, wrong_with
from tests.ui.audit.stand_ins import placed
from tests.ui.audit.test_confirming import BACK, SHOP, letters
from tests.ui.audit.test_looking import compared, figure
from tests.ui.audit.test_parts import DAY, ERRORS, NOTED, SAMPLE, TICKS, oddities, paper
from tests.ui.windows import shown_with
from ui.audit.conclusion import FindingDialog, ReplyDialog, WrapPart
from ui.audit.confirmations import AnswerDialog, ConfirmPart
from ui.audit.exceptions import ExceptionsPart, ThresholdsPage
from ui.audit.paper import PaperPart
from ui.audit.room import AuditRoom
from ui.audit.sample import SamplePart, SamplingDialog, Shown
from ui.audit.verify import VerifyPart
from ui.kit.layout import column

ONLY_READ = ("'Item or balance, Book, Answer' opens nothing",
             "'Figure, When printed, Today, Difference' opens nothing")  # fmt: skip
SIZES = ((1_160, 620), (760, 560))


PARTS: dict[str, tuple[Any, Any]] = {
    "sample": (SamplePart, Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS)),
    "no sample": (SamplePart, Shown(())),
    "odd": (ExceptionsPart, oddities()),
    "letters": (ConfirmPart, letters(SHOP, BACK, unnamed=5)),
    "no letters": (ConfirmPart, letters()),
    "findings": (WrapPart, NOTED),
    "check": (VerifyPart, None),
    "paper": (PaperPart, None),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_keeps_the_rules(room: AuditRoom, around: QWidget, name: str) -> None:
    make, shown = PARTS[name]
    part = placed(make(room), around)
    column(part, parent=around)
    if shown is not None:
        shown_with(part, page=shown)
    assert at_sizes(around, SIZES, *ONLY_READ) == {}


def test_a_paper_that_was_found_keeps_the_rules(room: AuditRoom, around: QWidget) -> None:
    part: PaperPart = placed(PaperPart(room), around)
    column(part, parent=around)
    answers: list[Any] = []
    part.workspace.tasks.run = (  # type: ignore[method-assign]
        lambda _work, done, *_more, **_about: answers.append(done)
    )
    part.code.setText("KWT:1")
    part.look_up()
    answers[0](compared(figure("Cash", 5_000, 4_000), figure("Bank", 1, 1)))
    assert at_sizes(around, SIZES, *ONLY_READ) == {}


def test_thresholds_keep_the_rules(room: AuditRoom, around: QWidget) -> None:
    page = placed(ThresholdsPage(room.workspace), around)
    column(page, parent=around)
    assert at_sizes(around, SIZES) == {}


DIALOGS: dict[str, Any] = {
    "finding": lambda room, around: FindingDialog(room, around, document="BKK-1"),
    "reply": lambda room, around: ReplyDialog(room, NOTED.findings[0], around),
    "answer": lambda room, around: AnswerDialog(room, SHOP, DAY, around),
    "drawing": lambda room, around: SamplingDialog(room, (), around),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_keeps_the_rules(room: AuditRoom, around: QWidget, name: str) -> None:
    dialog = DIALOGS[name](room, around)
    dialog.show()
    assert wrong_with(dialog) == []
