"""Parts of every kind keep the rules of the house by themselves: nothing is cut off, touches or is
nameless, with usual letters and with the largest.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from kwt_books.domain.errors import StorageError
from tests.ui.rules import flaws
from tests.ui.windows import said
from ui.kit.button import Button, Segment, TabStrip
from ui.kit.card import Badge, EmptyState, Note
from ui.kit.dialog import Choice, MessageDialog
from ui.kit.field import CountField, FieldRow, MoneyField, QuantityField, TextField
from ui.kit.layout import column, row
from ui.kit.lines import LineField, Lines
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import Foot
from ui.kit.look import TEXT_SIZES, Mode, Theme, UiContext
from ui.kit.notices import Notices, Offer
from ui.kit.page import NoticeStrip
from ui.kit.phrase import NewPhrase
from ui.kit.picker import Choice as ChoiceField
from ui.kit.picker import DenominationGrid, Picker, Stepper
from ui.kit.printing import PaperDialog, Slip, WritingStrip
from ui.kit.scrolling import Beside
from ui.kit.sharing import Fund, SharingField
from ui.kit.steps import StepList, WizardStep
from ui.kit.table import Cell
from ui.kit.workspace import LongWork, Workspace

LONG = "The part of the assets' cost that this month used up is recorded here, once, by the chair. "


def _pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for number in range(2):
        canvas.drawString(72, 700, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _message(desk: Workspace) -> QWidget:
    choices = Choice("Leave it"), Choice("Remove it", "danger", print)
    return MessageDialog(desk.ui, LONG[:60], LONG * 2, what=LONG, details="x", choices=choices)


def _fields(desk: Workspace) -> QWidget:
    ui, made = desk.ui, QWidget()
    fields: tuple[tuple[str, QWidget], ...] = (
        ("Name", TextField(ui, placeholder="For example: BA-06")), ("Amount", MoneyField(ui)),
        ("Weight", QuantityField(ui)), ("Keeps for", CountField(ui, unit="days")),
        ("Of what kind", ChoiceField(ui, (("a", "Residents' dues"), ("b", "B")))),
        ("Which", Picker(ui, [("a", "Residents' dues")])), ("How many", Stepper(ui)),
    )  # fmt: skip
    rows = [FieldRow(ui, title, field, LONG[:30]) for title, field in fields]
    rows[0].say(LONG, "error")
    column(*(row(*rows[at : at + 2], space=12) for at in range(0, len(rows), 2)), ...,
           parent=made, margins=16, space=12)  # fmt: skip
    return made


def _lines(desk: Workspace) -> QWidget:
    ui = desk.ui
    fields = (
        LineField("name", "What for", lambda: TextField(ui, required=True), 6),
        LineField("qty", "How many", lambda: QuantityField(ui, required=False), 3),
        LineField("amount", "Amount", lambda: MoneyField(ui), 4),
    )
    made = Lines(ui, fields)
    made.lines[0].fields["name"].setText("Bamboo")
    made.say_at("0.amount", LONG)
    return made


def _list(desk: Workspace) -> QWidget:
    ui, made = desk.ui, QWidget()
    table, foot = ListTable(ui, head_row("Name", "Amount", figures=(1,))), Foot(ui, "Total")
    table.setAccessibleName("Names")
    table.opened.connect(print)
    table.show_rows([ListRow("a", (Cell("Bamboo", bold=True), Cell("5.000.000")))])
    foot.say("1 name", "Rp5.000.000")
    column((table, 1), foot, parent=made)
    return made


def _notices(desk: Workspace) -> QWidget:
    notices = Notices(desk)
    notices.put("a", LONG[:40], LONG, "warn", Offer("Set it right", print), Offer("Later", print))
    return NoticeStrip(desk.ui, notices)


def _empty(desk: Workspace) -> QWidget:
    made = EmptyState(desk.ui, "leaf", "Nothing yet", LONG * 2)
    made.offer("Go to Month close", print, "calendar-check", primary=True)
    made.offer("Later", print, primary=False)
    return made


def _beside(desk: Workspace) -> QWidget:
    ui = desk.ui
    return Beside(ui, Note(ui, LONG, "good"), Note(ui, LONG, "warn", strong="Wait."), 300, 300)


def _tabs(desk: Workspace) -> QWidget:
    made = TabStrip(desk.ui)
    for name in ("Goods & prices", "Shops & people", "Chart of accounts", "Thresholds", "Screen"):
        made.add(name, name)
    return made


PARTS: dict[str, Callable[[Workspace], QWidget]] = {
    "message": _message, "fields": _fields, "lines": _lines, "list": _list, "notices": _notices,
    "empty": _empty, "beside": _beside, "tabs": _tabs,
    "long work": lambda desk: LongWork(desk, LONG, 0),
    "paper": lambda desk: PaperDialog(desk.ui, "BKK-1", _pdf(), keep_table=print,
                                      slip=Slip(_pdf(), print)),
    "passphrase": lambda desk: NewPhrase(desk.ui),
    "shares": lambda desk: SharingField(desk.ui, (Fund("r", "Reserve", LONG), Fund("s", "Social"))),
    "coins": lambda desk: DenominationGrid(desk.ui),
    "steps": lambda desk: StepList(
        desk.ui, [WizardStep("See the profit", "Rp5"), WizardStep("Close & print")], across=True),
    "segment": lambda desk: Segment(desk.ui, (("a", "Bahasa Indonesia"), ("b", "English"))),
    "badge": lambda desk: Badge(desk.ui, "3 to check", "warn"),
    "writing": lambda desk: WritingStrip(desk.ui),
}  # fmt: skip


def room(shown: QWidget, letters: int) -> list[str]:
    """What is wrong with a part; with larger letters the house has no scale of gaps."""
    scaled = "pixels are not of the scale" if letters != 100 else "\0"
    return [each for each in flaws(shown) if scaled not in each]


@pytest.fixture(params=[100, TEXT_SIZES[-1]])
def letters(request: pytest.FixtureRequest, theme: Theme) -> int:
    theme.use(Mode.LIGHT, request.param)
    return int(request.param)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_keeps_the_rules(part: str, letters: int, still: Workspace, qtbot: QtBot) -> None:
    made = PARTS[part](still)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    if not made.accessibleName() and isinstance(made, Segment):
        made.setAccessibleName("Language")
    qtbot.addWidget(made)
    if not isinstance(made, QDialog):
        wide = max(700 * letters // 100, made.sizeHint().width())
        made.resize(wide, max(made.sizeHint().height(), made.heightForWidth(wide)))
    made.show()
    assert room(made, letters) == []


# -- what went wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["disk-full", "damaged", "would-replace-book"])
def test_a_paper_that_could_not_be_kept_says_what_to_do(
    english: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    paper = PaperDialog(english, "BKK-1", _pdf())
    paper.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(paper)
    paper.show()

    def refuse(path: Path) -> object:
        raise StorageError(code, path=path)

    monkeypatch.setattr("kwt_books.exporters.whole.whole_file", refuse)
    paper.keep(Path("/away/june.pdf"))
    (dialog,) = paper.findChildren(MessageDialog)
    words = " ".join(said(dialog))
    assert "The document was not saved" in words
    wanted = {
        "disk-full": ("There is no space left to save june.pdf.", "Free up some space there"),
        "damaged": ("june.pdf could not be written to", "Choose another folder"),
        "would-replace-book": ("", "Choose another name or another folder."),
    }
    assert all(each in words for each in wanted[code])
    assert paper.saved.isHidden()
    offered = {each.text(): each.property("kind") for each in dialog.findChildren(Button)}
    assert offered == {"Close": "default", "Save PDF": "primary"}
    asked: list[bool] = []
    monkeypatch.setattr("ui.kit.printing.ask_where", lambda *_: asked.append(True))
    next(each for each in dialog.findChildren(Button) if each.text() == "Save PDF").click()
    assert asked == [True]
