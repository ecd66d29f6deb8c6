"""What the program wants of the system: which of it is missing, and how it gets here.

Only the standard library is used here, since nothing else is there yet.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

SERVER = "postgresql"
"""The package of the server that tests keep books on; they start it themselves."""
QT_LIBRARIES: Mapping[str, str] = {
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""What the wheels of Qt link against, and the package that has it in Debian and Ubuntu.

libglib2.0-0 is what newer releases still provide under the name of older ones.
"""
_SAID_OF_SIZE = ("Need to get", "After this operation", "Fetched")
_EVERY = 20
"""Packages: a line is said of the installing each time so many of them are unpacked or set up."""
_MOST_SAID = 5
"""Lines of what went wrong: without internet there is one for every package."""


class NotInstalled(Exception):  # noqa: N818 - not an error of ours
    """The text says what is missing and what to do, with a line to paste."""


def missing_qt_libraries() -> list[str]:
    """The sonames that this Python cannot load; none anywhere but on Linux."""
    if sys.platform != "linux":
        return []
    return [name for name in QT_LIBRARIES if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_root() -> bool:
    return getattr(os, "geteuid", lambda: 1)() == 0


def has_server() -> bool:
    """Whether PostgreSQL's own programs are here, so that tests can start a server."""
    debian = Path("/usr/lib/postgresql")
    return shutil.which("initdb") is not None or any(debian.glob("*/bin/initdb"))


def has_apt() -> bool:
    return shutil.which("apt-get") is not None


def not_installed(packages: Iterable[str]) -> list[str]:
    """Those of Debian's `packages` that dpkg does not have, each once."""
    return [name for name in dict.fromkeys(packages) if not _installed(name)]


def _installed(package: str) -> bool:
    asked = ["dpkg-query", "-Wf", "${db:Status-Status}", package]
    said = subprocess.run(asked, check=False, capture_output=True, text=True)
    return said.stdout == "installed"


def install(packages: Sequence[str]) -> None:
    """Installs Debian packages as root, saying how much that is and how far it has come.

    Raises `NotInstalled` for somebody else than root, where apt-get fails, and where there is none.
    """
    if not has_apt():
        raise NotInstalled(f"Not found here: {' '.join(packages)}")
    if not is_root():
        raise NotInstalled(
            "Some of the system's packages are missing. Paste this line, which gets them, and then "
            f"give the same command again:\n\n{line(packages)}\n"
        )
    print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    print("  apt-get update", flush=True)  # it may fail for a source that isn't needed
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    command = ["apt-get", "install", "--yes", "-q", "--no-install-recommends", *packages]
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as wrong:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=wrong, encoding="utf-8", env=environment
        ) as running:
            assert running.stdout is not None
            for said in progress(running.stdout):
                print(f"  {said}", flush=True)
        if running.returncode:
            wrong.seek(0)
            raise NotInstalled(
                f"apt-get could not install them:\n{beginning(wrong.read().splitlines())}\n"
                f"Is there internet? Try it by hand:\n\n{line(packages)}\n"
            )


def beginning(said: Sequence[str]) -> str:
    """The first of what went wrong, and how much more was said: the rest is mostly the same."""
    more = [f"(and {len(said) - _MOST_SAID} more)"] if len(said) > _MOST_SAID else []
    return "\n".join(f"  {each}" for each in (*said[:_MOST_SAID], *more))


def line(packages: Sequence[str]) -> str:
    """What somebody pastes to have them: by sudo, or by root's password where there is none."""
    install = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if is_root():
        return f"apt-get update && {install}"
    if shutil.which("sudo"):
        return f"sudo apt-get update && sudo {install}"
    return f'su - -c "apt-get update && {install}"'


def progress(said: Iterable[str]) -> Iterator[str]:
    """Of what apt-get says: how much it is, and now and then which package it has come to."""
    steps = 0
    for each in said:
        if each.startswith(_SAID_OF_SIZE):
            yield each.rstrip()
        elif each.startswith(("Unpacking ", "Setting up ")):
            steps += 1
            if steps % _EVERY == 0:
                yield f"{each.partition('(')[0].rstrip()} ..."
