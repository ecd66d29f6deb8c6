"""Short names for what must not be read off a file or a setting: which book, which person."""

from __future__ import annotations

from pathlib import Path


def digest(text: str) -> str:
    """16 hexadecimal digits."""
    from hashlib import sha256  # loads a library of cryptography: not for the first window

    return sha256(text.encode("utf-8")).hexdigest()[:16]


def book_digest(book: Path) -> str:
    return digest(str(book.resolve()))
