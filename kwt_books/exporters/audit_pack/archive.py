"""A ZIP file that is the same for the same contents, and knows the digest of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


class _Digested(io.RawIOBase):
    """Writes through, counting bytes and digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._digest.update(data)
        self._file.write(data)
        self.size += len(data)
        return len(data)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class Archive:
    """Files are added one after the other; `files` tells size and digest of each."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        self.files: dict[str, dict[str, int | str]] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A file to be written to; nothing of it is kept in memory."""
        info = ZipInfo(name, _MOMENT)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            digested = _Digested(file)
            buffered = io.BufferedWriter(digested)
            yield buffered
            buffered.flush()
        self.files[name] = {"size": digested.size, "sha256": digested.digest}

    def add(self, name: str, data: bytes) -> None:
        with self.file(name) as file:
            file.write(data)

    def close(self) -> None:
        self._zip.close()
