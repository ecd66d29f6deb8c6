"""From where on something is odd is the group's to say."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from kwt_books.book import Book
from kwt_books.domain.audit import LIMITS, Thresholds
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.context import Parameters
from kwt_books.reports.exceptions.report import TITLES, changed_in_words, worded
from tests.reports.exceptions.lines import CASH, SETUP, BookOf, payment, report_of, vouchers


def test_thresholds_are_the_groups_own(book_of: BookOf) -> None:
    book = book_of(*SETUP, CASH, payment(300_000))
    assert vouchers(report_of(book), "round") == []
    mine = Thresholds(round_to=100_000)
    assert vouchers(report_of(book, mine), "round") == ["BKK-2606-0001"]


def test_changed_thresholds_stand_in_the_heading(sample_book: Book) -> None:
    mine = Thresholds(cash_limit=3_000_000, loss_tolerance=50)
    report = sample_book.report("exceptions", Parameters(month="2026-06", thresholds=mine), "id")
    usual = sample_book.report("exceptions", Parameters(month="2026-06"), "id")
    assert report.period.startswith(usual.period)
    assert "2 ambang" in report.period
    note = next(row.label for row in report.rows if "Rp3.000.000" in row.label)
    assert Formats("id").rupiah(Thresholds().cash_limit) in note, "beside the usual one"
    assert report.parameters["thresholds"] == "cash_limit=3000000 loss_tolerance=50"
    assert "thresholds" not in usual.parameters


@pytest.mark.parametrize(
    ("name", "value", "said", "in_english"),
    [
        ("receipt_from", 1_500_000, "Rp1.500.000", "Rp1,500,000"),
        ("backdated_days", 1, "1 hari", "1 day"),
        ("unsettled_days", 14, "14 hari", "14 days"),
        ("usual_months", 12, "12 bulan", "12 months"),
        ("loss_tolerance", 125, "12,5%", "12.5%"),
        ("loss_from", 2_500, "2,5", "2.5"),
        ("day_begins", 6, "pukul 06.00", "06:00"),
        ("digits_from", 1_000, "1.000", "1,000"),
    ],
)
def test_a_threshold_is_told_in_its_unit(name: str, value: int, said: str, in_english: str) -> None:
    for language, told in (("id", said), ("en", in_english)):
        words, formats = Translator(language), Formats(language)
        assert worded(name, value, words, formats) == told
        changed = changed_in_words(replace(Thresholds(), **{name: value}), words, formats)
        usual = worded(name, getattr(Thresholds(), name), words, formats)
        assert changed.startswith(words(TITLES[name]))
        assert told in changed
        assert usual in changed.removeprefix(words(TITLES[name])).replace(told, "", 1)
    assert changed_in_words(Thresholds(), Translator("id"), Formats("id")) == ""


def test_thresholds_that_make_no_sense_are_refused() -> None:
    assert {*LIMITS} == {each.name for each in fields(Thresholds)} == {*TITLES}
    for name, limit in LIMITS.items():
        usual = getattr(Thresholds(), name)
        assert Thresholds().with_values({name: usual}) == Thresholds()
        for value in (limit.least - 1, limit.most + 1):
            with pytest.raises(RuleError, match="threshold-out-of-range"):
                Thresholds().with_values({name: value})
    with pytest.raises(RuleError, match="unknown-threshold"):
        Thresholds().with_values({"taste": 1})
