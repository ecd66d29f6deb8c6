"""What money was paid or received for, line by line, in the chart's own words."""

from __future__ import annotations

from kwt_books.domain.documents.lines import AccountLine
from ui.forms.lines import LineField, Lines
from ui.kit import Kit
from ui.widgets.field import MoneyField
from ui.widgets.picker import Picker


class AccountLines(Lines):
    """`what` heads the column of words."""

    def __init__(self, kit: Kit, what: str) -> None:
        self._choices: list[tuple[str, str]] = []
        fields = (
            LineField("account", what, self._account_picker, 5),
            LineField("amount", kit.t("Amount"), lambda: MoneyField(kit), 3),
        )
        super().__init__(kit, fields)

    def _account_picker(self) -> Picker:
        placeholder = self._kit.t("Type a part of the word")
        return Picker(self._kit, self._choices, placeholder=placeholder)

    def learn(self, choices: list[tuple[str, str]]) -> None:
        self._choices = choices
        for line in self.lines:
            line.fields["account"].set_choices(choices)

    def total(self) -> int:
        return sum(line.fields["amount"].number() or 0 for line in self.lines)

    def fill(self, account: str, amount: int) -> None:
        """One line more, over a blank one."""
        line = self.lines[-1]
        line.fields["account"].choose(account)
        line.fields["amount"].set_number(amount)

    def names(self, account: str) -> bool:
        """Whether a line stands on that account already."""
        return any(line.fields["account"].code() == account for line in self.lines)

    def command_lines(self) -> tuple[AccountLine, ...]:
        return tuple(
            AccountLine(
                account=line.fields["account"].code(), amount=line.fields["amount"].number()
            )
            for line in self.filled
        )
