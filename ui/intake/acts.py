"""What was taken from sheets and bank lists, act by act; each can be cancelled as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QDialog

from kwt_books.book import Book
from kwt_books.queries.intake import Act, acts
from kwt_books.services.intake.taking import cancellation
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.dialog import dialog_head
from ui.kit.field import TextField
from ui.kit.layout import column, fill, label, open_up, row
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER
from ui.kit.table import Cell
from ui.kit.worker import Change, Progress
from ui.kit.workspace import Given, LongWork, Workspace

_WIDTH, _HEIGHT = 820, 480


class ActsDialog(QDialog):
    """The acts, newest first, and the one that is selected cancelled."""

    def __init__(self, workspace: Workspace, act: str = "") -> None:
        super().__init__(workspace.window)
        self._wanted = act
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._acts: dict[str, Act] = {}
        t, ui = self._t, self._ui
        self.setWindowTitle(t("Imported from Excel"))
        self.note = Note(
            ui, t("Cancelling corrects every document of an import, each with its reversal.")
        )
        headings = (t("File"), t("Recorded"), t("Documents"), t("Days"))
        self.table = ListTable(ui, [Heading(each) for each in headings])
        self.table.setAccessibleName(t("Imported from Excel"))
        self.table.chosen.connect(lambda _key: self._show_buttons())
        self.reason = TextField(ui, placeholder=t("For example: the wrong file"))
        self.reason.setAccessibleName(t("What was wrong?"))
        self.reason.changed.connect(self._show_buttons)
        self.cancel_button = Button(ui, t("Cancel all of it"), "arrow-u-up-left", kind="danger")
        self.cancel_button.when_clicked(self.cancel_act)
        close = Button(ui, t("Close")).when_clicked(self.reject)
        line = row(label(t("What was wrong?")), (self.reason, 1), space=8)
        page = column(margins=GUTTER, space=12)
        fill(page, self.note, (self.table, 1), line, row(..., close, self.cancel_button, space=8))
        head = dialog_head(ui, "clock-counter-clockwise", t("Imported from Excel"))
        column(head, (page, 1), parent=self)
        open_up(self, ui.theme.px(_WIDTH), ui.theme.px(_HEIGHT))
        self._show_buttons()
        self._ask()

    def _ask(self) -> None:
        self._workspace.tasks.run(
            lambda book: book.read(acts), self.show_acts, key="acts", owner=self
        )

    def show_acts(self, found: Sequence[Act]) -> None:
        """Shows the acts, the newest first."""
        self._acts = {each.name: each for each in found}
        if not found:
            self.note.say(self._t("Nothing has been imported from Excel yet."))
        self.table.show_rows([self._row(each) for each in found])
        if found and self.table.key is None:
            self.table.select(0)
        if self._wanted in self._acts:
            self.table.choose(self._wanted)
        self._show_buttons()

    def _row(self, act: Act) -> ListRow:
        formats, gone = self._ui.formats, not act.standing
        days = f"{formats.numeric_day(act.first)} – {formats.numeric_day(act.last)}"
        cells = (
            Cell(act.file or act.name, struck=gone),
            Cell(formats.numeric_day(datetime.fromisoformat(act.at)), aside=act.by),
            Cell(formats.number(act.documents), aside=self._t("cancelled") if gone else ""),
            Cell(days),
        )
        return ListRow(act.name, cells)

    @property
    def act(self) -> Act | None:
        """The act that is selected."""
        return self._acts.get(self.table.key)

    def _show_buttons(self) -> None:
        act = self.act
        ready = (
            act is not None and bool(act.standing) and bool(str(self.reason.value() or "").strip())
        )
        self.cancel_button.setEnabled(ready)

    def cancel_act(self) -> None:
        """Cancels the selected act, all of it or nothing."""
        act, reason, today = self.act, str(self.reason.value() or ""), self._ui.today
        if act is None:
            return

        def work(book: Book, tell: Progress) -> int:
            undo = book.read(cancellation, act.name, today, reason)
            return len(book.record_together(undo, tell))

        title = self._t("Cancelling {name}", name=act.file or act.name)
        wait = LongWork(self._workspace, title, act.standing, self)
        wait.stopped.connect(
            lambda: self.note.say(self._t("Stopped: all of it stays recorded."), "warn")
        )
        wait.start(work, self._cancelled)

    def _cancelled(self, documents: int) -> None:
        self._workspace.tasks.changed.emit(Change(frozenset({"correction"})))
        self._workspace.say(
            self._t.ngettext(
                "{n} document was cancelled.", "{n} documents were cancelled.", documents
            )
        )
        self.reason.set_value("")
        self._ask()


def make_acts(workspace: Workspace, given: Given) -> ActsDialog:
    """The window of what was taken; `act` is the one selected at first."""
    return ActsDialog(workspace, str(given.get("act", "")))
