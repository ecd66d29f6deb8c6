"""Folders of the desktop beside the book, and places for files: documents, drives, free names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo, QUrl
from PySide6.QtGui import QDesktopServices

from kwt_books.domain.files import file_name_for
from ui.kit.words import SUFFIX


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders for drafts, pictures of icons and the log."""

    data: Path
    cache: Path
    log: Path


# -- Where files go: documents, flash drives that are plugged in, names that are free ------------


_MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where systems other than Windows mount drives that are plugged in."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that files can be written to."""

    name: str
    path: Path
    free: int
    """Free space in bytes."""


def documents() -> Path:
    """The user's documents folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return Path(found) if found else Path.home()


_SAVED: list[Path] = []
"""Folders that files were saved in since the program started, the newest last."""


def place_to_save() -> Path:
    """The folder that a file was last saved in, if it is still there; else the documents."""
    return next((each for each in reversed(_SAVED) if each.is_dir()), documents())


def saved_in(folder: Path) -> None:
    """Notes the folder that a file was saved in."""
    _SAVED[:] = [folder]


def show_file(path: Path) -> None:
    """Opens a file with the program the computer has for it; a folder likewise."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def places_of_setups() -> list[Path]:
    """Folders that may have a newer setup: drives that are plugged in, and the downloads."""
    home = QStorageInfo(str(Path.home())).rootPath()
    plugged = [
        Path(each.rootPath())
        for each in QStorageInfo.mountedVolumes()
        if _pluggable(each) and each.rootPath() != home
    ]
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return [*plugged, *([Path(found)] if found else [])]


def free_path(folder: Path, name: str) -> Path:
    """A path in `folder`, named like the book, at which there is no file yet."""
    stem = file_name_for(name)
    paths = (folder / f"{stem}{end}{SUFFIX}" for end in ("", *(f" ({n})" for n in range(2, 1000))))
    return next(path for path in paths if not path.exists())


def drives() -> Sequence[Drive]:
    """Drives that are plugged in and can be written to, without the one of the home folder."""
    home = QStorageInfo(str(Path.home())).rootPath()
    return [
        Drive(each.displayName() or each.rootPath(), Path(each.rootPath()), each.bytesAvailable())
        for each in QStorageInfo.mountedVolumes()
        if _pluggable(each) and not each.isReadOnly() and each.rootPath() != home
    ]


def _pluggable(volume: QStorageInfo) -> bool:
    usable = volume.isValid() and volume.isReady()
    if not usable or volume.isRoot() or not volume.bytesTotal():
        return False
    return sys.platform == "win32" or volume.rootPath().startswith(_MOUNTS)
