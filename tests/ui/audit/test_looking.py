"""What looks odd, a paper beside the book and the check of it: what each leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import StorageError
from kwt_books.domain.values import Month
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Ref, RefKind, Row
from kwt_books.services.audit.paper_check import Verdict
from tests.ui.audit.stand_ins import buttons, dialogs, keys, kinds, placed, tips
from tests.ui.audit.test_parts import (
    DAY,
    oddities,
)
from tests.ui.windows import said, shown_with
from ui.audit import exceptions
from ui.audit import paper as paper_module
from ui.audit.conclusion import FindingDialog, WrapPart
from ui.audit.confirmations import (
    ConfirmPart,
)
from ui.audit.exceptions import DIGITS, ExceptionsPart
from ui.audit.paper import Compared, PaperPart
from ui.audit.room import AuditRoom
from ui.audit.sample import SamplePart
from ui.audit.verify import VerifyPart
from ui.kit.file_dialog import Use
from ui.kit.table import Cell

# -- what looks odd ------------------------------------------------------------------------------


@pytest.fixture
def odd(room: AuditRoom, around: QWidget) -> ExceptionsPart:
    made: ExceptionsPart = placed(ExceptionsPart(room), around)
    shown_with(made, page=oddities())
    return made


def test_what_looks_odd_leads_to_findings_limits_and_paper(
    odd: ExceptionsPart, around: QWidget, went: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[tuple[Any, ...]] = []
    monkeypatch.setattr(exceptions, "show_paper", lambda *given: papers.append(given))
    assert tips(odd, "Thresholds", "Note a finding") == [
        "When something counts as odd", "Note a finding (Ctrl+N)",
    ]  # fmt: skip
    assert kinds(odd, "Thresholds", "Note a finding") == ["quiet", "quiet"]
    buttons(odd)["Thresholds"].click()
    assert went == ["settings/exceptions"]
    odd.table.select(0)
    keys(odd)["Ctrl+N"]()
    buttons(odd)["Note a finding"].click()
    found = [(each.document.value(), each.amount.value(), each.text.value())
             for each in dialogs(around, FindingDialog)]  # fmt: skip
    assert found == [("BKK-9", 500_000, "Soil: bought for a round sum")] * 2
    asked: list[tuple[Any, ...]] = []
    book = SimpleNamespace(pack=lambda *given: asked.append(given))
    monkeypatch.setattr(exceptions, "thresholds_of", lambda _desk: lambda _book: Thresholds())
    odd.paper_button.click()
    workspace, title, make, window = papers[0]
    make(book)
    assert (workspace, title, window) == (odd.workspace, "What looks odd", odd.window())
    wanted = Parameters(month=odd.workspace.month, thresholds=Thresholds())
    assert asked == [("exceptions", wanted, "en")]


def test_the_whole_book_or_the_month_is_looked_at(
    odd: ExceptionsPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exceptions, "thresholds_of", lambda _desk: lambda _book: Thresholds())
    newest = SimpleNamespace(lines=[SimpleNamespace(day=date(2026, 9, 3))])
    asked: list[Parameters] = []
    book = SimpleNamespace(
        report=lambda _name, wanted, _language: asked.append(wanted), language="id",
        read_in=lambda *_: newest,
    )  # fmt: skip
    odd.ask = lambda work, *_more, **_about: work(book)  # type: ignore[method-assign]
    odd.workspace.show_month("2026-06")
    for span, follows in (("month", True), ("book", False)):
        odd.span.choose(span)
        odd.refresh()
        assert odd.follows_month() is follows
    newest.lines = []
    odd.refresh()
    odd.workspace.show_month("2026-12")
    newest.lines = [SimpleNamespace(day=date(2026, 9, 3))]
    odd.refresh()
    sight = Thresholds()
    assert list(dict.fromkeys(asked)) == [
        Parameters(month=Month("2026-06"), thresholds=sight),
        Parameters(end=date(2026, 9, 30), thresholds=sight),
        Parameters(end=date(2026, 6, 30), thresholds=sight),
        Parameters(end=date(2026, 12, 31), thresholds=sight),
    ]
    assert not odd.shows_notes()


def test_a_rule_stays_chosen_and_its_first_find_is_selected(odd: ExceptionsPart) -> None:
    assert (odd.list.key, odd.table.key) == ("round", 0)
    odd.table.select(1)
    shown_with(odd, page=oddities())
    assert odd.table.key == 1
    odd.list.choose(DIGITS)
    assert odd.selected is None
    odd.list.choose("odd-hours")
    assert odd.nothing.isVisibleTo(odd)
    assert not odd.table.isVisibleTo(odd)


# -- a paper beside the book ---------------------------------------------------------------------


@pytest.fixture
def beside(room: AuditRoom, around: QWidget) -> PaperPart:
    made: PaperPart = placed(PaperPart(room), around)
    return made


@pytest.fixture
def looked(beside: PaperPart, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is looked up: the paper, the month, and the answers that wait."""
    begun: list[Any] = []
    monkeypatch.setattr(paper_module, "compare", lambda _room, *given: given)

    def run(work: Any, done: Any, failed: Any, *, settled: Any, **_about: Any) -> None:
        begun.append(SimpleNamespace(asked=work(None), done=done, failed=failed, settled=settled))

    monkeypatch.setattr(beside.workspace.tasks, "run", run)
    return begun


def test_a_paper_is_looked_up_by_code_or_file(
    beside: PaperPart, looked: list[Any], tmp_path: Path, around: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert beside.note.isHidden(), "nothing was asked yet"
    beside.look_up()
    assert (beside.code_row.message, looked) == ("Fill this in", [])
    beside.code.setText("  KWT:1  ")
    beside.look_button.click()
    assert (looked[0].asked, beside.look_button.isEnabled()) == (("KWT:1", "en", None), False)
    assert beside.code_row.message == ""
    looked[0].settled()
    assert beside.look_button.isEnabled()
    error = StorageError("disk-full")
    looked[0].failed(error)
    assert beside.code_row.message == beside.workspace.explain(error)
    looked[0].done(compared(figure("Cash", 1, 1)))
    assert beside.figures.isVisibleTo(around)
    looked[0].failed(error)
    assert (beside.figures.isVisibleTo(around), beside.note.isHidden()) == (False, True)
    assert beside.compared is None
    assert around.focusWidget() is beside.code
    asked: list[tuple[Any, ...]] = []
    path = tmp_path / "paper.pdf"

    def which(*given: Any) -> list[Path]:
        asked.append(given)
        return [path]

    monkeypatch.setattr(paper_module, "ask_which", which)
    beside.file_button.click()
    pattern = "PDF or Excel (*.pdf *.xlsx)"
    assert asked == [(beside, "A printed paper's file", pattern, Use.PAPER)]
    assert (looked[-1].asked, beside.code.text()) == ((path, "en", None), "")
    beside.code.returnPressed.emit()
    assert len(looked) == 2, "nothing was typed"
    assert beside.file_button.toolTip() == (
        "A PDF or Excel file of the paper; it may also be dropped here"
    )
    assert kinds(beside, "Compare with the book", "Open its PDF") == ["primary", "default"]


class Dragged:
    """Stands for a file that is dragged over the page."""

    def __init__(self, mime: QMimeData) -> None:
        self._mime, self.taken = mime, False

    def mimeData(self) -> QMimeData:  # noqa: N802 - Qt's name
        return self._mime

    def acceptProposedAction(self) -> None:  # noqa: N802 - Qt's name
        self.taken = True


def test_a_paper_s_file_is_dropped(beside: PaperPart, looked: list[Any], tmp_path: Path) -> None:
    for name, taken in (("a.PDF", True), ("a.xlsx", True), ("a.txt", False)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        event = Dragged(mime)
        beside.dragEnterEvent(cast("QDragEnterEvent", event))
        assert event.taken is taken
    beside.dragEnterEvent(cast("QDragEnterEvent", Dragged(QMimeData())))
    beside.dropEvent(cast("QDropEvent", event))
    assert looked[-1].asked == (tmp_path / "a.txt", "en", None)
    assert beside.acceptDrops()


def figure(name: str, then: int, now: int) -> Row:
    return Row(name, ("", "", then, now, now - then), code=name)


def compared(*figures: Row, verdict: Verdict = Verdict.CONTAINED, month: str | None = "2026-06",
             since: tuple[Row, ...] = (), entry: Row | None = None) -> Compared:  # fmt: skip
    wanted = Month(month) if month else None
    return Compared(verdict, ("One.", "Two."), wanted, entry, figures, since)


def test_figures_of_a_paper_stand_beside_those_of_today(
    beside: PaperPart, looked: list[Any], around: QWidget
) -> None:
    beside.code.setText("KWT:1")
    beside.look_up()
    show = looked[0].done
    show(compared(figure("Cash", 5_000, 5_000)))
    assert beside.note.text == "The paper still agrees with the book. One.\nTwo."
    assert beside.note.property("tone") == "good"
    assert beside.entry_button.isHidden()
    assert "Figures of June 2026" in said(beside)
    assert "Nothing that affects June 2026 or earlier." in said(beside)
    assert beside.since.isHidden()
    late = Row("Seeds", ("BKK-9", DAY, None, 25_000, None), code="x")
    show(compared(figure("Cash", 5_000, 4_000), figure("Bank", 1, 1), since=(late,)))
    assert beside.note.text.startswith("The paper was right when it was printed; its month has")
    first, second = (each.cells for each in beside.figures.list_model.rows)
    assert [(each.text, each.tone, each.bold, each.icon) for each in first] == [
        ("Cash", "warn", False, "warning"), ("5,000", "", False, ""), ("4,000", "", True, ""),
        ("−1,000", "warn", True, ""),
    ]  # fmt: skip
    assert [(each.tone, each.bold, each.icon) for each in second] == [("", False, "")] * 4
    (line,) = beside.since.list_model.rows
    assert (line.key, line.cells) == (
        "BKK-9", (Cell("Seeds", "BKK-9 · 05/06/2026"), Cell("25,000", bold=True)),
    )  # fmt: skip
    assert "Dated June 2026 or before, and recorded after the paper." in said(beside)
    show(compared(verdict=Verdict.UNKNOWN))
    assert beside.note.text.startswith("The paper and the book differ.")
    assert beside.note.property("tone") == "error"
    assert not beside.figures.isVisibleTo(around)


@pytest.mark.parametrize(
    ("verdict", "number", "offered"),
    [(Verdict.CONTAINED, Ref(RefKind.DOCUMENT, "BKK-1"), True),
     (Verdict.CONTAINED, "Setup", False), (Verdict.UNKNOWN, Ref(RefKind.DOCUMENT, "BKK-1"), False)],
)  # fmt: skip
def test_the_last_entry_of_a_paper_is_shown(
    beside: PaperPart, looked: list[Any], went: list[str], verdict: Verdict, number: str,
    offered: bool,
) -> None:  # fmt: skip
    beside.code.setText("KWT:1")
    beside.look_up()
    entry = Row("Seeds & soil", (number, DAY, None, 5, None), code="entry")
    looked[0].done(compared(figure("Cash", 1, 1), entry=entry, verdict=verdict))
    button = beside.entry_button
    assert (button.text(), not button.isHidden()) == (f"Show {number}", offered)
    assert "Seeds & soil" in button.toolTip().replace("&amp;", "&")
    button.click()
    assert went == [f"journal/{number}"]


def test_a_paper_is_compared_month_by_month(beside: PaperPart, looked: list[Any]) -> None:
    beside.step_month(1)
    assert looked == []
    beside.code.setText("KWT:1")
    beside.look_up()
    looked[0].done(compared(month=None))
    beside.step_month(1)
    assert len(looked) == 1, "a paper of no month"
    looked[0].done(compared())
    buttons(beside)["Previous month"].click()
    buttons(beside)["Next month"].click()
    beside.refresh()
    assert [each.asked[2] for each in looked[1:]] == ["2026-05", "2026-07", "2026-06"]
    looked[0].done(compared(month="1900-01"))
    before = len(looked)
    beside.step_month(-1)
    assert len(looked) == before, "no book is as old"


def test_a_paper_that_is_not_known_leads_on(beside: PaperPart, went: list[str]) -> None:
    for name in ("Check the book", "Compare with another copy"):
        buttons(beside)[name].click()
    assert went == ["audit/verify", "audit/wrap"]
    assert kinds(beside, "Check the book", "Compare with another copy") == ["primary", "default"]


# -- the check of the book -----------------------------------------------------------------------


def test_a_check_is_begun_by_its_key(
    room: AuditRoom, around: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    part: VerifyPart = placed(VerifyPart(room), around)
    begun: list[Any] = []
    monkeypatch.setattr(part.workspace.tasks, "long", lambda *given, **_about: begun.append(given))
    assert part.run_button.toolTip() == "Check now (F5)"
    assert kinds(part, "Check now", "Stop") == ["primary", "quiet"]
    keys(part)["F5"]()
    counted: list[int] = []

    def verify(tell: Any) -> tuple[Any, ...]:
        for passed, total in ((1, 4), (4, 4), (0, 0)):
            tell(passed, total)
        return (SimpleNamespace(passed=False),)

    book = cast("Book", SimpleNamespace(verify=verify))
    begun[0][0](book, counted.append)
    assert counted == [250, 1_000, 0]


# -- lists ---------------------------------------------------------------------------------------

LISTS = {
    "figures": (PaperPart, 0, (1, 2, 3)), "since": (PaperPart, 0, (1,)),
    "list": (ExceptionsPart, 0, (1,)), "lines": (ConfirmPart, 0, (1, 2)),
    SamplePart: (SamplePart, 1, (2,)), ExceptionsPart: (ExceptionsPart, 1, (2,)),
    ConfirmPart: (ConfirmPart, 1, (2, 3)), WrapPart: (WrapPart, 1, (3,)),
    VerifyPart: (VerifyPart, 0, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_words_have_the_room_and_figures_stand_at_the_right(
    room: AuditRoom, around: QWidget, name: Any
) -> None:
    made, words, figures = LISTS[name]
    table = getattr(placed(made(room), around), name if isinstance(name, str) else "table")
    head, model, columns = table.horizontalHeader(), table.model(), table.model().columnCount()
    stretched = head.ResizeMode.Stretch
    assert [at for at in range(columns) if head.sectionResizeMode(at) == stretched] == [words]
    across, aligned = Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    ends = [model.headerData(at, across, aligned) for at in range(columns)]
    right = [at for at, each in enumerate(ends) if each & Qt.AlignmentFlag.AlignRight]
    assert right == list(figures)
