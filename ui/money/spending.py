"""The base of buying and paying: who is paid, from which cash, and at the cost of which fund or
programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.documents.setup import Programme
from kwt_books.queries.money import Choices, Debt
from kwt_books.queries.programmes import spent_by_line
from ui.kit.button import Segment
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, MoneyField
from ui.kit.lines import LineField
from ui.kit.party import account_name
from ui.kit.picker import Picker

PAID, PART, OWED = "paid", "part", "owed"
SELLERS = ("supplier", "customer", "member")
"""Roles of those whom the group buys from, the likeliest first."""
_NOT_ASKED = ""


class SpendingForm(MoneyForm):
    """The base of buying and paying. `paid_path` is the command's key for the cash account.

    A programme is offered where one is set up, the lines of its budget where it is chosen.
    """

    paid_path = "paid_from"
    _budget: tuple[tuple[str, str], ...] = ()

    # -- parts -----------------------------------------------------------------------------

    def payer_fields(self, *, may_owe: bool) -> None:
        """Adds the cash account, fund and programme; `may_owe` adds a choice of paying later, or a
        part of it.
        """
        t = self.t
        self.source, self.source_row = self.cash_field(self.paid_path, t("Paid from"))
        self.fund = Picker(self.ui, required=False, placeholder=t("Not from a fund"))
        set_aside = t("Only if the meeting has set money aside for it")
        fund_row = self.labelled("fund", t("Paid out of the fund"), self.fund, set_aside)
        programme_row = self._programme_field()
        self.way: Segment | None = None
        if may_owe:
            ways = ((PAID, t("Paid now")), (PART, t("A part")), (OWED, t("Paid later")))
            self.way = Segment(self.ui, ways)
            way_row = self.labelled("way", t("How is it paid?"), self.way)
            self.paid = MoneyField(self.ui, required=False)
            paid_row = self.labelled("paid", t("Of this, paid now"), self.paid)
            self.paid_row = paid_row
            self.across((way_row, 6), (paid_row, 3), (self.source_row, 5))
            self.across((fund_row, 1), (programme_row, 1))
            self.way.changed.connect(self._show_way)
        else:
            self.across((self.source_row, 4), (fund_row, 3), (programme_row, 3))

    def _programme_field(self) -> FieldRow:
        self.programme = Picker(self.ui, required=False, placeholder=self.t("Not from a programme"))
        given = self.t("Only for what its giver agreed to")
        title = self.t("Paid out of the programme")
        self.programme_row = self.labelled("programme", title, self.programme, given)
        self.programme_row.hide()
        self._asked: str | None = _NOT_ASKED
        self._spent: Mapping[str, int] = {}
        self.programme.changed.connect(self._programme_changed)
        self.programme.changed.connect(partial(self._only_one, self.programme, self.fund))
        self.fund.changed.connect(partial(self._only_one, self.fund, self.programme))
        return self.programme_row

    def _only_one(self, chosen: Picker, other: Picker) -> None:
        """Fund or programme: whoever takes the one lets go of the other."""
        if chosen.value() is not None:
            other.set_value(None)

    def budget_column(self) -> LineField:
        """The column of the programme's budget lines; hidden while there are none to choose."""
        return LineField("budget", self.t("Budget line"), self.budget_field, 9)

    def budget_field(self) -> Picker:
        """A picker of the lines of the programme's budget, which optional."""
        return Picker(self.ui, self._budget, required=False)

    def budget_pickers(self) -> list[Picker]:
        """Where a line of the budget is chosen: in each line of the document."""
        return [line.fields["budget"] for line in self.fields["lines"].lines]

    def show_budget(self, *, shown: bool) -> None:
        """Shows or hides where a line of the budget is chosen."""
        self.fields["lines"].show_column("budget", shown=shown)

    def charged(self) -> list[tuple[str | None, int]]:
        """Lines of the budget as they are named so far, each with its amount in rupiah."""
        lines = self.fields["lines"].lines
        return [(x.fields["budget"].value(), x.fields["amount"].value() or 0) for x in lines]

    def _offer_budget(self) -> None:
        programme = self.chosen_programme
        lines = programme.budget if programme is not None else ()
        self._budget = tuple((each.line, f"{each.line} {each.name}") for each in lines)
        for picker in self.budget_pickers():
            picker.set_choices(self._budget)
        self.show_budget(shown=bool(self._budget))

    @property
    def owes(self) -> bool:
        """Whether it is paid later."""
        return self.way is not None and self.way.current == OWED

    @property
    def pays_part(self) -> bool:
        """Whether a part is paid now, the rest later."""
        return self.way is not None and self.way.current == PART

    def _show_way(self) -> None:
        self.source_row.setEnabled(not self.owes)
        self.source.required = not self.owes
        self.party.required = self.owes or self.pays_part
        self.paid.required = self.pays_part
        self.paid_row.setVisible(self.pays_part)

    def paid_from(self) -> str | None:
        """The cash account, None where it is paid later."""
        return None if self.owes else self.source.value()

    def paid_now(self) -> int | None:
        """What is paid now of what is bought, None where it is all or nothing; rupiah."""
        return self.paid.value() if self.pays_part else None

    def derived(self) -> dict[str, Any]:
        """Where it may be owed, the cash account, None if it is; and what is paid now of it."""
        if self.way is None:
            return {}
        return {self.paid_path: self.paid_from(), "paid": self.paid_now()}

    def begin(self, **given: object) -> None:
        """Fills in what is given; a document without a cash account was paid later."""
        is_document = "lines" in given or "cost" in given
        if is_document and self.way is not None:
            given["way"] = self._way_of(given)
        self.show_budget(shown=False)
        super().begin(**given)
        if self.way is not None:
            self._show_way()

    def _way_of(self, given: Mapping[str, object]) -> str:
        if self.paid_path not in given:
            return OWED
        return PART if "paid" in given else PAID

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        """Offers funds and programmes with what is left in them."""
        rupiah = self.ui.formats.rupiah
        self.fund.set_choices(
            [
                (each.account.code, f"{account_name(self.ui, each.account)} · {rupiah(each.left)}")
                for each in known.funds
            ]
        )
        left = known.programmes
        programmes = known.setup.programmes
        self.programme.set_choices(
            [
                (code, f"{each.name} · {rupiah(left.get(code, 0))}")
                for code, each in programmes.items()
            ]
        )
        self.programme_row.setVisible(bool(programmes))
        self._asked = _NOT_ASKED
        self._programme_changed()

    @property
    def chosen_programme(self) -> Programme | None:
        """The programme that pays, as it is set up."""
        code = self.programme.value()
        return self.known.setup.programmes.get(code) if code and self.known else None

    def _programme_changed(self) -> None:
        """Offers the lines of its budget, and asks what was spent of them."""
        code, before = self.programme.value(), self._asked
        if code == before:
            return
        if before not in (None, _NOT_ASKED):  # a line of one budget is none of another
            for picker in self.budget_pickers():
                picker.set_value(None)
        self._asked, self._spent = code, {}
        self._offer_budget()
        if code is not None:
            self.ask_book(lambda book: _spent(book, code), self._take_spent, key="budget")

    def _take_spent(self, answer: tuple[str, Mapping[str, int]]) -> None:
        code, spent = answer
        if code == self.programme.value():
            self._spent = spent
            self.show_remarks()

    # -- remarks ---------------------------------------------------------------------------

    def spent(self) -> int:
        """What leaves the cash account, in rupiah."""
        return (self.paid_now() or 0) if self.pays_part else self.total()

    def remarks(self) -> Iterator[Remark]:
        """That cash, fund or programme do not suffice, and what the party is owed."""
        if self.known is None:
            return
        yield from self.below_zero(self.paid_from(), self.spent())
        yield from self._fund_remark(self.known)
        yield from self._programme_remark(self.known)
        yield from self._budget_remarks()
        yield from self.debt_remark(self.known)

    def _fund_remark(self, known: Choices) -> Iterator[Remark]:
        fund, total = self.fund.value(), self.total()
        if fund is None or not total:
            return
        left, rupiah = max(0, known.left(fund)), self.ui.formats.rupiah
        if total > left:
            yield Remark(
                self.t("{fund} has {left} left.", fund=self.name_of(fund), left=rupiah(left)),
                self.t("It does not cover the other {rest}.", rest=rupiah(total - left)),
                "warn",
            )

    def _programme_remark(self, known: Choices) -> Iterator[Remark]:
        """What is left of the programme's money, before and after this."""
        programme, total = self.chosen_programme, self.total()
        if programme is None:
            return
        left, rupiah = known.programmes.get(programme.code, 0), self.ui.formats.rupiah
        strong = self.t("{fund} has {left} left.", fund=programme.name, left=rupiah(left))
        if total > left:
            rest = self.t("It leaves {rest} of this uncovered.", rest=rupiah(total - left))
            yield Remark(strong, rest, "warn")
        elif total:
            yield Remark(strong, self.t("After this: {rest}.", rest=rupiah(left - total)))
        else:
            yield Remark(strong, "")

    def _budget_remarks(self) -> Iterator[Remark]:
        """Of each budget line that is named, what is left of it after this."""
        programme = self.chosen_programme
        if programme is None:
            return
        rupiah, named = self.ui.formats.rupiah, self.charged()
        for line in programme.budget:
            amounts = [amount for code, amount in named if code == line.line]
            if not amounts:
                continue
            left = line.amount - self._spent.get(line.line, 0) - sum(amounts)
            plan = self.t(
                "Budget line {line} {name}: {amount}.",
                line=line.line,
                name=line.name,
                amount=rupiah(line.amount),
            )
            if left < 0:
                over = self.t("This exceeds it by {over}.", over=rupiah(-left))
                yield Remark(plan, over, "warn")
            else:
                yield Remark(plan, self.t("After this, {left} is left.", left=rupiah(left)))

    def debt_with(self, known: Choices) -> Debt | None:
        """What the group owes the party chosen, or None."""
        party = self.party.value()
        return next((each for each in known.owed if each.party == party and each.owed > 0), None)

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        """That the group still owes the party chosen."""
        debt = self.debt_with(known)
        if debt is not None:
            amount = self.ui.formats.rupiah(debt.owed)
            since = self.ui.formats.day(debt.since) if debt.since is not None else ""
            yield Remark(
                self.t("{amount} is still to be paid to {name}.", amount=amount, name=debt.name),
                self.t("Since {day}.", day=since) if since else "",
            )


def _spent(book: Book, programme: str) -> tuple[str, Mapping[str, int]]:
    return programme, book.read(spent_by_line, programme)
