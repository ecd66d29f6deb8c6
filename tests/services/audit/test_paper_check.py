"""A paper printed at some time, held against the book of today."""

from __future__ import annotations

import io
import json
import shutil
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.audit import read_code
from kwt_books.domain.chain import GENESIS, short_code
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.reports.context import Parameters
from kwt_books.services.audit.paper_check import State, Verdict, code_in, find_state
from tests.books import asked, book_at, column
from tests.services.audit.tampering import tampered

BookOf = Callable[..., Book]


def heads(path: Path, books: Books) -> list[str]:
    """The chain head after each entry."""
    with closing(books.open(path, read_only=True)) as book:
        return book.read(column, "SELECT hash FROM document ORDER BY sequence")


def state(path: Path, books: Books, code: str) -> State:
    with closing(books.open(path, read_only=True)) as book:
        return book.read(lambda reading: find_state(reading.connection, read_code(code)))


# -- the code ------------------------------------------------------------------------------


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_as_people_type_it(head: bytes) -> None:
    digits = head.hex()
    code = short_code(digits)
    for text in (code, f"KWT:{code}", f" kwt:{code.lower()} ", code.replace("-", " "), digits[:12]):
        assert read_code(text) == digits[:12]


@pytest.mark.parametrize("text", ["", "7F3A-91C2", "7F3A-91C2-0D4G", "7F3A-91C2-0D4E-1", "KWT"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_code(text)
    assert refused.value.code == "not-a-code"


# -- the state -----------------------------------------------------------------------------


def test_every_paper_ever_printed_is_found(books: Books, sample_path: Path) -> None:
    for sequence, head in enumerate(heads(sample_path, books), start=1):
        found = state(sample_path, books, short_code(head))
        assert (found.verdict, found.sequence) == (Verdict.CONTAINED, sequence)
    assert state(sample_path, books, GENESIS[:12]).sequence == 0


def test_a_paper_of_another_book_is_not(books: Books, sample_path: Path) -> None:
    found = state(sample_path, books, "7F3A-91C2-0D4E")
    assert (found.verdict, found.bad) == (Verdict.UNKNOWN, None)


def rewritten(path: Path, books: Books, copy: Path, change: Callable[[list[Any]], None]) -> Path:
    """The book written anew from some entry on, every seal computed again."""
    out = io.BytesIO()
    with closing(books.open(path, read_only=True)) as book:
        book.export("stream", out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    change(lines)
    return book_at(books, copy, lines)


def test_a_rewritten_tail_is_found_by_any_paper_printed_before(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    before = heads(sample_path, books)
    at = 60

    def change(lines: list[Any]) -> None:
        lines[at]["memo"] = "lain"

    copy = rewritten(sample_path, books, tmp_path / "copy.kwt", change)
    assert state(copy, books, before[at - 1][:12]).verdict is Verdict.CONTAINED
    for head in before[at:]:
        assert state(copy, books, head[:12]).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET amount = amount * 2 WHERE document = {n}",
        "UPDATE document SET payload = replace(payload, '2026', '2025') WHERE sequence = {n}",
        "UPDATE document SET recorded_by = 'x' WHERE sequence = {n}",
        "UPDATE posting SET closing = 7 WHERE document = {n}",
        "DELETE FROM document WHERE sequence = {n}",
    ],
)
def test_a_code_is_not_believed_where_an_entry_before_was_changed(
    books: Books, sample_path: Path, tmp_path: Path, statement: str
) -> None:
    codes, n = [head[:12] for head in heads(sample_path, books)], 70
    copy = tampered(sample_path, tmp_path / "copy.kwt", statement.format(n=n))
    assert state(copy, books, codes[n - 2]).verdict is Verdict.CONTAINED
    found = state(copy, books, codes[n + 4])
    assert found.verdict is Verdict.CHANGED
    assert found.bad is not None
    lost = state(copy, books, "7F3A-91C2-0D4E")
    assert (lost.verdict, lost.bad) == (Verdict.UNKNOWN_CHANGED, found.bad)
    with closing(books.open(copy, read_only=True)) as book:
        right = book.audit.paper(codes[n - 2], "en").reports[0].parameters
        assert (right["verdict"], right["month"]) == ("contained", "2026-06")
        for code in (codes[n + 4], "7F3A-91C2-0D4E"):
            report = book.audit.paper(code, "en").reports[0]
            assert "month" not in report.parameters
            said, broken = report.rows[1:3]
            assert f"{found.bad} " in said.label
            assert broken.label.startswith(f"{found.bad}: ")


# -- the figures ---------------------------------------------------------------------------


def test_figures_of_then_and_today(books: Books, sample_path: Path, tmp_path: Path) -> None:
    """Those of then are what a book says that ends there."""
    out = io.BytesIO()
    with closing(books.open(sample_path, read_only=True)) as book:
        book.export("stream", out)
    lines = out.getvalue().splitlines()
    codes = [head[:12] for head in heads(sample_path, books)]
    for n in (52, 70, len(lines)):
        path = tmp_path / f"{n}.kwt"
        books.import_stream(path, io.BytesIO(b"\n".join(lines[:n])))
        with closing(books.open(path, read_only=True)) as then:
            balances = trial_balance(then)
        with closing(books.open(sample_path, read_only=True)) as now:
            report = now.audit.paper(codes[n - 1], "id", "2026-06").reports[0]
            today = trial_balance(now)
        assert report.parameters["verdict"] == "contained"
        changed = {
            row.code: row.cells[2:4]
            for row in report.rows
            if row.code is not None and row.code in {**balances, **today} and row.cells[4]
        }
        assert changed == {
            code: (balances.get(code, 0), today.get(code, 0))
            for code in {**balances, **today}
            if balances.get(code, 0) != today.get(code, 0)
        }
        assert report.figures["differs"] == int(n < len(lines))
        since = asked(
            sample_path,
            "SELECT number FROM document WHERE number IS NOT NULL AND date <= '2026-06-30'"
            f" AND sequence > {n} ORDER BY sequence",
        )
        numbers = {number for (number,) in asked(sample_path, "SELECT number FROM document")}
        assert [row.code for row in report.rows if row.code and row.code in numbers] == [
            x for (x,) in since
        ]


def trial_balance(book: Book) -> dict[str, Any]:
    report = book.report("trial-balance", Parameters(month="2026-06"), "id")
    return {str(row.code): row.cells[3] for row in report.rows if row.code != "total"}


def test_figures_are_those_of_the_statements(books: Books, sample_book: Book) -> None:
    code = sample_book.report("trial-balance", Parameters(month="2026-06"), "id").head[:12]
    position = sample_book.report("position", Parameters(month="2026-06"), "id").figures
    profit = sample_book.report("profit-loss", Parameters(month="2026-06"), "id").figures
    rows = {row.code: row for row in sample_book.audit.paper(code, "id").reports[0].rows}
    for code in ("total_assets", "cash"):
        if code in position:
            assert rows[code].cells[3] == position[code]
    assert rows["total_assets"].cells[3] == position["total_assets"]
    assert rows["profit"].cells[3] in profit.values()


def test_the_first_that_were_recorded_since_are_named_and_the_others_counted(
    books: Books, sample_book: Book, sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = heads(sample_path, books)[69][:12]

    def since(most: int) -> list[str]:
        monkeypatch.setattr("kwt_books.services.audit.paper_check._LISTED", most)
        rows = sample_book.audit.paper(code, "en").reports[0].rows
        (heading,) = (at for at, row in enumerate(rows) if row.label.startswith("Recorded since"))
        return [row.code or row.label for row in rows[heading + 1 :]]

    every = since(200)
    assert len(every) > 4
    assert since(3) == [*every[:3], f"And {len(every) - 3} more."]
    assert since(len(every)) == every


def test_how_far_the_seals_were_computed_is_told(
    sample_book: Book, sample_path: Path, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the paper's entry; of a paper that is of no state of the book, to its end."""
    monkeypatch.setattr("kwt_books.services.audit.paper_check._EACH", 10)
    seals = heads(sample_path, books)
    for code, last in ((seals[69][:12], 70), ("7f3a91c20d4e", len(seals))):
        told: list[tuple[int, int]] = []
        sample_book.read(
            lambda reading, c=code, t=told: find_state(
                reading.connection, c, lambda *each: t.append(each)
            )
        )
        assert told == [(passed, last) for passed in range(10, last + 1, 10)]


@pytest.mark.parametrize(
    ("recorded", "said"),
    [("kemarin", "kemarin"), ("2026-06-30", "30 June 2026"),
     ("2026-06-30T16:05:00+07:00", "30 June 2026 at 16:05 WIB")],
)  # fmt: skip
def test_when_an_entry_was_recorded_is_told_as_far_as_it_can_be_read(
    books: Books, sample_path: Path, tmp_path: Path, recorded: str, said: str
) -> None:
    code = heads(sample_path, books)[69][:12]
    change = f"UPDATE document SET recorded_at = '{recorded}' WHERE sequence = 70"
    copy = tampered(sample_path, tmp_path / "copy.kwt", change)
    with closing(books.open(copy, read_only=True)) as book:
        rows = book.audit.paper(code, "en").reports[0].rows
    (entry,) = (row for row in rows if row.code == "entry")
    assert entry.label == f"Last entry when it was printed, recorded {said} by Siti Rohmah"


# -- files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["pdf", "xlsx"])
def test_printed_files_carry_their_code(
    books: Books, sample_book: Book, tmp_path: Path, format_: str
) -> None:
    pack = sample_book.pack("trial-balance", Parameters(month="2026-06"), "id")
    path = tmp_path / f"paper.{format_}"
    books.write(pack, format_, path)
    assert code_in(path) == pack.imprint.head[:12]


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_that_another_program_saved_keeps_it(
    books: Books, sample_book: Book, tmp_path: Path, packed: bool
) -> None:
    pack = sample_book.pack("trial-balance", Parameters(month="2026-06"), "id")
    path = tmp_path / "paper.pdf"
    books.write(pack, "pdf", path)
    writer = PdfWriter(clone_from=path)
    if packed:
        writer.compress_identical_objects()
    writer.write(tmp_path / "saved.pdf")
    assert code_in(tmp_path / "saved.pdf") == pack.imprint.head[:12]


def pdf_with(keywords: bytes, *, packed: bool = False) -> bytes:
    info = b"<< /Title (x) /Keywords " + keywords + b" >>"
    if packed:
        data = zlib.compress(b"7 0 " + info)
        length = str(len(data)).encode()
        return (
            b"%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
            + length + b" >>\nstream\r\n" + data + b"\nendstream\nendobj\n%%EOF"
        )  # fmt: skip
    return b"%PDF-1.4\n7 0 obj\n" + info + b"\nendobj\n%%EOF"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "keywords",
    [
        b"(7F3A-91C2-0D4E)",
        b"(7F3A\\05591C2\\055\\\n0D4E)",
        b"<" + b"7F3A-91C2-0D4E".hex(" ").encode() + b">",
        b"(\xfe\xff" + "KWT:7F3A-91C2-0D4E".encode("utf-16-be") + b")",
        b"<FEFF" + "7F3A-91C2-0D4E".encode("utf-16-be").hex().encode() + b">",
    ],
)
def test_keywords_in_every_writing(tmp_path: Path, keywords: bytes, packed: bool) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_with(keywords, packed=packed))
    assert code_in(path) == "7f3a91c20d4e"


def test_a_part_that_is_spoiled_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    spoiled = b"5 0 obj\n<< /Type /ObjStm >>\nstream\r\nspoiled\nendstream\nendobj\n"
    path = tmp_path / "paper.pdf"
    path.write_bytes(spoiled + pdf_with(b"(7F3A-91C2-0D4E)", packed=True))
    assert code_in(path) == "7f3a91c20d4e"


def test_a_large_file_is_not_copied_for_each_of_its_parts(tmp_path: Path) -> None:
    path, size = tmp_path / "scan.pdf", 8_000_000
    path.write_bytes(pdf_with(b"(none)", packed=True) + bytes(size))
    tracemalloc.start()
    with pytest.raises(RuleError):
        code_in(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.5 * size


def test_a_spoiled_workbook_has_no_code(tmp_path: Path) -> None:
    path = tmp_path / "neraca.xlsx"
    with ZipFile(path, "w", ZIP_LZMA) as archive:
        archive.writestr("docProps/core.xml", "<cp:keywords>7F3A-91C2-0D4E</cp:keywords>" * 9)
    assert code_in(path) == "7f3a91c20d4e"
    data = bytearray(path.read_bytes())
    start = data.index(b"core.xml") + len("core.xml") + 4  # past the coder's version and length
    data[start] = 255
    path.write_bytes(data)
    with pytest.raises(RuleError) as refused:
        code_in(path)
    assert refused.value.code == "no-code-in-file"


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("odd") / "paper"
    for head in (b"", b"PK", b"%PDF-1.4 /Keywords (", b"/ObjStm stream\n"):
        path.write_bytes(head + data)
        with pytest.raises(RuleError) as refused:
            code_in(path)
        assert refused.value.code == "no-code-in-file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refused:
        code_in(tmp_path / "none.pdf")
    assert refused.value.code == "cannot-read"


def test_holding_a_paper_leaves_the_book_alone(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "book.kwt"
    shutil.copyfile(sample_path, copy)
    state(copy, books, heads(copy, books)[50][:12])
    assert copy.read_bytes() == sample_path.read_bytes()
