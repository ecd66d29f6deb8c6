"""Kertas & buku: a printed paper compared with the book, by the code printed on
it or by its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from kwt_books.domain.errors import BookError
from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month, shift
from kwt_books.reports.model import Ref, RefKind, Report, Row, RowKind
from kwt_books.services.audit.paper_check import PAPER_FILES, Verdict, code_in
from kwt_books.services.audit.service import AuditService
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button
from ui.kit.card import Card, EmptyState, Note
from ui.kit.field import FieldRow, TextField
from ui.kit.file_dialog import Use, ask_which
from ui.kit.layout import column, fill, label, row, rule, stacked, tooltip
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import signed
from ui.kit.look import GUTTER, ROW_TWO_LINES
from ui.kit.scrolling import Beside
from ui.kit.table import Cell

_ASIDE, _LEAST = 430, 520
_CODE = 420


@dataclass(frozen=True, slots=True)
class Compared:
    """The report on a paper, split into its verdict, notes, figures and documents."""

    verdict: Verdict
    sentences: tuple[str, ...]
    month: Month | None
    entry: Row | None
    """The row of the book's last document when the paper was printed."""
    figures: tuple[Row, ...]
    since: tuple[Row, ...]

    @classmethod
    def of(cls, report: Report) -> Compared:
        """Splits the report on a paper."""
        rows = report.rows
        kinds = [row.kind for row in rows]
        first_section = kinds.index(RowKind.SECTION, 1) if RowKind.SECTION in kinds[1:] else None
        lines = [row for row in rows if row.kind is RowKind.LINE]
        return cls(
            Verdict(report.parameters["verdict"]),
            tuple(row.label for row in rows[:first_section] if row.kind is RowKind.NOTE),
            Month(report.parameters["month"]) if "month" in report.parameters else None,
            next((row for row in lines if row.code == "entry"), None),
            tuple(row for row in lines if row.code != "entry" and not _is_document(row)),
            tuple(row for row in lines if _is_document(row)),
        )


def _is_document(row: Row) -> bool:
    return isinstance(row.code, Ref) and row.code.kind is RefKind.DOCUMENT


class PaperPart(AuditPart):
    """The part where a code is typed, or a file dropped, and the figures then and now compared."""

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.compared: Compared | None = None
        self._asked: str | Path = ""
        self.setAcceptDrops(True)
        self.note = Note(self.ui)
        self.entry_button = self.note.offer(self.t("Show"), self._show_entry)
        self._nothing = EmptyState(
            self.ui,
            "qr-code",
            self.t("Every page carries the seal of its book"),
            self.t(
                "It stands at the foot of the page, beside the square code. The book answers "
                "whether it still holds exactly what was printed, and what has changed since."
            ),
        )
        figures = Beside(self.ui, self._make_figures(), self._make_since(), _ASIDE, _LEAST)
        self._stack = stacked(self._nothing, figures, self._make_advice())
        fill(self.body, self._make_question(), self.note, (self._stack, 1))
        self.note.hide()

    # -- layout ----------------------------------------------------------------------------

    def _make_question(self) -> Card:
        t, ui, card = self.t, self.ui, Card()
        self.code = TextField(ui, placeholder="KWT:7F3A-91C2-0D4E")
        self.code.returnPressed.connect(self.look_up)
        self.code_row = FieldRow(ui, t("Code on the paper"), self.code)
        self.code_row.setMaximumWidth(ui.theme.px(_CODE))
        self.look_button = Button(ui, t("Compare with the book"), kind="primary")
        self.look_button.when_clicked(self.look_up)
        self.file_button = Button(ui, t("Open its PDF"), "file-pdf")
        hint = t("A PDF or Excel file of the paper; it may also be dropped here")
        self.file_button.hint(hint).when_clicked(self.choose_file)
        below = (column(ui.theme.px(20), x, ...) for x in (self.look_button, self.file_button))
        line = row((self.code_row, 1), *below, space=8)
        line.addStretch()  # without a stretch factor: it takes what the code may not
        card.body.addLayout(line)
        return card

    def _make_advice(self) -> EmptyState:
        """Advice on a paper that the book does not know."""
        t, workspace = self.t, self.workspace
        made = EmptyState(
            self.ui,
            "shield-warning",
            t("What can be done now"),
            t(
                "Check the whole book to see all that was changed. Then compare it with a backup "
                "made before the paper was printed: it shows what was there. Keep the paper."
            ),
        )
        made.offer(t("Check the book"), lambda: workspace.go("audit", "verify"), "shield-check")
        text = t("Compare with another copy")
        made.offer(text, lambda: workspace.go("audit", "wrap"), "git-diff", primary=False)
        return made

    def _make_figures(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        self.month_title = label("", "card")
        line = row((self.month_title, 1), space=4, margins=(GUTTER, 8, 8, 8))
        for icon, hint, step in (
            ("caret-left", t("Previous month"), -1),
            ("caret-right", t("Next month"), 1),
        ):
            button = Button(ui, "", icon, kind="quiet", scale="small").hint(hint)
            line.addWidget(button.when_clicked(partial(self.step_month, step)))
        headings = head_row(
            t("Figure"), t("When printed"), t("Today"), t("Difference"), figures=(1, 2, 3)
        )
        self.figures = ListTable(ui, headings)
        self.figures.setMinimumHeight(ui.theme.px(260))
        fill(card.body, line, rule(), (self.figures, 1))
        return card

    def _make_since(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        self.since_text = label("", "caption", wrap=True)
        title = label(t("Recorded since"), "card")
        words = column(title, self.since_text, space=2, margins=(GUTTER, 10, GUTTER, 10))
        headings = head_row(t("Document"), t("Amount"), figures=(1,))
        self.since = ListTable(ui, headings, ROW_TWO_LINES)
        self.since.setMinimumHeight(ui.theme.px(180))
        self.since.opened.connect(self.open_document)
        fill(card.body, words, rule(), (self.since, 1))
        card.body.addStretch(0)  # without a table the words stay at the top
        return card

    def shows_notes(self) -> bool:
        return False

    # -- asking ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Looks the same paper up again, for the book has changed."""
        if self.compared is not None:
            self._ask(self.compared.month)
        else:
            self.code.setFocus()

    def look_up(self) -> None:
        """Looks up the code that was typed."""
        self._asked = self.code.text().strip()
        if not self._asked:
            self.code_row.say(self.t("Fill this in"), "error")
            return
        self._ask(None)

    def choose_file(self) -> None:
        """Asks for a paper's file, and looks it up."""
        t = self.t
        pattern = t("PDF or Excel (*.pdf *.xlsx)")
        for path in ask_which(self, t("A printed paper's file"), pattern, Use.PAPER):
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Looks up the paper of a PDF or XLSX file."""
        self._asked = path
        self.code.setText("")
        self._ask(None)

    def step_month(self, months: int) -> None:
        """Compares with another month, so many after the paper's."""
        if self.compared is not None and self.compared.month is not None:
            month = shift(self.compared.month, months)
            if FIRST_YEAR <= Month(month).year <= LAST_YEAR:
                self._ask(month)

    def _ask(self, month: Month | None) -> None:
        asked, language = self._asked, self.ui.language
        self.look_button.setEnabled(False)
        self.code_row.say("")
        self.workspace.tasks.run(
            lambda book: compare(self.room.at(book), asked, language, month),
            self._show,
            self._refused,
            settled=lambda: self.look_button.setEnabled(True),
            key=(id(self), "paper"),
            owner=self,
        )

    def _refused(self, error: BookError) -> None:
        self.compared = None
        self.note.hide()
        self._stack.setCurrentIndex(0)
        text = self.workspace.explain(error)
        self.code_row.say(text, "error")
        if isinstance(self._asked, str):
            self.code.setFocus()

    # -- the answer ------------------------------------------------------------------------

    def _show(self, found: Compared) -> None:
        t, self.compared = self.t, found
        good = found.verdict is Verdict.CONTAINED
        strong = (
            t("The paper still agrees with the book.")
            if good
            else t("The paper and the book differ.")
        )
        if good and any(row.cells[4] for row in found.figures):
            strong = t("The paper was right when it was printed; its month has changed since.")
        self.note.say("\n".join(found.sentences), "good" if good else "error", strong=strong)
        entry = found.entry.cells[0] if found.entry is not None else ""
        number = str(entry)
        self.entry_button.setText(t("Show {number}", number=number))
        label = found.entry.label if found.entry is not None else ""
        self.entry_button.setToolTip(tooltip(label) if label else "")
        self.entry_button.setVisible(good and isinstance(entry, Ref))
        self.note.show()
        self._stack.setCurrentIndex(1 if good else 2)
        if good:
            self._show_figures(found)
            self._show_since(found)

    def _show_figures(self, found: Compared) -> None:
        month = self.ui.formats.month(found.month) if found.month else ""
        self.month_title.setText(self.t("Figures of {month}", month=month))
        self.figures.show_rows([self._figure(row) for row in found.figures])

    def _figure(self, row: Row) -> ListRow:
        then, now, difference = (int(cell or 0) for cell in row.cells[2:5])  # type: ignore[arg-type]
        number, changed = self.ui.formats.number, bool(difference)
        tone = "warn" if changed else ""
        return ListRow(
            row.code or row.label,
            (
                Cell(row.label, icon="warning" if changed else "", tone=tone),
                Cell(number(then)),
                Cell(number(now), bold=changed),
                Cell(signed(self.ui, difference), tone=tone, bold=changed),
            ),
        )

    def _show_since(self, found: Compared) -> None:
        month = self.ui.formats.month(found.month) if found.month else ""
        text = self.t("Dated {month} or before, and recorded after the paper.", month=month)
        if not found.since:
            text = self.t("Nothing that affects {month} or earlier.", month=month)
        self.since_text.setText(text)
        self.since.setVisible(bool(found.since))
        self.since.show_rows([self._document(row) for row in found.since])

    def _document(self, row: Row) -> ListRow:
        formats = self.ui.formats
        number, day, _, amount, _ = row.cells
        assert isinstance(amount, int)
        second = f"{number} · {formats.numeric_day(day)}"  # type: ignore[arg-type]
        cells = (Cell(row.label, second), Cell(formats.number(amount), bold=True))
        return ListRow(str(number), cells)

    def _show_entry(self) -> None:
        if self.compared is not None and self.compared.entry is not None:
            self.open_document(self.compared.entry.cells[0])

    # -- a file dropped here ---------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        urls = event.mimeData().urls()
        if urls and urls[0].toLocalFile().lower().endswith(PAPER_FILES):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))


def compare(
    workspace: AuditService, asked: str | Path, language: str, month: Month | None
) -> Compared:
    """The comparison of a paper with the book, by its code or a file that carries it. Runs on the
    worker.
    """
    code = code_in(asked) if isinstance(asked, Path) else asked
    return Compared.of(workspace.paper(code, language, month).reports[0])
