"""What money was for, by the words that are said of it: those of the book's earlier entries first.

A book that is new knows the words that groups use; `resources/purposes.json` holds them by account.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kwt_books.domain.accounts import Account
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.intake import Spoken
from kwt_books.services.intake.values import plain

OTHER_IN, OTHER_OUT = "7102", "7202"
"""Other income and other expense: what nothing else is known of."""
_SHORT = 3


class Guess(NamedTuple):
    """An account, and whether the words leave little doubt about it."""

    account: str
    sure: bool


class _Said(NamedTuple):
    account: str
    sought: tuple[str, ...]
    """The words as they stand in a text with a space before and behind; `bibit*` also begins a
    longer word.
    """

    def speaks(self, padded: str) -> bool:
        """Whether one of the words stands there."""
        return any(each in padded for each in self.sought)


class _Over(NamedTuple):
    """A heading such as `Penjualan`, which a row may say more about."""

    account: str
    words: frozenset[str]
    within: str
    """How the codes of accounts begin that the row's own words may name; empty for any."""


@dataclass(frozen=True, slots=True)
class _Usage:
    """What groups say of money."""

    sides: Mapping[str, tuple[_Said, ...]]
    """By `in`, `out`, `transfer`, `bank_in` and `bank_out`: accounts with the words they are known
    by, in their order.
    """
    empty: frozenset[str]
    """Words that say nothing about it."""
    over: Mapping[bool, tuple[_Over, ...]]
    """By whether it came in: what headings say that say little more than that."""


@lru_cache(maxsize=1)
def _usual() -> _Usage:
    read = json.loads((resources_dir() / "purposes.json").read_text(encoding="utf-8"))
    sides = {
        side: tuple(_Said(account, tuple(map(_sought, words))) for account, words in read[side])
        for side in ("in", "out", "transfer", "bank_in", "bank_out")
    }
    over = {
        side == "in": tuple(
            _Over(account, frozenset(words.split()), within) for account, words, within in found
        )
        for side, found in read["over"].items()
    }
    return _Usage(sides, frozenset(read["empty"].split()), over)


def usual_side(words: str, otherwise: bool) -> bool | None:
    """Whether what a heading says usually comes in; `otherwise` where it does both, None where
    nobody knows.
    """
    padded = f" {plain(words)} "
    sides = {
        came_in
        for came_in, name in ((True, "in"), (False, "out"))
        if _general(words, came_in) is not None
        or any(each.speaks(padded) for each in _usual().sides[name])
    }
    return next(iter(sides)) if len(sides) == 1 else otherwise if sides else None


def _general(words: str, came_in: bool) -> _Over | None:
    """What is meant by a heading such as `Penjualan`; None for one that says more."""
    said = set(plain(words).split())
    return next((each for each in _usual().over[came_in] if said and said <= each.words), None)


class Purposes:
    """Knows accounts by their names and by the words that were said of them."""

    def __init__(self, accounts: Mapping[str, Account], spoken: Sequence[Spoken] = ()) -> None:
        self._accounts = accounts
        self._names: dict[str, str] = {}
        for code, account in accounts.items():
            for name in (code, account.name, account.name_en, f"{code} {account.name}"):
                self._names.setdefault(plain(name), code)
        self._heard: dict[bool, dict[str, Counter[str]]] = {
            True: defaultdict(Counter),
            False: defaultdict(Counter),
        }
        self._whole: dict[tuple[bool, str], str] = {}
        self._used: dict[tuple[str, str], str | None] = {}
        self._guessed: dict[tuple[bool, bool, str], Guess] = {}
        for said in reversed(spoken):
            self._whole[said.came_in, _key(said.words)] = said.account
            for word in words_of(said.words):
                self._heard[said.came_in][word][said.account] += 1

    def named(self, text: str) -> str | None:
        """The account of this code or name, `4101`, `Penjualan Sayuran` or both; None else."""
        found = self._names.get(plain(text))
        if found is None and text[:4].isdigit():
            found = self._names.get(plain(text.split()[0].rstrip(".:-")))
        return found

    def guess(self, memo: str, *, came_in: bool, at_bank: bool = False) -> Guess:
        """The account that the words speak for; `at_bank`: they may be the bank's own."""
        asked = (came_in, at_bank, memo)
        found = self._guessed.get(asked)
        if found is None:
            found = self._guessed[asked] = self._guess(memo, came_in, at_bank)
        return found

    def in_column(self, words: str, memo: str, *, came_in: bool) -> Guess:
        """The account of a row's amount in a column that is called so.

        What the row says counts where the heading says little: of `Penjualan`, or `Lain-lain`.
        """
        if (named := self.named(words)) is not None:
            return Guess(named, sure=True)
        of_row = self.guess(memo, came_in=came_in)
        if (general := _general(words, came_in)) is not None:
            fits = not general.within or of_row.account[0] in general.within
            if (of_row.sure and fits) or general.account not in self._accounts:
                return of_row
            return Guess(general.account, sure=True)
        of_column = self.guess(words, came_in=came_in)
        return of_column if of_column.sure else self.guess(f"{memo} {words}", came_in=came_in)

    def _guess(self, memo: str, came_in: bool, at_bank: bool) -> Guess:
        if (whole := self._whole.get((came_in, _key(memo)))) is not None:
            return Guess(whole, sure=True)
        heard = self._by_words(memo, came_in)
        side = "in" if came_in else "out"
        usual = self._by_usage(memo, f"bank_{side}") if at_bank else None
        usual = usual or self._by_usage(memo, side)
        if heard is not None and (heard.sure or usual is None):
            return heard
        if usual is not None:
            return Guess(usual, sure=True)
        return Guess(OTHER_IN if came_in else OTHER_OUT, sure=False)

    def is_transfer(self, memo: str, *, came_in: bool, at_bank: bool) -> bool:
        """Whether the words say that money went between the cash box and the bank."""
        said = f" {plain(memo)} "
        side = ("bank" if at_bank else "box") + ("_in" if came_in else "_out")
        transfers = _usual().sides["transfer"]
        return any(each.speaks(said) for each in transfers if each.account == side)

    def _by_words(self, memo: str, came_in: bool) -> Guess | None:
        heard = self._heard[came_in]
        points: Counter[str] = Counter()
        words = words_of(memo)
        for word in words:
            if word in heard:
                total = heard[word].total()
                for account, times in heard[word].items():
                    points[account] += times * 1000 // total
        if not points:
            return None
        account, best = points.most_common(1)[0]
        return Guess(account, sure=best >= 600 * len(words))

    def _by_usage(self, memo: str, side: str) -> str | None:
        words = " ".join(word for word in plain(memo).split() if not word.isdigit())
        if (side, words) not in self._used:
            self._used[side, words] = next(
                (each.account for each in _usual().sides[side]
                 if each.account in self._accounts and each.speaks(f" {words} ")),
                None,
            )  # fmt: skip
        return self._used[side, words]


def _sought(phrase: str) -> str:
    return f" {phrase[:-1]}" if phrase.endswith("*") else f" {phrase} "


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text that say something, once each."""
    found = (word for word in plain(text).split() if len(word) >= _SHORT and not word.isdigit())
    return tuple(dict.fromkeys(word for word in found if word not in _usual().empty))


def said_of(column: str, memo: str) -> str:
    """What a choice for a row is remembered by: the words of its column, and its own without
    figures and without those that say nothing.
    """
    return f"{plain(column)}|{_key(memo) or plain(memo)}"


def _key(text: str) -> str:
    return " ".join(words_of(text))


class NameFinder:
    """Finds who is named in a text, by whole names; the longest one counts."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        by_name: dict[str, set[str]] = defaultdict(set)
        for code, name in names:
            for each in {plain(name), _bare(plain(name))}:
                by_name[each].add(code)
        self._names = {
            name: codes.pop() for name, codes in by_name.items() if name and len(codes) == 1
        }
        self._first = defaultdict(list)
        for name in self._names:
            self._first[name.split()[0]].append(name)

    def of(self, text: str) -> str | None:
        """The code of the one who is called so; None where nobody is."""
        said = plain(text)
        return self._names.get(said) or self._names.get(_bare(said))

    def within(self, text: str) -> str | None:
        """The code of who is named somewhere in the text; None where nobody is."""
        padded = f" {plain(text)} "
        found = [
            name
            for word in set(padded.split())
            for name in self._first.get(word, ())
            if f" {name} " in padded
        ]
        return self._names[max(found, key=len)] if found else None


_TITLES = ("bu ", "ibu ", "pak ", "bapak ", "sdri ", "ny ", "mbak ", "hj ", "h ", "sdr ")


def _bare(name: str) -> str:
    for title in _TITLES:
        if name.startswith(title):
            return name.removeprefix(title)
    return name
