"""What goes into the program's folder. Only what is used: setups are carried on USB sticks."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from places import ROOT

EXCLUDED_MODULES = [
    "tkinter", "unittest", "pydoc", "doctest", "test", "setuptools", "pkg_resources",
    "numpy", "IPython", "PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._webp", "PIL.ImageShow",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest", "sqlite3", "_sqlite3", "mypy", "pytest", "hypothesis", "greenlet", "psycopg2",
    "pysqlite2", "MySQLdb", "psycopg_binary._uuid", "cffi", "pycparser",
]  # fmt: skip
"""Nothing is drawn by a graphics card, and books are kept with the SQLite of `sqlcipher3`; no UUID
is kept on a server. What was compiled by cffi asks for its `_cffi_backend` alone. `ssl` stays:
psycopg imports it before it calls a server."""

IDLE_HOOKS = {"pyi_rth_inspect", "pyi_rth_pkgutil", "pyi_rth_multiprocessing"}
"""What PyInstaller would run at every start for programs that ask where their own source lies, look
for modules in folders or start processes of their own. This one does not, and starts sooner."""

_QT_LIBRARIES = {
    "Qt6Core", "Qt6Gui", "Qt6Widgets", "Qt6Network", "Qt6PrintSupport", "Qt6Pdf", "Qt6PdfWidgets",
    "Qt6Svg",
}  # fmt: skip
_QT_PLUGINS = {
    "platforms/qwindows.dll",
    "styles/qmodernwindowsstyle.dll",
    "imageformats/qico.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qwebp.dll",
}
_ICON_FONT = re.compile(r"phosphor-.*")


def modules_below(package: str) -> list[str]:
    """Every module of one of the program's own packages."""
    found = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / package).rglob("*.py"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in found)


def belongs(name: str) -> bool:
    """Whether a file of this name, below the folder of libraries, is needed at all."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    if parts[0] == "PySide6":
        return _belongs_to_qt(path)
    if parts[:2] == ("qtawesome", "fonts"):
        return bool(_ICON_FONT.fullmatch(path.name))
    if parts[0] in {"tzdata", "alembic"} and path.suffix not in {".py", ".pyd"}:
        return False  # dates in a book have no zone; templates of Alembic's own command
    return path.name.lower() not in {"icuuc.dll", "mscms.dll"}


def _belongs_to_qt(path: PurePosixPath) -> bool:
    if path.parts[1:2] == ("translations",):
        return False  # the program words Qt's own texts itself
    if path.parts[1:2] == ("plugins",):
        return "/".join(path.parts[2:]) in _QT_PLUGINS
    if path.name.startswith("Qt6"):
        return path.stem in _QT_LIBRARIES
    return path.name != "opengl32sw.dll"
