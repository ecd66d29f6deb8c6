"""Packs and single reports as PDF: pages, sizes, fonts, metadata, the same bytes twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from kwt_books.exporters.pdf.document import render
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Identity, Imprint
from kwt_books.reports.packs import Cover, Part
from tests import ROOT
from tests.exporters import pdf_samples as samples

MM = 72 / 25.4


def pdf(
    parts: list[Part], paper: str = "F4", language: str = "id", *, cover: Cover | None = None,
    contents: bool = False, identity: Identity = samples.IDENTITY,
    imprint: Imprint = samples.IMPRINT,
) -> PdfReader:  # fmt: skip
    out = BytesIO()
    render(
        parts, identity, imprint, Translator(language), out, paper=paper, cover=cover,
        contents=contents,
    )  # fmt: skip
    return PdfReader(out)


def texts(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def pack() -> PdfReader:
    return pdf(samples.pack(), cover=samples.cover(), contents=True)


def test_pack_fills_the_pages_of_the_reference(pack: PdfReader) -> None:
    assert len(pack.pages) == 13
    assert len(pdf(samples.pack(), "A4", cover=samples.cover(), contents=True).pages) == 14


@pytest.mark.parametrize(("paper", "wide", "high"), [("F4", 215, 330), ("A4", 210, 297)])
def test_paper_sizes(paper: str, wide: int, high: int) -> None:
    box = pdf([samples.position()], paper).pages[0].mediabox
    assert float(box.width) == pytest.approx(wide * MM, abs=0.1)
    assert float(box.height) == pytest.approx(high * MM, abs=0.1)


def test_paper_is_the_groups_own_where_none_is_asked() -> None:
    out = BytesIO()
    identity = Identity(name="KWT", paper="A4")
    render([samples.position()], identity, samples.IMPRINT, Translator("id"), out)
    assert float(PdfReader(out).pages[0].mediabox.height) == pytest.approx(297 * MM, abs=0.1)


def test_text_can_be_read_back(pack: PdfReader) -> None:
    pages = texts(pack)
    assert "LAPORAN POSISI KEUANGAN" in pages[1]
    assert "14.655.500" in pages[1]
    assert "(1.650.000)" in pages[1]
    assert "Kas titipan KPP (dibatasi penggunaannya)" in pages[1]
    assert "LABA (RUGI) SETELAH PAJAK PENGHASILAN" in pages[2]
    assert "“Kelompok”" in pages[3]
    assert all("Segel 7F3A-91C2-0D4E" in page for page in pages)


def test_every_page_says_which_it_is(pack: PdfReader) -> None:
    for number, page in enumerate(pack.pages, start=1):
        forms = page["/Resources"]["/XObject"]  # type: ignore[index]
        names = [name for name in forms if re.search(rf"\.pg{number}$", name)]
        if "Bonggol untuk arsip" in page.extract_text():
            continue  # receipts are cut apart: no foot
        assert names, f"page {number}"
        assert f"Halaman {number} dari 13" in page.extract_text()


def test_contents_names_the_pages(pack: PdfReader) -> None:
    front, *rest = texts(pack)
    titles = {
        "Laporan Laba Rugi": "LAPORAN LABA RUGI", "Neraca Saldo": "NERACA SALDO",
        "Buku Besar": "BUKU BESAR", "Berita Acara Pemeriksaan Kas": "BERITA ACARA PEMERIKSAAN KAS",
    }  # fmt: skip
    for entry, title in titles.items():
        found = re.search(rf"{entry}\s+(\d+)\n", front)
        assert found, entry
        at = int(found[1])
        assert title in rest[at - 2]


def test_outline_follows_the_chapters(pack: PdfReader) -> None:
    titles = [entry["/Title"] for entry in pack.outline if not isinstance(entry, list)]
    assert titles == [
        "Sampul dan daftar isi", "Laporan keuangan", "Buku dan daftar",
        "Bukti, berita acara, dan buku besar",
    ]  # fmt: skip
    first = next(entry for entry in pack.outline if isinstance(entry, list))
    assert first[0]["/Title"] == "Laporan Posisi Keuangan"
    assert pack.get_destination_page_number(first[0]) == 1
    chapters = [entry["/Count"] for entry in pack.outline if "/Count" in entry]
    assert len(chapters) == 3
    assert min(chapters) > 0, "the chapters are open"


def test_metadata(pack: PdfReader) -> None:
    assert pack.metadata is not None
    assert pack.metadata.title == "Laporan Keuangan Bulanan, Juni 2026"
    assert pack.metadata.author == "KWT Sukawangi Sejahtera"
    assert pack.metadata["/Keywords"] == "7F3A-91C2-0D4E"
    root = pack.trailer["/Root"]
    assert root["/Lang"] == "id-ID"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"


def test_all_fonts_are_embedded(pack: PdfReader) -> None:
    seen = set()
    for page in pack.pages:
        resources = [page["/Resources"].get_object()]
        forms = resources[0].get("/XObject", {}).get_object()
        resources += [forms[name].get_object()["/Resources"].get_object() for name in forms]
        for one in resources:
            for font in one.get("/Font", {}).get_object().values():
                font = font.get_object()
                seen.add(font["/BaseFont"].split("+")[-1])
                assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
    assert seen == {
        "SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold", "SourceSansPro-It",
    }  # fmt: skip


SAME = """
import hashlib
from io import BytesIO
from tests.exporters import pdf_samples as s
from kwt_books.exporters.pdf.document import render
from kwt_books.i18n.catalogue import Translator
out = BytesIO()
parts = s.pack() + s.slips()
for _ in range(2):
    out.seek(0)
    render(parts, s.IDENTITY, s.IMPRINT, Translator("id"), out, cover=s.cover(), contents=True)
    print(hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_the_same_bytes_twice_and_in_another_process() -> None:
    hashes = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SAME], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        hashes |= set(done.stdout.split())
    assert len(hashes) == 1


def test_english_paper_has_no_indonesian_of_its_own() -> None:
    reader = pdf([samples.position(), samples.cash_count(), *samples.slips()], language="en")
    whole = "\n".join(texts(reader))
    assert "Page 1 of 7" in whole
    assert "Seal 7F3A-91C2-0D4E" in whole
    assert "Approved by:" in whole
    assert "1,730,900" in whole
    for word in ("Halaman", "Segel", "Disetujui", "Mengetahui", "Dicetak", "dokumen", "lembar"):
        assert word not in whole
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_open_month_is_provisional() -> None:
    imprint = replace(samples.IMPRINT, closed_through=None)
    text = texts(pdf([replace(samples.position(), provisional=True)], imprint=imprint))[0]
    assert "SEMENTARA, bulan belum ditutup" in text
    assert "bulan Juni 2026 belum ditutup" in text
    assert "SEMENTARA" not in texts(pdf([samples.position()]))[0]


def test_a_book_without_group_or_seal_still_prints() -> None:
    imprint = Imprint("", 0, samples.IMPRINT.printed_at, "", "1.0")
    text = texts(pdf([samples.position()], identity=Identity(), imprint=imprint))[0]
    assert "JUMLAH ASET" in text
    assert "Segel" not in text
    assert "Buku" not in text


def test_contents_without_cover_and_nothing_at_all() -> None:
    reader = pdf([samples.position(), samples.cash_book()], contents=True)
    assert len(reader.pages) == 3
    assert "Daftar isi" in texts(reader)[0]
    assert len(pdf([]).pages) == 1


def test_a_file_of_one_report_bears_its_title_and_period() -> None:
    made = pdf([samples.position()])
    assert made.metadata is not None
    assert str(made.metadata.title).startswith("Laporan Posisi Keuangan, ")
