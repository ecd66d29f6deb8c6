"""Disks that refuse while a file is made: what was there stays, what is there is whole."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest import mock

from kwt_books.domain.errors import StorageError
from tests.attacks.books import STREAM, door, failing, heads, sample

_ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EMFILE, errno.EACCES, errno.EPERM)
_CALLS = ("os.fsync", "os.open", "os.unlink", "os.close", "pathlib.Path.replace",
          "pathlib.Path.mkdir", "shutil.copymode")  # fmt: skip


@contextmanager
def failing_at(place: int, number: int) -> Iterator[list[str]]:
    """The call of that place in a row of calls to the disk fails; and so do all after it, where
    the disk has gone read-only."""
    made: list[str] = []
    patches = []
    for name in _CALLS:
        module, _, attribute = name.rpartition(".")
        owner = Path if module == "pathlib.Path" else {"os": os, "shutil": shutil}[module]
        real = getattr(owner, attribute)

        def call(*args: object, _real: Callable[..., object] = real, _name: str = name,
                 **more: object) -> object:  # fmt: skip
            made.append(_name)
            at = len(made) - 1
            if at == place or (number == errno.EROFS and at > place):
                if _name == "os.close":
                    _real(*args, **more)
                raise OSError(number, os.strerror(number))
            return _real(*args, **more)

        patches.append(mock.patch.object(owner, attribute, call))
    for patch in patches:
        patch.start()
    try:
        yield made
    finally:
        for patch in patches:
            patch.stop()


def _create(target: Path) -> None:
    door().create(target).close()


def _import(target: Path) -> None:
    door().import_stream(target, io.BytesIO(STREAM.read_bytes()))


def _restore(target: Path) -> None:
    door().restore(sample(), target)


def _export(target: Path) -> None:
    with closing(door().open(sample(), read_only=True)) as book:
        book.export("stream", target)


_MAKING: tuple[Callable[[Path], None], ...] = (_create, _import, _restore, _export)


def refused_writes(rng: Random) -> Iterable[str]:
    """Something is made under a name, perhaps over an old export or beside an old log."""
    make, place, number = rng.choice(_MAKING), rng.randrange(16), rng.choice(_ERRORS)
    with TemporaryDirectory() as folder:
        book = make is not _export
        target = Path(folder) / ("b.kwt" if book else "b.jsonl")
        before = b"lama"
        if not book and rng.random() < 0.5:
            target.write_bytes(before)
        told = False
        try:
            with failing_at(place, number):
                make(target)
                told = True
        except StorageError:
            pass
        return list(_wrong(target, told, book, before))


def _wrong(target: Path, told: bool, book: bool, before: bytes) -> Iterator[str]:
    if told and not target.exists():
        yield "it was told to be there"
    if target.exists() and target.read_bytes() != before:
        if book:
            with closing(door().open(target)) as made:
                if failing(made):
                    yield "what is there is not whole"
        elif target.read_bytes().count(b"\n") != len(heads(sample())):
            yield "what is there is not whole"
    for each in target.parent.iterdir():
        if told and each != target:
            yield f"{each.name} was left"
