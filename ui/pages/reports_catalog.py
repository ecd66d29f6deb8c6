"""The reports as the treasurer looks for them: plain groups, short names, what each is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.reports.registry import KINDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list: its formal name stands on paper, here it is short."""

    name: str
    title: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


_GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        noop("Monthly statements"),
        (
            ("profit-loss", noop("Profit and loss"), noop("earned, spent, left over")),
            ("position", noop("Financial position"), noop("owned, owed, capital")),
            ("cash-flow", noop("Cash flow"), noop("where money came and went")),
            (
                "equity-changes",
                noop("Changes in equity"),
                noop("why the capital moved"),
            ),
            ("notes", noop("Notes (CALK)"), noop("behind the figures")),
            ("progress", noop("Progress"), noop("twelve months side by side")),
        ),
    ),
    (
        noop("Books"),
        (
            ("cash-book", noop("Cash and bank book"), noop("every rupiah in and out")),
            ("journal", noop("Journal"), noop("documents with accounts")),
            ("general-ledger", noop("Ledger"), noop("each account by itself")),
            ("trial-balance", noop("Trial balance"), noop("all accounts on one page")),
            ("assets", noop("Asset register"), noop("tools, buildings, values")),
            ("exceptions", noop("Questions to ask"), noop("what looks odd")),
        ),
    ),
    (
        noop("Stock and production"),
        (
            ("stock", noop("Goods on hand"), noop("how much, and where")),
            ("stock-card", noop("Stock card"), noop("one item in and out")),
            ("lots", noop("Lots"), noop("where from, how long good")),
            ("production", noop("Kitchen costs"), noop("what a pack costs to make")),
            ("nursery", noop("Nursery and beds"), noop("what grows, what it gave")),
        ),
    ),
    (
        noop("Sales and shops"),
        (
            ("sales", noop("Sales"), noop("by item, by place, by week")),
            ("market-day", noop("Outlet sheet"), noop("one Friday's sheet")),
            ("consignment", noop("Goods at the shops"), noop("left, sold, returned")),
            ("receivables", noop("Owed to us"), noop("who owes the group")),
            ("payables", noop("What we owe"), noop("whom the group owes")),
        ),
    ),
    (
        noop("Members and funds"),
        (
            ("funds", noop("Funds"), noop("set aside and used")),
            ("allocation", noop("Sharing of profit"), noop("how profit is shared")),
            ("savings", noop("Savings"), noop("what each member put in")),
        ),
    ),
)

ROW_GLOSSES: dict[tuple[str, str], str] = {
    ("profit-loss", "cost_of_sales_section"): noop("what the goods sold had cost"),
    ("profit-loss", "expenses_section"): noop("what it takes to run the group"),
    ("profit-loss", "gross_profit"): noop("before the costs of running"),
    ("profit-loss", "other_section"): noop("not from trade"),
}
"""Grey words behind formal ones, by the report's name and the row's code."""


def groups(t: Translator) -> Iterator[Group]:
    """Every report there is; those without a place of their own come last."""
    placed: set[str] = set()
    for title, entries in _GROUPS:
        shown = tuple(
            Entry(name, t(short), t(gloss)) for name, short, gloss in entries if name in KINDS
        )
        placed.update(entry.name for entry in shown)
        if shown:
            yield Group(t(title), shown)
    rest = tuple(
        Entry(n, t(kind.title), "") for n, kind in KINDS.items() if kind.listed and n not in placed
    )
    if rest:
        yield Group(t("Other reports"), rest)


def entry_of(t: Translator, name: str) -> Entry | None:
    return next((e for group in groups(t) for e in group.entries if e.name == name), None)
