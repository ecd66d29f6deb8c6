"""Asking for files: where one shall be saved, which one is meant. Each kind of file begins in the
folder that it was last saved in or taken from, also after the program was started anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from kwt_books.domain.files import reachable
from ui.kit import folders

if TYPE_CHECKING:
    from ui.kit.preferences import Preferences


class Use(StrEnum):
    """What a file is for: each has a folder of its own."""

    PAPER = "papers"
    RECEIPT = "receipts"
    BOOK = "books"
    AUDIT = "audit"
    SHEET = "sheets"


class LastFolders:
    """The folder that files of each use were last saved in or taken from."""

    def __init__(self) -> None:
        self._preferences: Preferences | None = None
        self._known: dict[Use, Path] = {}

    def keep_in(self, preferences: Preferences) -> None:
        """Keeps them in `preferences` from now on, for the next start."""
        self._preferences, self._known = preferences, {}

    def of(self, use: Use) -> Path:
        """The last folder of a use, if it is still there; else the documents, or the user's own
        folder where there are none: a dialog goes to the program's from a folder that isn't there.
        """
        found = self._known.get(use)
        if found is None and self._preferences is not None:
            found = self._preferences.last_folder(use)
        wanted = (found, folders.documents())
        there = [each for each in wanted if each is not None and reachable(each).is_dir()]
        return there[0] if there else Path.home()

    def note(self, use: Use, folder: Path) -> None:
        """Notes the folder of a file that was saved or taken."""
        self._known[use] = folder
        if self._preferences is not None:
            self._preferences.note_last_folder(use, folder)


last_folders = LastFolders()
"""Those of the program that runs."""


def ask_where(
    parent: QWidget | None,
    title: str,
    name: str | Path,
    kinds: Sequence[tuple[str, str]],
    use: Use = Use.PAPER,
    *,
    replaces: bool = True,
) -> Path | None:
    """Where a file shall be saved: a path with an ending; None where nothing was chosen.

    `name`, without ending, is offered; as a path, in its folder. `kinds`: endings (".pdf") and
    what the dialog calls them; the first is offered. What was typed without an ending gets the one
    chosen, and is asked for once more where a file of that name is there. Without `replaces` what
    is there is taken up instead of being written over, so that nobody asks.
    """
    by_filter = {words: ending for ending, words in kinds}
    endings = tuple(by_filter.values())
    offered = last_folders.of(use) / f"{name}{endings[0]}"
    extra: dict[str, Any] = {} if replaces else {"options": QFileDialog.Option.DontConfirmOverwrite}
    while True:
        chosen, used = QFileDialog.getSaveFileName(
            parent, title, str(offered), ";;".join(by_filter), **extra
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in endings:
            path = path.with_name(path.name + by_filter.get(used, endings[0]))
            if replaces and reachable(path).exists():
                offered = path
                continue
        last_folders.note(use, path.parent)
        return path


def ask_which(
    parent: QWidget | None, title: str, pattern: str, use: Use, *, several: bool = False
) -> list[Path]:
    """Which file is meant, or which ones; empty where none was chosen."""
    start = str(last_folders.of(use))
    if several:
        chosen, _ = QFileDialog.getOpenFileNames(parent, title, start, pattern)
    else:
        one, _ = QFileDialog.getOpenFileName(parent, title, start, pattern)
        chosen = [one] if one else []
    paths = [Path(each) for each in chosen]
    if paths:
        last_folders.note(use, paths[0].parent)
    return paths
