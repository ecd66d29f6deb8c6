"""Errors and issues as sentences in the user's language, with names and amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from kwt_books.domain.accounts import Account
from kwt_books.domain.errors import BookError, Issue
from kwt_books.domain.facts import Facts, KnownItem, KnownParty, KnownProgramme, Later
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import BATCH, BED, SHOP, STORE
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats

if TYPE_CHECKING:  # errors are explained where no book is open
    from kwt_books.services.integrity.entries import Outcome

T = TypeVar("T")


class Names(Protocol):
    """What is set up, by code."""

    @property
    def accounts(self) -> Mapping[str, Account]:
        """Accounts by code."""

    @property
    def items(self) -> Mapping[str, KnownItem]:
        """Items by code."""

    @property
    def parties(self) -> Mapping[str, KnownParty]:
        """Parties by code."""

    @property
    def programmes(self) -> Mapping[str, KnownProgramme]:
        """Programmes by code."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The names that some issues speak of."""

    accounts: Mapping[str, Account]
    items: Mapping[str, KnownItem]
    parties: Mapping[str, KnownParty]
    programmes: Mapping[str, KnownProgramme]


def mentioned(facts: Facts, issues: Iterable[Issue]) -> Mentioned:
    """What the book knows of the codes in the parameters of `issues`."""
    found = {value for issue in issues for value in issue.params.values() if isinstance(value, str)}
    codes = found | {value.removeprefix(SHOP) for value in found}
    return Mentioned(
        _known(codes, facts.account),
        _known(codes, facts.item),
        _known(codes, facts.party),
        _known(codes, facts.programme),
    )


def _known(codes: Iterable[str], look_up: Callable[[str], T | None]) -> dict[str, T]:
    return {code: known for code in codes if (known := look_up(code)) is not None}


def explain(
    issue: Issue | BookError, names: Names | None, words: Translator, formats: Formats
) -> str:
    """What is wrong and what to do, in the language of `words`.

    Without `names`, as for a stream that makes a new book, codes stand for themselves.
    """
    more = "-then" if issue.code == "insufficient-stock" and "now" in issue.params else ""
    more = "-since" if "since" in issue.params else more
    return words(f"{issue.code}{more}", **_Reader(names, words, formats).read(issue))


def explain_outcome(
    outcome: Outcome, names: Names | None, words: Translator, formats: Formats
) -> str:
    """A check of `verify`: its title and, where it failed, the document and what is wrong."""
    title = words(f"check-{outcome.check}")
    found = explain(outcome.details, names, words, formats) if outcome.details else None
    return ": ".join(filter(None, (title, outcome.document, found)))


_MONEY = {
    "balance", "counted", "detail", "difference", "due", "off", "price", "received", "total",
    "unpaid",
}  # fmt: skip
_COUNTS = {"amount", "most", "longest"}
_QUANTITIES = {"wanted", "available", "now", "taken", "accounted"}
_MONTHS = {"month", "closed", "last"}
_WORDED = {"kind": "kind", "role": "role", "check": "check", "column": "column"}
_NAMED = 4
"""Of documents in the way; the others are counted."""
_NEEDED = {"wrong-class": "class", "wrong-role": "role"}


class _Reader:
    """Turns the parameters of one issue into what people read."""

    def __init__(self, names: Names | None, words: Translator, formats: Formats) -> None:
        self._names = names
        self._words = words
        self._formats = formats
        self._by_name: dict[str, Callable[[str], str]] = {
            "account": self._account,
            "item": self._item,
            "party": self._party,
            "place": self._place,
            "programme": self._programme,
        }

    def read(self, issue: Issue | BookError) -> dict[str, object]:
        found = {name: self._value(issue.code, name, each) for name, each in issue.params.items()}
        item = issue.params.get("item")
        if isinstance(item, str):
            found["unit"] = self._unit(item)
        return found

    def _value(self, code: str, name: str, value: object) -> object:
        if isinstance(value, str):
            return self._text(code, name, value)
        if isinstance(value, date):
            return self._formats.day(value)
        if isinstance(value, int):
            return self._number(code, name, value)
        if name == "since":
            return self._documents(value)  # type: ignore[arg-type]
        return str(value) if isinstance(value, Path) else value

    def _text(self, code: str, name: str, value: str) -> str:
        named = self._by_name.get(name)
        if named is not None:
            return named(value)
        if name in _MONTHS and value:
            return self._month(value)
        stem = _NEEDED.get(code) if name == "needed" else _WORDED.get(name)
        return self._worded(stem, value) if stem is not None else value

    def _documents(self, later: Sequence[Later]) -> str:
        """`BKK-2610-0010 (3 Oktober 2026), BKK-2610-0009 (…) dan 2 lainnya`."""
        said = ", ".join(
            f"{each.number} ({self._formats.day(each.date)})" for each in later[:_NAMED]
        )
        more = len(later) - _NAMED
        return self._words("and-more", documents=said, more=more) if more > 0 else said

    def _month(self, text: str) -> str:
        """In words; as it stands where somebody else wrote it, and it is none."""
        try:
            return self._formats.month(Month.parse(text))
        except ValueError:
            return text

    def _number(self, code: str, name: str, value: int) -> object:
        if name in _QUANTITIES:
            return self._formats.quantity(value)
        if name in _COUNTS:
            return self._formats.number(value)
        if name in _MONEY and code != "shares-not-100":
            return self._formats.rupiah(value)
        return value

    def _worded(self, stem: str, value: str) -> str:
        msgid = f"{stem}-{value}"
        if self._words.knows(msgid):
            return self._words.gettext(msgid)
        kind = KINDS.get(value) if stem == "kind" else None
        return self._words(kind.title) if kind is not None and kind.title else value

    def _account(self, code: str) -> str:
        account = self._names.accounts.get(code) if self._names is not None else None
        if account is None:
            return code
        return account.name_en if self._words.language == "en" else account.name

    def _item(self, code: str) -> str:
        item = self._names.items.get(code) if self._names is not None else None
        return item.name if item is not None else code

    def _unit(self, item: str) -> str:
        known = self._names.items.get(item) if self._names is not None else None
        return known.unit if known is not None else self._words("unit-unknown")

    def _party(self, code: str) -> str:
        party = self._names.parties.get(code) if self._names is not None else None
        return party.name if party is not None else code

    def _programme(self, code: str) -> str:
        programme = self._names.programmes.get(code) if self._names is not None else None
        return programme.name if programme is not None else code

    def _place(self, place: str) -> str:
        if place == STORE:
            return self._words("place-store")
        if place.startswith(SHOP):
            return self._party(place.removeprefix(SHOP))
        for start, msgid in ((BATCH, "place-batch"), (BED, "place-bed")):
            if place.startswith(start):
                return self._words(msgid, name=place.removeprefix(start))
        return place
