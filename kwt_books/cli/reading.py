"""Commands `report` and `reports`, and the options of reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from kwt_books.cli.options import (
    STANDARD,
    BookAddress,
    Language,
    Paper,
    choose,
    flag,
    option,
    option_of,
    read_day,
    read_month,
    read_paper,
    read_thresholds,
    write_pack,
)
from kwt_books.cli.session import Session, WrongUsage, session_of
from kwt_books.domain.errors import RuleError
from kwt_books.exporters.formats import REPORT_FORMATS, ReportFormat
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import Pack, Proofs
from kwt_books.reports.registry import KINDS, ReportKind

Out = Annotated[
    Path | None, option("FILE", noop("Where to; - or nothing is the screen or a pipe."))
]
Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help=noop("Which report; see `reports`.")),
]
MonthOf = Annotated[str | None, option("YYYY-MM", noop("Of this month."))]
From = Annotated[str | None, option("YYYY-MM-DD", noop("From this day on."), "--from")]
To = Annotated[str | None, option("YYYY-MM-DD", noop("To this day."), "--to")]
Until = Annotated[str | None, option("YYYY-MM-DD", noop("As it stood on this day."))]
Since = Annotated[
    str | None, option("YYYY-MM-DD", noop("Beside what stood the day before this one."))
]
AccountOf = Annotated[str | None, option("CODE", noop("Of this account."))]
ItemOf = Annotated[str | None, option("CODE", noop("Of this item."))]
ShopOf = Annotated[str | None, option("CODE", noop("Of this shop."))]
LotOf = Annotated[str | None, option("LOT", noop("Of this lot."))]
NumberOf = Annotated[str | None, option("NUMBER", noop("Of this voucher."))]
ProgrammeOf = Annotated[str | None, option("CODE", noop("Of this programme."))]
MemberOf = Annotated[str | None, option("CODE", noop("Of this member."))]
Blank = Annotated[bool, flag("--blank", noop("Empty lines, to be filled in by hand."))]
BeforeClosing = Annotated[
    bool, flag("--before-closing", noop("Leave out the postings that close the month."))
]
WithProofs = Annotated[
    bool, flag("--proofs", noop("With the photos and files of its documents; PDF alone."))
]
ThresholdsOf = Annotated[
    list[str] | None,
    option("NAME=VALUE", noop("Looks odd from this value on; may be repeated."), "--threshold"),
]
As = Annotated[
    str | None,
    option(
        "|".join(REPORT_FORMATS),
        noop("What to write; else what the file's name ends in, else text."),
        "--as",
    ),
]

_NEEDED = {"item-needed": "--item", "number-needed": "--number"}


def report(
    context: typer.Context,
    book: BookAddress,
    name: Name,
    month: MonthOf = None,
    start: From = None,
    end: To = None,
    until: Until = None,
    since: Since = None,
    account: AccountOf = None,
    item: ItemOf = None,
    shop: ShopOf = None,
    lot: LotOf = None,
    number: NumberOf = None,
    programme: ProgrammeOf = None,
    member: MemberOf = None,
    before_closing: BeforeClosing = False,
    blank: Blank = False,
    proofs: WithProofs = False,
    thresholds: ThresholdsOf = None,
    as_: As = None,
    out: Out = None,
    paper: Paper = None,
    language: Language = None,
) -> None:
    """`report`: writes one report."""
    session = session_of(context)
    with session.reading(book) as opened:
        words = session.words
        kind = choose(words("NAME"), name, KINDS, words)
        asked = _asked(context.params, words)
        _accept(kind, asked, words)
        format_ = format_asked(as_, out, words)
        if proofs and format_.name != "pdf":
            raise WrongUsage(words("--proofs goes with a PDF: add --out FILE.pdf."))
        sheet = read_paper(paper, words)
        with _needing(words):
            pack = opened.pack(name, asked, session.language)
        write_pack(session, pack, format_.name, out, sheet)
    _tell_refused(session, pack)


def _tell_refused(session: Session, pack: Pack) -> None:
    """Says which proofs could not be shown; their pages say it too."""
    for part in pack.on_paper:
        for proof, code in part.refused if isinstance(part, Proofs) else ():
            session.say_wrong("Proof {place}: {text}", place=proof.place,
                              text=session.words(code, name=proof.name))  # fmt: skip


def _asked(given: Mapping[str, Any], words: Translator) -> Parameters:
    """The command's options are named as a report's parameters are."""
    read = {
        "month": read_month,
        "start": read_day,
        "end": read_day,
        "until": read_day,
        "since": read_day,
    }
    values = {each.name: given.get(each.name, each.default) for each in fields(Parameters)}
    for name, reader in read.items():
        values[name] = reader(option_of(name), values[name], words)
    values["thresholds"] = read_thresholds("--threshold", given.get("thresholds"), words)
    return Parameters(**values)


@contextmanager
def _needing(words: Translator) -> Iterator[None]:
    """Turns what a report can't do without into `WrongUsage` that names the option."""
    try:
        yield
    except RuleError as error:
        if error.code not in _NEEDED:
            raise
        raise WrongUsage(f"{_NEEDED[error.code]}: {words(error.code)}") from error


def _accept(kind: ReportKind, asked: Parameters, words: Translator) -> None:
    """Refuses what the report does not take, and two periods at once."""
    given = list(asked.given())
    for parameter in given:
        if parameter not in kind.asks:
            taken = ", ".join(map(option_of, kind.asks))
            raise WrongUsage(
                words(
                    "The report {name} does not take {option}. It takes {taken}.",
                    name=kind.name,
                    option=option_of(parameter),
                    taken=taken,
                )
            )
    ways = [way for way in (("month",), ("start", "end"), ("until",)) if {*way} & {*given}]
    if len(ways) > 1:
        options = ", ".join(option_of(name) for way in ways for name in way if name in given)
        raise WrongUsage(words("Give one period, not {options} together.", options=options))


def format_asked(name: str | None, out: Path | None, words: Translator) -> ReportFormat:
    """The format that is named, else the one of the file's ending; text where it has none.

    Raises `WrongUsage` for an ending of no format, and for a format that can't be read on the
    screen it would go to.
    """
    if name is None:
        suffix = out.suffix.lower() if out is not None else ""
        endings = {each.suffix: each for each in REPORT_FORMATS.values()}
        if suffix and suffix not in endings:
            known = ", ".join(endings)
            text = noop("--out: {suffix} is not one of {known}. Say with --as what to write.")
            raise WrongUsage(words(text, suffix=suffix, known=known))
        return endings.get(suffix, REPORT_FORMATS["text"])
    format_ = choose("--as", name, REPORT_FORMATS, words)
    if not format_.readable and out in (None, STANDARD) and on_a_screen():
        raise WrongUsage(words("{format} is not for the screen: add --out FILE.", format=name))
    return format_


def on_a_screen() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def reports(context: typer.Context, language: Language = None) -> None:
    """`reports`: lists the reports and the options that each takes."""
    session = session_of(context)
    rows = [
        (kind.name, session.words(kind.title), " ".join(map(option_of, kind.asks)))
        for kind in KINDS.values()
    ]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    for name, title, options in rows:
        typer.echo(f"{name:{first}}  {title:{second}}  {options}".rstrip())
