"""Whatever something in a book is called, it is shown as it reads; photos are photos."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.books import book_at
from tests.ui.windows import at_rest, window_over
from ui.diary.document import PhotoDialog
from ui.kit.button import Button
from ui.kit.layout import Elided
from ui.kit.look import UiContext
from ui.kit.page import TabbedPage
from ui.kit.picture import kind_of, picture
from ui.kit.receipt import UnreadableFile, read_receipt
from ui.kit.workspace import Destination, Workspace
from ui.shell.places import PLACES

EVIL = '<img src="file:///etc/passwd"><b>'
NAMED = ("name", "village", "memo", "unit", "venue", "note", "chair", "treasurer")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    b' width="9" height="9"><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>'
)


def renamed(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: f"{EVIL}{each}" if key in NAMED and isinstance(each, str) else renamed(each)
            for key, each in value.items()
        }
    return [renamed(each) for each in value] if isinstance(value, list) else value


@pytest.fixture
def marked_up(books: Books, sample_stream: Path, tmp_path: Path) -> Path:
    """The sample month, with markup in every name."""
    lines = [json.loads(line) for line in sample_stream.read_text(encoding="utf-8").splitlines()]
    return book_at(books, tmp_path / "markup.kwt", [renamed(line) for line in lines])  # type: ignore[misc]


def rendered(window: QWidget) -> Iterator[str]:
    """Where Qt would take a name for markup."""
    for each in [window, *window.findChildren(QWidget)]:
        if _would_open(each.toolTip()):
            yield f"tooltip of {type(each).__name__}: {each.toolTip()}"
        if isinstance(each, QLabel) and each.textFormat() != Qt.TextFormat.PlainText:
            yield from filter(_would_open, [each.text()])
        if isinstance(each, QTextEdit) and each.document().toHtml().count("<img"):
            yield f"{type(each).__name__}"
        if isinstance(each, QAbstractItemView) and (model := each.model()) is not None:
            for row in range(min(model.rowCount(), 20)):
                for column in range(model.columnCount()):
                    tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                    if tip and _would_open(tip):
                        yield f"row of {type(each).__name__}: {tip}"


def _would_open(text: str) -> bool:
    return "<img" in text


def test_no_page_takes_a_name_for_markup(
    marked_up: Path, desk_for: Callable[[Path], Workspace], qtbot: QtBot
) -> None:
    workspace = desk_for(marked_up)
    window = window_over(workspace, qtbot)
    window.resize(820, 600)
    found, seen = set(), 0
    for place in PLACES:
        window.show_place(Destination(place))
        page = window.page
        for part in page.tabs.names if isinstance(page, TabbedPage) else ("",):
            if part and page is not None:
                page.show_part(part)
            at_rest(workspace, qtbot)
            found |= set(rendered(window))
            seen += sum(EVIL in each.text() for each in window.findChildren(QLabel))
    assert not found
    assert seen, "names are shown as they read"


@pytest.mark.parametrize("name", ["market_day", "purchase", "sale", "production", "payment"])
def test_no_form_takes_a_name_for_markup(
    name: str, marked_up: Path, desk_for: Callable[[Path], Workspace], qtbot: QtBot
) -> None:
    workspace = desk_for(marked_up)
    window = window_over(workspace, qtbot)
    window.open_form(name, {})
    at_rest(workspace, qtbot)
    dialog = window.form(name)
    assert dialog is not None
    assert not set(rendered(dialog))
    dialog.close()


def test_tooltips_say_what_names_say(ui: UiContext, qtbot: QtBot) -> None:
    short = Elided(f"{EVIL} dan seterusnya")
    qtbot.addWidget(short)
    short.resize(20, 20)
    short.show()
    button = Button(ui, "", "x").hint(EVIL)
    qtbot.addWidget(button)
    for each in (short, button):
        assert not list(rendered(each))
        assert "&lt;img" in each.toolTip()
    assert Button(ui, "", "x").hint("Tempe & tahu").toolTip() == "Tempe & tahu"


# -- photos ----------------------------------------------------------------------------------


def photo(kind: str) -> bytes:
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(made, kind)  # type: ignore[call-overload]
    return bytes(made.data().data())


@pytest.mark.parametrize("kind", ["jpeg", "png", "bmp", "webp"])
def test_photos_are_shown(kind: str, ui: UiContext, qtbot: QtBot) -> None:
    data = photo(kind)
    assert kind_of(data) == kind.encode()
    dialog = PhotoDialog(ui, f"nota.{kind}", data, None)
    qtbot.addWidget(dialog)
    assert (dialog.photo.width(), dialog.photo.height()) == (12, 8)
    assert picture(data, 6).width() == 6


def test_a_photo_stands_upright_as_the_camera_was_held() -> None:
    turned = struct.pack(">2sHI3HIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    noted = b"Exif\0\0" + turned
    data = photo("jpeg")
    held = data[:2] + struct.pack(">2sH", b"\xff\xe1", len(noted) + 2) + noted + data[2:]
    assert picture(held).size() == QSize(8, 12)
    assert picture(held, 6).size() == QSize(4, 6)


@pytest.mark.qt_log_ignore("Rejecting image")
@pytest.mark.usefixtures("qapp")
def test_a_small_file_that_claims_to_be_a_huge_picture_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide = QImage(1024, 512, QImage.Format.Format_RGB32)
    made = QBuffer()
    wide.save(made, "png")  # type: ignore[call-overload]
    data = bytes(made.data().data())
    monkeypatch.setattr("ui.kit.picture._MOST_MEGABYTES", 2)
    assert picture(data).width() == 1024
    monkeypatch.setattr("ui.kit.picture._MOST_MEGABYTES", 1)
    assert picture(data).isNull()


@pytest.mark.parametrize(
    "data", [SVG, b"<?xml version='1.0'?>" + SVG, b"GIF89a", b"", b"P6 1 1 255"]
)
def test_what_calls_itself_a_photo_is_not_drawn(
    data: bytes, ui: UiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = PhotoDialog(ui, "nota.jpg", data, None)
    qtbot.addWidget(dialog)
    assert dialog.photo.isNull()
    path = tmp_path / "nota.jpg"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read_receipt(path)
