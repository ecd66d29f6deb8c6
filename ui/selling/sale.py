"""A direct sale with its nota: any goods, or seedlings alone."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.documents.setup import Party
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Good, Selling
from ui.kit.button import Segment
from ui.kit.card import Card, Note
from ui.kit.field import MoneyField
from ui.kit.form import Form
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import Columns, CounterColumn, FromStoreRow
from ui.kit.layout import column, figures, fill, label, no_wider, row, rule
from ui.kit.look import GUTTER, SHEET
from ui.kit.more_goods import MoreGoods
from ui.kit.party import PartyPicker
from ui.kit.scrolling import Shrinking, TwoCards
from ui.kit.till import MemoField, SaveBar, SellingForm, TillCard, opens_sheet
from ui.kit.workspace import Given, Workspace

# -- The payment: what is due, and what was paid at once -----------------------------------------


_FIELD, _LEAST_FIELD = 136, 120


class PaymentCard(TillCard):
    """The payment; in full and in cash unless something else is chosen."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(form, parent, proposes=True, space=8)
        t, ui = self.t, self.ui
        self.discount = MoneyField(ui, required=False)
        self._goods, self._due = 0, figures(ui, "", "figure")
        self._sum = figures(ui, "", "strong")
        self.ways = Segment(ui, (("paid", t("Paid")), ("owed", t("Not paid yet"))))
        self.ways.chosen.connect(self._choose)
        self.body.addWidget(label(t("Payment"), "card"))
        self.upper = Shrinking(self._fields(), ui.theme.px(_LEAST_FIELD), margin=False)
        self.body.addWidget(self.upper, 1)
        self.note = Note(ui)
        fill(self.body, self.note, 4, SaveBar(form, self.till))
        for field in (self.discount, self.till.cash, self.till.bank):
            field.installEventFilter(self)
        self.discount.changed.connect(self._show)
        self.till.changed.connect(self._show)

    def _fields(self) -> QWidget:
        made, t = QWidget(), self.t
        page = column(parent=made, space=8)
        fill(page, self._line(t("Goods"), self._sum), self._line(t("Discount"), self.discount))
        off = t("Rupiah off all of it, no percentage; optional")
        self.discount.setAccessibleDescription(off)
        page.addWidget(label(off, "caption", wrap=True))
        page.addWidget(rule())
        page.addLayout(self._line(t("To be paid"), self._due))
        page.addWidget(self.ways)
        page.addSpacing(4)
        page.addLayout(self._line(t("Paid in cash"), self.till.cash))
        fill(page, self._line(t("QRIS or transfer"), self.till.bank), self.said, ...)
        return made

    def _line(self, title: str, widget: QWidget) -> QHBoxLayout:
        line = row((label(title), 1), space=8)
        if isinstance(widget, MoneyField):
            widget.setFixedWidth(self.ui.theme.px(_FIELD))
            widget.setAccessibleName(title)
        line.addWidget(widget)
        return line

    # -- what is due and what was paid -----------------------------------------------------

    @property
    def due(self) -> int:
        """What the buyer has to pay, in rupiah."""
        return self._goods - (self.discount.value() or 0)

    @property
    def owed(self) -> int:
        """What stays unpaid, in rupiah."""
        return self.due - self.till.total

    def set_goods(self, amount: int) -> None:
        """Takes what the goods come to, in rupiah."""
        self._goods = amount
        self._show()

    def _choose(self, way: str) -> None:
        if way == "owed":
            self.till.bank.put(None)
            self.till.cash.put(0)
        else:
            self.till.set_value({})
        self._show()

    def _show(self) -> None:
        formats = self.ui.formats
        self.till.set_due(max(0, self.due))
        self._sum.setText(formats.number(self._goods))
        self._due.setText(formats.rupiah(self.due))
        text, tone, strong = self._words()
        self.note.say(text, tone, strong=strong)
        with QSignalBlocker(self.ways):
            self.ways.choose("owed" if self.owed > 0 and self._goods else "paid")

    def _words(self) -> tuple[str, str, str]:
        t, rupiah = self.t, self.ui.formats.rupiah
        if not self._goods:
            return t("Fill in what was bought."), "", ""
        if self.owed > 0:
            strong = t("Not paid yet: {amount}.", amount=rupiah(self.owed))
            return t("Recorded as owed by the buyer."), "warn", strong
        if self.owed < 0:
            return t("That is more than is due."), "error", ""
        return t("Nothing is left to pay."), "good", t("Paid in full.")

    def start(self) -> None:
        """Takes the keyboard, coming from the goods."""
        self.discount.setFocus(Qt.FocusReason.TabFocusReason)

    # -- as what shows its own message -----------------------------------------------------

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the discount where it has a problem, else the cash."""
        return self.discount if self.discount.problem() else self.till.cash


# -- A row of a sale ------------------------------------------------------------------------------


class SaleRow(FromStoreRow):
    """Goods of a sale."""

    makes = SaleLine


# -- The form of a sale: buyer, goods, payment ---------------------------------------------------


_ASIDE, _LEAST = 312, 440
_BUYER = 380
"""Greatest width of the buyer: what may be wrong with her is said on one line."""
_BUYERS = ("customer", "member", "shop", "agency")


class SaleForm(SellingForm):
    """A direct sale (STREAM.md, `sale`). `seedlings`: only they are offered."""

    makes = Sale
    is_the_page = True

    def __init__(
        self,
        workspace: Workspace,
        given: Given,
        *,
        seedlings: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = "seedling_sale" if seedlings else "sale"
        super().__init__(workspace, name, given, parent=parent)
        self.seedlings = seedlings
        self.buyer = PartyPicker(self.ui, "customer")
        edit = self.buyer.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.t("Walk-in customer"))
        self.grid = GoodsGrid(self.ui, self._columns(), SaleRow)
        self.more = MoreGoods(workspace, self.grid)
        self.memo = MemoField(self.ui)
        self.more.line.insertWidget(1, self.memo.opener)
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
        self.beside = TwoCards(self.ui, _ASIDE, _LEAST)
        self.body.addLayout(no_wider(self.beside, self.ui.theme.px(SHEET)), 1)
        card = Card(margins=0, space=0)
        self.beside.add(card)
        top = row(space=12, margins=(GUTTER, 12, GUTTER, 4))
        day = self.labelled("date", self.t("Date"), self.date).keep_room()
        day.setMaximumWidth(self.ui.theme.px(264))
        buyer = self.labelled("party", self.t("Buyer"), self.buyer).keep_room()
        buyer.setMaximumWidth(self.ui.theme.px(_BUYER))
        fill(top, (day, 4, Qt.AlignmentFlag.AlignTop), (buyer, 6, Qt.AlignmentFlag.AlignTop), ...)
        fill(card.body, top, (self.grid, 1), rule(), self._foot())
        self.payment = PaymentCard(self, self.beside.ground)
        self.beside.add(self.payment)
        self.beside.stacked.connect(self.grid.area.show_whole)
        self.beside.stacked.connect(self.payment.upper.show_whole)

    def _foot(self) -> QWidget:
        foot = QWidget()
        line: QHBoxLayout = row(parent=foot, space=GUTTER, margins=(GUTTER, 10, GUTTER, 10))
        self._total = figures(self.ui, "", "title")
        sums = label(self.t("Total sales"), "caption"), self._total
        # What is written has nearly all of the room, once there is any.
        fill(line, (self.memo.row, 9), ..., *sums)
        return foot

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Selling) -> None:
        """Shows goods, buyers and cash accounts."""
        self.payment.till.accounts = known.setup.cash_accounts
        self.buyer.learn(known.setup, _BUYERS)
        goods = [good for good in known.goods if self._offers(good)]
        self.grid.show_goods([good for good in goods if good.on_hand > 0], known.goods)
        self.more.show_goods(goods, ())
        self._show_totals()

    def _offers(self, good: Good) -> bool:
        return not self.seedlings or good.item_class == "seedling"

    def _show_totals(self) -> None:
        self._total.setText(self.ui.formats.rupiah(self.grid.amount))
        self.payment.set_goods(self.grid.amount)

    # -- saving ----------------------------------------------------------------------------

    def derived(self) -> dict[str, Any]:
        """The money received, None where there was none."""
        return {"received": self.payment.till.value() or None}

    def newcomer(self) -> Party | None:
        """The buyer, where the book doesn't know her yet."""
        return self.buyer.new_party()


make_sale = opens_sheet(SaleForm, noop("Direct sale"))
make_seedling_sale = opens_sheet(partial(SaleForm, seedlings=True), noop("Sale of seedlings"))
