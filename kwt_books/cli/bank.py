"""Command `bank`: the bank's list held against the book, what it lacks recorded, and reconciled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kwt_books.book import Book
from kwt_books.cli.columns import ColumnsAsked, HeadingRow, Point, Sheets, memory_of
from kwt_books.cli.options import (
    AsPerson,
    BookAddress,
    Language,
    flag,
    option,
    read_rupiah,
    signed_in,
)
from kwt_books.cli.session import DONE, REFUSED, Session, session_of
from kwt_books.domain.accounts import BANK
from kwt_books.domain.errors import RefusedTogether, RuleError
from kwt_books.domain.sheets import BANK_LIST
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.intake import group_name
from kwt_books.queries.reconciliations import BankLine
from kwt_books.services.intake.bank_list import (
    BankList,
    Movement,
    bank_list_of,
    is_ofx,
    open_bank_list,
)
from kwt_books.services.intake.bank_match import Comparison, Proposed, compare, taken_together
from kwt_books.services.intake.sheet import open_sheets

_TABLES = {BANK_LIST.name: BANK_LIST}
_Columns = Annotated[
    list[str] | None,
    option("NAME=COLUMN", noop("Which column is what: date=B, out=Debet; may be repeated.")),
]


def bank(
    context: typer.Context,
    book: BookAddress,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=noop("The bank's list: csv, xlsx, xls, ofx or qfx."),
        ),
    ],
    account: Annotated[
        str, option("CODE", noop("The bank account in the book; else 1103."))
    ] = BANK,
    statement: Annotated[
        str | None, option("RP", noop("The balance on the statement, where the list has none."))
    ] = None,
    bank_account: Annotated[
        str | None, option("NUMBER", noop("The bank's number, where a file has several accounts."))
    ] = None,
    sheet: Sheets = None,
    heading_row: HeadingRow = None,
    column: _Columns = None,
    point: Point = None,
    record: Annotated[
        bool, flag("--record", noop("Record what is missing in the book, and the reconciliation."))
    ] = False,
    as_person: AsPerson = None,
    language: Language = None,
) -> int:
    """`bank`: compares; with `--record` records all that is proposed, or nothing."""
    session = session_of(context)
    session.learn(book)
    asked = ColumnsAsked(session.words, _TABLES, sheet or (), heading_row, column or (), point)
    balance = read_rupiah("--statement", statement, session.words)
    with signed_in(session, book, as_person, read_only=not record) as opened:
        if is_ofx(file):
            listed = open_bank_list(file, account=bank_account)
        else:
            listed = _of_sheet(session, opened, file, asked)
        return _compare(session, opened, listed, account, balance, record=record)


def _compare(
    session: Session,
    book: Book,
    listed: BankList,
    account: str,
    balance: int | None,
    *,
    record: bool,
) -> int:
    """Tells how the list and the book agree; with `record` records what the book lacks."""
    listed = listed.seen_on(session.books.clock().date())
    for remark in listed.remarks:
        said = f" ({remark.said})" if remark.said else ""
        typer.echo(f"{remark.cell}{said}: {session.explain(remark.issue)}", err=True)
    if listed.stops:
        return REFUSED
    found = book.read_in(session.language, compare, listed, account)
    _tell(session, found)
    balance = balance if balance is not None else listed.balance
    if record:
        return _record(session, book, found, balance)
    _tell_balance(session, found, balance)
    return DONE


def _of_sheet(session: Session, book: Book, path: Path, asked: ColumnsAsked) -> BankList:
    """The movements in the first sheet that is meant; what was said of its columns is kept."""
    memory = memory_of(session)
    file = open_sheets(path)
    layout = asked.layouts(file, book, memory)[0]
    listed = bank_list_of(file, layout)
    if not listed.movements and not listed.remarks:
        raise RuleError("no-bank-list", name=path.name)
    if asked.said and listed.movements and not listed.stops:
        memory.note(book.read(group_name), layout)
    return listed


def _record(session: Session, book: Book, found: Comparison, balance: int | None) -> int:
    commands = found.commands(found.proposed, balance)
    if not commands:
        session.say("Nothing is new in {name}.", name=found.listed.name)
        return DONE
    try:
        recorded = book.record_together(commands, head=found.head)
    except RefusedTogether as error:
        for issues in error.refused.values():
            typer.echo(session.explain(issues[0]), err=True)
        session.say_wrong("Nothing was recorded.")
        return REFUSED
    session.say_count("{n} document recorded.", "{n} documents recorded.", len(recorded))
    if balance is None:
        session.say("The list has no balance: give --statement, and it is reconciled.")
    return DONE


def _tell(session: Session, found: Comparison) -> None:
    formats, words = Formats(session.language), session.words

    def line(day: date, amount: int, text: str, rest: str) -> None:
        typer.echo(f"{formats.numeric_day(day)}  {formats.number(amount):>14}  {text}  {rest}")

    for each in found.agreed:
        numbers = ", ".join(shown.number for shown in each.lines)
        movement = each.movement
        told = _settlement(session, movement, each.lines)
        line(movement.day, movement.amount, movement.words, f"= {numbers} {told}".rstrip())
    for proposed in found.proposed:
        movement = proposed.movement
        told = _settlement(session, movement, proposed.takings)
        rest = f"+ {_purpose(session, proposed)} {told}".rstrip()
        line(movement.day, movement.amount, movement.words, rest)
    for waiting in found.outstanding:
        rest = words("not on the list: {number}", number=waiting.number)
        line(waiting.day, waiting.amount, waiting.text, rest)


def _settlement(session: Session, movement: Movement, lines: Sequence[BankLine]) -> str:
    """Of takings that were settled together or less a fee: gross, fee, and their days."""
    takings, formats = taken_together(movement, lines), Formats(session.language)
    if not takings:
        return ""
    gross = sum(each.amount for each in takings)
    days = ", ".join(formats.numeric_day(each.day) for each in takings)
    text = noop("gross {gross}, fee {fee}: {days}")
    fee = formats.number(gross - movement.amount)
    return f"({session.words(text, gross=formats.number(gross), fee=fee, days=days)})"


def _purpose(session: Session, proposed: Proposed) -> str:
    names = session.names
    account = names.accounts.get(proposed.account) if names is not None else None
    name = ""
    if account is not None:
        name = account.name_en if session.language == "en" else account.name
    return f"{proposed.account} {name}".rstrip() + ("" if proposed.sure else " ?")


def _tell_balance(session: Session, found: Comparison, balance: int | None) -> None:
    formats = Formats(session.language)
    expected = formats.rupiah(found.expected)
    if balance is None:
        session.say("With everything proposed, the bank should show {expected}.", expected=expected)
    elif balance == found.expected:
        session.say("With everything proposed, it agrees: {expected}.", expected=expected)
    elif off := found.rounding(found.proposed, balance):
        text = (
            "With everything proposed, it agrees except for {amount} of sen, which is recorded too."
        )
        session.say(text, amount=formats.rupiah(off))
    else:
        session.say(
            "The bank shows {balance}; with everything proposed it should show {expected}.",
            balance=formats.rupiah(balance),
            expected=expected,
        )
