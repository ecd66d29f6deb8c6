"""What each kind of document is called where people meet it, and the words it is found by."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from kwt_books.i18n.catalogue import Translator, noop

TITLES: dict[str, str] = {
    "market_day": noop("Outlets and fairs"),
    "sale": noop("Sale"),
    "consignment": noop("Goods left at a shop"),
    "consignment_settlement": noop("A shop settled"),
    "purchase": noop("Goods bought"),
    "payment": noop("Costs paid"),
    "receipt": noop("Money came in"),
    "transfer": noop("Money moved"),
    "savings": noop("Savings of members"),
    "harvest": noop("Harvest"),
    "sowing": noop("Sowing"),
    "tending": noop("Care of plants"),
    "seedlings_ready": noop("Seedlings ready"),
    "planting_end": noop("End of planting"),
    "production": noop("Production"),
    "grant": noop("Grant"),
    "distribution": noop("Shared among members"),
    "stock_count": noop("Counting of stock"),
    "cash_count": noop("Counting of cash"),
    "asset_acquisition": noop("Asset bought"),
    "asset_disposal": noop("Asset given up"),
    "depreciation": noop("Depreciation"),
    "correction": noop("Correction"),
    "month_close": noop("Month closed"),
    "month_reopen": noop("Month reopened"),
    "opening_balance": noop("Opening balance"),
}
"""In the order in which people look for them."""

_SENTENCES: dict[str, tuple[str, ...]] = {
    "receipt": (noop("Receipt: {accounts}"),),
    "payment": (noop("Payment: {accounts}"),),
    "transfer": (noop("Transfer from {origin} to {goal}"),),
    "purchase": (noop("Purchase of {goods}"),),
    "sowing": (noop("Sowing of {goods}, batch {batch}"),),
    "tending": (noop("Care of batch {batch}"), noop("Care of bed {bed}")),
    "seedlings_ready": (
        noop("Seedlings lost in batch {batch}"),
        noop("{count} seedlings ready from batch {batch}"),
    ),
    "harvest": (noop("Harvest of {goods} from {bed}"),),
    "planting_end": (noop("End of planting in {bed}"),),
    "production": (noop("Production of {goods}"),),
    "market_day": (noop("Market day, {venue}"),),
    "sale": (noop("Sale of {goods}"),),
    "consignment": (noop("{goods} consigned to {shop}"),),
    "consignment_settlement": (noop("Consignment settled with {shop}"),),
    "grant": (noop("Grant: {goods}"), noop("Grant in cash")),
    "distribution": (noop("Shared among members: {goods}"),),
    "stock_count": (noop("Stock count, {place}"), noop("store")),
    "cash_count": (noop("Cash count, {account}"),),
    "asset_acquisition": (noop("Purchase of {goods}"),),
    "asset_disposal": (noop("Disposal of asset {code}"),),
    "depreciation": (noop("Depreciation {month}"),),
    "savings": (
        noop("principal savings"),
        noop("mandatory savings"),
        noop("voluntary savings"),
        noop("Withdrawal of {savings}"),
        noop("Payment of {savings}"),
    ),
    "correction": (noop("Correction of {number}: {reason}"),),
    "month_close": (noop("Close of {month}"),),
    "month_reopen": (noop("Reopening of {month}: {reason}"),),
}
"""What a book says of them (`reports.descriptions`)."""


def kind_title(words: Translator, kind: str) -> str:
    return words(TITLES[kind]) if kind in TITLES else kind


def kinds_called(words: Translator, word: str) -> Iterator[str]:
    """The kinds that bear this word (casefolded) in their title or their sentence."""
    for kind, title in TITLES.items():
        texts = (title, *_SENTENCES.get(kind, ()))
        if any(word in _bare(words(text)).casefold() for text in texts):
            yield kind


def _bare(text: str) -> str:
    """A sentence without what it is filled with."""
    return "".join(part for part, *_ in Formatter().parse(text))
