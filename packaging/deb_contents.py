"""What of the wheels goes into Debian's package: only what is used."""

from __future__ import annotations

from pathlib import PurePosixPath

_MODULES = {
    "QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPdf", "QtPdfWidgets", "QtPrintSupport", "QtSvg",
    "QtWidgets",
}  # fmt: skip
_LIBRARIES = {
    *(name.replace("Qt", "libQt6") for name in _MODULES),
    "libQt6OpenGL", "libQt6WaylandClient", "libQt6XcbQpa", "libicudata", "libicui18n", "libicuuc",
}  # fmt: skip
_PLUGINS = {
    "imageformats/libqico.so",
    "imageformats/libqjpeg.so",
    "imageformats/libqwebp.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "platformthemes/libqxdgdesktopportal.so",
    "printsupport/libcupsprintersupport.so",
    "wayland-decoration-client/libbradient.so",
    "wayland-shell-integration/libxdg-shell.so",
}


def belongs(name: str) -> bool:
    """Whether a file of this name, below the folder of packages, is needed at all."""
    path = PurePosixPath(name)
    first, *_ = path.parts
    if first == "PySide6":
        return _belongs_to_qt(path)
    if path.parts[:2] == ("qtawesome", "fonts"):
        return path.name.startswith("phosphor-")
    if first == "alembic" and path.suffix != ".py":
        return False  # templates of Alembic's own command
    if first.startswith("psycopg_binary"):
        return False  # the system's own libpq is asked for
    return first not in {"bin", "requirements.txt"} and path.suffix not in {".pyi", ".pyc"}


def _belongs_to_qt(path: PurePosixPath) -> bool:
    within = path.parts[1:]
    if within[:2] == ("Qt", "lib"):
        return path.name.partition(".")[0] in _LIBRARIES
    if within[:2] == ("Qt", "plugins"):
        return "/".join(within[2:]) in _PLUGINS
    if len(within) > 1:
        return within[0] == "support" and path.suffix == ".py"
    if path.name.endswith(".abi3.so"):
        return path.name.partition(".")[0] in _MODULES
    return path.suffix == ".py" or path.name.startswith("libpyside6.abi3")
