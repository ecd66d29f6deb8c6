"""Letters of confirmation and their answers, as they are shown, printed and noted."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget

from kwt_books.domain.values import Month, last_day
from tests.ui.audit.stand_ins import Writer, buttons, dialogs, keys, kinds, placed, tips
from tests.ui.audit.test_parts import (
    DAY,
)
from tests.ui.windows import said, shown_with
from ui.audit.confirmations import (
    AGREES,
    DIFFERS,
    UNANSWERED,
    AnswerDialog,
    ConfirmPart,
    Goods,
    Letter,
    Letters,
)
from ui.audit.room import AuditRoom
from ui.kit.workspace import Message

# -- confirmations -------------------------------------------------------------------------------

CHIPS, JAM = Goods("chips", "Chips", "pack", 20_000), Goods("jam", "Jam", "jar", 1_500)
SHOP = Letter("shop:siti", "K-01", "Warung Bu Siti", 0, 180_000, (CHIPS, JAM))
ANSWER = cast("Any", SimpleNamespace(
    amount=170_000, note="Bill 9", goods=[SimpleNamespace(item="chips", quantity=19_000),
                                          SimpleNamespace(item="gone", quantity=1)],
))  # fmt: skip
BACK = Letter("supplier:toko", "K-02", "Toko Tani", 1, 75_000, (), DIFFERS, -5_000, ANSWER)


class Pages:
    """Stands for the papers of all letters."""

    def __init__(self, parts: tuple[str, ...] = ("list", "K-01", "K-02")) -> None:
        self.parts = parts

    def __replace__(self, /, parts: tuple[str, ...]) -> Pages:
        return Pages(parts)


def letters(*found: Letter, unnamed: int = 0) -> Letters:
    counts = {state: sum(each.state == state for each in found)
              for state in (DIFFERS, AGREES, UNANSWERED)}  # fmt: skip
    return Letters(date(2026, 6, 30), found, cast("Any", Pages()), unnamed, counts)


@pytest.fixture
def confirm(room: AuditRoom, around: QWidget, monkeypatch: pytest.MonkeyPatch) -> ConfirmPart:
    monkeypatch.setattr(Letters, "papers", lambda self, *some: [each.number for each in some])
    monkeypatch.setattr(Letters, "listed", property(lambda self: ["list"]))
    made: ConfirmPart = placed(ConfirmPart(room), around, Writer())
    return made


def test_letters_are_listed_with_what_came_back(confirm: ConfirmPart) -> None:
    shown_with(confirm, page=letters(SHOP, BACK, unnamed=12_000))
    assert confirm.state.text() == (
        "1 of 2 came back, 1 with differences. Rp12,000 has no name: nobody can confirm it."
    )
    first, second = (each.cells for each in confirm.table.list_model.rows)
    assert [each.text for each in first] == ["K-01", "Warung Bu Siti", "180,000", "",
                                             "No answer yet"]  # fmt: skip
    assert [each.text for each in second] == ["K-02", "Toko Tani", "75,000", "−5,000",
                                              "Answer differs"]  # fmt: skip
    assert [each.tone for each in first] == ["quiet", "", "", "", "quiet"]
    assert [each.tone for each in second] == ["quiet", "", "", "warn", "warn"]
    assert [each.bold for each in second] == [False, True, False, False, False]
    assert (first[1].second, second[1].second) == ("Shop", "Supplier")
    assert (first[4].icon, second[4].icon) == ("circle-dashed", "warning-circle-fill")
    confirm.table.choose("shop:siti")
    assert (confirm.name.text(), confirm.about.text()) == (
        "K-01 Warung Bu Siti", "Shop · No answer yet",
    )  # fmt: skip
    shown = [[each.text for each in line.cells] for line in confirm.lines.list_model.rows]
    assert shown == [["Rupiah", "180,000", ""], ["Chips", "20 pack", ""], ["Jam", "1.5 jar", ""]]
    assert confirm.remark.isHidden()
    confirm.table.choose("supplier:toko")
    (line,) = confirm.lines.list_model.rows
    assert [(each.text, each.tone, each.bold) for each in line.cells] == [
        ("Rupiah", "", False), ("75,000", "", False), ("170,000", "warn", True),
    ]  # fmt: skip
    assert (confirm.remark.text(), confirm.remark.isHidden()) == ("Bill 9", False)
    shown_with(confirm, page=letters(SHOP))
    assert confirm.state.text() == "0 of 1 came back, 0 with differences."
    shown_with(confirm, page=letters())
    offered = (confirm.print_button, confirm.list_button)
    assert not any(each.isEnabled() for each in offered)
    assert confirm.state.isHidden()


def test_letters_are_printed_and_answers_saved(confirm: ConfirmPart, around: QWidget) -> None:
    writer = cast("Any", confirm.writer)
    for act in (confirm.print_all, confirm.save_answers, confirm.print_one, confirm.enter_answer):
        act()
    shown_with(confirm, page=letters())
    confirm.print_all()
    assert (writer.told, dialogs(around, AnswerDialog)) == ([], [])
    shown_with(confirm, page=letters(SHOP, BACK))
    confirm.table.choose("supplier:toko")
    every = ("open", "Letters of confirmation", ["K-01", "K-02"], ["list"])
    confirm.print_button.click()
    keys(confirm)["Ctrl+P"]()
    buttons(confirm)["Print this letter"].click()
    confirm.list_button.click()
    assert writer.told == [
        every, every, ("open", "K-02 Toko Tani", ["K-02"], None),
        ("save", "Answers 2026-06-30", f"audit.answers({date(2026, 6, 30)!r}, 'en')",
         ("xlsx", "pdf", "csv")),
    ]  # fmt: skip
    keys(confirm)["Ctrl+N"]()
    confirm.answer_button.click()
    confirm.table.opened.emit("supplier:toko")
    assert len(dialogs(around, AnswerDialog)) == 3
    assert tips(confirm, "Print all letters", "Enter the answer", "Print this letter") == [
        "Print all letters (Ctrl+P)", "Enter the answer (Ctrl+N)", "Print this letter",
    ]  # fmt: skip
    assert kinds(confirm, "Print all letters", "List of answers") == ["primary", "default"]


def test_letters_are_of_the_month_s_last_day_until_another_is_chosen(
    confirm: ConfirmPart, room: AuditRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("ui.audit.confirmations.read_letters", lambda *given: asked.append(given))
    confirm.ask = lambda work, *_more, **_about: work(None)  # type: ignore[method-assign]
    for month in ("2026-05", "2026-06"):
        room.workspace.show_month(month)
        confirm.refresh()
        assert confirm.follows_month()
        assert confirm.day.value() == last_day(Month(month))
    confirm.kind.set_value("member")
    confirm.day.set_value(date(2026, 6, 30))
    confirm.day.changed.emit()
    assert confirm.follows_month(), "the same day"
    confirm.day.set_value(date(2026, 6, 15))
    confirm.day.changed.emit()
    assert not confirm.follows_month()
    room.workspace.show_month("2026-04")
    confirm.refresh()
    assert [each[1:] for each in asked[-1:]] == [(date(2026, 6, 15), "member", "en")]
    before = len(asked)
    confirm.day.set_value(None)
    confirm.refresh()
    assert len(asked) == before, "no day, no letters"
    assert (confirm.day.accessibleName(), confirm.kind.accessibleName()) == (
        "As of", "Whom to write to",
    )  # fmt: skip
    assert list(dict.fromkeys(day for _, day, *_ in asked)) == [
        date(2026, 5, 31), date(2026, 6, 30), date(2026, 6, 15),
    ]  # fmt: skip


@pytest.mark.parametrize("letter", [SHOP, BACK])
def test_an_answer_is_noted_as_it_stands_on_the_slip(
    room: AuditRoom, around: QWidget, written: list[object], told: list[Message], letter: Letter
) -> None:
    day = date(2026, 6, 30)
    dialog = AnswerDialog(room, letter, day, around)
    assert dialog.windowTitle() == f"Answer to {letter.number} {letter.name}"
    assert dialog.save_button.text() == "Note it"
    assert dialog.focusWidget() is dialog.amount
    answer = letter.answer
    assert dialog.amount.value() == (answer.amount if answer else None)
    assert dialog.note.value() == (answer.note if answer else None)
    assert [each.value() for each in dialog.goods.values()] == [None] * len(letter.goods)
    by_the_book = [f"According to the book Rp{letter.amount:,}", *(
        f"According to the book {dialog.ui.formats.quantity(each.quantity)} {each.unit}"
        for each in letter.goods
    )]  # fmt: skip
    assert set(by_the_book) <= {*said(dialog)}
    buttons(dialog)["All as in the book"].click()
    assert dialog.amount.value() == letter.amount
    assert {item: each.value() for item, each in dialog.goods.items()} == {
        each.item: each.quantity for each in letter.goods
    }
    dialog.amount.set_value(-1)
    if letter.goods:
        dialog.goods["jam"].set_value(None)
    dialog.try_save()
    goods = {"chips": 20_000} if letter.goods else {}
    note = answer.note if answer else ""
    assert written == [f"audit.enter_answer{(letter.code, day, -1, goods, note)}"]
    assert [each.text for each in told] == ["The answer is noted."]


def test_counts_that_came_back_are_there_again(room: AuditRoom, around: QWidget) -> None:
    letter = Letter("shop:siti", "K-01", "Siti", 0, 5, (CHIPS, JAM), DIFFERS, 0, ANSWER)
    dialog = AnswerDialog(room, letter, DAY, around)
    counts = {item: each.value() for item, each in dialog.goods.items()}
    assert counts == {"chips": 19_000, "jam": None}
