"""Gets a fresh machine ready: the project's own environment, and the libraries Qt leans on.

Only the standard library is used here, since nothing else is there yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
_WINDOWS = sys.platform == "win32"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if _WINDOWS else "bin/python")
_TOOL = ROOT / ".venv-uv"
_SYSTEM_LIBRARIES = (
    "libgl1", "libegl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-xkb1",
)  # fmt: skip


def prepare() -> None:
    """Makes `.venv` what `uv.lock` says, and sees to it that Qt can be loaded."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit("KWT Books needs Python 3.11, 3.12 or 3.13.")
    command = [*uv(), "sync", "--frozen", "--quiet", "--python", sys.executable]
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    if not _qt_loads():
        _install_system_libraries()


def uv() -> list[str]:
    """The uv on the path, else one in an environment of its own."""
    found = shutil.which("uv")
    if found:
        return [found]
    python = _TOOL / PYTHON.relative_to(ENVIRONMENT)
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(_TOOL)], check=False)
        if made.returncode:
            sys.exit("Python's venv module is missing (Debian: apt-get install python3-venv).")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "uv"], check=True)
    return [str(python), "-m", "uv"]


def _qt_loads() -> bool:
    """Whether it also reaches the screen, where there is one."""
    code = "import PySide6.QtWidgets, PySide6.QtPdfWidgets"
    if os.environ.get("DISPLAY"):
        code += "; PySide6.QtWidgets.QApplication([])"
    tried = subprocess.run([str(PYTHON), "-c", code], check=False, capture_output=True)
    return tried.returncode == 0


def _install_system_libraries() -> None:
    names = " ".join(_SYSTEM_LIBRARIES)
    if not _apt_install(*_SYSTEM_LIBRARIES):
        sys.exit(f"Qt cannot be loaded. Install its libraries first, e.g.: apt-get install {names}")


def prepare_tests() -> None:
    """What only the tests use; those that need it say so and are skipped where it is missing."""
    if shutil.which("hledger") is None:
        _apt_install("hledger")


def _apt_install(*packages: str) -> bool:
    """Installs Debian packages where that can be done without asking anyone."""
    apt = shutil.which("apt-get")
    if apt is None or getattr(os, "geteuid", lambda: 1)() != 0:
        return False
    for arguments in (["update"], ["install", "-y", *packages]):
        subprocess.run([apt, "-qq", *arguments], check=True, stdout=subprocess.DEVNULL)
    return True
