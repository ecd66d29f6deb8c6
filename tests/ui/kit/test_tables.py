"""Reports and lists as tables."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.long_rows import WINDOW
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from ui.kit.layout import tooltip
from ui.kit.list import Heading, ListModel, ListRow, ListTable, head_row
from ui.kit.look import GUTTER, Mode, UiContext
from ui.kit.report_model import ReportModel
from ui.kit.report_table import ReportTable
from ui.kit.table import PAD_TIGHT, Cell, Role

RIGHT = Qt.AlignmentFlag.AlignRight


def ledger(rows: int) -> Report:
    """A list of lines: date, text, amount."""
    start = date(2026, 1, 1)
    return Report(
        name="ledger",
        title="Buku besar",
        label="Uraian",
        label_at=1,
        columns=(
            Column("date", "Tanggal", ColumnType.DATE),
            Column("amount", "Jumlah", ColumnType.MONEY),
        ),
        rows=tuple(
            Row(f"Catatan {n:07}", (start + timedelta(days=n % 365), (n * 7919) % 100_003 - 50_000))
            for n in range(rows)
        ),
        layout=Layout.LEDGER,
    )


STATEMENT = Report(
    name="statement",
    title="Laba rugi",
    label="Uraian",
    columns=(
        Column("now", "Juni 2026", ColumnType.MONEY),
        Column("share", "Bagian", ColumnType.PERCENT),
    ),
    rows=(
        Row("Pendapatan", kind=RowKind.SECTION),
        Row("Sayur", (1_680_000, 505), level=1),
        Row("Beban", (-560_000, 0), level=1),
        Row("Jumlah", (1_120_000, None), kind=RowKind.SUBTOTAL),
        Row("Laba bersih", (1_120_000, None), kind=RowKind.TOTAL),
    ),
)


def cell(model: ReportModel, row: int, column: int, role: int = 0) -> object:
    return model.data(model.index(row, column), role)


def test_the_model_keeps_qt_s_rules(
    ui: UiContext, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    """Through all its changes: what the tester finds wrong is a warning, which fails."""
    model = ReportModel(ui)
    report = ledger(3 * WINDOW)
    watch = QAbstractItemModelTester(model)
    watch.setUseFetchMore(False)  # it would fetch in the middle of a reset
    model.show_report(report, report.rows)
    model.fetchMore(QModelIndex())
    model.sort(2)
    with qtbot.waitSignal(model.found):
        model.find("catatan")
    model.fetch_all()
    model.show_report(STATEMENT, STATEMENT.rows)
    del watch
    qtmodeltester.check(model, force_py=True)


def test_columns_that_are_close_keep_their_distance_to_the_edges(
    ui: UiContext, qtbot: QtBot
) -> None:
    table = ListTable(ui, [Heading(each) for each in ("Tanggal", "Nomor", "Uang")], tight=True)
    qtbot.addWidget(table)
    assert [table.pads(column) for column in range(3)] == [
        (GUTTER, PAD_TIGHT), (PAD_TIGHT, PAD_TIGHT), (PAD_TIGHT, GUTTER),
    ]  # fmt: skip


def test_a_ledger_tells_the_account_across_by_its_name(ui: UiContext) -> None:
    report = replace(
        ledger(0),
        columns=(Column("counter", "Lawan", ColumnType.CODE),),
        rows=(Row("Belanja", ("1126+",)), Row("Setor", ("1103",)), Row("Saldo awal", (None,))),
    )
    model = ReportModel(ui)
    model.accounts = {"1126": "Bahan Olahan", "1103": "Bank Rekening Kelompok"}
    model.show_report(report, report.rows)
    tips = [cell(model, row, 0, Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert tips == ["Bahan Olahan dan lainnya", "Bank Rekening Kelompok", None]


Told = Callable[[QTableView, int, int], str]


@pytest.fixture
def told_at(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What a cell says while the mouse rests on it, of its own words."""
    said = [""]

    class ToolTip:
        @staticmethod
        def showText(_place: QPoint, text: str, *_within: object) -> None:  # noqa: N802 - Qt's name
            said.append(text)

    def tell(table: QTableView, row: int, column: int) -> str:
        said[:] = [""]
        place = table.visualRect(table.model().index(row, column)).center()
        over = table.viewport()
        rests = QHelpEvent(QEvent.Type.ToolTip, place, over.mapToGlobal(place))
        QApplication.sendEvent(over, rests)
        return said[-1]

    monkeypatch.setattr("ui.kit.table.QToolTip", ToolTip)
    return tell


@pytest.mark.parametrize("level", [0, 1])
def test_words_that_a_cell_has_no_room_for_are_told_at_the_mouse(
    ui: UiContext, qtbot: QtBot, told_at: Told, level: int
) -> None:
    words = "Laba (rugi) sebelum pajak penghasilan, <b>bulan</b> pertama"
    long, short = Row(words, (1, 2), level=level), Row("Sayur", (1, 2), level=level)
    section = Row(words, kind=RowKind.SECTION)  # runs on over the empty cells behind it
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_report(replace(STATEMENT, rows=(long, short, section)))
    table.show()
    assert told_at(table.view, 0, 0) == tooltip(words)
    assert told_at(table.view, 1, 0) == ""
    assert told_at(table.view, 0, 1) == "", "the amount has its room"
    assert told_at(table.view, 2, 0) == told_at(table.view, 2, 1) == tooltip(words)
    table.resize(2_000, 300)
    assert [told_at(table.view, row, 0) for row in range(3)] == ["", "", ""]


def test_what_an_entry_says_in_small_letters_is_told_with_it(
    ui: UiContext, qtbot: QtBot, told_at: Told
) -> None:
    second = "Bu Siti, Warung Sumber Rejeki, dua puluh bungkus keripik bayam dan pare"
    table = ListTable(ui, [Heading("Uraian"), Heading("Jumlah")])
    qtbot.addWidget(table)
    table.show_rows([ListRow("a", (Cell("Titip", second), Cell("1")))])
    table.resize(300, 200)
    table.show()
    assert told_at(table, 0, 0) == f"Titip\n{second}"


def test_cells_are_written_by_their_type(ui: UiContext) -> None:
    model = ReportModel(ui)
    model.show_report(STATEMENT, STATEMENT.rows)
    formats = ui.formats
    assert cell(model, 1, 1) == formats.number(1_680_000)
    assert cell(model, 2, 1) == f"({formats.number(560_000)})"
    assert cell(model, 1, 2) == formats.percent(505)
    assert cell(model, 0, 1) == ""
    assert cell(model, 1, 1, Role.RAW) == 1_680_000
    assert cell(model, 1, 0, Role.LEVEL) == 1
    assert cell(model, 3, 0, Role.BOLD)
    assert not cell(model, 1, 0, Role.BOLD)
    for column, right in ((0, False), (1, True), (2, True)):
        alignment = model.headerData(
            column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        assert bool(alignment & RIGHT) is right, "a heading stands as its column does"


def test_a_million_lines_are_handed_over_as_one_scrolls(ui: UiContext) -> None:
    model, report = ReportModel(ui), ledger(20)
    model.show_report(report, report.rows * 50_000)
    assert model.rowCount() == WINDOW
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * WINDOW
    model.fetch_all()
    assert model.rowCount() == model.total_rows == 1_000_000
    assert not model.canFetchMore(QModelIndex())
    assert cell(model, 999_999, 1) == report.rows[-1].label


def test_scrolling_to_the_end_fetches(ui: UiContext, qtbot: QtBot) -> None:
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.show_report(ledger(3 * WINDOW))
    bar = table.view.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return table.model.rowCount() == 3 * WINDOW

    qtbot.waitUntil(at_the_end)


def test_columns_stay_where_they_are_when_a_list_gets_longer(ui: UiContext, qtbot: QtBot) -> None:
    """As a search is cleared: the bar comes up over the margin at the right."""
    table = ListTable(ui, head_row("Barang", "Jumlah", figures=(1,)))
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    rows = [ListRow(n, (Cell(f"Sayur {n:02}"), Cell("1.000"))) for n in range(40)]
    table.show_rows(rows[:3])
    head = table.horizontalHeader()
    before = [head.sectionPosition(1), head.sectionSize(1)]
    assert table.bar.isHidden()
    table.show_rows(rows)
    qtbot.waitUntil(table.bar.isVisible)
    assert [head.sectionPosition(1), head.sectionSize(1)] == before
    assert table.bar.x() >= head.length() - GUTTER


def test_end_goes_to_the_last_line(ui: UiContext, qtbot: QtBot) -> None:
    table = ReportTable(ui)
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    report = ledger(3 * WINDOW)
    table.show_report(report)
    found: list[Row] = []
    table.chosen.connect(found.append)
    qtbot.keyClick(table.view, Qt.Key.Key_End)
    assert found == [report.rows[-1]]
    with qtbot.waitSignal(table.activated) as activated:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert activated.args == [report.rows[-1]]


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_sorting_is_by_value(ui: UiContext, column: int, order: Qt.SortOrder) -> None:
    report = ledger(50)
    rows = list(report.rows)
    random.Random(column).shuffle(rows)
    model = ReportModel(ui)
    model.show_report(report, tuple(rows))
    model.sort(column, order)
    values = [cell(model, row, column, Role.RAW) for row in range(len(rows))]
    down = order == Qt.SortOrder.DescendingOrder
    assert values == sorted(values, reverse=down)  # type: ignore[type-var]


def test_a_statement_keeps_its_order(ui: UiContext) -> None:
    model = ReportModel(ui)
    model.show_report(STATEMENT, STATEMENT.rows)
    model.sort(1)
    labels = [cell(model, row, 0) for row in range(len(STATEMENT.rows))]
    assert labels == [row.label for row in STATEMENT.rows]


def test_searching_shows_what_contains_it(ui: UiContext, qtbot: QtBot) -> None:
    report = ledger(20_000)
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.show_report(report)
    wanted = [row for row in report.rows if "Catatan 0001" in row.label]
    with qtbot.waitSignal(table.found) as found:
        table.search("CATATAN 0001")
    assert found.args == [len(wanted)]
    assert cell(table.model, 0, 1) == wanted[0].label
    with qtbot.waitSignal(table.found):
        table.search("")
    assert table.model.total_rows == len(report.rows)


def test_a_newer_search_replaces_the_one_under_way(ui: UiContext, qtbot: QtBot) -> None:
    report = ledger(20_000)
    model = ReportModel(ui)
    model.show_report(report, report.rows)
    model.find("catatan")
    with qtbot.waitSignal(model.found) as found:
        model.find("0012345")
    assert found.args == [1]


def test_the_total_stands_in_the_bar(ui: UiContext, qtbot: QtBot) -> None:
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.show_report(STATEMENT)
    assert table.bar.row == STATEMENT.rows[-1]
    assert table.model.total_rows == len(STATEMENT.rows) - 1
    table.show_report(ledger(5))
    assert table.bar.row is None


def test_a_real_report_can_be_shown(ui: UiContext, qtbot: QtBot, sample_book: Book) -> None:
    report = sample_book.report("trial-balance", Parameters(month="2026-06"), "id")
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.show_report(report)
    table.grab()
    assert table.bar.row is not None
    assert table.model.total_rows == len(report.rows) - 1


# -- lists ---------------------------------------------------------------------------------


def shops(*names: str) -> list[ListRow]:
    return [ListRow(name, (Cell(name, second="RT 03", bold=True), Cell("5"))) for name in names]


def test_the_list_keeps_qt_s_rules(ui: UiContext, qtmodeltester: ModelTester) -> None:
    model = ListModel([Heading("Warung"), Heading("Barang", figures=True)])
    model.show_rows(shops("Siti", "Joko"))
    qtmodeltester.check(model)
    assert model.index(0, 0).data(Role.SECOND) == "RT 03"
    assert model.index(0, 0).data(Role.RAW) == "Siti"


def test_a_badge_is_seen_on_a_row_of_its_own_colour(ui: UiContext, qtbot: QtBot) -> None:
    table = ListTable(ui, (Heading("Hasil"),))
    qtbot.addWidget(table)
    table.show_rows([ListRow("x", (Cell("Cocok", tone="good", badge=True),))])
    table.resize(200, 120)
    table.show()

    def colours() -> set[str]:
        shown = table.viewport().grab(table.row_rect(0)).toImage()
        return {shown.pixelColor(x, 18).name() for x in range(shown.width())}

    palette = ui.theme.palette
    assert palette.soft.lower() in colours()
    table.select(0)
    assert {palette.soft.lower(), palette.surface.lower()} <= colours()


@pytest.mark.parametrize(("tone", "edge"), [("good", "line"), ("warn", "amber"), ("error", "red")])
def test_with_strong_contrast_a_badge_has_an_edge(
    ui: UiContext, qtbot: QtBot, tone: str, edge: str
) -> None:
    """As badges beside the list have."""
    table = ListTable(ui, (Heading("Setor terakhir"),))
    qtbot.addWidget(table)
    table.resize(200, 120)
    table.show()
    table.show_rows([ListRow("x", (Cell("35 hari", tone=tone, badge=True),))])
    for mode, seen in ((Mode.LIGHT, False), (Mode.CONTRAST, True)):
        ui.theme.use(mode, 100)
        shown = table.viewport().grab(table.row_rect(0)).toImage()
        above_words = {shown.pixelColor(30, y).name() for y in range(4, 12)}
        assert (getattr(ui.theme.palette, edge).lower() in above_words) == seen


def test_what_was_selected_stays_selected(ui: UiContext, qtbot: QtBot) -> None:
    table = ListTable(ui, [Heading("Warung"), Heading("Barang", figures=True)])
    qtbot.addWidget(table)
    table.show_rows(shops("Siti", "Joko", "Yanti"))
    with qtbot.waitSignal(table.chosen) as chosen:
        table.choose("Joko")
    assert chosen.args == ["Joko"]
    table.show_rows(shops("Amin", "Siti", "Joko"))
    assert table.key == "Joko"
    table.show_rows(shops("Siti"))
    assert table.key is None


def test_words_beside_the_name_of_a_section_take_no_room_from_figures(
    ui: UiContext, qtbot: QtBot
) -> None:
    columns = (
        Column("counter", "Lawan", ColumnType.CODE),
        Column("debit", "Debit", ColumnType.MONEY),
        Column("balance", "Saldo", ColumnType.MONEY),
    )
    line = Row("Simpanan wajib", ("3102", 190_000, 1_759_700))
    widths = []
    for words in ("D", "Saldo normal debit, seperti pada neraca"):
        section = Row("Kas Tunai Bendahara", (words, None, None), kind=RowKind.SECTION)
        table = ReportTable(ui)
        qtbot.addWidget(table)
        table.resize(700, 200)
        table.show_report(Report("l", "Buku besar", columns, (section, line), label="Uraian"))
        table.show()
        widths.append([table.view.columnWidth(column) for column in range(4)])
    assert widths[0] == widths[1]
    painted = table.view.viewport().grab(table.view.row_rect(0)).toImage()
    beyond = table.view.columnViewportPosition(2) + table.view.pad
    dark = ui.theme.color("text").lightness() + 60
    assert any(
        painted.pixelColor(x, y).lightness() < dark
        for x in range(beyond, beyond + 40)
        for y in range(painted.height() - 2)
    )


def test_on_a_wide_screen_every_column_gets_more_room(ui: UiContext, qtbot: QtBot) -> None:
    table = ListTable(ui, (Heading("Barang"), Heading("Satuan"), Heading("Harga", figures=True)))
    qtbot.addWidget(table)
    table.show_rows([ListRow("x", (Cell("Cabai rawit"), Cell("kg"), Cell("38.000")))])
    table.resize(1000, 200)
    table.show()
    narrow = [table.columnWidth(column) for column in range(3)]
    table.resize(1700, 200)
    wide = [table.columnWidth(column) for column in range(3)]
    shares = [after - before for before, after in zip(narrow, wide, strict=True)]
    assert min(shares) > sum(shares) // 5


def test_on_a_wide_screen_no_texts_are_cut_so_that_others_have_more_room(
    ui: UiContext, qtbot: QtBot
) -> None:
    table = ListTable(ui, (Heading("Barang"), Heading("Satuan"), Heading("Harga", figures=True)))
    qtbot.addWidget(table)
    goods = "Sayur campur 33 kg, cabai rawit 2,75 kg, keripik bayam 7 bungkus, " * 3
    table.show_rows([ListRow("x", (Cell(goods), Cell("kg"), Cell("38.000")))])
    table.resize(1600, 200)
    table.show()
    assert table.columnWidth(0) >= table.sizeHintForColumn(0)


def test_columns_of_words_give_way_before_a_list_scrolls_sideways(
    ui: UiContext, qtbot: QtBot
) -> None:
    """The widest are cut to one width, others and figures stay whole; with room all are whole."""
    long, short = "Monitoring dan evaluasi program", "Staf"
    table = ListTable(ui, head_row("Untuk", "Jabatan", "Kesan", "Jumlah", figures=(3,)))
    qtbot.addWidget(table)
    table.give_way = range(3)
    table.show()
    row = ListRow("a", tuple(map(Cell, (long, short, long + long, "1.000.000.000.000.000"))))
    table.resize(2_000, 200)
    table.show_rows([row])
    needed = [table.sizeHintForColumn(at) for at in range(4)]
    for room in (700, 600, 520):
        table.resize(room, 200)
        QApplication.processEvents()
        first, post, last, amount = (table.columnWidth(at) for at in range(4))
        assert table.horizontalScrollBar().maximum() == 0
        assert first + post + last + amount == room
        heading = table.horizontalHeader().sectionSizeHint(1)
        assert post == max(heading, table.sizeHintForColumn(1))
        assert amount == table.sizeHintForColumn(3)
        assert 0 <= first - last < 4
        assert last < needed[2]
    table.resize(2_000, 200)
    QApplication.processEvents()
    assert [table.sizeHintForColumn(at) for at in range(4)] == needed


LONG = "Beli pupuk kandang dan polybag di Toko Tani Makmur, " * 2


@pytest.mark.parametrize(
    ("first", "second"), [(LONG, "Beli"), ("Beli", LONG), (LONG, LONG), ("Beli", "Jual")]
)
def test_of_two_columns_with_long_texts_one_leaves_the_other_what_it_does_not_need(
    ui: UiContext, qtbot: QtBot, first: str, second: str
) -> None:
    headings = Heading("Menjadi"), Heading("Jumlah"), Heading("Perlu dilihat")
    table, usual = ListTable(ui, headings), ListTable(ui, headings)
    for each in (table, usual):
        qtbot.addWidget(each)
        each.show_rows([ListRow("x", (Cell(first), Cell("75.000"), Cell(second)))])
    table.stretch(0, 2)
    table.resize(800, 200)
    table.show()
    heading, texts = table.horizontalHeader().sectionSizeHint, usual.sizeHintForColumn
    needed = {at: max(heading(at), texts(at)) for at in (0, 2)}
    given = {at: table.columnWidth(at) for at in (0, 2)}
    both = table.viewport().width() - table.columnWidth(1)
    assert sum(given.values()) == both, "no pixel is lost, and none hidden"
    if (needed[0] > both // 2) == (needed[2] > both // 2):
        assert abs(given[0] - given[2]) <= 1
    for one, other in ((0, 2), (2, 0)):
        assert given[one] >= min(needed[one], max(both // 2, both - needed[other]))


def test_a_crowded_list_keeps_its_distance_to_the_edge_where_it_has_room(
    ui: UiContext, qtbot: QtBot
) -> None:
    table = ListTable(ui, [Heading(each) for each in ("Rumah", "Jan", "Dibayar")], tight=True)
    qtbot.addWidget(table)
    table.crowded = True
    table.show()
    for width, edge in ((1366, PAD_TIGHT), (1920, GUTTER)):
        table.resize(width, 200)
        assert table.pads(0) == (edge, PAD_TIGHT)


def test_headings_stand_above_their_columns_however_early_those_move_apart(
    ui: UiContext, qtbot: QtBot
) -> None:
    """Qt may have asked for the headings' widths before the table is shown."""
    headings = [Heading(each) for each in ("Tanggal", "Nomor", "Uang")]
    tables = [ListTable(ui, headings, tight=tight) for tight in (False, True)]
    for table in tables:
        qtbot.addWidget(table)
        table.horizontalHeader().sectionSizeHint(1)
        table.set_tight(False)
    loose, moved = (table.horizontalHeader().sectionSizeHint(1) for table in tables)
    assert loose == moved


def test_columns_of_a_ledger_move_closer_before_its_texts_are_cut(
    ui: UiContext, qtbot: QtBot
) -> None:
    said = replace(ledger(3), rows=(Row("Belanja bahan keripik, Pasar Bambu Kuning", (None, 1)),))
    table = ReportTable(ui)
    qtbot.addWidget(table)
    table.show()
    table.show_report(said)
    table.resize(1200, 300)
    assert table.view.pad == GUTTER
    for room in range(1200, 200, -4):
        table.resize(room, 300)
        if table.view.columnWidth(1) < table.view.sizeHintForColumn(1):
            break
    assert table.view.pad == PAD_TIGHT


def test_columns_that_move_closer_give_their_room_back(ui: UiContext, qtbot: QtBot) -> None:
    table = ListTable(ui, [Heading(each) for each in ("Kejadian", "Nomor", "Uang")])
    qtbot.addWidget(table)
    table.show_rows([ListRow("x", (Cell("Panen"), Cell("BKM-2606-0012"), Cell("425.000")))])
    table.resize(1000, 200)
    table.show()
    before = table.columnWidth(1)
    table.set_tight(True)
    assert table.columnWidth(1) == before - 2 * (GUTTER - PAD_TIGHT)
