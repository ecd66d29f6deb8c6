"""What the group's books show and offer, over a desk whose book never answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import ExtensionOfficer, Group, Party, Umbrella
from kwt_books.domain.values import Month
from kwt_books.queries.overview import SetupData
from kwt_books.queries.registers import BookLine
from kwt_books.queries.residents import House
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from tests.ui.windows import said, shown_with
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.layout import column
from ui.kit.party import account_name
from ui.kit.table import Cell
from ui.kit.workspace import Message, Workspace
from ui.registers.book_part import BookPart
from ui.registers.books import CHOICES, RULINGS, Ruling
from ui.registers.kept import InventoryPart, MembersPart, OfficersPart
from ui.registers.kpp import DuesPart, Residents
from ui.registers.written import ALL, YEAR, RegisterPart

GROUP = Group(
    name="KWT Melati", village="Kaliawi", district="Tanjungkarang", city="Bandar Lampung",
    chair="Aryanah", treasurer="Siti", language="id", paper="F4",
)  # fmt: skip
ABOVE = Umbrella(name="LKM Persada", coordinator="Chandra")
OFFICER = ExtensionOfficer(name="Dewi", nip="19780101")


def setup(group: Group | None = GROUP, **parties: Party) -> SetupData:
    return SetupData(group, {}, {}, parties, {})


@pytest.fixture
def forms(still: Workspace) -> list[tuple[str, dict[str, object]]]:
    """The forms that are wanted, with what they are given."""
    told: list[tuple[str, dict[str, object]]] = []
    still.form_wanted.connect(lambda name, given: told.append((name, given)))
    still.show_month("2026-06")
    return told


def placed(part: Any, around: QWidget) -> Any:
    part.setParent(around)
    return part


def cells(part: BookPart[Any]) -> list[tuple[Cell, ...]]:
    return [each.cells for each in part.table.list_model.rows]


def button(part: QWidget, text: str) -> Button:
    return next(each for each in part.findChildren(Button) if each.text() == text)


class Papers:
    """Stands for what makes papers; notes what each would be made of."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Parameters, str, str]] = []

    def open(self, name: str, make: Any, _page: QWidget) -> None:
        asked: list[Any] = []

        class Pack(SimpleNamespace):
            def __replace__(self, /, paper: str) -> str:
                return paper

        book = SimpleNamespace(pack=lambda *given: (asked.append(given), Pack())[1])
        paper = make(book)
        self.told.append((name, *asked[0], paper))


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ui.registers.book_part.replace", lambda pack, paper: pack.__replace__(paper=paper)
    )


# -- books that are written ----------------------------------------------------------------------


def line(ruling: Ruling, day: date, **more: Any) -> BookLine:
    entry: dict[str, Any] = {}
    for key, title, _ in ruling.columns:
        entry[key] = next(iter(CHOICES[key])) if key in CHOICES else 7 if key == "people" else title
    return BookLine(day, entry, **({"id": "r-1", "attached": False} | more))


@pytest.mark.parametrize("book", RULINGS)
def test_a_book_is_ruled_and_a_line_shown_in_it(
    still: Workspace, around: QWidget, forms: list[Any], book: str
) -> None:
    ruling, t, day = RULINGS[book], still.ui.t, date(2026, 6, 5)
    part: RegisterPart = placed(RegisterPart(still, ruling), around)
    model, across = part.table.model(), Qt.Orientation.Horizontal
    heads = [model.headerData(at, across) for at in range(model.columnCount())]
    assert heads == ["Date", *(t(title) for _, title, _ in ruling.columns)]
    stretched = part.table.horizontalHeader().sectionResizeMode
    wide = [at for at in range(len(heads)) if stretched(at) == stretched(at).Stretch]
    assert wide == [len(heads) - 1], "the last column has the room"
    shown_with(part, page=(line(ruling, day), line(ruling, day, id=None, attached=True)))
    first, second = cells(part)
    assert first[0] == Cell(still.ui.short_day(day), tone="quiet")
    key, title, _ = ruling.columns[0]
    text = t(next(iter(CHOICES[key].values()))) if key in CHOICES else title
    assert first[1] == Cell(text, bold=True)
    assert second[1] == Cell(text, bold=True, icon="paperclip")
    assert [each.key for each in part.table.list_model.rows] == ["r-1", 1]
    assert part.foot.remark.text() == "2 lines"
    part.seek.setText("zzz")
    assert (part.correct_button.isEnabled(), part.photos_button.isEnabled()) == (False, False)
    assert part.foot.remark.text() == "0 lines"
    part.seek.setText(still.ui.formats.day(day)[:6])
    assert part.correct_button.isEnabled()
    shown_with(part, page=())
    assert t(ruling.empty) in said(part)


GUESTS = RULINGS["guests"]


@pytest.fixture
def guests(still: Workspace, around: QWidget, forms: list[Any]) -> RegisterPart:
    made: RegisterPart = placed(RegisterPart(still, GUESTS), around)
    made.writer = cast("Any", Papers())
    return made


def test_a_line_leads_to_its_photos_and_to_its_correction(
    guests: RegisterPart, still: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    corrected: list[object] = []
    told: list[Message] = []
    still.place_wanted.connect(lambda there: went.append(f"{there.place}/{there.part}"))
    still.said.connect(told.append)
    monkeypatch.setattr(still, "correct", corrected.append)
    guests.correct_button.click()
    guests.photos_button.click()
    assert (went, corrected, told) == ([], [], []), "nothing is listed"
    day = date(2026, 6, 5)
    shown_with(guests, page=(line(GUESTS, day), line(GUESTS, day, id=None)))
    guests.photos_button.click()
    guests.correct_button.click()
    guests.table.choose(1)
    guests.photos_button.click()
    guests.table.opened.emit(1)
    assert (went, corrected) == (["journal/r-1"], ["r-1"])
    assert [(each.strong, each.text, each.tone) for each in told] == [
        ("This line can't be corrected.", "It was imported without an id.", "warn")
    ]
    assert [each.toolTip() for each in (guests.correct_button, guests.photos_button)] == [
        "Or Enter, or a double click", "The line and its attachments",
    ]  # fmt: skip


def test_an_auditor_reads_the_books_only(
    still: Workspace, around: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    still.person = Person("Dewi", Role.AUDITOR)
    corrected: list[object] = []
    monkeypatch.setattr(still, "correct", corrected.append)
    part: RegisterPart = placed(RegisterPart(still, GUESTS), around)
    shown_with(part, page=(line(GUESTS, date(2026, 6, 5)),))
    part.table.opened.emit("r-1")
    assert (part.form, corrected) == (None, [])
    assert part.correct_button.isHidden()
    assert part.photos_button.isHidden()
    for kind in (MembersPart, OfficersPart):
        kept = placed(kind(still), around)
        names = [each.text() for each in kept.findChildren(Button) if not each.isHidden()]
        assert not {"Add", "Change"} & {*names}


def test_a_year_or_all_of_them_are_shown_and_printed(
    guests: RegisterPart, still: Workspace
) -> None:
    asked: list[tuple[Any, ...]] = []
    book = SimpleNamespace(read=lambda _query, *given: asked.append(given))
    guests.ask = lambda work, *_more, **_about: work(book)  # type: ignore[method-assign]
    guests.refresh()
    assert guests.years.itemText(0) == "Year 2026"
    assert guests.years.accessibleName() == "What is shown"
    shown_with_days = line(GUESTS, date(2024, 3, 1)), line(GUESTS, date(2023, 1, 2))
    guests.show_all(shown_with_days)
    guests.print_button.click()
    guests.years.set_value(ALL)
    guests.years.changed.emit()
    guests.print_button.click()
    still.setup = setup()
    guests.show_all(())
    guests.blank_button.click()
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert list(dict.fromkeys(asked)) == [("guests", *year), ("guests", date.min, date.max)]
    name, today = still.ui.t(KINDS[GUESTS.report].title), still.ui.today
    of_year = dict(zip(("start", "end"), year, strict=True))
    assert cast("Any", guests.writer).told == [
        (name, GUESTS.report, Parameters(**of_year), "en", ""),  # type: ignore[arg-type]
        (name, GUESTS.report, Parameters(end=date(2024, 3, 1)), "en", ""),
        (name, GUESTS.report, Parameters(end=today, blank=True), "en", "F4"),
    ]
    assert [each.toolTip() for each in (guests.print_button, guests.blank_button)] == [
        "Ruled like the paper book", "A form with empty lines, to fill in by hand",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2026, 1, 1), YEAR), (date(2026, 12, 31), YEAR), (date(2025, 12, 31), ALL),
     (date(2027, 1, 1), ALL)],
)  # fmt: skip
def test_what_was_written_is_seen_whatever_its_year(
    guests: RegisterPart, day: date, shown: str
) -> None:
    assert guests.form is not None
    guests.form.saved.emit(None)
    assert guests.years.value() == YEAR, "nothing was written yet"
    guests.form.written = day
    guests.form.saved.emit(None)
    assert guests.years.value() == shown


def test_a_line_is_written_on_the_page(guests: RegisterPart, still: Workspace) -> None:
    assert guests.form is not None
    save = guests.save_button
    assert (save.text(), save.property("kind"), save.toolTip()) == (
        "Note it", "primary", "Note it (Ctrl+S)",
    )  # fmt: skip
    assert still.ui.t(GUESTS.empty) in said(guests)
    assert guests.form.derived() == {"book": "guests"}
    assert guests.form.date.value() is not None
    wanted = {key for key in guests.form.fields if key in dict.fromkeys(
        column[0] for column in GUESTS.columns) and guests.form.fields[key].problem()}  # fmt: skip
    assert wanted == {key for key, _, _ in GUESTS.columns if GUESTS.requires(key)}


# -- books that fill themselves ------------------------------------------------------------------

WATI = Party(code="wati", name="wati", role="member", born=date(1970, 1, 2), sex="F", work="Tani",
             address="RT 2\nKaliawi", joined=date(2020, 1, 1), left=date(2025, 12, 31))  # fmt: skip
ANI = Party(code="ani", name="Ani", role="member")
SHOP = Party(code="shop", name="Aaa", role="shop")


def test_members_are_listed_by_name(still: Workspace, around: QWidget, forms: list[Any]) -> None:
    part: MembersPart = placed(MembersPart(still), around)
    part.refresh()
    assert "No members are set up yet" in said(part)
    still.setup = setup(wati=WATI, ani=ANI, shop=SHOP)
    part.refresh()
    day = still.ui.short_day
    assert cells(part) == [
        (Cell("Ani", bold=True), Cell(""), Cell(""), Cell(""), Cell(""), Cell(""), Cell("")),
        (Cell("wati", tone="quiet"), Cell(day(date(1970, 1, 2))), Cell("F"), Cell("Tani"),
         Cell("RT 2, Kaliawi"), Cell(day(date(2020, 1, 1))), Cell(day(date(2025, 12, 31)))),
    ]  # fmt: skip
    assert part.foot.remark.text() == "1 member · 1 has left"
    part.seek.setText("wati")
    assert part.foot.remark.text() == "0 members · 1 has left"
    part.seek.clear()
    button(part, "Add").click()
    part.table.opened.emit("wati")
    assert forms == [("party", {"role": "member"}), ("party", {"code": "wati"})]
    still.person = Person("Dewi", Role.AUDITOR)
    part.table.opened.emit("wati")
    assert len(forms) == 2
    assert part.report == "member-book"


@pytest.mark.parametrize("more", [False, True])
def test_officers_are_those_of_the_group(
    still: Workspace, around: QWidget, forms: list[Any], more: bool
) -> None:
    part: OfficersPart = placed(OfficersPart(still), around)
    part.refresh()
    assert "No officers are set up yet" in said(part)
    above = {"umbrella": ABOVE, "extension_officer": OFFICER} if more else {}
    still.setup = setup(Group(**{name: getattr(GROUP, name) for name in (
        "name", "village", "district", "city", "chair", "treasurer", "language", "paper",
    )}, **above))  # fmt: skip
    part.refresh()
    others = [("Chandra", "Coordinator of LKM Persada"), ("Dewi", "Extension officer")]
    wanted = [("Aryanah", "Chair"), ("Siti", "Treasurer"), *(others if more else [])]
    assert cells(part) == [(Cell(name, bold=True), Cell(office)) for name, office in wanted]
    button(part, "Change").click()
    part.table.opened.emit("Chair")
    assert forms == [("group", {})]
    assert part.foot.remark.text() == f"{len(wanted)} officers"


def test_what_the_group_owns_is_listed_with_its_price(
    still: Workspace, around: QWidget, forms: list[Any], books: Books
) -> None:
    part: InventoryPart = placed(InventoryPart(still), around)
    account = books.chart()["1202"]
    asset = SimpleNamespace(name="Pump", code="P-1", acquired=date(2026, 1, 5), cost=750_000)
    owned = SimpleNamespace(asset=asset, account=account, number="BKK-1", source="")
    shown_with(part, page=SimpleNamespace(owned=(owned,)))
    (row,) = cells(part)
    assert [each.text for each in row] == [
        "Pump", "P-1", account_name(still.ui, account),
        still.ui.formats.day(date(2026, 1, 5)), "750,000",
    ]  # fmt: skip
    assert (row[0].bold, part.foot.remark.text()) == (True, "1 asset")
    went: list[str] = []
    still.place_wanted.connect(lambda there: went.append(f"{there.place}/{there.part}"))
    part.table.opened.emit("BKK-1")
    assert went == ["journal/BKK-1"]
    shown_with(part, page=SimpleNamespace(owned=()))
    button(part.empty, "Buy an asset").click()
    assert forms == [("asset_acquisition", {})]
    right = Qt.AlignmentFlag.AlignRight
    ends = [part.table.list_model.alignment(at) & right for at in range(5)]
    assert [bool(each) for each in ends] == [False, False, False, False, True]


# -- dues ----------------------------------------------------------------------------------------


def house(code: str, paid: dict[str, int], *owing: str, usual: int | None = 10_000) -> House:
    party = Party(code=code, name=f"Bu {code}", role="resident", address=f"RT {code}")
    months = {Month(each): amount for each, amount in paid.items()}
    return House(party, months, tuple(Month(each) for each in owing), usual)


@pytest.fixture
def dues(still: Workspace, around: QWidget, forms: list[Any]) -> DuesPart:
    made: DuesPart = placed(DuesPart(still), around)
    made.writer = cast("Any", Papers())
    return made


def test_houses_stand_against_the_months_of_the_year(dues: DuesPart, still: Workspace) -> None:
    ani = house("ani", {"2026-05": 10_000, "2026-06": 12_000})
    budi = house("budi", {}, "2026-05", "2026-06")
    new = house("new", {}, "2026-06", usual=None)
    dues.resize(1_200, 600)
    for each in (dues, dues.window()):
        each.show()
    shown_with(dues, page=Residents((ani, budi, new), 22_000, 20_000))
    model = dues.table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    names = [still.ui.formats.month_name(n)[:3] for n in range(1, 13)]
    assert heads == ["House", *names, "Paid", "Arrears"]
    first, second, third = cells(dues)
    assert first[0] == Cell("Bu ani", "RT ani", bold=True)
    nothing, missing = Cell("·", tone="quiet"), Cell("✕", tone="warn")
    assert list(first[1:13]) == [*[nothing] * 4, Cell("10,000"), Cell("12,000"), *[nothing] * 6]
    assert list(second[1:13]) == [*[nothing] * 4, missing, missing, *[nothing] * 6]
    assert first[13:] == (Cell("22,000", bold=True), Cell("", tone="warn"))
    assert second[13:] == (Cell("0", bold=True), Cell("20,000", tone="warn"))
    assert third[13:] == (Cell("0", bold=True), Cell("", tone="warn")), "nobody ever paid"
    sums = {title: each.text() for title, each in dues.foot.sums.items()}
    assert sums == {"Kept for the residents": "Rp22,000", "In their cash": "Rp20,000"}
    assert dues.foot.remark.text() == "3 houses"
    gone = replace(budi, party=replace(budi.party, left=date(2026, 5, 31)))
    for month, where, count in (
        ("2026-05", "moved out 31 May · RT budi", "2 houses · 1 has moved out"),
        ("2026-04", "RT budi", "3 houses"),
    ):
        still.show_month(month)
        shown_with(dues, page=Residents((ani, gone, new), 0, 0))
        assert (cells(dues)[1][0].second, dues.foot.remark.text()) == (where, count)
    dues.seek.setText("rt BUDI")
    assert [each.key for each in dues.table.list_model.rows] == ["budi"]


def test_what_a_house_owes_is_filled_in(
    dues: DuesPart, still: Workspace, forms: list[tuple[str, dict[str, object]]]
) -> None:
    told: list[str] = []
    still.said.connect(lambda message: told.append(message.strong))
    houses = (house("ani", {}), house("budi", {}, "2026-05", "2026-06"),
              house("new", {}, "2026-06", usual=None))  # fmt: skip
    shown_with(dues, page=Residents(houses, 0, 0))
    for key in ("ani", "budi", "new"):
        dues.table.opened.emit(key)
    assert told == ["Bu ani owes nothing."]
    owed = {"party": "budi", "months": ["2026-05", "2026-06"], "amount": 20_000}
    assert forms == [("dues", {"lines": [owed]}),
                     ("dues", {"lines": [{"party": "new", "months": ["2026-06"]}]})]  # fmt: skip
    still.person = Person("Dewi", Role.AUDITOR)
    for key in ("ani", "budi"):
        dues.table.opened.emit(key)
    assert (len(told), len(forms)) == (1, 2)


def test_residents_can_be_told(
    dues: DuesPart, forms: list[tuple[str, dict[str, object]]], still: Workspace
) -> None:
    shown_with(dues, page=Residents((house("ani", {}),), 0, 0))
    report = button(dues, "KPP report")
    assert report.toolTip() == "Money, facilities and arrears, for the residents"
    report.click()
    dues.print_button.click()
    assert dues.blank_button.isHidden()
    days = {"start": date(2026, 1, 1), "end": date(2026, 6, 30)}
    told = cast("Any", dues.writer).told
    asked = [({key: getattr(each[2], key) for key in days}, each[2].month) for each in told]
    known = [{key: day for key, day in days.items() if key in KINDS[name].asks}
             for name in ("residents", "dues")]  # fmt: skip
    for (found, month), wanted in zip(asked, known, strict=True):
        assert {key: day for key, day in found.items() if day is not None} == wanted
        assert month == (None if wanted else "2026-06")
    for name in ("dues", "payment", "party"):
        dues.bar.buttons[name].click()
    upkeep = {"from": "1104", "lines": [{"account": "2104"}]}
    assert forms == [("dues", {}), ("payment", upkeep), ("party", {"role": "resident"})]
    shown_with(dues, page=Residents((), 0, 0))
    assert "No houses yet" in said(dues)


@pytest.mark.parametrize("height", [600, 344])
def test_what_is_written_is_whole_and_the_ground_of_the_page_shows_around_it(
    guests: RegisterPart, around: QWidget, still: Workspace, height: int
) -> None:
    column(guests, parent=around)
    around.resize(1_000, height)
    around.show()
    QApplication.processEvents()
    writing = guests.findChild(Card)
    assert guests.form is not None
    assert writing.isAncestorOf(guests.form)
    corner = writing.mapTo(around, QPoint(0, 0))
    assert around.grab().toImage().pixelColor(corner) == still.ui.theme.color("canvas")
    assert writing.height() >= writing.sizeHint().height()
    assert guests.table.height() >= guests.table.minimumHeight()
