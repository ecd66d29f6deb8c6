"""Books opened last, in the list that Windows shows for the program's button.

The setup registers `.kwt` for the program, so what is told here stands under its icon. The
program takes no identity of its own for that: its shortcuts carry none, and a pinned one would
then stand beside the window that it opened.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

_A_PATH = 3
"""SHARD_PATHW: what follows is a path in Unicode."""


def tell_opened(book: Path, shell32: Any = None) -> None:
    """Puts a book on top of the list; elsewhere than on Windows nothing happens."""
    shell = shell32 or _shell32()
    if shell is not None:
        shell.SHAddToRecentDocs(ctypes.c_uint(_A_PATH), ctypes.c_wchar_p(str(book.absolute())))


def _shell32() -> Any:
    if sys.platform == "win32":
        return ctypes.windll.shell32
    return None
