"""Names for files that any system takes, Windows too."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath

_REFUSED = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt")
                                   for number in range(1, 10))}
)  # fmt: skip
_LONGEST_NAME = 100


def file_name_for(name: str) -> str:
    """As like `name` as can be."""
    plain = "".join(" " if char in _REFUSED or not char.isprintable() else char for char in name)
    plain = " ".join(plain.split())[:_LONGEST_NAME].strip(" .")
    if not plain or plain.partition(".")[0].rstrip().lower() in _DEVICES:
        return f"Buku {plain}".strip()
    return plain


# -- Paths that are longer than Windows takes them as they are -----------------------------------


_LONGEST_PATH = 230
"""Windows stops at 260 signs; a book's file has neighbours with longer names than its own."""
VERBATIM, _SHARE = "\\\\?\\", "\\\\?\\UNC\\"


def reachable(path: Path) -> Path:
    """The same file, by a name that Windows accepts however long it is.

    Programs may be freed of the limit by a setting of the computer that only an administrator
    can make; this way works on all of them.
    """
    if sys.platform == "win32":
        return Path(extended(PureWindowsPath(os.path.normpath(path.absolute()))))
    return path


def extended(path: PureWindowsPath) -> PureWindowsPath:
    """An absolute path without `..`, marked to be taken as it is where it is long."""
    text = str(path)
    if len(text) <= _LONGEST_PATH or text.startswith(VERBATIM):
        return path
    if text.startswith("\\\\"):
        return PureWindowsPath(_SHARE + text[2:])
    return PureWindowsPath(VERBATIM + text)
