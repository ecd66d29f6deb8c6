"""Books in folders with spaces, other letters, and names without end."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from kwt_books.app import Books
from kwt_books.domain.audit import read_code
from kwt_books.domain.files import extended, reachable
from kwt_books.queries.entry import attachment_of
from kwt_books.reports.context import Parameters
from kwt_books.reports.story import story
from kwt_books.services.audit.paper_check import code_in
from kwt_books.store.driver import uri_of
from tests.books import book_at
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from ui.kit.receipt import read_receipt

PHOTO, PAPER = b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"%PDF-1.4\n%%EOF\n"
LONG = "\\".join(["Kelompok Wanita Tani Sukawangi Sejahtera"] * 7)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        (r"C:\Buku\juni.kwt", r"C:\Buku\juni.kwt"),
        (rf"C:\{LONG}\juni.kwt", rf"\\?\C:\{LONG}\juni.kwt"),
        (rf"\\?\C:\{LONG}\juni.kwt", rf"\\?\C:\{LONG}\juni.kwt"),
        (rf"\\server\buku\{LONG}\juni.kwt", rf"\\?\UNC\server\buku\{LONG}\juni.kwt"),
        (r"\\server\buku\juni.kwt", r"\\server\buku\juni.kwt"),
    ],
)
def test_long_paths_are_marked_for_windows(path: str, marked: str) -> None:
    assert str(extended(PureWindowsPath(path))) == marked


def test_there_is_room_for_what_stands_beside_a_book() -> None:
    beside = len("juni.kwt.01234567.unfinished-journal") - len("juni.kwt")
    paths = [PureWindowsPath("C:\\" + "x" * length) for length in range(300)]
    longest = max(len(str(path)) for path in paths if extended(path) == path)
    assert longest + beside < 260


def test_sqlite_is_given_a_marked_path_as_it_is() -> None:
    path = PureWindowsPath(rf"\\?\C:\Désa 100% #1\{LONG}\juni.kwt")
    uri = uri_of(path)
    assert uri.startswith("file:%5C%5C%3F%5CC%3A%5C")
    assert not set("?#/") & set(uri), "nothing that SQLite would take for more than a path"
    assert unquote(uri.removeprefix("file:")) == str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is Windows' own")
def test_elsewhere_a_path_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 200) / ("y" * 200)
    assert reachable(path) == path


def test_every_way_into_a_book_asks_for_it(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the names given were too long, and only those in `short` could be reached."""
    short = tmp_path / "short"
    for module in (
        "kwt_books.app", "kwt_books.book", "kwt_books.exporters.whole",
        "kwt_books.services.audit.service", "kwt_books.services.audit.paper_check",
    ):  # fmt: skip
        monkeypatch.setattr(f"{module}.reachable", lambda path: short / path.name)
    away = tmp_path / "too long"
    with closing(books.create(away / "a.kwt")) as book:
        book.back_up(away / "b.kwt")
        book.export("stream", away / "a.jsonl")
        books.write(book.pack("position", Parameters(month="2026-06"), "id"), "pdf", away / "a.pdf")
        book.compare(away / "b.kwt")
        book.audit.with_file(away / "a.kwt-audit").notebook.find("Kuitansi hilang")
        assert read_code(book.audit.paper(code_in(away / "a.pdf"), "id").reports[0].head[:12])
    books.open(away / "a.kwt").close()
    books.open(away / "a.kwt", read_only=True).close()
    books.restore(away / "b.kwt", away / "c.kwt")
    books.compare(away / "a.kwt", away / "c.kwt")
    line = {
        "kind": "receipt", "date": "2026-06-01", "into": "1101",
        "lines": [{"account": "2104", "amount": 5}],
    }  # fmt: skip
    book_at(books, away / "d.kwt", [line])
    assert not away.exists()
    assert {each.name for each in short.iterdir()} == {
        "a.kwt", "b.kwt", "c.kwt", "d.kwt", "a.jsonl", "a.pdf", "a.kwt-audit",
    }  # fmt: skip


def test_the_command_line_asks_for_it(
    run: Run,  # noqa: F811
    sample_stream: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short, away = tmp_path / "short", tmp_path / "too long"
    for module in ("app", "exporters.whole", "cli.session", "cli.demo"):
        monkeypatch.setattr(f"kwt_books.{module}.reachable", lambda path: short / path.name)
    short.mkdir()
    shutil.copyfile(sample_stream, short / "juni.jsonl")
    assert run("import", away / "juni.kwt", away / "juni.jsonl").exit_code == 0
    assert run("import", away / "juni.kwt", away / "juni.jsonl").exit_code == 1, "it is there"
    (short / "demo.kwt").write_text("lain", encoding="utf-8")
    assert run("demo", "--out", away).exit_code == 0
    assert (short / "demo-2.kwt").exists()


def test_receipts_are_attached_from_anywhere_and_come_out_anywhere(
    books: Books, sample_stream: Path, tmp_path: Path
) -> None:
    folder = tmp_path.joinpath(*["Nota dan kuitansi Kelompok Wanita Tani Désa"] * 6)
    folder.mkdir(parents=True)
    assert len(str(folder)) > 260
    for name, data in {"nota.png": PHOTO, "faktur.pdf": PAPER}.items():
        reachable(folder / name).write_bytes(data)
    path = folder / "juni.kwt"
    with sample_stream.open("rb") as stream:
        books.import_stream(path, stream)
    with closing(books.open(path)) as book:
        for name in ("nota.png", "faktur.pdf"):
            book.record(read_receipt(folder / name).attached_to("BKK-2606-0001"))
        book.export("stream", folder / "keluar.jsonl", attachments=True)
        book.export("audit", folder / "periksa.zip")
    with reachable(folder / "keluar.jsonl").open("rb") as stream:
        books.import_stream(folder / "lagi.kwt", stream)
    with closing(books.open(folder / "lagi.kwt", read_only=True)) as book:
        found = [
            book.read(attachment_of, each.sequence)
            for each in book.read_in("id", story, "BKK-2606-0001").attached
        ]
    assert found == [
        ("nota.png", "image/png", PHOTO),
        ("faktur.pdf", "application/pdf", PAPER),
    ]
    with ZipFile(reachable(folder / "periksa.zip")) as archive:
        kept = [
            archive.read(each) for each in archive.namelist() if each.startswith("attachments/")
        ]
    assert kept == [PHOTO, PAPER]


@pytest.mark.parametrize("name", ["Buku Kas Désa", "книга 本 buku", "100% #1 & 'kas'"])
def test_a_book_lives_anywhere(
    name: str, books: Books, sample_stream: Path, tmp_path: Path
) -> None:
    folder = tmp_path.joinpath(*[f"{name} {'x' * 40}"] * 4)
    assert len(str(folder)) > 260
    path = folder / f"{name}.kwt"
    with sample_stream.open("rb") as stream:
        books.import_stream(path, stream)
    with closing(books.open(path)) as book:
        book.back_up(folder / "cadangan" / f"{name}.kwt")
        book.export("stream", folder / f"{name}.jsonl")
        pack = book.pack("position", Parameters(month="2026-06"), "id")
        for format_ in ("pdf", "xlsx", "csv"):
            books.write(pack, format_, folder / f"{name}.{format_}")
    books.restore(folder / "cadangan" / f"{name}.kwt", folder / "lagi.kwt")
    with closing(books.open(folder / "lagi.kwt", read_only=True)) as book:
        assert all(each.passed for each in book.verify())
    assert reachable(folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_windows_is_asked_for_the_marked_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PureWindowsPath] = []

    def note(path: PureWindowsPath) -> Path:
        asked.append(path)
        return tmp_path

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("kwt_books.domain.files.extended", note)
    assert reachable(tmp_path / "a" / ".." / "b") == tmp_path
    assert ".." not in asked[0].parts
    assert asked[0].name == "b"
