"""How goods are called in a narrow column."""

from __future__ import annotations

import re

_SIZE = re.compile(
    r"(.+?)\s+(\d[\d.,]*\s*(?:g|gr|gram|ons|kg|ml|cc|l|liter|cm|lbr|pcs))", re.IGNORECASE
)


def name_and_size(name: str, unit: str) -> tuple[str, str]:
    """`Keripik bayam 100 g`, `bungkus` become `Keripik bayam` and `100 g, bungkus`."""
    found = _SIZE.fullmatch(name)
    return (found[1], f"{found[2]}, {unit}") if found else (name, unit)


def size_or_unit(name: str, unit: str) -> str:
    """What tells goods of one name apart: `100 g`, else what they are counted in."""
    found = _SIZE.fullmatch(name)
    return found[2] if found else unit
