"""A setup of a newer version that somebody brought along: found, trusted, fetched.

Trusted is what was signed by the private half of the key in `resources/setup-key.txt`. The
signature is over the setup's digest and its name, so that an old setup can't be called a new one.
A program that knows no key offers nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir

Numbers = tuple[int, ...]

_SETUP = re.compile(r"KWT-Books-(\d+\.\d+\.\d+)-Setup\.exe", re.IGNORECASE)
_MOST_FOLDERS = 100
"""Looked into on one drive: an offer is not worth more of someone's old disk."""
_MOST_SETUPS = 5
"""Read through on the drives there are: signatures are over all of a file."""
_CHUNK = 1 << 20
_MARK = ":Zone.Identifier"
"""Where Windows keeps that a file came from elsewhere; it warns before such a program starts."""


@dataclass(frozen=True, slots=True)
class NewerSetup:
    """A setup file and the version in its name."""

    version: str
    path: Path

    @property
    def numbers(self) -> Numbers:
        """The version as numbers, for comparing."""
        return _numbers(self.version)

    @property
    def signature(self) -> Path:
        return self.path.with_name(self.path.name + ".sig")


def _numbers(version: str) -> Numbers:
    return tuple(int(each) for each in version.split("."))


def known_key() -> bytes | None:
    """The public half, as the program was shipped with it."""
    try:
        return b64decode((resources_dir() / "setup-key.txt").read_bytes())
    except (OSError, NotBase64):
        return None


def find_newer(places: Iterable[Path], ours: str, key: bytes | None = None) -> NewerSetup | None:
    """The newest setup in these folders and the folders in them that is newer than `ours`, and
    signed. `key`: instead of the program's own."""
    key = known_key() if key is None else key
    if key is None:
        return None
    found = {each for place in places for each in _setups(place)}
    newer = [each for each in found if each.numbers > _numbers(ours) and each.signature.is_file()]
    newer.sort(key=lambda each: each.numbers, reverse=True)
    return next((each for each in newer[:_MOST_SETUPS] if _is_signed(each, key)), None)


def _is_signed(setup: NewerSetup, key: bytes) -> bool:
    try:
        _must_be_signed(setup, _read(setup.path, lambda _chunk: None), key)
    except (OSError, StorageError):
        return False
    return True


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


def fetch(setup: NewerSetup, folder: Path, key: bytes | None = None) -> Path:
    """A copy in `folder`, signed, with the mark that Windows put on the setup.

    It is the copy that is checked and started: the stick may be pulled out meanwhile, or
    changed.
    """
    key = known_key() if key is None else key
    copy = folder / setup.path.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as write:
            digest = _read(setup.path, write.write)
            write.flush()
            os.fsync(write.fileno())
    except OSError as error:
        raise StorageError("setup-unreadable", path=setup.path, detail=str(error)) from error
    try:
        _must_be_signed(setup, digest, key)
        _keep_mark(setup.path, copy)
    except BaseException:
        with suppress(OSError):
            copy.unlink()
        raise
    return copy


def _read(path: Path, take: Callable[[bytes], object]) -> str:
    """Its digest; `take` is given all of it, piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            take(chunk)
    return digest.hexdigest()


def _must_be_signed(setup: NewerSetup, digest: str, key: bytes | None) -> None:
    from nacl.exceptions import CryptoError  # a library that only a newer setup needs
    from nacl.signing import VerifyKey

    said = f"{digest}  KWT-Books-{setup.version}-Setup.exe\n".encode("ascii")
    try:
        signature = b64decode(setup.signature.read_bytes(), validate=False)
    except (OSError, NotBase64) as error:
        raise StorageError("setup-unsigned", path=setup.path, file=setup.signature.name) from error
    try:
        VerifyKey(key or b"").verify(said, signature)
    except (CryptoError, ValueError, TypeError) as error:
        raise StorageError("setup-changed", path=setup.path) from error


def _keep_mark(setup: Path, copy: Path) -> None:
    """A second stream of the file on Windows' own disks; sticks and other systems have none."""
    with suppress(OSError):
        mark = Path(f"{setup}{_MARK}").read_bytes()
        Path(f"{copy}{_MARK}").write_bytes(mark)
