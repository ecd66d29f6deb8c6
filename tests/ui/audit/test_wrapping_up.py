"""Findings, their answers, the conclusion, the pack and another copy: without a book."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import file_name_for
from kwt_books.reports.model import Row, RowKind
from kwt_books.services.audit.file import Conclusion, Records
from tests.ui.audit.stand_ins import Audit, Writer, buttons, dialogs, keys, kinds, placed, tips
from tests.ui.audit.test_parts import (
    NOTED,
    WHO,
)
from tests.ui.windows import said, shown_with
from ui.audit import conclusion
from ui.audit.conclusion import FindingDialog, ReplyDialog, WrapPart
from ui.audit.room import AuditRoom
from ui.kit.file_dialog import Use
from ui.kit.workspace import Message, Workspace

# -- findings, conclusion and pack ---------------------------------------------------------------


@pytest.fixture
def wrap(room: AuditRoom, around: QWidget) -> WrapPart:
    made: WrapPart = placed(WrapPart(room), around, Writer())
    shown_with(made, page=NOTED)
    return made


def test_findings_conclusion_and_letter_are_written(
    wrap: WrapPart, written: list[object], told: list[Message], around: QWidget
) -> None:
    keys(wrap)["Ctrl+N"]()
    buttons(wrap)["New finding"].click()
    assert len(dialogs(around, FindingDialog)) == 2
    wrap.table.choose(1)
    wrap.reply_button.click()
    assert len(dialogs(around, ReplyDialog)) == 1
    wrap.conclusion.set_value("In good order")
    wrap.keep_button.click()
    assert written == ["audit.notebook.conclude('In good order',)"]
    assert [each.text for each in told] == ["The conclusion is saved."]
    keys(wrap)["Ctrl+P"]()
    buttons(wrap)["Letter of findings"].click()
    letter = ("open", "Letter of findings", "audit.letter('en',)", None)
    assert cast("Any", wrap.writer).told == [letter, letter]
    assert tips(wrap, "New finding", "Letter of findings", "Choose", "Another file") == [
        "New finding (Ctrl+N)", "Preview and print (Ctrl+P)", "Choose the other copy of the book",
        "Samples, ticks, findings and answers are kept there, never in the book.",
    ]  # fmt: skip
    assert kinds(wrap, "New finding", "Another file", "Show it all") == [
        "primary", "quiet", "quiet",
    ]  # fmt: skip
    assert wrap.conclusion.accessibleName() == "Conclusion"
    assert wrap.conclusion.placeholderText() == "The result of the audit, in your own words"


def test_a_finding_is_noted_with_its_number(
    room: AuditRoom, around: QWidget, written: list[object], told: list[Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog = FindingDialog(room, around, document="BKK-1", amount=5_000, text="No bill")
    assert (dialog.windowTitle(), dialog.save_button.text()) == ("New finding", "Note it")
    assert dialog.focusWidget() is dialog.text
    assert said(dialog).count("Optional") == 2
    dialog.advice.set_value("Keep the bills")
    found: list[tuple[Any, ...]] = []

    def find(*given: Any) -> Any:
        found.append(given)
        return SimpleNamespace(number=7)

    monkeypatch.setattr(Audit, "find", staticmethod(find), raising=False)
    dialog.try_save()
    assert found == [("No bill", "BKK-1", 5_000, "Keep the bills")]
    assert [each.text for each in told] == ["Finding 7 is noted."]


def test_an_answer_of_the_group_stands_beside_its_finding(
    room: AuditRoom, around: QWidget, written: list[object], told: list[Message]
) -> None:
    dialog = ReplyDialog(room, NOTED.findings[1], around)
    assert dialog.windowTitle() == "The group's answer to finding 2"
    assert "No receipts" in said(dialog)
    assert (dialog.answer.value(), dialog.focusWidget()) == ("We ask for them.", dialog.answer)
    dialog.answer.set_value("")
    dialog.show()
    dialog.try_save()
    assert written == [], "nothing is no answer"
    dialog.answer.set_value("We do now.")
    dialog.try_save()
    assert written == ["audit.notebook.reply(2, 'We do now.')"]
    assert [each.text for each in told] == ["The answer is noted."]


def test_what_was_typed_comes_back_for_the_same_finding_alone(
    room: AuditRoom, around: QWidget
) -> None:
    first = FindingDialog(room, around, document="BKK-1")
    assert first.drafted.isHidden()
    first.advice.set_value("Keep the bills")
    first.cancel_button.click()
    other = FindingDialog(room, around, document="BKK-2")
    assert (other.drafted.isHidden(), other.advice.value()) == (True, None)
    again = FindingDialog(room, around, document="BKK-1")
    assert (again.drafted.isHidden(), again.advice.value()) == (False, "Keep the bills")
    assert again.cancel_button.toolTip() == "Close; your draft is kept (Esc)"
    buttons(again)["Start over"].click()
    assert (again.drafted.isHidden(), again.advice.value()) == (True, None)
    assert again.document.value() == "BKK-1"
    again.cancel_button.click()
    assert FindingDialog(room, around, document="BKK-1").drafted.isHidden()


class Bars:
    """Stands for the bar behind which something takes long."""

    def __init__(self, _desk: Workspace, title: str, most: int, parent: QWidget) -> None:
        self.title, self.most, self.parent = title, most, parent

    def start(self, work: Any, done: Any, *, reads: bool = False) -> None:
        self.work, self.done, self.reads = work, done, reads


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[Bars]:
    begun: list[Bars] = []

    def begin(*given: Any) -> Bars:
        begun.append(Bars(*given))
        return begun[-1]

    monkeypatch.setattr(conclusion, "LongWork", begin)
    return begun


def test_the_pack_is_saved_where_somebody_chooses(
    wrap: WrapPart, bars: list[Bars], told: list[Message], tmp_path: Path, around: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[tuple[Any, ...]] = []
    answers = [None, tmp_path / "pack.zip"]

    def where(*given: Any) -> Path | None:
        asked.append(given)
        return answers.pop(0)

    monkeypatch.setattr(conclusion, "ask_where", where)
    shown: list[Path] = []
    monkeypatch.setattr(conclusion, "show_file", shown.append)
    wrap.until.set_value(None)
    save = buttons(wrap)["Save the pack"]
    save.click()
    assert (asked, around.focusWidget()) == ([], wrap.until)
    wrap.until.set_value(date(2026, 6, 30))
    save.click()
    name = file_name_for("Audit pack still 2026-06-30")
    assert asked == [(wrap, "Save the pack", name, [(".zip", "ZIP (*.zip)")])]
    assert bars == []
    save.click()
    (bar,) = bars
    assert (bar.title, bar.most, bar.parent, bar.reads) == (
        "Making the audit pack", 0, wrap.window(), True,
    )  # fmt: skip
    exported: list[Any] = []
    book = SimpleNamespace(export=lambda *given, **about: exported.append((given, about)))
    bar.work(book, print)
    about = {"language": "en", "progress": print, "until": date(2026, 6, 30)}
    assert exported == [(("audit", tmp_path / "pack.zip"), about)]
    bar.done(None)
    (message,) = told
    assert (message.strong, message.text, message.offer) == (
        "pack.zip is saved.", f"in {tmp_path}", "Open the folder",
    )  # fmt: skip
    assert message.act is not None
    message.act()
    assert shown == [tmp_path]
    assert wrap.until.accessibleName() == "Until"


@pytest.mark.parametrize(("verdict", "tone"), [("parted", "error"), ("same", "good")])
def test_two_copies_are_laid_beside_each_other(
    wrap: WrapPart, bars: list[Bars], tmp_path: Path, verdict: str, tone: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[tuple[Any, ...]] = []

    def which(*given: Any) -> list[Path]:
        asked.append(given)
        return [tmp_path / "other.kwt"]

    monkeypatch.setattr(conclusion, "ask_which", which)
    wrap.show_comparison()
    assert (wrap.compared.isHidden(), wrap.all_button.isHidden()) == (True, True)
    buttons(wrap)["Choose"].click()
    pattern = "Books (*.kwt);;All files (*)"
    assert asked == [(wrap, "Another copy of the book", pattern, Use.BOOK)]
    (bar,) = bars
    assert (bar.title, bar.most) == ("Comparing the books", 1_000)
    compared: list[Any] = []
    counted: list[int] = []

    def compare(other: Path, language: str, tell: Any) -> None:
        compared.append((other, language))
        for passed, total in ((0, 4), (1, 4), (4, 4), (0, 0)):
            tell(passed, total)

    bar.work(SimpleNamespace(compare=compare), counted.append)
    assert (compared, counted) == ([(tmp_path / "other.kwt", "en")], [0, 250, 1_000, 0])
    rows = (Row("They part at 7.", kind=RowKind.NOTE), Row("more", kind=RowKind.NOTE),
            Row("here: BKK-1", code="parting-here"), Row("there: BKK-2", code="parting-there"),
            Row("line", code="x"))  # fmt: skip
    report = SimpleNamespace(parameters={"verdict": verdict}, rows=rows)
    pack = SimpleNamespace(reports=(report,))
    bar.done(pack)
    assert wrap.compared.text == "They part at 7.\nhere: BKK-1\nthere: BKK-2"
    assert wrap.compared.property("tone") == tone
    assert (wrap.compared.isHidden(), wrap.all_button.isHidden()) == (False, False)
    wrap.all_button.click()
    assert cast("Any", wrap.writer).told == [("open", "Two books side by side", pack, None)]


def test_a_file_that_is_broken_is_told_in_place_of_findings(
    wrap: WrapPart, around: QWidget
) -> None:
    error = StorageError("disk-full")
    wrap.ask = lambda _work, _done, failed, **_about: failed(error)  # type: ignore[method-assign]
    wrap.refresh()
    assert wrap.records is None
    assert wrap.broken.isVisibleTo(around)
    assert wrap.workspace.explain(error) in said(wrap.broken)
    assert (wrap.finding, wrap.file.text()) == (None, f"Kept in {wrap.room.file.name}, beside the"
                                                      " book")  # fmt: skip
    wrap.reply()
    assert dialogs(around, ReplyDialog) == []
    empty = Records(format=1, book="0" * 64, conclusion=Conclusion(text="x", **WHO))
    shown_with(wrap, page=empty)
    assert wrap.nothing.isVisibleTo(around)
    assert not wrap.broken.isVisibleTo(around)


def test_a_dialog_is_as_high_as_its_fields_and_keeps_them_at_the_top(
    room: AuditRoom, around: QWidget
) -> None:
    dialog = FindingDialog(room, around)
    dialog.show()
    QApplication.processEvents()
    fields = dialog.text, dialog.document, dialog.amount, dialog.advice
    assert all(each.visibleRegion().boundingRect().height() == each.height() for each in fields)

    def places() -> list[int]:
        return [each.mapTo(dialog, each.rect().topLeft()).y() for each in fields]

    before, width = places(), dialog.width()
    dialog.resize(width, dialog.height() + 300)
    QApplication.processEvents()
    assert places() == before
    assert dialog.save_button.mapTo(dialog, dialog.save_button.rect().bottomLeft()).y() > before[-1]
