"""The settling up with a shop, starting from what stands there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kwt_books.domain.documents.consignment import ConsignmentSettlement, SettlementLine
from kwt_books.queries.selling import Good
from kwt_books.queries.shops import ShelfGood, Shop
from ui.desk import Desk, Given
from ui.forms.sale_parts.columns import Columns, CounterColumn
from ui.forms.sale_parts.goods import GoodsGrid
from ui.forms.sale_parts.memo import MemoField
from ui.forms.sale_parts.names import name_and_size
from ui.forms.sale_parts.shop import SaveButtons, ShopForm
from ui.forms.sale_parts.till import Till
from ui.forms.settlement.row import SettlementRow
from ui.tokens import GUTTER
from ui.widgets.card import Note
from ui.widgets.field import FieldRow, MoneyField
from ui.widgets.label import column, figures, label, row, rule

_QUIET = 8
"""Around the icon of a button without an edge: it stands in line with what is below."""


class SettlementForm(ShopForm):
    def __init__(
        self, desk: Desk, given: Given, *, own: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "settlement", given, own=own, parent=parent)
        self.body.setSpacing(0)
        self.grid = GoodsGrid(self.kit, self._columns(), SettlementRow)
        self.stays = label("", "caption", wrap=True)
        self.memo = MemoField(self.kit, small=True)
        self._below = self._below_goods()
        self._below.hide()
        self.grid.add_below(self._below)
        self.till = Till(self.kit, proposes=True)
        self.commission = MoneyField(self.kit, required=False)
        top = self.top()
        top.setContentsMargins(GUTTER, 0, GUTTER, 8)
        self.body.addLayout(top)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(rule())
        self.body.addWidget(self._foot())
        self.add("lines", self.grid, self.grid)
        self.add("memo", self.memo, self.memo.row)
        self.grid.changed.connect(self._show_due)
        self.grid.finished.connect(self._to_money)
        self.commission.changed.connect(self._show_due)
        self.till.changed.connect(self._show_due)
        self.begin(**(given if own else {}))

    def _columns(self) -> Columns:
        t = self.t
        all_of_it = t("* puts in all of it")
        return Columns(
            (
                CounterColumn("sold", t("Sold"), t("Sold. {all}", all=all_of_it)),
                CounterColumn("returned", t("Back"), t("Taken home again. {all}", all=all_of_it)),
                CounterColumn("spoiled", t("Spoiled"), t("Spoiled at the shop")),
            ),
            t("At the shop"),
            t("Price"),
            t("Amount"),
            counter_width=72,
            tight=True,
        )

    def _foot(self) -> QWidget:
        foot, t = QWidget(), self.t
        page = column(foot, space=10)
        page.setContentsMargins(GUTTER, 10, GUTTER, GUTTER)
        line = row(space=8)
        line.addWidget(label(t("To be handed over")))
        line.addStretch(1)
        self._due = figures(self.kit, "", "figure")
        line.addWidget(self._due)
        page.addLayout(line)
        across = row(space=12)
        self.cash_row = self._amount(t("Paid in cash"), self.till.cash)
        self.add("received", self.till, self.cash_row)
        across.addWidget(self.cash_row, 1, Qt.AlignmentFlag.AlignTop)
        bank = self._amount(t("QRIS or transfer"), self.till.bank)
        across.addWidget(bank, 1, Qt.AlignmentFlag.AlignTop)
        kept = t("Rupiah; may be empty")
        share = self.labelled("commission", t("Shop's commission"), self.commission, kept)
        across.addWidget(share, 1, Qt.AlignmentFlag.AlignTop)
        page.addLayout(across)
        self.remains = Note(self.kit)
        page.addWidget(self.remains)
        page.addWidget(SaveButtons(self))
        return foot

    def _below_goods(self) -> QWidget:
        made = QWidget()
        page = column(made, space=4)
        page.setContentsMargins(GUTTER, 2, GUTTER - _QUIET, 4)
        line = row(space=8)
        line.addWidget(self.stays, 1)
        line.addWidget(self.memo.opener)
        page.addLayout(line)
        words = row()
        words.setContentsMargins(0, 0, _QUIET, 0)
        words.addWidget(self.memo.row)
        page.addLayout(words)
        return made

    def _to_money(self) -> None:
        self.till.cash.setFocus(Qt.FocusReason.TabFocusReason)

    def _amount(self, title: str, field: MoneyField) -> FieldRow:
        return FieldRow(self.kit, title, field)

    # -- what is known of the book ---------------------------------------------------------

    def show_shop(self) -> None:
        here, known = self.here, self.known
        if known is None:
            return
        self.till.accounts = known.setup.cash_accounts
        self._below.setVisible(here is not None)
        shelf = here.shelf if here is not None else ()
        prices = {each.item: each.price for each in shelf}
        gone = [
            replace(good, on_hand=0, price=known.price(here.code, good.code))
            for good in known.goods
            if here is not None and good.code not in prices
        ]
        self.grid.show_goods([_good(each) for each in shelf], gone)
        self._show_due()

    # -- what is due -----------------------------------------------------------------------

    @property
    def due(self) -> int:
        return self.grid.amount - (self.commission.number() or 0)

    def _show_due(self) -> None:
        self.till.set_due(max(0, self.due))
        self._due.setText(self.kit.formats.rupiah(self.due))
        self.stays.setText(self._staying())
        self.stays.setVisible(self.here is not None)
        text, tone, strong = self._words(self.here)
        self.remains.say(text, tone, strong=strong)

    def _staying(self) -> str:
        formats = self.kit.formats
        names = []
        for good in self.grid.goods:
            row = self.grid.rows.get(good.code)
            stays = row.stays if isinstance(row, SettlementRow) else good.on_hand
            if stays > 0:
                name = name_and_size(good.name, "")[0]
                names.append(f"{formats.quantity(stays)} {name[:1].lower()}{name[1:]}")
        if not self.grid.goods:
            return self.t("There are no goods at this shop.")
        if not names:
            return self.t("Nothing stays at the shop")
        return self.t("Stays at the shop: {goods}", goods=", ".join(names))

    def _words(self, here: Shop | None) -> tuple[str, str, str]:
        t, rupiah = self.t, self.kit.formats.rupiah
        if here is None:
            return t("Choose the shop first."), "", ""
        if not self.grid.filled:
            return t("Fill in what was sold, brought back or spoiled."), "", ""
        left = self.due - self.till.total
        before = here.owed
        if left > 0:
            text = t("Kept as what the shop owes.")
            if before > 0:
                text = t("With what it owed before: {amount}.", amount=rupiah(before + left))
            return text, "warn", t("Not paid yet: {amount}.", amount=rupiah(left))
        if left < 0:
            return self._too_much(-left, before)
        if before > 0:
            text = t("From before it still owes {amount}.", amount=rupiah(before))
            return text, "warn", t("This is paid in full.")
        return t("Nothing is left to pay."), "good", t("Paid in full.")

    def _too_much(self, over: int, before: int) -> tuple[str, str, str]:
        t, rupiah = self.t, self.kit.formats.rupiah
        strong = t("{amount} more than is due.", amount=rupiah(over))
        if before <= 0:
            return t("See whether all that was sold is filled in."), "error", strong
        return t("Record what is paid of the old debt by itself."), "error", strong

    # -- saving ----------------------------------------------------------------------------

    def to_command(self) -> ConsignmentSettlement:
        day = self.date.value()
        assert day is not None
        return ConsignmentSettlement(
            id=self.command_id,
            date=day,
            shop=self.shop.code() or "",
            lines=tuple(
                SettlementLine(
                    item=each.good.code,
                    price=each.price.price,
                    **{key: each.number(key) for key in each.counters},
                )
                for each in self.grid.filled
            ),
            received=self.till.received() or None,
            commission=self.commission.number() or 0,
            memo=self.memo.value(),
        )


def _good(each: ShelfGood) -> Good:
    return Good(each.item, each.name, each.unit, "", each.price, each.quantity)
