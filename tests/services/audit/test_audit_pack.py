"""An audit pack proves itself, without this program."""

from __future__ import annotations

import ast
import csv
import gc
import io
import json
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.exporters import audit_pack
from kwt_books.exporters.whole import BookOrder
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.registry import KINDS
from tests.books import book_at, column
from tests.oracle.streams import random_stream
from tests.services.audit.tampering import tampered

BookOf = Callable[..., Book]
CHECKER = resources_dir() / "audit" / "check_book.py"
PHOTO = bytes(range(256)) * 40
CHECKS = {
    "files": "Berkas sesuai daftar",
    "chain": "Rantai segel",
    "stream": "Stream sama isinya",
    "balanced": "Debit sama dengan kredit",
    "vouchers": "Nomor bukti berurutan",
    "trial": "Neraca saldo",
    "stock": "Persediaan",
    "control": "Barang sesuai akunnya",
    "attachments": "Lampiran",
}


KEPT_BACK = {"attachment", "credential"}
"""Bytes that are files of their own, and what nobody's password may be guessed from."""


def attachment(of: str, name: str, data: bytes) -> str:
    line = {"kind": "attachment", "of": of, "name": name, "type": "image/jpeg",
            "sha256": sha256(data).hexdigest(), "data": b64encode(data).decode()}  # fmt: skip
    return json.dumps(line)


@pytest.fixture(scope="module")
def attached(
    books: Books, sample_stream: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    """The sample month with two photos, one named as badly as can be."""
    lines = sample_stream.read_text("utf-8").splitlines()
    photos = [attachment("p1", "nota.jpg", PHOTO), attachment("p2", "..\\../C:\\a/b:?.jpg", b"x")]
    path = book_at(books, tmp_path_factory.mktemp("attached") / "book.kwt", [*lines, *photos])
    with closing(books.open(path, read_only=True)) as book:
        yield book


@pytest.fixture(scope="module")
def pack(attached: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(attached, tmp_path_factory.mktemp("pack") / "pack.zip")


@pytest.fixture
def few_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first reports alone, for tests of what the checker makes of everything else."""

    def first(order: BookOrder, until: date) -> Iterator[audit_pack.Paper]:
        return islice(reports(order, until), 3)

    reports = audit_pack.reports
    monkeypatch.setattr(audit_pack, "reports", first)


def packed(book: Book, path: Path, until: date | None = None) -> Path:
    book.export("audit", path, until=until)
    return path


def checked(path: Path) -> tuple[int, set[str]]:
    """The checker's exit code, and the checks that did not agree."""
    done = subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(path)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    wrong = {
        check
        for check, title in CHECKS.items()
        if any(line.startswith(title) and "TIDAK COCOK" in line for line in lines)
    }
    return done.returncode, wrong


def changed(pack: Path, copy: Path, **changes: Callable[[bytes], bytes]) -> Path:
    """The pack with files changed, and its manifest told so: as a clever forger would."""
    with ZipFile(pack) as source, ZipFile(copy, "w") as target:
        files = {name: source.read(name) for name in source.namelist()}
        for name, change in changes.items():
            files[name] = change(files[name])
        manifest = json.loads(files["manifest.json"])
        for name in changes:
            if name in manifest["files"]:
                manifest["files"][name]["sha256"] = sha256(files[name]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
        for name, data in files.items():
            target.writestr(name, data)
    return copy


# -- what is in it -------------------------------------------------------------------------


def test_the_checker_stands_alone() -> None:
    text = CHECKER.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    tree = ast.parse(text, feature_version=(3, 8))
    modules = {
        name
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert modules <= sys.stdlib_module_names
    assert not modules & {"sqlite3", "subprocess", "socket", "urllib"}


def test_the_checker_agrees_with_the_sample(pack: Path) -> None:
    assert checked(pack) == (0, set())


def test_the_checker_agrees_with_random_books(
    book_of: BookOf, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for seed in (5, 12):
        book = book_of(*random_stream(seed, 90, 4))
        assert checked(packed(book, tmp_path / f"{seed}.zip")) == (0, set())
        request.getfixturevalue("few_papers")  # all of them once will do


def test_it_agrees_as_of_any_day(
    attached: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[Report]()

    def heard(order: BookOrder, until: date) -> Iterator[audit_pack.Paper]:
        for paper in reports(order, until):
            made.append(paper.report)
            yield paper

    reports = audit_pack.reports
    monkeypatch.setattr(audit_pack, "reports", heard)
    earlier = packed(attached, tmp_path / "pack.zip", date(2026, 6, 12))
    for report in made:
        asked = {key: report.parameters.get(key) for key in KINDS[report.name].asks}
        months = {"month": "2026-06"}  # for what is of whole months alone
        days = {"start": "2026-06-01", "end": "2026-06-12"}
        told = {key: text for key, text in asked.items() if text}.items()
        assert (
            told >= days.items()
            or told >= {("until", "2026-06-12")}
            or (told >= months.items() and not {"until", "end"} & {*asked})
        ), report.name
    assert checked(earlier) == (0, set())
    trial = attached.report("trial-balance", Parameters(until=date(2026, 6, 12)), "id")
    with ZipFile(earlier) as archive:
        rows = json.loads(archive.read("figures/trial-balance.json"))["rows"]
    assert [(row["code"], tuple(row["cells"])) for row in rows] == [
        (row.code, row.cells) for row in trial.rows
    ]


def test_it_can_be_checked_where_it_was_unpacked(pack: Path, tmp_path: Path) -> None:
    with ZipFile(pack) as archive:
        archive.extractall(tmp_path / "unpacked")
    command = [sys.executable, "-I", str(tmp_path / "unpacked" / "check_book.py")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_same_book_gives_the_same_bytes(pack: Path, attached: Book, tmp_path: Path) -> None:
    assert packed(attached, tmp_path / "again.zip").read_bytes() == pack.read_bytes()


def test_every_file_is_listed_with_its_digest(pack: Path) -> None:
    with ZipFile(pack) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = {*archive.namelist()} - {"manifest.json"}
        assert names == manifest["files"].keys()
        for name, about in manifest["files"].items():
            data = archive.read(name)
            assert about == {"size": len(data), "sha256": sha256(data).hexdigest()}


def test_photos_lie_there_under_harmless_names(pack: Path) -> None:
    with ZipFile(pack) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        data = [archive.read(name) for name in manifest["attachments"].values()]
        names = [*manifest["attachments"].values()]
    assert data == [PHOTO, b"x"]
    assert all(name.count("/") == 1 and "\\" not in name and ":" not in name for name in names)


@pytest.mark.usefixtures("few_papers")
def test_its_stream_makes_the_same_book(pack: Path, books: Books, tmp_path: Path) -> None:
    with ZipFile(pack) as archive:
        stream = archive.read("stream.jsonl")
        head = json.loads(archive.read("manifest.json"))["head"]
    assert books.import_stream(tmp_path / "again.kwt", io.BytesIO(stream)).head == head
    with closing(books.open(tmp_path / "again.kwt", read_only=True)) as again:
        (again_pack,) = [packed(again, tmp_path / "again.zip")]
    assert checked(again_pack) == (0, set())


def test_every_table_is_there_row_by_row(pack: Path, attached: Book) -> None:
    every = {*attached.read(column, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    with ZipFile(pack) as archive:
        assert not {f"tables/{name}.csv" for name in KEPT_BACK} & {*archive.namelist()}
        for name in every - KEPT_BACK:
            text = archive.read(f"tables/{name}.csv").decode("utf-8-sig")
            head, *found = csv.reader(io.StringIO(text))
            assert head == attached.read(column, f"SELECT name FROM pragma_table_info('{name}')")
            assert [len(found)] == attached.read(column, f"SELECT count(*) FROM {name}")


def test_every_report_is_a_paper_and_a_sheet(pack: Path) -> None:
    with ZipFile(pack) as archive:
        papers = sorted(name for name in archive.namelist() if name.startswith("reports/"))
        for name in papers:
            assert PdfReader(io.BytesIO(archive.read(name))).pages
        workbook = load_workbook(io.BytesIO(archive.read("reports.xlsx")))
    contents, *sheets = workbook.sheetnames
    assert len(sheets) >= len(papers) > 5, "every note has a sheet"
    links = [
        cell.hyperlink.location
        for row in workbook[contents].iter_rows()
        for cell in row
        if cell.hyperlink is not None
    ]
    assert links == [f"'{name}'!A1" for name in sheets]


def test_no_report_is_missing(pack: Path, attached: Book) -> None:
    with ZipFile(pack) as archive:
        papers = [name for name in archive.namelist() if name.startswith("reports/")]
    kinds = {re.fullmatch(r"reports/\d+-([a-z-]+?)(?:-\d+)?\.pdf", name) for name in papers}
    listed = {name for name, kind in KINDS.items() if kind.listed}
    assert listed - {"stock-card"} <= {found[1] for found in kinds if found is not None}
    items = attached.read(column, "SELECT DISTINCT item FROM lot")
    cash = attached.read(
        column,
        "SELECT DISTINCT account FROM posting WHERE account IN ('1101', '1102', '1103', '1104')",
    )
    for name in (*(f"stock-card-{item}" for item in items), *(f"cash-book-{c}" for c in cash)):
        assert sum(name in paper for paper in papers) == 1


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("reports", [1, 12, 25])
def test_what_is_stopped_leaves_nothing_behind(
    attached: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: int
) -> None:
    """No file, no open file, nothing among the temporary ones, nothing taken for an archive."""
    places = tmp_path / "places"
    places.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places))
    told = 0

    def tell(_done: int) -> None:
        nonlocal told
        told += 1
        if told > 3 * reports:
            raise StoppedError

    with pytest.raises(StoppedError):
        attached.export("audit", tmp_path / "pack.zip", progress=tell)
    told, out = 0, io.BytesIO()
    with pytest.raises(StoppedError):
        attached.export("audit", out, progress=tell)
    gc.collect()
    assert [*tmp_path.iterdir()] == [places]
    assert [*places.iterdir()] == []
    assert not is_zipfile(out)


# -- what it finds -------------------------------------------------------------------------


def edited(at: int, change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    """Changes one line of JSON Lines."""

    def edit(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        line = json.loads(lines[at])
        change(line)
        lines[at] = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        return b"".join(lines)

    return edit


def double(line: dict[str, Any]) -> None:
    line["postings"][0][1] *= 2


def unposted(line: dict[str, Any]) -> None:
    line["postings"] = []


def unmoved(line: dict[str, Any]) -> None:
    line["moves"] = []


def renamed(line: dict[str, Any]) -> None:
    line["by"] = "Orang lain"


def renumbered(line: dict[str, Any]) -> None:
    line["number"] = line["number"][:-1] + "9"


def without(at: int) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(
        line for n, line in enumerate(data.splitlines(keepends=True)) if n != at
    )


def swapped(at: int) -> Callable[[bytes], bytes]:
    def swap(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        return b"".join(lines)

    return swap


AT = 53
"""A market day of the sample."""


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"entries.jsonl": edited(AT, double)}, {"chain", "balanced", "trial"}),
        ({"entries.jsonl": edited(AT, unposted)}, {"chain", "trial", "control"}),
        ({"entries.jsonl": edited(AT, unmoved)}, {"chain", "stock", "control"}),
        ({"entries.jsonl": edited(AT, renamed)}, {"chain", "stream"}),
        ({"entries.jsonl": edited(AT, renumbered)}, {"chain", "vouchers"}),
        ({"stream.jsonl": edited(AT, lambda line: line.update(memo="lain"))}, {"stream"}),
        ({"stream.jsonl": without(-1 + 87)}, {"stream"}),
        ({"entries.jsonl": swapped(AT), "stream.jsonl": swapped(AT)}, {"chain"}),
        (
            {"figures/trial-balance.json": lambda data: data.replace(b"4996675", b"4996676")},
            {"trial"},
        ),
        ({"figures/stock.json": lambda data: data.replace(b'"store"', b'"Store"', 1)}, {"stock"}),
        ({"attachments/88-nota.jpg": lambda data: data[:-1]}, {"attachments"}),
    ],
)
def test_a_changed_pack_is_found_though_its_digests_were_made_anew(
    pack: Path, tmp_path: Path, changes: dict[str, Any], wrong: set[str]
) -> None:
    code, found = checked(changed(pack, tmp_path / "changed.zip", **changes))
    assert code == 1
    assert wrong <= found


def test_a_file_changed_by_a_careless_hand_is_named(pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    with ZipFile(pack) as source, ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data + b" " if name == "README.txt" else data)
    assert checked(copy) == (1, {"files"})


@pytest.mark.usefixtures("few_papers")
@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE posting SET amount = amount + 5 WHERE document = 54", {"chain", "balanced"}),
        ("UPDATE layer SET quantity = quantity + 1", {"stock"}),
        ("UPDATE balance SET debit = debit + 5 WHERE account = '1101'", {"trial"}),
        ("UPDATE document SET recorded_at = '2026-01-01' WHERE sequence = 60", {"chain"}),
    ],
)
def test_a_book_changed_by_hand_is_found(
    books: Books, sample_path: Path, tmp_path: Path, statement: str, wrong: set[str]
) -> None:
    path = tampered(sample_path, tmp_path / "copy.kwt", statement)
    with closing(books.open(path, read_only=True)) as book:
        code, found = checked(packed(book, tmp_path / "pack.zip"))
    assert code == 1
    assert wrong <= found


@pytest.mark.usefixtures("few_papers")
def test_entries_behind_one_that_is_gone_keep_their_rows(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    """Postings and moves of an entry that was taken out hide none of the others."""
    path = tampered(sample_path, tmp_path / "copy.kwt", "DELETE FROM document WHERE sequence = 54")
    with closing(books.open(path, read_only=True)) as book:
        pack = packed(book, tmp_path / "pack.zip")
    with ZipFile(pack) as archive:
        entries = list(map(json.loads, archive.read("entries.jsonl").splitlines()))
    numbered = [each for each in entries if each["number"] and each["sequence"] > 54]
    assert numbered
    assert all(each["postings"] or each["moves"] for each in numbered)


def test_a_broken_pack_is_no_reason_to_break(pack: Path, tmp_path: Path) -> None:
    broken = changed(pack, tmp_path / "changed.zip", **{"entries.jsonl": lambda _: b"{"})
    assert checked(broken)[0] == 1
