"""A receipt's photo or PDF: its digest is sealed, its bytes stand beside the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from kwt_books.domain.documents.base import Document, optional, required
from kwt_books.domain.documents.shapes import Base64, Code, Date, Digest, Text
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts

LARGEST_FILE = 24_000_000
"""Bytes: as base64, a line of a stream still carries them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Document):
    kind: ClassVar[str] = "attachment"
    may_record_nothing: ClassVar[bool] = True
    numbered: ClassVar[bool] = False
    of: str = required(Code())
    name: str = required(Text(longest=255))
    type: str = required(Text(longest=120))
    sha256: str = required(Digest())
    date: dt.date | None = optional(Date())
    data: bytes | None = optional(Base64())

    @property
    def day(self) -> dt.date | None:
        return self.date

    def check(self, facts: Facts) -> Iterator[Issue]:
        if facts.find(self.of) is None:
            yield Issue("of", "unknown-document", {"of": self.of})
        if self.data is not None and sha256(self.data).hexdigest() != self.sha256:
            yield Issue("sha256", "digest-differs", {"name": self.name})
        if self.data is not None and len(self.data) > LARGEST_FILE:
            yield Issue("data", "file-too-large", {"name": self.name, "most": LARGEST_FILE})

    def post(self, draft: Draft) -> None:
        pass
