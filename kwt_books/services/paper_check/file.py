"""The code that a printed file carries in its properties: a PDF's, a workbook's."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kwt_books.domain.audit import read_code
from kwt_books.domain.errors import BookError, RuleError, StorageError
from kwt_books.domain.long_paths import reachable

_LARGEST = 200 * 1024 * 1024
_MOST_UNPACKED = 8 * 1024 * 1024
"""Bytes of one unpacked part: properties are small, and a made-up file may be no bomb."""
_KEYWORDS = re.compile(rb"/Keywords\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_IN_WORKBOOK = re.compile(r"<cp:keywords>([^<]*)</cp:keywords>")


def code_in(path: Path) -> str:
    """The twelve hex digits; refuses a file without them."""
    path = reachable(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleError("no-code-in-file", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error
    keywords = _workbook(path) if data.startswith(b"PK") else _pdf(data)
    for text in keywords:
        try:
            return read_code(text)
        except BookError:
            continue
    raise RuleError("no-code-in-file", path=path)


def _workbook(path: Path) -> Iterator[str]:
    try:
        with ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
            text = part.read(_MOST_UNPACKED).decode("utf-8", "replace")
    except (BadZipFile, KeyError, OSError, EOFError, zlib.error, LZMAError, RuntimeError):
        return
    yield from _IN_WORKBOOK.findall(text)


def _pdf(data: bytes) -> Iterator[str]:
    """Keywords of the properties as they stand in the file, or packed among other objects.

    The last ones first: what a program adds to a file it adds at its end.
    """
    found = list(_keywords(data))
    for match in _OBJECTS.finditer(data):
        try:
            end = data.find(b"endstream", match.end())
            unpacked = zlib.decompressobj().decompress(data[match.end() : end], _MOST_UNPACKED)
        except zlib.error:
            continue
        found += _keywords(unpacked)
    yield from reversed(found)


def _keywords(data: bytes) -> Iterator[str]:
    for literal, digits in _KEYWORDS.findall(data):
        raw = bytes.fromhex(_even(digits)) if digits else _unescaped(literal)
        if raw.startswith(b"\xfe\xff"):
            yield raw[2:].decode("utf-16-be", "replace")
        else:
            yield raw.decode("latin-1")


def _even(digits: bytes) -> str:
    """Hex digits as PDF has them: spaces between, a missing last one is a nil."""
    text = b"".join(digits.split()).decode("ascii")
    return text + "0" * (len(text) % 2)


def _unescaped(literal: bytes) -> bytes:
    r"""A literal string without its escapes: `\055`, `\(`, a line broken off."""
    return _ESCAPE.sub(_plain, literal)


_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _plain(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    if escaped.isdigit():
        return bytes([int(escaped, 8) & 255])
    if escaped in (b"\n", b"\r", b"\r\n"):
        return b""
    return _SIGNS.get(escaped, escaped)
