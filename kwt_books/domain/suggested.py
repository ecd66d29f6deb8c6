"""What the program suggests for something new: a code, and accounts of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator
from itertools import count

from kwt_books.domain.accounts import AccountType, Side, kept_by_detail
from kwt_books.domain.documents.setup import AccountSetup

_LONGEST = 40
_LONGEST_NAME = 180
"""The part that a product has in the names of its accounts, which take 200 characters."""


def code_for(name: str, taken: Container[str]) -> str:
    """A code made of a name, `warung-bu-siti` of `Warung Bu Siti`, numbered where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    stem = "-".join(words)[:_LONGEST].strip("-") or "x"
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(code for code in tries if code not in taken)


def free_account(first: str, taken: Container[str]) -> str:
    """The first code from `first` on that no account bears and no rule keeps by detail."""
    return next(
        code
        for code in (str(number) for number in count(int(first)))
        if code not in taken and not kept_by_detail(code)
    )


def own_accounts(name: str, name_en: str, taken: Container[str]) -> tuple[AccountSetup, ...]:
    """New sales and cost accounts for one product, with the same ending: `4106` and `5106`."""
    name, name_en = name[:_LONGEST_NAME], name_en[:_LONGEST_NAME]
    last = next(end for end in _endings() if f"41{end}" not in taken and f"51{end}" not in taken)
    return (
        AccountSetup(
            code=f"41{last}",
            name=f"Penjualan {name}",
            name_en=f"Sales: {name_en}",
            type=AccountType.INCOME,
            normal=Side.CREDIT,
        ),
        AccountSetup(
            code=f"51{last}",
            name=f"HPP {name}",
            name_en=f"Cost: {name_en}",
            type=AccountType.COST,
            normal=Side.DEBIT,
        ),
    )


def _endings() -> Iterator[str]:
    return (f"{number:02d}" if number < 100 else str(number) for number in count(1))
