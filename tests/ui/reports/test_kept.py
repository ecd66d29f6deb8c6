"""A report as pages, as a file, as a message; and what stands in the way of it."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.overview import overview
from kwt_books.services.statements import PackKind, monthly_pack, yearly_pack
from tests.ui.reports.hand import CTRL, dialogs
from tests.ui.windows import said
from ui.kit.dialog import MessageDialog
from ui.kit.phone import WIDTH
from ui.kit.printing import PaperDialog
from ui.kit.workspace import Message, Workspace
from ui.reports.page import ReportsPage
from ui.reports.summary import month_summary, summary_picture

PACKS = {
    **{kind.value: (monthly_pack, "2026-06", kind) for kind in PackKind},
    "year": (yearly_pack, 2026),
}


def test_the_pages_stand_beside_the_table(page: ReportsPage, qtbot: QtBot, books: Books) -> None:
    qtbot.waitUntil(lambda: page.side.preview is not None)
    assert page.side.preview is not None
    assert page.pack is not None
    out = BytesIO()
    books.write(page.pack, "pdf", out)
    assert page.side.preview.pages == len(PdfReader(out).pages)


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_the_paper_chosen_is_used(
    page: ReportsPage, qtbot: QtBot, paper: str, tmp_path: Path
) -> None:
    page.asked.paper.set_value("A4" if paper == "F4" else "F4")
    page.asked.paper.set_value(paper)
    pack = page.paper()
    path = tmp_path / "p.pdf"
    with qtbot.waitSignal(page.writer.ended):
        page.writer.save(lambda _book: pack, "pdf", path)
    box = PdfReader(path).pages[0].mediabox
    height = {"A4": 297, "F4": 330}[paper]
    assert round(float(box.height) * 25.4 / 72) == height


def height(pdf: bytes | None) -> int:
    """Millimetres of the first page."""
    assert pdf is not None
    return round(float(PdfReader(BytesIO(pdf)).pages[0].mediabox.height) * 25.4 / 72)


def test_the_pages_beside_the_table_follow_the_paper(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.pdf is not None)
    assert height(page.pdf) == 330
    page.asked.paper.set_value("A4")
    qtbot.waitUntil(lambda: page.pdf is not None and height(page.pdf) == 297)


def test_kept_as_pdf_excel_and_csv(
    page: ReportsPage,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    choose: Callable[..., None],
) -> None:
    report = page.report
    assert report is not None
    notes: list[Message] = []
    workspace.said.connect(notes.append)
    choose(tmp_path / "laba")
    for keys, kind in ((Qt.Key.Key_S, ".pdf"), (Qt.Key.Key_E, ".xlsx")):
        with qtbot.waitSignal(page.writer.ended):
            qtbot.keyClick(page, keys, CTRL)
        assert (tmp_path / f"laba{kind}").name in notes[-1].strong
    choose(tmp_path / "laba.csv")
    with qtbot.waitSignal(page.writer.ended):
        qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    assert report.title.upper() in PdfReader(tmp_path / "laba.pdf").pages[0].extract_text()
    assert load_workbook(tmp_path / "laba.xlsx").active is not None
    with (tmp_path / "laba.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(report.rows) + 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_a_folder_that_refuses_is_said(
    page: ReportsPage,
    qtbot: QtBot,
    tmp_path: Path,
    choose: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    """The book has no fault then, and no entry was refused; what to do is told once."""

    def refused(path: object, *_: object) -> int:
        raise OSError(number, os.strerror(number), str(path))

    choose(tmp_path / "laba.pdf")
    with monkeypatch.context() as protected:
        protected.setattr("kwt_books.store.engine.os.open", refused)
        page.save_report("pdf")
        qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))
    (shown,) = dialogs(MessageDialog)
    assert said(shown)[0] == page.t("This was not saved")
    assert page.t("What you can do") not in said(shown)
    assert not (tmp_path / "laba.pdf").exists()


def test_stopped_writing_leaves_nothing(
    page: ReportsPage,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    settle: Callable[[Workspace], None],
) -> None:
    pack = page.paper()
    long = replace(pack, parts=pack.parts * 60)
    path = tmp_path / "long.pdf"
    page.writer.save(lambda _book: long, "pdf", path)
    assert page.side.strip.isVisible()
    qtbot.mouseClick(page.side.strip.stop, Qt.MouseButton.LeftButton)
    assert not page.side.strip.isVisible()
    settle(workspace)
    assert list(tmp_path.glob("long*")) == []


def test_how_far_it_is_is_told(
    page: ReportsPage, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    pack = page.paper()
    long = replace(pack, parts=pack.parts * 80)
    told: list[int] = []
    page.writer.told.connect(told.append)
    with qtbot.waitSignal(page.writer.ended):
        page.writer.save(lambda _book: long, "pdf", tmp_path / "long.pdf")
    assert told
    assert told == sorted(told)
    assert told[-1] <= len(PdfReader(tmp_path / "long.pdf").pages)


def test_the_month_comes_as_one_pack(
    page: ReportsPage, qtbot: QtBot, books: Books, sample_path: Path
) -> None:
    pages = {}
    for name, make in PACKS.items():
        page.packs.choice.set_value(name)
        qtbot.mouseClick(page.packs.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(dialogs(PaperDialog)))
        (dialog,) = dialogs(PaperDialog)
        assert isinstance(dialog, PaperDialog)
        book = books.open(sample_path, read_only=True)
        out = BytesIO()
        books.write(book.read_in("id", *make), "pdf", out)  # type: ignore[arg-type]
        book.close()
        pages[name] = len(PdfReader(out).pages)
        assert dialog.preview.pages == pages[name], name
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert len({*pages.values()}) > 3, "each is another"


def test_a_month_without_papers_says_so(
    page: ReportsPage, workspace: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot
) -> None:
    workspace.show_month("2026-03")
    settle(workspace)
    page.packs.choice.set_value("receipts")
    qtbot.mouseClick(page.packs.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))
    assert not dialogs(PaperDialog)


def test_a_paper_with_reports_is_kept_as_a_table_too(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, choose: Callable[..., None]
) -> None:
    assert page.report is not None
    page.look_at_pages()
    qtbot.waitUntil(lambda: bool(dialogs(PaperDialog)))
    (dialog,) = dialogs(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    choose(tmp_path / "laba.csv")
    with qtbot.waitSignal(page.writer.ended):
        qtbot.mouseClick(dialog.table, Qt.MouseButton.LeftButton)
    with (tmp_path / "laba.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(page.report.rows) + 1


def test_the_summary_can_be_sent_on(
    page: ReportsPage, workspace: Workspace, qtbot: QtBot, books: Books, sample_path: Path
) -> None:
    with qtbot.waitSignal(workspace.said):
        qtbot.keyClick(page, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    text = QGuiApplication.clipboard().text()
    book = books.open(sample_path, read_only=True)
    found = book.read(overview, "2026-06")
    book.close()
    this, rupiah = found.this, page.ui.formats.rupiah
    for amount in (this.turnover, this.profit, this.cash, this.assets):
        assert rupiah(amount) in text
    assert page.ui.formats.month("2026-06") in text
    assert found.group is not None
    assert found.group.name in text


def test_the_summary_is_a_picture_as_well(
    page: ReportsPage, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    copy_text, copy_picture, save = page.summary.menu().actions()
    with qtbot.waitSignal(workspace.said):
        copy_text.trigger()
    clipboard = QGuiApplication.clipboard()
    text = clipboard.text()
    with qtbot.waitSignal(workspace.said):
        copy_picture.trigger()
    assert clipboard.text() == text, "where no picture can be pasted"
    assert save.text() == page.t("Save as a picture")
    out = tmp_path / "ringkasan.png"
    with qtbot.waitSignal(workspace.said):
        page.summary.save(out)
    assert QImage(str(out)) == clipboard.image()
    page.summary.save(tmp_path / "away" / "ringkasan.png")
    qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))


def test_nothing_of_a_long_summary_is_cut_off(page: ReportsPage, sample_book: Book) -> None:
    found = month_summary(sample_book, Month("2026-06"), "id")
    short = summary_picture(page.ui, found)
    assert found.overview.group is not None
    group = replace(found.overview.group, name="Kelompok Wanita Tani & KSM Sukamaju " * 4)
    this = replace(found.overview.this, turnover=10**15, assets=10**15)
    long = replace(found, overview=replace(found.overview, group=group, this=this))
    picture = summary_picture(page.ui, long)
    assert picture.width() == short.width() == WIDTH
    ground = short.pixelColor(0, 0)
    written = [x for x in range(WIDTH) if any(short.pixelColor(x, y) != ground
               for y in range(0, short.height(), 2))]  # fmt: skip
    assert written[-1] - written[0] > WIDTH * 3 // 4, "as large as the phone has room for"
    assert picture.height() > short.height(), "the name goes on in the next lines"
    ground = picture.pixelColor(0, 0)
    edge = (picture.pixelColor(WIDTH - 20, y) for y in range(picture.height()))
    assert all(color == ground for color in edge)
