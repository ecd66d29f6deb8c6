"""Everything that can be asked of a book: every report, every query of pages, packs, the diary."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from kwt_books import queries
from kwt_books.book import Book
from kwt_books.domain.values import first_day, last_day
from kwt_books.queries.money import open_debts
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.packs import Pack
from kwt_books.reports.registry import KINDS
from kwt_books.services.statements import PackKind, monthly_pack
from tests.queries.crowd import MONTH, NUMBER

Work = Callable[[Book], object]

OF_ONE: dict[str, dict[str, Any]] = {
    "document": {"number": NUMBER},
    "stock-card": {"item": "panen-1"},
}
"""What reports of one thing can't do without."""

NAMED: dict[str, Any] = {
    "month": MONTH,
    "last": MONTH,
    "account": "1101",
    "end": last_day(MONTH),
    "day": last_day(MONTH),
    "item": "panen-1",
    "shop": "warung-1",
    "programme": "bantuan-1",
    "sequence": 1,
    "act": "none",
    "accounts": ("1101",),
    "book": "activities",
    "start": first_day(MONTH),
}
"""What page queries are asked for, by the names of their parameters."""


def of_report(name: str) -> Callable[[Book], Pack]:
    wanted = dict(OF_ONE.get(name, {}))
    if "month" in KINDS[name].asks:
        wanted["month"] = MONTH
    return lambda book: book.pack(name, Parameters(**wanted), "id")


def page_queries() -> Iterator[tuple[str, Callable[..., object]]]:
    """The functions of a `Reading` in every module of the queries."""
    for module in pkgutil.iter_modules(queries.__path__):
        found = import_module(f"kwt_books.queries.{module.name}")
        for name, each in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(each).parameters.values()), None)
            own = each.__module__ == found.__name__ and not name.startswith("_")
            if own and first is not None and first.annotation == "Reading":
                yield f"{module.name}.{name}", each


PAGES = dict(page_queries())


def of_page(name: str) -> Work:
    query = PAGES[name]
    asked = list(inspect.signature(query).parameters.values())[1:]
    several = [each for each in asked if each.kind is each.VAR_POSITIONAL]
    needed = [each for each in asked if each not in several]
    unknown = {each.name for each in asked} - {*NAMED, "debt"}
    assert not unknown, f"say in NAMED what {name} is asked for: {unknown}"

    def work(book: Book) -> object:
        given = {
            each.name: book.read(open_debts)[0] if each.name == "debt" else NAMED[each.name]
            for each in needed
        }
        return book.read(query, *(one for each in several for one in NAMED[each.name]), **given)

    return work


QUESTIONS: dict[str, Work] = {
    **{f"report {name}": of_report(name) for name in KINDS},
    **{f"page {name}": of_page(name) for name in PAGES},
    **{
        f"pack {kind}": lambda book, kind=kind: book.read(monthly_pack, MONTH, kind)  # type: ignore[misc]
        for kind in PackKind
    },
    "diary": lambda book: book.read(diary_page, Sought()),
}
"""All of it, by name."""
