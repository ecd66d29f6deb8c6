"""June 2026 of the sample group as reports made by hand, for trying out the printed papers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from kwt_books.reports.model import (
    Column,
    ColumnType,
    Identity,
    Imprint,
    Layout,
    Report,
    Row,
    RowKind,
)
from kwt_books.reports.papers import (
    AllocationLine,
    AllocationMinutes,
    Bar,
    BarChart,
    CashCountMinutes,
    Chapter,
    ConsignmentSlip,
    Cover,
    GoodsLine,
    Part,
    Receipt,
    SaleSlip,
    Section,
    Voucher,
    VoucherKind,
    VoucherLine,
    YearChart,
)

WIB = timezone(timedelta(hours=7))
HEAD = "7f3a91c20d4e" + "0" * 52
IDENTITY = Identity(
    name="KWT Sukawangi Sejahtera",
    village="Kaliawi Persada",
    district="Tanjungkarang Pusat",
    city="Bandar Lampung",
    chair="Aryanah",
    treasurer="Siti Rohmah",
    umbrella="LKM Persada Mandiri",
    coordinator="Hi. Chandra Kartawijaya",
)
IMPRINT = Imprint(
    head=HEAD,
    documents=43,
    printed_at=datetime(2026, 7, 1, 9, 12, tzinfo=WIB),
    printed_by="Siti Rohmah",
    version="1.0",
)
END = date(2026, 6, 30)
MONTH = {"month": "2026-06"}
AS_OF = {"as_of": "2026-06-30", **MONTH}
UNIT = "Dinyatakan dalam Rupiah"

MONEY, COUNT, TEXT = ColumnType.MONEY, ColumnType.COUNT, ColumnType.TEXT
LINE, SECTION, SUBTOTAL, TOTAL, NOTE = (
    RowKind.LINE,
    RowKind.SECTION,
    RowKind.SUBTOTAL,
    RowKind.TOTAL,
    RowKind.NOTE,
)


def statement(*rows: tuple[object, ...]) -> tuple[Row, ...]:
    """Rows given as kind, level, label, then cells."""
    return tuple(Row(r[2], tuple(r[3:]), level=r[1], kind=r[0]) for r in rows)  # type: ignore[arg-type]


def position() -> Report:
    columns = (
        Column("note", "Catatan", ColumnType.CODE),
        Column("now", "30 Juni 2026", MONEY),
        Column("before", "31 Mei 2026", MONEY),
    )
    rows = statement(
        (SECTION, 0, "ASET"),
        (SECTION, 1, "Aset lancar"),
        (LINE, 2, "Kas dan bank kelompok", "4", 6827575, 4350000),
        (LINE, 2, "Kas titipan KPP (dibatasi penggunaannya)", "4", 300000, 225000),
        (LINE, 2, "Piutang warung titip jual", "5", 68000, 180000),
        (LINE, 2, "Persediaan", "6", 709925, 1525500),
        (SUBTOTAL, 1, "Jumlah aset lancar", None, 7905500, 6280500),
        (SECTION, 1, "Aset tetap"),
        (LINE, 2, "Rumah Bibit", "7", 6000000, 6000000),
        (LINE, 2, "Peralatan Tani", "7", 960000, 960000),
        (LINE, 2, "Peralatan Olahan", "7", 1440000, 1440000),
        (LINE, 2, "Akumulasi penyusutan", "7", -1650000, -1500000),
        (SUBTOTAL, 1, "Jumlah aset tetap, neto", None, 6750000, 6900000),
        (TOTAL, 0, "JUMLAH ASET", None, 14655500, 13180500),
        (SECTION, 0, "LIABILITAS DAN EKUITAS"),
        (SECTION, 1, "Liabilitas"),
        (LINE, 2, "Titipan Iuran KPP", "8", 300000, 225000),
        (LINE, 2, "Simpanan Sukarela", "8", 300000, 300000),
        (SUBTOTAL, 1, "Jumlah liabilitas", None, 600000, 525000),
        (SECTION, 1, "Ekuitas"),
        (LINE, 2, "Simpanan Pokok", "9", 1000000, 1000000),
        (LINE, 2, "Simpanan Wajib", "9", 2000000, 1800000),
        (LINE, 2, "Modal Hibah/Donasi", "9", 7440000, 7440000),
        (LINE, 2, "Dana Cadangan", "10", 630000, 450000),
        (LINE, 2, "Dana Pemeliharaan", "10", 560000, 400000),
        (LINE, 2, "Dana Pembelian Bibit", "10", 620000, 350000),
        (LINE, 2, "Dana Operasional", "10", 352500, 300000),
        (LINE, 2, "Saldo Laba/SHU Belum Dialokasikan", "10", 1453000, 915500),
        (SUBTOTAL, 1, "Jumlah ekuitas", None, 14055500, 12655500),
        (TOTAL, 0, "JUMLAH LIABILITAS DAN EKUITAS", None, 14655500, 13180500),
    )
    return Report(
        "position", "Laporan Posisi Keuangan", columns, rows, parameters=AS_OF, head=HEAD,
        period="Per 30 Juni 2026", unit=UNIT, closing=(INTEGRAL,), place_date=END,
    )  # fmt: skip


INTEGRAL = "Catatan atas laporan keuangan merupakan bagian yang tidak terpisahkan dari laporan ini."


def profit_and_loss() -> Report:
    columns = (
        Column("note", "Catatan", ColumnType.CODE),
        Column("now", "Juni 2026", MONEY),
        Column("before", "Mei 2026\n(contoh)", MONEY),
    )
    rows = statement(
        (SECTION, 0, "Pendapatan usaha"),
        (LINE, 1, "Penjualan Sayuran", None, 1680000, 1420000),
        (LINE, 1, "Penjualan Keripik Bayam", None, 663500, 585000),
        (LINE, 1, "Penjualan Keripik Pare", None, 480000, 390000),
        (LINE, 1, "Penjualan Bibit", None, 500000, 250000),
        (SUBTOTAL, 1, "Jumlah pendapatan usaha", "11", 3323500, 2645000),
        (SECTION, 0, "Harga pokok penjualan"),
        (LINE, 1, "HPP Sayuran", None, -560000, -498000),
        (LINE, 1, "HPP Keripik Bayam", None, -428100, -372400),
        (LINE, 1, "HPP Keripik Pare", None, -348775, -286000),
        (LINE, 1, "HPP Bibit", None, -120000, -64000),
        (LINE, 1, "Rusak, Mati & Kedaluwarsa", None, -14350, -52000),
        (SUBTOTAL, 1, "Jumlah harga pokok penjualan", "12", -1471225, -1272400),
        (SUBTOTAL, 0, "LABA KOTOR", None, 1852275, 1372600),
        (SECTION, 0, "Beban usaha"),
        (LINE, 1, "Beban Pemeliharaan", None, -200000, 0),
        (LINE, 1, "Beban Transportasi", None, -80000, -65000),
        (LINE, 1, "Beban Listrik & Air", None, -71500, -69500),
        (LINE, 1, "Beban ATK & Fotokopi", None, -36000, -28000),
        (LINE, 1, "Beban Rapat", None, -60000, -60000),
        (LINE, 1, "Beban Acara & Promosi", None, -46350, 0),
        (LINE, 1, "Beban Penyusutan", "7", -150000, -150000),
        (SUBTOTAL, 1, "Jumlah beban usaha", None, -643850, -372500),
        (SUBTOTAL, 0, "LABA USAHA", None, 1208425, 1000100),
        (SECTION, 0, "Pendapatan dan beban lain-lain"),
        (LINE, 1, "Pendapatan Bunga", None, 2175, 1940),
        (LINE, 1, "Beban Administrasi Bank", None, -5500, -5500),
        (LINE, 1, "Beban Lain & Selisih Kurang", "13", -5100, 0),
        (SUBTOTAL, 1, "Jumlah lain-lain, neto", None, -8425, -3560),
        (SUBTOTAL, 0, "LABA (RUGI) SEBELUM PAJAK PENGHASILAN", None, 1200000, 996540),
        (LINE, 0, "Beban pajak penghasilan", "14", 0, 0),
        (TOTAL, 0, "LABA (RUGI) SETELAH PAJAK PENGHASILAN", None, 1200000, 996540),
    )
    return Report(
        "profit-and-loss", "Laporan Laba Rugi", columns, rows, parameters=MONTH, head=HEAD,
        period="Untuk bulan yang berakhir 30 Juni 2026", unit=UNIT,
        closing=(INTEGRAL, "Kolom Mei 2026 adalah angka contoh tata letak."), place_date=END,
    )  # fmt: skip


def notes() -> Report:
    columns = (
        Column("cost", "Biaya\nperolehan", MONEY),
        Column("accumulated", "Akum. peny.\n31 Mei 2026", MONEY),
        Column("depreciation", "Penyusutan\nJuni 2026", MONEY),
        Column("net", "Nilai tercatat\n30 Juni 2026", MONEY),
        Column("now", "30 Juni 2026", MONEY),
        Column("before", "31 Mei 2026", MONEY),
        Column("month", "Juni 2026", MONEY),
    )

    def note(number: int, title: str) -> Row:
        return Row(title, code=str(number), kind=SECTION)

    def text(words: str) -> Row:
        return Row(words, kind=NOTE)

    def item(letter: str, words: str) -> Row:
        return Row(words, code=letter, level=1, kind=NOTE)

    def two(label: str, now: int, before: int, kind: RowKind = LINE) -> Row:
        return Row(label, (None, None, None, None, now, before), kind=kind)

    def one(label: str, month: int, kind: RowKind = LINE) -> Row:
        return Row(label, (None, None, None, None, None, None, month), kind=kind)

    rows = (
        note(1, "Umum"),
        text("KWT Sukawangi Sejahtera (“Kelompok”) adalah kelompok wanita tani di Kelurahan"
             " Kaliawi Persada, Kecamatan Tanjungkarang Pusat, Kota Bandar Lampung, dan merupakan"
             " KSM binaan LKM Persada Mandiri. Kegiatan Kelompok adalah pembibitan, budi daya"
             " sayuran, pengolahan keripik bayam dan keripik pare, serta penjualan melalui"
             " Outlet Jumat, titip jual di warung, dan pameran. Pengurus: Aryanah (Ketua) dan"
             " Siti Rohmah (Bendahara); anggota 20 orang."),
        note(2, "Pernyataan kepatuhan"),
        text("Laporan keuangan disusun sesuai dengan Standar Akuntansi Keuangan Entitas Mikro,"
             " Kecil, dan Menengah (SAK EMKM)."),
        note(3, "Ikhtisar kebijakan akuntansi"),
        item("a.", "Dasar penyusunan. Dasar pengukuran adalah biaya historis, dengan dasar akrual"
             " dan asumsi kelangsungan usaha. Mata uang penyajian adalah Rupiah penuh."),
        item("b.", "Kas titipan. Iuran KPP disimpan terpisah, disajikan sebagai kas titipan dan"
             " liabilitas, dan tidak diakui sebagai pendapatan."),
        item("c.", "Persediaan. Dicatat sebesar biaya perolehan per lot; yang lebih dahulu"
             " kedaluwarsa dikeluarkan lebih dahulu. Hasil panen dinilai dengan biaya standar."
             " Barang titipan di warung tetap menjadi persediaan Kelompok sampai terjual."),
        item("d.", "Aset tetap. Dicatat sebesar biaya perolehan dan disusutkan dengan metode garis"
             " lurus tanpa nilai residu: rumah bibit 60 bulan, peralatan 48 bulan."),
        item("e.", "Hibah. Hibah tanpa syarat dicatat sebagai Modal Hibah; hibah terikat dicatat"
             " sebagai liabilitas sampai digunakan. Bibit hibah dicatat jumlahnya dengan nilai"
             " nihil."),
        item("f.", "Pendapatan. Diakui saat barang diserahkan kepada pembeli; titip jual diakui"
             " saat warung melaporkan barang laku."),
        item("g.", "Dana dan alokasi laba. Laba bulanan dialokasikan ke dana sesuai keputusan rapat"
             " anggota BA-01/KWT/I/2026; pemakaian dana direalisasikan ke saldo laba."),
        note(4, "Kas dan setara kas"),
        two("Kas Tunai Bendahara", 1730900, 850000),
        two("Kas Kembalian Outlet", 100000, 100000),
        two("Bank Rekening Kelompok", 4996675, 3400000),
        two("Kas Titipan (KPP/Arisan), dibatasi penggunaannya", 300000, 225000),
        two("Jumlah", 7127575, 4575000, TOTAL),
        note(5, "Piutang warung titip jual"),
        two("Warung Bu Siti", 0, 180000),
        two("Warung Pak Joko", 68000, 0),
        two("Jumlah", 68000, 180000, TOTAL),
        note(6, "Persediaan"),
        two("Persediaan Benih", 90000, 60000),
        two("Persediaan Saprotan", 160000, 240000),
        two("Bibit & Tanaman dalam Proses", 268000, 700000),
        two("Bibit Siap Tanam", 24000, 0),
        two("Bahan Olahan", 57000, 150000),
        two("Kemasan & Label", 48000, 64000),
        two("Keripik Barang Jadi", 14350, 226000),
        two("Barang Titipan di Warung", 48575, 85500),
        two("Jumlah", 709925, 1525500, TOTAL),
        note(7, "Aset tetap"),
        Row("Rumah Bibit", (6000000, -1000000, -100000, 4900000)),
        Row("Peralatan Tani", (960000, -200000, -20000, 740000)),
        Row("Peralatan Olahan", (1440000, -300000, -30000, 1110000)),
        Row("Jumlah", (8400000, -1500000, -150000, 6750000), kind=TOTAL),
        note(8, "Liabilitas"),
        text("Titipan iuran KPP Rp300.000 adalah iuran warga yang dipegang Kelompok untuk KPP"
             " Kaliawi Persada; Juni 2026 bertambah Rp75.000 dari 15 rumah. Simpanan sukarela"
             " Rp300.000 dapat diambil anggota sewaktu-waktu."),
        note(9, "Simpanan dan modal hibah"),
        text("Simpanan wajib bertambah Rp200.000 dari 20 anggota, masing-masing Rp10.000. Pada 22"
             " Juni 2026 diterima hibah 200 batang bibit cabai rawit dari Dinas Pertanian Kota"
             " Bandar Lampung (BAST 12/DP/VI/2026) yang dicatat dengan nilai nihil."),
        note(10, "Dana dan saldo laba"),
        text("Saldo, alokasi, dan realisasi tiap dana dirinci dalam Laporan Alokasi Laba dan"
             " Dana."),
        note(11, "Pendapatan usaha menurut saluran"),
        one("Outlet Jumat", 2270000),
        one("Gelar Hasil Produk KSM", 400000),
        one("Penjualan langsung", 300000),
        one("Titip jual di warung", 353500),
        one("Jumlah", 3323500, TOTAL),
        note(12, "Rusak, mati & kedaluwarsa"),
        text("Rp14.350 terdiri atas 2 kg sayur rusak saat panen (Rp8.000) dan satu bungkus keripik"
             " bayam rusak di warung (Rp6.350)."),
        note(13, "Beban lain & selisih kurang"),
        text("Rp5.100 terdiri atas kas kurang Outlet Jumat 26 Juni 2026 (Rp5.000, BKM-2606-0012)"
             " dan selisih kurang kas opname 30 Juni 2026 (Rp100, BKK-2606-0013)."),
        note(14, "Pajak penghasilan"),
        text("Tidak ada beban pajak penghasilan yang diakui pada bulan ini."),
    )  # fmt: skip
    return Report(
        "notes", "Catatan atas Laporan Keuangan", columns, rows, parameters=MONTH, head=HEAD,
        period="Untuk bulan yang berakhir 30 Juni 2026", unit=UNIT, layout=Layout.NOTES,
        place_date=END,
    )  # fmt: skip


def funds() -> Section:
    allocation = Report(
        "allocation", "A. Alokasi laba",
        (Column("share", "Bagian", ColumnType.PERCENT), Column("amount", "Jumlah", MONEY)),
        statement(
            (LINE, 0, "Laba setelah pajak bulan Juni 2026", None, 1200000),
            (LINE, 1, "Dana Pemeliharaan", 300, 360000),
            (LINE, 1, "Dana Pembelian Bibit", 300, 360000),
            (LINE, 1, "Dana Operasional", 250, 300000),
            (LINE, 1, "Dana Cadangan", 150, 180000),
            (TOTAL, 0, "Jumlah alokasi", 1000, 1200000),
        ),
        label="Dana",
    )  # fmt: skip
    movements = Report(
        "movements", "B. Perubahan dana",
        (
            Column("opening", "Saldo\n31 Mei 2026", MONEY),
            Column("allocated", "Alokasi\nJuni 2026", MONEY),
            Column("released", "Realisasi\nJuni 2026", MONEY),
            Column("closing", "Saldo\n30 Juni 2026", MONEY),
        ),
        statement(
            (LINE, 0, "Dana Pemeliharaan", 400000, 360000, -200000, 560000),
            (LINE, 0, "Dana Pembelian Bibit", 350000, 360000, -90000, 620000),
            (LINE, 0, "Dana Operasional", 300000, 300000, -247500, 352500),
            (LINE, 0, "Dana Cadangan", 450000, 180000, 0, 630000),
            (TOTAL, 0, "Jumlah dana", 1500000, 1200000, -537500, 2162500),
        ),
        label="Dana",
    )  # fmt: skip
    return Section(
        "Laporan Alokasi Laba dan Dana", (allocation, movements, releases()),
        period="Untuk bulan yang berakhir 30 Juni 2026", unit=UNIT, parameters=MONTH,
        intro=("Dasar: keputusan rapat anggota BA-01/KWT/I/2026 tanggal 11 Januari 2026; alokasi"
               " bulan ini ditetapkan dengan BA-06/KWT/VI/2026.",),
        closing=("Saldo laba belum dialokasikan setelah alokasi: Rp1.453.000 (Mei 2026: Rp915.500"
                 " ditambah realisasi dana Rp537.500). Dibulatkan dengan sisa terbesar; jumlah"
                 " bagian selalu sama dengan laba yang dibagi.",),
        place_date=END,
    )  # fmt: skip


def releases() -> Report:
    lines = (
        (3, "BKK-2606-0001", "Beli benih sayur", "Pembelian Bibit", 90000),
        (17, "BKK-2606-0007", "Listrik, air, ATK", "Operasional", 107500),
        (27, "BKK-2606-0009", "Perbaikan rumah bibit", "Pemeliharaan", 200000),
        (28, "BKK-2606-0010", "Konsumsi rapat", "Operasional", 192500),
        (28, "BKM-2606-0013", "Koreksi: salah ketik nol", "Operasional", -192500),
        (28, "BKK-2606-0011", "Konsumsi rapat, transport", "Operasional", 140000),
    )
    rows = [Row(text, (date(2026, 6, d), no, fund, v)) for d, no, text, fund, v in lines]
    rows.append(Row("Jumlah realisasi", (None, None, None, 537500), kind=TOTAL))
    columns = (
        Column("date", "Tgl", ColumnType.DATE),
        Column("voucher", "No. bukti", ColumnType.CODE),
        Column("fund", "Dana", TEXT),
        Column("amount", "Jumlah", MONEY),
    )
    return Report(
        "releases", "C. Rincian realisasi dana", columns, tuple(rows), label="Uraian", label_at=2
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


def sales() -> Section:
    channels = Report(
        "channels", "",
        (
            Column("produce", "Sayuran", MONEY), Column("spinach", "Keripik\nbayam", MONEY),
            Column("gourd", "Keripik\npare", MONEY), Column("seedlings", "Bibit", MONEY),
            Column("amount", "Jumlah", MONEY), Column("share", "Bagian", ColumnType.PERCENT),
        ),
        statement(
            (LINE, 0, "Outlet Jumat (4 kali buka)", 1680000, 350000, 240000, 0, 2270000, 683),
            (LINE, 0, "Gelar Hasil Produk KSM", 0, 50000, 150000, 200000, 400000, 120),
            (LINE, 0, "Penjualan langsung", 0, 0, 0, 300000, 300000, 90),
            (LINE, 0, "Titip jual Warung Bu Siti", 0, 195500, 90000, 0, 285500, 86),
            (LINE, 0, "Titip jual Warung Pak Joko", 0, 68000, 0, 0, 68000, 20),
            (TOTAL, 0, "Jumlah", 1680000, 663500, 480000, 500000, 3323500, 1000),
        ),
        label="Saluran",
    )  # fmt: skip
    chart = BarChart(
        "Grafik penjualan menurut saluran",
        (
            Bar("Outlet Jumat", 2270000, 683), Bar("Gelar Hasil Produk KSM", 400000, 120),
            Bar("Penjualan langsung", 300000, 90), Bar("Titip jual Warung Bu Siti", 285500, 86),
            Bar("Titip jual Warung Pak Joko", 68000, 20),
        ),
    )  # fmt: skip
    return Section(
        "Penjualan menurut Saluran", (channels, chart, market_days(), consignments()),
        period="Bulan Juni 2026", unit=UNIT, parameters=MONTH, place_date=END,
    )  # fmt: skip


def market_days() -> Report:
    days = (
        (5, "BKM-2606-0005", "Outlet Jumat pekan 1", 610000, 510000, 100000, 0),
        (12, "BKM-2606-0006", "Outlet Jumat pekan 2", 520000, 520000, 0, 0),
        (19, "BKM-2606-0008", "Outlet Jumat pekan 3", 620000, 620000, 0, 0),
        (20, "BKM-2606-0009", "Gelar Hasil Produk KSM Binaan BDC", 400000, 400000, 0, 0),
        (26, "BKM-2606-0012", "Outlet Jumat pekan 4", 520000, 515000, 0, -5000),
    )
    rows = [Row(text, (date(2026, 6, d), no, *cells)) for d, no, text, *cells in days]
    rows.append(Row("Jumlah", (None, None, 2670000, 2565000, 100000, -5000), kind=TOTAL))
    return Report(
        "market-days", "Hari pasar dan pameran",
        (
            Column("date", "Tgl", ColumnType.DATE), Column("voucher", "No. bukti", ColumnType.CODE),
            Column("sales", "Penjualan", MONEY), Column("cash", "Tunai", MONEY),
            Column("bank", "Bank", MONEY), Column("difference", "Selisih", MONEY),
        ),
        tuple(rows), label="Kegiatan", label_at=2,
    )  # fmt: skip


def consignments() -> Report:
    quantity = ColumnType.QUANTITY
    lines = (
        ("Warung Bu Siti", "Keripik bayam", 15, 15, 23, 6, 1, 0, 195500),
        ("Warung Bu Siti", "Keripik pare", 0, 15, 10, 0, 0, 5, 90000),
        ("Warung Pak Joko", "Keripik bayam", 0, 10, 8, 0, 0, 2, 68000),
    )
    rows = [
        Row(shop, (item, *(n * 1000 for n in counts[:-1]), counts[-1]))
        for shop, item, *counts in lines
    ]
    totals = (None, 15000, 40000, 41000, 6000, 1000, 7000, 353500)
    rows.append(Row("Jumlah", totals, kind=TOTAL))
    return Report(
        "consignments", "Titip jual (bungkus)",
        (
            Column("item", "Barang", TEXT), Column("opening", "Sisa awal", quantity),
            Column("sent", "Titip", quantity), Column("sold", "Laku", quantity),
            Column("returned", "Retur", quantity), Column("spoiled", "Rusak", quantity),
            Column("left", "Sisa", quantity), Column("sales", "Penjualan", MONEY),
        ),
        tuple(rows), label="Warung",
    )  # fmt: skip


def year() -> Section:
    months = ("Jul", "Agu", "Sep", "Okt", "Nov", "Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun")
    turnover = (1850000, 2010000, 1720000, 2240000, 2390000, 2810000, 2150000, 1980000, 2460000,
                2730000, 2645000, 3323500)  # fmt: skip
    profit = (420000, 510000, -120000, 640000, 700000, 930000, 560000, 380000, 810000, 905000,
              996540, 1200000)  # fmt: skip
    chart = YearChart("Omzet dan laba dua belas bulan", months, turnover, profit)
    return Section("Perkembangan Usaha", (chart,), period="Juli 2025 sampai Juni 2026")


def receipts() -> tuple[Receipt, ...]:
    return (
        Receipt("BKM-2606-0004", date(2026, 6, 2), "Warung Bu Siti", 180000,
                "Pelunasan piutang titip jual bulan Mei 2026", "Tunai", "Siti Rohmah"),
        Receipt("BKM-2607-0003 (contoh)", date(2026, 7, 3),
                "Koperasi Karyawan Lampung Makmur (contoh)", 5250000,
                "Pesanan 525 bungkus keripik bayam dan keripik pare 100 g, diambil di rumah"
                " produksi", "Tunai Rp250.000, transfer bank Rp5.000.000", "Siti Rohmah"),
        Receipt("BKM-2606-0007", date(2026, 6, 14), "Pembeli bibit cabai rawit", 300000,
                "120 batang bibit cabai rawit @ Rp2.500", "Tunai", "Siti Rohmah"),
    )  # fmt: skip


def cash_count() -> CashCountMinutes:
    return CashCountMinutes(
        "BA-05/KWT/VI/2026", END, "1101 Kas Tunai Bendahara", 1731000, 1730900,
        notes={100000: 17, 20000: 1, 10000: 1}, coins={500: 1, 200: 2},
        voucher="BKK-2606-0013", difference_account="7202 Beban Lain & Selisih Kurang",
    )  # fmt: skip


def allocation_minutes() -> AllocationMinutes:
    return AllocationMinutes(
        "BA-06/KWT/VI/2026", END, "2026-06", 1200000, 1200000,
        (
            AllocationLine("3202 Dana Pemeliharaan", 30, 360000),
            AllocationLine("3203 Dana Pembelian Bibit", 30, 360000),
            AllocationLine("3204 Dana Operasional", 25, 300000),
            AllocationLine("3201 Dana Cadangan", 15, 180000),
        ),
        decision="BA-01/KWT/I/2026", decision_day=date(2026, 1, 11), voucher="BM-2606-0016",
    )  # fmt: skip


def voucher() -> Voucher:
    return Voucher(
        VoucherKind.CASH_OUT, "BKK-2606-0007", date(2026, 6, 17), "Listrik, air, ATK",
        (
            VoucherLine("6104", "Beban Listrik & Air", 71500),
            VoucherLine("6105", "Beban ATK & Fotokopi", 36000),
            VoucherLine("1101", "Kas Tunai Bendahara", -107500),
            VoucherLine("3204", "Dana Operasional", 107500),
            VoucherLine("3301", "Saldo Laba/SHU Belum Dialokasikan", -107500),
        ),
        amount=107500, party="PLN dan Toko Sinar", reference="Kuitansi 12/VI",
        recorded_by="Siti Rohmah",
    )  # fmt: skip


def sale_slip() -> SaleSlip:
    return SaleSlip(
        "BKM-2606-0007", date(2026, 6, 14), "Bu Ratna, RT 04",
        (
            GoodsLine("Bibit cabai rawit", 120000, "batang", 2500, 300000),
            GoodsLine("Keripik bayam 100 g", 2500, "bungkus", 10000, 25000),
        ),
        "Siti Rohmah", discount=5000, received=300000,
    )  # fmt: skip


def consignment_slip() -> ConsignmentSlip:
    return ConsignmentSlip(
        "BM-2606-0004", date(2026, 6, 10), "Warung Bu Siti",
        (
            GoodsLine("Keripik bayam 100 g", 15000, "bungkus", 8500, 127500, "KB-0806",
                      date(2026, 8, 22)),
            GoodsLine("Keripik pare 100 g", 10000, "bungkus", 9000, 90000, "KP-1506",
                      date(2026, 8, 29)),
        ),
        "Aryanah",
    )  # fmt: skip


def cover() -> Cover:
    return Cover(
        "Laporan Keuangan Bulanan", "Juni 2026",
        "Disusun menurut Standar Akuntansi Keuangan Entitas Mikro, Kecil, dan Menengah (SAK EMKM)",
        (
            ("Laba bulan ini", 1200000), ("Kas dan setara kas", 7127575),
            ("Jumlah aset", 14655500), ("Dana kelompok", 2162500),
        ),
        END,
    )  # fmt: skip


def pack() -> list[Part]:
    return [
        Chapter("Laporan keuangan"), position(), profit_and_loss(), notes(), funds(),
        Chapter("Buku dan daftar"), cash_book(), trial_balance(), sales(),
        Chapter("Bukti, berita acara, dan buku besar"), *receipts(), cash_count(), ledger(),
    ]  # fmt: skip


def slips() -> list[Part]:
    return [voucher(), sale_slip(), consignment_slip(), allocation_minutes(), year()]
