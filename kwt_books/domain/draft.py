"""A document being posted: the working copy of what it touches, and what it will leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kwt_books.domain.accounts import CLASS_ACCOUNTS, CONSIGNED, SURPLUS, releasable
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import (
    LOTS_PER_ENTRY,
    STORE,
    Asset,
    Growing,
    Layer,
    Lot,
    Move,
    Posting,
)
from kwt_books.domain.values import half_up

Shelf = dict[str, Layer]
"""What stands of one item at one place, by lot, in the order of taking."""


class Draft:
    """Collects postings and moves; nothing of it reaches the book until it is recorded.

    Shortages are collected in `issues` and posting goes on, so that a form shows all of
    them at once; a draft with issues is never recorded.
    """

    def __init__(self, facts: Facts, day: date) -> None:
        self.facts = facts
        self.date = day
        self.postings: list[Posting] = []
        self.moves: list[Move] = []
        self.lots: list[Lot] = []
        self.issues: list[Issue] = []
        self.shelves: dict[tuple[str, str], Shelf] = {}
        self.growing: dict[str, Growing] = {}
        self.assets: dict[str, Asset] = {}
        self.ceased: set[str] = set()
        self.corrects: int | None = None

    def refuse(self, field: str, code: str, **params: object) -> None:
        self.issues.append(Issue(field, code, params))

    # -- postings ---------------------------------------------------------------------

    def debit(self, account: str, amount: int, party: str | None = None) -> None:
        """Nil amounts leave no posting; a negative one is a credit."""
        if amount:
            self.postings.append(Posting(account, amount, party))

    def credit(self, account: str, amount: int, party: str | None = None) -> None:
        if amount:
            self.postings.append(Posting(account, -amount, party))

    def receive_cash(self, received: Mapping[str, int]) -> int:
        for account, amount in received.items():
            self.debit(account, amount)
        return sum(received.values())

    def release(self, fund: str | None, spent: int) -> None:
        """D fund / K 3301 for what the fund covers of `spent`."""
        if fund is not None:
            amount = releasable(spent, self.facts.balance(fund))
            self.debit(fund, amount)
            self.credit(SURPLUS, amount)

    # -- stock ------------------------------------------------------------------------

    def shelf(self, item: str, place: str) -> Shelf:
        key = (item, place)
        if key not in self.shelves:
            self.shelves[key] = dict(self.facts.layers(item, place))
        return self.shelves[key]

    def on_hand(self, item: str, place: str) -> int:
        return sum(layer.quantity for layer in self.shelf(item, place).values())

    def stock_account(self, item: str, place: str) -> str:
        """Where the value of an item at a place sits."""
        if place != STORE:
            return CONSIGNED
        known = self.facts.item(item)
        assert known is not None, item
        return CLASS_ACCOUNTS[known.item_class]

    def enough(self, item: str, place: str, wanted: int, field: str) -> bool:
        available = self.on_hand(item, place)
        if available >= wanted:
            return True
        self.refuse(
            field, "insufficient-stock", item=item, place=place, wanted=wanted, available=available
        )
        return False

    def take(self, item: str, place: str, quantity: int, field: str) -> list[Layer]:
        """Takes by expiry, receipt and age; the parts taken, each with its cost."""
        if not quantity or not self.enough(item, place, quantity, field):
            return []
        shelf = self.shelf(item, place)
        taken: list[Layer] = []
        for lot, held, value in list(shelf.values()):
            part = min(quantity, held)
            cost = half_up(value * part, held)
            taken.append(Layer(lot, part, cost))
            if part == held:
                del shelf[lot.name]
            else:
                shelf[lot.name] = Layer(lot, held - part, value - cost)
            self.moves.append(Move(place, item, lot.name, -part, -cost))
            quantity -= part
            if not quantity:
                break
        return taken

    def take_value(self, item: str, place: str, quantity: int, field: str) -> int:
        return sum(part.value for part in self.take(item, place, quantity, field))

    def use(self, item: str, quantity: int, field: str) -> int:
        """Takes from the store and credits its stock account; the value."""
        value = self.take_value(item, STORE, quantity, field)
        self.credit(self.stock_account(item, STORE), value)
        return value

    def put(self, place: str, part: Layer) -> None:
        """Adds to a place, in the lot's own layer."""
        self.join(place, part)
        self.moves.append(Move(place, part.lot.item, part.lot.name, part.quantity, part.value))

    def join(self, place: str, part: Layer) -> None:
        """As `put`, for a move that is written down already."""
        lot, quantity, value = part
        shelf = self.shelf(lot.item, place)
        there = shelf.get(lot.name)
        if there is not None:
            shelf[lot.name] = Layer(lot, there.quantity + quantity, there.value + value)
        else:
            self._insert(shelf, lot, part)

    @staticmethod
    def _insert(shelf: Shelf, lot: Lot, layer: Layer) -> None:
        last = next(reversed(shelf.values()), None)
        shelf[lot.name] = layer
        if last is not None and last.lot.taking_order > lot.taking_order:
            ordered = sorted(shelf.values(), key=lambda each: each.lot.taking_order)
            shelf.clear()
            shelf.update((each.lot.name, each) for each in ordered)

    def new_lot(self, item: str, name: str | None, expires: date | None, field: str) -> Lot:
        """A lot received today. A given name must be new; else the program finds one."""
        if name is None:
            name = self._free_name(item)
        elif self.known_lot(item, name) is not None:
            self.refuse(field, "lot-exists", item=item, lot=name)
        lot = Lot(item, name, self.date, expires, self._next_order())
        self.lots.append(lot)
        return lot

    def known_lot(self, item: str, name: str) -> Lot | None:
        for lot in self.lots:
            if lot.item == item and lot.name == name:
                return lot
        return self.facts.lot(item, name)

    def _next_order(self) -> int:
        return self.facts.next_sequence * LOTS_PER_ENTRY + len(self.lots)

    def _free_name(self, item: str) -> str:
        """Date and place in the chain, so that it is the same wherever the stream is read."""
        stem = f"{self.date.isoformat()[2:].replace('-', '')}-{self.facts.next_sequence}"
        name, step = stem, 1
        while self.known_lot(item, name) is not None:
            step += 1
            name = f"{stem}-{step}"
        return name

    def stock_in(
        self,
        item: str,
        quantity: int,
        value: int,
        *,
        lot: str | None = None,
        expires: date | None = None,
        field: str = "",
    ) -> None:
        """A new lot in the store, debited to its stock account."""
        self.put(STORE, Layer(self.new_lot(item, lot, expires, field), quantity, value))
        self.debit(self.stock_account(item, STORE), value)

    # -- plants -----------------------------------------------------------------------

    def plants(self, place: str) -> Growing | None:
        """The batch or bed as this draft leaves it so far."""
        return self.growing.get(place) or self.facts.growing(place)

    def open_growing(self, place: str, item: str) -> None:
        self.growing[place] = Growing(place, item, self.date, 0, 0, self.facts.next_sequence)

    def grow(self, place: str, quantity: int, value: int) -> None:
        """Adds to (or takes from) a batch or bed. A nil move still says it was used."""
        there = self.plants(place)
        assert there is not None, place
        self.growing[place] = Growing(
            place,
            there.item,
            there.since,
            there.quantity + quantity,
            there.value + value,
            there.opened,
            there.ended,
        )
        self.moves.append(Move(place, there.item, "", quantity, value))

    def asset(self, code: str) -> Asset | None:
        return self.assets.get(code) or self.facts.asset(code)
