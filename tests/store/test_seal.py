"""The seal holds every byte of an entry, and is the one anybody can work out from its JSON."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.chain import canonical
from kwt_books.store.rows import payload_of
from kwt_books.store.seal import seal

AMOUNTS = st.integers(-(10**15), 10**15)
ROW_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ROW_DATE = st.none() | ROW_TEXT


@given(
    st.lists(st.tuples(ROW_TEXT, AMOUNTS, ROW_DATE, st.booleans()), max_size=3),
    st.lists(st.tuples(ROW_TEXT, ROW_TEXT, ROW_TEXT, AMOUNTS, AMOUNTS), max_size=3),
    st.lists(st.tuples(ROW_TEXT, ROW_TEXT, ROW_TEXT, ROW_DATE), max_size=3),
    st.tuples(ROW_TEXT, ROW_DATE, ROW_TEXT, ROW_DATE, ROW_TEXT, ROW_TEXT),
)
def test_the_seal_is_that_of_plain_json_with_sorted_keys(
    postings: list[Any], moves: list[Any], lots: list[Any], rest: tuple[Any, ...]
) -> None:
    previous, number, kind, day, at, by = rest
    payload = canonical({"kind": kind})
    whole = {
        "at": at, "by": by, "date": day, "format": 1, "kind": kind, "lots": lots, "moves": moves,
        "number": number, "postings": postings, "previous": previous, "stream": {"kind": kind},
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    found = seal(previous, number, kind, day, payload, postings, moves, lots, at, by)
    assert found == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [{"postings": [("6101", amount, None, False)]} for amount in ("5", 5.0, None, b"5")]
    + [{"moves": [("store", "x", "L", quantity, -7)]} for quantity in ("-5", -5.5, None)]
    + [{"postings": [("6101", 5, None, truth)]} for truth in ("no", 2, None)]
    + [{"at": b"2026"}, {"by": "\ud800"}],
)
def test_values_of_another_type_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)):
        seal(**SEALED | change)


@given(
    st.dictionaries(
        ROW_TEXT,
        st.recursive(
            ROW_DATE | AMOUNTS | st.booleans(),
            lambda each: st.lists(each, max_size=3) | st.dictionaries(ROW_TEXT, each, max_size=3),
        ),
        max_size=4,
    )
)
def test_what_is_recorded_is_written_as_what_is_sealed(written: dict[str, object]) -> None:
    assert payload_of(written) == canonical(written)


SEALED: dict[str, Any] = {
    "previous": "0" * 64,
    "number": "BKK-2606-0001",
    "kind": "payment",
    "date": "2026-06-05",
    "payload": '{"amount":5,"kind":"payment"}',
    "postings": [("6101", 5, None, False), ("1101", -5, "toko", True)],
    "moves": [("store", "x", "L", -5, -7)],
    "lots": [("x", "L", "2026-06-05", None)],
    "at": "2026-06-05T10:00:00",
    "by": "Siti",
}


@given(st.sampled_from(["previous", "number", "kind", "date", "payload", "at", "by"]), st.data())
def test_any_changed_byte_breaks_the_seal(key: str, data: st.DataObject) -> None:
    whole = seal(**SEALED)
    text = str(SEALED[key])
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda char: char != text[place]))
    assert seal(**SEALED | {key: text[:place] + other + text[place + 1 :]}) != whole


@pytest.mark.parametrize(
    "change",
    [
        {"number": None},
        {"date": None},
        {"postings": SEALED["postings"][::-1]},
        {"postings": SEALED["postings"][:1]},
        {"postings": [("6101", 5, "", False), SEALED["postings"][1]]},
        {"postings": [("6101", 5, None, True), SEALED["postings"][1]]},
        {"moves": [("store", "x", "L", -5, -8)]},
        {"moves": []},
        {"lots": [("x", "L", "2026-06-05", "2026-06-06")]},
    ],
)
def test_any_changed_row_breaks_the_seal(change: dict[str, Any]) -> None:
    assert seal(**SEALED | change) != seal(**SEALED)
