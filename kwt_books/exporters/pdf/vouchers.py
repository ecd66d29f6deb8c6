"""Bukti kas masuk, bukti kas keluar, bukti memorial."""

from __future__ import annotations

from kwt_books.exporters.pdf.blocks import Block
from kwt_books.exporters.pdf.compose import Composed, with_tail
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
from kwt_books.reports.papers import Voucher, VoucherKind


def compose_voucher(paper: Voucher, job: Job) -> Composed:
    title = _title(paper, job)
    postings = Report(
        "voucher", title, _columns(job), _rows(paper, job), label=job.t("Account"), label_at=1,
        layout=Layout.LEDGER,
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


def _party_label(paper: Voucher, job: Job) -> str:
    if paper.kind is VoucherKind.CASH_IN:
        return job.t("Received from")
    return job.t("Paid to") if paper.kind is VoucherKind.CASH_OUT else job.t("Party")


def _fields(paper: Voucher, job: Job) -> list[tuple[str, str]]:
    t = job.t
    rows = [(t("Date"), job.formats.weekday_day(paper.day))]
    if paper.party:
        rows.append((_party_label(paper, job), paper.party))
    rows.append((t("Description"), paper.description))
    if paper.reference:
        rows.append((t("Reference"), paper.reference))
    if paper.recorded_by:
        rows.append((t("Recorded by"), paper.recorded_by))
    return rows


def _columns(job: Job) -> tuple[Column, ...]:
    t = job.t
    return (
        Column("account", t("Code"), ColumnType.CODE),
        Column("debit", t("Debit"), ColumnType.MONEY, summed=True),
        Column("credit", t("Credit"), ColumnType.MONEY, summed=True),
    )


def _rows(paper: Voucher, job: Job) -> tuple[Row, ...]:
    rows = []
    for line in paper.lines:
        debit, credit = max(line.amount, 0), max(-line.amount, 0)
        label = f"{line.name}, {line.party}" if line.party else line.name
        rows.append(Row(label, (line.code, debit or None, credit or None)))
    debits = sum(max(line.amount, 0) for line in paper.lines)
    credits_ = sum(max(-line.amount, 0) for line in paper.lines)
    rows.append(Row(job.t("Total"), (None, debits, credits_), kind=RowKind.TOTAL))
    return tuple(rows)


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
