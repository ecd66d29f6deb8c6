"""The list of reports at the left: grouped, with short names, found by any word of what they are
for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.reports.registry import KINDS
from ui.kit.button import with_keys
from ui.kit.card import Card
from ui.kit.layout import column
from ui.kit.look import ENTER, UiContext
from ui.kit.seek import SeekField

# -- The reports as the treasurer looks for them: groups, short names, what each is for ----------


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list: its short name (the formal one is printed) and what it is for."""

    name: str
    title: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Group:
    """Reports under a heading."""

    title: str
    entries: tuple[Entry, ...]


_GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        noop("Monthly statements"),
        (
            ("profit-loss", noop("Profit and loss"), noop("earned, spent, left over")),
            ("position", noop("Financial position"), noop("owned, owed, capital")),
            ("cash-flow", noop("Cash flow"), noop("where money came from")),
            (
                "equity-changes",
                noop("Changes in equity"),
                noop("why capital changed"),
            ),
            ("notes", noop("Notes (CALK)"), noop("behind the figures")),
            ("progress", noop("Progress"), noop("twelve months side by side")),
        ),
    ),
    (
        noop("Books"),
        (
            ("cash-book", noop("Cash and bank book"), noop("every rupiah in and out")),
            ("journal", noop("Journal"), noop("documents with accounts")),
            ("general-ledger", noop("Ledger"), noop("each account by itself")),
            ("trial-balance", noop("Trial balance"), noop("all accounts on one page")),
            ("assets", noop("Asset register"), noop("tools, buildings, values")),
            ("exceptions", noop("Questions to ask"), noop("what looks odd")),
            (
                "bank-reconciliation",
                noop("Bank reconciliation"),
                noop("the bank's balance and ours"),
            ),
        ),
    ),
    (
        noop("Stock and production"),
        (
            ("stock", noop("Goods on hand"), noop("how much, and where")),
            ("stock-card", noop("Stock card"), noop("one item in and out")),
            ("lots", noop("Lots"), noop("origin and expiry")),
            ("production", noop("Kitchen costs"), noop("what a pack costs to make")),
            ("nursery", noop("Nursery and beds"), noop("what grows, what it gave")),
        ),
    ),
    (
        noop("Sales and shops"),
        (
            ("sales", noop("Sales"), noop("by item, by place, by week")),
            ("market-day", noop("Outlet sheet"), noop("one Friday's sheet")),
            ("consignment", noop("Goods at the shops"), noop("left, sold, returned")),
            ("receivables", noop("Owed to us"), noop("who owes the group")),
            ("payables", noop("What we owe"), noop("whom the group owes")),
        ),
    ),
    (
        noop("Members and funds"),
        (
            ("funds", noop("Funds"), noop("set aside and used")),
            ("allocation", noop("Sharing of profit"), noop("how profit is shared")),
            ("savings", noop("Savings"), noop("what each member put in")),
            ("savings-card", noop("Savings cards"), noop("a card for each member")),
            ("savings-grid", noop("Savings by month"), noop("members and months")),
            ("member-shares", noop("List of SHU"), noop("each member's share of profit")),
            ("dues", noop("Residents' dues"), noop("who paid for which month")),
            ("residents", noop("KPP report"), noop("their money, facilities, arrears")),
        ),
    ),
    (
        noop("Programmes and plans"),
        (
            ("programme", noop("Programme (LPJ)"), noop("its budget, and what became of it")),
            ("budget", noop("Budget of the year"), noop("planned, and what came of it")),
        ),
    ),
    (
        noop("Books of the group"),
        (
            ("guest-book", noop("Guests"), noop("who came, and why")),
            ("activity-book", noop("Activities"), noop("what the group did")),
            ("minutes-book", noop("Minutes"), noop("what meetings decided")),
            ("letter-book", noop("Letters"), noop("received and sent")),
            ("advice-book", noop("Advice"), noop("what officers advised")),
            ("upkeep-book", noop("Upkeep"), noop("how the facilities are")),
            ("member-book", noop("Members"), noop("who belongs, since when")),
            ("officer-book", noop("Officers"), noop("who holds which office")),
            ("inventory-book", noop("Inventory"), noop("what the group owns")),
        ),
    ),
)

ROW_GLOSSES: dict[tuple[str, str], str] = {
    ("profit-loss", "cost_of_sales_section"): noop("what the goods sold cost"),
    ("profit-loss", "expenses_section"): noop("what it takes to run the group"),
    ("profit-loss", "gross_profit"): noop("before running costs"),
    ("profit-loss", "other_section"): noop("not from trade"),
}
"""Plain words shown grey behind formal ones, by report and the row's code."""


def groups(t: Translator) -> Iterator[Group]:
    """The groups with every report there is; reports that no group names come last."""
    placed: set[str] = set()
    for title, entries in _GROUPS:
        shown = tuple(
            Entry(name, t(short), t(gloss)) for name, short, gloss in entries if name in KINDS
        )
        placed.update(entry.name for entry in shown)
        if shown:
            yield Group(t(title), shown)
    rest = tuple(
        Entry(n, t(kind.title), "") for n, kind in KINDS.items() if kind.listed and n not in placed
    )
    if rest:
        yield Group(t("Other reports"), rest)


def entry_of(t: Translator, name: str) -> Entry | None:
    """The list's entry of a report, or None."""
    return next((e for group in groups(t) for e in group.entries if e.name == name), None)


_NAME, _GLOSS = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_HEADING, _ENTRY = 36, 48
_INSET = 12
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    def __init__(self, ui: UiContext, view: QListView) -> None:
        super().__init__(view)
        self._ui = ui

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._ui.theme.px(_ENTRY if index.data(_NAME) else _HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._ui.theme, option.rect
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.save()
        if not index.data(_NAME):
            self._draw(painter, rect.adjusted(0, theme.px(10), 0, 0), text, "caption", "text2")
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = "soft" if selected else "sunken"
            theme.paint_round(painter, rect.adjusted(0, 1, 0, -1), ground, 6)
        half = rect.center().y() + 2
        above = QRect(rect.left(), half - theme.px(20), rect.width(), theme.px(20))
        below = QRect(rect.left(), half - theme.px(1), rect.width(), theme.px(18))
        self._draw(painter, above, text, "body", "accent_text" if selected else "text")
        self._draw(painter, below, str(index.data(_GLOSS)), "caption", "text3", bold=False)
        painter.restore()

    def _draw(
        self, painter: QPainter, rect: QRect, text: str, size: str, color: str, *, bold: bool = True
    ) -> None:
        inner, strong = rect.adjusted(_INSET, 0, -_INSET, 0), bold and color != "text"
        self._ui.theme.write(painter, inner, text, color, size, bold=strong, elided=True)


class _View(QListView):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class ReportList(Card):
    """The list with its search. Emits `chosen` with a report's name; ↓ leads from the search into
    the list.
    """

    chosen = Signal(str)
    entered = Signal()
    """Enter was pressed: the keyboard goes to the report."""

    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(margins=0, space=0)
        self.setParent(parent)  # before its parts are made, so that Qt styles them only once
        self._ui, self._groups = ui, tuple(groups(ui.t))
        title = ui.t("Find a report")
        self.search = SeekField(ui, title, with_keys(ui.t, title, "Ctrl+L"))
        self.body.addLayout(column(self.search, margins=(12, 12, 12, 4), space=0))
        self._model = QStandardItemModel(self)
        self.view = _View(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Delegate(ui, self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(False)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(ui.t("Reports"))
        self.body.addLayout(column(self.view, margins=(8, 0, 4, 8), space=0), 1)
        self._current, self._quiet = "", False
        self._fill("")
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose_first)
        self.search.lead_to(self.view)
        self.view.selectionModel().currentChanged.connect(self._changed)
        self.view.activated.connect(lambda _index: self.entered.emit())

    @property
    def current(self) -> str:
        """The name of the report shown."""
        return self._current

    @property
    def names(self) -> list[str]:
        """The names of the reports listed now."""
        found = (self._model.item(row).data(_NAME) for row in range(self._model.rowCount()))
        return [str(name) for name in found if name]

    def show_current(self, name: str) -> None:
        """Marks a report without emitting `chosen`."""
        self._current = name
        if name not in self.names and self.search.text():
            self.search.clear()
        self._mark()

    def _mark(self) -> None:
        self._quiet = True
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_NAME) == self._current:
                index = self._model.index(row, 0)
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                break
        else:
            self.view.setCurrentIndex(QModelIndex())
        self._quiet = False

    def _fill(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._quiet = True
        self._model.clear()
        for group in self._groups:
            entries = [each for each in group.entries if _matches(wanted, group.title, each)]
            if entries:
                self._model.appendRow(_heading(group.title))
                for entry in entries:
                    self._model.appendRow(_item(entry))
        self._mark()

    def _choose_first(self) -> None:
        if self.names:
            self.chosen.emit(self.names[0])
            self.view.setFocus()

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        name = index.data(_NAME) if index.isValid() else None
        if name and not self._quiet and name != self._current:
            self._current = str(name)
            self.chosen.emit(self._current)


def _matches(wanted: str, title: str, entry: Entry) -> bool:
    text = f"{title} {entry.title} {entry.gloss}".casefold()
    return all(word in text for word in wanted.split())


def _heading(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.title)
    item.setData(entry.name, _NAME)
    item.setData(entry.gloss, _GLOSS)
    item.setToolTip(f"{entry.title}: {entry.gloss}" if entry.gloss else entry.title)
    item.setData(item.toolTip(), Qt.ItemDataRole.AccessibleTextRole)
    return item
