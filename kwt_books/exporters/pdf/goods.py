"""Papers that go with goods: nota of a sale, receipt for goods left at a shop."""

from __future__ import annotations

from collections.abc import Sequence

from kwt_books.exporters.pdf.blocks import Block
from kwt_books.exporters.pdf.compose import Composed, Ready, with_tail
from kwt_books.exporters.pdf.forms import (
    Fields,
    amount_in_words,
    heading,
    paragraph,
    signed_paper,
    small_table,
)
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import Squeeze
from kwt_books.exporters.pdf.sign import Sign, Signatory
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import ConsignmentSlip, GoodsLine, SaleSlip


def compose_sale(paper: SaleSlip, job: Job) -> Composed:
    t, width = job.t, job.sheet.text_width
    title = t("Sales slip")
    rows = _goods_rows(paper.lines, lots=False) + _sale_sums(paper, job)
    table = _goods_table(job, _columns(job, t("Price"), lots=False), rows)
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
    t, width = job.t, job.sheet.text_width
    title = t("Receipt for goods on consignment")
    lots = any(line.lot or line.expires for line in paper.lines)
    rows = _goods_rows(paper.lines, lots=lots)
    total = sum(line.amount or 0 for line in paper.lines)
    if total:
        cells = (None, None, None, None, *((None, None) if lots else ()), total)
        rows.append(Row(t("Total"), cells, kind=RowKind.TOTAL))
    columns = _columns(job, t("Consignment price"), lots=lots)
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


def _columns(job: Job, price: str, *, lots: bool) -> list[Column]:
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
