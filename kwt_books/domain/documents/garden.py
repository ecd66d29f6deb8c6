"""Seedlings and beds: sown, tended, made ready, harvested, ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kwt_books.domain.accounts import GROWING, SPOILAGE, VEGETABLE_COST
from kwt_books.domain.documents.base import Dated, listed, optional, required
from kwt_books.domain.documents.fields import QUANTITY, QUANTITY_OR_NIL, Code, ItemCode, Many
from kwt_books.domain.documents.lines import Cost, ItemLine, pay_costs, use_inputs
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import BATCH, BED, STORE, Growing, Layer, Lot
from kwt_books.domain.values import UNIT, half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Sowing(Dated):
    """Seeds sown as a new batch of seedlings (STREAM.md, sowing)."""

    kind: ClassVar[str] = "sowing"
    may_record_nothing: ClassVar[bool] = True
    batch: str = required(Code())
    item: str = required(ItemCode("seedling"))
    qty: int = required(QUANTITY)
    inputs: tuple[ItemLine, ...] = listed(Many(ItemLine, 0))
    costs: tuple[Cost, ...] = listed(Many(Cost, 0))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """A batch bears a new name."""
        if facts.growing(BATCH + self.batch) is not None:
            yield Issue("batch", "batch-exists", {"batch": self.batch})

    def post(self, draft: Draft) -> None:
        """Debits 1123 with inputs and costs; the batch holds `qty` plants and that value."""
        value = use_inputs(draft, self.inputs, "inputs") + pay_costs(draft, self.costs)
        draft.debit(GROWING, value)
        draft.open_growing(BATCH + self.batch, self.item)
        draft.grow(BATCH + self.batch, self.qty, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tending(Dated):
    """Care for a batch or a bed. A new bed is made by its first tending."""

    kind: ClassVar[str] = "tending"
    batch: str | None = optional(Code())
    bed: str | None = optional(Code())
    seedlings: tuple[ItemLine, ...] = listed(Many(ItemLine, 0))
    inputs: tuple[ItemLine, ...] = listed(Many(ItemLine, 0))
    costs: tuple[Cost, ...] = listed(Many(Cost, 0))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """It names a batch or a bed, not both."""
        if (self.batch is None) == (self.bed is None):
            yield Issue("bed", "batch-or-bed", {})

    def post(self, draft: Draft) -> None:
        """Debits 1123 with inputs and costs and adds them to the batch or bed."""
        value = (
            use_inputs(draft, self.seedlings, "seedlings")
            + use_inputs(draft, self.inputs, "inputs")
            + pay_costs(draft, self.costs)
        )
        draft.debit(GROWING, value)
        if self.batch is not None:
            if living_batch(draft, self.batch) is not None:
                draft.grow(BATCH + self.batch, 0, value)
            return
        place = f"{BED}{self.bed}"
        bed = draft.plants(place)
        if bed is None or bed.ended is not None:
            draft.open_growing(place, "")
        else:
            draft.must_stand(bed)
        draft.grow(place, 0, value)


def living_batch(draft: Draft, name: str) -> Growing | None:
    """The batch, if plants are left in it; None and a refusal otherwise."""
    batch = draft.plants(BATCH + name)
    if batch is None:
        draft.refuse("batch", "unknown-batch", batch=name)
    elif batch.quantity == 0:
        draft.refuse("batch", "batch-finished", batch=name)
        return None
    else:
        draft.must_stand(batch)
    return batch


def standing_bed(draft: Draft, name: str) -> Growing | None:
    """The bed, if its planting has not ended; None and a refusal otherwise."""
    bed = draft.plants(BED + name)
    if bed is None or bed.ended is not None:
        draft.refuse("bed", "unknown-bed", bed=name)
        return None
    draft.must_stand(bed)
    return bed


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedlingsReady(Dated):
    """Plants leave their batch: ready for planting, lost as usual, or destroyed."""

    kind: ClassVar[str] = "seedlings_ready"
    batch: str = required(Code())
    ready: int = required(QUANTITY_OR_NIL)
    lost: int = optional(QUANTITY_OR_NIL, 0)
    destroyed: int = optional(QUANTITY_OR_NIL, 0)

    def post(self, draft: Draft) -> None:
        """Moves ready plants to the store with their share of the batch's value.

        Plants lost as usual make the others dearer; those destroyed go to 5105 with their share.
        """
        batch = living_batch(draft, self.batch)
        if batch is None:
            return
        leaving = self.ready + self.lost
        if leaving + self.destroyed > batch.quantity:
            draft.refuse(
                "ready",
                "too-many-plants",
                batch=self.batch,
                wanted=leaving + self.destroyed,
                available=batch.quantity,
            )
            return
        destroyed = half_up(batch.value * self.destroyed, batch.quantity)
        draft.debit(SPOILAGE, destroyed)
        draft.credit(GROWING, destroyed)
        left = batch.quantity - self.destroyed
        share = half_up((batch.value - destroyed) * leaving, left) if leaving else 0
        if self.ready:
            draft.put(STORE, Layer(self._lot(draft, batch.item), self.ready, share))
            draft.debit(draft.stock_account(batch.item, STORE), share)
        else:
            draft.debit(SPOILAGE, share)
        draft.credit(GROWING, share)
        draft.grow(batch.place, -leaving - self.destroyed, -destroyed - share)

    def _lot(self, draft: Draft, item: str) -> Lot:
        """The batch's one lot: made by its first ready plants, joined by later ones."""
        known = draft.known_lot(item, self.batch)
        if known is not None:
            maker = draft.facts.entry(known.sequence)
            if maker is not None and maker.kind == self.kind:
                return known
        return draft.new_lot(item, self.batch, None, "batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest(Dated):
    """Produce at its standard cost, as far as the bed still holds value."""

    kind: ClassVar[str] = "harvest"
    bed: str = required(Code())
    item: str = required(ItemCode("produce"))
    qty: int = required(QUANTITY)
    spoiled: int = optional(QUANTITY_OR_NIL, 0)

    def post(self, draft: Draft) -> None:
        """Debits stock with the goods at standard cost, and 5105 with what was spoiled."""
        bed = standing_bed(draft, self.bed)
        item = draft.facts.item(self.item)
        if bed is None or item is None:
            return
        gathered = self.qty + self.spoiled
        total = min(half_up(gathered * (item.standard_cost or 0), UNIT), bed.value)
        spoiled = half_up(total * self.spoiled, gathered)
        draft.debit(SPOILAGE, spoiled)
        draft.stock_in(self.item, self.qty, total - spoiled)
        draft.credit(GROWING, total)
        draft.grow(bed.place, 0, -total)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantingEnd(Dated):
    """The end of a bed's planting: what value it still holds becomes a cost."""

    kind: ClassVar[str] = "planting_end"
    may_record_nothing: ClassVar[bool] = True
    bed: str = required(Code())

    def post(self, draft: Draft) -> None:
        """Debits 5101 and credits 1123 with what the bed still holds; the bed ends."""
        bed = standing_bed(draft, self.bed)
        if bed is None:
            return
        draft.debit(VEGETABLE_COST, bed.value)
        draft.credit(GROWING, bed.value)
        draft.grow(bed.place, 0, -bed.value)
        draft.growing[bed.place] = replace(
            draft.growing[bed.place], ended=draft.facts.next_sequence
        )
