"""Buku Kelompok: written in, searched, put right and printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.registers import BOOKS
from kwt_books.queries.reading import Reading
from kwt_books.queries.registers import entered
from kwt_books.reports.registry import KINDS
from tests.ui.money_hand import CTRL, Hand, hand_at
from tests.ui.sample_parts import command_of
from tests.ui.windows import paper_shown
from ui.diary.document import DocumentView
from ui.diary.page import JournalPage
from ui.kit.table import Role
from ui.kit.workspace import Workspace
from ui.registers.book_part import BookPart
from ui.registers.books import RULINGS
from ui.registers.kept import InventoryPart, MembersPart, OfficersPart
from ui.registers.page import RegistersPage
from ui.registers.written import RegisterForm, RegisterPart

VALUES = {
    "name": "Rina Anggraini", "from": "Dinas Pertanian", "position": "Staf",
    "purpose": "Melihat kebun", "impression": "Rapi", "title": "Kerja bakti", "place": "Balai",
    "result": "Selokan bersih", "number": "12/VII/2026", "decisions": "Beli pompa\nBayar tukang",
    "party": "Kelurahan", "subject": "Undangan", "officer": "Wahyu", "advice": "Kurangi air",
    "done": "Dikurangi", "facility": "Drainase Gang Mawar", "action": "Diangkat",
}  # fmt: skip


def lines_of(reading: Reading, book: str) -> list[dict[str, object]]:
    found = entered(reading.connection, book, date.min, date.max)
    return [{k: v for k, v in each.entry.items() if k not in ("id", "kind")} for each in found]


class Shelf(Hand):
    def part(self, name: str) -> RegisterPart:
        self.window.workspace.go("registers", name)
        self.settle()
        page = self.window.page
        assert isinstance(page, RegistersPage)
        made = [x for x in page.findChildren(RegisterPart) if x.ruling.book == name]
        return made[0]

    def written(self, book: str) -> list[dict[str, object]]:
        found: list[list[dict[str, object]]] = []
        self.window.workspace.tasks.run(lambda opened: opened.read(lines_of, book), found.append)
        self.settle()
        return found[0]


@pytest.fixture
def shelf(workspace: Workspace, qtbot: QtBot) -> Shelf:
    workspace.show_month("2026-07")
    return Shelf(hand_at(workspace, qtbot, "registers").window, qtbot)


def shown(part: RegisterPart) -> list[list[str]]:
    model = part.table.list_model
    return [
        [model.cell(row, column).text for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("book", BOOKS)
def test_every_book_is_written_in(book: str, shelf: Shelf) -> None:
    part = shelf.part(book)
    form = part.form
    assert form is not None
    assert [key for key, _, _ in part.ruling.columns] == list(BOOKS[book])
    form.save()
    wrong = {key for key in BOOKS[book] if form.fields[key].problem()}
    assert wrong == {key for key, needed in BOOKS[book].items() if needed and key in VALUES}
    for key in BOOKS[book]:
        if key in VALUES:
            form.fields[key].set_value(VALUES[key])
    if "people" in BOOKS[book]:
        form.fields["people"].set_value(14)
    form.save()
    shelf.settle()
    (line,) = shelf.written(book)
    expected = {key: VALUES[key] for key in BOOKS[book] if key in VALUES}
    if "people" in BOOKS[book]:
        expected["people"] = 14  # type: ignore[assignment]
    chosen = {"condition": "good", "direction": "in"}
    expected |= {key: chosen[key] for key in BOOKS[book] if key in chosen}
    assert line == {"book": book, "date": form.date.value().isoformat(), **expected}
    (row,) = shown(part)
    assert VALUES[next(key for key in BOOKS[book] if key in VALUES)] in row
    assert form.fields[next(iter(VALUES.keys() & BOOKS[book].keys()))].value() is None, "blank"


def write(shelf: Shelf, book: str, day: str, **values: object) -> None:
    line = {"kind": "register", "book": book, "date": day, "id": f"r-{day}", **values}
    shelf.window.workspace.tasks.record(command_of(line), lambda _recorded: None)
    shelf.settle()


def test_the_search_and_the_years(shelf: Shelf) -> None:
    part = shelf.part("guests")
    write(shelf, "guests", "2026-07-02", name="Rina", purpose="Melihat kebun")
    write(shelf, "guests", "2026-07-05", name="Agus", purpose="Beli bibit", **{"from": "Pasar"})
    write(shelf, "guests", "2025-11-01", name="Sari", purpose="Belajar")
    assert [row[1] for row in shown(part)] == ["Agus", "Rina"], "the newest first"
    part.seek.setText("PASAR")
    assert [row[1] for row in shown(part)] == ["Agus"]
    part.seek.setText("")
    part.years.set_value("all")
    shelf.settle()
    assert [row[1] for row in shown(part)] == ["Agus", "Rina", "Sari"]


def test_a_line_is_put_right_though_it_has_no_voucher(shelf: Shelf, qtbot: QtBot) -> None:
    part = shelf.part("upkeep")
    write(shelf, "upkeep", "2026-06-20", facility="Sumur RT 3", condition="minor")  # closed by now
    part.table.select(0)
    qtbot.mouseClick(part.correct_button, Qt.MouseButton.LeftButton)
    shelf.settle()
    asked = shelf.window.form("correction")
    assert asked is not None
    assert "20 Juni 2026" in asked.windowTitle(), "it has no number to be called by"
    asked.form.reason.setText("Salah lihat")  # type: ignore[attr-defined]
    asked.form.save()  # type: ignore[attr-defined]
    shelf.settle()
    dialog = shelf.window.form("register")
    assert dialog is not None
    form = dialog.form  # type: ignore[attr-defined]
    assert isinstance(form, RegisterForm)
    assert form.date.value().isoformat() == "2026-06-20", "these books are open in closed months"
    assert form.fields["facility"].value() == "Sumur RT 3"
    assert form.fields["condition"].value() == "minor"
    assert "r-2026" not in form.note.text
    form.fields["condition"].set_value("major")
    form.save()
    shelf.settle()
    (line,) = shelf.written("upkeep")
    assert line["condition"] == "major"
    assert [row[2] for row in shown(part)] == ["rusak berat"]


def test_photos_stay_with_the_line(shelf: Shelf, tmp_path: Path) -> None:
    part = shelf.part("activities")
    assert part.form is not None
    photo = tmp_path / "kegiatan.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.save(str(photo))
    part.form.fields["title"].set_value("Kerja bakti")
    part.form.photo.take([photo])
    part.form.save()
    shelf.settle()
    assert part.table.list_model.cell(0, 1).icon == "paperclip"
    assert part.form.photo.paths == []
    part.photos_button.click()
    shelf.settle()
    diary = shelf.window.page
    assert isinstance(diary, JournalPage)
    view = diary.findChild(DocumentView)
    assert view is not None
    assert view.story is not None
    assert [each.name for each in view.story.attached] == ["kegiatan.png"]
    assert view.print_button is None, "it has no voucher"
    assert view.correct_button is not None


@pytest.mark.parametrize("blank", [False, True])
def test_it_is_printed_filled_or_blank(blank: bool, shelf: Shelf, qtbot: QtBot) -> None:
    part = shelf.part("guests")
    write(shelf, "guests", "2026-07-02", name="Rina", purpose="Melihat kebun")
    qtbot.mouseClick(part.blank_button if blank else part.print_button, Qt.MouseButton.LeftButton)
    paper = paper_shown(qtbot)
    assert paper.preview.pages >= 1
    paper.close()


def test_an_imported_line_without_a_name_says_why_it_stays(shelf: Shelf) -> None:
    part = shelf.part("letters")
    line = {"kind": "register", "book": "letters", "date": "2026-07-01", "direction": "out",
            "number": "1", "party": "LKM", "subject": "Undangan"}  # fmt: skip
    shelf.window.workspace.tasks.record(command_of(line), lambda _recorded: None)
    shelf.settle()
    heard: list[object] = []
    shelf.window.workspace.said.connect(heard.append)
    part.open(part.table.list_model.index(0, 0).data(Role.RAW))
    assert heard
    assert shelf.window.form("correction") is None


def test_the_keyboard_writes(shelf: Shelf, qtbot: QtBot) -> None:
    part = shelf.part("letters")
    assert part.form is not None
    with qtbot.waitActive(shelf.window):
        shelf.window.activateWindow()
    for key in ("number", "party", "subject"):
        shelf.type(part.form.fields[key], VALUES[key])
    qtbot.keyClick(part.form.fields["subject"], Qt.Key.Key_S, CTRL)
    shelf.settle()
    assert len(shelf.written("letters")) == 1


def test_a_line_of_long_ago_is_written_once_and_seen(shelf: Shelf, qtbot: QtBot) -> None:
    part = shelf.part("guests")
    assert part.form is not None
    shelf.day(part.form.date, "2019-05-03")
    for key in ("name", "purpose"):
        shelf.type(part.form.fields[key], VALUES[key])
    qtbot.waitUntil(lambda: not part.save_button.deaf)
    qtbot.mouseDClick(part.save_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.save_button, Qt.MouseButton.LeftButton)
    shelf.settle()
    assert [(each["date"], each["name"]) for each in shelf.written("guests")] == [
        ("2019-05-03", VALUES["name"])
    ]
    assert [row[:2] for row in shown(part)] == [["3 Mei 2019", VALUES["name"]]]


def test_members_officers_and_inventory_fill_themselves(shelf: Shelf) -> None:
    page = shelf.window.page
    assert isinstance(page, RegistersPage)
    counts = {}
    kept = {"members": MembersPart, "officers": OfficersPart, "inventory": InventoryPart}
    for name, kind in kept.items():
        shelf.window.workspace.go("registers", name)
        shelf.settle()
        part = page.findChild(kind)
        assert isinstance(part, BookPart)
        counts[name] = part.table.list_model.rowCount()
        part.seek.setText("zzzz")
        assert part.table.list_model.rowCount() == 0
    setup = shelf.window.workspace.setup
    assert setup is not None
    assert counts["members"] == sum(p.role == "member" for p in setup.parties.values())
    assert counts["officers"] >= 2
    assert counts["inventory"] > 0


def test_every_ruling_prints_a_report(shelf: Shelf) -> None:
    assert {each.report for each in RULINGS.values()} <= KINDS.keys()
