"""Vouchers (bukti kas masuk, bukti kas keluar, bukti memorial), nota and consignment receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kwt_books.exporters.pdf.blocks import Block, Page, Sign, Signatory, Text, Title, Whole, marked
from kwt_books.exporters.pdf.compose import Composed, Ready, ready, with_tail
from kwt_books.exporters.pdf.job import REGULAR, SEMIBOLD, Job, Squeeze, part_setting, wrap
from kwt_books.i18n.catalogue import rupiah_in_words
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import (
    ConsignmentSlip,
    GoodsLine,
    SaleSlip,
    Voucher,
    VoucherKind,
    VoucherLine,
)

# -- Blocks of signed papers: fields with their values, lines to write on, small tables ----------


@dataclass
class Fields(Whole):
    """`Tanggal : 2 Juni 2026`, one below the other; long values wrap."""

    rows: Sequence[tuple[str, str]]
    width: float
    above: float = 4
    label_width: float = 92
    indent: float = 0
    number: str = ""
    size: float = 9.3
    strong: int = -1
    """Which row's value stands out."""

    def _values(self) -> list[list[str]]:
        room = self.width - self.indent - self.label_width - 10
        return [wrap(v, SEMIBOLD, self.size, room) for _, v in self.rows]

    def height(self) -> float:
        """Points of all lines."""
        return 12.4 * sum(len(lines) for lines in self._values()) + 2

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws labels and values."""
        pen, y = page.pen, top - self.size
        left = x + self.indent
        if self.number:
            pen.left(left - 17, y, self.number, REGULAR, self.size)
        for n, ((label, _), lines) in enumerate(zip(self.rows, self._values(), strict=True)):
            pen.left(left, y, label, REGULAR, self.size)
            pen.left(left + self.label_width, y, ":", REGULAR, self.size)
            font = SEMIBOLD if n == self.strong else REGULAR
            for line in lines:
                pen.left(left + self.label_width + 8, y, line, font, self.size)
                y -= 12.4


def paragraph(text: str, job: Job, above: float = 7) -> Text:
    """A paragraph of a signed paper."""
    return Text(marked(text), job.sheet.text_width, 9.3, above=above, leading=1.36)


def heading(job: Job, title: str, number: str) -> Title:
    """Title of a signed paper with its number below."""
    line = job.t("Number: {number}", number=number) if number else ""
    return Title(title, line, "", "", job.sheet.text_width)


def small_table(job: Job, report: Report) -> Ready:
    """A table made for a paper: as wide as the page, without a heading."""
    setting, width = part_setting(report.layout, job.sheet), job.sheet.text_width
    return ready(report, job, width, setting)[0]


def amount_in_words(job: Job, amount: int) -> str:
    """`Rp180.000 (seratus delapan puluh ribu rupiah)`."""
    words = rupiah_in_words(amount, job.t.language)
    return f"{job.formats.rupiah(amount)} ({words})"


def signed_paper(
    job: Job, title: str, period: str, make: Callable[[Squeeze], Sequence[Block]]
) -> Composed:
    """A paper of its own; its foot says nothing of the month."""
    return Composed(title, period, "", job.sheet, make)


def compose_voucher(paper: Voucher, job: Job) -> Composed:
    """A voucher with its postings and signatures."""
    title = _title(paper, job)
    postings = Report(
        "voucher", title, _voucher_columns(job), _rows(paper, job), label=job.t("Account"),
        label_at=1, layout=Layout.LEDGER,
    )  # fmt: skip
    table = small_table(job, postings)
    width = job.sheet.text_width

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [
            heading(job, title, paper.number),
            Fields(_fields(paper, job), width),
        ]
        blocks.append(table.table(job, squeeze, above=9))
        return with_tail(blocks, [_words(paper, job), _signatures(paper, job, squeeze)])

    return signed_paper(job, title, paper.number, make)


def _title(paper: Voucher, job: Job) -> str:
    if paper.kind is VoucherKind.CASH_IN:
        return job.t("Cash receipt voucher")
    if paper.kind is VoucherKind.CASH_OUT:
        return job.t("Cash payment voucher")
    return job.t("Memorial voucher")


_BLANK = "……………………………………………………"
"""A name that the book does not know is written by hand."""


def _party_label(paper: Voucher, job: Job) -> str:
    if paper.kind is VoucherKind.CASH_IN:
        return job.t("Received from")
    return job.t("Paid to") if paper.kind is VoucherKind.CASH_OUT else job.t("Party")


def _fields(paper: Voucher, job: Job) -> list[tuple[str, str]]:
    t = job.t
    rows = [(t("Date"), job.formats.weekday_day(paper.day))]
    if paper.party or paper.kind is not VoucherKind.MEMORIAL:
        rows.append((_party_label(paper, job), paper.party or _BLANK))
    rows.append((t("Description"), paper.description))
    if paper.reference:
        rows.append((t("Reference"), paper.reference))
    if paper.recorded_by:
        rows.append((t("Recorded by"), paper.recorded_by))
    return rows


def _voucher_columns(job: Job) -> tuple[Column, ...]:
    t = job.t
    return (
        Column("account", t("Code"), ColumnType.CODE),
        Column("debit", t("Debit"), ColumnType.MONEY, summed=True),
        Column("credit", t("Credit"), ColumnType.MONEY, summed=True),
    )


def _rows(paper: Voucher, job: Job) -> tuple[Row, ...]:
    """What was paid or received with its sum, then what it released: that moved no cash."""
    spent = paper.lines[: len(paper.lines) - paper.released]
    debits = sum(max(line.amount, 0) for line in spent)
    credits_ = sum(max(-line.amount, 0) for line in spent)
    rows = [_row(line) for line in spent]
    rows.append(Row(job.t("Total"), (None, debits, credits_), kind=RowKind.TOTAL))
    released = paper.lines[len(spent) :]
    if released:
        rows.append(Row(job.t("Released of the fund, no cash:"), (None, None, None)))
    return (*rows, *map(_row, released))


def _row(line: VoucherLine) -> Row:
    debit, credit = max(line.amount, 0), max(-line.amount, 0)
    label = f"{line.name}, {line.party}" if line.party else line.name
    return Row(label, (line.code, debit or None, credit or None))


def _words(paper: Voucher, job: Job) -> Block:
    text = job.t("Amount: {amount}.", amount=amount_in_words(job, paper.amount))
    return paragraph(text, job)


def _signatures(paper: Voucher, job: Job, squeeze: Squeeze) -> Sign:
    t, one = job.t, job.identity
    left = Signatory((t("Approved by:"), t("Chair,")), one.chair)
    right = Signatory((t("Prepared by:"), t("Treasurer,")), one.treasurer)
    below: tuple[Signatory, ...] = ()
    if paper.kind is VoucherKind.CASH_IN:
        below = (Signatory((t("Handed over by:"),), paper.party),)
    elif paper.kind is VoucherKind.CASH_OUT:
        below = (Signatory((t("Received by:"),), paper.party),)
    date = job.place_date(paper.day)
    return Sign(date, left, right, below, job.sheet.text_width, squeeze.sign)


# -- Papers that go with goods: nota of a sale, receipt for goods left at a shop -----------------


def compose_sale(paper: SaleSlip, job: Job) -> Composed:
    """The nota of a sale."""
    t, width = job.t, job.sheet.text_width
    title = t("Sales slip")
    rows = _goods_rows(paper.lines, lots=False) + _sale_sums(paper, job)
    table = _goods_table(job, _goods_columns(job, t("Price"), lots=False), rows)
    fields = [(t("Date"), job.formats.weekday_day(paper.day)), (t("Customer"), paper.customer)]

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [heading(job, title, paper.number), Fields(fields, width)]
        blocks.append(table.table(job, squeeze, above=9))
        left = Signatory((t("Received the goods:"),), paper.customer)
        right = Signatory((t("Yours faithfully,"),), paper.seller)
        sign = Sign(job.place_date(paper.day), left, right, (), width, squeeze.sign)
        words = t("Total: {amount}.", amount=amount_in_words(job, _due(paper)))
        return with_tail(blocks, [paragraph(words, job), sign])

    return signed_paper(job, title, paper.number, make)


def compose_consignment(paper: ConsignmentSlip, job: Job) -> Composed:
    """The receipt for goods left at a shop."""
    t, width = job.t, job.sheet.text_width
    title = t("Receipt for goods on consignment")
    lots = any(line.lot or line.expires for line in paper.lines)
    rows = _goods_rows(paper.lines, lots=lots)
    total = sum(line.amount or 0 for line in paper.lines)
    if total:
        cells = (None, None, None, None, *((None, None) if lots else ()), total)
        rows.append(Row(t("Total"), cells, kind=RowKind.TOTAL))
    columns = _goods_columns(job, t("Consignment price"), lots=lots)
    table = _goods_table(job, columns, rows)
    fields = [(t("Date"), job.formats.weekday_day(paper.day)), (t("Shop"), paper.shop)]
    opening = t(
        "Received from {group} the following goods to be sold on consignment. They remain the"
        " group's property until sold.",
        group=job.identity.name,
    )

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [heading(job, title, paper.number), Fields(fields, width)]
        blocks += [paragraph(opening, job), table.table(job, squeeze, above=7)]
        return with_tail(blocks, [_shop_sign(paper, job, squeeze)])

    return signed_paper(job, title, paper.number, make)


def _shop_sign(paper: ConsignmentSlip, job: Job, squeeze: Squeeze) -> Sign:
    t = job.t
    left = Signatory((t("Delivered by:"), job.identity.name), paper.deliverer)
    right = Signatory((t("Received by:"), t("Shop keeper,")), paper.shop)
    width = job.sheet.text_width
    return Sign(job.place_date(paper.day), left, right, (), width, squeeze.sign)


def _goods_table(job: Job, columns: list[Column], rows: list[Row]) -> Ready:
    report = Report(
        "goods", "", tuple(columns), tuple(rows), label=job.t("Goods"), label_at=1,
        layout=Layout.LEDGER,
    )  # fmt: skip
    return small_table(job, report)


def _goods_columns(job: Job, price: str, *, lots: bool) -> list[Column]:
    t = job.t
    extra = [
        Column("lot", t("Lot"), ColumnType.CODE),
        Column("expires", t("Best before"), ColumnType.DATE),
    ]
    return [
        Column("number", t("No."), ColumnType.CODE),
        *(extra if lots else ()),
        Column("quantity", t("Quantity"), ColumnType.QUANTITY),
        Column("unit", t("Unit"), ColumnType.CODE),
        Column("price", price, ColumnType.MONEY),
        Column("amount", t("Amount"), ColumnType.MONEY, summed=True),
    ]


def _goods_rows(lines: Sequence[GoodsLine], *, lots: bool) -> list[Row]:
    return [
        Row(
            line.item,
            (
                str(n), *((line.lot or None, line.expires) if lots else ()), line.quantity,
                line.unit, line.price, line.amount,
            ),
        )
        for n, line in enumerate(lines, start=1)
    ]  # fmt: skip


def _due(paper: SaleSlip) -> int:
    return sum(line.amount or 0 for line in paper.lines) - paper.discount


def _sale_sums(paper: SaleSlip, job: Job) -> list[Row]:
    t, due = job.t, _due(paper)
    sums = []
    if paper.discount:
        sums.append((t("Subtotal"), due + paper.discount))
        sums.append((t("Discount"), -paper.discount))
    sums.append((t("Total"), due))
    if paper.received is not None and paper.received != due:
        sums.append((t("Amount paid"), paper.received))
        sums.append((t("Owed"), due - paper.received))
    return [
        Row(label, (None, None, None, None, amount), kind=RowKind.TOTAL) for label, amount in sums
    ]
