"""Runs KWT Books on a fresh machine: `python3 scripts/start.py demo`.

Whatever stands behind it is handed to `main.py`.
"""

import sys

if __name__ == "__main__":
    from required_python import refuse_other_pythons

    refuse_other_pythons()

    from bootstrap import run_program

    sys.exit(run_program(sys.argv[1:]))
