"""Buku Harian in the real window: found, told, corrected, attached to, printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QIcon, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.assets import AssetAcquisition
from kwt_books.domain.documents.cash import Payment
from kwt_books.domain.recording import Person
from kwt_books.i18n.paths import resources_dir
from kwt_books.reports.diary import Sought
from ui.desk import Desk, Destination
from ui.forms.correction import CorrectionForm
from ui.forms.dialog import FormDialog
from ui.main_window import MainWindow
from ui.pages.document_attached import AttachedPart, PhotoDialog
from ui.pages.journal import JournalPage
from ui.pages.journal_model import EVENT, MONEY, DiaryModel
from ui.pages.reports import ReportsPage
from ui.papers import PaperDialog
from ui.widgets.button import Button
from ui.widgets.card import Note
from ui.widgets.cells import Role as Cell

CTRL = Qt.KeyboardModifier.ControlModifier
SHOWN = "BKK-2606-0011"
"""A payment of the sample month that nothing was built upon."""
UNDONE, UNDOING = "BKK-2606-0010", "BKM-2606-0013"


def window_over(desk: Desk, qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk, QIcon())
    qtbot.addWidget(made)
    desk.learn_setup()
    made.resize(1366, 688)
    made.show_place(Destination("journal"))
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    return made


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    return window_over(desk, qtbot)


def page_of(window: MainWindow) -> JournalPage:
    assert isinstance(window.page, JournalPage)
    return window.page


@pytest.fixture
def page(window: MainWindow) -> JournalPage:
    return page_of(window)


@pytest.fixture
def opened(page: JournalPage, qtbot: QtBot) -> Callable[[str], JournalPage]:
    """Opens a document and waits for its story."""

    def show(number: str) -> JournalPage:
        page.desk.go("journal", number)

        def there() -> bool:
            story = page.document.story
            return story is not None and story.number == number

        qtbot.waitUntil(there)
        return page

    return show


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for each in QApplication.topLevelWidgets():
        if isinstance(each, PaperDialog | PhotoDialog | FormDialog):
            each.close()


def numbers(page: JournalPage) -> list[str]:
    return [line.number for line in page.model.lines]


def texts(page: JournalPage) -> str:
    """Everything the document's card says."""
    found = page.document.findChildren(QLabel)
    return "\n".join(each.text() for each in found if not each.isHidden())


# -- the list ------------------------------------------------------------------------------


def test_the_month_is_listed_newest_first(
    page: JournalPage, books: Books, sample_path: Path, qtbot: QtBot
) -> None:
    book = books.open(sample_path, read_only=True)
    expected = [line.number for line in book.diary(Sought(), "id").lines]
    book.close()
    assert numbers(page) == expected
    qtbot.waitUntil(lambda: page.document.story is not None)
    assert page.document.story is not None
    assert page.document.story.number == expected[0]
    qtbot.waitUntil(lambda: str(len(expected)) in page.filter.count.text())


@pytest.fixture
def long_book(books: Books, tmp_path: Path) -> Path:
    """A year of a group: several pages."""
    path = tmp_path / "year.kwt"
    (demo,) = (resources_dir() / "demo").glob("*.jsonl")
    books.import_stream(path, io.BytesIO(demo.read_bytes()))
    return path


def test_scrolling_brings_the_whole_book(
    desk_for: Callable[[Path], Desk], long_book: Path, books: Books, qtbot: QtBot
) -> None:
    desk = desk_for(long_book)
    page = page_of(window_over(desk, qtbot))
    page.filter.seek("", everywhere=True)
    qtbot.waitUntil(lambda: bool(page.model.lines))
    bar = page.table.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return not page.model.has_more and not desk.tasks.busy

    qtbot.waitUntil(at_the_end, timeout=15_000)
    book = books.open(long_book, read_only=True)
    count = book.diary_sums(Sought(), "id").documents
    book.close()
    assert len(numbers(page)) == len(set(numbers(page))) == count
    keys = [(line.day, line.number) for line in page.model.lines]
    assert [day for day, _ in keys] == sorted((day for day, _ in keys), reverse=True)


def test_the_model_keeps_qts_rules(page: JournalPage) -> None:
    model = DiaryModel(page.kit)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    lines = page.model.lines
    model.show_lines(lines[:5], has_more=True)
    model.add_lines(lines[5:], has_more=False)
    model.show_lines([], has_more=False)
    assert tester.model() is model


def test_typing_finds_and_esc_shows_all_again(page: JournalPage, qtbot: QtBot) -> None:
    every = numbers(page)
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.filter.text, "titip joko")
    qtbot.waitUntil(lambda: 0 < len(numbers(page)) < len(every))
    assert all("joko" in line.text.lower() for line in page.model.lines)
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: numbers(page) == every)


def test_from_the_search_into_the_list_by_keys(page: JournalPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.filter.text, "rapat")
    qtbot.waitUntil(lambda: UNDONE in numbers(page) and len(numbers(page)) < 10)
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    second = numbers(page)[1]
    qtbot.waitUntil(
        lambda: page.document.story is not None and page.document.story.number == second
    )


def test_the_headers_search_looks_in_the_whole_book(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.show_month("2027-01")
    desk.go("home")
    window.header.search.setFocus()
    qtbot.keyClicks(window.header.search, "bunga bank")
    qtbot.keyClick(window.header.search, Qt.Key.Key_Return)
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 1)


def test_one_kind_alone(page: JournalPage, qtbot: QtBot) -> None:
    page.filter.kind.choose("harvest")
    qtbot.waitUntil(lambda: {line.kind for line in page.model.lines} == {"harvest"})


def test_the_headers_month_is_the_diarys(page: JournalPage, desk: Desk, qtbot: QtBot) -> None:
    desk.show_month("2026-05")
    qtbot.waitUntil(lambda: page.empty is not None)
    assert numbers(page) == []
    (button,) = page.empty.findChildren(Button)  # type: ignore[union-attr]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(numbers(page)))


def test_an_empty_book_says_what_to_do(
    desk_for: Callable[[Path], Desk], books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "new.kwt"
    books.create(path).close()
    window = window_over(desk_for(path), qtbot)
    page = page_of(window)
    qtbot.waitUntil(lambda: page.empty is not None)
    (button,) = page.empty.findChildren(Button)  # type: ignore[union-attr]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.place == "home"


def test_what_was_undone_is_crossed_out(page: JournalPage) -> None:
    row = page.model.row_of(UNDONE)
    assert row is not None
    for column in (EVENT, MONEY):
        assert page.model.index(row, column).data(Cell.STRUCK)
    other = page.model.row_of(SHOWN)
    assert other is not None
    assert not page.model.index(other, EVENT).data(Cell.STRUCK)


# -- one document --------------------------------------------------------------------------


def test_a_story_shows_money_goods_and_its_seal(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    story = page.document.story
    assert story is not None
    qtbot.waitUntil(lambda: story.money[0].label in texts(page))
    text = texts(page)
    for amount in story.money:
        assert amount.label in text
        assert page.kit.formats.number(abs(amount.amount)) in text
    for moved in story.goods:
        assert moved.title in text
    notes = " ".join(note.text for note in page.document.findChildren(Note))
    assert story.seal in notes
    assert story.recorded_by in notes


def test_accounts_unfold_and_stay_unfolded(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    codes = [line.code for line in page.document.story.postings]  # type: ignore[union-attr]
    assert not any(code in texts(page) for code in codes)
    qtbot.mouseClick(page.document.accounts.button, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: all(code in texts(page) for code in codes))
    opened(SHOWN)
    assert page.document.accounts is not None
    assert page.document.accounts.unfolded


def test_corrected_and_correcting_lead_to_each_other(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened(UNDONE)
    assert page.document.correct_button is None
    for here, there in ((UNDONE, UNDOING), (UNDOING, UNDONE)):
        assert page.document.story.number == here  # type: ignore[union-attr]
        note = next(each for each in page.document.findChildren(Note) if there in each.text)
        (look,) = note.findChildren(Button)
        qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda there=there: page.document.story.number == there)  # type: ignore


def test_a_lot_leads_to_its_trace(
    opened: Callable[[str], JournalPage], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    line = next(
        line for moved in page.document.story.goods for line in moved.lines if not line.came
    )  # type: ignore[union-attr]
    label = next(each for each in page.document.findChildren(QLabel) if line.lot in each.text())
    label.linkActivated.emit("lot")
    qtbot.waitUntil(lambda: isinstance(window.page, ReportsPage) and window.page.report is not None)
    reports = window.page
    assert isinstance(reports, ReportsPage)
    assert reports.report is not None
    assert reports.report.parameters["lot"] == line.lot


def test_a_narrow_window_shows_one_or_the_other(
    window: MainWindow, page: JournalPage, qtbot: QtBot
) -> None:
    window.resize(900, 600)
    qtbot.waitUntil(lambda: page.document.alone)
    page.close_document()
    assert page._list.isVisible()
    assert not page.document.isVisible()
    page.table.setFocus()
    page.table.select(3)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.document.isVisible)
    assert not page._list.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page._list.isVisible()


def test_the_papers_of_a_document_are_shown(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")

    def papers() -> list[PaperDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperDialog)]

    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: bool(papers()), timeout=30_000)
    (paper,) = papers()
    assert paper.preview.pages > 0
    assert len(page.document.menu_actions()) > len(page.document.shown.papers)  # type: ignore[union-attr]


# -- corrections ---------------------------------------------------------------------------


def correction_of(window: MainWindow) -> CorrectionForm:
    dialog = window.form("correction")
    assert isinstance(dialog, FormDialog)
    assert isinstance(dialog.form, CorrectionForm)
    return dialog.form


def test_correcting_undoes_it_and_opens_its_form_filled_in(
    opened: Callable[[str], JournalPage], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = opened(SHOWN)
    before = page.document.story
    assert before is not None
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    form = correction_of(window)
    assert form.date.value() == max(page.kit.today, before.open_from)
    form.reason.setText("Salah jumlah")
    with qtbot.waitSignal(desk.tasks.changed):
        form.save()
    qtbot.waitUntil(lambda: page.document.story.corrected_by is not None)  # type: ignore[union-attr]
    dialog = window.form(before.kind)
    assert isinstance(dialog, FormDialog)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    again = dialog.form.to_command()
    assert isinstance(again, Payment)
    assert again.date == page.kit.today
    assert again.source == before.payload["from"]
    assert [(line.account, line.amount) for line in again.lines] == [
        (line["account"], line["amount"]) for line in before.payload["lines"]
    ]
    assert again.memo == before.memo


def test_a_document_with_a_name_of_its_own_comes_back_too(
    opened: Callable[[str], JournalPage], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    bought = AssetAcquisition(
        date=desk.kit.today, code="spinner", name="Mesin peniris", account="1203",
        cost=750_000, life_months=48, paid_from="1103",
    )  # fmt: skip
    numbers_: list[str | None] = []
    with qtbot.waitSignal(desk.tasks.changed):
        desk.tasks.record(bought, lambda recorded: numbers_.append(recorded.number))
    (number,) = numbers_
    assert number is not None
    opened(number).document.correct()
    form = correction_of(window)
    form.reason.setText("Salah harga")
    form.save()
    qtbot.waitUntil(lambda: window.form("asset_acquisition") is not None)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    dialog = window.form("asset_acquisition")
    assert isinstance(dialog, FormDialog)
    again = dialog.form.to_command()
    assert isinstance(again, AssetAcquisition)
    assert (again.name, again.cost) == (bought.name, bought.cost)


def test_a_correction_needs_a_reason(
    opened: Callable[[str], JournalPage], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = opened(SHOWN)
    page.document.correct()
    form = correction_of(window)
    form.save()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert window.form("correction") is not None
    assert page.document.story.corrected_by is None  # type: ignore[union-attr]


def test_the_month_closes_what_cannot_be_corrected(opened: Callable[[str], JournalPage]) -> None:
    page = opened("BM-2606-0016")
    assert page.document.story is not None
    assert page.document.story.kind == "month_close"
    assert page.document.correct_button is None


# -- attachments ---------------------------------------------------------------------------


def drop(page: JournalPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Without a drag that Qt itself has begun, a drop comes in by the filter alone.
    page.document._drop.eventFilter(page.document, QDropEvent(QPointF(50, 50), *how))


def test_a_photo_dropped_is_attached_and_can_be_looked_at(
    opened: Callable[[str], JournalPage], desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    photo, nota = tmp_path / "nota.png", tmp_path / "kuitansi.pdf"
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(photo))
    nota.write_bytes(b"%PDF-1.4\n%%EOF\n")
    page = opened(SHOWN)
    drop(page, photo, nota)
    qtbot.waitUntil(lambda: len(page.document.story.attached) == 2)  # type: ignore[union-attr]
    row = page.model.row_of(SHOWN)
    qtbot.waitUntil(lambda: page.model.lines[row].attachments == 2)  # type: ignore[index]
    (part,) = page.document.findChildren(AttachedPart)
    first = page.document.story.attached[0]  # type: ignore[union-attr]
    part.open(first)

    def photos() -> list[PhotoDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, PhotoDialog)]

    qtbot.waitUntil(lambda: bool(photos()))
    assert photos()[0].photo.size() == image.size()


def test_what_cannot_be_attached_is_said(
    opened: Callable[[str], JournalPage], desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "catatan.txt"
    other.write_text("bukan foto", encoding="utf-8")
    page = opened(SHOWN)
    with qtbot.waitSignal(desk.said):
        drop(page, other)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert page.document.story.attached == ()  # type: ignore[union-attr]


# -- who may -------------------------------------------------------------------------------


@pytest.fixture
def auditor(books: Books) -> Person:
    return replace(books.person, role=Role.AUDITOR)


def test_the_auditor_looks_and_changes_nothing(
    desk_for: Callable[[Path], Desk], book_path: Path, auditor: Person, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_for(book_path)
    desk.person = auditor
    page = page_of(window_over(desk, qtbot))
    page.open(SHOWN)
    qtbot.waitUntil(lambda: page.document.story is not None and page.document.story.number == SHOWN)
    assert page.document.correct_button is None
    assert page.document._drop.text == ""
    page.document.correct()
    photo = tmp_path / "nota.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(photo))
    drop(page, photo)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert page.document.story.attached == ()  # type: ignore[union-attr]
