"""What can go wrong, as codes with parameters; `i18n` words them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

Params = Mapping[str, object]


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend. `field` is a path into the command: `lines.2.qty`."""

    field: str
    code: str
    params: Params = dataclasses.field(default_factory=dict)


class BookError(Exception):
    """An expected refusal: nothing was recorded, nothing was lost."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Params = params


class RuleError(BookError):
    """The book says no."""


class InvalidDocument(RuleError):  # noqa: N818 - named for what the caller holds
    """A document with things to mend, all of them together."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__(issues[0].code, **issues[0].params)
        self.issues = issues


class RefusedAt(InvalidDocument):
    """Of several commands the one at `place` cannot be recorded; none was."""

    def __init__(self, place: int, error: InvalidDocument) -> None:
        super().__init__(error.issues)
        self.place = place


class StreamError(BookError):
    """A line of a stream that cannot be recorded.

    `names` are those of what the issues mention, as the stream set them up: the book that
    would know them was never made.
    """

    def __init__(self, line: int, issues: tuple[Issue, ...], names: object = None) -> None:
        super().__init__(issues[0].code, **issues[0].params)
        self.line = line
        self.issues = issues
        self.names = names


class StorageError(BookError):
    """The file or its disk says no: full, locked, damaged, read-only, newer."""
