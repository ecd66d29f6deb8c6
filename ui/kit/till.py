"""Money received, in cash and by QRIS or transfer; its card, the buttons of selling, a note to the
document, and the forms of selling and of shops.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.book import Book
from kwt_books.domain.accounts import BANK, CASH_BOX, Account
from kwt_books.queries.selling import Selling, selling
from kwt_books.queries.shops import Shop, Shops, shops
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.document_form import DayForm
from ui.kit.field import FieldRow, Kept, MoneyField, TextField
from ui.kit.form import Form, FormWindow, print_button
from ui.kit.goods_grid import GoodsGrid
from ui.kit.layout import label, open_up, row, show_text
from ui.kit.look import GUTTER, UiContext, restyle
from ui.kit.messages import is_left
from ui.kit.party import account_name
from ui.kit.picker import Picker
from ui.kit.popup import Menu
from ui.kit.worker import Change
from ui.kit.workspace import Given, Workspace


class CashField(MoneyField):
    """An amount in rupiah that is computed until somebody types one."""

    def __init__(self, ui: UiContext, title: str) -> None:
        super().__init__(ui, required=False)
        self.is_own = False
        self.setAccessibleName(title)
        self.textEdited.connect(self._edited)

    def _edited(self, text: str) -> None:
        self.hold(bool(text.strip()))

    def hold(self, own: bool) -> None:
        """Marks the amount as typed, or as computed."""
        self.is_own = own
        restyle(self, computed=not own and bool(self.text()))

    def compute(self, amount: int | None) -> None:
        """Fills in a computed amount, unless one was typed or is being typed."""
        if not self.is_own and not (self.hasFocus() and not self.text()):
            MoneyField.set_value(self, amount)
            restyle(self, computed=bool(self.text()))

    def put(self, amount: int | None) -> None:
        """Fills in an amount as typed; None clears it."""
        self.is_own = amount is not None
        self.set_value(amount)
        self.hold(amount is not None)


class ShareField(CashField):
    """An amount that is computed until one is typed, or comes from a document or draft."""

    def set_value(self, value: Any) -> None:
        """Fills in an amount as typed; None leaves it to be computed."""
        self.is_own = bool(value) or value == 0  # before others hear of it and compute another
        super().set_value(value)
        self.hold(self.is_own)

    def state(self) -> object:
        """What a draft keeps: the amount that was typed."""
        return super().state() if self.is_own else ""


class Till(Kept, QObject):
    """The money received by account, as an input; the form lays out its fields.

    `due` is proposed as cash, less what came otherwise, until somebody types.
    """

    changed = Signal()

    def __init__(self, ui: UiContext, *, proposes: bool, cash: str = "", bank: str = "") -> None:
        """`cash` and `bank`: what the fields are called; empty for money received."""
        super().__init__()
        self.ui, self._proposes = ui, proposes
        self.cash = CashField(ui, cash or ui.t("Cash received"))
        self.bank = CashField(ui, bank or ui.t("Received by QRIS or transfer"))
        self.cash_account, self.bank_account = CASH_BOX, BANK
        self.accounts: Sequence[Account] = ()
        self.due = 0
        self._beyond: Sequence[str] = ()
        """Further accounts of a document from elsewhere, for which there is no field."""
        self.is_needed = False
        """Whether an amount has to be given, even if it is 0."""
        self.cash.changed.connect(self.changed)
        self.bank.changed.connect(self._bank_changed)

    def _bank_changed(self) -> None:
        self._propose()
        self.changed.emit()

    def set_due(self, amount: int) -> None:
        """Takes the amount that is due, in rupiah, and proposes it."""
        self.due = amount
        self._propose()

    def _propose(self) -> None:
        if self._proposes:
            cash = max(0, self.due - (self.bank.value() or 0))
            self.cash.compute(cash if self.due else None)

    def use_accounts(self, cash: str, bank: str) -> None:
        """Takes the accounts that cash and other money go to."""
        self.cash_account, self.bank_account = cash, bank
        self.changed.emit()

    @property
    def total(self) -> int:
        """What was received in all, in rupiah."""
        return (self.cash.value() or 0) + (self.bank.value() or 0)

    @property
    def is_filled(self) -> bool:
        """Whether any amount is filled in, be it 0."""
        return any(field.value() is not None for field in (self.cash, self.bank))

    def value(self) -> dict[str, int]:
        """Rupiah by account as documents have it, without those at 0."""
        found: dict[str, int] = {}
        for account, field in ((self.cash_account, self.cash), (self.bank_account, self.bank)):
            if amount := field.value():
                found[account] = found.get(account, 0) + amount
        return found

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: an amount, or none where one has to be given, or a document
        whose money went into more accounts than two; empty where nothing is.
        """
        if self._beyond:
            return self.ui.t(
                "This form has no room for the money in {accounts}. Undo the document instead.",
                accounts=", ".join(self._beyond),
            )
        problems = (self.cash.problem(), self.bank.problem())
        if said := next(filter(None, problems), ""):
            return said
        if self.is_needed and not self.is_filled:
            return self.ui.t("Count the money first. Write 0 if there was none.")
        return ""

    def state(self) -> object:
        """What a draft keeps: the typed amounts and the accounts; empty where nothing was typed."""
        if not (self.cash.is_own or self.bank.is_own or self._beyond):
            return {}
        return {
            "cash": MoneyField.state(self.cash) if self.cash.is_own else None,
            "bank": MoneyField.state(self.bank) if self.bank.is_own else None,
            "accounts": [self.cash_account, self.bank_account, *self._beyond],
        }

    def set_value(self, value: object) -> None:
        """Fills in what `state` gave, or a document's amounts by account."""
        found = value if isinstance(value, dict) else {}
        if found and all(isinstance(amount, int) for amount in found.values()):
            self._restore_amounts(found)
        else:
            self._restore_typed(found)
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
        self._beyond = [code for code in amounts if code not in (in_cash, by_bank)]

    def _restore_typed(self, state: Mapping[str, object]) -> None:
        match state.get("accounts"):
            case [str(cash), str(bank), *beyond]:
                self.cash_account, self.bank_account = cash, bank
                self._beyond = [str(each) for each in beyond]
            case _:
                self.cash_account, self.bank_account, self._beyond = CASH_BOX, BANK, ()
        for key, field in (("cash", self.cash), ("bank", self.bank)):
            typed = state.get(key)
            field.is_own = isinstance(typed, int | str)
            MoneyField.set_value(field, typed)
            field.hold(isinstance(typed, int | str))


class TillCard(Card):
    """The card of the money received; it shows errors about money in `said`, and watches its fields
    as their event filter.
    """

    touched = Signal()

    def __init__(self, form: Form, parent: QWidget, *, proposes: bool, space: int) -> None:
        super().__init__(space=space)
        self.setParent(parent)
        self.form, self.ui, self.t = form, form.ui, form.t
        self.was_touched = False
        self.till = Till(self.ui, proposes=proposes)
        self.said = label("", "label", "error", wrap=True)
        self.said.setParent(self)
        self.said.hide()

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the cash."""
        return self.till.cash

    @property
    def message(self) -> str:
        """The message shown."""
        return self.said.text()

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message; an empty one hides it."""
        show_text(self.said, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if is_left(event) and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        return False


class SaveBar(QWidget):
    """Save and print, and a menu with what is needed less often."""

    def __init__(self, form: Form, till: Till | None = None) -> None:
        super().__init__()
        ui, t = form.ui, form.t
        self._ui, self._till = ui, till
        self.print_button = print_button(form)
        self.menu = Menu(ui, self)
        # The keys are only shown here: the form itself handles them.
        self.menu.offer(t("Save without printing"), form.save, "check", keys="Ctrl+S")
        self.menu.offer(t("Clear the form"), form.start_anew, "eraser")
        if till is not None:
            self.menu.aboutToShow.connect(self._fill_accounts)
        self._accounts: list[Menu] = []
        self.more = Button(ui, "", "caret-up", scale="large").hint(t("More"))
        self.more.setMenu(self.menu)
        row((self.print_button, 1), self.more, parent=self, space=8)
        form.locks(self.print_button, self.more)

    def _fill_accounts(self) -> None:
        """Fills the menu with the accounts that the money can go to."""
        assert self._till is not None
        for old in self._accounts:
            self.menu.removeAction(old.menuAction())
            old.deleteLater()
        if not self._accounts:
            self.menu.addSeparator()
        till, t = self._till, self._ui.t
        self._accounts = [
            self._choice(
                t("Cash goes into"),
                "money",
                till.cash_account,
                lambda code: till.use_accounts(code, till.bank_account),
            ),
            self._choice(
                t("QRIS and transfers go into"),
                "qr-code",
                till.bank_account,
                lambda code: till.use_accounts(till.cash_account, code),
            ),
        ]

    def _choice(self, title: str, icon: str, chosen: str, choose: Callable[[str], None]) -> Menu:
        assert self._till is not None
        menu = self.menu.deeper(title, icon)
        menu.choose(
            [(account_name(self._ui, each), each.code) for each in self._till.accounts],
            chosen,
            choose,
        )
        return menu


class MemoField(TextField):
    """A note to the document. Its `opener` shows its `row`, which stays as long as it has text."""

    def __init__(self, ui: UiContext, *, small: bool = False) -> None:
        """With `small` the opener is an icon without words."""
        super().__init__(ui, placeholder=ui.t("Note, if any"))
        text = ui.t("Add a note")
        self.opener = Button(ui, "" if small else text, "note-pencil", kind="quiet").hint(text)
        self.opener.when_clicked(self.open)
        self.setAccessibleName(ui.t("Note"))
        self.row = FieldRow(ui, "", self, wraps=False)
        self.row.title.hide()
        self.changed.connect(self._show)
        self.row.hide()

    def open(self) -> None:
        """Shows the field and gives it the keyboard."""
        self.opener.hide()
        self.row.show()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def set_value(self, value: Any) -> None:
        """Fills in a text; the field is hidden again where it is empty."""
        super().set_value(value)
        if not self.text():
            self.row.hide()
            self.opener.show()

    def _show(self) -> None:
        if self.text():
            self.opener.hide()
            self.row.show()


class SellingForm(DayForm):
    """The base of forms that sell from the store, by what it has on the form's day. Override
    `learnt`.
    """

    grid: GoodsGrid
    memo: MemoField
    known: Selling | None = None
    by_day = True

    def ask(self, book: Book) -> Selling:
        """What the store has on the form's day; runs on the worker."""
        return book.read(selling, self.asked_day)

    def take(self, known: Selling) -> None:
        """Keeps the answer; what is filled in stays."""
        first, self.known = self.known is None, known
        self.learnt(known)
        if first and self.isVisible():
            self.grid.focus_first()

    def learnt(self, known: Selling) -> None:
        """Shows what the book answered; subclasses say how."""
        raise NotImplementedError


# -- The base of forms about one shop ------------------------------------------------------------


_DAY = 190
"""Width of a day without its weekday."""


class OneShop(Kept, QObject):
    """The shop of a form whose page says which it is, as an input that nothing shows."""

    changed = Signal()

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def value(self) -> str:
        """The shop's code."""
        return self._code

    def set_value(self, value: object) -> None:
        """Nothing: it stays the same shop."""


_COMES_OR_GOES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class ShopForm(DayForm):
    """The base of forms about one shop; emits `shop_chosen` when it is another one.

    Override `show_shop`, which is called when the book has answered.
    """

    grid: GoodsGrid
    memo: MemoField
    by_day = True

    def __init__(
        self,
        workspace: Workspace,
        name: str,
        given: Given,
        *,
        own: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`own`: a window of its own, in which the shop is picked; else `given` names it."""
        if not own:  # a draft for each shop
            name = f"{name}_{sha256(str(given['shop']).encode()).hexdigest()[:12]}"
        super().__init__(workspace, name, given if own else {}, parent=parent)
        self.own = own
        self.day: FieldRow | None = None
        """The day, for whoever shows the form of a shop that is given."""
        self.known: Shops | None = None
        self.shop: Picker | OneShop = (
            Picker(self.ui, placeholder=self.t("Which shop?"))
            if own
            else OneShop(str(given["shop"]))
        )
        self.shop.changed.connect(self.show_shop)

    def reach_to_the_edges(self) -> None:
        """Lets its parts go from side to side; what it says above them keeps its distance."""
        self.body.setSpacing(0)
        self._above = row(self.note)
        self.body.insertLayout(0, self._above)
        self.note.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Takes no room for the note's distance while it is hidden: Qt would count it."""
        if watched is self.note and event.type() in _COMES_OR_GOES:
            shown = event.type() == QEvent.Type.ShowToParent
            self._above.setContentsMargins(*((GUTTER, 4, GUTTER, 8) if shown else (0, 0, 0, 0)))
        return False

    def top(self) -> QHBoxLayout:
        """A row of shop and date; empty where the shop is given: its panel shows the date."""
        line, at_top = row(space=12), Qt.AlignmentFlag.AlignTop
        if isinstance(self.shop, Picker):
            line.addWidget(self.labelled("shop", self.t("Shop"), self.shop), 3, at_top)
        else:
            self.add("shop", self.shop)
        day = self.labelled("date", self.t("Date"), self.date)
        if self.own:
            line.addWidget(day, 2, at_top)
            return line
        day.title.hide()
        day.setFixedWidth(self.ui.theme.px(_DAY))
        self.day = day
        return line

    @property
    def here(self) -> Shop | None:
        """The shop chosen, as the book answered; None where none is."""
        code = self.shop.value()
        return self.known.shop(code) if self.known is not None and code is not None else None

    def ask(self, book: Book) -> Shops:
        """The shops and what each has on the form's day; runs on the worker."""
        return book.read(shops, self.asked_day)

    def take(self, known: Shops) -> None:
        """Takes the book's answer; what is filled in stays."""
        self.known = known
        if isinstance(self.shop, Picker):
            self.shop.set_choices([(shop.code, shop.name) for shop in known.shops])
        self.show_shop()

    def show_shop(self) -> None:
        """Shows the shop chosen; subclasses say how."""
        raise NotImplementedError


class SaveButtons(QWidget):
    """Save and print, and saving alone."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        t, ui = form.t, form.ui
        self.both = print_button(form)
        self.alone = Button(ui, t("Save only"), scale="large")
        self.alone.hint(t("Save without printing"), "Ctrl+S").when_clicked(form.save).decides()
        row((self.both, 1), self.alone, parent=self, space=8)
        form.locks(self.both, self.alone)

    def start(self) -> None:
        """Takes the keyboard, coming from the goods."""
        self.both.setFocus(Qt.FocusReason.TabFocusReason)


# -- A wide form in a window of its own, with its own buttons ------------------------------------


_WIDE, _NARROW = (1180, 820), (560, 700)


class SheetDialog(FormWindow):
    """A form in a window of its own; it asks the book, and again after each change."""

    form: SellingForm | ShopForm

    def __init__(self, form: SellingForm | ShopForm, title: str, *, wide: bool = True) -> None:
        super().__init__(form, title)
        form.reload()
        form.workspace.tasks.changed.connect(self._book_changed)
        self.lay_out(title, GUTTER if wide else (0, 8, 0, 0))
        px = form.ui.theme.px
        width, height = _WIDE if wide else _NARROW
        open_up(self, px(width), px(height))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Gives the goods the keyboard, where they came before the window was shown."""
        super().showEvent(event)
        if isinstance(self.form, SellingForm) and self.form.known is not None:
            self.form.grid.focus_first()

    def _book_changed(self, _change: Change) -> None:
        if self.isVisible():
            self.form.reload()


def opens_sheet(
    make: Callable[[Workspace, Given], SellingForm | ShopForm], title: str, *, wide: bool = True
) -> Callable[[Workspace, Given], SheetDialog]:
    """What opens a form in a window of its own, for `Kind.form`; `title` is an English message."""
    return lambda workspace, given: SheetDialog(
        make(workspace, given), workspace.ui.t(title), wide=wide
    )
