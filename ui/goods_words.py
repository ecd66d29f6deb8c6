"""Goods in words: their classes as people say them, quantities with their unit, days."""

from __future__ import annotations

from kwt_books.i18n.catalogue import noop
from ui.kit import Kit

CLASSES = {
    "produce": noop("Fresh harvest"),
    "seedling": noop("Seedlings ready to plant"),
    "finished": noop("Made to be sold (chips and the like)"),
    "seed": noop("Seeds"),
    "input": noop("For the garden: fertiliser, soil, polybags"),
    "ingredient": noop("For the kitchen: flour, oil, spices"),
    "packaging": noop("Packs and labels"),
}
SHORT_CLASSES = {
    "produce": noop("Harvest"),
    "seedling": noop("Seedlings"),
    "finished": noop("Products"),
    "seed": noop("Seed stock"),
    "input": noop("Garden supplies"),
    "ingredient": noop("Kitchen supplies"),
    "packaging": noop("Packaging"),
}
SOLD = ("produce", "seedling", "finished")
"""What the group sells; the rest is used up."""
UNITS = (
    "kg", "ikat", "bungkus", "batang", "buah", "liter", "lembar", "sachet", "pak", "karung",
    "biji", "botol", "gram",
)  # fmt: skip


def days(kit: Kit, number: int) -> str:
    return kit.t.ngettext("{n} day", "{n} days", number)


def quantity(kit: Kit, thousandths: int, unit: str) -> str:
    """`300 batang`."""
    return f"{kit.formats.quantity(thousandths)} {unit}".strip()
