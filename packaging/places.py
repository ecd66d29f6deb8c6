"""Where things lie while a setup is made, and what the program is called."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
NAME = "KWT Books"
PROGRAM, COMMAND = f"{NAME}.exe", "kwt-books.exe"
IDENTITY = "KWT.Books"
"""The program's AppUserModelID: by it Windows knows its windows, shortcuts and recent books."""
ICON = ROOT / "resources" / "icons" / "kwt-books.ico"
MANIFEST = HERE / "windows" / "kwt-books.manifest"
WINDOWS = sys.platform == "win32"


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: str = project["project"]["version"]
    return found


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """A version as Windows keeps it: `1.2` is (1, 2, 0, 0)."""
    numbers = [int(part) for part in text.split(".")]
    first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
    return first, second, third, fourth


@dataclass(frozen=True)
class Places:
    """`work` may be thrown away at any time; `out` holds what is handed on."""

    work: Path
    out: Path

    @property
    def tree(self) -> Path:
        """The Windows Python, with the program's wheels and PyInstaller."""
        return self.work / "python"

    @property
    def test_wheels(self) -> Path:
        return self.work / "test-wheels"

    @property
    def prefix(self) -> Path:
        return self.work / "wine"

    @property
    def built(self) -> Path:
        """What PyInstaller works in."""
        return self.work / "built"

    @property
    def folder(self) -> Path:
        """The program as it is installed."""
        return self.out / NAME

    @property
    def setup(self) -> Path:
        return self.out / f"{NAME.replace(' ', '-')}-{version()}-Setup.exe"


def default_places() -> Places:
    return Places(ROOT / "build" / "windows", ROOT / "dist")
