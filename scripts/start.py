"""Runs KWT Books on a fresh machine: `python3 scripts/start.py demo`.

Whatever stands behind it is handed to `main.py`.
"""

from __future__ import annotations

import subprocess
import sys

from bootstrap import PYTHON, ROOT, prepare

if __name__ == "__main__":
    prepare()
    command = [str(PYTHON), str(ROOT / "main.py"), *sys.argv[1:]]
    sys.exit(subprocess.run(command, check=False).returncode)
