"""How long the program takes to its window, beside a bare PySide6 window, in the same run.

    python3 packaging/measure_start.py [--rounds 7]

Both are packed in the same way and started in turn under the same Wine. Needs the folder that
`packaging/build.py` makes. Every start of the program is a first start: settings and caches in
the Wine prefix are removed before it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path

import machine
from places import HERE, NAME, PROGRAM, Places, default_places
from wine_prefix import Wine

_BARE = "Bare window"
_MOST = 1.5
"""The program may take so many times what the bare window takes."""


def main() -> int:
    usual = default_places()
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--work", type=Path, default=usual.work)
    parser.add_argument("--out", type=Path, default=usual.out)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    places = Places(asked.work.resolve(), asked.out.resolve())
    windows = machine.prepare(places)
    if not isinstance(windows, Wine):
        raise SystemExit("This forgets the program's settings, and so is for Wine alone.")
    with windows.screen():
        bare = _pack_bare(windows, places)
        _start(windows, bare)  # Wine itself starts, and files get into memory
        _start(windows, places.folder / PROGRAM)
        times: dict[str, list[float]] = {_BARE: [], NAME: []}
        for _ in range(asked.rounds):
            times[_BARE].append(_start(windows, bare))
            times[NAME].append(_start(windows, places.folder / PROGRAM))
    for name, found in times.items():
        print(f"{name}: {statistics.median(found):.2f} s ({min(found):.2f} to {max(found):.2f})")
    ratio = statistics.median(times[NAME]) / statistics.median(times[_BARE])
    print(f"ratio: {ratio:.2f}, at most {_MOST} wanted")
    return int(ratio > _MOST)


def _pack_bare(windows: Wine, places: Places) -> Path:
    folder = places.work / "bare"
    program = folder / "bare" / "bare.exe"
    if not program.exists():
        windows.run(
            places.tree / "python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--windowed", "--onedir", "--name", "bare", "--distpath", windows.path(folder),
            "--workpath", windows.path(folder / "work"), "--specpath", windows.path(folder),
            windows.path(HERE / "windows" / "bare.py"),
        )  # fmt: skip
    return program


def _start(windows: Wine, program: Path) -> float:
    """Seconds from the start until the window has been drawn: it is there before that."""
    for kind in ("Local", "Roaming"):
        shutil.rmtree(windows.home / "AppData" / kind / NAME, ignore_errors=True)
    began = time.monotonic()
    running = windows.start(program)
    while windows.is_empty():
        if running.poll() is not None:
            raise SystemExit(f"{program.name} ended with {running.returncode}")
    took = time.monotonic() - began
    windows.close(program.name)
    running.wait(60)
    while not windows.is_empty():
        time.sleep(0.05)
    return took


if __name__ == "__main__":
    sys.exit(main())
