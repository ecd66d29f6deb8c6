"""The month's summary and the packs of a month or a year, of figures that no book has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.chain import short_code
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import Month
from kwt_books.queries.overview import Figures, Overview
from kwt_books.reports.model import Report
from tests.ui.answers import Answers
from ui.kit.look import UiContext
from ui.kit.workspace import Message, Workspace
from ui.reports.packs import PACKS, YEARLY, PackChooser
from ui.reports.summary import Line, MonthSummary, Summary, summary_lines, summary_text

GROUP = Group(name="KWT Melati", village="v", district="d", city="c", chair="Ani",
              treasurer="Wati", language="id", paper="F4")  # fmt: skip
JUNE, MAY = Month("2026-06"), Month("2026-05")
HEAD = "3f" * 32


def overview(profit: int = 700, group: Group | None = GROUP) -> Any:
    this, before = Figures(JUNE, 5_000, profit, 300, 900), Figures(MAY, 4_000, -20, 200, 800)
    return Overview(group, this, before, (), None, None)  # type: ignore[arg-type]


def found(profit: int = 700, *, provisional: bool = False) -> MonthSummary:
    return MonthSummary(overview(profit), provisional, HEAD)


def test_figures_stand_beside_those_of_the_month_before(english: UiContext) -> None:
    for profit, words, amount in ((700, "Profit", "Rp700"), (0, "Profit", "Rp0"),
                                  (-700, "Loss", "Rp700")):  # fmt: skip
        assert summary_lines(english, found(profit)) == (
            Line("Turnover", "Rp5,000", "Rp4,000"), Line(words, amount, "−Rp20"),
            Line("Cash & bank", "Rp300", "Rp200"), Line("Assets", "Rp900", "Rp800"),
        )  # fmt: skip


@pytest.mark.parametrize("provisional", [True, False])
def test_the_text_names_the_group_the_month_and_the_seal(
    english: UiContext, provisional: bool
) -> None:
    lines = summary_text(english, found(provisional=provisional)).split("\n")
    title = "Summary of June 2026"
    if provisional:
        title += " (provisional, the month is not closed yet)"
    assert lines[:3] == ["*KWT Melati*", title, ""]
    assert lines[3] == "Turnover: Rp5,000 (May: Rp4,000)"
    assert lines[7:] == ["", f"Seal {short_code(HEAD)}"]
    nobody = MonthSummary(overview(group=None), provisional, HEAD)
    assert summary_text(english, nobody).split("\n") == lines[1:]


@pytest.fixture
def answers(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    result = Report("profit-loss", "", (), (), head=HEAD, provisional=True)
    return Answers(still, monkeypatch, overview=overview(), **{"profit-loss": result})


@pytest.fixture
def summary(still: Workspace, answers: Answers, around: QWidget) -> Summary:
    still.show_month(JUNE)
    return Summary(still, around)


@pytest.fixture
def said(still: Workspace) -> list[Message]:
    heard: list[Message] = []
    still.said.connect(heard.append)
    return heard


def test_it_is_copied_as_text_or_as_a_picture_with_its_text(
    summary: Summary, still: Workspace, said: list[Message]
) -> None:
    clipboard, text = QGuiApplication.clipboard(), summary_text(still.ui, found(provisional=True))
    menu = summary.menu()
    acts = {each.text().partition("\t")[0]: each for each in menu.actions()}
    assert "Ctrl+Shift+C" in acts["Copy as text"].text()
    assert [*acts] == ["Copy as text", "Copy as a picture", "Save as a picture"]
    assert not any(each.icon().isNull() for each in acts.values())
    acts["Copy as text"].trigger()
    assert (clipboard.text(), clipboard.image().isNull()) == (text, True)
    acts["Copy as a picture"].trigger()
    assert (clipboard.text(), clipboard.image().isNull()) == (text, False)
    assert [(each.strong, each.text) for each in said] == [
        ("Summary copied.", "Paste it into the group's chat."),
        ("The picture is copied.", "Paste it into the group's chat."),
    ]


def test_it_is_saved_where_somebody_says(
    summary: Summary, tmp_path: Path, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter((None, tmp_path / "june.png"))

    def ask(_parent: object, title: str, name: str, _kinds: object) -> Path | None:
        asked.append(f"{title}: {name}")
        return next(answers)

    monkeypatch.setattr("ui.reports.summary.ask_where", ask)
    for _ in range(2):
        summary.choose_file()
    assert asked == ["Save as a picture: Summary of June 2026"] * 2
    assert (tmp_path / "june.png").stat().st_size > 0
    assert [each.strong for each in said] == ["june.png is saved."]


# -- packs -----------------------------------------------------------------------------------------


def test_a_pack_is_of_the_month_or_the_year_and_remembered(still: Workspace, qtbot: QtBot) -> None:
    still.show_month(JUNE)
    still.preferences.pack = "none of them"
    packs = PackChooser(still)
    qtbot.addWidget(packs)
    names = [name for name, _ in PACKS]
    assert [packs.choice.itemData(at) for at in range(packs.choice.count())] == names
    assert packs.choice.value() == names[0]
    assert packs.choice.accessibleName() == "What is printed together"
    assert "with a cover" in packs.button.toolTip()
    for name, title in (*PACKS[1:], PACKS[0], PACKS[-1]):
        packs.choice.set_value(name)
        span = "2026" if name == YEARLY else "June 2026"
        assert packs.is_yearly is (name == YEARLY)
        assert packs.button.text() == f"Show {span}"
        assert packs.title() == f"{still.ui.t(title)} {span}"
        assert still.preferences.pack == name
    again = PackChooser(still)
    qtbot.addWidget(again)
    assert again.choice.value() == names[-1]
    still.show_month(Month("2027-01"))
    again.show_span()
    assert again.button.text() == "Show 2027"
    wanted: list[bool] = []
    again.wanted.connect(lambda: wanted.append(True))
    again.button.click()
    assert wanted == [True]
