"""Paths that are longer than Windows takes them as they are."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath

_LONGEST = 230
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
    if len(text) <= _LONGEST or text.startswith(VERBATIM):
        return path
    if text.startswith("\\\\"):
        return PureWindowsPath(_SHARE + text[2:])
    return PureWindowsPath(VERBATIM + text)
