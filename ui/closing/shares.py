"""How a profit is shared: percents by fund, adding to a hundred, and what each comes to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kwt_books.domain.accounts import FUNDS, SURPLUS, Account, AccountType
from kwt_books.domain.values import UNIT, share_out
from kwt_books.i18n.formats import NIL
from kwt_books.queries.overview import SetupData
from ui.kit.button import Button
from ui.kit.card import Badge
from ui.kit.composite import Composite
from ui.kit.layout import Elided, column, figures, grid_layout, label, row
from ui.kit.look import UiContext
from ui.kit.party import account_name
from ui.kit.picker import Picker, Stepper

_WHOLE = 100
_EXTRA = 3
"""The column of what tells where a rupiah left over went; it keeps its room."""


class PercentStepper(Stepper):
    """Whole percents, 0 to 100."""

    def __init__(self, ui: UiContext, title: str) -> None:
        super().__init__(ui)
        self.most = _WHOLE * UNIT
        self.setAccessibleName(title)
        self.setFixedWidth(ui.theme.px(104))

    def percent(self) -> int:
        """The whole percents."""
        return self.value() // UNIT

    def problem(self) -> str:
        """What is wrong, in words: not a number, or not whole; empty where nothing is."""
        if said := super().problem():
            return said
        return self._ui.t("Whole percents only") if self.value() % UNIT else ""


class _Share:
    """A fund's row."""

    def __init__(self, ui: UiContext, account: Account) -> None:
        self.name = Elided(account_name(ui, account))
        self.stepper = PercentStepper(ui, self.name.text())
        self.amount: QLabel = figures(ui, "", "strong")
        self.extra = Badge(ui, "+1")
        self.extra.setToolTip(ui.t("The rupiah left over from rounding went here"))
        self.cells: tuple[QWidget, ...] = (
            self.name, self.stepper, label("%", "caption"), self.extra, self.amount
        )  # fmt: skip


class SharesField(Composite):
    """The funds' percents as one input, which also shows its own message.

    Where two parts end in the same fraction of a rupiah the order decides which is rounded up: the
    decision's funds come first. The rows are made when the field is first shown; until then it only
    keeps the percents.
    """

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.decided: Mapping[str, int] = {}
        self._accounts: Mapping[str, Account] = {}
        self._percents: dict[str, int] = {}
        """Percents by fund, with those at 0."""
        self.by_fund: dict[str, _Share] = {}
        self._waiting: Mapping[str, int] | None = None
        self._shared = 0
        self._filling = False
        self._built = False
        self._grid = grid_layout(across=12, down=8, wide=0)
        self._grid.setColumnMinimumWidth(4, ui.theme.px(120))
        self._page = column(self._grid, self.message, parent=self, space=12)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._built:
            return
        self._built = True
        self._page.insertLayout(1, self._make_below())
        for code in self._percents:
            self._add_row(code)
        self._offer_more()
        self._show()

    def _make_below(self) -> QHBoxLayout:
        t = self._ui.t
        self.more = Picker(self._ui, required=False, placeholder=t("Another fund"))
        self.more.setAccessibleName(t("Another fund"))
        self.more.setMaximumWidth(self._ui.theme.px(260))
        self.more.changed.connect(self._more_chosen)
        self.reset_button = Button(self._ui, t("As decided"), "arrow-counter-clockwise")
        self.reset_button.hint(t("The shares that the meeting decided"))
        self.reset_button.when_clicked(lambda: self.set_shares(self.decided))
        self.total = Badge(self._ui)
        return row((self.more, 1), self.reset_button, ..., self.total, space=8)

    # -- the shares ------------------------------------------------------------------------

    def learn(self, setup: SetupData) -> None:
        """Takes the funds: those of the decision in its order, then the chart's others."""
        decided = dict(setup.group.shares) if setup.group is not None else {}
        known = self._accounts
        self.decided, self._accounts = decided, setup.accounts
        waiting, self._waiting = self._waiting, None
        if not known:
            for code in dict.fromkeys((*decided, *FUNDS)):
                self._add(code)
            self.set_shares(waiting if waiting is not None else decided)
        self._offer_more()

    def _offer_more(self) -> None:
        if not self._built:
            return
        kinds = (AccountType.EQUITY, AccountType.LIABILITY)
        self.more.set_choices(
            [
                (code, account_name(self._ui, each))
                for code, each in self._accounts.items()
                if each.type in kinds and code not in self._percents and code != SURPLUS
            ]
        )

    def _more_chosen(self) -> None:
        code = self.more.value()
        if code is not None:
            self.more.set_value(None)
            self._add(code)
            self._offer_more()
            self.by_fund[code].stepper.setFocus()

    def _add(self, code: str) -> None:
        if code not in self._percents and code in self._accounts:
            self._percents[code] = 0
            if self._built:
                self._add_row(code)

    def _add_row(self, code: str) -> None:
        made = self.by_fund[code] = _Share(self._ui, self._accounts[code])
        place = len(self.by_fund)
        for across, cell in enumerate(made.cells):
            self._grid.addWidget(cell, place, across)
        self._grid.setColumnMinimumWidth(_EXTRA, made.extra.sizeHint().width())
        made.stepper.set_value(self._percents[code] * UNIT)
        made.stepper.changed.connect(self._typed)
        made.stepper.lineEdit().textEdited.connect(self._show)  # also what is no number
        made.stepper.installEventFilter(self)

    def value(self) -> dict[str, int]:
        """Percents by fund, without those at 0."""
        return {code: percent for code, percent in self._percents.items() if percent}

    def set_shares(self, shares: Mapping[str, int]) -> None:
        """Fills in percents by fund; before the funds are known they are kept for later."""
        if not self._accounts:
            self._waiting = shares
            return
        for code in shares:
            self._add(code)
        self._percents = {code: shares.get(code, 0) for code in self._percents}
        self._filling = True  # emitted once below, not by each row
        for code, each in self.by_fund.items():
            each.stepper.set_value(self._percents[code] * UNIT)
        self._filling = False
        self._edited()

    def _typed(self) -> None:
        if not self._filling:
            self._percents.update((c, each.stepper.percent()) for c, each in self.by_fund.items())
            self._edited()

    @property
    def complete(self) -> bool:
        """Whether the percents add up to 100."""
        return sum(self.value().values()) == _WHOLE

    @property
    def own(self) -> Mapping[str, int] | None:
        """The shares for this close alone; None where they are those decided."""
        shares = self.value()
        return None if shares == dict(self.decided) else shares

    @property
    def parts(self) -> dict[str, int]:
        """Rupiah by fund; empty while the percents don't add up to 100."""
        shares = self.value()
        if sum(shares.values()) != _WHOLE or self._shared <= 0:
            return {}
        return share_out(self._shared, shares)

    def show_shared(self, amount: int) -> None:
        """Takes the amount to be shared, whole rupiah."""
        self._shared = amount
        self._show()

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if not self._built:
            return
        t, formats, shares = self._ui.t, self._ui.formats, self.value()
        read = not self._unread()
        parts, total = self.parts if read else {}, sum(shares.values())
        for code, each in self.by_fund.items():
            part = parts.get(code)
            each.amount.setText(formats.number(part) if part else NIL)
            floor = self._shared * shares.get(code, 0) // _WHOLE
            each.extra.setVisible(part is not None and part > floor)
        text = t("100%, all of it is shared")
        if total != _WHOLE:
            percent = formats.percent(abs(_WHOLE - total) * 10)
            text = t("{percent} missing", percent=percent)
            if total > _WHOLE:
                text = t("{percent} too many", percent=percent)
        self.total.show_text(text, "good" if total == _WHOLE else "error")
        self.total.setVisible(read)
        self.reset_button.setVisible(bool(self.decided) and shares != dict(self.decided))

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: a percent, or a sum other than 100; empty where nothing is."""
        if self._shared <= 0:
            return ""
        if said := self._unread():
            return said
        total = sum(self.value().values())
        return "" if total == _WHOLE else self._ui.t("The shares must add up to 100%")

    def _unread(self) -> str:
        """What is wrong with the first percent that can't be taken, in words."""
        wrong = (each.stepper.problem() for each in self.by_fund.values())
        return next(filter(None, wrong), "")

    def state(self) -> object:
        """What a draft keeps and compares: the percents by fund."""
        return dict(self._waiting) if self._waiting is not None else self.value()

    def set_value(self, value: object) -> None:
        """Fills in percents by fund; anything but a dict of ints clears them."""
        shares = value if isinstance(value, dict) else {}
        self.set_shares({str(code): n for code, n in shares.items() if isinstance(n, int)})

    # -- as what shows its own message -----------------------------------------------------

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first fund's stepper."""
        return next((each.stepper for each in self.by_fund.values()), self)
