"""What each signed paper is made of: its fields, its table, its sentences, and who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kwt_books.exporters.pdf.blocks import Block, Heading, Sign, Text, Title, WritingLine
from kwt_books.exporters.pdf.compose import Composed
from kwt_books.exporters.pdf.job import A4, MM, Job, Squeeze, register
from kwt_books.exporters.pdf.papers import CutLine, FlowingPaper, compose_paper
from kwt_books.exporters.pdf.table import Table
from kwt_books.exporters.pdf.vouchers import Fields
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import RowKind
from kwt_books.reports.papers import (
    ConfirmationLetter,
    CountSheet,
    GoodsLine,
    SaleSlip,
    Voucher,
    VoucherKind,
)
from tests.exporters import pdf_samples as samples

JOB = Job(samples.IDENTITY, samples.IMPRINT, Translator("id"), Formats("id"), A4)
WIDE = A4.text_width
CLOSE = Squeeze(1, 40)
PLACE = "Bandar Lampung, "


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


class Made:
    """A paper's blocks, told apart; what stands below a table comes after it."""

    def __init__(self, paper: FlowingPaper, squeeze: Squeeze = CLOSE) -> None:
        self.composed: Composed = compose_paper(paper, JOB)
        self.blocks: list[Block] = []
        for block in self.composed.make(squeeze):
            self.blocks.append(block)
            self.blocks += block.tail if isinstance(block, Table) else ()

    def all(self, kind: type) -> list[Any]:
        return [each for each in self.blocks if isinstance(each, kind)]

    @property
    def kinds(self) -> list[type]:
        return [type(each) for each in self.blocks]

    @property
    def said(self) -> list[str]:
        return [str(each.paragraph.getPlainText()) for each in self.all(Text)]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of all tables, without those that are empty."""
        return [[cell for cell in line.cells if cell]
                for table in self.all(Table) for line in table.body.lines]  # fmt: skip

    def signers(self) -> list[tuple[str, str]]:
        """Of the last signature: the last line over each name, and the name."""
        sign: Sign = self.all(Sign)[-1]
        signers = (sign.left, sign.right, *sign.below)
        return [(one.over[-1], one.name) for one in signers if one is not None]


@pytest.mark.parametrize("squeeze", [Squeeze(), CLOSE])
@pytest.mark.parametrize(
    "paper",
    [samples.voucher(), samples.sale_slip(), samples.consignment_slip(), samples.cash_count(),
     samples.allocation_minutes()],
    ids=lambda each: type(each).__name__,
)  # fmt: skip
def test_a_paper_begins_with_its_title_and_number_and_ends_with_its_signatures(
    paper: FlowingPaper, squeeze: Squeeze
) -> None:
    made = Made(paper, squeeze)
    title, *_, sign = made.blocks
    assert isinstance(title, Title)
    assert isinstance(sign, Sign)
    number = paper.number  # type: ignore[union-attr]
    assert title == Title(made.composed.title, f"Nomor: {number}", "", "", WIDE)
    assert (made.composed.state, made.composed.sheet, made.composed.long) == ("", A4, False)
    assert (sign.space, sign.width) == (squeeze.sign, WIDE)
    assert sign.place_date.startswith(PLACE)
    (table,) = made.all(Table)
    assert table.heading == ""
    assert table.setting.pitch == pytest.approx(table.body.setting.squeezed(squeeze.pitch).pitch)
    assert table.body.width == pytest.approx(WIDE)
    unnumbered = Made(replace(paper, number=""), squeeze).blocks[0]  # type: ignore[arg-type]
    assert unnumbered.period == ""  # type: ignore[attr-defined]


def test_a_voucher_says_when_whom_what_for_and_who_recorded_it() -> None:
    made = Made(samples.voucher())
    assert made.kinds == [Title, Fields, Table, Text, Sign]
    (fields,) = made.all(Fields)
    assert fields.rows == [
        ("Tanggal", "Rabu, 17 Juni 2026"), ("Dibayarkan kepada", "PLN dan Toko Sinar"),
        ("Uraian", "Listrik, air, ATK"), ("Acuan", "Kuitansi 12/VI"),
        ("Dicatat oleh", "Siti Rohmah"),
    ]  # fmt: skip
    assert made.rows == [
        ["6104", "Beban Listrik & Air", "71.500"], ["6105", "Beban ATK & Fotokopi", "36.000"],
        ["1101", "Kas Tunai Bendahara", "107.500"], ["3204", "Dana Operasional", "107.500"],
        ["3301", "Saldo Laba/SHU Belum Dialokasikan", "107.500"],
        ["Jumlah", "215.000", "215.000"],
    ]  # fmt: skip
    assert made.said == ["Jumlah: Rp107.500 (seratus tujuh ribu lima ratus rupiah)."]
    assert made.composed.period == "BKK-2606-0007"


@pytest.mark.parametrize(
    ("kind", "title", "label", "below"),
    [
        (VoucherKind.CASH_IN, "Bukti Kas Masuk", "Sudah terima dari", ["Disetor oleh:"]),
        (VoucherKind.CASH_OUT, "Bukti Kas Keluar", "Dibayarkan kepada", ["Diterima oleh:"]),
        (VoucherKind.MEMORIAL, "Bukti Memorial", "Pihak", []),
    ],
)
def test_a_voucher_is_called_and_signed_by_its_kind(
    kind: VoucherKind, title: str, label: str, below: list[str]
) -> None:
    paper: Voucher = replace(samples.voucher(), kind=kind)
    made = Made(paper)
    assert made.composed.title == title
    assert made.all(Fields)[0].rows[1] == (label, paper.party)
    assert made.signers() == [
        ("Ketua,", "Aryanah"), ("Bendahara,", "Siti Rohmah"),
        *((over, paper.party) for over in below),
    ]  # fmt: skip
    nobody = Made(replace(paper, party="")).all(Fields)[0].rows
    assert [name for name, _ in nobody].count(label) == (kind is not VoucherKind.MEMORIAL)


GOODS = (GoodsLine("Bayam", 2_000, "kg", 5_000, 10_000), GoodsLine("Pare", 500, "kg", 8_000, 4_000))
REDUCED = [["Jumlah sebelum potongan", "14.000"], ["Potongan", "(1.000)"], ["Jumlah", "13.000"]]


@pytest.mark.parametrize(
    ("discount", "received", "sums"),
    [
        (0, None, [["Jumlah", "14.000"]]),
        (0, 14_000, [["Jumlah", "14.000"]]),
        (0, 9_000, [["Jumlah", "14.000"], ["Dibayar", "9.000"], ["Belum dibayar", "5.000"]]),
        (1_000, 13_000, REDUCED),
        (1_000, 0, [*REDUCED, ["Dibayar", "–"], ["Belum dibayar", "13.000"]]),
    ],
)  # fmt: skip
def test_a_nota_sums_what_was_bought_and_what_is_owed(
    discount: int, received: int | None, sums: list[list[str]]
) -> None:
    paper = SaleSlip("N-1", date(2026, 6, 14), "Bu Ratna", GOODS, "Siti", discount, received)
    made = Made(paper)
    assert made.rows == [
        ["1", "Bayam", "2", "kg", "5.000", "10.000"], ["2", "Pare", "0,5", "kg", "8.000", "4.000"],
        *sums,
    ]  # fmt: skip
    (fields,) = made.all(Fields)
    assert fields.rows == [("Tanggal", "Minggu, 14 Juni 2026"), ("Pembeli", "Bu Ratna")]
    due = JOB.formats.rupiah(14_000 - discount)
    assert made.said[0].startswith(f"Jumlah: {due} (")
    assert made.signers() == [("Barang diterima oleh:", "Bu Ratna"), ("Hormat kami,", "Siti")]


def test_a_shop_signs_for_goods_that_stay_the_groups() -> None:
    made = Made(samples.consignment_slip())
    assert made.kinds == [Title, Fields, Text, Table, Sign]
    assert made.rows == [
        ["1", "Keripik bayam 100 g", "KB-0806", "22/08/2026", "15", "bungkus", "8.500", "127.500"],
        ["2", "Keripik pare 100 g", "KP-1506", "29/08/2026", "10", "bungkus", "9.000", "90.000"],
        ["Jumlah", "217.500"],
    ]  # fmt: skip
    assert "KWT Sukawangi Sejahtera" in made.said[0]
    assert made.signers() == [
        ("KWT Sukawangi Sejahtera", "Aryanah"), ("Pemilik warung,", "Warung Bu Siti")
    ]  # fmt: skip
    bare = replace(GOODS[0], price=None, amount=None)
    for line, cells in (
        (bare, [["1", "Bayam", "2", "kg"]]),
        (replace(bare, lot="L-1"), [["1", "Bayam", "L-1", "2", "kg"]]),
        (replace(bare, expires=date(2026, 7, 1)), [["1", "Bayam", "01/07/2026", "2", "kg"]]),
    ):
        assert Made(replace(samples.consignment_slip(), lines=(line,))).rows == cells


def test_minutes_of_a_count_list_all_usual_faces_and_what_differs() -> None:
    made = Made(samples.cash_count())
    rows = {cells[0]: cells[1:] for cells in made.rows}
    faces = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 500, 200, 100)
    counted = {100_000: 17, 20_000: 1, 10_000: 1, 500: 1, 200: 2}
    for face in faces:
        pieces, unit = counted.get(face, 0), "lembar" if face > 1_000 else "keping"
        told = [str(pieces), unit, JOB.formats.number(face * pieces)]
        assert [cell.replace("–", "0") for cell in rows[JOB.formats.rupiah(face)]] == told
    assert sum(cells[0] == "Rp1.000" for cells in made.rows) == 2, "as paper and as a coin"
    assert made.rows[-3:] == [
        ["Jumlah uang menurut pemeriksaan fisik", "1.730.900"],
        ["Saldo menurut buku sebelum pemeriksaan", "1.731.000"],
        ["Selisih lebih (kurang)", "(100)"],
    ]  # fmt: skip
    odd = Made(replace(samples.cash_count(), notes={75_000: 2}, coins={}))
    assert ["Rp75.000", "2", "lembar", "150.000"] in odd.rows
    uncounted = Made(replace(samples.cash_count(), notes={}, coins={}))
    assert len(uncounted.rows) == 3
    kinds = [line.kind for line in made.all(Table)[0].body.lines]
    assert kinds.count(RowKind.SECTION) == 2
    assert kinds[-3:] == [RowKind.SUBTOTAL, RowKind.LINE, RowKind.TOTAL]


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (0, "Jumlah uang: Rp1.000 (seribu rupiah). Jumlah ini sesuai dengan buku."),
        (-200, "Selisih kurang Rp200 (dua ratus rupiah), dibukukan dengan bukti B-1 ke akun 7202."),
        (300, "Selisih lebih Rp300 (tiga ratus rupiah), dibukukan dengan bukti B-1 ke akun 7202."),
    ],
)
def test_minutes_say_what_differs_and_leave_room_to_explain_it(difference: int, said: str) -> None:
    paper = replace(samples.cash_count(), counted=1_000, book=1_000 - difference, voucher="B-1",
                    difference_account="7202")  # fmt: skip
    made = Made(paper)
    assert said in made.said[2]
    assert [each.label for each in made.all(WritingLine)] == (
        ["Penjelasan pemegang kas:", ""] if difference else []
    )
    unbooked = Made(replace(paper, voucher="")).said[2]
    assert ("dibukukan" in made.said[2], "dibukukan" in unbooked) == (difference != 0, False)
    people = made.all(Fields)
    assert [each.number for each in people] == ["1.", "2."]
    assert [each.rows[0][1] for each in people] == ["Aryanah", "Siti Rohmah"]
    assert {(each.strong, each.indent, each.label_width) for each in people} == {(0, 34, 58)}
    assert made.signers()[:2] == [("Ketua,", "Aryanah"), ("Bendahara,", "Siti Rohmah")]


def test_minutes_of_an_allocation_share_the_profit_by_whole_percents() -> None:
    made = Made(samples.allocation_minutes())
    assert made.rows == [
        ["3202 Dana Pemeliharaan", "30%", "360.000"],
        ["3203 Dana Pembelian Bibit", "30%", "360.000"],
        ["3204 Dana Operasional", "25%", "300.000"], ["3201 Dana Cadangan", "15%", "180.000"],
        ["Jumlah alokasi", "100%", "1.200.000"],
    ]  # fmt: skip
    assert made.kinds[-3:] == [Text, Text, Sign]
    assert made.composed.period == "Juni 2026"
    undated = Made(replace(samples.allocation_minutes(), decision_day=None))
    assert "BA-01/KWT/I/2026" in " ".join(undated.said)
    assert "11 Januari" not in " ".join(undated.said)


LETTER = ConfirmationLetter(
    "SK-1", date(2026, 6, 30), "Warung Bu Siti", "Jl. Melati 3", "Titip jual:", GOODS[:1],
    (("Piutang", 68_000),), "Budi", date(2026, 7, 2),
)  # fmt: skip


def test_a_letter_of_confirmation_has_figures_above_and_a_slip_below_its_cut() -> None:
    made = Made(LETTER)
    assert made.kinds == [
        Title, Fields, Text, Table, Table, Text, Sign, CutLine, Heading, Text, Text, Text,
        WritingLine, WritingLine, WritingLine, Sign,
    ]  # fmt: skip
    (fields,) = made.all(Fields)
    assert fields.rows == [("Kepada", "Warung Bu Siti"), ("Alamat", "Jl. Melati 3")]
    assert made.rows == [["Bayam", "2", "kg"], ["Piutang", "68.000"]]
    assert made.said[0].endswith("Titip jual:")
    first, slip = made.all(Sign)
    assert [each.space for each in (first, slip)] == [CLOSE.sign * 0.8] * 2
    assert first.place_date == f"{PLACE}2 Juli 2026"
    assert [one.name for one in (first.left, first.right)] == ["Aryanah", "Siti Rohmah"]
    assert (slip.left, slip.right.name) == (None, "")
    assert slip.place_date.endswith("…")
    assert made.said[-3:][0].startswith("SK-1 · Warung Bu Siti · ")
    assert [each[0] for each in made.said[-2:]] == ["☐", "☐"]


def test_a_letter_sums_several_amounts_and_does_without_what_it_has_not() -> None:
    several = replace(LETTER, goods=(), address="", written=None, auditor="",
                      amounts=(("Pokok", 50_000), ("Wajib", 20_000)))  # fmt: skip
    made = Made(several)
    assert made.rows == [["Pokok", "50.000"], ["Wajib", "20.000"], ["Jumlah", "70.000"]]
    assert made.all(Fields)[0].rows[1] == ("Alamat", "–")
    assert made.all(Sign)[0].place_date == ""
    assert "…………" in made.said[1]
    assert len(Made(replace(LETTER, amounts=())).all(Table)) == 1


def test_a_sheet_to_count_has_its_goods_numbered_and_four_lines_more() -> None:
    sheet = CountSheet("Gudang", date(2026, 6, 30), (("Keripik", "bungkus"), ("Benih", "")))
    made = Made(sheet)
    title = made.blocks[0]
    assert (title.period, title.unit) == ("Gudang, 30 Juni 2026", "")  # type: ignore[attr-defined]
    assert made.rows == [["1", "Keripik", "bungkus"], ["2", "Benih"], [], [], [], []]
    (table,) = made.all(Table)
    assert (table.body.setting.pitch, table.body.setting.least) == (21, 16)
    assert table.body.setting.figure == 36 * MM
    assert made.signers() == [("Dihitung oleh:", ""), ("Disaksikan oleh:", "")]
