"""The ledger, the cash book, the trial balance, the minutes of a cash count."""

from __future__ import annotations

from datetime import date

from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row
from kwt_books.reports.papers import CashCountMinutes
from tests.exporters.pdf_samples.common import (
    AS_OF,
    END,
    HEAD,
    LINE,
    MONEY,
    MONTH,
    NOTE,
    SECTION,
    TOTAL,
    UNIT,
)

LEDGER = """
#1101|Kas Tunai Bendahara|debit
01||Saldo awal||850000
01|BKM-2606-0002|Simpanan wajib Juni|3102|200000
02|BKM-2606-0003|Setoran titip jual, Warung Bu Siti|4102+|102000
02|BKM-2606-0004|Tagih piutang warung, Warung Bu Siti|1112|180000
03|BKK-2606-0001|Beli benih sayur, Toko Tani Makmur|1121|-90000
03|BKK-2606-0002|Beli pupuk dan polybag, Toko Tani Makmur|1122|-160000
05|BKM-2606-0005|Outlet Jumat pekan 1|4101+|510000
08|BKK-2606-0003|Beli bahan olahan dan kemasan, Pasar Bambu Kuning|1126+|-248000
08|BKK-2606-0004|Produksi keripik bayam|1129|-58000
12|BKM-2606-0006|Outlet Jumat pekan 2|4101+|520000
14|BKM-2606-0007|Jual bibit cabai|4104+|300000
15|BKK-2606-0005|Beli pare, Pasar Bambu Kuning|1125|-48000
15|BKK-2606-0006|Produksi keripik pare|1129|-58000
17|BKK-2606-0007|Listrik, air, ATK|6104+|-107500
19|BKM-2606-0008|Outlet Jumat pekan 3|4101+|620000
20|BKM-2606-0009|Gelar Hasil Produk KSM Binaan BDC|4102+|400000
20|BKK-2606-0008|Biaya stan Gelar Hasil Produk|6108|-40000
24|BM-2606-0012|Setor bank|1103|-1500000
25|BKM-2606-0011|Setoran titip jual, Warung Bu Siti|4102+|183500
26|BKM-2606-0012|Outlet Jumat pekan 4, kas kurang 5.000|4101+|515000
27|BKK-2606-0009|Perbaikan rumah bibit|6101|-200000
28|BKK-2606-0010|Konsumsi rapat|6106|-600000
28|BKM-2606-0013|Koreksi: salah ketik nol|6106|600000
28|BKK-2606-0011|Konsumsi rapat, transport|6106+|-140000
30|BKK-2606-0013|Kas opname|7202|-100
#1103|Bank Rekening Kelompok|debit
01||Saldo awal||3400000
05|BKM-2606-0005|Outlet Jumat pekan 1|4101+|100000
24|BM-2606-0012|Setor bank|1101|1500000
30|BKM-2606-0014|Bunga bank|7101|2175
30|BKK-2606-0012|Administrasi bank|7201|-5500
#1112|Piutang Warung Titip Jual|debit
01||Saldo awal||180000
02|BKM-2606-0004|Tagih piutang warung, Warung Bu Siti|1101|-180000
25|BM-2606-0013|Titip jual, belum dibayar, Warung Pak Joko|4102+|68000
#1129|Keripik Barang Jadi|debit
01||Saldo awal||226000
02|BKM-2606-0003|Setoran titip jual, Warung Bu Siti|1130+|17100
05|BKM-2606-0005|Outlet Jumat pekan 1|5102+|-116100
08|BKK-2606-0004|Produksi keripik bayam|1125+|254000
10|BM-2606-0004|Kirim titip jual, Warung Bu Siti|1130|-88750
10|BM-2606-0005|Kirim titip jual, Warung Pak Joko|1130|-63500
12|BKM-2606-0006|Outlet Jumat pekan 2|5102+|-63500
15|BKK-2606-0006|Produksi keripik pare|1125+|287000
16|BM-2606-0008|Kirim titip jual, Warung Bu Siti|1130|-105875
19|BKM-2606-0008|Outlet Jumat pekan 3|5102+|-136900
20|BKM-2606-0009|Gelar Hasil Produk KSM Binaan BDC|5102+|-145725
25|BKM-2606-0011|Setoran titip jual, Warung Bu Siti|1130+|19050
26|BKM-2606-0012|Outlet Jumat pekan 4, kas kurang 5.000|5102+|-68450
#1130|Barang Titipan di Warung|debit
01||Saldo awal||85500
02|BKM-2606-0003|Setoran titip jual, Warung Bu Siti|5102+|-85500
10|BM-2606-0004|Kirim titip jual, Warung Bu Siti|1129|88750
10|BM-2606-0005|Kirim titip jual, Warung Pak Joko|1129|63500
16|BM-2606-0008|Kirim titip jual, Warung Bu Siti|1129|105875
25|BKM-2606-0011|Setoran titip jual, Warung Bu Siti|5102+|-158750
25|BM-2606-0013|Titip jual, belum dibayar, Warung Pak Joko|5102+|-50800
#4103|Penjualan Keripik Pare|kredit
01||Saldo awal||0
05|BKM-2606-0005|Outlet Jumat pekan 1|1101+|-60000
19|BKM-2606-0008|Outlet Jumat pekan 3|1101+|-120000
20|BKM-2606-0009|Gelar Hasil Produk KSM Binaan BDC|1101+|-150000
25|BKM-2606-0011|Setoran titip jual, Warung Bu Siti|1101+|-90000
26|BKM-2606-0012|Outlet Jumat pekan 4, kas kurang 5.000|1101+|-60000
"""


def accounts() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in LEDGER.strip().splitlines():
        if line.startswith("#"):
            found[line[1:]] = []
        else:
            found[list(found)[-1]].append(line.split("|"))
    return found


def account_rows(key: str, lines: list[list[str]], *, contra: bool) -> list[Row]:
    sign = 1 if key.endswith("debit") else -1
    rows, balance, debits, credits_ = [], 0, 0, 0
    for day, number, text, other, amount in lines:
        value = int(amount)
        balance += value if not number else sign * value
        debit, credit = (max(value, 0), max(-value, 0)) if number else (0, 0)
        debits, credits_ = debits + debit, credits_ + credit
        cells = (date(2026, 6, int(day)), number or None, *((other or None,) if contra else ()),
                 debit or None, credit or None, balance)  # fmt: skip
        rows.append(Row(text, cells, kind=LINE if number else NOTE))
    end = (None, None, *((None,) if contra else ()), debits, credits_, balance)
    rows.append(Row("Jumlah mutasi dan saldo akhir", end, kind=TOTAL))
    return rows


def book_columns(*, contra: bool, one: str, other: str) -> tuple[Column, ...]:
    return (
        Column("date", "Tgl" if contra else "Tanggal", ColumnType.DATE),
        Column("voucher", "No. bukti", ColumnType.CODE),
        *((Column("contra", "Lawan", ColumnType.CODE),) if contra else ()),
        Column("debit", one, MONEY, summed=True),
        Column("credit", other, MONEY, summed=True),
        Column("balance", "Saldo", MONEY),
    )


def ledger() -> Report:
    rows: list[Row] = []
    for key, lines in accounts().items():
        code, name, side = key.split("|")
        rows.append(Row(name, (f"Saldo normal {side}",), code=code, kind=SECTION))
        rows += account_rows(key, lines, contra=True)
    return Report(
        "ledger", "Buku Besar", book_columns(contra=True, one="Debit", other="Kredit"),
        tuple(rows), parameters=MONTH, head=HEAD, period="Bulan Juni 2026, sebelum penutupan",
        unit=UNIT, label="Uraian", label_at=2, layout=Layout.LEDGER, place_date=END,
    )  # fmt: skip


def cash_book() -> Report:
    key, lines = next(iter(accounts().items()))
    rows = account_rows(key, lines, contra=False)[:-1]
    rows += [
        Row("Jumlah bulan ini", (None, None, 4130500, 3249600, None), kind=TOTAL),
        Row("Jumlah s.d. bulan lalu", (None, None, 850000, 0, None), kind=TOTAL),
        Row("Jumlah s.d. bulan ini", (None, None, 4980500, 3249600, 1730900), kind=TOTAL),
    ]
    return Report(
        "cash", "Buku Kas Tunai", book_columns(contra=False, one="Masuk", other="Keluar"),
        tuple(rows), parameters=MONTH, head=HEAD, period="Bulan Juni 2026",
        unit="Akun 1101 Kas Tunai Bendahara (dalam Rupiah)", label="Uraian", label_at=2,
        layout=Layout.BOOK, place_date=END,
        closing=("Pada hari ini, Selasa, 30 Juni 2026, Buku Kas Tunai ditutup dengan saldo"
                 " Rp1.730.900 (satu juta tujuh ratus tiga puluh ribu sembilan ratus rupiah),"
                 " terdiri atas uang kertas Rp1.730.000 dan uang logam Rp900, sesuai Berita Acara"
                 " Pemeriksaan Kas BA-05/KWT/VI/2026.",),
    )  # fmt: skip


TRIAL_BALANCE = """
1101|Kas Tunai Bendahara|850000|0|4130500|3249600|1730900|0
1102|Kas Kembalian Outlet|100000|0|0|0|100000|0
1103|Bank Rekening Kelompok|3400000|0|1602175|5500|4996675|0
1104|Kas Titipan (KPP/Arisan)|225000|0|75000|0|300000|0
1112|Piutang Warung Titip Jual|180000|0|68000|180000|68000|0
1121|Persediaan Benih|60000|0|90000|60000|90000|0
1122|Persediaan Saprotan|240000|0|160000|240000|160000|0
1123|Bibit & Tanaman dalam Proses|700000|0|336000|768000|268000|0
1124|Bibit Siap Tanam|0|0|180000|156000|24000|0
1125|Hasil Panen Segar|0|0|628000|628000|0|0
1126|Bahan Olahan|150000|0|200000|293000|57000|0
1127|Kemasan & Label|64000|0|48000|64000|48000|0
1129|Keripik Barang Jadi|226000|0|577150|788800|14350|0
1130|Barang Titipan di Warung|85500|0|258125|295050|48575|0
1201|Rumah Bibit|6000000|0|0|0|6000000|0
1202|Peralatan Tani|960000|0|0|0|960000|0
1203|Peralatan Olahan|1440000|0|0|0|1440000|0
1211|Akum. Peny. Rumah Bibit|0|1000000|0|100000|0|1100000
1212|Akum. Peny. Peralatan Tani|0|200000|0|20000|0|220000
1213|Akum. Peny. Peralatan Olahan|0|300000|0|30000|0|330000
2104|Titipan Iuran KPP|0|225000|0|75000|0|300000
2106|Simpanan Sukarela|0|300000|0|0|0|300000
3101|Simpanan Pokok|0|1000000|0|0|0|1000000
3102|Simpanan Wajib|0|1800000|0|200000|0|2000000
3104|Modal Hibah/Donasi|0|7440000|0|0|0|7440000
3201|Dana Cadangan|0|450000|0|0|0|450000
3202|Dana Pemeliharaan|0|400000|200000|0|0|200000
3203|Dana Pembelian Bibit|0|350000|90000|0|0|260000
3204|Dana Operasional|0|300000|440000|192500|0|52500
3301|Saldo Laba/SHU Belum Dialokasikan|0|915500|192500|730000|0|1453000
4101|Penjualan Sayuran|0|0|0|1680000|0|1680000
4102|Penjualan Keripik Bayam|0|0|0|663500|0|663500
4103|Penjualan Keripik Pare|0|0|0|480000|0|480000
4104|Penjualan Bibit|0|0|0|500000|0|500000
5101|HPP Sayuran|0|0|560000|0|560000|0
5102|HPP Keripik Bayam|0|0|428100|0|428100|0
5103|HPP Keripik Pare|0|0|348775|0|348775|0
5104|HPP Bibit|0|0|120000|0|120000|0
5105|Rusak, Mati & Kedaluwarsa|0|0|14350|0|14350|0
6101|Beban Pemeliharaan|0|0|200000|0|200000|0
6103|Beban Transportasi|0|0|80000|0|80000|0
6104|Beban Listrik & Air|0|0|71500|0|71500|0
6105|Beban ATK & Fotokopi|0|0|36000|0|36000|0
6106|Beban Rapat|0|0|660000|600000|60000|0
6108|Beban Acara & Promosi|0|0|46350|0|46350|0
6109|Beban Penyusutan|0|0|150000|0|150000|0
7101|Pendapatan Bunga|0|0|0|2175|0|2175
7201|Beban Administrasi Bank|0|0|5500|0|5500|0
7202|Beban Lain & Selisih Kurang|0|0|5100|0|5100|0
"""


def trial_balance() -> Report:
    rows, sums = [], [0] * 6
    for line in TRIAL_BALANCE.strip().splitlines():
        code, name, *values = line.split("|")
        cells = [int(value) for value in values]
        sums = [a + b for a, b in zip(sums, cells, strict=True)]
        rows.append(Row(name, tuple(cells), code=code))
    rows.append(Row("Jumlah", tuple(sums), kind=TOTAL))
    columns = tuple(
        Column(f"{key}_{side}", word, MONEY, summed=True, group=group)
        for key, group in (("opening", "Saldo awal"), ("moves", "Mutasi"), ("end", "Saldo akhir"))
        for side, word in (("debit", "Debit"), ("credit", "Kredit"))
    )
    return Report(
        "trial-balance", "Neraca Saldo", columns, tuple(rows), parameters=AS_OF, head=HEAD,
        period="Per 30 Juni 2026, sebelum penutupan", unit=UNIT, label="Nama akun",
        layout=Layout.TRIAL_BALANCE, place_date=END,
    )  # fmt: skip


def cash_count() -> CashCountMinutes:
    return CashCountMinutes(
        "BA-05/KWT/VI/2026", END, "1101 Kas Tunai Bendahara", 1731000, 1730900,
        notes={100000: 17, 20000: 1, 10000: 1}, coins={500: 1, 200: 2},
        voucher="BKK-2606-0013", difference_account="7202 Beban Lain & Selisih Kurang",
    )  # fmt: skip
