"""What a Debian machine needs so that a Windows program can be made and tried on it."""

from __future__ import annotations

import os
import subprocess

PACKAGES = (
    "python3-venv", "wine", "wine64", "xvfb", "gcc-mingw-w64-x86-64-win32", "nsis",
    "imagemagick", "x11-utils", "fonts-wine", "fonts-liberation", "ca-certificates",
)  # fmt: skip


def install_packages(*more: str) -> None:
    """Installs what is missing; ends with the command to be given where that is not allowed."""
    missing = [name for name in (*PACKAGES, *more) if not _installed(name)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise SystemExit("Install these first: sudo " + " ".join(command))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], command):
        subprocess.run(step, check=True, env=environment, stdout=subprocess.DEVNULL)


def _installed(name: str) -> bool:
    asked = ["dpkg-query", "-Wf", "${db:Status-Status}", name]
    said = subprocess.run(asked, check=False, capture_output=True, text=True)
    return said.stdout == "installed"
