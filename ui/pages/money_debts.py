"""Utang: what the group still has to pay and what is still to come, with how it came about."""

from __future__ import annotations

from datetime import date

from kwt_books.domain.access import may_record
from kwt_books.queries.money import MOST_LINES, OWED, Debt, MoneyLine
from ui.desk import Desk
from ui.forms.money_words import account_name
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page
from ui.pages.money_parts import Foot, signed
from ui.tasks import Change
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.tabs import Segment

_ASIDE, _LEAST = 420, 560
_OLD = 30
"""Days after which a debt is worth a second look."""
WE_OWE, OTHERS_OWE = "we", "others"


class DebtsPart(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._debts: tuple[Debt, ...] = ()
        self.which = Segment(
            self.kit, ((WE_OWE, t("The group has to pay")), (OTHERS_OWE, t("Still to come in")))
        )
        self.which.chosen.connect(lambda _name: self._fill())
        top = row()
        top.addWidget(self.which)
        top.addStretch(1)
        self.body.setSpacing(12)
        self.body.addLayout(top)
        self.beside = Beside(self.kit, self._make_list(), self._make_history(), _ASIDE, _LEAST)
        self.body.addWidget(self.beside, 1)
        self.none = EmptyState(
            self.kit,
            "check-circle",
            t("Nothing is unpaid here"),
            t(
                "What is bought and paid later, and what others still owe, is listed here by "
                "itself."
            ),
        )
        self.body.addWidget(self.none, 1)
        self.none.hide()

    # -- layout ----------------------------------------------------------------------------

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        self.table = ListTable(
            self.kit,
            (Heading(t("Who")), Heading(t("Since")), Heading(t("Amount"), figures=True)),
            ROW_TWO_LINES,
        )
        self.table.setMinimumHeight(self.kit.theme.px(3 * ROW_TWO_LINES))
        self.table.chosen.connect(lambda _key: self._ask_history())
        self.table.opened.connect(lambda _key: self.pay())
        card.body.addWidget(self.table, 1)
        self.foot = Foot(self.kit, t("In all"))
        card.body.addWidget(self.foot)
        return card

    def _make_history(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = column(space=2)
        top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.name, self.about = label("", "card"), label("", "caption")
        top.addWidget(self.name)
        top.addWidget(self.about)
        card.body.addLayout(top)
        card.body.addWidget(rule())
        self.history = ListTable(
            self.kit,
            (Heading(t("What it was")), Heading(t("Amount"), figures=True)),
            ROW_TWO_LINES,
        )
        self.history.horizontalHeader().hide()
        self.history.setMinimumHeight(self.kit.theme.px(3 * ROW_TWO_LINES))
        self.history.opened.connect(lambda number: self.desk.go("journal", number))
        card.body.addWidget(self.history, 1)
        card.body.addWidget(rule())
        line = row(margins=GUTTER)
        self.pay_button = Button(self.kit, t("Pay this debt"), kind="primary", scale="large")
        self.pay_button.when_clicked(self.pay)
        line.addWidget(self.pay_button, 1)
        card.body.addLayout(line)
        return card

    # -- what the book says ----------------------------------------------------------------

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return not change.kinds <= {"item", "recipe", "attachment", "depreciation"}

    def refresh(self) -> None:
        self.ask(lambda book: book.treasury.debts(), self._show)

    def _show(self, debts: tuple[Debt, ...]) -> None:
        self._debts = debts
        if not self._shown() and debts:
            owed = any(each.account.code in OWED for each in debts)
            self.which.choose(WE_OWE if owed else OTHERS_OWE)
        self._fill()

    def _shown(self) -> list[Debt]:
        ours = self.which.current == WE_OWE
        return [each for each in self._debts if (each.account.code in OWED) == ours]

    def _fill(self) -> None:
        shown, formats = self._shown(), self.kit.formats
        self.table.show_rows([self._row(each) for each in shown])
        self.beside.setVisible(bool(shown))
        self.none.setVisible(not shown)
        total = sum(each.owed for each in shown)
        self.foot.sums[self.t("In all")].setText(formats.rupiah(total))
        if shown and self.table.key is None:
            self.table.choose((shown[0].account.code, shown[0].party))

    def _row(self, debt: Debt) -> ListRow:
        t, today = self.t, self.kit.today
        days = (today - debt.since).days if debt.since is not None else 0
        old = days > _OLD and debt.owed > 0
        age = t.ngettext("{n} day", "{n} days", days) if days > 0 else t("today")
        kind = account_name(self.kit, debt.account)
        amount = self.kit.formats.number(debt.owed)
        return ListRow(
            (debt.account.code, debt.party),
            (
                Cell(debt.name, kind, bold=True),
                Cell(age, badge=old, tone="warn" if old else "", icon="clock" if old else ""),
                Cell(amount, bold=True, tone="warn" if old else ""),
            ),
        )

    @property
    def debt(self) -> Debt | None:
        """The one that is looked at."""
        key = self.table.key
        found = (each for each in self._shown() if (each.account.code, each.party) == key)
        return next(found, None)

    def _ask_history(self) -> None:
        debt, language = self.debt, self.kit.language
        if debt is None:
            return
        self.name.setText(debt.name)
        rupiah = self.kit.formats.rupiah(abs(debt.owed))
        ours = debt.account.code in OWED
        since = self.kit.formats.day(debt.since) if debt.since is not None else ""
        text = self.t("{amount} unpaid since {day}", amount=rupiah, day=since)
        if debt.owed < 0:
            text = self.t("{amount} paid too much", amount=rupiah)
        self.about.setText(text)
        self.pay_button.setText(self.t("Pay this debt") if ours else self.t("It is paid now"))
        self.pay_button.setVisible(
            debt.owed > 0 and may_record(self.desk.person.role, self._form(debt))
        )
        self.ask(
            lambda book: book.treasury.debt_lines(debt, language), self._show_history, key="history"
        )

    def _show_history(self, lines: tuple[MoneyLine, ...]) -> None:
        ours = self.which.current == WE_OWE
        self.history.show_rows([self._line(each, ours=ours) for each in lines[:MOST_LINES]])

    def _line(self, line: MoneyLine, *, ours: bool) -> ListRow:
        """What adds to the debt has no sign of joy; what pays it is green."""
        added = -line.amount if ours else line.amount
        day = self._day(line.day)
        return ListRow(
            line.number,
            (
                Cell(line.text, f"{day} · {line.number}", struck=line.corrected_by is not None),
                Cell(signed(self.kit, added), tone="good" if added < 0 else "", bold=True),
            ),
        )

    def _day(self, day: date) -> str:
        short = self.kit.formats.short_day(day)
        return short if day.year == self.kit.today.year else f"{short} {day.year}"

    # -- paying ----------------------------------------------------------------------------

    @staticmethod
    def _form(debt: Debt) -> str:
        return "payment" if debt.account.code in OWED else "receipt"

    def pay(self) -> None:
        """The form with whom and how much filled in."""
        debt = self.debt
        if debt is None or debt.owed <= 0:
            return
        line = {"account": debt.account.code, "amount": debt.owed}
        self.desk.open_form(self._form(debt), party=debt.party, lines=[line])
