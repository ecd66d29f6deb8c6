"""What a kind says of itself is what its documents do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from kwt_books.book import Book
from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.documents.registry import CODECS
from kwt_books.domain.kind import Touch
from kwt_books.domain.kinds import KINDS, touched
from kwt_books.store.driver import sqlite3
from tests.conftest import DATA

AT = {
    "store": Touch.GOODS,
    "shop": Touch.GOODS | Touch.SHOPS,
    "batch": Touch.PLANTS,
    "bed": Touch.PLANTS,
    "asset": Touch.ASSETS,
    "depreciation": Touch.ASSETS,
}


@pytest.mark.parametrize("stream", ["juni-2026.jsonl", "edisi-2.jsonl"])
def test_kinds_touch_what_their_documents_moved(stream: str, book_of: Callable[..., Book]) -> None:
    """Else a page that shows it would stay as it was."""
    book = book_of(*(DATA / stream).read_text(encoding="utf-8").splitlines())
    with closing(sqlite3.connect(book.path)) as file:
        moved = file.execute(
            "SELECT DISTINCT kind, place FROM move JOIN document ON sequence = document"
        ).fetchall()
        owed = file.execute(
            "SELECT DISTINCT kind FROM posting JOIN document ON sequence = document"
            " WHERE account = ?",
            (SHOP_RECEIVABLE,),
        ).fetchall()
    assert len({kind for kind, _ in moved}) > 12
    for kind, place in moved:
        needed = AT.get(place.partition(":")[0], Touch.NOTHING)
        assert needed in KINDS[kind].touches, (kind, place)
    for (kind,) in owed:
        assert Touch.SHOPS in KINDS[kind].touches, kind


def test_of_a_kind_that_nobody_knows_everything_is_shown_anew() -> None:
    assert touched(["transfer"]) is Touch.NOTHING
    assert touched(["transfer", "a kind of another program"]) == Touch.EVERYTHING
    assert touched(["item", "purchase"]) == Touch.SETUP | Touch.GOODS


def test_a_kind_of_a_month_is_one_that_says_a_month_and_no_date() -> None:
    """Its date is the month's last day."""
    for name, kind in KINDS.items():
        keys = {each.key for each in CODECS[name].fields}
        assert kind.of_month == ({"month", "date"} & keys == {"month"}), name
