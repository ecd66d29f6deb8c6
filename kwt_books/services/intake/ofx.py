"""Lists of movements as OFX or QFX, of one account or several.

The tags are read here, alike for both forms: that of 1.x (SGML, where elements need no closing tag)
and that of 2.x (XML). Nothing is expanded or fetched: a file that declares a document type or
entities of its own is no list. Source: the Open Financial Exchange specification, 1.6 and 2.2.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from html import unescape

from kwt_books.domain.errors import RuleError
from kwt_books.services.intake.bank_order import Line
from kwt_books.services.intake.entry import Cell

SUFFIXES = (".ofx", ".qfx")
MOST_TOKENS = 2_000_000
"""Tags and texts of a file: more than a hundred thousand movements."""
DEEPEST = 64
"""Tags within tags."""
_ACCOUNTS = {"STMTRS": "BANKACCTFROM", "CCSTMTRS": "CCACCTFROM"}
"""What names the account, by kind of statement."""
_AGGREGATES = {
    "OFX", "BANKMSGSRSV1", "STMTTRNRS", "CREDITCARDMSGSRSV1", "CCSTMTTRNRS", *_ACCOUNTS,
    *_ACCOUNTS.values(), "BANKTRANLIST", "STMTTRN", "LEDGERBAL",
}  # fmt: skip
"""What is read of a file and has to be closed: where it is not, something is missing."""
_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|<!\[CDATA\[(?P<exact>.*?)\]\]>"
    r"|(?P<passed><!--.*?-->|<\?[^>]*>)"
    r"|<(?P<end>/?)(?P<tag>[A-Z][A-Z0-9._]*)(?:\s[^<>]*?)?(?P<alone>/?)>"
    r"|(?P<stray><)",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_RUPIAH = "IDR"
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ONE_BYTE = re.compile(rb"CHARSET:\s*(?:1252|ISO-8859-1)|encoding=.(?:windows-1252|iso-8859-1)",
                       re.IGNORECASE)  # fmt: skip
# Three digits behind a sign could be thousands as well as a fraction: they are no amount.
_AMOUNT = re.compile(r"[-+]?(?=[.,]?\d)\d{0,15}(?:[.,](?:\d{0,2}|\d\d0{2,8}))?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})(\d\d)(\d\d)"
    r"(?:(\d\d)(\d\d)(\d\d)?(?:\.\d+)?)?\s*"
    r"(?:\[([-+]?\d{1,2})(?:\.(\d{1,2}))?(?::[^\]]*)?\])?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of one account, in the order of the file, and the balance it ends with."""

    account: str
    lines: tuple[Line, ...]
    balance: Decimal | None
    currency: str = ""
    """The first currency named that is not rupiah, such as `USD`; empty where all is rupiah."""


def read_ofx(name: str, content: bytes, zone: tzinfo | None = None) -> Mapping[str, Statement]:
    """The statements of a file, by account; several of one account are one.

    A moment that names its zone is the day it was in `zone`, else in the computer's own; one that
    names none is the day that is written. Raises `RuleError("no-bank-list")` for what is no OFX,
    is cut off or broken, or holds no statement.
    """
    found: dict[str, Statement] = {}
    try:
        for each in _statements(name, content, zone):
            before = found.get(each.account)
            if before is not None:
                lines = (*before.lines, *each.lines)
                currency = before.currency or each.currency
                each = Statement(each.account, lines, each.balance, currency)
            found[each.account] = each
    except ValueError as error:
        raise RuleError("no-bank-list", name=name) from error
    if not found:
        raise RuleError("no-bank-list", name=name)
    return found


def _statements(name: str, content: bytes, zone: tzinfo | None) -> Iterator[Statement]:
    for messages in _Tree.of(_decoded(content)).one("OFX").parts:
        for response in messages.parts:
            for each in response.parts:
                if each.tag in _ACCOUNTS:
                    yield _statement(name, each, zone)


def _statement(name: str, statement: _Part, zone: tzinfo | None) -> Statement:
    lines = []
    currencies = [statement.said("CURDEF")]
    movements = (part for each in statement.every("BANKTRANLIST") for part in each.every("STMTTRN"))
    for place, each in enumerate(movements, 1):
        words = " ".join(filter(None, (each.said("NAME"), each.said("MEMO"))))
        day, amount = _day(each.said("DTPOSTED"), zone), _amount(each.said("TRNAMT"))
        cell = Cell(name, place)
        currencies += [every.said("CURSYM") for every in each.every("CURRENCY")]
        lines.append(Line(day, amount, words or each.must("TRNTYPE"), each.must("FITID"), cell))
    account = statement.one(_ACCOUNTS[statement.tag]).must("ACCTID")
    last = None
    if statement.every("LEDGERBAL"):
        last = _amount(statement.one("LEDGERBAL").said("BALAMT"))
    foreign = (each for each in currencies if each and each.upper() != _RUPIAH)
    return Statement(account, tuple(lines), last, next(foreign, ""))


# -- What elements say: all of these raise `ValueError` --------------------------------------------


def _amount(said: str) -> Decimal:
    if not _AMOUNT.fullmatch(said):
        raise ValueError(f"no amount: {said[:40]!r}")
    return Decimal(said.replace(",", "."))


def _day(said: str, zone: tzinfo | None) -> date:
    """The day that a moment was for the group."""
    found = _MOMENT.fullmatch(said)
    if found is None:
        raise ValueError(f"no day: {said[:40]!r}")
    year, month, day, hour, minute, second, offset, part = found.groups()
    hours = timedelta(hours=int(offset or 0))
    more = timedelta(minutes=int((part or "").ljust(2, "0")) * 60 // 100)
    of = timezone(hours - more if (offset or "").startswith("-") else hours + more)
    at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0),
                  int(second or 0), tzinfo=of)  # fmt: skip
    if offset is None or hour is None:
        return at.date()
    try:
        return at.astimezone(zone).date()
    except (OverflowError, OSError) as error:  # a year that no clock here reaches
        raise ValueError(f"no day: {said[:40]!r}") from error


# -- Bytes and tags: all of these raise `ValueError` -----------------------------------------------


def _decoded(content: bytes) -> str:
    """The text of a file.

    Many that name 1252 are UTF-8 all the same. What is UTF-8 by its bytes is not meant otherwise;
    the header is believed where it is not.
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not _ONE_BYTE.search(content.partition(b"<OFX>")[0]):
            raise
        return content.decode("cp1252")


@dataclass(slots=True)
class _Part:
    """An aggregate with its parts, or an element with its text."""

    tag: str
    text: str = ""
    parts: list[_Part] = field(default_factory=list)

    def every(self, tag: str) -> list[_Part]:
        return [each for each in self.parts if each.tag == tag]

    def one(self, tag: str) -> _Part:
        """The only part of this name; two are as wrong as none."""
        (found,) = self.every(tag)
        return found

    def said(self, tag: str) -> str:
        """What an element says; empty where it is not there."""
        return self.one(tag).text if self.every(tag) else ""

    def must(self, tag: str) -> str:
        if not (said := self.said(tag)):
            raise ValueError(f"{self.tag} without {tag}")
        return said


class _Tree:
    """Puts tags into one another, whether elements are closed or not."""

    def __init__(self) -> None:
        self.root = _Part("")
        self._open = [self.root]
        self._fresh = False
        """Whether the last tag opened the innermost part."""
        self._ended = ""
        """The element that its text has ended, whose closing tag may follow."""
        self._text: list[str] = []

    @classmethod
    def of(cls, text: str) -> _Part:
        """What holds the outermost part of a text."""
        made = cls()
        for count, token in enumerate(_TOKEN.finditer(text)):
            made._take(token)
            if count > MOST_TOKENS or len(made._open) > DEEPEST:
                raise ValueError("too many tags")
        made._end_text()
        if len(made._open) > 1:
            raise ValueError(f"{made._open[-1].tag} is not closed")
        return made.root

    def _take(self, token: re.Match[str]) -> None:
        what = token.lastgroup
        if what == "text":
            self._text.append(_ENTITY.sub(lambda found: unescape(found[0]), token[0]))
        elif what == "exact":
            self._text.append(token["exact"])
        elif what == "stray":
            raise ValueError(f"no tag at {token.start()}")
        elif what != "passed":
            self._end_text()
            tag = token["tag"].upper()
            if token["end"]:
                self._close(tag)
            else:
                self._begin(tag)
                if token["alone"]:
                    self._close(tag)

    def _begin(self, tag: str) -> None:
        part = _Part(tag)
        self._open[-1].parts.append(part)
        self._open.append(part)
        self._fresh, self._ended = True, ""

    def _end_text(self) -> None:
        """Gives what was said to the element before it, which ends with it."""
        said = " ".join("".join(self._text).split())
        self._text.clear()
        if not said or not self.root.parts:  # before the first tag stands the header
            return
        if not self._fresh:
            raise ValueError(f"text outside of elements: {said[:40]!r}")
        part = self._open.pop()
        part.text = said
        self._fresh, self._ended = False, part.tag

    def _close(self, tag: str) -> None:
        self._fresh = False
        if self._ended == tag:
            self._ended = ""
            return
        self._ended = ""
        while len(self._open) > 1:
            part = self._open.pop()
            if part.tag == tag:
                return
            if part.tag in _AGGREGATES:
                break
            # An element that says nothing and was not closed: what follows it stands beside it.
            self._open[-1].parts += part.parts
            part.parts = []
        raise ValueError(f"</{tag}> closes nothing")
