"""Command `verify`: whether a book is still what was recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from kwt_books.cli.options import BookAddress, Language, choose, option
from kwt_books.cli.session import DONE, REFUSED, Session, progress_bar, session_of
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import Formats
from kwt_books.services.explain import explain_outcome
from kwt_books.services.integrity.entries import Outcome

_FORMATS = ("text", "json")


def verify(
    context: typer.Context,
    book: BookAddress,
    as_: Annotated[str, option("|".join(_FORMATS), noop("What to write."), "--as")] = "text",
    language: Language = None,
) -> int:
    """`verify`: checks a book and lists what each check came to."""
    session = session_of(context)
    with session.reading(book) as opened:
        format_ = choose("--as", as_, {name: name for name in _FORMATS}, session.words)
        with progress_bar(session.words("Checking {name}", name=book.name), None) as progress:
            outcomes = opened.verify(progress)
    if format_ == "json":
        found = [_object(outcome, session) for outcome in outcomes]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _tell_check(session, outcomes)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if failed:
        session.say_wrong("The book is not as it was recorded: {first}.", first=_first(failed))
    return REFUSED if failed else DONE


def _tell_check(session: Session, outcomes: Sequence[Outcome]) -> None:
    t = session.words
    good, bad = t("good"), t("WRONG")
    width = max(len(good), len(bad))
    for outcome in outcomes:
        mark = good if outcome.passed else bad
        said = explain_outcome(outcome, session.names, t, Formats(session.language))
        typer.echo(f"{mark:{width}}  {said}")


def _first(failed: Sequence[Outcome]) -> str:
    """The first bad document; where no document is to blame, the first check that says so."""
    blamed = [each for each in failed if each.sequence is not None]
    first = min(blamed, key=lambda each: each.sequence or 0, default=failed[0])
    return first.document or first.check


def _object(outcome: Outcome, session: Session) -> dict[str, Any]:
    details = outcome.details
    return {
        "check": outcome.check,
        "title": session.words(f"check-{outcome.check}"),
        "passed": outcome.passed,
        "sequence": outcome.sequence,
        "number": outcome.number,
        "code": details.code if details is not None else None,
        "details": session.explain(details) if details is not None else None,
    }
