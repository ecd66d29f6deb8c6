"""Letters of confirmation, and signed papers, each by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kwt_books.exporters.pdf.blocks import (
    Block,
    Heading,
    Page,
    Sign,
    Signatory,
    Whole,
    WritingLine,
)
from kwt_books.exporters.pdf.compose import Composed, Ready
from kwt_books.exporters.pdf.job import ITALIC, Job, Squeeze, width
from kwt_books.exporters.pdf.minutes import compose_allocation, compose_cash_count, compose_count
from kwt_books.exporters.pdf.vouchers import (
    Fields,
    compose_consignment,
    compose_sale,
    compose_voucher,
    heading,
    paragraph,
    signed_paper,
    small_table,
)
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import (
    AllocationMinutes,
    CashCountMinutes,
    ConfirmationLetter,
    ConsignmentSlip,
    CountSheet,
    SaleSlip,
    Voucher,
)

# -- Letters of confirmation: the figures above, the slip to cut off and send back below ---------


_WRITTEN = 3
"""Lines to write another figure on."""


@dataclass
class CutLine(Whole):
    """Where the slip is cut off."""

    text: str
    width: float
    above: float = 14

    def height(self) -> float:
        """Points."""
        return 14

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the dashed line and its text."""
        size, middle = 7.5, top - 7
        half = width(self.text, ITALIC, size) / 2 + 5
        page.pen.dotted(x, x + self.width / 2 - half, middle)
        page.pen.dotted(x + self.width / 2 + half, x + self.width, middle)
        page.pen.centre(x + self.width / 2, middle - 2.5, self.text, ITALIC, size)


def compose_confirmation(paper: ConfirmationLetter, job: Job) -> Composed:
    """A letter that asks to confirm a balance, with a slip to send back."""
    t, width = job.t, job.sheet.text_width
    title = t("Request for Confirmation")
    tables = _tables(paper, job)
    fields = [(t("To"), paper.addressee), (t("Address"), paper.address or "–")]
    asked = t(
        "The books of {group} are being audited. Please compare these figures as of {day} with "
        "your own. This letter is not a demand for payment.",
        group=job.identity.name, day=job.formats.day(paper.day),
    )  # fmt: skip
    back = t(
        "Please fill in the slip below, sign it, and return it directly to the auditor, "
        "{auditor}, and to nobody else.",
        auditor=paper.auditor or "…………",
    )

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [heading(job, title, paper.number), Fields(fields, width)]
        blocks += [paragraph(f"{asked} {paper.intro}", job)]
        blocks += [table.table(job, squeeze, above=7) for table in tables]
        blocks += [paragraph(back, job), _signed(paper, job, squeeze)]
        return [*blocks, CutLine(t("cut here"), width), *_slip(paper, job, squeeze)]

    return signed_paper(job, title, paper.number, make)


def _tables(paper: ConfirmationLetter, job: Job) -> list[Ready]:
    t, found = job.t, []
    if paper.goods:
        columns = [
            Column("quantity", t("Quantity"), ColumnType.QUANTITY),
            Column("unit", t("Unit"), ColumnType.CODE),
        ]
        rows = [Row(line.item, (line.quantity, line.unit)) for line in paper.goods]
        found.append(_table(job, t("Goods"), columns, rows))
    if paper.amounts:
        rows = [Row(label, (amount,)) for label, amount in paper.amounts]
        if len(rows) > 1:
            total = sum(amount for _, amount in paper.amounts)
            rows.append(Row(t("Total"), (total,), kind=RowKind.TOTAL))
        money = [Column("amount", t("Amount"), ColumnType.MONEY)]
        found.append(_table(job, t("Item or balance"), money, rows))
    return found


def _table(job: Job, label: str, columns: Sequence[Column], rows: Sequence[Row]) -> Ready:
    report = Report(
        "", "", tuple(columns), tuple(rows), label=label, layout=Layout.LEDGER
    )  # fmt: skip
    return small_table(job, report)


def _signed(paper: ConfirmationLetter, job: Job, squeeze: Squeeze) -> Sign:
    t, one = job.t, job.identity
    left, right = Signatory((t("Chair,"),), one.chair), Signatory((t("Treasurer,"),), one.treasurer)
    day = job.place_date(paper.written) if paper.written else ""
    return Sign(day, left, right, (), job.sheet.text_width, squeeze.sign * 0.8)


def _slip(paper: ConfirmationLetter, job: Job, squeeze: Squeeze) -> list[Block]:
    t, width = job.t, job.sheet.text_width
    about = t(
        "{number} · {name} · as of {day}", number=paper.number, name=paper.addressee,
        day=job.formats.day(paper.day),
    )  # fmt: skip
    blocks: list[Block] = [Heading(t("Answer"), above=6), paragraph(about, job, above=2)]
    blocks.append(paragraph(f"☐  {t('These figures are correct.')}", job, above=5))
    blocks.append(
        paragraph(f"☐  {t('They are not correct. According to our own records:')}", job, above=3)
    )
    blocks += [WritingLine("", width) for _ in range(_WRITTEN)]
    name = Signatory((t("Name and signature"),), "")
    blocks.append(Sign(t("Date: ……………………"), None, name, (), width, squeeze.sign * 0.8))
    return blocks


FlowingPaper = (
    SaleSlip
    | Voucher
    | CashCountMinutes
    | AllocationMinutes
    | ConsignmentSlip
    | ConfirmationLetter
    | CountSheet
)
"""Every paper but receipts, which share their page, and labels, which fill it."""


def compose_paper(paper: FlowingPaper, job: Job) -> Composed:
    """A signed paper, by its kind."""
    match paper:
        case Voucher():
            return compose_voucher(paper, job)
        case SaleSlip():
            return compose_sale(paper, job)
        case ConsignmentSlip():
            return compose_consignment(paper, job)
        case ConfirmationLetter():
            return compose_confirmation(paper, job)
        case CashCountMinutes():
            return compose_cash_count(paper, job)
        case AllocationMinutes():
            return compose_allocation(paper, job)
        case CountSheet():
            return compose_count(paper, job)
