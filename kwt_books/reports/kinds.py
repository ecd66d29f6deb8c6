"""What each kind of document is called where people meet it, and the words it is found by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from kwt_books.domain.posting import SHOP
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.documents import Heading, thousandths
from kwt_books.queries.setup import SetupBook

TITLES: dict[str, str] = {
    "market_day": noop("Outlets and fairs"),
    "sale": noop("Sale"),
    "consignment": noop("Goods left at a shop"),
    "consignment_settlement": noop("A shop settled"),
    "sale_return": noop("Goods that came back"),
    "purchase": noop("Goods bought"),
    "purchase_return": noop("Goods sent back"),
    "payment": noop("Costs paid"),
    "receipt": noop("Money came in"),
    "transfer": noop("Money moved"),
    "savings": noop("Savings of members"),
    "dues": noop("Dues of residents"),
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
    "bank_reconciliation": noop("Bank reconciliation"),
    "asset_acquisition": noop("Asset bought"),
    "asset_disposal": noop("Asset given up"),
    "depreciation": noop("Depreciation"),
    "memorial": noop("Memorial entry"),
    "appropriation": noop("Profit shared by the yearly meeting"),
    "register": noop("Books of the group"),
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
    "purchase_return": (noop("Sent back: {goods}"),),
    "sale_return": (noop("Came back: {goods}"),),
    "dues": (noop("Dues of {month}"), noop("Dues")),
    "bank_reconciliation": (noop("Bank reconciliation, {account}"),),
    "memorial": (noop("Memorial: {reason}"),),
    "appropriation": (noop("Profit shared, {decision}"),),
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


# -- What a book says of a document: its memo, or a sentence made of what it holds ---------------


Payload = Mapping[str, Any]

_NAMED = 2
"""How many goods or accounts are named before the others are only counted."""


class Describer:
    """Describes documents in one language, with the names as they are set up now."""

    def __init__(self, names: SetupBook, words: Translator) -> None:
        self.t = words
        self._names = names
        self._formats = Formats(words.language)

    def heading(self, document: Heading) -> str:
        """The text for a document of a book."""
        return self.describe(document.kind, json.loads(document.payload), document.corrected)

    def describe(self, kind: str, payload: Payload, corrected: str | None = None) -> str:
        """The memo, and who it was with unless that says so; else a sentence by kind.

        `corrected` is the voucher of the document that a correction undoes.
        """
        if kind == "correction":
            return self._correction(payload, corrected)
        memo = payload.get("memo")
        text = " ".join(memo.split()) if memo else _NARRATIVES[kind](self, payload)
        party = self.party(payload)
        if party and party.casefold() not in text.casefold():
            return f"{text}, {party}"
        return text

    def _correction(self, payload: Payload, corrected: str | None) -> str:
        return self.t(
            "Correction of {number}: {reason}",
            number=corrected or payload["of"],
            reason=_within(" ".join(payload["reason"].split())),
        )

    # -- parts of sentences ------------------------------------------------------------------

    def party(self, payload: Payload) -> str:
        """Whom the document names, if it names one."""
        if "book" in payload:
            return ""  # a line of the group's books names nobody of the accounts
        code = payload.get("party") or payload.get("shop")
        if code is None:
            codes = {line.get("party") for line in payload.get("lines", ())}
            code = codes.pop() if len(codes) == 1 else None
        return self._names.party_name(code) if code else ""

    def quantity(self, item: str, quantity: int) -> str:
        """`35 kg`, from thousandths."""
        known = self._names.items.get(item)
        number = self._formats.quantity(quantity)
        return f"{number} {known.unit}" if known is not None else number

    def goods(self, lines: Iterable[Payload], key: str = "qty") -> str:
        """`Pupuk NPK 20 kg, Polybag 15 cm 300 lembar dan 2 lainnya`."""
        moved = [line for line in lines if thousandths(line.get(key, 0))]
        return self._listed([self._item(line["item"], line[key]) for line in moved])

    def _item(self, item: str, raw: object) -> str:
        return f"{self._names.item_name(item)} {self.quantity(item, thousandths(raw))}"

    def count(self, raw: object) -> str:
        return self._formats.quantity(thousandths(raw))

    def accounts(self, lines: Iterable[Payload]) -> str:
        codes = dict.fromkeys(line["account"] for line in lines)
        return self._listed([self.account(code) for code in codes])

    def account(self, code: str) -> str:
        return self._names.account_name(code, self.t.language)

    def place(self, place: str) -> str:
        """`gudang`, `Warung Bu Siti`."""
        if place.startswith(SHOP):
            return self._names.party_name(place.removeprefix(SHOP))
        return self.t("store")

    def month(self, payload: Payload) -> str:
        return self._formats.month(payload["month"])

    def _listed(self, names: list[str]) -> str:
        text, rest = ", ".join(names[:_NAMED]), len(names) - _NAMED
        if rest <= 0:
            return text
        return self.t("{names} and {count} more", names=text, count=rest)


def venue_name(venue: str) -> str:
    """`outlet-jumat` as people write it: `Outlet Jumat`; what has spaces or capitals stays."""
    if " " in venue or venue != venue.lower():
        return venue
    return " ".join(word.capitalize() for word in venue.replace("_", "-").split("-") if word)


def _within(text: str) -> str:
    """Text as the rest of a sentence: `Salah ketik` becomes `salah ketik`; `BKK` stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


# -- a sentence by kind ----------------------------------------------------------------------


def _opening(d: Describer, p: Payload) -> str:
    return d.t("Opening balance")


def _receipt(d: Describer, p: Payload) -> str:
    return d.t("Receipt: {accounts}", accounts=d.accounts(p["lines"]))


def _payment(d: Describer, p: Payload) -> str:
    return d.t("Payment: {accounts}", accounts=d.accounts(p["lines"]))


def _transfer(d: Describer, p: Payload) -> str:
    origin, goal = d.account(p["from"]), d.account(p["to"])
    return d.t("Transfer from {origin} to {goal}", origin=origin, goal=goal)


def _purchase(d: Describer, p: Payload) -> str:
    return d.t("Purchase of {goods}", goods=d.goods(p["lines"]))


def _sowing(d: Describer, p: Payload) -> str:
    return d.t("Sowing of {goods}, batch {batch}", goods=d.goods([p]), batch=p["batch"])


def _tending(d: Describer, p: Payload) -> str:
    if "batch" in p:
        return d.t("Care of batch {batch}", batch=p["batch"])
    return d.t("Care of bed {bed}", bed=p["bed"])


def _ready(d: Describer, p: Payload) -> str:
    if not thousandths(p["ready"]):
        return d.t("Seedlings lost in batch {batch}", batch=p["batch"])
    count = d.count(p["ready"])
    return d.t("{count} seedlings ready from batch {batch}", count=count, batch=p["batch"])


def _harvest(d: Describer, p: Payload) -> str:
    return d.t("Harvest of {goods} from {bed}", goods=d.goods([p]), bed=p["bed"])


def _planting_end(d: Describer, p: Payload) -> str:
    return d.t("End of planting in {bed}", bed=p["bed"])


def _production(d: Describer, p: Payload) -> str:
    return d.t("Production of {goods}", goods=d.goods([p]))


def _market_day(d: Describer, p: Payload) -> str:
    return d.t("Market day, {venue}", venue=venue_name(p["venue"]))


def _sale(d: Describer, p: Payload) -> str:
    return d.t("Sale of {goods}", goods=d.goods(p["lines"]))


def _consignment(d: Describer, p: Payload) -> str:
    return d.t("{goods} consigned to {shop}", goods=d.goods(p["lines"]), shop=d.party(p))


def _settlement(d: Describer, p: Payload) -> str:
    return d.t("Consignment settled with {shop}", shop=d.party(p))


def _grant(d: Describer, p: Payload) -> str:
    assets = [asset["name"] for asset in p.get("assets", ())]
    named = ", ".join(filter(None, (d.goods(p.get("items", ())), *assets)))
    return d.t("Grant: {goods}", goods=named) if named else d.t("Grant in cash")


def _distribution(d: Describer, p: Payload) -> str:
    return d.t("Shared among members: {goods}", goods=d.goods(p["lines"]))


def _stock_count(d: Describer, p: Payload) -> str:
    return d.t("Stock count, {place}", place=d.place(p["place"]))


def _cash_count(d: Describer, p: Payload) -> str:
    return d.t("Cash count, {account}", account=d.account(p["account"]))


def _acquisition(d: Describer, p: Payload) -> str:
    return d.t("Purchase of {goods}", goods=p["name"])


def _disposal(d: Describer, p: Payload) -> str:
    return d.t("Disposal of asset {code}", code=p["code"])


def _depreciation(d: Describer, p: Payload) -> str:
    return d.t("Depreciation {month}", month=d.month(p))


def _savings(d: Describer, p: Payload) -> str:
    kind = d.t(
        {
            "principal": noop("principal savings"),
            "mandatory": noop("mandatory savings"),
            "voluntary": noop("voluntary savings"),
        }[p["type"]]
    )
    if all(line["amount"] < 0 for line in p["lines"]):
        return d.t("Withdrawal of {savings}", savings=kind)
    return d.t("Payment of {savings}", savings=kind)


def _dues(d: Describer, p: Payload) -> str:
    months = {month for line in p["lines"] for month in line["months"]}
    if len(months) == 1:
        return d.t("Dues of {month}", month=d.month({"month": months.pop()}))
    return d.t("Dues")


def _purchase_return(d: Describer, p: Payload) -> str:
    return d.t("Sent back: {goods}", goods=d.goods(p["lines"]))


def _sale_return(d: Describer, p: Payload) -> str:
    return d.t("Came back: {goods}", goods=d.goods(p["lines"]))


def _reconciliation(d: Describer, p: Payload) -> str:
    return d.t("Bank reconciliation, {account}", account=d.account(p["account"]))


def _memorial(d: Describer, p: Payload) -> str:
    return d.t("Memorial: {reason}", reason=_within(" ".join(p["reason"].split())))


def _appropriation(d: Describer, p: Payload) -> str:
    return d.t("Profit shared, {decision}", decision=p["decision"])


def _register(d: Describer, p: Payload) -> str:
    book = d.t(
        {
            "guests": noop("Guest book"),
            "activities": noop("Book of activities"),
            "minutes": noop("Book of minutes"),
            "letters": noop("Book of letters"),
            "advice": noop("Book of advice"),
            "upkeep": noop("Book of upkeep"),
        }[p["book"]]
    )
    said = next(
        str(p[key]) for key in ("title", "name", "subject", "advice", "facility") if key in p
    )
    return f"{book}: {' '.join(said.split())}"


def _close(d: Describer, p: Payload) -> str:
    return d.t("Close of {month}", month=d.month(p))


def _reopen(d: Describer, p: Payload) -> str:
    reason = _within(" ".join(p["reason"].split()))
    return d.t("Reopening of {month}: {reason}", month=d.month(p), reason=reason)


def _attachment(d: Describer, p: Payload) -> str:
    return d.t("Attachment {name}", name=p["name"])


_NARRATIVES: dict[str, Callable[[Describer, Payload], str]] = {
    "opening_balance": _opening,
    "receipt": _receipt,
    "payment": _payment,
    "transfer": _transfer,
    "purchase": _purchase,
    "sowing": _sowing,
    "tending": _tending,
    "seedlings_ready": _ready,
    "harvest": _harvest,
    "planting_end": _planting_end,
    "production": _production,
    "market_day": _market_day,
    "sale": _sale,
    "consignment": _consignment,
    "consignment_settlement": _settlement,
    "grant": _grant,
    "distribution": _distribution,
    "stock_count": _stock_count,
    "cash_count": _cash_count,
    "asset_acquisition": _acquisition,
    "asset_disposal": _disposal,
    "depreciation": _depreciation,
    "savings": _savings,
    "purchase_return": _purchase_return,
    "sale_return": _sale_return,
    "dues": _dues,
    "bank_reconciliation": _reconciliation,
    "memorial": _memorial,
    "appropriation": _appropriation,
    "register": _register,
    "month_close": _close,
    "month_reopen": _reopen,
    "attachment": _attachment,
}
