"""What is checked of the project, one step after the other."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from bootstrap import PYTHON, ROOT, prepare, stopping_is_said

_STEPS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("floors", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("words", ["scripts/translations.py", "check"]),
    ("tests", ["-m", "pytest", "-q", "-n", "3"]),
)


@stopping_is_said()
def main(arguments: Sequence[str]) -> int:
    """Gives 0 where all is well, else what the first step that failed ended with.

    `arguments` are handed to pytest.
    """
    prepare(for_tests=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment["KWT_BOOKS_WHOLE"] = "1"  # what can't be tried is a failure
    for name, step in _STEPS:
        print(f"== {name}", flush=True)
        command = [str(PYTHON), *step, *(arguments if name == "tests" else ())]
        ran = subprocess.run(command, cwd=ROOT, check=False, env=environment)
        if ran.returncode:
            print(f"{name}: failed", flush=True)
            return ran.returncode
    return 0
