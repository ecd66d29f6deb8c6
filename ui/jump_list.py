"""Books opened last, in the list that Windows shows for the program's button.

The setup registers `.kwt` for the program and gives its shortcuts an identity; the program takes
the same one, so that a pinned shortcut and the window it opened share a button, and what is told
here stands under it.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

IDENTITY = "KWT.Books"
"""What the setup calls the program (AppUserModelID)."""
_A_PATH = 3
"""SHARD_PATHW: what follows is a path in Unicode."""


def take_identity(shell32: Any = None) -> None:
    """Before the first window. Elsewhere than on Windows nothing happens."""
    shell = shell32 or _shell32()
    if shell is not None:
        shell.SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(IDENTITY))


def tell_opened(book: Path, shell32: Any = None) -> None:
    """Puts a book on top of the list; elsewhere than on Windows nothing happens."""
    shell = shell32 or _shell32()
    if shell is not None:
        shell.SHAddToRecentDocs(ctypes.c_uint(_A_PATH), ctypes.c_wchar_p(str(book.absolute())))


def _shell32() -> Any:
    if sys.platform == "win32":
        return ctypes.windll.shell32
    return None
