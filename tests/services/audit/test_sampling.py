"""Samples are drawn so that anybody can draw them again, and say what they can say."""

from __future__ import annotations

import math
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.domain.sampling import (
    FACTORS,
    Draws,
    Method,
    Plan,
    Unit,
    allocate,
    draw,
    project,
    size_for,
)
from kwt_books.services.audit.sampling import Ticked, errors_of, result_sentences

AMOUNTS = st.lists(st.integers(1, 10**8), min_size=1, max_size=80)
SEEDS = st.text(min_size=1, max_size=12)


def units_of(amounts: list[int]) -> list[Unit]:
    return [
        Unit(f"BKK-2606-{n:04}", amount, str(len(str(amount)))) for n, amount in enumerate(amounts)
    ]


def numbers(seed: str, count: int) -> list[int]:
    """As the paper says it: SHA-256 of `SEED:k` as one whole number."""
    return [int(sha256(f"{seed}:{k}".encode()).hexdigest(), 16) for k in range(count)]


# -- drawing -------------------------------------------------------------------------------


@given(SEEDS, st.integers(1, 10**9))
def test_the_numbers_are_those_of_the_seed(seed: str, below: int) -> None:
    draws = Draws(seed)
    assert [draws.below(below) for _ in range(5)] == [n % below for n in numbers(seed, 5)]


@given(AMOUNTS, SEEDS, st.integers(1, 100))
def test_a_simple_sample_is_what_the_paper_says(amounts: list[int], seed: str, size: int) -> None:
    units = units_of(amounts)
    drawn = draw(Plan(Method.RANDOM, seed, 0, size=size), units)
    expected: list[int] = []
    if size >= len(units):
        expected = list(range(len(units)))
    k = 0
    while len(expected) < min(size, len(units)):
        place = int(sha256(f"{seed}:{k}".encode()).hexdigest(), 16) % len(units)
        k += 1
        if place not in expected:
            expected.append(place)
    assert [each.unit for each in drawn.selected] == [units[place] for place in sorted(expected)]
    assert (drawn.count, drawn.value) == (len(units), sum(amounts))


@given(AMOUNTS, SEEDS, st.integers(1, 10**7), st.sampled_from(sorted(FACTORS)))
def test_a_monetary_sample_is_what_the_paper_says(
    amounts: list[int], seed: str, materiality: int, confidence: int
) -> None:
    units, value = units_of(amounts), sum(amounts)
    interval = max(100 * materiality // FACTORS[confidence][0], 1)
    if value // interval > 5_000:
        return
    drawn = draw(Plan(Method.MONETARY, seed, materiality, confidence), units)
    first = numbers(seed, 1)[0] % interval + 1
    hits: Counter[str] = Counter()
    for rupiah in range(first, value + 1, interval):
        before = 0
        for unit in units:
            before += unit.amount
            if rupiah <= before:
                hits[unit.document] += 1
                break
    assert {each.unit.document: each.hits for each in drawn.selected} == hits
    assert (drawn.interval, drawn.start) == (interval, first)


@given(AMOUNTS, SEEDS, st.integers(1, 10**8))
def test_nothing_as_large_as_the_interval_escapes(
    amounts: list[int], seed: str, materiality: int
) -> None:
    drawn = draw(Plan(Method.MONETARY, seed, materiality), units_of(amounts))
    chosen = {each.unit.document for each in drawn.selected}
    assert all(u.document in chosen for u in units_of(amounts) if u.amount >= drawn.interval)


@given(AMOUNTS, SEEDS, st.integers(1, 100))
def test_every_stratum_is_looked_into(amounts: list[int], seed: str, size: int) -> None:
    units = units_of(amounts)
    drawn = draw(Plan(Method.STRATIFIED, seed, 0, size=size), units)
    assert {each.unit.stratum for each in drawn.selected} == {unit.stratum for unit in units}
    chosen = [each.unit.document for each in drawn.selected]
    assert len(set(chosen)) == len(chosen)
    strata = {unit.stratum for unit in units}
    assert len(chosen) >= min(max(size, len(strata)), len(units))


@given(
    st.integers(1, 200),
    st.dictionaries(st.text(max_size=3), st.tuples(st.integers(1, 10**9), st.integers(1, 40)),
                    min_size=1, max_size=8),
)  # fmt: skip
def test_strata_get_their_share(size: int, strata: dict[str, tuple[int, int]]) -> None:
    values = {name: value for name, (value, _) in strata.items()}
    counts = {name: count for name, (_, count) in strata.items()}
    sizes = allocate(size, values, counts)
    assert sizes.keys() == values.keys()
    assert all(1 <= sizes[name] <= counts[name] for name in sizes)
    assert sum(sizes.values()) >= min(max(size, len(sizes)), sum(counts.values()))
    assert sum(sizes.values()) <= max(size, len(sizes)) + len(sizes)


@pytest.mark.parametrize("method", Method)
def test_another_seed_draws_another_sample(method: Method) -> None:
    units = units_of([10_000 + n for n in range(400)])
    chosen = {
        seed: tuple(each.unit for each in draw(Plan(method, seed, 0, size=20), units).selected)
        for seed in ("a", "b", "c")
    }
    assert len(set(chosen.values())) == 3
    again = draw(Plan(method, "a", 0, size=20), units)
    assert tuple(each.unit for each in again.selected) == chosen["a"]


@pytest.mark.parametrize(
    ("plan", "units", "code"),
    [
        (Plan(Method.RANDOM, "x", 0, size=3), [], "empty-population"),
        (Plan(Method.RANDOM, "x", 0), units_of([1]), "no-sample-size"),
        (Plan(Method.MONETARY, "x", 5, 42), units_of([1]), "unknown-confidence"),
    ],
)
def test_what_makes_no_sample_is_refused(plan: Plan, units: list[Unit], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        draw(plan, units)
    assert refused.value.code == code


# -- how many, and what they say ------------------------------------------------------------


def test_factors_are_those_of_poisson() -> None:
    """The least mean with which so many errors or fewer are as unlikely as asked for."""
    for confidence, factors in FACTORS.items():
        for errors, factor in enumerate(factors):
            for mean, is_enough in ((factor / 100, True), ((factor - 1) / 100, False)):
                terms = [mean**n / math.factorial(n) for n in range(errors + 1)]
                unlikely = math.exp(-mean) * sum(terms) <= 1 - confidence / 100 + 1e-12
                assert unlikely is is_enough, (confidence, errors)


def test_the_size_shows_an_error_as_large_as_materiality() -> None:
    """95%: 3,00 x value / materiality, rounded up."""
    plan = Plan(Method.MONETARY, "x", 1_000_000, 95)
    assert size_for(20_000_000, plan) == 60
    assert size_for(20_000_001, plan) == 61


@given(AMOUNTS, SEEDS, st.integers(1, 10**8))
def test_without_errors_the_limit_is_within_materiality(
    amounts: list[int], seed: str, materiality: int
) -> None:
    found = project(draw(Plan(Method.MONETARY, seed, materiality), units_of(amounts)), {})
    assert (found.errors, found.found, found.likely) == (0, 0, 0)
    assert found.most is not None
    assert found.most <= max(materiality, FACTORS[95][0] // 100)


def test_errors_weigh_by_their_taint() -> None:
    """One in a document of half an interval, half wrong: half an interval likely."""
    units = [Unit("a", 50_000), Unit("b", 50_000), Unit("c", 900_000)]
    drawn = draw(Plan(Method.MONETARY, "x", 300_000), units)
    assert drawn.interval == 100_000
    chosen = next(each.unit.document for each in drawn.selected if each.unit.amount == 50_000)
    found = project(drawn, {chosen: 25_000})
    assert (found.errors, found.found, found.likely) == (1, 25_000, 50_000)
    assert found.most == 300_000 + (475 - 300) * 50_000 // 100
    known = project(drawn, {"c": 7_000})
    assert (known.likely, known.most) == (7_000, 307_000)


@given(AMOUNTS.filter(lambda amounts: len(amounts) > 2), SEEDS)
def test_a_whole_population_needs_no_projection(amounts: list[int], seed: str) -> None:
    units = units_of(amounts)
    drawn = draw(Plan(Method.RANDOM, seed, 0, size=len(units)), units)
    errors = {unit.document: unit.amount // 3 for unit in units}
    found = project(drawn, errors)
    assert found.likely == found.found == sum(errors.values())
    assert found.most is None


def test_errors_outside_the_sample_are_none() -> None:
    drawn = draw(Plan(Method.RANDOM, "x", 0, size=1), units_of([5, 5, 5]))
    outside = next(unit.document for unit in units_of([5, 5, 5]) if unit != drawn.selected[0].unit)
    assert project(drawn, {outside: 5}).errors == 0


def test_what_errors_come_to_is_said_and_the_limit_once_all_were_looked_at(
    sample_book: Book,
) -> None:
    """Half of one of 50,000 is wrong: half an interval of 100,000; 1.75 of it above 300,000."""
    units = [Unit("a", 50_000), Unit("b", 50_000), Unit("c", 900_000)]
    drawn = draw(Plan(Method.MONETARY, "x", 300_000), units)
    names = [each.unit.document for each in drawn.selected]
    wrong = next(name for name in names if name != "c")
    some = {wrong: Ticked("differs", 25_000)}
    every = {name: Ticked("agrees") for name in names} | some
    first = "Errors: 1, Rp25,000; over the whole population most likely Rp50,000."
    for ticks, said in (
        (some, [f"Examined: 1 of {len(names)}. {first}"]),
        (every, [f"Examined: {len(names)} of {len(names)}. {first}",
                 "With 95% confidence not more than Rp387,500."]),
    ):  # fmt: skip
        found = sample_book.read_in("en", lambda context, t=ticks: [
            *result_sentences(context, drawn, t)
        ])  # fmt: skip
        assert found == said
    whole = draw(Plan(Method.RANDOM, "x", 0, size=9), units)
    ticks = {name: Ticked("agrees") for name in "abc"}
    assert len(sample_book.read_in("en", lambda c: [*result_sentences(c, whole, ticks)])) == 1


def test_of_a_paper_that_is_missing_all_is_wrong() -> None:
    drawn = draw(Plan(Method.RANDOM, "x", 0, size=9), units_of([500, 700]))
    one, two = (each.unit.document for each in drawn.selected)
    ticks = {one: Ticked("missing"), two: Ticked("differs", 900), "other": Ticked("missing")}
    assert errors_of(drawn, ticks) == {one: 500, two: 200}
    assert errors_of(drawn, {one: Ticked("agrees", 5)}) == {}
