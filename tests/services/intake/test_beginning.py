"""What stands when a book begins, from rows given by hand: the set-up and the opening balance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.sheets import TABLES
from kwt_books.domain.sheets_of_lists import BY_MONTH
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.intake import KnownToIntake
from kwt_books.services.intake import headings
from kwt_books.services.intake.beginning import Beginning
from kwt_books.services.intake.by_month import DUES, ByMonth
from kwt_books.services.intake.entry import Cell, Entry, Remark
from kwt_books.services.intake.period import period_of
from kwt_books.services.intake.purposes import NameFinder
from kwt_books.services.intake.sheet import Row
from kwt_books.store.credentials import default_chart

TODAY = date(2026, 11, 30)
CHART = {each.code: each.account() for each in default_chart(resources_dir())}
BAYAM = Item(code="bayam", name="Bayam", unit="ikat", item_class="produce", price=2_000)
SITI = Party(code="siti", name="Warung Bu Siti", role="shop")


def known(rows: Sequence[str] = ()) -> KnownToIntake:
    return KnownToIntake(
        CHART, {"bayam": BAYAM}, {"siti": SITI}, None, "", True, frozenset(rows)
    )  # fmt: skip


def rows_of(*rows: Sequence[Any]) -> list[Row]:
    made = (
        Row(number, tuple(Decimal(x) if isinstance(x, int) else x for x in cells))
        for number, cells in enumerate(rows, 1)
    )
    return [row for row in made if not row.empty]


class Desk:
    """Takes in sheets, and says what they become."""

    def __init__(self, of: KnownToIntake | None = None) -> None:
        self.remarks: list[Remark] = []
        self.made = Beginning(of or known(), "act", self.remarks)
        self.entries: list[Entry] = []

    def read(self, name: str, *rows: Sequence[Any]) -> Desk:
        made = rows_of(*rows)
        layout = headings.guess(name, made, TABLES.values())
        assert layout is not None
        below = [row for row in made if row.number > layout.last]
        self.made.read(layout, lambda: below, TODAY)
        return self

    def done(self) -> Desk:
        self.entries = list(self.made.entries(TODAY))
        return self

    def of(self, kind: type[Any]) -> list[Any]:
        return [each.command for each in self.entries if isinstance(each.command, kind)]

    @property
    def opening(self) -> OpeningBalance:
        (found,) = self.of(OpeningBalance)
        assert isinstance(found, OpeningBalance)
        return found

    def at(self, path: str) -> str:
        (entry,) = (x for x in self.entries if isinstance(x.command, OpeningBalance))
        return str(entry.at(path))

    @property
    def codes(self) -> dict[str, str]:
        return {str(each.cell): each.issue.code for each in self.remarks}


def test_members_with_all_that_is_said_of_them() -> None:
    desk = Desk().read(
        "Anggota",
        ["Nama", "L/P", "Tgl Lahir", "Bergabung", "Pekerjaan", "Alamat", "HP", "Simp. Pokok",
         "Simp. Wajib", "Sukarela"],
        ["Sumiati", "P", "17/08/1980", "1/2/2019", "Tani", "RT 01", 81234567890, 50, 20, None],
        ["Tono", "laki-laki", None, None, None, None, "0812-11", None, 30, 10],
        ["Wati", "w", None, None, None, None, "021 555", None, None, None],
        ["Budi", "?", None, None, None, None, None, None, None, None],
        ["JUMLAH", None, None, None, None, None, None, 50, 50, 10],
    ).done()  # fmt: skip
    people = {each.name: each for each in desk.of(Party)}
    first = people["Sumiati"]
    assert (first.role, first.sex, first.born, first.joined, first.work, first.address) == (
        "member", "P", date(1980, 8, 17), date(2019, 2, 1), "Tani", "RT 01",
    )  # fmt: skip
    assert [(each.sex, each.phone) for each in people.values()] == [
        ("P", "081234567890"), ("L", "0812-11"), ("P", "021 555"), (None, None),
    ]  # fmt: skip
    assert [(x.party, x.account, x.amount) for x in desk.opening.parties] == [
        ("sumiati", "3101", -50), ("sumiati", "3102", -20), ("tono", "3102", -30),
        ("tono", "2106", -10),
    ]  # fmt: skip
    assert [desk.at(f"parties.{spot}") for spot in range(4)] == [
        "Anggota!H2", "Anggota!I2", "Anggota!I3", "Anggota!J3",
    ]  # fmt: skip
    assert desk.opening.balances == {"3101": -50, "3102": -50, "2106": -10, "3301": 110}
    assert desk.opening.date == date(2026, 1, 1), "the first of the year, where nothing is said"
    assert [str(x.at("name")) for x in desk.entries[:2]] == ["Anggota!A2", "Anggota!A3"]
    assert not desk.remarks


def test_examples_sums_and_rows_without_a_name_are_passed_over() -> None:
    head = ["No", "Nama", "Simp. Pokok"]
    rows = [["contoh", "Sumiati", 50], [1, "Ani", 20], [None, "JUMLAH", 20], [2, None, 5]]
    desk = Desk().read("Anggota", head, *rows, [3, "Budi", 7]).done()
    assert [each.name for each in desk.of(Party)] == ["Ani", "Budi"]
    assert [each.amount for each in desk.opening.parties] == [-20, -7]


GOODS = ["Nama Barang", "Jenis", "Satuan", "Harga Jual", "Stok", "Harga Modal", "Nilai"]


def test_goods_are_set_up_and_stand_for_what_they_cost() -> None:
    desk = Desk().read(
        "Barang", GOODS,
        ["Tomat", "sayuran", "kg", 9_000, "2,5", 3_001, None],
        ["Bibit cabai", None, None, None, 10, None, 5_000],
        ["Bayam", None, None, 2_500, 4, 100, None],
        ["Sawi", "hasil panen segar", "ikat", None, 0, 100, None],
    ).done()  # fmt: skip
    items = {each.name: each for each in desk.of(Item)}
    assert {name: (x.item_class, x.unit, x.price) for name, x in items.items()} == {
        "Tomat": ("produce", "kg", 9_000), "Bibit cabai": ("seedling", "pcs", None),
        "Bayam": ("produce", "ikat", 2_500), "Sawi": ("produce", "ikat", None),
    }  # fmt: skip
    assert items["Bayam"].code == "bayam", "it is there already, and has another price now"
    assert [(x.item, x.qty, x.value, x.place) for x in desk.opening.stock] == [
        (items["Tomat"].code, 2_500, 7_503, "store"),  # 2.5 x 3,001, halves up
        (items["Bibit cabai"].code, 10_000, 5_000, "store"), ("bayam", 4_000, 400, "store"),
    ]  # fmt: skip
    assert [desk.at(path) for path in ("stock.0", "stock.0.qty", "stock.0.value")] == [
        "Barang!2", "Barang!E2", "Barang!G2",
    ]  # fmt: skip
    assert not desk.remarks


def test_goods_that_are_as_they_were_are_not_set_up_again() -> None:
    for row in (["BAYAM", "bibit", "pcs", None], ["Bayam", None, None, 2_000]):
        assert Desk().read("Barang", GOODS, [*row, None, None, None]).done().entries == []


def test_what_is_wrong_with_goods_is_told_at_its_cell() -> None:
    desk = Desk().read(
        "Barang", GOODS,
        ["Tomat", "perabot", None, None, None, None, None],
        ["Sawi", "sayuran", None, None, -1, 100, None],
        ["Cabai", "sayuran", None, None, 1, None, None],
        ["sawi", "sayuran", None, None, 9, 100, None],
    ).done()  # fmt: skip
    assert desk.codes == {
        "Barang!B2": "sort-unknown", "Barang!E3": "not-positive", "Barang!F4": "cost-missing",
        "Barang!A5": "named-twice",
    }  # fmt: skip
    known_sorts = desk.remarks[0].issue.params["known"]
    assert str(known_sorts).startswith("sayuran, bibit, olahan")
    assert [each.item_class for each in desk.of(Item)][:1] == ["produce"]


def test_of_a_long_cell_only_its_beginning_is_told() -> None:
    desk = Desk().read("Barang", GOODS, ["Tomat", "p" * 50, None, None, None, None, None])
    desk.read("Warung", ["Nama Warung", "Barang", "Jumlah", "Nilai"],
              ["Kios Ani", "k" * 70, 2, 1_000])  # fmt: skip
    desk.read("Saldo Awal", ["Akun", "Jumlah"], ["c" * 70, 5]).done()
    assert [each.issue.params["text"] for each in desk.remarks] == ["p" * 40, "c" * 60, "k" * 60]


def test_goods_at_shops_cost_what_they_cost_in_the_store() -> None:
    desk = Desk().read("Barang", GOODS, ["Keripik", "keripik", "bks", None, None, 700, None])
    desk.read("Warung", ["Nama Warung", "Barang", "Jumlah", "Nilai", "Belum Setor", "Alamat"],
              ["Kios Ani", "Kerupuk", 2, 1_000, None, None],
              ["Warung Bu Siti", "Keripik", 5, None, 9_000, "RT 02"],
              ["Kios Ani", "Keripik", 2, 1_000, None, None],
              ["Kios Ani", None, None, None, None, "RT 03"]).done()  # fmt: skip
    assert [(x.qty, x.value, x.place) for x in desk.opening.stock] == [
        (5_000, 3_500, "shop:siti"), (2_000, 1_000, "shop:kios-ani"),
    ]  # fmt: skip
    people = {each.code: each.address for each in desk.of(Party)}
    assert people == {"siti": "RT 02", "kios-ani": "RT 03"}
    assert [desk.at(f"stock.{spot}.qty") for spot in range(2)] == ["Warung!C3", "Warung!C4"]
    assert [(x.party, x.account, x.amount) for x in desk.opening.parties] == [
        ("siti", "1112", 9_000)
    ]
    assert desk.at("parties.0.amount") == "Warung!E3"
    assert desk.codes == {"Warung!B2": "goods-unknown"}


OWED = ["Nama", "Sebagai", "Piutang", "Utang"]


@pytest.mark.parametrize(
    ("row", "role", "account", "amount"),
    [
        (["Toko Tani", None, None, 70], "supplier", "2101", -70),
        (["Bu Marni", None, 30, None], "customer", "1111", 30),
        (["Warung Bu Siti", None, 30, None], "shop", "1112", 30),
        (["UPK", "UPK Kemiling", None, 70], "agency", "2201", -70),
        (["Ani", "anggota", 30, None], "member", "1113", 30),
    ],
)
def test_who_owes_and_is_owed(row: list[Any], role: str, account: str, amount: int) -> None:
    desk = Desk().read("Utang Piutang", OWED, row).done()
    (line,) = desk.opening.parties
    assert (line.account, line.amount) == (account, amount)
    roles = {each.code: each.role for each in (*desk.of(Party), SITI)}
    assert roles[line.party] == role
    assert desk.at("parties.0.amount") == f"Utang Piutang!{'D2' if amount < 0 else 'C2'}"


def test_debts_that_go_the_wrong_way_are_told() -> None:
    desk = Desk().read("Utang Piutang", OWED, ["Toko", "pemasok", 50, None],
                       ["Bu Marni", "pembeli", None, 50]).done()  # fmt: skip
    assert desk.codes == {
        "Utang Piutang!C2": "owes-nothing", "Utang Piutang!D3": "is-owed-nothing",
    }  # fmt: skip


def test_a_debt_of_which_only_the_amount_is_said_is_asked_about_once() -> None:
    desk = Desk().read("Hutang", ["Nama", "Jumlah"], ["Toko A", 50], ["Toko B", 60]).done()
    (asked,) = desk.remarks
    assert (str(asked.cell), asked.issue.code, asked.issue.params) == (
        "Hutang!B2", "debt-owed", {"name": "Toko A"},
    )  # fmt: skip
    assert [each.amount for each in desk.opening.parties] == [-50, -60]


def test_balances_of_accounts_and_what_is_left_over_is_surplus() -> None:
    desk = Desk().read(
        "Saldo Awal", ["Tanggal", "Akun", "Jumlah"],
        ["1/6/2026", "Uang kas", 900], ["2/6/2026", "2201", 300], [None, "Dana sosial warga", 50],
        [None, "Bank", None], [None, "Celengan", 5], [None, "Kas", 7], [None, "1121", 7],
        [None, "4101", 7],
    ).done()  # fmt: skip
    assert desk.opening.date == date(2026, 6, 1), "the first day that is said"
    assert desk.opening.balances == {"1101": 900, "2201": -300, "2111": -50, "3301": -550}
    assert desk.at("date") == "Saldo Awal!A2"
    assert desk.at("balances.2201") == "Saldo Awal!C3"
    assert desk.codes == {
        "Saldo Awal!B6": "account-unknown", "Saldo Awal!B7": "named-twice",
        "Saldo Awal!B8": "kept-by-detail", "Saldo Awal!B9": "not-in-position",
    }  # fmt: skip
    row = str(desk.opening.id).rpartition("-")[2]
    again = Desk(known([row])).read("Saldo Awal", ["Tanggal", "Akun", "Jumlah"],
                                    ["1/6/2026", "Uang kas", 900], [None, "2201", 300],
                                    [None, "Dana sosial", 50]).done()  # fmt: skip
    assert again.entries == [], "it was taken before"


def test_things_last_as_long_as_is_said_or_usual() -> None:
    desk = Desk().read("Saldo Awal", ["Tanggal", "Akun", "Jumlah"], ["1/6/2026", "Kas", 1]).read(
        "Inventaris",
        ["Nama Barang", "Jenis", "Tanggal Perolehan", "Harga Perolehan", "Umur (tahun)"],
        ["Rumah bibit", None, "20/8/2025", 6_000, 5], ["Pondok", "bangunan", "2024", 1_000, None],
        ["Mesin", None, "1/6/2026", 400, None], ["Cangkul", None, "1/6/2026", 480, None],
        ["Meja", None, None, 5, None], ["Kursi", None, "1/6/2026", 0, None],
    ).done()  # fmt: skip
    assert [
        (each.code, each.account, each.cost, each.accumulated, each.life_months)
        for each in desk.opening.assets
    ] == [
        ("1201-1", "1201", 6_000, 1_000, 60),  # ten months of sixty
        ("1201-2", "1201", 1_000, 242, 120),  # 29 months of 120, halves up
        ("1203-1", "1203", 400, 0, 48), ("1202-1", "1202", 480, 0, 48),
    ]  # fmt: skip
    assert desk.at("assets.1.life_months") == "Inventaris!E3"
    assert desk.codes == {"Inventaris!C6": "day-missing", "Inventaris!D7": "amount-missing"}


def test_people_who_only_paid_by_month_are_met() -> None:
    desk = Desk()
    cells = [Cell("Iuran", 3, 1), Cell("Iuran", 4, 1), Cell("Iuran", 5, 1)]
    desk.made.meet(zip(("Sri", "SRI", "Wati"), cells, strict=True), "member")
    desk.made.meet([("Warung Bu Siti", cells[0])], "resident")
    desk.done()
    assert [(each.name, each.role) for each in desk.of(Party)] == [
        ("Warung Bu Siti", "resident"), ("Sri", "member"), ("Wati", "member"),
    ]  # fmt: skip
    assert [str(each.at("name")) for each in desk.entries] == ["Iuran!B3", "Iuran!B3", "Iuran!B5"]
    assert desk.of(OpeningBalance) == []


# -- members against months ----------------------------------------------------------------------


def grid(*rows: Sequence[Any], name: str = "Iuran", kind: str | None = "mandatory",
         rows_known: Sequence[str] = ()) -> tuple[list[Entry], ByMonth]:  # fmt: skip
    made = rows_of(*rows)
    layout = headings.guess(name, made, [BY_MONTH])
    assert layout is not None
    above = [row for row in made if row.number < layout.heading]
    file: Any = SimpleNamespace(name="a.xlsx")
    months = ByMonth(known(rows_known), "act", layout, kind, period_of(file, layout, above, TODAY))
    people = NameFinder([("siti", "Siti"), ("nur", "Nur")])
    return list(months.entries([row for row in made if row.number > layout.last], people)), months


HEAD = ["Nama", "Nov", "Des", "Jan", "Total"]
PAID = [["Siti", 10, 20, None, 30], ["Nur", None, 5, 7, 12]]


def test_a_document_for_each_month_at_its_end() -> None:
    entries, months = grid(["Tahun 2025"], HEAD, *PAID)
    found = [(x.command.date, [(y.party, y.amount) for y in x.command.lines]) for x in entries]  # type: ignore[attr-defined]
    assert found == [
        (date(2025, 11, 30), [("siti", 10)]),
        (date(2025, 12, 31), [("siti", 20), ("nur", 5)]),
        (date(2026, 1, 31), [("nur", 7)]),
    ]
    command: Any = entries[1].command
    assert (command.kind, command.type, command.account) == ("savings", "mandatory", "1101")
    assert [str(entries[1].at(path)) for path in ("lines.1.amount", "lines.1.party", "date")] == [
        "Iuran!C4", "Iuran!A4", "Iuran!C2",
    ]  # fmt: skip
    assert {str(each.cell): each.issue.code for each in months.remarks} == {
        "Iuran!B3": "day-of-month-end"
    }


def test_dues_name_their_months_and_a_month_to_come_is_dated_today() -> None:
    entries, _ = grid(["Nama", "Okt 2026", "Des 2026"], ["Siti", 10, 20], kind=DUES)
    found: list[Any] = [each.command for each in entries]
    assert [(x.kind, x.date, x.lines[0].months) for x in found] == [
        ("dues", date(2026, 10, 31), ("2026-10",)), ("dues", TODAY, ("2026-12",)),
    ]  # fmt: skip


def test_a_month_that_was_taken_is_passed_over_or_told_where_it_differs() -> None:
    (first, *_), _ = grid(["Tahun 2025"], HEAD, *PAID)
    row = str(first.command.id).rpartition("-")[2]  # type: ignore[attr-defined]
    entries, months = grid(["Tahun 2025"], HEAD, *PAID, rows_known=[row])
    assert (len(entries), months.known_months) == (2, 1)
    entries, months = grid(["Tahun 2025"], HEAD, ["Siti", 11, 20, None, 31], PAID[1],
                           rows_known=[row])  # fmt: skip
    assert (len(entries), months.known_months) == (2, 0)
    assert [x.issue.code for x in months.remarks] == ["month-taken-otherwise", "day-of-month-end"]
    assert months.remarks[0].issue.params == {"month": "2025-11"}


def test_what_is_left_open_by_a_grid_is_told() -> None:
    entries, months = grid(HEAD, ["Siti", 10, None, None, 11], ["Ani", 5, None, None, None],
                           ["Nur", -5, None, None, None], ["Jumlah", 10, None, None, None],
                           ["Nur", None, None, None, None])  # fmt: skip
    assert len(entries) == 1
    assert {str(x.cell): (x.issue.code, x.issue.params) for x in months.remarks} == {
        "Iuran!E2": ("total-differs", {"balance": 11, "total": 10}),
        "Iuran!A3": ("who-is-meant", {"name": "Ani"}),
        "Iuran!B4": ("not-positive", {"amount": -5}),
        "Iuran!A2": ("year-guessed", {"year": 2026}),
        "Iuran!B2": ("day-of-month-end", {"date": date(2026, 11, 30)}),
    }
    nothing, months = grid(HEAD, ["Siti", 10, None, None, None], kind=None)
    assert nothing == []
    assert [x.issue.code for x in months.remarks] == ["by-month-of-what"]
