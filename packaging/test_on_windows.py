"""Runs the project's tests on Windows' own Python, under Wine or on Windows itself.

    python3 packaging/test_on_windows.py [--part core|offscreen|windows]... [arguments for pytest]

Says for each part what passed, and names what was skipped or failed, with the reason. Ends with
1 where anything failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import machine
import wheels
from places import ROOT, Places, default_places

_IGNORED = "This plugin does not support\nQWindowsWindow::setGeometry: Unable to set geometry"
"""What Qt may say: that a window cannot be as small as a test wants it, which Windows refuses."""
_SCREEN = "1920x1200"
"""Room for every window that a test makes."""
_MOST = 1800
"""Seconds that one process of tests may take: under Wine some wait for ever."""


def runs_of(part: str) -> list[tuple[str, list[str]]]:
    """The platform plugin of Qt and the tests of each process.

    The architecture is left out: it is about the source, which is the same everywhere. With real
    windows each module has a process of its own: Wine hangs after some three hundred tests.
    """
    if part == "core":
        return [("offscreen", ["tests", "--ignore=tests/ui", "--ignore=tests/architecture"])]
    if part == "offscreen":
        return [("offscreen", ["tests/ui"])]
    modules = sorted((ROOT / "tests" / "ui").rglob("test_*.py"))
    return [("windows", [each.relative_to(ROOT).as_posix()]) for each in modules]


PARTS = ("core", "offscreen", "windows")

# Wine hands no QT_* variable on to Windows programs, so they are set in the program. The offscreen
# plugin knows no fonts of Windows.
_STARTER = (
    "import os, sys, pytest; os.environ['QT_QPA_PLATFORM'] = sys.argv.pop(1);"
    " os.environ['QT_QPA_FONTDIR'] = 'resources/fonts';"
    " sys.exit(pytest.main(sys.argv[1:]))"
)


@dataclass(frozen=True)
class Outcome:
    test: str
    what: str
    """`passed`, `skipped` or `failed`."""
    reason: str = ""


def read(report: Path) -> Iterator[Outcome]:
    """What became of each test of a JUnit report."""
    for case in ET.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        wrong = [each for each in case if each.tag in ("failure", "error")]
        skipped = case.find("skipped")
        if wrong:
            yield Outcome(name, "failed", _first_line(wrong[0].get("message")))
        elif skipped is not None:
            yield Outcome(name, "skipped", _first_line(skipped.get("message")))
        else:
            yield Outcome(name, "passed")


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0][:160]


def told(part: str, outcomes: list[Outcome]) -> str:
    """A line of figures, then a line for every test that did not pass."""
    counted = Counter(each.what for each in outcomes)
    figures = ", ".join(f"{counted[what]} {what}" for what in ("passed", "skipped", "failed"))
    others = sorted(outcomes, key=lambda each: (each.what, each.reason, each.test))
    lines = [f"  {each.what}: {each.test}: {each.reason}" for each in others if each.reason]
    return "\n".join([f"{part}: {figures}", *lines])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--work", type=Path, default=default_places().work)
    asked, extra = parser.parse_known_args()
    places = Places(asked.work.resolve(), default_places().out)
    windows = machine.prepare(places)
    wheels.install_for_testing(places.test_wheels)
    return max(_run(windows, places, part, extra) for part in asked.part or PARTS)


def _run(windows: machine.Machine, places: Places, part: str, extra: list[str]) -> int:
    """Runs a part and says how it went; 1 where something failed."""
    outcomes: list[Outcome] = []
    for plugin, tests in runs_of(part):
        outcomes += _run_one(windows, places, [plugin, *tests, *extra])
    print(told(part, outcomes), flush=True)
    return int(any(each.what == "failed" for each in outcomes))


def _run_one(windows: machine.Machine, places: Places, arguments: list[str]) -> list[Outcome]:
    report = places.work / "tests.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={windows.path(report)}"]
    options += ["-o", f"qt_log_ignore={_IGNORED}"]
    environment = {
        "PYTHONPATH": windows.path(places.test_wheels),
        "PYTHONPYCACHEPREFIX": windows.path(places.work / "bytecode"),
        "PYTHONUTF8": "1",
    }
    python = places.tree / "python.exe"
    with windows.screen(_SCREEN), suppress(subprocess.TimeoutExpired):
        windows.run(
            python, "-c", _STARTER, *arguments, *options,
            cwd=ROOT, env=environment, check=False, timeout=_MOST,
        )  # fmt: skip
    if report.exists():
        return list(read(report))
    return [Outcome(" ".join(arguments), "failed", "did not come to its end")]


if __name__ == "__main__":
    sys.exit(main())
