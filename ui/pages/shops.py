"""Warung: what stands at each shop, what it owes and since when; leaving goods and settling."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from kwt_books.domain.access import may_record
from kwt_books.queries.shops import Shop, Shops
from ui.desk import Desk
from ui.forms.sale_parts.beside import TwoCards
from ui.pages.base import Page
from ui.pages.shops_panel import ShopPanel
from ui.pages.shops_rows import shop_row, shown_goods
from ui.tasks import Change
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, figures, label, row, rule, set_tone
from ui.widgets.list_table import Heading, ListTable
from ui.widgets.seek_field import SeekField

_PANEL, _LEAST, _FEW = 472, 520, 4
_CONCERNS = {
    "party", "item", "consignment", "consignment_settlement", "receipt", "correction",
    "opening_balance", "stock_count", "harvest", "production", "market_day", "sale",
    "seedlings_ready", "grant", "distribution", "purchase",
}  # fmt: skip


class ShopsPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: Shops | None = None
        self._wanted: tuple[str, str] = ("", "")
        self.beside = TwoCards(self.kit, _PANEL, _LEAST)
        self.body.addWidget(self.beside, 1)
        self._make_list()
        self.panel = ShopPanel(desk, self.beside.ground)
        self.beside.add(self.panel)
        self.beside.stacked.connect(self._stacked)
        self.empty = self._make_empty()
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # -- layout ----------------------------------------------------------------------------

    def _make_list(self) -> None:
        t, card = self.t, Card(margins=0, space=0)
        self.beside.add(card)
        top = row(space=12)
        top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.seek = SeekField(self.kit, t("Search shops or goods"))
        self.seek.setMaximumWidth(self.kit.theme.px(260))
        self.seek.textChanged.connect(lambda _text: self._fill())
        top.addWidget(self.seek, 1)
        top.addStretch(1)
        if may_record(self.desk.person.role, "party"):
            add = Button(self.kit, t("Add a shop"), "plus").when_clicked(self._add_shop)
            top.addWidget(add)
        card.body.addLayout(top)
        self.table = ListTable(
            self.kit,
            (
                Heading(t("Shop")),
                Heading(t("Goods there"), figures=True),
                Heading(t("Sells for"), figures=True),
                Heading(t("Not paid yet"), figures=True),
                Heading(t("Last settled"), figures=True),
            ),
            ROW_TWO_LINES,
        )
        self.table.chosen.connect(self._choose)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        page = column(foot)
        page.addWidget(rule())
        line = row(space=8)
        line.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self._count = label("", "caption")
        line.addWidget(self._count)
        line.addStretch(1)
        self._value, self._owed = figures(self.kit, "", "strong"), figures(self.kit, "", "strong")
        sums: tuple[tuple[str, QLabel], ...] = (
            (self.t("Sells for"), self._value),
            (self.t("Not paid yet"), self._owed),
        )
        for title, figure in sums:
            line.addSpacing(12)
            line.addWidget(label(title))
            line.addWidget(figure)
        page.addLayout(line)
        return foot

    def _make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.kit,
            "storefront",
            t("No shops yet"),
            t("Set up the shops where you leave goods. Then what stands there, and what is "
              "owed, is known at any time."),
        )  # fmt: skip
        if may_record(self.desk.person.role, "party"):
            empty.offer(t("Add a shop"), self._add_shop, "plus")
        return empty

    def _stacked(self, stacked: bool) -> None:
        """Below each other the list shows a few shops, and the page scrolls."""
        shops = len(self._known.shops) if self._known is not None else _FEW
        few = self.kit.theme.px(40 + min(_FEW, shops) * ROW_TWO_LINES)
        self.table.setMinimumHeight(few if stacked else 0)
        self.panel.show_whole(stacked)

    def _add_shop(self) -> None:
        self.desk.open_form("party", role="shop")

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & _CONCERNS)

    def follows_month(self) -> bool:
        return False

    def refresh(self) -> None:
        self.ask(lambda book: book.shops(), self._show)

    def _show(self, known: Shops) -> None:
        self._known = known
        self.beside.setVisible(bool(known.shops))
        self.empty.setVisible(not known.shops)
        self.panel.show_known(known)
        self._stacked(self.beside.is_stacked)
        self._fill()
        self._show_sums(known)
        self._go_on()

    def _fill(self) -> None:
        if self._known is None:
            return
        known, sought = self._known, self.seek.text().strip().casefold()
        shops = [shop for shop in known.shops if sought in _sought_in(shop)]
        self.table.show_rows([shop_row(self.kit, shop, known.today) for shop in shops])
        if shops and self.table.key is None:
            self.table.choose(shops[0].code)

    def _show_sums(self, known: Shops) -> None:
        t, rupiah = self.t, self.kit.formats.rupiah
        holding = sum(bool(shop.shelf) for shop in known.shops)
        owed = sum(shop.owed for shop in known.shops)
        self._count.setText(t.ngettext("{n} shop with goods", "{n} shops with goods", holding))
        self._value.setText(rupiah(sum(shop.value for shop in known.shops)))
        self._owed.setText(rupiah(owed))
        set_tone(self._owed, "warn" if owed > 0 else "")

    def _choose(self, code: str) -> None:
        if self._known is not None and (shop := self._known.shop(code)) is not None:
            self.panel.show_shop(shop)

    # -- getting about ---------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """`siti`, or `siti/settle`: a shop, and what is to be done there."""
        code, _, act = part.partition("/")
        self._wanted = (code, act)
        if self._known is not None and not self._stale:
            self._go_on()

    def _go_on(self) -> None:
        code, act = self._wanted
        self._wanted = ("", "")
        if code:
            self.seek.clear()
            self.table.choose(code)
            self.panel.choose_part(act)

    def search(self, text: str) -> None:
        self.seek.setText(text)


def _sought_in(shop: Shop) -> str:
    words = (shop.name, shop.address, shop.phone, shown_goods(shop))
    return " ".join(words).casefold()
