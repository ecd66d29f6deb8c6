"""Where a table is broken over pages, and how wide its columns are, by rules tried on any table.

All lengths are points.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.exporters.pdf.blocks import WritingLine
from kwt_books.exporters.pdf.body import FIGURE_PAD, LABEL, PAD, Preparer, head_size
from kwt_books.exporters.pdf.job import (
    A4,
    MM,
    REGULAR,
    SEMIBOLD,
    Setting,
    crowded,
    register,
    setting_of,
    width,
)
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind

WORDS, FORMATS = Translator("id"), Formats("id")
MONEY = ColumnType.MONEY
SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)
TAIL = WritingLine("Nama", 400)


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def table(
    rows: list[Row], layout: Layout, *, summed: bool = True, solid: bool = False, heading: str = ""
) -> Table:
    columns = (Column("amount", "Jumlah", MONEY, summed=summed),)
    report = Report("any", "Apa saja", columns, tuple(rows), label="Uraian", layout=layout)
    preparer, setting = Preparer(report, FORMATS, "Kode"), setting_of(layout, A4)
    plan = preparer.fitting(rows, 400, setting)
    assert plan is not None
    rolled = Rolled.roll(preparer.body(rows, plan), plan.setting)
    return Table(rolled, WORDS, heading, tail=(TAIL,), above=9, solid=solid)


kinds = st.lists(
    st.sampled_from([RowKind.LINE] * 6 + [RowKind.SECTION, *SUMS, RowKind.NOTE]), max_size=40
)


def rows_of(found: list[RowKind]) -> list[Row]:
    return [Row(f"Baris {n}", (n,), kind=kind) for n, kind in enumerate(found)]


def latest_break(made: Table, room: float) -> int | None:
    """By the rules: what is above fits, no sum is torn from its rows nor a heading from what it
    heads, and enough goes to the next page. Where a page of the table's own can't keep to them, the
    break is as late as there is room.
    """
    lines = made.body.lines
    sums = next((n for n, line in enumerate(reversed(lines)) if line.kind not in SUMS), len(lines))
    rest = max(2, 3 - sums) + sums if len(lines) - sums > made.first else 3
    fitting = [
        cut
        for cut in range(made.first + 1, len(lines))
        if replace(made, last=cut, tail=()).height() <= room + 0.01
    ]
    decent = [
        cut
        for cut in fitting
        if cut <= len(lines) - rest
        and lines[cut].kind not in SUMS
        and lines[cut - 1].kind is not RowKind.SECTION
    ]
    if made.first:
        return max(decent or fitting, default=None)
    return max(decent) if max(decent, default=0) >= 2 else None


@given(kinds, st.integers(0, 500), st.booleans(), st.sampled_from(list(Layout)[:3]))
def test_a_table_is_broken_as_late_as_its_rows_allow(
    found: list[RowKind], room: int, summed: bool, layout: Layout
) -> None:
    made = table(rows_of(found), layout, summed=summed, heading="Kas" if summed else "")
    for _ in range(3):
        pieces = made.split(room)
        cut = latest_break(made, room)
        if pieces is None:
            assert cut is None
            return
        first, rest = pieces
        assert isinstance(first, Table)
        assert isinstance(rest, Table)
        assert (first.first, first.last, rest.first, rest.end) == (made.first, cut, cut, made.end)
        assert (first.tail, first.above, rest.tail, rest.above) == ((), made.above, (TAIL,), 0)
        assert (first.starts, first.ends, rest.starts, rest.ends) == (not made.first, False,
                                                                      False, True)  # fmt: skip
        made = rest


@given(st.integers(1, 30), st.integers(1, 29))
def test_pieces_are_as_high_as_their_rows_and_the_sums_they_carry(count: int, cut: int) -> None:
    rows = [*rows_of([RowKind.LINE] * count), Row("Jumlah", (1,), kind=RowKind.TOTAL)]
    made = table(rows, Layout.BOOK)
    pitch, head = made.setting.pitch, made.head_height()
    tail = TAIL.height() + TAIL.above
    assert made.tail_height() == tail
    assert made.height() == pytest.approx(head + (count + 1) * pitch + 4.5 + tail)
    if cut > count:
        return
    first, rest = replace(made, last=cut), replace(made, first=cut)
    assert first.height() == pytest.approx(head + (cut + 1) * pitch), "and what is carried on"
    assert rest.height() == pytest.approx(head + (count + 1 - cut + 1) * pitch + 4.5 + tail)
    middle = replace(made, first=cut, last=count)
    assert middle.height() == pytest.approx(head + (count - cut + 2) * pitch)
    plain = table(rows, Layout.BOOK, summed=False)
    assert replace(plain, last=cut).height() == pytest.approx(head + cut * pitch)
    assert replace(plain, heading="Kas").height() == pytest.approx(plain.height() + 17)


def test_a_small_solid_table_is_not_broken_and_a_large_one_is() -> None:
    heights = set()
    for count in range(5, 40):
        made = table(rows_of([RowKind.LINE] * count), Layout.LEDGER, summed=False, solid=True)
        high = made.rows_height(0, count)
        whole = made.split(made.height() - 1) is None
        assert whole == (high < 190), count
        heights.add(whole)
        assert replace(made, solid=False).split(made.height() - 1) is not None
    assert heights == {True, False}


def test_an_empty_table_is_one_row_high_and_never_broken() -> None:
    made = table([], Layout.BOOK)
    assert made.split(1_000) is None
    assert made.rows_height(0, 0) == made.setting.pitch


@given(st.lists(st.integers(1, 6), min_size=3, max_size=7), st.integers(60, 400))
def test_a_trial_balance_leaves_a_whole_class_to_the_next_page_rather_than_a_few_rows(
    sizes: list[int], room: int
) -> None:
    rows = [
        Row(f"Akun {family}{n}", (n,), code=f"{family}{n:03}")
        for family, size in enumerate(sizes, start=1)
        for n in range(size)
    ]
    made = table([*rows, Row("Jumlah", (1,), kind=RowKind.TOTAL)], Layout.TRIAL_BALANCE)
    cut, lines = latest_break(made, room), made.body.lines
    if cut is not None and len(lines) - cut < 9:
        starts = [at for at in range(1, len(rows)) if rows[at].code[:1] != rows[at - 1].code[:1]]  # type: ignore[index]
        whole = [at for at in starts if len(lines) - at >= 9 and at > cut // 2]
        cut = max(whole, default=cut)
    pieces = made.split(room)
    assert (pieces[0].last if pieces is not None else None) == cut  # type: ignore[attr-defined]


# -- Columns ---------------------------------------------------------------------------------------


words = st.text("abcdefghi", min_size=1, max_size=14)
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)
cells = st.tuples(st.integers(-(10**12), 10**12), texts, st.dates(), words, st.integers(0, 10**6))
CELLS = (MONEY, ColumnType.TEXT, ColumnType.DATE, ColumnType.CODE, ColumnType.QUANTITY)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(texts, cells), min_size=1, max_size=6),
    st.lists(texts, min_size=5, max_size=5),
    st.sampled_from(list(Layout)[:3]),
    st.integers(300, 900),
)
def test_columns_fill_the_width_and_hold_what_they_have_to(
    found: list[tuple[str, tuple[object, ...]]], heads: list[str], layout: Layout, wide: int
) -> None:
    columns = tuple(Column(f"c{n}", head, type_)
                    for n, (head, type_) in enumerate(zip(heads, CELLS, strict=True)))  # fmt: skip
    rows = [Row(label, cells) for label, cells in found]  # type: ignore[arg-type]
    report = Report("any", "Apa saja", columns, tuple(rows), label="Uraian", layout=layout)
    preparer, setting = Preparer(report, FORMATS), setting_of(layout, A4)
    plan = preparer.columns(rows, wide, setting)
    if plan is None:
        assert preparer.fitting(rows, 5_000, setting) is not None
        forced = preparer.forced(rows, wide, setting)
        assert forced.tight
        assert forced.cols[-1].x1 == pytest.approx(wide)
        return
    assert (plan.setting, plan.tight) == (setting, False)
    assert plan.cols[0].x0 == 0
    assert all(one.x1 == other.x0 for one, other in pairwise(plan.cols))
    assert plan.cols[-1].x1 == pytest.approx(wide, abs=0.01)
    body = preparer.body(rows, plan)
    for place, col in enumerate(plan.cols):
        pads = PAD + (FIGURE_PAD if col.figures else PAD)
        assert col.room == pytest.approx(col.x1 - col.x0 - pads)
        assert col.figures == (col.type in (MONEY, ColumnType.QUANTITY))
        heading = [word for part in col.head for word in part.split()]
        assert all(width(word, SEMIBOLD, head_size(setting)) <= col.room + 0.51 for word in heading)
        assert " ".join(heading) == " ".join(col.label.split())
        for line in body.lines:
            set_in = line.wrapped.get(place, [line.cells[place]])
            font = REGULAR if col.flexible else SEMIBOLD
            assert all(width(each, font, setting.size) <= col.room + 0.01 for each in set_in)
            assert "".join(set_in).replace(" ", "") == line.cells[place].replace(" ", "")
            assert line.depth >= len(set_in)
            for word in line.cells[place].split() if col.flexible else ():
                if width(word, REGULAR, setting.size) <= 30 * MM:
                    assert any(word in each.split() for each in set_in), "no short word is broken"
    assert all(line.depth == max([1, *map(len, line.wrapped.values())]) for line in body.lines)


@pytest.mark.parametrize("layout", [Layout.STATEMENT, Layout.BOOK])
@pytest.mark.parametrize("figures", [1, 4, 5, 6])
def test_columns_of_money_are_closer_where_there_are_five(layout: Layout, figures: int) -> None:
    setting = setting_of(layout, A4)
    wanted = {Layout.STATEMENT: 31, Layout.BOOK: 23}[layout] if figures < 5 else 21.5
    assert crowded(setting, figures) == replace(setting, figure=wanted * MM)
    closer = replace(setting, figure=10 * MM)
    assert crowded(closer, figures) == closer


def test_type_gets_smaller_until_columns_fit_and_no_smaller() -> None:
    rows = [Row("Kas", (10**12,) * 6)]
    columns = tuple(Column(f"c{n}", "Nilai", MONEY) for n in range(6))
    preparer = Preparer(Report("any", "", columns, tuple(rows), label="Uraian"), FORMATS)
    setting = setting_of(Layout.STATEMENT, A4)
    sizes: list[float] = []
    for wide in range(200, 700, 10):
        plan = preparer.fitting(rows, wide, setting)
        if plan is None:
            assert preparer.columns(rows, wide, setting.sized(6)) is None
            continue
        size = plan.setting.size
        sizes.append(size)
        assert (setting.size - size) % 0.25 == 0
        assert setting.smallest <= size <= setting.size
        if size < setting.size:
            larger: Setting = setting.sized(size + 0.25) if size + 0.25 < setting.size else setting
            assert preparer.columns(rows, wide, larger) is None, "larger ones don't fit"
    assert len(set(sizes)) > 5
    assert sizes == sorted(sizes)


def test_what_fits_at_no_size_is_narrowed_alike() -> None:
    """A column of text counts for thirty points, one of figures for what its own take."""
    rows = [Row("Kas di tangan bendahara", (10**12, 10**12, 10**9, 1))]
    columns = tuple(Column(f"c{n}", "Nilai", MONEY) for n in range(4))
    preparer = Preparer(Report("any", "", columns, tuple(rows), label="Uraian"), FORMATS)
    setting = setting_of(Layout.STATEMENT, A4)
    wide = preparer.columns(rows, 5_000, setting.sized(5))
    assert wide is not None
    wanted = [30, *(col.x1 - col.x0 for col in wide.cols[1:])]
    found = preparer.forced(rows, 80, setting).cols
    assert [col.x1 - col.x0 for col in found] == pytest.approx(
        [each * 80 / sum(wanted) for each in wanted]
    )


def test_a_label_is_set_in_by_its_level_where_lists_have_levels() -> None:
    rows = [Row("Kas", (1,), level=2), Row("Bank", (1,))]
    for layout, level in ((Layout.STATEMENT, 2), (Layout.BOOK, 0), (Layout.TRIAL_BALANCE, 0)):
        body = table(rows, layout).body
        assert [line.level for line in body.lines] == [level, 0]
        assert body.cols[0].key == LABEL
