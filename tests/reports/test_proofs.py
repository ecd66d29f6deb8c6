"""An LPJ with its proofs: photos and files follow it in the order of the list, each numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from kwt_books.app import Book, Books
from kwt_books.domain.documents.correction import Attachment
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Pack, Proof, Proofs
from tests.books import copied
from tests.conftest import DATA

ASKED = Parameters(month="2026-12", programme="p2l", proofs=True)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def aided(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months with a programme; nobody has to sign in."""
    path = tmp_path_factory.mktemp("proofs") / "bantuan.kwt"
    with (DATA / "edisi-2.jsonl").open("rb") as stream:
        told = BytesIO(b"".join(line for line in stream if b'"kind": "person"' not in line))
    books.import_stream(path, told)
    return path


@pytest.fixture
def book(books: Books, aided: Path, tmp_path: Path) -> Iterator[Book]:
    book = books.open(copied(books, aided, tmp_path / "bantuan.kwt"))
    yield book
    book.close()


def photo(kind: str, size: tuple[int, int] = (600, 800), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 128).save(out, kind)
    return out.getvalue()


def pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(300 + number, 400)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def attach(book: Book, number: str, name: str, data: bytes) -> None:
    digest = sha256(data).hexdigest()
    book.record(
        Attachment(of=number, name=name, type="application/x-proof", sha256=digest, data=data)
    )


def written(pack: Pack) -> list[str]:
    """The words of every page."""
    out = BytesIO()
    Books.write(pack, "pdf", out)
    return [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]


def listed(pack: Pack) -> list[tuple[int, str]]:
    """Number and voucher of each document in the list of proofs."""
    (proofs,) = (x for x in pack.on_paper if isinstance(x, Report) and x.name == "programme-proofs")
    return [(row.cells[0], str(row.cells[2])) for row in proofs.rows if row.code != "total"]  # type: ignore[misc]


def refused(pack: Pack) -> dict[str, str]:
    return {
        proof.name: code
        for part in pack.on_paper
        if isinstance(part, Proofs)
        for proof, code in part.refused
    }


def test_proofs_follow_in_the_order_of_their_list_with_their_numbers(book: Book) -> None:
    numbers = dict(listed(book.pack("programme", replace(ASKED, proofs=False), "id")))
    assert len(numbers) >= 3
    attach(book, numbers[3], "tukang.pdf", pdf(2))
    attach(book, numbers[1], "nota.jpg", photo("JPEG"))
    attach(book, numbers[1], "barang.png", photo("PNG", mode="LA"))

    pack = book.pack("programme", ASKED, "id")
    pages = written(pack)

    heads = [
        f"Bukti 1 · nota.jpg {numbers[1]} · ",
        f"Bukti 1 · barang.png {numbers[1]} · ",
        f"Bukti 3 · tukang.pdf · halaman 1 dari 2 {numbers[3]} · ",
        f"Bukti 3 · tukang.pdf · halaman 2 dari 2 {numbers[3]} · ",
    ]
    assert all(head in page for head, page in zip(heads, pages[-4:], strict=True))
    assert all(f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert any("Berita Acara".casefold() in page.casefold() for page in pages[:-4])
    assert not refused(pack)


def test_the_page_of_a_file_is_laid_in_whole(book: Book) -> None:
    """Its words are there, and what was said below its box is not lost."""
    number = dict(listed(book.pack("programme", ASKED, "id")))[2]
    inner = book.pack("trial-balance", Parameters(month="2026-12"), "id")  # type: ignore[arg-type]
    out = BytesIO()
    Books.write(inner, "pdf", out)
    attach(book, number, "neraca.pdf", out.getvalue())
    pages = written(book.pack("programme", ASKED, "id"))
    proof = next(page for page in pages if "Bukti 2 · neraca.pdf" in page)
    words = " ".join(PdfReader(out).pages[0].extract_text().split()).split()
    assert set(words) <= set(proof.split())


def test_what_cannot_be_shown_is_said_in_its_place(book: Book) -> None:
    number = listed(book.pack("programme", ASKED, "id"))[0][1]
    broken = {
        "putus.jpg": (photo("JPEG")[:700], "proof-damaged"),
        "rusak.pdf": (b"%PDF-1.7 bukan isi", "proof-damaged"),
        "catatan.txt": (b"bukan foto", "proof-damaged"),
        "terkunci.pdf": (pdf(1, "rahasia"), "proof-locked"),
        "raksasa.png": (photo("PNG", (12_000, 11_000), "1"), "proof-too-large"),
    }
    for name, (data, _) in broken.items():
        attach(book, number, name, data)
    attach(book, number, "baik.jpg", photo("JPEG"))

    pack = book.pack("programme", ASKED, "id")
    pages = written(pack)

    assert refused(pack) == {name: code for name, (_, code) in broken.items()}
    for name, (_, code) in broken.items():
        (page,) = (page for page in pages if f"Bukti 1 · {name}" in page)
        assert {"proof-damaged": "rusak", "proof-locked": "terkunci dengan kata sandi",
                "proof-too-large": "terlalu besar"}[code] in page  # fmt: skip
    assert sum("Bukti 1 · baik.jpg" in page for page in pages) == 1


def test_bytes_that_the_book_has_not_got_are_said(book: Book) -> None:
    pack = book.pack("programme", ASKED, "id")
    lost = Proofs("Bukti", "2026", (Proof("1", "BKK-1", "hilang.jpg", lambda: None),))
    assert "hilang.jpg tidak disimpan" in written(replace(pack, on_paper=(lost,)))[0]
    none = replace(pack, on_paper=(Proofs("Bukti", "2026", ()),))
    assert "Tidak ada foto" in written(none)[0]


def test_large_photos_are_made_small_and_stand_upright(book: Book) -> None:
    number = listed(book.pack("programme", ASKED, "id"))[0][1]
    picture, out = Image.new("RGB", (3000, 2000), "red"), BytesIO()
    exif = Image.Exif()
    exif[274] = 6  # the camera was held upright
    picture.save(out, "JPEG", exif=exif)
    attach(book, number, "hp.jpg", out.getvalue())
    made = BytesIO()
    Books.write(book.pack("programme", ASKED, "id"), "pdf", made)
    (image,) = PdfReader(made).pages[-1].images
    assert image.image is not None
    assert image.image.size == (1200, 1800)
