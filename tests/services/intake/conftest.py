"""A book in which nothing was recorded, for sheets to be taken into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kwt_books.app import Book, Books


@pytest.fixture
def new_book(books: Books, tmp_path: Path) -> Iterator[Book]:
    """A new book, open to be written."""
    book = books.create(tmp_path / "baru.kwt")
    yield book
    book.close()
