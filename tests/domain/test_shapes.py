"""What each shape just takes and just refuses, and the code that says so (STREAM.md)."""

from __future__ import annotations

import pytest

from kwt_books.domain.documents.fields import (
    COUNT,
    MONEY,
    MONEY_OR_NIL,
    QUANTITY,
    QUANTITY_OR_NIL,
    SIGNED_MONEY,
    YEAR,
    Choice,
    Code,
    Date,
    DecimalText,
    Digest,
    Flag,
    Issues,
    Moment,
    MonthShape,
    NonZeroMoney,
    Several,
    Shape,
    Text,
    Whole,
    wrong,
)
from kwt_books.domain.documents.registry import parse_command

LARGEST = 1_000_000_000_000_000
"""Rupiah, and thousandths of a unit."""


def said(shape: Shape, raw: object) -> list[str]:
    issues: Issues = []
    shape.parse(raw, ((), "x"), issues)
    return [each.code for each in issues]


@pytest.mark.parametrize(
    ("shape", "least", "most", "below"),
    [
        (MONEY, 1, LARGEST, "not-positive"),
        (MONEY_OR_NIL, 0, LARGEST, "negative"),
        (SIGNED_MONEY, -LARGEST, LARGEST, "too-large"),
        (NonZeroMoney(), -LARGEST, LARGEST, "too-large"),
        (COUNT, 1, 36_500, "not-positive"),
        (Whole(2, 5), 2, 5, "negative"),
        (YEAR, 2000, 2099, "bad-year"),
    ],
)
def test_whole_numbers_lie_between_their_bounds(
    shape: Shape, least: int, most: int, below: str
) -> None:
    issues: Issues = []
    assert [shape.parse(each, (), issues) for each in (least, most)] == [least, most]
    assert not issues
    assert said(shape, least - 1) == [below]
    assert said(shape, most + 1) == ["bad-year" if shape is YEAR else "too-large"]


def test_what_is_no_whole_number_is_told_from_what_is_none_at_all() -> None:
    assert said(MONEY, DecimalText("1.0")) == ["not-whole"]
    assert said(MONEY, "1") == said(MONEY, True) == said(MONEY, None) == ["not-a-number"]
    assert said(NonZeroMoney(), 0) == ["not-positive"]
    assert said(NonZeroMoney(), "0") == ["not-a-number"]


@pytest.mark.parametrize(
    ("raw", "thousandths", "code"),
    [
        (0, 0, "not-positive"),
        ("0.001", 1, None),
        (1_000_000_000_000, LARGEST, None),
        ("1000000000000", LARGEST, None),
        ("1000000000000.001", LARGEST + 1, "too-large"),
        (1_000_000_000_001, LARGEST + 1_000, "too-large"),
        ("000000000000001", 1_000, None),
        ("0000000000000001", None, "bad-quantity"),  # more digits than the largest could have
        (-1, None, "bad-quantity"),
        (True, None, "bad-quantity"),
    ],
)
def test_quantities_lie_between_a_thousandth_and_a_million_millions(
    raw: object, thousandths: int | None, code: str | None
) -> None:
    issues: Issues = []
    assert QUANTITY.parse(raw, (), issues) == thousandths
    assert [each.code for each in issues] == ([code] if code else [])
    nil_is_fine = {"not-positive"} if thousandths == 0 else set()
    assert set(said(QUANTITY_OR_NIL, raw)) == {each.code for each in issues} - nil_is_fine


@pytest.mark.parametrize(
    ("shape", "taken", "refused", "code"),
    [
        (Text(), "x" * 4_000, "x" * 4_001, "text-too-long"),
        (Text(longest=3), "abc", "abcd", "text-too-long"),
        (Code(), "x" * 80, "x" * 81, "text-too-long"),
        (Code(), "bayam 2", "bayam ", "spaces-around"),
        (Code(), "x", " x", "spaces-around"),
        (Text(may_be_empty=True), " ", 5, "not-text"),
        (Text(), "dua\nbaris", "\u200b", "empty-text"),
        (Text(), "x", "", "empty-text"),
        (Text(), "x", "a\x00b", "unreadable-text"),
        (Choice(["satu", "dua"]), "dua", "tiga", "not-a-choice"),
        (Choice(["1"]), "1", 1, "not-a-choice"),
        (Flag(), False, 0, "not-true-or-false"),
        (Date(), "2000-01-01", "1999-12-31", "bad-date"),
        (Date(), "2099-12-31", "2100-01-01", "bad-date"),
        (Date(1900), "1900-01-01", "1899-12-31", "bad-date"),
        (MonthShape(), "2000-01", "1999-12", "bad-month"),
        (MonthShape(), "2099-12", "2100-01", "bad-month"),
        (Several(MONEY), [1], [], "empty-list"),
        (Several(MONEY, 0), [], 1, "not-a-list"),
        (Several(MONEY), [1, 2], [1, 2, 1], "named-twice"),
        (Several(MONEY, 2), [1, 2], [1], "empty-list"),
        (Moment(), "2026-06-30T10:00:00.000000+07:00", "2026-06-30T25:00", "bad-moment"),
        (Moment(), "2026-06-30", "20260630", "bad-moment"),
        (Digest(), "0123456789abcdef" * 4, "0123456789abcdef" * 4 + "0", "bad-digest"),
        (Digest(), "f" * 64, "F" * 64, "bad-digest"),
    ],
)
def test_each_shape_ends_where_it_says(
    shape: Shape, taken: object, refused: object, code: str
) -> None:
    assert not said(shape, taken)
    assert said(shape, refused) == [code]


def test_an_issue_says_where_and_shows_only_what_can_be_shown() -> None:
    issues: Issues = []
    wrong(issues, ((((), "lines"), 2), "a\x00b"), "not-text", text="c\x07d", most=5)
    (issue,) = issues
    assert issue.field == "lines.2.a\ufffdb"
    assert issue.params == {"text": "c\ufffdd", "most": 5}
    assert said(Choice(["a"]), "x" * 90) == ["not-a-choice"]


def test_what_is_long_is_shown_by_its_first_forty_signs() -> None:
    for shape in (MONEY, QUANTITY, Choice(["a"]), Date(), MonthShape(), Moment()):
        issues: Issues = []
        shape.parse("x" * 90, (), issues)
        assert issues[0].params["text"] == "x" * 40, shape


@pytest.mark.parametrize(
    ("kind", "keys"), [("party", ("phone", "address", "work")), ("transfer", ("ref", "memo"))]
)
def test_what_may_be_said_may_be_said_by_nothing(kind: str, keys: tuple[str, ...]) -> None:
    """A field that was emptied says that nothing is to be there."""
    needed: dict[str, object] = {
        "party": {"code": "ani", "name": "Ani", "role": "member"},
        "transfer": {"date": "2026-06-01", "from": "1101", "to": "1103", "amount": 5},
    }[kind]
    issues: Issues = []
    for key in keys:
        made = parse_command({"kind": kind, **needed, key: ""}, issues)
        assert not issues, key
        assert made is not None
