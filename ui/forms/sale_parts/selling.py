"""A form of goods sold from the store."""

from __future__ import annotations

from kwt_books.queries.selling import Selling
from ui.forms.sale_parts.form import DayForm
from ui.forms.sale_parts.goods import GoodsGrid


class SellingForm(DayForm):
    """`reload` asks what stands in the store now; what is filled in stays. Override `learnt`."""

    grid: GoodsGrid
    known: Selling | None = None

    def reload(self) -> None:
        self.desk.tasks.run(
            lambda book: book.selling(), self._take, key=("selling", id(self)), owner=self
        )

    def _take(self, known: Selling) -> None:
        first, self.known = self.known is None, known
        self.learnt(known)
        if first and self.isVisible():
            self.grid.focus_first()

    def learnt(self, known: Selling) -> None:
        """Show what the book has."""
        raise NotImplementedError
