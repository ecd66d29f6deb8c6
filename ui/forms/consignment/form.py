"""What is left at a shop: from what stands in the store, at the price of the last time."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from kwt_books.domain.documents.consignment import Consignment
from kwt_books.domain.documents.lines import ItemLine
from kwt_books.queries.selling import Good
from ui.desk import Desk, Given
from ui.forms.sale_parts.columns import Columns, CounterColumn
from ui.forms.sale_parts.goods import GoodsGrid
from ui.forms.sale_parts.memo import MemoField
from ui.forms.sale_parts.more_goods import MoreGoods
from ui.forms.sale_parts.row import GoodsRow
from ui.forms.sale_parts.shop import SaveButtons, ShopForm
from ui.tokens import GUTTER
from ui.widgets.label import column, figures, label, row, rule


class ConsignmentRow(GoodsRow):
    """The price is what it will be settled at; nothing of it is recorded now."""

    def lay_out(self, *, wide: bool) -> None:
        super().lay_out(wide=wide)
        self.price.setReadOnly(True)
        self.price.setToolTip("")

    def sold(self) -> int:
        return self.number("qty")

    def show_stock(self, on_hand: int) -> None:
        super().show_stock(on_hand)
        self.show_there(self.kit.t("stock {quantity}", quantity=self.kit.formats.quantity(on_hand)))

    def remark(self) -> tuple[str, str]:
        if (said := super().remark())[0] or self.sold() <= self.good.on_hand:
            return said
        text = self.kit.t(
            "Only {available} {unit} of {item} are in the store.",
            available=self.kit.formats.quantity(max(0, self.good.on_hand)),
            unit=self.good.unit,
            item=self.good.name,
        )
        return text, "error"


class ConsignmentForm(ShopForm):
    def __init__(
        self, desk: Desk, given: Given, *, own: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "consignment", given, own=own, parent=parent)
        self.body.setSpacing(0)
        self.buttons = SaveButtons(self)
        t = self.t
        left = CounterColumn("qty", t("Left there"), t("How many are left there now"))
        headings = t("On hand"), t("Price"), t("Amount")
        columns = Columns((left,), *headings, counter_width=112, tight=True)
        self.grid = GoodsGrid(self.kit, columns, ConsignmentRow)
        self.more = MoreGoods(desk, self.grid)
        self.grid.add_below(self.more)
        self.memo = MemoField(self.kit)
        self.more.line.insertWidget(2, self.memo.opener)
        top = self.top()
        top.setContentsMargins(GUTTER, 0, GUTTER, 8)
        self.body.addLayout(top)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(rule())
        self.body.addWidget(self._foot())
        self.add("lines", self.grid, self.grid)
        self.add("memo", self.memo, self.memo.row)
        self.grid.changed.connect(self._show_total)
        self.grid.finished.connect(self.buttons.start)
        self.begin(**(given if own else {}))

    def _foot(self) -> QWidget:
        foot = QWidget()
        page = column(foot, space=12)
        page.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        page.addWidget(self.memo.row)
        line = row(space=8)
        line.addWidget(label(self.t("Sells for")))
        line.addStretch(1)
        self._total = figures(self.kit, "", "title")
        line.addWidget(self._total)
        page.addLayout(line)
        page.addWidget(self.buttons)
        return foot

    def show_shop(self) -> None:
        if self.known is None:
            return
        goods = [self._at_shop(good) for good in self.known.goods]
        self.grid.show_goods([good for good in goods if good.on_hand > 0], goods)
        self.more.show_goods(goods, None)
        self._show_total()

    def _at_shop(self, good: Good) -> Good:
        """With the price that was last settled there."""
        here = self.here
        assert self.known is not None
        price = self.known.price(here.code, good.code) if here is not None else good.price
        return replace(good, price=price)

    def _show_total(self) -> None:
        self._total.setText(self.kit.formats.rupiah(self.grid.amount))

    def to_command(self) -> Consignment:
        day = self.date.value()
        assert day is not None
        return Consignment(
            id=self.command_id,
            date=day,
            shop=self.shop.code() or "",
            lines=tuple(
                ItemLine(item=each.good.code, qty=each.number("qty")) for each in self.grid.filled
            ),
            memo=self.memo.value(),
        )
