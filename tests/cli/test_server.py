"""Commands on a server's books: moving there and back, a mirror, all groups."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.values import Month, month_of, shift
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import Pack
from tests.conftest import NOW
from tests.servers import Server

from .conftest import Run

_numbers = iter(range(1_000))


@pytest.fixture
def there(server: Server) -> ServerAddress:
    return server.address(f"perintah-{next(_numbers)}")


def stream_of(run: Run, book: object) -> str:
    return run("export", str(book)).stdout


def test_a_book_is_moved_there_and_back(
    run: Run, june: Path, there: ServerAddress, tmp_path: Path
) -> None:
    moved = run("move", june, str(there))
    assert (moved.exit_code, moved.stderr) == (0, "")
    holds, record_there = moved.stdout.splitlines()
    assert (str(there) in holds, "Segel" in holds) == (True, True)
    assert str(june) in record_there
    back = tmp_path / "kembali.kwt"
    assert run("move", str(there), back).exit_code == 0
    assert stream_of(run, back) == stream_of(run, there) == stream_of(run, june)
    assert run("verify", str(there)).exit_code == 0
    again = run("move", june, str(there))
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.count("\n") == 1


def test_reports_and_statements_are_those_of_the_file(
    run: Run, june: Path, there: ServerAddress, tmp_path: Path
) -> None:
    run("move", june, str(there))
    for name in ("position", "profit-loss", "trial-balance", "stock", "funds"):
        asked = ("--month", "2026-06", "--as", "json")
        assert (
            run("report", str(there), name, *asked).stdout
            == run("report", june, name, *asked).stdout
        )
    paper = tmp_path / "juni.pdf"
    done = run("statements", str(there), "--month", "2026-06", "--out", paper)
    assert done.exit_code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    same = run("compare", june, str(there))
    assert same.exit_code == 0


def test_what_is_new_is_pushed_by_wire_and_by_stick(
    run: Run, june: Path, there: ServerAddress, tmp_path: Path
) -> None:
    assert "87 catatan baru" in run("push", june, str(there)).stdout
    assert "sudah memuat semuanya" in run("push", june, str(there)).stdout
    line = b'{"kind":"transfer","date":"2026-07-01","from":"1101","to":"1103","amount":5}'
    assert run("import", june, "-", given=line).exit_code == 0
    header = run("export", str(there), "--as", "tail").stdout.splitlines()[0]
    head = json.loads(header)["tail"]["head"]
    stick = tmp_path / "juli.tail"
    assert run("export", june, "--as", "tail", "--since", head, "--out", stick).exit_code == 0
    assert "1 catatan baru" in run("push", stick, str(there)).stdout
    assert stream_of(run, there) == stream_of(run, june)
    refused = run("import", str(there), "-", given=line)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "salinan" in refused.stderr


def test_all_groups_of_a_server(run: Run, june: Path, there: ServerAddress) -> None:
    run("move", june, str(there))
    asked = ("oversee", there.server, "--month", "2026-06")
    assert "Sukawangi" in run(*asked).stdout
    found = json.loads(run(*asked, "--as", "json").stdout)
    assert found["figures"]["groups"] >= 1


def test_groups_are_seen_as_of_the_last_month_unless_one_is_named(
    run: Run, books: Books, june: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(books.open(june, read_only=True)) as book:
        pack = book.pack("lots", Parameters(), "id")
    asked: list[tuple[Any, ...]] = []

    def oversee(_: Books, *given: Any, exceptions: bool) -> Pack:
        asked.append((*given, exceptions))
        return pack

    monkeypatch.setattr(Books, "oversee", oversee)
    server = "postgresql://contoh.id/kwt"
    out = tmp_path / "kelompok.pdf"
    assert str(out) in run("oversee", server, "--paper", "F4", "--out", out).stdout
    page = PdfReader(out).pages[0].mediabox
    assert round(float(max(page.width, page.height)) / 72 * 25.4) == 330
    run("oversee", server, "--month", "2026-02", "--exceptions", "--language", "en")
    before = shift(month_of(NOW.date()), -1)
    assert [each[1:] for each in asked] == [
        (before, "id", False), (Month("2026-02"), "en", True)
    ]  # fmt: skip
    assert {str(each[0].server) for each in asked} == {server}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("report", "postgresql://x/kwt", "position"), 1),
        (("oversee", "kwt.db"), 1),
        (("oversee", "postgresql://contoh.id/kwt#melati"), 2),
        (("push", "a.kwt", "b.kwt"), 2),
        (("push", "tiada.TAIL", "postgresql://contoh.id/kwt#melati"), 1),
        (("encrypt", "postgresql://contoh.id/kwt#melati"), 1),
        (("decrypt", "postgresql://contoh.id/kwt#melati"), 1),
    ],
)
def test_an_address_that_makes_no_sense_is_said(
    run: Run, given: tuple[str, ...], code: int
) -> None:
    done = run(*given)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.strip()


def test_a_slip_of_the_pen_makes_no_file(
    run: Run, june: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert "bukan alamat server" in run("move", june, "postgresq://contoh.id/kwt#melati").stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_parameter_that_nobody_knows_is_no_damage(
    run: Run, june: Path, there: ServerAddress
) -> None:
    done = run("move", june, str(there).replace("#", "?entah=1#"))
    assert done.exit_code == 1
    assert "bukan alamat server" in done.stderr
