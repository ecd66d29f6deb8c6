"""A document being posted: the working copy of what it touches, and what it will leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kwt_books.domain.accounts import (
    CLASS_ACCOUNTS,
    CONSIGNED,
    PROGRAMME_MONEY,
    SAVED,
    SURPLUS,
    covered,
)
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts, LaterMoves
from kwt_books.domain.posting import (
    LOTS_PER_ENTRY,
    PROGRAMME,
    STORE,
    Asset,
    Growing,
    Layer,
    Lot,
    Move,
    Posting,
    held_back,
)
from kwt_books.domain.values import Month, half_up

Shelf = dict[str, Layer]
"""What stands of one item at one place, by lot, in the order of taking."""
Due = tuple[str, str, Month]
"""A month of dues: the account they are kept on, whose they are, `YYYY-MM`."""


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
        self.programmes: dict[str, int] = {}
        """What is left of each programme that the document names."""
        self.dues: list[Due] = []
        self.dues_freed: list[Due] = []
        self._later: dict[tuple[str, str], LaterMoves] = {}
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

    def release(self, fund: str | None, spent: int, to: str = SURPLUS) -> None:
        """D fund / K 3301, or `to`, for what the fund covers of `spent`."""
        if fund is not None:
            amount = covered(spent, -self.facts.balance(fund))
            self.debit(fund, amount)
            self.credit(to, amount)

    def programme_left(self, code: str) -> int:
        if code not in self.programmes:
            self.programmes[code] = self.facts.programme_left(code)
        return self.programmes[code]

    def earmark(self, programme: str, amount: int) -> None:
        """Puts money under a programme, or takes it away. Nil still says that it is named."""
        self.programmes[programme] = self.programme_left(programme) + amount
        self.moves.append(Move(PROGRAMME + programme, "", "", 0, amount))

    def use_programme(
        self, programme: str | None, spent: int, to: str, given_back: int = 0
    ) -> None:
        """D 2110 / K `to` for what the programme covers of `spent`, once some was given back."""
        if programme is not None:
            used = covered(spent, self.programme_left(programme) - given_back)
            self.debit(PROGRAMME_MONEY, used)
            self.credit(to, used)
            self.earmark(programme, -given_back - used)

    def overdrawn_savings(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Accounts of savings and members that it would leave with less than nothing.

        What is taken of each, and what there is of it.
        """
        taken: dict[tuple[str, str], int] = {}
        for posting in self.postings:
            if posting.party is not None and posting.account in SAVED:
                key = (posting.account, posting.party)
                taken[key] = taken.get(key, 0) + posting.amount
        found = {key: (less, self.facts.saved(*key)) for key, less in taken.items() if less > 0}
        return {key: each for key, each in found.items() if each[0] > each[1]}

    # -- stock ------------------------------------------------------------------------

    def shelf(self, item: str, place: str) -> Shelf:
        key = (item, place)
        if key not in self.shelves:
            self.shelves[key] = dict(self.facts.layers(item, place))
        return self.shelves[key]

    def later(self, item: str, place: str) -> LaterMoves:
        """What documents of later days moved of an item at a place."""
        key = (item, place)
        if key not in self._later:
            self._later[key] = self.facts.later_moves(item, place, self.date)
        return self._later[key]

    def stood(self, item: str, place: str) -> int:
        """What stood of an item at a place at the end of the document's date."""
        later = self.facts.moved_later(item, place, self.date)
        return sum(layer.quantity for layer in self.shelf(item, place).values()) - later

    def kept_on_every_day(self, layer: Layer, place: str) -> int:
        """The least that a layer holds at the end of the document's date and of later days."""
        later = self.later(layer.lot.item, place).get(layer.lot.name)
        return layer.quantity - held_back(later) if later else layer.quantity

    def offered(self, layer: Layer, place: str) -> int:
        """What can be taken of a layer; nothing of a lot that came in later."""
        return self.kept_on_every_day(layer, place) if layer.lot.received <= self.date else 0

    def stock_account(self, item: str, place: str) -> str:
        """Where the value of an item at a place sits."""
        if place != STORE:
            return CONSIGNED
        known = self.facts.item(item)
        assert known is not None, item
        return CLASS_ACCOUNTS[known.item_class]

    def enough(
        self, item: str, place: str, wanted: int, field: str, lot: str | None = None
    ) -> bool:
        """Whether the place, or its layer of one lot, offers so much."""
        available = 0
        for layer in self.shelf(item, place).values():
            if lot in (None, layer.lot.name):
                available += self.offered(layer, place)
            if available >= wanted:
                return True
        if not wanted:
            return True
        stands = sum(
            layer.quantity
            for layer in self.shelf(item, place).values()
            if lot in (None, layer.lot.name)
        )
        then = {"now": stands} if stands != available else {}
        self.refuse(
            field,
            "insufficient-stock",
            item=item,
            place=place,
            wanted=wanted,
            available=available,
            **then,
        )
        return False

    def take(
        self, item: str, place: str, quantity: int, field: str, only: str | None = None
    ) -> list[Layer]:
        """Takes by expiry, receipt and age; the parts taken, each with its cost.

        `only`: of the lot of that name alone.
        """
        if not quantity or not self.enough(item, place, quantity, field, only):
            return []
        shelf = self.shelf(item, place)
        taken: list[Layer] = []
        for layer in list(shelf.values()):
            lot, held, value = layer
            part = min(quantity, self.offered(layer, place)) if only in (None, lot.name) else 0
            if not part:
                continue
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
        """A lot received today. A given name must be free; else the program finds one."""
        if name is None:
            name = self._free_name(item)
        elif self.known_lot(item, name) is not None:
            self.refuse(field, "lot-exists", item=item, lot=name)
        lot = Lot(item, name, self.date, expires, self._next_order())
        self.lots.append(lot)
        return lot

    def known_lot(self, item: str, name: str) -> Lot | None:
        """The lot that bears the name: its name is free once all that moved it is corrected."""
        for lot in self.lots:
            if lot.item == item and lot.name == name:
                return lot
        known = self.facts.lot(item, name)
        return known if known is not None and self.facts.lot_stands(item, name) else None

    def _next_order(self) -> int:
        return self.facts.next_sequence * LOTS_PER_ENTRY + len(self.lots)

    def _free_name(self, item: str) -> str:
        """Date and place in the chain, so that it is the same wherever the stream is read."""
        stem = f"{self.date.isoformat()[2:].replace('-', '')}-{self.facts.next_sequence}"
        name, step = stem, 1
        while self.facts.lot(item, name) is not None or self.known_lot(item, name) is not None:
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

    def must_stand(self, there: Growing) -> None:
        """Refuses to touch a batch or bed before the day it was made."""
        if there.since > self.date:
            self.refuse("date", "plants-made-later", place=there.place, made=there.since)

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
