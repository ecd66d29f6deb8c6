"""Commands for auditors: `compare`, `paper`, `sample`, `confirmations`, `findings`.

Nothing of them is written into a book.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from kwt_books.book import Book
from kwt_books.cli.options import (
    BookAddress,
    Language,
    Paper,
    Place,
    book_argument,
    choose,
    flag,
    option,
    read_day,
    read_month,
    read_paper,
    read_rupiah,
    write_pack,
)
from kwt_books.cli.reading import As, From, MonthOf, Out, To, format_asked
from kwt_books.cli.session import DONE, REFUSED, progress_bar, session_of
from kwt_books.domain.sampling import FACTORS, Method, Plan
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Parameters
from kwt_books.services.audit.confirmations import KINDS
from kwt_books.services.audit.paper_check import PAPER_FILES, Verdict, code_in
from kwt_books.services.audit.sampling import PAYMENTS, STRATA, Asked
from kwt_books.services.audit.service import AuditService

AuditFile = Annotated[
    Path | None,
    option("FILE", noop("The audit's own file; else BOOK-audit beside the book."), "--file"),
]


def _audit(book: Book, file: Path | None) -> AuditService:
    return book.audit if file is None else book.audit.with_file(file)


# -- two books -----------------------------------------------------------------------------


def compare(
    context: typer.Context,
    first: Annotated[Place, book_argument("A", noop("One book's file."))],
    second: Annotated[Place, book_argument("B", noop("The other's."))],
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> int:
    """`compare`: writes how two books differ; ends with `REFUSED` where they parted."""
    session = session_of(context)
    with session.reading(first):
        sheet, format_ = read_paper(paper, session.words), format_asked(as_, out, session.words)
    session.unlock(second)
    title = session.words("Comparing the books")
    with progress_bar(title, None) as progress:
        pack = session.books.compare(first, second, session.language, progress)
    write_pack(session, pack, format_.name, out, sheet)
    return REFUSED if pack.reports[0].parameters["verdict"] == "parted" else DONE


# -- paper against book ----------------------------------------------------------------------


def paper(
    context: typer.Context,
    book: BookAddress,
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE|FILE",
            help=noop("The code on the paper (KWT:7F3A-91C2-0D4E), or its PDF or XLSX file."),
        ),
    ],
    month: MonthOf = None,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> int:
    """`paper`: compares a printed code or file with the book; `REFUSED` where it is not of it."""
    session = session_of(context)
    with session.reading(book) as opened:
        words = session.words
        asked, on = read_month("--month", month, words), read_paper(paper, words)
        format_ = format_asked(as_, out, words)
        wanted = code_in(Path(code)) if code.lower().endswith(PAPER_FILES) else code
        with progress_bar(words("Checking {name}", name=book.name), None) as progress:
            pack = opened.audit.paper(wanted, session.language, asked, progress)
    write_pack(session, pack, format_.name, out, on)
    held = pack.reports[0].parameters["verdict"] == Verdict.CONTAINED
    return DONE if held else REFUSED


# -- samples ---------------------------------------------------------------------------------


How = Annotated[str, option("|".join(Method), noop("How to draw."))]
FromWhat = Annotated[
    str, option("payments|receipts|all|CODE", noop("What to draw from; CODE: an account."))
]
Materiality = Annotated[
    str | None, option("RP", noop("The error that must not be missed: 1500000, 1.5 million."))
]
Confidence = Annotated[
    int, option("|".join(map(str, FACTORS)), noop("How sure to be, in percent; else 95."))
]
Size = Annotated[int, option("NUMBER", noop("The number of documents instead."))]
Seed = Annotated[str | None, option("TEXT", noop("Draws the same sample again; else a new one."))]
By = Annotated[str, option("|".join(STRATA), noop("How strata are formed."))]
Keep = Annotated[
    str | None, option("NAME", noop("Write it down in the audit's file under this name."))
]


def sample(
    context: typer.Context,
    book: BookAddress,
    method: How = Method.MONETARY.value,
    of: FromWhat = PAYMENTS,
    month: MonthOf = None,
    start: From = None,
    end: To = None,
    materiality: Materiality = None,
    confidence: Confidence = 95,
    size: Size = 0,
    seed: Seed = None,
    by: By = STRATA[0],
    keep: Keep = None,
    file: AuditFile = None,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`sample`: draws a sample of documents and writes it."""
    session = session_of(context)
    with session.reading(book) as opened:
        words = session.words
        drawn_by = choose("--method", method, {str(each): each for each in Method}, words)
        most = max(read_rupiah("--materiality", materiality, words) or 0, 0)
        plan = Plan(drawn_by, seed or secrets.token_hex(4), most, confidence, max(size, 0))
        days = Parameters(
            month=read_month("--month", month, words),
            start=read_day("--from", start, words),
            end=read_day("--to", end, words),
        )
        on = read_paper(paper, words)
        format_ = format_asked(as_, out, words)
        asked = Asked(of, choose("--by", by, {each: each for each in STRATA}, words))
        pack = _audit(opened, file).sample(plan, asked, days, session.language, keep)
    write_pack(session, pack, format_.name, out, on)


def findings(
    context: typer.Context,
    book: BookAddress,
    working_paper: Annotated[
        str | None, option("NAME", noop("The working paper of this sample instead."), "--sample")
    ] = None,
    file: AuditFile = None,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`findings`: writes the letter of findings, or a sample's working paper."""
    session = session_of(context)
    with session.reading(book) as opened:
        on, audit = read_paper(paper, session.words), _audit(opened, file)
        format_ = format_asked(as_, out, session.words)
        if working_paper is None:
            pack = audit.letter(session.language)
        else:
            pack = audit.working_paper(working_paper, session.language)
    write_pack(session, pack, format_.name, out, on)


# -- confirmations ---------------------------------------------------------------------------


def confirmations(
    context: typer.Context,
    book: BookAddress,
    until: Annotated[str, option("YYYY-MM-DD", noop("As it stood on this day."))],
    of: Annotated[str, option(",".join(KINDS), noop("Whom to ask; else all of them."))] = ",".join(
        KINDS
    ),
    answers: Annotated[
        bool, flag("--answers", noop("Compare the answers entered with the book instead."))
    ] = False,
    file: AuditFile = None,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`confirmations`: writes letters that ask for balances, or compares the answers."""
    session = session_of(context)
    with session.reading(book) as opened:
        words, audit = session.words, _audit(opened, file)
        on, day = read_paper(paper, words), read_day("--until", until, words)
        format_ = format_asked(as_, out, words)
        known = {kind: kind for kind in KINDS}
        kinds = [choose("--of", each.strip(), known, words) for each in of.split(",")]
        made = audit.answers if answers else audit.confirmations
        pack = made(day, session.language, kinds)
    write_pack(session, pack, format_.name, out, on)
