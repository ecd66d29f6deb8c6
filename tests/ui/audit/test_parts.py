"""What samples, oddities and findings look like that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.sampling import Method
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.services.audit.file import Conclusion, Finding, Item, Records, SampleRecord, Tick
from kwt_books.services.audit.sampling import AGREES, DIFFERS, MISSING, PAYMENTS
from tests.ui.painted import painted
from tests.ui.windows import shown_with
from ui.audit.conclusion import WrapPart
from ui.audit.exceptions import DIGITS, DigitChart, ExceptionsPart, Share
from ui.audit.room import AuditRoom
from ui.audit.sample import SamplePart, Shown, TickPanel
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

DAY, AT = date(2026, 6, 5), "2026-07-01T09:00:00+07:00"
WHO: dict[str, Any] = {"at": AT, "by": "Dwi"}


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def room(workspace: Workspace, around: QWidget) -> AuditRoom:
    return AuditRoom(workspace, around)


def placed(part: Any, around: QWidget) -> Any:
    part.setParent(around)
    return part


# -- one document of a sample --------------------------------------------------------------------


def test_an_outcome_is_pressed_with_what_the_paper_says(ui: UiContext, qtbot: QtBot) -> None:
    panel, told = TickPanel(ui), list[tuple[str, object, str]]()
    qtbot.addWidget(panel)
    panel.ticked.connect(lambda *given: told.append(given))
    panel.show_document("BKK-1", "Seeds", 75_000, None)
    assert (panel.number.text(), panel.text.text(), panel.amount.text(), panel.state.text()) == (
        "BKK-1", "Seeds", "Rp75,000", "",
    )  # fmt: skip
    panel.buttons[DIFFERS].click()
    assert (told, panel.audited_row.message) == ([], "What does the paper say?")
    panel.note.setText("Bill 7")
    panel.audited.set_value(70_000)
    assert panel.difference() == 5_000
    for outcome in (DIFFERS, AGREES, MISSING):
        panel.buttons[outcome].click()
    assert told == [(DIFFERS, 70_000, "Bill 7"), (AGREES, None, "Bill 7"),
                    (MISSING, None, "Bill 7")]  # fmt: skip
    panel.show_document("BKK-1", "Seeds", 75_000, None)
    assert panel.note.text() == "Bill 7", "shown again, what is being typed stays"
    assert panel.audited_row.message == "Only if it differs"
    tick = Tick(sample="S-01", document="BKK-2", outcome=DIFFERS, audited=60_000, note="n", **WHO)
    panel.show_document("BKK-2", "Soil", 61_000, tick)
    assert (panel.audited.value(), panel.note.text()) == (60_000, "n")
    moment = ui.formats.date_time(datetime.fromisoformat(AT))
    assert panel.state.text() == f"Checked {moment} by Dwi"
    panel.show_document("BKK-3", "Pots", 5, None)
    assert (panel.audited.value(), panel.note.text(), panel.difference()) == (None, "", 5)


SAMPLE = SampleRecord(
    name="S-01", method=Method.MONETARY, of=PAYMENTS, by="amount", start=DAY, end=date(2026, 6, 30),
    seed="a1", materiality=500_000, confidence=95, count=1_200, value=9_000_000, head="0" * 64,
    items=(Item(document="BKK-1", amount=75_000, hits=2), Item(document="BKK-2", amount=60_000),
           Item(document="BKK-3", amount=5)), at=AT, drawn_by="Dwi",
)  # fmt: skip
TICKS = {
    "BKK-1": Tick(sample="S-01", document="BKK-1", outcome=DIFFERS, audited=70_000, note="Bill 7",
                  **WHO),
    "BKK-3": Tick(sample="S-01", document="BKK-3", outcome=MISSING, **WHO),
}  # fmt: skip


def paper(**figures: int) -> Report:
    columns = tuple(Column(str(n), str(n), ColumnType.TEXT) for n in range(4))
    lines = [Row(f"text {each.document}", ("", "", DAY, each.amount), code=each.document)
             for each in SAMPLE.items]  # fmt: skip
    rows = (Row("Sample", kind=RowKind.SECTION), *lines)
    return Report("sample", "Sample", columns, rows, figures=figures)


@pytest.fixture
def sample(room: AuditRoom, around: QWidget) -> SamplePart:
    made: SamplePart = placed(SamplePart(room), around)
    return made


ERRORS = {"errors": 1, "error_found": 5_000, "error_likely": 90_000}


def test_a_sample_tells_how_it_was_drawn_and_what_was_found(sample: SamplePart) -> None:
    shown_with(sample, page=Shown(("S-01", "S-02"), SAMPLE, paper(**ERRORS), TICKS))
    assert sample.about.text() == (
        "Payments: what went out · Monetary units · 05/06/2026–30/06/2026 · 3 of 1,200 documents"
        " · materiality Rp500,000 at 95% · seed a1"
    )
    assert [each.cells for each in sample.table.list_model.rows] == [
        (
            Cell("BKK-1", "05/06/2026", bold=True),
            Cell("text BKK-1", "drawn 2 times · according to the paper Rp70,000 · Bill 7"),
            Cell("75,000"), Cell("Differs", icon="warning-circle-fill", tone="warn"),
        ),
        (
            Cell("BKK-2", "05/06/2026", bold=True), Cell("text BKK-2", ""), Cell("60,000"),
            Cell("Not examined", icon="square", tone="quiet"),
        ),
        (
            Cell("BKK-3", "05/06/2026", bold=True), Cell("text BKK-3", ""), Cell("5"),
            Cell("Paper missing", icon="x-circle-fill", tone="error"),
        ),
    ]  # fmt: skip
    assert sample.result.text() == (
        "2 of 3 examined. Errors: 1, Rp5,000; most likely in total Rp90,000."
    )
    assert (sample.which.value(), sample.which.count()) == ("S-01", 2)
    assert sample.panel.number.text() == "BKK-1", "the first one is selected"
    sample.table.choose("BKK-2")
    assert (sample.panel.number.text(), sample.panel.amount.text()) == ("BKK-2", "Rp60,000")


def test_how_much_may_be_wrong_is_told_once_all_were_examined(sample: SamplePart) -> None:
    agrees = Tick(sample="S-01", document="BKK-2", outcome=AGREES, **WHO)
    report = paper(**ERRORS, error_at_most=400_000)
    for ticks, told in ((TICKS, False), ({**TICKS, "BKK-2": agrees}, True)):
        shown_with(sample, page=Shown(("S-01",), SAMPLE, report, ticks))
        assert sample.result.text().endswith("Not more than Rp400,000.") is told
    shown_with(sample, page=Shown(("S-01",), replace(SAMPLE, materiality=0, of="1101", count=1),
                                  report, {}))  # fmt: skip
    assert sample.result.text() == "0 of 3 examined."
    assert "materiality" not in sample.about.text()
    assert sample.about.text().startswith("1101")
    assert "3 of 1 document · seed" in sample.about.text()


def test_the_next_open_document_follows_the_one_ticked_off(
    sample: SamplePart, room: AuditRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "write", lambda _work, done, **_more: done(None))
    for chosen, ticks, following in (
        ("BKK-1", {}, "BKK-2"), ("BKK-2", {}, "BKK-3"), ("BKK-3", {}, "BKK-1"),
        ("BKK-1", TICKS, "BKK-2"), ("BKK-2", TICKS, "BKK-2"),
    ):  # fmt: skip
        asked = Shown(("S-01",), SAMPLE, paper(**ERRORS), ticks)
        shown_with(sample, page=asked)
        sample.table.choose(chosen)
        sample.tick(AGREES, None, "")
        shown_with(sample, page=asked)
        assert sample.table.key == following, chosen


# -- what looks odd ------------------------------------------------------------------------------


def oddities(verdict: str = "Fits.") -> Report:
    columns = tuple(Column(str(n), str(n), ColumnType.TEXT) for n in range(6))

    def section(title: str) -> Row:
        return Row(title, kind=RowKind.SECTION)

    def note(text: str) -> Row:
        return Row(text, kind=RowKind.NOTE)

    rows = (
        section("Rules"), Row("Rounds", code="round"), Row("Nights", code="odd-hours"),
        section("Round sums"), note("Costs are seldom round."),
        Row("Soil: bought for a round sum", ("BKK-9", DAY, 500_000, None, None, None)),
        Row("No document", (None, DAY, None, None, None, None)),
        section("At night"), note("Books are seldom kept at night."),
        section("First digits"), note("Benford."),
        Row("1", (None, None, None, 40, 400, 301), code="digit-1"),
        Row("2", (None, None, None, 17, 170, 176), code="digit-2"),
        *([note(verdict)] if verdict else []),
    )  # fmt: skip
    return Report("exceptions", "Odd", columns, rows, period="June 2026")


@pytest.fixture
def odd(room: AuditRoom, around: QWidget) -> ExceptionsPart:
    made: ExceptionsPart = placed(ExceptionsPart(room), around)
    shown_with(made, page=oddities())
    return made


def test_each_rule_tells_what_it_found(odd: ExceptionsPart) -> None:
    assert odd.period.text() == "June 2026 · 2 questions"
    assert [each.cells for each in odd.list.list_model.rows] == [
        (Cell("Round sums", icon="question"), Cell("2", tone="warn", badge=True)),
        (Cell("At night", icon="check", tone="quiet"), Cell("0", tone="quiet")),
        (Cell("First digits", icon="chart-bar"), Cell()),
    ]  # fmt: skip
    assert (odd.title.text(), odd.why.text()) == ("Round sums", "Costs are seldom round.")
    assert [each.cells for each in odd.table.list_model.rows] == [
        (Cell("BKK-9", "05/06/2026", bold=True), Cell("Soil", "bought for a round sum"),
         Cell("500,000")),
        (Cell("05/06/2026"), Cell("No document"), Cell("")),
    ]  # fmt: skip
    assert odd.selected is not None
    assert (odd.selected.document, odd.selected.amount, odd.selected.day) == ("BKK-9", 500_000, DAY)
    wanted: list[str] = []
    odd.workspace.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    for place in (0, 1):
        odd.table.select(place)
        odd.table.opened.emit(place)
    assert wanted == ["journal/BKK-9"], "the other is about no document"


def test_a_rule_that_found_nothing_says_so_and_digits_are_drawn(odd: ExceptionsPart) -> None:
    assert not odd.finding_button.isHidden()
    odd.list.choose("odd-hours")
    assert (odd.finding_button.isHidden(), odd.nothing.isHidden()) == (True, False)
    odd.new_finding()
    odd.list.choose(DIGITS)
    assert odd.verdict.text() == "Fits."
    assert odd.rules[-1].shares == (Share("1", 40, 400, 301), Share("2", 17, 170, 176))
    assert not odd.chart.isHidden()
    shown_with(odd, page=oddities(verdict=""))
    assert odd.list.key == DIGITS, "stays chosen"
    assert odd.rules[-1].verdict == ""


def test_a_digit_that_stands_out_is_marked(ui: UiContext, qtbot: QtBot) -> None:
    chart = DigitChart(ui)
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    shares = [Share("1", 1, 331, 301), Share("2", 2, 332, 301), Share("3", 3, 270, 301)]
    assert [each.stands_out for each in shares] == [False, True, True]
    chart.show_shares("First digits", shares)
    labels = [each.what for each in painted(chart, ui.theme).drawn if "%" in each.what]
    assert len(labels) > 1, "lines of so many percent"
    texts = [each for each in painted(chart, ui.theme).texts if each[0][:1] in "123"]
    assert texts[-3:] == [("1", "text2"), ("2 !", "amber"), ("3 !", "amber")]
    percent = ui.formats.percent_fixed
    assert chart.describe(0) == (
        f"Begins with 1: 1 document, {percent(331)}; expected {percent(301)}"
    )
    assert chart.describe(2).startswith("Begins with 3: 3 documents, ")


def test_another_file_is_used_from_now_on(room: AuditRoom, workspace: Workspace) -> None:
    told: list[str] = []
    room.written.connect(lambda: told.append("written"))
    workspace.thresholds_changed.connect(lambda: told.append("thresholds"))
    mine = workspace.book.parent / "mine.kwt-audit"
    room.use(mine)
    assert (room.file, sorted(told)) == (mine, ["thresholds", "written"])


# -- findings and conclusion ---------------------------------------------------------------------

FINDING = Finding(number=1, text="Cash was not counted", document="BKK-1", amount=0,
                  advice="Count it together", **WHO)  # fmt: skip
BARE = Finding(number=2, text="No receipts", answer="We ask for them.", **WHO)
NOTED = Records(format=1, book="0" * 64, findings=(FINDING, BARE),
                conclusion=Conclusion(text="In order", **WHO))  # fmt: skip


@pytest.fixture
def wrap(room: AuditRoom, around: QWidget) -> WrapPart:
    made: WrapPart = placed(WrapPart(room), around)
    return made


def test_findings_stand_with_their_advice_or_answer(wrap: WrapPart) -> None:
    shown_with(wrap, page=replace(NOTED, findings=(), conclusion=None))
    assert (wrap.nothing.isHidden(), wrap.reply_button.isEnabled()) == (False, False)
    assert wrap.finding is None
    shown_with(wrap, page=NOTED)
    assert [each.cells for each in wrap.table.list_model.rows] == [
        (Cell("1", tone="quiet"), Cell("Cash was not counted", "Count it together", bold=True),
         Cell("BKK-1", tone="quiet"), Cell("0")),
        (Cell("2", tone="quiet"),
         Cell("No receipts", "The group's answer: We ask for them.", bold=True),
         Cell("", tone="quiet"), Cell("")),
    ]  # fmt: skip
    assert (wrap.reply_button.isEnabled(), wrap.finding) == (True, FINDING)
    wanted: list[str] = []
    wrap.workspace.place_wanted.connect(lambda there: wanted.append(there.part))
    for number in (1, 2):
        wrap.table.choose(number)
        wrap.table.opened.emit(number)
    assert (wanted, wrap.finding) == (["BKK-1"], BARE)


def test_a_conclusion_is_filled_in_unless_another_is_being_typed(wrap: WrapPart) -> None:
    shown_with(wrap, page=NOTED)
    assert wrap.conclusion.value() == "In order"
    later = replace(NOTED, conclusion=Conclusion(text="In good order", **WHO))
    shown_with(wrap, page=later)
    assert wrap.conclusion.value() == "In good order", "written by another window"
    wrap.conclusion.set_value("Being typed")
    shown_with(wrap, page=NOTED)
    assert wrap.conclusion.value() == "Being typed"
    book = wrap.workspace.book
    assert wrap.file.text() == f"Kept in {wrap.room.file.name}, beside the book"
    wrap.room.use(book.parent.parent / "elsewhere.kwt-audit")
    shown_with(wrap, page=NOTED)
    assert wrap.file.text() == f"Kept in {wrap.room.file}"
