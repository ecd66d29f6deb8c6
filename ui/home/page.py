"""Beranda: what to record, how the month stands, what waits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kwt_books.domain.values import Month, last_day
from kwt_books.i18n.formats import NIL
from kwt_books.queries.overview import CASH_LIMIT, SOON, Overview, ToDo
from ui.home.verbs import VERBS
from ui.kit.button import VerbButton
from ui.kit.card import Badge, Card, scrolled
from ui.kit.chart import BarLineChart, Point, legend
from ui.kit.layout import Elided, Reflow, column, figures, label, row, rule, set_tone
from ui.kit.list import ToDoList, ToDoRow
from ui.kit.look import GUTTER, ROW_TODO
from ui.kit.page import NoticeStrip, Page
from ui.kit.workspace import Workspace

_SIDE_BY_SIDE = 800
"""Chart and to-dos need this much to stand beside each other."""


class FigureCard(Card):
    """A sum of the month in hand, the month before, and the difference."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(space=2)
        self._ui = workspace.ui
        self.body.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self._title = Elided("", "label")
        self._figure = figures(self._ui, "", "figure")
        self._figure.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._before = Elided("", "quiet")
        self._change = figures(self._ui, "", "label")
        below = row(space=8)
        below.addWidget(self._before, 1)
        below.addWidget(self._change)
        self.body.addWidget(self._title)
        self.body.addWidget(self._figure)
        self.body.addLayout(below)

    def show_figures(self, title: str, now: int, before: int | None, month: str) -> None:
        """`month` names the month before; None: the book knows nothing of it."""
        formats, difference = self._ui.formats, now - before if before is not None else 0
        self._title.setText(title)
        self._figure.setText(formats.rupiah(now))
        earlier = formats.number(before) if before is not None else NIL
        self._before.setText(f"{month} {earlier}")
        arrow = "↑" if difference > 0 else "↓" if difference < 0 else ""
        self._change.setText(f"{arrow} {formats.number(abs(difference))}" if arrow else "")
        set_tone(self._change, "good" if difference > 0 else "warn")
        self.setAccessibleName(f"{title}: {self._figure.text()}. {self._before.text()}")


class HomePage(Page):
    """Scrolls where there is no room; what stands side by side goes below each other then."""

    margins = 0

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        page = column(space=8)
        page.setContentsMargins(GUTTER, 14, GUTTER, GUTTER)
        page.addWidget(NoticeStrip(self.ui, workspace.notices))
        if not workspace.only_reads:
            self._offer_verbs(page)
        self.cards = [FigureCard(workspace) for _ in range(4)]
        page.addWidget(Reflow(self.ui, self.cards, (4, 2, 1), least=220, space=GUTTER))
        page.addSpacing(8)
        self._lower = row(space=GUTTER)
        self._lower.addWidget(self._chart(), 728)
        self._lower.addWidget(self._to_do(), 390)
        page.addLayout(self._lower, 1)
        self._scroll(page)

    def _scroll(self, page: QVBoxLayout) -> None:
        ground = QWidget()
        ground.setObjectName("canvas")
        ground.setLayout(page)
        self.body.addWidget(scrolled(ground))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        narrow = self.width() < self.ui.theme.px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._lower.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _offer_verbs(self, page: QVBoxLayout) -> None:
        heading = row()
        heading.addWidget(label(self.t("What do you want to record?"), "card"))
        heading.addStretch(1)
        heading.addWidget(label(self.t("Press Alt + number"), "quiet"))
        page.addLayout(heading)
        page.addWidget(self._verbs())
        page.addSpacing(8)

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
        card = Card(t("The last 12 months"))
        self.chart = BarLineChart(self.ui, turnover, profit)
        self.chart.setMinimumHeight(self.ui.theme.px(190))
        assert card.heading is not None
        card.heading.addWidget(legend(self.ui, turnover, profit))
        card.body.addWidget(self.chart, 1)
        return card

    def _to_do(self) -> Card:
        card = Card(margins=0, space=0)
        heading = row(space=8)
        heading.setContentsMargins(GUTTER, 12, GUTTER, 12)
        heading.addWidget(label(self.t("To do"), "card"))
        self.count = Badge(self.ui, tone="warn")
        self.count.hide()  # until the book has answered
        heading.addWidget(self.count)
        heading.addStretch(1)
        card.body.addLayout(heading)
        card.body.addWidget(rule())
        self.list = ToDoList(self.ui)
        self.list.setAccessibleName(self.t("To do"))
        self.list.setMinimumHeight(self.ui.theme.px(3 * ROW_TODO))
        card.body.addWidget(self.list, 1)
        return card

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        month = self.workspace.month
        self.ask(lambda book: book.overview(month), self.show_overview)

    def show_overview(self, overview: Overview) -> None:
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
        waiting = to_do_rows(self.workspace, overview)
        self.list.show_rows(waiting)
        self.count.show_text(str(len(waiting)), "warn" if waiting else "good")
        self.count.show()

    def _name(self, month: Month) -> str:
        return self.ui.formats.month_name(int(month[5:]))

    def _points(self, overview: Overview) -> list[Point]:
        points = []
        first, last = overview.recorded or ("", "")
        for place, each in enumerate(overview.year):
            begins = place == 0 or each.month.endswith("-01")
            points.append(
                Point(
                    self._name(each.month)[:3],
                    each.turnover,
                    each.profit if first <= each.month <= last else None,
                    each.month[:4] if begins else "",
                )
            )
        return points


# -- What the book says waits, in words and with a way there -------------------------------------


BACKUP_DAYS = 7
"""A backup a week: what is lost with a computer can then be typed again."""


def to_do_rows(workspace: Workspace, overview: Overview) -> list[ToDoRow]:
    todo = overview.todo
    return [
        *_beginnings(workspace, overview),
        *_open_months(workspace, todo),
        *_expiring(workspace, todo),
        *_shops(workspace, todo),
        *_under_cost(workspace, todo),
        *_cash(workspace, todo),
        *_backup(workspace, overview),
    ]


def _beginnings(workspace: Workspace, overview: Overview) -> Iterator[ToDoRow]:
    """What a new book needs first."""
    if workspace.only_reads:
        return
    t = workspace.ui.t
    if overview.group is None:
        yield ToDoRow(
            t("Say whose book this is"),
            t("Name, address and officers of the group"),
            "users",
            partial(workspace.go, "settings", "group"),
        )
    if overview.recorded is None:
        yield ToDoRow(
            t("Record what there is at the start"),
            t("Money, goods and debts on the first day"),
            "notebook",
            partial(workspace.open_form, "opening"),
        )


def _open_months(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    for month in todo.open_months[:1]:
        t, days = workspace.ui.t, (workspace.ui.today - last_day(month)).days
        name = workspace.ui.formats.month_name(int(month[5:]))
        yield ToDoRow(
            t("{month} is not closed yet", month=name),
            t.ngettext("Over for {n} day", "Over for {n} days", days),
            "warning-circle",
            partial(workspace.go, "close", month),
        )


def _expiring(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    if not todo.expiring:
        return
    t, formats = workspace.ui.t, workspace.ui.formats
    first = todo.expiring[0]
    yield ToDoRow(
        t.ngettext(
            "{n} lot expires within {days} days",
            "{n} lots expire within {days} days",
            len(todo.expiring),
            days=SOON.days,
        ),
        t(
            "{item}, {quantity} {unit}, on {day}",
            item=first.name,
            quantity=formats.quantity(first.quantity),
            unit=first.unit,
            day=formats.day(first.expires),
        ),
        "clock",
        partial(workspace.go, "stock"),
    )


def _shops(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    t = workspace.ui.t
    for shop in todo.shops:
        yield ToDoRow(
            t.ngettext(
                "{shop} unsettled for {n} day",
                "{shop} unsettled for {n} days",
                shop.days,
                shop=shop.name,
            ),
            t.ngettext("{n} pack still there", "{n} packs still there", shop.quantity // 1000),
            "storefront",
            partial(workspace.go, "shops", shop.party),
        )


def _under_cost(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    t, rupiah = workspace.ui.t, workspace.ui.formats.rupiah
    for goods in todo.under_cost:
        yield ToDoRow(
            t("{item} costs more than its price", item=goods.name),
            t(
                "Cost {cost}, price {price} for one {unit}",
                cost=rupiah(goods.cost),
                price=rupiah(goods.price),
                unit=goods.unit,
            ),
            "trend-down",
            partial(workspace.go, "stock"),
        )


def _backup(workspace: Workspace, overview: Overview) -> Iterator[ToDoRow]:
    t, last = workspace.ui.t, workspace.preferences.backed_up(workspace.book)
    days = (workspace.ui.today - last).days if last is not None else None
    if overview.recorded is None or (days is not None and days < BACKUP_DAYS):
        return
    yield ToDoRow(
        t("No backup yet")
        if days is None
        else t.ngettext("Last backup {n} day ago", "Last backup {n} days ago", days),
        t("Have a flash drive ready"),
        "hard-drive",
        partial(workspace.go, "settings", "backup"),
        urgent=False,
    )


def _cash(workspace: Workspace, todo: ToDo) -> Iterator[ToDoRow]:
    if todo.cash_over is None:
        return
    t, rupiah = workspace.ui.t, workspace.ui.formats.rupiah
    yield ToDoRow(
        t("Cash above {limit}", limit=rupiah(CASH_LIMIT)),
        t("There is {amount}; better take it to the bank", amount=rupiah(todo.cash_over)),
        "money",
        partial(workspace.go, "cash"),
    )
