"""Checks everything on a fresh machine: style, types, the floors of the house, the tests.

python3 scripts/check.py [arguments for pytest]
"""

import sys

if __name__ == "__main__":
    from required_python import refuse_other_pythons

    refuse_other_pythons()

    from quality_checks import main

    sys.exit(main(sys.argv[1:]))
