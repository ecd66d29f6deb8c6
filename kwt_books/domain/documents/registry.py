"""The kinds of entry by their name in the stream."""

from __future__ import annotations

from kwt_books.domain.access import SHARING
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.buying import (
    AssetAcquisition,
    AssetDisposal,
    Depreciation,
    Distribution,
    Grant,
    Purchase,
)
from kwt_books.domain.documents.closing import MonthClose, MonthReopen
from kwt_books.domain.documents.correction import Attachment, Correction
from kwt_books.domain.documents.fields import Codec, Issues, wrong
from kwt_books.domain.documents.garden import Harvest, PlantingEnd, SeedlingsReady, Sowing, Tending
from kwt_books.domain.documents.memorial import Appropriation, Memorial
from kwt_books.domain.documents.money import (
    BankReconciliation,
    CashCount,
    Dues,
    Payment,
    Receipt,
    Savings,
    Transfer,
)
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.registers import Register
from kwt_books.domain.documents.returns import PurchaseReturn, SaleReturn
from kwt_books.domain.documents.selling import Consignment, ConsignmentSettlement, MarketDay, Sale
from kwt_books.domain.documents.setup import SETUP_CODECS, SETUPS, Group
from kwt_books.domain.documents.stock import Production, StockCount

COMMANDS: tuple[type[Command], ...] = (
    *SETUPS,
    OpeningBalance, Receipt, Payment, Transfer, Purchase, PurchaseReturn,
    Sowing, Tending, SeedlingsReady, Harvest, PlantingEnd, Production,
    MarketDay, Sale, SaleReturn, Consignment, ConsignmentSettlement,
    Grant, Distribution, StockCount, CashCount,
    AssetAcquisition, AssetDisposal, Depreciation, Savings, Dues,
    BankReconciliation, Memorial, Appropriation, Register,
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


# -- Which task recording something belongs to, where that is not its kind alone -----------------


def task_of(command: Command, group: Group | None) -> str:
    """What recording a command comes to, for `access.may_record`: its kind, or `SHARING`."""
    standing = group.allocation if group is not None else None
    if isinstance(command, Group) and group is not None and standing != command.allocation:
        return SHARING
    if isinstance(command, MonthClose) and command.shares is not None and standing is not None:
        return command.kind if command.shares == standing.shares else SHARING
    return command.kind
