"""The audit's own file beside the book: JSON, written whole or not at all."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from kwt_books.domain.documents.codec import Codec
from kwt_books.domain.errors import InvalidDocument, Issue, RuleError, StorageError
from kwt_books.services.audit.records import Records
from kwt_books.services.stream import LineError, parse_line
from kwt_books.store.in_place import take_place

_CODEC = Codec(Records)


def audit_path(book: Path) -> Path:
    """`juni.kwt-audit` beside `juni.kwt`."""
    return book.with_name(f"{book.stem}.kwt-audit")


class AuditFile:
    """Read before each change and written after it, so that two windows lose nothing."""

    def __init__(self, path: Path, book: str) -> None:
        """`book` is the seal of the book's first entry: the file of another one is refused."""
        self.path = path
        self._book = book

    def read(self) -> Records:
        """What was written down so far; nothing where there is no file yet."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Records(format=1, book=self._book)
        except OSError as error:
            raise StorageError("cannot-read", path=self.path, detail=str(error)) from error
        issues: list[Issue] = []
        try:
            records = _CODEC.parse(parse_line(raw), (), issues)
        except LineError as error:
            raise StorageError("bad-audit-file", path=self.path, field=error.issue.code) from error
        if records is None or issues:
            raise StorageError("bad-audit-file", path=self.path, field=issues[0].field)
        if records.book != self._book:
            raise RuleError("audit-of-another-book", path=self.path)
        return records

    def write(self, records: Records) -> None:
        """Refuses what it could not read again: one such entry would cost all the others."""
        written = _CODEC.encode(records)
        issues: list[Issue] = []
        if _CODEC.parse(written, (), issues) is None:
            raise InvalidDocument(tuple(issues))
        text = json.dumps(written, ensure_ascii=False, indent=1)
        unfinished = self.path.with_name(self.path.name + ".unfinished")
        try:
            with unfinished.open("wb") as file:
                file.write(f"{text}\n".encode())
                file.flush()
                os.fsync(file.fileno())
            take_place(unfinished, self.path)
        except OSError as error:
            raise StorageError("cannot-write", path=self.path, detail=str(error)) from error
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
