"""What a buyer has to pay, and what of it was paid at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forms.base import Form
from ui.forms.sale_parts.money_card import TillCard
from ui.forms.sale_parts.save_bar import SaveBar
from ui.forms.sale_parts.shrinking import Shrinking
from ui.widgets.card import Note
from ui.widgets.field import MoneyField
from ui.widgets.label import column, figures, label, row, rule
from ui.widgets.tabs import Segment

_FIELD, _LEAST = 136, 120


class PaymentCard(TillCard):
    """Paid in full and in cash, until one says otherwise."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(form, parent, proposes=True, space=8)
        t, kit = self.t, self.kit
        self.discount = MoneyField(kit, required=False)
        self._goods, self._due = 0, figures(kit, "", "figure")
        self._sum = figures(kit, "", "strong")
        self.ways = Segment(kit, (("paid", t("Paid")), ("owed", t("Not paid yet"))))
        self.ways.chosen.connect(self._choose)
        self.body.addWidget(label(t("Payment"), "card"))
        self.upper = Shrinking(self._fields(), kit.theme.px(_LEAST))
        self.body.addWidget(self.upper, 1)
        self.note = Note(kit)
        self.body.addWidget(self.note)
        self.body.addSpacing(3)
        self.body.addWidget(SaveBar(form, self.till))
        for field in (self.discount, self.till.cash, self.till.bank):
            field.installEventFilter(self)
        self.discount.changed.connect(self._show)
        self.till.changed.connect(self._show)

    def _fields(self) -> QWidget:
        made, t = QWidget(), self.t
        page = column(made, space=8)
        page.addLayout(self._line(t("Goods"), self._sum))
        page.addLayout(self._line(t("Discount"), self.discount))
        off = t("Rupiah off all of it, no percentage; may stay empty")
        self.discount.setAccessibleDescription(off)
        page.addWidget(label(off, "caption", wrap=True))
        page.addWidget(rule())
        page.addLayout(self._line(t("To be paid"), self._due))
        page.addWidget(self.ways)
        page.addSpacing(4)
        page.addLayout(self._line(t("Paid in cash"), self.till.cash))
        page.addLayout(self._line(t("QRIS or transfer"), self.till.bank))
        page.addWidget(self.said)
        page.addStretch(1)
        return made

    def _line(self, title: str, widget: QWidget) -> QHBoxLayout:
        line = row(space=8)
        line.addWidget(label(title), 1)
        if isinstance(widget, MoneyField):
            widget.setFixedWidth(self.kit.theme.px(_FIELD))
            widget.setAccessibleName(title)
        line.addWidget(widget)
        return line

    # -- what is due and what was paid -----------------------------------------------------

    @property
    def due(self) -> int:
        return self._goods - (self.discount.number() or 0)

    @property
    def owed(self) -> int:
        return self.due - self.till.total

    def set_goods(self, amount: int) -> None:
        self._goods = amount
        self._show()

    def _choose(self, way: str) -> None:
        if way == "owed":
            self.till.bank.put(None)
            self.till.cash.put(0)
        else:
            self.till.restore({})
        self._show()

    def _show(self) -> None:
        formats = self.kit.formats
        self.till.set_due(max(0, self.due))
        self._sum.setText(formats.number(self._goods))
        self._due.setText(formats.rupiah(self.due))
        text, tone, strong = self._words()
        self.note.say(text, tone, strong=strong)
        blocked = self.ways.blockSignals(True)
        self.ways.choose("owed" if self.owed > 0 and self._goods else "paid")
        self.ways.blockSignals(blocked)

    def _words(self) -> tuple[str, str, str]:
        t, rupiah = self.t, self.kit.formats.rupiah
        if not self._goods:
            return t("Fill in what was bought."), "", ""
        if self.owed > 0:
            strong = t("Not paid yet: {amount}.", amount=rupiah(self.owed))
            return t("Kept as what the buyer owes."), "warn", strong
        if self.owed < 0:
            return t("That is more than is due."), "error", ""
        return t("Nothing is left to pay."), "good", t("Paid in full.")

    def start(self) -> None:
        """The keyboard comes here from the goods."""
        self.discount.setFocus(Qt.FocusReason.TabFocusReason)

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        return self.discount if self.discount.problem() else self.till.cash
