"""Of which blocks a report, a section and the notes are made, and what stands below them.

All lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kwt_books.domain.values import Month
from kwt_books.exporters.pdf.blocks import (
    Block,
    Keep,
    Shifted,
    Sign,
    Spaced,
    Text,
    Title,
    WritingLine,
    short_period,
    state_of,
    title_of,
)
from kwt_books.exporters.pdf.charts import Bars, Year
from kwt_books.exporters.pdf.document import compose_report, compose_section
from kwt_books.exporters.pdf.job import A4, F4, ITALIC, MM, SEMIBOLD, Job, Squeeze, register
from kwt_books.exporters.pdf.notes import Large, NoteHeading, compose_notes
from kwt_books.exporters.pdf.table import Table
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import Bar, BarChart, Section, YearChart
from tests.exporters import pdf_samples as samples

JOB = Job(samples.IDENTITY, samples.IMPRINT, Translator("id"), Formats("id"), A4)
WIDE = A4.text_width
COLUMNS = (Column("amount", "Jumlah", ColumnType.MONEY),)
SMALL = Report("small", "Kas", COLUMNS, (Row("Bank", (5,)),), label="Akun")
LOOSE, CLOSE = Squeeze(), Squeeze(1, 40)


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def plain(block: Block) -> str:
    return str(block.paragraph.getPlainText())  # type: ignore[attr-defined]


def size(block: Block) -> tuple[float, float]:
    """Type size and leading of a paragraph."""
    style = block.paragraph.style  # type: ignore[attr-defined]
    return style.fontSize, style.leading


def set_in(block: Block, font: str) -> str:
    """What of a paragraph is set in a font, without spaces."""
    frags = block.paragraph.frags  # type: ignore[attr-defined]
    pairs = [(each, each.text) for each in frags if hasattr(each, "fontName")]
    # A word of several letters' looks is a list: its width, then each look with its letters.
    pairs += [pair for each in frags if not hasattr(each, "fontName") for pair in each[1:]]
    return "".join("".join(text for look, text in pairs if look.fontName == font).split())


def flat(blocks: Iterable[Block]) -> list[Block]:
    """What blocks hold that are kept together or spaced."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Keep):
            found += flat(block.blocks)
        elif isinstance(block, Spaced):
            found += flat([block.block])
        else:
            found.append(block)
    return found


# -- A section ------------------------------------------------------------------------------------


@pytest.mark.parametrize("squeeze", [LOOSE, CLOSE])
@pytest.mark.parametrize("intro", [(), ("Dasar:", "keputusan <1>.")])
def test_a_section_has_its_tables_and_charts_below_each_other(
    squeeze: Squeeze, intro: tuple[str, ...]
) -> None:
    bars, year = BarChart("Grafik", (Bar("A", 1),)), YearChart("Setahun", ("Jan",), (1,), (1,))
    notes = replace(SMALL, layout=Layout.NOTES, title="3. Umum",
                    rows=(Row("Kalimat.", kind=RowKind.NOTE),))  # fmt: skip
    parts = (SMALL, replace(SMALL, title="Bank"), bars, year, notes)
    section = Section("Alokasi", parts, "Juni 2026", "Rupiah", intro)
    made = compose_section(section, JOB)
    blocks = list(made.make(squeeze))
    title, *rest = blocks
    assert isinstance(title, Title)
    assert (title.title, title.period, title.unit) == ("Alokasi", "Juni 2026", "(Rupiah)")
    if intro:
        said = rest.pop(0)
        assert isinstance(said, Text)
        assert (plain(said), said.above, size(said)[0]) == ("Dasar: keputusan <1>.", 0, 9.2)
    one, other, chart, months, note = rest
    assert isinstance(one, Table)
    assert isinstance(other, Table)
    between = 17 - 5 * squeeze.pitch
    assert (one.heading, one.above, one.solid) == ("Kas", between if intro else 0, True)
    assert (other.heading, other.above, other.solid) == ("Bank", between, True)
    assert one.empty == "Tidak ada transaksi pada periode ini"
    setting = one.body.setting
    closed = setting.pitch + (setting.least - setting.pitch) * squeeze.pitch
    assert one.setting.pitch == pytest.approx(closed)
    assert isinstance(chart, Bars)
    assert (chart.chart, chart.step, chart.width) == (bars, 17.6 - 3 * squeeze.pitch, WIDE)
    assert isinstance(months, Year)
    assert (months.chart, months.width) == (year, WIDE)
    head, sentence = flat([note])
    assert isinstance(head, NoteHeading)
    assert (head.number, head.text) == ("3", "Umum")
    assert plain(sentence.block) == "Kalimat."  # type: ignore[attr-defined]


def test_sums_of_nothing_are_told_as_nothing_wherever_they_stand() -> None:
    nil = replace(SMALL, rows=(Row("Jumlah", (0,), kind=RowKind.TOTAL),))
    for part in (compose_report(nil, JOB), compose_section(Section("Kas", (nil,)), JOB)):
        _, table = part.make(LOOSE)
        assert isinstance(table, Table)
        assert not table.body.lines
    kept = replace(nil, rows=(Row("Bank", (0,)), *nil.rows))
    _, table = compose_section(Section("Kas", (kept,)), JOB).make(LOOSE)
    assert len(table.body.lines) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rows", "long"), [(75, False), (76, True)])
def test_what_no_page_holds_is_not_closed_up(rows: int, long: bool) -> None:
    many = replace(SMALL, rows=SMALL.rows * rows)
    assert compose_section(Section("A", (many, many)), JOB).long is long
    twice = replace(many, rows=(*many.rows, *many.rows))
    assert compose_report(twice, JOB).long is long
    assert compose_notes(replace(twice, layout=Layout.NOTES), JOB).long is long


# -- What stands below ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "set_as", "above"),
    [(Layout.STATEMENT, 8.5, 7), (Layout.BOOK, 9.3, 8), (Layout.LEDGER, 9.3, 8),
     (Layout.TRIAL_BALANCE, 8.5, 7)],
)  # fmt: skip
@pytest.mark.parametrize("squeeze", [LOOSE, CLOSE])
def test_a_report_ends_with_its_sentences_and_signatures(
    layout: Layout, set_as: float, above: float, squeeze: Squeeze
) -> None:
    report = replace(SMALL, layout=layout, closing=("Satu.", "Dua."), place_date=date(2026, 6, 30))
    (*_, last) = compose_report(report, JOB).make(squeeze)
    assert isinstance(last, Table)
    said, sign = last.tail
    assert (plain(said), size(said)[0], said.above) == ("Satu. Dua.", set_as, above)
    assert isinstance(sign, Sign)
    assert sign.place_date == "Bandar Lampung, 30 Juni 2026"
    assert sign.left is not None
    assert [sign.left.name, sign.right.name] == ["Aryanah", "Siti Rohmah"]
    assert (sign.space, sign.above) == (squeeze.sign, 13 - 5 * squeeze.pitch)
    examined = replace(report, examiner="Budi Santoso")
    (*_, last) = compose_report(examined, JOB).make(squeeze)
    alone = last.tail[-1]  # type: ignore[attr-defined]
    assert (alone.left, alone.right.name, alone.space) == (None, "Budi Santoso", squeeze.sign)
    assert alone.above == sign.above


def test_a_paper_that_is_initialled_has_dots_for_both_and_one_that_is_not_has_nothing() -> None:
    (*_, last) = compose_report(replace(SMALL, initialled=True), JOB).make(LOOSE)
    (said,) = last.tail  # type: ignore[attr-defined]
    assert plain(said) == "Paraf: Ketua …………… Bendahara ……………"
    assert (size(said)[0], said.above) == (8.5, 7)
    (*_, last) = compose_report(SMALL, JOB).make(LOOSE)
    assert last.tail == ()  # type: ignore[attr-defined]


def test_a_chart_at_the_end_is_kept_with_what_stands_below_it() -> None:
    bars = BarChart("Grafik", (Bar("A", 1),))
    section = Section("A", (SMALL, bars), closing=("Satu.",))
    (*_, last) = compose_section(section, JOB).make(LOOSE)
    chart, said = flat([last])
    assert isinstance(chart, Bars)
    assert plain(said) == "Satu."
    assert last.above == chart.above == 15


# -- Accounts below each other -------------------------------------------------------------------


def test_each_account_of_a_ledger_has_a_table_of_its_own() -> None:
    def head(code: str, name: str) -> Row:
        return Row(name, (None, "Saldo normal debit"), code=code, kind=RowKind.SECTION)

    columns = (*COLUMNS, Column("side", "", ColumnType.TEXT))
    line = Row("Bank", (5, None))
    rows = (head("1101", "Kas"), line, line, head("total", "Lain"), head("1103", "Bank"), line)
    report = replace(SMALL, layout=Layout.LEDGER, columns=columns, rows=rows)
    _, *tables = compose_report(report, JOB).make(LOOSE)
    told = [(each.heading, each.aside, len(each.body.lines), each.above)  # type: ignore[attr-defined]
            for each in tables]  # fmt: skip
    side = "Saldo normal debit"
    assert told == [
        ("1101  Kas", side, 2, 0), ("Lain", side, 0, 15), ("1103  Bank", side, 1, 15)
    ]  # fmt: skip
    assert len({each.body.cols for each in tables}) == 1  # type: ignore[attr-defined]
    before = replace(report, rows=(line, *rows))
    first, *_ = list(compose_report(before, JOB).make(LOOSE))[1:]
    assert (first.heading, len(first.body.lines)) == ("", 1)  # type: ignore[attr-defined]
    statement = replace(report, layout=Layout.STATEMENT)
    _, only = compose_report(statement, JOB).make(LOOSE)
    assert (only.heading, len(only.body.lines)) == ("", 6)  # type: ignore[attr-defined]


def test_paper_turns_before_type_gets_too_small_to_read() -> None:
    turned = {}
    for count in range(1, 14):
        columns = tuple(Column(f"c{n}", "Nilai", ColumnType.MONEY) for n in range(count))
        report = replace(SMALL, columns=columns, rows=(Row("Bank", (10**11,) * count),))
        made = compose_report(report, JOB)
        (_, table) = made.make(LOOSE)
        size = table.setting.size  # type: ignore[attr-defined]
        turned[count] = made.sheet.width > made.sheet.height
        if turned[count]:
            assert made.sheet == A4.turned()
            assert table.body.width == pytest.approx(A4.height - 30 * MM)  # type: ignore[attr-defined]
        else:
            assert made.sheet == A4
            assert size >= 8.5
            assert table.body.width == pytest.approx(WIDE)  # type: ignore[attr-defined]
    assert sorted(turned.values()) == list(turned.values())
    assert set(turned.values()) == {True, False}


# -- Notes ---------------------------------------------------------------------------------------


def note(*rows: Row, squeeze: Squeeze = LOOSE, **more: Any) -> list[Block]:
    report = replace(SMALL, layout=Layout.NOTES, rows=rows, **more)
    return flat(list(compose_notes(report, JOB).make(squeeze))[1:])


def head(number: str, text: str) -> Row:
    return Row(text, code=number, kind=RowKind.SECTION)


def said(text: str, level: int = 0, code: str | None = None) -> Row:
    return Row(text, code=code, level=level, kind=RowKind.NOTE)


@pytest.mark.parametrize("squeeze", [LOOSE, CLOSE])
def test_notes_are_numbered_headings_with_paragraphs_and_tables_set_in(squeeze: Squeeze) -> None:
    blocks = note(
        head("1", "Umum"), said("Satu."), said("Dua."),
        head("2", "Kas"), Row("Bank", (5,)), said("Tiga."), Row("Kas", (5,)), squeeze=squeeze,
    )  # fmt: skip
    kinds = [type(each) for each in blocks]
    assert kinds == [NoteHeading, Shifted, Shifted, NoteHeading, Shifted, Shifted, Shifted]
    heads = [each for each in blocks if isinstance(each, NoteHeading)]
    assert [(each.number, each.text, each.width) for each in heads] == [
        ("1", "Umum", WIDE), ("2", "Kas", WIDE)
    ]  # fmt: skip
    inner = [each for each in blocks if isinstance(each, Shifted)]
    assert {(each.by, each.label) for each in inner} == {(9 * MM, "")}
    one, two, first, three, second = (each.block for each in inner)
    assert [plain(each) for each in (one, two, three)] == ["Satu.", "Dua.", "Tiga."]
    assert [each.above for each in (one, two, three)] == [0, 2.2, 2.2]
    assert all(size(each) == pytest.approx((9, 9 * 1.27)) for each in (one, two, three))
    for table, above in ((first, 1), (second, 3)):
        assert isinstance(table, Table)
        assert (table.heading, table.above, table.solid) == ("", above, True)
        assert table.body.width == pytest.approx(WIDE - 9 * MM)


@pytest.mark.parametrize("squeeze", [LOOSE, CLOSE])
def test_a_heading_stays_with_what_it_heads_and_stands_apart_from_the_note_above(
    squeeze: Squeeze,
) -> None:
    two = said("Dua. " * 60)
    rows = (head("1", "Umum"), said("Satu."), two, head("2", "Kas"), said("Tiga."))
    report = replace(SMALL, layout=Layout.NOTES, rows=rows)
    _, first, second, third = compose_notes(report, JOB).make(squeeze)
    assert [type(each) for each in flat([first])] == [NoteHeading, Shifted]
    assert [type(each) for each in flat([second])] == [Shifted]
    assert [type(each) for each in flat([third])] == [NoteHeading, Shifted]
    assert [first.above, second.above, third.above] == [0, 2.2, 8 - 2 * squeeze.pitch]


def test_a_sentence_stays_with_its_table_and_a_last_line_with_what_it_ends() -> None:
    last = said("Tiga. " * 60)
    rows = (head("1", "Kas"), said("Satu."), said("Dua."), Row("Bank", (5,)), last)
    report = replace(SMALL, layout=Layout.NOTES, rows=rows)
    blocks = list(compose_notes(report, JOB).make(LOOSE))[1:]
    assert [len(flat([each])) for each in blocks] == [2, 2, 1]
    together = blocks[1]
    assert isinstance(together, Spaced)
    assert together.above == 2.2
    assert together.split(together.height() - 1) is None
    short = (head("1", "Kas"), said("Satu."), Row("Bank", (5,)))
    (only,) = list(compose_notes(replace(report, rows=short), JOB).make(LOOSE))[1:]
    assert [type(each) for each in flat([only])] == [NoteHeading, Shifted, Shifted]
    ends = (head("1", "Kas"), said("Panjang. " * 60), said("Tidak ada."))
    (only,) = list(compose_notes(replace(report, rows=ends), JOB).make(LOOSE))[1:]
    assert only.split(only.height() - 1) is None, "no line stands alone on the next page"
    long = (said("Panjang. " * 300), Row("Bank", (5,)))
    blocks = list(compose_notes(replace(report, rows=(head("1", "Kas"), *long)), JOB).make(LOOSE))
    assert len(blocks[1:]) == 2, "what fills much of a page may be parted"


def test_items_have_their_letter_before_them_and_their_first_words_stand_out() -> None:
    (*_, item, blunt) = note(
        head("3", "Kebijakan"), said("Kas & bank. Dicatat <penuh>.", 1, "a."), said("Tanpa", 1)
    )
    assert isinstance(item, Shifted)
    assert isinstance(blunt, Shifted)
    assert (item.by, item.label, item.size) == (9 * MM + 17, "a.", 9)
    assert (blunt.label, plain(blunt.block)) == ("", "Tanpa")
    assert plain(item.block) == "Kas & bank. Dicatat <penuh>."
    assert item.block.width == WIDE - 9 * MM - 17  # type: ignore[attr-defined]
    assert set_in(item.block, SEMIBOLD) == "Kas&bank."
    assert set_in(blunt.block, SEMIBOLD) == ""
    assert [each.block.above for each in (item, blunt)] == [0, 2.2]


def test_what_is_read_from_afar_is_large_and_what_is_filled_in_has_dots() -> None:
    (_, large, dots) = note(head("4", "Kas"), said("Rp5", 2), said("Nama …………"))
    assert isinstance(large.block, Large)  # type: ignore[attr-defined]
    assert (large.by, large.block.text) == (9 * MM, "Rp5")  # type: ignore[attr-defined]
    assert large.block.width == WIDE - 9 * MM  # type: ignore[attr-defined]
    assert isinstance(dots.block, WritingLine)  # type: ignore[attr-defined]


def test_notes_that_begin_without_a_heading_have_their_title_for_one() -> None:
    for title, number, text in (
        ("12. Kas", "12", "Kas"), ("3) Bank", "3", "Bank"), ("Kas 2026", "", "Kas 2026")
    ):  # fmt: skip
        first, _ = note(said("Satu."), title=title)
        assert isinstance(first, NoteHeading)
        assert (first.number, first.text) == (number, text)
    (only,) = note(said("Satu."), title="")
    assert plain(only.block) == "Satu."  # type: ignore[attr-defined]
    (empty,) = note()
    assert plain(empty) == "Tidak ada transaksi pada periode ini"
    assert set_in(empty, ITALIC) == "".join(plain(empty).split())


# -- Titles, and the short words for a period ----------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "set_as"), [("", ""), ("Rupiah", "(Rupiah)"), ("Akun 1101 (Rupiah)",) * 2]
)
@pytest.mark.parametrize("provisional", [True, False])
def test_a_title_says_its_unit_in_parentheses_and_whether_the_month_is_open(
    unit: str, set_as: str, provisional: bool
) -> None:
    report = replace(SMALL, unit=unit, provisional=provisional, period="Juni 2026")
    for pitch in (0, 0.5, 1):
        title = title_of(JOB, report, 400, Squeeze(pitch))
        extra = "SEMENTARA, bulan belum ditutup" if provisional else ""
        assert title == Title("Kas", "Juni 2026", set_as, extra, 400, 8 - 5 * pitch)


@pytest.mark.parametrize(
    ("asked", "period", "state"),
    [
        ({"month": "2026-06"}, "Juni 2026", "bulan Juni 2026 "),
        ({"as_of": "2026-06-30"}, "30 Juni 2026", "bulan Juni 2026 "),
        ({"date": "2026-06-05"}, "5 Juni 2026", ""),
        ({"until": "2026-05-31", "month": "2026-06"}, "31 Mei 2026", "bulan Juni 2026 "),
        ({"start": "2026-05-02", "end": "2026-06-08"}, "02/05/2026–08/06/2026", "bulan Juni 2026 "),
        ({"start": "2026-06-01", "end": "2026-06-30"}, "Juni 2026", "bulan Juni 2026 "),
        ({"start": "2026-01-01", "end": "2026-12-31"}, "Tahun 2026", "bulan Desember 2026 "),
        ({"end": "2026-06-08"}, "kata sendiri", "bulan Juni 2026 "),
        ({"as_of": "2026-06", "month": "2026-13"}, "kata sendiri", ""),
        ({"as_of": "20260630", "month": "202606"}, "kata sendiri", ""),
        ({}, "kata sendiri", ""),
    ],
)
def test_a_foot_says_the_period_short_and_whether_its_month_is_closed(
    asked: dict[str, str], period: str, state: str
) -> None:
    assert short_period(asked, "kata sendiri", JOB) == period
    closes = ((None, "belum ditutup"), ("2026-05", "belum ditutup"), ("2026-12", "ditutup"))
    for month, word in closes:
        imprint = replace(JOB.imprint, closed_through=month and Month(month))
        wanted = f"{state}{word}" if state else ""
        assert state_of(replace(JOB, imprint=imprint), asked) == wanted
    of_many_books = replace(JOB.imprint, head="", closed_through=Month("2026-12"))
    assert state_of(replace(JOB, imprint=of_many_books), asked) == ""


def test_a_turned_sheet_has_its_punched_edge_above() -> None:
    for sheet in (A4, F4):
        turned = sheet.turned()
        assert (turned.width, turned.height) == (sheet.height, sheet.width)
        assert [turned.left, turned.right, turned.top] == [15 * MM] * 3
        assert turned.text_width == turned.width - 30 * MM
        assert turned.ceiling(first=True) == turned.height - 15 * MM - 20.5 * MM
        assert turned.ceiling(first=False) == turned.height - 15 * MM - 9 * MM
        assert turned.floor == sheet.floor == (11 + 15 + 1.5) * MM
