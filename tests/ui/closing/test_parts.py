"""How the card of a close shows the parts of the funds and the result."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import AccountType
from kwt_books.domain.values import Month
from kwt_books.reports.context import Parameters
from tests.ui.painted import painted
from tests.ui.windows import let_go, said
from ui.closing.closed import PartBar, PreviewCard, result_asked
from ui.closing.form import CloseSums, LastStep
from ui.kit.card import Note
from ui.kit.look import UiContext


def test_a_part_is_painted_with_a_bar_of_its_share(english: UiContext, qtbot: QtBot) -> None:
    bar = PartBar(english)
    qtbot.addWidget(bar)
    bar.resize(400, bar.sizeHint().height())
    for percent, most, length in ((25, 50, 200), (50, 50, 400), (0, 0, 0), (10, 30, 133)):
        bar.show_part("Reserve", percent, 1_250_000, most)
        drawn = painted(bar, english.theme).drawn
        amount, share, name, track, part = drawn
        assert [each.what for each in drawn[:3]] == [
            "1,250,000", english.formats.percent(10 * percent), "Reserve"
        ]  # fmt: skip
        assert [each.color for each in drawn] == ["text", "text2", "text", "grid", "accent"]
        assert [each.font.bold() for each in drawn[:3]] == [True, False, False]
        assert amount.place.right() > share.place.right() > name.place.right()
        assert (track.place.width(), part.place.width()) == (400, length)
        assert track.place.top() == part.place.top() > name.place.bottom()
        assert bar.rect().contains(track.place)
        assert bar.accessibleName() == f"Reserve, {percent}%: Rp1,250,000"


def test_the_card_tells_income_and_costs_and_what_else_there_is(
    english: UiContext, qtbot: QtBot
) -> None:
    for closed, title, below in (
        (False, "If June is closed", "Provisional, not recorded"),
        (True, "June is closed", "Recorded and settled"),
    ):
        card = PreviewCard(english, closed=closed)
        qtbot.addWidget(card)
        card.show_sums("May", CloseSums(1, 1, {AccountType.TAX: 5, AccountType.OTHER: 6}))
        card.show_sums("June", CloseSums(-700, 0, {AccountType.INCOME: 300, AccountType.COST: -1}))
        let_go()
        assert said(card)[:2] == [title, below]
        lines = said(card)
        first = lines.index("What was sold")
        assert lines[first : first + 6] == [
            "What was sold", "300", "Cost of what was sold", "−1", "Running costs", "0"
        ]  # fmt: skip
        assert not {"Tax", "Other"} & {*lines}
        assert (card.result_title.text(), card.result.text()) == ("Loss", "−Rp700")
        assert card.result.property("tone") == "error"
        assert card.note.isHidden() is closed
        card.show_sums("June", CloseSums(0, 0, {AccountType.OTHER: -3}))
        let_go()
        assert {"Profit", "Other", "−3"} <= {*said(card)}
        assert card.result.property("tone") == ""


@pytest.mark.parametrize("may", [True, False])
def test_the_last_step_says_what_the_close_will_do(
    english: UiContext, qtbot: QtBot, may: bool
) -> None:
    step = LastStep(english, "June", may=may)
    qtbot.addWidget(step)
    texts = " ".join(each.text for each in step.findChildren(Note))
    assert "Close June?" in said(step)
    assert "After this the month is locked. Nothing dated in it can be recorded" in texts
    assert "Statements, notes, books and the minutes of the allocation" in texts
    assert ("The chair closes the month. What was prepared here is kept." in texts) is not may
    for lines in ([("Profit", "Rp5"), ("Shared", "Rp3")], [("Loss", "Rp7")]):
        step.show_summary(lines)
        let_go()
        flat = [each for line in lines for each in line]
        assert [each for each in said(step) if each in flat] == flat
    step.show_along("May")
    step.show_open(2)
    assert step.along_note.text == "May too. Their profit is shared with it."
    assert step.open_note.text == (
        "2 things in the first step still need a look. You may close anyway."
    )
    step.show_open(1)
    assert step.open_note.text.startswith("1 thing in the first step still needs")
    for note, show in ((step.along_note, step.show_along), (step.open_note, step.show_open)):
        assert (note.property("tone"), note.isHidden()) == ("warn", False)
        show("" if note is step.along_note else 0)  # type: ignore[arg-type]
        assert note.isHidden()


def test_a_close_of_several_months_is_asked_for_by_its_days() -> None:
    may, june = Month("2026-05"), Month("2026-06")
    assert result_asked(june, june) == Parameters(month=june)
    days = {"start": date(2026, 5, 1), "end": date(2026, 6, 30)}
    assert result_asked(may, june) == Parameters(**days)  # type: ignore[arg-type]


def test_the_card_shows_each_fund_once(english: UiContext, qtbot: QtBot) -> None:
    card = PreviewCard(english)
    qtbot.addWidget(card)
    for parts in ({"a": 40}, {"a": 40, "b": 60}):
        card.show_parts({"a": "Reserve"}, {"a": 40, "b": 60}, parts, "Decision 1")
        let_go()
        bars = card.findChildren(PartBar)
        told = [each.accessibleName() for each in bars]
        assert told == ["Reserve, 40%: Rp40", "b, 60%: Rp60"][: len(parts)]
    card.resize(400, 600)
    card.show()
    assert bars[0].y() < bars[1].y()
    part = painted(bars[0], english.theme).drawn[-1]
    assert part.place.width() == bars[0].width() * (1000 * 40 // 60) // 1000
    assert card.basis.text() == "Decision 1"
    card.show_parts({}, {}, {}, "")
    let_go()
    assert card.findChildren(PartBar) == []
    assert card.basis.isHidden()
