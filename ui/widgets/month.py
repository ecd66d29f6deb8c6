"""The month in hand: a button in the header with a year's months below it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from kwt_books.domain.month import FIRST_YEAR, LAST_YEAR, Month, month_of
from ui.kit import Kit
from ui.widgets.button import Button, with_keys
from ui.widgets.label import column, label, row


class MonthPopup(QFrame):
    """Twelve months of a year; arrows go to the year before and after."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, month: Month) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kit, self._month, self._year = kit, month, int(month[:4])
        page = column(self, margins=8, space=8)
        top = row(space=4)
        back = Button(kit, "", "caret-left", kind="quiet").hint(kit.t("Year before"))
        after = Button(kit, "", "caret-right", kind="quiet").hint(kit.t("Year after"))
        self._label = label("", "card")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top.addWidget(back.when_clicked(lambda: self._step(-1)))
        top.addWidget(self._label, 1)
        top.addWidget(after.when_clicked(lambda: self._step(1)))
        page.addLayout(top)
        grid = QGridLayout()
        grid.setSpacing(4)
        self._buttons = [
            Button(kit, kit.formats.month_name(n), scale="small") for n in range(1, 13)
        ]
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // 3, place % 3)
            button.when_clicked(partial(self._choose, place + 1))
        page.addLayout(grid)
        self._step(0)

    def _step(self, years: int) -> None:
        self._year = max(FIRST_YEAR, min(self._year + years, LAST_YEAR))
        self._label.setText(str(self._year))
        for number, button in enumerate(self._buttons, start=1):
            shown = self._name(number) == self._month
            button.set_kind("primary" if shown else "quiet")
            if shown:
                button.setFocus()

    def _name(self, number: int) -> Month:
        return f"{self._year:04}-{number:02}"

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._name(number))
        self.close()


class MonthButton(QPushButton):
    """Says the month; ← → and Ctrl+PgUp/PgDn step, a click offers them all."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._month: Month = month_of(kit.today)
        self.setIcon(kit.theme.icon("calendar-blank", "text2", gap=True))
        self.setIconSize(kit.theme.icon_size(gap=True))
        self.setAutoDefault(False)
        self.clicked.connect(self.open)
        hint = with_keys(kit.t, kit.t("Month before"), "Ctrl+PgUp")
        self.setToolTip(f"{hint}\n{with_keys(kit.t, kit.t('Month after'), 'Ctrl+PgDown')}")

    def show_month(self, month: Month) -> None:
        self._month = month
        self.setText(self._kit.formats.month(month))
        self.setAccessibleName(self._kit.t("Month: {month}", month=self.text()))

    def open(self) -> None:
        popup = MonthPopup(self._kit, self._month)
        popup.chosen.connect(self.chosen)
        popup.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width(), self.height() + 4))
        popup.move(corner - QPoint(popup.width(), 0))
        popup.show()
