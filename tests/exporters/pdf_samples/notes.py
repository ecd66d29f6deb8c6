"""The notes."""

from __future__ import annotations

from kwt_books.reports.model import Column, Layout, Report, Row, RowKind
from tests.exporters.pdf_samples.common import (
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
