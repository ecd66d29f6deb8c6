"""Each part of the audit keeps the rules of the house, wide and narrow, before a book answers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from scripts.layout_faults import faults
from tests.ui.audit.stand_ins import placed
from tests.ui.audit.test_confirming import BACK, SHOP, letters
from tests.ui.audit.test_looking import compared, figure
from tests.ui.audit.test_parts import DAY, ERRORS, NOTED, SAMPLE, TICKS, oddities, paper
from tests.ui.hearing import idle, misnamed, nameless, strays
from tests.ui.rules import broken
from tests.ui.windows import shown_with
from ui.audit.conclusion import FindingDialog, ReplyDialog, WrapPart
from ui.audit.confirmations import AnswerDialog, ConfirmPart
from ui.audit.exceptions import ExceptionsPart, ThresholdsPage
from ui.audit.paper import PaperPart
from ui.audit.room import AuditRoom
from ui.audit.sample import SamplePart, SamplingDialog, Shown
from ui.audit.verify import VerifyPart
from ui.kit.layout import column

_ONLY_READ = ("'Item or balance, Book, Answer' opens nothing",
              "'Figure, When printed, Today, Difference' opens nothing")  # fmt: skip
_TURNS = 4
"""Of events, until all is laid out."""
WIDE, NARROW = (1_160, 620), (760, 560)


def wrong_with(shown: QWidget) -> list[str]:
    for _ in range(_TURNS):
        QApplication.processEvents()
    rules = broken, faults, nameless, idle, strays, misnamed
    found = [each for rule in rules for each in rule(shown)]
    return [each for each in found if not any(read in each for read in _ONLY_READ)]


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
    around.resize(*WIDE)
    around.show()
    if shown is not None:
        shown_with(part, page=shown)
    assert wrong_with(around) == []
    around.resize(*NARROW)
    assert wrong_with(around) == []


def test_a_paper_that_was_found_keeps_the_rules(room: AuditRoom, around: QWidget) -> None:
    part: PaperPart = placed(PaperPart(room), around)
    column(part, parent=around)
    around.resize(*WIDE)
    around.show()
    answers: list[Any] = []
    part.workspace.tasks.run = (  # type: ignore[method-assign]
        lambda _work, done, *_more, **_about: answers.append(done)
    )
    part.code.setText("KWT:1")
    part.look_up()
    answers[0](compared(figure("Cash", 5_000, 4_000), figure("Bank", 1, 1)))
    assert wrong_with(around) == []


def test_thresholds_keep_the_rules(room: AuditRoom, around: QWidget) -> None:
    page = placed(ThresholdsPage(room.workspace), around)
    column(page, parent=around)
    for size in (WIDE, NARROW):
        around.resize(*size)
        around.show()
        assert wrong_with(around) == []


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
