"""The step about money: cash and bank from a day on, what others owe and are owed, and, if there
are any, loans, arisan and members' savings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt

from kwt_books.domain.accounts import SAVINGS
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.values import first_day, month_of
from kwt_books.services.first_start import Member, Partner
from ui.first_start.step import OptionalLines, Step, lines_card
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.date_field import DateField, far_ahead
from ui.kit.field import MoneyField, TextField
from ui.kit.layout import figures, fill, label, rule
from ui.kit.lines import Line, LineField
from ui.kit.look import UiContext
from ui.kit.picker import Choice
from ui.kit.popup import Completer

# -- Lines of who owes the group, and of whom the group owes -------------------------------------


SUPPLIER, AGENCY = "supplier", "agency"


class _Names:
    """Offers the names of the book's parties while one types."""

    def __init__(self, ui: UiContext) -> None:
        self._ui, self._model = ui, QStringListModel()
        self._roles: dict[str, str] = {}

    def know(self, parties: Iterable[Party]) -> None:
        found = sorted(parties, key=lambda each: each.name.casefold())
        self._roles = {each.name.casefold(): each.role for each in found}
        self._model.setStringList([each.name for each in found])

    def role(self, name: str | None) -> str | None:
        return self._roles.get((name or "").casefold())

    def field(self) -> TextField:
        made = TextField(self._ui, required=True)
        made.setCompleter(Completer(self._model, made))
        return made


class OwingLines(OptionalLines):
    """Shops, buyers and members with what they still owe the group, in rupiah."""

    def __init__(self, ui: UiContext) -> None:
        t, self._names = ui.t, _Names(ui)
        roles = [("shop", t("Shop")), ("customer", t("Buyer")), ("member", t("Member"))]
        self._roles = frozenset(role for role, _ in roles)
        fields = (
            LineField("name", t("Name"), self._names.field, 4),
            LineField("role", t("Who it is"), lambda: Choice(ui, roles), 3),
            LineField("owed", t("Still owes"), lambda: MoneyField(ui), 3),
        )
        super().__init__(ui, fields)

    def know(self, parties: Iterable[Party]) -> None:
        """Offers these parties' names."""
        self._names.know(each for each in parties if each.role in self._roles)

    def append(self) -> Line:
        """Adds a blank line, whose role follows from a name that is known."""
        line = super().append()
        line.fields["name"].changed.connect(partial(self._follow, line))
        return line

    def _follow(self, line: Line) -> None:
        """Fills in the role of a party that the book knows."""
        role = self._names.role(line.fields["name"].value())
        if role is not None:
            line.fields["role"].set_value(role)

    @property
    def partners(self) -> list[Partner]:
        """The parties filled in, with what they owe."""
        said = self.value()
        return [Partner(each["name"] or "", each["role"], each["owed"] or 0) for each in said]


class OwedLines(OptionalLines):
    """Shops and people whom the group still has to pay, in rupiah."""

    role = SUPPLIER

    def __init__(self, ui: UiContext) -> None:
        self._names = _Names(ui)
        fields = (
            LineField("name", self.who(ui), self._names.field, 4),
            LineField("owed", ui.t("Still to be paid"), lambda: MoneyField(ui), 3),
        )
        super().__init__(ui, fields)

    def who(self, ui: UiContext) -> str:
        """The heading of the names."""
        return ui.t("Shop or market")

    def know(self, parties: Iterable[Party]) -> None:
        """Offers these parties' names."""
        self._names.know(each for each in parties if each.role == self.role)

    @property
    def partners(self) -> list[Partner]:
        """The parties filled in, with what they are owed."""
        said = self.value()
        return [Partner(each["name"] or "", self.role, each["owed"] or 0) for each in said]


class LentLines(OwedLines):
    """Who lent the group money, and how much it still has to pay back, in rupiah."""

    role = AGENCY

    def who(self, ui: UiContext) -> str:
        """The heading of the names."""
        return ui.t("Who lent it")


_WIDTH = 232
CASH, FLOAT, BANK, HELD_CASH = "1101", "1102", "1103", "1104"
DUES, ARISAN, DONATED = "2104", "2105", "3104"


class MoneyStep(Step):
    """The group's money on the first day, its debts and claims."""

    name = "money"

    def build(self) -> None:
        """Adds the day, the amounts and the lines of debts."""
        t, ui = self.t, self.ui
        first = first_day(month_of(ui.today))
        self.start = self.ask(
            "start",
            t("Recorded from"),
            DateField(ui, first, weekday=False),
            t("Usually the first of a month"),
            width=_WIDTH,
        )
        self.money: dict[str, MoneyField] = {}
        self._ask(CASH, t("Cash with the treasurer"), t("Money in the group's drawer or purse"))
        self._ask(FLOAT, t("Change for the outlet"), t("Small change taken along each Friday"))
        self._ask(BANK, t("Savings at the bank"), t("See the last line of the passbook"))
        self._ask(DUES, t("KPP dues held"), t("Dues of residents that the group keeps"))
        self._debts()
        self.more = Button(ui, t("There is more: loans, arisan, members' savings"), "plus",
                           kind="quiet")  # fmt: skip
        self.more.when_clicked(self.show_more)
        self.left.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._ask(ARISAN, t("Arisan money held"), t("Belongs to the members"))
        self.lent = self.add_lines("lent", LentLines(ui))
        back = t("From UPK, bank or others; what is still to be paid back")
        self._loans = lines_card(t("Loans"), back, self.lent)
        self.left.addWidget(self._loans)
        self._ask(DONATED, t("Grants received so far"), t("Money and goods given to the group"))
        self._savings()
        self._sums()
        self._extra = [self.question(code) for code in (ARISAN, DONATED)]
        self._open(shown=False)

    def _ask(self, code: str, title: str, hint: str) -> None:
        field = MoneyField(self.ui, required=False, large=True)
        self.money[code] = self.ask(code, title, field, hint, width=_WIDTH)

    def _debts(self) -> None:
        t, ui = self.t, self.ui
        self.owing = self.add_lines("owing", OwingLines(ui))
        self.owed = self.add_lines("owed", OwedLines(ui))
        not_yet = t("Shops that have sold but not handed over yet, and buyers who pay later")
        self.left.addWidget(lines_card(t("Shops and buyers that still owe"), not_yet, self.owing))
        taken = t("Goods that were taken and not paid yet; loans are asked for below")
        self.left.addWidget(lines_card(t("Debts to shops"), taken, self.owed))

    def know(self, parties: Iterable[Party]) -> None:
        """Offers the names of parties that the book has already."""
        known = tuple(parties)
        self.owing.know(known)
        self.owed.know(known)
        self.lent.know(known)

    def _savings(self) -> None:
        t, ui = self.t, self.ui
        kinds = (
            ("principal", t("Principal")),
            ("mandatory", t("Mandatory")),
            ("voluntary", t("Voluntary")),
        )
        fields = [
            LineField("name", t("Member"), lambda: TextField(ui, required=True), 3),
            *(LineField(kind, title, lambda: MoneyField(ui, required=False), 2)
              for kind, title in kinds),
        ]  # fmt: skip
        self.savings = self.add_lines("members", OptionalLines(ui, tuple(fields)))
        hint = t("As on the members' cards")
        self._members = lines_card(t("Savings of the members"), hint, self.savings)
        self.left.addWidget(self._members)

    def _sums(self) -> None:
        t, ui = self.t, self.ui
        card = Card(space=4)
        card.body.addWidget(label(t("Opening cash & bank")))
        self.total = figures(ui, "", "figure")
        self.total.setAlignment(Qt.AlignmentFlag.AlignLeft)
        fill(card.body, self.total, 8, rule(), 8)
        held = t("KPP dues do not belong to the group. They are recorded apart and never count"
                 " as profit.")  # fmt: skip
        card.body.addWidget(label(held, "caption", wrap=True))
        fill(self.right, card, Note(ui, t("You may type 1200000, 1,200,000 or 1.2 million.")))
        self.recount()

    # -- more ------------------------------------------------------------------------------

    def show_more(self) -> None:
        """Shows loans, arisan and members' savings."""
        self._open(shown=True)
        self.money[ARISAN].setFocus()

    def _open(self, *, shown: bool) -> None:
        self.more.setVisible(not shown)
        self._members.setVisible(shown)
        self._loans.setVisible(shown)
        for question in self._extra:
            question.setVisible(shown)

    def restore(self, state: object) -> None:
        """Fills in what `state` gave, showing loans and savings where there are any."""
        super().restore(state)
        extra = any(self.money[code].value() for code in (ARISAN, DONATED))
        self._open(shown=extra or bool(self.savings.filled or self.lent.filled))

    def problems(self) -> list[tuple[str, str]]:
        """A day so far ahead that it can't be meant."""
        said = far_ahead(self.ui, self.start.value())
        return [("start", said)] if said else []

    # -- what was answered -----------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day from which the book records."""
        return self.start.value() or first_day(month_of(self.ui.today))

    @property
    def balances(self) -> dict[str, int]:
        """Rupiah by account, in everyday signs; what is held for others has a
        cash box of its own.
        """
        found = {code: field.value() or 0 for code, field in self.money.items()}
        return found | {HELD_CASH: found[DUES] + found[ARISAN]}

    @property
    def cash(self) -> int:
        """Cash and bank together, in rupiah."""
        balances = self.balances
        return sum(balances[code] for code in (CASH, FLOAT, BANK, HELD_CASH))

    @property
    def partners(self) -> list[Partner]:
        """All parties filled in, those who owe first."""
        return [*self.owing.partners, *self.owed.partners, *self.lent.partners]

    @property
    def members(self) -> list[Member]:
        """Members with their savings."""
        return [_member(said) for said in self.savings.value()]

    def recount(self) -> None:
        """Adds up cash and bank, in rupiah."""
        self.total.setText(self.summary())

    def first_field(self) -> MoneyField:
        """The cash with the treasurer."""
        return self.money[CASH]

    def summary(self) -> str:
        """Cash and bank together."""
        return self.ui.formats.rupiah(self.cash)


def _member(said: Mapping[str, Any]) -> Member:
    return Member(said["name"] or "", {kind: said[kind] or 0 for kind in SAVINGS})
