"""Strict reading of one line of a book stream: which keys each kind takes, and of what type.

Money stays an int, a quantity becomes an int of thousandths; nothing passes through a float.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

MOST_MONEY = 10**15
Check = Callable[[Any], Any]
Fields = dict[str, Any]


class Problem(Exception):  # noqa: N818
    """What is wrong with a line, as a short code."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Decimal(str):
    """A JSON number that has a point or an exponent, kept as it was written."""

    __slots__ = ()


def need(condition: object, code: str, detail: object = "") -> None:
    """Refuse the line with `code` unless the condition holds."""
    if not condition:
        raise Problem(code, str(detail))


def integer(low: int, high: int = MOST_MONEY) -> Check:
    def check(value: Any) -> int:
        need(type(value) is int, "not-an-integer", value)
        need(low <= value <= high, "out-of-range", value)
        return int(value)

    return check


def signed(value: Any) -> int:
    number = integer(-MOST_MONEY)(value)
    need(number, "zero", value)
    return int(number)


def balance(value: Any) -> int:
    return int(integer(-MOST_MONEY)(value))


def quantity0(value: Any) -> int:
    """Return thousandths of a number or string of plain digits, at most three decimals."""
    need(type(value) in (int, str, Decimal), "not-a-quantity", value)
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]{1,3}))?", str(value))
    if not found:
        raise Problem("not-a-quantity", str(value))
    return int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))


def quantity(value: Any) -> int:
    thousandths = quantity0(value)
    need(thousandths, "zero", value)
    return thousandths


def text(value: Any) -> str:
    need(type(value) is str, "not-text", value)
    return str(value)


def name(value: Any) -> str:
    need(text(value).strip(), "empty", value)
    return str(value)


def day(value: Any) -> date:
    need(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text(value)), "not-a-date", value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Problem("not-a-date", value) from None


def month(value: Any) -> str:
    day(f"{text(value)}-01")
    return str(value)


def true(value: Any) -> bool:
    need(value is True, "not-true", value)
    return True


def face_value(value: Any) -> int:
    need(re.fullmatch(r"[1-9][0-9]*", value), "not-a-face-value", value)
    return int(value)


def one_of(*words: str) -> Check:
    def check(value: Any) -> str:
        need(text(value) in words, "unknown-word", value)
        return str(value)

    return check


def table(key: Check, value: Check) -> Check:
    """Check an object whose keys are codes: accounts, face values."""

    def check(given: Any) -> dict[Any, Any]:
        need(type(given) is dict, "not-an-object", given)
        return {key(k): value(v) for k, v in given.items()}

    return check


def words(one: Check) -> Check:
    """Check a list of plain values, none of them twice."""

    def check(given: Any) -> list[Any]:
        need(type(given) is list, "not-a-list", given)
        values = [one(entry) for entry in given]
        need(len(set(values)) == len(values), "given-twice", given)
        return values

    return check


def false(value: Any) -> bool:
    need(value is False, "not-false", value)
    return False


def thing(keys: dict[str, Check]) -> Check:
    """Check an object with exactly these keys; one written with a `?` may be missing."""
    wanted = {key.rstrip("?"): check for key, check in keys.items()}

    def check(given: Any) -> Fields:
        need(type(given) is dict, "not-an-object", given)
        for key in given:
            need(key in wanted, "unknown-key", key)
        for key in keys:
            if not key.endswith("?"):
                need(key in given, "missing-key", key)
                need(given[key] != [], "empty-list", key)
        return {key: wanted[key](value) for key, value in given.items()}

    return check


def several(keys: dict[str, Check]) -> Check:
    """Check a list of objects."""
    one = thing(keys)

    def check(given: Any) -> list[Fields]:
        need(type(given) is list, "not-a-list", given)
        return [one(entry) for entry in given]

    return check


def data64(value: Any) -> bytes:
    try:
        return base64.b64decode(text(value), validate=True)
    except (binascii.Error, ValueError):
        raise Problem("not-base64") from None


def digest(value: Any) -> str:
    need(re.fullmatch(r"[0-9a-f]{64}", text(value)), "not-a-digest", value)
    return str(value)


def once(pairs: list[tuple[str, Any]]) -> Fields:
    need(len({key for key, _ in pairs}) == len(pairs), "doubled-key")
    return dict(pairs)


def no_constant(word: str) -> Any:
    raise Problem("not-a-number", word)


def parse(line: str) -> Any:
    """Read one line of JSON, numbers with a point or an exponent as text."""
    try:
        return json.loads(
            line, object_pairs_hook=once, parse_float=Decimal, parse_constant=no_constant
        )
    except (ValueError, RecursionError):
        raise Problem("not-json") from None
