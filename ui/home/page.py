"""Beranda: buttons to record with, the month's figures, a year of them as a
chart, and what waits.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kwt_books.domain.values import Month
from kwt_books.i18n.formats import NIL
from ui.home.verbs import VERBS
from ui.kit.button import VerbButton
from ui.kit.card import Badge, Card
from ui.kit.chart import BarLineChart, Point, legend
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import (
    Elided,
    Reflow,
    column,
    figures,
    fill,
    holder,
    label,
    row,
    rule,
    say,
)
from ui.kit.list import ToDoList
from ui.kit.look import GUTTER, ROW_TODO
from ui.kit.page import NoticeStrip, Page
from ui.kit.scrolling import Scrolling
from ui.kit.workspace import Workspace, overview_of

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from kwt_books.queries.overview import Overview

_SIDE_BY_SIDE = 800
"""Width from which chart and to-dos are side by side."""


class FigureCard(Card):
    """A figure of the month in hand, that of the month before, and the difference; rupiah."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(space=2)
        self._ui = workspace.ui
        self.body.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self._title = Elided("", "label")
        self._figure = figures(self._ui, "", "figure")
        self._figure.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._before = Elided("", "quiet")
        self._change = figures(self._ui, "", "label")
        fill(self.body, self._title, self._figure, row((self._before, 1), self._change, space=8))

    def show_figures(self, title: str, now: int, before: int | None, month: str) -> None:
        """Shows both figures; `month` names the month before, whose figure is None where the book
        has no record of it.
        """
        formats, difference = self._ui.formats, now - before if before is not None else 0
        self._title.setText(title)
        self._figure.setText(formats.rupiah(now))
        earlier = formats.number(before) if before is not None else NIL
        self._before.setText(f"{month} {earlier}")
        arrow = "↑" if difference > 0 else "↓" if difference < 0 else ""
        text = f"{arrow} {formats.number(abs(difference))}" if arrow else ""
        say(self._change, text, "good" if difference > 0 else "warn")
        self.setAccessibleName(f"{title}: {self._figure.text()}. {self._before.text()}")


class HomePage(Page):
    """The first page. Where it is narrow, what is side by side goes one below the other."""

    margins = 0

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._overview: Overview | None = None
        workspace.drafts_changed.connect(self._show_waiting)
        page = column(
            NoticeStrip(self.ui, workspace.notices), space=8, margins=(GUTTER, 12, GUTTER, GUTTER)
        )
        if not workspace.only_reads:
            self._offer_verbs(page)
        self.cards = [FigureCard(workspace) for _ in range(4)]
        fill(page, Reflow(self.ui, self.cards, (4, 2, 1), least=220, space=GUTTER), 8)
        self._lower = row((self._chart(), 728), (self._to_do(), 390), space=GUTTER)
        page.addLayout(self._lower, 1)
        self.body.addWidget(Scrolling(holder(page, "canvas")))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        narrow = self.width() < self.ui.theme.px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._lower.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _offer_verbs(self, page: QVBoxLayout) -> None:
        asked = label(self.t("What do you want to record?"), "card")
        heading = row(asked, ..., label(self.t("Press Alt + number"), "quiet"))
        fill(page, heading, self._verbs(), 8)

    def _verbs(self) -> Reflow:
        buttons = []
        for place, verb in enumerate(VERBS):
            button = VerbButton(self.ui, self.t(verb.title), verb.icon, place + 1, main=place == 0)
            button.clicked.connect(partial(self._start, place))
            buttons.append(button)
        breaks = frozenset(
            place for place in range(1, len(VERBS)) if VERBS[place].group != VERBS[place - 1].group
        )
        return Reflow(self.ui, buttons, (8, 4, 2), least=116, breaks=breaks)

    def _start(self, place: int) -> None:
        VERBS[place].start(self.workspace)

    def _chart(self) -> Card:
        t = self.t
        turnover, profit = t("Turnover"), t("Profit")
        card = Card(t("Month by month"))
        self.chart = BarLineChart(self.ui, turnover, profit)
        self.chart.setMinimumHeight(self.ui.theme.px(190))
        ChartPicture(self.workspace, self.chart, t("Month by month"))
        assert card.heading is not None
        card.heading.addWidget(legend(self.ui, self.chart.swatches))
        card.body.addWidget(self.chart, 1)
        return card

    def _to_do(self) -> Card:
        card = Card(margins=0, space=0)
        self.count = Badge(self.ui, tone="warn")
        self.count.hide()  # until the book has answered
        title = label(self.t("To do"), "card")
        heading = row(title, self.count, ..., space=8, margins=(GUTTER, 12, GUTTER, 12))
        self.list = ToDoList(self.ui)
        self.list.setAccessibleName(self.t("To do"))
        self.list.setMinimumHeight(self.ui.theme.px(3 * ROW_TODO))
        fill(card.body, heading, rule(), (self.list, 1))
        return card

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the month's overview."""
        month = self.workspace.month
        self.ask(lambda book: overview_of(book, month), self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """Shows the figures, the chart and what waits."""
        self._overview = overview
        this, before, t = overview.this, overview.before, self.t
        now, then = self._name(this.month), self._name(before.month)[:3]
        known = overview.recorded is not None and before.month >= overview.recorded[0]
        shown = (
            (t("{month} turnover", month=now), this.turnover, before.turnover if known else None),
            (t("{month} profit", month=now), this.profit, before.profit if known else None),
            (t("Cash & bank"), this.cash, before.cash),
            (t("Assets"), this.assets, before.assets),
        )
        for card, (title, amount, earlier) in zip(self.cards, shown, strict=True):
            card.show_figures(title, amount, earlier, then)
        self.chart.show_points(self._points(overview))
        self._show_waiting()

    def _show_waiting(self) -> None:
        from ui.home.to_do import to_do_rows

        if self._overview is None:
            return
        waiting = to_do_rows(self.workspace, self._overview)
        self.list.show_rows(waiting)
        self.count.show_text(str(len(waiting)), "warn" if waiting else "good")
        self.count.show()

    def _name(self, month: Month) -> str:
        return self.ui.formats.month_alone(month)

    def _points(self, overview: Overview) -> list[Point]:
        points = []
        first, last = overview.recorded or ("", "")
        year = [each for each in overview.year if each.month >= first] or overview.year
        for place, each in enumerate(year):
            begins = place == 0 or each.month.endswith("-01")
            points.append(
                Point(
                    self._name(each.month)[:3],
                    each.turnover,
                    each.profit if first <= each.month <= last else None,
                    str(Month(each.month).year) if begins else "",
                )
            )
        return points
