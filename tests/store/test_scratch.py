"""Passing files: nobody else reads them, and a program that was killed leaves none for long."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.reports.context import Parameters
from kwt_books.store import scratch
from tests import ROOT
from tests.links import linked

_WAITING = """
import sys
import platformdirs
from pathlib import Path
from kwt_books.store import scratch
platformdirs.user_cache_path = lambda *_, **__: Path(sys.argv[1])
with scratch.passing() as folder:
    (folder / "Siti berutang.txt").write_text("68000", encoding="utf-8")
    print(folder, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: folder)
    return folder


@contextmanager
def another_run(cache: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process of the program, with a file in its folder."""
    command = [sys.executable, "-c", _WAITING, str(cache)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as run:
        assert run.stdout is not None
        yield run, Path(run.stdout.readline().strip())
        run.kill()


def test_a_folder_is_for_its_user_alone_and_gone_at_the_end(cache: Path) -> None:
    with scratch.passing() as folder:
        (folder / "x").write_text("x", encoding="utf-8")
        assert folder.is_relative_to(cache)
        if sys.platform != "win32":
            ways = [each for each in (folder, *folder.parents) if each.is_relative_to(cache)]
            assert any(each.stat().st_mode & 0o077 == 0 for each in ways[:-1])
    assert not folder.exists()


def test_a_file_that_somebody_holds_keeps_nobody_from_going_on(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner does, for a moment; it is cleared away at the next start."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as held, scratch.passing() as folder:
        (folder / "x").write_text("x", encoding="utf-8")
        held.setattr("os.unlink", refuse)
    assert folder.exists()


def test_what_a_killed_program_left_is_gone_at_the_next_start(cache: Path) -> None:
    with another_run(cache) as (run, folder):
        assert (folder / "Siti berutang.txt").exists()
        run.kill()
        run.wait()
    assert (folder / "Siti berutang.txt").exists()
    Books.tidy()
    assert list(scratch.place().iterdir()) == []


def test_the_files_of_a_program_that_goes_on_stay(cache: Path) -> None:
    with another_run(cache) as (_, folder):
        Books.tidy()
        with scratch.passing():
            assert (folder / "Siti berutang.txt").exists()


def test_a_program_that_ends_takes_its_folder_along(cache: Path) -> None:
    with another_run(cache) as (run, folder):
        run.communicate("\n")
        assert run.returncode == 0
    assert not folder.parent.exists()


def test_nothing_that_is_not_ours_is_removed(cache: Path, tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / "x").write_text("x", encoding="utf-8")
    scratch.place().mkdir(parents=True)
    if not linked(scratch.place() / "run-link", others):
        shutil.copytree(others, scratch.place() / "others")
    scratch.clear()
    assert (others / "x").exists()
    assert len(list(scratch.place().iterdir())) == 1


def test_the_systems_folder_will_do_where_there_is_no_other(cache: Path) -> None:
    cache.write_text("no folder", encoding="utf-8")
    with scratch.passing() as folder:
        assert folder.is_dir()
        assert not folder.is_relative_to(cache)
    assert not folder.exists()


def test_a_workbook_is_made_there(
    cache: Path, books: Books, sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows are what people owe; they wait in files until the workbook is whole."""
    seen: list[Path] = []

    def watched(*names: object) -> object:
        seen.extend(cache.rglob("made.xlsx"))
        return shutil.copyfileobj(*names)  # type: ignore[arg-type]

    monkeypatch.setattr("kwt_books.exporters.xlsx.copyfileobj", watched)
    book = books.open(sample_path, read_only=True)
    pack = book.pack("receivables", Parameters(month="2026-06"), "id")
    book.close()
    Books.write(pack, "xlsx", tmp_path / "piutang.xlsx")
    assert len(seen) == 1
    assert not seen[0].exists()


def test_nothing_of_a_book_goes_through_the_system_s_folder() -> None:
    """Whoever needs a file for a moment takes one of these: it may hold an encrypted book."""
    found = [
        path.name
        for path in (ROOT / "kwt_books").rglob("*.py")
        if "tempfile" in path.read_text("utf-8")
    ]
    assert found == ["scratch.py"]


def test_a_passing_file_is_written_read_and_gone(cache: Path) -> None:
    with scratch.passing_file() as file:
        file.write(b"Siti berutang 68.000")
        file.seek(0)
        assert file.read() == b"Siti berutang 68.000"
        assert [each for each in cache.rglob("passing") if each.is_file()]
    assert not [each for each in cache.rglob("passing") if each.is_file()]
