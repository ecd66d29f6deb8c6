"""The demo: what it makes, and what it leaves alone."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.cli import demo
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters

from .conftest import Run

LINE = {"account": "2104", "amount": 5}
RECEIPT = {"kind": "receipt", "date": "2026-12-01", "into": "1101", "lines": [LINE]}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_three_lines_say_what_was_made_and_where(run: Run, books: Books, tmp_path: Path) -> None:
    done = run("demo", "--out", tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    book, paper, hint = done.stdout.splitlines()
    assert book.endswith(str(tmp_path / "demo.kwt"))
    assert paper.endswith(str(tmp_path / "demo-2026-06.pdf"))
    assert f"report {tmp_path / 'demo.kwt'}" in hint
    assert names(tmp_path) == {"demo.kwt", "demo-2026-06.pdf"}
    assert "Juni 2026" in PdfReader(tmp_path / "demo-2026-06.pdf").pages[0].extract_text()
    made = books.open(tmp_path / "demo.kwt", read_only=True)
    assert made.report("position", Parameters(), "id").rows
    made.close()


def test_it_goes_among_the_documents_and_the_way_on_can_be_pasted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "user_documents_path", lambda: tmp_path / "Harga $1")
    hint = run("demo").stdout.splitlines()[-1]
    folder = tmp_path / "Harga $1" / "KWT Books"
    assert names(folder) == {"demo.kwt", "demo-2026-06.pdf"}
    assert "tidak ada layar" in hint
    if os.name == "posix":
        shown = subprocess.check_output(["sh", "-c", f"printf '%s\\n' {hint.partition(': ')[2]}"])
        _, report, path, name = shown.decode("utf-8").splitlines()
        assert (report, Path(path), name) == ("report", folder / "demo.kwt", "position")
        assert run(report, path, name).exit_code == 0


def test_a_folder_is_made_where_there_is_none(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", tmp_path / "baru" / "sekali").exit_code == 0
    assert "demo.kwt" in names(tmp_path / "baru" / "sekali")


def test_an_unchanged_demo_is_used_again(run: Run, tmp_path: Path) -> None:
    run("demo", "--out", tmp_path)
    before = (tmp_path / "demo.kwt").read_bytes()
    (tmp_path / "demo-2026-06.pdf").unlink()
    done = run("demo", "--out", tmp_path)
    assert done.exit_code == 0
    assert "belum diubah" in done.stdout
    assert names(tmp_path) == {"demo.kwt", "demo-2026-06.pdf"}
    assert (tmp_path / "demo.kwt").read_bytes() == before


def test_a_demo_that_was_worked_in_is_left_alone(run: Run, tmp_path: Path) -> None:
    run("demo", "--out", tmp_path)
    run("import", tmp_path / "demo.kwt", "-", given=json.dumps(RECEIPT).encode())
    before = (tmp_path / "demo.kwt").read_bytes()
    done = run("demo", "--out", tmp_path)
    assert done.stdout.splitlines()[0].endswith("demo-2.kwt")
    assert "demo.kwt yang ada tidak diubah" in done.stdout
    assert (tmp_path / "demo.kwt").read_bytes() == before
    assert {"demo-2.kwt", "demo-2-2026-06.pdf"} <= names(tmp_path)
    run("demo", "--out", tmp_path)
    assert "demo-3.kwt" not in names(tmp_path)


@pytest.mark.parametrize("what", ["a file", "a book", "a folder"])
def test_somebody_elses_demo_kwt_is_left_alone(
    run: Run, june: Path, tmp_path: Path, what: str
) -> None:
    taken = tmp_path / "demo.kwt"
    if what == "a file":
        taken.write_text("catatan", encoding="utf-8")
    elif what == "a book":
        june.replace(taken)
    else:
        taken.mkdir()
    before = taken.read_bytes() if taken.is_file() else None
    assert run("demo", "--out", tmp_path).exit_code == 0
    assert (taken.read_bytes() if taken.is_file() else None) == before
    assert "demo-2.kwt" in names(tmp_path)


def test_the_desktop_opens_where_there_is_a_screen(run: Run, tmp_path: Path) -> None:
    opened: list[Path] = []

    def desktop(path: Path) -> int:
        opened.append(path)
        return 0

    done = run("demo", "--out", tmp_path, desktop=desktop)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 3)
    assert done.stdout.splitlines()[2] == "Program kini dibuka dengan buku ini."
    assert opened == [tmp_path / "demo.kwt"]


def test_it_speaks_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--out", tmp_path, "--language", "en")
    assert "June 2026" in done.stdout
    assert "June 2026" in PdfReader(tmp_path / "demo-2026-06.pdf").pages[0].extract_text()


def test_a_folder_that_takes_no_files_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("demo", "--out", tmp_path / "file")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.strip()


def test_the_demos_stream_is_whole(books: Books, tmp_path: Path) -> None:
    with (resources_dir() / "demo" / "2026.jsonl").open("rb") as stream:
        books.import_stream(tmp_path / "demo.kwt", stream)
    book = books.open(tmp_path / "demo.kwt", read_only=True)
    assert all(outcome.passed for outcome in book.verify())
    book.close()
