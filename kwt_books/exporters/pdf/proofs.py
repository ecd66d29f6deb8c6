"""The proofs of an LPJ: photos and PDF files on pages of the group's own, each under its number.

Photos are drawn at once. Of a PDF file only its place is drawn: its pages are laid in when the file
is whole, since they can't be drawn with the canvas that makes all other pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from kwt_books.exporters.pdf.job import BOLD, REGULAR, wrap
from kwt_books.exporters.pdf.page import Pages, Running
from kwt_books.reports.packs import Proof, Proofs

if TYPE_CHECKING:
    from pypdf import PageObject

_PDF = b"%PDF-"
_SIDE = 1_800
"""Pixels of a photo's longer side, at which every line of a receipt can still be read."""
_MOST_PAGES = 200
"""Pages of one PDF file."""
_SMALL = 600_000
"""Bytes up to which a photo stays as it is."""
_QUALITY = 80
_CAPTION = 9.5
_LEADING = 12.0
_POINTS_A_PIXEL = 72 / 96
"""Photos are not drawn larger than a screen shows them."""


class _Refused(Exception):  # noqa: N818 - says what the file is
    """A proof that can't be shown; the code of an error says why."""


class Laid(NamedTuple):
    """A page of a PDF file, and where it is to be laid: the number of the page from 0, its box."""

    page: int
    source: PageObject
    box: tuple[float, float, float, float]
    proof: Proof


def draw_proofs(part: Proofs, pages: Pages, level: int) -> list[Laid]:
    """Draws every proof on pages of its own; gives the pages that are to be laid in.

    `level` is that of the part in the outline.
    """
    laid: list[Laid] = []
    begin = _beginning(part, pages, level)
    for proof in part.proofs:
        try:
            with _told():
                laid += _draw(proof, pages, begin)
        except _Refused as error:
            code = str(error)
            part.refused.append((proof, code))
            begin()
            _caption(proof, pages, "")
            _say(pages, pages.job.t(code, name=proof.name))
    if not part.proofs:
        begin()
        _say(pages, pages.job.t("No photo and no file is attached to these documents."))
    return laid


def _beginning(part: Proofs, pages: Pages, level: int) -> Callable[[], None]:
    running = Running(part.title, part.period)
    begun: list[bool] = []

    def begin() -> None:
        if begun:
            pages.next()
        else:
            pages.begin(running, pages.job.sheet)
            pages.mark(f"proofs{pages.number}", part.title, level)
            begun.append(True)

    return begin


@contextmanager
def _told() -> Iterator[None]:
    """Whatever a damaged file does to its reader, it is a file that can't be read."""
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            yield
    except _Refused:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _Refused("proof-too-large") from error
    except Exception as error:
        raise _Refused("proof-damaged") from error


def _draw(proof: Proof, pages: Pages, begin: Callable[[], None]) -> list[Laid]:
    data = proof.data()
    if data is None:
        raise _Refused("proof-not-kept")
    if data.startswith(_PDF):
        return _draw_pages(proof, data, pages, begin)
    picture = _picture(data)
    begin()
    x, y, wide, high = _box(proof, pages, "")
    across, down = picture.getSize()
    scale = min(wide / across, high / down, _POINTS_A_PIXEL)
    left, below = x + (wide - across * scale) / 2, y + high - down * scale
    pages.canvas.drawImage(picture, left, below, across * scale, down * scale)
    return []


def _picture(data: bytes) -> ImageReader:
    """A photo upright, small enough to be printed and kept. Raises whatever its reader does."""
    with Image.open(BytesIO(data)) as opened:
        upright = opened.getexif().get(274, 1) == 1
        small = max(opened.size) <= _SIDE and len(data) <= _SMALL
        opened.draft("RGB", (_SIDE, _SIDE))
        opened.load()  # a file that was cut off is found out here
        if opened.format == "JPEG" and upright and small and opened.mode in ("RGB", "L"):
            return ImageReader(BytesIO(data))
        made = ImageOps.exif_transpose(opened)
        made.thumbnail((_SIDE, _SIDE))
        out = BytesIO()
        _on_white(made).save(out, "JPEG", quality=_QUALITY)
    out.seek(0)
    return ImageReader(out)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without anything that can be seen through."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("RGB")


def _draw_pages(proof: Proof, data: bytes, pages: Pages, begin: Callable[[], None]) -> list[Laid]:
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Refused("proof-locked")
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise _Refused("proof-too-large")
    sources = list(PdfWriter(clone_from=reader).pages)  # a writer's pages can be turned
    if not sources:
        raise _Refused("proof-damaged")
    for each in sources:
        each.transfer_rotation_to_content()
        if (content := each.get_contents()) is not None:
            content.get_data()
    laid = []
    for number, each in enumerate(sources, 1):
        begin()
        of = pages.job.t("page {page} of {pages}", page=number, pages=count)
        box = _box(proof, pages, of if count > 1 else "")
        laid.append(Laid(pages.number - 1, each, box, proof))
    return laid


def _box(proof: Proof, pages: Pages, of: str) -> tuple[float, float, float, float]:
    """Draws the caption; gives what is left of the page: left, bottom, width, height."""
    _caption(proof, pages, of)
    return pages.x, pages.floor, pages.sheet.text_width, pages.y - pages.floor


def _caption(proof: Proof, pages: Pages, of: str) -> None:
    t = pages.job.t
    head = " · ".join(filter(None, (t("Proof {place}", place=proof.place), proof.name, of)))
    for text, font in ((head, BOLD), (proof.caption, REGULAR)):
        _lines(pages, text, font)
    pages.y -= _LEADING / 2
    pages.fresh = False


def _say(pages: Pages, text: str) -> None:
    _lines(pages, text, REGULAR)
    pages.fresh = False


def _lines(pages: Pages, text: str, font: str) -> None:
    for line in wrap(text, font, _CAPTION, pages.sheet.text_width):
        pages.y -= _LEADING
        pages.pen.left(pages.x, pages.y, line, font, _CAPTION)


def lay_in(made: BytesIO, laid: list[Laid], out: BinaryIO) -> list[Proof]:
    """Writes the file that was made, with the pages of other files in their places.

    Gives the proofs that could not be laid in: their places stay empty.
    """
    from pypdf import PdfWriter, Transformation

    writer = PdfWriter(clone_from=made)
    refused: list[Proof] = []
    for each in laid:
        x, y, wide, high = each.box
        frame: Any = each.source.cropbox
        try:
            scale = min(wide / float(frame.width), high / float(frame.height), 1)
            left = x + (wide - float(frame.width) * scale) / 2 - float(frame.left) * scale
            below = y + high - float(frame.top) * scale
            placed = Transformation().scale(scale).translate(left, below)
            writer.pages[each.page].merge_transformed_page(each.source, placed)
        except Exception:
            if each.proof not in refused:
                refused.append(each.proof)
    writer.write(out)
    return refused
