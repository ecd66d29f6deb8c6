"""The buttons a form of selling ends with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.forms.base import Form
from ui.forms.money_words import account_name
from ui.forms.sale_parts.till import Till
from ui.widgets.button import Button
from ui.widgets.label import row


class SaveBar(QWidget):
    """Save and print, and a menu with what is needed less often."""

    def __init__(self, form: Form, till: Till | None = None) -> None:
        super().__init__()
        kit, t = form.kit, form.t
        self._kit, self._till = kit, till
        line = row(self, space=8)
        self.print_button = Button(kit, t("Save & print"), "printer", kind="primary", scale="large")
        self.print_button.hint(t("Save and print"), "Ctrl+P")
        self.print_button.when_clicked(lambda: form.save(then_print=True))
        self.menu = QMenu(self)
        self._add(t("Save without printing"), form.save, "Ctrl+S")
        self._add(t("Clear the form"), form.start_anew)
        if till is not None:
            self.menu.aboutToShow.connect(self._fill_accounts)
        self._accounts: list[QMenu] = []
        self.more = Button(kit, "", "caret-up", scale="large").hint(t("More"))
        self.more.setMenu(self.menu)
        line.addWidget(self.print_button, 1)
        line.addWidget(self.more)
        form.saving_changed.connect(self._saving)

    def _add(self, text: str, act: Callable[[], None], keys: str = "") -> None:
        # The keys are shown only: the form itself listens to them.
        shown = f"{text}\t{keys}" if keys else text
        self.menu.addAction(shown).triggered.connect(lambda _on=False: act())

    def _fill_accounts(self) -> None:
        """Which account the money goes into."""
        assert self._till is not None
        for old in self._accounts:
            self.menu.removeAction(old.menuAction())
            old.deleteLater()
        if not self._accounts:
            self.menu.addSeparator()
        till, t = self._till, self._kit.t
        self._accounts = [
            self._choice(
                t("Cash goes into"),
                till.cash_account,
                lambda code: till.use_accounts(code, till.bank_account),
            ),
            self._choice(
                t("QRIS and transfers go into"),
                till.bank_account,
                lambda code: till.use_accounts(till.cash_account, code),
            ),
        ]

    def _choice(self, title: str, chosen: str, choose: Callable[[str], None]) -> QMenu:
        assert self._till is not None
        menu = self.menu.addMenu(title)
        group = QActionGroup(menu)
        for account in self._till.accounts:
            name = account_name(self._kit, account).replace("&", "&&")
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(account.code == chosen)
            action.triggered.connect(partial(self._chosen, choose, account.code))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _chosen(self, choose: Callable[[str], None], code: str, _on: bool = True) -> None:
        choose(code)

    def _saving(self, saving: bool) -> None:
        for button in (self.print_button, self.more):
            button.setEnabled(not saving)
