"""Quantities as integer thousandths of an item's unit."""

from __future__ import annotations

import re

UNIT = 1000
MAX_QUANTITY = 10**15
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]{1,3}))?", re.ASCII)


def parse_quantity(text: str) -> int:
    """Plain digits with at most three decimals, as thousandths; `ValueError` otherwise."""
    match = _PLAIN.fullmatch(text)
    if match is None or len(match[1]) > 15:
        raise ValueError(text)
    return int(match[1]) * UNIT + int((match[2] or "").ljust(3, "0"))


def quantity_text(thousandths: int) -> str:
    """The shortest plain decimal: `2500` is `2.5`."""
    sign = "-" if thousandths < 0 else ""
    whole, rest = divmod(abs(thousandths), UNIT)
    return f"{sign}{whole}.{rest:03d}".rstrip("0") if rest else f"{sign}{whole}"
