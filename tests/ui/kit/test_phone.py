"""Papers as pictures for phones, and slips on rolls."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from kwt_books.reports.packs import ROLLS
from ui.kit.look import UiContext
from ui.kit.phone import SIDEWAYS, WIDTH
from ui.kit.preview import Paper, pictures_of
from ui.kit.printing import PaperDialog, Slip


def two_pages() -> bytes:
    """A black bar in the upper half of a page, and a blank page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(200, 400))
    canvas.rect(50, 300, 100, 50, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def paper(ui: UiContext, qtbot: QtBot) -> PaperDialog:
    made = PaperDialog(ui, "BKM-2606-0007", two_pages())
    qtbot.addWidget(made)
    made.show()
    return made


def is_black(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y) == QColor("black")


def test_a_picture_is_as_wide_as_a_phone_and_ends_where_the_writing_ends(
    paper: PaperDialog,
) -> None:
    paper.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert image.width() == WIDTH
    bar = WIDTH * 50 // 100  # it is half as high as wide, and all that stands there
    assert bar * 0.9 < image.height() < bar + 100, "the blank rest of the page is left out"
    assert is_black(image, WIDTH // 2, image.height() // 2)
    assert image.pixelColor(0, 0) == QColor("white")
    assert paper.copied.isVisible()
    assert not paper.saved.isVisible(), "there is no file to open"


def page_with(*bars: tuple[int, int]) -> bytes:
    """A page of 200 x 1000 points with a black bar of these places, from below, and heights."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(200, 1000))
    for at, high in bars:
        canvas.rect(20, at, 160, high, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture_of(pdf: bytes) -> QImage:
    (found,) = pictures_of(Paper(pdf))
    return found


def test_a_gap_in_the_page_is_closed_and_room_to_sign_is_left(qapp: QGuiApplication) -> None:
    near, far, alone = (
        picture_of(page_with(*bars)).height()
        for bars in (((900, 50), (830, 50)), ((900, 50), (50, 50)), ((900, 50),))
    )
    signed = 20 * WIDTH / 200
    assert near - alone > 50 * WIDTH / 200 + signed * 0.9, "what may be signed stays"
    assert far < alone * 2 + 100 < 900 * WIDTH / 200


def test_a_wide_table_is_for_a_phone_held_sideways(qapp: QGuiApplication) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(800, 400))
    canvas.rect(100, 200, 600, 50, fill=1)
    canvas.showPage()
    canvas.save()
    image = picture_of(out.getvalue())
    assert image.width() == SIDEWAYS
    bar = SIDEWAYS * 50 // 600
    assert bar * 0.9 < image.height() < bar + 100


def test_each_page_becomes_a_file(
    paper: PaperDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "nota"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(chosen), ""))
    paper.choose_picture()
    first, second = tmp_path / "nota.png", tmp_path / "nota (2).png"
    assert sorted(tmp_path.iterdir()) == [second, first]
    assert QImage(str(first)).width() == QImage(str(second)).width() == WIDTH


def test_a_new_picture_writes_over_no_other_file(
    paper: PaperDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever replaces a picture, which the dialog for files asks about, replaces all its pages."""
    first, other, second = (tmp_path / f"nota{each}.png" for each in ("", " (2)", " (3)"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(first), ""))
    other.write_bytes(b"another paper")
    paper.choose_picture()
    assert sorted(tmp_path.iterdir()) == sorted((first, other, second))
    assert other.read_bytes() == b"another paper"
    paper.choose_picture()
    assert sorted(tmp_path.iterdir()) == sorted((first, other, second))
    assert other.read_bytes() == second.read_bytes()


def test_a_slip_is_offered_on_rolls_and_other_papers_are_not(
    ui: UiContext, paper: PaperDialog, qtbot: QtBot
) -> None:
    asked: list[str] = []
    slip = PaperDialog(ui, "BKM-2606-0007", two_pages(), slip=Slip(two_pages(), asked.append))
    qtbot.addWidget(slip)
    here, there = ([each for each in dialog.menu().actions() if each.text()]
                   for dialog in (slip, paper))  # fmt: skip
    assert len(here) == len(there) + len(ROLLS)
    here[-1].trigger()
    assert asked == [ROLLS[-1]]


def test_phones_are_shown_a_slip_as_it_stands_on_a_roll_all_of_it(
    ui: UiContext, qtbot: QtBot
) -> None:
    """Its sheet of paper is blank below; several strips are one picture."""
    strip = BytesIO()
    canvas = Canvas(strip, pagesize=(100, 100))
    for _ in range(2):
        canvas.rect(0, 0, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    dialog = PaperDialog(ui, "BKM-2606-0007", two_pages(), slip=Slip(strip.getvalue(), print))
    qtbot.addWidget(dialog)
    dialog.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (WIDTH, 2 * WIDTH)
    assert is_black(image, 5, 5)
    assert is_black(image, WIDTH - 5, 2 * WIDTH - 5)
