"""Catatan atas laporan keuangan (CALK): what the statements rest on and are made of.

Headings have the numbers that the statements refer to; sentences are notes; amounts stand in
lines coded by account, party or cause, in the columns of the kind of table they belong to.
"""

from __future__ import annotations

from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import Layout, Report
from kwt_books.reports.notes_policies import opening_notes
from kwt_books.reports.notes_tables import asset_notes, claim_notes, note_columns, result_notes
from kwt_books.reports.position import Standing


def notes(context: Context) -> Report:
    """The notes to the financial statements."""
    t, standing = context.words, Standing(context)
    return Report(
        name="notes",
        title=t("Notes to the Financial Statements"),
        columns=note_columns(standing),
        rows=(
            *opening_notes(context),
            *asset_notes(standing),
            *claim_notes(standing),
            *result_notes(context),
        ),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        layout=Layout.NOTES,
        place_date=context.period.end,
    )
