"""Folders that a service copies into the cloud: a book that is half written goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Where Windows says that OneDrive keeps its folder."""
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
"""As `OneDrive - Dinas Pertanian`."""
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""What the services leave in a folder that they look after."""


def synced_by(path: Path, environ: Mapping[str, str]) -> str:
    """The service that copies what lies in the folder of `path`; empty: none that is known."""
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
    """Where a book is safe from that: the documents, or a folder beside them."""
    if not synced_by(documents / "x", environ):
        return documents
    return home / "KWT Books"
