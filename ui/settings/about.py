"""The About box: the version, the computer it runs on, and the software it is made of."""

from __future__ import annotations

import json
import platform
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

from kwt_books import __version__
from kwt_books.app import Books
from kwt_books.i18n.catalogue import Translator, resources_dir
from ui.kit.button import Button, Segment
from ui.kit.card import Disc, bare
from ui.kit.dialog import Dialog
from ui.kit.field import TextField
from ui.kit.folders import Folders
from ui.kit.layout import column, grid_layout, label, open_up, row, rule, stacked
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, UiContext
from ui.kit.table import Cell

# -- What the program is made of, and what it runs on --------------------------------------------


_UNSAID = {"sqlcipher3": "Zlib"}
"""Licences of packages that have but their text."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Software that is shipped with the program."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the computer or the program."""

    label: str
    text: str


def shipped_parts(resources: Path) -> Sequence[Part]:
    """The list written when the program was built; from source, the packages it needs."""
    listed = resources / "shipped.json"
    if listed.is_file():
        told = json.loads(listed.read_text(encoding="utf-8"))["parts"]
        parts = [Part(each["name"], each["version"], each["licence"]) for each in told]
    else:
        parts = [*_inside(), *_packages(resources.parent / "pyproject.toml")]
    return sorted(parts, key=lambda each: each.name.lower())


def _inside() -> Iterator[Part]:
    """Parts that no package names."""
    yield Part("Python", platform.python_version(), "PSF-2.0")
    kept_with = Books.versions()
    yield Part("SQLite", kept_with["SQLite"], "public domain")
    yield Part("SQLCipher", kept_with["SQLCipher"], "BSD-3-Clause")
    yield Part("Qt", qVersion(), "LGPL-3.0-only")
    yield Part("Phosphor Icons", "1.3.0", "MIT")
    yield Part("Inter", "", "OFL-1.1")
    yield Part("Source Sans", "", "OFL-1.1")


def _packages(project: Path) -> Iterator[Part]:
    """The installed packages that the project needs, with those they need in turn."""
    waiting = _wanted(project)
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
        except PackageNotFoundError:  # needed on another system only
            continue
        waiting.extend(package.requires or ())
        yield Part(package.name.replace("_", "-"), package.version, _licence(package))


def _wanted(project: Path) -> list[str]:
    """The packages the project needs, by pyproject.toml or, where installed, by its wheel."""
    if not project.is_file():
        return distribution("kwt-books").requires or []
    found: list[str] = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    return found


def _licence(package: Distribution) -> str:
    """A package's licence in one line, by the newest of the ways to declare it."""
    told = package.metadata
    for key in ("License-Expression", "License"):
        if key in told:
            return str(told[key]).split("\n")[0].split(" (see ")[0]
    named = (each.rpartition(" :: ") for each in told.get_all("Classifier") or ())
    said = ", ".join(last for first, _, last in named if first.startswith("License"))
    return said or _UNSAID.get(package.name, "")


def system_facts(t: Translator, folders: Folders) -> Sequence[Fact]:
    """What somebody who helps from afar asks first: version, system, folders."""
    return (
        Fact(t("Version"), __version__),
        Fact(t("Computer"), f"{QSysInfo.prettyProductName()} · {QSysInfo.kernelVersion()}"),
        Fact("Python", f"{platform.python_version()} · {platform.machine()}"),
        Fact("Qt", f"{qVersion()} · {QGuiApplication.platformName()}"),
        *(Fact(name, version) for name, version in Books.versions().items()),
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
    """The file of licences beside the built program; None from source, where each package has its
    own.
    """
    path = program_folder() / "LICENCES.txt"
    return path if path.is_file() else None


def program_folder() -> Path:
    """The folder of the program, or of its source."""
    frozen = hasattr(sys, "frozen")
    return Path(sys.executable).parent if frozen else resources_dir().parent


_WIDTH, _HEIGHT = 720, 560


class AboutBox(Dialog):
    """Two sides: this computer, to be copied, and the software inside, to be searched."""

    def __init__(self, ui: UiContext, facts: Sequence[Fact], parts: Sequence[Part]) -> None:
        t = ui.t
        super().__init__(ui, t("About KWT Books"), explained="about")
        self._ui, self._t, self._facts, self._parts = ui, t, facts, parts
        open_up(self, ui.theme.px(_WIDTH), ui.theme.px(_HEIGHT))
        sides = (("computer", t("This computer")), ("parts", t("Software inside")))
        self.side = Segment(ui, sides, "computer")
        self.side.setAccessibleName(t("About KWT Books"))
        self.stack = stacked(self._computer(), self._inside())
        self.side.chosen.connect(lambda side: self.stack.setCurrentIndex(int(side == "parts")))
        below = rule(), self._buttons()
        column(self._head(), self.side, (self.stack, 1), *below,
               parent=self, margins=24, space=GUTTER)  # fmt: skip

    def _head(self) -> QLayout:
        t = self._t
        title = label(f"KWT Books {__version__}", "title")
        what = t(
            "Bookkeeping for a women farmers' group: from the day's slips to signed statements."
        )
        told = t("Works without internet and sends nothing anywhere. MIT licence.")
        words = column(title, label(what, wrap=True), label(told, "caption", wrap=True), space=2)
        disc = Disc(self._ui, "leaf", 56), 0, Qt.AlignmentFlag.AlignTop
        return row(disc, (words, 1), space=GUTTER)

    def _computer(self) -> QWidget:
        ground = bare()
        grid = grid_layout(ground, across=GUTTER, down=8, margins=0)
        for place, fact in enumerate(self._facts):
            told = label(fact.text, wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(fact.label, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self._facts), 1)
        return ground

    def _inside(self) -> QWidget:
        t, ground = self._t, bare()
        self.search = TextField(self._ui, placeholder=t("Search by name or licence"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.changed.connect(self._show_parts)
        headings = head_row(t("Name"), t("Version"), t("Licence"))
        self.table = ListTable(self._ui, headings)
        self.table.setAccessibleName(t("Software inside"))
        page = column(self.search, (self.table, 1), parent=ground, space=8)
        if (texts := licence_texts()) is not None:
            told = t("The full texts of the licences: {file}", file=texts)
            page.addWidget(label(told, "quiet", wrap=True))
        self._show_parts()
        return ground

    def _show_parts(self) -> None:
        """Shows the parts that have every word typed."""
        words = self.search.text().lower().split()
        self.table.show_rows(
            [
                ListRow(each.name, (Cell(each.name), Cell(each.version), Cell(each.licence)))
                for each in self._parts
                if all(word in f"{each.name} {each.licence}".lower() for word in words)
            ]
        )

    def _buttons(self) -> QLayout:
        t = self._t
        copy = Button(self._ui, t("Copy"), "copy")
        copy.hint(t("About this computer, to send to whoever helps you"))
        self._copied = label("", "caption", "good")
        close = Button(self._ui, t("Close"), kind="primary").when_clicked(self.accept)
        close.setDefault(True)
        return row(copy.when_clicked(self.copy), ..., self._copied, close, space=8)

    def copy(self) -> None:
        """Copies the facts as text."""
        lines = ["KWT Books", *(f"{each.label}: {each.text}" for each in self._facts)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied.setText(self._t("Copied"))


def show_about(parent: QWidget, ui: UiContext, folders: Folders) -> AboutBox:
    """Opens the About box."""
    box = AboutBox(ui, system_facts(ui.t, folders), shipped_parts(resources_dir()))
    box.setParent(parent, box.windowFlags() | Qt.WindowType.Dialog)
    box.open()
    return box
