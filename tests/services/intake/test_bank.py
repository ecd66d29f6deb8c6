"""Lists of Indonesian banks held against the book, recorded, and reconciled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Book
from kwt_books.domain.documents.money import Payment, Receipt, Transfer
from kwt_books.domain.errors import RefusedTogether, RuleError
from kwt_books.services.intake.bank_list import open_bank_list
from kwt_books.services.intake.bank_match import Comparison, compare
from tests.services.intake.kept import book as workbook
from tests.services.intake.kept import text

SETUP: tuple[dict[str, Any], ...] = (
    {"kind": "opening_balance", "date": "2026-06-30", "balances": {
        "1101": 2000000, "1103": 1000000, "3301": -3000000}},
    {"kind": "transfer", "date": "2026-07-03", "from": "1101", "to": "1103", "amount": 500000,
     "memo": "Setor ke bank"},
    {"kind": "payment", "date": "2026-07-20", "from": "1103", "memo": "Beli mesin peniris",
     "lines": [{"account": "6101", "amount": 300000}]},
    {"kind": "transfer", "date": "2026-07-31", "from": "1101", "to": "1103", "amount": 250000,
     "memo": "Setor ke bank sore hari"},
)  # fmt: skip
"""The deposit of the 31st is on no list of July: the bank shows it a day later."""

BRI = text([
    ["TGL_TRAN", "DESK_TRAN", "MUTASI_DEBET", "MUTASI_KREDIT", "SALDO_AKHIR_MUTASI"],
    ["2026-07-04 10:12:00", "SETOR TUNAI", "0.00", "500000.00", "1500000.00"],
    ["2026-07-20 13:00:00", "TRF KE CV MESIN JAYA", "300000.00", "0.00", "1200000.00"],
    ["2026-07-31 23:59:00", "BUNGA", "0.00", "1250.40", "1201250.40"],
    ["2026-07-31 23:59:00", "BIAYA ADM", "5500.00", "0.00", "1195750.40"],
], ",", "utf-8")  # fmt: skip
MANDIRI = text([
    ["Account No", "Date", "Val. Date", "Transaction Code", "Description", "Reference No.",
     "Debit", "Credit"],
    ["114000", "04/07/26", "04/07/26", "7501", "SETOR TUNAI", "", ".00", "500,000.00"],
    ["114000", "20/07/26", "20/07/26", "2201", "TRF KE CV MESIN JAYA", "", "300,000.00", ".00"],
    ["114000", "31/07/26", "31/07/26", "7401", "Bunga Jasa Giro", "", ".00", "1,250.00"],
    ["114000", "31/07/26", "31/07/26", "7402", "Biaya administrasi rek", "", "5,500.00", ".00"],
], ",", "utf-8")  # fmt: skip
BCA = text([
    ["No. rekening : 1234567890"],
    ["Nama : KWT SUKAWANGI"],
    ["Periode : 01/07/2026 - 31/07/2026"],
    ["Kode Mata Uang : Rp"],
    [],
    ["Tanggal Transaksi", "Keterangan", "Cabang", "Jumlah", "Saldo"],
    ["04/07", "SETORAN TUNAI", "0000", "500,000.00 CR", "1,500,000.00"],
    ["20/07", "TRSF E-BANKING DB CV MESIN JAYA", "0000", "300,000.00 DB", "1,200,000.00"],
    ["31/07", "BUNGA", "0000", "1,250.00 CR", "1,201,250.00"],
    ["31/07", "BIAYA ADM", "0000", "5,500.00 DB", "1,195,750.00"],
    [],
    ["Saldo Awal : 1,000,000.00"],
    ["Mutasi Kredit : 501,250.00"],
], ",", "utf-8")  # fmt: skip
BNI = workbook({"Mutasi": [
    ["MUTASI REKENING"],
    ["Posting Date", "Branch", "Journal No", "Description", "Amount", "Db/Cr", "Balance"],
    ["31/07/2026 23.59.00", "0333", "4", "BIAYA ADM", "5.500,00", "D", "1.195.750,00"],
    ["31/07/2026 23.58.00", "0333", "3", "BUNGA", "1.250,00", "K", "1.201.250,00"],
    ["20/07/2026 13.00.00", "0333", "2", "TRANSFER CV MESIN", "300.000,00", "D", "1.200.000,00"],
    ["04/07/2026 10.12.00", "0333", "1", "SETOR TUNAI", "500.000,00", "K", "1.500.000,00"],
]})  # fmt: skip
BANK_LAMPUNG = text([
    ["Tgl", "Uraian", "Debet", "Kredit", "Saldo"],
    ["", "SALDO AWAL", "", "", "1.000.000"],
    ["04-07-2026", "SETOR TUNAI", "", "500.000", "1.500.000"],
    ["20-07-2026", "TARIK VIA TRANSFER", "300.000", "", "1.200.000"],
    ["31-07-2026", "BUNGA TABUNGAN", "", "1.250", "1.201.250"],
    ["31-07-2026", "BIAYA ADM", "5.500", "", "1.195.750"],
    ["", "TOTAL MUTASI", "305.500", "501.250", ""],
], ";", "cp1252")  # fmt: skip
BCA_OWN = text([
    ["Informasi Rekening - Mutasi Rekening"],
    ["No. rekening : 1234567890"],
    ["Nama : KWT SUKAWANGI"],
    ["Periode : 01/07/2026 - 31/07/2026"],
    ["Kode Mata Uang : IDR"],
    [],
    ["Tanggal", "Keterangan", "Cabang", "Jumlah", "", "Saldo"],
    ["'04/07", "SETORAN TUNAI", "'0000", "500,000.00", "CR", "1,500,000.00"],
    ["'20/07", "TRSF E-BANKING DB 2007/FTSCY/WS95031 CV MESIN JAYA", "'0000", "300,000.00", "DB",
     "1,200,000.00"],
    ["'31/07", "BUNGA", "'0000", "1,250.00", "CR", "1,201,250.00"],
    ["'31/07", "BIAYA ADM", "'0000", "5,500.00", "DB", "1,195,750.00"],
    [],
    ["Saldo Awal", ":", "1,000,000.00"],
    ["Mutasi Debet", ":", "305,500.00", "2"],
    ["Mutasi Kredit", ":", "501,250.00", "2"],
    ["Saldo Akhir", ":", "1,195,750.00"],
], ",", "utf-8")  # fmt: skip
MANDIRI_TWICE = text([
    ["Account No", "Date", "Val. Date", "Transaction Code", "Description", "Description",
     "Reference No.", "Debit", "Credit", ""],
    ["114000", "04/07/26", "04/07/26", "7501", "SETOR TUNAI", "TELLER 3", "", ".00", "500000.00"],
    ["114000", "20/07/26", "20/07/26", "2201", "MCM InhouseTrf", "KE CV MESIN JAYA", "99",
     "300000.00", ".00"],
    ["114000", "31/07/26", "31/07/26", "7401", "Bunga", "", "", ".00", "1250.00"],
    ["114000", "31/07/26", "31/07/26", "7402", "Biaya Adm", "", "98", "5500.00", ".00"],
], ";", "utf-8")  # fmt: skip
BRI_SHORT = text([
    ["TANGGAL", "TRANSAKSI", "DEBET", "KREDIT", "SALDO"],
    ["04/07/26 08:11:10", "SETOR TUNAI", "0.00", "500,000.00", "1,500,000.00"],
    ["20/07/26 09:00:00", "NBMB TO CV MESIN JAYA", "300,000.00", "0.00", "1,200,000.00"],
    ["31/07/26", "BUNGA", "0.00", "1,250.00", "1,201,250.00"],
    ["31/07/26", "ADM", "5,500.00", "0.00", "1,195,750.00"],
], ",", "utf-8")  # fmt: skip
BNI_DIRECT = text([
    ["Account Number", ": 0123456789"],
    ["Currency", ": IDR"],
    ["Period", ": 01-Jul-2026 - 31-Jul-2026"],
    [],
    ["Post Date", "Value Date", "Branch", "Journal No.", "Description", "Debit", "Credit",
     "Balance"],
    ["04/07/26 10.22.01", "04/07/26 00.00.00", "333", "1", "SETOR TUNAI | TELLER", "0.00",
     "500,000.00", "1,500,000.00"],
    ["20/07/26 13.00.00", "20/07/26 00.00.00", "333", "2", "TRANSFER KE CV MESIN", "300,000.00",
     "0.00", "1,200,000.00"],
    ["31/07/26 23.58.00", "31/07/26 00.00.00", "333", "3", "BUNGA", "0.00", "1,250.00",
     "1,201,250.00"],
    ["31/07/26 23.59.00", "31/07/26 00.00.00", "333", "4", "ADMINISTRASI", "5,500.00", "0.00",
     "1,195,750.00"],
    ["", "", "", "", "Total", "305,500.00", "501,250.00", ""],
], ",", "utf-8")  # fmt: skip
BSI = workbook({"Account Statement": [
    ["Bank Syariah Indonesia"],
    ["Mata Uang", "IDR"],
    ["Periode", "01 Juli 2026 - 31 Juli 2026"],
    [],
    ["Tanggal", "FT Number", "Deskripsi", "Currency", "Amount", "DB/CR", "Balance"],
    ["2026-07-04 10:12:11", "FT26185", "SETOR TUNAI", "IDR", 500000, "CR", 1500000],
    ["2026-07-20 13:00:00", "FT26201", "TRF CV MESIN JAYA", "IDR", 300000, "DB", 1200000],
    ["2026-07-31 23:10:00", "FT26212", "BAGI HASIL", "IDR", 1250, "CR", 1201250],
    ["2026-07-31 23:11:00", "FT26213", "Biaya Admin Bulanan", "IDR", 5500, "DB", 1195750],
]})  # fmt: skip
SEABANK = text([
    ["REKENING KORAN"],
    ["PERIODE", "1 JUL 2026 - 31 JUL 2026"],
    ["TANGGAL", "TRANSAKSI", "KELUAR (IDR)", "MASUK (IDR)", "SALDO AKHIR (IDR)"],
    ["", "Saldo Awal", "", "", "1.000.000"],
    ["04 JUL", "Setor Tunai", "", "500.000", "1.500.000"],
    ["20 JUL", "Transfer ke CV Mesin Jaya", "300.000", "", "1.200.000"],
    ["31 JUL", "Bunga", "", "1.250", "1.201.250"],
    ["31 JUL", "Biaya transfer", "5.500", "", "1.195.750"],
], ";", "utf-8-sig")  # fmt: skip
JAGO = text([
    ["Kantong Utama", "01 Jul 2026 - 31 Jul 2026"],
    [],
    ["Tanggal & Waktu", "Sumber/Tujuan", "Rincian Transaksi", "Catatan", "Jumlah", "Saldo"],
    ["31 Jul 2026, 23.59", "Bank Jago", "Biaya Admin", "", "-5.500", "1.195.750"],
    ["31 Jul 2026, 23.58", "Bank Jago", "Bunga", "", "+1.250", "1.201.250"],
    ["20 Jul 2026, 13.00", "CV Mesin Jaya", "Transfer Keluar", "mesin", "-300.000", "1.200.000"],
    ["04 Jul 2026, 10.12", "Siti", "Setor Tunai", "", "+500.000", "1.500.000"],
], ";", "utf-8")  # fmt: skip
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260731<LANGUAGE>IND
</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>IDR<BANKACCTFROM><BANKID>002<ACCTID>123<ACCTTYPE>SAVINGS</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260701<DTEND>20260731
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260704<TRNAMT>500000.00<FITID>A1<NAME>SETOR TUNAI</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260720<TRNAMT>-300000<FITID>A2<NAME>CV MESIN JAYA</STMTTRN>
<STMTTRN><TRNTYPE>INT<DTPOSTED>20260731<TRNAMT>1250.00<FITID>A3<NAME>BUNGA</STMTTRN>
<STMTTRN><TRNTYPE>FEE<DTPOSTED>20260731<TRNAMT>-5500<FITID>A4<NAME>BIAYA ADM</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>1195750<DTASOF>20260731</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>
"""


def two_accounts() -> str:
    """The same list twice, the second of account 777 with a larger deposit."""
    start, end = OFX.index("<STMTTRNRS>"), OFX.index("</BANKMSGSRSV1>")
    second = OFX[start:end].replace("<ACCTID>123", "<ACCTID>777").replace("500000.00", "700000.00")
    return OFX[:end] + second + OFX[end:]


def ofx(path: Path) -> None:
    path.write_bytes(OFX.encode("ascii"))


BANKS: dict[str, tuple[str, Callable[[Path], None], int | None]] = {
    "BRI": ("bri.csv", BRI, 1195750),
    "Mandiri": ("mandiri.csv", MANDIRI, None),
    "BCA": ("bca.csv", BCA, 1195750),
    "BNI": ("bni.xlsx", BNI, 1195750),
    "Bank Lampung": ("lampung.csv", BANK_LAMPUNG, 1195750),
    "BCA's own": ("bca2.csv", BCA_OWN, 1195750),
    "Mandiri, two descriptions": ("mandiri2.csv", MANDIRI_TWICE, None),
    "BRI, short": ("bri2.csv", BRI_SHORT, 1195750),
    "BNIDirect": ("bnidirect.csv", BNI_DIRECT, 1195750),
    "BSI": ("bsi.xlsx", BSI, 1195750),
    "SeaBank": ("seabank.csv", SEABANK, 1195750),
    "Jago": ("jago.csv", JAGO, 1195750),
    "OFX": ("bank.ofx", ofx, 1195750),
    "QFX": ("bank.qfx", ofx, 1195750),
}


@pytest.fixture
def book(book_of: Callable[..., Book]) -> Book:
    return book_of(*SETUP)


def held_against(book: Book, path: Path, **named: Any) -> Comparison:
    return book.read(compare, open_bank_list(path), **named)


def record(book: Book, found: Comparison, statement: int | None) -> Sequence[Any]:
    return book.record_together(found.commands(found.proposed, statement), head=found.head)


@pytest.mark.parametrize("bank", BANKS)
def test_the_lists_of_every_bank_agree_and_are_reconciled(
    book: Book, tmp_path: Path, bank: str
) -> None:
    name, write, balance = BANKS[bank]
    path = tmp_path / name
    write(path)
    listed = open_bank_list(path)
    assert [(each.day, each.amount) for each in listed.movements] == [
        (date(2026, 7, 4), 500000),
        (date(2026, 7, 20), -300000),
        *sorted(
            [(date(2026, 7, 31), 1250), (date(2026, 7, 31), -5500)], reverse=True
        ),
    ]  # fmt: skip
    assert listed.balance == balance

    found = held_against(book, path)

    assert [[line.number for line in each.lines] for each in found.agreed] == [
        ["BM-2607-0001"], ["BKK-2607-0001"],
    ]  # fmt: skip
    assert [(each.account, each.sure) for each in found.proposed] == [
        ("7101", True), ("7201", True),
    ]  # fmt: skip
    assert [each.amount for each in found.outstanding] == [250000]
    assert found.expected == 1195750
    record(book, found, 1195750)
    assert all(each.passed for each in book.verify())

    again = held_against(book, path)
    assert not again.proposed
    assert len(again.agreed) == 4


def test_a_list_over_new_year_has_no_years_and_says_what_is_pending(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "bca.csv"
    text([
        ["Periode : 15/12/2025 - 14/01/2026"],
        ["Tanggal", "Keterangan", "Cabang", "Jumlah", "", "Saldo"],
        ["'20/12", "BUNGA", "'0000", "1,250.00", "CR", "1,001,250.00"],
        ["'20/12", "PAJAK BUNGA", "'0000", "250.00", "DB", "1,001,000.00"],
        ["'05/01", "ADM", "'0000", "5,500.00", "DB", "995,500.00"],
        ["'20/01", "FEE", "'0000", "500.00", "DB", "995,000.00"],
        ["PEND", "TRSF E-BANKING", "'0000", "90,000.00", "DB", "905,000.00"],
    ], ",", "utf-8")(path)  # fmt: skip

    listed = open_bank_list(path)

    assert [(each.day, each.amount) for each in listed.movements] == [
        (date(2025, 12, 20), 1250), (date(2025, 12, 20), -250),
        (date(2026, 1, 5), -5500), (date(2026, 1, 20), -500),
    ]  # fmt: skip
    told = [(str(each.cell), each.issue.code) for each in listed.remarks]
    assert told == [("bca!A6", "day-outside"), ("bca!A7", "bank-pending")]
    found = held_against(book, path)
    assert [each.account for each in found.proposed] == ["7101", "8101", "7201", "7201"]
    assert all(each.sure for each in found.proposed)


def test_days_that_are_outside_of_the_period_are_asked_about_once(tmp_path: Path) -> None:
    path = tmp_path / "mutasi.csv"
    text([
        ["Periode : 01/07/2026 - 31/07/2026"],
        ["Tanggal", "Keterangan", "Debet", "Kredit"],
        *([day, "SETOR", "", "5.000"] for day in
          ("30/06/2026", "01/07/2026", "31/07/2026", "01/08/2026", "02/08/2026")),
    ], ";", "utf-8")(path)  # fmt: skip
    told = [(str(x.cell), x.issue.code, x.asks) for x in open_bank_list(path).remarks]
    assert told == [("mutasi!A3", "day-outside", True)]


def test_nothing_is_recorded_where_the_balance_differs(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "bri.csv"
    BRI(path)
    before = book.standing()
    with pytest.raises(RefusedTogether) as refused:
        record(book, held_against(book, path), 1195000)
    assert refused.value.code == "statement-differs"
    assert book.standing() == before


def test_without_a_balance_only_what_the_book_lacks_is_recorded_once(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "bri.csv"
    BRI(path)
    found = held_against(book, path)
    kinds = [each.kind for each in record(book, found, None)]
    assert kinds == ["receipt", "payment"]
    again = held_against(book, path)
    assert (again.proposed, again.known_rows) == ((), 2)
    assert again.expected == 1195750
    assert [each.kind for each in record(book, again, 1195750)] == ["bank_reconciliation"]


def test_the_fingerprint_stands_in_the_documents_ref(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "bri.csv"
    BRI(path)
    found = held_against(book, path)
    for proposed in found.proposed:
        (command,) = proposed.commands
        assert isinstance(command, Receipt | Payment)
        assert command.ref is not None
        assert command.ref.endswith(proposed.movement.print)


def test_a_purpose_that_somebody_chose_holds(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "bri.csv"
    BRI(path)
    first = held_against(book, path).proposed[0]
    found = held_against(book, path, purposes={first.movement.print: "7102"})
    assert found.proposed[0].account == "7102"


def test_of_several_documents_the_one_of_the_same_words_and_the_nearest_day_is_shown(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    paid = (("2026-07-19", "Pupuk"), ("2026-07-12", "Mesin"), ("2026-07-18", "Mesin"),
            ("2026-07-17", "Mesin"), ("2026-07-20", "Upah"), ("2026-07-09", "Mesin"))  # fmt: skip
    book = book_of(SETUP[0], *(
        {"kind": "payment", "date": day, "from": "1103", "memo": f"Beli {memo}",
         "lines": [{"account": "6101", "amount": 100000}]}
        for day, memo in paid
    ))  # fmt: skip
    path = tmp_path / "bank.csv"
    text([
        ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
        ["20/07/2026", "TRF MESIN JAYA", "100.000", "", "900.000"],
        ["20/07/2026", "TRF MESIN JAYA", "100.000", "", "800.000"],
        ["20/07/2026", "TRF TANPA BERITA", "100.000", "", "700.000"],
    ], ";", "utf-8")(path)  # fmt: skip
    found = held_against(book, path)
    assert [each.lines[0].day.day for each in found.agreed] == [18, 17, 20]
    assert sorted(line.day.day for line in found.outstanding) == [9, 12, 19]


QRIS_LIST = text([
    ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
    ["13/07/2026", "QRIS SETTLEMENT KWT", "", "298.600", "1.298.600"],
], ";", "utf-8")  # fmt: skip


QRIS_ACCOUNT = {"kind": "account", "code": "1105", "name": "QRIS", "name_en": "QRIS",
                "type": "asset", "normal": "debit", "cash": True}  # fmt: skip


def sales(account: str) -> tuple[dict[str, Any], ...]:
    """What two Fridays took by QRIS, 200,000 and 100,000; the bank keeps 1,400 of it."""
    return tuple(
        {"kind": "receipt", "date": f"2026-07-{day:02d}", "into": account,
         "memo": f"QRIS Jumat {day} Juli", "lines": [{"account": "4101", "amount": amount}]}
        for day, amount in ((3, 200000), (10, 100000))
    )  # fmt: skip


def test_a_settlement_of_qris_agrees_with_its_fridays_less_the_fee(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(SETUP[0], *sales("1103"))
    path = tmp_path / "qris.csv"
    QRIS_LIST(path)
    found = held_against(book, path)
    (agreed,) = found.agreed
    assert [line.day.day for line in agreed.lines] == [3, 10]
    assert (agreed.fee, found.proposed, found.outstanding) == (1400, (), ())
    assert [each.kind for each in record(book, found, 1298600)] == [
        "payment", "bank_reconciliation",
    ]  # fmt: skip
    assert not held_against(book, path).agreed[0].fee


def test_a_settlement_from_an_account_of_its_own_is_moved_and_its_fee_paid(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(QRIS_ACCOUNT, SETUP[0], *sales("1105"))
    path = tmp_path / "qris.csv"
    QRIS_LIST(path)
    (proposed,) = held_against(book, path).proposed
    net, fee = proposed.commands
    assert isinstance(net, Transfer)
    assert isinstance(fee, Payment)
    assert (net.source, net.to, net.amount) == ("1105", "1103", 298600)
    assert (fee.source, fee.lines[0].account, fee.lines[0].amount) == ("1105", "7201", 1400)
    assert [line.day.day for line in proposed.takings] == [3, 10]
    record(book, held_against(book, path), 1298600)
    assert all(each.passed for each in book.verify())


@pytest.mark.parametrize("account", ["1103", "1105"])
def test_each_settlement_of_qris_has_takings_of_its_own(
    account: str, book_of: Callable[..., Book], tmp_path: Path
) -> None:
    """The newest first; what one settles is gone for the next."""
    alike = [each | {"lines": [{"account": "4101", "amount": 100_000}]} for each in sales(account)]
    path = tmp_path / "qris.csv"
    head = ["Tanggal", "Keterangan", "Debet", "Kredit"]
    settled = ["13/07/2026", "QRIS SETTLEMENT", "", "99.600"]
    text([head, settled, settled, settled], ";", "utf-8")(path)
    found = held_against(book_of(QRIS_ACCOUNT, SETUP[0], *alike), path)
    shown = [each.lines for each in found.agreed] + [each.takings for each in found.proposed]
    assert [[line.day.day for line in each] for each in shown] == [[10], [3], []]


@pytest.mark.parametrize(("amount", "settles"), [("297.000", True), ("296.999", False)])
def test_a_settlement_costs_ten_thousandths_at_most(
    amount: str, settles: bool, book_of: Callable[..., Book], tmp_path: Path
) -> None:
    path = tmp_path / "qris.csv"
    head = ["Tanggal", "Keterangan", "Debet", "Kredit"]
    text([head, ["13/07/2026", "QRIS SETTLEMENT", "", amount]], ";", "utf-8")(path)
    found = held_against(book_of(SETUP[0], *sales("1103")), path)
    assert [each.fee for each in found.agreed] == ([3000] if settles else [])


def test_more_than_all_takings_is_no_settlement_of_them(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(*sales("1103"))
    path = tmp_path / "qris.csv"
    head = ["Tanggal", "Keterangan", "Debet", "Kredit"]
    for amount in ("399.000", "499.000", "303.031"):
        text([head, ["13/07/2026", "QRIS SETTLEMENT", "", amount]], ";", "utf-8")(path)
        found = held_against(book, path)
        assert (found.agreed, len(found.proposed)) == ((), 1)


def test_a_settlement_without_a_fee_is_only_moved(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    path = tmp_path / "qris.csv"
    head = ["Tanggal", "Keterangan", "Debet", "Kredit"]
    text([head, ["13/07/2026", "QRIS SETTLEMENT KWT", "", "300.000"]], ";", "utf-8")(path)
    (proposed,) = held_against(book_of(QRIS_ACCOUNT, SETUP[0], *sales("1105")), path).proposed
    assert [each.kind for each in proposed.commands] == ["transfer"]
    assert (proposed.account, proposed.sure, len(proposed.takings)) == ("1105", True, 2)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("kosong.csv", b"", "sheet-empty"),
        ("catatan.csv", b"halo;apa kabar\nbaik;saja\n", "no-bank-list"),
        ("judul.csv", b"Tanggal;Keterangan;Debet;Kredit\n", "no-bank-list"),
        ("rusak.ofx", b"<OFX>bad", "no-bank-list"),
        ("rusak.qfx", b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1>", "no-bank-list"),
    ],
)
def test_what_is_no_bank_list_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RuleError, match=code):
        open_bank_list(path)


def test_what_can_not_be_read_is_told_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "salah.csv"
    text([
        ["Tanggal", "Keterangan", "Debet", "Kredit"],
        ["04/07/2026", "SETOR", "", "1.00.000"],
        ["99/07/2026", "SETOR", "", "5.000"],
        ["", "SETOR", "", "5.000"],
        ["05/07/2026", "SETOR", "", "7.000"],
    ], ";", "utf-8")(path)  # fmt: skip
    listed = open_bank_list(path)
    assert [(str(each.cell), each.issue.code) for each in listed.remarks] == [
        ("salah!D2", "amount-not-a-number"),
        ("salah!A3", "day-not-understood"),
        ("salah!A4", "day-missing"),
    ]
