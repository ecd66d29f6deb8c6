"""What happened, in a sentence or two for somebody who keeps no accounts: one function a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kwt_books.domain.accounts import AccountType
from kwt_books.domain.kind import named
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.values import UNIT, half_up
from kwt_books.i18n.formats import several
from kwt_books.queries.documents import thousandths
from kwt_books.queries.entry import Entry
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import Describer

Payload = Mapping[str, Any]
_NAMED = 6
"""How many goods a sentence names before the others are only counted."""
_GAP = "\0"
"""Marks the place in a sentence for a fragment with a tone of its own."""


class Fragment(NamedTuple):
    """Words of a sentence; tones are good and warn."""

    text: str
    tone: str = ""


def tell(context: Context, entry: Entry) -> tuple[Fragment, ...]:
    """The sentences of one document, to be written one after the other."""
    told: list[Fragment] = []
    kind = KINDS.get(entry.kind)
    sentences = named(kind.narrative) if kind is not None and kind.narrative else _described
    for sentence in sentences(Teller(context, entry)):
        if told:
            told.append(Fragment(" "))
        told.extend([Fragment(sentence)] if isinstance(sentence, str) else sentence)
    return tuple(told)


Sentence = str | list[Fragment]
Sentences = Iterator[Sentence]


class Teller:
    """One document with what sentences are made of."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self.t = context.words
        self.entry = entry
        self.p: Payload = entry.payload
        self.describer = Describer(context.setup, context.words)
        self._setup = context.setup
        self.formats = context.formats

    def marked(self, sentence: str, marked: str, tone: str) -> Sentence:
        """`sentence` holds `_GAP` where `marked` stands."""
        before, _, after = sentence.partition(_GAP)
        return [Fragment(before), Fragment(marked, tone), Fragment(after)]

    def rupiah(self, amount: int) -> str:
        """An amount as the language writes it."""
        return self.formats.rupiah(amount)

    def account(self, code: str) -> str:
        """The account's name."""
        return self.describer.account(code)

    def goods(self, lines: Iterable[Payload], key: str = "qty") -> str:
        """`35 kg sayur campur, 4 bungkus keripik bayam dan 6 bungkus keripik pare`."""
        named = [
            f"{self.describer.quantity(line['item'], moved)} {self._setup.item_name(line['item'])}"
            for line in lines
            if (moved := thousandths(line.get(key, 0)))
        ]
        if len(named) > _NAMED:
            count = len(named) - _NAMED + 1
            named[_NAMED - 1 :] = [self.t("{count} others", count=count)]
        if len(named) < 2:
            return "".join(named)
        return self.t("{most} and {last}", most=", ".join(named[:-1]), last=named[-1])

    @property
    def party(self) -> str:
        """The party's name; empty where there is none."""
        return self.describer.party(self.p)

    def of_type(self, *types: AccountType) -> int:
        """What was posted to accounts of these types, debit positive."""
        return sum(
            posting.amount
            for posting in self.entry.postings
            if self._setup.accounts[posting.account].type in types
        )

    @property
    def received(self) -> int:
        """All cash received; rupiah."""
        return sum(self.p.get("received", {}).values())

    @property
    def revenue(self) -> int:
        """What was posted to income; rupiah."""
        return -self.of_type(AccountType.INCOME)


def _described(d: Teller) -> Sentences:
    kept = {key: value for key, value in d.p.items() if key != "memo"}
    yield f"{d.describer.describe(d.entry.kind, kept)}."


def market_day(d: Teller) -> Sentences:
    """What was sold, spoiled and sampled, and whether the money agrees."""
    sold = d.goods(d.p["lines"], "sold")
    if sold:
        yield d.t("Sold {goods}, worth {amount}.", goods=sold, amount=d.rupiah(d.revenue))
    else:
        yield d.t("Nothing was sold.")
    if spoiled := d.goods(d.p["lines"], "spoiled"):
        yield d.t("Spoiled: {goods}.", goods=spoiled)
    if sampled := d.goods(d.p["lines"], "sampled"):
        yield d.t("Given as samples: {goods}.", goods=sampled)
    if sold:
        yield from _counted(d)


def _counted(d: Teller) -> Sentences:
    difference, counted = d.received - d.revenue, d.rupiah(d.received)
    if not difference:
        yield d.t("The money agrees: {amount}.", amount=counted)
        return
    text = d.t("Money counted: {amount}, {difference}.", amount=counted, difference=_GAP)
    yield d.marked(text, _short_or_over(d, difference), "warn" if difference < 0 else "good")


def _short_or_over(d: Teller, difference: int) -> str:
    amount = d.rupiah(abs(difference))
    if difference < 0:
        return d.t("{amount} short", amount=amount)
    return d.t("{amount} over", amount=amount)


def sale(d: Teller) -> Sentences:
    """What was sold, what was paid and what is owed."""
    due = d.revenue
    yield d.t("Sold {goods} for {amount}.", goods=d.goods(d.p["lines"]), amount=d.rupiah(due))
    yield from _paid(d, due - d.received)


def _paid(d: Teller, unpaid: int) -> Sentences:
    if d.received and unpaid <= 0:
        yield d.t("Paid in full.")
        return
    if d.received:
        yield d.t("{amount} was paid.", amount=d.rupiah(d.received))
    if unpaid > 0:
        owed = d.t("{amount} is not paid yet", amount=d.rupiah(unpaid))
        yield [Fragment(owed, "warn"), Fragment(".")]


def consignment_settlement(d: Teller) -> Sentences:
    """What the shop sold and gave back, what it paid and owes."""
    sold, shop = d.goods(d.p["lines"], "sold"), d.party
    if sold:
        worth = d.rupiah(d.revenue)
        yield d.t("{shop} sold {goods}, worth {amount}.", shop=shop, goods=sold, amount=worth)
    else:
        yield d.t("{shop} sold nothing.", shop=shop)
    if back := d.goods(d.p["lines"], "returned"):
        yield d.t("Back in the store: {goods}.", goods=back)
    if spoiled := d.goods(d.p["lines"], "spoiled"):
        yield d.t("Spoiled: {goods}.", goods=spoiled)
    if sold:
        yield from _paid(d, d.revenue - d.p.get("commission", 0) - d.received)


def consignment(d: Teller) -> Sentences:
    """What was left at the shop."""
    yield d.t("Left at {shop}: {goods}.", shop=d.party, goods=d.goods(d.p["lines"]))
    yield d.t("The goods stay the group's until they are sold.")


def purchase(d: Teller) -> Sentences:
    """What was bought and how it is paid."""
    goods = d.goods(d.p["lines"])
    amount = d.rupiah(sum(line["amount"] for line in d.p["lines"]))
    yield d.t("Bought {goods} for {amount}.", goods=goods, amount=amount)
    yield from _paid_from(d)


def _paid_from(d: Teller) -> Sentences:
    source, paid = d.p.get("paid_from"), d.p.get("paid")
    if source and paid is not None:
        yield d.t(
            "{amount} was paid from {account}, the rest is owed to {party}.",
            amount=d.rupiah(paid),
            account=d.account(source),
            party=d.party,
        )
        return
    if source:
        yield d.t("Paid from {account}.", account=d.account(source))
        return
    text = d.t("{difference}, owed to {party}.", difference=_GAP, party=d.party)
    yield d.marked(text, d.t("Not paid yet"), "warn")


def payment(d: Teller) -> Sentences:
    """What was paid for what."""
    yield d.t(
        "Paid {amount} from {account} for {what}.",
        amount=d.rupiah(sum(line["amount"] for line in d.p["lines"])),
        account=d.account(d.p["from"]),
        what=d.describer.accounts(d.p["lines"]),
    )


def receipt(d: Teller) -> Sentences:
    """What was received for what."""
    yield d.t(
        "Received {amount} into {account}: {what}.",
        amount=d.rupiah(sum(line["amount"] for line in d.p["lines"])),
        account=d.account(d.p["into"]),
        what=d.describer.accounts(d.p["lines"]),
    )


def transfer(d: Teller) -> Sentences:
    """What was moved between cash accounts."""
    yield d.t(
        "Moved {amount} from {origin} to {goal}.",
        amount=d.rupiah(d.p["amount"]),
        origin=d.account(d.p["from"]),
        goal=d.account(d.p["to"]),
    )


def savings(d: Teller) -> Sentences:
    """How many members paid in or took out, and how much."""
    paid = sum(line["amount"] for line in d.p["lines"])
    count, amount = len(d.p["lines"]), d.rupiah(abs(paid))
    if paid >= 0:
        yield d.t.ngettext(
            "{n} member paid in {amount}.", "{n} members paid in {amount}.", count, amount=amount
        )
    else:
        yield d.t.ngettext(
            "{n} member took out {amount}.", "{n} members took out {amount}.", count, amount=amount
        )


def dues(d: Teller) -> Sentences:
    """How many residents paid, and how much."""
    amount = d.rupiah(sum(line["amount"] for line in d.p["lines"]))
    yield d.t.ngettext(
        "{n} resident paid dues of {amount}.",
        "{n} residents paid dues of {amount}.",
        len(d.p["lines"]),
        amount=amount,
    )


def purchase_return(d: Teller) -> Sentences:
    """What was sent back to a supplier."""
    amount = d.rupiah(sum(line["amount"] for line in d.p["lines"]))
    yield d.t("Sent back {goods} for {amount}.", goods=d.goods(d.p["lines"]), amount=amount)


def sale_return(d: Teller) -> Sentences:
    """What came back from a customer."""
    yield d.t("Came back: {goods}.", goods=d.goods(d.p["lines"]))
    if spoiled := d.goods(d.p["lines"], "spoiled"):
        yield d.t("Spoiled: {goods}.", goods=spoiled)
    if back := sum(d.p.get("refund", {}).values()):
        yield d.t("{amount} was paid back.", amount=d.rupiah(back))


def bank_reconciliation(d: Teller) -> Sentences:
    """What the statement says, and how many documents it does not show yet."""
    account, amount = d.account(d.p["account"]), d.rupiah(d.p["statement"])
    yield d.t("The statement of {account} says {amount}, and so does the book.",
              account=account, amount=amount)  # fmt: skip
    if waiting := len(d.p.get("outstanding", ())):
        yield d.t.ngettext(
            "{n} document has not reached the bank yet.",
            "{n} documents have not reached the bank yet.",
            waiting,
        )


def memorial(d: Teller) -> Sentences:
    """The accounts and the reason."""
    yield d.t("An entry without money or goods: {what}.", what=d.describer.accounts(d.p["lines"]))
    yield d.t("Reason: {reason}.", reason=_without_stop(d.p["reason"]))


def appropriation(d: Teller) -> Sentences:
    """How much the yearly meeting shared, and by which decision."""
    amount = d.rupiah(sum(line["amount"] for line in d.p["lines"]))
    yield d.t("The annual meeting shared {amount} of the profit.", amount=amount)
    yield d.t("Decision: {decision}.", decision=d.p["decision"])


def harvest(d: Teller) -> Sentences:
    """What was harvested, and what was spoiled."""
    yield d.t("Harvested {goods} from {bed}.", goods=d.goods([d.p]), bed=d.p["bed"])
    if spoiled := d.goods([d.p], "spoiled"):
        yield d.t("Spoiled: {goods}.", goods=spoiled)


def sowing(d: Teller) -> Sentences:
    """What was sown and used."""
    yield d.t("Sowed {goods} as batch {batch}.", goods=d.goods([d.p]), batch=d.p["batch"])
    yield from _using(d)


def tending(d: Teller) -> Sentences:
    """What was cared for, planted and used."""
    if "batch" in d.p:
        yield d.t("Cared for batch {batch}.", batch=d.p["batch"])
    else:
        yield d.t("Cared for bed {bed}.", bed=d.p["bed"])
    if planted := d.goods(d.p.get("seedlings", ())):
        yield d.t("Planted: {goods}.", goods=planted)
    yield from _using(d)


def _using(d: Teller) -> Sentences:
    if used := d.goods(d.p.get("inputs", ())):
        yield d.t("Used: {goods}.", goods=used)
    for cost in d.p.get("costs", ()):
        yield d.t("{label}: {amount}.", label=cost["label"], amount=d.rupiah(cost["amount"]))


def seedlings_ready(d: Teller) -> Sentences:
    """How many are ready, and how many were lost."""
    yield d.t.ngettext(
        "{count} seedling of batch {batch} is ready to plant.",
        "{count} seedlings of batch {batch} are ready to plant.",
        several(thousandths(d.p["ready"])),
        count=d.describer.count(d.p["ready"]),
        batch=d.p["batch"],
    )
    lost = thousandths(d.p.get("lost", 0)) + thousandths(d.p.get("destroyed", 0))
    if lost:
        yield d.t.ngettext(
            "{count} was lost.", "{count} were lost.", several(lost), count=d.formats.quantity(lost)
        )


def production(d: Teller) -> Sentences:
    """What was made, what was used, and the cost of a unit."""
    p, made = d.p, thousandths(d.p["qty"])
    yield d.t("Made {goods}.", goods=d.goods([p]))
    yield from _using(d)
    value = sum(m.value for m in d.entry.moves if m.item == p["item"] and m.value > 0)
    unit = d.describer.quantity(p["item"], UNIT)
    cost = d.rupiah(half_up(value * UNIT, made))
    yield d.t("Cost of {unit}: {amount}.", unit=unit, amount=cost)


def cash_count(d: Teller) -> Sentences:
    """What was counted, and whether the book has the same."""
    account, counted = d.account(d.p["account"]), d.rupiah(d.p["counted"])
    difference = -d.of_type(AccountType.OTHER)
    text = d.t("Counted {amount} in {account}, {difference}.", amount=counted,
               account=account, difference=_GAP)  # fmt: skip
    if difference:
        yield d.marked(text, _short_or_over(d, difference), "warn" if difference < 0 else "good")
    else:
        yield d.marked(text, d.t("as in the book"), "good")


def stock_count(d: Teller) -> Sentences:
    """What was counted, and what differed."""
    place = d.describer.place(d.p["place"])
    yield d.t.ngettext(
        "Counted {n} kind of goods, {place}.",
        "Counted {n} kinds of goods, {place}.",
        len(d.p["lines"]),
        place=place,
    )
    if not d.entry.moves:
        yield [Fragment(d.t("All of it agrees with the book"), "good"), Fragment(".")]


def grant(d: Teller) -> Sentences:
    """What was given and by whom."""
    assets = [asset["name"] for asset in d.p.get("assets", ())]
    cash = [d.rupiah(d.p["cash"]["amount"])] if "cash" in d.p else []
    goods = ", ".join(filter(None, (*cash, d.goods(d.p.get("items", ())), *assets)))
    if party := d.party:
        yield d.t("A grant from {party}: {goods}.", party=party, goods=goods)
    else:
        yield d.t("A grant: {goods}.", goods=goods)


def distribution(d: Teller) -> Sentences:
    """What the members shared."""
    yield d.t("Shared among the members: {goods}.", goods=d.goods(d.p["lines"]))


def asset_acquisition(d: Teller) -> Sentences:
    """What was bought and how it is paid."""
    yield d.t("Bought {goods} for {amount}.", goods=d.p["name"], amount=d.rupiah(d.p["cost"]))
    yield from _paid_from(d)


def depreciation(d: Teller) -> Sentences:
    """How much value tools and buildings lost."""
    worn, month = d.of_type(AccountType.EXPENSE), d.describer.month(d.p)
    yield d.t("Tools and buildings lost {amount} of their value in {month}.",
                  amount=d.rupiah(worn), month=month)  # fmt: skip


def month_close(d: Teller) -> Sentences:
    """The month's profit or loss."""
    month = d.describer.month(d.p)
    profit = d.of_type(AccountType.INCOME, AccountType.COST, AccountType.EXPENSE,
                       AccountType.OTHER, AccountType.TAX)  # fmt: skip
    if profit >= 0:
        yield d.t("{month} was closed with a profit of {amount}.", month=month,
                      amount=d.rupiah(profit))  # fmt: skip
    else:
        yield d.t("{month} was closed with a loss of {amount}.", month=month,
                      amount=d.rupiah(-profit))  # fmt: skip
    if decision := d.p.get("decision"):
        yield d.t("Decision: {decision}.", decision=decision)


def month_reopen(d: Teller) -> Sentences:
    """Which month was opened again, and why."""
    yield d.t("{month} was opened again.", month=d.describer.month(d.p))
    yield d.t("Reason: {reason}.", reason=_without_stop(d.p["reason"]))


def correction(d: Teller) -> Sentences:
    """Which document is undone, and why."""
    original = d.entry.corrects
    if original is not None:
        text = d.describer.describe(original.kind, original.payload)
        number = original.number or d.p["of"]
        yield d.t("Undoes {number}: {text}.", number=number, text=_without_stop(text))
    yield d.t("Reason: {reason}.", reason=_without_stop(d.p["reason"]))


def opening_balance(d: Teller) -> Sentences:
    """That it is what the group had when the book began."""
    yield d.t("What the group owned and owed when the book began.")


def planting_end(d: Teller) -> Sentences:
    """Which bed's planting ended."""
    yield d.t("The planting in {bed} has ended.", bed=d.p["bed"])


def _without_stop(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
