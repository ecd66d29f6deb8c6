"""Papers that are handed over or signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from kwt_books.exporters.pdf.document import render
from kwt_books.exporters.pdf.job import REGULAR, width
from kwt_books.exporters.pdf.page import qr_modules, seal_text
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.packs import Part
from kwt_books.reports.papers import CountSheet, Receipt, VoucherKind
from tests.exporters import pdf_samples as samples
from tests.exporters.measures import MM, measured


def printed(*parts: Part, paper: str = "F4") -> list[str]:
    out = BytesIO()
    render(list(parts), samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper=paper)
    return [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]


# -- the seal ------------------------------------------------------------------------------

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MASKS = (
    lambda r, c: (r + c) % 2, lambda r, c: r % 2, lambda r, c: c % 3, lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2, lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2, lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)  # fmt: skip


def read_small_code(modules: list[list[bool]]) -> str:
    """What a code of the smallest size says, read as a scanner does: unmask, zigzag, decode."""
    assert len(modules) == 21
    form = sum(modules[8][c] << (4 - c) for c in range(5)) ^ 0b10101
    assert form >> 3 == 0b00, "error correction M"
    mask = MASKS[form & 7]
    bits = ""
    for pair, right in enumerate([*range(20, 6, -2), 5, 3, 1]):
        for step in range(21):
            row = step if pair % 2 else 20 - step
            for col in (right, right - 1):
                finder = (row < 9 and (col < 9 or col > 12)) or (row > 12 and col < 9)
                if not finder and row != 6:
                    bits += str(int(modules[row][col]) ^ (mask(row, col) == 0))
    assert bits[:4] == "0010", "letters and figures"
    length, at, text = int(bits[4:13], 2), 13, ""
    while len(text) < length - 1:
        text += "".join(ALPHANUMERIC[n] for n in divmod(int(bits[at : at + 11], 2), 45))
        at += 11
    if len(text) < length:
        text += ALPHANUMERIC[int(bits[at : at + 6], 2)]
    return text


@pytest.mark.parametrize("seal", ["7F3A-91C2-0D4E", "0000-0000-0000", "FFFF-FFFF-FFFF"])
def test_the_code_says_the_seal(seal: str) -> None:
    assert seal_text(seal) == f"KWT:{seal}"
    assert read_small_code(qr_modules(seal_text(seal))) == f"KWT:{seal}"


def test_the_code_is_drawn_once_a_file() -> None:
    out = BytesIO()
    parts: list[Part] = [samples.position(), samples.cash_book(), *samples.receipts()]
    render(parts, samples.IDENTITY, samples.IMPRINT, Translator("id"), out)
    reader = PdfReader(out)
    seals = {
        forms.raw_get(name).idnum
        for page in reader.pages
        for forms in [page["/Resources"]["/XObject"]]  # type: ignore[index]
        for name in forms
        if name.endswith(".seal")
    }
    assert len(seals) == 1


# -- receipts ------------------------------------------------------------------------------


def test_receipt_says_the_amount_in_figures_and_words() -> None:
    (page,) = printed(samples.receipts()[0])
    assert "KUITANSI" in page
    assert page.count("Rp180.000,00") == 2
    assert "Seratus delapan puluh ribu rupiah" in page
    assert "Pelunasan piutang titip jual bulan Mei 2026" in page
    assert "Bandar Lampung, 2 Juni 2026" in page


@pytest.mark.parametrize(
    ("amount", "stamped"), [(4_999_999, False), (5_000_000, False), (5_000_001, True)]
)
def test_stamp_duty_strictly_above_five_million(amount: int, stamped: bool) -> None:
    (page,) = printed(replace(samples.receipts()[0], amount=amount))
    assert ("Meterai" in page) is stamped


@pytest.mark.parametrize("paper", ["F4", "A4"])
@pytest.mark.parametrize("amount", [6_000_000, 12_000_000_345, 10**15 - 1])
@pytest.mark.parametrize(
    "receiver", ["Hj. Siti Rohmah Kusumaningrum Soeryadiningrat", "Kusumaningrumsoeryadiningrat"]
)
def test_the_longest_name_stands_beside_the_stamp(paper: str, amount: int, receiver: str) -> None:
    receipt = replace(samples.receipts()[0], amount=amount, receiver=receiver)
    out = BytesIO()
    render([receipt], samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper=paper)
    starts: dict[str, float] = {}
    PdfReader(out).pages[0].extract_text(
        visitor_text=lambda text, _cm, at, _font, _size: starts.update({text.strip(): at[4]})
    )
    stamp_wide = 32 * 72 / 25.4
    middle = starts["Meterai"] + width("Meterai", REGULAR, 7.5) / 2 + 4
    names = [at for text, at in starts.items() if text and text in receiver]
    assert names
    assert min(names) > middle + stamp_wide / 2


def test_three_receipts_a_page() -> None:
    one = samples.receipts()[0]
    pages = printed(*[replace(one, number=f"BKM-2606-{n:04}") for n in range(1, 8)])
    assert [page.count("Bonggol untuk arsip") for page in pages] == [3, 3, 1]


@pytest.mark.parametrize("paper", ["F4", "A4"])
def test_the_longest_receipt_fits(paper: str) -> None:
    receipt = Receipt(
        "BKM-2606-0001", samples.END, "Perkumpulan Koperasi Karyawan Lampung Makmur Sejahtera " * 2,
        10**15 - 1, "Pembelian bahan baku keripik bayam dan pare " * 5, "Transfer bank",
        "Dr. Hj. Raden Ayu Aryanah Kusumaningrum Soeryadiningrat, S.P.",
    )  # fmt: skip
    (page,) = printed(receipt, paper=paper)
    assert "Rp999.999.999.999.999,00" in page
    words = "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"
    assert words in page


# -- vouchers, slips, minutes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "title", "signer"),
    [
        (VoucherKind.CASH_IN, "BUKTI KAS MASUK", "Disetor oleh:"),
        (VoucherKind.CASH_OUT, "BUKTI KAS KELUAR", "Diterima oleh:"),
        (VoucherKind.MEMORIAL, "BUKTI MEMORIAL", "Dibuat oleh:"),
    ],
)
def test_voucher(kind: VoucherKind, title: str, signer: str) -> None:
    (page,) = printed(replace(samples.voucher(), kind=kind))
    assert title in page
    assert signer in page
    assert "Beban Listrik & Air 71.500" in page
    assert "Jumlah 215.000 215.000" in page
    assert "Rp107.500 (seratus tujuh ribu lima ratus rupiah)" in page


def test_a_voucher_of_many_postings_goes_on() -> None:
    voucher = samples.voucher()
    pages = printed(replace(voucher, lines=voucher.lines * 30))
    assert len(pages) > 2
    assert "Pindahan dari halaman 1" in pages[1]
    assert "Bukti Kas Keluar, BKK-2606-0007 (lanjutan)" in pages[1]


def test_sale_slip_adds_up() -> None:
    (page,) = printed(samples.sale_slip())
    assert "NOTA PENJUALAN" in page
    assert "Keripik bayam 100 g 2,5 bungkus 10.000 25.000" in page
    for text in ("325.000", "(5.000)", "Jumlah 320.000", "Dibayar 300.000", "Belum dibayar 20.000"):
        assert text in page
    (paid,) = printed(replace(samples.sale_slip(), received=320_000, discount=0))
    assert "Potongan" not in paid


def test_consignment_slip() -> None:
    (page,) = printed(samples.consignment_slip())
    assert "TANDA TERIMA TITIP JUAL" in page
    assert "KB-0806 22/08/2026" in page
    assert "217.500" in page


def test_cash_count_minutes() -> None:
    (page,) = printed(samples.cash_count())
    assert "BERITA ACARA PEMERIKSAAN KAS" in page
    assert (
        "Selasa, tanggal tiga puluh bulan Juni tahun dua ribu dua puluh enam (30/06/2026)" in page
    )
    assert "1. Nama : Aryanah Jabatan : Ketua" in page
    assert "2. Nama : Siti Rohmah Jabatan : Bendahara" in page
    assert "Rp100.000 17 lembar 1.700.000" in page
    assert "Rp200 2 keping 400" in page
    assert "Selisih kurang Rp100 (seratus rupiah), dibukukan dengan bukti BKK-2606-0013" in page
    assert "Penjelasan pemegang kas:" in page


def test_cash_count_over_and_agreeing() -> None:
    (over,) = printed(replace(samples.cash_count(), counted=1_732_000, voucher=""))
    assert "Selisih lebih Rp1.000 (seribu rupiah)." in over
    same = replace(samples.cash_count(), counted=1_731_000, notes={}, coins={})
    (agreed,) = printed(same)
    assert "sesuai dengan buku" in agreed
    assert "Penjelasan" not in agreed
    assert "lembar" not in agreed


def test_allocation_minutes() -> None:
    (page,) = printed(samples.allocation_minutes())
    assert "BERITA ACARA ALOKASI LABA" in page
    assert "keputusan rapat anggota BA-01/KWT/I/2026 tanggal 11 Januari 2026" in page
    assert "3202 Dana Pemeliharaan 30% 360.000" in page
    assert "Jumlah alokasi 100% 1.200.000" in page


def test_charts() -> None:
    (sales,) = printed(samples.sales())
    assert "Grafik penjualan menurut saluran" in sales
    assert "2.270.000 68,3%" in sales
    (year,) = printed(samples.year())
    assert "Omzet" in year
    assert "3,3 jt" in year


def test_a_voucher_names_who_and_what_for_and_leaves_room_for_what_nobody_knows() -> None:
    (page,) = printed(samples.voucher())
    assert (
        "Rabu, 17 Juni 2026 Dibayarkan kepada : PLN dan Toko Sinar Uraian : Listrik, air, ATK"
        " Acuan : Kuitansi 12/VI Dicatat oleh : Siti Rohmah Kode"
    ) in page
    bare = replace(samples.voucher(), party="", reference="", recorded_by="")
    (unknown,) = printed(bare)
    assert "Dibayarkan kepada : ……………" in unknown
    assert "Kuitansi" not in unknown
    assert "Dicatat oleh" not in unknown
    (memorial,) = printed(replace(bare, kind=VoucherKind.MEMORIAL))
    assert "………" not in memorial, "nobody was paid"


def test_a_voucher_sums_what_was_paid_before_what_that_released() -> None:
    lines = samples.voucher().lines
    named = (lines[0]._replace(party="Bu Ratna"), *lines[1:])
    (page,) = printed(replace(samples.voucher(), lines=named, released=2))
    assert "Beban Listrik & Air, Bu Ratna 71.500" in page
    paid, released = page.split("Jumlah 107.500 107.500")
    assert "Kas Tunai Bendahara" in paid
    assert "Kas Tunai Bendahara" not in released
    assert "Dana Operasional 107.500" in released
    assert "Dana Operasional" not in paid


def test_debits_of_a_voucher_are_summed_at_the_left_and_credits_at_the_right() -> None:
    voucher = samples.voucher()
    debits, credits_ = voucher.lines[:2], voucher.lines[2:3]
    (spent,) = printed(replace(voucher, lines=debits))
    (paid,) = printed(replace(voucher, lines=credits_))
    assert "Jumlah 107.500 –" in spent
    assert "Jumlah – 107.500" in paid


def test_goods_without_lots_have_no_columns_for_them() -> None:
    slip = samples.consignment_slip()
    bare = tuple(replace(line, lot="", expires=None, amount=None) for line in slip.lines)
    (page,) = printed(replace(slip, lines=bare))
    assert "Keripik bayam 100 g 15 bungkus" in page
    assert "Jumlah" not in page.split("Keripik pare")[1], "nothing to sum"
    (lotted,) = printed(slip)
    assert "Keripik bayam 100 g KB-0806 22/08/2026 15 bungkus 8.500 127.500" in lotted


def test_cash_of_notes_alone_is_listed_with_all_usual_faces() -> None:
    count = replace(samples.cash_count(), counted=170_000, book=170_000, coins={},
                    notes={100_000: 1, 50_000: 1, 20_000: 1})  # fmt: skip
    (page,) = printed(count)
    assert "Uang kertas Rp100.000 1 lembar 100.000 Rp50.000 1 lembar 50.000" in page
    assert "Rp5.000 – lembar –" in page
    assert "Uang logam Rp1.000 – keping –" in page


def test_minutes_leave_room_for_what_the_book_does_not_know() -> None:
    minutes = samples.allocation_minutes()
    (page,) = printed(replace(minutes, decision="", voucher="", allocated=1_100_000))
    assert "Pada …………………… telah dilaksanakan rapat anggota KWT Sukawangi Sejahtera di ……" in page
    assert "dihadiri ………… orang" in page
    assert "Rapat memutuskan alokasinya" in page
    assert "Bandar Lampung, ……………………" in page
    assert "BA-01" not in page
    assert "Belum dialokasikan: Rp100.000." in page
    (met,) = printed(replace(minutes, met=date(2026, 7, 4), place="Balai RW 02", people=18))
    assert "Pada hari Sabtu tanggal empat bulan Juli tahun dua ribu dua puluh enam" in met
    assert "Balai RW 02" in met
    assert "18 orang" in met
    assert "Bandar Lampung, 4 Juli 2026" in met


def test_a_sheet_to_count_stock_has_rooms_to_write_in() -> None:
    sheet = CountSheet("Gudang", date(2026, 6, 30), (("Keripik bayam", "bungkus"), ("Benih", "g")))
    made = measured([sheet], "F4")
    assert made.text("Gudang, 30 Juni 2026")
    grid = [each for each in made.rules if each.thick == 0.25]
    level = sorted({round(each.y, 2) for each in grid if each.y == each.to_y}, reverse=True)
    rows = [above - below for above, below in pairwise(level)]
    assert rows[-5:] == pytest.approx([21] * 5, abs=0.02), "two known goods and four more lines"
    upright = sorted({round(each.x, 2) for each in grid if each.x == each.to_x})
    assert [other - one for one, other in pairwise(upright)][-2:] == pytest.approx(
        [36 * MM] * 2, abs=0.1
    )
    numbers = [each.text for each in made.texts if each.text.split()[0] in ("1", "2", "3")]
    assert len(numbers) == 2, "only what is known is numbered"
    assert made.text("Dihitung oleh").x < made.text("Disaksikan").x
