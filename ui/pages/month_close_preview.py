"""What the month comes to if it is closed now: the result, and how it is shared."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kwt_books.domain.accounts import AccountType
from kwt_books.i18n.catalogue import noop
from ui.forms.month_close_foreseen import CloseSums
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.card import Card, Note
from ui.widgets.label import clear, figures, label, row, rule, set_tone

_LINES = (
    (AccountType.INCOME, noop("What was sold")),
    (AccountType.COST, noop("Cost of what was sold")),
    (AccountType.EXPENSE, noop("Running costs")),
    (AccountType.OTHER, noop("Other")),
    (AccountType.TAX, noop("Tax")),
)
_BAR = 6


class PartBar(QWidget):
    """A fund's name, its percent, what it gets, and a bar as long as its share of the largest."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._name, self._percent, self._amount, self._tenths = "", 0, 0, 0
        self.setFixedHeight(kit.theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(240), self._kit.theme.px(40))

    def show_part(self, name: str, percent: int, amount: int, most: int) -> None:
        """`most`: the percent of the largest share."""
        self._name, self._percent, self._amount = name, percent, amount
        self._tenths = 1000 * percent // max(1, most)
        words = f"{name}, {percent}%: {self._kit.formats.rupiah(amount)}"
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRect(0, 0, self.width(), theme.px(24))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(bold=True, figures=True))
        painter.setPen(theme.color("text"))
        painter.drawText(line, right, self._kit.formats.number(self._amount))
        before = line.adjusted(0, 0, -theme.px(88), 0)
        painter.setFont(theme.font(figures=True))
        painter.setPen(theme.color("text2"))
        painter.drawText(before, right, self._kit.formats.percent(self._percent * 10))
        painter.setFont(theme.font())
        painter.setPen(theme.color("text"))
        room = before.width() - theme.px(44)
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), name)
        high = theme.px(_BAR)
        track = QRect(0, theme.px(26), self.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, length in (("grid", 1000), ("accent", self._tenths)):
            painter.setBrush(theme.color(color))
            part = QRect(track.left(), track.top(), track.width() * length // 1000, high)
            painter.drawRoundedRect(part, high / 2, high / 2)


class PreviewCard(Card):
    """`closed`: it is recorded already."""

    def __init__(self, kit: Kit, *, closed: bool = False) -> None:
        super().__init__(space=2)
        self._kit, self._t, self._closed = kit, kit.t, closed
        t = kit.t
        self.body.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        self.title = label("", "card")
        self.body.addWidget(self.title)
        said = t("Recorded and settled") if closed else t("Foreseen, not recorded")
        self.body.addWidget(label(said, "caption"))
        self.body.addSpacing(6)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.body.addWidget(rule())
        self.body.addSpacing(4)
        self._add_result()
        self.body.addSpacing(10)
        self._add_sharing()
        self.body.addStretch(1)
        self.note = Note(
            kit,
            t(
                "Once closed, nothing of the month can be changed. Only the chair can open it "
                "again."
            ),
            icon="lock-simple",
        )
        self.body.addWidget(self.note)
        self.note.setVisible(not closed)

    def _add_result(self) -> None:
        line = row(space=8)
        self.result_title = label("", "strong")
        self.result = figures(self._kit, "", "title")
        line.addWidget(self.result_title, 1)
        line.addWidget(self.result)
        self.body.addLayout(line)

    def _add_sharing(self) -> None:
        self.basis = label("", "caption", wrap=True)
        self.body.addWidget(label(self._t("Shared among the funds"), "card"))
        self.body.addWidget(self.basis)
        self.body.addSpacing(4)
        self._parts: list[PartBar] = []
        self._place = self.body.count()

    def show_sums(self, month: str, sums: CloseSums) -> None:
        """`month` in words."""
        t, number = self._t, self._kit.formats.number
        title = t("{month} is closed", month=month)
        self.title.setText(title if self._closed else t("If {month} is closed", month=month))
        clear(self._grid)
        place = 0
        for kind, title in _LINES:
            amount = sums.by_type.get(kind, 0)
            if amount or kind in (AccountType.INCOME, AccountType.COST, AccountType.EXPENSE):
                self._grid.addWidget(label(t(title), "body"), place, 0)
                self._grid.addWidget(figures(self._kit, number(amount)), place, 1)
                place += 1
        self.result_title.setText(t("Profit") if sums.profit >= 0 else t("Loss"))
        self.result.setText(self._kit.formats.rupiah(sums.profit))
        set_tone(self.result, "error" if sums.profit < 0 else "")

    def show_parts(
        self, names: Mapping[str, str], shares: Mapping[str, int], parts: Mapping[str, int],
        basis: str,
    ) -> None:  # fmt: skip
        """By fund: its name, percent and amount, in the order of the decision; `basis` says why."""
        for old in self._parts:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        most = max(shares.values(), default=0)
        self._parts = [PartBar(self._kit) for _ in parts]
        for place, (bar, (code, amount)) in enumerate(zip(self._parts, parts.items(), strict=True)):
            bar.show_part(names.get(code, code), shares.get(code, 0), amount, most)
            self.body.insertWidget(self._place + place, bar)
        self.basis.setText(basis)
        self.basis.setVisible(bool(self.basis.text()))
