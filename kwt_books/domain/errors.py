"""What can go wrong, as codes with parameters; `i18n` words them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

Params = Mapping[str, object]


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """One thing to be mended in a command. `field` is its path within: `lines.2.qty`."""

    field: str
    code: str
    params: Params = dataclasses.field(default_factory=dict)


class BookError(Exception):
    """An expected refusal: nothing was recorded and nothing lost. `code` with `params` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Params = params


class RuleError(BookError):
    """A rule of the book forbids what was asked."""


class InvalidDocument(RuleError):  # noqa: N818 - named for what the caller holds
    """A document that can't be recorded, with everything there is to mend in it."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__(issues[0].code, **issues[0].params)
        self.issues = issues


class RefusedAt(InvalidDocument):
    """Of several commands the one at `place` can't be recorded; none was."""

    def __init__(self, place: int, error: InvalidDocument) -> None:
        super().__init__(error.issues)
        self.place = place


class RefusedTogether(InvalidDocument):
    """Of several commands those in `refused`, by their place, can't be recorded; none was."""

    def __init__(self, refused: Mapping[int, tuple[Issue, ...]]) -> None:
        super().__init__(next(iter(refused.values())))
        self.refused = refused


class StreamError(BookError):
    """A line of a stream, from 1, that can't be recorded; nothing of the stream was.

    `names` holds the names that the stream gives to what its issues mention: the book that would
    know them was never made.
    """

    def __init__(self, line: int, issues: tuple[Issue, ...], names: object = None) -> None:
        super().__init__(issues[0].code, **issues[0].params)
        self.line = line
        self.issues = issues
        self.names = names


class StorageError(BookError):
    """The file or its disk refuses: full, locked, damaged, read-only or newer."""
