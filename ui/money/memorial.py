"""Memorial: the chair's entries without cash or goods. Four usual cases in plain words, and the
free form with debit and credit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from kwt_books.domain.accounts import (
    ADVANCES,
    INCOME_TAX,
    PAYABLE,
    SAVINGS,
    TAX_PAYABLE,
    Account,
    AccountType,
    Side,
    kept_by_detail,
)
from kwt_books.domain.documents.memorial import Memorial, MemorialLine
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.money import Choices
from ui.kit.button import Segment
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, MoneyField, TextField
from ui.kit.form import opens
from ui.kit.layout import figures, label, row
from ui.kit.lines import AccountLines, LineField, Lines, bound
from ui.kit.look import UiContext
from ui.kit.party import account_name, plain_name
from ui.kit.picker import Picker
from ui.kit.words import kinds_of_savings
from ui.kit.workspace import Given, Workspace

_WIDTH, _WIDE = 680, 900


class MemorialForm(MoneyForm):
    """What all memorial entries have: the day, the reason, the proof."""

    makes = Memorial

    def reason_field(self, example: str) -> FieldRow:
        """Why it is recorded; stands on the voucher."""
        self.reason = TextField(self.ui, required=True, placeholder=example)
        hint = self.t("What it is and where it is written, so that others understand it next year")
        return self.labelled("reason", self.t("Reason"), self.reason, hint)

    def costs(self, known: Choices) -> list[tuple[str, str]]:
        """Codes and plain names of the expenses, by their codes."""
        return [
            (each.code, plain_name(self.ui, each))
            for each in known.setup.accounts.values()
            if each.type in (AccountType.EXPENSE, AccountType.OTHER) and each.normal is Side.DEBIT
        ]

    def posted(self) -> tuple[MemorialLine, ...]:
        """The lines, those that stand in fields first: so each refusal finds its own."""
        raise NotImplementedError

    def to_command(self) -> Memorial:
        """The entry as it is to be recorded."""
        day, reason = self.date.value(), self.reason.value()
        said = {"id": self.command_id, "date": day, "reason": reason, "lines": self.posted()}
        return bound(Memorial, {**said, **self.derived()})


# -- A cost of the month that is paid later; costs that an advance was spent on ------------------


class CostsForm(MemorialForm):
    """Costs against what is owed to, or was advanced to, one person."""

    against = PAYABLE
    role = "supplier"
    form: str
    who: str
    """The title of whom it is about, in English; likewise its hint, and an example of a reason."""
    hint: str
    example: str

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, self.form, given)
        t = self.t
        first = (self.role, "member", "supplier", "agency")
        party = self.party_field(t(self.who), self.role, t(self.hint), first=first)
        self.party.required = True
        self.across((self.day_field(), 1), (party, 1))
        self.rows = self.lines("lines", AccountLines(self.ui, t("What for")))
        self.add_total()
        self.body.addWidget(self.reason_field(t(self.example)))
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        self.rows.learn(self.costs(known))

    def posted(self) -> tuple[MemorialLine, ...]:
        """The lines of the entry."""
        costs = [MemorialLine(account=e.account, debit=e.amount) for e in self.rows.value()]
        whole = MemorialLine(account=self.against, credit=self.total(), party=self.party.value())
        return (*costs, whole)


class CostOwedForm(CostsForm):
    """A cost that is paid later."""

    form = "cost_owed"
    who = noop("Who has to be paid")
    hint = noop("A new name is set up by itself")
    example = noop("Electricity for December, paid in January")

    def remarks(self) -> Iterator[Remark]:
        """What follows from the entry."""
        yield Remark(
            self.t("It becomes a cost of the month of this date."),
            self.t(
                "When it is paid, pay the debt under Shopping & cash, Debts; don't record the "
                "cost again."
            ),
        )


make_cost_owed = opens(CostOwedForm, noop("Unpaid cost"), width=_WIDTH)


class AdvanceForm(CostsForm):
    """What an advance was spent on."""

    against = ADVANCES
    role = "member"

    form = "advance_spent"
    who = noop("Who was given the advance")
    hint = noop("The name under which the advance was paid")
    example = noop("Advance for the visit, spent as the receipts show")

    def remarks(self) -> Iterator[Remark]:
        """What follows from the entry."""
        yield Remark(
            self.t("Only what was spent, according to the receipts."),
            self.t("Money that comes back is recorded with Receive money, as an advance."),
        )


make_advance_spent = opens(AdvanceForm, noop("Account for an advance"), width=_WIDTH)


class TaxDueForm(MemorialForm):
    """A tax that is not paid yet."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "tax_due", given)
        t = self.t
        self.tax = Picker(self.ui)
        self.tax.set_value(INCOME_TAX)
        self.amount = MoneyField(self.ui)
        due = t("What is due, rounded to whole rupiah, not what was paid")
        amount = self.labelled("lines.0.debit", t("Amount"), self.amount, due)
        self._messages.add("lines", amount)  # the other side of the entry is the same amount
        self.across((self.day_field(), 1), (amount, 1))
        self.body.addWidget(self.labelled("lines.0.account", t("Which tax"), self.tax))
        self.body.addWidget(self.reason_field(t("Final income tax, 0.5% of December's turnover")))
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        taxes = [each for each in known.setup.accounts.values() if each.type is AccountType.TAX]
        self.tax.set_choices([(each.code, account_name(self.ui, each)) for each in taxes])

    def total(self) -> int:
        """What it comes to in rupiah, as far as it can be read."""
        return self.amount.value() or 0

    def remarks(self) -> Iterator[Remark]:
        """What follows from the entry."""
        yield Remark(
            self.t("It is listed as a debt until it is paid."),
            self.t("When it is paid, record it with Pay, as tax payable."),
        )

    def posted(self) -> tuple[MemorialLine, ...]:
        """The lines of the entry."""
        account, amount = self.tax.value(), self.amount.value()
        assert account is not None
        assert amount is not None
        owed = MemorialLine(account=TAX_PAYABLE, credit=amount)
        return (MemorialLine(account=account, debit=amount), owed)


make_tax_due = opens(TaxDueForm, noop("Tax due"), width=_WIDTH)


# -- Whose savings they are that had no name -----------------------------------------------------


class NameLines(Lines):
    """Members, and how much of the savings is each one's."""

    summed = "credit"

    def __init__(self, ui: UiContext) -> None:
        fields = (
            LineField("party", ui.t("Member"), lambda: Picker(ui), 5),
            LineField("credit", ui.t("Amount"), lambda: MoneyField(ui), 3),
        )
        super().__init__(ui, fields)


class SavingsNamedForm(MemorialForm):
    """Names for savings that had none."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "savings_named", given)
        t = self.t
        self.type = Segment(self.ui, kinds_of_savings(t))
        self.add("type", self.type)
        which = FieldRow(self.ui, t("Which savings"), self.type)
        self.across((self.day_field(), 1), (which, 2))
        self.names = self.lines("lines", NameLines(self.ui))
        self.add_total()
        self.body.addWidget(self.reason_field(t("Names from the old savings book")))
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        members = [each for each in known.setup.parties.values() if each.role == "member"]
        members.sort(key=lambda each: each.name.casefold())
        self.names.offer("party", [(each.code, each.name) for each in members])

    def remarks(self) -> Iterator[Remark]:
        """What follows from the entry."""
        yield Remark(
            self.t("No money moves."),
            self.t("Savings without a name become these members' savings."),
        )

    def posted(self) -> tuple[MemorialLine, ...]:
        """The lines of the entry."""
        account = SAVINGS[self.type.value()]
        said = [line.value() for line in self.names.filled]
        named = [MemorialLine(account=account, **each) for each in said]
        return (*named, MemorialLine(account=account, debit=self.total()))


make_savings_named = opens(SavingsNamedForm, noop("Assign unnamed savings"), width=_WIDTH)


# -- Free: debit and credit, line by line --------------------------------------------------------


class EntryLines(Lines):
    """An account with a debit or a credit, and whose it is."""

    summed = "debit"

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        whose = t("whose debt, claim or savings it is; optional")
        fields = (
            LineField("account", t("Account"), lambda: Picker(ui), 6),
            LineField("debit", t("Debit"), lambda: MoneyField(ui, required=False), 3),
            LineField("credit", t("Credit"), lambda: MoneyField(ui, required=False), 3),
            LineField("party", t("Name"), lambda: Picker(ui, required=False), 4, whose),
        )
        super().__init__(ui, fields, MemorialLine)

    def learn(self, accounts: Iterable[Account], parties: Iterable[tuple[str, str]]) -> None:
        """Takes what can be picked."""
        named = [(each.code, f"{each.code} {account_name(self._ui, each)}") for each in accounts]
        self.offer("account", named)
        self.offer("party", list(parties))


class FreeMemorialForm(MemorialForm):
    """Any entry, with debit and credit."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "memorial", given)
        t = self.t
        self.programme = Picker(self.ui, required=False, placeholder=t("None"))
        programme = self.labelled(
            "programme",
            t("Programme"),
            self.programme,
            t("Only if a line is about programme money"),
        )
        self.across((self.day_field(), 1), (programme, 1))
        self.rows = self.lines("lines", EntryLines(self.ui))
        self.body.addLayout(row(..., *self._sums(), space=8))
        self.body.addWidget(self.reason_field(t("What is being put right, and on what evidence")))
        self.finish()

    def _sums(self) -> Iterator[QWidget]:
        for key, title in (("debit", self.t("Debit")), ("credit", self.t("Credit"))):
            sum_of = figures(self.ui, "", "strong")
            self.changed.connect(
                lambda key=key, shown=sum_of: shown.setText(
                    self.ui.formats.rupiah(self.rows.total(key))
                )
            )
            yield label(title, "caption")
            yield sum_of

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        setup = known.setup
        accounts = [
            each for each in setup.accounts.values() if not (each.cash or kept_by_detail(each.code))
        ]
        self.rows.learn(accounts, [(each.code, each.name) for each in setup.parties.values()])
        self.programme.set_choices([(each.code, each.name) for each in setup.programmes.values()])

    def posted(self) -> tuple[MemorialLine, ...]:
        """The lines of the entry."""
        return self.rows.value()

    def derived(self) -> dict[str, Any]:
        """What follows from several fields, by the keys of the command."""
        return {"programme": self.programme.value()}


make_memorial = opens(FreeMemorialForm, noop("Memorial entry"), width=_WIDE)
