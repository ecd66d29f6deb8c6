"""A setup of a newer version on a stick or another drive: found, its signature checked, copied.

It has to be signed by the private half of the key in `resources/setup-key.txt`. The signature is
over the setup's digest and name, so that an old setup can't be renamed as a new one. A program
without a key offers nothing.
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
Glance = frozenset[tuple[Path, int, int]]

_SETUP = re.compile(r"KWT-Books-(\d+\.\d+\.\d+)-Setup\.exe", re.IGNORECASE)
_SIGNATURE = ".sig"
_MOST_FOLDERS = 100
"""Folders looked into on one drive: an offer is not worth reading more of a slow disk."""
_MOST_SETUPS = 5
"""Setups checked at most, for a signature is over the whole file."""
_CHUNK = 1 << 20
_MARK = ":Zone.Identifier"
"""The stream in which Windows notes that a file came from elsewhere, to warn before it starts."""


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
        """The file of its signature, beside it."""
        return self.path.with_name(self.path.name + _SIGNATURE)


def _numbers(version: str) -> Numbers:
    return tuple(int(each) for each in version.split("."))


def known_key() -> bytes | None:
    """The public key that the program was shipped with; None where there is none."""
    try:
        return b64decode((resources_dir() / "setup-key.txt").read_bytes())
    except (OSError, NotBase64):
        return None


def find_newer(places: Iterable[Path], ours: str, key: bytes | None = None) -> NewerSetup | None:
    """The newest signed setup in these folders and their subfolders, None unless it is newer than
    `ours`. `key` stands for the program's own.
    """
    key = known_key() if key is None else key
    if key is None:
        return None
    found = {each for place in places for each in _setups(place)}
    newer = [each for each in found if each.numbers > _numbers(ours) and each.signature.is_file()]
    newer.sort(key=lambda each: each.numbers, reverse=True)
    return next((each for each in newer[:_MOST_SETUPS] if _is_signed(each, key)), None)


def glance(places: Iterable[Path]) -> Glance:
    """Path, size and time of these folders' own setups and signatures, and the folders themselves.

    While that stays the same nothing newer has come. Subfolders are not listed again and again: a
    disk may be slow.
    """
    seen = {(place, 0, 0) for place in places}
    for place, _, _ in list(seen):
        with suppress(OSError), os.scandir(place) as entries:
            for each in entries:
                if _SETUP.fullmatch(each.name.removesuffix(_SIGNATURE)):
                    found = each.stat()
                    seen.add((Path(each.path), found.st_size, found.st_mtime_ns))
    return frozenset(seen)


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
    """Copies the setup into `folder`, with Windows' mark of its origin, and checks the copy's
    signature.

    The copy is what is checked and started, for the stick may be pulled out or changed meanwhile.
    Raises StorageError("setup-unreadable") where it can't be copied, ("setup-unsigned") where there
    is no signature, ("setup-changed") where it doesn't fit.
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
    """The file's SHA-256; `take` is called with each piece of it."""
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
    """Copies the mark, a stream that only Windows' own file systems have."""
    with suppress(OSError):
        mark = Path(f"{setup}{_MARK}").read_bytes()
        Path(f"{copy}{_MARK}").write_bytes(mark)
