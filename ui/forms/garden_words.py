"""Batches and beds as pickers offer them."""

from __future__ import annotations

from kwt_books.queries.garden import Garden
from ui.kit import Kit


def batch_choices(kit: Kit, garden: Garden) -> list[tuple[str, str]]:
    """`SM-0604 · Cabai rawit · 400 batang`."""
    return [
        (
            batch.name,
            f"{batch.name} · {batch.crop} · {kit.formats.quantity(batch.left)} {batch.unit}",
        )
        for batch in garden.batches
    ]


def bed_choices(kit: Kit, garden: Garden) -> list[tuple[str, str]]:
    """`kebun · Sayur campur`."""
    return [
        (bed.name, " · ".join(filter(None, (bed.name, ", ".join(bed.crops[:1])))))
        for bed in garden.beds
    ]
