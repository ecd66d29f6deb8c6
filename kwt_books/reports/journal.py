"""Jurnal: every document of the period with all its postings."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.posting import Posting
from kwt_books.queries.documents import Heading
from kwt_books.queries.journal_lines import JournalLines
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.long_rows import ReadRows, rows_of
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.totals import with_figures


def journal(context: Context) -> Report:
    """A section row a document, a line a posting; both carry the voucher number as code."""
    t, period = context.words, context.period
    lines = JournalLines(context.connection, period.start, period.end)
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
            rows=rows_of([_rows(context, lines), (_total(context, lines),)]),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _rows(context: Context, lines: JournalLines) -> ReadRows:
    documents = _Documents(context)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            before, found = lines.read(connection, start, stop)
        rows = [row for heading, postings in found for row in documents.rows(heading, postings)]
        return rows[start - before : stop - before]

    return ReadRows(len(lines), read)


def _total(context: Context, lines: JournalLines) -> Row:
    cells = (None, None, None, lines.debit, lines.credit)
    return Row(context.words("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


class _Documents:
    """Makes the rows of documents."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._setup = context.setup.names()
        self._describe = Describer(self._setup, context.words)
        self._names: dict[str, str] = {}

    def rows(self, each: Heading, postings: list[Posting]) -> Iterator[Row]:
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
            yield Row(
                self._name(posting),
                (day, number, account, debit, credit),
                code=number,
                level=1 if debit else 2,
            )

    def _name(self, posting: Posting) -> str:
        code = posting.account
        name = self._names.get(code) or self._names.setdefault(
            code, self._setup.account_name(code, self._context.language)
        )
        if posting.party is None:
            return name
        return f"{name} ({self._setup.party_name(posting.party)})"
