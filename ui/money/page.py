"""Belanja & Kas: the cash accounts with their lines, debts and claims, and the page with all its
parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from kwt_books.domain.values import last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.money import (
    MOST_LINES,
    TO_PAY,
    CashAccount,
    CashSummary,
    Debt,
    MoneyLine,
    debt_lines,
    open_debts,
    till,
)
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.button import Button, Segment
from ui.kit.card import Card, EmptyState
from ui.kit.chart import Frame
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import column, fill, holder, label, row, rule
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import ActionBar, Foot, ListPage, lead, money_row, signed
from ui.kit.look import GUTTER, ROW_LIST, ROW_TWO_LINES
from ui.kit.page import Action, TabbedPage
from ui.kit.party import account_name
from ui.kit.scrolling import TwoCards
from ui.kit.table import Cell
from ui.kit.words import ago
from ui.kit.worker import Change
from ui.kit.workspace import Workspace
from ui.money.lists import AssetsPart, GrantsPart, SavingsPart

_MONTHS = Frame(52, 8, 4, 22, height=100, least=60)
"""The chart below the cash accounts, as low as can be read."""
_TILL_ASIDE, _TILL_LEAST = 336, 640
_WHOLE = 6
"""Cash accounts that are seen without scrolling."""
ALL = ""
"""Key of the row of all cash accounts."""


class TillPart(ListPage[MoneyLine]):
    """Uang: the cash accounts, and the month's lines of one or all."""

    selects_first = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.till: CashSummary | None = None
        self._account = ALL
        receive = Action(t("Receive money"), "download-simple", "receipt")
        buy = Action(t("Buy"), "shopping-cart-simple", "purchase", "Alt+4")
        actions = (
            buy,
            Action(t("Pay"), "receipt", "payment", "Alt+5"),
            receive,
            Action(t("Move money"), "arrows-left-right", "transfer"),
            Action(t("Count the cash"), "calculator", "cash_count"),
            Action(t("Reconcile with the bank"), "check-circle", "bank_reconciliation"),
            Action(t("Residents' dues"), "users-three", "dues"),
        )
        titles = t("Date"), t("Number"), t("Details"), t("Amount"), t("Balance")
        self.title, self.when = label("", "card"), label("", "caption")
        self.beside = TwoCards(self.ui, _TILL_ASIDE, _TILL_LEAST)
        self.lay_out(
            head_row(*titles, figures=(3, 4)), self.title, ..., self.when,
            actions=actions, sums=(t("In"), t("Out")), within=self.beside,
        )  # fmt: skip
        self.top.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self.table.stretch(2)
        self.table.setMinimumHeight(self.ui.theme.px(5 * ROW_LIST))
        self.table.setToolTip(t("Enter or a double click opens it in the diary"))
        text = t("Choose another month above, or another cash account on the right.")
        title = t("Nothing came in or went out")
        self.nothing = EmptyState(self.ui, "wallet", title, text, later=True)
        self.nothing.setObjectName("bare")
        self.card.body.insertWidget(self.card.body.count() - 1, self.nothing, 1)
        self.beside.add(self._make_purses())
        lead(self.beside)
        text = t(
            "Record what the group buys, pays and receives. You then know at any time how much "
            "money is where.")  # fmt: skip
        self.invite("wallet", t("No money is recorded yet"), text, receive, buy)

    def _make_purses(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = column(space=0, margins=(GUTTER, 10, GUTTER, 10))
        self.standing = label("", "caption")
        fill(top, label(t("The group's money"), "card"), self.standing)
        self.accounts = ListTable(
            self.ui, head_row(t("Cash account"), t("Balance"), figures=(1,)),
            ROW_TWO_LINES,
        )  # fmt: skip
        self.accounts.horizontalHeader().hide()
        self.accounts.chosen.connect(self._choose)
        self.total: QLabel
        foot = Foot(self.ui, t("Total"))
        self.total = foot.sums[t("Total")]
        self.months = BarChart(self.ui, _MONTHS)
        ChartPicture(self.workspace, self.months)
        self.by_month = holder(
            column(
                label(t("At the end of each month"), "label"),
                self.months,
                space=0,
                margins=(GUTTER, 8, GUTTER, 8),
            )
        )
        fill(card.body, top, rule(), (self.accounts, 1), self.by_month, foot)
        return card

    # -- what the book says ----------------------------------------------------------------

    @property
    def account(self) -> str | None:
        """The cash account chosen; None for all of them."""
        return self._account or None

    def _choose(self, account: str) -> None:
        if account != self._account:
            self._account = account
            self.refresh()

    def refresh(self) -> None:
        """Asks for the cash accounts and the month's lines."""
        month, language, account = self.workspace.month, self.ui.language, self.account
        self.ask(lambda book: book.read_in(language, till, month, account), self._show)

    def _show(self, till: CashSummary) -> None:
        self.till, self.things = till, till.lines
        self.show_filled(till.recorded)
        self.bar.setVisible(till.recorded and bool(self.bar.buttons))
        formats, month = self.ui.formats, self.workspace.month
        self.when.setText(formats.month(month))
        self.standing.setText(self.t("As of {day}", day=formats.day(last_day(month))))
        total = sum(each.balance for each in till.accounts)
        self.total.setText(formats.rupiah(total))
        everything = ListRow(
            ALL, (Cell(self.t("All money"), bold=True), Cell(formats.number(total), bold=True))
        )
        self.accounts.show_rows([everything, *(self._account_row(each) for each in till.accounts)])
        rows = min(len(till.accounts) + 1, _WHOLE)
        self.accounts.setMinimumHeight(rows * self.ui.theme.px(ROW_TWO_LINES))
        self.accounts.choose(self._account)
        self._show_months(till)
        self.fill()

    def _show_months(self, till: CashSummary) -> None:
        """The balance of what is chosen at the end of each month, since the book began."""
        formats = self.ui.formats
        self.by_month.setVisible(len(till.months) > 1)
        self.months.show_bars(
            self.t("At the end of each month"),
            [
                Bar(
                    formats.month_alone(month)[:3],
                    balance,
                    f"{formats.month(month)}: {formats.rupiah(balance)}",
                    "now" if month == self.workspace.month else "",
                )
                for month, balance in till.months.items()
            ],
        )

    def _account_row(self, each: CashAccount) -> ListRow:
        t = self.t
        never = t("Not compared yet") if each.by_bank else t("Not counted yet")
        done = noop("Compared on {day}") if each.by_bank else noop("Counted on {day}")
        day = self.ui.short_day(each.counted) if each.counted is not None else ""
        counted = t(done, day=day) if day else never
        tone = "error" if each.balance < 0 else ""
        return ListRow(
            each.account.code,
            (
                Cell(account_name(self.ui, each.account), counted),
                Cell(self.ui.formats.number(each.balance), bold=True, tone=tone),
            ),
        )

    def fill(self) -> None:
        """Lists the lines of what is chosen, or says that there are none."""
        super().fill()
        accounts = self.till.accounts if self.till is not None else ()
        one = next((each.account for each in accounts if each.account.code == self.account), None)
        name = account_name(self.ui, one) if one is not None else self.t("All money")
        self.title.setText(name)
        self.table.setVisible(bool(self.things))
        self.nothing.setVisible(not self.things)

    def _row(self, line: MoneyLine) -> ListRow:
        return money_row(self.ui, line)

    def _counted(self, found: Sequence[MoneyLine]) -> str:
        if len(found) < MOST_LINES:
            return self.t.ngettext("{n} line", "{n} lines", len(found))
        most = self.ui.formats.number(MOST_LINES)
        return self.t("The newest {n}; the diary has all of them", n=most)

    def _sums(self, _found: Sequence[MoneyLine]) -> tuple[str, str]:
        number, till = self.ui.formats.number, self.till
        return (number(till.received), number(till.paid)) if till is not None else ("", "")


# -- Utang: what the group has to pay and what others owe it, with their documents ---------------


_DEBTS_ASIDE, _DEBTS_LEAST = 420, 560
_OLD = 30
"""Days after which a debt is marked as old."""
_AGES = (30, 60, 90)
_SPANS = ((0, 30), (31, 60), (61, 90))
"""Days after which what is unpaid is older, and the spans between."""
_EVERYDAY = {
    "1111": noop("Bought here, not paid yet"),
    "1112": noop("Sold at the shop, not handed over yet"),
    "1113": noop("Bought by a member, not paid yet"),
    "2101": noop("Bought there, not paid yet"),
    "2102": noop("Goods of a member, sold and not paid yet"),
    "2107": noop("Share of the profit, not paid out yet"),
    "2108": noop("Tax, not paid yet"),
}
"""What a debt is about, by its account, in everyday words."""
WE_OWE, OTHERS_OWE = "we", "others"


class DebtsPart(ListPage[Debt]):
    """Utang: debts or claims, and the documents behind the chosen one."""

    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.which = Segment(self.ui, ((WE_OWE, t("We have to pay")), (OTHERS_OWE, t("Due to us"))))
        self.which.chosen.connect(lambda _name: self.fill())
        actions = (
            Action(t("Unpaid cost"), "receipt", "cost_owed"),
            Action(t("Tax due"), "file-text", "tax_due"),
            Action(t("Account for an advance"), "check-circle", "advance_spent"),
            Action(t("Memorial entry"), "notebook", "memorial"),
            Action(t("Return to the shop"), "arrow-u-up-left", "purchase_return"),
        )
        self.body.setSpacing(12)
        fill(self.body, ActionBar(workspace, actions), row(self.which, ...))
        self.beside = TwoCards(self.ui, _DEBTS_ASIDE, _DEBTS_LEAST)
        self.lay_out(
            head_row(t("Who"), t("Since"), t("Amount"), figures=(2,)),
            sums=(t("Total"),), height=ROW_TWO_LINES, within=self.beside,
        )  # fmt: skip
        self.table.setMinimumHeight(self.ui.theme.px(3 * ROW_TWO_LINES))
        self.ages = BarChart(self.ui)
        ChartPicture(self.workspace, self.ages)
        self.aged = holder(
            column(label(t("How old it is"), "label"), self.ages, space=4, margins=GUTTER)
        )
        for part in (rule(), self.aged):
            self.card.body.insertWidget(self.card.body.count() - 1, part)
        self.beside.add(self._make_history())
        text = t("What is bought and paid later, and what others still owe, is listed here by "
                 "itself.")  # fmt: skip
        self.invite("check-circle", t("Nothing is unpaid"), text)

    # -- layout ----------------------------------------------------------------------------

    def _make_history(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        self.name, self.about = label("", "card"), label("", "caption")
        top = column(self.name, self.about, space=2, margins=(GUTTER, 12, GUTTER, 12))
        self.history = ListTable(
            self.ui,
            head_row(t("Details"), t("Amount"), figures=(1,)),
            ROW_TWO_LINES,
        )
        self.history.horizontalHeader().hide()
        self.history.setMinimumHeight(self.ui.theme.px(3 * ROW_TWO_LINES))
        self.history.opened.connect(lambda number: self.workspace.go("journal", number))
        self.pay_button = Button(self.ui, t("Pay this debt"), scale="large").when_clicked(
            lambda: self.open(self.table.key)
        )
        line = row((self.pay_button, 1), margins=GUTTER)
        fill(card.body, top, rule(), (self.history, 1), rule(), line)
        return card

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        """Whether a recording can change debts."""
        return not change.kinds <= {"item", "recipe", "attachment", "depreciation"}

    def refresh(self) -> None:
        """Asks for the open debts."""
        self.ask(lambda book: book.read(open_debts), self._show)

    def _show(self, debts: tuple[Debt, ...]) -> None:
        self.things = debts
        if debts and not any(map(self._fits, debts)):
            owed = any(each.account.code in TO_PAY for each in debts)
            self.which.choose(WE_OWE if owed else OTHERS_OWE)  # which fills the list
        else:
            self.fill()

    def _fits(self, debt: Debt) -> bool:
        return (debt.account.code in TO_PAY) == (self.which.current == WE_OWE)

    def fill(self) -> None:
        """Lists the debts, or the claims."""
        super().fill()
        self.show_filled(bool(self.found))

    def _sums(self, found: Sequence[Debt]) -> tuple[str]:
        self._show_ages(found)
        return (self.ui.formats.rupiah(sum(each.owed for each in found)),)

    def _show_ages(self, shown: Sequence[Debt]) -> None:
        """What is unpaid by how many days ago it began; nothing where none has a date."""
        t, today, rupiah = self.t, self.ui.today, self.ui.formats.rupiah
        sums = [0] * (len(_AGES) + 1)
        for debt in shown:
            if debt.since is not None and debt.owed > 0:
                days = (today - debt.since).days
                sums[sum(days > most for most in _AGES)] += debt.owed
        self.aged.setVisible(any(sums))
        names = [
            *(t("{start} to {end} days", start=start, end=end) for start, end in _SPANS),
            t("over {days} days", days=_AGES[-1]),
        ]
        self.ages.show_bars(
            t("How old it is"),
            [
                Bar(name, amount, f"{name}: {rupiah(amount)}", "warn" if place else "")
                for place, (name, amount) in enumerate(zip(names, sums, strict=True))
            ],
        )

    def _row(self, debt: Debt) -> ListRow:
        t, today = self.t, self.ui.today
        days = (today - debt.since).days if debt.since is not None else 0
        old = days > _OLD and debt.owed > 0
        age = ago(self.ui, debt.since or today)
        said = _EVERYDAY.get(debt.account.code)
        kind = t(said) if said else account_name(self.ui, debt.account)
        amount = self.ui.formats.number(debt.owed)
        return ListRow(
            (debt.account.code, debt.party),
            (
                Cell(debt.name if debt.party else kind, kind if debt.party else "", bold=True),
                Cell(age, badge=old, tone="warn" if old else "", icon="clock" if old else ""),
                Cell(amount, bold=True, tone="warn" if old else ""),
            ),
        )

    def _show_chosen(self, debt: Debt | None) -> None:
        language = self.ui.language
        if debt is None:
            return
        self.name.setText(debt.name if debt.party else account_name(self.ui, debt.account))
        rupiah = self.ui.formats.rupiah(abs(debt.owed))
        ours = debt.account.code in TO_PAY
        since = self.ui.formats.day(debt.since) if debt.since is not None else ""
        text = self.t("{amount} unpaid since {day}", amount=rupiah, day=since)
        if debt.owed < 0:
            text = self.t("{amount} paid too much", amount=rupiah)
        self.about.setText(text)
        self.pay_button.setText(self.t("Pay this debt") if ours else self.t("It is paid now"))
        self.pay_button.setVisible(debt.owed > 0 and self.workspace.may(self._form(debt)))
        self.ask(
            lambda book: book.read_in(language, debt_lines, debt), self._show_history, key="history"
        )

    def _show_history(self, lines: tuple[MoneyLine, ...]) -> None:
        ours = self.which.current == WE_OWE
        self.history.show_rows([self._line(each, ours=ours) for each in lines[:MOST_LINES]])

    def _line(self, line: MoneyLine, *, ours: bool) -> ListRow:
        """A document of a debt as a row; only what pays it off is green."""
        added = -line.amount if ours else line.amount
        day = self.ui.short_day(line.day)
        return ListRow(
            line.number,
            (
                Cell(line.text, f"{day} · {line.number}", struck=line.corrected_by is not None),
                Cell(signed(self.ui, added), tone="good" if added < 0 else "", bold=True),
            ),
        )

    # -- paying ----------------------------------------------------------------------------

    @staticmethod
    def _form(debt: Debt) -> str:
        return "payment" if debt.account.code in TO_PAY else "receipt"

    def open(self, _key: object) -> None:
        """Opens the form that pays it, with party and amount filled in."""
        debt = self.chosen
        if debt is None or debt.owed <= 0:
            return
        given: dict[str, object] = {"lines": [{"account": debt.account.code, "amount": debt.owed}]}
        if debt.party:
            given["party"] = debt.party
        self.workspace.open_form(self._form(debt), **given)


class MoneyPage(TabbedPage):
    """The page of money, its parts behind tabs."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.add_tabs(
            "cash",
            {
                "till": TillPart,
                "debts": DebtsPart,
                "savings": SavingsPart,
                "grants": GrantsPart,
                "assets": AssetsPart,
            },
        )
