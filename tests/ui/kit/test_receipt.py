"""Receipts as an input: which files are taken, what is said of others, what goes into a book."""

from __future__ import annotations

from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.domain.files import reachable
from tests.ui.painted import painted
from tests.ui.windows import let_go, said
from ui.kit import receipt
from ui.kit.button import Button
from ui.kit.card import Icon
from ui.kit.look import UiContext
from ui.kit.receipt import ReceiptPhoto, UnreadableFile, files_in, largest, read_receipt

DROP, PAGE = "Drop the photo or PDF of the receipt here", "Drop another page here"


@pytest.fixture
def field(english: UiContext, qtbot: QtBot) -> ReceiptPhoto:
    made = ReceiptPhoto(english)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{n}.{'pdf' if n % 2 else 'png'}" for n in range(7)]
    for each in found:
        each.write_bytes(b"%PDF-1.4" if each.suffix == ".pdf" else b"x")
    return found


def icons(field: ReceiptPhoto, ui: UiContext) -> list[tuple[str, str]]:
    return painted(field.findChildren(Icon)[0], ui.theme).texts


def photo(path: Path, side: int) -> Path:
    image = QImage(side, side // 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


def test_what_is_no_receipt_is_told_by_its_name(
    field: ReceiptPhoto, files: list[Path], tmp_path: Path, english: UiContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[int] = []
    field.changed.connect(lambda: told.append(len(field.paths)))
    text, big = tmp_path / "list.txt", tmp_path / "big.pdf"
    text.write_text("x", encoding="utf-8")
    assert (field.words.text(), field.words.property("tone")) == (DROP, "")
    assert icons(field, english) == [("<paperclip>", "text2")]
    monkeypatch.setattr(receipt, "_LARGEST_PDF", 1_000_000)
    for size, taken in ((1_000_001, False), (1_000_000, True)):
        big.write_bytes(b"%PDF-" + bytes(size - 5))
        field.take([big])
        assert field.paths == ([big] if taken else [])
        assert field.words.text() == (PAGE if taken else "big.pdf is larger than 1 MB.")
    for path, words in ((text, "list.txt is neither a photo nor a PDF."),
                        (tmp_path / "gone.pdf", "gone.pdf can't be read.")):  # fmt: skip
        field.take([path])
        assert (field.words.text(), field.words.property("tone")) == (words, "warn")
        assert icons(field, english) == [("<warning>", "amber")]
    field.take([big, *files[:5]])
    assert field.paths == [big, *files[:5]], "each of them once"
    assert (field.words.text(), field.words.property("tone")) == (PAGE, "")
    field.take(files[5:])
    assert field.words.text() == "6 files are enough for one receipt."
    assert field.value() == [str(each) for each in (big, *files[:5])]
    assert told == [1, 6]


def test_a_file_is_shown_by_its_name_until_it_is_removed(
    field: ReceiptPhoto, files: list[Path], tmp_path: Path
) -> None:
    told: list[int] = []
    field.changed.connect(lambda: told.append(len(field.paths)))
    field.take(files[:3])
    assert said(field)[:3] != []
    removers = {each.accessibleName(): each for each in field.findChildren(Button)}
    removers["Remove 1.pdf"].click()
    let_go()
    assert field.paths == [files[0], files[2]]
    names = [each for each in said(field) if each in {path.name for path in files}]
    assert names == ["0.png", "2.png"]
    field.set_value([str(files[4]), str(tmp_path / "gone.pdf"), 7])
    let_go()
    assert (field.paths, "0.png" in said(field)) == ([files[4]], False)
    assert field.words.text() == PAGE, "a file of a draft that is gone is not spoken of"
    field.set_value(None)
    assert (field.paths, field.words.text()) == ([], DROP)
    assert told[-1] == 0


class Dragged:
    """Stands for files that come into sight over a widget."""

    def __init__(self, mime: QMimeData) -> None:
        self._mime, self.accepted = mime, False

    def mimeData(self) -> QMimeData:  # noqa: N802 - Qt's name
        return self._mime

    def setDropAction(self, action: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        assert action is Qt.DropAction.CopyAction

    def accept(self) -> None:
        self.accepted = True


def test_files_are_dropped_on_it(field: ReceiptPhoto, files: list[Path]) -> None:
    mime, web = QMimeData(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files[0])), QUrl("https://example.org/a.png")])
    web.setUrls([QUrl("https://example.org/a.png")])
    assert [each.name for each in files_in(mime)] == ["0.png"]
    copy, left, no_key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    for carried, over in ((web, False), (mime, True)):
        event = Dragged(carried)
        field.dragEnterEvent(cast("QDragEnterEvent", event))
        assert (event.accepted, bool(field.property("over"))) == (over, over)
    QApplication.sendEvent(field, QDragLeaveEvent())
    assert not field.property("over")
    field.show_over(over=True)
    drop = QDropEvent(QPointF(5, 5), copy, mime, left, no_key)
    field.dropEvent(drop)
    assert (field.paths, bool(field.property("over"))) == ([files[0]], False)
    assert drop.isAccepted()


def test_a_photo_is_no_larger_than_it_can_be_read_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    small = photo(tmp_path / "small.png", 100)
    read = read_receipt(small)
    assert (read.name, read.type, read.data) == ("small.png", "image/png", small.read_bytes())
    monkeypatch.setattr(receipt, "_SMALL", len(read.data) - 1)
    monkeypatch.setattr(receipt, "_SIDE", 50)
    read = read_receipt(small)
    assert (read.name, read.type) == ("small.jpg", "image/jpeg")
    image = QImage.fromData(read.data)
    assert (image.width(), image.height()) == (50, 25)
    attached = read.attached_to("BKK-1")
    assert (attached.of, attached.name, attached.data) == ("BKK-1", "small.jpg", read.data)
    assert attached.sha256 == sha256(read.data).hexdigest()


def test_a_pdf_goes_in_as_it_is_and_nonsense_not_at_all(
    tmp_path: Path, files: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / f"{'x' * 210}.pdf"
    named.write_bytes(b"%PDF-1.4 receipt")
    read = read_receipt(reachable(named))
    assert (read.type, read.data) == ("application/pdf", b"%PDF-1.4 receipt")
    assert read.name == named.name[-200:]
    assert (largest(named), largest(tmp_path / "a.JPG")) == (5_000_000, 20_000_000)
    for path in (files[0], tmp_path / "gone.pdf"):
        with pytest.raises(UnreadableFile, match=path.name):
            read_receipt(path)
    for room, fits in ((8, True), (7, False)):  # it may have grown since it was chosen
        monkeypatch.setattr(receipt, "_LARGEST_PDF", room)
        with nullcontext() if fits else pytest.raises(UnreadableFile, match=files[1].name):
            assert read_receipt(files[1]).data == files[1].read_bytes()
