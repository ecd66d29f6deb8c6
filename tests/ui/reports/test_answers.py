"""What the page of reports asks a book for beside a report, and what becomes of its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import Month
from kwt_books.queries.margins import Margin
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought
from kwt_books.reports.model import Column, ColumnType, Identity, Imprint, Report, Row
from kwt_books.reports.packs import Pack
from tests.conftest import NOW
from ui.kit.button import Button
from ui.kit.layout import column
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.reports.page import Answer, ReportsPage, answer, paper_name
from ui.reports.view import ReportSide

JUNE = Month("2026-06")
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
LOTS = Report("lots", "Lots", (Column("lot", "Lot", ColumnType.TEXT),),
              (Row("Chips", ("chips", "L-1"), "a"), Row("Total", ("", ""))))  # fmt: skip
MARGINS = (Margin("a", "A", 5, 1, 1, 1),)
PACK = Pack((LOTS,), Identity(), Imprint("h", 1, NOW, "Wati", "1"), "en")


class Book:
    """Answers whatever is asked, and notes it."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def pack(self, name: str, asked: Parameters, _language: str) -> Pack:
        self.asked.append((name, asked))
        return PACK

    def read_in(self, _language: str, _query: object, sought: Sought) -> Any:
        self.asked.append(sought)
        line = SimpleNamespace(number="BKM-1", day=date(2026, 6, 5), text="Friday")
        return SimpleNamespace(lines=(line,))

    def report(self, name: str, asked: Parameters, _language: str) -> Report:
        self.asked.append((name, asked))
        return LOTS

    def read(self, _query: object, asked: Parameters) -> tuple[Margin, ...]:
        self.asked.append(asked)
        return MARGINS


@pytest.mark.parametrize(
    ("name", "asked", "also", "found"),
    [
        ("profit-loss", Parameters(month=JUNE), [], {}),
        ("sales", Parameters(month=JUNE), [Parameters(month=JUNE)], {"margins": MARGINS}),
        ("market-day", Parameters(month=JUNE),
         [Sought(start=FIRST, end=LAST, kinds=("market_day",))],
         {"numbers": (("BKM-1", "5/6 · Friday"),)}),
        ("market-day", Parameters(start=FIRST, end=FIRST),
         [Sought(start=FIRST, end=FIRST, kinds=("market_day",))],
         {"numbers": (("BKM-1", "5/6 · Friday"),)}),
        ("lots", Parameters(month=JUNE, item="chips", lot="L-1"),
         [("lots", Parameters(month=JUNE))], {"lots": (("chips", "L-1", "Chips"),)}),
    ],
)  # fmt: skip
def test_a_report_comes_with_what_its_fields_offer(
    name: str, asked: Parameters, also: list[Any], found: dict[str, Any]
) -> None:
    book = Book()
    assert answer(book, name, asked, "en") == Answer(PACK, **found)  # type: ignore[arg-type]
    assert book.asked == [(name, asked), *also]


def test_a_paper_is_called_by_its_title_and_period() -> None:
    assert paper_name(PACK) == "Lots"
    assert paper_name(replace(PACK, parts=(replace(LOTS, period="June 2026"),))) == "Lots June 2026"


@pytest.fixture
def page(still: Workspace, qtbot: QtBot) -> ReportsPage:
    still.show_month(JUNE)
    made = ReportsPage(still)
    qtbot.addWidget(made)
    made.asked.show_paper("A4")
    return made


def test_what_is_shown_is_saved_on_the_paper_that_was_chosen(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[Any] = []
    monkeypatch.setattr(page.writer, "save_as", lambda *given: saved.append(given))
    page.save_report("pdf")
    assert saved == [], "nothing is shown"
    page.pack = PACK
    page.save_report("xlsx", "csv")
    ((make, kinds, name, parent),) = saved
    assert (kinds, name, parent) == (("xlsx", "csv"), "Lots", page)
    assert make(None) == replace(PACK, paper="A4")


def test_a_pack_is_shown_to_be_printed_or_saved(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    opened: list[Any] = []

    class Window:
        def __init__(self, _ui: object, name: str, pdf: bytes, _parent: object, *,
                     keep_table: Callable[[], object]) -> None:  # fmt: skip
            opened.append((name, pdf))
            keep_table()

        def open(self) -> None:
            opened.append("open")

    monkeypatch.setattr("ui.reports.page.PaperDialog", Window)
    monkeypatch.setattr(page.writer, "show", lambda make, done: made.append((make, done)))
    monkeypatch.setattr(page.writer, "save_as", lambda *given: made.append(given))
    page.packs.button.click()
    ((make, done),) = made
    done(b"pdf")
    assert opened == [("Complete pack June 2026", b"pdf"), "open"]
    assert made[1][:3] == (make, ("xlsx", "csv"), "Complete pack June 2026")


def test_the_pages_have_their_tools_below(
    english: UiContext, around: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = ReportSide(english, around)
    column(side, parent=around)
    around.resize(500, 700)
    around.show()
    told: list[object] = []
    side.preview_wanted.connect(lambda: told.append("larger"))
    side.fold_wanted.connect(told.append)
    side.show_pages(b"%PDF-1.4 no page")
    side.show_pages(b"%PDF-1.4 no page")
    assert side.preview is not None
    qtbot.waitUntil(side.preview.isVisible)
    tools = [each for each in side.preview.findChildren(Button) if each.text() == "Larger window"]
    assert len(tools) == 1, "made once"
    tools[0].click()
    away = next(each for each in side.preview.findChildren(Button)
                if "More room for the table" in each.toolTip())  # fmt: skip
    away.click()
    assert told == ["larger", True]
    assert tools[0].x() < away.x()
    side.show_none("Nothing")
    assert not side.preview.isVisible()
