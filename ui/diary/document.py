"""One document in plain words: what it says, its money and goods, photos and PDFs attached to it,
its seal, and what can be done with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from kwt_books.book import Book
from kwt_books.domain.errors import StorageError
from kwt_books.domain.kind import Paper
from kwt_books.domain.kinds import form_of, is_correctable
from kwt_books.exporters.whole import whole_file
from kwt_books.queries.entry import Attached, attachment_of
from kwt_books.queries.intake import act_of
from kwt_books.reports.context import Context
from kwt_books.reports.story import Story, story
from kwt_books.services.slips import papers_of, slip
from ui.diary.correction import contents_of
from ui.diary.parts import Accounts, GoodsPart, money, section, told
from ui.kit.button import Button
from ui.kit.card import Badge, Card, Note, bare
from ui.kit.dialog import Dialog
from ui.kit.file_dialog import Use, ask_where, ask_which
from ui.kit.layout import FlowLayout, clear, column, fill, label, open_up, row, rule
from ui.kit.look import GUTTER, UiContext, smooth
from ui.kit.picture import picture
from ui.kit.popup import Menu
from ui.kit.printing import show_paper
from ui.kit.receipt import SUFFIXES, attach, files_in
from ui.kit.targets import part_of
from ui.kit.workspace import Workspace

# -- Photos and PDFs beside a document: listed, looked at, added by drag and drop ----------------


_PDF = "application/pdf"


class AttachedPart(QWidget):
    """A button for each attached file; it is disabled where the book has only the file's digest."""

    def __init__(self, workspace: Workspace, attached: tuple[Attached, ...]) -> None:
        super().__init__()
        self._workspace = workspace
        line = FlowLayout(self, space=8)
        for each in attached:
            icon = "file-pdf" if each.type == _PDF else "image" if _is_photo(each.type) else "table"
            button = Button(workspace.ui, _short(each.name), icon, scale="small")
            button.setEnabled(each.size is not None)
            button.hint(each.name if each.size else workspace.ui.t("The file itself is not here"))
            line.addWidget(button.when_clicked(partial(self.open, each)))

    def open(self, attached: Attached) -> None:
        """Shows a photo, or opens a PDF, once the book has given it."""
        self._workspace.tasks.run(
            lambda book: book.read(attachment_of, attached.sequence),
            self._show,
            key="file",
            owner=self,
        )

    def _show(self, found: tuple[str, str, bytes] | None) -> None:
        if found is None:
            return
        name, kind, data = found
        if kind == _PDF:
            from ui.kit.printing import PaperDialog

            PaperDialog(self._workspace.ui, Path(name).stem, data, self.window()).open()
        elif _is_photo(kind):
            PhotoDialog(self._workspace.ui, name, data, self.window()).open()
        else:  # the sheet that the document was taken from
            self._save(Path(name), data)

    def _save(self, name: Path, data: bytes) -> None:
        t, ending = self._workspace.ui.t, name.suffix or ".csv"
        kinds = [(ending, t("Files of this kind (*{ending})", ending=ending))]
        path = ask_where(self.window(), t("Save the file"), name.stem, kinds, Use.SHEET)
        if path is None:
            return
        try:
            with whole_file(path) as file:
                file.write(data)
        except StorageError as error:
            self._workspace.problems.show(error)


def _is_photo(kind: str) -> bool:
    return kind.startswith("image/")


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:12]}…{name[-10:]}"


class PhotoDialog(Dialog):
    """A photo fitted to the window; + and − change its size."""

    def __init__(self, ui: UiContext, name: str, data: bytes, parent: QWidget | None) -> None:
        super().__init__(ui, name, parent)
        self.photo = QPixmap.fromImage(picture(data))
        self._percent = 0
        page = column(parent=self)
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if self.photo.isNull():
            self._label.setText(ui.t("This picture can't be shown."))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._label)
        fill(page, (self._area, 1), rule())
        t, line = ui.t, row(space=8, margins=GUTTER)
        less = Button(ui, "", "minus").hint(t("Smaller"), "-")
        whole = Button(ui, t("Whole picture"))
        more = Button(ui, "", "plus").hint(t("Larger"), "+")
        line.addWidget(less.when_clicked(lambda: self.zoom(-1)))
        line.addWidget(whole.when_clicked(lambda: self.zoom(0)))
        line.addWidget(more.when_clicked(lambda: self.zoom(1)))
        for button, keys in ((less, "-"), (more, "+")):
            button.setShortcut(keys)
        line.addStretch(1)
        close = Button(ui, t("Close"), kind="primary").when_clicked(self.accept)
        close.setDefault(True)
        line.addWidget(close)
        page.addLayout(line)
        open_up(self, ui.theme.px(760), ui.theme.px(600))

    def zoom(self, step: int) -> None:
        """Changes the size by a step; 0 fits the whole photo into the window."""
        if self._percent == 0:
            shown = self._label.pixmap().width() or 1
            self._percent = max(10, 100 * shown // max(self.photo.width(), 1))
        change = {-1: self._percent * 4 // 5, 0: 0, 1: self._percent * 5 // 4 + 1}[step]
        self._percent = min(change, 400)
        self._draw()

    def _draw(self) -> None:
        if self.photo.isNull():
            return
        size = self._area.viewport().size()
        if self._percent:
            size = self.photo.size() * (self._percent / 100)
        mode = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._label.setPixmap(self.photo.scaled(size, mode, smooth))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if not self._percent:
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fits the photo to the room it has got by now."""
        super().showEvent(event)
        self._draw()


class DropPlace(QObject):
    """Lets photos and PDFs be dropped onto a widget, and covers it with a text meanwhile."""

    dropped = Signal(object)
    """The paths of the files dropped."""

    def __init__(self, ui: UiContext, over: QWidget) -> None:
        super().__init__(over)
        self.text = ""
        """The text shown while files are held above; nothing may be dropped where it is empty."""
        self._over = over
        self._veil = _Veil(ui, over)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._veil.hide()
            self.dropped.emit(files_in(event.mimeData()))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if self.text and files_in(event.mimeData()):
                self._veil.say(self.text)
                event.acceptProposedAction()
            return True
        if isinstance(event, QDragLeaveEvent):
            self._veil.hide()
            return True
        return False


class _Veil(QWidget):
    """Covers a widget and says what dropping the files will do."""

    def __init__(self, ui: UiContext, over: QWidget) -> None:
        super().__init__(over)
        self._ui, self._text = ui, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str) -> None:
        self._text = text
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(QRect(QPoint(0, 0), parent.size()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        ground = theme.color("soft")
        ground.setAlpha(235)
        painter.setBrush(ground)
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(6, 6, -6, -6), 8, 8)
        side = theme.px(32)
        middle = self.rect().center()
        icon = QRect(middle.x() - side // 2, middle.y() - side - 6, side, side)
        theme.draw_icon(painter, "paperclip", theme.color("accent_text"), icon)
        painter.setPen(theme.color("accent_text"))
        painter.setFont(theme.font("body", bold=True))
        below = QRect(GUTTER, middle.y(), self.width() - 2 * GUTTER, theme.px(60))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags | Qt.TextFlag.TextWordWrap), self._text)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document's story with the papers that can be printed of it."""

    story: Story
    papers: tuple[Paper, ...]


def read(book: Book, number: str, language: str) -> Shown:
    """A document's story and papers; runs on the worker."""
    return book.read_in(language, shown, number)


def shown(context: Context, number: str) -> Shown:
    """A document's story and papers. Raises `RuleError("unknown-document")`."""
    found = story(context, number)
    return Shown(found, papers_of(context, number) if found.numbered else ())


class DocumentView(Card):
    """Shows one document; photos and PDFs dropped on it are attached to it."""

    back_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(margins=0, space=0)
        if parent is not None:
            self.setParent(parent)  # before its parts are made, so that Qt styles them only once
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self.shown: Shown | None = None
        self._unfolded = False
        self._top = column(space=8, margins=(GUTTER, 12, GUTTER, 8))
        self._body = column(space=12, margins=(GUTTER, 0, GUTTER, 12))
        self._foot = column(space=12, margins=(GUTTER, 8, GUTTER, GUTTER))
        ground = bare()
        column(self._body, ..., parent=ground)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(self._t("The document shown"))
        self.area.verticalScrollBar().rangeChanged.connect(self._take_tab)
        self._take_tab(0, 0)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(ground)
        fill(self.body, self._top, (self.area, 1), self._foot)
        self.correct_button: Button | None = None
        self.print_button: Button | None = None
        self.accounts: Accounts | None = None
        self.alone = False
        """Whether a button leads back to the list."""
        self.waits = False
        """Whether another document is being read, so that the actions are disabled."""
        self.drop = DropPlace(self._ui, self)
        self.drop.dropped.connect(self.attach)
        self._ui.theme.changed.connect(self._again)

    def _take_tab(self, _least: int, most: int) -> None:
        """Lets Tab stop at the document while there is more of it than is in sight."""
        policy = Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.ClickFocus
        self.area.setFocusPolicy(policy)

    @property
    def story(self) -> Story | None:
        """The story of the document shown, or None."""
        return self.shown.story if self.shown is not None else None

    def show_document(self, shown: Shown | None) -> None:
        """Shows a document; None clears the view. Another document than before is shown from its
        top.
        """
        same = self.shown and shown and self.shown.story.number == shown.story.number
        self.shown = shown
        self.waits = False
        self._again()
        if not same:
            self.area.verticalScrollBar().setValue(0)

    def _again(self) -> None:
        for layout in (self._top, self._body, self._foot):
            clear(layout)
        self.correct_button = self.print_button = self.accounts = None
        self.drop.text = ""
        if self.shown is None:
            return
        story = self.shown.story
        self._write_top(story)
        self._write_body(story)
        self._write_foot(story)
        if self._workspace.may("attachment"):
            self.drop.text = self._t("Drop to attach it to {number}", number=story.number)

    # -- what it says ----------------------------------------------------------------------

    def _write_top(self, story: Story) -> None:
        line = row(space=8)
        if self.alone:
            back = Button(self._ui, "", "arrow-left", kind="quiet", scale="small")
            line.addWidget(back.hint(self._t("Back to the list"), "Esc").when_clicked(
                self.back_wanted.emit))  # fmt: skip
        line.addWidget(label(story.title, "card", wrap=True), 1)
        if story.corrected_by:
            line.addWidget(Badge(self._ui, self._t("undone")), 0, Qt.AlignmentFlag.AlignTop)
        if story.numbered:
            line.addWidget(Badge(self._ui, story.number), 0, Qt.AlignmentFlag.AlignTop)
        day = self._ui.formats.weekday_day(story.day)
        paper = self._t("paper no. {ref}", ref=story.reference) if story.reference else ""
        fill(self._top, line, label(" · ".join(filter(None, (day, paper))), "caption", wrap=True))

    def _act(self, act: str) -> Button:
        """Leads to all that was taken with the document, which can be cancelled together."""
        button = Button(self._ui, self._t("Imported with others"), "table", scale="small")
        return button.when_clicked(lambda: self._workspace.open_form("acts", act=act))

    def _write_body(self, story: Story) -> None:
        if link := self._link(story):
            self._body.addWidget(link)
        if act := act_of(story.payload.get("id")):
            self._body.addWidget(self._act(act), 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(told(self._ui, story.told))
        if story.memo:
            text = self._t("Remark: {text}", text=story.memo)
            self._body.addWidget(label(text, "caption", wrap=True))
        if story.money:
            self._body.addLayout(section(self._t("Money"), money(self._ui, story.money)))
        for moved in story.goods:
            part = GoodsPart(self._ui, moved)
            part.lot_wanted.connect(
                lambda item, lot: self._workspace.go("reports", part_of("lots", item=item, lot=lot))
            )
            self._body.addWidget(part)
        if story.attached:
            files = AttachedPart(self._workspace, story.attached)
            self._body.addLayout(section(self._t("Attached"), files))
        if story.postings or story.moves:
            self.accounts = Accounts(self._ui, story, unfolded=self._unfolded)
            self.accounts.unfolded_changed.connect(self._fold_changed)
            self._body.addWidget(self.accounts)

    def _link(self, story: Story) -> Note | None:
        """A note that leads from a corrected document to its correction, or back."""
        t, other = self._t, story.corrected_by or story.corrects
        if other is None:
            return None
        if story.corrected_by:
            text = t("This was undone by {number}.", number=other)
            note = Note(self._ui, text, "warn", icon="arrow-u-up-left")
        else:
            text = t("This undoes {number}.", number=other)
            note = Note(self._ui, text, icon="arrow-u-up-left")
        note.offer(t("View it"), lambda: self._workspace.go("journal", other))
        return note

    def _fold_changed(self, unfolded: bool) -> None:
        self._unfolded = unfolded

    # -- its seal, and what can be done ----------------------------------------------------

    def _write_foot(self, story: Story) -> None:
        t = self._t
        if story.sound:
            strong = t("Seal {seal} matches.", seal=story.seal)
            note = Note(self._ui, self._recorded(story), strong=strong, icon="fingerprint")
        else:
            strong = t("Seal {seal} does NOT match.", seal=story.seal)
            note = Note(self._ui, self._recorded(story), "error", strong=strong,
                        icon="fingerprint")  # fmt: skip
            note.offer(t("Check the book"), lambda: self._workspace.go("audit", "verify"))
        note.setToolTip(t("The seal shows that nobody changed this since it was recorded."))
        fill(self._foot, note, self._buttons(story))

    def _recorded(self, story: Story) -> str:
        return self._t(
            "Recorded by {name}, {moment}",
            name=story.recorded_by,
            moment=self._ui.formats.recorded(story.recorded_at),
        )

    def _buttons(self, story: Story) -> QHBoxLayout:
        line, t = row(space=8), self._t
        if story.correctable and self._workspace.may("correction"):
            self.correct_button = Button(self._ui, t("Correct"), "arrow-u-up-left")
            self.correct_button.hint(t("Undo this and fill it in again"), "Ctrl+R")
            line.addWidget(self.correct_button.when_clicked(self.correct))
        if story.numbered:
            self.print_button = Button(self._ui, t("Print"), "printer")
            self.print_button.hint(self._paper_name(0), "Ctrl+P")
            line.addWidget(self.print_button.when_clicked(self.print_paper))
        line.addStretch(1)
        if self._workspace.may("attachment"):
            clip = Button(self._ui, "", "paperclip")
            clip.hint(t("Attach a photo or PDF, or drop it here"))
            line.addWidget(clip.when_clicked(self.choose_files))
        if story.numbered:
            more = Button(self._ui, "", "dots-three").hint(t("More"))
            line.addWidget(more.when_clicked(lambda: self._menu(more)))
        return line

    def _paper_name(self, place: int) -> str:
        assert self.shown is not None
        return self._t(self.shown.papers[place].title)

    def _menu(self, button: Button) -> None:
        menu = Menu(self._ui, button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act, icon in self.menu_actions():
            menu.offer(text, act, icon)
        corner = button.mapToGlobal(QPoint(button.width(), -4))
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    def menu_actions(self) -> list[tuple[str, Callable[[], object], str]]:
        """The actions behind the menu, each with its words and icon."""
        assert self.shown is not None
        number, papers = self.shown.story.number, self.shown.papers
        found: list[tuple[str, Callable[[], object], str]] = [
            (
                self._t("Print: {paper}", paper=self._t(paper.title)),
                partial(self.print_paper, paper),
                "printer",
            )
            for paper in papers
        ]
        copy = partial(QGuiApplication.clipboard().setText, number)
        return [*found, *self._to_repeat(), (self._t("Copy the number"), copy, "copy")]

    def _to_repeat(self) -> Iterator[tuple[str, Callable[[], object], str]]:
        """What takes an undoing back, for nothing undoes that: to record the same once more."""
        story = self.story
        if story is None or not story.corrected_by or not is_correctable(story.kind):
            return
        if (form := form_of(story.kind)) is not None and self._workspace.may(story.kind):
            wanted = self._workspace.form_wanted.emit  # a key may be called `name`
            act = partial(wanted, form.name, contents_of(story))
            yield self._t("Record it again"), act, "note-pencil"

    def correct(self) -> None:
        """Opens the form that undoes the document; its own form follows, filled in."""
        story = self.story
        if self.waits or story is None:
            return
        if story.correctable and self._workspace.may("correction"):
            self._workspace.open_form("correction", story=story)

    def print_paper(self, paper: Paper | None = None) -> None:
        """Shows a paper of the document as it would be printed, the first one unless named."""
        if self.waits or self.shown is None or not self.shown.story.numbered:
            return
        number, language = self.shown.story.number, self._ui.language
        show_paper(
            self._workspace,
            number,
            lambda book: book.paper(language, slip, number, paper),
            self.window(),
        )

    def choose_files(self) -> None:
        """Asks for photos and PDFs, and attaches them."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = self._t("Choose a photo or PDF")
        self.attach(ask_which(self, title, f"{title} ({patterns})", Use.RECEIPT, several=True))

    def attach(self, paths: Iterable[Path]) -> None:
        """Attaches files to the document, where that is allowed."""
        if self.story is not None and not self.waits and self._workspace.may("attachment"):
            attach(self._workspace, self.story.number, paths)
