"""Names and words that several pages show: roles, classes of goods, quantities, days."""

from __future__ import annotations

from kwt_books.domain.access import Role
from kwt_books.i18n.catalogue import Translator, noop
from ui.kit.look import Mode, UiContext

SUFFIX = ".kwt"
"""The ending of books' files."""

ROLES = {
    Role.TREASURER: noop("Treasurer"),
    Role.CHAIR: noop("Chair"),
    Role.AUDITOR: noop("Auditor"),
}

MODE_NAMES = {
    Mode.SYSTEM: noop("Like the computer"),
    Mode.LIGHT: noop("Light"),
    Mode.DARK: noop("Dark"),
    Mode.CONTRAST: noop("Strong contrast"),
}


def role_name(t: Translator, role: Role) -> str:
    """A role's name in the language chosen."""
    return t(ROLES[role])


# -- Goods in words: their classes, quantities with their unit, days -----------------------------


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
"""Classes of goods that the group sells; the others are used up."""
UNITS = (
    "kg", "ikat", "bungkus", "batang", "buah", "liter", "lembar", "sachet", "pak", "karung",
    "biji", "botol", "gram",
)  # fmt: skip


def days(ui: UiContext, number: int) -> str:
    """A number of days in words."""
    return ui.t.ngettext("{n} day", "{n} days", number)


def quantity(ui: UiContext, thousandths: int, unit: str) -> str:
    """Thousandths with their unit: `300 batang`."""
    return f"{ui.formats.quantity(thousandths)} {unit}".strip()
