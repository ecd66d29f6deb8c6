"""Where the desktop keeps what is not the book."""

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
    """Drafts, pictures of icons, the log."""

    data: Path
    cache: Path
    log: Path


# -- Where files go: documents, flash drives that are plugged in, names that are free ------------


_MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where other systems than Windows put what is plugged in."""


@dataclass(frozen=True, slots=True)
class Drive:
    name: str
    path: Path
    free: int
    """Bytes."""


def documents() -> Path:
    """Where people look for their files."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return Path(found) if found else Path.home()


_SAVED: list[Path] = []
"""Where files were saved while the program runs, the newest last."""


def place_to_save() -> Path:
    """Where one saved last, as long as it is there; else the documents."""
    return next((each for each in reversed(_SAVED) if each.is_dir()), documents())


def saved_in(folder: Path) -> None:
    """The next file is offered a place there."""
    _SAVED[:] = [folder]


def show_file(path: Path) -> None:
    """With the program that the computer opens such files with; a folder with its own."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def places_of_setups() -> list[Path]:
    """Where someone may have brought a newer setup: what is plugged in, and the downloads."""
    home = QStorageInfo(str(Path.home())).rootPath()
    plugged = [
        Path(each.rootPath())
        for each in QStorageInfo.mountedVolumes()
        if _pluggable(each) and each.rootPath() != home
    ]
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return [*plugged, *([Path(found)] if found else [])]


def free_path(folder: Path, name: str) -> Path:
    """A book's file of that name, as near to it as a file's can be, that is not there yet."""
    stem = file_name_for(name)
    paths = (folder / f"{stem}{end}{SUFFIX}" for end in ("", *(f" ({n})" for n in range(2, 1000))))
    return next(path for path in paths if not path.exists())


def drives() -> Sequence[Drive]:
    """Those that can be written to, without the one that the computer itself lives on."""
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
