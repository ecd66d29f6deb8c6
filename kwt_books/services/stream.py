"""Reading a book stream: JSON Lines, strictly (STREAM.md)."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, NoReturn

import orjson

from kwt_books.domain.access import Stamp
from kwt_books.domain.documents.base import Command, required
from kwt_books.domain.documents.fields import Codec, DecimalText, Moment, Text, showable
from kwt_books.domain.documents.registry import encode_command, parse_command
from kwt_books.domain.errors import (
    InvalidDocument,
    Issue,
    RuleError,
    StorageError,
    StreamError,
)
from kwt_books.services.explain import mentioned
from kwt_books.services.foreseen import foreseen, portions
from kwt_books.services.recorder import Recorder, sealed
from kwt_books.store.state import BookState

MAX_LINE = 32 * 1024 * 1024
"""Bytes; room for a photographed receipt."""
MOST_ISSUES = 100
"""Of one line so many are told."""
Progress = Callable[[int], None]
"""Told the bytes read so far; raises to cancel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _StampLine:
    at: str = required(Moment())
    by: str = required(Text(longest=200))


_STAMP = Codec(_StampLine)


class LineError(ValueError):
    """A line that is no JSON object as the stream wants it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.issue = Issue("", code, params)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise LineError("doubled-key", key=showable(doubled[:40]))
    return made


def _constant(text: str) -> NoReturn:
    raise LineError("not-a-number", text=text)


_decode = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=DecimalText, parse_constant=_constant
).decode


def parse_line(raw: bytes) -> dict[str, Any]:
    """The object of one line; `LineError` when it is none."""
    try:
        found = _decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LineError("not-utf8", position=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise LineError("bad-json", position=error.colno) from error
    except LineError:
        raise
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, deep nesting
        raise LineError("bad-json", position=1) from error
    if type(found) is not dict:
        raise LineError("not-an-object")
    return found


def read_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The number and text of each line; a byte-order mark and blank lines are skipped.

    Raises `StreamError` for a line that is too long and `StorageError` where reading fails.
    """
    number = 0
    while raw := _next_line(file):
        number += 1
        if len(raw) > MAX_LINE:
            raise StreamError(number, (Issue("", "line-too-long", {"longest": MAX_LINE}),))
        if number == 1:
            raw = raw.removeprefix(BOM_UTF8)
        raw = raw.strip(b" \t\r\n")
        if raw:
            yield number, raw


def _next_line(file: BinaryIO) -> bytes:
    try:
        return file.readline(MAX_LINE + 1)
    except OSError as error:
        name = str(getattr(file, "name", ""))
        raise StorageError("cannot-read", path=name, detail=str(error)) from error


class Bounded(list[Issue]):
    """Issues of one line, up to as many as somebody reads."""

    def append(self, issue: Issue) -> None:
        """Adds an issue. Raises `InvalidDocument` once there are `MOST_ISSUES`."""
        super().append(issue)
        if len(self) >= MOST_ISSUES:
            raise InvalidDocument(tuple(self))


def _plain_line(raw: bytes) -> dict[str, Any]:
    """What `parse_line` gives, in a quarter of the time, of a line that has nothing unusual.

    The faster reader takes the last of doubled keys, so that quotes are counted, and gives floats,
    in which every shape finds an issue. Raises `ValueError` or `TypeError` for any other line.
    """
    found = orjson.loads(raw)
    quotes = orjson.dumps(found).count(b'"')
    if type(found) is not dict or b"\\" in raw or quotes != raw.count(b'"'):
        raise ValueError(raw)
    return found


def parse_entry(raw: bytes) -> tuple[Command, Stamp | None]:
    """One line as a command and, where it bears one, its stamp.

    Raises `LineError` or `InvalidDocument`.
    """
    try:
        return _entry_of(_plain_line(raw))
    except (InvalidDocument, TypeError, ValueError):
        return _entry_of(parse_line(raw))


def _entry_of(line: dict[str, Any]) -> tuple[Command, Stamp | None]:
    issues: list[Issue] = Bounded()
    stamped = "recorded" in line
    stamp = _STAMP.parse(line.pop("recorded"), ((), "recorded"), issues) if stamped else None
    command = parse_command(line, issues)
    if command is None or issues:
        raise InvalidDocument(tuple(issues))
    return command, Stamp(stamp.at, stamp.by) if stamp is not None else None


def attempt(recorder: Recorder, entry: bytes) -> None:
    """Records an entry as `import_stream` does."""
    command, stamp = parse_entry(entry)
    recorder.record_parsed(command, recorder.stamped(stamp))


def bytes_of(line: tuple[int, bytes] | ReadLine) -> int:
    """How long a line is."""
    return len(line[1])


class ReadLine(NamedTuple):
    """A line of a stream: its number, its text, and what it says or why it says nothing."""

    number: int
    text: bytes
    says: tuple[Command, str, Stamp | None] | LineError | InvalidDocument
    """The command, how it is sealed, and its stamp."""


def read_ahead(file: BinaryIO) -> Iterator[ReadLine]:
    """The lines, a portion of which is parsed and written out before the first of it is recorded.

    A processor does many times the same faster than it does everything in turn: an import takes
    a tenth less.
    """
    for some in portions(read_lines(file), bytes_of):
        yield from [ReadLine(number, raw, _parsed(raw)) for number, raw in some]


def _parsed(raw: bytes) -> tuple[Command, str, Stamp | None] | LineError | InvalidDocument:
    try:
        command, stamp = parse_entry(raw)
    except (LineError, InvalidDocument) as error:
        return error
    return command, sealed(encode_command(command)), stamp


def import_stream(
    file: BinaryIO, recorder: Recorder, state: BookState, progress: Progress | None = None
) -> int:
    """Records every line on `state`; the number of entries. Nothing is committed here.

    Raises `StreamError` with the line's number at the first line that is refused.
    """
    entries = 0
    now = recorder.stamp()
    for number, _, says in foreseen(
        read_ahead(file), recorder, lambda each, line: attempt(each, line.text), bytes_of
    ):
        try:
            if isinstance(says, Exception):
                raise says
            command, payload, stamp = says
            recorder.record_parsed(command, recorder.stamped(stamp) or now, payload)
        except LineError as error:
            raise StreamError(number, (error.issue,)) from error
        except InvalidDocument as error:
            raise StreamError(number, error.issues, mentioned(state, error.issues)) from error
        except RuleError as error:  # it is not for this person to record
            field = "recorded" if error.code == "recorded-elsewhere" else ""
            raise StreamError(number, (Issue(field, error.code, error.params),)) from error
        entries += 1
        if state.full:
            state.flush()
            if progress is not None:
                progress(file.tell())
    if not entries:
        raise StreamError(1, (Issue("", "empty-stream", {}),))
    state.flush()
    return entries
