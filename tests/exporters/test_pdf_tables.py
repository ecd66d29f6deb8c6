"""Tables over pages: carried sums, signatures, very large and very long cells, empty reports."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from kwt_books.exporters.pdf.document import render
from kwt_books.exporters.pdf.job import width
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Column, ColumnType, Identity, Layout, Report, Row, RowKind
from tests.exporters import pdf_samples as samples

F = Formats("id")
MONEY = ColumnType.MONEY


def sizes(report: Report, identity: Identity) -> dict[str, float]:
    """The type size of each text on the first page."""
    found: dict[str, float] = {}
    out = BytesIO()
    render([report], identity, samples.IMPRINT, Translator("id"), out)

    def see(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        found[text.strip()] = size

    PdfReader(out).pages[0].extract_text(visitor_text=see)
    return found


def printed(report: Report, paper: str = "F4") -> list[str]:
    out = BytesIO()
    render([report], samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper=paper)
    return [page.extract_text() for page in PdfReader(out).pages]


def ledger(count: int, text: str = "Setoran titip jual", layout: Layout = Layout.LEDGER) -> Report:
    rows, balance = [], 0
    for n in range(1, count + 1):
        debit, credit = (1_000 * n, None) if n % 3 else (None, 700 * n)
        balance += (debit or 0) - (credit or 0)
        day = date(2026, 1, 1) + timedelta(days=n % 365)
        rows.append(Row(text, (day, f"BKM-2606-{n:04}", debit, credit, balance)))
    sums = [sum(row.cells[at] or 0 for row in rows) for at in (2, 3)]
    rows.append(Row("Jumlah akhir", (None, None, *sums, balance), kind=RowKind.TOTAL))
    return Report(
        "ledger", "Buku Besar", samples.book_columns(contra=False, one="Debit", other="Kredit"),
        tuple(rows), period="Tahun 2026", label="Uraian", label_at=2, layout=layout,
        place_date=samples.END,
    )  # fmt: skip


@pytest.mark.parametrize("paper", ["F4", "A4"])
@pytest.mark.parametrize("layout", [Layout.LEDGER, Layout.BOOK])
def test_sums_are_carried_over_pages(paper: str, layout: Layout) -> None:
    report = ledger(260, layout=layout)
    by_number = {row.cells[1]: row.cells for row in report.rows if row.cells[1]}
    pages = printed(report, paper)
    assert len(pages) > 3
    debit = credit = 0
    balance = None
    for number, page in enumerate(pages, start=1):
        carried = [F.accounting(debit, "–"), F.accounting(credit, "–")]
        if number > 1:
            head = page.split(f"Pindahan dari halaman {number - 1}")[1].split()[:3]
            assert head == [*carried, F.accounting(balance)]
        for voucher in re.findall(r"BKM-2606-\d{4}", page):
            _, _, plus, minus, balance = by_number.pop(voucher)
            debit, credit = debit + (plus or 0), credit + (minus or 0)
        if number < len(pages):
            foot = page.split(f"Dipindahkan ke halaman {number + 1}")[1].split()[:3]
            assert foot == [F.accounting(debit, "–"), F.accounting(credit, "–"),
                            F.accounting(balance)]  # fmt: skip
    assert not by_number, "every row is on some page"
    assert "Dipindahkan" not in pages[-1]


def test_sums_of_a_trial_balance_are_carried_by_column() -> None:
    report = samples.trial_balance()
    pages = printed(report, "A4")
    assert len(pages) == 2
    codes = set(re.findall(r"^\s*(\d{4})\s", pages[0], re.MULTILINE))
    sums = [sum(r.cells[at] for r in report.rows if r.code in codes) for at in range(6)]
    carried = pages[0].split("Dipindahkan ke halaman 2")[1].split()[:6]
    assert carried == [F.accounting(value) for value in sums]


@pytest.mark.parametrize("paper", ["F4", "A4"])
def test_signatures_are_never_split_nor_alone(paper: str) -> None:
    lengths = set()
    for count in range(40, 60):
        pages = printed(ledger(count), paper)
        lengths.add(len(pages))
        signed = [n for n, page in enumerate(pages) if "Disetujui oleh:" in page]
        assert signed == [len(pages) - 1]
        last = pages[-1]
        assert all(w in last for w in ("Aryanah", "Siti Rohmah", "Hi. Chandra Kartawijaya"))
        rows = len(re.findall(r"BKM-2606-\d{4}", last)) + last.count("Jumlah akhir")
        assert rows >= 3, f"{count} rows: {rows} with the signatures"
    assert lengths == {1, 2}, "where a second page begins"


def test_the_sum_is_not_torn_from_its_rows() -> None:
    lengths = set()
    for count in range(60, 72):
        pages = printed(replace(ledger(count), place_date=None))
        lengths.add(len(pages))
        assert len(re.findall(r"BKM-2606-\d{4}", pages[-1])) >= 2
    assert lengths == {1, 2}, "where a second page begins"


@pytest.mark.parametrize("paper", ["F4", "A4"])
def test_the_largest_amounts_fit(paper: str) -> None:
    big = 10**15
    columns = tuple(
        Column(f"c{n}", f"Kolom {n}", MONEY, summed=True, group=f"Kelompok {n // 3}")
        for n in range(9)
    )
    rows = tuple(Row(f"Akun {n}", (-big + n,) * 9, code=str(1101 + n)) for n in range(5))
    report = Report("big", "Besar", columns, rows, label="Nama akun", layout=Layout.TRIAL_BALANCE)
    out = BytesIO()
    render([report], samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper=paper)
    page = PdfReader(out).pages[0]
    assert float(page.mediabox.width) > float(page.mediabox.height), "turned for its columns"
    assert page.extract_text().count("(1.000.000.000.000.000)") == 9
    assert_inside(page, gap=3)


def assert_inside(page: object, gap: float) -> None:
    """No string reaches over the right margin, and no two of a line touch."""
    found: list[tuple[float, float, float]] = []

    def visit(text: str, _cm: object, tm: list[float], font: object, size: float) -> None:
        if text.strip() and font:
            name = {"Regular": "S", "It": "SI", "Semibold": "SS", "Bold": "SB"}[
                font["/BaseFont"].split("-")[-1]  # type: ignore[index]
            ]
            found.append((round(tm[5], 1), tm[4], tm[4] + width(text.strip(), name, size)))

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    lines: dict[float, list[tuple[float, float]]] = {}
    for y, x0, x1 in found:
        lines.setdefault(y, []).append((x0, x1))
    page_width = float(page.mediabox.width)  # type: ignore[attr-defined]
    for spans in lines.values():
        spans.sort()
        assert spans[-1][1] <= page_width - 36
        for (_, end), (start, _) in pairwise(spans):
            assert start - end > -gap


def test_long_descriptions_wrap_and_lose_nothing() -> None:
    words = [f"kata{n}" for n in range(60)]
    text = " ".join([*words, "X" * 90])
    page = "".join("".join(printed(replace(ledger(3, text), place_date=None))).split())
    assert page.count("".join(text.split())) == 3


def test_a_description_longer_than_a_page_goes_on() -> None:
    words = " ".join(f"kata{n}" for n in range(1500))
    pages = printed(ledger(4, words))
    whole = "\n".join(pages)
    for n in (0, 700, 1499):
        assert len(re.findall(rf"\bkata{n}\b", whole)) == 4
    assert "Jumlah akhir" in pages[-1]


def test_markup_in_a_text_is_only_text() -> None:
    report = replace(samples.position(), closing=("Toko <b>Tani & Makmur</b> </para>",))
    assert "Toko <b>Tani & Makmur</b> </para>" in printed(report)[0]


def test_more_signs_than_a_subset_of_a_font_holds_are_all_printed() -> None:
    charts = [(0xC0, 0x17F), (0x391, 0x3C9), (0x410, 0x44F)]  # letters of Europe
    signs = [chr(code) for first, last in charts for code in range(first, last) if code != 0x3A2]
    words = ["".join(signs[at : at + 8]) for at in range(0, len(signs), 8)]
    words += [f"{one}{other}" for one, other in zip(words, reversed(words), strict=True)]
    rows = tuple(Row(word, (1_000,)) for word in words)
    report = Report("words", "Huruf", (Column("a", "Jumlah", MONEY),), rows)
    assert len(signs) > 256
    assert set(words) <= set("\n".join(printed(report)).split())


def test_many_columns_turn_the_paper() -> None:
    rows = tuple(Row(f"Ibu Sri Wahyuningsih {n}", (1_250_000,) * 13) for n in range(40))
    columns = tuple(Column(f"m{n}", f"Bulan {n}", MONEY) for n in range(13))
    report = Report("dues", "Iuran KPP", columns, rows, label="Nama", place_date=samples.END)
    out = BytesIO()
    render([report], samples.IDENTITY, samples.IMPRINT, Translator("id"), out)
    pages = PdfReader(out).pages
    assert all(float(p.mediabox.width) > float(p.mediabox.height) for p in pages)
    assert_inside(pages[0], gap=0)


@pytest.mark.parametrize("layout", list(Layout))
def test_an_empty_report_says_so(layout: Layout) -> None:
    report = replace(ledger(0), rows=(), layout=layout)
    pages = printed(report)
    assert len(pages) == 1
    assert "Tidak ada transaksi pada periode ini" in pages[0]
    assert "Bendahara," in pages[0]


def test_a_ledger_names_the_account_on_every_page() -> None:
    rows = ledger(120).rows
    cells = ("Saldo normal debit",)
    head = Row("Kas Tunai Bendahara", cells, code="1101", kind=RowKind.SECTION)
    pages = printed(replace(ledger(0), rows=(head, *rows)))
    assert "1101  Kas Tunai Bendahara" in pages[0]
    assert all("1101  Kas Tunai Bendahara (lanjutan)" in page for page in pages[1:])
    assert all("Saldo normal debit" in page for page in pages)


def test_long_names_of_signatories_wrap() -> None:
    name = "Dr. Hj. Raden Ayu Aryanah Kusumaningrum Soeryadiningrat Wirasasmita, S.P., M.M."
    identity = replace(
        samples.IDENTITY, chair=name, officer="Ir. Bambang", officer_nip="19680412 199303 1 004"
    )
    out = BytesIO()
    render([samples.position()], identity, samples.IMPRINT, Translator("id"), out)
    page = PdfReader(out).pages[0].extract_text()
    assert name in page.replace("\n", " ") or all(word in page for word in name.split())
    assert "NIP 19680412 199303 1 004" in page
    assert "Hi. Chandra Kartawijaya" in page


def test_sums_of_nothing_are_an_empty_report() -> None:
    total = Row("Jumlah", (None, None, 0, 0, 0), kind=RowKind.TOTAL)
    page = printed(replace(ledger(0), rows=(total,)))[0]
    assert "Tidak ada transaksi pada periode ini" in page


def test_only_codes_of_accounts_are_printed() -> None:
    rows = (*samples.trial_balance().rows[:-1],)
    total = Row("Jumlah", (1, 1, 1, 1, 1, 1), code="total", kind=RowKind.TOTAL)
    page = printed(replace(samples.trial_balance(), rows=(*rows, total)))[0]
    assert "1101" in page
    assert "total" not in page


def test_a_long_name_leaves_the_continued_title_its_room() -> None:
    identity = replace(samples.IDENTITY, name=" ".join(["Kelompok Wanita Tani Sukawangi"] * 4))
    out = BytesIO()
    render([ledger(200)], identity, samples.IMPRINT, Translator("id"), out)
    assert_inside(PdfReader(out).pages[1], 0.0)


def test_a_trial_balance_leaves_no_few_rows_over() -> None:
    whole = samples.trial_balance()
    spilt = 0
    for more in range(9):
        extra = tuple(Row(f"Beban {n}", (0,) * 6, code=f"61{n:02}") for n in range(more))
        others = tuple(row for row in whole.rows[:-1] if (row.code or "") < "6")
        last = tuple(Row(f"Lain {n}", (0,) * 6, code=f"72{n:02}") for n in range(12))
        report = replace(whole, rows=(*others, *extra, *last, whole.rows[-1]))
        codes = [
            re.findall(r"^([1-7][0-9]{3})(?= [A-Z]|$)", page, re.MULTILINE)
            for page in printed(report, "A4")
        ]
        assert sum(map(len, codes)) == len(report.rows) - 1
        if len(codes) > 1:
            spilt += 1
            assert len(codes[-1]) + len(["Jumlah"]) >= 9
    assert spilt


@pytest.mark.parametrize("count", range(20, 28))
def test_signatures_under_notes_have_more_than_a_sentence_with_them(count: int) -> None:
    rows = [
        row
        for n in range(1, count + 1)
        for row in (
            Row(f"Perihal {n}", code=str(n), kind=RowKind.SECTION),
            Row(f"Kalimat {n}.", kind=RowKind.NOTE),
        )
    ]
    pages = printed(replace(samples.notes(), rows=tuple(rows)), "A4")
    assert pages[-1].count("Kalimat") >= 3
    assert "Siti Rohmah" in pages[-1]


def test_long_names_are_not_set_too_small_to_read() -> None:
    umbrella = "Lembaga Keuangan Mikro Persada Mandiri Sejahtera Kota Bandar Lampung"
    name = "Kelompok Wanita Tani Sukawangi Sejahtera Mandiri Makmur Bersama Kaliawi Persada"
    identity = replace(samples.IDENTITY, umbrella=umbrella, name=name)
    found = sizes(samples.position(), identity)
    assert min(size for text, size in found.items() if text) >= 6


def test_the_heads_of_an_empty_table_are_not_squeezed() -> None:
    wide = tuple(Column(f"m{n}", "Nilai", MONEY) for n in range(9))
    empty = Report(
        "empty", "Titip Jual", wide, (), label="Warung dan barang", place_date=samples.END
    )
    assert "Warung dan barang" in printed(empty, "A4")[0]
