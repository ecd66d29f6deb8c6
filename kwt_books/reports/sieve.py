"""What a document may be found by, asked before its row is made: most rows of a search are not.

Nothing that a row says is missed; whether it is really there is asked of the row.
"""

from __future__ import annotations

import json
import re
from datetime import date

from kwt_books.i18n.formats import FIGURES, NIL, Formats
from kwt_books.queries.counters import MORE
from kwt_books.queries.documents import Heading
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.descriptions import Describer

_WORDS = re.compile("[0-9a-z]+")
_MOST_NAMES = 20
"""A word in more names than these is not looked for in memos."""


class Sieve:
    """For one text that is sought, casefolded."""

    def __init__(self, wanted: str, describe: Describer, setup: SetupBook) -> None:
        self.wanted, self._describe = wanted, describe
        self._figure = _figure(wanted, Formats(describe.t.language))
        self.accounts = any(wanted in f"{code}{MORE}".casefold() for code in setup.accounts)
        """Whether an account across may be meant."""
        ways = ((word, *_named(word, setup)) for word in _WORDS.findall(wanted))
        self.words = [each for each in ways if len(each) <= _MOST_NAMES]
        """What a memo must hold, or the party behind it."""

    @property
    def texts_alone(self) -> bool:
        """Whether it can stand in numbers of vouchers and in texts alone."""
        return self._figure is None and not self.accounts

    def has_figure(self, day: date, *amounts: int) -> bool:
        """Whether an amount or the date may hold it."""
        figure = self._figure
        if figure is None:
            return False
        if any(figure in f"{each:,}" for each in amounts):
            return True
        return "," not in figure and figure in f"{day.day:02}/{day.month:02}/{day.year:04}"

    def has_text(self, document: Heading) -> bool:
        """Whether its number or its text holds it."""
        wanted = self.wanted
        return (
            wanted in document.number.casefold()
            or wanted in self._describe.heading(document).casefold()
        )


def _figure(wanted: str, formats: Formats) -> str | None:
    """As it may stand in an amount or a date, thousands by commas; None: it can't."""
    if wanted.strip(FIGURES):
        return None
    return wanted.strip(f"(){NIL}").translate(str.maketrans(formats.group + formats.decimal, ",."))


def _named(word: str, setup: SetupBook) -> list[str]:
    """The codes of the parties that bear it in their names, as they stand in an entry."""
    return [
        json.dumps(code, ensure_ascii=False)[1:-1]
        for code, party in setup.parties.items()
        if word in party.name.casefold()
    ]
