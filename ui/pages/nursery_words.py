"""Plants, days and harvests in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.garden_batches import Batch, ReadyLot
from kwt_books.queries.garden_beds import Amount, Bed
from ui.goods_words import days, quantity
from ui.kit import Kit


def together(kit: Kit, amounts: Iterable[Amount]) -> str:
    """`145 kg, 30 ikat`: by unit."""
    by_unit: defaultdict[str, int] = defaultdict(int)
    for amount in amounts:
        by_unit[amount.unit] += amount.quantity
    return ", ".join(quantity(kit, sum_, unit) for unit, sum_ in by_unit.items() if sum_)


def growth(kit: Kit, batch: Batch, today: date) -> tuple[str, str]:
    """How far a batch is from planting, and the tone of it; nothing where nobody knows."""
    t, age, usual = kit.t, batch.age(today), batch.usual
    if usual is None:
        return "", ""
    if age > usual.most:
        return t(
            "Ready for planting after {days}", days=_span(kit, usual.least, usual.most)
        ), "warn"
    if age >= usual.least:
        return t("Old enough for planting"), "good"
    if usual.least - age <= _SOON:
        return t("Ready for planting in {days}", days=days(kit, usual.least - age)), "warn"
    ready = date.fromordinal(batch.since.toordinal() + usual.least)
    return t("Ready for planting about {day}", day=kit.formats.short_day(ready)), ""


_SOON = 3


def _span(kit: Kit, least: int, most: int) -> str:
    if least == most:
        return days(kit, least)
    return kit.t("{least}–{most} days", least=least, most=most)


def went(kit: Kit, lot: ReadyLot) -> str:
    """`Terjual 200, ditanam 60`; where it came from while nothing has gone yet."""
    t, number = kit.t, kit.formats.quantity
    parts = [
        t(msgid, quantity=number(gone))
        for msgid, gone in (
            (noop("Sold {quantity}"), lot.sold),
            (noop("planted {quantity}"), lot.planted),
            (noop("shared {quantity}"), lot.given),
        )
        if gone
    ]
    if parts:
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]
    return lot.source or t("Nothing sold or planted yet")


def last_work(kit: Kit, bed: Bed) -> str:
    """`Panen 26 Jun`, `Tanam 16 Jun`, `Belum panen`."""
    if bed.harvested is not None and (bed.planted is None or bed.harvested >= bed.planted):
        return kit.t("Harvest {day}", day=kit.formats.short_day(bed.harvested))
    if bed.planted is not None:
        return kit.t("Planted {day}", day=kit.formats.short_day(bed.planted))
    return kit.t("No harvest yet")
