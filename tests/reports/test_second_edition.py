"""Reports of the second edition, against the figures that were computed elsewhere."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.app import Book, Books
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.errors import RuleError
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, RowKind
from kwt_books.reports.packs import Pack, Section
from kwt_books.reports.registry import KINDS
from kwt_books.services.statements import monthly_pack
from tests.conftest import DATA

from .figures import by_code, cell, report, rows

EXPECTED: dict[str, Any] = json.loads((DATA / "edisi-2.expected.json").read_text(encoding="utf-8"))
MONTHS = list(EXPECTED)


@pytest.mark.parametrize("month", MONTHS)
def test_a_programme_came_to_what_it_should(second_book: Book, month: str) -> None:
    found = report(second_book, "programme", month)
    for code, want in EXPECTED[month]["programmes"].items():
        assert cell(found, f"{code}:received", "whole") == want["received"]
        assert cell(found, f"{code}:left", "whole") == want["left"]
        for line, spent in want["spent_by_budget_line"].items():
            assert cell(found, line, "whole") == spent
            assert cell(found, line, "left") == cell(found, line, "amount") - spent


def test_stages_of_a_programme_add_up(second_book: Book) -> None:
    found = report(second_book, "programme", "2027-01", programme="p2l")
    for line in rows(found, RowKind.LINE):
        before, here, whole = line.cells[5:8]
        if isinstance(whole, int):
            assert (before or 0) + (here or 0) == whole, line.label  # type: ignore[operator]
    assert cell(found, "D1", "here") == 180_000
    assert cell(found, "p2l:budget", "amount") == 15_000_000
    assert cell(found, "p2l:budget", "whole") == 2_050_000 + 180_000 + 4_300_000


def test_a_programme_that_is_not_set_up_is_refused(second_book: Book) -> None:
    with pytest.raises(RuleError, match="unknown-programme"):
        report(second_book, "programme", "2027-01", programme="tidak-ada")


def test_on_paper_a_programme_has_its_proofs_and_its_minutes(second_book: Book) -> None:
    pack = second_book.pack("programme", Parameters(month="2026-12", programme="p2l"), "id")
    names = [part.name for part in pack.on_paper if isinstance(part, Report)]
    assert names == [
        "programme", "programme-proofs", "programme-workers", "programme-handing-over",
    ]  # fmt: skip
    proofs = pack.on_paper[1]
    assert isinstance(proofs, Report)
    assert cell(proofs, "total", "amount") == EXPECTED["2026-12"]["programmes"]["p2l"]["left"]
    assert "Rp15.000.000" in " ".join(row.label for row in pack.on_paper[3].rows)  # type: ignore[union-attr]


def test_the_budget_beside_what_came_of_it(second_book: Book) -> None:
    found = report(second_book, "budget", "2027-01")
    january = EXPECTED["2027-01"]["profit_loss"]
    assert cell(found, "4101", "budget") == 14_400_000
    assert cell(found, "4101", "year") == january["4101"]
    assert cell(found, "5101", "year") == -january["5101"]
    assert cell(found, "4101", "left") == 14_400_000 - january["4101"]
    assert cell(found, "4101", "percent") == 45, "648 of 14,400 thousand in tenths of a percent"
    assert cell(found, "surplus", "year") == EXPECTED["2027-01"]["profit"]


def test_a_year_without_a_budget_says_so(second_book: Book) -> None:
    found = report(second_book, "budget", "2026-12")
    assert found.closing == ("Anggaran tahun 2026 belum diisi.",)
    assert cell(found, "surplus", "month") == EXPECTED["2026-12"]["profit"]


@pytest.mark.parametrize("month", MONTHS)
def test_a_reconciliation_leads_from_the_bank_to_the_book(second_book: Book, month: str) -> None:
    found = report(second_book, "bank-reconciliation", month)
    (want,) = EXPECTED[month]["reconciliations"]
    assert cell(found, "1103:statement", "amount") == want["statement"]
    assert cell(found, "1103:book", "amount") == want["book"]
    if want["outstanding"]:
        assert cell(found, "1103:deposits", "amount") == want["outstanding"]


def test_an_account_that_was_not_reconciled_is_named(second_book: Book) -> None:
    found = report(second_book, "bank-reconciliation", "2026-11")
    assert [row.label for row in found.rows][1] == "Belum direkonsiliasi pada periode ini."


@pytest.mark.parametrize("month", MONTHS)
def test_cards_and_grid_hold_what_each_member_has(second_book: Book, month: str) -> None:
    cards, grid = (
        report(second_book, "savings-card", month),
        report(second_book, "savings-grid", month),
    )
    whole = 0
    for member, kinds in EXPECTED[month]["savings"].items():
        whole += sum(kinds.values())
        if member:
            assert cell(cards, f"{member}:total", "balance") == sum(kinds.values())
            assert cell(grid, member, "balance") == sum(kinds.values())
    assert cell(grid, "total", "balance") == whole


def test_the_card_of_one_member(second_book: Book) -> None:
    found = report(second_book, "savings-card", "2027-01", member="dewi")
    assert [row.code for row in rows(found, RowKind.SECTION)] == ["dewi"]
    assert cell(found, "BKK-2701-0010", "withdrawn") == 120_000
    with pytest.raises(RuleError, match="unknown-party"):
        report(second_book, "savings-card", "2027-01", member="tidak-ada")


def test_members_share_of_profit(second_book: Book) -> None:
    found = report(second_book, "member-shares", "2027-01")
    want = EXPECTED["2027-01"]["shu_payable"]
    assert by_code(found, "owed") == {member: amount for member, amount in want.items() if amount}
    assert cell(found, "sumiyati", "paid") == 100_000
    assert cell(found, "total", "given") == 600_000


@pytest.mark.parametrize("month", MONTHS)
def test_dues_by_resident_and_month(second_book: Book, month: str) -> None:
    """What was corrected is not paid; what was paid late stands in its own month."""
    found = report(second_book, "dues", month)
    for resident, want in EXPECTED[month]["dues"]["2104"].items():
        for due in want["months"]:
            if due[:4] == month[:4]:
                assert cell(found, resident, due) == 5_000
        assert cell(found, resident, "total") == 5_000 * sum(
            due[:4] == month[:4] for due in want["months"]
        )


BOOKS = {
    "guest-book": ("2026-12", "Rina Anggraini"), "activity-book": ("2026-12", "Pelatihan"),
    "letter-book": ("2026-12", "Pencairan"), "upkeep-book": ("2026-12", "Drainase"),
    "advice-book": ("2027-01", "Kurangi air"), "minutes-book": ("2027-01", "Rapat Anggota"),
    "member-book": ("2026-12", "Aryanah"), "officer-book": ("2026-12", "Aryanah"),
    "inventory-book": ("2026-12", "Wajan"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_books_are_filled_or_blank(second_book: Book, name: str) -> None:
    month, begins = BOOKS[name]
    filled = report(second_book, name, month)
    assert filled.rows[0].label.startswith(begins)
    assert [row.cells[0] for row in filled.rows] == [str(n + 1) for n in range(len(filled.rows))]
    blank = report(second_book, name, month, blank=True)
    assert len(blank.rows) > 15
    assert [row.cells[0] for row in blank.rows] == [str(n + 1) for n in range(len(blank.rows))]
    assert all(not row.label.strip() and not any(row.cells[1:]) for row in blank.rows)
    assert [column.key for column in blank.columns] == [column.key for column in filled.columns]
    assert not blank.provisional


MM = 72 / 25.4


def places(pack: Pack) -> dict[str, tuple[float, float]]:
    """Where each text stands on the only page, in points; of a row's number, where the row does."""
    out, found = BytesIO(), dict[str, tuple[float, float]]()
    Books.write(pack, "pdf", out)
    (page,) = PdfReader(out).pages

    def keep(text: str, _cm: Any, at: list[float], _font: Any, _size: Any) -> None:
        first, *_ = text.split() or [""]
        found[first if first.isdigit() else text.strip()] = at[4], at[5]

    page.extract_text(visitor_text=keep)
    return found


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("blank", [False, True])
def test_a_guest_can_write_and_sign(second_book: Book, blank: bool, paper: str) -> None:
    pack = second_book.pack("guest-book", Parameters(month="2026-12", blank=blank), "id")
    (book,) = pack.parts
    assert isinstance(book, Report)
    if not blank:
        rows = [
            book.rows[0]._replace(cells=(str(n), *book.rows[0].cells[1:])) for n in (20, 21, 22)
        ]
        pack = replace(pack, parts=(replace(book, rows=tuple(rows)),), on_paper=())
    at = places(replace(pack, paper=paper))
    assert at["21"][1] - at["22"][1] >= 7 * MM
    right = 210 - 15 if paper == "A4" else 215 - 15
    assert right * MM - at["Tanda tangan"][0] >= 20 * MM
    if blank:
        assert at["Instansi/alamat"][0] - at["Nama"][0] >= 30 * MM


def test_workers_can_be_written_down_and_sign(second_book: Book) -> None:
    asked = Parameters(month="2026-12", programme="p2l")
    pack = second_book.pack("programme", asked, "id")
    workers = pack.on_paper[2]
    at = places(replace(pack, parts=(workers,), on_paper=(workers,)))
    assert at["11"][1] - at["12"][1] >= 7 * MM
    assert at["Jenis pekerjaan"][0] - at["Nama"][0] >= 30 * MM


def test_decisions_of_several_lines_stay_apart(books: Books, tmp_path: Path) -> None:
    line = {"book": "minutes", "date": "2027-01-30", "title": "Rapat", "decisions":
            "Beli pompa\n\nBayar tukang.\nUpah tetap"}  # fmt: skip
    command = parse_command({"kind": "register", **line}, [])
    assert command is not None
    with closing(books.create(tmp_path / "baru.kwt")) as book:
        book.record(command)
        (row,) = report(book, "minutes-book", "2027-01").rows
    assert row.cells[-1] == "Beli pompa; Bayar tukang. Upah tetap"


def test_who_left_is_said_in_the_book_of_members(second_book: Book) -> None:
    def left(month: str) -> object:
        found = report(second_book, "member-book", month)
        (line,) = (row for row in found.rows if row.label == "Dewi Sartika")
        return line.cells[6]

    assert left("2026-12") is None
    assert left("2027-01") == date(2027, 1, 27)


def test_what_lies_before_the_book_is_not_available(second_book: Book) -> None:
    found = report(second_book, "profit-loss", "2026-12")
    previous = next(column for column in found.columns if column.key == "previous")
    assert previous.label == "November 2026\ntidak tersedia"
    assert cell(found, "profit", "previous") is None
    position = report(second_book, "position", "2026-12")
    assert cell(position, "total_assets", "previous") == 7_950_000 + sum(
        amount for code, amount in by_code(position, "previous").items()
        if code not in ("group_cash", "1104") and not code.startswith(("2", "3"))
    )  # fmt: skip


def test_the_position_of_a_year_stands_beside_the_end_of_the_one_before(second_book: Book) -> None:
    found = second_book.report(
        "position", Parameters(until=date(2027, 12, 31), since=date(2027, 1, 1)), "id"
    )
    want = EXPECTED["2026-12"]["position"]
    assert cell(found, "total_assets", "previous") == want["total_assets"]
    assert cell(found, "liabilities", "previous") == want["liabilities"]


def test_every_row_has_a_cell_for_each_column(second_book: Book) -> None:
    """Also where a statement refers to notes or has a column for the year."""
    month = MONTHS[0]
    for name in set(KINDS) - {"stock-card", "document"}:
        found = second_book.report(name, Parameters(month=month), "id")
        assert {len(each.cells) for each in found.rows} <= {0, len(found.columns)}, name
    pack = second_book.read(monthly_pack, month)
    for part in pack.parts:
        parts = part.parts if isinstance(part, Section) else (part,)
        for each in parts:
            if isinstance(each, Report):
                assert {len(row.cells) for row in each.rows} <= {0, len(each.columns)}, each.name


def test_a_report_that_there_is_not_is_refused_with_those_there_are(second_book: Book) -> None:
    with pytest.raises(RuleError, match="unknown-report") as refused:
        report(second_book, "neraca", "2027-01")
    assert "trial-balance" in refused.value.params["known"]
