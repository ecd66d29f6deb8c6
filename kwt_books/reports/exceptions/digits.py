"""How often amounts begin with each digit, beside how often they would by Benford's law."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.audit import CHI_SQUARE_CRITICAL, Digits, first_digits
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.exceptions.rule import Case
from kwt_books.reports.model import Row, RowKind


def counted(case: Case) -> Digits:
    """The first digits of all cash that moved, one amount a document."""
    return first_digits(each.cash for each in case.holding if each.kind != "opening_balance")


def digit_rows(case: Case, digits: Digits) -> Iterator[Row]:
    """Explanation, the digits where there are enough of them, and what they come to.

    Cells are count, share and expected share.
    """
    t, formats = case.t, case.context.formats
    yield Row(
        t(
            "Amounts that arise by themselves begin with 1 more often than with 9 (Benford's law)."
            " Amounts made up, or kept under a limit, seldom do. What was paid and received is"
            " looked at, from {count} documents on.",
            count=case.thresholds.digits_from,
        ),
        kind=RowKind.NOTE,
    )
    if digits.total < case.thresholds.digits_from:
        few = t("There are {count} in this period: too few to say anything.",
                count=formats.number(digits.total))  # fmt: skip
        yield Row(few, kind=RowKind.NOTE)
        return
    for digit, cells in enumerate(
        zip(digits.counts, digits.shares, digits.expected, strict=True), start=1
    ):
        yield Row(t("Begins with {digit}", digit=digit), cells, f"digit-{digit}")
    yield Row(t("Total"), (digits.total, None, None), "digits", kind=RowKind.TOTAL)
    yield Row(_verdict(case, digits), kind=RowKind.NOTE)


_STANDS_OUT = noop(
    "Chi-square {value}, over {critical}: this far off comes about by chance less than once in a"
    " hundred times. Look at the digits that stand out."
)
_FITS = noop("Chi-square {value}, not over {critical}: nothing stands out.")


def _verdict(case: Case, digits: Digits) -> str:
    quantity = case.context.formats.quantity
    text = _STANDS_OUT if digits.chi_square > CHI_SQUARE_CRITICAL else _FITS
    return case.t(text, value=quantity(digits.chi_square), critical=quantity(CHI_SQUARE_CRITICAL))
