"""Percents by fund that add up to 100, as an input, and the funds there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kwt_books.domain.accounts import FUNDS, Account
from kwt_books.domain.values import share_out
from kwt_books.i18n.catalogue import noop
from ui.kit.card import Note
from ui.kit.composite import Composite
from ui.kit.field import CountField
from ui.kit.layout import column, figures, grid_layout, label, say
from ui.kit.look import UiContext
from ui.kit.party import account_name

_EXAMPLE = 1_000_000
"""Rupiah of the profit that the shares are shown with."""


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund: its account's code and name, and what it is for."""

    code: str
    name: str
    about: str = ""


class SharingField(Composite):
    """The funds' percents as one input, which shows its own message: a line for each fund, and the
    sum.
    """

    def __init__(self, ui: UiContext, funds: Sequence[Fund]) -> None:
        super().__init__(ui)
        self._funds = tuple(funds)
        self._percents: dict[str, CountField] = {}
        self._amounts = {fund.code: figures(ui, "", "caption", "quiet") for fund in funds}
        self._grid = grid_layout(across=16, down=8, wide=0)
        page = column(self._grid, parent=self, space=10)
        self._lay_out()
        self._sum = Note(ui)
        page.addWidget(self._sum)
        self._show()

    def _lay_out(self) -> None:
        t, ui = self._ui.t, self._ui
        of = t("of {amount} profit", amount=ui.formats.rupiah(_EXAMPLE))
        for place, heading in enumerate((t("Fund"), t("Share"), of)):
            made = label(heading, "label") if place < 2 else figures(ui, heading, "label")
            self._grid.addWidget(made, 0, place)
        for place, fund in enumerate(self._funds, start=1):
            names = column(label(fund.name, "strong"))
            if fund.about:
                names.addWidget(label(fund.about, "caption", wrap=True))
            field = CountField(ui, unit="%", required=False, most=100)
            field.setFixedWidth(ui.theme.px(96))
            field.setAccessibleName(t("Share of {fund}", fund=fund.name))
            field.textChanged.connect(self._edited)
            field.installEventFilter(self)
            self._percents[fund.code] = field
            self._amounts[fund.code].setMinimumWidth(ui.theme.px(110))
            self._grid.addLayout(names, place, 0)
            self._grid.addWidget(field, place, 1)
            self._grid.addWidget(self._amounts[fund.code], place, 2)

    def value(self) -> dict[str, int]:
        """Whole percents by fund, without those at 0."""
        found = {code: field.value() or 0 for code, field in self._percents.items()}
        return {code: percent for code, percent in found.items() if percent}

    def set_value(self, value: object) -> None:
        """Fills in percents by fund; a fund not named is cleared."""
        found = value if isinstance(value, Mapping) else {}
        for code, field in self._percents.items():
            field.set_value(found.get(code))

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first field with an error, else the first."""
        wrong = (field for field in self._percents.values() if field.problem())
        return next(wrong, next(iter(self._percents.values())))

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        t, shares = self._ui.t, self.value()
        total = sum(shares.values())
        parts = share_out(_EXAMPLE, shares) if total == 100 else {}
        for code, amount in self._amounts.items():
            there = code in parts
            text = self._ui.formats.rupiah(parts[code]) if there else "–"
            say(amount, text, "" if there else "quiet")
        if total == 100:
            self._sum.say(t("All of the profit is shared."), "good", strong="100%")
        elif total < 100:
            left = t("{percent}% still has to be given to a fund.", percent=100 - total)
            self._sum.say(left, "", strong=f"{total}%")
        else:
            over = t("That is {percent}% too much.", percent=total - 100)
            self._sum.say(over, "error", strong=f"{total}%")

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: a field, or a sum other than 100; empty where nothing is."""
        wrong = next(filter(None, (each.problem() for each in self._percents.values())), "")
        if wrong:
            return wrong
        return "" if sum(self.value().values()) == 100 else self._ui.t("Must add up to 100%")

    def state(self) -> object:
        """What a draft keeps: the fields' states by fund."""
        return {code: field.state() for code, field in self._percents.items()}

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message beside the sum; an empty one shows the sum alone."""
        if not text:
            self._show()
            return
        total = sum(self.value().values())
        self._sum.say(text, tone, strong=f"{total}%")


ABOUT = {
    "3201": noop("Kept for hard times"),
    "3202": noop("Repairs of tools and seedling house"),
    "3203": noop("Seeds for the next planting"),
    "3204": noop("Daily running of the group"),
    "2107": noop("Paid out to the members"),
    "2111": noop("Illness, bereavement, help for neighbours"),
}
USUAL = {"3202": 30, "3203": 30, "3204": 25, "3201": 15}
"""Shares to begin with, in percent; the members decide."""


def funds(ui: UiContext, accounts: Mapping[str, Account], shares: Iterable[str]) -> list[Fund]:
    """The funds: the four of the chart, members and social fund, then others that have a share."""
    codes = dict.fromkeys((*FUNDS, *ABOUT, *shares))
    return [
        Fund(code, account_name(ui, known), ui.t(ABOUT.get(code, "")))
        for code in codes
        if (known := accounts.get(code)) is not None
    ]
