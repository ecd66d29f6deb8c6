"""What the check of a book shows of outcomes that no book has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kwt_books.domain.errors import Issue, StorageError
from kwt_books.services.integrity.entries import Outcome
from ui.audit.room import AuditRoom
from ui.audit.verify import MEANS, Checked, VerifyPart
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.worker import Change
from ui.kit.workspace import Message, Workspace

GOOD = tuple(Outcome(name, True) for name in MEANS)
WHY = Issue("", "seal-broken")


@dataclass
class Asked:
    """A check that was begun, to be answered by hand."""

    done: Any
    tell: Any
    failed: Any
    settled: Any
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def part(workspace: Workspace, around: QWidget) -> VerifyPart:
    made = VerifyPart(AuditRoom(workspace, around))
    made.setParent(around)
    return made


@pytest.fixture
def asked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    begun: list[Asked] = []

    def long(_work: Any, done: Any, tell: Any, failed: Any, *, settled: Any, owner: Any) -> Asked:
        begun.append(Asked(done, tell, failed, settled))
        return begun[-1]

    monkeypatch.setattr(workspace.tasks, "long", long)
    return begun


def row_of(part: VerifyPart, check: str) -> tuple[Cell, ...]:
    return next(each.cells for each in part.table.list_model.rows if each.key == check)


def test_before_a_check_nothing_is_known(part: VerifyPart) -> None:
    assert [each.key for each in part.table.list_model.rows] == [*MEANS]
    title = part.t.gettext("check-chain")
    assert row_of(part, "chain") == (
        Cell(title, part.t(MEANS["chain"]), icon="circle-dashed"),
        Cell(),
        Cell("Not checked yet", tone="quiet"),
    )
    assert part.note.isHidden()
    assert part.progress.isHidden()
    assert part.failures == []


def test_a_check_is_seen_to_run_and_can_be_stopped(part: VerifyPart, asked: list[Asked]) -> None:
    part.run_button.click()
    part.run()
    (job,) = asked
    assert not part.run_button.isEnabled()
    assert not part.progress.isHidden()
    assert part.bar.maximum() == 0, "how far it is comes later"
    job.tell(500)
    assert (part.bar.maximum(), part.bar.value()) == (1_000, 500)
    part.stop_button.click()
    assert job.cancelled
    job.settled()
    assert part.run_button.isEnabled()
    assert part.progress.isHidden()
    part.run()
    assert len(asked) == 2
    asked[1].failed(StorageError("damaged"))
    assert part.note.property("tone") == "error"
    assert part.show_button.isHidden()
    assert not part.note.isHidden()


def test_a_book_in_order_is_told_with_its_seal(part: VerifyPart, asked: list[Asked]) -> None:
    part.run()
    asked[0].done(Checked(GOOD, 1_234, "ab" * 32))
    assert part.note.text.startswith(
        "The book is as it was recorded. 1,234 documents, checked 1 July 2026"
    )
    assert "Last seal: " in part.note.text
    assert part.note.property("tone") == "good"
    assert part.show_button.isHidden()
    assert row_of(part, "chain") == (
        Cell(part.t.gettext("check-chain"), part.t(MEANS["chain"]), icon="check-circle-fill",
             tone="good"),
        Cell("", bold=True),
        Cell("In order", tone="good", badge=True),
    )  # fmt: skip
    part.workspace.tasks.changed.emit(Change(frozenset({"payment"})))
    assert part.note.text == "Something was recorded since then. Check again."
    assert row_of(part, "chain")[2] == Cell("Not checked yet", tone="quiet")


def test_what_is_wrong_stands_first_and_leads_to_its_document(
    part: VerifyPart, asked: list[Asked]
) -> None:
    part.run()
    late = Outcome("stock", False, 9, "BKK-9", WHY)
    first = Outcome("entries", False, 4, "BKK-4", WHY)
    setup = Outcome("numbers", False, 2, None, None)
    whole = Outcome("file", False, None, None, WHY)
    good = [each for each in GOOD if each.check not in ("stock", "entries", "numbers", "file")]
    asked[0].done(Checked((*good, whole, late, first)))
    assert part.first_bad == first
    assert [each.key for each in part.table.list_model.rows][:3] == ["file", "stock", "entries"]
    assert part.note.text.startswith("The book is not as it was recorded. First found: BKK-4. ")
    assert part.note.property("tone") == "error"
    assert part.show_button.text() == "Show BKK-4"
    assert not part.show_button.isHidden()
    title, document, result = row_of(part, "stock")
    assert (title.tone, title.icon, title.bold) == ("error", "x-circle-fill", True)
    assert title.second == part.workspace.explain(WHY)
    assert document == Cell("BKK-9", bold=True)
    assert result == Cell("WRONG", tone="error", badge=True)
    wanted: list[str] = []
    part.workspace.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    part.show_button.click()
    for check in ("stock", "file", "chain"):
        part.table.opened.emit(check)
    assert wanted == ["journal/BKK-4", "journal/BKK-9"]
    part.run_button.setEnabled(True)
    asked[0].settled()
    part.run()
    asked[1].done(Checked((*good, setup)))
    assert part.show_button.isHidden(), "it has no voucher"
    assert "First found: #2." in part.note.text
    told: list[Message] = []
    part.workspace.said.connect(told.append)
    part.table.opened.emit("numbers")
    assert [each.tone for each in told] == ["warn"]
    asked[1].done(Checked((*good, whole)))
    assert "First found: The file as a whole." in part.note.text
