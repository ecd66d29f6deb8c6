"""Where the desktop keeps what is not the book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """Drafts, pictures of icons, the log."""

    data: Path
    cache: Path
    log: Path
