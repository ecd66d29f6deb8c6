"""What the diary is narrowed to: words, a kind of event, a month, a year or the whole book."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kwt_books.domain.month import Month, first_day, last_day
from kwt_books.reports.diary import Sought
from kwt_books.reports.kinds import TITLES, kind_title
from ui.kit import Kit
from ui.widgets.label import label, row
from ui.widgets.picker import Choice
from ui.widgets.seek_field import SeekField

MONTH, YEAR, BOOK = "month", "year", "book"
_QUIET = 120  # milliseconds without a key before the book is asked


class _Seek(SeekField):
    """↓ and Enter go on into the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DiaryFilter(QWidget):
    changed = Signal()

    def __init__(self, kit: Kit, month: Month) -> None:
        super().__init__()
        self._kit, t = kit, kit.t
        self._month = month
        hint = t("Any word, voucher number, amount or name (Ctrl+F)")
        self.text = _Seek(kit, t("Find a number, goods, amount, person"), hint)
        self.text.setAccessibleName(t("Find in the diary"))
        self.text.setMinimumWidth(kit.theme.px(220))
        self.text.setMaximumWidth(kit.theme.px(340))
        kinds = [("", t("All events")), *((kind, kind_title(t, kind)) for kind in TITLES)]
        self.kind = Choice(kit, kinds)
        self.kind.setAccessibleName(t("Kind of event"))
        self.kind.setMaxVisibleItems(14)
        self.span = Choice(kit, [(code, "") for code in (MONTH, YEAR, BOOK)])
        self.span.setAccessibleName(t("Time span"))
        self.span.setMinimumWidth(kit.theme.px(150))
        self.count = label("", "caption")
        line = row(self, space=8)
        line.addWidget(self.text, 1)
        line.addWidget(self.kind)
        line.addWidget(self.span)
        line.addStretch(0)
        line.addWidget(self.count)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET)
        self._timer.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.kind.changed.connect(self._now)
        self.span.changed.connect(self._now)
        self.show_month(month)

    def _now(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def show_month(self, month: Month) -> None:
        """The month in hand, which the first choice stands for."""
        self._month = month
        self.span.setItemText(0, self._kit.formats.month(month))
        self.span.setItemText(1, self._kit.t("The year {year}", year=month[:4]))
        self.span.setItemText(2, self._kit.t("The whole book"))

    def seek(self, text: str, *, everywhere: bool = False) -> None:
        """Looks for words, perhaps in the whole book; asks at once."""
        self.blockSignals(True)
        self.text.setText(text)
        if everywhere:
            self.span.choose(BOOK)
            self.kind.choose("")
        self.blockSignals(False)
        self._now()

    def sought(self) -> Sought:
        kind, span = self.kind.code(), self.span.code()
        kinds = (kind,) if kind else ()
        if span == BOOK:
            return Sought(self.text.text(), kinds=kinds)
        year = self._month[:4]
        first = self._month if span == MONTH else f"{year}-01"
        last = self._month if span == MONTH else f"{year}-12"
        return Sought(self.text.text(), first_day(first), last_day(last), kinds)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period keeps documents out."""
        return bool(self.text.text().strip() or self.kind.code())
