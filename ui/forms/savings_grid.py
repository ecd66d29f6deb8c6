"""All members with what each pays in or takes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kwt_books.queries.holdings import MemberSavings
from ui.forms.tabbing import tabbed_before
from ui.kit import Kit, restyle
from ui.widgets.field import MoneyField
from ui.widgets.label import Elided, column, figures, label

_COLUMNS = 2


class MemberField(MoneyField):
    """↑ and ↓ go from member to member."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            step = 1
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class _Member:
    """A member's name, what she holds, and her field."""

    def __init__(self, kit: Kit, known: MemberSavings) -> None:
        self.known = known
        self.name = Elided(known.name)
        self.held = figures(kit, "", "caption", "quiet")
        self.field = MemberField(kit, required=False)
        self.field.setProperty("scale", "small")
        self.field.setAccessibleName(known.name)


class MemberGrid(QWidget):
    """An input: amounts by member, and the teller of each one's line (`lines.3.amount`)."""

    changed = Signal()
    touched = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.was_touched = False
        self._members: dict[str, _Member] = {}
        self._waiting: Mapping[str, str] = {}
        page = column(self, space=4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        page.addLayout(self._grid)
        self._message = label("", "caption", "error", wrap=True)
        self._message.hide()
        page.addWidget(self._message)

    def learn(self, members: Sequence[MemberSavings]) -> None:
        """Down the first column, then the second."""
        if self._members:
            for each in members:
                if each.party in self._members:
                    self._members[each.party].known = each
            return
        long = -(-len(members) // _COLUMNS)
        self._add_headings(min(_COLUMNS, len(members)))
        for place, known in enumerate(members):
            made = self._members[known.party] = _Member(self._kit, known)
            made.field.changed.connect(self.changed)
            made.field.moved.connect(lambda step, at=place: self._move(at, step))
            made.field.installEventFilter(self)
            across, down = divmod(place, max(1, long))
            for cell, widget in enumerate((made.name, made.held, made.field)):
                self._grid.addWidget(widget, down + 1, across * 4 + cell)
        self._put_in_tab_order()
        for across in range(_COLUMNS):
            self._grid.setColumnStretch(across * 4, 3)
            self._grid.setColumnStretch(across * 4 + 2, 3)
            self._grid.setColumnMinimumWidth(across * 4 + 3, self._kit.theme.px(8))
        self._fill(self._waiting)

    def _put_in_tab_order(self) -> None:
        """They are made when everything else in the window is there."""
        before = tabbed_before(self)
        for each in self._members.values():
            if before is not None:
                QWidget.setTabOrder(before, each.field)
            before = each.field

    def _add_headings(self, columns: int) -> None:
        t = self._kit.t
        for across in range(columns):
            for cell, text in enumerate((t("Member"), t("Saved so far"), t("Amount"))):
                made = label(text, "label")
                if cell:
                    made.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(made, 0, across * 4 + cell)

    def show_held(self, kind: str) -> None:
        """What each holds of a kind of savings."""
        for each in self._members.values():
            each.held.setText(self._kit.formats.number(each.known.held.get(kind, 0)))

    @property
    def members(self) -> list[MemberSavings]:
        return [each.known for each in self._members.values()]

    def amounts(self) -> dict[str, int]:
        """By member, nil and blank left out."""
        found = {code: each.field.number() or 0 for code, each in self._members.items()}
        return {code: amount for code, amount in found.items() if amount}

    def set_amounts(self, amounts: Mapping[str, int]) -> None:
        for code, each in self._members.items():
            each.field.set_number(amounts.get(code) or None)

    def fill_all(self, amount: int | None) -> None:
        """The same for all of them."""
        self.set_amounts(dict.fromkeys(self._members, amount or 0))

    def _move(self, at: int, step: int) -> None:
        fields = [each.field for each in self._members.values()]
        if 0 <= at + step < len(fields):
            fields[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextPrevChild(step > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        return False

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        wrong = (each.field.problem() for each in self._members.values())
        if said := next(filter(None, wrong), ""):
            return said
        return "" if self.amounts() else self._kit.t("Fill in at least one member")

    def state(self) -> object:
        if not self._members:
            return dict(self._waiting)
        texts = {code: each.field.text().strip() for code, each in self._members.items()}
        return {code: text for code, text in texts.items() if text}

    def restore(self, state: object) -> None:
        """What `state` gave, or lines as a document carries them."""
        texts: dict[str, str] = {}
        if isinstance(state, dict):
            texts = {str(code): str(text) for code, text in state.items()}
        elif isinstance(state, list | tuple):
            texts = {
                str(line["party"]): self._kit.formats.number(abs(line["amount"])) for line in state
            }
        self._waiting = texts
        self._fill(texts)
        self.changed.emit()

    def _fill(self, texts: Mapping[str, str]) -> None:
        for code, each in self._members.items():
            each.field.setText(texts.get(code, ""))

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        wrong = (each.field for each in self._members.values() if each.field.problem())
        first = next(iter(self._members.values()), None)
        return next(wrong, None) or (first.field if first is not None else self)

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def say_at(self, rest: str, text: str) -> bool:
        number = rest.partition(".")[0]
        codes = list(self.amounts())
        if not number.isdecimal() or int(number) >= len(codes):
            return False
        restyle(self._members[codes[int(number)]].field, tone="error")
        self.say(f"{self._members[codes[int(number)]].known.name}: {text}", "error")
        return True

    def clear(self) -> None:
        for each in self._members.values():
            restyle(each.field, tone="")
