"""Where Windows programs run: on this machine where it is Windows, else under Wine."""

from __future__ import annotations

import ctypes
import os
import subprocess
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Protocol

import debian
import wheels
import windows_python
from places import WINDOWS, Places
from wine_prefix import Wine


class Machine(Protocol):
    @property
    def home(self) -> Path:
        """The Windows user's own folder."""
        ...

    def path(self, path: Path) -> str:
        """What Windows programs call a file."""
        ...

    def start(self, *command: str | Path, **how: Any) -> subprocess.Popen[bytes]: ...

    def run(
        self, *command: str | Path, check: bool = True, **how: Any
    ) -> subprocess.CompletedProcess[bytes]: ...

    def close(self, program: str) -> None:
        """Asks a program's windows to close."""
        ...

    def screen(self, size: str = ...) -> AbstractContextManager[None]:
        """`size` as `1280x800`, where the screen is not somebody's own."""
        ...

    def titles(self) -> list[str]:
        """Of the windows to be seen."""
        ...

    def photograph(self, path: Path) -> None: ...


class Native:
    """Windows itself; its screen is the one that someone looks at."""

    home = Path.home()

    def path(self, path: Path) -> str:
        return str(path)

    def start(self, *command: str | Path, **how: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*map(str, command)], **_with_environment(how))

    def run(
        self, *command: str | Path, check: bool = True, **how: Any
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*map(str, command)], check=check, **_with_environment(how))

    def close(self, program: str) -> None:
        self.run("taskkill", "/IM", program, check=False, stdout=subprocess.DEVNULL)

    def screen(self, size: str = "") -> AbstractContextManager[None]:
        return nullcontext()

    def titles(self) -> list[str]:
        user: Any = ctypes.windll.user32  # type: ignore[attr-defined, unused-ignore]
        kind = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)
        found: list[str] = []

        def look(window: int, _: int) -> bool:
            text = ctypes.create_unicode_buffer(512)
            if user.IsWindowVisible(window) and user.GetWindowTextW(window, text, 512):
                found.append(text.value)
            return True

        user.EnumWindows(kind(look), 0)
        return found

    def photograph(self, path: Path) -> None:
        script = (
            "Add-Type -AssemblyName System.Windows.Forms, System.Drawing;"
            "$b = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds;"
            "$p = New-Object System.Drawing.Bitmap $b.Width, $b.Height;"
            "[System.Drawing.Graphics]::FromImage($p).CopyFromScreen(0, 0, 0, 0, $b.Size);"
            f"$p.Save('{path}')"
        )
        self.run("powershell", "-NoProfile", "-Command", script)


def _with_environment(how: dict[str, Any]) -> dict[str, Any]:
    """`env` goes on top of what there is."""
    return {**how, "env": {**os.environ, **how.get("env", {})}}


def prepare(places: Places) -> Machine:
    """A machine with the Windows Python in `places.tree`, and the program's wheels in that."""
    machine: Machine = Native()
    if not WINDOWS:
        debian.install_packages(*debian.PACKAGES)
        wine = Wine(places.prefix)
        wine.prepare()
        machine = wine
    windows_python.lay_out(places.tree)
    wheels.install_for_building(places.tree / "Lib" / "site-packages")
    return machine
