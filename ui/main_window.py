"""The window: sidebar, header, the page in hand, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from ui.desk import Desk, Destination
from ui.forms.registry import FORMS, SETUP_FORMS
from ui.help_keys import add_help_keys
from ui.help_topics import topic_of_form, topic_of_place
from ui.pages.base import Page, TabbedPage
from ui.pages.registry import PLACES
from ui.pages.verbs import VERBS
from ui.program_menu import fill_program_menu
from ui.search import Search
from ui.tasks import Change
from ui.tokens import FOLD_BELOW
from ui.widgets.header import HeaderBar
from ui.widgets.label import column, row
from ui.widgets.opened import open_up
from ui.widgets.read_only import ReadOnlyLine
from ui.widgets.sidebar import Sidebar
from ui.widgets.toast import Toast
from ui.words import role_name

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from kwt_books.queries.overview import Overview


class MainWindow(QMainWindow):
    """One book. Pages are made when first shown and kept."""

    closed = Signal()
    book_wanted = Signal()
    """Another book is to be opened."""
    dress_wanted = Signal()
    """Language or size of letters was changed: the window is to be built anew."""

    def __init__(self, desk: Desk, icon: QIcon) -> None:
        super().__init__()
        self.desk = desk
        self._t = desk.kit.t
        self._pages: dict[str, Page] = {}
        self._back: list[Destination] = []
        self._here = Destination("")
        self._forms: dict[str, QDialog] = {}
        self._early: dict[str, dict[str, object]] = {}
        self.setWindowIcon(icon)
        self.sidebar = Sidebar(desk.kit)
        role = self._t("Reads only") if desk.protected else role_name(self._t, desk.person.role)
        self.header = HeaderBar(desk.kit, desk.person.name, role)
        self.stack = QStackedWidget()
        self.search = Search(desk, self.header.search)
        self._lay_out()
        self.toast = Toast(desk.kit, self.stack)
        self._connect()
        self._add_shortcuts()
        fill_program_menu(self, desk, self.header.person)
        self._restore_geometry()
        self._group_changed()
        self.header.month.show_month(desk.month)
        self._count()

    def _lay_out(self) -> None:
        for place in PLACES.values():
            self.sidebar.add(place.name, self._t(place.title), place.icon, place.group)
        ground = QWidget()
        across = row(ground)
        across.addWidget(self.sidebar)
        down = column()
        down.addWidget(self.header)
        if self.desk.only_reads:
            down.addWidget(ReadOnlyLine(self.desk.kit, self._why_only_read()))
        down.addWidget(self.stack, 1)
        across.addLayout(down, 1)
        self.setCentralWidget(ground)
        self.setMinimumSize(800, 480)

    def _why_only_read(self) -> str:
        if self.desk.protected:
            return self._t(
                "Nothing can be written where this book lies. To record, copy it to this computer."
            )
        return self._t("An auditor looks at everything and changes nothing in the book.")

    def _connect(self) -> None:
        desk = self.desk
        self.sidebar.chosen.connect(lambda name: self.show_place(Destination(name)))
        self.header.month.chosen.connect(desk.show_month)
        desk.month_changed.connect(self.header.month.show_month)
        desk.place_wanted.connect(self.show_place)
        desk.title_changed.connect(self._part_changed)
        desk.setup_changed.connect(self._group_changed)
        desk.setup_changed.connect(self._open_early)
        desk.print_wanted.connect(self.print_voucher)
        desk.form_wanted.connect(self.open_form)
        desk.said.connect(self.toast.show_message)
        desk.dress_wanted.connect(self.dress_wanted)
        desk.tasks.changed.connect(self._book_changed)
        self.search.not_found.connect(self._find)

    def _add_shortcuts(self) -> None:
        self._key("Ctrl+K", self.header.search.setFocus)
        self._key("Ctrl+PgUp", partial(self.desk.step_month, -1))
        self._key("Ctrl+PgDown", partial(self.desk.step_month, 1))
        self._key("Alt+Left", self.go_back)
        add_help_keys(self, self.desk.kit, self._topic, self.desk.go)
        for number, verb in enumerate(() if self.desk.only_reads else VERBS, start=1):
            self._key(f"Alt+{number}", partial(verb.start, self.desk))

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- places ----------------------------------------------------------------------------

    @property
    def place(self) -> str:
        return self._here.place

    @property
    def page(self) -> Page | None:
        return self._pages.get(self._here.place)

    def show_place(self, wanted: Destination) -> None:
        """Brings a place forward; `go_back` returns to the one before."""
        if wanted.place not in PLACES:
            return
        if self._here.place and self._here != wanted:
            self._back.append(self._here)
        self._show(wanted)

    def go_back(self) -> None:
        if self._back:
            self._show(self._back.pop())

    def _show(self, wanted: Destination) -> None:
        self._here = wanted
        place = PLACES[wanted.place]
        self.sidebar.show_place(wanted.place)
        page = self._pages.get(wanted.place)
        if page is None:
            page = self._pages[wanted.place] = place.make(self.desk)
            self.stack.addWidget(page)
        if wanted.part:
            page.show_part(wanted.part)
        self.stack.setCurrentWidget(page)
        self._part_changed(page.part_title())

    def _part_changed(self, title: str) -> None:
        self.header.show_title(self._t(PLACES[self._here.place].title), title)

    def _find(self, text: str) -> None:
        self.show_place(Destination("journal"))
        if self.page is not None:
            self.page.search(text)

    # -- forms -----------------------------------------------------------------------------

    def open_form(self, name: str, given: dict[str, object]) -> None:
        """A form in a dialog of its own; the same one comes forward if it is open already."""
        if (opened := self._forms.get(name)) is not None:
            opened.raise_()
            opened.activateWindow()
            return
        if self.desk.setup is None and name in SETUP_FORMS:
            self._early[name] = given
            return
        dialog = FORMS[name](self.desk, given)
        dialog.setParent(self, dialog.windowFlags() | Qt.WindowType.Dialog)
        dialog.resize(dialog.size().boundedTo(self.size()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_help_keys(dialog, self.desk.kit, partial(topic_of_form, name))
        self._forms[name] = dialog
        dialog.finished.connect(lambda _result: self._forms.pop(name, None))
        dialog.open()

    def _open_early(self) -> None:
        """What was wanted before the book had said what is set up in it."""
        while self._early:
            self.open_form(*self._early.popitem())

    def form(self, name: str) -> QDialog | None:
        """The dialog of a form that is open."""
        return self._forms.get(name)

    def print_voucher(self, number: str) -> None:
        from ui.papers import show_voucher

        show_voucher(self.desk, number, self)

    def show_help(self, topic: str = "") -> None:
        """The guide, by default at the page in hand."""
        from ui.help import open_help

        open_help(self, self.desk.kit, topic or self._topic(), self.desk.go)

    def _topic(self) -> str:
        part = self.page.part if isinstance(self.page, TabbedPage) else ""
        return topic_of_place(self.place, part)

    # -- what the book says ----------------------------------------------------------------

    def _group_changed(self) -> None:
        group = self.desk.group
        name = group.name if group is not None else self.desk.book.stem
        self.setWindowTitle(f"{name} – KWT Books")
        where = f"{group.village}, {group.city}" if group is not None else ""
        self.header.show_subtitle(" · ".join(filter(None, (name, where))))

    def _book_changed(self, _change: Change) -> None:
        self._count()

    def _count(self) -> None:
        month = self.desk.month
        self.desk.tasks.run(
            lambda book: book.overview(month), self._counted, key="badges", owner=self
        )

    def _counted(self, overview: Overview) -> None:
        self.sidebar.show_count("shops", len(overview.todo.shops))

    # -- the window ------------------------------------------------------------------------

    def _restore_geometry(self) -> None:
        geometry = self.desk.preferences.geometry
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            open_up(self, 1366, 688)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.sidebar.fold(narrow=self.width() < self.desk.kit.theme.px(FOLD_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        for dialog in list(self._forms.values()):
            dialog.close()  # which keeps what was typed
        self.desk.preferences.geometry = self.saveGeometry()
        super().closeEvent(event)
        self.closed.emit()
