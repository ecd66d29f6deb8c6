"""Labels for a production: how many, and what the book can't know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from kwt_books.domain.quantity import UNIT
from kwt_books.queries.kitchen import Made
from kwt_books.services.slips.labels import LabelWish, split_weight
from ui.desk import Desk
from ui.forms.production_labels import show_labels
from ui.help_keys import add_help_keys
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.field import FieldRow, TextField
from ui.widgets.label import column, label, row, rule
from ui.widgets.stepper import Stepper
from ui.widgets.tabs import Segment

_WIDTH, _MOST = 460, 2000


class LabelDialog(QDialog):
    """Enter shows the sheet, Esc closes. The number of the P-IRT is remembered."""

    def __init__(self, desk: Desk, made: Made, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._made, self._over = desk, made, parent
        kit, t = desk.kit, desk.kit.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("Labels for {lot}", lot=made.lot))
        self.setFixedWidth(kit.theme.px(_WIDTH))
        add_help_keys(self, kit)
        page = column(self)
        form = column(margins=GUTTER, space=12)
        name, weight = split_weight(made.name)
        form.addWidget(label(name, "card"))
        self.count = Stepper(kit, -(-made.quantity // UNIT) * UNIT)
        self.count.most = _MOST * UNIT
        self.weight, self.licence = TextField(kit), TextField(kit)
        self.weight.setText(weight)
        self.licence.setText(desk.preferences.licence(desk.book, made.item))
        across = row(space=12)
        across.addWidget(FieldRow(kit, t("How many labels"), self.count), 1)
        across.addWidget(FieldRow(kit, t("Net weight"), self.weight), 1)
        form.addLayout(across)
        hint = t("Leave it empty as long as you have none")
        form.addWidget(FieldRow(kit, t("P-IRT number"), self.licence, hint))
        usual = desk.group.paper if desk.group is not None else "F4"
        self.paper = Segment(kit, (("F4", "F4"), ("A4", "A4")), usual)
        form.addWidget(FieldRow(kit, t("Paper"), self.paper))
        page.addLayout(form)
        page.addWidget(rule())
        page.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        kit, t = self._desk.kit, self._desk.kit.t
        line = row(space=8, margins=GUTTER)
        line.addStretch(1)
        line.addWidget(Button(kit, t("Close")).when_clicked(self.reject))
        show = Button(kit, t("See & print"), "printer", kind="primary")
        line.addWidget(show.when_clicked(self.show_sheet))
        show.setDefault(True)
        return line

    def wish(self) -> LabelWish:
        return LabelWish(
            self.count.value() // UNIT, self.weight.value() or "", self.licence.value() or ""
        )

    def show_sheet(self) -> None:
        """The sheet as it will be printed."""
        desk, wish = self._desk, self.wish()
        desk.preferences.note_licence(desk.book, self._made.item, wish.licence)
        show_labels(desk, self._made.number, wish, self._over, paper=self.paper.current)
        self.accept()
