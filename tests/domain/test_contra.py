"""What a book names across from each posting (kolom lawan), worked out by hand from the rule."""

from __future__ import annotations

import pytest

from kwt_books.domain.contra import contras

PURCHASE = [("1126", 60), ("1122", 40), ("1101", -100)]
SALE = [("1101", 90), ("4102", -90), ("5102", 30), ("1129", -30)]


@pytest.mark.parametrize(
    ("postings", "across"),
    [
        ([], []),
        ([("1101", 100), ("4101", -100)], ["4101", "1101"]),
        ([("1101", -100), ("4101", 100)], ["4101", "1101"]),
        (PURCHASE, ["1101", "1101", "1126+"]),
        (PURCHASE[::-1], ["1122+", "1101", "1101"]),
        ([("6101", 60), ("6101", 40), ("1101", -100)], ["1101", "1101", "6101"]),
        ([("1101", 100), ("4101", -60), ("4104", -40)], ["4101+", "1101", "1101"]),
        (SALE, ["4102", "1101", "1129", "5102"]),
        # Parts follow each other: a payment, and the release of a fund behind it.
        ([("6101", 100), ("1101", -100), ("3201", 50), ("3301", -50)],
         ["1101", "6101", "3301", "3201"]),
        # An account has the same in all of a document: the first, and that there are more.
        ([("6101", 100), ("1101", -100), ("6102", 50), ("1101", -50)],
         ["1101", "6101+", "1101", "6101+"]),
        ([("6101", 100), ("1101", -100), ("6101", 50), ("1101", -50)],
         ["1101", "6101", "1101", "6101"]),
        # Many across from many: the first on the other side.
        ([("1126", 60), ("1122", 40), ("1101", -70), ("2101", -30)],
         ["1101+", "1101+", "1126+", "1126+"]),
        # Within a part, neighbours that undo each other belong together.
        ([("1101", 100), ("5101", 30), ("1125", -30), ("4101", -100)],
         ["4101+", "1125+", "5101+", "1101+"]),
        # What moved on one account alone stands across from nothing.
        ([("1101", 100), ("1101", -100)], ["", ""]),
        ([("1101", 100)], [""]),
        ([("1130", 50), ("1129", -20), ("1130", -30)], ["1129", "1130", "1129"]),
    ],
)  # fmt: skip
def test_what_stands_across(postings: list[tuple[str, int]], across: list[str]) -> None:
    rows = [(account, amount, None, False) for account, amount in postings]
    assert contras(rows) == across


@pytest.mark.parametrize(
    ("postings", "across"),
    [
        ([("4101", 100), ("3301", -100)], ["3301", "4101"]),
        ([("4101", 100), ("5101", -60), ("3301", -40)], ["3301", "3301", "4101"]),
        (
            [("4101", 100), ("4102", 50), ("5101", -60), ("3301", -90)],
            ["3301", "3301", "3301", "4101+"],
        ),
        ([("5101", -60), ("6101", -40), ("3301", 100)], ["3301", "3301", "5101+"]),
    ],
)
def test_a_month_s_close_brings_every_account_to_the_surplus(
    postings: list[tuple[str, int]], across: list[str]
) -> None:
    assert contras([(account, amount, None, True) for account, amount in postings]) == across
