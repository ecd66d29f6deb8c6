"""Names of files that any system accepts, and paths longer than Windows usually accepts."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from kwt_books.domain.address import ServerAddress

A = TypeVar("A", Path, ServerAddress, Path | ServerAddress)
"""Where a book lies."""

_REFUSED = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt")
                                   for number in range(1, 10))}
)  # fmt: skip
_LONGEST_NAME = 100


def file_name_for(name: str) -> str:
    """`name` as a file name: signs that systems refuse become spaces, 100 signs at most."""
    plain = "".join(" " if char in _REFUSED or not char.isprintable() else char for char in name)
    plain = " ".join(plain.split())[:_LONGEST_NAME].strip(" .")
    if not plain or plain.partition(".")[0].rstrip().lower() in _DEVICES:
        return f"Buku {plain}".strip()
    return plain


# -- Paths longer than Windows usually accepts ----------------------------------------------------


_LONGEST_PATH = 230
"""Windows stops at 260 characters; files beside a book have longer names than the book."""
VERBATIM, _SHARE = "\\\\?\\", "\\\\?\\UNC\\"


def reachable(path: A) -> A:
    """The same file, by a path that Windows accepts however long it is; elsewhere `path`.

    A book on a server is reached by its address as it is.

    Programs may be freed of the limit by a setting of the computer that only an administrator
    can make; this way works on all of them.
    """
    if sys.platform == "win32" and isinstance(path, Path):
        return type(path)(extended(PureWindowsPath(os.path.normpath(path.absolute()))))
    return path


def extended(path: PureWindowsPath) -> PureWindowsPath:
    """A Windows path, marked to be taken literally where it is long.

    `path` is absolute and has no `..`.
    """
    text = str(path)
    if len(text) <= _LONGEST_PATH or text.startswith(VERBATIM):
        return path
    if text.startswith("\\\\"):
        return PureWindowsPath(_SHARE + text[2:])
    return PureWindowsPath(VERBATIM + text)
