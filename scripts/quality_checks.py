"""What is checked of the project: first what takes no test, two at a time; then the tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bootstrap import ENVIRONMENT, PYTHON, ROOT, prepare, stopping_is_said

_BEFORE = {
    "types": ["-m", "mypy"],
    "style": ["-m", "ruff", "check", "."],
    "encodings": ["-m", "ruff", "check", "--preview", "--select", "PLW1514", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "floors": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "words": ["scripts/translations.py", "check"],
    "files of tests": ["-m", "pytest", "-qq", "--collect-only"],
}
"""By name. That texts say their encoding is a rule of Ruff's that is still on trial. Files of
tests are compiled here, beside the types, for all workers of the tests.
"""
_TESTS = ["-m", "pytest", "-q", "-n", "3", "--dist", "worksteal"]


@stopping_is_said()
def main(arguments: Sequence[str]) -> int:
    """Gives 0 where all is well, else what the first step that failed ended with.

    `arguments` are handed to pytest.
    """
    prepare(for_tests=True)
    environment = _environment()
    with ThreadPoolExecutor(2) as side_by_side:
        steps = side_by_side.map(partial(_tried, environment), _BEFORE.values())
        for name, done in zip(_BEFORE, steps, strict=True):
            print(f"== {name}", flush=True)
            if done.returncode:
                print(f"{done.stdout}{name}: failed", flush=True)
                return done.returncode
    print("== tests", flush=True)
    command = [str(PYTHON), *_TESTS, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode


def _environment() -> dict[str, str]:
    """That of the steps: a screen that isn't there, and one place for what Python has compiled.

    The tests start the program many times; each start would compile it anew where nothing is kept.
    """
    inherited = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        "QT_QPA_PLATFORM": "offscreen",
        **inherited,
        "KWT_BOOKS_WHOLE": "1",  # what can't be tried is a failure
        "PYTHONPYCACHEPREFIX": str(ENVIRONMENT / "compiled"),
    }


def _tried(
    environment: Mapping[str, str], arguments: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    """What a step ended with; all it said, in the order it said it, is its `stdout`."""
    return subprocess.run(
        [str(PYTHON), *arguments],
        cwd=ROOT, check=False, env=environment, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
