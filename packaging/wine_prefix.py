"""A Windows to try things on: a Wine prefix of the project's own, and a screen without a monitor.

Only one screen at a time goes with a prefix. Wine's processes are stopped before their screen
goes away: one that outlives it would hang the next run.
"""

from __future__ import annotations

import os
import re
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from places import HERE

_LOADER, _SERVER = "/usr/lib/wine/wine64", "/usr/lib/wine/wineserver64"
_COMPILER = "x86_64-w64-mingw32-gcc"
_STAND_INS = ("icuuc", "mscms")
"""Libraries of Windows that Wine lacks. They live in the prefix and are never shipped."""
_NOT_FOR_WINE = {"DISPLAY", "TMPDIR"}
"""Debian's Wine 10 breaks off where the second is set."""
_FONTS = {
    "Segoe UI": "Liberation Sans",
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
    "Courier New": "Liberation Mono",
}


_WINDOW = re.compile(r'^ +0x[0-9a-f]+ "(.*)": \(".*"\)  (\d{3,})x(\d{3,})\+')
"""A window with a title and of some size, in what xwininfo says."""

_PICTURE = "Xvfb_screen0"
"""What is on the screen, as Xvfb keeps it in a file."""
_POINTER = 10_000
"""Bytes of a picture: a pointer has fewer, a window more."""
_WORD, _COLOUR = struct.Struct(">I"), 12
"""A number in the head of that file, which colours follow, each of so many bytes."""


def titles_in(tree: str) -> list[str]:
    return [found[1] for line in tree.splitlines() if (found := _WINDOW.match(line))]


class Wine:
    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"

    @property
    def home(self) -> Path:
        """The Windows user's own folder."""
        users = self.drive / "users"
        return next(each for each in sorted(users.iterdir()) if each.name != "Public")

    def path(self, path: Path) -> str:
        """How Windows programs call a file of this machine."""
        return "Z:" + str(path.resolve()).replace("/", "\\")

    def start(self, *command: str | Path, **how: Any) -> subprocess.Popen[bytes]:
        """A Windows program, not waited for; `env` goes on top of what Wine needs."""
        environment = {**self._environment(), **how.pop("env", {})}
        called = [_LOADER, *map(str, command)]
        return subprocess.Popen(called, env=environment, **how)

    def run(
        self, *command: str | Path, check: bool = True, **how: Any
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**self._environment(), **how.pop("env", {})}
        called = [_LOADER, *map(str, command)]
        return subprocess.run(called, check=check, env=environment, **how)

    def close(self, program: str) -> None:
        """Asks a program's windows to close, as a click on the cross does."""
        self.run("taskkill", "/IM", program, check=False, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """Ends every process of this prefix."""
        for action in ("-k", "-w"):
            subprocess.run([_SERVER, action], check=False, env=self._environment())

    @contextmanager
    def screen(self, size: str = "1280x800") -> Iterator[None]:
        """A screen of its own; whatever is started within is shown there."""
        reading, writing = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
             "-fbdir", str(self.prefix)],
            pass_fds=[writing], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as told:
            self._display = ":" + told.readline().strip()
        try:
            yield
        finally:
            self.stop()
            self._display = ""
            server.terminate()
            server.wait()

    _display = ""

    def titles(self) -> list[str]:
        """Of the windows to be seen on the screen."""
        asked = ["xwininfo", "-root", "-tree"]
        # It fails where a window goes away while it is asked about; there is a next time.
        said = subprocess.run(asked, check=False, capture_output=True, env=self._environment())
        return titles_in(said.stdout.decode("utf-8", "replace"))

    def is_empty(self) -> bool:
        """Whether no window has been drawn on the screen, which is black then but for a pointer."""
        picture = (self.prefix / _PICTURE).read_bytes()
        (head,), (colours,) = (_WORD.unpack_from(picture, at) for at in (0, 76))
        pixels = picture[head + colours * _COLOUR :]
        return len(pixels) - pixels.count(0) < _POINTER

    def photograph(self, path: Path, *how: str) -> None:
        """The screen; `how` in ImageMagick's words."""
        asked = ["import", "-window", "root", *how, str(path)]
        subprocess.run(asked, check=True, env=self._environment())

    def press(self, key: str) -> None:
        """A key, where the keyboard is."""
        subprocess.run(["xdotool", "key", key], check=True, env=self._environment())

    def prepare(self) -> None:
        """Makes the prefix, once."""
        if (self.prefix / "ready").exists():
            return
        self.prefix.mkdir(parents=True, exist_ok=True)
        with self.screen():
            self.run("wineboot", "-i", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self._wait()
            for name in _STAND_INS:
                self._compile(name)
            self._register(r"HKCU\Software\Wine\DllOverrides", "mscms", "native")
            for wanted, there in _FONTS.items():
                self._register(r"HKCU\Software\Wine\Fonts\Replacements", wanted, there)
        (self.prefix / "ready").touch()

    def _wait(self) -> None:
        subprocess.run([_SERVER, "-w"], check=True, env=self._environment())

    def _compile(self, name: str) -> None:
        target = self.drive / "windows" / "system32" / f"{name}.dll"
        target.unlink(missing_ok=True)
        options = ["-O1", "-shared", "-nostdlib", "-Wl,-e,0"]
        source = HERE / "wine" / f"{name}.c"
        subprocess.run([_COMPILER, *options, "-o", str(target), str(source)], check=True)

    def _register(self, key: str, name: str, text: str) -> None:
        command = ("reg", "add", key, "/v", name, "/d", text, "/f")
        self.run(*command, stdout=subprocess.DEVNULL)

    def _environment(self) -> dict[str, str]:
        kept = {key: text for key, text in os.environ.items() if key not in _NOT_FOR_WINE}
        return {
            **kept,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=d",
            "LC_ALL": "C.UTF-8",
            **({"DISPLAY": self._display} if self._display else {}),
        }
