"""The sheet with the recovery key: what it is for, how it is used, where it is kept."""

from __future__ import annotations

from kwt_books.reports.context import Context
from kwt_books.reports.model import Layout, Report, Row, RowKind

_LARGE = 2
"""The level of a note in large letters."""


def recovery_sheet(context: Context, key: str) -> Report:
    """The sheet that bears the recovery key."""
    t = context.words
    rows = []
    for number, (title, *texts) in enumerate(_sections(context), start=1):
        rows.append(Row(title, code=str(number), kind=RowKind.SECTION))
        rows += [Row(text, kind=RowKind.NOTE) for text in texts]
    rows.insert(1, Row(key, level=_LARGE, kind=RowKind.NOTE))
    return Report(
        name="recovery-key",
        title=t("Recovery Key"),
        columns=(),
        rows=tuple(rows),
        head=context.chain.hash,
        layout=Layout.NOTES,
        closing=(t("Made on {day}.", day=context.formats.day(context.today)),),
    )


def _sections(context: Context) -> tuple[tuple[str, ...], ...]:
    """The sections: each a title and its sentences."""
    t, group = context.words, context.setup.group
    name = group.name if group is not None else ""
    return (
        (
            t("The key"),
            t("Capitals, small letters, spaces and dashes make no difference."),
        ),
        (
            t("What it is for"),
            t(
                "With this key, a new password can be made for anybody who signs in to the book of"
                " {group}.",
                group=name,
            ),
            t("It works once. When it has been used, the program shows the next one."),
        ),
        (
            t("How it is used"),
            t("Open the book, press “I forgot my password”, choose a name, type the key."),
        ),
        (
            t("Where it is kept"),
            t("In a locked place, away from the computer. Whoever holds it can sign in."),
            t("When this sheet is lost, the chair makes another key in the settings."),
        ),
    )
