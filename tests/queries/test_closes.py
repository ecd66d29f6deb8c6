"""Which months are closed, and whether one ever was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.queries.setup import closed_through, ever_closed, held_closes
from tests.reports.figures import close, earn, group, opening


@pytest.mark.only_files
def test_the_newest_close_that_holds_and_whether_there_ever_was_one(
    book_of: Callable[..., Book],
) -> None:
    begun = (group(), opening(a1101=900), earn("2026-01-10", 400), earn("2026-02-10", 100))
    january, february = close("2026-01"), close("2026-02")
    again = {"kind": "month_reopen", "month": "2026-01", "reason": "nota susulan"}
    later: dict[str, Any] = again | {"month": "2026-02"}

    def of(*lines: dict[str, Any]) -> tuple[str | None, bool, list[str]]:
        return book_of(*begun, *lines).read(
            lambda reading: (
                closed_through(reading.connection),
                ever_closed(reading.connection),
                [each.month for each in held_closes(reading.connection)],
            )
        )

    assert of() == (None, False, [])
    assert of(january) == ("2026-01", True, ["2026-01"])
    assert of(january, february) == ("2026-02", True, ["2026-01", "2026-02"])
    assert of(january, february, later) == ("2026-01", True, ["2026-01"])
    assert of(january, again) == (None, True, [])
