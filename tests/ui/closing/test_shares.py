"""How the profit is shared out, and the rupiah that rounding leaves over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import share_out
from kwt_books.i18n.formats import NIL
from scripts.layout_faults import out_of_reach
from tests.ui.closing.hand import CTRL, Make, Open, Settle, form_of, tone
from tests.ui.sample_parts import left_by
from ui.closing.checks import ERROR
from ui.closing.form import CLOSE, LOOK, SHARE

LONG = "Dana pemeliharaan rumah bibit, kebun dan saluran air warga"


def test_a_percent_that_can_t_be_taken_is_not_counted_by_halves(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    """Of 300 the field has taken 30 by then, which would come to a hundred; and nothing moves to
    the side when the rupiah that rounding left over is no longer shown.
    """
    page = open_page(book_without("month_close"))
    form = form_of(page)
    form.show_step(SHARE)
    settle(page.workspace)
    shares = form.shares
    first = next(iter(shares.by_fund.values()))
    left = first.stepper.x()
    first.stepper.setFocus()
    first.stepper.selectAll()
    qtbot.keyClicks(first.stepper, "300")
    assert not shares.total.isVisible()
    assert {each.amount.text() for each in shares.by_fund.values()} == {NIL}
    settle(page.workspace)
    assert first.stepper.x() == left
    assert shares.problem()
    first.stepper.selectAll()
    qtbot.keyClicks(first.stepper, "29")
    assert shares.total.isVisible()


def test_shares_of_one_s_own_and_the_rupiah_left_over(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    """1.200.001 by thirds: what rounding leaves over is seen where it goes."""
    more = {
        "kind": "receipt", "date": "2026-06-30", "into": "1101",
        "lines": [{"account": "7102", "amount": 1}],
    }  # fmt: skip
    path = book_without("month_close", more=(more,))
    page = open_page(path)
    form = form_of(page)
    own = {"3201": 34, "3202": 33, "3203": 33}
    form.show_step(SHARE)
    form.shares.set_shares(own)
    parts = share_out(form.sums.shared, own)
    assert form.shares.parts == parts
    floors = {code: form.sums.shared * percent // 100 for code, percent in own.items()}
    extra = {code for code in own if parts[code] > floors[code]}
    assert extra
    shown = {c for c, each in form.shares.by_fund.items() if not each.extra.isHidden()}
    assert shown == extra
    form.show_step(CLOSE)
    with qtbot.waitSignal(page.workspace.tasks.changed):
        form.save()
    settle(page.workspace)
    [left] = left_by(path, "month_close", "2026-06-30")
    assert {a: -n for a, n, _, _ in left.postings if a in own} == parts


def test_without_a_decision_the_shares_stand_in_the_way(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    """A book without a group can still close, once the shares are filled in."""
    path = book_without("month_close", "group")
    page = open_page(path)
    form = form_of(page)
    assert tone(page, "shares") == ERROR
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.step == LOOK
    button = page.list.rows["shares"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.step == SHARE
    form.shares.set_shares({"3201": 100})
    assert "shares" not in page.list.rows
    form.show_step(CLOSE)
    with qtbot.waitSignal(page.workspace.tasks.changed):
        form.save()
    settle(page.workspace)
    assert len(left_by(path, "month_close", "2026-06-30")) == 1


@pytest.mark.parametrize("screen", [(1366, 689), (1092, 545), (910, 449)], ids=str)
def test_with_ten_funds_each_step_can_be_left(
    open_page: Open, book_without: Make, screen: tuple[int, int]
) -> None:
    """On a laptop's screen at 100, 125 and 150 percent."""
    more = tuple(
        {"kind": "account", "code": f"321{n}", "name": f"{LONG} {n}", "name_en": f"Fund {n}",
         "type": "equity", "normal": "credit"}
        for n in range(10)
    )  # fmt: skip
    page = open_page(book_without("month_close", more=more))
    form = form_of(page)
    form.shares.set_shares({each["code"]: 10 for each in more})
    for step in range(CLOSE + 1):
        form.show_step(step)
        assert out_of_reach(page.window(), *screen) == [], step
