"""Letters to shops, suppliers, customers, members and the bank, and their answers."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, RowKind
from kwt_books.reports.packs import Pack
from kwt_books.reports.papers import ConfirmationLetter
from kwt_books.services.audit.confirmations import (
    Compared,
    Kind,
    Letter,
    answer_sentences,
    answers_report,
    compare_answers,
    letters_report,
    papers_of,
)
from kwt_books.services.audit.file import Answer, Count
from tests.books import book_at
from tests.oracle.replay import replay
from tests.oracle.streams import random_stream

JUNE = date(2026, 6, 30)
PARTIES = {"1111": 1, "1112": 1, "2101": -1, "2106": -1, "3101": -1, "3102": -1}
KIND_OF = {"1111": "customer", "1112": "shop", "2101": "supplier"}


@pytest.fixture
def book(books: Books, sample_path: Path, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "juni.kwt"
    shutil.copyfile(sample_path, path)
    book = books.open(path, read_only=True)
    yield book
    book.close()


def papers(pack: Pack) -> dict[str, ConfirmationLetter]:
    """The letters by their addressees' names."""
    return {each.addressee: each for each in pack.parts if isinstance(each, ConfirmationLetter)}


def codes(report: Report, section: str) -> list[str]:
    """The letters under a heading of the answers."""
    found, at = [], ""
    for row in report.rows:
        if row.kind is RowKind.SECTION:
            at = row.label
        elif at == section and row.code:
            found.append(row.code)
    return found


# -- letters -------------------------------------------------------------------------------


def test_a_shop_is_asked_for_goods_and_debt(book: Book, expected: dict[str, Any]) -> None:
    found = papers(book.audit.confirmations(JUNE, "id", ["shop"]))
    assert found.keys() == {"Warung Bu Siti", "Warung Pak Joko"}
    joko = found["Warung Pak Joko"]
    assert joko.amounts == (("Piutang Warung Titip Jual", 68_000),)
    assert [(each.item, each.quantity, each.unit) for each in joko.goods] == [
        ("Keripik bayam 100 g", 2_000, "bungkus")
    ]
    assert found["Warung Bu Siti"].amounts[0][1] == 0


def test_letters_add_up_to_the_accounts(book: Book) -> None:
    """With what nobody is named for, the letters are the whole balance."""
    report = book.audit.confirmations(JUNE, "id").reports[0]
    trial = book.report("position", _june(), "id")
    assert trial.head == report.head
    balances = _balances(book)
    amounts: defaultdict[str, int] = defaultdict(int)
    for row in report.rows:
        if row.code in PARTIES:
            amounts[str(row.code)] += int(str(row.cells[2]))
    for letter in papers(book.audit.confirmations(JUNE, "id")).values():
        for label, amount in letter.amounts:
            amounts[_code_of(book, label)] += amount
    for account, sign in PARTIES.items():
        assert amounts[account] == sign * balances.get(account, 0), account
    assert amounts["1103"] == balances["1103"]


def _june() -> Any:
    return Parameters(until=JUNE)


def _balances(book: Book) -> dict[str, int]:
    report = book.report("trial-balance", _june(), "id")
    return {str(row.code): int(str(row.cells[3])) for row in report.rows}


def _code_of(book: Book, label: str) -> str:
    report = book.report("trial-balance", _june(), "id")
    names = {row.label: str(row.code) for row in report.rows}
    return names.get(label, label)


@pytest.mark.parametrize("seed", [2, 9])
def test_every_party_is_asked_what_the_book_says(books: Books, tmp_path: Path, seed: int) -> None:
    lines = random_stream(seed, 90, 3)
    book_at(books, tmp_path / "book.kwt", lines)
    oracle = replay(lines)
    day = max(document.date for document in oracle.documents)
    owed: defaultdict[tuple[str, str], int] = defaultdict(int)
    for document in oracle.documents:
        for posting in document.postings:
            if posting.account in PARTIES and posting.party is not None:
                kind = KIND_OF.get(posting.account, "member")
                owed[kind, posting.party] += PARTIES[posting.account] * posting.amount
    book = books.open(tmp_path / "book.kwt", read_only=True)
    report = book.audit.confirmations(day, "id").reports[0]
    book.close()
    found = {
        row.code: row.cells[2]
        for row in report.rows
        if row.code is not None and ":" in row.code and not row.code.startswith("bank:")
    }
    assert {code: amount for code, amount in found.items() if amount} == {
        f"{kind}:{party}": amount for (kind, party), amount in owed.items() if amount
    }


def test_letters_are_printed_one_a_page(books: Books, book: Book) -> None:
    pack = book.audit.confirmations(JUNE, "id")
    out = BytesIO()
    books.write(pack, "pdf", out)
    pages = [page.extract_text() for page in PdfReader(out).pages]
    letters = [text for text in pages if "gunting di sini" in text]
    assert len(letters) == len(papers(pack))
    for letter in papers(pack).values():
        (page,) = [text for text in letters if f"Nomor: {letter.number}\n" in f"{text}\n"]
        assert letter.addressee in page
    for format_ in ("text", "json", "csv", "xlsx"):
        books.write(pack, format_, BytesIO())


def test_an_unknown_kind_is_refused(book: Book) -> None:
    with pytest.raises(RuleError) as refused:
        book.audit.confirmations(JUNE, "id", ["neighbour"])
    assert refused.value.code == "not-a-choice"


# -- answers -------------------------------------------------------------------------------


def test_answers_are_held_against_the_book(books: Books, book: Book) -> None:
    desk = book.audit
    desk.enter_answer("shop:siti", JUNE, amount=0)
    desk.enter_answer("shop:joko", JUNE, amount=60_000, goods={"keripik-bayam": 1_000})
    report = desk.answers(JUNE, "en").reports[0]
    assert codes(report, "Differences") == ["shop:joko"]
    assert codes(report, "Agreed") == ["shop:siti"]
    assert "bank:1103" in codes(report, "Not answered yet")
    assert report.figures["difference"] == -8_000
    (goods,) = [row.cells for row in report.rows if row.level == 1]
    assert goods[:3] == ("bungkus", 2_000, 1_000)
    desk.enter_answer("shop:joko", JUNE, amount=68_000, goods={"keripik-bayam": 2_000})
    assert codes(desk.answers(JUNE, "en").reports[0], "Differences") == []
    letter = BytesIO()
    books.write(desk.letter("id"), "text", letter)
    assert "2 dari" in letter.getvalue().decode()


def test_an_answer_is_of_its_day(book: Book) -> None:
    book.audit.enter_answer("shop:joko", JUNE, amount=68_000)
    earlier = book.audit.answers(date(2026, 6, 20), "en").reports[0]
    assert codes(earlier, "Agreed") == []


@pytest.mark.parametrize(
    ("letter", "goods", "code"),
    [("shop:nobody", {}, "unknown-letter"), ("shop:siti", {"nothing": 1}, "unknown-item")],
)
def test_answers_to_nothing_are_refused(
    book: Book, letter: str, goods: dict[str, int], code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        book.audit.enter_answer(letter, JUNE, goods=goods)
    assert refused.value.code == code


def test_the_demo_has_letters_for_everybody(books: Books, tmp_path: Path) -> None:
    with (resources_dir() / "demo" / "2026.jsonl").open("rb") as stream:
        books.import_stream(tmp_path / "demo.kwt", stream)
    book = books.open(tmp_path / "demo.kwt", read_only=True)
    kinds = {
        str(row.code).partition(":")[0]
        for row in book.audit.confirmations(date(2026, 11, 30), "id").reports[0].rows
        if row.code and ":" in row.code
    }
    book.close()
    assert {"shop", "customer", "member", "bank"} <= kinds


# -- answers held against letters, made by hand --------------------------------------------------


SITI = Letter(Kind.SHOP, "siti", "Warung Bu Siti", "", {"keripik-bayam": 2_000}, {"1112": 90_000})
ANI = Letter(Kind.MEMBER, "ani", "Ani", "", {}, {"3101": 50_000, "3102": 10_000})
BANK = Letter(Kind.BANK, "1103", "Bank", "", {}, {"1103": 500_000})


def answer(letter: str, amount: int | None = None, **more: Any) -> Answer:
    counts = tuple(Count(item=item, quantity=n) for item, n in more.pop("goods", {}).items())
    said = {"letter": letter, "day": JUNE, "at": "2026-07-01", "by": "Pak Chandra"} | more
    return Answer(amount=amount, goods=counts, **said)


@pytest.mark.parametrize(
    ("given", "difference", "goods", "agrees"),
    [
        (None, 0, {}, False),
        (answer("shop:siti"), 0, {}, True),
        (answer("shop:siti", 90_000), 0, {}, True),
        (answer("shop:siti", 70_000), -20_000, {}, False),
        (answer("shop:siti", 90_001), 1, {}, False),
        (answer("shop:siti", goods={"keripik-bayam": 2_000}), 0,
         {"keripik-bayam": (2_000, 2_000)}, True),
        (answer("shop:siti", goods={"bayam": 1}), 0, {"bayam": (0, 1)}, False),
    ],
)  # fmt: skip
def test_an_answer_agrees_or_says_what_differs(
    given: Answer | None, difference: int, goods: dict[str, Any], agrees: bool
) -> None:
    found = Compared(SITI, given)
    assert (found.difference, found.goods, found.agrees) == (difference, goods, agrees)


def test_the_newest_answer_of_the_day_counts() -> None:
    assert (SITI.code, SITI.amount, ANI.amount) == ("shop:siti", 90_000, 60_000)
    old, new = answer("shop:siti", 5), answer("shop:siti", 90_000)
    other = answer("member:ani", 1, day=date(2026, 5, 31))
    found = compare_answers([SITI, ANI], [old, new, other], JUNE)
    assert [each.answer for each in found] == [new, None]


def test_what_came_back_is_told_by_letter_and_in_sentences(book: Book) -> None:
    said = [answer("shop:siti", 70_000, goods={"keripik-bayam": 1_500}, note="belum dicatat"),
            answer("member:ani", 60_000)]  # fmt: skip
    compared = compare_answers([SITI, ANI, BANK], said, JUNE)
    report, sentences = book.read_in(
        "en",
        lambda context: (
            answers_report(context, compared, JUNE), answer_sentences(context, compared, JUNE)
        ),
    )  # fmt: skip
    assert [(row.label, row.code, row.level, row.cells) for row in report.rows] == [
        ("Differences", None, 0, ()),
        ("Warung Bu Siti: belum dicatat", "shop:siti", 0,
         (None, None, None, 90_000, 70_000, -20_000)),
        ("Keripik bayam 100 g", None, 1, ("bungkus", 2_000, 1_500, None, None, None)),
        ("Agreed", None, 0, ()),
        ("Ani", "member:ani", 0, (None, None, None, 60_000, 60_000, 0)),
        ("Not answered yet", None, 0, ()),
        ("Bank", "bank:1103", 0, (None, None, None, 500_000, None, None)),
    ]  # fmt: skip
    assert report.figures == {
        "differing": 1, "agreeing": 1, "unanswered": 1, "difference": -20_000,
    }  # fmt: skip
    assert sentences == (
        "As at 30 June 2026: 2 of 3 letters came back, 1 with differences.",
        "Warung Bu Siti: Rp90,000 according to the book, Rp70,000 according to the answer.",
    )


def test_where_nothing_came_back_there_is_nothing_to_say(book: Book) -> None:
    compared = compare_answers([BANK], [], JUNE)
    report, sentences = book.read_in(
        "en",
        lambda context: (
            answers_report(context, compared, JUNE), answer_sentences(context, compared, JUNE)
        ),
    )  # fmt: skip
    assert sentences == ()
    assert [row.label for row in report.rows] == [
        "Differences", "None.", "Agreed", "None.", "Not answered yet", "Bank",
    ]  # fmt: skip


def test_letters_are_numbered_by_kind_and_what_names_nobody_stands_below(book: Book) -> None:
    found = [SITI, BANK, ANI]
    report, papers_ = book.read_in(
        "en",
        lambda context: (
            letters_report(context, found, JUNE, {"1111": 7_000}),
            list(papers_of(context, found, JUNE, "Pak Chandra")),
        ),
    )  # fmt: skip
    assert [(row.label, row.code, row.kind is RowKind.LINE, row.cells) for row in report.rows] == [
        ("Shops", None, False, ()),
        ("K-01 Warung Bu Siti", "shop:siti", True, (None, None, 90_000)),
        ("Keripik bayam 100 g", "keripik-bayam", True, (2_000, "bungkus", None)),
        ("Members", None, False, ()),
        ("K-03 Ani", "member:ani", True, (None, None, 60_000)),
        ("Banks", None, False, ()),
        ("K-02 Bank", "bank:1103", True, (None, None, 500_000)),
        ("Without a name", None, False, ()),
        ("Nobody can confirm amounts for which the book names nobody.", None, False, ()),
        ("Trade receivables", "1111", True, (None, None, 7_000)),
    ]  # fmt: skip
    assert report.figures == {"letters": 3, "amount": 650_000}
    assert [(x.number, x.addressee, x.day, x.auditor) for x in papers_] == [
        ("K-01", "Warung Bu Siti", JUNE, "Pak Chandra"), ("K-02", "Bank", JUNE, "Pak Chandra"),
        ("K-03", "Ani", JUNE, "Pak Chandra"),
    ]  # fmt: skip
    assert [(x.item, x.quantity, x.unit) for x in papers_[0].goods] == [
        ("Keripik bayam 100 g", 2_000, "bungkus")
    ]
    assert papers_[0].written == date(2026, 7, 1)
