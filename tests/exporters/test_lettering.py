"""Where the letters and rules of a table stand, drawn alone on a page that remembers; in points."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kwt_books.exporters.pdf.body import Preparer
from kwt_books.exporters.pdf.job import (
    A4,
    BOLD,
    ITALIC,
    REGULAR,
    SEMIBOLD,
    Pen,
    figure_size,
    register,
    setting_of,
    width,
)
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value
from tests.exporters.ink import LEFT, TOP, Ink, Said

FORMATS, WORDS = Formats("id"), Translator("id")
WIDE = 480.0
PAD, FIGURE_PAD, CAPITAL = 3.4, 4.8, 0.66
"""Between a column's edges and its letters; how high a capital is, of its size."""


class Plain:
    """Letters that are their own codes."""

    def __init__(self, font: str) -> None:
        self.name = font

    def of(self, text: str) -> str:
        return text


class Written(Ink):
    """Reads what is written in one text object."""

    def addLiteral(self, text: str) -> None:  # noqa: N802
        at = [0.0, 0.0]
        begin, *lines, end = text.splitlines()
        assert (begin, end) == ("BT", "ET")
        for line in lines:
            if set_as := re.fullmatch(r"(\w+) (\S+) Tf", line):
                self.setFont(set_as[1], float(set_as[2]))
                continue
            moved = re.fullmatch(r"(\S+) (\S+) Td \((.*)\) Tj", line)
            assert moved is not None, line
            at = [at[0] + float(moved[1]), at[1] + float(moved[2])]
            self.drawString(at[0], at[1], moved[3])


class PlainPen(Pen):
    def codes(self, font: str) -> Plain:  # type: ignore[override]
        return Plain(font)


class Page:
    number = 3

    def __init__(self) -> None:
        self.ink = Written()
        self.pen = PlainPen(self.ink)


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def table(report: Report, **how: object) -> Table:
    preparer, setting = Preparer(report, FORMATS, "Kode"), setting_of(report.layout, A4)
    rows = list(report.rows)
    plan = preparer.columns(rows, WIDE, setting)
    assert plan is not None
    rolled = Rolled.roll(preparer.body(rows, plan), setting)
    return Table(rolled, WORDS, empty="Kosong", **how)  # type: ignore[arg-type]


def drawn(made: Table) -> Ink:
    page = Page()
    made.draw(page, LEFT, TOP)
    return page.ink


COLUMNS = (
    Column("date", "Tanggal", ColumnType.DATE),
    Column("number", "No.", ColumnType.CODE),
    Column("memo", "Keterangan", ColumnType.TEXT),
    Column("debit", "Debit", ColumnType.MONEY, summed=True),
    Column("balance", "Saldo", ColumnType.MONEY),
)


def line(label: str, n: int, debit: int, kind: RowKind = RowKind.LINE, level: int = 0) -> Row:
    cells: tuple[Value, ...] = (date(2026, 6, n), f"BK-{n:02}", f"Memo {n}", debit, 1_000 + n)
    return Row(label, cells, kind=kind, level=level)


def book(count: int, layout: Layout = Layout.BOOK) -> Report:
    rows = [line(f"Baris {n}", n, 100 * n if n % 2 else -100 * n) for n in range(1, count + 1)]
    rows.append(Row("Jumlah", (None, None, None, 5_000, None), kind=RowKind.TOTAL))
    return Report("any", "Apa saja", COLUMNS, tuple(rows), label="Uraian", label_at=2,
                  layout=layout)  # fmt: skip


def rows_below(made: Table) -> list[float]:
    """Where the rows of a grid begin, below the heads."""
    top = TOP - made.head_height()
    return [top - made.setting.pitch * n for n in range(made.end - made.first)]


def test_letters_of_a_grid_stand_in_their_columns_and_at_half_the_pitch() -> None:
    made = table(book(5))
    ink, setting, cols = drawn(made), made.setting, made.body.cols
    assert [col.key for col in cols] == ["date", "number", "#label", "memo", "debit", "balance"]
    texts = [each for each in ink.texts if each.y < TOP - made.head_height()]
    drop = (setting.pitch + CAPITAL * setting.size) / 2
    for number, (body_line, top) in enumerate(zip(made.body.lines, rows_below(made), strict=True)):
        said = [each for each in texts if each.y == pytest.approx(top - drop, abs=0.002)]
        shown = [(col, text) for col, text in zip(cols, body_line.cells, strict=True) if text]
        assert [each.text for each in said] == [text for _, text in shown]
        total = number == 5
        for each, (col, text) in zip(said, shown, strict=True):
            figures = col.align == "right"
            font = BOLD if total else REGULAR
            assert each.font == font
            size = figure_size(font, setting.size) if figures else setting.size
            assert each.size == pytest.approx(size, abs=0.001)
            wide = width(text, font, size)
            x = LEFT + col.x0 + PAD
            if col.align == "centre":
                x = LEFT + (col.x0 + col.x1 - wide) / 2
            elif figures:
                hang = width(")", font, size) if text.endswith(")") else 0
                x = LEFT + col.x1 - FIGURE_PAD + hang - wide
            assert each.x == pytest.approx(x, abs=0.01), text


def test_rules_of_a_grid_lie_between_rows_and_columns_and_close_it_twice() -> None:
    made = table(book(5))
    ink, cols = drawn(made), made.body.cols
    edges = [LEFT, *(LEFT + col.x1 for col in cols)]
    tops = rows_below(made)
    bottom = tops[-1] - made.setting.pitch
    fine = [each for each in ink.lines_drawn if each[4] == 0.25]
    level = [y for x, y, to_x, to_y, _ in fine if y == to_y and (x, to_x) == (LEFT, LEFT + WIDE)]
    assert sorted({round(y, 2) for y in level if y < tops[0]}, reverse=True) == pytest.approx(
        [*tops[1:], bottom], abs=0.01
    )
    upright = [each for each in fine if each[0] == each[2] and each[1] == pytest.approx(tops[0])]
    assert [x for x, *_ in upright] == pytest.approx(edges)
    assert [to_y for *_, to_y, _ in upright] == pytest.approx([bottom] * len(edges))
    strong = [each for each in ink.lines_drawn if each[4] == 0.8]
    assert [y for _, y, *_ in strong] == pytest.approx([tops[-1], bottom, bottom - 1.9])
    assert all((x, to_x) == (LEFT, LEFT + WIDE) for x, _, to_x, _, _ in strong)
    open_ended = drawn(table(replace(book(5), rows=book(5).rows[:-1])))
    ended = [each for each in open_ended.lines_drawn if each[1] < tops[0] and each[4] == 0.5]
    assert [y for _, y, *_ in ended] == pytest.approx([bottom + made.setting.pitch])


def test_the_heads_of_a_grid_are_numbered_and_boxed() -> None:
    made = table(book(1))
    ink, setting, cols = drawn(made), made.setting, made.body.cols
    size = setting.size * 0.95
    band = 0.72 * size + size * 1.14
    low = TOP - band
    assert ink.boxes == [
        pytest.approx((LEFT, low, WIDE, band)), pytest.approx((LEFT, low - 9.5, WIDE, 9.5))
    ]  # fmt: skip
    assert ink.filled[0] < ink.filled[1] < 1
    assert made.head_height() == pytest.approx(band + 9.5)
    heads, numbers = ink.texts[6:12], ink.texts[:6]
    assert [each.text for each in numbers] == list("123456")
    assert {(each.y, each.size) for each in numbers} == {(low - 7, setting.size - 2)}
    assert [each.text for each in heads] == [col.label for col in cols]
    assert {(each.font, each.size) for each in heads} == {(SEMIBOLD, size)}
    assert [each.y for each in heads] == pytest.approx([TOP - 0.36 * size - size * 0.9] * 6)
    for number, head, col in zip(numbers, heads, cols, strict=True):
        middle = LEFT + (col.x0 + col.x1) / 2
        assert number.middle == pytest.approx(middle)
        if col.align == "left":
            assert head.x == pytest.approx(LEFT + col.x0 + PAD)
        else:
            assert head.middle == pytest.approx(middle)
    level = [(y, thick) for _, y, _, to_y, thick in ink.lines_drawn[:3] if y == to_y]
    assert level == [
        (pytest.approx(low), 0.25), (TOP, 0.5), (pytest.approx(low - 9.5), 0.5)
    ]  # fmt: skip


def test_sums_go_over_a_page_break_at_the_columns_they_are_of() -> None:
    whole = table(book(9))
    first, rest = replace(whole, last=4), replace(whole, first=4)
    pitch, drop = whole.setting.pitch, (whole.setting.pitch + CAPITAL * whole.setting.size) / 2
    debit, balance, label = whole.body.cols[4], whole.body.cols[5], whole.body.cols[2]
    carried = FORMATS.accounting(100 - 200 + 300 - 400)
    start = TOP - whole.head_height()
    for made, said, top in (
        (first, "Dipindahkan ke halaman 4", start - 4 * pitch),
        (rest, "Pindahan dari halaman 2", start),
    ):
        ink = drawn(made)
        words, *sums = [each for each in ink.texts if each.y == pytest.approx(top - drop, abs=0.01)]
        assert (words.text, words.font, words.x) == (
            said, ITALIC, pytest.approx(LEFT + label.x0 + PAD, abs=0.01)
        )  # fmt: skip
        assert [each.text for each in sums] == [carried, FORMATS.accounting(1_004)]
        size = figure_size(SEMIBOLD, whole.setting.size)
        assert [each.font for each in sums] == [SEMIBOLD] * 2
        assert [each.size for each in sums] == pytest.approx([size] * 2, abs=0.001)
        for each, col in zip(sums, (debit, balance), strict=True):
            hang = width(")", SEMIBOLD, size) if each.text.endswith(")") else 0
            assert each.end == pytest.approx(LEFT + col.x1 - FIGURE_PAD + hang, abs=0.01)
    over = [each for each in drawn(first).lines_drawn if each[4] == 0.8]
    assert [y for _, y, *_ in over] == pytest.approx([start - 4 * pitch]), "a rule over the sums"
    names = [each.text for each in drawn(rest).texts if each.text.startswith("Baris")]
    assert names == [f"Baris {n}" for n in range(5, 10)]


@pytest.mark.parametrize("layout", [Layout.BOOK, Layout.STATEMENT])
def test_words_that_carry_sums_stay_within_a_grids_column_and_run_on_elsewhere(
    layout: Layout,
) -> None:
    columns = (Column("memo", "Keterangan", ColumnType.TEXT), COLUMNS[3])
    rows = tuple(Row("A", ("Setoran titip jual " * 9, n)) for n in range(9))
    made = table(Report("any", "Apa saja", columns, rows, label="No", layout=layout))
    label, memo, debit = made.body.cols
    said = next(each for each in drawn(replace(made, last=4)).texts if "Dipindahkan" in each.text)
    needed = width(said.text, ITALIC, made.setting.size)
    assert label.room + 1 < needed < debit.x0 - 2 * PAD
    if layout is Layout.BOOK:
        assert said.end - said.x == pytest.approx(label.room + 1, abs=0.05)
    else:
        assert said.size == made.setting.size
        assert said.end > LEFT + memo.x0


def test_a_heading_stands_above_its_heads_with_words_at_its_right_end() -> None:
    made = table(book(3), heading="1101  Kas", aside="Saldo normal debit")
    ink = drawn(made)
    heading, aside = ink.texts[:2]
    assert (heading.text, heading.x, heading.font, heading.size) == (
        "1101  Kas", LEFT, SEMIBOLD, 9.8
    )  # fmt: skip
    assert (aside.text, aside.size, aside.end) == (
        "Saldo normal debit", 8.5, pytest.approx(LEFT + WIDE)
    )  # fmt: skip
    assert heading.y == aside.y == TOP - 9.8
    assert ink.boxes[0][1] + ink.boxes[0][3] == pytest.approx(TOP - 17)
    later = drawn(replace(made, first=1))
    assert later.texts[0].text == "1101  Kas (lanjutan)"


def test_an_empty_table_says_so_in_its_first_row() -> None:
    made = table(replace(book(0), rows=()))
    ink = drawn(made)
    said, drop = ink.texts[-1], (made.setting.pitch + CAPITAL * made.setting.size) / 2
    assert (said.text, said.font) == ("Kosong", ITALIC)
    assert said.x == pytest.approx(LEFT + PAD, abs=0.01)
    assert said.y == pytest.approx(TOP - made.head_height() - drop, abs=0.01)


STATEMENT = Report(
    "any", "Apa saja",
    (Column("now", "2026", ColumnType.MONEY), Column("then", "2025", ColumnType.MONEY)),
    (
        Row("ASET", kind=RowKind.SECTION), Row("Lancar", kind=RowKind.SECTION, level=1),
        Row("Kas", (5, 3), level=2), Row("Bank", (-7, None), level=2),
        Row("Jumlah", (12, None), kind=RowKind.SUBTOTAL, level=1),
        Row("Catatan", (None, None), kind=RowKind.NOTE, level=1), Row("Kas", (1, 1), level=2),
        Row("JUMLAH", (13, 4), kind=RowKind.TOTAL),
    ),
    label="Akun",
)  # fmt: skip


def named(ink: Ink, text: str) -> Said:
    return next(each for each in ink.texts if each.text == text)


def test_a_statement_tells_rows_apart_by_fonts_levels_and_rules() -> None:
    made = table(STATEMENT)
    ink, cols, setting = drawn(made), made.body.cols, made.setting
    for text, font, level in (
        ("ASET", BOLD, 0), ("Lancar", SEMIBOLD, 1), ("Bank", REGULAR, 2), ("Jumlah", SEMIBOLD, 1),
        ("Catatan", ITALIC, 1), ("JUMLAH", BOLD, 0),
    ):  # fmt: skip
        each = named(ink, text)
        assert (each.font, each.size) == (font, setting.size)
        assert each.x == pytest.approx(LEFT + PAD + 11 * level, abs=0.01)
    ruled = [each for each in ink.lines_drawn if each[4] == 0.5]
    ends = {col.key: (LEFT + col.x0 + min(7.4, (col.x1 - col.x0) * 0.1), LEFT + col.x1 - 1.6)
            for col in cols[1:]}  # fmt: skip
    spans = [(x, to_x) for x, _, to_x, _, _ in ruled]
    now, then = ends["now"], ends["then"]
    assert spans == [pytest.approx(each) for each in (now, now, then, now, then, now, then)]
    subtotal, total = named(ink, "Jumlah"), named(ink, "JUMLAH")
    (over, above, _, below, _, lowest, _) = [y for _, y, *_ in ruled]
    drop = (setting.pitch + CAPITAL * setting.size) / 2
    assert over == pytest.approx(subtotal.y + drop - 0.3, abs=0.01)
    assert above == pytest.approx(total.y + drop - 0.3, abs=0.01)
    foot = total.y + drop - setting.pitch
    assert (below, lowest) == pytest.approx((foot - 0.4, foot - 2.3), abs=0.01)


def test_rows_are_parted_more_before_larger_sums_and_after_them() -> None:
    made = table(STATEMENT)
    gaps = [gap / made.setting.pitch for gap in made.rolled.gaps]
    section, first, line_, subtotal, note, total = (gaps[at] for at in (1, 2, 3, 4, 5, 7))
    assert gaps[0] == first == line_ == 0
    assert 0 < section < subtotal < total
    assert note == 0 or note < subtotal
    order = [RowKind.LINE, RowKind.NOTE, RowKind.LINE, RowKind.SECTION, RowKind.LINE,
             RowKind.SUBTOTAL, RowKind.SECTION, RowKind.LINE, RowKind.SUBTOTAL, RowKind.SUBTOTAL,
             RowKind.TOTAL, RowKind.SECTION, RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.TOTAL,
             RowKind.TOTAL, RowKind.LINE]  # fmt: skip
    rows = tuple(Row("Kas", (1, 1), kind=kind) for kind in order)
    every = table(replace(STATEMENT, rows=rows)).rolled.gaps
    by_pair = dict(zip(pairwise(order), every[1:], strict=True))
    sub, tot, sec, lin = RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.SECTION, RowKind.LINE
    assert by_pair[lin, RowKind.NOTE] == by_pair[RowKind.NOTE, lin] > 0
    assert by_pair[lin, sub] < by_pair[lin, sec] < by_pair[sub, sec] < by_pair[sub, sub]
    assert by_pair[sub, sub] < by_pair[sub, tot] < by_pair[tot, sec] < by_pair[tot, tot]
    assert by_pair[tot, sub] == by_pair[tot, tot] > by_pair[tot, lin] > by_pair[sub, sub]
    assert all(gap == 0 for gap in table(replace(STATEMENT, layout=Layout.BOOK)).rolled.gaps)


def test_wrapped_text_goes_on_below_itself() -> None:
    long = "Setoran titip jual dari warung di pasar pagi dan dari outlet hari Jumat " * 2
    made = table(replace(book(0), rows=(line(long, 1, 5), line("Pendek", 2, 5))))
    ink, setting = drawn(made), made.setting
    parts = made.body.lines[0].wrapped[2]
    assert len(parts) > 2
    lines = [named(ink, part) for part in parts]
    assert len({each.x for each in lines}) == 1
    apart = [above.y - below.y for above, below in pairwise(lines)]
    assert apart == pytest.approx([setting.size * 1.17] * len(apart), abs=0.01)
    below = named(ink, "Pendek")
    assert lines[0].y - below.y == pytest.approx(
        setting.pitch + (len(parts) - 1) * setting.size * 1.17, abs=0.01
    )
