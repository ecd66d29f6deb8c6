"""Letters of confirmation to shops, suppliers, customers, members and banks, and their answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kwt_books.domain.accounts import PAYABLE, SAVINGS, SHOP_RECEIVABLE, TRADE_RECEIVABLE
from kwt_books.domain.audit import CASH_ON_HAND
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.exceptions import balances_by_day
from kwt_books.queries.money import standings
from kwt_books.queries.stock import stock_at
from kwt_books.reports.context import Context
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    account_ref,
    item_ref,
)
from kwt_books.reports.papers import ConfirmationLetter, GoodsLine
from kwt_books.services.audit.file import Answer

_HELD_FOR_OTHERS = "1104"
"""Cash held for others: it is cash, but in no bank."""


class Kind(StrEnum):
    """Who is asked to confirm a balance."""

    SHOP = "shop"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    MEMBER = "member"
    BANK = "bank"


KINDS = tuple(str(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Letter:
    """One addressee's figures. Amounts are positive as the letter words them."""

    kind: Kind
    party: str
    """Code of the party, or of the bank account."""
    name: str
    address: str = ""
    goods: dict[str, int] = field(default_factory=dict)
    """Thousandths by item."""
    amounts: dict[str, int] = field(default_factory=dict)
    """Whole rupiah by account."""

    @property
    def code(self) -> str:
        """How the letter is called: `shop:siti`."""
        return f"{self.kind}:{self.party}"

    @property
    def amount(self) -> int:
        """The sum of its amounts; rupiah."""
        return sum(self.amounts.values())


_ACCOUNTS: dict[Kind, tuple[tuple[str, ...], int]] = {
    Kind.SHOP: ((SHOP_RECEIVABLE,), 1),
    Kind.SUPPLIER: ((PAYABLE,), -1),
    Kind.CUSTOMER: ((TRADE_RECEIVABLE,), 1),
    Kind.MEMBER: (tuple(sorted(SAVINGS.values())), -1),
}
"""Where each kind's figures stand, and the sign that makes them positive."""


def letters(context: Context, day: date, kinds: Iterable[str] = KINDS) -> list[Letter]:
    """Everybody of these kinds whom the book says anything of at the end of the day."""
    asked = [_kind(each) for each in dict.fromkeys(kinds)]
    found: list[Letter] = []
    for kind in sorted(asked, key=list(Kind).index):
        if kind is Kind.BANK:
            found += _banks(context, day)
        else:
            found += _parties(context, kind, day)
    return found


def unnamed(context: Context, day: date, kinds: Iterable[str]) -> dict[str, int]:
    """What stands on the accounts of these kinds without a name: nobody can confirm it."""
    found = {}
    for kind in map(_kind, dict.fromkeys(kinds)):
        accounts, sign = _ACCOUNTS.get(kind, ((), 1))
        for account in accounts:
            for each in standings(context.connection, account, date.min, day, sign=sign):
                if each.party is None and each.owed:
                    found[account] = each.owed
    return found


def _kind(text: str) -> Kind:
    if text not in KINDS:
        raise RuleError("not-a-choice", text=text, options=", ".join(KINDS))
    return Kind(text)


def _parties(context: Context, kind: Kind, day: date) -> Iterator[Letter]:
    accounts, sign = _ACCOUNTS[kind]
    amounts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for account in accounts:
        for each in standings(context.connection, account, date.min, day, sign=sign):
            if each.party is not None and each.owed:
                amounts[each.party][account] = each.owed
    goods = _goods(context, day) if kind is Kind.SHOP else {}
    for code in sorted(amounts.keys() | goods.keys()):
        party = context.setup.parties.get(code)
        yield Letter(
            kind,
            code,
            context.setup.party_name(code),
            (party.address if party is not None else None) or "",
            goods.get(code, {}),
            amounts.get(code, {accounts[0]: 0}),
        )


def _goods(context: Context, day: date) -> dict[str, dict[str, int]]:
    """Thousandths of each item at each shop."""
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for stand in stock_at(context.connection, day):
        if stand.place.startswith(SHOP) and stand.quantity:
            found[stand.place.removeprefix(SHOP)][stand.lot.item] += stand.quantity
    return {shop: dict(sorted(items.items())) for shop, items in found.items()}


def _banks(context: Context, day: date) -> Iterator[Letter]:
    """Cash accounts that are no drawer, whatever stands on them."""
    drawers = {*CASH_ON_HAND, _HELD_FOR_OTHERS}
    for account in context.setup.cash_accounts:
        if account in drawers:
            continue
        moved = list(balances_by_day(context.connection, [account], day))
        if moved:
            balance = {account: moved[-1][1]}
            yield Letter(Kind.BANK, account, context.account_name(account), "", {}, balance)


# -- Answers compared with the book as of the letter's day ----------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """One letter and what came back on it, if anything did."""

    letter: Letter
    answer: Answer | None

    @property
    def difference(self) -> int:
        """What the other side says more, whole rupiah; an amount left open agrees."""
        if self.answer is None or self.answer.amount is None:
            return 0
        return self.answer.amount - self.letter.amount

    @property
    def goods(self) -> dict[str, tuple[int, int]]:
        """By item, the book's thousandths and the other side's, of those that it counted."""
        counts = {} if self.answer is None else {e.item: e.quantity for e in self.answer.goods}
        return {item: (self.letter.goods.get(item, 0), count) for item, count in counts.items()}

    @property
    def agrees(self) -> bool:
        """Whether there is an answer that differs neither in rupiah nor in goods."""
        return self.answer is not None and not (
            self.difference or any(book != theirs for book, theirs in self.goods.values())
        )


def compare_answers(
    found: Iterable[Letter], answers: Iterable[Answer], day: date
) -> list[Compared]:
    """Each letter with the newest answer to it as of that day."""
    newest = {each.letter: each for each in answers if each.day == day}
    return [Compared(letter, newest.get(letter.code)) for letter in found]


def answers_report(context: Context, compared: Iterable[Compared], day: date) -> Report:
    """What differs, what agrees, what is still out. A row's code is the letter's."""
    t, money = context.words, ColumnType.MONEY
    found = list(compared)
    differing = [each for each in found if each.answer is not None and not each.agrees]
    agreeing = [each for each in found if each.agrees]
    out = [each for each in found if each.answer is None]
    groups = (
        (t("Differences"), differing),
        (t("Agreed"), agreeing),
        (t("Not answered yet"), out),
    )
    return Report(
        name="confirmation-answers",
        title=t("Answers to Letters of Confirmation"),
        columns=(
            Column("unit", t("Unit"), ColumnType.CODE),
            Column("book_quantity", t("Book"), ColumnType.QUANTITY, group=t("Quantity")),
            Column("their_quantity", t("Answer"), ColumnType.QUANTITY, group=t("Quantity")),
            Column("book", t("Book"), money, group=t("Amount")),
            Column("answer", t("Answer"), money, group=t("Amount")),
            Column("difference", t("Difference"), money, group=t("Amount")),
        ),
        rows=tuple(row for title, group in groups for row in _group(context, title, group)),
        parameters={"as_of": day.isoformat()},
        head=context.chain.hash,
        period=t("As at {day}", day=context.formats.day(day)),
        unit=context.unit,
        layout=Layout.NOTES,
        figures={
            "differing": len(differing),
            "agreeing": len(agreeing),
            "unanswered": len(out),
            "difference": sum(each.difference for each in found),
        },
    )


def _group(context: Context, title: str, group: list[Compared]) -> Iterator[Row]:
    yield Row(title, kind=RowKind.SECTION)
    for each in group:
        yield from _answer_rows(context, each)
    if not group:
        yield Row(context.words("None."), kind=RowKind.NOTE)


def _answer_rows(context: Context, each: Compared) -> Iterator[Row]:
    letter, answer = each.letter, each.answer
    theirs = answer.amount if answer is not None else None
    difference = each.difference if theirs is not None else None
    note = f": {answer.note}" if answer is not None and answer.note else ""
    cells = (None, None, None, letter.amount, theirs, difference)
    yield Row(f"{letter.name}{note}", cells, letter.code)
    for item, (book, counted) in each.goods.items():
        if book != counted:
            known = context.setup.items.get(item)
            unit = known.unit if known is not None else None
            counts = (unit, book, counted, None, None, None)
            yield Row(context.setup.item_name(item), counts, level=1)


def answer_sentences(context: Context, compared: Iterable[Compared], day: date) -> tuple[str, ...]:
    """For the letter of findings: how many came back, and what differs."""
    t, formats = context.words, context.formats
    found = list(compared)
    answered = [each for each in found if each.answer is not None]
    if not answered:
        return ()
    differing = [each for each in answered if not each.agrees]
    text = t.ngettext(
        "As at {day}: {answered} of {asked} letter came back, {differing} with differences.",
        "As at {day}: {answered} of {asked} letters came back, {differing} with differences.",
        len(found),
        day=formats.day(day), answered=formats.number(len(answered)),
        asked=formats.number(len(found)), differing=formats.number(len(differing)),
    )  # fmt: skip
    lines = [
        t(
            "{name}: {amount} according to the book, {answer} according to the answer.",
            name=each.letter.name, amount=formats.rupiah(each.letter.amount),
            answer=formats.rupiah(each.letter.amount + each.difference),
        )
        for each in differing if each.difference
    ]  # fmt: skip
    return (text, *lines)


# -- The letters on paper, and the list of them --------------------------------------------------


_INTRO = {
    Kind.SHOP: noop(
        "According to our books, these goods of ours are with you for sale, and this is what you "
        "still owe us for goods sold."
    ),
    Kind.SUPPLIER: noop("According to our books, we still owe you this amount."),
    Kind.CUSTOMER: noop("According to our books, you still owe us this amount."),
    Kind.MEMBER: noop("According to our books, these are your savings with the group."),
    Kind.BANK: noop("According to our books, this is the balance of our account with you."),
}
KIND_NAMES = {
    Kind.SHOP: noop("Shops"),
    Kind.SUPPLIER: noop("Suppliers"),
    Kind.CUSTOMER: noop("Customers"),
    Kind.MEMBER: noop("Members"),
    Kind.BANK: noop("Banks"),
}


def papers_of(
    context: Context, found: Iterable[Letter], day: date, auditor: str
) -> Iterator[ConfirmationLetter]:
    """The letters on paper, numbered as in their list."""
    for place, letter in enumerate(found, start=1):
        yield _paper(context, letter, number_of(place), day, auditor)


def number_of(place: int) -> str:
    """`K-07`: what a letter is called on paper."""
    return f"K-{place:02}"


def _paper(
    context: Context, letter: Letter, number: str, day: date, auditor: str
) -> ConfirmationLetter:
    t, items = context.words, context.setup.items
    goods = tuple(
        GoodsLine(context.setup.item_name(item), quantity, items[item].unit)
        for item, quantity in letter.goods.items()
    )
    amounts = tuple(
        (context.account_name(account), amount) for account, amount in letter.amounts.items()
    )
    return ConfirmationLetter(
        number=number,
        day=day,
        addressee=letter.name,
        address=letter.address,
        intro=t(_INTRO[letter.kind]),
        goods=goods,
        amounts=amounts,
        auditor=auditor,
        written=context.today,
    )


def letters_report(
    context: Context, found: Iterable[Letter], day: date, unnamed: Mapping[str, int]
) -> Report:
    """Every letter with what it asks; goods line by line. Codes are the letter's and the items'."""
    t = context.words
    found = list(found)
    return Report(
        name="confirmations",
        title=t("Letters of Confirmation"),
        columns=(
            Column("quantity", t("Quantity"), ColumnType.QUANTITY),
            Column("unit", t("Unit"), ColumnType.CODE),
            Column("amount", t("Amount"), ColumnType.MONEY),
        ),
        rows=tuple(_paper_rows(context, found, unnamed)),
        parameters={"as_of": day.isoformat()},
        head=context.chain.hash,
        period=t("As at {day}", day=context.formats.day(day)),
        unit=context.unit,
        layout=Layout.NOTES,
        figures={"letters": len(found), "amount": sum(each.amount for each in found)},
    )


def _paper_rows(context: Context, found: list[Letter], unnamed: Mapping[str, int]) -> Iterator[Row]:
    t, items = context.words, context.setup.items
    numbered = [(number_of(place), letter) for place, letter in enumerate(found, start=1)]
    for kind in Kind:
        group = [each for each in numbered if each[1].kind is kind]
        if not group:
            continue
        yield Row(t(KIND_NAMES[kind]), kind=RowKind.SECTION)
        for number, letter in group:
            yield Row(f"{number} {letter.name}", (None, None, letter.amount), letter.code)
            for item, quantity in letter.goods.items():
                cells = (quantity, items[item].unit, None)
                yield Row(context.setup.item_name(item), cells, item_ref(item), level=1)
    if unnamed:
        yield Row(t("Without a name"), kind=RowKind.SECTION)
        text = t("Nobody can confirm amounts for which the book names nobody.")
        yield Row(text, kind=RowKind.NOTE)
        for account, amount in unnamed.items():
            yield Row(context.account_name(account), (None, None, amount), account_ref(account))
