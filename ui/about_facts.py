"""What the program is made of, and what it runs on: for the About box and a call for help."""

from __future__ import annotations

import json
import platform
import re
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from kwt_books import __version__
from kwt_books.i18n.catalogue import Translator
from ui.folders import Folders

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is shipped with the program."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str


def shipped_parts(resources: Path) -> Sequence[Part]:
    """The list that was made when the program was built; run from source, what it leans on."""
    listed = resources / "shipped.json"
    if listed.is_file():
        told = json.loads(listed.read_text(encoding="utf-8"))["parts"]
        parts = [Part(each["name"], each["version"], each["licence"]) for each in told]
    else:
        parts = [*_inside(), *_packages(resources.parent / "pyproject.toml")]
    return sorted(parts, key=lambda each: each.name.lower())


def _inside() -> Iterator[Part]:
    """What no package names."""
    yield Part("Python", platform.python_version(), "PSF-2.0")
    yield Part("SQLite", sqlite3.sqlite_version, "public domain")
    yield Part("Qt", qVersion(), "LGPL-3.0-only")
    yield Part("Phosphor Icons", "1.3.0", "MIT")
    yield Part("Inter", "", "OFL-1.1")
    yield Part("Source Sans", "", "OFL-1.1")


def _packages(project: Path) -> Iterator[Part]:
    """What the project names, and what that needs in turn, as far as it is installed."""
    waiting: list[str] = tomllib.loads(project.read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        found = _NAME.match(wanted)
        name = found[0].lower().replace("_", "-") if found else ""
        if name in seen or "extra" in wanted.partition(";")[2]:
            continue
        seen.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another system than this one
            continue
        waiting.extend(package.requires or ())
        yield Part(package.name.replace("_", "-"), package.version, _licence(package))


def _licence(package: Distribution) -> str:
    """The one line that a package says of its licence; of several ways to say it, the newest."""
    told = package.metadata
    for key in ("License-Expression", "License"):
        if key in told:
            return str(told[key]).split("\n")[0].split(" (see ")[0]
    named = (each.rpartition(" :: ") for each in told.get_all("Classifier") or ())
    return ", ".join(last for first, _, last in named if first.startswith("License"))


def system_facts(t: Translator, folders: Folders) -> Sequence[Fact]:
    """What someone who helps from afar asks first."""
    return (
        Fact(t("Version"), __version__),
        Fact(t("Computer"), f"{QSysInfo.prettyProductName()} · {QSysInfo.kernelVersion()}"),
        Fact("Python", f"{platform.python_version()} · {platform.machine()}"),
        Fact("Qt", f"{qVersion()} · {QGuiApplication.platformName()}"),
        Fact("SQLite", sqlite3.sqlite_version),
        Fact(t("Screen used"), _screen()),
        Fact(t("Program folder"), str(program_folder())),
        Fact(t("Folder of drafts"), str(folders.data)),
        Fact(t("Folder of logs"), str(folders.log)),
    )


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return f"{size.width()} × {size.height()} · {round(screen.devicePixelRatio() * 100)}%"


def licence_texts() -> Path | None:
    """The file beside the built program; from source each package has its own."""
    path = program_folder() / "LICENCES.txt"
    return path if path.is_file() else None


def program_folder() -> Path:
    frozen = hasattr(sys, "frozen")
    return Path(sys.executable).parent if frozen else Path(__file__).resolve().parents[1]
