"""What a new asset needs: a kind, a code of its own, and how long it will last."""

from __future__ import annotations

from kwt_books.domain.accounts import Account
from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.holdings import Belongings
from ui.forms.money_words import account_name
from ui.kit import Kit
from ui.widgets.field import QuantityField

_MONTHS = 12
_USUAL_MONTHS = 48
"""Tools last four years, unless things of their kind were given another life."""


class YearsField(QuantityField):
    """How long something lasts: typed in years, known in months.

    Three decimals of a year name every month: 4.167 years are 50 months.
    """

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, unit=kit.t("years"))

    def months(self) -> int:
        return half_up((self.number() or 0) * _MONTHS, UNIT)

    def set_months(self, months: int) -> None:
        self.set_number(years_of(months))

    def problem(self) -> str:
        if said := super().problem():
            return said
        if self.number() not in (years_of(self.months()), self.months() * UNIT // _MONTHS):
            return self.kit.t("Whole months only: 2.5 years are 30 months.")
        return "" if self.months() else self.kit.t("At least a month")


def years_of(months: int) -> int:
    """Thousandths of years, to the nearest."""
    return half_up(months * UNIT, _MONTHS)


def usual_life(known: Belongings, account: str | None) -> int:
    """Months, as for the newest thing of the same kind."""
    lives = [each.asset for each in known.owned if each.asset.account == account]
    newest = max(lives, key=lambda each: each.opened, default=None)
    return newest.life_months if newest is not None else _USUAL_MONTHS


def next_code(known: Belongings, account: str, taken: frozenset[str] = frozenset()) -> str:
    """`PT-2` after `PT-1`, of Peralatan Tani."""
    name = next((each.name for each in known.accounts if each.code == account), account)
    stem = "".join(word[0] for word in name.split()[:2]).upper()
    used = known.codes | taken
    codes = (f"{stem}-{number}" for number in range(1, len(used) + 2))
    return next(code for code in codes if code not in used)


def kinds(kit: Kit, accounts: tuple[Account, ...]) -> list[tuple[str, str]]:
    return [(each.code, account_name(kit, each)) for each in accounts]
