"""Giving a finished file its name."""

from __future__ import annotations

import sys
import time
from pathlib import Path

_WAITS = (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ()
"""Seconds. A scanner of viruses opens what was just written, and Windows refuses meanwhile."""


def take_place(unfinished: Path, path: Path) -> None:
    """Puts `unfinished` where `path` is, over what stands there."""
    for wait in _WAITS:
        try:
            unfinished.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    unfinished.replace(path)
