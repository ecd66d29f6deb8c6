"""Corrections, which undo a document by its mirror image, and attachments of a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import ClassVar

from kwt_books.domain.documents.base import Dated, Document, optional, required
from kwt_books.domain.documents.fields import Base64, Code, Digest, Text
from kwt_books.domain.documents.money import dues_of
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Entry, Facts, since
from kwt_books.domain.kinds import is_correctable
from kwt_books.domain.posting import (
    ASSET,
    BATCH,
    BED,
    DEPRECIATED,
    PROGRAMME,
    Growing,
    Layer,
    Move,
    Named,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Dated):
    """Undoes one document by its mirror image (STREAM.md, correction)."""

    kind: ClassVar[str] = "correction"
    may_record_nothing: ClassVar[bool] = True
    of: str = required(Code())
    reason: str = required(Text())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """There is such a document, it can be corrected, and was not before."""
        entry = facts.find(self.of)
        if entry is None:
            yield Issue("of", "unknown-document", {"of": self.of})
        elif not is_correctable(entry.kind):
            yield Issue("of", "not-correctable", {"of": self.of, "kind": entry.kind})
        elif entry.corrected_by is not None:
            undone = facts.entry(entry.corrected_by)
            by = undone.number if undone is not None else None
            yield Issue("of", "already-corrected", {"of": self.of, "by": by or ""})
        elif entry.kind == "opening_balance" and facts.ever_closed:
            yield Issue("of", "opening-closed", {"of": self.of})
        elif entry.date is not None and self.date < entry.date:
            yield Issue("date", "before-original", {"date": entry.date})

    def post(self, draft: Draft) -> None:
        """Posts and moves the opposite of the document.

        Refuses (`stock-used`, `built-upon`, `asset-used`) where later documents rest on it, and
        names them.
        """
        found = draft.facts.find(self.of)
        entry = draft.facts.entry(found.sequence) if found is not None else None
        if entry is None:
            return
        draft.corrects = entry.sequence
        draft.postings.extend(each._replace(amount=-each.amount) for each in entry.postings)
        undo = _Undo(draft, entry)
        for move in entry.moves:
            undo.move(move._replace(quantity=-move.quantity, value=-move.value))
        undo.settle()
        if entry.kind == "dues":
            draft.dues_freed.extend(dues_of(entry.payload))

    def field_of(self, account: str, party: str | None) -> str:
        """The document that is corrected: there is nothing else to mend."""
        return "of"


class _Undo:
    """Gives back what an entry moved; refuses where something was built upon it."""

    def __init__(self, draft: Draft, entry: Entry) -> None:
        self._draft = draft
        self._entry = entry
        self._taken: dict[tuple[str, str, str], int] = {}
        """What is taken from each layer, less what is given back to it."""

    def move(self, move: Move) -> None:
        self._draft.moves.append(move)
        kind, _, code = move.place.partition(":")
        if kind + ":" in (BATCH, BED):
            self._grown(move)
        elif kind + ":" == ASSET:
            self._asset(code)
        elif kind + ":" == DEPRECIATED:
            self._written_off(code, move.value)
        elif kind + ":" == PROGRAMME:
            self._draft.programmes[code] = self._draft.programme_left(code) + move.value
        else:
            self._stock(move)

    def settle(self) -> None:
        """No layer may be left with less than nothing on any day, or with value and no quantity."""
        for (item, place), layers in self._draft.layers_at.items():
            for name, layer in list(layers.items()):
                lot, quantity, value = layer
                least = self._draft.kept_on_every_day(layer, place)
                taken = self._taken[(item, place, name)] if least < 0 else 0
                if quantity < 0 or value < 0 or (quantity == 0 and value) or taken > 0:
                    later = self._since(place, item, lot.name)
                    self._refuse("stock-used", item=item, place=place, lot=lot.name, **later)
                elif quantity == 0:
                    del layers[name]

    def _refuse(self, code: str, **params: object) -> None:
        self._draft.refuse("of", code, **params)

    def _since(self, place: str, item: str = "", lot: str = "") -> dict[str, object]:
        """The documents that have to be undone first, where there are such."""
        return since(self._draft.facts.moved_since(place, item, lot, self._entry.sequence))

    def _stock(self, move: Move) -> None:
        lot = self._draft.facts.lot(move.item, move.lot)
        assert lot is not None, move
        self._draft.join(move.place, Layer(lot, move.quantity, move.value))
        key = (move.item, move.place, move.lot)
        self._taken[key] = self._taken.get(key, 0) - move.quantity

    def _grown(self, move: Move) -> None:
        entry, place = self._entry, move.place
        there = self._draft.facts.growing(place, entry.sequence)
        if there is None or not self._stands(there, self._draft.facts.growing(place)):
            self._refuse("built-upon", place=place, **self._since(place))
            return
        after = replace(
            there,
            quantity=there.quantity + move.quantity,
            value=there.value + move.value,
            ended=None,
        )
        if after.opened == entry.sequence and entry.kind != "planting_end":
            self._cease(after)
        elif after.quantity < 0 or after.value < 0 or _worth_without_plants(after):
            self._refuse("built-upon", place=place, **self._since(place))
        self._draft.growing[place] = after

    def _cease(self, after: Growing) -> None:
        """Takes away the batch or bed that the entry made; refused where it was used since."""
        used = self._draft.facts.users(after.place, self._entry.sequence)
        if used or after.quantity or after.value:
            self._refuse("built-upon", place=after.place, **self._since(after.place))
        self._draft.ceased.add(after.place)

    def _stands(self, there: Named, living: Named | None) -> bool:
        """Whether only this entry may have ended it and no later one took its name."""
        return there.ended in (None, self._entry.sequence) and (
            living is None or living.ended is not None or living.opened == there.opened
        )

    def _asset(self, code: str) -> None:
        facts, sequence = self._draft.facts, self._entry.sequence
        asset = facts.asset(code, sequence)
        if asset is None or not self._stands(asset, facts.asset(code)):
            self._refuse("asset-used", asset=code, **self._since(ASSET + code))
            return
        if self._entry.kind != "asset_disposal":
            self._draft.ceased.add(ASSET + code)
            if asset.accumulated != self._came_written_off(code):
                self._refuse("asset-used", asset=code, **self._since(ASSET + code))
        self._draft.assets[code] = replace(asset, ended=None)

    def _came_written_off(self, code: str) -> int:
        """Rupiah already written off when the entry brought the asset in, as an opening can."""
        return sum(move.value for move in self._entry.moves if move.place == DEPRECIATED + code)

    def _written_off(self, code: str, value: int) -> None:
        if self._entry.kind == "asset_disposal" or ASSET + code in self._draft.ceased:
            return  # what was written off came, or came back, with the asset
        asset = self._draft.facts.asset(code, self._entry.sequence)
        if asset is None or asset.ended is not None or asset.accumulated + value < 0:
            self._refuse("asset-used", asset=code, **self._since(ASSET + code))
        else:
            self._draft.assets[code] = replace(asset, accumulated=asset.accumulated + value)


def _worth_without_plants(batch: Growing) -> bool:
    return batch.place.startswith(BATCH) and batch.quantity == 0 and batch.value != 0


# -- Attachments: the digest is sealed, the bytes are kept beside the chain ------------------------


LARGEST_FILE = 24_000_000
"""Bytes; as base64 they still fit into a line of a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Document):
    """A photo or file that belongs to a document (STREAM.md, attachment).

    Its digest is sealed; its bytes are kept beside the chain and may be missing in a stream.
    """

    kind: ClassVar[str] = "attachment"
    may_record_nothing: ClassVar[bool] = True
    numbered: ClassVar[bool] = False
    of: str = required(Code())
    name: str = required(Text(longest=255))
    type: str = required(Text(longest=120))
    sha256: str = required(Digest())
    data: bytes | None = optional(Base64())

    @property
    def day(self) -> dt.date | None:
        """None: it takes effect on no day."""
        return None

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The document exists; the bytes have the digest and are 24 MB at most."""
        if facts.find(self.of) is None:
            yield Issue("of", "unknown-document", {"of": self.of})
        if self.data is not None and sha256(self.data).hexdigest() != self.sha256:
            yield Issue("sha256", "digest-differs", {"name": self.name})
        if self.data is not None and len(self.data) > LARGEST_FILE:
            yield Issue("data", "file-too-large", {"name": self.name, "most": LARGEST_FILE})

    def post(self, draft: Draft) -> None:
        """Nothing: no account and no stock changes."""
