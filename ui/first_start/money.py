"""Step: cash, bank and what is held for others, from a day on; debts, savings, loans if any."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt

from kwt_books.domain.accounts import SAVINGS
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.month import first_day, month_of
from kwt_books.services.first_answers import Member, Partner
from ui.first_start.debts import OwedLines, OwingLines
from ui.first_start.rows import OptionalLines, lines_card
from ui.first_start.step import Step
from ui.forms.lines import Line, LineField
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.date_field import DateField
from ui.widgets.field import MoneyField, TextField
from ui.widgets.label import figures, label, rule

_WIDTH = 232
CASH, FLOAT, BANK, HELD_CASH = "1101", "1102", "1103", "1104"
DUES, ARISAN, LOAN, DONATED = "2104", "2105", "2201", "3104"


class MoneyStep(Step):
    name = "money"

    def build(self) -> None:
        t, kit = self.t, self.kit
        first = first_day(month_of(kit.today))
        self.start = self.ask(
            "start",
            t("Recorded from"),
            DateField(kit, first, weekday=False),
            t("Usually the first of a month"),
            width=_WIDTH,
        )
        self.money: dict[str, MoneyField] = {}
        self._ask(CASH, t("Cash with the treasurer"), t("Money in the group's drawer or purse"))
        self._ask(FLOAT, t("Change for the outlet"), t("Small money taken along each Friday"))
        self._ask(BANK, t("Savings at the bank"), t("See the last line of the passbook"))
        self._ask(DUES, t("KPP dues held"), t("Dues of residents that the group keeps"))
        self._debts()
        self.more = Button(kit, t("There is more: loans, arisan, members' savings"), "plus",
                           kind="quiet")  # fmt: skip
        self.more.when_clicked(self.show_more)
        self.left.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._ask(ARISAN, t("Arisan money held"), t("Belongs to the members"))
        self._ask(LOAN, t("Loans"), t("From UPK, bank or others; what is still to be paid back"))
        self._ask(DONATED, t("Grants received so far"), t("Money and goods given to the group"))
        self._savings()
        self._sums()
        self._extra = [self.question(code) for code in (ARISAN, LOAN, DONATED)]
        self._open(shown=False)

    def _ask(self, code: str, title: str, hint: str) -> None:
        field = MoneyField(self.kit, required=False, large=True)
        self.money[code] = self.ask(code, title, field, hint, width=_WIDTH)

    def _debts(self) -> None:
        t, kit = self.t, self.kit
        self.owing, self.owed = OwingLines(kit), OwedLines(kit)
        self.add_lines("owing", self.owing)
        self.add_lines("owed", self.owed)
        not_yet = t("Shops that have sold but not handed over yet, and buyers who pay later")
        self.left.addWidget(lines_card(t("Shops and buyers that still owe"), not_yet, self.owing))
        taken = t("Goods that were taken and not paid yet; loans are asked for below")
        self.left.addWidget(lines_card(t("Debts to shops"), taken, self.owed))

    def know(self, parties: Iterable[Party]) -> None:
        """Names the book has already are offered while one types."""
        known = tuple(parties)
        self.owing.know(known)
        self.owed.know(known)

    def _savings(self) -> None:
        t, kit = self.t, self.kit
        kinds = (
            ("principal", t("Principal")),
            ("mandatory", t("Mandatory")),
            ("voluntary", t("Voluntary")),
        )
        fields = [
            LineField("name", t("Member"), lambda: TextField(kit, required=True), 3),
            *(LineField(kind, title, lambda: MoneyField(kit, required=False), 2)
              for kind, title in kinds),
        ]  # fmt: skip
        self.savings = OptionalLines(kit, tuple(fields))
        self.add_lines("members", self.savings)
        hint = t("As they stand on the members' cards")
        self._members = lines_card(t("Savings of the members"), hint, self.savings)
        self.left.addWidget(self._members)

    def _sums(self) -> None:
        t, kit = self.t, self.kit
        card = Card(space=4)
        card.body.addWidget(label(t("Cash & bank at the start")))
        self.total = figures(kit, "", "figure")
        self.total.setAlignment(Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.total)
        card.body.addSpacing(8)
        card.body.addWidget(rule())
        card.body.addSpacing(8)
        held = t("KPP dues do not belong to the group. They are recorded apart and never count"
                 " as profit.")  # fmt: skip
        card.body.addWidget(label(held, "caption", wrap=True))
        self.right.addWidget(card)
        self.right.addWidget(Note(kit, t("You may type 1200000, 1.200.000 or 1,2jt.")))
        self.recount()

    # -- more ------------------------------------------------------------------------------

    def show_more(self) -> None:
        self._open(shown=True)
        self.money[ARISAN].setFocus()

    def _open(self, *, shown: bool) -> None:
        self.more.setVisible(not shown)
        self._members.setVisible(shown)
        for question in self._extra:
            question.setVisible(shown)

    def restore(self, state: object) -> None:
        super().restore(state)
        extra = any(self.money[code].number() for code in (ARISAN, LOAN, DONATED))
        self._open(shown=extra or bool(self.savings.filled))

    # -- what was answered -----------------------------------------------------------------

    @property
    def day(self) -> date:
        return self.start.value() or first_day(month_of(self.kit.today))

    @property
    def balances(self) -> dict[str, int]:
        """By account, as people say them. What is held for others lies in a cash box apart."""
        found = {code: field.number() or 0 for code, field in self.money.items()}
        return found | {HELD_CASH: found[DUES] + found[ARISAN]}

    @property
    def partners(self) -> list[Partner]:
        return [*self.owing.partners, *self.owed.partners]

    @property
    def members(self) -> list[Member]:
        return [_member(line) for line in self.savings.filled]

    def recount(self) -> None:
        balances = self.balances
        total = sum(balances[code] for code in (CASH, FLOAT, BANK, HELD_CASH))
        self.total.setText(self.kit.formats.rupiah(total))

    def first_field(self) -> MoneyField:
        return self.money[CASH]

    def summary(self) -> str:
        balances = self.balances
        total = sum(balances[code] for code in (CASH, FLOAT, BANK, HELD_CASH))
        return self.kit.formats.rupiah(total)


def _member(line: Line) -> Member:
    amounts = {kind: line.fields[kind].number() or 0 for kind in SAVINGS}
    return Member(line.fields["name"].value() or "", amounts)
