"""Lists of movements as OFX or QFX, of one account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from kwt_books.domain.errors import RuleError
from kwt_books.services.intake.bank_order import Line
from kwt_books.services.intake.entry import Cell

SUFFIXES = (".ofx", ".qfx")
_MOMENT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)(?:\.\d+)?)?\s*(?:\[([-+]?\d{1,2})(?:\.(\d+))?(?::\w*)?\])?"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of one account, in the order of the file, and the balance it ends with."""

    account: str
    lines: tuple[Line, ...]
    balance: Decimal | None


def read_ofx(name: str, content: bytes, zone: tzinfo | None = None) -> Mapping[str, Statement]:
    """The statements of a file, by account; several of one account are one.

    A moment that names its zone is the day it was in `zone`, else in the computer's own; one that
    names none is the day that is written. Raises `RuleError` for what is no OFX.
    """
    found: dict[str, Statement] = {}
    for each in _statements(name, content, zone):
        before = found.get(each.account)
        if before is not None:
            lines = (*before.lines, *each.lines)
            each = Statement(each.account, lines, each.balance)
        found[each.account] = each
    return found


def _statements(name: str, content: bytes, zone: tzinfo | None) -> Iterator[Statement]:
    from ofxtools.Parser import OFXTree

    tree = OFXTree()
    try:
        tree.parse(BytesIO(content))
        root: Any = tree.getroot()
        for element in root.iter("DTPOSTED"):
            _as_day(element, zone)
        for number, statement in enumerate(tree.convert().statements):
            yield _statement(name, number, statement)
    except (SyntaxError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise RuleError("no-bank-list", name=name) from error


def _statement(name: str, number: int, statement: Any) -> Statement:
    account = statement.account
    lines = []
    for place, each in enumerate(statement.transactions or (), 1):
        words = " ".join(filter(None, (each.name, each.memo))) or str(each.trntype)
        cell = Cell(name, place)
        lines.append(Line(each.dtposted.date(), each.trnamt, words, each.fitid, cell))
    last = statement.ledgerbal.balamt if statement.ledgerbal is not None else None
    return Statement(str(getattr(account, "acctid", number)), tuple(lines), last)


def _as_day(element: Element, zone: tzinfo | None) -> None:
    """Writes a moment anew as the day that it was for the group."""
    found = _MOMENT.fullmatch((element.text or "").strip())
    if found is None:
        return  # the reader says what is wrong with it
    year, month, day, hour, minute, second, offset, part = found.groups()
    written = date(int(year), int(month), int(day))
    if offset is not None and hour is not None:
        hours = timedelta(hours=int(offset))
        minutes = timedelta(minutes=int(float(f"0.{part}") * 60) if part else 0)
        of = timezone(hours - minutes if offset.startswith("-") else hours + minutes)
        at = datetime(written.year, written.month, written.day, int(hour), int(minute),
                      int(second), tzinfo=of)  # fmt: skip
        written = at.astimezone(zone).date()
    element.text = f"{written:%Y%m%d}"
