"""A setup of a newer version on a stick or another drive: found, copied, checked by its digest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kwt_books.domain.errors import StorageError

Numbers = tuple[int, ...]

_SETUP = re.compile(r"KWT-Books-(\d+\.\d+\.\d+)-Setup\.exe", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}\b", re.IGNORECASE)
_MOST_FOLDERS = 100
"""Folders looked into on one drive: an offer is not worth reading more of a slow disk."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class NewerSetup:
    """A setup file and the version in its name."""

    version: str
    path: Path

    @property
    def numbers(self) -> Numbers:
        """The version as numbers, for comparing."""
        return _numbers(self.version)


def _numbers(version: str) -> Numbers:
    return tuple(int(each) for each in version.split("."))


def find_newer(places: Iterable[Path], ours: str) -> NewerSetup | None:
    """The newest setup in these folders and their subfolders, None unless it is
    newer than `ours`.
    """
    found = [each for place in places for each in _setups(place)]
    newest = max(found, key=lambda each: each.numbers, default=None)
    return newest if newest is not None and newest.numbers > _numbers(ours) else None


def _setups(place: Path) -> Iterator[NewerSetup]:
    yield from _directly(place)
    with suppress(OSError), os.scandir(place) as entries:
        folders = (Path(each.path) for each in entries if each.is_dir(follow_symlinks=False))
        for folder in islice(folders, _MOST_FOLDERS):
            yield from _directly(folder)


def _directly(folder: Path) -> Iterator[NewerSetup]:
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if (named := _SETUP.fullmatch(each.name)) and each.is_file():
                yield NewerSetup(named[1], Path(each.path))


def fetch(setup: NewerSetup, folder: Path) -> Path:
    """Copies the setup into `folder` and checks the copy by the digest beside the setup.

    The copy is what is checked and started, for the stick may be pulled out meanwhile. The digest
    shows a file that was copied badly; it does not show who made it.
    Raises StorageError("setup-unreadable") where it can't be copied, ("setup-changed") where the
    digest differs.
    """
    expected = _expected(setup)
    copy = folder / setup.path.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = _copied(setup.path, copy)
    except OSError as error:
        raise StorageError("setup-unreadable", path=setup.path, detail=str(error)) from error
    if found != expected:
        with suppress(OSError):
            copy.unlink()
        raise StorageError("setup-changed", path=setup.path)
    return copy


def _expected(setup: NewerSetup) -> str:
    beside = setup.path.with_name(setup.path.name + ".sha256")
    try:
        found = _DIGEST.match(beside.read_text(encoding="utf-8", errors="replace").strip())
    except OSError as error:
        raise StorageError("setup-without-digest", path=setup.path, file=beside.name) from error
    if found is None:
        raise StorageError("setup-without-digest", path=setup.path, file=beside.name)
    return found[0].lower()


def _copied(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            write.write(chunk)
        write.flush()
        os.fsync(write.fileno())
    return digest.hexdigest()
