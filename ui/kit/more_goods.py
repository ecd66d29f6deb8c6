"""Below a grid of goods: those that are out of stock, and a menu that adds others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Good
from ui.kit.button import Button
from ui.kit.card import Disc
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import AMOUNT, GAP, PRICE, STOCK, Columns
from ui.kit.layout import Elided, column, figures, fill, label, row, rule, tabbed_before, tooltip
from ui.kit.look import GUTTER, UiContext
from ui.kit.picker import Picker
from ui.kit.workspace import Workspace
from ui.kit.written import name_and_size

_NAMED = 8
"""Up to so many goods all are shown, in stock or not."""
_SOURCES = {
    "produce": (noop("Nothing in store, harvest first"), "harvest"),
    "finished": (noop("Nothing in store, produce first"), "production"),
    "seedling": (noop("Nothing ready for sale yet"), "seedlings_ready"),
}
"""By class of goods: words, and the form by which some get into the store."""


class GoneRow(QWidget):
    """Goods that are out of stock, in the columns of the grid; a narrow grid, which has none for
    stock and price, leaves their room to the words.
    """

    def __init__(self, workspace: Workspace, good: Good, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = good.code
        ui = workspace.ui
        page = column(parent=self)
        name, size = name_and_size(good.name, good.unit)
        said = Elided(name, "body", "quiet")
        said.setToolTip(tooltip(f"{good.name}, {size}"))
        line = row((said, 1), space=GAP, margins=(GUTTER, 4, GUTTER, 4))
        self._tight = columns.tight
        if not self._tight:
            self._add_figures(line, ui, good)
        counters = len(columns.counters) * (columns.counter_width + GAP) - GAP
        self._rest = ui.theme.px(counters + AMOUNT + GAP)
        self._least = ui.theme.px(120)
        self.button: Button | None = None
        self._said = self._words(workspace, good)
        line.addWidget(self._said, 2 if self._tight else 0)
        fill(page, line, rule(thin=True))

    @staticmethod
    def _add_figures(line: QHBoxLayout, ui: UiContext, good: Good) -> None:
        price = ui.formats.number(good.price) if good.price else "–"
        for text, width, after in (("0", STOCK, 0), (price, PRICE, ui.theme.px(8))):
            made = figures(ui, text, tone="quiet")
            made.setContentsMargins(0, 0, after, 0)
            made.setFixedWidth(ui.theme.px(width))
            line.addWidget(made)

    def _words(self, workspace: Workspace, good: Good) -> QWidget:
        """Why there are none, as a button where something can be done about it."""
        ui = workspace.ui
        if good.later:
            later = f"{ui.formats.quantity(good.later)} {good.unit}"
            text = ui.t("Not there yet on that day; {later} came later", later=later)
            return label(text, "caption", wrap=True) if self._tight else Elided(text, "caption")
        source, form = _SOURCES.get(good.item_class, (noop("Nothing in store"), ""))
        text = ui.t(source)
        if not form:
            return Elided(text, "caption")
        self.button = Button(ui, text, kind="quiet", scale="small").hint(text)
        self.button.setProperty("calm", True)
        return self.button.when_clicked(lambda: workspace.open_form(form, item=good.code))

    def lay_out(self, *, wide: bool) -> None:
        """Lays the row out in the grid's columns, or in as little room as there is."""
        if not self._tight:
            self._said.setMinimumWidth(self._rest if wide else self._least)
            self._said.setMaximumWidth(self._rest)


class MoreGoods(QWidget):
    """The goods out of stock, and a menu that adds others. Call `show_goods` after the grid has its
    rows.
    """

    def __init__(self, workspace: Workspace, grid: GoodsGrid) -> None:
        super().__init__()
        grid.add_below(self)
        self._workspace, self._ui, self._grid = workspace, workspace.ui, grid
        self._goods: dict[str, Good] = {}
        self._left: list[tuple[str, str]] = []
        """Codes and names of the goods that can be added."""
        self.gone: list[GoneRow] = []
        self._rows = column()
        self._nothing: QWidget | None = None
        self._page: QVBoxLayout = column(self._rows, parent=self)
        grid.wide_changed.connect(self._lay_out)
        self._foot = QWidget()
        t = self._ui.t
        self.add = Button(self._ui, t("Add goods"), "plus", kind="quiet").when_clicked(self._pick)
        self.picker: Picker | None = None
        """Which goods to add; made when it is asked for, for it brings a list along."""
        self.line = row(self.add, ..., parent=self._foot, space=8)
        """The line of buttons that add goods; forms put further ones after the first."""
        self._page.addWidget(self._foot)
        self._ui.theme.changed.connect(self._align)
        self._align()

    def _align(self) -> None:
        """The words of the first button stand below the names; its edge does where one is seen."""
        self.line.setContentsMargins(GUTTER if self._ui.theme.strong else 4, 4, GUTTER, 4)

    def _make_picker(self) -> Picker:
        t = self._ui.t
        made = Picker(self._ui, required=False, placeholder=t("Type the name of the goods"))
        made.setAccessibleName(t("Add goods"))
        made.setFixedWidth(self._ui.theme.px(260))
        made.changed.connect(self._picked)
        self.line.insertWidget(1, made)
        QWidget.setTabOrder(self.add, made)
        return made

    def _make_nothing(self) -> tuple[QWidget, Button]:
        """What is shown where the book has no goods to sell, and its button."""
        t, made = self._ui.t, QWidget()
        centre, policy = Qt.AlignmentFlag.AlignHCenter, QSizePolicy.Policy
        made.setSizePolicy(policy.Preferred, policy.Expanding)
        button = Button(self._ui, t("Open the settings"), "gear-six")
        column(
            ...,
            (Disc(self._ui, "shopping-bag-open", 56), 0, centre),
            (label(t("Nothing to sell yet"), "card"), 0, centre),
            (label(t("Set up what is grown and sold, with prices."), "caption"), 0, centre),
            (button.when_clicked(lambda: self._workspace.go("settings", "items")), 0, centre),
            ...,
            parent=made,
            space=8,
            margins=32,
        )
        return made, button

    def _lay_out(self, wide: bool) -> None:
        for gone in self.gone:
            gone.lay_out(wide=wide)

    def show_goods(self, goods: Sequence[Good], named: Collection[str] | None) -> None:
        """Shows goods out of stock: those of `named`, all where they are few; None: those alone
        that came after the day.
        """
        if not goods and self._nothing is None:
            self._nothing, button = self._make_nothing()
            self._page.insertWidget(1, self._nothing)
            self._put_in_tab_order(button)
        if self._nothing is not None:
            self._nothing.setVisible(not goods)
        self._foot.setVisible(bool(goods))
        self._goods = {good.code: good for good in goods}
        for old in self.gone:
            self._rows.removeWidget(old)
            old.deleteLater()
        few, there = len(goods) <= _NAMED, self._there
        shown = [good for good in goods if few or good.code in (named or ())]
        if named is None:
            shown = [good for good in goods if good.later]
        self.gone = [
            GoneRow(self._workspace, good, self._grid.columns, self)
            for good in shown
            if good.code not in there
        ]
        for made in self.gone:
            made.lay_out(wide=self._grid.is_wide)
            self._rows.addWidget(made)
            self._put_in_tab_order(made.button)
        self._offer()

    def _put_in_tab_order(self, button: Button | None) -> None:
        """Puts a button after the goods above it in the order of Tab."""
        before = tabbed_before(self.add)
        if before is not None and button is not None:
            QWidget.setTabOrder(before, button)

    @property
    def _there(self) -> set[str]:
        return {good.code for good in self._grid.goods}

    def _offer(self) -> None:
        there = self._there
        left = [good for good in self._goods.values() if good.code not in there]
        self._left = [(good.code, good.name) for good in left]
        asked = self.picker is not None and not self.picker.isHidden()
        if self.picker is not None:
            self.picker.set_choices(self._left)
        self.add.setVisible(bool(left) and not asked)
        for gone in self.gone:
            gone.setVisible(gone.code not in there)

    def _pick(self) -> None:
        if self.picker is None:
            self.picker = self._make_picker()
            self.picker.set_choices(self._left)
        self.picker.show()
        self.picker.setFocus(Qt.FocusReason.TabFocusReason)
        self.add.hide()

    def _picked(self) -> None:
        assert self.picker is not None
        code = self.picker.value()
        if code is not None:
            self.picker.hide()
            self.picker.set_value(None)
            self.take(code)

    def take(self, code: str) -> None:
        """Adds a row to the grid, though the book has none of these goods yet."""
        made = self._grid.add_good(self._goods[code])
        self._offer()
        next(iter(made.counters.values())).setFocus(Qt.FocusReason.TabFocusReason)
