"""The goods of a market day, what is still to be added, and what it all comes to."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kwt_books.queries.selling import Selling, Session
from ui.forms.base import Form
from ui.forms.market_day.row import MarketRow
from ui.forms.sale_parts.columns import Columns, CounterColumn
from ui.forms.sale_parts.goods import GoodsGrid
from ui.forms.sale_parts.memo import MemoField
from ui.forms.sale_parts.more_goods import MoreGoods
from ui.tokens import GUTTER, ICON_SMALL
from ui.widgets.icon import Icon
from ui.widgets.label import column, figures, label, row, rule


class MarketGoods(QWidget):
    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self.form, self.kit, self.t = form, form.kit, form.t
        page = column(self)
        self.grid = GoodsGrid(self.kit, self._columns(), MarketRow)
        self.more = MoreGoods(form.desk, self.grid)
        self.grid.add_below(self.more)
        page.addWidget(self.grid, 1)
        page.addWidget(rule())
        self.memo = MemoField(self.kit)
        self.more.line.insertWidget(2, self.memo.opener)
        page.addWidget(self._foot())

    def _columns(self) -> Columns:
        t = self.t
        all_of_it = t("* puts in all of it")
        return Columns(
            (
                CounterColumn("taken", t("Taken"), t("Taken along. {all}", all=all_of_it)),
                CounterColumn("sold", t("Sold"), t("Sold. {all}", all=all_of_it)),
                CounterColumn("returned", t("Back"), t("Taken home again. {all}", all=all_of_it)),
                CounterColumn("spoiled", t("Spoiled"), t("Spoiled on the way or at the stall")),
                CounterColumn("sampled", t("Sampled"), t("Given to try")),
            ),
            stock=t("On hand"),
            price=t("Price"),
            amount=t("Amount"),
        )

    def _foot(self) -> QFrame:
        foot = QFrame()
        line = row(foot, space=GUTTER)
        line.setContentsMargins(GUTTER, 10, GUTTER, 10)
        words: QVBoxLayout = column(space=4)
        hint = row(space=6)
        hint.addWidget(Icon(self.kit, "info", "text2", ICON_SMALL))
        text = self.t("Grey numbers follow by themselves. Type to change them.")
        hint.addWidget(label(text, "caption", wrap=True), 1)
        words.addLayout(hint)
        self._counts = label("", "caption")
        words.addWidget(self._counts)
        words.addWidget(self.memo.row)
        line.addLayout(words, 1)
        sums: QVBoxLayout = column(space=0)
        title = figures(self.kit, self.t("Total sales"), "caption")
        self._total = figures(self.kit, "", "figure")
        sums.addWidget(title)
        sums.addWidget(self._total)
        line.addLayout(sums)
        return foot

    # -- what is shown ---------------------------------------------------------------------

    def show_known(self, known: Selling, last: Session | None) -> None:
        """Goods at hand; those of the last time that are gone are named below."""
        self.grid.show_goods([good for good in known.goods if good.on_hand > 0], known.goods)
        of_last = {line.item for line in last.lines} if last is not None else set()
        self.more.show_goods(known.goods, of_last)

    def copy(self, last: Session) -> None:
        """As many as were taken then, or as there are; at the prices of then."""
        for line in last.lines:
            if (row := self.grid.row(line.item)) is not None:
                row.counters["taken"].type_in(min(line.taken, row.good.on_hand))
                row.price.use(line.price)
        self.grid.focus_first()

    def show_totals(self) -> None:
        formats, grid = self.kit.formats, self.grid
        self._total.setText(formats.rupiah(grid.amount))
        self._counts.setText(
            self.t(
                "Taken {taken} · sold {sold} · returned {returned}",
                taken=formats.quantity(grid.total("taken")),
                sold=formats.quantity(grid.total("sold")),
                returned=formats.quantity(grid.total("returned")),
            )
        )
