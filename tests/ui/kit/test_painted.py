"""What cells, large buttons, tabs, steps and what waits to be done are painted with, and where."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.painted import Drawn, Sheet, noting, painted
from ui.kit.button import TabStrip, UprightButton, VerbButton
from ui.kit.layout import figures
from ui.kit.list import ListModel, ListRow, ListTable, ToDoList, ToDoRow, head_row
from ui.kit.look import ROW_LIST, ROW_TWO_LINES, UiContext
from ui.kit.steps import StepList, WizardStep
from ui.kit.table import RIGHT, Cell

PLACE = QRect(100, 36, 300, 36)


def cell_of(ui: UiContext, cell: Cell, qtbot: QtBot, *, column: int = 0, selected: bool = False,
            ground: str = "", height: int = 36) -> tuple[Sheet, ListTable]:  # fmt: skip
    """What is painted of a cell of a list of two columns, the second one of figures."""
    table = ListTable(ui, head_row("Goods", "Amount", figures=(1,)), height)
    qtbot.addWidget(table)
    cells = (cell, Cell()) if column == 0 else (Cell(), cell)
    table.show_rows([ListRow("k", cells, ground)])
    option = QStyleOptionViewItem()
    option.rect = QRect(PLACE.topLeft(), PLACE.size())
    option.rect.setHeight(height)  # type: ignore[attr-defined]
    option.state = QStyle.StateFlag.State_Selected if selected else QStyle.StateFlag.State_None
    sheet = Sheet(ui.theme)
    with noting(sheet):
        delegate = table.itemDelegate()
        delegate.paint(sheet, option, table.model().index(0, column))  # type: ignore[arg-type]
    return sheet, table


@pytest.mark.parametrize(
    ("tone", "color"),
    [("", "text"), ("good", "accent_text"), ("warn", "amber"), ("error", "red"),
     ("quiet", "text3")],
)  # fmt: skip
def test_a_tone_is_a_colour(tone: str, color: str, ui: UiContext, qtbot: QtBot) -> None:
    sheet, _ = cell_of(ui, Cell("Pare", tone=tone), qtbot)
    assert sheet.texts == [("Pare", color)]
    sheet, _ = cell_of(ui, Cell("Pare", tone=tone, icon="leaf"), qtbot)
    assert sheet.texts == [("<leaf>", color if tone else "text2"), ("Pare", color)]
    icon, text = (each for each in sheet.drawn if each.what)
    assert icon.place.left() == PLACE.left() + 16
    assert text.place.left() == icon.place.right() + 9, "beside it"


def test_a_second_line_stands_below_and_a_gloss_behind(ui: UiContext, qtbot: QtBot) -> None:
    sheet, _ = cell_of(ui, Cell("Pare", "5 kg", bold=True, struck=True), qtbot, height=56)
    assert sheet.texts == [("Pare", "text"), ("5 kg", "text2")]
    above, below = (each for each in sheet.drawn if each.what)
    assert above.place.bottom() < below.place.top() + 1
    assert (above.font.strikeOut(), above.font.bold()) == (True, True)
    assert not below.font.strikeOut()
    assert below.font.pixelSize() < above.font.pixelSize()
    sheet, _ = cell_of(ui, Cell("Pare", aside="undone"), qtbot)
    assert sheet.texts == [("Pare", "text"), ("undone", "text3")]
    text, gloss = (each for each in sheet.drawn if each.what)
    words = ui.theme.metrics().horizontalAdvance("Pare")
    assert gloss.place.left() == text.place.left() + words + 8
    long = "Keripik pare yang dibuat pada hari Jumat sore"
    sheet, _ = cell_of(ui, Cell(long, aside="undone"), qtbot)
    ((shown, _),) = sheet.texts
    assert shown.endswith("…"), "no room for the gloss"


@pytest.mark.parametrize(
    ("tone", "ground", "color"),
    [("good", "soft", "accent_text"), ("warn", "amber_bg", "amber"), ("error", "red_bg", "red"),
     ("", "sunken", "text2"), ("quiet", "sunken", "text2")],
)  # fmt: skip
def test_a_badge_has_a_ground_and_its_words_in_the_middle(
    tone: str, ground: str, color: str, ui: UiContext, qtbot: QtBot
) -> None:
    badge = Cell("5 hari", tone=tone, badge=True)
    sheet, _ = cell_of(ui, badge, qtbot)
    under, words = sheet.drawn[-2:]
    assert (under.color, words[:2]) == (ground, ("5 hari", color))
    assert under.place.left() == PLACE.left() + 16
    assert under.place.height() == 22
    assert abs(under.place.center().y() - PLACE.center().y()) <= 1
    assert words.place == under.place
    sheet, _ = cell_of(ui, badge, qtbot, column=1)
    assert sheet.drawn[-2].place.right() == PLACE.right() - 16, "figures stand at the right"
    sheet, _ = cell_of(ui, Cell("5 hari", tone=tone, badge=True, icon="clock"), qtbot)
    wide, icon, words = sheet.drawn[-3:]
    assert icon[:2] == ("<clock>", color)
    assert wide.place.contains(icon.place)
    assert wide.place.width() == under.place.width() + 20
    assert words.place.left() == wide.place.left() + 20
    sheet, _ = cell_of(ui, badge, qtbot, ground=ground)
    assert sheet.drawn[-2].color == "surface", "seen on a ground of its own colour"
    sheet, _ = cell_of(ui, Cell("", badge=True), qtbot)
    assert sheet.texts == []


def test_words_run_on_into_what_the_figures_beside_them_leave(
    ui: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Keripik pare yang dibuat pada hari Jumat sore di dapur"
    (cut, _), *_ = cell_of(ui, Cell(long), qtbot)[0].texts
    monkeypatch.setattr(ListModel, "spills", lambda _model, column: column == 0)
    sheet, table = cell_of(ui, Cell(long), qtbot)
    (shown, _), *_ = sheet.texts
    assert len(shown) > len(cut)
    words, *_ = (each for each in sheet.drawn if each.what)
    beside = int(table.itemDelegate().width(Cell(), 1))  # type: ignore[attr-defined]
    pad = words.place.left() - PLACE.left()
    room = PLACE.width() - 2 * pad + table.columnWidth(1) - beside
    assert abs(words.place.width() - room) <= pad, "as far as the figures"
    sheet = Sheet(ui.theme)
    option = QStyleOptionViewItem()
    option.rect = QRect(PLACE.right() + 1, PLACE.top(), table.columnWidth(1), PLACE.height())
    with noting(sheet):
        delegate = table.itemDelegate()
        delegate.paint(sheet, option, table.model().index(0, 1))  # type: ignore[arg-type]
    goes_on = next(each for each in sheet.drawn if each.what)
    assert goes_on.what.startswith(long[:12])
    assert goes_on.place.left() == option.rect.left() - table.columnWidth(0) + pad


def test_a_row_that_is_chosen_or_pointed_at_has_a_ground(ui: UiContext, qtbot: QtBot) -> None:
    def grounds(sheet: Sheet) -> list[Drawn]:
        return [each for each in sheet.drawn if not each.what]

    (rule,) = grounds(cell_of(ui, Cell("Pare"), qtbot)[0])
    assert (rule.color, rule.place) == ("grid", QRect(100, PLACE.bottom(), 300, 1))
    ground, rule, edge = grounds(cell_of(ui, Cell("Pare"), qtbot, selected=True)[0])
    assert (ground.color, ground.place) == ("soft", PLACE)
    assert (edge.color, edge.place) == ("accent", QRect(100, 36, 3, 36))
    assert len(grounds(cell_of(ui, Cell("1"), qtbot, column=1, selected=True)[0])) == 2
    ground, _ = grounds(cell_of(ui, Cell("Pare"), qtbot, ground="sunken")[0])
    assert ground.color == "sunken"


def test_columns_are_as_wide_as_what_they_show(ui: UiContext, qtbot: QtBot) -> None:
    def wide(cell: Cell, column: int = 0) -> int:
        _, table = cell_of(ui, cell, qtbot, column=column)
        return int(table.itemDelegate().width(cell, column))  # type: ignore[attr-defined]

    theme = ui.theme
    plain = wide(Cell("Pare"))
    assert plain == theme.metrics().horizontalAdvance("Pare") + 36
    small = theme.metrics("caption")
    assert wide(Cell("Pare", aside="x")) == plain + small.horizontalAdvance("x") + 8
    assert wide(Cell("Pare", "a second line")) == small.horizontalAdvance("a second line") + 36
    assert wide(Cell("Pare", "a")) == plain
    assert wide(Cell("Pare", badge=True)) == plain + 16
    assert wide(Cell("Pare", icon="leaf")) == plain + theme.px(18) + 8
    assert wide(Cell("Pare", level=2)) == plain + 32
    bold = theme.metrics(bold=True).horizontalAdvance("Keripik pare") + 36
    assert wide(Cell("Keripik pare", bold=True)) == bold
    figures = theme.metrics(figures=True).horizontalAdvance("1.000") + 36
    assert wide(Cell("1.000"), column=1) == figures


def test_a_large_button_bears_icon_words_and_number(ui: UiContext, qtbot: QtBot) -> None:
    for main, colors in (
        (False, ["surface", "accent_text", "text", "text3"]),
        (True, ["accent", "surface", "on_accent", "on_accent"]),  # both are white
    ):
        made = VerbButton(ui, "Semai", "leaf", 8, main=main)
        qtbot.addWidget(made)
        made.resize(120, 76)
        drawn = painted(made, ui.theme).drawn
        assert [each.what for each in drawn] == ["", "<leaf>", "Semai", "8"]
        assert [each.color for each in drawn] == colors
        _, icon, words, number = (each.place for each in drawn)
        assert abs(icon.center().x() - 60) <= 1
        assert icon.bottom() < words.top()
        assert made.rect().contains(number)
        assert number.right() < made.rect().right() - 4
        assert made.toolTip() == "Semai (Alt+8)"
    long = VerbButton(ui, "Semai dan tanam", "leaf", 8)
    qtbot.addWidget(long)
    bold = ui.theme.metrics(bold=True).horizontalAdvance("Semai dan tanam")
    assert long.sizeHint().width() == bold + 20, "as wide as its words"


def test_the_chosen_tab_has_a_line_and_bold_words(ui: UiContext, qtbot: QtBot) -> None:
    strip = TabStrip(ui)
    qtbot.addWidget(strip)
    for name in ("one", "two"):
        strip.add(name, name.title())
    strip.choose("two")
    one, two = (painted(each, ui.theme).drawn[0] for each in strip.tabs.values())
    assert (one.what, one.color, one.font.bold()) == ("One", "text2", False)
    assert (two.what, two.color, two.font.bold()) == ("Two", "accent_text", True)


@pytest.mark.parametrize("across", [False, True])
def test_steps_before_are_done_and_those_to_come_wait(
    across: bool, ui: UiContext, qtbot: QtBot
) -> None:
    made = StepList(ui, [WizardStep("A", "said"), WizardStep("B"), WizardStep("C")], across=across)
    qtbot.addWidget(made)
    made.resize(600, 56) if across else made.resize(270, 168)
    made.show_step(1)
    assert made.accessibleName() == "Langkah 2 dari 3: B"
    drawn = painted(made, ui.theme)
    discs = [each for each in drawn.drawn if not each.what and each.place.width() == 26]
    assert [each.color for each in discs] == ["soft", "accent", "edge field"]
    marks = [each for each in drawn.texts if each[0] in ("<check>", "1", "2", "3")]
    assert marks == [("<check>", "accent_text"), ("2", "on_accent"), ("3", "text2")]
    titles = {each.what: each for each in drawn.drawn if each.what in ("A", "B", "C")}
    assert [each.color for each in titles.values()] == ["text", "text", "text2"]
    assert [each.font.bold() for each in titles.values()] == [True, True, False]
    for place, (disc, title) in enumerate(zip(discs, titles.values(), strict=True)):
        assert title.place.left() > disc.place.right()
        middle = 28 if across else 56 * place + 28
        assert abs(disc.place.center().y() - middle) <= 2
    seconds = [each for each in drawn.drawn if each.what == "said"]
    assert [each.elided for each in seconds] == [True] * (not across)
    assert all(made.rect().contains(each.place) for each in discs)
    wanted: list[int] = []
    made.wanted.connect(wanted.append)
    made.seen = 1
    for place in range(3):
        spot = QPoint(200 * place + 50, 28) if across else QPoint(50, 56 * place + 28)
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=spot)
    assert wanted == [0], "the one in hand and those not seen yet are no way"
    made.show_second(1, "now")
    assert made.steps[1] == WizardStep("B", "now")
    assert made.sizeHint().height() == (56 if across else 168)


def test_what_waits_has_an_icon_two_lines_and_an_arrow(ui: UiContext, qtbot: QtBot) -> None:
    made, done = ToDoList(ui), []
    qtbot.addWidget(made)
    made.show_rows([
        ToDoRow("Hitung kas", "Belum bulan ini", "wallet", lambda: done.append(1)),
        ToDoRow("Setor", "", "clock", lambda: done.append(2), urgent=False),
    ])  # fmt: skip
    first, second = made.rows
    first.resize(400, 60)
    drawn = painted(first, ui.theme).drawn
    assert [each[:2] for each in drawn] == [
        ("<wallet>", "amber"), ("<caret-right>", "text3"), ("Hitung kas", "text"),
        ("Belum bulan ini", "text2"),
    ]  # fmt: skip
    icon, arrow, above, below = (each.place for each in drawn)
    assert [each.font.bold() for each in drawn[2:]] == [True, False]
    assert icon.left() == 16
    assert icon.right() < above.left() < arrow.left()
    assert above.right() < arrow.left()
    assert above.bottom() < below.top() + 1
    assert all(first.rect().contains(each.place) for each in drawn)
    middle = first.rect().center().y()
    assert all(abs(each.center().y() - middle) <= 1 for each in (icon, arrow))
    assert painted(second, ui.theme).drawn[0].color == "text2"
    assert first.accessibleDescription() == "Belum bulan ini"
    for each in made.rows:
        each.click()
    assert done == [1, 2]
    assert (ROW_LIST, ROW_TWO_LINES) == (36, 56)


def test_figures_have_digits_of_one_width_and_stand_at_the_right(ui: UiContext) -> None:
    theme = ui.theme
    fonts = {
        "body": theme.font("body", figures=True),
        "strong": theme.font("body", bold=True, figures=True),
        "caption": theme.font("caption", figures=True),
        "quiet": theme.font("caption", figures=True),
        "label": theme.font("caption", bold=True, figures=True),
        "card": theme.font("card", bold=True, figures=True),
        "title": theme.font("title", bold=True, figures=True),
        "figure": theme.font("figure", bold=True),
    }
    for role, font in fonts.items():
        made = figures(ui, "1.250", role, "warn")
        assert made.font() == font, role
        assert made.alignment() == RIGHT | Qt.AlignmentFlag.AlignVCenter
        assert (made.text(), made.property("tone")) == ("1.250", "warn")


@pytest.mark.parametrize(("kind", "color"), [("default", "text"), ("primary", "on_accent")])
def test_an_upright_button_has_its_words_small_below_its_icon(
    ui: UiContext, around: QWidget, kind: str, color: str
) -> None:
    made = UprightButton(ui, "Simpan PDF", "file-pdf", kind=kind)
    made.setParent(around)
    for enabled in (True, False):
        made.setEnabled(enabled)
        icon, words = (each for each in painted(made, ui.theme, plain=True).drawn if each.what)
        assert (icon.what, words.what) == ("<file-pdf>", "Simpan PDF")
        wanted = ui.theme.color(color if enabled else "field")
        assert ui.theme.color(icon.color) == ui.theme.color(words.color) == wanted
        assert words.font.pixelSize() == ui.theme.font("caption").pixelSize()
        assert made.rect().contains(icon.place)
        assert made.rect().contains(words.place)
        assert icon.place.bottom() < words.place.top() + 4
        assert abs(icon.place.center().x() - words.place.center().x()) <= 1
    room = ui.theme.metrics("caption").horizontalAdvance("Simpan PDF")
    assert made.width() >= room + 8
    assert made.sizeHint() == made.size()
