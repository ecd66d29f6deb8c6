"""Rules of an audit: thresholds, usual ranges, first digits, and the code printed on papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import half_up

CASH_ON_HAND = ("1101", "1102")
"""Treasurer's cash and outlet float: money that lies in a house."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which value on something is reported as an exception. Auditors can set their own."""

    backdated_days: int = 14
    """Days between a document's date and its recording."""
    receipt_from: int = 100_000
    """Payments of this and more need their receipt attached."""
    round_to: int = 500_000
    """Payments that are multiples of this are round."""
    stamp_above: int = 5_000_000
    """Receipts of more than this bear stamp duty (UU 10/2020): strictly more."""
    cash_limit: int = 2_000_000
    """Cash on hand that is too much to keep in a house..."""
    cash_limit_days: int = 5
    """...for more than so many days on end."""
    under_cost_from: int = 1_000
    """Rupiah that a line was sold under its cost."""
    usual_months: int = 24
    """Months that a product's usual range is taken from."""
    observations: int = 8
    """Observations in those months that a product needs to have a usual range."""
    yield_tolerance: int = 150
    """Tenths of a percent off the median that are never an exception."""
    loss_tolerance: int = 100
    """Tenths of a percent lost that are never an exception."""
    loss_from: int = 2_000
    """Thousandths; smaller losses, such as one bag gone bad, are no exception."""
    unsettled_days: int = 45
    difference_from: int = 10_000
    """Rupiah by which a count differs."""
    day_begins: int = 5
    """Hour from which on recording is usual..."""
    day_ends: int = 22
    """...until before this one."""
    together: int = 20
    """Entries recorded within one second that count as an import rather than typed."""
    digits_from: int = 300
    """Documents needed before their first digits say anything."""

    def changed(self) -> dict[str, int]:
        """Those that are not the usual ones."""
        values = ((each.name, getattr(self, each.name), each.default) for each in fields(self))
        return {name: value for name, value, usual in values if value != usual}

    def with_values(self, values: Mapping[str, int]) -> Thresholds:
        """These thresholds with some of them replaced.

        Raises `RuleError("unknown-threshold")` for a name that is none, and
        `RuleError("threshold-out-of-range")` for a value outside its `LIMITS`.
        """
        for name, value in values.items():
            limit = LIMITS.get(name)
            if limit is None:
                raise RuleError("unknown-threshold", name=name, known=", ".join(LIMITS))
            if not limit.least <= value <= limit.most:
                raise RuleError(
                    "threshold-out-of-range", name=name, least=limit.least, most=limit.most
                )
        return replace(self, **values)

    def __str__(self) -> str:
        """What was changed, as the command line takes it; nothing where all are usual."""
        return " ".join(f"{name}={value}" for name, value in self.changed().items())


class Unit(StrEnum):
    """What a threshold counts."""

    DAYS = "days"
    MONTHS = "months"
    RUPIAH = "rupiah"
    PERCENT = "percent"  # tenths
    QUANTITY = "quantity"  # thousandths
    HOUR = "hour"
    COUNT = "count"


class Limit(NamedTuple):
    """The bounds of a threshold, its unit, and the rule that it belongs to."""

    rule: str
    unit: Unit
    least: int
    most: int


_MOST_RUPIAH = 10**12
LIMITS: dict[str, Limit] = {
    "backdated_days": Limit("backdated", Unit.DAYS, 0, 3_650),
    "day_begins": Limit("odd-hours", Unit.HOUR, 0, 12),
    "day_ends": Limit("odd-hours", Unit.HOUR, 13, 24),
    "together": Limit("odd-hours", Unit.COUNT, 2, 10_000),
    "difference_from": Limit("counts", Unit.RUPIAH, 1, _MOST_RUPIAH),
    "receipt_from": Limit("receipts", Unit.RUPIAH, 1, _MOST_RUPIAH),
    "round_to": Limit("round", Unit.RUPIAH, 1, _MOST_RUPIAH),
    "stamp_above": Limit("stamps", Unit.RUPIAH, 0, _MOST_RUPIAH),
    "cash_limit": Limit("much-cash", Unit.RUPIAH, 0, _MOST_RUPIAH),
    "cash_limit_days": Limit("much-cash", Unit.DAYS, 0, 3_650),
    "under_cost_from": Limit("under-cost", Unit.RUPIAH, 1, _MOST_RUPIAH),
    "yield_tolerance": Limit("yields", Unit.PERCENT, 0, 1_000),
    "usual_months": Limit("yields", Unit.MONTHS, 1, 600),
    "observations": Limit("yields", Unit.COUNT, 4, 10_000),
    "loss_tolerance": Limit("losses", Unit.PERCENT, 0, 1_000),
    "loss_from": Limit("losses", Unit.QUANTITY, 0, 10**9),
    "unsettled_days": Limit("shops", Unit.DAYS, 0, 3_650),
    "digits_from": Limit("digits", Unit.COUNT, 50, 1_000_000),
}
"""Every threshold, in the order of the rules."""


# -- A product's usual range -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual range of something: its median and the bounds around it."""

    low: int
    middle: int
    high: int


def usual_range(values: Iterable[int], least: int) -> Usual | None:
    """Tukey's fences: one and a half times the quartiles' distance beyond each quartile.

    Gives the lower fence, the median and the upper fence, to the nearest whole. None where there
    are fewer than `least` values.
    """
    ordered = sorted(values)
    if len(ordered) < max(least, 1):
        return None
    first, middle, third = (_quantile(ordered, quarters) for quarters in (1, 2, 3))
    fence = half_up(3 * (third - first), 2)
    return Usual(first - fence, middle, third + fence)


def _quantile(ordered: Sequence[int], quarters: int) -> int:
    """A quartile, interpolated between its neighbours to the nearest whole."""
    place, rest = divmod((len(ordered) - 1) * quarters, 4)
    if not rest:
        return ordered[place]
    return half_up(ordered[place] * (4 - rest) + ordered[place + 1] * rest, 4)


# -- First digits --------------------------------------------------------------------------

BENFORD = (30_103, 17_609, 12_494, 9_691, 7_918, 6_695, 5_799, 5_115, 4_576)
"""Shares of the first digits 1 to 9, log10(1 + 1/digit), in hundred-thousandths."""
_WHOLE = 100_000
CHI_SQUARE_CRITICAL = 20_090
"""Thousandths; eight degrees of freedom, one in a hundred by chance."""


@dataclass(frozen=True, slots=True)
class Digits:
    """How often amounts begin with 1 to 9."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many amounts were counted."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[int, ...]:
        """Tenths of a percent."""
        return tuple(half_up(1_000 * count, self.total) for count in self.counts)

    @property
    def expected(self) -> tuple[int, ...]:
        """Tenths of a percent, by Benford's law."""
        return tuple(half_up(1_000 * share, _WHOLE) for share in BENFORD)

    @property
    def chi_square(self) -> int:
        """The chi-square statistic of the counts against Benford's law, in thousandths."""
        total = self.total
        if not total:
            return 0
        # (O - n p)^2 / (n p) with p = share / 100000, over one common denominator.
        common = 1
        for share in BENFORD:
            common *= share
        numerator = sum(
            (_WHOLE * count - total * share) ** 2 * (common // share)
            for count, share in zip(self.counts, BENFORD, strict=True)
        )
        return half_up(1_000 * numerator, _WHOLE * total * common)


def first_digits(amounts: Iterable[int]) -> Digits:
    """Counts the first digits of amounts in whole rupiah, whatever their sign.

    Amounts of nil are left out.
    """
    counts = [0] * 9
    for amount in amounts:
        if amount:
            counts[int(str(abs(amount))[0]) - 1] += 1
    return Digits(tuple(counts))


# -- The code on papers ---------------------------------------------------------------------

_CODE = re.compile(r"(?:KWT:)?([0-9A-F]{4})[- ]?([0-9A-F]{4})[- ]?([0-9A-F]{4})", re.ASCII)


def read_code(text: str) -> str:
    """The first twelve hex digits of a chain head, from `KWT:7F3A-91C2-0D4E` as people type it.

    Raises `RuleError("not-a-code")` where the text is no such code.
    """
    match = _CODE.fullmatch(text.strip().upper())
    if match is None:
        raise RuleError("not-a-code", text=text.strip()[:40])
    return "".join(match.groups()).lower()
