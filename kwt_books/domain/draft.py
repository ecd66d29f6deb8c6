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
    layer_of,
    move_of,
    posting_of,
)
from kwt_books.domain.values import Month, half_up, iso

Layers = dict[str, Layer]
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
        self.named: list[tuple[str, str]] = []
        """Lots whose names people gave, each by its item and its name."""
        self.issues: list[Issue] = []
        self.layers_at: dict[tuple[str, str], Layers] = {}
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
        """Appends an issue; posting goes on."""
        self.issues.append(Issue(field, code, params))

    # -- postings ---------------------------------------------------------------------

    def debit(self, account: str, amount: int, party: str | None = None) -> None:
        """Posts a debit in rupiah; a negative amount is a credit, nil leaves no posting."""
        if amount:
            self.postings.append(posting_of((account, amount, party, False)))

    def credit(self, account: str, amount: int, party: str | None = None) -> None:
        """Posts a credit in rupiah; a negative amount is a debit, nil leaves no posting."""
        if amount:
            self.postings.append(posting_of((account, -amount, party, False)))

    def receive_cash(self, received: Mapping[str, int]) -> int:
        """Debits each cash account with what it received; the sum in rupiah."""
        for account, amount in received.items():
            self.debit(account, amount)
        return sum(received.values())

    def release(self, fund: str | None, spent: int, to: str = SURPLUS) -> None:
        """Debits `fund` and credits `to` with what the fund covers of `spent` rupiah."""
        if fund is not None:
            amount = covered(spent, -self.facts.balance(fund))
            self.debit(fund, amount)
            self.credit(to, amount)

    def programme_left(self, code: str) -> int:
        """What the draft has left so far of a programme's money; rupiah."""
        if code not in self.programmes:
            self.programmes[code] = self.facts.programme_left(code)
        return self.programmes[code]

    def earmark(self, programme: str, amount: int) -> None:
        """Puts `amount` rupiah under a programme, or takes it away when negative.

        A move of nil still records that the document names the programme.
        """
        self.programmes[programme] = self.programme_left(programme) + amount
        self.moves.append(Move(PROGRAMME + programme, "", "", 0, amount))

    def use_programme(
        self, programme: str | None, spent: int, to: str, given_back: int = 0
    ) -> None:
        """Debits 2110 and credits `to` with what the programme covers of `spent` rupiah.

        What is given back to the giver leaves the programme first.
        """
        if programme is not None:
            used = covered(spent, self.programme_left(programme) - given_back)
            self.debit(PROGRAMME_MONEY, used)
            self.credit(to, used)
            self.earmark(programme, -given_back - used)

    def overdrawn_savings(self) -> dict[tuple[str, str], tuple[int, int]]:
        """What the draft takes and what there is, by savings account and member; rupiah.

        Only where it takes more than there is.
        """
        taken: dict[tuple[str, str], int] = {}
        for posting in self.postings:
            if posting.party is not None and posting.account in SAVED:
                key = (posting.account, posting.party)
                taken[key] = taken.get(key, 0) + posting.amount
        if not taken:  # as nearly always
            return {}
        found = {key: (less, self.facts.saved(*key)) for key, less in taken.items() if less > 0}
        return {key: each for key, each in found.items() if each[0] > each[1]}

    # -- stock ------------------------------------------------------------------------

    def layers(self, item: str, place: str) -> Layers:
        """What the draft leaves of an item at a place so far, by lot in the order of taking."""
        found = self.layers_at.get((item, place))
        if found is None:
            found = self.layers_at[item, place] = dict(self.facts.layers(item, place))
        return found

    def later(self, item: str, place: str) -> LaterMoves:
        """What documents of later days moved of an item at a place, by lot and ISO date."""
        found = self._later.get((item, place))
        if found is None:
            found = self._later[item, place] = self.facts.later_moves(item, place, self.date)
        return found

    def stood(self, item: str, place: str) -> int:
        """How much of an item stood at a place at the end of the document's date; thousandths."""
        later = self.facts.moved_later(item, place, self.date)
        return sum(layer.quantity for layer in self.layers(item, place).values()) - later

    def kept_on_every_day(self, layer: Layer, place: str) -> int:
        """The least a layer holds at the end of the date or any later day; thousandths."""
        later = self.later(layer.lot.item, place).get(layer.lot.name)
        return layer.quantity - held_back(later) if later else layer.quantity

    def offered(self, layer: Layer, place: str) -> int:
        """How much can be taken of a layer; nothing of a lot that came in later. Thousandths."""
        lot, quantity, _ = layer
        if lot.received > self.date:
            return 0
        return self.kept_on_every_day(layer, place) if self.later(lot.item, place) else quantity

    def stock_account(self, item: str, place: str) -> str:
        """The account that carries the value of an item at a place."""
        if place != STORE:
            return CONSIGNED
        known = self.facts.item(item)
        assert known is not None, item
        return CLASS_ACCOUNTS[known.item_class]

    def enough(
        self, item: str, place: str, wanted: int, field: str, lot: str | None = None
    ) -> bool:
        """Whether the place, or its layer of one lot, offers `wanted` thousandths.

        Refuses (`insufficient-stock` at `field`) where it does not.
        """
        available = 0
        for layer in self.layers(item, place).values():
            if lot is None or lot == layer.lot.name:
                available += self.offered(layer, place)
            if available >= wanted:
                return True
        if not wanted:
            return True
        stands = sum(
            layer.quantity
            for layer in self.layers(item, place).values()
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
        """Takes goods by expiry, receipt and age (STREAM.md, stock); the parts with their cost.

        `only`: of the lot of that name alone. Where there is not enough it refuses and gives
        nothing.
        """
        if not quantity:
            return []
        layers, parts, left = self.layers(item, place), [], quantity
        for layer in layers.values():
            if only is None or only == layer.lot.name:
                part = min(left, self.offered(layer, place))
                if part:
                    parts.append((layer, part))
                    left -= part
                    if not left:
                        break
        if left:
            self.enough(item, place, quantity, field, only)
            return []
        taken: list[Layer] = []
        for (lot, held, value), part in parts:
            name, cost = lot.name, half_up(value * part, held)
            taken.append(layer_of((lot, part, cost)))
            if part == held:
                del layers[name]
            else:
                layers[name] = layer_of((lot, held - part, value - cost))
            self.moves.append(move_of((place, item, name, -part, -cost)))
        return taken

    def take_value(self, item: str, place: str, quantity: int, field: str) -> int:
        """Takes goods from a place; what they cost, in rupiah."""
        return sum([part.value for part in self.take(item, place, quantity, field)])

    def use(self, item: str, quantity: int, field: str) -> int:
        """Takes goods from the store and credits their stock account; what they cost, in rupiah."""
        value = self.take_value(item, STORE, quantity, field)
        self.credit(self.stock_account(item, STORE), value)
        return value

    def put(self, place: str, part: Layer) -> None:
        """Adds goods to a place, in the layer of their lot, with a move."""
        self.join(place, part)
        lot, quantity, value = part
        self.moves.append(move_of((place, lot.item, lot.name, quantity, value)))

    def join(self, place: str, part: Layer) -> None:
        """Adds goods to a place as `put` does, for a move that the draft has already."""
        lot, quantity, value = part
        layers = self.layers(lot.item, place)
        there = layers.get(lot.name)
        if there is not None:
            layers[lot.name] = Layer(lot, there.quantity + quantity, there.value + value)
        else:
            self._insert(layers, lot, part)

    @staticmethod
    def _insert(layers: Layers, lot: Lot, layer: Layer) -> None:
        last = next(reversed(layers.values()), None)
        layers[lot.name] = layer
        if last is not None and last.lot.taking_order > lot.taking_order:
            ordered = sorted(layers.values(), key=lambda each: each.lot.taking_order)
            layers.clear()
            layers.update((each.lot.name, each) for each in ordered)

    def new_lot(self, item: str, name: str | None, expires: date | None, field: str) -> Lot:
        """A new lot received on the document's date; without `name` it gets a free one.

        Refuses (`lot-exists` at `field`) a name that is taken.
        """
        if name is None:
            name = self._free_name(item)
        else:
            if self.known_lot(item, name) is not None:
                self.refuse(field, "lot-exists", item=item, lot=name)
            self.named.append((item, name))
        lot = Lot(item, name, self.date, expires, self._next_order())
        self.lots.append(lot)
        return lot

    def known_lot(self, item: str, name: str) -> Lot | None:
        """The lot that bears the name; None once all documents that moved it are corrected."""
        for lot in self.lots:
            if lot.item == item and lot.name == name:
                return lot
        known = self.facts.lot(item, name)
        return known if known is not None and self.facts.lot_stands(item, name) else None

    def _next_order(self) -> int:
        return self.facts.next_sequence * LOTS_PER_ENTRY + len(self.lots)

    def _free_name(self, item: str) -> str:
        """Date and place in the chain, so that it is the same wherever the stream is read."""
        stem = f"{iso(self.date)[2:].replace('-', '')}-{self.facts.next_sequence}"
        name, step = stem, 1
        made = {(lot.item, lot.name) for lot in self.lots}
        while (item, name) in made or self.facts.is_lot_named(item, name):
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
        """Brings goods into the store as a new lot; debits their stock account with `value`."""
        self.put(STORE, Layer(self.new_lot(item, lot, expires, field), quantity, value))
        self.debit(self.stock_account(item, STORE), value)

    # -- plants -----------------------------------------------------------------------

    def must_stand(self, there: Growing) -> None:
        """Refuses (`plants-made-later`) a batch or bed made after the document's date."""
        if there.since > self.date:
            self.refuse("date", "plants-made-later", place=there.place, made=there.since)

    def plants(self, place: str) -> Growing | None:
        """The batch or bed at `place` as the draft leaves it so far; None where there is none."""
        return self.growing.get(place) or self.facts.growing(place)

    def open_growing(self, place: str, item: str) -> None:
        """Begins an empty batch or bed at `place`, made by this document."""
        self.growing[place] = Growing(place, item, self.date, 0, 0, self.facts.next_sequence)

    def grow(self, place: str, quantity: int, value: int) -> None:
        """Adds plants (thousandths) and value (rupiah) to a batch or bed, or takes them away.

        A move of nil still records that the document used it.
        """
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
        """The fixed asset as the draft leaves it so far; None where there is none."""
        return self.assets.get(code) or self.facts.asset(code)
