"""One shop beside the list: leaving goods, settling, and what went on before."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from kwt_books.domain.access import may_record
from kwt_books.queries.shops import Shop, Shops
from ui.desk import Desk
from ui.forms.consignment import ConsignmentForm
from ui.forms.sale_parts.shop import ShopForm
from ui.forms.settlement import SettlementForm
from ui.pages.shops_history import ShopHistory
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.label import Elided, column, row
from ui.widgets.tabs import Segment

_FORMS = {"consign": ConsignmentForm, "settle": SettlementForm}


class ShopPanel(Card):
    """The forms of each shop are kept, and with them what was typed for it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(margins=0, space=0)
        self.setParent(parent)
        self.desk, self.kit, self.t = desk, desk.kit, desk.kit.t
        self.shop: Shop | None = None
        self._known: Shops | None = None
        self._forms: dict[tuple[str, str], ShopForm] = {}
        self._may = may_record(desk.person.role, "consignment")
        self.body.addLayout(self._head())
        self.stack = QStackedWidget()
        self.history = ShopHistory(desk)
        self.stack.addWidget(self.history)
        self.body.addWidget(self.stack, 1)
        self._whole = False

    def show_whole(self, whole: bool) -> None:
        """Whether all goods are shown at once, and something around the panel scrolls."""
        self._whole = whole
        for form in self._forms.values():
            form.grid.area.show_whole(whole)

    def _head(self) -> QVBoxLayout:
        t, page = self.t, column(space=10)
        page.setContentsMargins(GUTTER, 12, GUTTER, 10)
        line = row(space=8)
        names = column()
        self._name, self._about = Elided("", "card"), Elided("", "caption")
        names.addWidget(self._name)
        names.addWidget(self._about)
        line.addLayout(names, 1)
        self.more = Button(self.kit, "", "dots-three").hint(t("More"))
        self.more.setMenu(self._menu())
        self.more.setVisible(self._may)
        line.addWidget(self.more)
        page.addLayout(line)
        self.debt = Note(self.kit)
        if self._may:
            self.debt.offer(t("Receive payment"), self.pay_debt)
        page.addWidget(self.debt)
        parts = (("consign", t("Leave goods")), ("settle", t("Settle")), ("history", t("History")))
        self.parts = Segment(self.kit, parts if self._may else parts[2:])
        self.parts.chosen.connect(lambda _name: self._show_part())
        self.parts.setVisible(self._may)
        page.addWidget(self.parts)
        return page

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        t = self.t
        menu.addAction(t("Receive payment of what it owes")).triggered.connect(self.pay_debt)
        menu.addAction(t("Count the goods there")).triggered.connect(self._count)
        menu.addSeparator()
        menu.addAction(t("Change name, phone or address")).triggered.connect(self._change)
        return menu

    # -- what the book says ----------------------------------------------------------------

    def show_known(self, known: Shops) -> None:
        self._known = known
        for (code, _part), form in self._forms.items():
            if known.shop(code) is not None:
                form.show_known(known)
        if self.shop is not None and (shop := known.shop(self.shop.code)) is not None:
            self.show_shop(shop)
            self.history.ask(shop.code)

    def show_shop(self, shop: Shop) -> None:
        t, formats = self.t, self.kit.formats
        fresh = self.shop is None or self.shop.code != shop.code
        self.shop = shop
        self._name.setText(shop.name)
        last = t("last goods left {day}", day=formats.day(shop.delivered)) if shop.delivered else ""
        about = " · ".join(filter(None, (shop.phone or shop.address, last)))
        self._about.setText(about or t("No goods were left there yet"))
        self.debt.setVisible(shop.owed > 0)
        if shop.owed > 0:
            day = formats.day_month(shop.owed_since) if shop.owed_since else ""
            since = t("since {day}", day=day) if day else ""
            strong = t("Owes {amount}", amount=formats.rupiah(shop.owed))
            self.debt.say(since, "warn", strong=strong)
        if fresh:
            self.history.ask(shop.code)
            if self._may and self.parts.current != "history":
                self.parts.choose("settle" if shop.shelf else "consign")
            self._show_part()

    # -- parts -----------------------------------------------------------------------------

    def choose_part(self, part: str) -> None:
        if part in ("consign", "settle", "history") and self._may:
            self.parts.choose(part)

    def _show_part(self) -> None:
        part = self.parts.current
        if self.shop is None:
            return
        self.stack.setCurrentWidget(self.history if part == "history" else self.form(part))

    def form(self, part: str) -> ShopForm:
        """The form of the shop in hand; made when first shown."""
        assert self.shop is not None
        key = (self.shop.code, part)
        if key not in self._forms:
            made = _FORMS[part](self.desk, {"shop": self.shop.code}, own=False, parent=self)
            self._forms[key] = made
            made.grid.area.show_whole(self._whole)
            self.stack.addWidget(made)
            if self._known is not None:
                made.show_known(self._known)
        return self._forms[key]

    def pay_debt(self) -> None:
        if self.shop is not None:
            self.desk.open_form("shop_debt", shop=self.shop.code)

    def _count(self) -> None:
        if self.shop is not None:
            self.desk.open_form("stock_count", place=f"shop:{self.shop.code}")

    def _change(self) -> None:
        if self.shop is not None:
            self.desk.open_form("party", code=self.shop.code)
