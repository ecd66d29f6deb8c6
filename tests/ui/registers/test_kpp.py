"""Iuran KPP: houses against months, what is owed taken in, upkeep paid, the report printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.i18n.formats import parse_rupiah
from tests.ui.money_hand import Hand, hand_at
from tests.ui.sample_parts import Line, command_of
from tests.ui.windows import paper_shown
from ui.kit.workspace import Workspace
from ui.money.dues import DuesForm
from ui.money.forms import PaymentForm
from ui.registers.kpp import DuesPart
from ui.registers.page import RegistersPage

HOUSES = {"rumah-1": "Bu Ani", "rumah-2": "Bu Budi"}
PAID: Line = {
    "kind": "dues", "date": "2026-07-01", "account": "1104",
    "lines": [{"party": "rumah-1", "months": ["2026-05", "2026-06"], "amount": 20_000}],
}  # fmt: skip


def part_of(hand: Hand) -> DuesPart:
    hand.window.workspace.go("registers", "dues")
    hand.settle()
    page = hand.window.page
    assert isinstance(page, RegistersPage)
    made = page.findChild(DuesPart)
    assert made is not None
    return made


@pytest.fixture
def hand(workspace: Workspace, qtbot: QtBot) -> Hand:
    workspace.show_month("2026-07")
    return hand_at(workspace, qtbot, "registers")


@pytest.fixture
def part(hand: Hand) -> DuesPart:
    for code, name in HOUSES.items():
        line = {"kind": "party", "code": code, "name": name, "role": "resident",
                "joined": "2026-05-01"}  # fmt: skip
        hand.window.workspace.tasks.record(command_of(line), lambda _recorded: None)
    hand.window.workspace.tasks.record(command_of(PAID), lambda _recorded: None)
    return part_of(hand)


def row(part: DuesPart, place: int) -> list[str]:
    model = part.table.list_model
    return [model.cell(place, column).text for column in range(model.columnCount())]


def test_who_paid_and_who_is_behind(part: DuesPart, hand: Hand) -> None:
    """Up to the month in hand: later months are nobody's arrears."""
    ani, budi = row(part, 0), row(part, 1)
    assert ani == ["Bu Ani", *"····", "10.000", "10.000", "✕", *"·····", "20.000", "10.000"]
    assert budi == ["Bu Budi", *"····", "✕", "✕", "✕", *"·····", "0", "30.000"]
    hand.window.workspace.show_month("2026-06")
    hand.settle()
    assert row(part, 0)[-1] == ""
    part.seek.setText("budi")
    assert part.table.list_model.rowCount() == 1


def test_names_can_be_read_beside_a_year_of_figures(part: DuesPart, hand: Hand) -> None:
    months = [f"2026-{n:02}" for n in range(1, 13)]
    name = "Bu Kusumawati"
    for line in (
        {"kind": "party", "code": "rumah-3", "name": name, "role": "resident",
         "joined": "2026-01-01"},
        {"kind": "dues", "date": "2026-07-01", "account": "1104",
         "lines": [{"party": "rumah-3", "months": months, "amount": 120_000}]},
    ):  # fmt: skip
        hand.window.workspace.tasks.record(command_of(line), lambda _recorded: None)
    table, amounts = part.table, [*["10.000"] * 12, "120.000", ""]
    ticks = [*"✓" * 12, "120.000", ""]
    for size, shown in (((800, 448), ticks), ((1366, 688), amounts), ((1077, 535), ticks)):
        hand.window.resize(*size)
        hand.settle()
        assert row(part, 2) == [name, *shown], size
        assert table.columnWidth(0) >= table.sizeHintForColumn(0)
        assert table.horizontalScrollBar().maximum() == 0
    head = [table.list_model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 13)]
    assert head == [str(month) for month in range(1, 13)], "no room for names of months"


def test_what_a_house_owes_is_taken_in_at_once(part: DuesPart, hand: Hand) -> None:
    part.table.choose("rumah-2")
    part.table.opened.emit("rumah-2")
    dialog = hand.window.form("dues")
    assert dialog is not None
    form = dialog.form  # type: ignore[attr-defined]
    assert isinstance(form, DuesForm)
    hand.settle()
    assert form.total() == 30_000
    hand.save(form)
    assert row(part, 1)[-1] == ""
    part.table.opened.emit("rumah-2")
    assert hand.window.form("dues") is None, "it owes nothing more"


def test_upkeep_is_paid_from_the_residents_cash(part: DuesPart, hand: Hand, qtbot: QtBot) -> None:
    qtbot.mouseClick(part.bar.buttons["payment"], Qt.MouseButton.LeftButton)
    dialog = hand.window.form("payment")
    assert dialog is not None
    form = dialog.form  # type: ignore[attr-defined]
    assert isinstance(form, PaymentForm)
    hand.settle()
    assert form.source.value() == "1104"
    assert form.rows.lines[0].fields["account"].value() == "2104"

    def sums() -> dict[str, int]:
        shown = part.foot.sums.items()
        return {title: parse_rupiah(figure.text()) for title, figure in shown}

    before = sums()
    t = hand.window.workspace.ui.t
    assert list(before) == [t("Kept for the residents"), t("In their cash")]
    hand.type(form.rows.lines[0].fields["amount"], "5rb")
    hand.save(form)
    assert sums() == {title: amount - 5_000 for title, amount in before.items()}


def test_the_report_is_printed(part: DuesPart, qtbot: QtBot) -> None:
    part.print_report("residents")
    paper = paper_shown(qtbot)
    assert paper.preview.pages >= 1
    paper.close()
    assert part.blank_button.isHidden()


def test_a_group_without_houses_is_invited(hand: Hand) -> None:
    part = part_of(hand)
    assert part.card.isHidden()
    assert not part.empty.isHidden()
