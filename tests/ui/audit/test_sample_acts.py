"""What the part of samples offers, by which keys, and what comes of it: no book is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from kwt_books.domain.errors import StorageError
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Row
from tests.ui.audit.stand_ins import Writer, buttons, dialogs, keys, kinds, placed, tips
from tests.ui.audit.test_parts import (
    ERRORS,
    SAMPLE,
    TICKS,
    paper,
)
from tests.ui.windows import said, shown_with
from ui.audit.conclusion import FindingDialog
from ui.audit.room import AuditRoom
from ui.audit.sample import SamplePart, SamplingDialog, Shown
from ui.kit.button import Button
from ui.kit.help_keys import PLACES

# -- samples -------------------------------------------------------------------------------------


@pytest.fixture
def sample(room: AuditRoom, around: QWidget) -> SamplePart:
    made: SamplePart = placed(SamplePart(room), around, Writer())
    return made


def test_without_a_sample_one_is_offered(sample: SamplePart, around: QWidget) -> None:
    empty, page = "No sample has been drawn yet", sample.table
    shown_with(sample, page=Shown(()))
    assert (empty in said(sample), page.isVisibleTo(around)) == (True, False)
    cast("Any", sample.writer).told.clear()
    for act in (sample.show_paper, sample.save_paper, lambda: sample.tick("agrees", None, "")):
        act()
    assert cast("Any", sample.writer).told == []
    assert len([each for each in sample.findChildren(Button) if each.text() == "New sample"]) == 2
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    assert page.isVisibleTo(around)
    assert kinds(sample, "New sample", "Working paper", "Show") == ["default", "default", "quiet"]
    assert tips(sample, "New sample", "Working paper", "Save as Excel or PDF", "Show") == [
        "New sample (Ctrl+N)", "Working paper (Ctrl+P)", "Save as Excel or PDF",
        "Opens the document in the diary",
    ]  # fmt: skip
    assert sample.which.accessibleName() == "Sample"


def test_a_sample_s_working_paper_is_shown_and_saved(sample: SamplePart) -> None:
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    made = "audit.working_paper('S-01', 'en')"
    keys(sample)["Ctrl+P"]()
    buttons(sample)["Working paper"].click()
    buttons(sample)["Save as Excel or PDF"].click()
    shown = ("open", "Sample S-01", made, None)
    saved = ("save", "Sample S-01", made, ("xlsx", "pdf", "csv"))
    assert cast("Any", sample.writer).told == [shown, shown, saved]


def test_the_chosen_document_leads_on(
    sample: SamplePart, room: AuditRoom, written: list[object], went: list[str], around: QWidget
) -> None:
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    buttons(sample)["Show"].click()
    sample.table.opened.emit("BKK-2")
    assert went == ["journal/BKK-1", "journal/BKK-2"]
    (space,) = (each for each in sample.table.findChildren(QShortcut))
    assert (space.key().toString(), space.context()) == (
        "Space", Qt.ShortcutContext.WidgetShortcut,
    )  # fmt: skip
    space.activated.emit()
    sample.panel.audited.set_value(1_000)
    sample.panel.buttons["differs"].click()
    assert written == [
        "audit.notebook.tick('S-01', 'BKK-1', 'agrees', None, '')",
        "audit.notebook.tick('S-01', 'BKK-1', 'differs', 1000, 'Bill 7')",
    ]
    assert tips(sample.panel, "Paper and amount agree") == ["Space in the list does the same"]
    assert not any(each.icon().isNull() for each in sample.panel.buttons.values())


@pytest.mark.parametrize(
    ("document", "amount", "text"),
    [("BKK-1", 5_000, "Bill 7"), ("BKK-2", None, None), ("BKK-3", 5, None)],
)
def test_a_finding_knows_the_difference_of_its_document(
    sample: SamplePart, around: QWidget, document: str, amount: int | None, text: str | None
) -> None:
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    sample.table.choose(document)
    buttons(sample.panel)["Note a finding"].click()
    (dialog,) = dialogs(around, FindingDialog)
    found = dialog.document.value(), dialog.amount.value(), dialog.text.value()
    assert found == (document, amount, text)


def test_another_sample_is_chosen(
    sample: SamplePart, room: AuditRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_with(sample, page=Shown(("S-01", "S-02"), SAMPLE, paper(**ERRORS), TICKS))
    asked: list[str] = []
    monkeypatch.setattr(
        "ui.audit.sample.read", lambda _room, wanted, language: asked.append(wanted)
    )
    sample.ask = lambda work, *_more, **_about: work(None)  # type: ignore[method-assign]
    sample.which.set_value("S-02")
    sample.which.changed.emit()
    sample.refresh()
    assert asked[-1] == "S-02"


def test_a_file_that_can_not_be_read_says_so(sample: SamplePart, around: QWidget) -> None:
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    error = StorageError("disk-full")

    def refuse(_work: object, _done: object, failed: Any, **_about: Any) -> None:
        failed(error)

    sample.ask = refuse  # type: ignore[method-assign]
    sample.refresh()
    assert sample.problem.text == sample.workspace.explain(error)
    assert sample.problem.property("tone") == "error"
    assert (sample.problem.isHidden(), sample.table.isVisibleTo(around)) == (False, False)
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    assert sample.problem.isHidden()


# -- a new sample --------------------------------------------------------------------------------


@pytest.fixture
def drawing(
    room: AuditRoom, around: QWidget, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SamplingDialog, list[Any]]]:
    """The dialog, and what is asked of the book, each with its answer."""
    asked: list[Any] = []

    def run(work: Any, done: Any, failed: Any, **_about: Any) -> Any:
        audit = SimpleNamespace(audit=SimpleNamespace(sample=lambda *given: given))
        job = SimpleNamespace(asked=work(audit), done=done, failed=failed, stopped=False)
        job.cancel = lambda: setattr(job, "stopped", True)
        asked.append(job)
        return job

    monkeypatch.setattr(room.workspace.tasks, "run", run)
    room.workspace.show_month("2026-06")
    dialog = SamplingDialog(room, ("S-01", "S-03"), around)
    dialog.show()
    yield dialog, asked
    dialog.close()


def test_a_new_sample_begins_with_the_month_and_the_next_name(
    drawing: tuple[SamplingDialog, list[Any]],
) -> None:
    dialog, asked = drawing
    assert (dialog.name.value(), dialog.of.value()) == ("S-02", "payments")
    assert (dialog.start.value(), dialog.end.value()) == (date(2026, 6, 1), date(2026, 6, 30))
    assert (dialog.confidence.value(), dialog.method.value()) == ("95", "monetary")
    assert (dialog.materiality.value(), dialog.count.value()) == (None, None)
    first = dialog.seed.value()
    assert first is not None
    assert len(first) == 8
    buttons(dialog)["Another seed"].click()
    assert dialog.seed.value() not in (None, first)
    text = "Fill in materiality, or how many documents to examine."
    assert (dialog.said.text(), asked) == (text, [])
    assert dialog.windowTitle() == "New sample"
    assert dialog.save_button.text() == "Draw the sample"
    assert dialog.save_button.property("kind") == "primary"
    assert dialog.focusWidget() is dialog.materiality
    assert dialog.topic == PLACES["audit/sample"]
    for method, hint in (
        ("monetary", "The larger an amount, the likelier it is drawn."),
        ("random", "Every document is as likely as any other."),
        ("stratified", "Some of every stratum."),
    ):
        dialog.method.set_value(method)
        dialog.method.changed.emit()
        assert dialog.method_row.message == hint
        assert dialog.by_row.isVisible() is (method == "stratified")


def test_what_a_sample_comes_to_is_told_while_one_types(
    drawing: tuple[SamplingDialog, list[Any]],
) -> None:
    dialog, asked = drawing
    dialog.seed.set_value("a1")
    dialog.materiality.set_value(500_000)
    dialog.pause.timeout.emit()
    dialog.count.set_value(3)
    dialog.pause.timeout.emit()
    first, second = asked
    assert (first.stopped, second.stopped) == (True, False), "only the last is waited for"
    plan, of, days, language = second.asked
    assert (plan.seed, plan.materiality, plan.confidence, plan.size) == ("a1", 500_000, 95, 3)
    assert (of.of, of.by, language) == ("payments", "amount", "en")
    assert days == Parameters(start=date(2026, 6, 1), end=date(2026, 6, 30))
    for count, value, told in (
        (1, 9_000, "1 of 1 document would be drawn: Rp5,000 of Rp9,000."),
        (1_200, 9_000_000, "1 of 1,200 documents would be drawn: Rp5,000 of Rp9,000,000."),
    ):
        rows = (Row("All", ("", "", None, 5_000), code="total"),)
        figures = {"population": count, "drawn": 1, "population_value": value}
        second.done(SimpleNamespace(reports=(SimpleNamespace(rows=rows, figures=figures),)))
        assert (dialog.said.text(), dialog.said.property("tone")) == (told, "good")
    error = StorageError("disk-full")
    second.failed(error)
    assert dialog.said.text() == dialog.workspace.explain(error)
    assert dialog.said.property("tone") == "error"


def test_a_sample_that_is_drawn_is_shown(
    sample: SamplePart, written: list[object], around: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_with(sample, page=Shown(("S-01",), SAMPLE, paper(**ERRORS), TICKS))
    buttons(sample)["New sample"].click()
    (dialog,) = dialogs(around, SamplingDialog)
    dialog.seed.set_value("a1")
    dialog.count.set_value(3)
    asked: list[str] = []
    monkeypatch.setattr("ui.audit.sample.read", lambda _room, wanted, _l: asked.append(wanted))
    sample.ask = lambda work, *_more, **_about: work(None)  # type: ignore[method-assign]
    dialog.try_save()
    ((drawn,),) = [written]
    assert str(drawn).startswith("audit.sample(Plan(method=")
    assert str(drawn).endswith("'en', 'S-02')")
    sample.refresh()
    assert asked[-1] == "S-02"
