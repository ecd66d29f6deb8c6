"""Files are whole, or what was there before."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from kwt_books.domain.errors import StorageError
from kwt_books.exporters.whole import opened, whole_file
from tests.links import linked


def test_a_file_is_there_when_all_is_written(tmp_path: Path) -> None:
    out = tmp_path / "laporan.csv"
    with opened(out) as file:
        file.write(b"a")
        assert not out.exists()
        file.write(b"b")
    assert out.read_bytes() == b"ab"
    assert list(tmp_path.iterdir()) == [out]


def write_half(out: Path, error: Exception) -> None:
    with whole_file(out) as file:
        file.write(b"half")
        raise error


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EIO, "cannot-write")]
)
def test_a_disk_that_fails_leaves_what_was_there(number: int, code: str, tmp_path: Path) -> None:
    out = tmp_path / "laporan.csv"
    out.write_bytes(b"before")
    with pytest.raises(StorageError) as refused:
        write_half(out, OSError(number, os.strerror(number)))
    assert refused.value.code == code
    assert refused.value.params["path"] == out
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]


def test_an_error_of_ours_passes_through(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write_half(tmp_path / "x", ZeroDivisionError())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", "no/such/folder/x.csv"])
def test_a_place_that_takes_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refused, whole_file(tmp_path / name):
        pass
    assert refused.value.code == "cannot-write"


def test_a_book_is_never_written_over(sample_path: Path) -> None:
    before = sample_path.read_bytes()
    with pytest.raises(StorageError) as refused, whole_file(sample_path):
        pass
    assert refused.value.code == "would-replace-book"
    assert sample_path.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["juni.kwt-wal", "juni.kwt-shm", "juni.kwt-journal", "juni.kwt-audit", "LAIN.KWT-WAL"]
)
def test_what_belongs_to_a_book_is_never_written_over(
    name: str, sample_path: Path, tmp_path: Path
) -> None:
    """SQLite would take a report for part of the book, or the report the place of its log."""
    shutil.copyfile(sample_path, tmp_path / "juni.kwt")
    with pytest.raises(StorageError) as refused, whole_file(tmp_path / name):
        pass
    assert refused.value.code == "would-replace-book"
    assert [each.name for each in tmp_path.iterdir()] == ["juni.kwt"]


def test_a_book_by_another_name_keeps_its_log_too(sample_path: Path, tmp_path: Path) -> None:
    shutil.copyfile(sample_path, tmp_path / "kas.db")
    with pytest.raises(StorageError) as refused, whole_file(tmp_path / "kas.db-wal"):
        pass
    assert refused.value.code == "would-replace-book"


def test_a_link_leads_to_what_is_written(tmp_path: Path) -> None:
    link, out = tmp_path / "pintas.csv", tmp_path / "laporan.csv"
    out.write_bytes(b"before")
    if not linked(link, out):
        pytest.skip("links can't be made here")
    with whole_file(link) as file:
        file.write(b"after")
    assert link.is_symlink()
    assert out.read_bytes() == b"after"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    """One of the test's own: a device of the computer's would be lost where this fails."""
    pipe = tmp_path / "laporan.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with whole_file(pipe) as file:
        file.write(b"passed on")
    assert os.read(reader, 100) == b"passed on"
    os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
