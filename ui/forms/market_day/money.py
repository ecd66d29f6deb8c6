"""The money of a market day: counted piece by piece, QRIS apart, and whether it is right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from kwt_books.domain.accounts import BANK, CASH_BOX
from ui.forms.base import Form
from ui.forms.money_words import account_name
from ui.forms.sale_parts.money_card import TillCard
from ui.forms.sale_parts.save_bar import SaveBar
from ui.forms.sale_parts.shrinking import Shrinking
from ui.tokens import ICON_LARGE
from ui.widgets.card import Note
from ui.widgets.denominations import DenominationGrid
from ui.widgets.icon import Icon
from ui.widgets.label import Elided, column, figures, label, row, rule

_LEAST = 80
_MUCH = 10
"""A difference above a tenth of the sales is worth a second count."""


class MoneyCard(TillCard):
    """`till` holds the amounts; typing one for the cash puts the pieces away."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(form, parent, proposes=False, space=5)
        t, kit = self.t, self.kit
        self.denominations = DenominationGrid(kit)
        self._counted = 0
        self._heading()
        pieces = QWidget()
        page = column(pieces)
        page.addWidget(self.denominations, 1)
        page.addStretch()
        self.upper = Shrinking(pieces, kit.theme.px(_LEAST))
        self.body.addWidget(self.upper, 1)
        self.body.addWidget(rule())
        self._titles: dict[str, Elided] = {}
        self.body.addLayout(self._fields())
        self.body.addWidget(self.said)
        self.body.addWidget(rule())
        self._counted_text, self._due_text = figures(kit, "", "strong"), figures(kit, "", "strong")
        self.body.addLayout(self._line(t("Counted"), self._counted_text))
        self.body.addLayout(self._line(t("Should be"), self._due_text))
        self.note = Note(kit)
        self.body.addWidget(self.note)
        self.body.addSpacing(3)
        self.buttons = SaveBar(form, self.till)
        self.body.addWidget(self.buttons)
        self.denominations.changed.connect(self._pieces_changed)
        self.till.cash.textEdited.connect(self._amount_typed)
        self.till.changed.connect(self.show_difference)

    def _heading(self) -> None:
        self.body.setContentsMargins(16, 12, 16, 16)
        line = row(space=8)
        line.addWidget(label(self.t("Money received"), "card"))
        line.addStretch(1)
        line.addWidget(label(self.t("without the float"), "quiet"))
        self.body.addLayout(line)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        rows = (("cash", "money", self.till.cash), ("bank", "qr-code", self.till.bank))
        for place, (key, icon, field) in enumerate(rows):
            field.setProperty("scale", "small")
            field.setFixedWidth(self.kit.theme.px(124))
            field.installEventFilter(self)
            self._titles[key] = Elided("")
            grid.addWidget(Icon(self.kit, icon, "text2", ICON_LARGE), place, 0)
            grid.addWidget(self._titles[key], place, 1)
            grid.addWidget(field, place, 2)
        self._show_accounts()
        return grid

    def _show_accounts(self) -> None:
        """An account is named where it is not the usual one."""
        till = self.till
        names = {each.code: account_name(self.kit, each) for each in till.accounts}
        shown = (
            ("cash", self.t("Cash counted"), till.cash_account, CASH_BOX),
            ("bank", self.t("QRIS"), till.bank_account, BANK),
        )
        for key, title, account, usual in shown:
            self._titles[key].setText(title if account == usual else names.get(account, account))

    def _line(self, title: str, figure: QLabel) -> QGridLayout:
        line = QGridLayout()
        line.addWidget(label(title), 0, 0)
        line.addWidget(figure, 0, 1)
        return line

    # -- how the two ways of counting go together ------------------------------------------

    def _pieces_changed(self) -> None:
        total = self.denominations.total
        if total:
            self.till.cash.put(total)
        elif self._counted:
            self.till.cash.put(None)
        self._counted = total

    def _amount_typed(self) -> None:
        self._counted = 0
        self.denominations.set_counts({})

    def start(self) -> None:
        """The keyboard comes here from the goods."""
        first = self.denominations.findChild(QLineEdit)
        (first or self.till.cash).setFocus(Qt.FocusReason.TabFocusReason)

    # -- whether it is right ---------------------------------------------------------------

    def set_due(self, amount: int, *, sold: bool) -> None:
        self.till.set_due(amount)
        self.till.is_needed = sold
        self.show_difference()

    def show_difference(self) -> None:
        self._show_accounts()
        formats, till = self.kit.formats, self.till
        self._counted_text.setText(formats.number(till.total) if till.is_filled else "–")
        self._due_text.setText(formats.number(till.due))
        text, tone, strong = self._words(till.total - till.due)
        self.note.say(text, tone, strong=strong)

    def _words(self, difference: int) -> tuple[str, str, str]:
        t, till = self.t, self.till
        if not till.is_filled:
            return t("Count the money to see whether it is right."), "", ""
        if not difference:
            return t("The money is what was sold."), "good", t("Exactly right.")
        amount = self.kit.formats.rupiah(abs(difference))
        strong = t("Cash is {amount} short.", amount=amount)
        if difference > 0:
            strong = t("Cash is {amount} over.", amount=amount)
        if abs(difference) * _MUCH > till.due:
            return t("Better count once more before saving."), "warn", strong
        return t("Recorded as a cash difference."), "warn", strong
