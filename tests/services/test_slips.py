"""The papers of recorded documents agree with what was booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain import kinds
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.errors import RuleError
from kwt_books.domain.kind import Paper
from kwt_books.queries.overview import setup_data
from kwt_books.queries.shops import shops
from kwt_books.reports.model import Report
from kwt_books.reports.papers import (
    AllocationMinutes,
    CashCountMinutes,
    ConsignmentSlip,
    Receipt,
    Receipts,
    SaleSlip,
    Voucher,
)
from kwt_books.services.slips import LabelWish, labels, papers_of, slip, split_weight
from tests.books import asked, column, copied
from tests.domain.examples import BASE, NEXT, SETUP, goods, item, on
from tests.reports.figures import close, earn, group


def numbers(path: Path) -> Iterator[tuple[str, str]]:
    yield from asked(
        path, "SELECT number, kind FROM document WHERE number IS NOT NULL ORDER BY sequence"
    )


def number_of(path: Path, kind: str, day: str) -> str:
    found = asked(
        path, "SELECT number FROM document WHERE kind = :kind AND date = :day", kind=kind, day=day
    )
    return str(found[0][0])


def postings(path: Path, number: str) -> list[tuple[str, int]]:
    return asked(
        path,
        "SELECT account, amount FROM posting JOIN document ON sequence = document"
        " WHERE number = :number ORDER BY line",
        number=number,
    )


def paper(book: Book, number: str, kind: Paper | None = None) -> object:
    (part,) = book.paper("id", slip, number, kind).parts
    return part


def test_every_document_has_a_voucher_with_its_postings(
    sample_book: Book, sample_path: Path
) -> None:
    for number, _kind in numbers(sample_path):
        voucher = paper(sample_book, number, kinds.VOUCHER)
        assert isinstance(voucher, Voucher)
        booked = postings(sample_path, number)
        assert [(line.code, line.amount) for line in voucher.lines] == booked
        cash = sum(amount for code, amount in booked if code in ("1101", "1102", "1103", "1104"))
        debits = sum(amount for _code, amount in booked if amount > 0)
        assert voucher.amount == (abs(cash) or debits)
        released = [account for account, _ in booked[len(booked) - voucher.released :]]
        assert released in ([], ["3204", "3301"], ["3203", "3301"], ["3202", "3301"])


def test_all_papers_can_be_printed_in_both_languages(sample_book: Book, sample_path: Path) -> None:
    shown: set[str] = set()
    for number, kind in numbers(sample_path):
        if kind in shown:
            continue
        shown.add(kind)
        for language in ("id", "en"):
            for each in sample_book.read(papers_of, number):
                out = BytesIO()
                Books.write(sample_book.paper(language, slip, number, each), "pdf", out)
                assert out.getvalue().startswith(b"%PDF"), (number, each)


@pytest.mark.parametrize(
    ("kind", "day", "first"),
    [
        ("market_day", "2026-06-05", kinds.SHEET),
        ("sale", "2026-06-14", kinds.NOTA),
        ("consignment", "2026-06-10", kinds.CONSIGNMENT),
        ("receipt", "2026-06-02", kinds.RECEIPT),
        ("cash_count", "2026-06-30", kinds.CASH_MINUTES),
        ("month_close", "2026-06-30", kinds.ALLOCATION_MINUTES),
        ("payment", "2026-06-17", kinds.VOUCHER),
    ],
)
def test_the_usual_paper_comes_first(
    sample_book: Book, sample_path: Path, kind: str, day: str, first: Paper
) -> None:
    found = sample_book.read(papers_of, number_of(sample_path, kind, day))
    assert found[0] is first
    assert found[-1] is kinds.VOUCHER


def test_a_settlement_without_money_gives_no_receipt(sample_book: Book, sample_path: Path) -> None:
    ((number,),) = asked(
        sample_path,
        "SELECT number FROM document WHERE kind = 'consignment_settlement'"
        " AND payload LIKE '%joko%'",
    )
    assert sample_book.read(papers_of, number) == (kinds.VOUCHER,)
    assert isinstance(paper(sample_book, number, kinds.RECEIPT), Voucher)


def test_the_session_sheet_is_the_report_of_that_day(sample_book: Book, sample_path: Path) -> None:
    sheet = paper(sample_book, number_of(sample_path, "market_day", "2026-06-05"))
    assert isinstance(sheet, Report)
    assert sheet.name == "market-day"
    assert sheet.parameters["date"] == "2026-06-05"


def test_nota_and_receipt_of_a_sale(sample_book: Book, sample_path: Path) -> None:
    number = number_of(sample_path, "sale", "2026-06-14")
    nota, receipt = paper(sample_book, number), paper(sample_book, number, kinds.RECEIPT)
    assert isinstance(nota, SaleSlip)
    assert isinstance(receipt, Receipt)
    revenue = -sum(amount for code, amount in postings(sample_path, number) if code == "4104")
    assert sum(line.amount or 0 for line in nota.lines) == revenue == receipt.amount
    assert [(line.quantity, line.price) for line in nota.lines] == [(120_000, 2_500)]


def test_nobody_gets_a_receipt_for_interest_that_the_bank_credits(
    book_of: Callable[..., Book],
) -> None:
    came_in = [earn("2026-06-30", 4_000, account) for account in ("7101", "4101")]
    book = book_of(*({**each, "into": "1103"} for each in came_in))
    interest, sold = (paper(book, f"BKM-2606-000{place}", kinds.RECEIPT) for place in (1, 2))
    assert isinstance(interest, Voucher)
    assert isinstance(sold, Receipt)
    assert sold.payer == "Pembeli umum"


def test_goods_consigned_name_their_lots(sample_book: Book, sample_path: Path) -> None:
    slip = paper(sample_book, number_of(sample_path, "consignment", "2026-06-10"))
    assert isinstance(slip, ConsignmentSlip)
    assert sum(line.quantity for line in slip.lines) == 15_000
    assert {line.lot for line in slip.lines} == {"KB-2605", "KB-0608"}
    assert {line.price for line in slip.lines} == {8_500}, "as last settled there"


def test_goods_new_to_a_shop_stand_at_their_own_price(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    """A receipt that both sign names price and sum."""
    path = copied(books, sample_path, tmp_path / "juni.kwt")
    book = books.open(path)
    setup = book.read(setup_data)
    line = {"kind": "consignment", "date": "2026-07-01", "shop": "siti",
            "lines": [{"item": "keripik-pare", "qty": 1}]}  # fmt: skip
    command = parse_command(line, [])
    assert command is not None
    number = book.record(command).number
    assert number is not None
    slip = paper(book, number)
    assert isinstance(slip, ConsignmentSlip)
    assert all(each.price and each.amount for each in slip.lines)
    assert setup.items["keripik-pare"].price
    book.close()


def test_the_slip_names_the_price_that_the_form_offers(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    """What was last agreed of a good holds, however often the shop settled other goods since, until
    the settlement that said so is put right.
    """
    path = copied(books, sample_path, tmp_path / "juni.kwt")
    with closing(books.open(path)) as book:

        def recorded(kind: str, **said: Any) -> str:
            command = parse_command({"kind": kind, "date": "2026-07-01", **said}, [])
            assert command is not None
            return str(book.record(command).number)

        def left(item: str) -> str:
            return recorded("consignment", shop="joko", lines=[{"item": item, "qty": 1}])

        def settled(item: str, price: int) -> str:
            line = {"item": item, "price": price, "sold": 0, "returned": 1}
            return recorded("consignment_settlement", shop="joko", lines=[line])

        def told() -> tuple[int | None, int | None]:
            slip = paper(book, number)
            assert isinstance(slip, ConsignmentSlip)
            agreed = book.read(shops).prices["joko", "keripik-bayam"].price
            return slip.lines[-1].price, agreed

        before = book.read(shops).prices["joko", "keripik-bayam"].price
        agreed = settled("keripik-bayam", 7_700)
        for _ in range(55):
            left("keripik-pare")
            settled("keripik-pare", 12_000)
        number = left("keripik-bayam")
        assert told() == (7_700, 7_700)
        for wrong in (number, agreed):
            recorded("correction", of=wrong, reason="harga keliru")
        assert told() == (before, before)


def test_minutes_of_the_count_and_of_the_allocation(sample_book: Book, sample_path: Path) -> None:
    count = paper(sample_book, number_of(sample_path, "cash_count", "2026-06-30"))
    assert isinstance(count, CashCountMinutes)
    faces = {**count.notes, **count.coins}
    assert sum(face * pieces for face, pieces in faces.items()) == count.counted
    booked = dict(postings(sample_path, count.voucher))
    assert count.counted - count.book == booked["1101"]
    close = number_of(sample_path, "month_close", "2026-06-30")
    minutes = paper(sample_book, close)
    assert isinstance(minutes, AllocationMinutes)
    shared = sum(-amount for code, amount in postings(sample_path, close) if code[:2] == "32")
    assert sum(line.amount for line in minutes.lines) == minutes.allocated == shared


@pytest.mark.parametrize(
    ("day", "recorded", "time"),
    [
        ("2026-06-30", "2026-06-30T16:05:00+07:00", "16.05"),
        ("2026-06-29", "2026-06-30T16:05:00+07:00", ""),  # it was counted the day before
        ("2026-06-30", "2026-06-30", ""),
    ],
)
def test_minutes_of_a_count_tell_the_time_where_it_was_recorded_that_day(
    day: str, recorded: str, time: str, book_of: Callable[..., Book]
) -> None:
    count = {"kind": "cash_count", "date": day, "account": "1101", "counted": 0,
             "recorded": {"at": recorded, "by": "Siti"}}  # fmt: skip
    minutes = paper(book_of(group(), count), "BM-2606-0001")
    assert isinstance(minutes, CashCountMinutes)
    assert minutes.time == time


def test_the_minutes_of_sharing_invent_no_meeting(second_book: Book) -> None:
    """The number is the decision's; the meeting is that of the book of minutes, or left blank."""
    close = "BM-2612-0017"
    minutes = paper(second_book, close)
    assert isinstance(minutes, AllocationMinutes)
    assert (minutes.number, minutes.voucher) == ("BA-12/KWT/XII/2026", close)
    assert (minutes.met, minutes.place, minutes.people) == (None, "", None)


def test_a_meeting_in_the_book_of_minutes_is_told(book_of: Callable[..., Book]) -> None:
    book = book_of(
        group(), earn("2026-01-10", 1_000),
        {"kind": "register", "date": "2026-01-30", "book": "minutes", "title": "Rapat",
         "number": "BA-7", "place": "Balai RW", "people": 14, "decisions": "Dibagi"},
        close("2026-01", decision="BA-7"),
    )  # fmt: skip
    minutes = paper(book, "BM-2601-0001")
    assert isinstance(minutes, AllocationMinutes)
    assert (minutes.met, minutes.place, minutes.people) == (date(2026, 1, 30), "Balai RW", 14)


@pytest.mark.parametrize(
    ("own", "decision", "day"),
    [({}, "BA-01", date(2026, 1, 5)), ({"decision": "BA-7"}, "BA-7", None)],
)
def test_the_day_of_a_decision_is_that_of_the_groups_own_alone(
    own: dict[str, str], decision: str, day: date | None, book_of: Callable[..., Book]
) -> None:
    book = book_of(group(), earn("2026-01-10", 1_000), close("2026-01", **own))
    minutes = paper(book, "BM-2601-0001")
    assert isinstance(minutes, AllocationMinutes)
    assert (minutes.number, minutes.decision, minutes.decision_day) == (decision, decision, day)


def test_a_voucher_with_a_fund_sums_its_cash_once(second_book: Book) -> None:
    """A payment of 114,000 from a fund: its release is told below the sum, not in it."""
    voucher = paper(second_book, "BKK-2612-0010", kinds.VOUCHER)
    assert isinstance(voucher, Voucher)
    assert (voucher.amount, voucher.released) == (114_000, 2)
    out = BytesIO()
    Books.write(second_book.paper("id", slip, "BKK-2612-0010", kinds.VOUCHER), "pdf", out)
    text = " ".join(PdfReader(out).pages[0].extract_text().split())
    assert "Jumlah 114.000 114.000" in text
    assert "Dibayarkan kepada" in text


def test_everybody_who_pays_dues_or_savings_gets_a_receipt(second_book: Book) -> None:
    """Two residents paid for November and December; one of two members took out."""
    (dues,) = second_book.paper("id", slip, "BKM-2612-0010").parts
    assert isinstance(dues, Receipts)
    assert [(each.payer, each.amount, each.purpose) for each in dues.receipts] == [
        ("Sutrisno", 10_000, "Iuran November 2026, Desember 2026"),
        ("Hartati", 10_000, "Iuran November 2026, Desember 2026"),
    ]
    (saved,) = second_book.paper("id", slip, "BKM-2701-0004").parts
    assert isinstance(saved, Receipts)
    assert [each.amount for each in saved.receipts] == [10_000] * 5
    assert second_book.read(papers_of, "BKK-2701-0010") == (kinds.VOUCHER,), "Dewi took out"


def test_the_sheet_of_a_market_day_is_final_though_its_month_is_open(
    book_of: Callable[..., Book],
) -> None:
    sheet = paper(book_of(*BASE, *NEXT["market_day"]), "BKM-2606-0002")
    assert isinstance(sheet, Report)
    assert (sheet.name, sheet.provisional) == ("market-day", False)


@pytest.mark.parametrize(
    ("kind", "method"), [("savings", "Tunai"), ("dues", "Bank Rekening Kelompok")]
)
def test_a_receipt_says_how_it_was_paid(
    kind: str, method: str, book_of: Callable[..., Book]
) -> None:
    (made,) = book_of(*BASE, NEXT[kind][0]).paper("id", slip, "BKM-2606-0002").parts
    assert isinstance(made, Receipts)
    assert [each.method for each in made.receipts] == [method]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Keripik bayam 100 g", ("Keripik bayam", "100 g")),
        ("Sirup jahe, 250ml", ("Sirup jahe", "250 ml")),
        ("Keripik 1,5 KG pedas", ("Keripik pedas", "1,5 KG")),
        ("Keripik 100 gr.", ("Keripik", "100 gr")),
        ("100 g", ("100 g", "100 g")),
        ("Keripik 7 gang", ("Keripik 7 gang", "")),
        ("Keripik", ("Keripik", "")),
    ],
)
def test_the_weight_in_a_name_stands_by_itself(name: str, parts: tuple[str, str]) -> None:
    assert split_weight(name) == parts


def test_labels_tell_what_the_production_made(sample_book: Book, sample_path: Path) -> None:
    """Forty packs of the 8th that keep 75 days; what is weighed first, the most of it first."""
    number = number_of(sample_path, "production", "2026-06-08")
    made = sample_book.read(labels, number, LabelWish())
    assert (made.product, made.lot, made.net_weight) == ("Keripik bayam", "KB-0608", "100 g")
    assert (made.made, made.expires, made.count) == (date(2026, 6, 8), date(2026, 8, 22), 40)
    assert made.composition == ("Daun bayam", "Tepung beras", "Minyak goreng", "Bumbu keripik")
    assert (made.licence, made.price, made.barcode) == ("", None, "")


def test_labels_are_as_somebody_wishes(sample_book: Book, sample_path: Path) -> None:
    number = number_of(sample_path, "production", "2026-06-08")
    wish = LabelWish(count=7, net_weight="", licence="P-IRT 1", priced=True)
    made = sample_book.read(labels, number, wish)
    assert (made.count, made.net_weight, made.licence) == (7, "", "P-IRT 1")
    assert (made.price, made.barcode) == (10_000, "KERIPIK-BAYAM")
    counts = [sample_book.read(labels, number, LabelWish(count=n)).count for n in (0, 2_000, 2_001)]
    assert counts == [1, 2_000, 2_000]


def test_labels_hold_units_of_weight_against_each_other(book_of: Callable[..., Book]) -> None:
    """The most of it first, in whatever unit it is counted; what is not weighed comes last."""
    taken = {"bahan-1": ("kg", "0.9"), "bahan-2": ("ons", 8), "bahan-3": ("liter", "0.7"),
             "bahan-4": ("Gram", 600), "bahan-5": ("L", "0.5"), "bahan-6": ("g", 400),
             "bahan-7": ("ml", 300), "bahan-8": ("gr", 200), "bahan-9": ("butir", 999)}  # fmt: skip
    items = [item(code, "ingredient", unit=unit) for code, (unit, _) in taken.items()]
    used = [goods(code, qty) for code, (_, qty) in reversed(taken.items())]
    paid = [each | {"amount": 1_000} for each in used]
    book = book_of(
        *SETUP, *items, on("purchase", 3, party="toko", lines=paid),
        on("production", 5, item="keripik", qty=38, lot="K3", inputs=used),
    )  # fmt: skip
    (number,) = book.read(column, "SELECT number FROM document WHERE kind = 'production'")
    assert book.read(labels, number, LabelWish()).composition == tuple(map(str.title, taken))


def test_minutes_of_a_count_part_notes_from_coins_and_name_what_differs(
    book_of: Callable[..., Book],
) -> None:
    counted = {"kind": "cash_count", "date": "2026-06-30", "account": "1101", "counted": 12_000,
               "denominations": {"10000": 1, "1000": 1, "500": 2}}  # fmt: skip
    in_till = {"kind": "receipt", "date": "2026-06-30", "into": "1101", "lines": [
        {"account": "4101", "amount": 12_000}]}  # fmt: skip
    minutes = paper(book_of(group(), counted), "BKM-2606-0001")
    assert isinstance(minutes, CashCountMinutes)
    assert (minutes.notes, minutes.coins) == ({10_000: 1, 1_000: 1}, {500: 2})
    assert (minutes.book, minutes.counted, minutes.number) == (0, 12_000, "BKM-2606-0001")
    assert minutes.difference_account.startswith("7102 ")
    agreed = paper(book_of(group(), in_till, counted | {"ref": "BA-9"}), "BM-2606-0001")
    assert isinstance(agreed, CashCountMinutes)
    assert (agreed.book, agreed.number, agreed.difference_account) == (12_000, "BA-9", "")
    less = {"kind": "cash_count", "date": "2026-06-30", "account": "1101", "counted": 5}
    short = paper(book_of(group(), in_till, less), "BKK-2606-0001")
    assert isinstance(short, CashCountMinutes)
    assert short.difference_account.startswith("7202 ")


def test_unknown_documents_are_refused(sample_book: Book) -> None:
    with pytest.raises(RuleError, match="unknown-document"):
        sample_book.paper("id", slip, "BKM-2606-9999")
