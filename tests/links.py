"""Links to files and folders, which not everybody may make on Windows."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def linked(link: Path, there: Path) -> bool:
    """Makes `link`, and says whether it is one now; where it may not be made, nothing is there.

    Wine says that it made one and has made none.
    """
    with suppress(OSError):
        link.symlink_to(there, target_is_directory=there.is_dir())
    return link.is_symlink()
