"""What a Debian machine needs so that a Windows program can be made and tried on it."""

from __future__ import annotations

import sys

from places import ROOT

sys.path.append(str(ROOT / "scripts"))
from system_packages import NotInstalled, install, not_installed

PACKAGES = (
    "python3-venv", "wine", "wine64", "xvfb", "gcc-mingw-w64-x86-64-win32", "nsis",
    "imagemagick", "osslsigncode", "openssl", "x11-utils", "fonts-wine", "fonts-liberation",
    "ca-certificates", "tesseract-ocr", "tesseract-ocr-ind",
)  # fmt: skip


def install_packages(*names: str) -> None:
    """Installs what is missing; ends with a line to paste where that is not allowed."""
    if missing := not_installed(names):
        try:
            install(missing)
        except NotInstalled as error:
            raise SystemExit(str(error)) from None
