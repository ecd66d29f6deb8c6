"""Where layouts put their parts, measured against the rule that each states."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QDialog, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.windows import let_go
from ui.kit.layout import (
    Elided,
    FlowLayout,
    Folding,
    Later,
    Reflow,
    clear,
    column,
    figures,
    grid_layout,
    holder,
    label,
    no_wider,
    progress_bar,
    row,
    rule,
    say,
    show_text,
    stacked,
    tabbed_before,
    tooltip,
    wrapped,
)
from ui.kit.look import UiContext
from ui.kit.scrolling import bring_into_view, fixed_page

WIDE, HIGH = 100, 30


def part(width: int = WIDE, height: int = HIGH) -> QWidget:
    made = QWidget()
    made.setFixedSize(width, height)
    return made


def shown(layout: QBoxLayout | QWidget, qtbot: QtBot, *size: int) -> QWidget:
    made = layout if isinstance(layout, QWidget) else holder(layout)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    QApplication.processEvents()
    return made


def test_parts_stand_beside_or_below_each_other_with_their_gaps(qtbot: QtBot) -> None:
    one, other, last = part(), part(), part()
    made = shown(row(one, 12, (other, 0, Qt.AlignmentFlag.AlignTop), ..., last, space=8,
              margins=(2, 4, 6, 8)), qtbot, 500, 80)  # fmt: skip
    assert (one.x(), other.x(), last.geometry().right()) == (2, 2 + WIDE + 12 + 8, 500 - 6 - 1)
    assert (one.geometry().center().y(), other.y()) == ((4 + 80 - 8 - 1) // 2, 4)
    one, other = QWidget(), QWidget()
    made = shown(column((one, 1), (row((other, 1)), 3), margins=10, space=20), qtbot, 200, 240)
    assert (one.height(), other.height(), other.y()) == (50, 150, 10 + 50 + 20)
    assert (one.x(), one.width()) == (10, made.width() - 20)


def test_a_grid_has_its_gaps_and_a_wide_column(qtbot: QtBot) -> None:
    grid = grid_layout(across=8, down=6, margins=(4, 5, 6, 7), wide=1)
    parts = [QFrame() for _ in range(4)]
    for place, each in enumerate(parts):
        each.setMinimumSize(20, 10)
        grid.addWidget(each, place // 2, place % 2)
    made = holder(grid)
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    first, second, third, _ = parts
    assert (first.pos(), first.width()) == (QPoint(4, 5), 20)
    assert second.geometry().right() == 300 - 6 - 1
    assert second.x() - first.geometry().right() - 1 == 8
    assert third.y() - first.geometry().bottom() - 1 == 6
    usual = grid_layout()
    assert (usual.columnStretch(1), usual.contentsMargins()) != (1, grid.contentsMargins())


def test_what_is_read_is_no_wider_than_it_should_be(qtbot: QtBot) -> None:
    text = QWidget()
    made = shown(no_wider(text, 300), qtbot, 200, 50)
    assert text.width() == 200
    made.resize(500, 50)
    QApplication.processEvents()
    assert (text.x(), text.width()) == (0, 300)


# -- rows of parts of their own width ------------------------------------------------------------


def flow(qtbot: QtBot, width: int, *parts: QWidget, space: int = 12) -> tuple[QWidget, FlowLayout]:
    made = QWidget()
    layout = FlowLayout(made, space=space)
    for each in parts:
        layout.addWidget(each)
    shown(made, qtbot, width, 200)
    return made, layout


def test_parts_flow_into_the_next_row_where_there_is_no_room(qtbot: QtBot) -> None:
    parts = [part(), part(height=50), part(), part(300)]
    need = 3 * WIDE + 2 * 12
    for width, places in (
        (need, [(0, 0), (112, 0), (224, 0), (0, 62)]),
        (need - 1, [(0, 0), (112, 0), (0, 62), (0, 62 + HIGH + 12)]),
        (300, [(0, 0), (112, 0), (0, 62), (0, 62 + HIGH + 12)]),
    ):
        made, layout = flow(qtbot, width, *parts)
        assert [(each.x(), each.y()) for each in parts] == places
        assert layout.heightForWidth(width) == places[-1][1] + HIGH
        assert layout.minimumSize() == layout.sizeHint() == QSize(300, 50)
        assert layout.hasHeightForWidth()
        assert layout.parentWidget() is made
        assert layout.expandingDirections() == Qt.Orientation(0)
        for each in parts:
            each.setParent(None)


def test_hidden_parts_take_no_room_in_a_flow(qtbot: QtBot) -> None:
    first, hidden, last, between = part(), part(500, 90), part(), part(40)
    made, layout = flow(qtbot, 400, first, hidden, last, space=10)
    hidden.hide()
    layout.insert(2, between)
    made.show()
    between.show()
    QApplication.processEvents()
    assert [each.x() for each in (first, between, last)] == [0, 110, 160]
    assert (layout.count(), layout.minimumSize()) == (4, QSize(WIDE, HIGH))
    order = [layout.itemAt(place) for place in range(-1, 5)]
    widgets = [each.widget() if each is not None else None for each in order]
    assert widgets == [None, first, hidden, between, last, None]
    assert layout.takeAt(4) is layout.takeAt(-1) is None
    taken = layout.takeAt(1)
    assert taken is not None
    assert (taken.widget(), layout.count()) == (hidden, 3)


def test_equal_parts_stand_in_the_fewest_rows_that_they_fit_in(ui: UiContext, qtbot: QtBot) -> None:
    parts = [QWidget() for _ in range(6)]
    made = Reflow(ui, parts, (6, 3, 2), least=90, space=10, breaks=frozenset({2}))
    made.setFixedHeight(200)
    shown(made, qtbot, 600, 200)
    for width, across in ((600, 6), (599, 3), (300, 3), (299, 2), (50, 2)):
        made.resize(width, 200)
        QApplication.processEvents()
        assert made.across == across, width
        assert len({each.x() for each in parts}) == across
        assert len({each.y() for each in parts}) == 6 // across
        wide = {each.width() for each in parts}
        assert max(wide) - min(wide) <= 1, "equal parts"
    made.resize(700, 200)
    QApplication.processEvents()
    gaps = [right.x() - left.geometry().right() - 1
            for left, right in pairwise(parts)]  # fmt: skip
    assert gaps == [10, 16, 10, 10, 10], "groups are set apart"
    assert made.minimumSizeHint().width() == 0


def test_a_line_folds_where_it_has_no_room(ui: UiContext, qtbot: QtBot) -> None:
    first, other = part(50), part(80)
    first.setMaximumWidth(1000)
    made = Folding(ui, first, other, least=300)
    shown(made, qtbot, 300, 120)
    assert (first.x(), other.y() == first.y()) == (0, True)
    assert first.width() > 50, "what room there is"
    made.resize(299, 120)
    QApplication.processEvents()
    assert other.y() >= first.geometry().bottom() + 8
    assert other.x() == 0
    made.resize(300, 120)
    QApplication.processEvents()
    assert other.y() == first.y()
    assert made.minimumSizeHint().width() == 0


# -- words ---------------------------------------------------------------------------------------


def test_a_tooltip_shows_markup_as_it_was_written() -> None:
    assert tooltip("Siti & Wati\nTwo") == "Siti & Wati\nTwo"
    assert tooltip("<b>1</b>\nTwo") == "<qt>&lt;b&gt;1&lt;/b&gt;<br>Two</qt>"


def test_words_are_cut_with_dots_and_told_whole(qtbot: QtBot) -> None:
    made = Elided("Keripik pare yang dibuat pada hari Jumat", "caption", "warn")
    qtbot.addWidget(made)
    assert (made.property("role"), made.property("tone")) == ("caption", "warn")
    made.resize(60, 20)
    made.show()
    assert made.toolTip() == made.text()
    least = made.minimumSizeHint().width()
    assert 0 < least < made.sizeHint().width()
    made.resize(made.fontMetrics().horizontalAdvance(made.text()), 20)
    QApplication.processEvents()
    assert made.toolTip() == ""


def test_words_are_plain_text_of_a_role_and_a_tone(ui: UiContext, qtbot: QtBot) -> None:
    made = label("<b>x</b>", "card", "good")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert (made.property("role"), made.property("tone")) == ("card", "good")
    say(made, "y", "warn")
    assert (made.text(), made.property("tone")) == ("y", "warn")
    say(made, "z")
    assert (made.text(), made.property("tone")) == ("z", "")
    show_text(made, "")
    assert made.isHidden()
    show_text(made, "w")
    assert (made.text(), made.isHidden()) == ("w", False)
    assert figures(ui, "1", "label").font().bold()
    assert isinstance(made, QLabel)


@pytest.mark.parametrize("centred", [False, True])
def test_words_of_a_width_are_as_high_as_they_need(
    ui: UiContext, qtbot: QtBot, centred: bool
) -> None:
    made = wrapped(ui, "satu dua tiga empat lima enam tujuh", "body", 90, centred=centred)
    qtbot.addWidget(made)
    assert (made.minimumWidth(), made.maximumWidth()) == (90, 90)
    assert made.minimumHeight() == made.maximumHeight() == made.heightForWidth(90)
    assert made.height() > made.fontMetrics().height()
    assert (made.alignment() == Qt.AlignmentFlag.AlignCenter) is centred
    assert wrapped(ui, "", "body", 90).maximumHeight() >= 0


# -- what is made, thrown away and gone to -------------------------------------------------------


def test_a_layout_is_cleared_with_all_that_is_in_it(qtbot: QtBot) -> None:
    inner = row(part(), part())
    layout = column(part(), inner, 8, ..., part())
    made = shown(layout, qtbot, 300, 200)
    clear(layout)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    left = made.findChildren(QWidget, options=direct)
    assert not any(each.isVisible() for each in left), "at once"
    let_go()
    assert (layout.count(), made.findChildren(QWidget, options=direct)) == (0, [])


def test_what_is_shown_later_is_made_once(qtbot: QtBot) -> None:
    made: list[QLabel] = []
    later = Later(lambda: made.append(label("here")) or made[-1])
    pages = stacked(part(), later)
    shown(pages, qtbot, 100, 100)
    assert (later.made, made, pages.currentIndex()) == (False, [], 0)
    for index in (1, 0, 1):
        pages.setCurrentIndex(index)
        QApplication.processEvents()
    assert (later.made, len(made)) == (True, 1)
    assert made[0].isVisible()


def test_a_dialog_is_as_high_as_what_is_in_it(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    page = fixed_page(dialog, 300, margins=16, space=8)
    for each in (part(200, 40), part(100, 60)):
        page.addWidget(each)
    dialog.show()
    QApplication.processEvents()
    assert dialog.size() == QSize(300, 16 + 40 + 8 + 60 + 16)
    page.addWidget(part(100, 20))
    QApplication.processEvents()
    assert dialog.height() == 16 + 40 + 8 + 60 + 8 + 20 + 16


def test_a_dialog_that_is_higher_than_the_screen_scrolls(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    page, screen = fixed_page(dialog, 300, margins=16, space=8), dialog.screen().availableSize()
    last = part(100, 60)
    for each in (part(100, screen.height()), last):
        page.addWidget(each)
    dialog.show()
    QApplication.processEvents()
    assert dialog.width() == 300
    assert screen.height() - 60 < dialog.height() < screen.height(), "with room for its title"
    assert last.visibleRegion().isEmpty()
    bring_into_view(last)
    assert last.visibleRegion().boundingRect() == last.rect()


def test_a_bar_and_a_line_across(qtbot: QtBot) -> None:
    for most in (0, 100):
        bar = progress_bar(most)
        qtbot.addWidget(bar)
        assert (bar.minimum(), bar.maximum(), bar.isTextVisible()) == (0, most, False)
    for thin, name in ((False, "rule"), (True, "thin_rule")):
        line = rule(thin=thin)
        qtbot.addWidget(line)
        assert (line.objectName(), line.minimumHeight(), line.maximumHeight()) == (name, 1, 1)


def test_what_tab_reached_before(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    parts = [QFrame(window) for _ in range(4)]
    for each, policy in zip(parts, ("TabFocus", "ClickFocus", "StrongFocus", "NoFocus"),
                            strict=True):  # fmt: skip
        each.setFocusPolicy(Qt.FocusPolicy[policy])
    assert tabbed_before(parts[0]) is None
    assert tabbed_before(parts[2]) is parts[0], "what takes clicks alone is passed over"
    assert tabbed_before(parts[3]) is parts[2]
