"""What a kind says of itself is what its documents do."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.book import Book
from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.documents.registry import CODECS
from kwt_books.domain.kind import Touch
from kwt_books.domain.kinds import KINDS, touched
from kwt_books.store.driver import sqlite3
from tests.conftest import DATA
from tests.domain.conftest import desk_on
from tests.domain.examples import ALSO, NEXT

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


CHOSEN = {"receipt": Touch.SHOPS, "memorial": Touch.SHOPS, "stock_count": Touch.SHOPS}
"""What depends on the account or the place that somebody chooses."""


def test_kinds_touch_no_more_than_that(base_path: Path, tmp_path: Path) -> None:
    """Else every page would be read again for everything."""
    found = defaultdict(lambda: Touch.NOTHING, CHOSEN)
    for place, lines in enumerate([*NEXT.values(), *ALSO.values()]):
        for desk in desk_on(Path(shutil.copy(base_path, tmp_path / f"{place}.kwt"))):
            for entry in map(desk.entry, lines):
                for move in entry.moves:
                    found[entry.kind] |= AT.get(move.place.partition(":")[0], Touch.NOTHING)
    for name, kind in KINDS.items():
        if name not in ("correction", "opening_balance"):  # what they touch is in their lines
            assert kind.touches in (found[name], Touch.SETUP, found[name] | Touch.SHOPS), name
    assert touched(["attachment", "person", "register"]) is Touch.NOTHING


def test_a_document_has_a_title_and_says_what_it_is() -> None:
    for name, kind in KINDS.items():
        if {"date", "month"} & {each.key for each in CODECS[name].fields}:
            assert kind.title, name
        if kind.title or name == "attachment":
            assert kind.sentences or kind.described, name


def test_kinds_with_rules_of_their_own() -> None:
    """Of the manual (people, closed months, corrections) and of the audit."""

    def those(flag: str, *, given: bool = True) -> set[str]:
        return {name for name, kind in KINDS.items() if getattr(kind, flag) is given}

    assert those("chair_only") == {
        "memorial", "appropriation", "month_close", "month_reopen", "person",
    }  # fmt: skip
    assert those("in_closed_months") == {"register", "attachment", "month_reopen"}
    numbered = {name for name, kind in KINDS.items() if kind.title}
    assert those("correctable") == numbered - {"correction", "month_close", "month_reopen"}
    assert those("sampled", given=False) == {"opening_balance", "month_close", "month_reopen"}
    assert those("counts_cash") == {"market_day", "cash_count"}
    assert those("pays") == {
        "purchase", "payment", "sowing", "tending", "production", "asset_acquisition",
    }  # fmt: skip
    assert those("receipted") == {
        "sale", "consignment_settlement", "receipt", "grant", "asset_disposal", "purchase",
        "payment", "asset_acquisition",
    }  # fmt: skip


def test_of_a_kind_that_nobody_knows_everything_is_shown_anew() -> None:
    assert touched(["transfer"]) is Touch.NOTHING
    assert touched(["transfer", "a kind of another program"]) == Touch.EVERYTHING
    assert touched(["item", "purchase"]) == Touch.SETUP | Touch.GOODS


def test_a_kind_of_a_month_is_one_that_says_a_month_and_no_date() -> None:
    """Its date is the month's last day."""
    for name, kind in KINDS.items():
        keys = {each.key for each in CODECS[name].fields}
        assert kind.of_month == ({"month", "date"} & keys == {"month"}), name
