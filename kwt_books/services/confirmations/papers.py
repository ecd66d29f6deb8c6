"""The letters on paper, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import ConfirmationLetter, GoodsLine
from kwt_books.services.confirmations.letters import Kind, Letter

_INTRO = {
    Kind.SHOP: noop(
        "By our notes these goods of ours are with you to be sold, and this is what you still owe"
        " us for goods sold."
    ),
    Kind.SUPPLIER: noop("By our notes we still owe you this."),
    Kind.CUSTOMER: noop("By our notes you still owe us this."),
    Kind.MEMBER: noop("By our notes these are your savings with the group."),
    Kind.BANK: noop("By our notes this is the balance of our account with you."),
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
        rows=tuple(_rows(context, found, unnamed)),
        parameters={"as_of": day.isoformat()},
        head=context.chain.hash,
        period=t("As at {day}", day=context.formats.day(day)),
        unit=context.unit,
        layout=Layout.NOTES,
        figures={"letters": len(found), "amount": sum(each.amount for each in found)},
    )


def _rows(context: Context, found: list[Letter], unnamed: Mapping[str, int]) -> Iterator[Row]:
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
                yield Row(context.setup.item_name(item), cells, item, level=1)
    if unnamed:
        yield Row(t("Without a name"), kind=RowKind.SECTION)
        text = t("Nobody can confirm what the book does not say whose it is.")
        yield Row(text, kind=RowKind.NOTE)
        for account, amount in unnamed.items():
            yield Row(context.account_name(account), (None, None, amount), account)
