"""Jurnal: every document of the period with all its postings."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.posting import Posting
from kwt_books.queries.documents import Heading, headings, postings_by_document
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.totals import with_figures


def journal(context: Context) -> Report:
    """A section row a document, a line a posting; both carry the voucher number as code."""
    t, period = context.words, context.period
    found = headings(context.connection, period.start, period.end)
    postings = postings_by_document(context.connection, period.start, period.end)
    rows = _Rows(context)
    lines = [row for each in found for row in rows.document(each, postings.get(each.sequence, []))]
    return with_figures(
        Report(
            name="journal",
            title=t("General Journal"),
            period=context.in_month,
            unit=context.unit,
            label=t("Description"),
            label_at=2,
            columns=(
                Column("date", t("Date"), ColumnType.DATE),
                Column("number", t("Voucher"), ColumnType.CODE),
                Column("account", t("Account code"), ColumnType.CODE),
                Column("debit", t("Debit"), ColumnType.MONEY, summed=True),
                Column("credit", t("Credit"), ColumnType.MONEY, summed=True),
            ),
            rows=(*lines, rows.total()),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


class _Rows:
    """Makes the rows and keeps their sums."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._describe = Describer(context.setup, context.words)
        self._names: dict[str, str] = {}
        self._debit = 0
        self._credit = 0

    def document(self, each: Heading, postings: list[Posting]) -> Iterator[Row]:
        day, number = each.date, each.number
        yield Row(
            self._describe.heading(each),
            (day, number, None, None, None),
            code=number,
            kind=RowKind.SECTION,
        )
        for posting in postings:
            account, amount, _, _ = posting
            debit, credit = max(amount, 0), max(-amount, 0)
            self._debit += debit
            self._credit += credit
            yield Row(
                self._name(posting),
                (day, number, account, debit, credit),
                code=number,
                level=1 if debit else 2,
            )

    def total(self) -> Row:
        cells = (None, None, None, self._debit, self._credit)
        return Row(self._context.words("TOTAL"), cells, code="total", kind=RowKind.TOTAL)

    def _name(self, posting: Posting) -> str:
        code = posting.account
        name = self._names.get(code) or self._names.setdefault(
            code, self._context.account_name(code)
        )
        if posting.party is None:
            return name
        return f"{name} ({self._context.setup.party_name(posting.party)})"
