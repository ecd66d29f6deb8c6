"""The first step of a close: what is looked at before a month is closed, each with its words, a
tone and a button that leads to it or does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kwt_books.domain.accounts import CASH_BOX, SHOP_RECEIVABLE
from kwt_books.domain.errors import Issue
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.closing import Counted, MonthState
from kwt_books.reports.model import Report
from ui.kit.button import Button
from ui.kit.card import bare
from ui.kit.layout import column, discard, row, tooltip
from ui.kit.look import GUTTER, ICON_LARGE, UiContext
from ui.kit.party import account_name
from ui.kit.scrolling import Scrolling
from ui.kit.workspace import Workspace

# ------------------------------------------------------------------------------------------------
# A list of checks: an icon, two lines, and a button where there is something to do.


GOOD, WARN, ERROR, OPEN = "good", "warn", "error", "open"
_LOOKS = {
    GOOD: ("check-circle-fill", "accent_text"),
    WARN: ("warning-circle-fill", "amber"),
    ERROR: ("x-circle-fill", "red"),
    OPEN: ("circle-dashed", "text2"),
}
_ROW = 50
_ICON = ICON_LARGE + 2


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the list. `tone`: good, warn (the close may go on), error (it may not), open (still
    to be done or looked at).
    """

    name: str
    tone: str
    title: str
    second: str = ""
    offer: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)
    records: bool = True
    """Whether `act` records something; False where it only leads somewhere."""


class CheckRow(QWidget):
    """A line of the list. It paints icon and words itself, so that a whole list is made quickly."""

    def __init__(self, ui: UiContext, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self.check = ui, check
        self.setMinimumHeight(ui.theme.px(_ROW))
        self.button: Button | None = None
        if check.act is not None and check.offer:
            self.button = Button(ui, check.offer, scale="small").when_clicked(check.act)
            row(..., self.button, parent=self, space=12, margins=(GUTTER, 4, GUTTER, 4))
        self.setAccessibleName(f"{check.title}. {check.second}".strip())

    def says(self, check: Check) -> bool:
        """Whether this row can show the check without being made anew."""
        return self.check == check and (self.check.act is None) == (check.act is None)

    def _words(self) -> QRect:
        left = GUTTER + self._ui.theme.px(_ICON) + 12
        right = self.width() - GUTTER
        if self.button is not None:
            right = self.button.x() - 12
        return QRect(left, 4, right - left, self.height() - 9)

    def _lines(self) -> list[tuple[str, str, bool]]:
        lines = [(self.check.title, "body", True), (self.check.second, "caption", False)]
        return [line for line in lines if line[0]]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room, theme = self._words().width(), self._ui.theme
        cut = [
            text
            for text, size, bold in self._lines()
            if theme.metrics(size, bold=bold).horizontalAdvance(text) > room
        ]
        self.setToolTip(tooltip("\n".join(cut)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, QPainter(self)
        wrong = self.check.tone == ERROR
        if wrong:
            painter.fillRect(self.rect(), theme.color("red_bg"))
        rule = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, theme.color("grid"))
        words, side = self._words(), theme.px(_ICON)
        icon, color = _LOOKS[self.check.tone]
        place = QRect(GUTTER, words.center().y() - side // 2 + 1, side, side)
        theme.draw_icon(painter, icon, theme.color(color), place)
        lines = self._lines()
        heights = [theme.metrics(size, bold=bold).height() for _, size, bold in lines]
        top = words.center().y() - sum(heights) // 2 + 1
        for (text, size, bold), height in zip(lines, heights, strict=True):
            color = "red" if wrong else "text" if bold else "text2"
            line = QRect(words.left(), top, words.width(), height)
            theme.write(painter, line, text, color, size, bold=bold, elided=True)
            top += height


class CheckList(Scrolling):
    """The list of checks, one row each."""

    done = Signal()
    """The button that had the keyboard is gone, for what it offered has been done."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self.rows: dict[str, CheckRow] = {}
        self.setMinimumHeight(ui.theme.px(4 * _ROW))
        self._ground = bare()
        self._page = column(..., parent=self._ground)
        self.setWidget(self._ground)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks shown, in their order."""
        return tuple(each.check for each in self.rows.values())

    def count(self, *tones: str) -> int:
        """How many checks have one of the tones."""
        return sum(each.tone in tones for each in self.checks)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Shows the checks; a button that has the keyboard keeps it where it is still there."""
        if tuple(checks) == self.checks:
            return
        focused = next((n for n, r in self.rows.items() if r.button and r.button.hasFocus()), "")
        before, self.rows = self.rows, {}
        for place, check in enumerate(checks):
            known = before.get(check.name)
            if known is not None and known.says(check):
                self._page.removeWidget(before.pop(check.name))
            else:
                known = CheckRow(self._ui, check, self._ground)
            self.rows[check.name] = known
            self._page.insertWidget(place, known)
        for one, other in pairwise(each.button for each in self.rows.values() if each.button):
            QWidget.setTabOrder(one, other)
        for gone in before.values():
            self._page.removeWidget(gone)
            discard(gone)
        kept = self.rows.get(focused)
        if kept is not None and kept.button is not None:
            kept.button.setFocus()
        elif focused:
            self.done.emit()


_OWING_SHOWN, _NAMED = 3, 2
_SHARES = frozenset({"no-shares", "shares-not-100", "missing"})
_SHORT = noop("{day}, {amount}, {less} short and recorded")
_OVER = noop("{day}, {amount}, {less} over and recorded")
ODD = {
    "cash-below-nil": noop("Cash was below zero"),
    "twice": noop("Something may be recorded twice"),
    "under-cost": noop("Sold for less than it cost"),
    "shops": noop("Shops have not settled for a long time"),
    "receipts": noop("Payments without a receipt"),
    "losses": noop("A lot was lost or spoiled"),
    "backdated": noop("Recorded long after its date"),
}
"""Rules of the exceptions report that are worth knowing before a close, with their words."""


@dataclass(frozen=True, slots=True)
class CloseActions:
    """The actions of the list's buttons that neither open a form nor lead to a place."""

    depreciate: Callable[[], object]
    show_shares: Callable[[], object]


@dataclass(frozen=True, slots=True)
class ExceptionsFound:
    """The part of the exceptions report that the list shows."""

    found: Mapping[str, int]
    """By rule, how many things it found."""
    firsts: Mapping[str, str]
    """By rule, the reason of the first thing it found."""


def exceptions_of(report: Report) -> ExceptionsFound:
    """The part of the exceptions report that the list shows."""
    found = {code: report.figures.get(code, 0) for code in ODD}
    return ExceptionsFound(found, _first_reasons(report))


@dataclass(frozen=True, slots=True)
class Looked:
    """What the list is made of. `odd` is None until the exceptions report is there."""

    state: MonthState
    due: int
    """Depreciation that is due, rupiah."""
    issues: tuple[Issue, ...]
    """What the book would refuse or warn of, were the month closed now."""
    odd: ExceptionsFound | None


class Checker:
    """Words the checks of a month."""

    def __init__(self, workspace: Workspace, looked: Looked, actions: CloseActions) -> None:
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._looked, self._actions = looked, actions
        self._state = looked.state
        self._end = last_day(looked.state.month)

    def checks(self) -> list[Check]:
        """All checks: those in the way of the close first, the rest in the
        order of a month's end.
        """
        found = [
            *self._time(),
            *self._earlier(),
            *self._against(),
            *self._fridays(),
            *self._counts(),
            *self._visits(),
            *self._stock(),
            *self._depreciation(),
            *self._odd(),
        ]
        return sorted(found, key=lambda check: check.tone != ERROR)

    def _name(self, month: Month) -> str:
        return self._ui.formats.month_alone(month)

    # -- the month itself ------------------------------------------------------------------

    def _time(self) -> Iterator[Check]:
        t, today, month = self._t, self._ui.today, self._state.month
        name = self._name(month)
        if today < first_day(month):
            title = t("{month} has not begun yet", month=name)
            second = t("Choose an earlier month.")
            yield Check("future", ERROR, title, second, *self._to_next(), records=False)
        elif today < self._end:
            left = (self._end - today).days
            title = t("{month} is not over yet", month=name)
            second = t.ngettext(
                "{n} day is left. What is recorded in it after the close is refused.",
                "{n} days are left. What is recorded in them after the close is refused.",
                left,
            )
            yield Check("early", WARN, title, second)
        if not self._state.documents and today >= first_day(month):
            title = t("Nothing is recorded in {month}", month=name)
            second = t("Check that this is the right month.")
            yield Check("nothing", WARN, title, second, *self._to_next(), records=False)

    def _to_next(self) -> tuple[str, Callable[[], object] | None]:
        """Words and action of the button that leads to the month to be closed next."""
        next_open = self._state.next_open
        if next_open in (None, self._state.month) or self._state.along:
            return "", None
        offer = self._t("Go to {month}", month=self._name(next_open))
        return offer, partial(self._workspace.show_month, next_open)

    def _earlier(self) -> Iterator[Check]:
        along = self._state.along
        if not along:
            return
        t, first, last = self._t, self._name(along[0]), self._name(along[-1])
        name = self._name(self._state.month)
        title = t("{month} is still open", month=first)
        if len(along) > 1:
            title = t("{first} to {last} are still open", first=first, last=last)
        second = t("Closed together with {month}, and their profit is shared with it.", month=name)
        offer = t("Close {month} first", month=first)
        act = partial(self._workspace.show_month, along[0])
        yield Check("along", WARN, title, second, offer, act, records=False)

    def _against(self) -> Iterator[Check]:
        t = self._t
        for place, issue in enumerate(self._looked.issues):
            if issue.code in _SHARES:
                title = t("How profit is shared is not decided yet")
                offer = t("Fill in the shares")
                yield Check("shares", ERROR, title, "", offer, self._actions.show_shares)
            else:
                title = t("This month can't be closed yet")
                yield Check(f"against-{place}", ERROR, title, self._workspace.explain(issue))

    # -- what was counted ------------------------------------------------------------------

    def _fridays(self) -> Iterator[Check]:
        t, fridays = self._t, self._state.fridays
        if fridays.missed:
            days = ", ".join(self._ui.short_day(day) for day in fridays.missed)
            title = t("Friday outlet not recorded: {days}", days=days)
            second = t("If there was none that day, go on.")
            act = partial(self._workspace.go, "sell", "market_day")
            yield Check("fridays", WARN, title, second, t("Record it"), act)
        elif fridays.held:
            days = ", ".join(str(day.day) for day in fridays.held)
            title = t("Every Friday is recorded")
            second = t("{days} {month}", days=days, month=self._name(self._state.month))
            yield Check("fridays", GOOD, title, second)

    def _counts(self) -> Iterator[Check]:
        for each in self._state.counts:
            if each.day is not None:
                yield self._counted(each)
            elif each.balance or each.account.code == CASH_BOX:
                yield self._uncounted(each)

    def _counted(self, each: Counted) -> Check:
        t, rupiah = self._t, self._ui.formats.rupiah
        assert each.day is not None
        name, key = account_name(self._ui, each.account), f"count-{each.account.code}"
        if each.moved_since:
            title = t("{account} has changed since it was counted", account=name)
            second = t(
                "Counted {counted} on {day}, in the book now {balance}",
                counted=rupiah(each.counted), day=self._ui.short_day(each.day),
                balance=rupiah(each.balance),
            )  # fmt: skip
            return Check(key, WARN, title, second, t("Count again"), self._count(each))
        title = t("{account} was counted", account=name)
        if each.by_bank:
            title = t("{account} agrees with the passbook", account=name)
        day, counted = self._ui.short_day(each.day), rupiah(each.counted)
        second = t("{day}, {amount}, exactly right", day=day, amount=counted)
        if each.difference:
            words = _SHORT if each.difference < 0 else _OVER
            second = t(words, day=day, amount=counted, less=rupiah(abs(each.difference)))
        return Check(key, GOOD, title, second)

    def _uncounted(self, each: Counted) -> Check:
        t = self._t
        name, key = account_name(self._ui, each.account), f"count-{each.account.code}"
        balance = self._ui.formats.rupiah(each.balance)
        second = t("In the book: {balance}", balance=balance)
        if each.by_bank:
            title = t("{account} was not compared", account=name)
            return Check(key, WARN, title, second, t("Compare"), self._count(each))
        title = t("{account} was not counted", account=name)
        return Check(key, WARN, title, second, t("Count it"), self._count(each))

    def _count(self, each: Counted) -> Callable[[], object]:
        given = {"account": each.account.code, "date": min(self._end, self._ui.today).isoformat()}
        return partial(self._workspace.open_form, "cash_count", **given)

    def _visits(self) -> Iterator[Check]:
        t, visits, rupiah = self._t, self._state.visits, self._ui.formats.rupiah
        if visits.settled and visits.last is not None:
            title = t("Shop settlements are recorded")
            second = t.ngettext(
                "{n} settlement, on {day}",
                "{n} settlements, the last on {day}",
                visits.settled,
                day=self._ui.short_day(visits.last),
            )
            yield Check("settled", GOOD, title, second)
        for debt in visits.owing[:_OWING_SHOWN]:
            amount = rupiah(debt.owed)
            title = t("{name} has not paid {amount}", name=debt.name, amount=amount)
            second = t("You may go on. It stays on the list of what is due to us.")
            place = ("cash", "debts")
            if debt.account.code == SHOP_RECEIVABLE:
                place = ("shops", debt.party)
            act = partial(self._workspace.go, *place)
            yield Check(f"owing-{debt.party}", WARN, title, second, t("View"), act, records=False)
        if len(visits.owing) > _OWING_SHOWN:
            rest = visits.owing[_OWING_SHOWN:]
            amount = rupiah(sum(debt.owed for debt in rest))
            title = t.ngettext(
                "{n} more has not paid {amount}",
                "{n} more have not paid {amount}",
                len(rest),
                amount=amount,
            )
            act = partial(self._workspace.go, "cash", "debts")
            yield Check("owing", WARN, title, "", t("View"), act, records=False)

    def _stock(self) -> Iterator[Check]:
        t, stock = self._t, self._state.stock
        if not stock.standing:
            return
        if not stock.missed and stock.day is not None:
            title = t("The store was counted")
            yield Check("stock", GOOD, title, self._ui.short_day(stock.day))
            return
        title = t("The store was not counted")
        second = t.ngettext(
            "{n} kind of goods stands there",
            "{n} kinds of goods stand there",
            stock.standing,
        )
        if stock.day is not None:
            names = ", ".join(stock.missed[:_NAMED])
            title = t("Not counted: {names}", names=names)
            if (rest := len(stock.missed) - _NAMED) > 0:
                title = t("Not counted: {names} and {n} more", names=names, n=rest)
        count = partial(self._workspace.open_form, "stock_count")
        yield Check("stock", WARN, title, second, t("Count the store"), count)

    def _depreciation(self) -> Iterator[Check]:
        t, due = self._t, self._looked.due
        if due:
            amount = self._ui.formats.rupiah(due)
            title = t("Depreciation of {amount} is not recorded", amount=amount)
            second = t("The part of the assets' cost that this month used up.")
            yield Check(
                "depreciation", OPEN, title, second, t("Record now"), self._actions.depreciate
            )
        elif self._state.depreciated is not None:
            yield Check(
                "depreciation", GOOD, t("Depreciation is recorded"), self._state.depreciated
            )

    # -- what looks odd --------------------------------------------------------------------

    def _odd(self) -> Iterator[Check]:
        t, odd = self._t, self._looked.odd
        if odd is None:
            yield Check("odd", OPEN, t("Looking for anything odd…"))
            return
        look = partial(self._workspace.go, "reports", "exceptions")
        for code, title in ODD.items():
            if times := odd.found[code]:
                count = t.ngettext("{n} time", "{n} times", times)
                second = ": ".join(filter(None, (count, odd.firsts.get(code, ""))))
                yield Check(f"odd-{code}", WARN, t(title), second, t("View"), look, records=False)
        if not any(odd.found.values()):
            yield Check("odd", GOOD, t("Nothing looks odd"))


def _first_reasons(report: Report) -> Mapping[str, str]:
    """By rule, the reason of the first thing found; summary rows, without a day, are skipped."""
    day = next(place for place, column in enumerate(report.columns) if column.key == "date")
    found: dict[str, str] = {}
    for line in report.rows:
        if line.code and len(line.cells) > day and line.cells[day] is not None:
            found.setdefault(line.code, line.label)
    return found
