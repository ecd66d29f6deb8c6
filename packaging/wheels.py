"""Wheels in exactly the versions of `uv.lock`: for Windows, or for a Python of this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from places import HERE, ROOT
from windows_python import PYTHON

sys.path.append(str(ROOT / "scripts"))
from bootstrap import uv

BUILD_TOOLS = HERE / "windows" / "build-tools.txt"
_LEFT_OUT = "docopt"
"""There is no wheel of it, and only num2words' own command uses it."""
_FOR_WINDOWS = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON]


def install_for_building(target: Path) -> None:
    """What the program needs, and PyInstaller."""
    _install(target, [_locked("--no-dev"), BUILD_TOOLS.read_text(encoding="utf-8")])


def install_for_testing(target: Path) -> None:
    """What the tests need beyond that."""
    _install(target, [_locked("--only-dev")])


def install_for(python: Path, target: Path) -> None:
    """What the program needs, for a Python of this machine."""
    _install(target, [_locked("--no-dev")], ["--python", str(python)])


def _locked(which: str) -> str:
    """The requirements of `uv.lock`, with digests; whether a system wants one is still open."""
    options = [which, "--frozen", "--no-emit-project", "--no-emit-package", _LEFT_OUT]
    command = [*uv(), "export", "--quiet", "--no-header", "--no-annotate", *options]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def _install(target: Path, requirements: list[str], where: Sequence[str] = _FOR_WINDOWS) -> None:
    """Nothing is done where the same was installed before; uv decides as if it were `where`."""
    wanted, record = "\n".join(requirements), target / "requirements.txt"
    if record.exists() and record.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    asked = target.with_name(target.name + ".txt")
    asked.write_text(wanted, encoding="utf-8")
    options = ["--quiet", "--only-binary", ":all:", "--require-hashes", "--no-deps"]
    command = [*uv(), "pip", "install", *options, *where, "--target", str(target)]
    subprocess.run([*command, "--requirements", str(asked)], cwd=ROOT, check=True)
    asked.replace(record)
