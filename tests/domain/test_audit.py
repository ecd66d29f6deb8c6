"""The pure rules of the audit: usual ranges and first digits."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.audit import (
    BENFORD,
    LIMITS,
    Digits,
    Thresholds,
    first_digits,
    usual_range,
)
from kwt_books.domain.errors import RuleError


def test_the_shares_are_those_of_the_law() -> None:
    assert sum(BENFORD) == 100_000
    for digit, share in enumerate(BENFORD, start=1):
        assert abs(share - 100_000 * math.log10(1 + 1 / digit)) < 1


@given(st.lists(st.integers(0, 400), min_size=9, max_size=9).filter(any))
def test_chi_square_is_exact_to_the_thousandth(counts: list[int]) -> None:
    total = sum(counts)
    exact = sum(
        (count - Fraction(total * share, 100_000)) ** 2 / Fraction(total * share, 100_000)
        for count, share in zip(counts, BENFORD, strict=True)
    )
    assert Digits(tuple(counts)).chi_square == math.floor(1_000 * exact + Fraction(1, 2))


def test_shares_are_tenths_of_a_percent() -> None:
    assert Digits((1, 1, 1, 0, 0, 0, 0, 0, 0)).shares == (333, 333, 333, 0, 0, 0, 0, 0, 0)
    assert Digits((2, 1, 0, 0, 0, 0, 0, 0, 0)).shares[:2] == (667, 333)
    assert first_digits([1]).expected == (301, 176, 125, 97, 79, 67, 58, 51, 46)


def test_what_is_changed_of_the_thresholds_is_said() -> None:
    usual = Thresholds()
    assert (usual.changed(), str(usual)) == ({}, "")
    other = usual.with_values({"together": 5, "day_ends": 24, "receipt_from": 100_000})
    assert str(other) == "day_ends=24 together=5"
    for name, limit in LIMITS.items():
        for value in (limit.least, limit.most):
            assert getattr(usual.with_values({name: value}), name) == value
        for value in (limit.least - 1, limit.most + 1):
            with pytest.raises(RuleError, match="threshold-out-of-range"):
                usual.with_values({name: value})
        assert limit.least <= getattr(usual, name) <= limit.most
    with pytest.raises(RuleError, match="unknown-threshold"):
        usual.with_values({"weather": 5})


@given(st.lists(st.integers(-(10**15), 10**15)))
def test_each_amount_counts_under_its_first_digit(amounts: list[int]) -> None:
    digits = first_digits(amounts)
    assert digits.total == sum(amount != 0 for amount in amounts)
    for digit, count in enumerate(digits.counts, start=1):
        assert count == sum(str(amount).lstrip("-").startswith(str(digit)) for amount in amounts)


def test_nothing_counted_is_no_deviation() -> None:
    assert Digits((0,) * 9).chi_square == 0


@given(st.lists(st.integers(-(10**6), 10**6), min_size=8), st.integers(-1000, 1000))
def test_the_usual_range_goes_with_its_values(values: list[int], shift: int) -> None:
    usual = usual_range(values, 8)
    assert usual is not None
    assert usual.low <= usual.middle <= usual.high
    assert sum(usual.low <= value <= usual.high for value in values) * 2 >= len(values)
    moved = usual_range([value + shift for value in values], 8)
    assert moved is not None
    assert (moved.low, moved.middle, moved.high) == (
        usual.low + shift,
        usual.middle + shift,
        usual.high + shift,
    )


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=40))
def test_the_fences_are_tukeys(values: list[int]) -> None:
    """By the quartiles of the standard library, exact and then rounded."""
    exact = statistics.quantiles(map(Fraction, values), n=4, method="inclusive")
    first, middle, third = (math.floor(each + Fraction(1, 2)) for each in exact)
    fence = math.floor(Fraction(3 * (third - first), 2) + Fraction(1, 2))
    usual = usual_range(values, 4)
    assert usual is not None
    assert (usual.low, usual.middle, usual.high) == (first - fence, middle, third + fence)


def test_few_values_have_no_usual_range() -> None:
    assert usual_range([1] * 7, 8) is None
    usual = usual_range([5] * 8, 8)
    assert usual is not None
    assert (usual.low, usual.high) == (5, 5)
