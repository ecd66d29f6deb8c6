"""Where photos and files stand on the pages of proofs, and which are not shown; all in points."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kwt_books.exporters.pdf.job import A4, BOLD, REGULAR, Job, Pen, register
from kwt_books.exporters.pdf.page import Running
from kwt_books.exporters.pdf.proofs import Laid, draw_proofs, lay_in
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.packs import Proof, Proofs
from tests.exporters import pdf_samples as samples
from tests.exporters.ink import Ink, Said

CAPTION = "BKK-2606-0001 · 3 Juni 2026"


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


class Pages:
    """Pages that remember what was drawn on each."""

    def __init__(self) -> None:
        self.job = Job(samples.IDENTITY, samples.IMPRINT, Translator("id"), Formats("id"), A4)
        self.sheet, self.x, self.floor = A4, A4.left, A4.floor
        self.ink = Ink()
        self.pen, self.canvas = Pen(self.ink), self
        self.number, self.y, self.fresh = 0, 0.0, True
        self.begun: list[tuple[Any, ...]] = []
        self.pictures: list[tuple[int, Any, tuple[float, ...]]] = []

    def begin(self, running: Running, sheet: object) -> None:
        self.begun.append(("begin", running, sheet))
        self._page(first=True)

    def next(self) -> None:
        self.begun.append(("next",))
        self._page(first=False)

    def _page(self, *, first: bool) -> None:
        self.number += 1
        self.y, self.fresh = A4.ceiling(first=first), True

    def mark(self, key: str, title: str, level: int) -> None:
        self.begun.append(("mark", key, title, level))

    def drawImage(self, picture: Any, *box: float) -> None:  # noqa: N802
        self.pictures.append((self.number, picture, box))


def photo(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", shade: Any = 128) -> bytes:
    out = BytesIO()
    Image.new(mode, size, shade).save(out, kind)
    return out.getvalue()


def pdf(count: int, size: tuple[float, float] = (300, 400)) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, size)
    for _ in range(count):
        canvas.drawString(10, 20, "isi")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def drawn(*data: bytes | None, level: int = 0) -> tuple[Pages, Proofs, list[Laid]]:
    proofs = tuple(Proof(str(n), CAPTION, f"berkas-{n}", lambda each=each: each)  # type: ignore[misc]
                   for n, each in enumerate(data, 1))  # fmt: skip
    part, pages = Proofs("Bukti", "2026", proofs), Pages()
    return pages, part, draw_proofs(part, pages, level)  # type: ignore[arg-type]


def test_the_first_page_has_the_letterhead_and_is_marked_and_others_go_on() -> None:
    pages, part, _ = drawn(photo((60, 80)), None, photo((60, 80)), level=1)
    assert pages.begun == [
        ("begin", Running("Bukti", "2026"), A4), ("mark", "proofs1", "Bukti", 1), ("next",),
        ("next",),
    ]  # fmt: skip
    assert [code for _, code in part.refused] == ["proof-not-kept"]
    assert [number for number, *_ in pages.pictures] == [1, 3]
    assert not pages.fresh


def captions(pages: Pages) -> list[Said]:
    return pages.ink.texts


def test_a_caption_says_number_name_and_document_above_the_proof() -> None:
    pages, _, _ = drawn(photo((60, 80)))
    head, below = captions(pages)
    top = A4.ceiling(first=True)
    assert (head.text, head.font, head.size) == ("Bukti 1 · berkas-1", BOLD, 9.5)
    assert (below.text, below.font, below.size) == (CAPTION, REGULAR, 9.5)
    assert [each.x for each in (head, below)] == [A4.left] * 2
    assert [top - each.y for each in (head, below)] == [12, 24]


WIDE, HIGH = A4.text_width, A4.ceiling(first=True) - 24 - 6 - A4.floor


@pytest.mark.parametrize("size", [(60, 80), (1_200, 300), (300, 1_500), (1_700, 1_700), (652, 600)])
def test_a_photo_fits_below_its_caption_in_the_middle_and_is_never_enlarged(
    size: tuple[int, int],
) -> None:
    pages, part, _ = drawn(photo(size))
    ((_, picture, (left, below, wide, high)),) = pages.pictures
    assert picture.getSize() == size
    scale = min(WIDE / size[0], HIGH / size[1], 0.75)
    assert (wide, high) == pytest.approx((size[0] * scale, size[1] * scale))
    assert left - A4.left == pytest.approx(A4.left + WIDE - (left + wide)), "as much on both sides"
    assert below + high == pytest.approx(A4.floor + HIGH), "right below the caption"
    assert not part.refused


def test_photos_are_kept_small_and_nothing_shines_through() -> None:
    small, large = photo((1_800, 90)), photo((1_801, 90))
    noise = Image.effect_noise((1_700, 1_700), 90)
    out = BytesIO()
    noise.save(out, "JPEG", quality=100)
    assert len(out.getvalue()) > 600_000
    clear = photo((40, 50), "PNG", "LA", (0, 0))
    pages, _, _ = drawn(
        small, large, out.getvalue(), clear, photo((40, 50), "PNG", shade=(128,) * 3)
    )
    pictures: list[ImageReader] = [picture for _, picture, _ in pages.pictures]
    sizes = [each.getSize() for each in pictures]
    assert sizes == [(1_800, 90), (1_800, 90), (1_700, 1_700), (40, 50), (40, 50)]
    data = [each.fp.getvalue() for each in pictures]
    assert data[0] == small, "as it was"
    assert data[2] != out.getvalue()
    assert len(data[2]) < len(out.getvalue()), "made smaller"
    assert all(each.startswith(b"\xff\xd8") for each in data), "all of them JPEG"
    assert set(pictures[3].getRGBData()) == {255}, "white where nothing was"
    assert set(pictures[4].getRGBData()) == {128}


def test_each_page_of_a_file_has_its_place() -> None:
    pages, part, laid = drawn(pdf(2), pdf(1))
    heads = [each.text for each in captions(pages)[::2]]
    assert heads == [
        "Bukti 1 · berkas-1 · halaman 1 dari 2", "Bukti 1 · berkas-1 · halaman 2 dari 2",
        "Bukti 2 · berkas-2",
    ]  # fmt: skip
    assert [each.page for each in laid] == [0, 1, 2]
    assert [each.proof for each in laid] == [part.proofs[0], part.proofs[0], part.proofs[1]]
    later = A4.ceiling(first=False) - 30 - A4.floor
    boxes = [(A4.left, A4.floor, WIDE, high) for high in (HIGH, later, later)]
    assert [each.box for each in laid] == [pytest.approx(box) for box in boxes]


def many(count: int) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(count):
        writer.add_blank_page(30, 40)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [(many(200), None), (many(201), "proof-too-large"), (many(0), "proof-damaged"),
     (b"bukan apa-apa", "proof-damaged"), (None, "proof-not-kept"),
     (photo((60, 80))[:500], "proof-damaged")],
    ids=["200 pages", "201 pages", "no page", "no picture", "not kept", "cut off"],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_below_its_caption(
    data: bytes | None, code: str | None
) -> None:
    pages, part, laid = drawn(data)
    assert [each for _, each in part.refused] == ([code] if code else [])
    assert bool(laid) is (code is None)
    if code is not None:
        head, below, said = captions(pages)
        assert (head.text, below.text) == ("Bukti 1 · berkas-1", CAPTION)
        assert said.text == pages.job.t(code, name="berkas-1") != code
        assert said.y < below.y - 12


def test_without_proofs_a_page_says_so() -> None:
    pages, _, _ = drawn()
    (said,) = captions(pages)
    assert said.text.startswith("Tidak ada foto")
    assert (pages.number, pages.fresh) == (1, False)


# -- Laying in -------------------------------------------------------------------------------------


BOX = (60.0, 80.0, 500.0, 600.0)


def laid_in(
    size: tuple[float, float], crop: tuple[float, float, float, float] | None
) -> tuple[float, float, float]:
    """Where the text at (10, 20) of a page stands when that is laid in, and how much smaller."""
    made, out = BytesIO(), BytesIO()
    canvas = Canvas(made, (700, 900))
    canvas.showPage()
    canvas.save()
    source = PdfWriter(clone_from=PdfReader(BytesIO(pdf(1, size)))).pages[0]
    if crop is not None:
        source.cropbox = RectangleObject(crop)
    proof = Proof("1", CAPTION, "berkas", lambda: None)
    assert lay_in(made, [Laid(0, source, BOX, proof)], out) == []
    found: list[tuple[float, float, float]] = []

    def see(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip() == "isi":
            found.append((cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5], cm[0]))

    PdfReader(out).pages[0].extract_text(visitor_text=see)
    (at,) = found
    return at


@pytest.mark.parametrize(
    ("size", "crop"),
    [
        ((300, 400), None),
        ((1_000, 800), None),
        ((600, 1_500), None),
        ((300, 400), (5, 8, 255, 340)),
    ],
)
def test_a_page_is_laid_into_its_box_from_above_and_in_the_middle(
    size: tuple[float, float], crop: tuple[float, float, float, float] | None
) -> None:
    left, bottom, right, top = crop or (0, 0, *size)
    x, y, wide, high = BOX
    scale = min(wide / (right - left), high / (top - bottom), 1)
    side = (wide - (right - left) * scale) / 2
    assert laid_in(size, crop) == pytest.approx(
        (x + side + (10 - left) * scale, y + high - (top - 20) * scale, scale)
    )


def test_what_cannot_be_laid_in_is_named_once_and_the_others_are() -> None:
    made, out = BytesIO(), BytesIO()
    canvas = Canvas(made, (700, 900))
    canvas.showPage()
    canvas.save()
    proof = Proof("1", CAPTION, "berkas", lambda: None)
    source = PdfWriter(clone_from=PdfReader(BytesIO(pdf(1)))).pages[0]
    laid = [Laid(9, source, BOX, proof), Laid(0, source, BOX, proof), Laid(8, source, BOX, proof)]
    assert lay_in(made, laid, out) == [proof]
    assert "isi" in PdfReader(out).pages[0].extract_text()
