"""Inputs of several fields and what is said of them: shares, a passphrase, and messages by path."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import FUNDS, Account, AccountType, Side
from kwt_books.domain.values import share_out
from tests.ui.painted import painted
from tests.ui.windows import said
from ui.kit.card import Icon, Note
from ui.kit.composite import RowComposite
from ui.kit.field import CountField, FieldRow, TextField
from ui.kit.look import UiContext
from ui.kit.messages import Message, Messages, at_line, is_left
from ui.kit.phrase import NewPhrase
from ui.kit.sharing import ABOUT, USUAL, Fund, SharingField, funds


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


# -- shares ----------------------------------------------------------------------------------------

TWO = (Fund("r", "Reserve", "For hard times"), Fund("s", "Social"))


@pytest.fixture
def shares(ui: UiContext, qtbot: QtBot) -> SharingField:
    made = SharingField(ui, TWO)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    QApplication.processEvents()
    return made


def percents_of(shares: SharingField) -> list[CountField]:
    return shares.findChildren(CountField)


def amounts(shares: SharingField) -> list[QLabel]:
    """What each fund would get, in their order."""
    return [each for each in shares.findChildren(QLabel)
            if each.text().startswith("Rp") or each.text() == "–"]  # fmt: skip


def told(shares: SharingField) -> tuple[str, str]:
    (note,) = shares.findChildren(Note)
    return note.property("tone"), note.text


@pytest.mark.parametrize(
    ("percents", "tone", "text"),
    [
        ({"r": 60, "s": 40}, "good", "100% All of the profit is shared."),
        ({"r": 60}, "", "60% 40% still has to be given to a fund."),
        ({}, "", "0% 100% still has to be given to a fund."),
        ({"r": 60, "s": 41}, "error", "101% That is 1% too much."),
        ({"r": 100}, "good", "100% All of the profit is shared."),
    ],
)
def test_shares_say_what_they_come_to(
    shares: SharingField, ui: UiContext, percents: Mapping[str, int], tone: str, text: str
) -> None:
    heard: list[dict[str, int]] = []
    shares.changed.connect(lambda: heard.append(shares.value()))
    shares.set_value({**percents, "unknown": 5})
    assert shares.value() == percents
    assert bool(heard) is bool(percents)
    assert told(shares) == (tone, text)
    parts = share_out(1_000_000, percents) if sum(percents.values()) == 100 else {}
    assert [(each.text(), each.property("tone")) for each in amounts(shares)] == [
        (ui.formats.rupiah(parts[each.code]), "") if each.code in parts else ("–", "quiet")
        for each in TWO
    ]
    assert shares.problem() == ("" if parts else "Must add up to 100%")
    kept = shares.state()
    shares.set_value(None)
    assert shares.value() == {}
    shares.restore(kept)
    assert shares.value() == percents
    shares.say("Decide first", "error")
    assert told(shares) == ("error", f"{sum(percents.values())}% Decide first")
    shares.say("")
    assert told(shares) == (tone, text)


def test_a_share_that_can_t_be_read_gets_the_keyboard(shares: SharingField) -> None:
    first, second = percents_of(shares)
    assert shares.field is first
    second.setText("101")
    assert shares.field is second
    assert shares.problem() == second.problem() != ""
    shares.set_value({"r": 60, "s": 40})
    assert shares.field is first
    assert [each.accessibleName() for each in (first, second)] == [
        "Share of Reserve", "Share of Social"
    ]  # fmt: skip


def test_each_fund_has_a_line_below_the_headings(shares: SharingField, ui: UiContext) -> None:
    words = said(shares)
    assert words[:3] == ["Fund", "Share", f"of {ui.formats.rupiah(1_000_000)} profit"]
    assert {"Reserve", "For hard times", "Social"} <= {*words}
    labels = {each.text(): each.geometry() for each in shares.findChildren(QLabel)}
    lines = []
    for fund, percent, sum_ in zip(TWO, percents_of(shares), amounts(shares), strict=True):
        name, field, amount = labels[fund.name], percent.geometry(), sum_.geometry()
        assert name.left() < field.left() < field.right() < amount.left()
        lines.append(field)
    assert labels["Share"].bottom() < lines[0].top() < lines[0].bottom() < lines[1].top()
    assert labels["Share"].left() == lines[0].left()


def test_funds_are_those_of_the_chart_and_those_that_have_a_share(ui: UiContext) -> None:
    codes = (*FUNDS, *ABOUT, "3999", "1101")
    accounts = {
        code: Account(code, f"Dana {code}", f"Fund {code}", AccountType.EQUITY, Side.CREDIT)
        for code in codes
    }
    found = funds(ui, accounts, ["3999"])
    assert [each.code for each in found] == [*dict.fromkeys((*FUNDS, *ABOUT)), "3999"]
    assert [each.about for each in found][-1] == ""
    assert all(each.about for each in found if each.code in ABOUT)
    assert {each.name for each in found} == {f"Fund {each.code}" for each in found}
    assert [each.code for each in funds(ui, {}, ["3999"])] == []
    assert sum(USUAL.values()) == 100
    assert {*USUAL} <= {*ABOUT}


# -- a passphrase ----------------------------------------------------------------------------------

GOOD = "cangkul hujan Bogor tiga"


@pytest.mark.parametrize(
    ("phrase", "again", "wrong"),
    [("", "", 0), ("short", "short", 0), ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", 0),
     (GOOD, "", 1), (GOOD, GOOD.upper(), 1), (GOOD, GOOD, None)],
)  # fmt: skip
def test_a_passphrase_is_taken_once_it_is_strong_and_typed_twice(
    ui: UiContext, qtbot: QtBot, phrase: str, again: str, wrong: int | None
) -> None:
    made = NewPhrase(ui)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    entered: list[bool] = []
    made.entered.connect(lambda: entered.append(True))
    made.phrase.setFocus()
    made.phrase.setText(phrase)
    qtbot.keyClick(made.phrase, Qt.Key.Key_Return)
    assert made.again.hasFocus()
    assert entered == []
    made.again.setText(again)
    qtbot.keyClick(made.again, Qt.Key.Key_Return)
    assert entered == [True]
    hint = made.phrase_row.message
    assert made.value() == (phrase if wrong is None else None)
    rows, fields = (made.phrase_row, made.again_row), (made.phrase, made.again)
    tones = [each.property("tone") for each in fields]
    assert tones == ["error" if place == wrong else "" for place in range(2)]
    if wrong is not None:
        assert fields[wrong].hasFocus()
        assert rows[wrong].message not in ("", hint)
    else:
        assert (rows[0].message, rows[1].message) == (hint, "")
    made.clear()
    assert [each.text() for each in fields] == ["", ""]


# -- messages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tone", "icon"),
    [("error", "<x-circle>"), ("warn", "<warning>"), ("good", "<equals>"), ("", None)],
)
def test_a_message_has_an_icon_of_its_tone_and_no_room_without_words(
    ui: UiContext, around: QWidget, tone: str, icon: str | None
) -> None:
    made = Message(ui)
    made.setParent(around)
    around.resize(300, 100)
    around.show()
    made.say("")
    assert (made.isHidden(), made.text(), made.children()) == (True, "", [])
    for text, shown in (("Wrong", True), ("", False), ("Again", True)):
        made.say(text, tone)
        assert (made.isVisible(), made.text()) == (shown, text)
        assert tone_of(made) == (tone if shown else "")
    made.resize(280, 30)
    sign, words = made.findChild(Icon), made.findChild(QLabel)
    assert sign.isHidden() is (icon is None)
    if icon is not None:
        (drawn,) = painted(sign, ui.theme).drawn
        colors = {"error": "red", "warn": "amber", "good": "accent_text"}
        assert (drawn.what, drawn.color) == (icon, colors[tone])
        assert sign.geometry().right() < words.x()


def tone_of(message: Message) -> str:
    words = message.findChild(QLabel)
    assert words is not None
    return str(words.property("tone"))


class Lines(RowComposite):
    """Two rows, the first of which is named One."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.marks: list[tuple[str | None, str]] = []

    def said_rows(self) -> list[tuple[str, str]]:
        return [("a", "One"), ("b", "Two")]

    def mark(self, key: str | None, tone: str = "error") -> None:
        self.marks.append((key, tone))


def test_what_is_wrong_in_a_row_is_said_below_all_of_them(ui: UiContext, qtbot: QtBot) -> None:
    lines = Lines(ui)
    qtbot.addWidget(lines)
    assert not lines.say_at("2.qty", "Too much")
    assert not lines.say_at("x", "Too much")
    assert lines.marks == []
    assert lines.say_at("1.qty", "Too much", "warn")
    assert (lines.message.text(), lines.marked) == ("Two: Too much", "b")
    assert tone_of(lines.message) == "warn"
    assert lines.say_at("0.qty", "Missing")
    assert lines.marks == [("b", "warn"), ("a", "error")]
    assert (lines.message.text(), lines.marked) == ("One: Missing", "b"), "the first that was"
    lines.say("All of it")
    assert (lines.message.text(), tone_of(lines.message)) == ("All of it", "error")
    lines.say("")
    assert lines.message.text() == "One: Missing"
    lines.clear()
    lines.say("")
    assert (lines.message.text(), lines.marked, lines.marks[-1]) == ("", None, (None, "error"))
    assert lines.field is lines


@pytest.mark.parametrize(("path", "found"), [("0", "a"), ("1.qty", "b"), ("2", None), ("-1", None),
                                             ("x.1", None), ("", None)])  # fmt: skip
def test_a_path_leads_to_its_line(path: str, found: str | None) -> None:
    assert at_line(path, ("a", "b")) == found


REASON = Qt.FocusReason


@pytest.mark.parametrize("reason", REASON)
def test_a_field_is_left_for_another_and_not_for_a_window_that_comes_up(reason: REASON) -> None:
    comes_back = reason in (
        REASON.ActiveWindowFocusReason, REASON.PopupFocusReason, REASON.MenuBarFocusReason
    )  # fmt: skip
    assert is_left(QFocusEvent(QEvent.Type.FocusOut, reason)) is not comes_back
    assert not is_left(QFocusEvent(QEvent.Type.FocusIn, reason))
    assert not is_left(QEvent(QEvent.Type.Show))


@pytest.fixture
def rows(ui: UiContext, around: QWidget) -> dict[str, FieldRow]:
    made = {name: FieldRow(ui, name, TextField(ui), "hint") for name in ("one", "two", "three")}
    for each in made.values():
        each.setParent(around)
    around.show()
    return made


def test_problems_stand_beside_their_fields_once_one_was_there(
    rows: dict[str, FieldRow], ui: UiContext
) -> None:
    messages, lines = Messages(), Lines(ui)
    for path, row in rows.items():
        messages.add(path, row)
    messages.add("three.date", rows["three"])
    messages.add("lines", lines)

    def shown() -> list[str]:
        return [*(each.message for each in rows.values()), lines.message.text()]

    def show(*problems: tuple[str, str], everything: bool = True) -> list[str]:
        return messages.show(problems, everything=everything)

    quiet = ["hint", "hint", "hint", ""]
    assert [messages.knows(path) for path in ("one", "one.x.y", "lines.0.qty", "four", "")] == [
        True, True, True, False, False
    ]  # fmt: skip
    assert show(("one", "bad"), ("four", "lost"), everything=False) == []
    assert shown() == quiet
    rows["one"].touch()
    show(("one", "bad"), ("two", "bad"), everything=False)
    assert shown() == ["bad", "hint", "hint", ""]
    assert show(("two.x", "deep"), ("two", "second"), ("four", "lost"), ("", "none")) == [
        "lost", "none"
    ]  # fmt: skip
    assert shown() == ["hint", "deep", "hint", ""], "the first of each"
    show(("three.date", "late"))
    assert shown() == ["hint", "hint", "late", ""]
    show(("lines.1.qty", "few"), ("lines", "none of them"))
    assert shown() == ["hint", "hint", "hint", "none of them"]
    show(("lines.1.qty", "few"))
    assert shown()[-1] == "Two: few"
    show(("lines.7.qty", "gone"))
    assert shown()[-1] == "gone", "said of all where there is no such line"
    messages.focus_first([("three", "x"), ("two", "y"), ("four", "z")])
    assert rows["one"].window().focusWidget() is rows["two"].field, "the form's first"
    messages.clear()
    assert shown() == quiet
    assert not rows["one"].was_touched
    show(("one", "bad"), everything=False)
    assert shown() == quiet


def test_a_label_above_its_field_and_a_message_below(rows: dict[str, FieldRow]) -> None:
    row = rows["one"]
    row.resize(300, 120)
    row.say("Fill this in", "error")
    row.show()
    QApplication.processEvents()

    def place(part: QWidget) -> QRect:
        return QRect(part.mapTo(row, QPoint()), part.size())

    message = next(each for each in row.findChildren(Message) if each.isVisible())
    title, field, below = map(place, (row.title, row.field, message))
    assert title.bottom() < field.top() < field.bottom() < below.top()
    assert title.left() == field.left() == below.left() == 0
    assert row.title.buddy() is row.field
