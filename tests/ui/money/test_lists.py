"""What rows of assets, programmes and grants say, of values that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import Party, Programme
from kwt_books.domain.posting import Asset
from kwt_books.queries.assets import Granted, Owned
from kwt_books.queries.overview import SetupData
from kwt_books.queries.programmes import ProgrammeSums
from kwt_books.reports.debts import NOBODY
from kwt_books.reports.model import Column, ColumnType, Report, Row, party_ref
from tests.ui.windows import said, shown_with
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.money.lists import AssetsPart, GrantsPart, SavingsPart

TOOLS = Account("1202", "Peralatan", "Tools", AccountType.ASSET, Side.DEBIT)
DAY = date(2026, 6, 2)


def test_an_asset_tells_its_life_and_what_is_left_of_its_price(
    workspace: Workspace, qtbot: QtBot
) -> None:
    part = AssetsPart(workspace)
    qtbot.addWidget(part)
    pan = Asset("W-1", "Wajan", "1202", 240_000, 60_000, DAY, 24, opened=3)
    part.show_all(
        (
            Owned(pan, TOOLS, "purchase", "BKK-1"),
            Owned(replace(pan, code="W-2", accumulated=0, life_months=25), TOOLS, "grant", None),
            Owned(replace(pan, code="W-3", accumulated=240_000), TOOLS, "grant", None),
        )
    )
    bought, new, gone = (row.cells for row in part.table.list_model.rows)
    assert bought == (
        Cell("Wajan", "W-1 · Peralatan", bold=True),
        Cell("2 Juni 2026"),
        Cell("2 tahun"),
        Cell("240.000"),
        Cell("60.000"),
        Cell("180.000", bold=True),
    )
    assert (new[2], new[4]) == (Cell("25 bulan"), Cell("–"))
    assert gone[5] == Cell("–", bold=True)
    assert {"Rp720.000", "Rp420.000"} <= {*said(part)}


def test_a_grant_tells_what_was_given_and_one_that_was_undone_counts_for_nothing(
    workspace: Workspace, qtbot: QtBot
) -> None:
    part = GrantsPart(workspace)
    qtbot.addWidget(part)
    given = Granted("BM-1", DAY, "Dinas", "Bantuan bibit", ("Bibit", "Cangkul"), 0, 50_000, None)
    money = Granted("BKM-2", DAY, "", "Uang", (), 300_000, 300_000, None)
    part.show_all((given, money, replace(given, number="BM-3", corrected_by="BM-4")))
    goods, cash, undone = (row.cells for row in part.table.list_model.rows)
    assert goods == (
        Cell("2 Juni 2026", "BM-1"),
        Cell("Dinas"),
        Cell("Bibit, Cangkul", "Bantuan bibit"),
        Cell("–"),
        Cell("50.000", bold=True),
    )
    assert cash[1:4] == (Cell("–"), Cell("Uang"), Cell("300.000"))
    assert undone == (
        Cell("2 Juni 2026", "BM-3", tone="quiet"),
        Cell("Dinas", tone="quiet"),
        Cell("Bibit, Cangkul", "Bantuan bibit", tone="quiet", struck=True),
        Cell("–", tone="quiet"),
        Cell("50.000"),
    )
    assert "Rp350.000" in said(part)


def saved(code: str | None, label: str, held: int) -> Row:
    return Row(label, (0, 0, 0, held, 0, 0, held), party_ref(code) if code else NOBODY)


COLUMNS = tuple(
    Column(key, key, ColumnType.MONEY)
    for key in ("opening", "paid_in", "withdrawn", "principal", "mandatory", "voluntary", "balance")
)
GONE = ("Ani", "Budi", "Citra", "Dewi", "Eka")


def test_who_has_left_is_no_member_and_told_of_while_she_has_savings(
    still: Workspace, qtbot: QtBot
) -> None:
    """On each day: of a month that is over its last, else today."""
    still.show_month("2026-05")
    part = SavingsPart(still)
    qtbot.addWidget(part)
    left = {name: Party(code=name, name=name, role="member", left=DAY) for name in GONE}
    others = (Party(code="Fitri", name="Fitri", role="member"),
              Party(code="Gita", name="Gita", role="member", joined=date(2026, 6, 1)),
              Party(code="Toko", name="Toko", role="supplier"))  # fmt: skip
    still.setup = SetupData(None, {}, {}, left | {each.code: each for each in others}, {})
    held = {"Ani": 10, "Budi": 0, "Citra": 20, "Fitri": 40, "Gita": 0, "Toko": 70}

    def told(held: dict[str, int]) -> tuple[str, str, list[Cell]]:
        rows = [*(saved(each, f"{each} …", amount) for each, amount in held.items()),
                saved(None, "Nobody", 5), saved(None, "TOTAL", 1)]  # fmt: skip
        shown_with(part, page=Report("savings", "Savings", COLUMNS, tuple(rows)))
        note = part.gone.text if not part.gone.isHidden() else ""
        return part.foot.remark.text(), note, [each.cells[0] for each in part.table.list_model.rows]

    count, note, names = told(held)
    assert (count, note) == ("4 members", "")
    assert names == [Cell(f"{each} …") for each in held] + [Cell("Nobody")]
    still.show_month("2026-06")
    count, note, names = told(held)
    assert count == "2 members · 3 have left"
    assert note == "2 who have left still have savings: Rp30. Ani Rp10, Citra Rp20"
    gone = Cell("Ani", aside="left 2 Jun", tone="quiet")
    assert (names[0], names[3]) == (gone, Cell("Fitri …"))
    _, note, _ = told(dict.fromkeys(GONE, 5))
    assert note.endswith("Rp25. Ani Rp5, Budi Rp5, Citra Rp5, Dewi Rp5 and 1 more")
    _, note, _ = told({"Ani": 5})
    assert note == "1 who has left still has savings: Rp5. Ani Rp5"
    _, note, _ = told({"Fitri": 5})
    assert note == ""


def test_a_programme_tells_what_was_used_of_what_was_given(
    workspace: Workspace, qtbot: QtBot
) -> None:
    part = GrantsPart(workspace)
    qtbot.addWidget(part)
    shown = part.programmes
    assert shown.isHidden()
    plan = Programme(code="p2l", name="P2L", until=date(2026, 12, 31))
    shown.show_sums((ProgrammeSums(plan, "Dinas", 500_000, 120_000),
                     ProgrammeSums(replace(plan, code="x", until=None), "", 0, 0)))  # fmt: skip
    used, empty = (row.cells for row in shown.table.list_model.rows)
    assert used == (
        Cell("P2L", "Dinas", bold=True),
        Cell("31 Desember 2026"),
        Cell("500.000"),
        Cell("380.000"),
        Cell("120.000", bold=True),
    )
    assert [each.text for each in empty] == ["P2L", "–", "–", "–", "–"]
    assert not shown.isHidden()
    shown.show_sums(())
    assert shown.isHidden()
