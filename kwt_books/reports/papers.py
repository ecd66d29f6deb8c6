"""Papers that are handed over or signed: receipts, vouchers, minutes, letters, labels, sheets.

Plain data, like reports: amounts are whole rupiah, quantities integer thousandths, dates plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Receipt:
    """Kuitansi: money received, a third of a page with its stub."""

    number: str
    day: date
    payer: str
    amount: int
    purpose: str
    method: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """Kuitansi of one document, one for each who paid: three to a page."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One line of goods. `amount` is what was booked, so that paper and book agree."""

    item: str
    quantity: int
    unit: str
    price: int | None = None
    amount: int | None = None
    lot: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class SaleSlip:
    """Nota: what a customer bought and paid."""

    number: str
    day: date
    customer: str
    lines: tuple[GoodsLine, ...]
    seller: str
    discount: int = 0
    received: int | None = None
    """Rupiah; None where the slip does not mention payment. The rest is owed."""


class VoucherKind(StrEnum):
    """The kind of a voucher, which its number begins with."""

    CASH_IN = "BKM"
    CASH_OUT = "BKK"
    MEMORIAL = "BM"


class VoucherLine(NamedTuple):
    """One posting of a voucher; rupiah."""

    code: str
    name: str
    amount: int
    """Debit positive, credit negative."""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Voucher:
    """Bukti kas masuk, bukti kas keluar, bukti memorial."""

    kind: VoucherKind
    number: str
    day: date
    description: str
    lines: tuple[VoucherLine, ...]
    amount: int = 0
    """What moved in cash; of a memorial, the sum of its debits."""
    party: str = ""
    reference: str = ""
    recorded_by: str = ""
    released: int = 0
    """How many lines at the end release a fund or a programme's money: they moved no cash."""


@dataclass(frozen=True, slots=True)
class CashCountMinutes:
    """Berita acara pemeriksaan kas: the money counted against the book."""

    number: str
    day: date
    account: str
    """Code and name: `1101 Kas Tunai Bendahara`."""
    book: int
    """Balance by the book before the count."""
    counted: int
    notes: Mapping[int, int] = field(default_factory=dict)
    """Paper money: face value to pieces."""
    coins: Mapping[int, int] = field(default_factory=dict)
    voucher: str = ""
    difference_account: str = ""
    time: str = ""
    place: str = ""


class AllocationLine(NamedTuple):
    """A fund's part of the profit; rupiah."""

    fund: str
    percent: int
    """Whole percent."""
    amount: int


@dataclass(frozen=True, slots=True)
class AllocationMinutes:
    """Berita acara alokasi laba: how the members shared a month's profit among the funds.

    `number` is the decision's own. The meeting is told where the book of minutes has it; else
    lines are left to be filled in by hand.
    """

    number: str
    day: date
    """When it was booked."""
    month: str
    """`YYYY-MM`."""
    profit: int
    allocated: int
    lines: tuple[AllocationLine, ...]
    decision: str = ""
    decision_day: date | None = None
    voucher: str = ""
    met: date | None = None
    place: str = ""
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ConsignmentSlip:
    """Tanda terima titip jual: goods left at a shop, still the group's."""

    number: str
    day: date
    shop: str
    lines: tuple[GoodsLine, ...]
    deliverer: str


@dataclass(frozen=True, slots=True)
class ConfirmationLetter:
    """Surat konfirmasi: what the book says of somebody, with a slip to send back."""

    number: str
    day: date
    """The day of the figures."""
    addressee: str
    address: str
    intro: str
    """What the figures are: goods left with a shop, savings, a bank balance."""
    goods: tuple[GoodsLine, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    auditor: str = ""
    written: date | None = None
    """The date above the signatures."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Labels of a product, all alike, to be cut out and stuck on its packs."""

    product: str
    lot: str
    made: date
    expires: date | None
    count: int
    composition: tuple[str, ...] = ()
    net_weight: str = ""
    licence: str = ""
    """The number of its P-IRT, where there is one."""
    price: int | None = None
    """Rupiah for one, where the label shall say it."""
    barcode: str = ""
    """What a bar code on the label says; none where empty."""


@dataclass(frozen=True, slots=True)
class CountSheet:
    """Lembar hitung stok: goods at a place with their units, to be counted by hand."""

    place: str
    day: date
    lines: tuple[tuple[str, str], ...]


Paper = (
    Receipt
    | Receipts
    | SaleSlip
    | Voucher
    | CashCountMinutes
    | AllocationMinutes
    | ConsignmentSlip
    | ConfirmationLetter
    | LabelSheet
    | CountSheet
)


def on_roll(part: object) -> bool:
    """Whether a paper can be printed on a roll of 58 or 80 mm: it is a nota, kuitansi or tanda
    terima.
    """
    return isinstance(part, Receipt | Receipts | SaleSlip | ConsignmentSlip)
