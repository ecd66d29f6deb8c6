"""What one of a product cost, batch by batch, as bars beside its price."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from kwt_books.queries.kitchen import Made
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.card import Card
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import fill, label, row
from ui.kit.workspace import Workspace

_BATCHES, _ROOM = 24, 460
"""The most batches that are drawn, and how high a page is that has room for them at all."""


class BatchCosts(Card):
    """The batches of one product; hidden while there are fewer than two."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(space=4)
        self._ui = workspace.ui
        self._title, self._price = label("", "card"), label("", "caption")
        self.chart = BarChart(self._ui)
        ChartPicture(workspace, self.chart)
        fill(self.body, row(self._title, ..., self._price), (self.chart, 1))
        self.hide()

    def has_room(self, page: QWidget) -> bool:
        """Whether a page is high enough for the bars beside its list."""
        return page.height() >= self._ui.theme.px(_ROOM)

    def show_batches(self, chosen: Made | None, made: Iterable[Made]) -> None:
        """Shows the batches of the product that was chosen; `made` has the newest first."""
        batches = [
            each
            for each in made
            if chosen is not None and each.item == chosen.item and each.corrected_by is None
        ][:_BATCHES]
        self.setVisible(len(batches) > 1)
        if chosen is None or len(batches) < 2:
            return
        t, formats = self._ui.t, self._ui.formats
        title = t("Cost of one {item}, batch by batch", item=chosen.name)
        self._title.setText(title)
        price = formats.rupiah(chosen.price) if chosen.price else ""
        self._price.setText(t("Broken line: price {price}", price=price) if price else "")
        bars = [
            Bar(
                self._ui.short_day(each.date),
                each.unit_cost,
                f"{formats.day(each.date)}: {formats.rupiah(each.unit_cost)}, {each.lot}",
                "now" if each.number == chosen.number else "",
            )
            for each in reversed(batches)
        ]
        self.chart.show_bars(title, bars, chosen.price)
