"""Goods taken from the store, and money spent besides, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.lines import Cost, ItemLine
from kwt_books.domain.documents.setup import Item
from kwt_books.queries.kitchen import Spent
from kwt_books.queries.shelves import Supplies
from ui.forms.lines import Line, LineField, Lines
from ui.forms.money_words import account_name
from ui.kit import Kit
from ui.widgets.field import MoneyField, QuantityField, TextField
from ui.widgets.picker import Picker

Planned = tuple[str, int | None]
"""An item and thousandths of it; None: how much is for someone to say."""


class GoodsLines(Lines):
    """What there is stands behind the number: `400 dari 400 biji`.

    `plan` fills in what is needed; lines that someone changed keep what they say. There may be
    none, unless they are `required`.
    """

    def __init__(
        self,
        kit: Kit,
        title: str,
        classes: Sequence[str],
        heading: str = "",
        *,
        required: bool = False,
    ) -> None:
        self._classes, self._required = tuple(classes), required
        self._supplies: Supplies | None = None
        self._planned: dict[str, int | None] = {}
        super().__init__(
            kit,
            (
                LineField("item", title, self._picker, 3),
                LineField("qty", heading or kit.t("How many"), lambda: QuantityField(kit), 2),
            ),
        )

    def _picker(self) -> Picker:
        return Picker(self._kit, self._choices())

    def _choices(self) -> list[tuple[str, str]]:
        return [(item.code, item.name) for item in self._offered()]

    def _offered(self) -> list[Item]:
        return self._supplies.of_classes(*self._classes) if self._supplies is not None else []

    def learn(self, supplies: Supplies) -> None:
        self._supplies = supplies
        for line in self.lines:
            line.fields["item"].set_choices(self._choices())
            self._follow(line)

    def _append(self) -> Line:
        line = super()._append()
        line.fields["item"].changed.connect(partial(self._follow, line))
        line.fields["qty"].changed.connect(partial(self._warn, line))
        return line

    def _there(self, line: Line) -> tuple[Item, int] | None:
        """The item of a line and what the store has of it."""
        code = line.fields["item"].code()
        if self._supplies is None or code is None:
            return None
        return self._supplies.setup.items[code], self._supplies.on_hand.get(code, 0)

    def _follow(self, line: Line) -> None:
        """What there is of the item, behind the number."""
        text, there = "", self._there(line)
        if there is not None:
            item, held = there
            quantity = self._kit.formats.quantity(held)
            text = self._kit.t("of {quantity} {unit}", quantity=quantity, unit=item.unit)
        line.fields["qty"].set_unit(text)
        self._warn(line)

    def _warn(self, line: Line) -> None:
        """Said at once, also of amounts that nobody typed."""
        there, wanted = self._there(line), line.fields["qty"].number()
        if line.problem() and line.message:
            return  # what is wrong stays said
        if there is None or not wanted or wanted <= there[1]:
            line.say("")
            return
        item, held = there
        left = f"{self._kit.formats.quantity(held)} {item.unit}"
        text = self._kit.t("Only {left} in the store", left=left)
        line.say(text if held else self._kit.t("None in the store"), "warn")

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
                if code in new and line.fields["qty"].number() == before[code]:
                    line.fields["qty"].set_number(new[code])
            return
        own = [
            line
            for line in self.filled
            if _code(line) not in before or line.fields["qty"].number() != before[_code(line)]
        ]
        kept = {_code(line): line.state() for line in own}
        states = [kept.pop(code, self._written(code, quantity)) for code, quantity in new.items()]
        self.restore([*states, *kept.values()])

    def assume(self, planned: Iterable[Planned]) -> None:
        """Lines that say just this are taken for planned ones: those of a draft."""
        self._planned = dict(planned)

    def _written(self, code: str, quantity: int | None) -> dict[str, object]:
        text = self._kit.formats.quantity(quantity) if quantity is not None else ""
        return {"item": code, "qty": text}

    def problem(self) -> str:
        return super().problem() if self._required else ""

    def command_lines(self) -> tuple[ItemLine, ...]:
        return tuple(
            ItemLine(item=line.fields["item"].code(), qty=line.fields["qty"].number())
            for line in self.filled
        )


def _code(line: Line) -> str:
    """Also before the goods are known."""
    state = line.fields["item"].state()
    return state if isinstance(state, str) else ""


class CostLines(Lines):
    """What for, how much, from which cash account. May stay empty."""

    def __init__(self, kit: Kit, title: str) -> None:
        self._accounts: list[tuple[str, str]] = []
        t = kit.t
        super().__init__(
            kit,
            (
                LineField("label", title, self._label, 4),
                LineField("amount", t("Amount"), lambda: MoneyField(kit), 3),
                LineField("from", t("Paid from"), self._picker, 4),
            ),
        )

    def _label(self) -> TextField:
        return TextField(self._kit, required=True, placeholder=self._kit.t("Wages, gas, transport"))

    def _picker(self) -> Picker:
        picker = Picker(self._kit, self._accounts)
        picker.choose(CASH_BOX)
        return picker

    def learn(self, supplies: Supplies) -> None:
        self._accounts = [
            (each.code, account_name(self._kit, each)) for each in supplies.setup.cash_accounts
        ]
        for line in self.lines:
            line.fields["from"].set_choices(self._accounts)

    def states_of(self, costs: Iterable[Spent]) -> list[dict[str, object]]:
        """As `restore` takes them."""
        number = self._kit.formats.number
        return [
            {"label": cost.label, "amount": number(cost.amount), "from": cost.source}
            for cost in costs
        ]

    def problem(self) -> str:
        return ""

    def command_lines(self) -> tuple[Cost, ...]:
        return tuple(
            Cost(
                label=line.fields["label"].value(),
                amount=line.fields["amount"].number(),
                source=line.fields["from"].code(),
            )
            for line in self.filled
        )
