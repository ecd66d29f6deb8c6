"""Items, places and lots in words."""

from __future__ import annotations

from kwt_books.domain.posting import STORE
from kwt_books.i18n.formats import NIL
from kwt_books.i18n.words import capitalised
from kwt_books.queries.shelves import ShelfItem, ShelfLot, Shelves
from ui.goods_words import SHORT_CLASSES, days, quantity
from ui.kit import Kit
from ui.widgets.list_table import Cell, Heading, ListRow


def class_name(kit: Kit, item_class: str) -> str:
    """`Hasil panen`."""
    return kit.t(SHORT_CLASSES[item_class])


def place_name(kit: Kit, shelves: Shelves, place: str) -> str:
    """`Gudang`, `Warung Bu Siti`."""
    return shelves.place_name(place) or capitalised(kit.t("store"))


def expiry(kit: Kit, shelves: Shelves, lot: ShelfLot) -> tuple[str, str]:
    """How long it still keeps, and the tone of it; nothing where it keeps for good."""
    left, t = lot.days_left(shelves.today), kit.t
    if left is None:
        return "", ""
    if left < 0:
        return t("expired {days} ago", days=days(kit, -left)), "error"
    if left == 0:
        return t("expires today"), "error"
    return t("{days} left", days=days(kit, left)), "warn" if shelves.is_urgent(lot) else "good"


def stock_headings(kit: Kit) -> tuple[Heading, ...]:
    t = kit.t
    return (
        Heading(t("Item")),
        Heading(t("In the store"), figures=True),
        Heading(t("At the shops"), figures=True),
        Heading(t("Worth"), figures=True),
        Heading(t("Keeps")),
    )


def stock_row(kit: Kit, shelves: Shelves, item: ShelfItem) -> ListRow:
    store, shops = item.at(STORE), item.at_shops
    return ListRow(
        item.code,
        (
            Cell(item.name, aside=class_name(kit, item.item_class), bold=bool(item.lots)),
            _amount(kit, store, item.unit),
            _amount(kit, shops, item.unit),
            Cell(kit.formats.number(item.value)) if item.lots else Cell(NIL, tone="quiet"),
            _soonest(kit, shelves, item),
        ),
    )


def _amount(kit: Kit, held: int, unit: str) -> Cell:
    return Cell(quantity(kit, held, unit)) if held else Cell(NIL, tone="quiet")


def _soonest(kit: Kit, shelves: Shelves, item: ShelfItem) -> Cell:
    first = min(
        (lot for lot in item.lots if lot.expires is not None),
        key=lambda lot: lot.expires or shelves.today,
        default=None,
    )
    if first is None:
        return Cell("")
    text, tone = expiry(kit, shelves, first)
    return Cell(text, tone=tone, badge=True)


def lot_headings(kit: Kit) -> tuple[Heading, ...]:
    t = kit.t
    return (
        Heading(t("Item")),
        Heading(t("Place")),
        Heading(t("Received")),
        Heading(t("Best before")),
        Heading(t("Keeps")),
        Heading(t("How many"), figures=True),
        Heading(t("Worth"), figures=True),
    )


def lot_row(kit: Kit, shelves: Shelves, item: ShelfItem, lot: ShelfLot) -> ListRow:
    formats = kit.formats
    text, tone = expiry(kit, shelves, lot)
    until = formats.numeric_day(lot.expires) if lot.expires is not None else NIL
    return ListRow(
        (item.code, lot.lot, lot.place),
        (
            Cell(item.name, kit.t("lot {lot}", lot=lot.lot), bold=True),
            Cell(place_name(kit, shelves, lot.place)),
            Cell(formats.numeric_day(lot.received)),
            Cell(until, tone="" if lot.expires is not None else "quiet"),
            Cell(text, tone=tone, badge=True) if text else Cell(kit.t("keeps"), tone="quiet"),
            Cell(quantity(kit, lot.quantity, item.unit)),
            Cell(formats.number(lot.value)),
        ),
    )
