"""One document, told in plain words: the money, the goods, its seal, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QScrollArea

from kwt_books.app import Book
from kwt_books.domain.access import may_record
from kwt_books.reports.story import Story
from kwt_books.services.slips import PaperKind
from ui.desk import Desk
from ui.forms.receipt_files import SUFFIXES, attach
from ui.pages.document_attached import AttachedPart, DropPlace
from ui.pages.document_parts import Accounts, GoodsPart, money, section, told
from ui.pages.document_words import PAPERS
from ui.pages.reports_targets import part_of
from ui.papers import show_paper
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, Note, bare
from ui.widgets.label import clear, column, label, row


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with the papers there are of it."""

    story: Story
    papers: tuple[PaperKind, ...]


def read(book: Book, number: str, language: str) -> Shown:
    """On the worker."""
    return Shown(book.story(number, language), book.papers(number))


class DocumentView(Card):
    """Photos and PDFs dropped on it are attached to the document."""

    back_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=0, space=0)
        self._desk, self._kit, self._t = desk, desk.kit, desk.kit.t
        self.shown: Shown | None = None
        self._unfolded = False
        self._top = column(space=8)
        self._top.setContentsMargins(GUTTER, 12, GUTTER, 8)
        self._body = column(space=12)
        self._body.setContentsMargins(GUTTER, 0, GUTTER, 12)
        self._foot = column(space=12)
        self._foot.setContentsMargins(GUTTER, 8, GUTTER, GUTTER)
        ground = bare()
        page = column(ground)
        page.addLayout(self._body)
        page.addStretch(1)
        self.area = QScrollArea()
        self.area.setAccessibleName(self._t("The document shown"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(ground)
        self.body.addLayout(self._top)
        self.body.addWidget(self.area, 1)
        self.body.addLayout(self._foot)
        self.correct_button: Button | None = None
        self.print_button: Button | None = None
        self.accounts: Accounts | None = None
        self.alone = False
        """Whether there is a list to go back to."""
        self._drop = DropPlace(self._kit, self)
        self._drop.dropped.connect(self.attach)
        self._kit.theme.changed.connect(self._again)

    @property
    def story(self) -> Story | None:
        return self.shown.story if self.shown is not None else None

    def show_document(self, shown: Shown | None) -> None:
        same = self.shown and shown and self.shown.story.number == shown.story.number
        self.shown = shown
        self._again()
        if not same:
            self.area.verticalScrollBar().setValue(0)

    def _again(self) -> None:
        for layout in (self._top, self._body, self._foot):
            clear(layout)
        self.correct_button = self.print_button = self.accounts = None
        self._drop.text = ""
        if self.shown is None:
            return
        story = self.shown.story
        self._write_top(story)
        self._write_body(story)
        self._write_foot(story)
        if self._may("attachment"):
            self._drop.text = self._t("Let go to attach it to {number}", number=story.number)

    def _may(self, kind: str) -> bool:
        return may_record(self._desk.person.role, kind)

    # -- what it says ----------------------------------------------------------------------

    def _write_top(self, story: Story) -> None:
        line = row(space=8)
        if self.alone:
            back = Button(self._kit, "", "arrow-left", kind="quiet", scale="small")
            line.addWidget(back.hint(self._t("Back to the list"), "Esc").when_clicked(
                self.back_wanted.emit))  # fmt: skip
        line.addWidget(label(story.title, "card", wrap=True), 1)
        if story.corrected_by:
            line.addWidget(Badge(self._kit, self._t("corrected")), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Badge(self._kit, story.number), 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(line)
        day = self._kit.formats.weekday_day(story.day)
        paper = self._t("paper {ref}", ref=story.reference) if story.reference else ""
        self._top.addWidget(label(" · ".join(filter(None, (day, paper))), "caption", wrap=True))

    def _write_body(self, story: Story) -> None:
        if link := self._link(story):
            self._body.addWidget(link)
        self._body.addWidget(told(self._kit, story.told))
        if story.memo:
            text = self._t("Remark: {text}", text=story.memo)
            self._body.addWidget(label(text, "caption", wrap=True))
        if story.money:
            self._body.addLayout(section(self._t("Money"), money(self._kit, story.money)))
        for moved in story.goods:
            part = GoodsPart(self._kit, moved)
            part.lot_wanted.connect(self._trace)
            self._body.addWidget(part)
        if story.attached:
            files = AttachedPart(self._desk, story.attached)
            self._body.addLayout(section(self._t("Attached"), files))
        if story.postings or story.moves:
            self.accounts = Accounts(self._kit, story, unfolded=self._unfolded)
            self.accounts.unfolded_changed.connect(self._fold_changed)
            self._body.addWidget(self.accounts)

    def _link(self, story: Story) -> Note | None:
        """From a corrected document to its correction, and back."""
        t, other = self._t, story.corrected_by or story.corrects
        if other is None:
            return None
        if story.corrected_by:
            text = t("This was undone by {number}.", number=other)
            note = Note(self._kit, text, "warn", icon="arrow-u-up-left")
        else:
            text = t("This undoes {number}.", number=other)
            note = Note(self._kit, text, icon="arrow-u-up-left")
        note.offer(t("Look at it"), lambda: self._desk.go("journal", other))
        return note

    def _fold_changed(self, unfolded: bool) -> None:
        self._unfolded = unfolded

    def _trace(self, item: str, lot: str) -> None:
        self._desk.go("reports", part_of("lots", item=item, lot=lot))

    # -- its seal, and what can be done ----------------------------------------------------

    def _write_foot(self, story: Story) -> None:
        t = self._t
        if story.sound:
            strong = t("Seal {seal} matches", seal=story.seal)
            note = Note(self._kit, self._recorded(story), strong=strong, icon="fingerprint")
        else:
            strong = t("Seal {seal} does NOT match", seal=story.seal)
            note = Note(self._kit, self._recorded(story), "error", strong=strong,
                        icon="fingerprint")  # fmt: skip
            note.offer(t("Check the book"), lambda: self._desk.go("audit", "verify"))
        note.setToolTip(t("The seal shows that nobody changed this since it was recorded."))
        self._foot.addWidget(note)
        self._foot.addLayout(self._buttons(story))

    def _recorded(self, story: Story) -> str:
        if story.recorded_at is None:
            return self._t("Recorded by {name}", name=story.recorded_by)
        return self._t(
            "Recorded by {name}, {moment}",
            name=story.recorded_by,
            moment=self._kit.formats.date_time(story.recorded_at),
        )

    def _buttons(self, story: Story) -> QHBoxLayout:
        line, t = row(space=8), self._t
        if story.correctable and self._may("correction"):
            self.correct_button = Button(self._kit, t("Correct"), "arrow-u-up-left")
            self.correct_button.hint(t("Undo this and fill it in again"), "Ctrl+R")
            line.addWidget(self.correct_button.when_clicked(self.correct))
        self.print_button = Button(self._kit, t("Print"), "printer")
        self.print_button.hint(self._paper_name(0), "Ctrl+P")
        line.addWidget(self.print_button.when_clicked(self.print_paper))
        line.addStretch(1)
        if self._may("attachment"):
            clip = Button(self._kit, "", "paperclip")
            clip.hint(t("Attach a photo or PDF, or drop it here"))
            line.addWidget(clip.when_clicked(self.choose_files))
        more = Button(self._kit, "", "dots-three").hint(t("More"))
        more.when_clicked(lambda: self._menu(more))
        line.addWidget(more)
        return line

    def _paper_name(self, place: int) -> str:
        assert self.shown is not None
        return self._t(PAPERS[self.shown.papers[place]])

    def _menu(self, button: Button) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.menu_actions():
            menu.addAction(action[0], action[1])
        corner = button.mapToGlobal(QPoint(button.width(), -4))
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    def menu_actions(self) -> list[tuple[str, Callable[[], object]]]:
        """What else can be done, with its words."""
        assert self.shown is not None
        number, kinds = self.shown.story.number, self.shown.papers
        found: list[tuple[str, Callable[[], object]]] = [
            (
                self._t("Print: {paper}", paper=self._t(PAPERS[kind])),
                partial(self.print_paper, kind),
            )
            for kind in kinds
        ]
        found.append((self._t("Copy the number"),
                      lambda: QGuiApplication.clipboard().setText(number)))  # fmt: skip
        return found

    def correct(self) -> None:
        """The correction's form, and then the document's own, filled in again."""
        story = self.story
        if story is not None and story.correctable and self._may("correction"):
            self._desk.open_form("correction", story=story)

    def print_paper(self, kind: PaperKind | None = None) -> None:
        if self.shown is None:
            return
        number, language = self.shown.story.number, self._kit.language
        show_paper(
            self._desk, number, lambda book: book.slip(number, language, kind), self.window()
        )

    def choose_files(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = self._t("Choose a photo or PDF")
        found, _ = QFileDialog.getOpenFileNames(self, title, "", f"{title} ({patterns})")
        self.attach(Path(path) for path in found)

    def attach(self, paths: Iterable[Path]) -> None:
        if self.story is not None and self._may("attachment"):
            attach(self._desk, self.story.number, paths)
