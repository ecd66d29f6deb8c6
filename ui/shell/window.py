"""The main window: sidebar, header with its search and menu, the page shown, forms in dialogs, and
the keys that work everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QIcon,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from kwt_books.domain.access import Role
from kwt_books.domain.kind import named
from kwt_books.domain.kinds import form_named, forms
from ui.home.verbs import VERBS
from ui.kit.button import on_keys
from ui.kit.card import ReadOnlyLine
from ui.kit.field import TabShows
from ui.kit.help_keys import add_help_keys, topic_of_place
from ui.kit.layout import column, holder, open_up, row
from ui.kit.look import TEXT_SIZES
from ui.kit.page import Page, TabbedPage
from ui.kit.popup import Completer, Menu
from ui.kit.seek import seek_in
from ui.kit.words import MODE_NAMES, role_name, tabs_of
from ui.kit.workspace import CORRECTED, Destination, Workspace, overview_of
from ui.shell.chrome import HeaderBar, SearchField, Sidebar, Toast
from ui.shell.places import PLACES

if TYPE_CHECKING:
    from kwt_books.queries.overview import Overview
    from kwt_books.reports.diary import DiaryPage


# ------------------------------------------------------------------------------------------------
# The header's search: places, actions and reports by name; anything else is sought in the diary.


_ACT, _SOUGHT = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_SEARCH_PAUSE, _SEARCHED, _OFFERED = 250, 3, 4
"""Milliseconds without a key and letters after which documents are offered, and how many."""
_FOUND = 440
"""Width of what was found: a day, what happened, an amount."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line offered by the search, with what choosing it does."""

    title: str
    icon: str
    act: Callable[[], None]
    sought: str = ""
    """Where what was typed has to stand, if not in the title."""


class Search(QObject):
    """Offers while one types: verbs, places and their tabs, reports, goods, shops, people, the
    newest documents by words, number or amount; the diary always. Enter without a choice emits
    `not_found`.
    """

    not_found = Signal(str)

    def __init__(self, workspace: Workspace, field: SearchField) -> None:
        super().__init__(field)
        self._workspace, self._field = workspace, field
        self.offered = QStandardItemModel(self)
        self._chosen = False
        self._in_diary = QStandardItem()
        self.documents = 0
        """How many documents are offered, behind all else and before the diary."""
        self._pause = QTimer(self, singleShot=True, interval=_SEARCH_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._completer = completer = Completer(self.offered, self)
        completer.setCompletionRole(_SOUGHT)
        completer.setMaxVisibleItems(10)
        completer.choices.setMinimumWidth(workspace.ui.theme.px(_FOUND))
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        field.setCompleter(completer)
        field.cleared.connect(completer.choices.hide)
        field.returnPressed.connect(self._entered)
        field.textEdited.connect(self._typed)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Learns what there is to offer when the search first gets the keyboard, not at a start."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyPress):
            watched.removeEventFilter(self)
            self._learn()
            self._workspace.setup_changed.connect(self._learn)
        return False

    def _learn(self) -> None:
        self.offered.clear()
        self.documents = 0
        for found in self._known():
            self.offered.appendRow(self._item(found, found.sought or found.title))
        self._in_diary = self._item(Found("", "notebook", lambda: None), "")
        self.offered.appendRow(self._in_diary)
        self._typed(self._field.text())

    def _item(self, found: Found, sought: str) -> QStandardItem:
        """A line offered where `sought` has what was typed."""
        item = QStandardItem(self._workspace.ui.theme.icon(found.icon, "text2"), found.title)
        item.setData(found.act, _ACT)
        item.setData(sought, _SOUGHT)
        return item

    def _ask(self) -> None:
        """Asks for the newest documents that have what was typed."""
        from kwt_books.reports.diary import Sought, diary_page

        text, language = self._field.text().strip(), self._workspace.ui.language
        if len(text) >= _SEARCHED:
            self._workspace.tasks.run(
                lambda book: book.read_in(language, diary_page, Sought(text), None, _OFFERED),
                lambda page: self._offer(text, page),
                key="search",
                owner=self,
            )

    def _offer(self, text: str, page: DiaryPage) -> None:
        """Offers documents, unless something else was typed or somebody goes down the list."""
        typed = text == self._field.text().strip() and self._field.hasFocus()
        if not typed or self._choosing:
            return
        self._forget_documents()
        ui, go = self._workspace.ui, self._workspace.go
        for line in page.lines:
            amount = ui.formats.rupiah(abs(line.amount)) if line.amount else ""
            parts = (ui.short_day(line.day), line.text, amount)
            found = Found(" · ".join(filter(None, parts)), "receipt",
                          partial(go, "journal", line.number))  # fmt: skip
            self.offered.insertRow(self.offered.rowCount() - 1, self._item(found, text))
        self.documents = len(page.lines)
        if page.lines:
            self._completer.complete()

    def _forget_documents(self) -> None:
        first = self.offered.rowCount() - 1 - self.documents
        self.offered.removeRows(first, self.documents)
        self.documents = 0

    def _known(self) -> list[Found]:
        from kwt_books.reports.registry import KINDS

        t, workspace = self._workspace.ui.t, self._workspace
        verbs = [
            Found(t(verb.title), verb.icon, partial(verb.start, workspace))
            for verb in (() if workspace.only_reads else VERBS)
        ]
        places = [
            Found(t(place.title), place.icon, partial(workspace.go, place.name))
            for place in PLACES.values()
        ]
        reports = [
            Found(t(kind.title), "file-text", partial(workspace.go, "reports", kind.name))
            for kind in KINDS.values()
            if kind.listed
        ]
        return [*verbs, *self._forms(), *places, *self._tabs(), *reports, *self._set_up()]

    def _tabs(self) -> Iterable[Found]:
        """Tabs by their own titles, told with their places as the header does."""
        t, workspace = self._workspace.ui.t, self._workspace
        for place in PLACES.values():
            for name, title in tabs_of(place.name, workspace.may).items():
                act = partial(workspace.go, place.name, name)
                yield Found(f"{t(place.title)} › {t(title)}", place.icon, act, t(title))

    def _forms(self) -> Iterable[Found]:
        """What else is recorded: forms without a key of their own."""
        workspace = self._workspace
        for form in () if workspace.only_reads else forms():
            if form.title and workspace.may(form.name):
                act = partial(workspace.open_form, form.name)
                yield Found(workspace.ui.t(form.title), "note-pencil", act)

    def _set_up(self) -> Iterable[Found]:
        """What is set up: goods lead to their card, shops to their page, people to the diary."""
        from ui.kit.targets import part_of  # slow to import, and not needed to show a window

        workspace = self._workspace
        if workspace.setup is None:
            return
        for item in workspace.setup.items.values():
            card = part_of("stock-card", item=item.code)
            yield Found(item.name, "package", partial(workspace.go, "reports", card))
        for party in workspace.setup.parties.values():
            if party.role == "shop":
                yield Found(party.name, "storefront", partial(workspace.go, "shops", party.code))
            else:
                with_them = part_of("", text=party.name)
                yield Found(party.name, "users", partial(workspace.go, "journal", with_them))

    def _activated(self, index: QModelIndex) -> None:
        self._chosen = True
        act = index.data(_ACT)
        QTimer.singleShot(
            0, self._field, self._field.clear
        )  # after the completer, which writes the choice into it
        act()

    def _typed(self, text: str) -> None:
        """The line that searches the diary for the text, whatever it is."""
        self._chosen = False
        text = text.strip()
        if self.documents:
            self._forget_documents()
        self._pause.start()
        self._in_diary.setText(self._workspace.ui.t("Search the diary for “{text}”", text=text))
        self._in_diary.setData(text, _SOUGHT)
        self._in_diary.setData(partial(self.not_found.emit, text), _ACT)

    @property
    def _choosing(self) -> bool:
        """Whether a line of the list is marked; Enter takes it, after the field has had the key."""
        offered = self._completer.choices
        return offered.isVisible() and offered.currentIndex().isValid()

    def _entered(self) -> None:
        text = self._field.text().strip()
        if text and not self._chosen and not self._choosing:
            self._field.clear()
            self.not_found.emit(text)


# -- The menu at the person's name: look, language, another book, help ---------------------------


def fill_program_menu(window: MainWindow, workspace: Workspace, button: QPushButton) -> None:
    """Fills the program's menu: look, size, language, lock, another book, help, quit."""
    t = workspace.ui.t
    menu = Menu(workspace.ui, button)
    menu.deeper(t("Light or dark"), "moon").choose(
        tuple((t(text), mode) for mode, text in MODE_NAMES.items()),
        workspace.preferences.mode,
        workspace.choose_mode,
    )
    menu.deeper(t("Text size"), "text-aa").choose(
        tuple((f"{percent}%", percent) for percent in TEXT_SIZES),
        workspace.preferences.text_percent,
        workspace.choose_size,
    )
    menu.deeper(t("Language"), "translate").choose(
        (("Bahasa Indonesia", "id"), ("English", "en")),
        workspace.preferences.language,
        workspace.choose_language,
    )
    menu.addSeparator()
    if not workspace.person.signed_in and not workspace.only_reads:
        _offer_recorders(menu.deeper(t("Who is recording"), "user"), workspace)
    if workspace.person.signed_in:
        lock = menu.offer(t("Lock or switch user"), workspace.lock_wanted.emit, "lock-simple")
        lock.setShortcut("Ctrl+Shift+L")
        window.addAction(lock)  # in a menu alone its key would do nothing
    menu.offer(t("Open another book"), window.book_wanted.emit, "folder-open")
    menu.offer(t("Help"), window.show_help, "question").setShortcut("F1")
    menu.offer(t("About KWT Books"), partial(_show_about, workspace, window), "info")
    menu.addSeparator()
    menu.offer(t("Quit"), window.close, "sign-out")
    button.clicked.connect(lambda: menu.popup(_below(button, menu)))


def _show_about(workspace: Workspace, window: MainWindow) -> None:
    from ui.settings.about import show_about

    show_about(window, workspace.ui, workspace.folders)


def _below(button: QPushButton, menu: Menu) -> QPoint:
    left = button.width() - menu.sizeHint().width()
    return button.mapToGlobal(QPoint(left, button.height() + 4))


def _offer_recorders(menu: Menu, workspace: Workspace) -> None:
    """In a book without passwords: the officers, as they are set up when the menu opens."""

    def fill() -> None:
        menu.clear()
        if (group := workspace.group) is not None:
            officers = dict.fromkeys((group.treasurer, group.chair))
            choices = tuple((name, name) for name in officers)
            menu.choose(choices, workspace.person.name, workspace.choose_recorder)

    menu.aboutToShow.connect(fill)


_LEAST_PAGE = 830
"""What the widest page needs beside the sidebar's names, in pixels."""


_MINUTE, _CLOSING = 60_000, "close"
"""How often the clock is looked at, in milliseconds, and the place where it is not."""


class MainWindow(TabShows, QMainWindow):
    """The window of one book. Pages are made when first shown, and kept."""

    closed = Signal()
    book_wanted = Signal()
    """Another book is to be opened."""

    def __init__(self, workspace: Workspace, icon: QIcon) -> None:
        super().__init__()
        self.workspace = workspace
        workspace.window = self
        self._t = workspace.ui.t
        self._pages: dict[str, Page] = {}
        self._back: list[Destination] = []
        self._here = Destination("")
        self._sought_from: QWidget | None = None
        """What had the keyboard before the search got it."""
        self._forms: dict[str, QDialog] = {}
        self._early: dict[str, dict[str, object]] = {}
        self.clock_timer = QTimer(self, interval=_MINUTE)
        self.setWindowIcon(icon)
        self.sidebar = Sidebar(workspace.ui)
        self.header = HeaderBar(workspace.ui, workspace.person.name, self._task())
        self.stack = QStackedWidget()
        self.search = Search(workspace, self.header.search)
        self._lay_out()
        self.toast = Toast(workspace.ui, self.stack)
        self._connect()
        self._add_shortcuts()
        fill_program_menu(self, workspace, self.header.person)
        self._restore_geometry()
        self._group_changed()
        self.header.month.show_month(workspace.month)
        self._count()

    def _lay_out(self) -> None:
        for place in PLACES.values():
            self.sidebar.add(place.name, self._t(place.title), place.icon, place.group)
        down = column(self.header)
        if self.workspace.only_reads:
            down.addWidget(ReadOnlyLine(self.workspace.ui, self._why_only_read()))
        down.addWidget(self.stack, 1)
        self.setCentralWidget(holder(row(self.sidebar, (down, 1))))
        self.setMinimumSize(800, 448)  # a laptop at 150 percent has no more

    def _why_only_read(self) -> str:
        if self.workspace.doubt is not None:
            return self.workspace.explain(self.workspace.doubt)
        if self.workspace.protected:
            return self._t(
                "This book, or the place it is kept in, is read-only. To record, copy it to this "
                "computer."
            )
        return self._t("An auditor looks at everything and changes nothing in the book.")

    def _connect(self) -> None:
        workspace = self.workspace
        self.sidebar.chosen.connect(lambda name: self.show_place(Destination(name)))
        self.header.month.chosen.connect(workspace.show_month)
        workspace.month_changed.connect(self.header.month.show_month)
        workspace.day_changed.connect(self._day_changed)
        self.clock_timer.timeout.connect(self._look_at_clock)
        self.clock_timer.start()
        workspace.place_wanted.connect(self.show_place)
        workspace.title_changed.connect(self._part_changed)
        workspace.setup_changed.connect(self._group_changed)
        workspace.setup_changed.connect(self._open_early)
        workspace.print_wanted.connect(self.print_voucher)
        workspace.form_wanted.connect(self.open_form)
        workspace.said.connect(self.toast.show_message)
        workspace.tasks.changed.connect(self._count)
        self.search.not_found.connect(self._find)
        self.header.search.lead_to(self._leave_search)

    def _add_shortcuts(self) -> None:
        window_keys = partial(on_keys, self, anywhere=True)
        window_keys("Ctrl+K", self._search)
        window_keys("Ctrl+PgUp", partial(self.workspace.step_month, -1))
        window_keys("Ctrl+PgDown", partial(self.workspace.step_month, 1))
        window_keys("Alt+Left", self.go_back)
        add_help_keys(self, self.workspace.ui, self._topic, self.workspace.go)
        for number, verb in enumerate(() if self.workspace.only_reads else VERBS, start=1):
            window_keys(f"Alt+{number}", partial(verb.start, self.workspace))

    # -- places ----------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The name of the place shown."""
        return self._here.place

    @property
    def page(self) -> Page | None:
        """The page shown, or None."""
        return self._pages.get(self._here.place)

    def show_place(self, wanted: Destination) -> None:
        """Shows a place, and remembers the one before for `go_back`."""
        if wanted.place not in PLACES:
            return
        if self._here.place and self._here != wanted:
            page = self.page
            part = page.here(self._here.part) if page is not None else self._here.part
            self._back.append(Destination(self._here.place, part))
        self._show(wanted)

    def go_back(self) -> None:
        """Shows the place that was shown before."""
        if self._back:
            self._show(self._back.pop())

    def _look_at_clock(self) -> None:
        """Begins another day, unless somebody is about to finish what was begun the day before."""
        if self.place != _CLOSING and QApplication.activeModalWidget() is None:
            self.workspace.look_at_clock()

    def _day_changed(self) -> None:
        self.header.month.show_month(self.workspace.month)
        self._count()

    def _show(self, wanted: Destination) -> None:
        self._here = wanted
        self._look_at_clock()
        place = PLACES[wanted.place]
        self.sidebar.show_place(wanted.place)
        page = self._pages.get(wanted.place)
        if page is None:
            with self.workspace.making_in(self.stack):
                page = self._pages[wanted.place] = place.make(self.workspace)
            self.stack.addWidget(page)
        if wanted.part:
            page.show_part(wanted.part)
        self.stack.setCurrentWidget(page)
        self._part_changed(page.part_title())

    def _part_changed(self, title: str) -> None:
        self.header.show_title(self._t(PLACES[self._here.place].title), title)

    def _search(self) -> None:
        if not self.header.search.hasFocus():
            self._sought_from = self.focusWidget()
        seek_in(self.header.search)

    def _leave_search(self) -> None:
        """Gives the keyboard back to what had it before, else to the page."""
        before, page = self._sought_from, self.stack.currentWidget()
        if before is None or not isValid(before) or not before.isVisible():
            before = page
        if before is not None:
            before.setFocus()

    def _find(self, text: str) -> None:
        from ui.kit.targets import part_of  # slow to import, and not needed to show a window

        self.show_place(Destination("journal", part_of("", text=text)))

    # -- forms -----------------------------------------------------------------------------

    def open_form(self, name: str, given: dict[str, object]) -> None:
        """Opens a form in a dialog of its own; one that is open already comes forward."""
        if (opened := self._forms.get(name)) is not None:
            opened.raise_()
            opened.activateWindow()
            return
        self._look_at_clock()
        form = form_named(name)
        assert form is not None, name
        if self.workspace.setup is None and form.shows_setup:
            self._early[name] = given
            return
        correction = given.pop(CORRECTED, None)
        dialog: QDialog = named(form.make)(self.workspace, given)
        if correction is not None:
            dialog.form.replace_document(correction)  # type: ignore[attr-defined]
        if dialog.parent() is not self:
            dialog.setParent(self, dialog.windowFlags())
        dialog.resize(dialog.size().boundedTo(self.size()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_help_keys(dialog, self.workspace.ui, lambda: form.topic)
        self._forms[name] = dialog
        dialog.finished.connect(lambda _result: self._forms.pop(name, None))
        dialog.open()

    def _open_early(self) -> None:
        """Opens the forms that were wanted before the book's setup was known."""
        while self._early:
            self.open_form(*self._early.popitem())

    def form(self, name: str) -> QDialog | None:
        """The dialog of a form that is open, or None."""
        return self._forms.get(name)

    def print_voucher(self, number: str) -> None:
        """Shows a document's voucher as it would be printed."""
        from ui.kit.printing import show_voucher

        show_voucher(self.workspace, number, self)

    def show_help(self, topic: str = "") -> None:
        """Opens the guide at a topic, by default at that of the page shown."""
        from ui.shell.help import open_help

        open_help(self, self.workspace.ui, topic or self._topic(), self.workspace.go)

    def _topic(self) -> str:
        part = self.page.part if isinstance(self.page, TabbedPage) else ""
        return topic_of_place(self.place, part)

    # -- what the book says ----------------------------------------------------------------

    def _task(self) -> str:
        """The task of who records, in words."""
        person, group = self.workspace.person, self.workspace.group
        if self.workspace.protected:
            return self._t("Read only")
        if not person.signed_in and group is not None and person.name == group.treasurer:
            return role_name(self._t, Role.TREASURER)
        return role_name(self._t, person.role)

    def _group_changed(self) -> None:
        group = self.workspace.group
        self.header.person.show_person(self.workspace.person.name, self._task())
        name = group.name if group is not None else self.workspace.book.stem
        self.setWindowTitle(f"{name} – KWT Books")
        where = f"{group.village}, {group.city}" if group is not None else ""
        self.header.show_subtitle(" · ".join(filter(None, (name, where))))

    def _count(self) -> None:
        month = self.workspace.month
        self.workspace.tasks.run(
            lambda book: overview_of(book, month), self._counted, key="badges", owner=self
        )

    def _counted(self, overview: Overview) -> None:
        self.workspace.ui.days.recorded = overview.recorded
        self.sidebar.show_count("shops", len(overview.todo.shops))

    # -- the window ------------------------------------------------------------------------

    def _restore_geometry(self) -> None:
        geometry = self.workspace.preferences.geometry
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            open_up(self, 1366, 688)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        page = self.workspace.ui.theme.px(_LEAST_PAGE)
        self.sidebar.fold(narrow=self.width() < self.sidebar.unfolded + page)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        for dialog in list(self._forms.values()):
            dialog.close()  # keeps what was typed as a draft
        self.workspace.preferences.geometry = self.saveGeometry()
        super().closeEvent(event)
        self.closed.emit()
