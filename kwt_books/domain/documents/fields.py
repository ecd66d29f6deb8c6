"""The shapes a document's values can have: how each is read, written and looked up.

`parse` turns parsed JSON into a value, `encode` turns it back, `refer` checks what it names
against the book. None of them raises: what is wrong is appended to `issues`.
"""

from __future__ import annotations

import dataclasses
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from operator import itemgetter
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from kwt_books.domain.accounts import CASH
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.domain.values import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_AMOUNT,
    MAX_QUANTITY,
    UNIT,
    Month,
    day_of,
    iso,
    parse_quantity,
    quantity_text,
    readable,
    visible,
)

Path = tuple[Any, ...]
"""Where a value is in a command: nested `(parent, key)` pairs, made text only for an issue."""
Issues = list[Issue]

_MONTH_PATTERN = re.compile(r"\d{4}-\d{2}", re.ASCII)
_DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HEX_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
MAX_TEXT = 4000
MAX_CODE = 80


class DecimalText(str):
    """A JSON number with a fraction or an exponent, kept as the text it was."""

    __slots__ = ()


def wrong(issues: Issues, path: Path, code: str, **params: object) -> None:
    """Appends an issue at `path`; parameters that are text are made showable."""
    parts: list[str] = []
    while path:
        path, key = path
        parts.append(showable(str(key)))
    shown = {name: showable(each) if type(each) is str else each for name, each in params.items()}
    issues.append(Issue(".".join(reversed(parts)), code, shown))


def showable(text: str) -> str:
    """The text with signs that can't be printed replaced, so that any screen or file takes it."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


class Shape(Protocol):
    """How one kind of value is read, written and looked up."""

    refers: ClassVar[bool]
    """Whether the value names something of the book, for `refer` to look up."""

    def parse(self, raw: object, path: Path, issues: Issues) -> Any:
        """The value that parsed JSON stands for; what is wrong with it goes to `issues`."""

    def encode(self, value: Any) -> object:
        """The JSON value that `parse` makes the same value of."""

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends an issue where the value names something that the book does not have."""


class Plain:
    """A value that is written as it is and names nothing."""

    refers: ClassVar[bool] = False

    def encode(self, value: Any) -> object:
        """The value itself."""
        return value

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Nothing: the value names nothing."""


class Text(Plain):
    """Text a person wrote, of `longest` signs at most; blank only where it `may_be_empty`."""

    def __init__(self, *, longest: int = MAX_TEXT, may_be_empty: bool = False) -> None:
        self._longest = longest
        self._may_be_empty = may_be_empty

    def parse(self, raw: object, path: Path, issues: Issues) -> str | None:
        """The text; appends `text-too-long`, `unreadable-text` or `empty-text`."""
        if type(raw) is not str:
            wrong(issues, path, "not-text")
            return None
        if len(raw) > self._longest:
            wrong(issues, path, "text-too-long", longest=self._longest)
        elif not raw.isprintable() and not readable(raw):
            wrong(issues, path, "unreadable-text")
        elif not self._may_be_empty and not visible(raw):
            wrong(issues, path, "empty-text")
        return raw


class Code(Text):
    """A code or name: text of 80 signs at most without spaces around it."""

    def __init__(self) -> None:
        super().__init__(longest=MAX_CODE)

    def parse(self, raw: object, path: Path, issues: Issues) -> str | None:
        """The code; appends `spaces-around` besides what is wrong with it as text."""
        if type(raw) is str and raw.isprintable() and 0 < len(raw.strip()) == len(raw) <= MAX_CODE:
            return raw  # as nearly all are: nothing can be wrong with it
        text = super().parse(raw, path, issues)
        if text and (text[0].isspace() or text[-1].isspace()):
            wrong(issues, path, "spaces-around", text=text)
        return text


class Choice(Plain):
    """One of a few words, made into what `make` gives for it."""

    def __init__(self, options: Iterable[str], make: Callable[[str], Any] = str) -> None:
        self._options = tuple(options)
        self._make = make

    def parse(self, raw: object, path: Path, issues: Issues) -> Any:
        """What the word stands for; appends `not-a-choice` and gives None for another."""
        if type(raw) is not str or raw not in self._options:
            wrong(
                issues, path, "not-a-choice", text=str(raw)[:40], options=", ".join(self._options)
            )
            return None
        return self._make(raw)

    def encode(self, value: Any) -> object:
        """The word."""
        return str(value)


class Flag(Plain):
    """True or false."""

    def parse(self, raw: object, path: Path, issues: Issues) -> bool | None:
        """The truth value; appends `not-true-or-false` for anything else."""
        if type(raw) is not bool:
            wrong(issues, path, "not-true-or-false")
            return None
        return raw


class Whole(Plain):
    """An integer between two bounds: rupiah, days, months, percents."""

    def __init__(self, least: int = 1, most: int = MAX_AMOUNT) -> None:
        self._least = least
        self._most = most

    def parse(self, raw: object, path: Path, issues: Issues) -> int | None:
        """The integer; appends `not-whole`, `not-a-number`, `too-large` or `not-positive`."""
        if type(raw) is not int:
            code = "not-whole" if isinstance(raw, DecimalText) else "not-a-number"
            wrong(issues, path, code, text=str(raw)[:40])
            return None
        if self._least <= raw <= self._most:
            return raw
        if raw > self._most or self._least < 0:
            wrong(issues, path, "too-large", most=self._most)
        else:
            wrong(issues, path, "not-positive" if self._least == 1 else "negative", amount=raw)
        return None


MONEY = Whole()
MONEY_OR_NIL = Whole(0)
SIGNED_MONEY = Whole(-MAX_AMOUNT)
COUNT = Whole(1, 36_500)


class NonZeroMoney(Whole):
    """An amount that may be taken out as well as put in, but not nothing."""

    def __init__(self) -> None:
        super().__init__(-MAX_AMOUNT)

    def parse(self, raw: object, path: Path, issues: Issues) -> int | None:
        """Rupiah of either sign; appends `not-positive` for nil."""
        amount = super().parse(raw, path, issues)
        if amount == 0:
            wrong(issues, path, "not-positive", amount=0)
        return amount


class Quantity(Plain):
    """A quantity in an item's unit; the value is in thousandths."""

    def __init__(self, least: int = 1) -> None:
        self._least = least

    def parse(self, raw: object, path: Path, issues: Issues) -> int | None:
        """Thousandths, of whole units or decimal text; appends `bad-quantity` or `too-large`."""
        if type(raw) is int and raw >= 0:
            quantity = raw * UNIT
        elif isinstance(raw, str):
            try:
                quantity = parse_quantity(raw)
            except ValueError:
                wrong(issues, path, "bad-quantity", text=raw[:40])
                return None
        else:
            wrong(issues, path, "bad-quantity", text=str(raw)[:40])
            return None
        if quantity < self._least:
            wrong(issues, path, "not-positive", amount=0)
        elif quantity > MAX_QUANTITY:
            wrong(issues, path, "too-large", most=MAX_QUANTITY // UNIT)
        return quantity

    def encode(self, value: Any) -> object:
        """Whole units as a number, others as the shortest decimal text."""
        whole, rest = divmod(value, UNIT)
        return quantity_text(value) if rest else whole


QUANTITY = Quantity()
QUANTITY_OR_NIL = Quantity(0)


class Date(Plain):
    """An ISO date within the books' century (or, for an asset, the one before)."""

    def __init__(self, first_year: int = FIRST_YEAR) -> None:
        self._first_year = first_year

    def parse(self, raw: object, path: Path, issues: Issues) -> date | None:
        """The date; appends `bad-date` for what is none or lies in another century."""
        if type(raw) is str and _DATE_PATTERN.fullmatch(raw):
            try:
                day = day_of(raw)
            except ValueError:
                pass
            else:
                if self._first_year <= day.year <= LAST_YEAR:
                    return day
        wrong(issues, path, "bad-date", text=str(raw)[:40])
        return None

    def encode(self, value: Any) -> object:
        """`YYYY-MM-DD`."""
        return iso(value)


class MonthShape(Plain):
    """A month of the books' century, `YYYY-MM`."""

    def parse(self, raw: object, path: Path, issues: Issues) -> Month | None:
        """The month; appends `bad-month` for what is none."""
        if isinstance(raw, str) and _MONTH_PATTERN.fullmatch(raw):
            try:
                return Month.parse(raw)
            except ValueError:
                pass
        wrong(issues, path, "bad-month", text=str(raw)[:40])
        return None


class Year(Plain):
    """A year of the books' century."""

    def parse(self, raw: object, path: Path, issues: Issues) -> int | None:
        """The year; appends `bad-year` for what is none."""
        if type(raw) is int and FIRST_YEAR <= raw <= LAST_YEAR:
            return raw
        wrong(issues, path, "bad-year", text=str(raw)[:40], first=FIRST_YEAR, last_year=LAST_YEAR)
        return None


YEAR = Year()


class Several(Plain):
    """A list of plain values without repetition, at least `least` of them."""

    def __init__(self, each: Shape, least: int = 1) -> None:
        self._each = each
        self._least = least

    def parse(self, raw: object, path: Path, issues: Issues) -> tuple[Any, ...]:
        """The values; appends `not-a-list`, `empty-list` or `named-twice`."""
        if type(raw) is not list:
            wrong(issues, path, "not-a-list")
            return ()
        if len(raw) < self._least:
            wrong(issues, path, "empty-list")
        before = len(issues)
        found = [self._each.parse(each, (path, place), issues) for place, each in enumerate(raw)]
        if len(issues) == before:
            for place, each in enumerate(found):
                if each in found[:place]:
                    wrong(issues, (path, place), "named-twice", name=str(each))
        return tuple(found)

    def encode(self, value: Any) -> object:
        """A list of the values, each encoded."""
        return [self._each.encode(each) for each in value]


class Moment(Plain):
    """When something was recorded: an ISO date, mostly with a time, kept as written."""

    def parse(self, raw: object, path: Path, issues: Issues) -> str | None:
        """The text as written; appends `bad-moment` for what is no date and time."""
        if type(raw) is str and len(raw) <= 40 and _DATE_PATTERN.match(raw):
            try:
                datetime.fromisoformat(raw)
            except ValueError:
                pass
            else:
                return raw
        wrong(issues, path, "bad-moment", text=str(raw)[:40])
        return None


class Digest(Plain):
    """A SHA-256 digest: 64 hex digits in small letters."""

    def parse(self, raw: object, path: Path, issues: Issues) -> str | None:
        """The digest; appends `bad-digest` for anything else."""
        if type(raw) is str and _HEX_DIGEST.fullmatch(raw):
            return raw
        wrong(issues, path, "bad-digest")
        return None


class Base64(Plain):
    """Bytes of a file, as base64 text in JSON."""

    def parse(self, raw: object, path: Path, issues: Issues) -> bytes | None:
        """The bytes; appends `bad-base64` for what stands for none."""
        try:
            if type(raw) is str:
                return b64decode(raw, validate=True)
        except ValueError:  # letters beyond ASCII are one of their own
            pass
        wrong(issues, path, "bad-base64")
        return None

    def encode(self, value: Any) -> object:
        """The bytes as base64 text."""
        return b64encode(value).decode("ascii")


class ItemCode(Code):
    """An item that is set up, of class `item_class` where one is given."""

    refers: ClassVar[bool] = True

    def __init__(self, item_class: str | None = None) -> None:
        super().__init__()
        self._class = item_class

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends `unknown-item`, or `wrong-class` for an item of another class."""
        item = facts.item(value)
        if item is None:
            wrong(issues, path, "unknown-item", item=value)
        elif self._class is not None and item.item_class != self._class:
            wrong(issues, path, "wrong-class", item=value, needed=self._class)


class PartyCode(Code):
    """A party that is set up, in `role` where one is given."""

    refers: ClassVar[bool] = True

    def __init__(self, role: str | None = None) -> None:
        super().__init__()
        self._role = role

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends `unknown-party`, or `wrong-role` for a party in another role."""
        party = facts.party(value)
        if party is None:
            wrong(issues, path, "unknown-party", party=value)
        elif self._role is not None and party.role != self._role:
            wrong(issues, path, "wrong-role", party=value, needed=self._role)


class AccountCode(Code):
    """An account that exists and that the rule `allowed`, where given, lets through.

    `code`: the issue that is appended for an account it does not let through.
    """

    refers: ClassVar[bool] = True

    def __init__(self, allowed: Callable[[str, Facts], bool] | None = None, code: str = "") -> None:
        super().__init__()
        self._allowed = allowed
        self._code = code

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends `unknown-account`, or the shape's own code where the rule says no."""
        if facts.account(value) is None:
            wrong(issues, path, "unknown-account", account=value)
        elif self._allowed is not None and not self._allowed(value, facts):
            wrong(issues, path, self._code, account=value)


def is_cash(code: str, facts: Facts) -> bool:
    """Whether documents may receive into the account and pay from it."""
    return code in CASH or ((account := facts.account(code)) is not None and account.cash)


CASH_ACCOUNT = AccountCode(is_cash, "not-cash")


class PlaceShape(Code):
    """`store`, or `shop:` and the code of a shop."""

    refers: ClassVar[bool] = True

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends `unknown-place` for what is neither the store nor a shop that is set up."""
        if value == STORE:
            return
        shop = facts.party(value.removeprefix(SHOP)) if value.startswith(SHOP) else None
        if shop is None or shop.role != "shop":
            wrong(issues, path, "unknown-place", place=value)


class AmountsBy(Plain):
    """An object of codes with a whole amount each, kept in the order of the codes."""

    refers: ClassVar[bool] = True

    def __init__(self, keys: Shape, amounts: Shape) -> None:
        self._keys = keys
        self._amounts = amounts

    def parse(self, raw: object, path: Path, issues: Issues) -> Mapping[str, int] | None:
        """The amounts by code; appends `not-an-object` and what is wrong within."""
        if type(raw) is not dict:
            wrong(issues, path, "not-an-object")
            return None
        for key, amount in raw.items():
            self._keys.parse(key, (path, key), issues)
            self._amounts.parse(amount, (path, key), issues)
        return self._ordered(raw)

    def _ordered(self, raw: dict[str, int]) -> Mapping[str, int]:
        return dict(sorted(raw.items()))

    def refer(self, value: Any, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends what the book does not know of the codes."""
        for key in value:
            self._keys.refer(key, facts, (path, key), issues)


RECEIVED = AmountsBy(CASH_ACCOUNT, MONEY_OR_NIL)


class Shares(AmountsBy):
    """Whole percents by fund account, adding to 100. Their order settles ties, so it is kept."""

    def parse(self, raw: object, path: Path, issues: Issues) -> Mapping[str, int] | None:
        """The percents by account; appends `shares-not-100` where they add to something else."""
        before = len(issues)
        shares = super().parse(raw, path, issues)
        if shares is not None and len(issues) == before and sum(shares.values()) != 100:
            wrong(issues, path, "shares-not-100", total=sum(shares.values()))
        return shares

    def _ordered(self, raw: dict[str, int]) -> Mapping[str, int]:
        return raw


# -- Commands to JSON and back, by the shapes of their fields ------------------------------------


C = TypeVar("C")


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    shape: Shape
    required: bool
    default: Any
    refers: bool
    """Whether the value can name something of the book."""


_never = object()
"""The default of a field that has none."""


class Codec(Generic[C]):
    """Reads, writes and looks up one class of command or line."""

    def __init__(self, made: type[C]) -> None:
        self._made = made
        self.fields = [_field(each) for each in dataclasses.fields(made)]  # type: ignore[arg-type]
        self._by_key = {each.key: (each.name, each.shape.parse) for each in self.fields}
        self._required = {each.name: each.key for each in self.fields if each.required}
        self._referring = [
            (each.key, each.name, each.shape.refer) for each in self.fields if each.refers
        ]
        writing = [
            (each.key, each.name, each.shape.encode, _never if each.required else each.default)
            for each in self.fields
        ]
        if hasattr(made, "kind") and "kind" not in self._by_key:
            writing.append(("kind", "kind", Plain().encode, _never))
        self._writing = sorted(writing, key=itemgetter(0))

    def parse(self, raw: object, path: Path, issues: Issues) -> C | None:
        """The command, or None when `issues` grew."""
        if type(raw) is not dict:
            wrong(issues, path, "not-an-object")
            return None
        before = len(issues)
        by_key = self._by_key
        values: dict[str, object] = {}
        for key, value in raw.items():
            if key in by_key:
                name, parse = by_key[key]
                values[name] = parse(value, (path, key), issues)
            else:
                wrong(issues, (path, key), "unknown-key", key=key[:40])
        if not self._required.keys() <= values.keys():
            for name, key in self._required.items():
                if name not in values:
                    wrong(issues, (path, key), "missing", key=key)
        return self._made(**values) if len(issues) == before else None

    def encode(self, command: C) -> dict[str, object]:
        """JSON values with sorted keys, `kind` among them where it is an entry's.

        Optional values that are at their default are left out.
        """
        written: dict[str, object] = {}
        for key, name, encode, default in self._writing:
            value = getattr(command, name)
            if value != default:
                written[key] = encode(value)
        return written

    def refer(self, command: C, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends what the command names and the book does not have."""
        for key, name, refer in self._referring:
            value = getattr(command, name)
            if value is not None:
                refer(value, facts, (path, key), issues)


def _field(declared: dataclasses.Field[Any]) -> _Field:
    shape: Shape = declared.metadata["shape"]
    return _Field(
        name=declared.name,
        key=declared.metadata["key"] or declared.name,
        shape=shape,
        required=declared.metadata["required"],
        default=declared.default,
        refers=shape.refers,
    )


class One(Generic[C]):
    """A nested object, read and written by the class it is made into."""

    refers: ClassVar[bool] = True

    def __init__(self, made: type[C]) -> None:
        self._codec = Codec(made)

    def parse(self, raw: object, path: Path, issues: Issues) -> C | None:
        """The object as its class; None when `issues` grew."""
        return self._codec.parse(raw, path, issues)

    def encode(self, value: C) -> Mapping[str, object]:
        """JSON values with sorted keys."""
        return self._codec.encode(value)

    def refer(self, value: C, facts: Facts, path: Path, issues: Issues) -> None:
        """Appends what the object names and the book does not have."""
        self._codec.refer(value, facts, path, issues)


class Many(Generic[C]):
    """A list of objects, at least `least` of them."""

    refers: ClassVar[bool] = True

    def __init__(self, made: type[C], least: int = 1) -> None:
        self._codec = Codec(made)
        self._least = least

    def parse(self, raw: object, path: Path, issues: Issues) -> tuple[C | None, ...]:
        """The objects as their class; appends `not-a-list`, `empty-list` or their own issues."""
        if type(raw) is not list:
            wrong(issues, path, "not-a-list")
            return ()
        if len(raw) < self._least:
            wrong(issues, path, "empty-list")
        return tuple(
            [self._codec.parse(each, (path, place), issues) for place, each in enumerate(raw)]
        )

    def encode(self, value: tuple[C, ...]) -> list[Mapping[str, object]]:
        """A list of JSON objects with sorted keys."""
        return [self._codec.encode(each) for each in value]

    def refer(self, value: tuple[C, ...], facts: Facts, path: Path, issues: Issues) -> None:
        """Appends what the objects name and the book does not have."""
        for place, each in enumerate(value):
            self._codec.refer(each, facts, (path, place), issues)
