"""Who stands at the head and foot of a paper, as the group is set up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kwt_books.book import Book
from kwt_books.domain.documents.setup import NO_NIP
from kwt_books.reports.context import Parameters
from tests.reports.exceptions.lines import GROUP


@pytest.mark.parametrize(
    ("nip", "printed"), [("19680412 199303 1 004", "19680412 199303 1 004"), (NO_NIP, "")]
)
def test_an_officer_without_a_nip_signs_without_one(
    nip: str, printed: str, book_of: Callable[..., Book]
) -> None:
    officer = {"name": "Ir. Bambang", "nip": nip}
    book = book_of({**GROUP, "extension_officer": officer})
    signs = book.pack("trial-balance", Parameters(month="2026-06"), "id").identity
    assert (signs.officer, signs.officer_nip) == ("Ir. Bambang", printed)
