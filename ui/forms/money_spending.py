"""What buying and paying share: who is paid, from which cash, at the cost of which fund."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.queries.money import Choices, Debt
from ui.forms.money_form import MoneyForm, Remark
from ui.forms.money_words import account_name
from ui.widgets.field import FieldRow
from ui.widgets.picker import Picker
from ui.widgets.segment_field import SegmentField

PAID, OWED = "paid", "owed"


class SpendingForm(MoneyForm):
    """`paid_path` is the command's key for the cash account."""

    paid_path = "paid_from"

    # -- parts -----------------------------------------------------------------------------

    def payer_fields(self, *, may_owe: bool) -> None:
        """Paid now or owed; from where; of which fund."""
        t = self.t
        self.source, source_row = self.cash_field(self.paid_path, t("Paid from"))
        self.source_row = source_row
        self.fund = Picker(self.kit, required=False, placeholder=t("Not from a fund"))
        set_aside = t("Only where the meeting has set money aside for it")
        fund_row = self.labelled("fund", t("At the cost of the fund"), self.fund, set_aside)
        self.way: SegmentField | None = None
        if may_owe:
            self.way = SegmentField(
                self.kit, ((PAID, t("Paid now")), (OWED, t("To be paid later")))
            )
            self.add("way", self.way)
            way_row = FieldRow(self.kit, t("How is it paid?"), self.way)
            self.across((way_row, 5), (source_row, 5), (fund_row, 5))
            self.changed.connect(self._show_way)
        else:
            self.across((source_row, 1), (fund_row, 1))

    @property
    def owes(self) -> bool:
        return self.way is not None and self.way.current == OWED

    def _show_way(self) -> None:
        self.source_row.setEnabled(not self.owes)
        self.source.required = not self.owes
        self.party.required = self.owes

    def paid_from(self) -> str | None:
        return None if self.owes else self.source.code()

    def begin(self, **given: object) -> None:
        is_document = "lines" in given or "cost" in given
        if is_document and self.way is not None and self.paid_path not in given:
            given["way"] = OWED
        super().begin(**given)
        if self.way is not None:
            self._show_way()

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        self.source.set_choices(self.cash_choices(known))
        rupiah = self.kit.formats.rupiah
        self.fund.set_choices(
            [
                (each.account.code, f"{account_name(self.kit, each.account)} · {rupiah(each.left)}")
                for each in known.funds
            ]
        )

    # -- what is to be known beforehand ----------------------------------------------------

    def remarks(self) -> Iterator[Remark]:
        if self.known is None:
            return
        yield from self.below_zero(self.paid_from(), self.total())
        yield from self._fund_remark(self.known)
        yield from self.debt_remark(self.known)

    def _fund_remark(self, known: Choices) -> Iterator[Remark]:
        fund, total = self.fund.code(), self.total()
        if fund is None or not total:
            return
        left, rupiah = max(0, known.left(fund)), self.kit.formats.rupiah
        if total > left:
            yield Remark(
                self.t("{fund} has {left} left.", fund=self.name_of(fund), left=rupiah(left)),
                self.t("The other {rest} is not covered by it.", rest=rupiah(total - left)),
                "warn",
            )

    def debt_with(self, known: Choices) -> Debt | None:
        """What the group owes to the one it is dealing with."""
        party = self.party.code()
        return next((each for each in known.owed if each.party == party and each.owed > 0), None)

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        debt = self.debt_with(known)
        if debt is not None:
            amount = self.kit.formats.rupiah(debt.owed)
            since = self.kit.formats.day(debt.since) if debt.since is not None else ""
            yield Remark(
                self.t("{amount} is still to be paid to {name}.", amount=amount, name=debt.name),
                self.t("Since {day}.", day=since) if since else "",
            )
