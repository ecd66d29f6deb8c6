"""Names and words that several pages show: roles, tabs, classes of goods, quantities, days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
    Mode.SYSTEM: noop("Same as the computer"),
    Mode.LIGHT: noop("Light"),
    Mode.DARK: noop("Dark"),
    Mode.CONTRAST: noop("Strong contrast"),
}


def role_name(t: Translator, role: Role) -> str:
    """A role's name in the language chosen."""
    return t(ROLES[role])


def kinds_of_savings(t: Translator) -> tuple[tuple[str, str], ...]:
    """The kinds of savings in words, by the names they have in documents; the usual one first."""
    return (
        ("mandatory", t("Mandatory")),
        ("voluntary", t("Voluntary")),
        ("principal", t("Principal")),
    )


# -- Tabs of places, which the search knows before their pages are there --------------------------


TABS: dict[str, dict[str, str]] = {
    "sell": {
        "market_day": noop("Friday outlet"),
        "fair": noop("Product fair"),
        "sale": noop("Direct sale"),
        "seedlings": noop("Seedlings"),
        "list": noop("List of sales"),
    },
    "kitchen": {
        "made": noop("Production"),
        "recipes": noop("Recipes"),
        "history": noop("History"),
    },
    "stock": {
        "on_hand": noop("In stock"),
        "lots": noop("Lots & expiry"),
        "count": noop("Count the stock"),
    },
    "cash": {
        "till": noop("Money"),
        "debts": noop("Debts"),
        "savings": noop("Savings"),
        "grants": noop("Grants"),
        "assets": noop("Assets"),
    },
    "registers": {
        "guests": noop("Guests"),
        "activities": noop("Activities"),
        "minutes": noop("Minutes"),
        "letters": noop("Letters"),
        "advice": noop("Advice"),
        "upkeep": noop("Upkeep"),
        "dues": noop("Dues (KPP)"),
        "members": noop("Members"),
        "officers": noop("Officers"),
        "inventory": noop("Inventory"),
    },
    "audit": {
        "verify": noop("Check the book"),
        "paper": noop("Paper & book"),
        "exceptions": noop("What looks odd"),
        "sample": noop("Sample"),
        "confirm": noop("Confirmations"),
        "wrap": noop("Findings & pack"),
    },
    "settings": {
        "group": noop("Group"),
        "items": noop("Goods & prices"),
        "parties": noop("Shops & people"),
        "recipes": noop("Recipes"),
        "programmes": noop("Programmes"),
        "budgets": noop("Budgets"),
        "sharing": noop("Shares"),
        "accounts": noop("Chart of accounts"),
        "people": noop("Passwords"),
        "backup": noop("Backup"),
        "exceptions": noop("Thresholds"),
        "look": noop("Screen"),
    },
}
"""By place and name: the titles, English messages, in the order of the tabs."""
_RECORDS = {
    **dict.fromkeys((("sell", each) for each in ("market_day", "fair", "sale", "seedlings")),
                    "market_day"),
    ("stock", "count"): "stock_count",
}  # fmt: skip
"""Tabs that are a form, and what it records; they are there for whoever may."""


def tabs_of(place: str, may: Callable[[str], bool]) -> dict[str, str]:
    """Names and titles of a place's tabs, without forms of what one may not (`may`) record."""
    return {
        name: title
        for name, title in TABS.get(place, {}).items()
        if (place, name) not in _RECORDS or may(_RECORDS[place, name])
    }


# -- Goods in words: their classes, quantities with their unit, days -----------------------------


CLASSES = {
    "produce": noop("Fresh harvest"),
    "seedling": noop("Seedlings ready to plant"),
    "finished": noop("Products ready for sale (chips and so on)"),
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
UNITS = (
    "kg", "ikat", "bungkus", "batang", "buah", "liter", "lembar", "sachet", "pak", "karung",
    "biji", "botol", "gram",
)  # fmt: skip


def ago(ui: UiContext, day: date | None) -> str:
    """How long ago a day was: `21 hari`, `hari ini`; empty for none."""
    if day is None:
        return ""
    passed = (ui.today - day).days
    return days(ui, passed) if passed > 0 else ui.t("today")


def days(ui: UiContext, number: int) -> str:
    """A number of days in words."""
    return ui.t.ngettext("{n} day", "{n} days", number)


def quantity(ui: UiContext, thousandths: int, unit: str) -> str:
    """Thousandths with their unit: `300 batang`."""
    return f"{ui.formats.quantity(thousandths)} {unit}".strip()


_FORM_ICONS = {
    "account": "bank", "advance_spent": "check-circle", "appropriation": "chart-pie-slice",
    "asset_acquisition": "wrench", "asset_disposal": "sign-out", "bank_reconciliation": "bank",
    "budget": "calendar-check", "cash_count": "calculator", "consignment": "truck",
    "correction": "arrow-u-up-left", "cost_owed": "receipt", "depreciation": "trend-down",
    "distribution": "users", "dues": "users-three", "first": "users", "grant": "gift",
    "group": "users", "harvest": "tote-simple", "item": "package",
    "market_day": "shopping-bag-open", "memorial": "notebook", "month_close": "calendar-check",
    "month_reopen": "lock-simple-open", "opening": "notebook", "party": "users",
    "password": "lock-simple", "payment": "receipt", "person": "user", "planting_end": "leaf",
    "production": "cooking-pot", "programme": "calendar-check", "purchase": "shopping-cart-simple",
    "purchase_return": "arrow-u-up-left", "receipt": "download-simple", "recipe": "cooking-pot",
    "register": "books", "sale": "shopping-bag-open", "sale_return": "arrow-u-up-left",
    "savings": "users-three", "savings_named": "users", "seedling_sale": "leaf",
    "seedlings_ready": "leaf", "settlement": "handshake", "sharing": "chart-pie-slice",
    "shop_debt": "storefront", "sowing": "flower-lotus", "stock_count": "calculator",
    "tax_due": "file-text", "tending": "drop", "transfer": "arrows-left-right",
}  # fmt: skip


def icon_of_form(name: str) -> str:
    """The icon of a form by its name, also of one that corrects or stands for one shop."""
    plain = name.removeprefix("setup-").removesuffix("_again")
    fits = [
        each for each in _FORM_ICONS if plain == each or plain.startswith((f"{each}_", f"{each}-"))
    ]
    return _FORM_ICONS[max(fits, key=len)] if fits else "note-pencil"


def initials(name: str) -> str:
    """The first letters of its first two words: `SR` of Siti Rohmah."""
    return "".join(word[0] for word in name.split()[:2]).upper()
