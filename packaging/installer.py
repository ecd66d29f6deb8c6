"""The setup that is handed on: the program's folder, packed by NSIS."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import authenticode
import bundle
from places import (
    COMMAND,
    HERE,
    ICON,
    IDENTITY,
    NAME,
    PROGRAM,
    ROOT,
    Places,
    four_numbers,
    version,
)

sys.path.append(str(ROOT / "scripts"))
from bootstrap import PYTHON, prepare

_SPARE = 20
"""Megabytes that a disk must have beyond what is unpacked."""
_ON_WINDOWS = Path(r"C:\Program Files (x86)\NSIS\makensis.exe")


def make(
    places: Places,
    key: Path | None = None,
    certificate: Path | None = None,
    *,
    quick: bool = False,
) -> None:
    """`places.setup`, with its digest and, where there is a `key`, its signature beside it.

    With a `certificate` both programs, the uninstaller and the setup are signed for Windows. A
    `quick` one is twice as large and packed in a tenth of the time.
    """
    if certificate is not None:
        for each in (PROGRAM, COMMAND):
            authenticode.sign(certificate, places.folder / each)
    places.built.mkdir(parents=True, exist_ok=True)
    removal = places.built / "remove.nsh"
    removal.write_text("\n".join(removal_of(places.folder)) + "\n", encoding="utf-8-sig")
    given = {
        "NAME": NAME,
        "PROGRAM": PROGRAM,
        "COMMAND": COMMAND,
        "IDENTITY": IDENTITY,
        "VERSION": version(),
        "VERSION_NUMBERS": ".".join(map(str, four_numbers(version()))),
        "ICON": ICON,
        "FOLDER": places.folder,
        "REMOVE": removal,
        "OUT": places.setup,
        "KILOBYTES": round(bundle.megabytes(places.folder) * 1000),
        "MEGABYTES": round(bundle.megabytes(places.folder)) + _SPARE,
    }
    if certificate is not None:
        given["SIGN"] = authenticode.command_for(certificate.resolve())
    if quick:
        given["QUICK"] = "1"
    program = shutil.which("makensis") or str(_ON_WINDOWS)
    defined = [f"-D{key}={text}" for key, text in given.items()]
    script = str(HERE / "windows" / "setup.nsi")
    subprocess.run([program, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, script], check=True)
    _write_beside(places.setup, key)


def _write_beside(setup: Path, key: Path | None) -> None:
    """The digest of a setup and, where there is a `key`, its signature."""
    with setup.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    beside = setup.with_name(setup.name + ".sha256")
    beside.write_text(f"{digest}  {setup.name}\n", encoding="ascii", newline="\n")
    setup.with_name(setup.name + ".sig").unlink(missing_ok=True)
    if key is None:
        print("  NOT SIGNED: no program will offer it. Sign it with --key FILE.", flush=True)
        return
    prepare(for_tests=False)
    subprocess.run([PYTHON, HERE / "signing.py", "sign", key, setup], check=True)


def removal_of(folder: Path) -> Iterator[str]:
    """What NSIS is to do so that every file of the folder goes, and nothing else."""
    below = sorted(folder.rglob("*"), key=Path.as_posix)
    yield from (f'Delete "{_installed(each, folder)}"' for each in below if each.is_file())
    for each in reversed([each for each in below if each.is_dir()]):
        yield f'RMDir "{_installed(each, folder)}"'


def _installed(path: Path, folder: Path) -> str:
    return "$INSTDIR\\" + str(PureWindowsPath(path.relative_to(folder))).replace("$", "$$")
