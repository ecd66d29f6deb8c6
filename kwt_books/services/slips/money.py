"""Papers of money: kuitansi, and the voucher that there is of every document."""

from __future__ import annotations

from kwt_books.domain.accounts import BANK, CASH
from kwt_books.reports.papers import Receipt, Voucher, VoucherKind, VoucherLine
from kwt_books.services.slips.source import Source

_BY_HAND = CASH - {BANK}


def receipt(source: Source) -> Receipt:
    words = source.context.words
    return Receipt(
        source.number,
        source.day,
        source.party or words("Buyer"),
        sum(source.cash().values()),
        _purpose(source),
        _method(source),
        source.treasurer,
    )


def _purpose(source: Source) -> str:
    words, payload = source.context.words, source.payload
    if source.kind == "consignment_settlement":
        goods = source.describer.goods(payload["lines"], "sold")
        return words("Goods sold on consignment: {goods}", goods=goods)
    return source.describer.describe(source.kind, {**payload, "party": None})


def _method(source: Source) -> str:
    """`Tunai`, the account where it is not cash; with amounts where there are several."""
    context = source.context
    ways: dict[str, int] = {}
    for account, amount in source.cash().items():
        by_hand = account in _BY_HAND
        name = context.words("Paid in cash") if by_hand else context.account_name(account)
        ways[name] = ways.get(name, 0) + amount
    if len(ways) < 2:
        return next(iter(ways), context.words("Paid in cash"))
    return ", ".join(f"{name} {context.formats.rupiah(each)}" for name, each in ways.items())


def voucher(source: Source) -> Voucher:
    setup = source.context.setup
    lines = tuple(
        VoucherLine(
            each.account,
            source.context.account_name(each.account),
            each.amount,
            setup.party_name(each.party) if each.party else "",
        )
        for each in source.postings
    )
    debits = sum(max(each.amount, 0) for each in source.postings)
    return Voucher(
        VoucherKind(source.number.partition("-")[0]),
        source.number,
        source.day,
        source.description,
        lines,
        abs(sum(source.cash().values())) or debits,
        source.party,
        source.payload.get("ref") or "",
        source.recording.by,
    )
