"""A finished file gets its name also where Windows refuses for a moment."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from kwt_books.store.engine import make_folder, take_place, unfinished
from tests.books import book_at
from tests.links import linked

Refuse = Callable[[int], list[float]]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """So many times a file is held by another program; what was waited meanwhile."""

    def begin(times: int) -> list[float]:
        waited: list[float] = []
        left = iter(range(times))
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if next(left, None) is not None:
                raise PermissionError(13, "in use")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr("kwt_books.store.engine._WAITS", (1.0, 2.0))
        monkeypatch.setattr("time.sleep", waited.append)
        return waited

    return begin


@pytest.mark.parametrize("times", [0, 1, 2])
def test_it_is_tried_again(times: int, refuse: Refuse, tmp_path: Path) -> None:
    unfinished, path = tmp_path / "buku.unfinished", tmp_path / "buku.kwt"
    unfinished.write_text("baru", encoding="utf-8")
    path.write_text("lama", encoding="utf-8")
    waited = refuse(times)
    take_place(unfinished, path)
    assert path.read_text(encoding="utf-8") == "baru"
    assert waited == [1.0, 2.0][:times]


def test_who_keeps_it_open_keeps_it(refuse: Refuse, tmp_path: Path) -> None:
    unfinished, path = tmp_path / "buku.unfinished", tmp_path / "buku.kwt"
    unfinished.touch()
    path.write_text("lama", encoding="utf-8")
    refuse(3)
    with pytest.raises(PermissionError):
        take_place(unfinished, path)
    assert path.read_text(encoding="utf-8") == "lama"


class Disk:
    """What is asked of the disk, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        fsync, replace = os.fsync, Path.replace

        def sync(descriptor: int) -> None:
            is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            self.asked.append("folder" if is_folder else "file")
            fsync(descriptor)

        def rename(source: Path, target: Path) -> Path:
            self.asked.append(target.name)
            return replace(source, target)

        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(Path, "replace", rename)


needs_folders = pytest.mark.skipif(sys.platform == "win32", reason="opens no folders")


@needs_folders
def test_a_name_is_on_the_disk_when_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "buku.kwt"
    disk = Disk(monkeypatch)
    with unfinished(path) as made:
        made.write_text("baru", encoding="utf-8")
        take_place(made, path)
    assert disk.asked == ["file", "buku.kwt", "folder"]


@needs_folders
def test_new_folders_are_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    make_folder(tmp_path / "Kelompok" / "2026")
    assert (tmp_path / "Kelompok" / "2026").is_dir()
    assert disk.asked == ["folder", "folder"]


@needs_folders
@pytest.mark.parametrize("make", ["create", "import", "back up", "export"])
def test_whatever_is_made_is_made_that_way(
    make: str, books: Books, sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "buku.kwt"
    with closing(books.open(sample_path, read_only=True)) as book:
        disk = Disk(monkeypatch)
        if make == "create":
            books.create(path).close()
        elif make == "import":
            book_at(
                books,
                path,
                [
                    json.dumps(
                        {
                            "kind": "transfer",
                            "date": "2026-07-02",
                            "from": "1101",
                            "to": "1103",
                            "amount": 5,
                        }
                    )
                ],
            )
        elif make == "back up":
            book.back_up(path)
        else:
            path = tmp_path / "buku.jsonl"
            book.export("stream", path)
    named = disk.asked.index(path.name)
    assert "file" in disk.asked[:named]
    assert disk.asked[named + 1] == "folder"


def test_a_folder_that_cannot_be_synced_is_no_reason_to_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not there")

    monkeypatch.setattr(os, "fsync", refuse)
    path = tmp_path / "buku.kwt"
    with unfinished(path) as made:
        take_place(made, path)
    assert path.is_file()


@pytest.mark.parametrize("folders_alone", [False, pytest.param(True, marks=needs_folders)])
def test_a_disk_that_fails_is_told(
    folders_alone: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) or not folders_alone:
            raise OSError(errno.EIO, "gone")

    path = tmp_path / "buku.kwt"
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError) as refused, unfinished(path) as made:
        take_place(made, path)
    assert refused.value.code == "cannot-write"
    assert [each.name for each in tmp_path.iterdir()] == ([path.name] if folders_alone else [])


def test_no_link_is_followed_and_no_file_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody guessed the name that is drawn, and put a link there."""
    precious, path = tmp_path / "skripsi.txt", tmp_path / "buku.kwt"
    precious.write_text("jangan", encoding="utf-8")
    names = iter(["0123abcd", "4567abcd"])
    monkeypatch.setattr("kwt_books.store.engine.token_hex", lambda _: next(names))
    taken = tmp_path / "buku.kwt.0123abcd.unfinished"
    if not linked(taken, precious):
        taken.write_text("jangan", encoding="utf-8")
    with unfinished(path) as made:
        made.write_text("baru", encoding="utf-8")
        take_place(made, path)
    assert path.read_text(encoding="utf-8") == "baru"
    assert taken.read_text(encoding="utf-8") == "jangan"
    assert precious.read_text(encoding="utf-8") == "jangan"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are otherwise there")
def test_what_is_made_is_for_its_owner_and_stays_for_whom_it_was(tmp_path: Path) -> None:
    path = tmp_path / "buku.kwt"
    for expected in (0o600, 0o640):
        with unfinished(path) as made:
            take_place(made, path)
        assert stat.S_IMODE(path.stat().st_mode) == expected
        path.chmod(0o640)


@pytest.mark.parametrize(("age", "stays"), [(30, True), (7_200, False)])
def test_what_a_killed_program_left_is_cleared(age: int, stays: bool, tmp_path: Path) -> None:
    """Nothing else, however it is called; nor what another program is making just now."""
    path = tmp_path / "buku.kwt"
    left = [tmp_path / f"buku.kwt.0123abcd.unfinished{end}" for end in ("", "-journal")]
    others = [
        tmp_path / name
        for name in ("buku.kwt.unfinished", "buku.kwt.lama.unfinished", "lain.0123abcd.unfinished")
    ]
    then = time.time() - age
    for each in (*left, *others):
        each.write_text("x", encoding="utf-8")
        os.utime(each, (then, then))
    with unfinished(path) as made:
        take_place(made, path)
    assert all(each.exists() for each in others)
    assert [each.exists() for each in left] == [stays, stays]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_file_is_not_cleared(tmp_path: Path) -> None:
    """Links and pipes of such a name are somebody else's, however old they are."""
    path, precious = tmp_path / "buku.kwt", tmp_path / "skripsi.txt"
    precious.write_text("jangan", encoding="utf-8")
    link = tmp_path / "buku.kwt.0123abcd.unfinished"
    pipe = tmp_path / "buku.kwt.4567abcd.unfinished"
    link.symlink_to(precious)
    os.mkfifo(pipe)
    for each in (link, pipe):
        os.utime(each, (0, 0), follow_symlinks=False)
    with unfinished(path) as made:
        take_place(made, path)
    assert link.is_symlink()
    assert pipe.is_fifo()
    assert precious.read_text(encoding="utf-8") == "jangan"
