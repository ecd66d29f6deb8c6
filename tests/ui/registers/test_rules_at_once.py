"""Each of the group's books keeps the rules of the house, before a book answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kwt_books.app import Books
from tests.ui.all_rules import at_sizes
from tests.ui.registers.test_what_is_told import ANI, GROUP, WATI, house, line, setup
from tests.ui.windows import shown_with
from ui.kit.layout import column
from ui.kit.workspace import Workspace
from ui.registers.books import CHOICES, RULINGS
from ui.registers.kept import InventoryPart, MembersPart, OfficersPart
from ui.registers.kpp import DuesPart, Residents
from ui.registers.written import RegisterPart

SIZES = ((1_160, 620), (760, 560))


def placed(part: Any, around: QWidget) -> Any:
    column(part, parent=around)
    return part


@pytest.mark.parametrize("book", RULINGS)
def test_a_book_that_is_written_keeps_the_rules(
    still: Workspace, around: QWidget, book: str
) -> None:
    part = placed(RegisterPart(still, RULINGS[book]), around)
    usual = line(RULINGS[book], date(2026, 6, 5), attached=True)
    free = usual.entry.keys() - CHOICES.keys() - {"people"}
    words = {key: f"{usual.entry[key]} " * 9 for key in free}
    long = replace(usual, entry={**usual.entry, **words})
    for shown in ((), (usual,), (long,)):
        shown_with(part, page=shown)
        assert at_sizes(around, SIZES) == {}


@pytest.mark.parametrize("kind", [MembersPart, OfficersPart])
def test_a_book_that_fills_itself_keeps_the_rules(
    still: Workspace, around: QWidget, kind: Any
) -> None:
    part = placed(kind(still), around)
    far = replace(WATI, code="far", work="Petani sayur " * 5, address="Gang Mawar " * 9)
    for known in (None, setup(GROUP, ani=ANI, wati=WATI), setup(GROUP, wati=WATI, far=far)):
        still.setup = known
        part.refresh()
        assert at_sizes(around, SIZES) == {}


def test_dues_and_what_is_owned_keep_the_rules(
    still: Workspace, around: QWidget, books: Books
) -> None:
    still.show_month("2026-06")
    dues = placed(DuesPart(still), around)
    paid = {f"2026-{n:02}": 10_000 for n in range(1, 13)}
    shown_with(dues, page=Residents((house("ani", paid), house("budi", {}, "2026-06")), 5, 5))
    assert at_sizes(around, SIZES, "words at the right") == {}, "signs stand for months"
    dues.hide()
    owned = InventoryPart(still)
    around.layout().addWidget(owned)
    asset = SimpleNamespace(name="Pump", code="P-1", acquired=date(2026, 1, 5), cost=750_000)
    one = SimpleNamespace(asset=asset, account=books.chart()["1202"], number="BKK-1", source="")
    shown_with(owned, page=SimpleNamespace(owned=(one,)))
    assert at_sizes(around, SIZES) == {}
