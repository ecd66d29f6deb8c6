"""What someone types into a money or quantity field, as an integer.

`1200000`, `1.200.000`, `Rp 1.200.000,00`, `1,2jt` and `250 ribu` are all amounts. Digits are
handled as text from beginning to end; no float comes near.
"""

from __future__ import annotations

import re

MOST = 10**15
"""The largest amount (rupiah) and the largest quantity (thousandths) that is accepted."""

# Longer input can only be a mistake, and int() refuses thousands of digits with a text of its own.
_LONGEST = 40

_POWERS = {
    "": 0,
    "rb": 3, "ribu": 3, "k": 3, "thousand": 3,
    "jt": 6, "juta": 6, "million": 6,
    "m": 9, "mlr": 9, "miliar": 9, "milyar": 9, "billion": 9,
    "t": 12, "triliun": 12, "trilyun": 12, "trillion": 12,
}  # fmt: skip

_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*([0-9][0-9.,]*?)(?:,-|\.-)?\s*([a-z]*)\.?")


class ParseError(ValueError):
    """The text is no amount or quantity; `code` says why and is worded by the `errors` domain."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def parse_rupiah(text: str, language: str = "id") -> int:
    """Whole rupiah. A minus sign or parentheses make it negative."""
    body, sign = _sign(text, "amount-missing")
    found = _AMOUNT.fullmatch(body)
    if not found or (power := _power(found[2], language)) is None:
        raise ParseError("amount-not-a-number", text)
    split = _split(found[1], language, scaled=power > 0)
    if split is None:
        raise ParseError("amount-not-a-number", text)
    value = _scale(*split, power)
    if value is None:
        raise ParseError("amount-not-whole", text)
    if value > MOST:
        raise ParseError("amount-too-large", text)
    return sign * value


def parse_quantity(text: str, language: str = "id") -> int:
    """Integer thousandths: `2,5` is 2500. Three decimals at most."""
    body, sign = _sign(text, "quantity-missing")
    split = _split(body, language, scaled=True)
    if split is None:
        raise ParseError("quantity-not-a-number", text)
    value = _scale(*split, 3)
    if value is None:
        raise ParseError("quantity-too-fine", text)
    if value > MOST:
        raise ParseError("quantity-too-large", text)
    return sign * value


def _power(word: str, language: str) -> int | None:
    if word == "m" and language == "en":  # an Indonesian M is a billion, an English m a million
        return 6
    return _POWERS.get(word)


def _sign(text: str, missing: str) -> tuple[str, int]:
    body = text.replace("\u00a0", " ").strip().lower()
    if not body:
        raise ParseError(missing, text)
    if len(body) > _LONGEST:
        raise ParseError(missing.replace("missing", "not-a-number"), text)
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), -1
    if body[0] in "-−–":
        return body[1:].strip(), -1
    return body, 1


def _split(digits: str, language: str, *, scaled: bool) -> tuple[str, str] | None:
    """Whole and decimal digits, or None.

    The other language's decimal sign is understood where it can't be a thousands sign: `1.5jt`.
    Without a unit that needs it (`scaled`) it stays refused: `1.20` is a slip, not an amount.
    """
    group, decimal = (",", ".") if language == "en" else (".", ",")
    g, d = re.escape(group), re.escape(decimal)
    own = re.fullmatch(rf"([0-9]+|[0-9]{{1,3}}(?:{g}[0-9]{{3}})+)(?:{d}([0-9]+))?", digits)
    if own:
        return own[1].replace(group, ""), own[2] or ""
    other = re.fullmatch(rf"([0-9]+){g}([0-9]+)", digits) if scaled else None
    return (other[1], other[2]) if other else None


def _scale(whole: str, decimals: str, power: int) -> int | None:
    """`whole`.`decimals` times 10^power, or None when that is no whole number."""
    decimals = decimals.rstrip("0")
    if len(decimals) > power:
        return None
    return int(whole + decimals.ljust(power, "0"))
