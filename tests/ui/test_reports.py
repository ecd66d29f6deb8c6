"""Laporan in the real window: every report, what is asked of it, and its paper."""

from __future__ import annotations

import csv
import errno
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.month import first_day, last_day
from kwt_books.reports.model import Layout
from kwt_books.reports.registry import KINDS
from ui.desk import Desk, Destination, Message
from ui.main_window import MainWindow
from ui.pages.journal import JournalPage
from ui.pages.reports import ReportsPage
from ui.pages.reports_catalog import groups
from ui.pages.reports_targets import part_of, read_part
from ui.papers import PaperDialog
from ui.theme import Mode, Theme
from ui.widgets.dialog import MessageDialog
from ui.widgets.pdf_preview import Paper, PrintRun

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> MainWindow:
    made = MainWindow(desk, QIcon())
    qtbot.addWidget(made)
    desk.learn_setup()
    made.resize(1366, 688)
    made.show_place(Destination("reports"))
    with qtbot.waitActive(made):
        made.show()
    settle(desk)
    return made


@pytest.fixture
def page(window: MainWindow) -> ReportsPage:
    assert isinstance(window.page, ReportsPage)
    return window.page


@pytest.fixture
def go(desk: Desk, settle: Callable[[Desk], None]) -> Callable[[str], None]:
    """Shows a report and waits for it."""

    def show(part: str) -> None:
        desk.go("reports", part)
        settle(desk)

    return show


def row_with(page: ReportsPage, code: str) -> int:
    model = page.view.table.model
    model.fetch_all()
    rows = (model.row(model.index(row, 0)) for row in range(model.rowCount()))
    return next(place for place, row in enumerate(rows) if row.code == code)


def enter(page: ReportsPage, qtbot: QtBot, code: str) -> None:
    """Enter on the row of that code."""
    view = page.view.table.view
    view.select(row_with(page, code))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)


def dialogs(kind: type) -> list[object]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for kind in (PaperDialog, MessageDialog):
        for each in dialogs(kind):
            each.close()  # type: ignore[attr-defined]


# -- the reports ---------------------------------------------------------------------------


def test_every_report_has_its_place_in_the_list(page: ReportsPage) -> None:
    listed = [entry.name for group in groups(page.t) for entry in group.entries]
    assert sorted(listed) == sorted(name for name, kind in KINDS.items() if kind.listed)
    assert page.list.names == listed
    assert all(entry.gloss for group in groups(page.t) for entry in group.entries)


def test_every_report_is_shown(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow
) -> None:
    for name in (name for name, kind in KINDS.items() if kind.listed):
        go(part_of(name, item="keripik-bayam") if name == "stock-card" else name)
        report = page.report
        assert report is not None, name
        assert report.name == name
        assert page.list.current == name
        assert page.part_title() in window.header.title
        if report.layout is Layout.NOTES:
            assert report.rows[0].label in page.view.notes.toPlainText()
        elif name != "trial-balance":  # whose sums are made anew
            table = page.view.table
            assert table.model.total_rows + (table.bar.row is not None) == len(report.rows)


def test_the_heading_of_an_account_makes_no_column_wider(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow, qtbot: QtBot
) -> None:
    """At the smallest width meant the ledger is read without scrolling to the side."""
    window.resize(1366, 688)
    go("general-ledger")
    table = page.view.table
    qtbot.waitUntil(lambda: table.view.horizontalScrollBar().maximum() == 0)
    assert page.report is not None
    head = page.report.rows[0]
    side = next(each for each in head.cells if each is not None)
    shown = [table.model.cell(0, column) for column in range(table.model.columnCount())]
    assert [each.text for each in shown if each.text] == [head.label]
    assert [each.aside for each in shown if each.aside] == [side]
    with qtbot.waitSignal(table.found) as found:
        table.search(str(side))
    assert found.args[0] > 0


@pytest.fixture
def large_letters(theme: Theme) -> Iterator[None]:
    theme.use(Mode.LIGHT, 150)
    yield
    theme.use(Mode.LIGHT, 100)


@pytest.mark.usefixtures("large_letters")
def test_with_the_largest_letters_the_list_makes_room_for_a_wide_table(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow, qtbot: QtBot
) -> None:
    assert page.list.isVisible()
    page.list.view.setFocus()
    go("general-ledger")
    qtbot.waitUntil(lambda: not page.list.isVisible())
    qtbot.waitUntil(lambda: page.view.table.view.horizontalScrollBar().maximum() == 0)
    assert page.view.table.view.hasFocus(), "the keyboard does not go with the list"
    qtbot.mouseClick(page.side.list_button, Qt.MouseButton.LeftButton)
    assert page.list.search.hasFocus()
    go("position")
    assert page.list.isVisible()
    assert not page.side.list_button.isVisible()


def test_only_what_a_report_knows_is_asked(page: ReportsPage, go: Callable[[str], None]) -> None:
    for name, kind in KINDS.items():
        go(name)
        shown = {key for key, row in page.asked.rows.items() if not row.isHidden()}
        expected = {"paper"} | ({"span"} if "start" in kind.asks else set())
        expected |= {"moment"} if "until" in kind.asks and "start" not in kind.asks else set()
        expected |= {"account", "item", "shop", "lot", "number", "before_closing"} & {*kind.asks}
        assert shown == expected, name


def test_the_month_of_the_header_is_the_reports(
    page: ReportsPage, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    desk.show_month("2026-05")
    settle(desk)
    assert page.report is not None
    assert page.report.parameters["month"] == "2026-05"


def test_days_of_choice_are_asked_for(
    page: ReportsPage, desk: Desk, go: Callable[[str], None], settle: Callable[[Desk], None]
) -> None:
    go("sales")
    page.asked.span.choose("days")
    settle(desk)
    page.asked.start.set_value(first_day("2026-06").replace(day=8))
    page.asked.end.set_value(last_day("2026-06").replace(day=14))
    settle(desk)
    assert page.report is not None
    assert page.report.parameters["start"] == "2026-06-08"
    assert page.report.parameters["end"] == "2026-06-14"


def test_days_the_wrong_way_round_are_said(
    page: ReportsPage, desk: Desk, go: Callable[[str], None], settle: Callable[[Desk], None]
) -> None:
    go(part_of("sales", start="2026-06-20", end="2026-06-10"))
    assert page.report is None
    assert page.view.why.text()
    assert not page.side.buttons["print"].isEnabled()


def test_no_late_answer_stands_below_another_question(
    page: ReportsPage, desk: Desk, go: Callable[[str], None], settle: Callable[[Desk], None]
) -> None:
    go("sales")
    page.asked.span.choose("days")
    page.asked.start.set_value(first_day("2026-06").replace(day=20))  # asked, and on its way
    page.asked.end.set_value(first_day("2026-06").replace(day=10))
    assert page.report is None
    settle(desk)
    assert page.report is None
    assert page.view.why.isVisible()


def test_the_whole_book_goes_to_the_last_month(
    page: ReportsPage, desk: Desk, go: Callable[[str], None], settle: Callable[[Desk], None]
) -> None:
    go("journal")
    whole = page.report
    page.asked.span.choose("book")
    settle(desk)
    assert page.report is not None
    assert whole is not None
    assert page.report.rows == whole.rows


def test_a_stock_card_waits_for_its_item(
    page: ReportsPage, desk: Desk, go: Callable[[str], None], settle: Callable[[Desk], None]
) -> None:
    go("stock-card")
    assert page.report is None
    page.asked.picker("item").choose("keripik-pare")
    settle(desk)
    assert page.report is not None
    assert page.report.parameters["item"] == "keripik-pare"


def test_typing_finds_a_report(
    page: ReportsPage, qtbot: QtBot, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, CTRL)
    qtbot.keyClicks(page.list.search, "neraca")
    assert page.list.names == ["trial-balance"]
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    settle(desk)
    assert page.name == "trial-balance"


def test_typing_finds_rows(page: ReportsPage, qtbot: QtBot, go: Callable[[str], None]) -> None:
    go("cash-book")
    model = page.view.table.model
    with qtbot.waitSignal(page.view.table.found):
        page.view.seek.setText("titip")
    labels = [model.row(model.index(row, 0)).label for row in range(model.rowCount())]
    assert labels
    assert all("titip" in label.lower() for label in labels)
    qtbot.keyClick(page.view.seek, Qt.Key.Key_Escape)
    assert page.view.seek.text() == ""


# -- from a figure to what stands behind it -------------------------------------------------


def test_from_a_figure_to_its_ledger_to_its_document_and_back(
    page: ReportsPage, window: MainWindow, desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> None:
    enter(page, qtbot, "4102")
    settle(desk)
    assert page.report is not None
    assert (page.name, page.report.parameters["account"]) == ("general-ledger", "4102")
    number = next(row.code for row in page.report.rows if row.code and row.code.startswith("BKM"))
    enter(page, qtbot, number)
    qtbot.waitUntil(lambda: isinstance(window.page, JournalPage))
    journal = window.page
    assert isinstance(journal, JournalPage)
    qtbot.waitUntil(lambda: journal.document.story is not None)
    assert journal.document.story is not None
    assert journal.document.story.number == number
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.page is page
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    settle(desk)
    assert page.name == "profit-loss"


def test_cash_leads_to_the_cash_book(
    page: ReportsPage, go: Callable[[str], None], qtbot: QtBot, desk: Desk,
    settle: Callable[[Desk], None],
) -> None:  # fmt: skip
    go("trial-balance")
    enter(page, qtbot, "1103")
    settle(desk)
    assert page.report is not None
    assert (page.name, page.report.parameters["account"]) == ("cash-book", "1103")


def test_goods_lead_to_their_card_and_lots_to_their_trace(
    page: ReportsPage, go: Callable[[str], None], qtbot: QtBot, desk: Desk,
    settle: Callable[[Desk], None],
) -> None:  # fmt: skip
    go("sales")
    enter(page, qtbot, "keripik-bayam")
    settle(desk)
    assert page.report is not None
    assert (page.name, page.report.parameters["item"]) == ("stock-card", "keripik-bayam")
    go("lots")
    enter(page, qtbot, "KB-0608")
    settle(desk)
    assert page.report is not None
    assert page.report.parameters["lot"] == "KB-0608"
    assert page.asked.picker("lot").code() == "keripik-bayam KB-0608"


def test_the_days_asked_for_go_along(
    page: ReportsPage, go: Callable[[str], None], qtbot: QtBot, desk: Desk,
    settle: Callable[[Desk], None],
) -> None:  # fmt: skip
    go(part_of("profit-loss", start="2026-06-08", end="2026-06-21"))
    enter(page, qtbot, "4101")
    settle(desk)
    assert page.report is not None
    assert page.report.parameters["start"] == "2026-06-08"
    assert page.report.parameters["end"] == "2026-06-21"


def test_parts_are_read_as_they_were_written() -> None:
    given = {"account": "1101", "item": "keripik & kacang", "lot": "A=B?"}
    assert read_part(part_of("lots", **given)) == ("lots", given)
    assert part_of("sales", start=None) == "sales"


# -- the paper -----------------------------------------------------------------------------


def test_the_pages_stand_beside_the_table(page: ReportsPage, qtbot: QtBot, books: Books) -> None:
    qtbot.waitUntil(lambda: page.side.preview is not None, timeout=30_000)
    assert page.side.preview is not None
    assert page._pack is not None
    out = BytesIO()
    books.write(page._pack, "pdf", out)
    assert page.side.preview.pages == len(PdfReader(out).pages)


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_the_paper_chosen_is_used(
    page: ReportsPage, qtbot: QtBot, paper: str, tmp_path: Path
) -> None:
    page.asked.paper.choose("A4" if paper == "F4" else "F4")
    page.asked.paper.choose(paper)
    pack = page._paper()
    path = tmp_path / "p.pdf"
    with qtbot.waitSignal(page.writer.ended):
        page.writer.save(lambda _book: pack, "pdf", path)
    box = PdfReader(path).pages[0].mediabox
    height = {"A4": 297, "F4": 330}[paper]
    assert round(float(box.height) * 25.4 / 72) == height


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], None]:
    """What the system's file dialog will answer."""

    def answer(path: Path, name_filter: str = "") -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), name_filter))

    return answer


def test_kept_as_pdf_excel_and_csv(
    page: ReportsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, choose: Callable[..., None]
) -> None:
    report = page.report
    assert report is not None
    said: list[Message] = []
    desk.said.connect(said.append)
    choose(tmp_path / "laba")
    for keys, kind in ((Qt.Key.Key_S, ".pdf"), (Qt.Key.Key_E, ".xlsx")):
        with qtbot.waitSignal(page.writer.ended):
            qtbot.keyClick(page, keys, CTRL)
        assert (tmp_path / f"laba{kind}").name in said[-1].strong
    choose(tmp_path / "laba.csv")
    with qtbot.waitSignal(page.writer.ended):
        qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    assert report.title.upper() in PdfReader(tmp_path / "laba.pdf").pages[0].extract_text()
    assert load_workbook(tmp_path / "laba.xlsx").active is not None
    with (tmp_path / "laba.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(report.rows) + 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs rights to refuse")
def test_a_folder_that_refuses_is_said(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, choose: Callable[..., None]
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    choose(folder / "laba.pdf")
    page.save_report("pdf")
    qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))


def test_a_place_that_is_not_there_is_said_and_nothing_is_left(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, choose: Callable[..., None]
) -> None:
    choose(tmp_path / "nowhere" / "laba.pdf")
    page.save_report("pdf")
    qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))
    assert not (tmp_path / "nowhere").exists()


def test_stopped_writing_leaves_nothing(
    page: ReportsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, settle: Callable[[Desk], None]
) -> None:
    pack = page._paper()
    long = replace(pack, parts=pack.parts * 60)
    path = tmp_path / "long.pdf"
    page.writer.save(lambda _book: long, "pdf", path)
    assert page.side.strip.isVisible()
    qtbot.mouseClick(page.side.strip.stop, Qt.MouseButton.LeftButton)
    assert not page.side.strip.isVisible()
    settle(desk)
    assert list(tmp_path.glob("long*")) == []


def test_how_far_it_is_is_told(page: ReportsPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    pack = page._paper()
    long = replace(pack, parts=pack.parts * 80)
    told: list[int] = []
    page.writer.told.connect(told.append)
    with qtbot.waitSignal(page.writer.ended, timeout=20_000):
        page.writer.save(lambda _book: long, "pdf", tmp_path / "long.pdf")
    assert told
    assert told == sorted(told)
    assert told[-1] <= len(PdfReader(tmp_path / "long.pdf").pages)


def test_without_a_printer_it_says_what_to_do(
    page: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: bool(dialogs(MessageDialog)))


def test_every_page_goes_to_the_printer(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    assert page._pack is not None
    pack = replace(page._pack, parts=page._pack.parts * 3, paper="F4")
    out = BytesIO()
    books.write(pack, "pdf", out)
    paper = Paper(out.getvalue())
    printer = QPrinter()
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert list(paper.printing(printer))[-1] == paper.pages
    printed = PdfReader(tmp_path / "printed.pdf").pages
    assert len(printed) == paper.pages
    assert {round(float(each.mediabox.height) * 25.4 / 72) for each in printed} == {330}


def three_pages(page: ReportsPage, books: Books) -> Paper:
    assert page._pack is not None
    pack = replace(page._pack, parts=page._pack.parts * 3)
    out = BytesIO()
    books.write(pack, "pdf", out)
    return Paper(out.getvalue())


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_printing_goes_on_page_by_page(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    paper = three_pages(page, books)
    run = PrintRun(page.kit, paper, pdf_printer(tmp_path / "printed.pdf"), page)
    done: list[int] = []
    run.bar.valueChanged.connect(done.append)
    with qtbot.waitSignal(run.accepted):
        run.open()
    assert done == list(range(1, paper.pages + 1))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == paper.pages


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_does_not_answer_is_said(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, books: Books
) -> None:
    printer = pdf_printer(tmp_path / "nowhere" / "printed.pdf")
    run = PrintRun(page.kit, three_pages(page, books), printer, page)
    with qtbot.waitSignal(run.rejected):
        run.open()
    assert dialogs(MessageDialog)


def test_the_month_comes_as_one_pack(
    page: ReportsPage, qtbot: QtBot, books: Books, sample_path: Path
) -> None:
    qtbot.mouseClick(page.pack_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialogs(PaperDialog)), timeout=15_000)
    (dialog,) = dialogs(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    book = books.open(sample_path, read_only=True)
    out = BytesIO()
    books.write(book.statements("2026-06", "id"), "pdf", out)
    book.close()
    assert dialog.preview.pages == len(PdfReader(out).pages)


def test_a_paper_with_reports_is_kept_as_a_table_too(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, choose: Callable[..., None]
) -> None:
    assert page.report is not None
    page.look_at_pages()
    qtbot.waitUntil(lambda: bool(dialogs(PaperDialog)), timeout=15_000)
    (dialog,) = dialogs(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    choose(tmp_path / "laba.csv")
    with qtbot.waitSignal(page.writer.ended):
        qtbot.mouseClick(dialog.table, Qt.MouseButton.LeftButton)
    with (tmp_path / "laba.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(page.report.rows) + 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_takes_no_paper_is_said(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """What stood there before still does, and nothing half written beside it."""
    dialog = PaperDialog(page.kit, "Kuitansi", b"%PDF-1.4", page)
    kept = tmp_path / "kuitansi.pdf"
    kept.write_bytes(b"before")

    def refuse(path: Path, _data: bytes) -> int:
        path.touch()
        raise OSError(number, "refused")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    dialog.keep(kept)
    assert dialogs(MessageDialog)
    assert [*tmp_path.glob("kuitansi*")] == [kept]
    assert kept.read_bytes() == b"before"
    dialog.close()


def test_the_summary_can_be_sent_on(
    page: ReportsPage, desk: Desk, qtbot: QtBot, books: Books, sample_path: Path
) -> None:
    with qtbot.waitSignal(desk.said):
        qtbot.keyClick(page, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    text = QGuiApplication.clipboard().text()
    book = books.open(sample_path, read_only=True)
    overview = book.overview("2026-06")
    book.close()
    this, rupiah = overview.this, page.kit.formats.rupiah
    for amount in (this.turnover, this.profit, this.cash, this.assets):
        assert rupiah(amount) in text
    assert page.kit.formats.month("2026-06") in text
    assert overview.group is not None
    assert overview.group.name in text


def test_pages_give_way_to_a_wide_table(page: ReportsPage, go: Callable[[str], None]) -> None:
    assert not page.side.folded
    go("consignment")
    assert page.side.folded
    go("profit-loss")
    assert not page.side.folded


def test_pages_that_were_put_away_stay_away(
    page: ReportsPage, desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot
) -> None:
    page.side.fold_wanted.emit(True)
    later = MainWindow(desk, QIcon())
    qtbot.addWidget(later)
    later.resize(1366, 688)
    later.show_place(Destination("reports"))
    later.show()
    settle(desk)
    assert isinstance(later.page, ReportsPage)
    assert later.page.side.folded
    later.page.side.fold_wanted.emit(False)
    assert not later.page.side.folded
    assert not desk.preferences.pages_folded


def test_pages_are_made_when_somebody_looks(
    window: MainWindow, page: ReportsPage, desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> None:
    window.show_place(Destination("home"))
    settle(desk)
    page._forget_pages()
    page._looks.timeout.emit()
    assert not page._looker.busy
    window.show_place(Destination("reports"))
    qtbot.waitUntil(lambda: page._pdf is not None, timeout=30_000)
