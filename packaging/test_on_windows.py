"""Runs the project's tests on Windows' own Python, under Wine or on Windows itself.

    python3 packaging/test_on_windows.py [--part core|offscreen|windows]... [arguments for pytest]

Says for each part what passed, and names what was skipped or failed, with the reason. Ends with
1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import machine
import wheels
from places import ROOT, Places, default_places

PARTS = {
    "core": ("offscreen", ["tests", "--ignore=tests/ui", "--ignore=tests/architecture"]),
    "offscreen": ("offscreen", ["tests/ui"]),
    "windows": ("windows", ["tests/ui"]),
}
"""The platform plugin of Qt and the tests that are run with it.

The architecture is left out: it is about the source, which is the same everywhere.
"""

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
    plugin, tests = PARTS[part]
    report = places.work / f"tests-{part}.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={windows.path(report)}"]
    environment = {
        "PYTHONPATH": windows.path(places.test_wheels),
        "PYTHONPYCACHEPREFIX": windows.path(places.work / "bytecode"),
        "PYTHONUTF8": "1",
    }
    python = places.tree / "python.exe"
    with windows.screen():
        ran = windows.run(
            python, "-c", _STARTER, plugin, *tests, *options, *extra,
            cwd=ROOT, env=environment, check=False,
        )  # fmt: skip
    if not report.exists():
        print(f"{part}: did not come to its end (code {ran.returncode})", flush=True)
        return 1
    print(told(part, list(read(report))), flush=True)
    return int(ran.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
