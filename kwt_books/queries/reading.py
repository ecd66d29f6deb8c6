"""What queries read: the book at one moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.queries.setup import ChainHead, SetupBook

T = TypeVar("T")

Describe = Callable[[str, Mapping[str, Any], str | None], str]
"""Words for a document: its kind, its payload, the number of what it corrects."""


class Reading(Protocol):
    """One consistent view of the book, in one language, within one transaction.

    A query is a function that takes one first and gives frozen values. The door opens it
    (`Book.read`); it is of no use once the query has returned.
    """

    @property
    def connection(self) -> Connection:
        """The connection, within one read transaction."""

    @property
    def setup(self) -> SetupBook:
        """The set-up as it stands."""

    @property
    def chain(self) -> ChainHead:
        """Where the chain stands."""

    @property
    def today(self) -> date:
        """The computer's date."""

    @property
    def words(self) -> Translator:
        """The messages in the language asked for."""

    @property
    def formats(self) -> Formats:
        """How that language writes amounts and dates."""

    @property
    def describe(self) -> Describe:
        """The sentence that describes a document."""

    def kept(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave the last time for `key`, as long as nothing was recorded since."""
        ...
