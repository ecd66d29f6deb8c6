"""Whole rupiah: rounding and sharing out. Money is an `int` everywhere."""

from __future__ import annotations

from collections.abc import Mapping

MAX_AMOUNT = 10**15
"""The largest amount a document may name (STREAM.md, rules)."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient to the nearest rupiah, halves up (STREAM.md, rounding)."""
    return (2 * numerator + denominator) // (2 * denominator)


def share_out(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """`amount` split by whole percents that add to 100, losing nothing.

    Each gets the floor of its share; the rupiah left over go one each to the largest
    remainders, ties in the order of the keys (STREAM.md, month_close).
    """
    parts = {key: amount * percent // 100 for key, percent in shares.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(shares, key=lambda key: -(amount * shares[key] % 100))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
