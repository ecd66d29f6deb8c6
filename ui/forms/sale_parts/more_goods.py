"""Below the rows: goods that are out of stock, and a way to add others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Good
from ui.desk import Desk
from ui.forms.sale_parts.columns import AMOUNT, GAP, PRICE, STOCK, Columns
from ui.forms.sale_parts.goods import GoodsGrid
from ui.forms.sale_parts.names import name_and_size
from ui.forms.tabbing import tabbed_before
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.icon import Disc
from ui.widgets.label import Elided, column, figures, label, row, rule
from ui.widgets.picker import Picker

_NAMED = 8
"""As many goods as this are all named, in stock or not."""
_SOURCES = {
    "produce": (noop("Nothing in store, harvest first"), "harvest"),
    "finished": (noop("Nothing in store, produce first"), "production"),
    "seedling": (noop("Nothing ready for sale yet"), "seedlings_ready"),
}
"""By class of goods: what is said, and the form that brings some."""


class GoneRow(QWidget):
    """Goods that there are none of, in the columns of the grid."""

    def __init__(self, desk: Desk, good: Good, columns: Columns) -> None:
        super().__init__()
        self.code = good.code
        kit = desk.kit
        page = column(self)
        line = row(space=GAP)
        line.setContentsMargins(GUTTER, 4, GUTTER, 4)
        name, size = name_and_size(good.name, good.unit)
        said = Elided(name, "body", "quiet")
        said.setToolTip(f"{good.name}, {size}")
        line.addWidget(said, 1)
        self._add(line, figures(kit, "0", tone="quiet"), kit.theme.px(STOCK))
        price = kit.formats.number(good.price) if good.price else "–"
        made = figures(kit, price, tone="quiet")
        made.setContentsMargins(0, 0, kit.theme.px(7), 0)
        self._add(line, made, kit.theme.px(PRICE))
        text, form = _SOURCES.get(good.item_class, (noop("Nothing in store"), ""))
        counters = len(columns.counters) * (columns.counter_width + GAP) - GAP
        self._rest = kit.theme.px(counters + AMOUNT + GAP)
        self._least = kit.theme.px(120)
        self._said: QWidget = Elided(kit.t(text), "caption")
        self.button: Button | None = None
        if form:
            button = Button(kit, kit.t(text), kind="quiet", scale="small").hint(kit.t(text))
            button.setProperty("calm", True)
            self._said = self.button = button.when_clicked(
                lambda: desk.open_form(form, item=good.code)
            )
        self._add(line, self._said, self._rest)
        page.addLayout(line)
        page.addWidget(rule(thin=True))

    def lay_out(self, *, wide: bool) -> None:
        """In the columns of the grid, or in as little room as there is."""
        self._said.setMinimumWidth(self._rest if wide else self._least)
        self._said.setMaximumWidth(self._rest)

    @staticmethod
    def _add(line: QHBoxLayout, widget: QWidget, width: int) -> None:
        widget.setFixedWidth(width)
        line.addWidget(widget)


class MoreGoods(QWidget):
    """`show_goods` after the grid has got its rows."""

    def __init__(self, desk: Desk, grid: GoodsGrid) -> None:
        super().__init__()
        self._desk, self._kit, self._grid = desk, desk.kit, grid
        self._goods: dict[str, Good] = {}
        self.gone: list[GoneRow] = []
        page = column(self)
        self._rows = column()
        page.addLayout(self._rows)
        self._nothing = self._make_nothing()
        page.addWidget(self._nothing)
        grid.wide_changed.connect(self._lay_out)
        self._foot = QWidget()
        line = row(self._foot, space=8)
        line.setContentsMargins(4, 8, GUTTER, 8)
        t = self._kit.t
        self.add = Button(self._kit, t("Add goods"), "plus", kind="quiet").when_clicked(self._pick)
        self.picker = Picker(self._kit, required=False, placeholder=t("Type the name of the goods"))
        self.picker.setAccessibleName(t("Add goods"))
        self.picker.setFixedWidth(self._kit.theme.px(260))
        self.picker.changed.connect(self._picked)
        self.picker.hide()
        line.addWidget(self.add)
        line.addWidget(self.picker)
        self.line = line
        """Where other things to add may stand as well."""
        line.addStretch(1)
        page.addWidget(self._foot)

    def _make_nothing(self) -> QWidget:
        """What is shown in a book that has nothing to sell."""
        t, made = self._kit.t, QWidget()
        page = column(made, space=8, margins=32)
        centre, policy = Qt.AlignmentFlag.AlignHCenter, QSizePolicy.Policy
        made.setSizePolicy(policy.Preferred, policy.Expanding)
        page.addStretch(1)
        page.addWidget(Disc(self._kit, "shopping-bag-open", 56), 0, centre)
        page.addWidget(label(t("There is nothing to sell yet"), "card"), 0, centre)
        page.addWidget(
            label(t("Set up what is grown and sold, with prices."), "caption"), 0, centre
        )
        button = Button(self._kit, t("Open the settings"), "gear-six")
        page.addWidget(button.when_clicked(lambda: self._desk.go("settings", "items")), 0, centre)
        page.addStretch(1)
        made.hide()
        return made

    def _lay_out(self, wide: bool) -> None:
        for gone in self.gone:
            gone.lay_out(wide=wide)

    def show_goods(self, goods: Sequence[Good], named: Collection[str] | None) -> None:
        """`named`: the goods that are shown even if there are none; None: no such are."""
        self._nothing.setVisible(not goods)
        self._foot.setVisible(bool(goods))
        self._goods = {good.code: good for good in goods}
        for old in self.gone:
            self._rows.removeWidget(old)
            old.deleteLater()
        few, there = len(goods) <= _NAMED, self._there
        shown = [good for good in goods if few or good.code in (named or ())]
        if named is None:
            shown = []
        self.gone = [
            GoneRow(self._desk, good, self._grid.columns)
            for good in shown
            if good.code not in there
        ]
        for made in self.gone:
            made.lay_out(wide=self._grid.is_wide)
            self._rows.addWidget(made)
            self._put_in_tab_order(made)
        self._offer()

    def _put_in_tab_order(self, made: GoneRow) -> None:
        """Behind the goods above it, not behind all of the window."""
        before = tabbed_before(self.add)
        if before is not None and made.button is not None:
            QWidget.setTabOrder(before, made.button)

    @property
    def _there(self) -> set[str]:
        return {good.code for good in self._grid.goods}

    def _offer(self) -> None:
        there = self._there
        left = [good for good in self._goods.values() if good.code not in there]
        self.picker.set_choices([(good.code, good.name) for good in left])
        self.add.setVisible(bool(left) and self.picker.isHidden())
        for gone in self.gone:
            gone.setVisible(gone.code not in there)

    def _pick(self) -> None:
        self.add.hide()
        self.picker.show()
        self.picker.setFocus(Qt.FocusReason.TabFocusReason)

    def _picked(self) -> None:
        code = self.picker.code()
        if code is not None:
            self.picker.hide()
            self.picker.choose(None)
            self.take(code)

    def take(self, code: str) -> None:
        """A row to fill in, though the book has none of it yet."""
        made = self._grid.add_good(self._goods[code])
        self._offer()
        next(iter(made.counters.values())).setFocus(Qt.FocusReason.TabFocusReason)
