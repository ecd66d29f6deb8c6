"""Checks everything on a fresh machine: style, types, the floors of the house, the tests.

python3 scripts/check.py [arguments for pytest]
"""

from __future__ import annotations

import os
import subprocess
import sys

from bootstrap import PYTHON, ROOT, prepare, prepare_tests

_STEPS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("floors", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("words", ["scripts/translations.py", "check"]),
    ("tests", ["-m", "pytest", "-q", "-n", "2"]),
)


def main() -> int:
    prepare()
    prepare_tests()
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    for name, arguments in _STEPS:
        print(f"== {name}", flush=True)
        extra = sys.argv[1:] if name == "tests" else []
        ran = subprocess.run(
            [str(PYTHON), *arguments, *extra], cwd=ROOT, check=False, env=environment
        )
        if ran.returncode:
            print(f"{name}: failed", flush=True)
            return ran.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
