"""Money taken: cash, and what came by QRIS or transfer, each into its account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from kwt_books.domain.accounts import BANK, CASH_BOX, Account
from ui.kit import Kit, restyle
from ui.widgets.field import MoneyField


class CashField(MoneyField):
    """An amount that follows from others until one types one's own."""

    def __init__(self, kit: Kit, title: str) -> None:
        super().__init__(kit, required=False)
        self.is_own = False
        self.setAccessibleName(title)
        self.textEdited.connect(self._edited)

    def _edited(self, text: str) -> None:
        self.hold(bool(text.strip()))

    def hold(self, own: bool) -> None:
        """Whether what stands there is one's own."""
        self.is_own = own
        restyle(self, computed=not own and bool(self.text()))

    def compute(self, amount: int | None) -> None:
        """What follows; one's own amount stays, and nothing appears where one is typing."""
        if not self.is_own and not (self.hasFocus() and not self.text()):
            self.set_number(amount)
            restyle(self, computed=bool(self.text()))

    def put(self, amount: int | None) -> None:
        """One's own amount; None: none."""
        self.is_own = amount is not None
        self.set_number(amount)
        self.hold(amount is not None)


class Till(QObject):
    """An input: what was received, by account. The fields are laid out by the form.

    `due` is proposed as cash, less what came otherwise, until someone types.
    """

    changed = Signal()

    def __init__(self, kit: Kit, *, proposes: bool) -> None:
        super().__init__()
        self.kit, self._proposes = kit, proposes
        self.cash = CashField(kit, kit.t("Cash received"))
        self.bank = CashField(kit, kit.t("Received by QRIS or transfer"))
        self.cash_account, self.bank_account = CASH_BOX, BANK
        self.accounts: Sequence[Account] = ()
        self.due = 0
        self.is_needed = False
        """Whether an amount must be there, be it nil."""
        self.cash.changed.connect(self.changed)
        self.bank.changed.connect(self._bank_changed)

    def _bank_changed(self) -> None:
        self._propose()
        self.changed.emit()

    def set_due(self, amount: int) -> None:
        self.due = amount
        self._propose()

    def _propose(self) -> None:
        if self._proposes:
            cash = max(0, self.due - (self.bank.number() or 0))
            self.cash.compute(cash if self.due else None)

    def use_accounts(self, cash: str, bank: str) -> None:
        self.cash_account, self.bank_account = cash, bank
        self.changed.emit()

    @property
    def total(self) -> int:
        return (self.cash.number() or 0) + (self.bank.number() or 0)

    @property
    def is_filled(self) -> bool:
        return any(field.number() is not None for field in (self.cash, self.bank))

    def received(self) -> dict[str, int]:
        """As documents carry it: nil amounts left out."""
        found: dict[str, int] = {}
        for account, field in ((self.cash_account, self.cash), (self.bank_account, self.bank)):
            if amount := field.number():
                found[account] = found.get(account, 0) + amount
        return found

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        problems = (self.cash.problem(), self.bank.problem())
        if said := next(filter(None, problems), ""):
            return said
        if self.is_needed and not self.is_filled:
            return self.kit.t("Count the money first. Write 0 if there was none.")
        return ""

    def state(self) -> object:
        if not (self.cash.is_own or self.bank.is_own):
            return {}
        return {
            "cash": self.cash.text() if self.cash.is_own else None,
            "bank": self.bank.text() if self.bank.is_own else None,
            "accounts": [self.cash_account, self.bank_account],
        }

    def restore(self, state: object) -> None:
        """What `state` gave, or amounts by account as a document carries them."""
        found = state if isinstance(state, dict) else {}
        if found and all(isinstance(amount, int) for amount in found.values()):
            self._restore_amounts(found)
        else:
            self._restore_texts(found)
        self._propose()
        self.changed.emit()

    def _restore_amounts(self, amounts: Mapping[str, int]) -> None:
        by_bank = BANK if BANK in amounts else None
        in_cash = next((code for code in amounts if code != by_bank), None)
        if by_bank is None and len(amounts) > 1:
            by_bank = next(code for code in amounts if code != in_cash)
        self.cash_account, self.bank_account = in_cash or CASH_BOX, by_bank or BANK
        self.cash.put(amounts[in_cash] if in_cash else 0)
        self.bank.put(amounts[by_bank] if by_bank else None)

    def _restore_texts(self, state: Mapping[str, object]) -> None:
        match state.get("accounts"):
            case [str(cash), str(bank)]:
                self.cash_account, self.bank_account = cash, bank
            case _:
                self.cash_account, self.bank_account = CASH_BOX, BANK
        for key, field in (("cash", self.cash), ("bank", self.bank)):
            text = state.get(key)
            field.is_own = isinstance(text, str)
            field.setText(text if isinstance(text, str) else "")
            field.hold(isinstance(text, str))
