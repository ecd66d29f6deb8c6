"""June 2026 of KWT Sukawangi Sejahtera, from the first saving to the sharing of the profit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.buying import Depreciation
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.correction import Correction
from kwt_books.domain.errors import InvalidDocument
from tests.books import asked
from tests.scenarios.story import BANK, CASH, HELD, Story

SPINACH, GOURD, GREENS = "keripik-bayam", "keripik-pare", "sayur"


@pytest.fixture
def story(books: Books, tmp_path: Path, sample_stream: Path) -> Any:
    book = books.create(tmp_path / "juni.kwt")
    story = Story(book)
    story.set_up(sample_stream)
    yield story
    book.close()


def test_a_month_from_the_first_saving_to_the_sharing_of_profit(
    story: Story, sample_path: Path, expected: dict[str, Any]
) -> None:
    assert story.balance(CASH) == 850_000
    first_week(story)
    second_week(story)
    third_week(story)
    fourth_week(story)
    month_end(story)

    assert story.numbers == expected["voucher_numbers"]
    assert kept_sums(story.book.path) == kept_sums(sample_path)


def first_week(story: Story) -> None:
    story.members_pay_in(1, members=20, amount=10_000, memo="Simpanan wajib Juni")
    settled = [{"item": SPINACH, "sold": 12, "returned": 3, "price": 8_500}]
    story.settle(2, "siti", settled, 102_000, "Setoran titip jual")
    story.receive(2, {"1112": 180_000}, "Tagih piutang warung", party="siti")
    assert story.balance("1112") == 0, "Bu Siti owes nothing any more"

    seeds = {"benih-sayur": (6, 90_000)}
    before = story.balance("3203")
    story.buy(3, "toko-tani", seeds, "Beli benih sayur", fund="3203")
    assert story.balance("3203") == before + 90_000, "the seed fund has paid"
    story.buy(
        3,
        "toko-tani",
        {"pupuk": (20, 100_000), "polybag": (300, 60_000)},
        "Beli pupuk dan polybag",
    )
    story.sow(4, "SM-0604", 400, {"benih-cabai": 400, "media": 8})
    story.harvest(5, GREENS, 35)
    story.sell_at(
        5,
        "outlet-jumat",
        {GREENS: (35, 35), SPINACH: (18, 13), GOURD: (10, 6)},
        {CASH: 510_000, BANK: 100_000},
        "Outlet Jumat pekan 1",
    )


def second_week(story: Story) -> None:
    ingredients = {
        "tepung-beras": (4, 60_000),
        "minyak": (4, 84_000),
        "bumbu": (2, 56_000),
        "kemasan": (60, 48_000),
    }
    story.buy(8, "pasar", ingredients, "Beli bahan olahan dan kemasan")
    story.harvest(8, "daun-bayam", 5)
    inputs = {"daun-bayam": 5, "tepung-beras": 4, "minyak": 3, "bumbu": 1, "kemasan": 40}
    story.fry(8, SPINACH, "KB-0608", inputs, "Produksi keripik bayam")
    story.leave(10, "siti", {SPINACH: 15})
    story.leave(10, "joko", {SPINACH: 10})
    story.harvest(12, GREENS, 35, spoiled=2)
    story.sell_at(
        12,
        "outlet-jumat",
        {GREENS: (35, 35), SPINACH: (12, 10)},
        {CASH: 520_000},
        "Outlet Jumat pekan 2",
    )
    story.ready(13, "SM-0604", ready=300, lost=100)
    story.sell(14, "bibit-cabai", 120, 300_000, "Jual bibit cabai")


def third_week(story: Story) -> None:
    story.buy(15, "pasar", {"pare": (6, 48_000)}, "Beli pare")
    inputs = {"pare": 6, "tepung-beras": 4, "minyak": 3, "bumbu": 1, "kemasan": 40}
    story.fry(15, GOURD, "KP-0615", inputs, "Produksi keripik pare")
    story.leave(16, "siti", {GOURD: 15})
    story.tend(16, {"bibit-cabai": 60}, {"pupuk": 24})
    story.pay(17, {"6104": 71_500, "6105": 36_000}, "Listrik, air, ATK", fund="3204")
    story.harvest(19, GREENS, 35)
    story.sell_at(
        19,
        "outlet-jumat",
        {GREENS: (35, 35), SPINACH: (10, 8), GOURD: (14, 12)},
        {CASH: 620_000},
        "Outlet Jumat pekan 3",
    )
    story.sell_at(
        20,
        "gelar-produk",
        {SPINACH: (6, 5), GOURD: (16, 15), "bibit-cabai": (80, 80)},
        {CASH: 400_000},
        "Gelar Hasil Produk KSM Binaan BDC",
        sampled={SPINACH: 1},
    )
    story.pay(20, {"6108": 40_000}, "Biaya stan Gelar Hasil Produk")


def fourth_week(story: Story) -> None:
    worth = story.balance("1124")
    story.given(22, "bibit-cabai", 200, "HIBAH-0622", "Hibah 200 bibit, BAST 12/DP/VI/2026")
    assert story.balance("1124") == worth, "what was given for nothing is worth nothing"
    story.receive(24, {"2104": 75_000}, "Iuran KPP 15 rumah", into=HELD, party="kpp")
    story.bring_to_bank(24, 1_500_000)
    at_siti = [
        {"item": SPINACH, "sold": 11, "returned": 3, "spoiled": 1, "price": 8_500},
        {"item": GOURD, "sold": 10, "price": 9_000},
    ]
    story.settle(25, "siti", at_siti, 183_500, "Setoran titip jual")
    at_joko = [{"item": SPINACH, "sold": 8, "price": 8_500}]
    story.settle(25, "joko", at_joko, 0, "Titip jual, belum dibayar")
    assert story.balance("1112") == 68_000, "Pak Joko still owes"
    story.harvest(26, GREENS, 35)
    story.sell_at(
        26,
        "outlet-jumat",
        {GREENS: (35, 35), SPINACH: (4, 4), GOURD: (8, 6)},
        {CASH: 515_000},
        "Outlet Jumat pekan 4, kas kurang 5.000",
    )
    assert story.balance("7202") == 5_000, "what was missing from the till is not hidden"


def month_end(story: Story) -> None:
    story.pay(27, {"6101": 200_000}, "Perbaikan rumah bibit", fund="3202")
    before = story.balance("3204")
    typo = story.pay(28, {"6106": 600_000}, "Konsumsi rapat", fund="3204")
    undo = Correction(date=date(2026, 6, 28), of=typo, reason="Salah ketik nol")
    story.tell(story.book.record(undo))
    assert story.balance("3204") == before, "the fund has its money back"
    story.pay(28, {"6106": 60_000, "6103": 80_000}, "Konsumsi rapat, transport", fund="3204")
    story.receive(30, {"7101": 2_175}, "Bunga bank", into=BANK)
    story.pay(30, {"7201": 5_500}, "Administrasi bank", source=BANK)
    story.count_cash(30, {100_000: 17, 20_000: 1, 10_000: 1, 500: 1, 200: 2})
    assert story.balance(CASH) == 1_730_900, "the book holds what was counted"
    story.tell(story.book.record(Depreciation(month="2026-06")))
    story.tell(story.book.record(MonthClose(month="2026-06", decision="BA-06/KWT/VI/2026")))

    late = Correction(date=date(2026, 6, 30), of=story.numbers[-3], reason="terlambat")
    with pytest.raises(InvalidDocument) as refused:
        story.book.record(late)
    assert [issue.code for issue in refused.value.issues] == ["month-closed"]


def kept_sums(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every kept figure of a book; lots the program named go by their receipt."""
    queries = {
        "balance": "SELECT * FROM balance ORDER BY 1, 2, 3",
        "layer": (
            "SELECT layer.item, place, received, expires, quantity, value FROM layer"
            " JOIN lot ON lot.item = layer.item AND lot.name = layer.lot ORDER BY 1, 2, 3, 4, 5"
        ),
        "growing": "SELECT place, item, since, quantity, value, ended FROM growing ORDER BY 1",
        "asset": "SELECT code, account, cost, accumulated, life_months FROM asset ORDER BY 1",
        "voucher": "SELECT * FROM voucher ORDER BY 1, 2",
    }
    return {name: asked(path, query) for name, query in queries.items()}
