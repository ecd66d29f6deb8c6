"""A sale from the store: to whom, what, and how it was paid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.documents.setup import Party
from kwt_books.queries.selling import Good, Selling
from ui.desk import Desk, Given
from ui.forms.money_party import PartyPicker
from ui.forms.sale.payment import PaymentCard
from ui.forms.sale.row import SaleRow
from ui.forms.sale_parts.beside import TwoCards
from ui.forms.sale_parts.columns import Columns, CounterColumn
from ui.forms.sale_parts.goods import GoodsGrid
from ui.forms.sale_parts.memo import MemoField
from ui.forms.sale_parts.more_goods import MoreGoods
from ui.forms.sale_parts.selling import SellingForm
from ui.tokens import GUTTER
from ui.widgets.card import Card
from ui.widgets.label import figures, label, row, rule

_ASIDE, _LEAST = 312, 440
_BUYERS = ("customer", "member", "shop", "agency")


class SaleForm(SellingForm):
    """`seedlings`: nothing else is offered. `given` may name the `item` one comes for."""

    def __init__(
        self,
        desk: Desk,
        given: Given,
        *,
        seedlings: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = "seedling_sale" if seedlings else "sale"
        super().__init__(desk, name, given, parent=parent)
        self.seedlings = seedlings
        self._wanted = str(given.get("item", ""))
        self.buyer = PartyPicker(self.kit, "customer")
        edit = self.buyer.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.t("Whoever came"))
        self.grid = GoodsGrid(self.kit, self._columns(), SaleRow)
        self.more = MoreGoods(desk, self.grid)
        self.grid.add_below(self.more)
        self.memo = MemoField(self.kit)
        self.more.line.insertWidget(2, self.memo.opener)
        self._lay_out()
        self.add("lines", self.grid, self.grid)
        self.add("received", self.payment.till, self.payment)
        self.add("discount", self.payment.discount, self.payment)
        self.add("memo", self.memo, self.memo.row)
        self.grid.changed.connect(self._show_totals)
        self.grid.finished.connect(self.payment.start)
        self.begin(**given)
        self.reload()

    # -- layout ----------------------------------------------------------------------------

    def _columns(self) -> Columns:
        t = self.t
        sold = CounterColumn("qty", t("Quantity"), t("How many were bought"))
        return Columns((sold,), t("On hand"), t("Price"), t("Amount"), counter_width=136)

    def _lay_out(self) -> None:
        self.beside = TwoCards(self.kit, _ASIDE, _LEAST)
        self.body.addWidget(self.beside, 1)
        card = Card(margins=0, space=0)
        self.beside.add(card)
        top = row(space=12)
        top.setContentsMargins(GUTTER, 12, GUTTER, 8)
        day = self.labelled("date", self.t("Date"), self.date)
        day.setMaximumWidth(self.kit.theme.px(184))
        buyer = self.labelled("party", self.t("Buyer"), self.buyer)
        buyer.setMaximumWidth(self.kit.theme.px(300))
        top.addWidget(day, 3, Qt.AlignmentFlag.AlignTop)
        top.addWidget(buyer, 4, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        card.body.addLayout(top)
        card.body.addWidget(self.grid, 1)
        card.body.addWidget(rule())
        card.body.addWidget(self._foot())
        self.payment = PaymentCard(self, self.beside.ground)
        self.beside.add(self.payment)
        self.beside.stacked.connect(self.grid.area.show_whole)
        self.beside.stacked.connect(self.payment.upper.show_whole)

    def _foot(self) -> QWidget:
        foot = QWidget()
        line: QHBoxLayout = row(foot, space=GUTTER)
        line.setContentsMargins(GUTTER, 10, GUTTER, 10)
        line.addWidget(self.memo.row, 1)
        line.addStretch(1)
        line.addWidget(label(self.t("Total sales"), "caption"))
        self._total = figures(self.kit, "", "title")
        line.addWidget(self._total)
        return foot

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Selling) -> None:
        self.payment.till.accounts = known.setup.cash_accounts
        self.buyer.learn(known.setup, _BUYERS)
        goods = [good for good in known.goods if self._offers(good)]
        self.grid.show_goods([good for good in goods if good.on_hand > 0], known.goods)
        self.more.show_goods(goods, ())
        self._show_totals()
        if (wanted := self.grid.row(self._wanted)) is not None:
            wanted.counters["qty"].setFocus(Qt.FocusReason.TabFocusReason)
            self._wanted = ""

    def _offers(self, good: Good) -> bool:
        return not self.seedlings or good.item_class == "seedling"

    def _show_totals(self) -> None:
        self._total.setText(self.kit.formats.rupiah(self.grid.amount))
        self.payment.set_goods(self.grid.amount)

    # -- saving ----------------------------------------------------------------------------

    def to_command(self) -> Sale:
        day = self.date.value()
        assert day is not None
        return Sale(
            id=self.command_id,
            date=day,
            lines=tuple(
                SaleLine(item=each.good.code, qty=each.number("qty"), price=each.price.special)
                for each in self.grid.filled
            ),
            received=self.payment.till.received() or None,
            discount=self.payment.discount.number() or 0,
            party=self.buyer.party_code(),
            memo=self.memo.value(),
        )

    def newcomer(self) -> Party | None:
        return self.buyer.new_party()
