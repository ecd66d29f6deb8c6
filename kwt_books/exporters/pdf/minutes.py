"""Berita acara of a cash count and of a profit allocation, and the sheet for a stock count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kwt_books.domain.values import COINS, NOTES
from kwt_books.exporters.pdf.blocks import (
    Block,
    Sign,
    Signatory,
    Title,
    WritingLine,
    officers,
    witnesses,
)
from kwt_books.exporters.pdf.compose import Composed, ready, with_tail
from kwt_books.exporters.pdf.job import MM, Job, Squeeze, part_setting
from kwt_books.exporters.pdf.vouchers import (
    Fields,
    amount_in_words,
    heading,
    paragraph,
    signed_paper,
    small_table,
)
from kwt_books.i18n.catalogue import in_words
from kwt_books.i18n.formats import zone
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import AllocationMinutes, CashCountMinutes, CountSheet

_DOTS = "…………"


def opening_words(job: Job, day: date) -> dict[str, object]:
    """Weekday, day, month and year in words, as minutes begin."""
    formats, language = job.formats, job.t.language
    return {
        "weekday": formats.weekday(day),
        "day": in_words(day.day, language),
        "month": formats.month_name(day.month),
        "year": in_words(day.year, language),
        "date": formats.numeric_day(day),
    }


# -- cash ----------------------------------------------------------------------------------


def compose_cash_count(paper: CashCountMinutes, job: Job) -> Composed:
    """The minutes of a cash count."""
    t, width = job.t, job.sheet.text_width
    title = t("Minutes of cash count")
    columns = (
        Column("pieces", t("Pieces"), ColumnType.COUNT),
        Column("unit", "", ColumnType.CODE),
        Column("amount", t("Amount (Rp)"), ColumnType.MONEY),
    )
    rows = tuple(_money_rows(paper, job))
    table = small_table(job, Report("money", "", columns, rows, label=t("Denomination")))

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [heading(job, title, paper.number), *_before(paper, job)]
        blocks.append(table.table(job, squeeze, above=8))
        after: list[Block] = [paragraph(_result(paper, job), job)]
        if paper.counted != paper.book:
            after += [
                WritingLine(t("Explanation of the cash holder:"), width),
                WritingLine("", width, above=2),
            ]
        after.append(paragraph(t(_TRULY), job, above=6))
        return with_tail(blocks, [*after, _examined(paper, job, squeeze)])

    return signed_paper(job, title, job.formats.day(paper.day), make)


_TRULY = "These minutes were drawn up truthfully in two copies, to be used as necessary."


def _before(paper: CashCountMinutes, job: Job) -> list[Block]:
    t, one, width = job.t, job.identity, job.sheet.text_width
    when = t(
        "Today, {weekday}, the {day} of {month} {year} ({date}), at {time} {zone}, in {place}, we"
        " the undersigned:",
        **opening_words(job, paper.day), time=paper.time or _DOTS,
        zone=zone(job.imprint.printed_at), place=paper.place or _DOTS * 3,
    )  # fmt: skip
    blocks: list[Block] = [paragraph(when, job, above=2)]
    people = (
        (one.chair, t("Chair, as examiner")),
        (one.treasurer, t("Treasurer, as cash holder")),
    )
    for n, (name, office) in enumerate(people, start=1):
        rows = [(t("Name"), name or _DOTS * 2), (t("Office"), office)]
        blocks.append(Fields(rows, width, above=6 if n == 1 else 3, label_width=58, indent=34,
                             number=f"{n}.", strong=0))  # fmt: skip
    said = t(
        "have examined the cash (account {account}) of {group} by counting the money in the"
        " presence of its holder, with this result:",
        account=paper.account, group=one.name,
    )  # fmt: skip
    return [*blocks, paragraph(said, job)]


def _money_rows(paper: CashCountMinutes, job: Job) -> list[Row]:
    t = job.t
    rows: list[Row] = []
    if paper.notes or paper.coins:
        rows += _faces(job, t("Paper money"), paper.notes, NOTES, t("notes"))
        rows += _faces(job, t("Coins"), paper.coins, COINS, t("coins"))
    difference = paper.counted - paper.book
    rows += [
        Row(t("Money counted"), (None, None, paper.counted), kind=RowKind.SUBTOTAL),
        Row(t("Balance per cash book before the count"), (None, None, paper.book)),
        Row(t("Over (short)"), (None, None, difference), kind=RowKind.TOTAL),
    ]
    return rows


def _faces(job: Job, name: str, pieces: object, usual: tuple[int, ...], unit: str) -> list[Row]:
    assert isinstance(pieces, dict)
    rows = [Row(name, kind=RowKind.SECTION)]
    for face in sorted({*usual, *pieces}, reverse=True):
        count = pieces.get(face, 0)
        rows.append(Row(job.formats.rupiah(face), (count, unit, face * count), level=1))
    return rows


def _result(paper: CashCountMinutes, job: Job) -> str:
    t, difference = job.t, paper.counted - paper.book
    text = t("Money counted: {amount}.", amount=amount_in_words(job, paper.counted))
    if not difference:
        return f"{text} {t('It agrees with the book.')}"
    short = "Shortage {amount}" if difference < 0 else "Excess {amount}"
    found = t(short, amount=amount_in_words(job, abs(difference)))
    if not paper.voucher:
        return f"{text} {found}."
    booked = t(
        "booked with voucher {voucher} to account {account}", voucher=paper.voucher,
        account=paper.difference_account,
    )  # fmt: skip
    return f"{text} {found}, {booked}."


def _examined(paper: CashCountMinutes, job: Job, squeeze: Squeeze) -> Sign:
    t, one = job.t, job.identity
    left = Signatory((t("Examined by:"), t("Chair,")), one.chair)
    right = Signatory((t("Cash holder:"), t("Treasurer,")), one.treasurer)
    date, width = job.place_date(paper.day), job.sheet.text_width
    return Sign(date, left, right, witnesses(job), width, squeeze.sign)


# -- allocation ----------------------------------------------------------------------------


def compose_allocation(paper: AllocationMinutes, job: Job) -> Composed:
    """The minutes of a profit allocation."""
    t, width = job.t, job.sheet.text_width
    title = t("Minutes of profit allocation")
    columns = (
        Column("percent", t("Share"), ColumnType.PERCENT),
        Column("amount", t("Amount"), ColumnType.MONEY),
    )
    rows = [Row(line.fund, (line.percent * 10, line.amount)) for line in paper.lines]
    total = (sum(line.percent for line in paper.lines) * 10, paper.allocated)
    rows.append(Row(t("Total allocated"), total, kind=RowKind.TOTAL))
    table = small_table(job, Report("shares", "", columns, tuple(rows), label=t("Fund")))

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [heading(job, title, paper.number)]
        blocks += [paragraph(text, job, above=6 if n else 2)
                   for n, text in enumerate(_decided(paper, job))]  # fmt: skip
        blocks.append(table.table(job, squeeze, above=8))
        after: list[Block] = [paragraph(_booked(paper, job), job)]
        after.append(paragraph(t(_TRULY), job, above=5))
        dated = (
            job.place_date(paper.met)
            if paper.met
            else ", ".join(filter(None, (job.place, _DOTS * 2)))
        )
        sign = officers(job, dated, width, squeeze.sign)
        return with_tail(blocks, [*after, sign])

    return signed_paper(job, title, job.formats.month(paper.month), make)


def _decided(paper: AllocationMinutes, job: Job) -> list[str]:
    t = job.t
    meeting = _meeting(paper, job)
    profit = t(
        "The profit of {month} is {amount}.", month=job.formats.month(paper.month),
        amount=amount_in_words(job, paper.profit),
    )  # fmt: skip
    if paper.decision:
        day = job.formats.day(paper.decision_day) if paper.decision_day else ""
        basis = t("decision {decision} of {date}", decision=paper.decision, date=day) if day else (
            t("decision {decision}", decision=paper.decision)
        )  # fmt: skip
        profit += " " + t("By {basis} it is allocated as follows:", basis=basis)
    else:
        profit += " " + t("The meeting allocated it as follows:")
    return [meeting, profit]


def _meeting(paper: AllocationMinutes, job: Job) -> str:
    """When, where and with how many; what the book does not know is written by hand."""
    t, blank = job.t, _DOTS * 2
    values = {
        "group": job.identity.name,
        "place": paper.place or blank,
        "people": paper.people if paper.people is not None else _DOTS,
    }
    if paper.met is None:
        return t(
            "On {when} the members of {group} met at {place}; {people} were present.",
            when=blank, **values,
        )  # fmt: skip
    return t(
        "On {weekday}, the {day} of {month} {year} ({date}), the members of {group} met at "
        "{place}; {people} were present.",
        **opening_words(job, paper.met), **values,
    )  # fmt: skip


def _booked(paper: AllocationMinutes, job: Job) -> str:
    t = job.t
    text = t("Allocated: {amount}.", amount=amount_in_words(job, paper.allocated))
    if paper.voucher:
        text += " " + t("Booked with voucher {voucher}.", voucher=paper.voucher)
    rest = paper.profit - paper.allocated
    if rest:
        text += " " + t("Left unallocated: {amount}.", amount=job.formats.rupiah(rest))
    return text


# -- Lembar hitung stok: a list with room to write in --------------------------------------------


_TO_FILL_IN = 4
"""Lines for goods that nobody expected."""
_PITCH, _LEAST, _ROOM = 21.0, 16.0, 36 * MM
"""Height of a row and width of a column that someone writes in."""


def compose_count(paper: CountSheet, job: Job) -> Composed:
    """The sheet for a count of stock, with room to write in."""
    t, width = job.t, job.sheet.text_width
    title = t("Stock Count Sheet")
    report = _report(paper, job)
    setting = replace(
        part_setting(Layout.LEDGER, job.sheet), pitch=_PITCH, least=_LEAST, figure=_ROOM
    )
    table = ready(report, job, width, setting)[0]
    when = t("{place}, {day}", place=paper.place, day=job.formats.day(paper.day))

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [Title(title, when, "", "", width)]
        blocks.append(paragraph(t("Count before you look into the book. Write down what is "
                                  "really there, in the unit given."), job, above=2))  # fmt: skip
        blocks.append(table.table(job, squeeze, above=8))
        left = Signatory((t("Counted by:"),))
        right = Signatory((t("In the presence of:"),))
        return with_tail(blocks, [Sign("", left, right, (), width, squeeze.sign)])

    return signed_paper(job, title, when, make)


def _report(paper: CountSheet, job: Job) -> Report:
    t, count = job.t, len(paper.lines)
    lines = [*paper.lines, *([("", "")] * _TO_FILL_IN)]
    rows = [
        Row(item, (str(n) if n <= count else None, unit or None, None, None))
        for n, (item, unit) in enumerate(lines, start=1)
    ]
    columns = (
        Column("number", t("No."), ColumnType.CODE),
        Column("unit", t("Unit"), ColumnType.CODE),
        Column("counted", t("Counted"), ColumnType.MONEY),
        Column("remark", t("Remark"), ColumnType.MONEY),
    )
    return Report(
        "count", "", columns, tuple(rows), label=t("Goods"), label_at=1, layout=Layout.LEDGER
    )
