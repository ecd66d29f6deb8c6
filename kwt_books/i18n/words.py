"""Amounts in words (terbilang), for receipts, minutes and the closing of a book."""

from __future__ import annotations

import re

# num2words says "satu juta satu ribu"; Indonesian says "satu juta seribu". "Dua puluh satu ribu"
# stays: only a lone one before "ribu" becomes "se-".
_LONE_THOUSAND = re.compile(r"\b(juta|miliar|triliun|kuadriliun) satu ribu\b")


def in_words(number: int, language: str = "id") -> str:
    """`number` in lowercase words, up to 10^15: `seribu seratus`."""
    from num2words import num2words

    text = " ".join(str(num2words(abs(number), lang=language)).split()).lower()
    if language == "id":
        text = _LONE_THOUSAND.sub(r"\1 seribu", text)
    if number < 0:
        text = f"minus {text}"
    return text


def rupiah_in_words(amount: int, language: str = "id") -> str:
    """`seratus delapan puluh ribu rupiah`."""
    return f"{in_words(amount, language)} rupiah"


def capitalised(text: str) -> str:
    """First letter large, the rest as it is: how a receipt begins its words."""
    return text[:1].upper() + text[1:]
