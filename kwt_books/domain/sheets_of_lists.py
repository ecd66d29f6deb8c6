"""Tables of rows that are no cash book and yet money: lists of sales, and members against months.

They are taken from somebody's own sheet alone; the template has the cash book for both.
"""

from __future__ import annotations

from kwt_books.domain.sheet_table import Holds, SheetColumn, SheetTable

DAY_WORDS = (
    "tanggal",
    "tgl",
    "tgl transaksi",
    "hari tanggal",
    "date",
    "waktu",
    "tanggal transaksi",
)
_MONTH_WORDS = (
    "jan januari january", "feb peb februari pebruari february", "mar maret march mrt",
    "apr april", "mei may", "jun juni june", "jul juli july", "agu ags agt agustus aug august",
    "sep sept september", "okt oct oktober october", "nov nop november nopember",
    "des dec desember december",
)  # fmt: skip
_MONTH_TITLES = ("January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December")  # fmt: skip

SALES = SheetTable(
    "sales_list",
    "List of sales or purchases",
    "One row for each thing that was sold or bought, with its day and its amount.",
    (
        SheetColumn("date", "Date", Holds.DAY, (*DAY_WORDS, "tgl jual", "tgl beli"), True),
        SheetColumn(
            "item",
            "Goods",
            Holds.TEXT,
            ("barang", "nama barang", "produk", "nama produk", "jenis barang", "komoditas", "item",
             "nama item", "goods", "nama sayur", "jenis sayur", "jenis produk"),
            True,
        ),
        SheetColumn(
            "qty",
            "How many",
            Holds.QUANTITY,
            ("banyaknya", "banyak", "qty", "volume", "vol", "kuantitas", "jumlah barang", "jml",
             "jumlah", "berat"),
        ),
        SheetColumn("unit", "Unit", Holds.TEXT, ("satuan", "sat", "unit")),
        SheetColumn(
            "price",
            "Unit price",
            Holds.MONEY,
            ("harga", "harga satuan", "harga jual", "harga beli", "hrg", "price", "unit price"),
        ),
        SheetColumn(
            "amount",
            "Amount",
            Holds.MONEY,
            ("total", "total harga", "jumlah harga", "jumlah rp", "total rp", "nilai",
             "jumlah uang", "jumlah", "amount", "pendapatan", "omzet", "uang"),
        ),
        SheetColumn(
            "party",
            "Who",
            Holds.TEXT,
            ("pembeli", "nama pembeli", "konsumen", "pelanggan", "penjual", "toko", "pemasok",
             "supplier", "buyer", "dibeli di", "tempat beli"),
        ),
        SheetColumn(
            "status",
            "Paid or not",
            Holds.TEXT,
            ("ket", "keterangan", "status", "pembayaran", "lunas", "bayar", "lunas belum",
             "status bayar"),
        ),
    ),
    ("penjualan", "jual", "pembelian", "belanja", "sales"),
    one_of=("amount", "price"),
)  # fmt: skip

BY_MONTH = SheetTable(
    "by_month",
    "Savings or dues by month",
    "One row for each member or resident, with a column for each month.",
    (
        SheetColumn(
            "name",
            "Name",
            Holds.TEXT,
            ("nama", "nama anggota", "nama lengkap", "anggota", "nama warga", "warga",
             "kepala keluarga", "nama kk", "name", "member"),
            True,
        ),
        *(
            SheetColumn(f"m{number:02}", title, Holds.MONEY, tuple(words.split()))
            for number, (title, words) in enumerate(
                zip(_MONTH_TITLES, _MONTH_WORDS, strict=True), 1
            )
        ),
        SheetColumn("total", "Total", Holds.MONEY, ("total", "jumlah", "jml", "total rp")),
    ),
    ("iuran", "simpanan", "simpanan wajib", "iuran wajib", "kpp", "iuran kpp", "iuran warga"),
    one_of=tuple(f"m{number:02}" for number in range(1, 13)),
)  # fmt: skip
