"""What answers tell of themselves, of frozen values: no book is asked."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.documents.money import BankReconciliation
from kwt_books.queries.assets import MemberSavings
from kwt_books.queries.reconciliations import BankKnown
from kwt_books.queries.residents import Facility
from kwt_books.queries.selling import Good, Selling
from kwt_books.queries.shops import Commission

DAY = date(2026, 6, 30)
AMOUNTS = st.integers(1, 10**9)


def rounded(exactly: Fraction) -> int:
    return floor(exactly + Fraction(1, 2))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_commission_is_the_same_share_of_other_sales(kept: int, sales: int, other: int) -> None:
    commission = Commission(kept, sales, DAY)
    assert commission.of(other) == rounded(Fraction(kept * other, sales))
    assert commission.percent == rounded(Fraction(kept, sales) * 1000)


def test_savings_are_all_that_is_held() -> None:
    held = {"principal": 50_000, "mandatory": 30_000, "voluntary": 7_000}
    assert MemberSavings("ani", "Ani", held, {"mandatory": 1}).total == sum(held.values())
    assert MemberSavings("ani", "Ani", {}, {}).total == 0


@pytest.mark.parametrize(
    ("memo", "named"),
    [("Perbaikan saluran BARAT", True), ("Bayar listrik", False), (None, False)],
)
def test_a_facility_is_named_by_a_memo_however_it_is_written(memo: str | None, named: bool) -> None:
    facility = Facility("Saluran barat", None, ())
    assert facility.is_named_in({"memo": memo}) is named
    assert not facility.is_named_in({})


def test_a_bank_is_known_since_it_was_reconciled() -> None:
    last = BankReconciliation(date=DAY, account="1103", statement=5)
    assert BankKnown(5, last, ()).since == DAY
    assert BankKnown(5, None, ()).since is None


def test_what_is_for_sale_is_found_by_its_code() -> None:
    first, second = (Good(code, code, "kg", "produce", None, 0) for code in ("bayam", "sawi"))
    selling = Selling(None, (first, second), ())  # type: ignore[arg-type]
    assert selling.good("sawi") is second
    assert selling.good("emas") is None
