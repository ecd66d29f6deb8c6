"""One act: all rows or none, each fault at its cell, cancelled as a whole and taken again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.app import Book, Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.money import CashCount, Receipt
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.domain.sheets import CASH_BOOK, TABLES
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.queries.intake import acts, known_to_intake
from kwt_books.services.explain import explain
from kwt_books.services.intake import headings, sheet, taking
from kwt_books.services.intake.sheet import Row, SheetFile, open_sheets
from kwt_books.services.intake.taking import (
    RowsRefused,
    cancellation,
    layouts_of,
    plan,
    take,
)
from tests.books import column
from tests.services.intake import kept
from tests.services.intake.kept import book as workbook
from tests.services.intake.kept import text

TODAY = date(2026, 11, 30)
HEADINGS = ["Tanggal", "Uraian", "Masuk", "Keluar"]


def taken(book: Book, path: Path, *, meant: bool = False) -> taking.Taking:
    file = open_sheets(path)
    return take(book, file, layouts_of(file), TODAY, meant=meant)[0]


def faults(book: Book, path: Path) -> dict[str, str]:
    """What has to be mended, by cell; nothing was recorded."""
    before = book.standing()
    with pytest.raises(RowsRefused) as refused:
        taken(book, path)
    assert book.standing() == before
    return {str(each.cell): each.issue.code for each in refused.value.taking.stops}


def kas(tmp_path: Path, *rows: Sequence[Any], name: str = "kas.xlsx") -> Path:
    path = tmp_path / name
    workbook({"Kas": [HEADINGS, *rows]})(path)
    return path


def planned_list(
    book: Book, name: str, *rows: str, progress: Callable[[int], None] | None = None
) -> taking.Taking:
    """What a list of this name becomes; nothing is recorded."""
    content = "\n".join(("Tanggal;Uraian;Masuk", *rows)).encode()
    file = SheetFile(name, content)
    layout = headings.at(file.sheets[0], file.rows(file.sheets[0]), CASH_BOOK, 1)
    return plan(file, book.read(known_to_intake), [layout], TODAY, progress=progress)


def unkept() -> Any:
    raise AssertionError("the file is not kept")


def test_a_day_far_ahead_is_refused_at_its_cell(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, ["01/12/2026", "Jual bayam", 50000, None],
               ["05/01/2062", "Jual sawi", 60000, None])  # fmt: skip
    file = open_sheets(path)
    planned = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY)
    told = [(str(each.cell), each.issue.code) for each in planned.stops]
    assert told == [("Kas!A3", "day-too-far")]
    assert not planned.asked
    with pytest.raises(RowsRefused, match="day-too-far"):
        take(new_book, file, layouts_of(file), TODAY, meant=True)
    assert not new_book.read(acts)


def test_far_too_much_money_is_asked_about_by_what_the_sheet_and_the_book_know(
    new_book: Book, tmp_path: Path
) -> None:
    usual = [[f"{day}/01/2026", "Jual bayam", 50000 + day, None] for day in range(1, 6)]
    path = kas(tmp_path, *usual, ["06/01/2026", "Jual sawi", 5000000, None])
    with pytest.raises(RowsRefused) as refused:
        taken(new_book, path)
    (asked,) = refused.value.taking.asked
    assert (str(asked.cell), asked.issue.code) == ("Kas!C7", "much-more-money")
    assert asked.issue.params == {"account": "4101", "total": 5000000, "due": 50003}
    assert not new_book.read(acts)

    taken(new_book, kas(tmp_path, *usual))
    alone = kas(tmp_path, ["07/01/2026", "Jual sawi", 5000000, None])
    with pytest.raises(RowsRefused, match="much-more-money"):
        taken(new_book, alone)


@pytest.mark.parametrize(("number", "is_asked"), [(2, False), (3, True)])
def test_a_few_rows_say_nothing_of_what_is_usual(
    number: int, is_asked: bool, new_book: Book, tmp_path: Path
) -> None:
    """The large one is among those by which it is judged."""
    usual = [[f"{day}/01/2026", "Jual bayam", 50000, None] for day in range(1, number + 1)]
    path = kas(tmp_path, *usual, ["06/01/2026", "Jual sawi", 5000000, None])
    file = open_sheets(path)
    planned = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY)
    assert [each.issue.code for each in planned.asked] == ["much-more-money"] * is_asked


def test_the_row_by_which_a_cash_box_falls_below_nil_is_pointed_at(
    new_book: Book, tmp_path: Path
) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None],
               ["06/01/2026", "Beli bensin", None, 60000],
               ["07/01/2026", "Parkir", None, 1000])  # fmt: skip
    told = [(str(x.cell), x.issue.code, x.issue.params) for x in taken(new_book, path).remarks]
    assert told == [("Kas!3", "cash-would-be-short", {"account": "1101", "balance": -10000})]


def test_every_fault_stands_at_its_cell_and_nothing_is_recorded(
    new_book: Book, tmp_path: Path
) -> None:
    path = kas(
        tmp_path,
        ["05/01/2026", "Jual bayam", 50000, None],
        ["31/02/2026", "Jual sawi", 60000, None],
        ["06/01/2026", "Beli gas", None, "dua puluh ribu"],
        ["07/01/2026", "Jual tomat", "12.500,50", None],
        ["07/01/2026", None, 5000, None],
    )
    assert faults(new_book, path) == {
        "Kas!A3": "day-not-understood",
        "Kas!D4": "amount-not-a-number",
        "Kas!C5": "amount-not-whole",
        "Kas!B6": "words-missing",
    }


def test_what_the_book_itself_refuses_stands_at_its_cell(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kas.xlsx"
    workbook({"Kas": [
        [*HEADINGS, "Untuk apa"],
        ["05/01/2026", "Jual bayam", 50000, None, "Penjualan Sayuran"],
        ["06/01/2026", "Beli pupuk", None, 20000, "Persediaan Saprotan"],
        ["07/01/1999", "Jual sawi", 20000, None, None],
    ]})(path)  # fmt: skip
    assert faults(new_book, path) == {"Kas!E3": "kept-by-detail", "Kas!A4": "bad-date"}


def test_the_bank_has_its_part_in_the_opening_that_a_cash_book_says(
    new_book: Book, tmp_path: Path
) -> None:
    path = kas(tmp_path, [None, "Saldo bulan lalu", 875000, None],
               ["02/01/2026", "Jual bayam", 50000, None])  # fmt: skip
    file = open_sheets(path)
    made, _ = take(new_book, file, layouts_of(file), TODAY, bank=1250000)
    assert made.opening == date(2026, 1, 1)
    assert _balances(new_book) == {
        "1101": 925000,
        "1103": 1250000,
        "3301": -2125000,
        "4101": -50000,
    }


def test_a_row_without_a_day_before_it_needs_one(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, [None, "Jual bayam", 50000, None], ["6/1/2026", "Jual sawi", 1000, None])
    assert faults(new_book, path) == {"Kas!A2": "day-missing"}


def test_faults_of_the_opening_stand_at_their_cells(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "awal.xlsx"
    workbook({
        "Barang": [
            ["Nama Barang", "Jenis", "Satuan", "Stok", "Harga Modal"],
            ["Bayam", "sayuran", "ikat", None, None],
            ["bayam", "sayuran", "ikat", None, None],
            ["Kursi", "perabot", "buah", None, None],
            ["Keripik", "olahan", "bungkus", 5, None],
        ],
        "Warung": [
            ["Nama Warung", "Barang", "Jumlah", "Nilai", "Belum Setor"],
            ["Warung Bu Siti", "Kerupuk", 5, 10000, None],
        ],
        "Utang Piutang": [
            ["Nama", "Sebagai", "Piutang", "Utang"],
            ["Toko Tani", "pemasok", 50000, None],
            ["Bu Marni", "pembeli", None, 50000],
        ],
        "Saldo Awal": [
            ["Akun", "Jumlah"],
            ["Kas Tunai Bendahara", 100000],
            ["Kas Tunai Bendahara", 100000],
            ["Persediaan Benih", 5000],
            ["Penjualan Sayuran", 5000],
            ["Celengan ayam", 5000],
        ],
        "Inventaris": [
            ["Nama Barang", "Harga Perolehan", "Tahun Perolehan"],
            ["Timbangan", None, 2024],
            ["Kompor", 250000, None],
        ],
    })(path)  # fmt: skip
    assert faults(new_book, path) == {
        "Barang!A3": "named-twice",
        "Barang!B4": "sort-unknown",
        "Barang!E5": "cost-missing",
        "Warung!B2": "goods-unknown",
        "Utang Piutang!C2": "owes-nothing",
        "Utang Piutang!D3": "is-owed-nothing",
        "Saldo Awal!A3": "named-twice",
        "Saldo Awal!A4": "kept-by-detail",
        "Saldo Awal!A5": "not-in-position",
        "Saldo Awal!A6": "account-unknown",
        "Inventaris!B2": "amount-missing",
        "Inventaris!C3": "day-missing",
    }


def test_a_second_opening_is_refused_at_its_cell(new_book: Book, tmp_path: Path) -> None:
    first, second = tmp_path / "awal.xlsx", tmp_path / "lain.xlsx"
    workbook({"Saldo Awal": [["Akun", "Jumlah"], ["Kas", 100000]]})(first)
    workbook({"Saldo Awal": [["Akun", "Jumlah"], ["Kas", 200000]]})(second)
    taken(new_book, first)
    assert faults(new_book, second) == {"Saldo Awal!2": "opening-not-first"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_faults_are_said_in_words(new_book: Book, tmp_path: Path, language: str) -> None:
    path = kas(tmp_path, ["31/02/2026", "Jual sawi", 60000, None])
    with pytest.raises(RowsRefused) as refused:
        taken(new_book, path)
    words = Translator(language)
    remark = refused.value.taking.stops[0]
    assert remark.said == "31/02/2026"
    said = explain(remark.issue, None, words, Formats(language))
    begins = {"id": "Tanggal tidak terbaca", "en": "The date can't be read"}
    assert said.startswith(begins[language])


def test_an_act_is_cancelled_as_a_whole_and_can_be_taken_again(
    new_book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "kas.xlsx"
    kept.PLAIN.write(path)
    taken(new_book, path)
    (act,) = new_book.read(acts)
    assert (act.file, act.documents, act.standing) == ("kas.xlsx", 4, 4)

    undo = new_book.read(cancellation, act.name, TODAY, "Salah berkas")
    new_book.record_together(undo)

    assert [each.standing for each in new_book.read(acts)] == [0]
    assert _balances(new_book) == {}
    assert all(each.passed for each in new_book.verify())
    with pytest.raises(RuleError, match="nothing-to-cancel"):
        new_book.read(cancellation, act.name, TODAY, "Lagi")

    assert len(taken(new_book, path).entries) == 4
    assert [each.standing for each in new_book.read(acts)] == [4, 0]


def test_the_file_itself_is_kept_with_the_act(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None])
    found = taken(new_book, path)
    assert found.attachment is not None
    assert found.attachment.data == path.read_bytes()
    assert all(each.passed for each in new_book.verify())


@pytest.mark.parametrize(
    ("name", "media"),
    [("kas.csv", "text/csv"), ("KAS.CSV", "text/csv"), ("kas.xls", "application/vnd.ms-excel"),
     ("kas.2026.ods", "application/vnd.oasis.opendocument.spreadsheet"),
     ("kas.txt", "application/octet-stream"), ("kas", "application/octet-stream")],
)  # fmt: skip
def test_the_file_is_kept_under_its_name_and_sort(name: str, media: str, new_book: Book) -> None:
    found = planned_list(new_book, name, "05/01/2026;Jual bayam;50.000")
    first = found.entries[0].command
    assert isinstance(first, Receipt)
    assert found.attachment is not None
    assert (found.attachment.of, found.attachment.name, found.attachment.type) == (
        first.id, name, media,
    )  # fmt: skip
    assert found.attachment.sha256 == sha256(found.attachment.data or b"").hexdigest()


def test_of_a_file_that_is_too_large_only_its_digest_is_kept(
    new_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "05/01/2026;Jual bayam;50.000"
    data = (planned_list(new_book, "kas.csv", row).attachment or unkept()).data
    assert data is not None
    for most, kept_data in ((len(data), data), (len(data) - 1, None)):
        monkeypatch.setattr(taking, "LARGEST_FILE", most)
        kept_file = planned_list(new_book, f"{'x' * 300}.csv", row).attachment or unkept()
        assert (kept_file.data, kept_file.sha256) == (kept_data, sha256(data).hexdigest())
        assert kept_file.name == f"{'x' * 251}.csv"


def test_a_file_that_brings_no_document_is_not_kept(new_book: Book) -> None:
    found = planned_list(new_book, "kas.csv")
    assert (found.attachment, found.documents, found.commands) == (None, 0, ())


def test_documents_are_counted_without_what_is_set_up(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "campur.xlsx"
    workbook({
        "Anggota": [["No", "Nama Anggota", "Simpanan Pokok"], [1, "Sumiati", 5_000]],
        "Kas": [HEADINGS, ["05/01/2026", "Jual bayam", 10000, None]],
    })(path)  # fmt: skip
    found = taken(new_book, path)
    assert [each.kind for each in found.commands] == [
        "party", "opening_balance", "receipt", "attachment",
    ]  # fmt: skip
    assert found.documents == 2


def test_what_a_closed_month_holds_is_cancelled_today(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None],
               ["06/01/2026", "Bensin", None, 50000],
               ["06/02/2026", "Jual sawi", 20000, None])  # fmt: skip
    taken(new_book, path)
    new_book.record(CashCount(date=date(2026, 1, 31), account="1101", counted=0))
    new_book.record(MonthClose(month="2026-01"))
    (act,) = new_book.read(acts)
    today = date(2026, 3, 5)
    undo = new_book.read(cancellation, act.name, today, "Salah berkas")
    assert [each.date for each in undo] == [date(2026, 2, 6), today, today]
    assert {each.reason for each in undo} == {"Salah berkas"}
    new_book.record_together(undo)
    assert new_book.read(acts)[0].standing == 0


def test_how_far_the_reading_got_is_told_every_few_rows(
    new_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are read once for their days and once for what they say; nothing is recorded yet."""
    monkeypatch.setattr(taking, "_ROWS_BETWEEN", 2)
    told: list[int] = []
    planned_list(new_book, "kas.csv", *["05/01/2026;Jual;5"] * 5, progress=told.append)
    assert told == [0] * 3 * 2


def test_where_others_record_all_the_time_it_is_given_up_after_three_tries(
    new_book: Book, tmp_path: Path
) -> None:
    tried: list[str | None] = []

    class Busy:
        read = staticmethod(new_book.read)

        def record_together(self, *_: Any, head: str | None = None, **__: Any) -> Any:
            tried.append(head)
            raise RuleError("book-moved-on")

    file = open_sheets(kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None]))
    busy: Any = Busy()
    with pytest.raises(RuleError, match="book-moved-on"):
        take(busy, file, layouts_of(file), TODAY)
    assert tried == [new_book.read(known_to_intake).head] * 3


def test_a_sheet_that_has_grown_brings_only_what_is_new(new_book: Book, tmp_path: Path) -> None:
    rows = [["05/01/2026", "Jual bayam", 50000, None], ["06/01/2026", "Beli gas", None, 22000]]
    taken(new_book, kas(tmp_path, *rows))
    # The same words on the same day once more are another sale.
    grown = kas(tmp_path, *rows, rows[0], ["09/01/2026", "Jual sawi", 9000, None])

    found = taken(new_book, grown)

    assert [each.command.memo for each in found.entries] == ["Jual bayam", "Jual sawi"]
    assert found.known_rows == 2


def test_what_another_program_records_meanwhile_is_not_taken_twice(
    books: Books, new_book: Book, tmp_path: Path
) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 50000, None])
    file = open_sheets(path)
    late = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY)
    other = books.open(new_book.path)
    taken(other, path)
    other.close()

    with pytest.raises(RuleError, match="book-moved-on"):
        new_book.record_together(late.commands, head=late.head)
    assert not taken(new_book, path).entries


def test_it_can_be_left_in_the_middle(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, *(["05/01/2026", f"Jual bayam {n}", 1000, None] for n in range(900)))
    file, before = open_sheets(path), new_book.standing()

    class Left(Exception):  # noqa: N818
        pass

    def progress(done: int) -> None:
        if done >= 600:
            raise Left

    with pytest.raises(Left):
        take(new_book, file, layouts_of(file), TODAY, progress=progress)
    assert new_book.standing() == before
    assert len(taken(new_book, path).entries) == 900


def test_purposes_are_learnt_from_what_was_recorded(new_book: Book, tmp_path: Path) -> None:
    for day, memo in enumerate(("Sewa tenda hajatan Bu RT", "Sewa tenda arisan"), 1):
        new_book.record(
            Receipt(date=date(2026, 1, day), into="1101", memo=memo, lines=(_line("4201", 1000),))
        )
    found = taken(new_book, kas(tmp_path, ["05/01/2026", "Sewa tenda Pak Lurah", 75000, None]))
    command = found.entries[0].command
    assert isinstance(command, Receipt)
    assert command.lines[0].account == "4201"


def test_what_nobody_knows_is_other_income_and_to_be_looked_at(
    new_book: Book, tmp_path: Path
) -> None:
    found = taken(new_book, kas(tmp_path, ["05/01/2026", "Xyzzy", 75000, None]))
    command = found.entries[0].command
    assert isinstance(command, Receipt)
    assert (command.lines[0].account, found.entries[0].doubtful) == ("7102", True)


def test_a_purpose_that_somebody_chose_holds(new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 75000, None])
    file = open_sheets(path)
    (guessed,) = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY).entries
    found, _ = take(new_book, file, layouts_of(file), TODAY, {guessed.print: "4104"})
    command = found.entries[0].command
    assert isinstance(command, Receipt)
    assert command.lines[0].account == "4104"


def test_savings_go_to_the_member_who_is_named(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "campur.xlsx"
    workbook({
        "Anggota": [["No", "Nama Anggota", "Simpanan Pokok"], [1, "Sumiati", None],
                    [2, "Nur Hayati", None]],
        "Kas": [HEADINGS, ["05/01/2026", "Simpanan wajib Bu Nur Hayati", 10000, None]],
    })(path)  # fmt: skip
    command = next(e.command for e in taken(new_book, path).entries if e.command.kind == "savings")
    names = new_book.read(lambda reading: reading.setup.names())
    assert [names.party_name(line.party) for line in command.lines] == ["Nur Hayati"]
    assert command.type == "mandatory"


def test_an_auditor_takes_nothing(books: Books, new_book: Book, tmp_path: Path) -> None:
    path = kas(tmp_path, ["05/01/2026", "Jual bayam", 75000, None])
    auditor = Books(resources_dir(), books.clock, Person("Auditor", Role.AUDITOR))
    book = auditor.open(new_book.path)
    with pytest.raises(RuleError, match="not-permitted"):
        taken(book, path)
    book.close()


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-empty"),
        (b"   \r\n", "sheet-empty"),
        (b"PK\x03\x04 and then something else", "not-a-sheet"),
        (b"\xd0\xcf\x11\xe0 cut off", "not-a-sheet"),
        (b"\x00\x01\x02\x03" * 200, "not-a-sheet"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=code):
        open_sheets(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot-read"):
        open_sheets(tmp_path / "tidak-ada.xlsx")


def test_what_is_too_large_or_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kas(tmp_path, *(["05/01/2026", "Jual", 1, None] for _ in range(30)))
    monkeypatch.setattr(sheet, "MOST_ROWS", 20)
    with pytest.raises(RuleError, match="sheet-too-long"):
        list(open_sheets(path).rows("Kas"))
    monkeypatch.setattr(sheet, "LARGEST", 100)
    with pytest.raises(RuleError, match="sheet-too-large"):
        open_sheets(path)


def test_a_list_with_a_value_without_end_is_refused_at_its_row(tmp_path: Path) -> None:
    path = tmp_path / "kas.csv"
    path.write_text(f"Tanggal,Uraian\n5/1/2026,Jual\n{'x' * 140_000},y\n", encoding="utf-8")
    rows = open_sheets(path).rows("kas")
    assert [next(rows).values, next(rows).values] == [("Tanggal", "Uraian"), ("5/1/2026", "Jual")]
    with pytest.raises(RuleError) as refused:
        next(rows)
    assert (refused.value.code, refused.value.params["row"]) == ("sheet-broken", 3)


def test_a_sheet_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no-such-sheet"):
        list(open_sheets(kas(tmp_path)).rows("Bank"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_lists_are_read_however_they_were_written(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "kas.csv"
    rows = [HEADINGS, ["05/01/2026", "Jual “bayam”, dua ikat", "50.000", ""]]
    text(rows, separator, encoding)(path)
    found = list(open_sheets(path).rows("kas"))
    assert found[1].values == ("05/01/2026", "Jual “bayam”, dua ikat", "50.000", None)


def test_the_separator_that_excel_names_is_used(tmp_path: Path) -> None:
    path = tmp_path / "kas.csv"
    path.write_bytes(b"sep=|\r\nTanggal|Uraian|Masuk\r\n05/01/2026|Jual; beli|50.000\r\n")
    found = list(open_sheets(path).rows("kas"))
    assert found[1] == Row(3, ("05/01/2026", "Jual; beli", "50.000"))


def test_headings_that_are_pointed_at_are_used(tmp_path: Path) -> None:
    path = tmp_path / "kas.xlsx"
    workbook({"Lembar": [
        ["Tanggal", "Uraian", "Masuk"],
        ["ini catatan", None, None],
        ["Tgl", "Ket", "Debet", "Kredit"],
        ["05/01/2026", "Jual bayam", 1000, None],
    ]})(path)  # fmt: skip
    found = headings.at("Lembar", open_sheets(path).rows("Lembar"), CASH_BOOK, 3)
    assert (found.heading, found.last) == (3, 3)
    assert found.columns == {"date": 0, "memo": 1, "in": 2, "out": 3}


def test_sheets_without_a_table_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "catatan.xlsx"
    workbook({"Catatan": [["Jangan lupa"], ["tagih Bu Marni"]]})(path)
    assert layouts_of(open_sheets(path)) == ()


# -- any cash book ---------------------------------------------------------------------------------


_ROWS = st.lists(
    st.tuples(
        st.dates(date(2026, 1, 1), date(2026, 6, 30)),
        st.sampled_from(["Jual bayam", "Beli pupuk", "Arisan", "Entah apa", "Rapat"]),
        st.integers(1, 10**9),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ROWS, _ROWS)
def test_cash_is_what_the_rows_come_to_however_often_they_are_taken(
    books: Books, tmp_path_factory: pytest.TempPathFactory, first: list[Any], more: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("acak")
    book = books.create(folder / "buku.kwt")
    for rows in (first, [*first, *more], [*first, *more]):
        listed = [
            [f"{day:%d/%m/%Y}", memo, f"{amount:,}" if came else "", "" if came else str(amount)]
            for day, memo, amount, came in rows
        ]
        if not listed:
            continue
        path = folder / "kas.csv"
        text([HEADINGS, *listed], ";", "utf-8")(path)
        taken(book, path, meant=True)  # amounts at random are unusual
        expected = sum(amount if came else -amount for _, _, amount, came in rows)
        assert _balances(book).get("1101", 0) == expected
    book.close()


def test_all_tables_have_names_of_their_own() -> None:
    for table in TABLES.values():
        names = [each.name for each in table.columns]
        assert len(names) == len(set(names))
        assert any(each.needed for each in table.columns)


def _line(account: str, amount: int) -> Any:
    from kwt_books.domain.documents.lines import AccountLine

    return AccountLine(account=account, amount=amount)


def _balances(book: Book) -> dict[str, int]:
    from sqlalchemy import func, select

    from kwt_books.store.tables import posting

    query = select(posting.c.account, func.sum(posting.c.amount)).group_by(posting.c.account)
    found = book.read(lambda reading: reading.connection.execute(query).all())
    return {account: amount for account, amount in found if amount}


def test_what_went_out_in_brackets_or_below_zero_went_out(new_book: Book, tmp_path: Path) -> None:
    path = kas(
        tmp_path,
        ["05/01/2026", "Jual bayam", 90000, None],
        ["06/01/2026", "Bayar listrik", None, "(71.500)"],
        ["07/01/2026", "Bayar air", None, -5000],
    )
    taken(new_book, path)
    sums = new_book.read(column, "SELECT amount FROM posting WHERE account = '1101' ORDER BY date")
    assert sums == [90_000, -71_500, -5_000]
