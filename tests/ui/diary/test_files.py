"""Photos and PDFs of a document: listed, dropped onto it, looked at in the size one likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.queries.entry import Attached
from tests.ui.painted import Sheet, noting
from tests.ui.windows import said
from ui.diary.document import AttachedPart, DropPlace, PhotoDialog
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace

SIZE = (300, 200)
HOW = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


# -- dropped -------------------------------------------------------------------------------------


@pytest.fixture
def over(around: QWidget) -> QWidget:
    around.resize(*SIZE)
    around.show()
    return around


def dragged(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def veil_of(over: QWidget) -> QWidget:
    (found,) = over.findChildren(QWidget)
    return found


def test_what_is_held_above_is_told_and_dropped_once(ui: UiContext, over: QWidget) -> None:
    place, dropped = DropPlace(ui, over), list[list[Path]]()
    place.dropped.connect(dropped.append)
    place.text = "Drop it"
    assert over.acceptDrops()
    mime, veil = dragged("/tmp/nota.png", "/tmp/kuitansi.pdf"), veil_of(over)
    entering = QDragEnterEvent(QPointF(5, 5), COPY, mime, *HOW)
    entering.ignore()
    assert place.eventFilter(over, entering)
    assert entering.isAccepted()
    assert dropped == [], "nothing is dropped yet"
    assert (veil.isVisible(), veil.geometry()) == (True, QRect(0, 0, *SIZE))
    moving = QDragMoveEvent(QPointF(6, 6), COPY, mime, *HOW)
    assert not place.eventFilter(over, moving)
    assert place.eventFilter(over, QDragLeaveEvent())
    assert not veil.isVisible()
    place.eventFilter(over, entering)
    dropping = QDropEvent(QPointF(5, 5), COPY, mime, *HOW)
    dropping.ignore()
    assert place.eventFilter(over, dropping)
    assert dropping.isAccepted()
    assert not veil.isVisible()
    assert [[each.name for each in paths] for paths in dropped] == [["nota.png", "kuitansi.pdf"]]


@pytest.mark.parametrize(("text", "paths"), [("", ("/tmp/nota.png",)), ("Drop it", ())])
def test_nothing_is_taken_where_nothing_may_be(
    ui: UiContext, over: QWidget, text: str, paths: tuple[str, ...]
) -> None:
    place, mime = DropPlace(ui, over), dragged(*paths)
    place.text = text
    entering = QDragEnterEvent(QPointF(5, 5), COPY, mime, *HOW)
    entering.ignore()
    assert place.eventFilter(over, entering)
    assert not entering.isAccepted()
    assert not veil_of(over).isVisible()


def test_the_words_stand_below_their_icon(
    ui: UiContext, over: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, mime = DropPlace(ui, over), dragged("/tmp/nota.png")
    place.text = "Drop to attach it to BKM-2606-0012"
    place.eventFilter(over, QDragEnterEvent(QPointF(5, 5), COPY, mime, *HOW))
    sheet, flags = Sheet(ui.theme), list[Any]()
    write = sheet.drawText

    def noted(where: Any, how: Any, text: str) -> None:
        flags.append(how)
        write(where, how, text)

    monkeypatch.setattr(sheet, "drawText", noted)
    monkeypatch.setattr("ui.diary.document.smooth", lambda _veil: sheet)
    with noting(sheet):
        veil_of(over).grab()
    icon, words = sheet.drawn
    assert (icon.what, words.what) == ("<paperclip>", place.text)
    assert (icon.color, words.color) == ("accent_text", "accent_text")
    assert words.font.bold()
    assert icon.place.bottom() < words.place.top()
    middle = over.rect().center().x()
    assert all(abs(each.place.center().x() - middle) <= 1 for each in (icon, words))
    assert over.rect().contains(icon.place)
    wraps, centred = Qt.TextFlag.TextWordWrap.value, Qt.AlignmentFlag.AlignHCenter.value
    assert [each & (wraps | centred) for each in flags] == [wraps | centred]


# -- listed and looked at ------------------------------------------------------------------------


def test_each_file_is_listed_by_its_kind(still: Workspace, qtbot: QtBot) -> None:
    long = "kuitansi dari toko tani makmur.pdf"
    part = AttachedPart(
        still,
        (
            Attached(1, long, "application/pdf", 9, "a"),
            Attached(2, "nota dua puluh empat.png", "image/png", 9, "b"),
            Attached(3, "kas.xlsx", "application/x", None, "c"),
        ),
    )
    qtbot.addWidget(part)
    listed = part.findChildren(Button)
    assert [each.text() for each in listed] == [
        f"{long[:12]}…{long[-10:]}", "nota dua puluh empat.png", "kas.xlsx",
    ]  # fmt: skip
    assert [each.isEnabled() for each in listed] == [True, True, False]
    hints = [each.toolTip() for each in listed]
    assert long in hints[0]
    assert "The file itself is not here" in hints[2]
    assert {each.property("scale") for each in listed} == {"small"}


def photo(width: int, height: int) -> bytes:
    image, buffer = QImage(width, height, QImage.Format.Format_RGB32), QBuffer()
    image.fill(QColor("green"))
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def test_a_photo_is_made_larger_and_smaller(ui: UiContext, qtbot: QtBot) -> None:
    dialog = PhotoDialog(ui, "nota.png", photo(2_000, 1_000), None)
    qtbot.addWidget(dialog)
    dialog.show()
    picture = next(each for each in dialog.findChildren(QLabel) if not each.pixmap().isNull())

    def wide() -> int:
        return picture.pixmap().width()

    def is_whole() -> bool:
        room, shown = picture.parentWidget().size(), picture.pixmap().size()
        fits = shown.width() <= room.width() and shown.height() <= room.height()
        return fits and (shown.width() == room.width() or shown.height() == room.height())

    assert is_whole()
    dialog.resize(dialog.width() - 60, dialog.height())
    assert is_whole(), "it follows the window"
    percent = 100 * wide() // 2_000
    buttons = {each.text() or each.accessibleName(): each for each in dialog.findChildren(Button)}
    buttons["Larger"].click()
    larger = percent * 5 // 4 + 1
    assert wide() == 2_000 * larger // 100
    dialog.resize(dialog.width() - 60, dialog.height())
    assert wide() == 2_000 * larger // 100, "and not once a size was chosen"
    buttons["Smaller"].click()
    assert wide() == 2_000 * (larger * 4 // 5) // 100
    buttons["Whole picture"].click()
    for _ in range(30):
        buttons["Larger"].click()
    assert wide() == 4 * 2_000, "four times as large at most"
    for _ in range(40):
        buttons["Smaller"].click()
    assert wide() > 0
    assert [buttons[each].shortcut().toString() for each in ("Smaller", "Larger")] == ["-", "+"]
    buttons["Close"].click()
    assert not dialog.isVisible()


def test_what_is_no_photo_is_said(ui: UiContext, qtbot: QtBot) -> None:
    dialog = PhotoDialog(ui, "nota.png", b"nothing", None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "This picture can't be shown." in said(dialog)
    dialog.resize(700, 500)
    assert "This picture can't be shown." in said(dialog)
