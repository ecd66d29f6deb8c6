"""What holds for all numbers, lines and layers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.chain import canonical
from kwt_books.domain.documents.registry import encode_command
from kwt_books.domain.draft import Draft
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import Layer, Lot
from kwt_books.domain.values import MAX_QUANTITY, half_up, parse_quantity, quantity_text, share_out
from kwt_books.services.stream import parse_entry
from tests.domain.examples import NEXT, OPENING, SETUP
from tests.oracle.streams import random_stream

AMOUNTS = st.integers(-(10**15), 10**15)


@given(AMOUNTS, st.integers(1, 10**12))
def test_half_up_is_the_nearest_whole_and_halves_go_up(amount: int, whole: int) -> None:
    exact = Fraction(amount, whole)
    assert half_up(amount, whole) == floor(exact + Fraction(1, 2))


@st.composite
def percents(draw: st.DrawFn) -> dict[str, int]:
    """Whole percents that add to 100, by accounts in any order."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), max_size=6)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    names = draw(st.permutations([f"32{number:02}" for number in range(len(parts))]))
    return dict(zip(names, parts, strict=True))


@given(st.integers(0, 10**15), percents())
def test_shares_add_up_and_follow_the_largest_remainders(
    amount: int, shares: dict[str, int]
) -> None:
    parts = share_out(amount, shares)
    assert sum(parts.values()) == amount
    got_one_more = {}
    for key, part in parts.items():
        extra = part - amount * shares[key] // 100
        assert extra in (0, 1)
        got_one_more[key] = extra
    remainders = {key: amount * shares[key] % 100 for key in shares}
    keys = list(shares)
    for one in keys:
        for other in keys:
            if got_one_more[one] and not got_one_more[other]:
                ahead = (remainders[one], -keys.index(one))
                assert ahead > (remainders[other], -keys.index(other))


@given(st.integers(0, MAX_QUANTITY))
def test_quantities_come_back_from_their_text(thousandths: int) -> None:
    assert parse_quantity(quantity_text(thousandths)) == thousandths


@given(st.text(alphabet="0123456789.,-+e \u0663", max_size=8))
def test_only_plain_digits_are_quantities(text: str) -> None:
    parts = text.split(".")
    plain = (
        len(parts) <= 2
        and all(part and set(part) <= set("0123456789") for part in parts)
        and (len(parts) == 1 or len(parts[1]) <= 3)
    )
    if plain:
        assert parse_quantity(text) == Fraction(text) * 1000
    else:
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - any text, named by itself
            parse_quantity(text)
        assert str(refused.value) == text


# -- layers -----------------------------------------------------------------------------------

LAYERS = st.lists(
    st.tuples(
        st.integers(1, 10**7),
        st.integers(0, 10**10),
        st.integers(0, 40),
        st.none() | st.integers(0, 40),
    ),
    max_size=6,
)
DAY = date(2026, 6, 1)


def layers(made: list[tuple[int, int, int, int | None]]) -> dict[str, Layer]:
    layers = [
        Layer(
            Lot(
                "x",
                str(order),
                DAY + timedelta(received),
                None if expires is None else DAY + timedelta(expires),
                order,
            ),
            quantity,
            value,
        )
        for order, (quantity, value, received, expires) in enumerate(made)
    ]
    layers.sort(key=lambda layer: layer.lot.taking_order)
    return {layer.lot.name: layer for layer in layers}


def draft_over(made: list[tuple[int, int, int, int | None]]) -> Draft:
    return draft_at(layers(made))


def draft_at(store: dict[str, Layer]) -> Draft:
    """A document dated after all that its book holds."""
    facts = SimpleNamespace(
        layers=lambda item, place: store if place == "store" else {},
        later_moves=lambda item, place, day: {},
        moved_later=lambda item, place, day: 0,
    )
    return Draft(cast("Facts", facts), DAY + timedelta(40))


@given(LAYERS, st.lists(st.integers(1, 10**7), max_size=8))
def test_layers_keep_their_value_whatever_is_taken(
    made: list[tuple[int, int, int, int | None]], parts: list[int]
) -> None:
    draft = draft_over(made)
    quantity, value = sum(each[0] for each in made), sum(each[1] for each in made)
    for part in parts:
        if part > quantity:
            assert draft.take("x", "store", part, "") == []
            continue
        taken = draft.take("x", "store", part, "")
        assert sum(layer.quantity for layer in taken) == part
        orders = [layer.lot.taking_order for layer in taken]
        assert orders == sorted(orders)
        quantity -= part
        value -= sum(layer.value for layer in taken)
        left = draft.layers("x", "store").values()
        assert sum(layer.quantity for layer in left) == quantity
        assert sum(layer.value for layer in left) == value
        assert all(layer.quantity > 0 and layer.value >= 0 for layer in left)
    assert value >= 0
    if quantity:
        draft.take("x", "store", quantity, "")
    assert draft.layers("x", "store") == {}
    assert -sum(move.value for move in draft.moves) == sum(each[1] for each in made)


@given(LAYERS, st.integers(1, 10**7))
def test_goods_brought_elsewhere_and_back_are_what_they_were(
    made: list[tuple[int, int, int, int | None]], part: int
) -> None:
    draft = draft_over(made)
    before = dict(draft.layers("x", "store"))
    for goods in draft.take("x", "store", part, ""):
        draft.put("shop:a", goods)
    for goods in draft.take("x", "shop:a", draft.stood("x", "shop:a"), ""):
        draft.put("store", goods)
    assert draft.layers("x", "store") == before
    assert list(draft.layers("x", "store")) == list(before)


# -- payloads -----------------------------------------------------------------------------------

EXAMPLES = [json.dumps(line) for line in (*SETUP, OPENING, *(x[-1] for x in NEXT.values()))]


@pytest.mark.parametrize(
    "text", [*EXAMPLES, *random_stream(1, 80, 2)], ids=lambda text: json.loads(text)["kind"]
)
def test_a_line_written_out_is_read_as_the_same(text: str) -> None:
    command, _ = parse_entry(text.encode())
    written = canonical(encode_command(command))
    again, _ = parse_entry(written.encode())
    assert again == command
    assert canonical(encode_command(again)) == written
    assert list(json.loads(written)) == sorted(json.loads(written))
