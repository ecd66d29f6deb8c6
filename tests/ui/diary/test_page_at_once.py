"""The diary over a book that answers at once: filter, lines, and which document is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.access import Role
from kwt_books.domain.errors import BookError
from kwt_books.domain.values import last_day
from kwt_books.i18n.formats import NIL
from kwt_books.queries.diary import Place
from kwt_books.reports.diary import DiaryLine, DiaryPage, Effect, Sought
from tests.ui.windows import pauses_over, said
from ui.diary.page import (
    BOOK,
    DATE,
    EVENT,
    MONEY,
    MONTH,
    NUMBER,
    YEAR,
    DiaryFilter,
    DiaryModel,
    JournalPage,
)
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.table import LEFT, RIGHT, Cell
from ui.kit.table import Role as Data
from ui.kit.workspace import Workspace

WIDE, NARROW = (1300, 640), (800, 560)
DAY = date(2026, 6, 5)
LINE = DiaryLine("BKM-1", DAY, "sale", "Sold chips", Effect.CASH, 5_000)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


# -- the filter ----------------------------------------------------------------------------------


@pytest.fixture
def seeking(ui: UiContext, qtbot: QtBot) -> DiaryFilter:
    made = DiaryFilter(ui, "2026-06")
    qtbot.addWidget(made)
    return made


def test_a_span_is_the_month_its_year_or_the_whole_book(seeking: DiaryFilter) -> None:
    names = [seeking.span.itemText(at) for at in range(3)]
    assert names == ["June 2026", "The year 2026", "The whole book"]
    assert seeking.span.value() == MONTH
    for span, start, end in (
        (MONTH, date(2026, 6, 1), date(2026, 6, 30)),
        (YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (BOOK, None, None),
    ):
        seeking.span.set_value(span)
        assert seeking.sought() == Sought("", start, end)
    seeking.show_month("2027-02")
    assert [seeking.span.itemText(at) for at in range(2)] == ["February 2027", "The year 2027"]
    seeking.span.set_value(MONTH)
    assert seeking.sought() == Sought("", date(2027, 2, 1), last_day("2027-02"))


def test_words_wait_for_a_pause_and_choices_do_not(seeking: DiaryFilter) -> None:
    heard: list[Sought] = []
    seeking.changed.connect(lambda: heard.append(seeking.sought()))
    seeking.text.setText("chips")
    assert heard == []
    pauses_over(seeking)
    assert [each.text for each in heard] == ["chips"]
    seeking.text.setText("chip")
    seeking.kind.set_value("sale")
    seeking.kind.changed.emit()
    assert heard[-1].kinds == ("sale",)
    asked = len(heard)
    pauses_over(seeking)
    assert len(heard) == asked, "the words were asked for along with the kind"


def test_what_is_sought_everywhere_is_of_any_kind_and_asked_once(seeking: DiaryFilter) -> None:
    heard: list[Sought] = []
    seeking.kind.set_value("sale")
    assert seeking.narrowed
    seeking.changed.connect(lambda: heard.append(seeking.sought()))
    seeking.seek("rent")
    assert heard == [Sought("rent", date(2026, 6, 1), date(2026, 6, 30), ("sale",))]
    seeking.seek("rent", everywhere=True)
    assert heard[1:] == [Sought("rent")]
    pauses_over(seeking)
    assert len(heard) == 2
    assert seeking.narrowed
    seeking.seek("  ")
    assert not seeking.narrowed


# -- its lines -----------------------------------------------------------------------------------


def cells(ui: UiContext, line: DiaryLine) -> list[Cell]:
    model = DiaryModel(ui)
    model.show_lines([line], has_more=False)
    return [model.cell(0, column) for column in range(model.columnCount())]


@pytest.mark.parametrize(
    ("effect", "amount", "words", "tone", "bold"),
    [
        (Effect.CASH, 5_000, "+5,000", "good", True), (Effect.CASH, -5_000, "−5,000", "", False),
        (Effect.MOVED, 7, "moved 7", "quiet", False), (Effect.OWED, 7, "owed 7", "quiet", False),
        (Effect.BILLED, 7, "billed 7", "quiet", False), (Effect.NONE, 0, NIL, "quiet", False),
    ],
)  # fmt: skip
def test_a_line_tells_what_a_document_was_to_the_money(
    ui: UiContext, effect: Effect, amount: int, words: str, tone: str, bold: bool
) -> None:
    line = replace(LINE, effect=effect, amount=amount)
    assert cells(ui, line) == [
        Cell("5 Jun"), Cell("BKM-1", tone="quiet"), Cell("Sold chips"),
        Cell(words, tone=tone, bold=bold),
    ]  # fmt: skip


def test_a_line_tells_what_undoes_was_undone_and_has_papers(ui: UiContext) -> None:
    undone = cells(ui, replace(LINE, corrected_by="BM-2"))
    assert undone[DATE] == Cell("5 Jun")
    assert undone[EVENT] == Cell("Sold chips", aside="undone", tone="quiet", struck=True)
    assert undone[MONEY] == Cell("+5,000", tone="quiet", struck=True)
    assert cells(ui, replace(LINE, corrects="BKM-0"))[EVENT].icon == "arrow-u-up-left"
    two = cells(ui, replace(LINE, attachments=2))[EVENT]
    assert (two.icon, two.icon_says) == ("paperclip", "2 attachments")
    assert cells(ui, replace(LINE, attachments=1))[EVENT].icon_says == "1 attachment"


def test_the_list_has_headings_and_asks_for_more(ui: UiContext) -> None:
    model = DiaryModel(ui)
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    assert [model.headerData(at, across) for at in range(4)] == [
        "Date", "Number", "What happened", "Money",
    ]  # fmt: skip
    for column, side in ((DATE, LEFT), (NUMBER, LEFT), (EVENT, LEFT), (MONEY, RIGHT)):
        assert model.headerData(column, across, role.TextAlignmentRole) == side
        assert model.alignment(column) == side
        assert model.spills(column) == (column == EVENT)
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, across, role.DecorationRole) is None
    wanted: list[bool] = []
    model.more_wanted.connect(lambda: wanted.append(True))
    model.show_lines([LINE], has_more=True)
    model.add_lines([replace(LINE, number="BKM-2")], has_more=True)
    assert (model.row_of("BKM-2"), model.row_of("BKM-3")) == (1, None)
    assert model.rowCount() == 2
    inner = model.index(0, 0)
    assert (model.rowCount(inner), model.columnCount(inner)) == (0, 0)
    assert inner.data(Data.RAW) == "BKM-1"
    assert model.canFetchMore(QModelIndex())
    assert not model.canFetchMore(inner)
    model.fetchMore(QModelIndex())
    model.add_lines([], has_more=False)
    assert (wanted, model.canFetchMore(QModelIndex())) == ([True], False)


# -- the page ------------------------------------------------------------------------------------

Desks = Callable[[Book], Workspace]


@pytest.fixture
def page(prompt: Workspace, qtbot: QtBot) -> JournalPage:
    return stood(prompt, qtbot)


def stood(desk: Workspace, qtbot: QtBot, size: tuple[int, int] = WIDE) -> JournalPage:
    """The page alone, in front of its answers."""
    made = JournalPage(desk)
    qtbot.addWidget(made)
    made.resize(*size)
    with qtbot.waitActive(made):
        made.show()
    pauses_over(made)
    return made


def shown(page: JournalPage) -> str | None:
    return page.document.story.number if page.document.story is not None else None


def marked(page: JournalPage) -> str | None:
    index = page.table.currentIndex()
    return str(index.data(Data.RAW)) if index.isValid() else None


def test_the_newest_is_shown_and_the_sums_of_all(page: JournalPage) -> None:
    newest = page.model.lines[0].number
    assert (marked(page), shown(page)) == (newest, newest)
    cash = [each.amount for each in page.model.lines if each.effect is Effect.CASH]
    rupiah = page.ui.formats.rupiah
    told = said(page)
    assert told[told.index("In") + 1] == rupiah(sum(each for each in cash if each > 0))
    assert told[told.index("Out") + 1] == rupiah(-sum(each for each in cash if each < 0))
    assert page.filter.count.text() == f"{len(page.model.lines)} entries"
    assert page.list.currentIndex() == 0


def test_a_line_that_is_gone_through_is_shown_after_a_pause(page: JournalPage) -> None:
    before, wanted = shown(page), page.model.lines[3].number
    page.table.select(3)
    assert shown(page) == before
    assert page.document.waits, "what could be done would be done to another"
    assert page.here("") == wanted
    pauses_over(page)
    assert (shown(page), page.document.waits) == (wanted, False)
    page.table.select(0)
    page.table.select(3)
    pauses_over(page)
    assert not page.document.waits


def test_a_document_that_is_led_to_is_shown_wherever_it_is(page: JournalPage) -> None:
    wanted = page.model.lines[2].number
    page.show_part(wanted)
    assert (shown(page), marked(page)) == (wanted, wanted)
    page.filter.kind.set_value("harvest")
    page.filter.kind.changed.emit()
    assert wanted not in [each.number for each in page.model.lines]
    page.show_part(wanted)
    assert (shown(page), marked(page)) == (wanted, None)
    page.reload()
    assert shown(page) == wanted, "asked anew it stays, listed or not"
    page.show_part("?text=bunga")
    assert page.filter.sought() == Sought("bunga")
    assert shown(page) == page.model.lines[0].number
    assert page.here("?text=bunga") == "?text=bunga"


def test_asked_anew_the_document_stays(page: JournalPage) -> None:
    wanted = page.model.lines[4].number
    page.table.select(4)
    pauses_over(page)
    page.refresh()
    assert (shown(page), marked(page)) == (wanted, wanted)
    page.workspace.show_month("2026-05")
    assert (shown(page), marked(page)) == (None, None)


def test_what_cannot_be_shown_is_said(page: JournalPage, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    page.workspace.said.connect(lambda note: told.append((note.text, note.tone)))
    page.open("BKM-9999-0001")
    assert shown(page) is None
    assert told == [(told[0][0], "warn")]
    assert told[0][0]
    problems: list[BookError] = []
    monkeypatch.setattr(page.workspace.problems, "show", problems.append)

    def refuse(*_given: object) -> None:
        raise BookError("busy")

    monkeypatch.setattr("ui.diary.page.diary_page", refuse)
    page.reload()
    page.model.has_more = True
    page.model.fetchMore(QModelIndex())
    assert len(problems) == 2, "it can be asked again"


def test_what_is_not_found_offers_to_look_further(page: JournalPage) -> None:
    def offered() -> dict[str, Button]:
        assert page.nothing is not None
        return {each.text(): each for each in page.nothing.findChildren(Button)}

    def title() -> str:
        assert page.nothing is not None
        return page.nothing.findChildren(QLabel)[0].text()

    page.filter.seek("nothing like it")
    assert shown(page) is None
    assert page.list.currentWidget() is page.nothing
    assert "Nothing found for “nothing like it”" in title()
    offered()["Search the whole book"].click()
    assert page.filter.sought() == Sought("nothing like it")
    page.filter.kind.set_value("sale")
    page.filter.kind.changed.emit()
    offered()["Show everything again"].click()
    assert page.filter.sought() == Sought("")
    assert page.model.lines
    assert page.list.currentIndex() == 0
    page.workspace.show_month("2026-05")
    page.filter.span.set_value(MONTH)
    page.filter.span.changed.emit()
    assert "Nothing was recorded in this period" in title()
    offered()["Show the whole book"].click()
    assert page.filter.sought() == Sought("")
    page.filter.kind.set_value("memorial")
    page.filter.kind.changed.emit()
    assert "Nothing of this kind" in title()


def test_an_empty_book_leads_to_what_can_be_recorded(
    prompt_desk: Desks, new_book: Book, qtbot: QtBot
) -> None:
    desk = prompt_desk(new_book)
    wanted: list[str] = []
    desk.place_wanted.connect(lambda there: wanted.append(there.place))
    page = stood(desk, qtbot)
    assert page.nothing is not None
    (button,) = page.nothing.findChildren(Button)
    button.click()
    assert wanted == ["home"]
    assert page.document.isHidden()
    desk.person = replace(desk.person, role=Role.AUDITOR)
    reading = stood(desk, qtbot)
    assert reading.nothing is not None
    assert reading.nothing.findChildren(Button) == [], "who only reads records nothing"


def test_sheets_are_taken_by_who_may_record(prompt: Workspace, qtbot: QtBot) -> None:
    opened: list[str] = []
    prompt.form_wanted.connect(lambda name, _given: opened.append(name))
    names = ["Import from Excel", "Compare with the bank", "Imported from Excel"]

    def sheets(page: JournalPage) -> list[Button]:
        every = {each.accessibleName(): each for each in page.findChildren(Button)}
        return [every[name] for name in names]

    for each in sheets(stood(prompt, qtbot)):
        each.click()
    assert opened == ["take_sheets", "bank_list", "acts"]
    prompt.person = replace(prompt.person, role=Role.AUDITOR)
    enabled = [each.isEnabled() for each in sheets(stood(prompt, qtbot))]
    assert enabled == [False, False, True], "what was taken can be looked at"


def test_where_it_is_narrow_there_is_the_list_or_a_document(
    prompt: Workspace, qtbot: QtBot
) -> None:
    page = stood(prompt, qtbot, NARROW)
    assert (shown(page), page.list.isVisible(), page.document.isVisible()) == (None, True, False)
    page.table.select(1)
    pauses_over(page)
    assert shown(page) is None, "a line is opened, not gone through"
    page.table.activated.emit(page.table.currentIndex())
    assert shown(page) == page.model.lines[1].number
    assert (page.list.isVisible(), page.document.isVisible()) == (False, True)
    back = next(
        each for each in page.document.findChildren(Button)
        if each.accessibleName() == "Back to the list"
    )  # fmt: skip
    back.click()
    assert (shown(page), page.list.isVisible()) == (None, True)
    assert page.table.hasFocus()
    page.open(page.model.lines[1].number)
    page.filter.seek("bunga bank")
    assert (shown(page), page.list.isVisible()) == (None, True)
    assert not page.table.hasFocus(), "the search keeps the keyboard"
    assert len(page.model.lines) == 1
    page.filter.text.returnPressed.emit()
    assert shown(page) == page.model.lines[0].number
    page.resize(*WIDE)
    assert page.list.isVisible()
    assert not page.document.alone
    page.close_document()
    assert shown(page) is not None, "beside the list it stays"


def test_several_that_are_found_are_listed(prompt: Workspace, qtbot: QtBot) -> None:
    page = stood(prompt, qtbot, NARROW)
    page.filter.text.returnPressed.emit()
    assert (shown(page), marked(page)) == (None, page.model.lines[0].number)
    assert page.table.hasFocus()
    page.table.select(2)
    page.filter.text.returnPressed.emit()
    assert marked(page) == page.model.lines[2].number, "where one was, one goes on"
    page.reload()
    assert (shown(page), marked(page)) == (None, page.model.lines[2].number), "marked, not opened"


def test_a_search_that_finds_little_asks_on_by_itself(
    page: JournalPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until a screen is full, or the book has no more."""
    asked: list[Place | None] = []

    def answer(_context: object, _sought: Sought, after: Place | None = None) -> DiaryPage:
        asked.append(after)
        line = replace(LINE, number=f"BKM-{len(asked)}")
        return DiaryPage((line,), Place(DAY, len(asked)) if len(asked) < 60 else None)

    monkeypatch.setattr("ui.diary.page.diary_page", answer)
    page.reload()
    assert len(page.model.lines) == len(asked) == 40
    assert asked[:3] == [None, Place(DAY, 1), Place(DAY, 2)]
    page.model.fetchMore(QModelIndex())
    assert len(page.model.lines) == 41
    waiting: list[object] = []
    monkeypatch.setattr(page, "ask", lambda *given, **_more: waiting.append(given))
    page.model.fetchMore(QModelIndex())
    page.model.fetchMore(QModelIndex())
    assert len(waiting) == 1, "one answer at a time"


def test_far_away_the_document_and_the_sums_come_along(
    page: JournalPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer instead of three."""
    monkeypatch.setattr(Book, "is_far", True)
    asked: list[str] = []
    ask = page.ask

    def noted(work: object, done: object, *more: object, key: str = "page") -> None:
        asked.append(key)
        ask(work, done, *more, key=key)  # type: ignore[arg-type]

    monkeypatch.setattr(page, "ask", noted)
    page.table.select(2)
    pauses_over(page)
    wanted, asked[:] = shown(page), []
    page.filter.count.setText("")
    page.reload()
    pauses_over(page)
    assert asked == ["lines"]
    assert shown(page) == wanted
    assert page.filter.count.text() == f"{len(page.model.lines)} entries"
