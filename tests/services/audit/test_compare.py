"""Two books side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.app import Book, Books
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.reading import Reading
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import Layout, Report, RowKind
from kwt_books.services.audit.compare import (
    Comparison,
    Difference,
    Line,
    Progress,
    Side,
    Verdict,
    compare,
)
from kwt_books.services.audit.comparison import Named, comparison_report, entry_text
from kwt_books.store.file import BookFile
from tests.books import book_at
from tests.oracle.streams import random_stream
from tests.services.audit.tampering import tampered

Made = Callable[[str, list[str]], Path]


@pytest.fixture
def made(books: Books, tmp_path: Path) -> Made:
    return lambda name, lines: book_at(books, tmp_path / name, lines)


@pytest.fixture(scope="module", autouse=True)
def portions() -> Iterator[None]:
    """Books of a test have several portions."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kwt_books.services.audit.compare._AT_ONCE", 7)
        yield


def compared(first: Path, second: Path, progress: Progress | None = None) -> Comparison:
    files = [BookFile.open(path, read_only=True) for path in (first, second)]
    with files[0].reading() as here, files[1].reading() as there:
        found = compare(here, there, progress)
    for file in files:
        file.close()
    return found


def stamped(lines: list[str]) -> list[str]:
    """Lines that say when and by whom, so that two imports give the same entries."""
    stamp = {"at": "2026-06-30T08:00:00+07:00", "by": "bendahara"}
    return [json.dumps({"recorded": stamp, **json.loads(line)}) for line in lines]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return stamped(random_stream(7, 60, 3))


def test_a_book_is_the_same_as_its_copy(made: Made, lines: list[str]) -> None:
    found = compared(made("a", lines), made("b", lines))
    assert found.verdict is Verdict.SAME
    assert found.common == len(lines)
    assert found.head == found.first.head == found.second.head


@settings(max_examples=8)
@given(cut=st.integers(1, 59))
def test_a_backup_is_the_beginning_of_the_book(
    books: Books, lines: list[str], tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("backup")
    for name, part in (("book", lines), ("backup", lines[:cut])):
        book_at(books, folder / name, part)
    found = compared(folder / "book", folder / "backup")
    assert found.verdict is Verdict.FIRST_GOES_ON
    assert (found.common, found.head) == (cut, found.second.head)
    assert (found.first.after, found.first.only, found.second.after) == (len(lines) - cut,) * 2 + (
        0,
    )
    assert [each.sequence for each in found.first.lines] == list(range(cut + 1, len(lines) + 1))
    turned = compared(folder / "backup", folder / "book")
    assert turned.verdict is Verdict.SECOND_GOES_ON
    assert (turned.first, turned.second) == (found.second, found.first)


def test_a_rewritten_entry_is_where_they_part(made: Made, lines: list[str]) -> None:
    at = next(n for n, line in enumerate(lines) if json.loads(line)["kind"] == "receipt")
    changed = json.loads(lines[at])
    amount = changed["lines"][0]["amount"]
    changed["lines"][0]["amount"] = amount + 1
    other = [*lines[:at], json.dumps(changed), *lines[at + 1 :]]
    found = compared(made("a", lines), made("b", other))
    assert found.verdict is Verdict.PARTED
    assert found.common == at
    assert [side.parting and side.parting.sequence for side in (found.first, found.second)] == [
        at + 1,
        at + 1,
    ]
    differing = {each.field: (each.first, each.second) for each in found.differences}
    assert differing["lines.0.amount"] == (amount, amount + 1)
    assert not {"hash", "previous"} & differing.keys()
    assert found.first.only == found.second.only == 1
    assert found.moved == len(lines) - at - 1


def test_an_entry_left_out_is_named(made: Made, lines: list[str]) -> None:
    kinds = [json.loads(line)["kind"] for line in lines]
    at = max(n for n, kind in enumerate(kinds) if kind == "transfer")
    found = compared(made("a", lines), made("b", lines[:at] + lines[at + 1 :]))
    assert found.common == at
    assert [each.sequence for each in found.first.lines] == [at + 1]
    assert found.second.only == 0
    assert found.moved == len(lines) - at - 1


def test_the_first_of_many_are_named_and_the_others_counted(
    made: Made, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.services.audit.compare.LISTED", 2)
    found = compared(made("a", lines), made("b", lines[:9]))
    assert [each.sequence for each in found.first.lines] == [10, 11]
    assert found.first.only == len(lines) - 9
    assert found.second.lines == ()


def test_how_far_it_got_is_told_now_and_then(
    made: Made, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What both hold is read once of both; what follows is read in each, and looked for."""
    monkeypatch.setattr("kwt_books.services.audit.compare._EACH", 10)
    told: list[tuple[int, int]] = []
    compared(made("a", lines), made("b", lines[:9]), lambda *each: told.append(each))
    of = (len(lines) + 9) + 9
    assert {total for _, total in told} == {of}
    passed = [each for each, _ in told if each]
    assert passed == [*range(10, passed[-1] + 1, 10)]
    assert len(lines) - 10 <= passed[-1] <= of
    several = []
    compared(made("c", lines), made("d", lines), lambda *each: several.append(each))
    assert max(several)[0] // 10 == len(lines) // 10

    def leaves(passed: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        compared(made("e", lines), made("f", lines), leaves)


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("UPDATE posting SET amount = amount + 1 WHERE document = {n} AND line = 1", "posting.2"),
        ("UPDATE document SET recorded_by = 'lain' WHERE sequence = {n}", "by"),
        ("UPDATE document SET hash = printf('%064d', 1) WHERE sequence = {n}", "hash"),
        ("UPDATE move SET value = value + 1 WHERE document = {n} AND line = 0", "move.1"),
        ("UPDATE lot SET received = '2026-01-01' WHERE ordinal / 1000000 = {n}", "lot.1"),
        ("DELETE FROM lot WHERE ordinal / 1000000 = {n}", "lot.1"),
        ("UPDATE move SET quantity = quantity + 0.5 WHERE document = {n} AND line = 0", "move.1"),
        (  # bytes, of which SQLite makes no text, look like what they were
            "UPDATE document SET recorded_by = CAST(recorded_by AS BLOB) WHERE sequence = {n}",
            "by",
        ),
    ],
)
def test_rows_changed_under_an_unchanged_seal_are_seen(
    sample_path: Path, tmp_path: Path, statement: str, field: str
) -> None:
    """Nothing is believed for its seal alone."""
    file = BookFile.open(sample_path, read_only=True)
    with file.reading() as connection:
        query = "SELECT max(ordinal / 1000000) FROM lot"
        sequence = connection.exec_driver_sql(query).scalar_one()
    file.close()
    other = tampered(sample_path, tmp_path / "other", statement.format(n=sequence))
    found = compared(sample_path, other)
    assert found.common == sequence - 1
    assert [each.field for each in found.differences] == [field]


@pytest.mark.parametrize("missing", [1, 5, 7, 8])
def test_books_that_lack_the_same_entry_are_the_same(
    sample_path: Path, tmp_path: Path, missing: int
) -> None:
    gone = f"DELETE FROM document WHERE sequence = {missing}"
    one, other = (tampered(sample_path, tmp_path / name, gone) for name in ("one", "other"))
    found = compared(one, other)
    assert found.verdict is Verdict.SAME
    assert found.common == found.first.entries == found.second.entries
    assert found.head == found.first.head


def test_an_entry_before_the_first_place_is_seen(sample_path: Path, tmp_path: Path) -> None:
    columns = "kind, NULL, date, NULL, NULL, payload, recorded_at, recorded_by, previous, hash"
    slipped_in = f"INSERT INTO document SELECT 0, {columns} FROM document WHERE sequence = 1"
    found = compared(sample_path, tampered(sample_path, tmp_path / "other", slipped_in))
    assert (found.verdict, found.common) == (Verdict.PARTED, 0)


def test_a_contra_account_that_is_missing_is_no_other_entry(
    sample_path: Path, tmp_path: Path
) -> None:
    """It is worked out of the postings and not sealed: `verify` tells of it."""
    without = tampered(sample_path, tmp_path / "without", "UPDATE posting SET contra = ''")
    assert compared(sample_path, without).verdict is Verdict.SAME


OF_NEWEST_LOT = "(SELECT max(ordinal / 1000000) FROM lot)"


@pytest.mark.parametrize(
    ("statement", "field", "words"),
    [
        (
            "UPDATE posting SET account = '9999', amount = -1234567, party = 'bu-dewi',"
            " closing = 1, date = '2026-01-31', contra = '1234' WHERE line = 0 AND document = {n}",
            "posting.1",
            "9999 · −1,234,567 · bu-dewi · closing entry · 31 January 2026",
        ),
        (
            "UPDATE move SET place = 'dapur', item = 'keripik', lot = 'X-1', quantity = 12500,"
            " value = 45000, date = '2026-01-31' WHERE line = 0 AND document = {n}",
            "move.1",
            "dapur · keripik · X-1 · 12.5 · 45,000 · 31 January 2026",
        ),
        (
            "UPDATE lot SET item = 'keripik', name = 'X-1', received = '2026-01-31',"
            " expires = '2026-03-31' WHERE ordinal = {n} * 1000000",
            "lot.1",
            "keripik · X-1 · received 31 January 2026 · expires 31 March 2026",
        ),
        (  # no words tell a line from another
            "UPDATE lot SET ordinal = ordinal + 5 WHERE ordinal = {n} * 1000000",
            "lot.1",
            None,
        ),
    ],
)
def test_rows_that_differ_are_told_in_words(
    books: Books, sample_path: Path, tmp_path: Path, statement: str, field: str, words: str | None
) -> None:
    changed = statement.format(n=OF_NEWEST_LOT)
    other = tampered(sample_path, tmp_path / "other", changed)
    (report,) = books.compare(sample_path, other, "en").reports
    (row,) = [each for each in report.rows if each.code == field]
    here, there = row.cells[:2]
    assert here != there
    if words is not None:
        assert there == words
        assert str(here).count("·") <= words.count("·")


def test_the_report_says_it_in_both_languages(
    books: Books, made: Made, lines: list[str], tmp_path: Path
) -> None:
    at = next(n for n, line in enumerate(lines) if json.loads(line)["kind"] == "receipt")
    changed = json.dumps({**json.loads(lines[at]), "memo": "lain sekali"})
    paths = made("a.kwt", lines), made("b.kwt", [*lines[:at], changed, *lines[at + 1 :]])
    texts = []
    for language in ("id", "en"):
        pack = books.compare(*paths, language)
        assert pack.reports[0].figures["common"] == at
        out = BytesIO()
        books.write(pack, "text", out)
        texts.append(out.getvalue().decode())
        books.write(pack, "pdf", tmp_path / "comparison.pdf")
    assert all("lain sekali" in text for text in texts)
    assert "Tempat kedua buku berpisah".upper() in texts[0]
    assert "WHERE THEY PART" in texts[1]


# -- the report, of comparisons made by hand ---------------------------------------------------


RECEIPT = '{"into": "1101", "memo": "Panen"}'
A_LINE = Line(7, "BKM-2606-0007", "receipt", "2026-06-05", RECEIPT, None, 90_000)
A_SETUP = Line(3, None, "item", None, '{"code": "pare", "name": "Pare"}', None, 0)
SEALS = ("ab" * 32, "cd" * 32)


def side(**more: Any) -> Side:
    return Side(**({"entries": 9, "head": SEALS[0], "after": 0, "only": 0, "lines": (),
                    "parting": None} | more))  # fmt: skip


def rows_of(book: Book, found: Comparison) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Label, code and what stands in the cells of each row, in English."""

    def report(reading: Reading) -> Report:
        named = (Named(name, reading.setup) for name in ("a.kwt", "b.kwt"))
        return comparison_report(found, *named, Translator("en"))

    made = book.read(report)
    keys = [each.key for each in made.columns]
    filled = (dict(zip(keys, row.cells, strict=False)) for row in made.rows)
    cells = ({key: each for key, each in row.items() if each is not None} for row in filled)
    return [(row.label, row.code, own) for row, own in zip(made.rows, cells, strict=True)]


def test_each_book_is_called_by_its_name(books: Books, made: Made, lines: list[str]) -> None:
    paths = made("a.kwt", lines), made("b.kwt", lines[:9])
    (report,) = books.compare(*paths, "en").reports
    named = {row.code: (row.label, row.cells[5]) for row in report.rows if row.code}
    assert (named["first"], named["second"]) == (("a.kwt", len(lines)), ("b.kwt", 9))
    assert report.parameters == {
        "first": "a.kwt", "second": "b.kwt", "verdict": "first-goes-on",
    }  # fmt: skip


def test_two_of_one_name_are_called_by_their_folders(
    books: Books, made: Made, lines: list[str], tmp_path: Path
) -> None:
    (tmp_path / "lain").mkdir()
    paths = made("a.kwt", lines[:9]), made("lain/a.kwt", lines[:9])
    (report,) = books.compare(*paths, "en").reports
    named = {row.code: row.label for row in report.rows}
    assert (named["first"], named["second"]) == tuple(map(str, paths))


def test_headings_and_sentences_are_told_from_lines(sample_book: Book) -> None:
    first = side(after=4, only=3, lines=(A_LINE,), parting=A_LINE)
    found = Comparison(5, SEALS[0], first, side(entries=6, head=SEALS[1], after=2, only=1,
                                                parting=A_SETUP))  # fmt: skip

    def report(reading: Reading) -> Report:
        named = (Named(name, reading.setup) for name in ("a.kwt", "b.kwt"))
        return comparison_report(found, *named, Translator("en"))

    made = sample_book.read(report)
    headings = ["Result", "Where they part", "Only in a.kwt", "Only in b.kwt"]
    assert [row.label for row in made.rows if row.kind is RowKind.SECTION] == headings
    assert {row.kind for row in made.rows if row.code} == {RowKind.LINE}
    others = {row.kind for row in made.rows if not row.code and row.label not in headings}
    assert others == {RowKind.NOTE}
    assert made.figures == {
        "common": 5, "after_first": 4, "after_second": 2, "only_first": 3, "only_second": 1,
    }  # fmt: skip
    assert made.head == SEALS[0]
    assert made.layout is Layout.NOTES


def test_two_alike_are_said_to_be_alike(sample_book: Book) -> None:
    found = Comparison(9, SEALS[0], side(), side())
    seal = {"seal": "ABAB-ABAB-ABAB"}
    assert rows_of(sample_book, found) == [
        ("Result", None, {}),
        ("Both books hold the same entries, to the last byte.", None, {}),
        ("a.kwt", "first", {"entries": 9, "after": 0} | seal),
        ("b.kwt", "second", {"entries": 9, "after": 0} | seal),
        ("Common beginning", "common", {"entries": 9} | seal),
    ]


def test_where_they_part_and_what_each_has_alone_is_listed(sample_book: Book) -> None:
    first = side(after=4, only=3, lines=(A_LINE,), parting=A_LINE)
    second = side(entries=6, head=SEALS[1], after=1, parting=A_SETUP)
    differences = (
        Difference("lines.0.amount", 1_234_567, None),
        Difference("memo", "Panen", "Jual"),
        Difference("posting.2", {"a": "é"}, True),
    )
    rows = rows_of(sample_book, Comparison(5, SEALS[0], first, second, differences))
    assert [label for label, _, _ in rows if label[:9] == "The books"] == [
        "The books part. Up to there they are the same; after that, at least one of them is not "
        "what was recorded first."
    ]
    assert rows[3] == ("b.kwt", "second", {"entries": 6, "after": 1, "seal": "CDCD-CDCD-CDCD"})
    own = {"number": "BKM-2606-0007", "date": date(2026, 6, 5), "amount": 90_000}
    assert rows[5:] == [
        ("Where they part", None, {}),
        ("a.kwt: Panen", "parting-first", own),
        ("b.kwt: Set-up of item pare", "parting-second", {"number": "#3"}),
        ("As it was recorded", "lines.0.amount", {"first": "1,234,567", "second": "–"}),
        ("Memo", "memo", {"first": "Panen", "second": "Jual"}),
        ("Posting 2", "posting.2", {"first": '{"a": "é"}', "second": "true"}),
        ("Only in a.kwt", None, {}),
        ("Panen", "7", own),
        ("And 2 more.", None, {}),
        ("1 entry after the parting is in both books, under another seal.", None, {}),
    ]


@pytest.mark.parametrize(
    ("after", "verdict"),
    [((0, 0), Verdict.SAME), ((2, 0), Verdict.FIRST_GOES_ON), ((0, 2), Verdict.SECOND_GOES_ON),
     ((2, 2), Verdict.PARTED)],
)  # fmt: skip
def test_the_verdict_goes_by_what_follows(after: tuple[int, int], verdict: Verdict) -> None:
    first, second = (side(after=each) for each in after)
    assert Comparison(5, SEALS[0], first, second).verdict is verdict


@pytest.mark.parametrize(
    ("line", "text"),
    [(replace(A_LINE, payload="{"), "receipt"), (replace(A_LINE, payload="[]"), "receipt"),
     (replace(A_SETUP, kind="party"), "Set-up of party pare"),
     (replace(A_SETUP, kind="person"), "Set-up of person Pare")],
)  # fmt: skip
def test_what_an_entry_was_is_told_as_far_as_it_can_be_read(
    sample_book: Book, line: Line, text: str
) -> None:
    found = sample_book.read(
        lambda reading: entry_text(Describer(reading.setup, Translator("en")), line)
    )
    assert found == text
