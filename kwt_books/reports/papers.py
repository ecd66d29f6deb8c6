"""What is printed besides single reports: packs of them, charts, and the papers people sign.

Plain data, like reports: amounts are whole rupiah, quantities integer thousandths, dates plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Identity, Imprint, Report, Row


class Bar(NamedTuple):
    """One bar of a chart; rupiah."""

    label: str
    value: int
    share: int | None = None
    """Tenths of a percent, printed behind the value."""


class BarChart(NamedTuple):
    """Horizontal bars, one a line: sales by channel."""

    title: str
    bars: tuple[Bar, ...]


class YearChart(NamedTuple):
    """Months side by side: turnover as bars, profit as a line over them."""

    title: str
    months: tuple[str, ...]
    turnover: tuple[int, ...]
    profit: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Several small reports and charts under one title; each keeps its own heading."""

    title: str
    parts: tuple[Report | BarChart | YearChart, ...]
    period: str = ""
    unit: str = ""
    intro: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    provisional: bool = False
    place_date: date | None = None
    initialled: bool = False
    """As in `Report`."""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading in the table of contents; the parts behind it belong to it."""

    title: str


class Cover(NamedTuple):
    """The first page of a pack."""

    title: str
    period: str
    basis: str = ""
    figures: tuple[tuple[str, int], ...] = ()
    """Up to four amounts that sum the month up."""
    place_date: date | None = None


# -- Papers that are handed over or signed --------------------------------------------------


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


class Proof(NamedTuple):
    """A photo or file that was attached to a document, as a page of its own."""

    place: str
    """Its number in the list of proofs."""
    caption: str
    """The document that it belongs to."""
    name: str
    data: Callable[[], bytes | None]
    """Reads its bytes; None where the book has not got them."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of an LPJ in the order of their list, each on pages of its own."""

    title: str
    period: str
    proofs: tuple[Proof, ...]
    refused: list[tuple[Proof, str]] = field(default_factory=list, compare=False, repr=False)
    """Those that could not be shown and why, once the pages were made: codes of errors."""


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
Part = Report | Section | Chapter | Proofs | Paper


ROLLS = ("58MM", "80MM")
"""Papers of small receipt printers, by their width."""


def on_roll(part: Part) -> bool:
    """Whether a paper can be printed on a roll of 58 or 80 mm: it is a nota, kuitansi or tanda
    terima.
    """
    return isinstance(part, Receipt | Receipts | SaleSlip | ConsignmentSlip)


# -- Papers to be written out together, and whose they are ---------------------------------------


_ROWS_BETWEEN = 200


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything an exporter needs to know: parts, letterhead and foot, all of one moment."""

    parts: tuple[Part, ...]
    identity: Identity
    imprint: Imprint
    language: str
    on_paper: tuple[Part, ...] = ()
    """What paper has instead of `parts`, where they differ."""
    cover: Cover | None = None
    """A pack with a cover has a table of contents too."""
    paper: str = ""
    """`F4` or `A4`, of slips also the rolls `58MM` and `80MM`; else the group's own."""
    two_up: bool = False
    """Two pages on a sheet of paper."""
    progress: Callable[[int], None] | None = field(default=None, compare=False, repr=False)
    """Called with the pages or rows done; what it raises stops the writing."""

    def told(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows one by one; `progress` hears of every few hundred."""
        for place, row in enumerate(rows):
            if self.progress is not None and place % _ROWS_BETWEEN == 0:
                self.progress(place)
            yield row

    def with_rows(self) -> Pack:
        """With the rows of long reports read: some formats look at them more than once."""
        return replace(self, parts=tuple(map(self._with_rows, self.parts)))

    def _with_rows(self, part: Part) -> Part:
        if isinstance(part, Report) and isinstance(part.rows, LongRows):
            return replace(part, rows=tuple(self.told(part.rows)))
        return part

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports alone, those of sections too."""
        found: list[Report] = []
        for part in self.parts:
            if isinstance(part, Report):
                found.append(part)
            elif isinstance(part, Section):
                found.extend(each for each in part.parts if isinstance(each, Report))
        return tuple(found)
