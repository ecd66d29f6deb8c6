"""Samples that anybody can draw again from a seed, and what their errors come to.

The k-th number of a seed, from 0, is SHA-256 of the UTF-8 text `SEED:k` as one whole number.
A place among n is that number's remainder by n. Documents come in the order of their dates, then
of their recording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import half_up

FACTORS: Mapping[int, tuple[int, ...]] = {
    80: (161, 300, 428, 552, 673, 791, 908, 1024, 1138, 1252, 1366),
    85: (190, 338, 473, 602, 727, 850, 971, 1090, 1208, 1325, 1442),
    90: (231, 389, 533, 669, 800, 928, 1054, 1178, 1300, 1421, 1541),
    95: (300, 475, 630, 776, 916, 1052, 1185, 1315, 1444, 1571, 1697),
    99: (461, 664, 841, 1005, 1161, 1311, 1458, 1600, 1741, 1879, 2015),
}
"""Poisson factors in hundredths by confidence (percent) and number of errors, 0 to 10."""


class Method(StrEnum):
    """How a sample is drawn: at random, by strata, or by monetary units."""

    RANDOM = "random"
    STRATIFIED = "stratified"
    MONETARY = "monetary"


class Unit(NamedTuple):
    """One document of the population."""

    document: str
    amount: int
    """Whole rupiah, above zero."""
    stratum: str = ""


class Selected(NamedTuple):
    """A document that was drawn. `hits`: how many of the drawn rupiah lie in it (else 1)."""

    unit: Unit
    hits: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is to be drawn.

    `materiality` is in rupiah, `confidence` in percent. With `size` 0 as many documents are drawn
    as the two ask for.
    """

    method: Method
    seed: str
    materiality: int
    confidence: int = 95
    size: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: what was drawn, and the population it was drawn from."""

    plan: Plan
    count: int
    """Documents of the population."""
    value: int
    """Rupiah of the population."""
    selected: tuple[Selected, ...]
    interval: int = 0
    """Of rupiah, in monetary-unit sampling."""
    start: int = 0
    """The first rupiah drawn, from 1."""


class Draws:
    """The numbers of a seed, one after the other."""

    def __init__(self, seed: str) -> None:
        self._seed, self._next = seed, 0

    def below(self, number: int) -> int:
        """The seed's next number, as a place from 0 up to `number` less 1."""
        digest = sha256(f"{self._seed}:{self._next}".encode()).digest()
        self._next += 1
        return int.from_bytes(digest, "big") % number


def draw(plan: Plan, units: Sequence[Unit]) -> Drawn:
    """The sample that `plan` draws of `units`, in the order of the population.

    Raises `RuleError("unknown-confidence")` where `FACTORS` has no such percent,
    `RuleError("empty-population")` without units, and `RuleError("no-sample-size")` without
    materiality or size.
    """
    if plan.confidence not in FACTORS:
        known = ", ".join(map(str, FACTORS))
        raise RuleError("unknown-confidence", confidence=plan.confidence, known=known)
    if not units:
        raise RuleError("empty-population")
    if plan.materiality <= 0 and not plan.size:
        raise RuleError("no-sample-size")
    return _DRAWN[plan.method](plan, units)


def size_for(value: int, plan: Plan) -> int:
    """How many documents are drawn so that an error as large as materiality shows.

    `value` is the population's rupiah. A size that the plan names is taken as it is.
    """
    return plan.size or -(-value * FACTORS[plan.confidence][0] // (100 * plan.materiality))


def _simple(plan: Plan, units: Sequence[Unit]) -> Drawn:
    value = sum(unit.amount for unit in units)
    places = _places(Draws(plan.seed), len(units), size_for(value, plan))
    return Drawn(plan, len(units), value, tuple(Selected(units[place]) for place in places))


def _places(draws: Draws, population: int, size: int) -> list[int]:
    """`size` different places in ascending order; numbers drawn twice are skipped."""
    if size >= population:
        return list(range(population))
    found: set[int] = set()
    while len(found) < size:
        found.add(draws.below(population))
    return sorted(found)


# -- by strata -----------------------------------------------------------------------------


def _stratified(plan: Plan, units: Sequence[Unit]) -> Drawn:
    """Draws from each stratum in the order of their names, with one sequence of numbers."""
    strata: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        strata.setdefault(unit.stratum, []).append(place)
    values = {name: sum(units[place].amount for place in places) for name, places in strata.items()}
    total = sum(values.values())
    sizes = allocate(size_for(total, plan), values, {n: len(p) for n, p in strata.items()})
    draws, found = Draws(plan.seed), []
    for name in sorted(strata):
        places = strata[name]
        found += [places[at] for at in _places(draws, len(places), sizes[name])]
    selected = tuple(Selected(units[place]) for place in sorted(found))
    return Drawn(plan, len(units), total, selected)


def allocate(size: int, values: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """How many of each stratum are drawn: by its value, at least one, at most what it has.

    What is left goes one each to the largest remainders, ties in the order of the names.
    """
    total = max(sum(values.values()), 1)
    size = min(max(size, len(values)), sum(counts.values()))
    sizes = {
        name: min(max(size * values[name] // total, 1), counts[name]) for name in sorted(values)
    }
    ranked = sorted(sizes, key=lambda name: (-(size * values[name] % total), name))
    while (left := size - sum(sizes.values())) > 0:
        for name in [each for each in ranked if sizes[each] < counts[each]][:left]:
            sizes[name] += 1
    return sizes


# -- monetary units ------------------------------------------------------------------------


def _monetary(plan: Plan, units: Sequence[Unit]) -> Drawn:
    """Draws every `interval`-th rupiah from a random start, and the documents they lie in."""
    value = sum(unit.amount for unit in units)
    if plan.size:
        interval = max(value // plan.size, 1)
    else:
        interval = max(100 * plan.materiality // FACTORS[plan.confidence][0], 1)
    start = Draws(plan.seed).below(interval) + 1
    selected, before = [], 0
    for unit in units:
        after = before + unit.amount
        hits = _drawn_until(after, start, interval) - _drawn_until(before, start, interval)
        if hits:
            selected.append(Selected(unit, hits))
        before = after
    return Drawn(plan, len(units), value, tuple(selected), interval, start)


def _drawn_until(rupiah: int, start: int, interval: int) -> int:
    """How many of the rupiah from the first to this one are drawn."""
    return (rupiah - start) // interval + 1 if rupiah >= start else 0


_DRAWN: Mapping[Method, Callable[[Plan, Sequence[Unit]], Drawn]] = {
    Method.RANDOM: _simple,
    Method.STRATIFIED: _stratified,
    Method.MONETARY: _monetary,
}


# -- Projection of errors to the population -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Projection:
    """Errors found, and what they come to over the whole population; whole rupiah."""

    errors: int
    found: int
    """Rupiah, as they were found."""
    likely: int
    """Most likely over the population."""
    most: int | None
    """The upper limit with the plan's confidence; None but for monetary-unit samples."""


def project(drawn: Drawn, errors: Mapping[str, int]) -> Projection:
    """What the errors of a sample come to over the population; rupiah.

    `errors`: by document how much of its amount was wrong. Documents that were not drawn are
    left out.
    """
    wrong = {
        each.unit.document: abs(errors[each.unit.document])
        for each in drawn.selected
        if errors.get(each.unit.document)
    }
    total = sum(wrong.values())
    if not drawn.interval:
        return Projection(len(wrong), total, _ratio(drawn, total), None)
    return Projection(len(wrong), total, *_monetary_errors(drawn, wrong))


def _ratio(drawn: Drawn, wrong: int) -> int:
    """The errors' share of the rupiah in the sample, applied to the population; strata together."""
    seen = sum(each.unit.amount for each in drawn.selected)
    return half_up(wrong * drawn.value, seen) if seen else 0


def _monetary_errors(drawn: Drawn, wrong: Mapping[str, int]) -> tuple[int, int]:
    """Most likely, and the upper limit (Stringer): the largest taints weigh first.

    Documents of an interval or more are all looked at: what is wrong in them is added as it is.
    """
    factors = FACTORS[drawn.plan.confidence]
    known, taints = 0, []
    for unit, _ in drawn.selected:
        error = wrong.get(unit.document, 0)
        if unit.amount >= drawn.interval:
            known += error
        elif error:
            taints.append(min(half_up(error * drawn.interval, unit.amount), drawn.interval))
    taints.sort(reverse=True)
    limit = known + half_up(factors[0] * drawn.interval, 100)
    for rank, taint in enumerate(taints, start=1):
        at = min(rank, len(factors) - 1)
        limit += half_up((factors[at] - factors[at - 1]) * taint, 100)
    return known + sum(taints), limit
