"""A shop as a row of the list."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kwt_books.queries.shops import Shop
from ui.kit import Kit
from ui.widgets.list_table import Cell, ListRow


def shown_goods(shop: Shop) -> str:
    return " ".join(good.name for good in shop.shelf)


def goods_there(kit: Kit, shop: Shop) -> str:
    """`30 bungkus, 2 kg`."""
    by_unit: defaultdict[str, int] = defaultdict(int)
    for good in shop.shelf:
        by_unit[good.unit] += good.quantity
    parts = [f"{kit.formats.quantity(n)} {unit}" for unit, n in by_unit.items()]
    return ", ".join(parts)


def shop_row(kit: Kit, shop: Shop, today: date) -> ListRow:
    t, formats = kit.t, kit.formats
    there = goods_there(kit, shop)
    owed_for = days_since(kit, shop.owed_since, today) if shop.owed > 0 else ""
    return ListRow(
        shop.code,
        (
            Cell(shop.name, shop.address or shop.phone, bold=True),
            Cell(there or t("nothing"), tone="" if there else "quiet"),
            Cell(formats.number(shop.value) if there else "–", tone="" if there else "quiet"),
            Cell(
                formats.number(shop.owed) if shop.owed else "–",
                owed_for,
                tone="warn" if shop.owed > 0 else "quiet",
                bold=shop.owed > 0,
            ),
            _last_settled(kit, shop, today),
        ),
    )


def days_since(kit: Kit, day: date | None, today: date) -> str:
    """`21 hari`, `hari ini`."""
    if day is None:
        return ""
    days = (today - day).days
    return kit.t.ngettext("{n} day", "{n} days", days) if days > 0 else kit.t("today")


def _last_settled(kit: Kit, shop: Shop, today: date) -> Cell:
    since = shop.waiting_since or shop.settled
    text = days_since(kit, since, today)
    if shop.is_late(today):
        return Cell(text, tone="warn", badge=True, icon="clock")
    if shop.settled is None and since is not None:
        return Cell(kit.t("never"), text)
    return Cell(text or "–", tone="" if text else "quiet")
