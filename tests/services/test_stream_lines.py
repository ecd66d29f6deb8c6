"""A line says the same however its JSON is spelled, whichever reader takes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.errors import InvalidDocument, Issue
from kwt_books.services.stream import LineError, parse_entry
from tests.domain.examples import ALSO, NEXT

LINES = [line for lines in (*NEXT.values(), *ALSO.values()) for line in lines]
STAMP = {"at": "2026-06-01T10:00:00+07:00", "by": "Siti"}
ODD = (
    "1.0", "2.5", "-0.0", "1e3", "1E400", "18446744073709551615", "18446744073709551616",
    "-9223372036854775809", "-0", '"2.50"', r'"\u0061"', r'"\ud800"', r'"\""', '" x "', '""',
    "null", "true", "{}", "[]", '{"1101": 1, "1101": 2}', '[{"item": "a", "item": "b"}]',
    "[" * 300 + "]" * 300,
)  # fmt: skip
"""Values of JSON that one reader could take otherwise than another."""


def said(text: str) -> object:
    try:
        return parse_entry(text.encode())
    except LineError as error:
        return error.issue
    except InvalidDocument as error:
        return error.issues


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place within a value: an object with a key, or a list with an index."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from spots(value[key])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A good line, in which one value may be odd or one key stand twice."""
    line: dict[str, Any] = deepcopy(draw(st.sampled_from(LINES)))
    if draw(st.booleans()):
        line["recorded"] = STAMP
    odd = draw(st.none() | st.sampled_from(ODD))
    if odd is not None:
        container, key = draw(st.sampled_from(list(spots(line))))
        container[key] = "@"
    text = json.dumps(line, ensure_ascii=False, separators=draw(
        st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :\r")])
    ))  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        text = f'{text[:-1]}, "{draw(st.sampled_from(list(line)))}": "x"}}'
    return text if odd is None else text.replace('"@"', odd)


@given(lines())
def test_an_escape_in_a_key_changes_nothing(text: str) -> None:
    """Only the strict reader takes escapes; it also words what is wrong."""
    escaped = text.replace('"kind"', r'"\u006bind"', 1)
    assert said(text) == said(escaped)


def test_escaped_quotes_hide_no_doubled_key() -> None:
    name = r'"\u0022\u0022\u0022\u0022"'  # as many quotes as the doubled key and its value have
    line = f'{{"kind":"party","code":"siti","name":{name},"role":"shop","role":"member"}}'
    found = said(line)
    assert isinstance(found, Issue)
    assert found.code == "doubled-key"
