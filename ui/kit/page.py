"""The base of pages, which ask the book again when the month or the book has changed; pages with
tabs; and the strip of notices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.kind import Touch
from kwt_books.domain.kinds import touched
from ui.kit.button import TabStrip
from ui.kit.card import EmptyState, Note
from ui.kit.layout import column, discard, fill, holder
from ui.kit.look import GUTTER, UiContext
from ui.kit.notices import Notice, Notices
from ui.kit.scrolling import Scrolling
from ui.kit.words import tabs_of
from ui.kit.worker import Change
from ui.kit.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Action:
    """A button that opens a form: its words, icon and form."""

    text: str
    icon: str
    form: str
    keys: str = ""
    given: Mapping[str, object] = field(default_factory=dict)

    def start(self, workspace: Workspace) -> None:
        """Opens the form."""
        workspace.open_form(self.form, **self.given)


_HELD, _LAID_OUT = 80, 10
"""Milliseconds that the first picture of a page waits for the book at most, and for what came to
be laid out: scroll areas within each other take several turns of the event loop."""


class Page(QWidget):
    """The base of pages. Override `refresh` (ask the book) and, where it has parts, `show_part`.

    `body` is the page's column. `refresh` is called when the page is first shown, and again after
    each change, at once where it is visible, else when it is shown next.
    """

    margins = GUTTER
    scrolls = False
    """Whether it scrolls as a whole where the window is too low for it."""
    monthly = True
    """Whether the page shows the month in hand."""
    shows: Touch = Touch.NOTHING
    """What the page shows of what documents change."""
    shown_kinds: AbstractSet[str] | None = None
    """Further kinds of entries that change what the page shows; None: all kinds do."""
    empty: EmptyState
    """What `invite` made."""
    invites = False
    """Whether there is something to be shown while the page is empty."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.take_stage())
        self.workspace = workspace
        self.ui = workspace.ui
        self.t = workspace.ui.t
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = column(margins=self.margins, space=GUTTER)
        if self.scrolls:
            column(Scrolling(holder(self.body, "canvas")), parent=self)
        else:
            self.setLayout(self.body)
        self.filled: tuple[QWidget, ...] = ()
        """What is hidden while there is nothing to show, and `empty` stands in its place."""
        self._stale = True
        self._is_new = True
        workspace.month_changed.connect(self._month_changed)
        workspace.day_changed.connect(self.invalidate)
        workspace.tasks.changed.connect(self._book_changed)

    def refresh(self) -> None:
        """Asks the book for what the page shows."""

    def invite(self, icon: str, title: str, text: str = "", *actions: Action) -> EmptyState:
        """Makes what is shown while the page is empty, in place of what was made before, and
        gives it; it offers those of the actions that may be recorded.
        """
        if self.invites:
            discard(self.empty)
        self.empty, self.invites = EmptyState(self.ui, icon, title, text, later=True), True
        for place, each in enumerate(actions):
            if self.workspace.may(each.form):
                start = partial(each.start, self.workspace)
                self.empty.offer(each.text, start, each.icon, primary=not place)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        return self.empty

    def show_filled(self, filled: bool) -> None:
        """Shows what there is, or what stands in its place while there is nothing."""
        for each in self.filled:
            each.setVisible(filled)
        self.empty.setVisible(not filled)

    @property
    def part(self) -> str:
        """The part shown, as `show_part` takes it; empty where there is none."""
        return ""

    def show_part(self, part: str) -> None:
        """Shows a part: a tab, a report, a filter."""

    def here(self, part: str) -> str:
        """The part that leads back to what is shown now; `part` led here."""
        return part

    def timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        """A timer that calls `act` once, so long after it was last started."""
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(act)
        return timer

    def part_title(self) -> str:
        """The part's title for the header, `Laporan › Laba Rugi`; empty for the whole place.

        Where it changes while the page is shown, emit `workspace.title_changed`.
        """
        return ""

    def concerns(self, change: Change) -> bool:
        """Whether a recording changes what the page shows."""
        if self.shown_kinds is None:
            return True
        return bool(change.kinds & self.shown_kinds or touched(change.kinds) & self.shows)

    def follows_month(self) -> bool:
        """Whether the page asks again when the month in hand changes."""
        return self.monthly

    def ask(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        key: str = "page",
    ) -> None:
        """Asks the book on the worker; `done` is not called for an older
        question of the same key.
        """
        self.workspace.tasks.run(work, done, failed, key=(id(self), key), owner=self)

    def invalidate(self) -> None:
        """Marks what is shown as old: asks again now, or when the page is shown next."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.refresh()
        if self._is_new:
            self._is_new = False
            self._draw_when_filled()

    def _draw_when_filled(self) -> None:
        """Lets the first picture wait a moment for the book's answers: a page that is drawn empty
        and then filled is laid out and painted twice, and jumps.
        """
        tasks, handle = self.workspace.tasks, self.window().windowHandle()
        if tasks.busy and handle is not None and handle.isExposed():
            self.setUpdatesEnabled(False)
            self._drawing = self.timer(_HELD, partial(self.setUpdatesEnabled, True))
            self._drawing.start()
            tasks.busy_changed.connect(self._draw_soon)

    def _draw_soon(self, busy: bool) -> None:
        if not busy:
            self.workspace.tasks.busy_changed.disconnect(self._draw_soon)
            if not self.updatesEnabled():
                self._drawing.start(_LAID_OUT)

    def _month_changed(self, month: str) -> None:
        if self.follows_month():
            self.invalidate()

    def _book_changed(self, change: Change) -> None:
        if not change.kinds or self.concerns(change):
            self.invalidate()


class TabbedPage(Page):
    """A page of parts behind tabs, each made when it is first shown.

    Call `add_tabs` in the constructor; the first tab is shown first.
    """

    margins = 0

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.tabs = TabStrip(workspace.ui)
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[Workspace], QWidget]] = {}
        self.body.setSpacing(0)
        fill(self.body, self.tabs, (self._stack, 1))
        self.tabs.chosen.connect(self._show)

    def add_tabs(self, place: str, makers: Mapping[str, Callable[[Workspace], QWidget]]) -> None:
        """Adds the tabs of a place (`ui.kit.words`), with what makes the part of each."""
        for name, title in tabs_of(place, self.workspace.may).items():
            self.add_tab(name, self.t(title), makers[name])

    def add_tab(self, name: str, title: str, make: Callable[[Workspace], QWidget]) -> None:
        """Adds a tab; `make` builds its part, usually a `Page`, when it is first shown."""
        self._makers[name] = make
        self.tabs.add(name, title)

    def part_title(self) -> str:
        """The chosen tab's title."""
        return self.tabs.title(self.tabs.current) if self.tabs.current else ""

    @property
    def part(self) -> str:
        """The chosen tab's name."""
        return self.tabs.current

    def show_part(self, part: str) -> None:
        """Chooses the tab of that name."""
        if part in self._makers:
            self.tabs.choose(part)

    def here(self, part: str) -> str:
        """The tab shown."""
        return self.tabs.current or part

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.tabs.current:
            self._show(self.tabs.current)

    def _show(self, name: str) -> None:
        if name not in self._made:
            with self.workspace.making_in(self._stack):
                self._made[name] = self._makers[name](self.workspace)
            self._stack.addWidget(self._made[name])
        self._stack.setCurrentWidget(self._made[name])
        if self.isVisible():
            self.workspace.title_changed.emit(self.part_title())


class NoticeStrip(QWidget):
    """The notices below each other; takes no room where there are none."""

    def __init__(self, ui: UiContext, notices: Notices) -> None:
        super().__init__()
        self._ui, self._notices = ui, notices
        self._page = column(parent=self, space=8)
        self.notes: list[Note] = []
        notices.changed.connect(self._show_all)
        self._show_all()

    def _show_all(self) -> None:
        for each in self.notes:
            discard(each)
        self.notes = [self._made(each) for each in self._notices.standing]
        for note in self.notes:
            self._page.addWidget(note)
        self.setVisible(bool(self.notes))

    def _made(self, notice: Notice) -> Note:
        note = Note(self._ui, notice.text, notice.tone, strong=notice.strong)
        for offer in notice.offers:
            note.offer(offer.text, offer.act)
        return note
