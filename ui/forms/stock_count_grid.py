"""Items to be counted, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.forms.stock_count_row import BOOK, COUNTED, DIFFERENCE, Counted, CountRow
from ui.forms.tabbing import tabbed_before
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.card import bare, scrolled
from ui.widgets.label import Elided, column, label, row, rule


class CountGrid(QWidget):
    """An input: what was counted, by item; items left blank were not counted.

    It tells what is wrong with each line in its row.
    """

    changed = Signal()
    touched = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.was_touched = False
        self.rows: dict[str, CountRow] = {}
        self._waiting: dict[str, str] = {}
        page = column(self)
        page.addWidget(self._heading())
        page.addWidget(rule())
        ground = bare()
        self._page = column(ground)
        self.below = column()
        self._page.addLayout(self.below)
        self._page.addStretch(1)
        self._area = scrolled(ground)
        self._area.setMinimumHeight(kit.theme.px(220))
        self._area.viewport().installEventFilter(self)
        page.addWidget(self._area, 1)
        self._message = label("", "label", "error", wrap=True)
        self._message.setContentsMargins(GUTTER, 8, GUTTER, 8)
        self._message.hide()
        page.addWidget(self._message)

    def _heading(self) -> QFrame:
        t, px, head = self._kit.t, self._kit.theme.px, QFrame()
        head.setObjectName("heading")
        head.setFixedHeight(px(36))
        line = self._heads = row(head, space=12)
        line.setContentsMargins(GUTTER, 0, GUTTER, 0)
        line.addWidget(Elided(t("Item"), "label"), 1)
        for title, width in ((t("By the book"), BOOK), (t("Counted"), COUNTED)):
            words = label(title, "label")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words.setFixedWidth(px(width))
            line.addWidget(words)
        words = label(t("Difference"), "label")
        words.setFixedWidth(px(DIFFERENCE))
        line.addWidget(words)
        return head

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The headings make room for the scroll bar beside the rows."""
        if event.type() == QEvent.Type.Resize:
            bar = self.width() - self._area.viewport().width()
            self._heads.setContentsMargins(GUTTER, 0, GUTTER + bar, 0)
        return False

    # -- rows ------------------------------------------------------------------------------

    def show_items(self, items: Sequence[Counted]) -> None:
        """Rows for these items, in this order. What was filled in stays."""
        texts = self.state()
        if [item.code for item in items] == list(self.rows):
            for item in items:
                self.rows[item.code].show_item(item)
        else:
            for gone in self.rows.values():
                self._page.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
            self.rows = {}
            for item in items:
                self.add_item(item)
        self._fill(texts)

    def add_item(self, item: Counted) -> CountRow:
        made = CountRow(self._kit, item)
        self.rows[item.code] = made
        made.changed.connect(self.changed)
        made.touched.connect(self._row_touched)
        made.moved.connect(lambda step: self._move(made, step))
        self._page.insertWidget(self._page.count() - 2, made)
        above = [row.field for row in self.rows.values() if row is not made]
        before = above[-1] if above else tabbed_before(self)
        if before is not None:
            QWidget.setTabOrder(before, made.field)
        return made

    def _move(self, start: CountRow, step: int) -> None:
        rows = list(self.rows.values())
        at = rows.index(start) + step
        if 0 <= at < len(rows):
            self.focus_row(rows[at])

    def focus_row(self, wanted: CountRow) -> None:
        wanted.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(wanted, 0, 8)

    def focus_first(self) -> None:
        if self.rows:
            self.focus_row(next(iter(self.rows.values())))

    def _row_touched(self) -> None:
        self.was_touched = True
        self.touched.emit()

    @property
    def filled(self) -> list[CountRow]:
        return [each for each in self.rows.values() if each.is_filled]

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        if not self.filled:
            return self._kit.t("Fill in what you counted")
        return next(filter(None, (each.field.problem() for each in self.filled)), "")

    def state(self) -> dict[str, str]:
        filled = {code: each.field.text() for code, each in self.rows.items() if each.is_filled}
        return {**self._waiting, **filled}

    def restore(self, state: object) -> None:
        texts = state if isinstance(state, dict) else {}
        self._waiting = {}
        self._fill({str(code): str(text) for code, text in texts.items()}, every=True)
        self.changed.emit()

    def _fill(self, texts: Mapping[str, str], *, every: bool = False) -> None:
        """What belongs to items that are not there yet waits for them."""
        self._waiting = {code: text for code, text in texts.items() if code not in self.rows}
        for code, each in self.rows.items():
            if every or code in texts:
                each.field.restore(texts.get(code, ""))

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        wrong = (each for each in self.filled if each.field.problem())
        first = next(wrong, None) or next(iter(self.filled or self.rows.values()), None)
        return first.field if first is not None else self

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def say_at(self, rest: str, text: str) -> bool:
        number = rest.partition(".")[0]
        if not number.isdecimal() or int(number) >= len(self.filled):
            return False
        self.filled[int(number)].say(text)
        return True

    def clear(self) -> None:
        for each in self.rows.values():
            each.say("")
