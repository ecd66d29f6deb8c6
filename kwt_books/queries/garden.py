"""The garden as it stands today: batches by stage, seedlings ready for planting, beds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kwt_books.domain.month import Month
from kwt_books.queries.garden_batches import Batch, ReadyLot, batches, ready_lots
from kwt_books.queries.garden_beds import Amount, Bed, amounts, beds, reaped, together
from kwt_books.queries.setup import SetupBook


@dataclass(frozen=True, slots=True)
class Garden:
    batches: tuple[Batch, ...]
    """Those with plants left, the youngest first."""
    ready: tuple[ReadyLot, ...]
    beds: tuple[Bed, ...]
    yields: tuple[Amount, ...]
    """Harvested within the month, all beds."""
    spoiled: tuple[Amount, ...]
    today: date

    @property
    def plants(self) -> int:
        """All seedlings, thousandths."""
        return sum(batch.left for batch in self.batches) + sum(lot.left for lot in self.ready)

    @property
    def value(self) -> int:
        """What grows still holds, rupiah (account 1123)."""
        batches = sum(batch.value for batch in self.batches)
        return batches + sum(bed.value for bed in self.beds)

    @property
    def is_empty(self) -> bool:
        return not (self.batches or self.ready or self.beds)

    def batch(self, name: str) -> Batch | None:
        return next((batch for batch in self.batches if batch.name == name), None)

    def bed(self, name: str) -> Bed | None:
        return next((bed for bed in self.beds if bed.name == name), None)


def garden(connection: Connection, setup: SetupBook, month: Month, today: date) -> Garden:
    """Plants and beds as they stand now, harvests of a month."""
    given, spoiled = reaped(connection, month)
    return Garden(
        tuple(batches(connection, setup)),
        tuple(ready_lots(connection, setup)),
        tuple(
            replace(bed, yields=amounts(setup, given.get(bed.name, {})))
            for bed in beds(connection, setup, today)
        ),
        amounts(setup, together(given.values())),
        amounts(setup, spoiled),
        today,
    )
