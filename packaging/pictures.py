"""What a treasurer sees while the setup runs, in both languages: the pictures of `docs/windows.md`.

    python3 packaging/pictures.py

Needs the setup that `packaging/build.py` makes, and Wine. The keyboard does what she would do:
Next, Install, Finish, and then the program's first window stands there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import debian
import machine
from places import NAME, PROGRAM, ROOT, default_places
from wine_prefix import Wine

_TARGET = ROOT / "docs" / "pictures"
_SPOKEN = {"id": "1057", "en": "1033"}
"""What Windows calls the languages."""
_SCREEN = "1000x640"
_SMALL = ("-trim", "+repage", "-colors", "128")
"""Without the empty screen around the window, and light enough to be carried about."""
_PATIENCE = 120  # seconds


def main() -> int:
    argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]).parse_args()
    debian.install_packages(*debian.PACKAGES, "xdotool")
    places = default_places()
    windows = machine.prepare(places)
    if not isinstance(windows, Wine):
        raise SystemExit("This forgets the program's settings, and so is for Wine alone.")
    for language, number in _SPOKEN.items():
        with windows.screen(_SCREEN):
            _forget(windows)
            _choose(windows, language, number)
            _walk_through(windows, places.setup, language)
    _forget(windows)
    return 0


def _forget(windows: Wine) -> None:
    remover = windows.home / "AppData" / "Local" / "Programs" / NAME / "Uninstall.exe"
    if remover.exists():
        windows.run(remover, "/S", check=False)
        _wait(lambda: not remover.exists())
    for kind in ("Local", "Roaming"):
        shutil.rmtree(windows.home / "AppData" / kind / NAME, ignore_errors=True)


def _choose(windows: Wine, language: str, number: str) -> None:
    """The language as somebody chose it before, for the setup and for the program."""
    windows.run("reg", "add", rf"HKCU\Software\{NAME}", "/v", "SetupLanguage", "/d", number, "/f")
    settings = windows.home / "AppData" / "Roaming" / NAME / f"{NAME}.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[General]\nlanguage={language}\n", encoding="utf-8")


def _walk_through(windows: Wine, setup: Path, language: str) -> None:
    setup_program = windows.start(setup)
    _wait(lambda: bool(windows.titles()))
    sleep(3)  # it is drawn after it has come
    windows.photograph(_TARGET / f"windows-1-{language}.png", *_SMALL)
    for _ in ("the place", "the files"):
        windows.press("Return")
        sleep(2)
    _wait((windows.home / "Desktop" / f"{NAME}.lnk").exists)
    sleep(3)
    windows.photograph(_TARGET / f"windows-2-{language}.png", *_SMALL)
    windows.press("Return")
    sleep(12)
    windows.photograph(_TARGET / f"windows-3-{language}.png", *_SMALL)
    windows.close(PROGRAM)
    setup_program.wait(_PATIENCE)


def _wait(condition: Callable[[], bool]) -> None:
    end = monotonic() + _PATIENCE
    while not condition():
        if monotonic() > end:
            raise SystemExit("It did not come to that.")
        sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
