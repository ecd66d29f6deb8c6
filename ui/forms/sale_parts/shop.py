"""What the forms of one shop share: which shop, and what the book says of it."""

from __future__ import annotations

from hashlib import sha256

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.queries.shops import Shop, Shops
from ui.desk import Desk, Given
from ui.forms.base import Form
from ui.forms.sale_parts.form import DayForm
from ui.forms.sale_parts.goods import GoodsGrid
from ui.widgets.button import Button
from ui.widgets.label import label, row
from ui.widgets.picker import Picker


class ShopForm(DayForm):
    """`shop_chosen` when it is about another shop. In a page the shop is given by the page.

    Override `show_shop`: what there is of it has come from the book.
    """

    grid: GoodsGrid

    def __init__(
        self,
        desk: Desk,
        name: str,
        given: Given,
        *,
        own: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`own`: stands alone, so that one picks the shop in it. Else `given` names it."""
        if not own:  # each shop keeps what was typed for it
            name = f"{name}_{sha256(str(given['shop']).encode()).hexdigest()[:12]}"
        super().__init__(desk, name, given if own else {}, parent=parent)
        self.own = own
        self.known: Shops | None = None
        self.shop = Picker(self.kit, placeholder=self.t("Which shop?"))
        if not own:
            self.shop.choose(str(given["shop"]))
        self.shop.changed.connect(self._shop_changed)

    def top(self) -> QHBoxLayout:
        """Shop and date beside each other; the date alone where the shop is given."""
        line = row(space=12)
        shop = self.labelled("shop", self.t("Shop"), self.shop)
        day = self.labelled("date", self.t("Date"), self.date)
        if self.own:
            line.addWidget(shop, 3, Qt.AlignmentFlag.AlignTop)
            line.addWidget(day, 2, Qt.AlignmentFlag.AlignTop)
            return line
        shop.setParent(self)
        shop.hide()
        day.title.hide()
        day.setFixedWidth(self.kit.theme.px(220))
        line.addWidget(label(self.t("Date"), "label"))
        line.addStretch(1)
        line.addWidget(day)
        return line

    @property
    def here(self) -> Shop | None:
        code = self.shop.code()
        return self.known.shop(code) if self.known is not None and code is not None else None

    def show_known(self, known: Shops) -> None:
        """The book's answer; what is filled in stays."""
        self.known = known
        self.shop.set_choices([(shop.code, shop.name) for shop in known.shops])
        self.show_shop()

    def reload(self) -> None:
        self.desk.tasks.run(
            lambda book: book.shops(), self.show_known, key=("shops", id(self)), owner=self
        )

    def _shop_changed(self) -> None:
        self.show_shop()

    def show_shop(self) -> None:
        raise NotImplementedError


class SaveButtons(QWidget):
    """Save and print, and saving alone."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        t, kit = form.t, form.kit
        line = row(self, space=8)
        self.both = Button(kit, t("Save & print"), "printer", kind="primary", scale="large")
        self.both.hint(t("Save and print"), "Ctrl+P")
        self.both.when_clicked(lambda: form.save(then_print=True))
        self.alone = Button(kit, t("Save only"), scale="large")
        self.alone.hint(t("Save without printing"), "Ctrl+S").when_clicked(form.save)
        line.addWidget(self.both, 1)
        line.addWidget(self.alone)
        form.saving_changed.connect(self._saving)

    def start(self) -> None:
        """The keyboard comes here from the goods."""
        self.both.setFocus(Qt.FocusReason.TabFocusReason)

    def _saving(self, saving: bool) -> None:
        for button in (self.both, self.alone):
            button.setEnabled(not saving)
