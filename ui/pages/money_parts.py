"""What the parts of Belanja & Kas share: a bar of things to do, a foot with sums, short days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from kwt_books.domain.access import may_record
from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import MoneyLine
from ui.desk import Desk
from ui.forms.sale_parts.beside import Beside
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.label import column, figures, label, row, rule
from ui.widgets.list_table import Cell, ListRow


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to record: its words, icon and form."""

    text: str
    icon: str
    form: str
    keys: str = ""
    given: dict[str, object] = field(default_factory=dict)


class DeedBar(QWidget):
    """A button each, the first one green; those that may not be recorded are left out."""

    def __init__(self, desk: Desk, deeds: Sequence[Deed]) -> None:
        super().__init__()
        line = FlowLayout(self, space=8)
        self.buttons: dict[str, Button] = {}
        self.icons: list[str] = []
        for place, deed in enumerate(deeds):
            if not may_record(desk.person.role, deed.form):
                continue
            kind = "default" if place else "primary"
            button = Button(desk.kit, deed.text, deed.icon, kind=kind)
            if deed.keys:
                button.hint(deed.text, deed.keys)
            button.when_clicked(partial(desk.open_form, deed.form, **deed.given))
            self.buttons.setdefault(deed.form, button)
            self.icons.append(deed.icon)
            line.addWidget(button)
        if not self.buttons:
            self.hide()


def lead(beside: Beside, *, left: bool = False) -> None:
    """What stands aside comes first where both are stacked; `left`: beside each other too."""
    ground = beside.widget()
    line = ground.layout() if ground is not None else None
    assert isinstance(line, QBoxLayout)
    direction = QBoxLayout.Direction

    def turn(stacked: bool) -> None:
        if stacked:
            line.setDirection(direction.BottomToTop)
        elif left:
            line.setDirection(direction.RightToLeft)

    beside.stacked.connect(turn)
    turn(beside.is_stacked)


class Foot(QFrame):
    """The end of a card: a remark on the left, sums on the right."""

    def __init__(self, kit: Kit, *sums: str) -> None:
        super().__init__()
        self.setObjectName("foot")
        page = column(self)
        page.addWidget(rule())
        self.line = row(space=8)
        self.line.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self.remark = label("", "caption")
        self.line.addWidget(self.remark)
        self.line.addStretch(1)
        self.sums: dict[str, QLabel] = {}
        for title in sums:
            self.line.addSpacing(8)
            self.line.addWidget(label(title))
            self.sums[title] = figures(kit, "", "strong")
            self.line.addWidget(self.sums[title])
        page.addLayout(self.line)


def signed(kit: Kit, amount: int) -> str:
    """`+75.000`, `−5.500`; a dash for nothing."""
    text = kit.formats.number(amount)
    return f"+{text}" if amount > 0 else text if amount else NIL


def money_row(kit: Kit, line: MoneyLine) -> ListRow:
    """Day, number, what it was, how much, what stands after it."""
    gone, undoes = line.corrected_by is not None, line.corrects is not None
    icon = "arrow-u-up-left" if undoes else "paperclip" if line.attached else ""
    quiet = "quiet" if gone else ""
    amount = signed(kit, line.amount)
    if not line.amount and line.moved:
        amount = kit.t("moved {amount}", amount=kit.formats.number(line.moved))
    tone = "quiet" if gone or not line.amount else "good" if line.amount > 0 else ""
    return ListRow(
        line.number,
        (
            Cell(kit.formats.short_day(line.day), tone=quiet),
            Cell(line.number, tone="quiet"),
            Cell(line.text, aside=kit.t("undone") * gone, icon=icon, tone=quiet, struck=gone),
            Cell(amount, tone=tone, bold=not gone and bool(line.amount), struck=gone),
            Cell(kit.formats.number(line.balance), tone=quiet),
        ),
    )
