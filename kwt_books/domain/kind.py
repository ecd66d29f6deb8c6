"""What is said of a kind of entry, and of its papers and forms.

What lies in other modules is named as `module:name` and imported when it is first used.
"""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from importlib import import_module
from typing import Any, NamedTuple


def named(path: str) -> Any:
    """What stands at `module:name`; raises `ImportError` or `AttributeError` where nothing does."""
    module, _, found = path.partition(":")
    return getattr(import_module(module), found)


class Purpose(StrEnum):
    """Why goods moved."""

    MADE = "made"
    """Bought, harvested, produced, granted, there at the opening, found at a count."""
    USED = "used"
    SOLD = "sold"
    SPOILED = "spoiled"
    SAMPLED = "sampled"
    SHARED = "shared"
    SENT = "sent"
    RETURNED = "returned"
    MISSING = "missing"
    """At a count."""


class Touch(Flag):
    """What pages show anew when something was recorded."""

    NOTHING = 0
    GOODS = auto()
    PLANTS = auto()
    ASSETS = auto()
    SHOPS = auto()
    """What stands at shops, and what they owe."""
    SETUP = auto()
    EVERYTHING = GOODS | PLANTS | ASSETS | SHOPS
    """That documents change."""


class Paper(NamedTuple):
    """A paper of a document.

    `make` names a function of a `services.slips.Source` that gives a part of a pack. One that is
    `of_money` is there only where the document brought cash in.
    """

    name: str
    title: str
    make: str
    of_money: bool = False


class Form(NamedTuple):
    """A form of the desktop.

    `make` names a function of a `Workspace` and of the fields that are known, which gives a
    dialog. `topic` is the chapter of the guide, or `chapter#section`, that explains it. One that
    `shows_setup` can't be made before it is known what is set up. The window's search finds it by
    its `title`, an English message of the catalogue, where it has one.
    """

    name: str
    make: str
    topic: str
    shows_setup: bool = False
    title: str = ""


class Kind(NamedTuple):
    """One kind of entry. Texts are English messages of the catalogue."""

    name: str
    """As the stream calls it."""
    command: str
    """Where the class of its command stands, `module:Class`."""

    title: str = ""
    """What people call it. Kinds without one aren't offered where documents are chosen from."""
    sentences: tuple[str, ...] = ()
    """What books say of a document without a memo, and what it is found by.

    The first of them whose `{places}` can be filled is said, unless `described` chooses.
    """
    described: str = ""
    """A function of `reports.kinds.Describer` and payload that gives the sentence."""
    narrative: str = ""
    """A function of `reports.narrative.Teller` that tells what happened; else the sentence."""
    titled_by: str = ""
    """The key whose value is the title of its story, such as the venue of a market day."""

    papers: tuple[Paper, ...] = ()
    """Besides the voucher, which there is of every document; the one that is printed first."""
    forms: tuple[Form, ...] = ()
    """The first one records the document, and puts it right (Perbaiki)."""

    chair_only: bool = False
    """Whether the chair alone may record it."""
    correctable: bool = True
    in_closed_months: bool = False
    """Whether it may be recorded in a month that is closed."""
    of_month: bool = False
    """Whether it says a month, whose last day is its date, in place of a date."""

    touches: Touch = Touch.EVERYTHING
    """What its recording changes; everything, where a kind does not say."""
    line_goods: tuple[tuple[str, Purpose], ...] = ()
    """The keys of a line in the order its goods are taken, and what for."""
    takes: Purpose = Purpose.USED
    """What goods are taken for by kinds without `line_goods`."""
    cash_flow: str = "other_operating"
    """The line of the cash flow statement that its cash belongs to."""
    on_credit: tuple[str, bool] | None = None
    """The account of what is left unpaid, and whether it is debited."""
    pays: bool = False
    """Whether it pays somebody outside."""
    receipted: bool = False
    """Whether money changes hands against a receipt."""
    sampled: bool = True
    """Whether an audit's sample may draw it."""
    counts_cash: bool = False
    """Whether it compares counted money with the book."""
