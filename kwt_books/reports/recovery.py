"""Sheets with a key: what it is for, how it is used, where it is kept.

The recovery key makes a new password; the book's key opens an encrypted book.
"""

from __future__ import annotations

from kwt_books.reports.context import Context
from kwt_books.reports.model import Layout, Report, Row, RowKind

_LARGE = 2
"""The level of a note in large letters."""


def recovery_sheet(context: Context, key: str) -> Report:
    """The sheet that bears the recovery key."""
    title = context.words("Recovery Key")
    return _sheet(context, "recovery-key", title, key, _of_passwords(context))


def book_key_sheet(context: Context, key: str) -> Report:
    """The sheet that bears the key of an encrypted book."""
    title = context.words("Key of the Book")
    return _sheet(context, "book-key", title, key, _of_the_book(context))


Sections = tuple[tuple[str, ...], ...]
"""Each a title and its sentences; the key comes first in the first of them."""


def _sheet(context: Context, name: str, title: str, key: str, sections: Sections) -> Report:
    t = context.words
    rows = []
    for number, (heading, *texts) in enumerate(sections, start=1):
        rows.append(Row(heading, code=str(number), kind=RowKind.SECTION))
        rows += [Row(text, kind=RowKind.NOTE) for text in texts]
    rows.insert(1, Row(key, level=_LARGE, kind=RowKind.NOTE))
    return Report(
        name=name,
        title=title,
        columns=(),
        rows=tuple(rows),
        head=context.chain.hash,
        layout=Layout.NOTES,
        closing=(t("Made on {day}.", day=context.formats.day(context.today)),),
    )


def _group(context: Context) -> str:
    group = context.setup.group
    return group.name if group is not None else ""


def _of_passwords(context: Context) -> Sections:
    t, name = context.words, _group(context)
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


def _of_the_book(context: Context) -> Sections:
    t = context.words
    return (
        (
            t("The key"),
            t("Capitals, small letters, spaces and dashes make no difference."),
        ),
        (
            t("What it is for"),
            t(
                "The book of {group} is encrypted. This key opens it without its passphrase, and "
                "so it opens every backup that was made since.", group=_group(context)),
            t("A new passphrase makes another key. This one then opens the backups of before."),
        ),
        (
            t("How it is used"),
            t("Open the book, and type the key where the passphrase is asked for."),
        ),
        (
            t("Where it is kept"),
            t("In a locked place, away from the computer. Whoever holds it and the file can read"
              " the whole book."),
            t(
                "Nobody can open the book without the passphrase and without this key, not even "
                "whoever made the program."),
        ),
    )  # fmt: skip
