"""Slips on a roll of 58 or 80 mm."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PageObject, PdfReader

from kwt_books.domain.errors import RuleError
from kwt_books.exporters.pdf.job import MM
from kwt_books.exporters.pdf.roll import render_roll
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.packs import ROLLS, Part
from kwt_books.reports.papers import Receipts, on_roll
from tests.exporters import pdf_samples as samples
from tests.exporters.measures import seen

LONG = "Koperasi Serba Usaha Ibu-Ibu Pengrajin Keripik Kelurahan Kaliawi Persada Raya"


def rolled(*parts: Part, paper: str = "58MM") -> list[PageObject]:
    out = BytesIO()
    render_roll(parts, samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper=paper)
    return list(PdfReader(out).pages)


def words_of(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize("paper", ROLLS)
def test_a_page_is_as_wide_as_the_roll_and_as_long_as_its_slip(paper: str) -> None:
    few = samples.sale_slip()
    many = replace(few, lines=few.lines * 20)
    short, long = rolled(few, many, paper=paper)
    for page in (short, long):
        assert float(page.mediabox.width) == pytest.approx(int(paper[:2]) * MM, abs=0.01)
    assert float(long.mediabox.height) > 3 * float(short.mediabox.height)


def test_a_nota_comes_to_what_is_owed() -> None:
    (page,) = rolled(samples.sale_slip())
    text = words_of(page)
    for said in ("BKM-2606-0007", "120 batang × 2.500", "300.000", "−Rp5.000", "Rp320.000",
                 "Dibayar Rp300.000", "Belum dibayar Rp20.000", "7F3A-91C2-0D4E"):  # fmt: skip
        assert said in text


def test_each_kuitansi_has_a_strip_of_its_own() -> None:
    pages = rolled(Receipts(samples.receipts()), paper="80MM")
    assert [one.number in words_of(page) for one, page in
            zip(samples.receipts(), pages, strict=True)] == [True] * 3  # fmt: skip
    assert "Seratus delapan puluh ribu rupiah" in words_of(pages[0])


def test_nothing_stands_beyond_the_paper_however_long_a_name_is() -> None:
    slip = samples.sale_slip()
    goods = replace(slip.lines[0], item=LONG, amount=999_999_999_999, price=99_999_999_999)
    (page,) = rolled(replace(slip, customer=LONG * 2, lines=(goods,)))
    beyond: list[tuple[str, float]] = []

    def look(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip() and not 0 <= cm[4] + tm[4] <= float(page.mediabox.width):
            beyond.append((text, tm[4]))

    page.extract_text(visitor_text=look)
    assert beyond == []
    assert "999.999.999.999" in words_of(page)


def test_a_long_name_is_set_in_lines_and_not_in_small_letters() -> None:
    name = "Warung Kelontong dan Sayur Ibu Hj. Nurhayati Kusumawardhani"
    (page,) = rolled(replace(samples.sale_slip(), customer=name))
    sizes = []

    def look(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip() and text.strip() in name:
            sizes.append(size)

    page.extract_text(visitor_text=look)
    assert len(sizes) > 1
    assert min(sizes) > 8


@pytest.mark.parametrize("paper", ROLLS)
def test_a_strip_is_written_from_margin_to_margin_and_cut_below_its_last_line(paper: str) -> None:
    (page,) = rolled(samples.sale_slip(), paper=paper)
    made, high = seen(page), float(page.mediabox.height)
    left, right = 5 * MM, made.wide - 5 * MM
    assert all(left - 0.1 <= each.x < each.end <= right + 0.1 for each in made.texts)
    assert all((each.x, each.to_x) == pytest.approx((left, right)) for each in made.rules)
    assert len(made.rules) == 4, "below the head, the customer, the goods and the sums"
    name, *_, last = made.texts
    assert high - name.y == pytest.approx(5 * MM + 11 * 1.24, abs=0.01)
    assert last.text.endswith("WIB")
    assert last.y == pytest.approx(5 * MM, abs=0.01)
    for said in ("KWT SUKAWANGI", "NOTA PENJUALAN", "Terima kasih", "Segel", "Siti Rohmah"):
        assert made.text(said).middle == pytest.approx(made.wide / 2, abs=0.1), said
    for said in ("Rp320.000", "Rp300.000", "Rp20.000", "300.000", "14 Juni 2026"):
        assert made.text(said).end == pytest.approx(right, abs=0.1), said
    for said in ("Bibit cabai rawit", "120 batang", "Jumlah", "Dibayar", "BKM-2606-0007"):
        assert made.text(said).x == pytest.approx(left, abs=0.1), said
    total = made.text("Rp320.000")
    assert (total.font, total.size) == ("Bold", pytest.approx(10.1))
    assert all(above.y >= below.y for above, below in pairwise(made.texts))
    seal = made.text("Segel")
    assert made.rules[-1].y - seal.y > 14 * MM, "room for its code"


def test_who_receives_goods_or_money_has_room_to_sign() -> None:
    for slip, above, name in (
        (samples.receipts()[0], "Yang menerima", "Siti Rohmah"),
        (samples.consignment_slip(), "Diterima oleh", "Warung Bu Siti"),
    ):
        (page,) = rolled(slip)
        made = seen(page)
        signed = [each for each in made.texts if each.text == name][-1]
        assert made.text(above).y - signed.y == pytest.approx(11 * MM + 8.6 * 1.24, abs=0.01)
        assert signed.middle == pytest.approx(made.wide / 2, abs=0.1)


def test_goods_are_left_with_what_they_come_to() -> None:
    slip = samples.consignment_slip()
    (page,) = rolled(slip)
    assert "15 bungkus × 8.500 127.500" in words_of(page)
    assert "Jumlah Rp217.500" in words_of(page)
    bare = tuple(replace(line, price=None, amount=None) for line in slip.lines)
    (unpriced,) = rolled(replace(slip, lines=bare))
    assert "15 bungkus Keripik pare" in words_of(unpriced)
    assert "Jumlah" not in words_of(unpriced)
    assert "×" not in words_of(unpriced)


def test_a_sale_paid_in_full_says_nothing_of_what_is_owed() -> None:
    paid = replace(samples.sale_slip(), received=320_000)
    assert "Dibayar" not in words_of(rolled(paid)[0])
    plain = replace(samples.sale_slip(), discount=0, received=None, customer="")
    text = words_of(rolled(plain)[0])
    assert "Potongan" not in text
    assert "Subtotal" not in text
    assert "Pembeli" not in text


def test_what_is_no_slip_is_refused() -> None:
    assert not on_roll(samples.voucher())
    with pytest.raises(RuleError) as refused:
        rolled(samples.voucher())
    assert refused.value.code == "not-on-a-roll"
