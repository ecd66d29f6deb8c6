"""Folders of the desktop beside the book, and places for files: documents, drives, free names."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PureWindowsPath
from typing import Any

from PySide6.QtCore import QStandardPaths, QStorageInfo, QUrl
from PySide6.QtGui import QDesktopServices

from kwt_books.domain.files import VERBATIM, file_name_for
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
    """The user's documents folder, or one beside it where that is copied into a cloud."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return folder_of_its_own(Path(found) if found else Path.home(), Path.home(), os.environ)


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
    ends = chain([""], (f" ({n})" for n in count(2)))
    paths = (folder / f"{stem}{end}{SUFFIX}" for end in ends)
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


# -- Folders that a service copies into the cloud: a book that is half written goes with them ----


_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Environment variables that name OneDrive's folders on Windows."""
_NAMES = {
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "dropbox": "Dropbox",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
}
_PREFIXES = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "googledrive-": "Google Drive"}
"""Services by how a folder's name begins, as in `OneDrive - Dinas Pertanian`."""
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""Services by a file that they leave in a folder they copy."""


def synced_by(path: Path, environ: Mapping[str, str]) -> str:
    """The service that copies the folder of `path`; empty where none is known to."""
    folders = (path.absolute(), *path.absolute().parents)[1:]
    given = {_spelled(Path(environ[each])) for each in _VARIABLES if environ.get(each)}
    if any(_spelled(folder) in given for folder in folders):
        return "OneDrive"
    for folder in folders:
        if service := _called(folder.name.casefold()):
            return service
    for folder in folders:
        for marker, service in _MARKERS.items():
            if (folder / marker).exists():
                return service
    return ""


def _spelled(folder: Path) -> str:
    return str(folder.absolute()).casefold()


def _called(name: str) -> str:
    starting = (service for prefix, service in _PREFIXES.items() if name.startswith(prefix))
    return _NAMES.get(name) or next(starting, "")


def folder_of_its_own(documents: Path, home: Path, environ: Mapping[str, str]) -> Path:
    """A folder that no service copies: the documents, or one beside them."""
    if not synced_by(documents / "x", environ):
        return documents
    return home / "KWT Books"


# -- Folders that Windows guards: only programs that it knows may write to documents and desktop ---


_GUARD = r"Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access"
_GUARDS = (rf"SOFTWARE\Policies\Microsoft\{_GUARD}", rf"SOFTWARE\Microsoft\{_GUARD}")
"""Keys of the registry; what an administrator decided comes first."""
_BLOCKS = 1
"""Other values only note what was written, or guard the disk's first sectors alone."""


def guarded(registry: Any = None) -> bool:
    """Whether Windows keeps programs that it doesn't know from writing to documents, pictures and
    the desktop ("Controlled folder access").
    """
    if registry is None and sys.platform == "win32":
        import winreg as registry
    if registry is None:
        return False
    for place in _GUARDS:
        with suppress(OSError), registry.OpenKey(registry.HKEY_LOCAL_MACHINE, place) as key:
            return bool(registry.QueryValueEx(key, "EnableControlledFolderAccess")[0] == _BLOCKS)
    return False


# -- Folders of another computer: their locks may not hold, and the log needs memory in common ---


_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs", "davfs",
     "fuse.davfs2", "fuse.gvfsd-fuse"}
)  # fmt: skip
_DRIVE_REMOTE = 4
"""DRIVE_REMOTE: a drive of another computer on Windows."""


def shared(folder: Path, kernel32: Any = None) -> bool:
    """Whether the folder, which need not exist yet, is on another computer."""
    if kernel32 is None and sys.platform == "win32":
        kernel32 = ctypes.windll.kernel32
    if kernel32 is not None:
        where = PureWindowsPath(folder)
        if where.drive.startswith("\\\\") and not where.drive.startswith(VERBATIM):
            return True
        return bool(kernel32.GetDriveTypeW(ctypes.c_wchar_p(where.anchor)) == _DRIVE_REMOTE)
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    found = bytes(QStorageInfo(str(there)).fileSystemType().data()).decode(errors="replace")
    return found in _REMOTE
