"""A wide form in a window of its own; its buttons are the form's."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from ui.forms.dialog import FormWindow
from ui.forms.sale_parts.selling import SellingForm
from ui.forms.sale_parts.shop import ShopForm
from ui.tasks import Change
from ui.tokens import GUTTER
from ui.widgets.card import Card
from ui.widgets.label import column
from ui.widgets.opened import open_up

_WIDE, _NARROW = (1180, 820), (560, 700)


class SheetDialog(FormWindow):
    """Asks what there is, again after each change."""

    form: SellingForm | ShopForm

    def __init__(self, form: SellingForm | ShopForm, title: str, *, wide: bool = True) -> None:
        super().__init__(form, title)
        form.reload()
        form.desk.tasks.changed.connect(self._book_changed)
        page = column(self, margins=GUTTER)
        if wide:
            page.addWidget(form)
        else:
            card = Card(margins=0)
            card.body.setContentsMargins(0, 12, 0, 0)
            card.body.addWidget(form)
            page.addWidget(card)
        px = form.kit.theme.px
        width, height = _WIDE if wide else _NARROW
        open_up(self, px(width), px(height))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard begins at the goods, where those came before the window stood there."""
        super().showEvent(event)
        if isinstance(self.form, SellingForm) and self.form.known is not None:
            self.form.grid.focus_first()

    def _book_changed(self, _change: Change) -> None:
        if self.isVisible():
            self.form.reload()
