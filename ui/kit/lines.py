"""Lines of a document: as many rows of the same fields as are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.fields import Shape
from kwt_books.domain.documents.lines import AccountLine, Cost, ItemLine, PaidLine
from kwt_books.domain.documents.setup import Item
from kwt_books.queries.layers import Supplies
from ui.kit.button import Button
from ui.kit.field import MoneyField, QuantityField, TextField
from ui.kit.layout import column, fill, label, row
from ui.kit.look import UiContext, restyle
from ui.kit.party import account_name
from ui.kit.picker import Pairs, Picker

M = TypeVar("M")


def bound(made: type[M], said: Mapping[str, Any]) -> M:
    """A command, or a line of one, of what is said under its keys; nothing said: its default."""
    names = {each.metadata.get("key") or each.name: each.name for each in fields(cast("Any", made))}
    given = {names[key]: value for key, value in said.items() if key in names}
    return made(**{name: value for name, value in given.items() if value is not None})


def said_by(made: object) -> dict[str, Any]:
    """What a command or a line says, by its keys."""
    of = fields(cast("Any", made))
    return {each.metadata.get("key") or each.name: getattr(made, each.name) for each in of}


def part(made: type[M], path: str, said: Mapping[str, Any]) -> M | None:
    """What is said under `path.key`, as a part of a command; None where something is missing."""
    start = f"{path}."
    given = {key.removeprefix(start): each for key, each in said.items() if key.startswith(start)}
    return bound(made, given) if given and all(given.values()) else None


def flat(made: object) -> dict[str, Any]:
    """What a command says, its parts by `path.key`."""
    found = {}
    for key, value in said_by(made).items():
        if is_dataclass(value):
            found.update({f"{key}.{inner}": each for inner, each in said_by(value).items()})
        else:
            found[key] = value
    return found


def shape_of(made: type[Any], key: str) -> Shape | None:
    """How the value of that key is written in JSON; None where the command has no such key."""
    of = (each.metadata for each in fields(made) if key == (each.metadata.get("key") or each.name))
    return next((metadata["shape"] for metadata in of), None)


@dataclass(frozen=True, slots=True)
class LineField:
    """A column: the key in the command, its heading, and what makes a field for it.

    `hint`: what to write there and why, said below the lines.
    """

    key: str
    title: str
    make: Callable[[], Any]
    stretch: int = 1
    hint: str = ""


class Line(QWidget):
    """One row. `fields` by key; what is wrong stands below."""

    changed = Signal()
    touched = Signal()

    def __init__(self, ui: UiContext, fields: tuple[LineField, ...], remove: Button) -> None:
        super().__init__()
        self.was_touched = False
        self.fields: dict[str, Any] = {each.key: each.make() for each in fields}
        self.field: QWidget = next(iter(self.fields.values()))
        self._pristine = self.state()
        page = column(parent=self, space=2)
        across = row(space=8)
        for each in fields:
            field = self.fields[each.key]
            field.setAccessibleName(each.title)
            field.setAccessibleDescription(each.hint)
            field.changed.connect(self.changed)
            field.installEventFilter(self)
            across.addWidget(field, each.stretch)
        across.addWidget(remove)
        self._message = label("", "caption", wrap=True)
        self._message.hide()
        fill(page, across, self._message)

    @property
    def message(self) -> str:
        return self._message.text()

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, tone=tone if text else "")

    def problem(self) -> str:
        return next(filter(None, (field.problem() for field in self.fields.values())), "")

    def state(self) -> dict[str, object]:
        return {key: field.state() for key, field in self.fields.items()}

    def value(self) -> dict[str, Any]:
        return {key: field.value() for key, field in self.fields.items()}

    def set_value(self, value: Any) -> None:
        """A line of a command, or what it says by its keys."""
        said = said_by(value) if is_dataclass(value) else value
        if isinstance(said, dict):
            for key, field in self.fields.items():
                field.set_value(said.get(key))

    def empty(self) -> None:
        """As it was made."""
        self.blockSignals(True)  # half emptied, it would ask for another line
        self.set_value(self._pristine)
        self.blockSignals(False)
        self.was_touched = False
        self.say("")

    @property
    def blank(self) -> bool:
        """Nothing was filled in: such a line is passed over."""
        return self.state() == self._pristine

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        return False


class Lines(QWidget):
    """Rows of fields. It is an input and the teller of its lines: `lines.2.qty` is shown
    below the third line that is not blank.

    Its value is a tuple of `made`, what the command has as its lines. The last line is always a
    blank one: filling it in brings the next. `optional`: there need be none.
    """

    changed = Signal()
    touched = Signal()

    def __init__(
        self,
        ui: UiContext,
        fields: tuple[LineField, ...],
        made: type[Any] = ItemLine,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._ui, self._fields, self._made, self._optional = ui, fields, made, optional
        self.was_touched = False
        self.lines: list[Line] = []
        page = column(parent=self, space=6)
        heads = QGridLayout()
        heads.setHorizontalSpacing(8)
        for place, each in enumerate(fields):
            heads.addWidget(label(each.title, "label"), 0, place)
            heads.setColumnStretch(place, each.stretch)
        heads.setColumnMinimumWidth(len(fields), ui.theme.px(36) + 8)  # no gap before nothing
        self._rows = column(space=6)
        self._message = label("", "caption", "error", wrap=True)
        self._message.hide()
        fill(page, heads, self._rows, self._message)
        said = [f"{each.title}: {each.hint}." for each in fields if each.hint]
        if said:
            page.addWidget(label(" ".join(said), "caption", wrap=True))
        self._append()

    @property
    def filled(self) -> list[Line]:
        """The lines that say something."""
        return [line for line in self.lines if not line.blank]

    @property
    def field(self) -> QWidget:
        wrong = (line for line in self.lines if line.problem() and not line.blank)
        return next(wrong, self.lines[0]).field

    def _append(self) -> Line:
        remove = Button(self._ui, "", "x", kind="quiet").hint(self._ui.t("Remove this line"))
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        line = Line(self._ui, self._fields, remove)
        remove.when_clicked(lambda: self.remove(line))
        line.changed.connect(self._line_changed)
        line.touched.connect(self._line_touched)
        self._rows.addWidget(line)
        self._put_in_tab_order(line)
        self.lines.append(line)
        return line

    def _put_in_tab_order(self, line: Line) -> None:
        """After the line above it, not after everything else in the window.

        The first line is never taken away: it holds the place of all.
        """
        above = list(self.lines[-1].fields.values()) if self.lines else []
        nowhere = Qt.FocusPolicy.NoFocus  # one that is only shown would break the chain
        goes_to = [each for each in above if each.focusPolicy() != nowhere][-1:]
        goes_to += [each for each in line.fields.values() if each.focusPolicy() != nowhere]
        for before, after in pairwise(goes_to):
            QWidget.setTabOrder(before, after)

    def remove(self, line: Line) -> None:
        if line not in self.lines:
            return
        if line is self.lines[0]:
            self.set_value([each.state() for each in self.filled if each is not line])
            return
        self._drop(line)
        if not self.lines[-1].blank:
            self._append()
        self.changed.emit()

    def _drop(self, line: Line) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _line_changed(self) -> None:
        if not self.lines[-1].blank:
            self._append()
        self.changed.emit()

    def _line_touched(self) -> None:
        self.was_touched = True
        self.touched.emit()

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        wanted = not self._optional and not self.filled
        return self._ui.t("Fill in at least one line") if wanted else ""

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in each line, by its number."""
        found = [(str(place), line.problem()) for place, line in enumerate(self.filled)]
        return [(place, problem) for place, problem in found if problem]

    def value(self) -> tuple[Any, ...]:
        return tuple(bound(self._made, line.value()) for line in self.filled)

    def total(self, key: str = "amount") -> int:
        """What a column comes to, as far as it can be read."""
        return sum(line.fields[key].value() or 0 for line in self.lines)

    def offer(self, key: str, choices: Pairs) -> None:
        """What can be picked in a column."""
        for line in self.lines:
            line.fields[key].set_choices(choices)

    def state(self) -> object:
        return [line.state() for line in self.filled]

    def restore(self, state: object) -> None:
        self.set_value(state)

    def set_value(self, value: Any) -> None:
        wanted = value if isinstance(value, list | tuple) else []
        for line in self.lines[1:]:
            self._drop(line)
        self.lines[0].empty()
        for each in wanted:
            self.lines[-1].set_value(each)  # which brings the next
        self.changed.emit()

    # -- as a teller -----------------------------------------------------------------------

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def say_at(self, rest: str, text: str) -> bool:
        """`2.qty` below the third filled line; False where there is none such."""
        number = rest.partition(".")[0]
        if not number.isdecimal() or int(number) >= len(self.filled):
            return False
        self.filled[int(number)].say(text, "error")
        return True

    def clear(self) -> None:
        for line in self.lines:
            line.say("")


# -- Lines of a document that are each about goods: the unit follows from what is picked ---------


class ItemLines(Lines):
    """Fields `item` (`picker`) and `qty` among others. Override `in_order`, `follow`."""

    def __init__(
        self,
        ui: UiContext,
        fields: tuple[LineField, ...],
        made: type[Any] = ItemLine,
        *,
        optional: bool = False,
    ) -> None:
        self.items: Mapping[str, Item] = {}
        super().__init__(ui, fields, made, optional=optional)

    def picker(self) -> Picker:
        return Picker(self._ui, self._choices())

    def in_order(self) -> Iterable[Item]:
        """The goods as they are offered."""
        return self.items.values()

    def _choices(self) -> list[tuple[str, str]]:
        return [(each.code, each.name) for each in self.in_order()]

    def learn(self, items: Mapping[str, Item]) -> None:
        self.items = items
        self.offer("item", self._choices())
        for line in self.lines:
            self.follow(line)

    def _append(self) -> Line:
        line = super()._append()
        line.changed.connect(partial(self.follow, line))
        return line

    def follow(self, line: Line) -> None:
        """The unit behind the number."""
        item = self.items.get(line.fields["item"].value() or "")
        line.fields["qty"].set_unit(item.unit if item is not None else "")


# -- What money was paid or received for, line by line, in the chart's own words -----------------


class AccountLines(Lines):
    """`what` heads the column of words; `made` is what its lines become."""

    def __init__(
        self, ui: UiContext, what: str, made: type[AccountLine] | type[PaidLine] = AccountLine
    ) -> None:
        self._choices: list[tuple[str, str]] = []
        fields = (
            LineField("account", what, self._account_picker, 5),
            LineField("amount", ui.t("Amount"), lambda: MoneyField(ui), 3),
        )
        super().__init__(ui, fields, made)

    def _account_picker(self) -> Picker:
        placeholder = self._ui.t("Type a part of the word")
        return Picker(self._ui, self._choices, placeholder=placeholder)

    def learn(self, choices: list[tuple[str, str]]) -> None:
        self._choices = choices
        self.offer("account", choices)

    def fill(self, account: str, amount: int) -> None:
        """One line more, over a blank one."""
        line = self.lines[-1]
        line.fields["account"].set_value(account)
        line.fields["amount"].set_value(amount)

    def names(self, account: str) -> bool:
        """Whether a line stands on that account already."""
        return any(line.fields["account"].value() == account for line in self.lines)


# -- Goods taken from the store, and money spent besides, line by line ---------------------------


Planned = tuple[str, int | None]
"""An item and thousandths of it; None: how much is for someone to say."""


class GoodsLines(Lines):
    """What there is stands behind the number: `400 dari 400 biji`.

    `plan` fills in what is needed; lines that someone changed keep what they say. There may be
    none, unless they are `required`.
    """

    def __init__(
        self,
        ui: UiContext,
        title: str,
        classes: Sequence[str],
        heading: str = "",
        *,
        required: bool = False,
    ) -> None:
        self._classes = tuple(classes)
        self._supplies: Supplies | None = None
        self._planned: dict[str, int | None] = {}
        super().__init__(
            ui,
            (
                LineField("item", title, self._picker, 3),
                LineField("qty", heading or ui.t("How many"), lambda: QuantityField(ui), 2),
            ),
            optional=not required,
        )

    def _picker(self) -> Picker:
        return Picker(self._ui, self._choices())

    def _choices(self) -> list[tuple[str, str]]:
        return [(item.code, item.name) for item in self._offered()]

    def _offered(self) -> list[Item]:
        return self._supplies.of_classes(*self._classes) if self._supplies is not None else []

    def learn(self, supplies: Supplies) -> None:
        self._supplies = supplies
        self.offer("item", self._choices())
        for line in self.lines:
            self._follow(line)

    def _append(self) -> Line:
        line = super()._append()
        line.fields["item"].changed.connect(partial(self._follow, line))
        line.fields["qty"].changed.connect(partial(self._warn, line))
        return line

    def _there(self, line: Line) -> tuple[Item, int] | None:
        """The item of a line and what the store has of it."""
        code = line.fields["item"].value()
        if self._supplies is None or code is None:
            return None
        return self._supplies.setup.items[code], self._supplies.on_hand.get(code, 0)

    def _follow(self, line: Line) -> None:
        """What there is of the item, behind the number."""
        text, there = "", self._there(line)
        if there is not None:
            item, held = there
            quantity = self._ui.formats.quantity(held)
            text = self._ui.t("of {quantity} {unit}", quantity=quantity, unit=item.unit)
        line.fields["qty"].set_unit(text)
        self._warn(line)

    def _warn(self, line: Line) -> None:
        """Said at once, also of amounts that nobody typed."""
        there, wanted = self._there(line), line.fields["qty"].value()
        if line.problem() and line.message:
            return  # what is wrong stays said
        if there is None or not wanted or wanted <= there[1]:
            line.say("")
            return
        item, held = there
        left = f"{self._ui.formats.quantity(held)} {item.unit}"
        text = self._ui.t("Only {left} in the store", left=left)
        line.say(text if held else self._ui.t("None in the store"), "warn")

    def clear(self) -> None:
        for line in self.lines:
            self._warn(line)

    def plan(self, wanted: Iterable[Planned]) -> None:
        """Lines for these goods instead of those planned before."""
        new, before = dict(wanted), self._planned
        self._planned = new
        if list(new) == list(before):
            for line in self.filled:
                code = _code(line)
                if code in new and line.fields["qty"].value() == before[code]:
                    line.fields["qty"].set_value(new[code])
            return
        own = [
            line
            for line in self.filled
            if _code(line) not in before or line.fields["qty"].value() != before[_code(line)]
        ]
        kept = {_code(line): line.state() for line in own}
        states = [kept.pop(code, {"item": code, "qty": each}) for code, each in new.items()]
        self.set_value([*states, *kept.values()])

    def assume(self, planned: Iterable[Planned]) -> None:
        """Lines that say just this are taken for planned ones: those of a draft."""
        self._planned = dict(planned)


def _code(line: Line) -> str:
    """Also before the goods are known."""
    state = line.fields["item"].state()
    return state if isinstance(state, str) else ""


class CostLines(Lines):
    """What for, how much, from which cash account. May stay empty."""

    def __init__(self, ui: UiContext, title: str) -> None:
        self._accounts: list[tuple[str, str]] = []
        t = ui.t
        super().__init__(
            ui,
            (
                LineField("label", title, self._label, 4),
                LineField("amount", t("Amount"), lambda: MoneyField(ui), 3),
                LineField("from", t("Paid from"), self._picker, 4),
            ),
            Cost,
            optional=True,
        )

    def _label(self) -> TextField:
        return TextField(self._ui, required=True, placeholder=self._ui.t("Wages, gas, transport"))

    def _picker(self) -> Picker:
        picker = Picker(self._ui, self._accounts)
        picker.set_value(CASH_BOX)
        return picker

    def learn(self, supplies: Supplies) -> None:
        self._accounts = [
            (each.code, account_name(self._ui, each)) for each in supplies.setup.cash_accounts
        ]
        self.offer("from", self._accounts)
