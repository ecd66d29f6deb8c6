"""What can be recorded with one key, as Home offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kwt_books.i18n.catalogue import noop
from ui.kit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to record; Alt+1 to Alt+8 by its place in `VERBS`."""

    name: str
    title: str
    icon: str
    group: int
    start: Callable[[Workspace], None]


def _part(place: str, part: str) -> Callable[[Workspace], None]:
    return lambda workspace: workspace.go(place, part)


def _form(name: str) -> Callable[[Workspace], None]:
    return lambda workspace: workspace.open_form(name)


VERBS: tuple[Verb, ...] = (
    Verb("market_day", noop("Friday outlet"), "shopping-bag-open", 0, _part("sell", "market_day")),
    Verb("consignment", noop("Leave at shop"), "truck", 0, _form("consignment")),
    Verb("settlement", noop("Shop settles"), "handshake", 0, _form("settlement")),
    Verb("purchase", noop("Buy"), "shopping-cart-simple", 1, _form("purchase")),
    Verb("payment", noop("Pay"), "receipt", 1, _form("payment")),
    Verb("production", noop("Produce"), "cooking-pot", 2, _form("production")),
    Verb("harvest", noop("Harvest"), "tote-simple", 2, _form("harvest")),
    Verb("sowing", noop("Sow"), "flower-lotus", 2, _form("sowing")),
)
