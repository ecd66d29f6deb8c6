"""Streams that broke on their way: refused with a line's number, or a faithful book."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kwt_books.domain.errors import BookError
from tests.attacks.books import STREAM, door, failing, stream_of

_PIECES = (
    b"{", b"}", b'"', b",", b"[", b"]", b":", b"null", b"-", b"9" * 40, b"\\u0000", b"\xff",
    b"\n", b"\r\n", b'"kind"', b'"date":"2026-06-31"', b"1e9", b"\xef\xbb\xbf",
)  # fmt: skip


def broken_streams(rng: Random) -> Iterable[str]:
    """Bytes lost, doubled, put in, lines swapped."""
    raw = bytearray(STREAM.read_bytes())
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(raw))
        end = min(len(raw), at + rng.choice((1, 1, 3, 50, 400)))
        way = rng.randrange(5)
        if way == 0:
            del raw[at:end]
        elif way == 1:
            raw[at:at] = raw[at:end]
        elif way == 2:
            raw[at:at] = rng.choice(_PIECES)
        elif way == 3:
            raw[at] = rng.randrange(256)
        else:
            lines = bytes(raw).split(b"\n")
            one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            raw = bytearray(b"\n".join(lines))
    with TemporaryDirectory() as folder:
        return list(_taken_in(bytes(raw), Path(folder)))


def _taken_in(raw: bytes, folder: Path) -> Iterable[str]:
    first, second = folder / "one.kwt", folder / "two.kwt"
    try:
        told = door().import_stream(first, io.BytesIO(raw))
    except BookError:
        left = [each.name for each in folder.iterdir()]
        if left:
            yield f"refused, and {left} left"
        return
    with closing(door().open(first)) as book:
        yield from failing(book)
        stream = stream_of(book)
    if door().import_stream(second, io.BytesIO(stream)).head != told.head:
        yield "its own stream makes another book"
