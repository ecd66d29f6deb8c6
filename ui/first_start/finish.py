"""Step: all of it once more, and where the book's file goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout

from kwt_books.services.first_answers import FirstEntries
from ui.drives import documents, free_path
from ui.first_start.step import Step
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.label import Elided, figures, label, rule
from ui.words import SUFFIX


class FinishStep(Step):
    name = "finish"

    def build(self) -> None:
        t, kit = self.t, self.kit
        card = Card(space=10)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        card.body.addLayout(self._grid)
        card.body.addWidget(rule())
        self._worth = QGridLayout()
        self._worth.addWidget(label(t("What the group owns itself"), "strong"), 0, 0)
        self._surplus = figures(kit, "", "title")
        self._worth.addWidget(self._surplus, 0, 1)
        card.body.addLayout(self._worth)
        self._why = label("", "caption", wrap=True)
        card.body.addWidget(self._why)
        self.left.addWidget(card)
        self.refused = Note(kit, "", "error")
        self.refused.hide()
        self.left.insertWidget(0, self.refused)
        self.right.addWidget(self._file_card())
        self.path = Path()
        self._chosen = False

    def _file_card(self) -> Card:
        t, card = self.t, Card(self.t("The book's file"), space=6)
        self._file, self._folder = Elided("", "strong"), Elided("", "caption")
        card.body.addWidget(self._file)
        card.body.addWidget(self._folder)
        card.body.addSpacing(4)
        other = Button(self.kit, t("Another place"), "folder-open")
        card.body.addWidget(other.when_clicked(self.choose), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    # -- the file --------------------------------------------------------------------------

    def suggest(self, group: str) -> None:
        """Among the documents under the group's name, unless another place was chosen."""
        if not self._chosen:
            self._show_path(free_path(documents(), group))

    def choose(self) -> None:
        pattern = self.t("Books (*{suffix})", suffix=SUFFIX)
        title = self.t("The book's file")
        found, _ = QFileDialog.getSaveFileName(self, title, str(self.path), pattern)
        if found:
            path = Path(found)
            self.take(path if path.suffix == SUFFIX else Path(f"{path}{SUFFIX}"))

    def take(self, path: Path) -> None:
        """Another place was chosen."""
        self._chosen = True
        self._show_path(path)

    def _show_path(self, path: Path) -> None:
        self.path = path
        self._file.setText(path.name)
        self._folder.setText(str(path.parent))

    # -- what it comes to ------------------------------------------------------------------

    def show_entries(self, lines: list[tuple[str, str]], entries: FirstEntries) -> None:
        """`lines`: titles and what was answered."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, (title, said) in enumerate(lines):
            self._grid.addWidget(label(title, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(said or "–", "strong", wrap=True), place, 1)
        t, surplus = self.t, entries.surplus
        self._surplus.setText(self.kit.formats.rupiah(surplus))
        self._why.setText(
            t("Everything there is, less debts, savings, grants and funds. It is recorded as the"
              " surplus of the years before.")
            if surplus >= 0
            else t("There is less than debts, savings, grants and funds come to. Look whether"
                   " something was forgotten; otherwise it is recorded as a loss of the years"
                   " before.")
        )  # fmt: skip

    def refuse(self, text: str) -> None:
        """What the book said against it; empty: nothing."""
        self.refused.say(text, "error")
        self.refused.setVisible(bool(text))
