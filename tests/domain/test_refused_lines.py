"""For every kind of line: what is missing, unknown, doubled, of a wrong type or out of range."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kwt_books.domain.documents.registry import CODECS, command_classes, parse_command
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS
from tests.domain.conftest import Desk
from tests.domain.examples import ALSO, NEXT, OPENING, SETUP, SETUP_KINDS, Line

MONEY = {"amount", "cost", "price", "standard_cost", "value", "discount", "commission",
         "accumulated", "paid", "debit", "credit", "3201", "3202", "1101", "1102"}  # fmt: skip
QUANTITY = {"qty", "taken", "sold", "returned", "spoiled", "sampled", "ready", "lost",
            "destroyed", "yield"}  # fmt: skip
MAY_BE_ZERO = {"discount", "commission", "value", "accumulated", "counted", "sold", "returned",
               "spoiled", "sampled", "ready", "lost", "destroyed", "1101", "1102"}  # fmt: skip
"""`received` among them: its amounts stand under the cash accounts."""
CODED = {"item", "party", "account", "into", "from", "to", "paid_from", "fund", "shop", "output",
         "place", "of", "sales_account", "cost_account", "programme"}  # fmt: skip

Spot = tuple[Any, ...]


def fields_of(kind: str) -> Iterator[tuple[str, bool]]:
    """Each JSON key of a command and whether it is required."""
    return ((each.key, each.required) for each in CODECS[kind].fields)


def test_there_is_an_example_of_every_kind_with_every_key() -> None:
    assert {*NEXT, "opening_balance"} == KINDS.keys()
    lines = [OPENING, *(each[-1] for each in (*NEXT.values(), *ALSO.values()))]
    for made in command_classes():
        given = {key for line in lines if line["kind"] == made.kind for key in line}
        left_out = {key for key, _ in fields_of(made.kind)} - given
        assert left_out <= {"id", "memo", "ref", "batch"}, made.kind


def spots(value: Any, at: Spot = ()) -> Iterator[Spot]:
    """The path of every value within a line."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in pairs:
        yield (*at, key)
        if isinstance(each, dict | list):
            yield from spots(each, (*at, key))


def at(line: Line, spot: Spot) -> Any:
    found: Any = line
    for key in spot:
        found = found[key]
    return found


def changed(line: Line, spot: Spot, value: Any) -> str:
    other = copy.deepcopy(line)
    at(other, spot[:-1])[spot[-1]] = value
    return json.dumps(other)


@pytest.fixture(params=[*NEXT, *ALSO, "opening_balance"])
def prepared(request: pytest.FixtureRequest) -> tuple[Desk, Line]:
    """A book that takes the example as its next line."""
    kind: str = request.param
    examples = NEXT | ALSO
    desk: Desk = request.getfixturevalue("empty_desk" if kind == "opening_balance" else "desk")
    needed = SETUP if kind == "opening_balance" else examples[kind][:-1]
    for line in needed:
        desk.record(line)
    return desk, OPENING if kind == "opening_balance" else examples[kind][-1]


Prepared = tuple[Desk, Line]


def each(prepared: Prepared, wanted: Callable[[Line, Spot], bool]) -> Iterator[Spot]:
    _, line = prepared
    yield from (spot for spot in spots(line) if spot != ("kind",) and wanted(line, spot))


def test_the_example_is_taken_afterwards_as_well(prepared: Prepared) -> None:
    desk, line = prepared
    assert desk.codes(line | {"note": "x"}) == {"unknown-key"}
    desk.record(line)


def test_unknown_keys_are_refused_everywhere(prepared: Prepared) -> None:
    desk, line = prepared
    keyed = ("received", "refund", "shares", "balances", "denominations")
    for spot in each(prepared, lambda line, spot: type(at(line, spot)) is dict):
        if spot[-1] not in keyed:
            (issue,) = desk.issues(changed(line, (*spot, "x"), 1))
            assert issue.code == "unknown-key"
            assert issue.field == ".".join(map(str, (*spot, "x")))


def test_missing_keys_are_refused(prepared: Prepared) -> None:
    desk, line = prepared
    for key, required in fields_of(line["kind"]):
        if required:
            less = {name: value for name, value in line.items() if name != key}
            assert [(x.field, x.code) for x in desk.issues(less)] == [(key, "missing")]


def test_doubled_keys_are_refused(prepared: Prepared) -> None:
    desk, line = prepared
    for key in line:
        text = json.dumps(line)[:-1] + f", {json.dumps(key)}: {json.dumps(line[key])}}}"
        assert desk.codes(text) == {"doubled-key"}


LONGEST = {
    "code": 80, "id": 80, "line": 80, "budget": 80, "lot": 80, "batch": 80, "bed": 80, "of": 80,
    "lkm_code": 80, **dict.fromkeys(CODED, 80), "outstanding": 80, "for": 80, "unit": 40,
    **dict.fromkeys(("name", "name_en", "village", "district", "city", "chair", "treasurer"), 200),
    "section": 200, "coordinator": 200, "nip": 200, "decision": 200, "label": 200, "venue": 200,
    "ref": 200, "work": 200, "address": 400, "phone": 60, "type": 120,
    ("attachment", "name"): 255, ("person", "name"): 80,
}  # fmt: skip
"""Signs that papers and lists have room for, by key or kind and key; else it is 4,000."""
OF_REGISTERS = 4_000
MAY_BE_BLANK = {"phone", "address", "work", "ref", "memo"}


def test_texts_are_as_long_as_there_is_room_for_and_say_something() -> None:
    seen = set()
    for example in (OPENING, *(each[-1] for each in (*NEXT.values(), *ALSO.values()))):
        line = {"memo": "x", "ref": "x"} | example if KINDS[example["kind"]].title else example
        for spot in spots(line):
            if type(at(line, spot)) is not str or not _said(line, spot, "x" * 5_000):
                continue
            key = spot[-1] if type(spot[-1]) is str else spot[-2]
            most = LONGEST.get((line["kind"], key), LONGEST.get(key, 4_000))  # type: ignore[call-overload]
            most = OF_REGISTERS if line["kind"] == "register" and key != "ref" else most
            assert not _said(line, spot, "x" * most), (line["kind"], spot)
            assert _said(line, spot, "x" * (most + 1)), (line["kind"], spot)
            blank = _said(line, spot, " ", "empty-text") or _said(line, spot, " ", "spaces-around")
            assert blank == (key not in MAY_BE_BLANK), spot
            seen.add(key)
    assert {"venue", "label", "unit", "memo", "phone", "nip", "reason"} <= seen


def _said(line: Line, spot: Spot, text: str, code: str = "text-too-long") -> bool:
    """Whether this is said where another text stands in a line."""
    issues: list[Issue] = []
    parse_command(json.loads(changed(line, spot, text)), issues)
    return code in {each.code for each in issues}


WRONG: tuple[Any, ...] = (None, [], {}, "", 1.5, True, "\u0000", "\ud800", [[]], [{}])


def test_values_of_a_wrong_type_are_refused(prepared: Prepared) -> None:
    desk, line = prepared
    for spot in each(prepared, lambda line, spot: True):
        right = at(line, spot)
        for wrong in WRONG:
            if type(wrong) is type(right) or (wrong == 1.5 and spot[-1] in QUANTITY):
                continue
            if wrong == "" and spot[-1] in ("phone", "address", "work"):
                continue
            if line["kind"] == "stock_count" and (spot[-1], wrong) == ("counted", 1.5):
                continue
            issues = desk.issues(changed(line, spot, wrong))
            start = ".".join(map(str, spot))
            assert all(issue.field.startswith(start) for issue in issues), (spot, wrong, issues)


def test_money_is_a_positive_whole_json_integer(prepared: Prepared) -> None:
    desk, line = prepared
    signed = {"balances", "parties", "programmes"} if line["kind"] == "opening_balance" else set()
    if line["kind"] == "savings":
        signed = {"lines"}

    def is_money(line: Line, spot: Spot) -> bool:
        whole = line["kind"] == "cash_count" and spot[-1] == "counted"
        return (spot[-1] in MONEY or whole) and "shares" not in spot and spot[0] not in signed

    for spot in each(prepared, is_money):
        before = changed(line, spot, "AMOUNT")
        for text in ("1.0", "1e3", "-1", str(10**15 + 1), "-0.0", '"5"', "9" * 4200, "0.5"):
            assert desk.codes(before.replace('"AMOUNT"', text)) & {
                "not-whole", "not-a-number", "not-positive", "negative", "too-large",
            }, (spot, text)  # fmt: skip
        if spot[-1] not in MAY_BE_ZERO:
            assert desk.codes(changed(line, spot, 0)) == {"not-positive"}, spot


def test_quantities_are_plain_digits_with_three_decimals(prepared: Prepared) -> None:
    desk, line = prepared

    def is_quantity(line: Line, spot: Spot) -> bool:
        counted = line["kind"] == "stock_count" and spot[-1] == "counted"
        return spot[-1] in QUANTITY or counted

    for spot in each(prepared, is_quantity):
        before = changed(line, spot, "QTY")
        for text in (
            "-1", "1.2345", '"1.2345"', "1e3", '"1e3"', '"1,5"', '" 1"', '"+1"', '"-1"', '".5"',
            '"5."', '"1 000"', '"\\u0661"', '"0x1"', '""', "1" * 17, '"' + "9" * 5000 + '"',
            "true", "null", '"NaN"',
        ):  # fmt: skip
            assert desk.codes(before.replace('"QTY"', text)) & {"bad-quantity", "too-large"}, (
                spot, text,
            )  # fmt: skip
        if spot[-1] not in MAY_BE_ZERO:
            for text in ("0", "0.000", '"0"'):
                assert desk.codes(before.replace('"QTY"', text)) == {"not-positive"}


DATES = ("2026-02-30", "2026-13-01", "2026-00-10", "2026-6-05", "20260605", "2026-06-05T00:00",
         "2026-06-05 ", "26-06-05", "2026-W23-5", "05/06/2026", "\u0662\u0660\u0662\u0666-06-05",
         "10000-01-01")  # fmt: skip


def test_dates_are_days_of_the_calendar(prepared: Prepared) -> None:
    desk, line = prepared
    for spot in each(prepared, lambda line, spot: spot[-1] in ("date", "expires", "acquired")):
        for text in DATES:
            assert desk.codes(changed(line, spot, text)) == {"bad-date"}, (spot, text)


def test_months_are_months(prepared: Prepared) -> None:
    desk, line = prepared
    for spot in each(prepared, lambda line, spot: spot[-1] == "month"):
        for text in ("2026-13", "2026-00", "2026-6", "2026", "2026-06-01", "06-2026", "2026-W1"):
            assert desk.codes(changed(line, spot, text)) == {"bad-month"}, (spot, text)


def test_codes_that_nothing_bears_are_refused(prepared: Prepared) -> None:
    desk, line = prepared
    if line["kind"] == "grant":
        assert desk.codes(line | {"account": "3301"}) == {"not-a-choice"}
    if line["kind"] == "register":
        return  # it names nothing of the book
    coded = CODED - ({"from"} if line["kind"] == "programme" else set())
    for spot in each(prepared, lambda line, spot: spot[-1] in coded):
        codes = desk.codes(changed(line, spot, "9998"))
        assert all(code.startswith(("unknown-", "not-a-choice")) for code in codes), (spot, codes)


def test_codes_bear_no_spaces_around_them(prepared: Prepared) -> None:
    desk, line = prepared
    for spot in each(prepared, lambda line, spot: spot[-1] in {"code", "batch", "bed", "lot"}):
        assert desk.codes(changed(line, spot, f" {at(line, spot)}")) == {"spaces-around"}
        assert desk.codes(changed(line, spot, "x" * 81)) == {"text-too-long"}


def test_lists_hold_something(prepared: Prepared) -> None:
    desk, line = prepared
    for key, required in fields_of(line["kind"]):
        if required and isinstance(line.get(key), list) and line["kind"] != "production":
            assert [(x.field, x.code) for x in desk.issues(line | {key: []})] == [
                (key, "empty-list")
            ]


def test_words_of_a_choice_are_those_of_the_manual(prepared: Prepared) -> None:
    desk, line = prepared
    chosen = {"class", "role", "normal", "language", "paper", "type", "village_kind", "basis",
              "sex", "book", "direction", "condition"}  # fmt: skip
    for spot in each(prepared, lambda line, spot: spot[-1] in chosen):
        if line["kind"] != "attachment":
            assert desk.codes(changed(line, spot, "lain")) == {"not-a-choice"}


def test_every_document_takes_an_id_a_memo_and_a_paper_number(prepared: Prepared) -> None:
    desk, line = prepared
    if line["kind"] in SETUP_KINDS:
        for key in ("id", "memo", "ref"):
            assert desk.codes(line | {key: "x"}) == {"unknown-key"}
        return
    dressed = {"memo": "Nota\nhilang", "ref": "N-001", "recorded": {"at": "2026-06-30T10:00:00",
                                                                    "by": "Wati"}}  # fmt: skip
    recorded = desk.record({"id": "satu"} | line | dressed)
    at_by = desk.rows(
        "SELECT recorded_at, recorded_by FROM document ORDER BY sequence DESC LIMIT 1"
    )
    assert at_by == [("2026-06-30T10:00:00", "Wati")]
    assert recorded.number is None or recorded.number[:2] in ("BK", "BM")


def test_an_id_is_used_once(desk: Desk) -> None:
    pay = NEXT["payment"][0] | {"id": "satu"}
    desk.record(pay)
    assert desk.codes(pay) == {"id-taken"}
    assert desk.codes(NEXT["receipt"][0] | {"id": "awal"}) == {"id-taken"}
