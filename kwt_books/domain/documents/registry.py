"""The kinds of entry by their name in the stream."""

from __future__ import annotations

from kwt_books.domain.documents.assets import AssetAcquisition, AssetDisposal, Depreciation
from kwt_books.domain.documents.attachment import Attachment
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.buying import Distribution, Grant, Purchase
from kwt_books.domain.documents.cash import CashCount, Payment, Receipt, Savings, Transfer
from kwt_books.domain.documents.closing import MonthClose, MonthReopen
from kwt_books.domain.documents.codec import Codec
from kwt_books.domain.documents.consignment import Consignment, ConsignmentSettlement
from kwt_books.domain.documents.correction import Correction
from kwt_books.domain.documents.counts import StockCount
from kwt_books.domain.documents.nursery import (
    Harvest,
    PlantingEnd,
    SeedlingsReady,
    Sowing,
    Tending,
)
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.production import Production
from kwt_books.domain.documents.selling import MarketDay, Sale
from kwt_books.domain.documents.setups import SETUP_CODECS, SETUPS
from kwt_books.domain.documents.shapes import Issues, wrong

COMMANDS: tuple[type[Command], ...] = (
    *SETUPS,
    OpeningBalance, Receipt, Payment, Transfer, Purchase,
    Sowing, Tending, SeedlingsReady, Harvest, PlantingEnd, Production,
    MarketDay, Sale, Consignment, ConsignmentSettlement,
    Grant, Distribution, StockCount, CashCount,
    AssetAcquisition, AssetDisposal, Depreciation, Savings,
    MonthClose, MonthReopen, Attachment, Correction,
)  # fmt: skip

CODECS: dict[str, Codec[Command]] = {
    **SETUP_CODECS,
    **{each.kind: Codec(each) for each in COMMANDS if each not in SETUPS},
}


def parse_command(raw: dict[str, object], issues: Issues) -> Command | None:
    """The command a stream's object stands for; its `kind` is taken out of `raw`."""
    kind = raw.pop("kind", None)
    codec = CODECS.get(kind) if isinstance(kind, str) else None
    if codec is None:
        if kind is None:
            wrong(issues, ((), "kind"), "missing", key="kind")
        else:
            wrong(issues, ((), "kind"), "unknown-kind", kind=str(kind)[:40])
        return None
    return codec.parse(raw, (), issues)


def encode_command(command: Command) -> dict[str, object]:
    """The object of the stream that `parse_command` makes the same command of."""
    written = {"kind": command.kind, **CODECS[command.kind].encode(command)}
    return dict(sorted(written.items()))
