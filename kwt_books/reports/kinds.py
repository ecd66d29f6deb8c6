"""Titles of kinds, and the sentences that describe documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from string import Formatter
from typing import Any

import orjson

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.registry import encode_command
from kwt_books.domain.kind import Kind, named
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import SHOP
from kwt_books.i18n.catalogue import Translator, fill, noop
from kwt_books.i18n.formats import Formats, several
from kwt_books.queries.documents import Heading, thousandths
from kwt_books.queries.setup import SetupBook


def kind_title(words: Translator, name: str) -> str:
    """What people call a kind; its name where it has no title."""
    kind = KINDS.get(name)
    return words(kind.title) if kind is not None and kind.title else name


def titled_kinds() -> Iterator[Kind]:
    """The kinds that documents are chosen from, in the order in which people look for them."""
    return (kind for kind in KINDS.values() if kind.title)


def kinds_called(words: Translator, word: str) -> Iterator[str]:
    """The kinds that bear this word (casefolded) in their title or their sentence."""
    for kind in titled_kinds():
        texts = (kind.title, *kind.sentences)
        if any(word in _bare(words.gettext(text)).casefold() for text in texts):
            yield kind.name


def _bare(text: str) -> str:
    """A sentence without what it is filled with."""
    return "".join(part for part, *_ in Formatter().parse(text))


@cache
def _places(text: str) -> frozenset[str]:
    """What a sentence of the catalogue is filled with."""
    return frozenset(place for _, place, *_ in Formatter().parse(text) if place)


@cache
def _filling(text: str) -> _Filling:
    """Each place of a sentence with what fills it; None where a key of that name does."""
    return tuple((place, _FILLED.get(place)) for place in _places(text))


# -- The sentence that describes a document: its memo, or one made of its payload ----------------


Payload = Mapping[str, Any]

_KEPT = 1_000
"""Goods with their quantities that are worded once: the same come again and again."""
_NAMED = 2
"""How many goods or accounts are named before the others are only counted."""


class Describer:
    """Describes documents in one language, with the names as they are set up now."""

    def __init__(self, names: SetupBook, words: Translator) -> None:
        self.t = words
        self._names = names
        self._formats = Formats(words.language)
        self._saying: dict[str, Callable[[Payload], str]] = {}
        """What says the sentence of a document without a memo, by kind."""
        self._item = lru_cache(_KEPT)(self._item_worded)

    def heading(self, document: Heading) -> str:
        """The text for a document of a book."""
        return self.recorded(document.kind, document.payload, document.corrected)

    def recorded(self, kind: str, payload: str, corrected: str | None) -> str:
        """The text for what the book holds of a document."""
        return self.describe(kind, orjson.loads(payload), corrected)

    def command(self, command: Command) -> str:
        """The text for what an entry recorded; a correction's is that of what it undoes."""
        return self.describe(command.kind, encode_command(command))

    def describe(self, kind: str, payload: Payload, corrected: str | None = None) -> str:
        """The memo, and who it was with unless that says so; else a sentence by kind.

        `corrected` is the voucher of the document that a correction undoes.
        """
        if kind == "correction":
            return self._correction(payload, corrected)
        memo = payload.get("memo")
        text = " ".join(memo.split()) if memo else self.sentence(kind, payload)
        party = self.party(payload)
        if party and party.casefold() not in text.casefold():
            return f"{text}, {party}"
        return text

    def sentence(self, name: str, payload: Payload) -> str:
        """The sentence for a document without a memo."""
        saying = self._saying.get(name)
        if saying is None:
            saying = self._saying[name] = self._saying_of(name)
        return saying(payload)

    def _saying_of(self, name: str) -> Callable[[Payload], str]:
        kind = KINDS.get(name)
        if kind is not None and kind.described:
            return partial(named(kind.described), self)
        title = kind_title(self.t, name)
        texts = kind.sentences if kind is not None else ()
        sentences = [
            (self.t.gettext(text), _filling(text), _places(text) - _FILLED.keys()) for text in texts
        ]

        def say(payload: Payload) -> str:
            """The first that the document has the keys for."""
            for text, filling, asked in sentences:
                if asked <= payload.keys():
                    found = {
                        place: payload[place] if filled is None else filled(self, payload)
                        for place, filled in filling
                    }
                    return fill(text, found)
            return title

        return say

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
        if code is None and (lines := payload.get("lines")):
            first = lines[0].get("party")
            code = first if first and all(each.get("party") == first for each in lines) else None
        return self._names.party_name(code) if code else ""

    def quantity(self, item: str, quantity: int) -> str:
        """`35 kg`, from thousandths."""
        number, known = self._formats.quantity(quantity), self._names.items.get(item)
        return number if known is None else f"{number} {known.unit}"

    def goods(self, lines: Iterable[Payload], key: str = "qty") -> str:
        """`Pupuk NPK 20 kg, Polybag 15 cm 300 lembar dan 2 lainnya`."""
        goods = [
            (line["item"], quantity)
            for line in lines
            if (quantity := thousandths(line.get(key, 0)))
        ]
        return self._listed([self._item(*each) for each in goods[:_NAMED]], len(goods))

    def _item_worded(self, item: str, quantity: int) -> str:
        return f"{self._names.item_name(item)} {self.quantity(item, quantity)}"

    def count(self, raw: object) -> str:
        """A quantity as a payload has it, in the language's figures."""
        return self._formats.quantity(thousandths(raw))

    def accounts(self, lines: Iterable[Payload]) -> str:
        """The names of the accounts of some lines."""
        codes = list(dict.fromkeys(line["account"] for line in lines))
        return self._listed([self.account(code) for code in codes[:_NAMED]], len(codes))

    def account(self, code: str) -> str:
        """The account's name in the language."""
        return self._names.account_name(code, self.t.language)

    def place(self, place: str) -> str:
        """`gudang`, `Warung Bu Siti`."""
        if place.startswith(SHOP):
            return self._names.party_name(place.removeprefix(SHOP))
        return self.t("store")

    def month(self, payload: Payload) -> str:
        """The payload's month in words."""
        return self._formats.month(payload["month"])

    def _listed(self, names: list[str], among: int) -> str:
        text, rest = ", ".join(names), among - len(names)
        if rest <= 0:
            return text
        return self.t("{names} and {count} more", names=text, count=rest)


@lru_cache(maxsize=1_000)
def venue_name(venue: str) -> str:
    """`outlet-jumat` as people write it: `Outlet Jumat`; what has spaces or capitals stays."""
    if " " in venue or venue != venue.lower():
        return venue
    return " ".join(word.capitalize() for word in venue.replace("_", "-").split("-") if word)


def _within(text: str) -> str:
    """Text as the rest of a sentence: `Salah ketik` becomes `salah ketik`; `BKK` stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


# -- What fills the places of a sentence; other places are named after a key ----------------------


def _goods(d: Describer, p: Payload) -> str:
    """Those of the lines, the one of a document that is of one item, or an asset's name."""
    if "lines" in p:
        return d.goods(p["lines"])
    return d.goods([p]) if "item" in p else str(p["name"])


_Filled = Callable[[Describer, Payload], str]
_Filling = tuple[tuple[str, _Filled | None], ...]
_FILLED: Mapping[str, _Filled] = {
    "goods": _goods,
    "accounts": lambda d, p: d.accounts(p["lines"]),
    "account": lambda d, p: d.account(p["account"]),
    "origin": lambda d, p: d.account(p["from"]),
    "goal": lambda d, p: d.account(p["to"]),
    "shop": lambda d, p: d.party(p),
    "venue": lambda d, p: venue_name(p["venue"]),
    "place": lambda d, p: d.place(p["place"]),
    "month": lambda d, p: d.month(p),
    "reason": lambda d, p: _within(" ".join(p["reason"].split())),
}


# -- Kinds whose sentence depends on what they say ------------------------------------------------


def seedlings(d: Describer, p: Payload) -> str:
    """The sentence for seedlings made ready, or lost."""
    if not thousandths(p["ready"]):
        return d.t("Seedlings lost in batch {batch}", batch=p["batch"])
    return d.t.ngettext(
        "{count} seedling ready from batch {batch}",
        "{count} seedlings ready from batch {batch}",
        several(thousandths(p["ready"])),
        count=d.count(p["ready"]),
        batch=p["batch"],
    )


def grant(d: Describer, p: Payload) -> str:
    """The sentence for a grant of goods, assets or cash."""
    assets = [asset["name"] for asset in p.get("assets", ())]
    named = ", ".join(filter(None, (d.goods(p.get("items", ())), *assets)))
    return d.t("Grant: {goods}", goods=named) if named else d.t("Grant in cash")


def savings(d: Describer, p: Payload) -> str:
    """The sentence for savings paid in or taken out."""
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


def dues(d: Describer, p: Payload) -> str:
    """The sentence for dues, with the month where it is one."""
    months = {month for line in p["lines"] for month in line["months"]}
    if len(months) == 1:
        return d.t("Dues of {month}", month=d.month({"month": months.pop()}))
    return d.t("Dues")


def register(d: Describer, p: Payload) -> str:
    """The sentence for a line of one of the group's books."""
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
