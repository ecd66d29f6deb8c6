"""A wide form in a window of its own; its buttons are the form's."""

from __future__ import annotations

from ui.forms.dialog import FormWindow
from ui.forms.sale_parts.selling import SellingForm
from ui.forms.sale_parts.shop import ShopForm
from ui.tasks import Change
from ui.tokens import GUTTER
from ui.widgets.card import Card
from ui.widgets.label import column

_WIDE, _NARROW = (1180, 600), (560, 600)


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
        room = self.screen().availableSize()
        width, height = _WIDE if wide else _NARROW
        self.resize(min(px(width), room.width() - 40), min(px(height), room.height() - 40))

    def _book_changed(self, _change: Change) -> None:
        if self.isVisible():
            self.form.reload()
