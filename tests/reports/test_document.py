"""The report of one document: each of its sections has what the book has of it, and leads on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.queries.entry import entry_of
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.model import Report, Row, RowKind

from .figures import close, earn, group, opening, spend
from .trade import ITEMS, buy, make, market, sell, undo

BookOf = Callable[..., Book]
CELLS = ("detail", "item", "lot", "quantity", "unit", "debit", "credit", "value", "leads_to")
START = (opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "sayur", 100, 400_000, lot="S-1"))


def document(book: Book, of: str) -> Report:
    return book.report("document", Parameters(number=of), "en")


def number(book: Book, day: str, kind: str) -> str:
    """The voucher number of the only document of that kind on that day."""
    sought = Sought(start=date.fromisoformat(day), end=date.fromisoformat(day))
    lines = book.read_in("en", diary_page, sought).lines
    (found,) = (line.number for line in lines if line.kind == kind)
    return found


def sections(found: Report) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in found.rows[1:]:
        if row.kind is RowKind.SECTION:
            assert (row.level, row.cells) == (0, (None,) * len(CELLS))
            parts[str(row.code)] = []
        else:
            assert row.level == 1
            parts[list(parts)[-1]].append(row)
    return parts


def told(row: Row) -> dict[str, Any]:
    """The label, the code, and what else the row has."""
    cells = zip(CELLS, row.cells, strict=True)
    return {"label": row.label, "code": row.code,
            **{key: value for key, value in cells if value is not None}}  # fmt: skip


def test_it_begins_with_its_story_and_says_what_it_is(book_of: BookOf) -> None:
    found = document(book_of(*START), "BKK-2601-0001")
    first = found.rows[0]
    assert (first.code, first.kind) == ("told", RowKind.NOTE)
    assert first.label.startswith("Bought 100 kg Sayur campur")
    assert [column.key for column in found.columns] == list(CELLS)
    assert [column.key for column in found.columns if not column.printed] == ["item", "leads_to"]
    assert found.title == "Document BKK-2601-0001"
    assert found.period == "Goods bought, Friday, 2 January 2026"
    assert found.parameters == {
        "number": "BKK-2601-0001", "kind": "purchase", "date": "2026-01-02",
    }  # fmt: skip
    assert list(sections(found)) == ["recorded", "lines", "postings", "moves"]


def test_how_it_was_recorded_is_said_line_by_line(book_of: BookOf) -> None:
    paid = spend("2026-01-03", 5_000, memo="Lampu", ref="N-7")
    book = book_of(*START, paid)
    entry = book.read(lambda reading: entry_of(reading.connection, "BKK-2601-0002"))
    assert entry is not None
    said = {row.label: row.cells[0] for row in sections(document(book, entry.number))["recorded"]}
    assert said.pop("Seal").endswith(", intact")
    assert said == {
        "Memo": "Lampu", "Number on the paper": "N-7", "Recorded by": "Siti Rohmah",
        "Recorded at": "1 July 2026 at 09:12 WIB", "Place in the chain": f"#{entry.sequence}",
    }  # fmt: skip
    plain = sections(document(book, "BKK-2601-0001"))["recorded"]
    assert not {"Memo", "Number on the paper"} & {row.label for row in plain}
    assert document(book, f"#{entry.sequence}").parameters["number"] == entry.number


@pytest.mark.parametrize("unknown", ["BKK-2601-9999", "#0", "#999", "#1x", "#1234567890123456789"])
def test_what_the_book_has_not_got_is_refused(unknown: str, sample_book: Book) -> None:
    with pytest.raises(RuleError, match="unknown-document") as refused:
        document(sample_book, unknown)
    assert refused.value.params == {"of": unknown}


def test_without_a_number_there_is_none(sample_book: Book) -> None:
    with pytest.raises(RuleError, match="number-needed"):
        sample_book.report("document", Parameters(), "en")


ASSET = {"code": "P", "name": "Pompa", "account": "1203", "cost": 900, "life_months": 9}
ENTERED: tuple[tuple[dict[str, Any], list[dict[str, Any]]], ...] = (
    (market("2026-01-05", 24_000, {"item": "sayur", "taken": 3, "sold": 2, "returned": 1}),
     [{"label": "Sayur campur", "code": "sayur", "item": "sayur", "quantity": 2_000, "unit": "kg",
       "leads_to": "stock-card"}]),
    ({"kind": "stock_count", "date": "2026-01-05", "place": "store", "lines": [
        {"item": "sayur", "counted": "99.5"}]},
     [{"label": "Sayur campur", "code": "sayur", "item": "sayur", "quantity": 99_500, "unit": "kg",
       "leads_to": "stock-card"}]),
    (spend("2026-01-05", 5_000),
     [{"label": "6103 Transport", "code": "6103", "value": 5_000, "leads_to": "general-ledger"}]),
    ({"kind": "savings", "date": "2026-01-05", "account": "1101", "type": "voluntary", "lines": [
        {"party": "ani", "amount": 7_000}]},
     [{"label": "Ani", "code": None, "value": 7_000}]),
    ({"kind": "memorial", "date": "2026-01-05", "reason": "Pindah", "lines": [
        {"account": "1111", "debit": 10, "party": "rina"}, {"account": "4101", "credit": 10}]},
     [{"label": "1111 Trade receivables", "code": "1111", "detail": "Ibu Rina", "debit": 10,
       "leads_to": "general-ledger"},
      {"label": "4101 Vegetable sales", "code": "4101", "credit": 10,
       "leads_to": "general-ledger"}]),
    (make("2026-01-05", 4, [{"item": "sayur", "qty": 2}], costs=[
        {"label": "Minyak", "amount": 3_000, "from": "1101"}]),
     [{"label": "Sayur campur", "code": "sayur", "item": "sayur", "quantity": 2_000, "unit": "kg",
       "leads_to": "stock-card"}, {"label": "Minyak", "code": None, "value": 3_000}]),
    ({"kind": "grant", "date": "2026-01-05", "account": "4201", "assets": [ASSET],
      "items": [{"item": "pupuk", "qty": 2, "value": 3_000}]},
     [{"label": "Pupuk NPK", "code": "pupuk", "item": "pupuk", "quantity": 2_000, "unit": "kg",
       "value": 3_000, "leads_to": "stock-card"},
      {"label": "1203 Processing equipment", "code": "1203", "value": 900,
       "leads_to": "general-ledger"}]),
)  # fmt: skip


@pytest.mark.parametrize(("line", "entered"), ENTERED, ids=[line["kind"] for line, _ in ENTERED])
def test_what_was_entered_is_told_line_by_line(
    line: dict[str, Any], entered: list[dict[str, Any]], book_of: BookOf
) -> None:
    book = book_of(*START, line)
    found = document(book, number(book, "2026-01-05", line["kind"]))
    assert [told(row) for row in sections(found)["lines"]] == entered


def test_postings_stand_on_their_side_and_goods_with_their_lots(book_of: BookOf) -> None:
    sold = sell("2026-01-05", "sayur", 2, party="rina", received={"1101": 4_000})
    book = book_of(*START, sold)
    found = sections(document(book, number(book, "2026-01-05", "sale")))
    by_account = {str(row.code): told(row) for row in found["postings"]}
    assert {code: (row.get("debit"), row.get("credit")) for code, row in by_account.items()} == {
        "1101": (4_000, None), "1111": (20_000, None), "4101": (None, 24_000),
        "5101": (8_000, None), "1125": (None, 8_000),
    }  # fmt: skip
    assert {row["leads_to"] for row in by_account.values()} == {"general-ledger"}
    assert by_account["1111"]["detail"] == "Ibu Rina"
    assert "detail" not in by_account["1101"]
    assert [told(row) for row in found["moves"]] == [{
        "label": "Sayur campur", "code": "S-1", "detail": "store", "item": "sayur", "lot": "S-1",
        "quantity": -2_000, "unit": "kg", "value": -8_000, "leads_to": "lots",
    }]  # fmt: skip


def test_what_grows_and_what_is_owned_moves_by_its_name(book_of: BookOf) -> None:
    acquired = {"kind": "asset_acquisition", "date": "2026-01-05", "paid_from": "1101", **ASSET}
    (row,) = sections(document(book_of(*START, acquired), "BKK-2601-0002"))["moves"]
    assert {key: value for key, value in told(row).items() if key != "quantity"} == {
        "label": "P", "code": None, "detail": "P", "unit": "", "value": 900,
    }  # fmt: skip


def test_attachments_lead_back_with_their_digests(book_of: BookOf) -> None:
    sealed = "ab" * 32
    files = [
        {"kind": "attachment", "of": "x", "name": "nota.txt", "type": "text/plain",
         "sha256": "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df",
         "data": "b2s="},
        {"kind": "attachment", "of": "x", "name": "foto.jpg", "type": "image/jpeg",
         "sha256": sealed},
    ]  # fmt: skip
    book = book_of(*START, spend("2026-01-03", 5_000, id="x"), *files)
    rows = [told(row) for row in sections(document(book, "BKK-2601-0002"))["attachments"]]
    assert [(row["label"], row["detail"]) for row in rows] == [
        ("nota.txt", "text/plain, 2 bytes"), ("SHA-256", files[0]["sha256"]),
        ("foto.jpg", "image/jpeg, digest only"), ("SHA-256", sealed),
    ]  # fmt: skip
    assert {row["leads_to"] for row in rows} == {"document"}
    for row in rows:
        assert document(book, row["code"]).parameters["number"] == "BKK-2601-0002"
    assert rows[0]["code"] == rows[1]["code"] != rows[2]["code"]


SPENT = spend("2026-01-10", 5_000, id="x")


@pytest.mark.parametrize(("before", "closing", "decision"), [
    ((group(decision="BA-01"),), {"decision": "BA-02"}, "BA-02"),
    ((group(decision="BA-01"),), {}, "BA-01"),
    ((), {"shares": {"3201": 100}}, "Month closed by BM-2601-0001"),
])  # fmt: skip
def test_the_decision_on_its_months_profit_is_named(
    before: tuple[dict[str, Any], ...], closing: dict[str, Any], decision: str, book_of: BookOf
) -> None:
    book = book_of(*before, *START, earn("2026-01-09", 9_000), SPENT, close("2026-01", **closing))
    closed = number(book, "2026-01-31", "month_close")
    (found,) = sections(document(book, number(book, "2026-01-10", "payment")))["decision"]
    assert told(found) == {"label": decision, "code": closed, "leads_to": "document",
                           "detail": f"Month closed by {closed}"}  # fmt: skip


def test_a_close_names_its_own_decision(book_of: BookOf) -> None:
    book = book_of(group(), *START, earn("2026-01-09", 9_000), close("2026-01", decision="BA-02"))
    closed = number(book, "2026-01-31", "month_close")
    (found,) = sections(document(book, closed))["decision"]
    assert told(found) == {"label": "BA-02", "code": closed, "leads_to": "document"}


def test_a_correction_and_what_it_corrects_name_each_other_with_the_reason(
    book_of: BookOf,
) -> None:
    book = book_of(*START, SPENT, undo("2026-01-11", "x", reason="Salah"))
    wrong, right = (
        number(book, *of) for of in (("2026-01-10", "payment"), ("2026-01-11", "correction"))
    )
    for one, label, other in ((wrong, "Undone by", right), (right, "Undoes", wrong)):
        (row,) = sections(document(book, one))["corrections"]
        assert told(row) == {"label": f"{label} {other}", "code": other, "detail": "Salah",
                             "leads_to": "document"}  # fmt: skip
