"""Lines of a document as rows of fields: of any kind, of goods, of accounts, of goods taken from
the store, of costs; and commands made from values by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.fields import Shape
from kwt_books.domain.documents.lines import AccountLine, Cost, ItemLine, PaidLine
from kwt_books.domain.documents.setup import Item
from kwt_books.queries.layers import Supplies
from ui.kit.button import Button, on_keys
from ui.kit.composite import Composite
from ui.kit.field import MoneyField, QuantityField, TextField
from ui.kit.layout import column, discard, fill, grid_layout, label, row
from ui.kit.look import UiContext, restyle
from ui.kit.messages import Message, Touched, at_line, is_left
from ui.kit.party import account_name
from ui.kit.picker import Pairs, Picker

M = TypeVar("M")
REMOVES = "Ctrl+Delete"
"""The keys that remove the line one is in."""


def bound(made: type[M], said: Mapping[str, Any]) -> M:
    """A command, or a line of one, made of values by its keys; a value of None stands for the
    default.
    """
    names = {each.metadata.get("key") or each.name: each.name for each in fields(cast("Any", made))}
    given = {names[key]: value for key, value in said.items() if key in names}
    return made(**{name: value for name, value in given.items() if value is not None})


def said_by(made: object) -> dict[str, Any]:
    """The values of a command or line by its keys."""
    of = fields(cast("Any", made))
    return {each.metadata.get("key") or each.name: getattr(made, each.name) for each in of}


def part(made: type[M], path: str, said: Mapping[str, Any]) -> M | None:
    """A part of a command made of values by `path.key`; None where one is missing."""
    start = f"{path}."
    given = {key.removeprefix(start): each for key, each in said.items() if key.startswith(start)}
    return bound(made, given) if given and all(given.values()) else None


def flat(made: object) -> dict[str, Any]:
    """The values of a command by its keys, those of its parts by `path.key`."""
    found = {}
    for key, value in said_by(made).items():
        if is_dataclass(value):
            found.update({f"{key}.{inner}": each for inner, each in said_by(value).items()})
        else:
            found[key] = value
    return found


def shape_of(made: type[Any], key: str) -> Shape | None:
    """How the value of a key is written in JSON; None where the command has no such key."""
    of = (each.metadata for each in fields(made) if key == (each.metadata.get("key") or each.name))
    return next((metadata["shape"] for metadata in of), None)


@dataclass(frozen=True, slots=True)
class LineField:
    """A column: the key in the command, its heading, and what makes a field for it. `hint` is shown
    below the lines.
    """

    key: str
    title: str
    make: Callable[[], Any]
    stretch: int = 1
    hint: str = ""


class Line(Touched):
    """A row of `fields` by key, with its message below. It counts as touched once the keyboard was
    in it and is elsewhere.
    """

    changed = Signal()
    left = Signal()
    """One of its fields was left."""

    def __init__(
        self, ui: UiContext, fields: tuple[LineField, ...], remove: Button, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Any] = {each.key: each.make() for each in fields}
        self.field: QWidget = next(iter(self.fields.values()))
        self._left: set[str] = set()
        """The keys of fields that were left."""
        self._pristine = self.state()
        page = column(parent=self, space=2)
        across = row(space=8)
        for each in fields:
            field = self.fields[each.key]
            field.setAccessibleName(each.title)
            field.setAccessibleDescription(each.hint)
            field.changed.connect(self.changed)
            for inner in (field, *field.findChildren(QLineEdit)):
                inner.installEventFilter(self)
            heading = ui.theme.metrics("caption", bold=True).horizontalAdvance(each.title)
            wanted = max(field.minimumWidth(), field.minimumSizeHint().width())
            field.setMinimumWidth(max(heading + 2, wanted))
            across.addWidget(field, each.stretch)
        across.addWidget(remove)
        self._message = Message(ui)
        fill(page, across, self._message)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keeps the fields from taking the line's keys: a text would delete to the word's end."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            ours = QKeySequence(event.keyCombination()) == QKeySequence(REMOVES)
            if ours:
                event.ignore()
            return ours
        key = next((key for key, each in self.fields.items() if each is watched), None)
        if key is not None and is_left(event):
            self._leave(key)
        return False

    def _leave(self, key: str) -> None:
        here = QApplication.focusWidget()
        out = here is None or not self.isAncestorOf(here)
        if key not in self._left or (out and not self.was_touched):
            self._left.add(key)
            self.was_touched |= out
            self.left.emit()

    def is_over(self, key: str) -> bool:
        """Whether a field, or without a key all of the line, was left."""
        return self.was_touched or key in self._left

    @property
    def message(self) -> str:
        """The message shown."""
        return self._message.text()

    def say(self, text: str, tone: str = "", key: str = "") -> None:
        """Shows a message, and by its edge the field it is about; an empty one hides it."""
        self._message.say(text, tone)
        for name, field in self.fields.items():
            restyle(field, tone=tone if text and name == key else "")

    def problem(self) -> str:
        """The first problem of its fields, in words; empty where there is none."""
        return next((text for _, text in self.problems()), "")

    def problems(self) -> Iterator[tuple[str, str]]:
        """The problems of its fields: the field's key and words."""
        for key, field in self.fields.items():
            if text := field.problem():
                yield key, text

    def state(self) -> dict[str, object]:
        """What a draft keeps: the fields' states by key."""
        return {key: field.state() for key, field in self.fields.items()}

    def value(self) -> dict[str, Any]:
        """The fields' values by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def set_value(self, value: Any) -> None:
        """Fills in a line of a command, or values by its keys."""
        said = said_by(value) if is_dataclass(value) else value
        if isinstance(said, dict):
            for key, field in self.fields.items():
                field.set_value(said.get(key))

    def empty(self) -> None:
        """Makes the line blank again."""
        with QSignalBlocker(self):  # half emptied, it would bring another line
            self.set_value(self._pristine)
        self.was_touched = False
        self._left.clear()
        self.say("")

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in; such a line is skipped."""
        return self.state() == self._pristine


class Lines(Composite):
    """Rows of fields as one input, which shows its own messages: `lines.2.qty` is shown below the
    third line that is not blank.

    Its value is a tuple of `made`, the class of the command's lines. The last line is always blank:
    filling it in brings the next. With `optional` there need be no line.
    """

    summed = "amount"
    """The key of the column that the lines come to."""

    def __init__(
        self,
        ui: UiContext,
        fields: tuple[LineField, ...],
        made: type[Any] = ItemLine,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__(ui)
        self._fields, self._made, self._optional = fields, made, optional
        self.lines: list[Line] = []
        page = column(parent=self, space=6)
        self._hidden: set[str] = set()
        self._offered: dict[str, Pairs] = {}
        self._heads = heads = grid_layout(across=8)
        for place, each in enumerate(fields):
            heads.addWidget(label(each.title, "label"), 0, place)
        heads.setColumnMinimumWidth(len(fields), ui.theme.px(36) + 8)  # no gap where no button is
        self._rows = column(space=6)
        fill(page, heads, self._rows, self.message)
        said = [f"{each.title}: {each.hint}." for each in fields if each.hint]
        if said:
            page.addWidget(label(" ".join(said), "caption", wrap=True))
        self._measure(self.append())
        on_keys(self, REMOVES, self.remove_here)

    def _measure(self, line: Line) -> None:
        """Lets headings stand above their fields: columns of both have the same least widths."""
        for place, each in enumerate(self._fields):
            shown = each.key not in self._hidden
            self._heads.setColumnStretch(place, each.stretch if shown else 0)
            least = line.fields[each.key].minimumWidth() if shown else 0
            self._heads.setColumnMinimumWidth(place, least)

    @property
    def filled(self) -> list[Line]:
        """The lines that are not blank."""
        return [line for line in self.lines if not line.blank]

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first field with a problem, else the first of all."""
        wrong = (line.fields[key] for line in self.filled for key, _ in line.problems())
        return next(wrong, self.lines[0].field)

    def append(self) -> Line:
        """Adds a blank line below the others."""
        remove = Button(self._ui, "", "x", kind="quiet")
        remove.hint(self._ui.t("Remove this line"), REMOVES)
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        remove.setIcon(self._ui.theme.icon("x", "text3"))  # green would read as approval
        remove.setProperty("removes", True)
        line = Line(self._ui, self._fields, remove, self)
        for key, choices in self._offered.items():
            line.fields[key].set_choices(choices)
        remove.when_clicked(lambda: self.remove(line))
        line.changed.connect(self._line_changed)
        line.left.connect(self._line_left)
        for key in self._hidden:
            line.fields[key].hide()
        self._rows.addWidget(line)
        self._put_in_tab_order(line)
        self.lines.append(line)
        return line

    def _put_in_tab_order(self, line: Line) -> None:
        """Puts the line after the one above it in the order of Tab.

        The first line is never removed: it keeps the place of all.
        """
        above = list(self.lines[-1].fields.values()) if self.lines else []
        nowhere = Qt.FocusPolicy.NoFocus  # a field that can't be typed in would break the order
        goes_to = [each for each in above if each.focusPolicy() != nowhere][-1:]
        goes_to += [each for each in line.fields.values() if each.focusPolicy() != nowhere]
        for before, after in pairwise(goes_to):
            QWidget.setTabOrder(before, after)

    def remove(self, line: Line) -> None:
        """Removes a line."""
        if line not in self.lines:
            return
        if line is self.lines[0]:
            self.set_value([each.state() for each in self.filled if each is not line])
            return
        self._drop(line)
        if not self.lines[-1].blank:
            self.append()
        self.changed.emit()

    def remove_here(self) -> None:
        """Removes the line that the keyboard is in; the keyboard stays in that row and column."""
        here = QApplication.focusWidget() or self
        inside = (each for each in enumerate(self.lines) if each[1].isAncestorOf(here))
        place, line = next(inside, (0, None))
        if line is None or (line.blank and line is self.lines[-1]):
            return
        fields = line.fields.items()
        key = next(key for key, each in fields if each is here or each.isAncestorOf(here))
        self.remove(line)
        self.lines[place].fields[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _drop(self, line: Line) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        discard(line)

    def _line_changed(self) -> None:
        if not self.lines[-1].blank:
            self.append()
        self.changed.emit()

    def _line_left(self) -> None:
        self.was_touched = True
        self.touched.emit()  # for each field, so that what it lacks is told

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """That a line is missing, in words; empty where none is."""
        wanted = not self._optional and not self.filled
        return self._ui.t("Fill in at least one line") if wanted else ""

    def problems(self) -> list[tuple[str, str]]:
        """The problems in the lines: `2.qty` and words."""
        return [
            (f"{place}.{key}", text)
            for place, line in enumerate(self.filled)
            for key, text in islice(line.problems(), 1)
        ]

    def value(self) -> tuple[Any, ...]:
        """The lines that are not blank, as the command has them."""
        return tuple(bound(self._made, line.value()) for line in self.filled)

    def total(self, key: str = "") -> int:
        """The sum of a column, as far as it can be read; without a `key` that of `summed`."""
        return sum(line.fields[key or self.summed].value() or 0 for line in self.lines)

    def offer(self, key: str, choices: Pairs) -> None:
        """Sets the choices of a column's pickers, also in lines that are still to come."""
        self._offered[key] = choices
        for line in self.lines:
            line.fields[key].set_choices(choices)

    def show_column(self, key: str, *, shown: bool) -> None:
        """Shows a column or hides it, also in lines that are still to come."""
        if shown == (key not in self._hidden):
            return
        self._hidden ^= {key}
        place = next(n for n, each in enumerate(self._fields) if each.key == key)
        self._measure(self.lines[0])
        head = self._heads.itemAtPosition(0, place)
        assert head is not None
        for each in (head.widget(), *(line.fields[key] for line in self.lines)):
            each.setVisible(shown)

    def state(self) -> object:
        """What a draft keeps: the states of lines that are not blank."""
        return [line.state() for line in self.filled]

    def set_value(self, value: Any) -> None:
        """Fills in lines of a command or draft in place of those before."""
        wanted = value if isinstance(value, list | tuple) else []
        for line in self.lines[1:]:
            self._drop(line)
        self.lines[0].empty()
        for each in wanted:
            self.lines[-1].set_value(each)  # brings the next line
        self.changed.emit()

    # -- as what shows its own messages ----------------------------------------------------

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message about all lines, and where to begin; an empty one hides it."""
        said = bool(self.message.text())
        super().say(text, tone)
        if text or said:
            restyle(self.lines[0].field, tone=(tone or "error") if text else "")

    def say_at(self, rest: str, text: str, tone: str = "error") -> bool:
        """Shows a message at `2.qty`, below the third filled line; False where there is no such
        line.
        """
        line = at_line(rest, self.filled)
        if line is not None:
            line.say(text, tone, rest.partition(".")[2])
        return line is not None

    def is_over(self, rest: str) -> bool:
        """Whether somebody has been in the field `2.qty`, or without a path in a whole line."""
        if (line := at_line(rest, self.filled)) is not None:
            return line.is_over(rest.partition(".")[2])
        return any(line.was_touched for line in self.lines)

    def clear(self) -> None:
        """Clears the lines' messages."""
        for line in self.lines:
            line.say("")


class ItemLines(Lines):
    """Lines with fields `item` (made by `picker`) and `qty` among others. Override `in_order` and
    `follow`.
    """

    items: Mapping[str, Item] = MappingProxyType({})

    def picker(self) -> Picker:
        """A field for the item."""
        return Picker(self._ui)

    def in_order(self) -> Iterable[Item]:
        """The items in the order they are offered."""
        return self.items.values()

    def learn(self, items: Mapping[str, Item]) -> None:
        """Takes the book's items, and offers them."""
        self.items = items
        self.offer("item", [(each.code, each.name) for each in self.in_order()])
        for line in self.lines:
            self.follow(line)

    def append(self) -> Line:
        """Adds a blank line, whose fields follow each other."""
        line = super().append()
        line.changed.connect(partial(self.follow, line))
        return line

    def follow(self, line: Line) -> None:
        """Shows the item's unit behind the quantity."""
        item = self.items.get(line.fields["item"].value() or "")
        line.fields["qty"].set_unit(item.unit if item is not None else "")


class AccountLines(Lines):
    """Lines of an account and an amount. `what` is the heading of the accounts, `made` the class of
    the command's lines, `more` what else they have.
    """

    def __init__(
        self,
        ui: UiContext,
        what: str,
        made: type[AccountLine] | type[PaidLine] = AccountLine,
        *more: LineField,
    ) -> None:
        hint = ui.t("Type part of the name")
        fields = (
            LineField("account", what, lambda: Picker(ui, placeholder=hint), 5),
            LineField("amount", ui.t("Amount"), lambda: MoneyField(ui), 3),
            *more,
        )
        super().__init__(ui, fields, made)

    def learn(self, choices: list[tuple[str, str]]) -> None:
        """Offers these accounts: codes and names."""
        self.offer("account", choices)

    def fill(self, account: str, amount: int) -> None:
        """Adds a line, in place of a blank one."""
        line = self.lines[-1]
        line.fields["account"].set_value(account)
        line.fields["amount"].set_value(amount)

    def names(self, account: str) -> bool:
        """Whether a line has that account."""
        return any(line.fields["account"].value() == account for line in self.lines)


# -- Lines of goods taken from the store, and of money spent besides -----------------------------


Planned = tuple[str, int | None]
"""An item and a quantity in thousandths; None where somebody has to fill it in."""


class GoodsLines(Lines):
    """Lines of goods; what is in the store is shown behind the quantity: `400 dari 400 biji`.

    `plan` fills in what is needed; lines that somebody changed stay. There may be none, unless they
    are `required`.
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
        self.supplies: Supplies | None = None
        self._planned: dict[str, int | None] = {}
        fields = (
            LineField("item", title, lambda: Picker(ui), 3),
            LineField("qty", heading or ui.t("How many"), lambda: QuantityField(ui), 2),
        )
        super().__init__(ui, fields, optional=not required)

    def learn(self, supplies: Supplies) -> None:
        """Takes what the store has, and offers it."""
        self.supplies = supplies
        goods = supplies.of_classes(*self._classes)
        self.offer("item", [(item.code, item.name) for item in goods])
        for line in self.lines:
            self._follow(line)

    def append(self) -> Line:
        """Adds a blank line, whose fields follow each other."""
        line = super().append()
        line.fields["item"].changed.connect(partial(self._follow, line))
        line.fields["qty"].changed.connect(partial(self._warn, line))
        return line

    def _there(self, line: Line) -> tuple[Item, int] | None:
        """The item of a line and what the store has of it, in thousandths."""
        code = line.fields["item"].value()
        if self.supplies is None or code is None:
            return None
        return self.supplies.setup.items[code], self.supplies.on_hand.get(code, 0)

    def _follow(self, line: Line) -> None:
        """Shows what the store has of the item behind the quantity."""
        text, there = "", self._there(line)
        if there is not None:
            item, held = there
            quantity = self._ui.formats.quantity(held)
            text = self._ui.t("of {quantity} {unit}", quantity=quantity, unit=item.unit)
        line.fields["qty"].set_unit(text)
        self._warn(line)

    def _warn(self, line: Line) -> None:
        """Warns at once of more than the store has, also where nobody typed it."""
        there, wanted = self._there(line), line.fields["qty"].value()
        if line.problem() and line.message:
            return  # a problem stays shown
        if there is None or not wanted or wanted <= there[1]:
            line.say("")
            return
        item, held = there
        line.say(self._short(item, held), "warn")

    def _short(self, item: Item, held: int) -> str:
        """Why less than wanted is offered: what came only after the day, or how much there is."""
        quantity, t = self._ui.formats.quantity, self._ui.t
        later = self.supplies.later.get(item.code, 0) if self.supplies is not None else 0
        left = f"{quantity(held)} {item.unit}"
        if later:
            more = f"{quantity(later)} {item.unit}"
            return t("On that day {left}; {more} came later", left=left, more=more)
        return t("Only {left} in the store", left=left) if held else t("None in the store")

    def clear(self) -> None:
        """Clears the messages, but not the warnings."""
        for line in self.lines:
            self._warn(line)

    def plan(self, wanted: Iterable[Planned]) -> None:
        """Fills in these goods in place of those planned before."""
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
        """Takes lines that say just this for planned ones, after a draft was filled in."""
        self._planned = dict(planned)


def _code(line: Line) -> str:
    """The code of a line's item, also before the goods are known."""
    state = line.fields["item"].state()
    return state if isinstance(state, str) else ""


class CostLines(Lines):
    """Lines of money spent: what for, how much, from which cash account. There may be none."""

    def __init__(self, ui: UiContext, title: str) -> None:
        fields = (
            LineField("label", title, self._label, 4),
            LineField("amount", ui.t("Amount"), lambda: MoneyField(ui), 3),
            LineField("from", ui.t("Paid from"), self._picker, 4),
        )
        super().__init__(ui, fields, Cost, optional=True)

    def _label(self) -> TextField:
        return TextField(self._ui, required=True, placeholder=self._ui.t("Wages, gas, transport"))

    def _picker(self) -> Picker:
        picker = Picker(self._ui)
        picker.set_value(CASH_BOX)
        return picker

    def learn(self, supplies: Supplies) -> None:
        """Offers the cash accounts."""
        accounts = supplies.setup.cash_accounts
        self.offer("from", [(each.code, account_name(self._ui, each)) for each in accounts])
