"""A ZIP file that is the same for the same contents, and knows the digest of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, Any, BinaryIO, Self, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = (1980, 1, 1, 0, 0, 0)
_AT_ONCE = 64 * 1024
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


class _Digested(io.BufferedIOBase):
    """Writes through a few kilobytes at a time, counting bytes and digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self._waiting = bytearray()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        if len(self._waiting) >= _AT_ONCE:
            self.settle()
        return len(data)

    def settle(self) -> None:
        """What waits is written. Not `flush`: closing one that was left must write nothing."""
        self._digest.update(self._waiting)
        self._file.write(self._waiting)
        self.size += len(self._waiting)
        self._waiting.clear()

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class Archive:
    """Files are added one after the other; `files` tells size and digest of each.

    Used in a `with` block. When the block fails, nothing more is written: without its list of
    contents nobody takes what there is for an archive.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        self.files: dict[str, dict[str, int | str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._zip.close()
        else:
            self._zip.fp = None

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A file to be written to; nothing of it is kept in memory."""
        info = ZipInfo(name, _MOMENT)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            digested = _Digested(file)
            yield cast("BinaryIO", digested)
            digested.settle()
        self.files[name] = {"size": digested.size, "sha256": digested.digest}

    def add(self, name: str, data: bytes) -> None:
        with self.file(name) as file:
            file.write(data)
