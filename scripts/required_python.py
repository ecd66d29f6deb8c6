"""Which Pythons run KWT Books. Read by any Python back to 2.7, as `start.py` and `check.py` are."""

import sys


def refuse_other_pythons(version=tuple(sys.version_info[:2])):
    # type: (tuple[int, ...]) -> None
    """Ends with a sentence where `version` (major, minor) is none of those."""
    if not (3, 11) <= version <= (3, 13):
        sys.exit(
            "KWT Books needs Python 3.11, 3.12 or 3.13; this is {}.{}. Start it with one of those, "
            "for example: python3.13 {}".format(version[0], version[1], " ".join(sys.argv))
        )
