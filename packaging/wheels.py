"""Windows wheels in exactly the versions of `uv.lock`."""

from __future__ import annotations

import shutil
import subprocess
import sys
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


def _locked(which: str) -> str:
    """The requirements of `uv.lock`, with digests; whether Windows wants one is still open."""
    options = [which, "--frozen", "--no-emit-project", "--no-emit-package", _LEFT_OUT]
    command = [*uv(), "export", "--quiet", "--no-header", "--no-annotate", *options]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def _install(target: Path, requirements: list[str]) -> None:
    """Nothing is done where the same was installed before; uv decides as if it were Windows."""
    wanted, record = "\n".join(requirements), target / "requirements.txt"
    if record.exists() and record.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    asked = target.with_name(target.name + ".txt")
    asked.write_text(wanted, encoding="utf-8")
    options = ["--quiet", "--only-binary", ":all:", "--require-hashes", "--no-deps"]
    command = [*uv(), "pip", "install", *options, *_FOR_WINDOWS, "--target", str(target)]
    subprocess.run([*command, "--requirements", str(asked)], cwd=ROOT, check=True)
    asked.replace(record)
