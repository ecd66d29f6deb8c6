"""About: which version this is, what it is made of, and what it runs on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QStackedWidget, QWidget

from kwt_books import __version__
from kwt_books.i18n.paths import resources_dir
from ui.about_facts import Fact, Part, licence_texts, shipped_parts, system_facts
from ui.folders import Folders
from ui.help_keys import add_help_keys
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import bare
from ui.widgets.field import TextField
from ui.widgets.icon import Disc
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.opened import open_up
from ui.widgets.tabs import Segment

_WIDTH, _HEIGHT = 720, 560


class AboutBox(QDialog):
    """Two sides: this computer, to be copied for who helps; and what is inside, to be searched."""

    def __init__(self, kit: Kit, facts: Sequence[Fact], parts: Sequence[Part]) -> None:
        super().__init__()
        self._kit, self._t, self._facts, self._parts = kit, kit.t, facts, parts
        t = kit.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("About KWT Books"))
        open_up(self, kit.theme.px(_WIDTH), kit.theme.px(_HEIGHT))
        page = column(self, margins=24, space=GUTTER)
        page.addLayout(self._head())
        sides = (("computer", t("This computer")), ("parts", t("Software inside")))
        self.side = Segment(kit, sides, "computer")
        self.side.setAccessibleName(t("About KWT Books"))
        page.addWidget(self.side)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._computer())
        self.stack.addWidget(self._inside())
        self.side.chosen.connect(lambda side: self.stack.setCurrentIndex(int(side == "parts")))
        page.addWidget(self.stack, 1)
        page.addWidget(rule())
        page.addLayout(self._buttons())
        add_help_keys(self, kit, lambda: "settings#about")

    def _head(self) -> QLayout:
        t, line = self._t, row(space=GUTTER)
        line.addWidget(Disc(self._kit, "leaf", 56), 0, Qt.AlignmentFlag.AlignTop)
        words = column(space=2)
        words.addWidget(label(f"KWT Books {__version__}", "title"))
        words.addWidget(label(
            t("The books of a women farmers' group: from the day's slips to statements one signs."),
            wrap=True,
        ))  # fmt: skip
        told = t("Works without internet and sends nothing anywhere. MIT licence.")
        words.addWidget(label(told, "caption", wrap=True))
        line.addLayout(words, 1)
        return line

    def _computer(self) -> QWidget:
        ground = bare()
        grid = QGridLayout(ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GUTTER)
        grid.setVerticalSpacing(8)
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
        page = column(ground, space=8)
        self.search = TextField(self._kit, placeholder=t("Search by name or licence"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.changed.connect(self._show_parts)
        page.addWidget(self.search)
        headings = (Heading(t("Name")), Heading(t("Version")), Heading(t("Licence")))
        self.table = ListTable(self._kit, headings)
        self.table.setAccessibleName(t("Software inside"))
        page.addWidget(self.table, 1)
        if (texts := licence_texts()) is not None:
            told = t("The full texts of the licences: {file}", file=texts)
            page.addWidget(label(told, "quiet", wrap=True))
        self._show_parts()
        return ground

    def _show_parts(self) -> None:
        """Those in which every word is found that was typed."""
        words = self.search.text().lower().split()
        self.table.show_rows(
            [
                ListRow(each.name, (Cell(each.name), Cell(each.version), Cell(each.licence)))
                for each in self._parts
                if all(word in f"{each.name} {each.licence}".lower() for word in words)
            ]
        )

    def _buttons(self) -> QLayout:
        t, line = self._t, row(space=8)
        copy = Button(self._kit, t("Copy"), "copy")
        copy.hint(t("What this computer is, to send to whoever helps you"))
        line.addWidget(copy.when_clicked(self.copy))
        line.addStretch(1)
        self._copied = label("", "caption", "good")
        line.addWidget(self._copied)
        close = Button(self._kit, t("Close"), kind="primary").when_clicked(self.accept)
        close.setDefault(True)
        line.addWidget(close)
        return line

    def copy(self) -> None:
        lines = ["KWT Books", *(f"{each.label}: {each.text}" for each in self._facts)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied.setText(self._t("Copied"))


def show_about(parent: QWidget, kit: Kit, folders: Folders) -> AboutBox:
    box = AboutBox(kit, system_facts(kit.t, folders), shipped_parts(resources_dir()))
    box.setParent(parent, box.windowFlags() | Qt.WindowType.Dialog)
    box.open()
    return box
