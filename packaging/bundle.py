"""The program's folder, made by PyInstaller with the Windows Python."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import distributions
from pathlib import Path

import licences
from machine import Machine
from places import COMMAND, HERE, PROGRAM, Places

LICENCES = "LICENCES.txt"
_NEVER = {"icuuc.dll", "mscms.dll", "opengl32sw.dll"}
_MODULES_AS_THEY_ARE = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}
"""Hundreds of modules are read at every start; the setup packs them better than each alone."""
_SAID_TO_WINDOWS = (b"PerMonitorV2", b"longPathAware", b"activeCodePage")
"""Of the manifest, which lies in a program as it was written."""
_VERSIONS = (
    "import json, ssl, sys, PySide6; from psycopg import pq;"
    "print(json.dumps({'python': sys.version.split()[0],"
    " 'openssl': ssl.OPENSSL_VERSION.split()[1], 'qt': PySide6.__version__,"
    " 'libpq': pq.version_pretty(pq.version())}))"
)


def make(machine: Machine, places: Places) -> None:
    """`places.folder`, whole: both programs, what they lean on, its licences."""
    for old in (places.built, places.folder):
        shutil.rmtree(old, ignore_errors=True)
    places.out.mkdir(parents=True, exist_ok=True)
    with machine.screen():
        machine.run(
            places.tree / "python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", machine.path(places.out), "--workpath", machine.path(places.built),
            machine.path(HERE / "windows" / "kwt-books.spec"),
            env=_MODULES_AS_THEY_ARE,
        )  # fmt: skip
        versions = _versions(machine, places)
    _write_licences(places, versions)
    check(places.folder)


def _versions(machine: Machine, places: Places) -> dict[str, str]:
    versions: dict[str, str] = {}
    for asking in (_VERSIONS, licences.KEPT_WITH):
        asked = machine.run(places.tree / "python.exe", "-c", asking, capture_output=True)
        versions |= json.loads(asked.stdout)
    found = distributions(name="pyinstaller", path=[str(_site_packages(places))])
    return versions | {"pyinstaller": next(iter(found)).version}


def _write_licences(places: Places, versions: dict[str, str]) -> None:
    list_of_sources = next(places.built.rglob("sources.json"))
    sources = json.loads(list_of_sources.read_text(encoding="utf-8"))
    packages = list(licences.shipped_packages(_site_packages(places), sources))
    parts = [*licences.windows_parts(places.tree, versions), *packages]
    text = licences.as_text(parts)
    (places.folder / LICENCES).write_text(text, encoding="utf-8-sig", newline="\r\n")
    shown = places.folder / "_internal" / "resources" / "shipped.json"
    shown.write_text(licences.as_json(parts), encoding="utf-8", newline="\n")


def _site_packages(places: Places) -> Path:
    return places.tree / "Lib" / "site-packages"


def check(folder: Path) -> None:
    """Raises `SystemExit` where the folder lacks something, or has what must not be shipped."""
    names = {path.name.lower() for path in folder.rglob("*")}
    missing = {each for each in (PROGRAM, COMMAND, LICENCES) if not (folder / each).is_file()}
    if missing:
        raise SystemExit(f"Not made: {', '.join(sorted(missing))}")
    for each in (PROGRAM, COMMAND):
        written = (folder / each).read_bytes()
        if unsaid := [say.decode() for say in _SAID_TO_WINDOWS if say not in written]:
            raise SystemExit(f"{each} does not tell Windows: {', '.join(unsaid)}")
    if foreign := names & _NEVER:
        raise SystemExit(f"Must not be shipped: {', '.join(sorted(foreign))}")


def megabytes(path: Path) -> float:
    """Of a file, or of everything in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6
