"""Sales by channel, and the year as a chart."""

from __future__ import annotations

from datetime import date

from kwt_books.reports.model import Column, ColumnType, Report, Row
from kwt_books.reports.packs import Bar, BarChart, Section, YearChart
from tests.exporters.pdf_samples.common import END, LINE, MONEY, MONTH, TEXT, TOTAL, UNIT, statement


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
