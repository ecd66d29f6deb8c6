"""The parts of a document's story: the money, the goods, and the accounts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kwt_books.reports.narrative import Fragment
from kwt_books.reports.story import Amount, Goods, GoodsMoved, MoveLine, PostingLine, Story, Weight
from ui.kit.button import Button
from ui.kit.layout import column, figures, grid_layout, label, row, rule
from ui.kit.look import UiContext
from ui.kit.wrapped import Rich

_TONES = {"warn": "amber", "good": "accent_text"}


def told(ui: UiContext, fragments: tuple[Fragment, ...]) -> QLabel:
    """A label with the story's sentences; what needs attention is coloured and bold."""
    made = Rich(_html(ui, fragments))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAccessibleName("".join(each.text for each in fragments))
    return made


def _html(ui: UiContext, fragments: tuple[Fragment, ...]) -> str:
    return "".join(
        f"<span style='font-weight:600;color:{ui.theme.color(_TONES[each.tone]).name()}'>"
        f"{escape(each.text)}</span>"
        if each.tone
        else escape(each.text)
        for each in fragments
    )


def heading(text: str) -> QVBoxLayout:
    """A small heading with a rule below it, to which parts are added."""
    return column(label(text, "label"), rule(), space=6)


def section(title: str, part: QLayout | QWidget) -> QVBoxLayout:
    """A heading with the part below it."""
    made = heading(title)
    if isinstance(part, QWidget):
        made.addWidget(part)
    else:
        made.addLayout(part)
    return made


def money(ui: UiContext, amounts: tuple[Amount, ...]) -> QVBoxLayout:
    """A line for each amount; the sum below a rule, the result last."""
    made = column(space=4)
    before = Weight.LINE
    for amount in amounts:
        heavier = amount.weight is not Weight.LINE and before is Weight.LINE
        if made.count() and (heavier or amount.weight is Weight.RESULT):
            made.addWidget(rule(thin=True))
        made.addLayout(_amount(ui, amount))
        before = amount.weight
    return made


def _amount(ui: UiContext, amount: Amount) -> QHBoxLayout:
    heavy = amount.weight is not Weight.LINE
    result = amount.weight is Weight.RESULT
    role, formats = "strong" if heavy else "body", ui.formats
    text = formats.rupiah(amount.amount) if result else formats.number(amount.amount)
    name = label(amount.label, role, wrap=True)
    return row(
        (name, 1), (figures(ui, text, role, amount.tone), 0, Qt.AlignmentFlag.AlignTop), space=12
    )


class GoodsPart(QWidget):
    """Goods that moved one way; a click on a lot shows where it came from and went."""

    lot_wanted = Signal(str, str)
    """Codes of item and lot."""

    def __init__(self, ui: UiContext, moved: GoodsMoved) -> None:
        super().__init__()
        self._ui = ui
        page = column(heading(moved.title), parent=self, space=4)
        for line in moved.lines:
            page.addLayout(self._line(line))

    def _line(self, goods: Goods) -> QHBoxLayout:
        name = Rich(self._html(goods))
        name.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        name.linkActivated.connect(
            lambda _link, each=goods: self.lot_wanted.emit(each.code, each.lot)
        )
        quantity = f"{self._ui.formats.quantity(goods.quantity)} {goods.unit}"
        return row((name, 1), (figures(self._ui, quantity), 0, Qt.AlignmentFlag.AlignTop), space=12)

    def _html(self, goods: Goods) -> str:
        name, theme = escape(goods.item), self._ui.theme
        if not goods.lot:
            return name
        if goods.came is not None:
            month = self._ui.formats.month_name(goods.came.month)
            text = self._ui.t("came in {day}", day=f"{goods.came.day} {month}")
        else:
            text = self._ui.t("lot {lot}", lot=goods.lot)
        style = f"color:{theme.color('text2').name()};font-size:{theme.px(13)}px"
        return f"{name}&nbsp; <a href='lot' style='{style}'>{escape(text)}</a>"


class Accounts(QWidget):
    """The postings and moves as the book keeps them, folded away at first."""

    unfolded_changed = Signal(bool)

    def __init__(self, ui: UiContext, story: Story, *, unfolded: bool) -> None:
        super().__init__()
        self._ui, self._story = ui, story
        self.button = Button(ui, ui.t("Accounts and movements"), kind="quiet", scale="small")
        self.button.setObjectName("fold")
        self.button.when_clicked(self.toggle)
        page = column((self.button, 0, Qt.AlignmentFlag.AlignLeft), parent=self, space=4)
        self._inner: QWidget | None = None
        self._page = page
        self._icon()
        if unfolded:
            self.toggle()

    @property
    def unfolded(self) -> bool:
        """Whether they are shown."""
        return self._inner is not None and not self._inner.isHidden()

    def _icon(self) -> None:
        self.button.set_icon("caret-down" if self.unfolded else "caret-right")

    def toggle(self) -> None:
        """Shows or hides them; they are made when first shown."""
        if self._inner is None:
            self._inner = self._filled()
            self._page.addWidget(self._inner)
            self._inner.show()
        else:
            self._inner.setVisible(self._inner.isHidden())
        self._icon()
        self.unfolded_changed.emit(self.unfolded)

    def _filled(self) -> QWidget:
        inner = QWidget()
        page, t = column(parent=inner, space=8), self._ui.t
        if self._story.postings:
            page.addLayout(section(t("Accounts"), self._postings(self._story.postings)))
        if self._story.moves:
            moves = self._moves(self._story.moves)
            page.addLayout(section(t("Movements of goods and values"), moves))
        return inner

    def _postings(self, postings: tuple[PostingLine, ...]) -> QGridLayout:
        t, number = self._ui.t, self._ui.formats.number
        heads = ((t("Code"), False), (t("Account"), False), (t("Debit"), True), (t("Credit"), True))
        rows = [
            (
                line.code,
                line.name,
                number(line.amount) if line.amount > 0 else "",
                number(-line.amount) if line.amount < 0 else "",
            )
            for line in postings
        ]
        return self._grid(heads, rows, stretched=1)

    def _moves(self, moves: tuple[MoveLine, ...]) -> QGridLayout:
        t, formats = self._ui.t, self._ui.formats
        heads = ((t("Place"), False), (t("Item, lot"), False), (t("Quantity"), True),
                 (t("Value"), True))  # fmt: skip
        rows = [
            (
                move.place,
                ", ".join(filter(None, (move.item, move.lot))),
                f"{formats.quantity(move.quantity)} {move.unit}".strip() if move.quantity else "",
                formats.number(move.value) if move.value else "",
            )
            for move in moves
        ]
        return self._grid(heads, rows, stretched=1)

    def _grid(
        self,
        heads: tuple[tuple[str, bool], ...],
        rows: Sequence[tuple[str, ...]],
        *,
        stretched: int,
    ) -> QGridLayout:
        grid = grid_layout(across=12, down=4, wide=stretched)
        top = Qt.AlignmentFlag.AlignTop
        for across, (title, is_figure) in enumerate(heads):
            grid.addWidget(self._cell(title, is_figure), 0, across, top)
        for down, cells in enumerate(rows, start=1):
            for across, text in enumerate(cells):
                grid.addWidget(self._cell(text, heads[across][1]), down, across, top)
        return grid

    def _cell(self, text: str, is_figure: bool) -> QLabel:
        if is_figure:
            return figures(self._ui, text, "caption")
        made = label(text, "caption", wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return made
