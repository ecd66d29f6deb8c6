"""Files that are needed for a moment: in a folder of the program's own, for its user alone.

They hold what the book holds. The system's folder for such files is everybody's and is cleared by
nobody, so that a program that is killed would leave there what people owe.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import IO, BinaryIO

_RUN, _LOCK = "run-", "lock"


def place() -> Path:
    """The folder in which each run of the program has one of its own; it need not be there."""
    from platformdirs import user_cache_path  # most commands need no such file

    return user_cache_path("KWT Books", appauthor=False) / "passing"


@contextmanager
def passing() -> Iterator[Path]:
    """An empty folder that is gone when the block ends; after a kill, at the next start."""
    with TemporaryDirectory(dir=_own(place()), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def passing_file() -> Iterator[BinaryIO]:
    """An empty file to be written and read, in such a folder."""
    with passing() as folder, (folder / "passing").open("w+b") as file:
        yield file


def clear() -> None:
    """Removes what runs left that were killed; those that still go on are left alone."""
    with suppress(OSError):
        for folder in place().iterdir():
            if folder.name.startswith(_RUN) and not folder.is_symlink():
                with suppress(OSError):
                    _remove(folder)


def _remove(folder: Path) -> None:
    lock = folder / _LOCK
    if lock.exists():
        if sys.platform == "win32":
            lock.unlink()  # Windows refuses while somebody has it open
        else:
            with lock.open("r+b") as file:
                _take(file)
    shutil.rmtree(folder, ignore_errors=True)


def _take(file: IO[bytes]) -> None:
    """Raises `OSError` where another run holds the lock."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@cache
def _own(parent: Path) -> Path:
    """This run's own folder, which `clear` of another run leaves alone until this one ends.

    The system's folder for such files has to do where the user's own can't be written.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            parent.chmod(0o700)
        clear()
        folder = Path(mkdtemp(prefix=_RUN, dir=parent))
    except OSError:
        folder = Path(mkdtemp(prefix="kwt-"))
    lock = (folder / _LOCK).open("wb")
    with suppress(OSError):  # a folder on another computer may know no locks
        _take(lock)
    atexit.register(_leave, folder, lock, os.getpid())
    return folder


def _leave(folder: Path, lock: IO[bytes], run: int) -> None:
    if os.getpid() == run:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)
