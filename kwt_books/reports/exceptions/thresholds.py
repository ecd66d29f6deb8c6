"""Thresholds in words: what each is, and what it is set to."""

from __future__ import annotations

from dataclasses import asdict

from kwt_books.domain.audit import LIMITS, Thresholds, Unit
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats

TITLES: dict[str, str] = {
    "backdated_days": noop("Days between date and recording"),
    "day_begins": noop("Recording is usual from"),
    "day_ends": noop("Recording is usual until"),
    "together": noop("So many entries of one second are an import"),
    "difference_from": noop("Difference of a count"),
    "receipt_from": noop("Payment that needs its receipt attached"),
    "round_to": noop("Payments are round when multiples of"),
    "stamp_above": noop("Receipts need duty stamp above"),
    "cash_limit": noop("Cash in the house above"),
    "cash_limit_days": noop("Cash on hand over the limit, days on end"),
    "under_cost_from": noop("Sold under cost by"),
    "yield_tolerance": noop("Yield off the middle"),
    "usual_months": noop("The usual range is that of"),
    "observations": noop("Observations needed for a usual range"),
    "loss_tolerance": noop("Part that is lost"),
    "loss_from": noop("Quantity that is lost"),
    "unsettled_days": noop("Shops unsettled, days"),
    "digits_from": noop("Documents needed for first digits"),
}


def worded(name: str, value: int, words: Translator, formats: Formats) -> str:
    """A threshold's value with its unit."""
    unit = LIMITS[name].unit
    if unit is Unit.RUPIAH:
        return formats.rupiah(value)
    if unit is Unit.DAYS:
        return words.ngettext("{n} day", "{n} days", value)
    if unit is Unit.MONTHS:
        return words.ngettext("{n} month", "{n} months", value)
    if unit is Unit.PERCENT:
        return formats.percent(value)
    if unit is Unit.QUANTITY:
        return formats.quantity(value)
    return words("{hour}.00 h", hour=f"{value:02}") if unit is Unit.HOUR else formats.number(value)


def changed_in_words(thresholds: Thresholds, words: Translator, formats: Formats) -> str:
    """Each that was changed, beside the usual one; nothing where all are usual."""
    usual = asdict(Thresholds())
    return "; ".join(
        words(
            "{title} {value} (usually {usual})",
            title=words(TITLES[name]),
            value=worded(name, value, words, formats),
            usual=worded(name, usual[name], words, formats),
        )
        for name, value in thresholds.changed().items()
    )
