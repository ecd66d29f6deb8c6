"""Where the files that travel with the program lie."""

from __future__ import annotations

import sys
from pathlib import Path


def resources_dir() -> Path:
    """The folder of fonts, icons and translations, in the source tree or in the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources"


def program_name() -> str:
    """What one types to give the program a command."""
    return "kwt-books" if hasattr(sys, "frozen") else "main.py"


def locale_dir() -> Path:
    return resources_dir() / "locale"
