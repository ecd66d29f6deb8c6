"""The lists of what is set up: accounts, items, parties, recipes and people."""

from __future__ import annotations

from functools import partial
from typing import Any

from kwt_books.domain.access import User
from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.setup import Item, Party, Recipe
from kwt_books.i18n.catalogue import noop_plural
from ui.kit.button import Button
from ui.kit.dialog import Choice as Answer
from ui.kit.dialog import MessageDialog
from ui.kit.layout import label
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import SettingsList
from ui.kit.look import ROW_TWO_LINES
from ui.kit.party import account_name, since_when_left
from ui.kit.picker import Choice
from ui.kit.preferences import IDLE_MINUTES
from ui.kit.recovery_key import show_key
from ui.kit.table import Cell
from ui.kit.words import SHORT_CLASSES, role_name
from ui.kit.worker import Change
from ui.kit.workspace import Workspace
from ui.settings.forms import ROLES, SORTS, sort_of


class AccountsPage(SettingsList[Account]):
    """The chart of accounts."""

    kind = "account"
    kept_in = "accounts"
    counts = noop_plural("{n} account", "{n} accounts")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.lay_out(head_row(t("Code"), t("Name"), t("What kind it is"), t("LKM code")))
        self.table.stretch(1)
        self.narrow(t("All kinds"), [(name, t(sort.title)) for name, sort in SORTS.items()])

    def _sort(self, each: Account) -> str:
        return sort_of(each)

    def _words(self, each: Account) -> str:
        return " ".join((each.code, each.name, each.name_en, each.lkm_code or ""))

    def _row(self, each: Account) -> ListRow:
        return ListRow(
            each.code,
            (
                Cell(each.code, tone="quiet"),
                Cell(account_name(self.ui, each), bold=True),
                Cell(self.t(SORTS[sort_of(each)].title), tone="quiet"),
                Cell(each.lkm_code or "–"),
            ),
        )


class ItemsPage(SettingsList[Item]):
    """The goods that the group grows, buys, makes and sells."""

    kind = "item"
    kept_in = "items"
    counts = noop_plural("{n} kind of goods", "{n} kinds of goods")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Goods"), t("Kind"), t("Unit"), t("Selling price"), t("Keeps for")
        self.lay_out(head_row(*titles, figures=(3, 4)))
        self.classes = self.narrow(
            t("Everything"), [(code, t(name)) for code, name in SHORT_CLASSES.items()]
        )
        text = t("Set up what the group grows and sells, and what it buys for that.")
        self.invite_first("package", t("No goods yet"), text)

    def ranked(self) -> list[Item]:
        """The items by class and name."""
        order = list(SHORT_CLASSES)
        return sorted(
            super().ranked(), key=lambda each: (order.index(each.item_class), each.name.casefold())
        )

    def _sort(self, each: Item) -> str:
        return each.item_class

    def _words(self, each: Item) -> str:
        return f"{each.name} {each.code}"

    def _row(self, each: Item) -> ListRow:
        t, days = self.t, each.shelf_life_days
        return ListRow(
            each.code,
            (
                Cell(each.name, bold=True),
                Cell(t(SHORT_CLASSES[each.item_class]), tone="quiet"),
                Cell(each.unit),
                Cell(self.ui.formats.number(each.price) if each.price else "–"),
                Cell(t.ngettext("{n} day", "{n} days", days) if days else "–"),
            ),
        )


class PartiesPage(SettingsList[Party]):
    """The parties that the group deals with."""

    kind = "party"
    kept_in = "parties"
    counts = noop_plural("{n} name", "{n} names")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Name"), t("Relation to the group"), t("Phone"), t("Address")
        self.lay_out(head_row(*titles))
        self.narrow(t("All of them"), [(code, t(name)) for code, name in ROLES.items()])
        text = t("Set up the shops that sell for the group, where it buys, and its members.")
        self.invite_first("storefront", t("Nobody yet"), text)

    def ranked(self) -> list[Party]:
        """The parties by role and name."""
        order = list(ROLES)
        return sorted(
            super().ranked(), key=lambda each: (order.index(each.role), each.name.casefold())
        )

    def _sort(self, each: Party) -> str:
        return each.role

    def _words(self, each: Party) -> str:
        return f"{each.name} {each.phone or ''} {each.address or ''}"

    def _row(self, each: Party) -> ListRow:
        left = since_when_left(self.ui, each, self.ui.today)
        return ListRow(
            each.code,
            (
                Cell(each.name, bold=True),
                Cell(self.t(ROLES[each.role]), aside=left, tone="quiet"),
                Cell(each.phone or "–"),
                Cell((each.address or "").replace("\n", ", ") or "–"),
            ),
        )


class RecipesPage(SettingsList[Recipe]):
    """The recipes of the group's products."""

    kind = "recipe"
    kept_in = "recipes"
    counts = noop_plural("{n} recipe", "{n} recipes")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Product made"), t("Made of"), t("One batch makes")
        self.lay_out(head_row(*titles, figures=(2,)), height=ROW_TWO_LINES)
        self.table.stretch(1)
        text = t("With a recipe, a production is filled in with one choice and a number of packs.")
        self.invite_first("cooking-pot", t("No recipes yet"), text)

    def _row(self, each: Recipe) -> ListRow:
        name, makes = self._named(each.output, each.yields)
        inputs = [" ".join(self._named(line.item, line.qty)) for line in each.inputs]
        return ListRow(each.code, (Cell(name, bold=True), Cell(", ".join(inputs)), Cell(makes)))

    def _named(self, code: str, amount: int) -> tuple[str, str]:
        """An item's name, and a quantity of it in thousandths with its unit."""
        setup = self.workspace.setup
        item = setup.items.get(code) if setup is not None else None
        unit, name = (item.unit, item.name) if item is not None else ("", code)
        return name, f"{self.ui.formats.quantity(amount)} {unit}".strip()


class PeoplePage(SettingsList[User]):
    """The people who sign in, or that nobody needs to."""

    kind = "person"
    add_icon = "user-plus"
    counts = noop_plural("{n} person", "{n} people")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.idle = self._idle_choice()
        said = label(t("Lock the screen"), "caption")
        titles = t("Name"), t("Role"), t("Password"), ""
        self.lay_out(head_row(*titles), said, self.idle, height=ROW_TWO_LINES)
        self._add_buttons()
        text = t(
            "If one person keeps the book, it can stay this way. If several people use it, each "
            "signs in, and the chair's tasks stay with the chair.")  # fmt: skip
        empty = self.invite("lock-key", t("This book needs no password"), text)
        if self.may_change:
            begin = partial(workspace.open_form, "first_people")
            empty.offer(t("Use passwords"), begin, "lock-key")

    def _idle_choice(self) -> Choice:
        """The choice of how long until the screen is locked on this computer."""
        t = self.t
        texts = [
            (str(each), t.ngettext("after {n} minute", "after {n} minutes", each) if each
             else t("not at all"))
            for each in IDLE_MINUTES
        ]  # fmt: skip
        made = Choice(self.ui, texts, str(self.workspace.preferences.idle_minutes))
        made.setAccessibleName(t("Lock the screen"))
        made.changed.connect(self._idle_changed)
        return made

    def _idle_changed(self) -> None:
        minutes = int(self.idle.value())
        self.workspace.preferences.idle_minutes = minutes
        self.workspace.idle_changed.emit(minutes)

    def _add_buttons(self) -> None:
        t, workspace = self.t, self.workspace
        own = Button(self.ui, t("My password"), "lock-simple").when_clicked(
            lambda: workspace.open_form("password")
        )
        own.setVisible(workspace.person.signed_in)
        self.foot.line.insertWidget(self.foot.line.count() - 1, own)
        if self.may_change:
            key = (
                Button(self.ui, t("New recovery key"), "key")
                .when_clicked(self.ask_new_key)
                .hint(t("If the sheet with the old key is lost"))
            )
            self.foot.line.insertWidget(self.foot.line.count() - 1, key)

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        """Whether a recording was about a person."""
        return "person" in change.kinds

    def refresh(self) -> None:
        """Asks for all people."""
        self.ask(lambda book: book.people.everyone(), self._learnt)

    def _learnt(self, known: tuple[User, ...]) -> None:
        """Lists the people by name, those who no longer sign in last."""
        self.show_all(sorted(known, key=lambda each: (not each.active, each.name.casefold())))

    def _words(self, each: User) -> str:
        return each.name

    def _row(self, each: User) -> ListRow:
        t, tone = self.t, "" if each.active else "quiet"
        here = each.name == self.workspace.person.name
        return ListRow(
            each.name,
            (
                Cell(each.name, t("This is you") if here else "", bold=True, tone=tone),
                Cell(role_name(t, each.role), tone=tone),
                Cell(t("Has one"), tone="good", icon="check-circle", badge=True)
                if each.has_password
                else Cell(t("None yet"), tone="warn", icon="warning-circle", badge=True),
                Cell("" if each.active else t("No longer signs in"), tone="quiet"),
            ),
        )

    def open(self, key: Any) -> None:
        """Opens the form of a person, where one may change it."""
        if key in self.found and self.may_change:
            self.workspace.open_form("person", person=self.found[key])

    # -- the recovery key ------------------------------------------------------------------

    def ask_new_key(self) -> MessageDialog:
        """Asks whether a new recovery key shall be made, and makes it."""
        t = self.t
        dialog = MessageDialog(
            self.ui,
            t("Create a new recovery key?"),
            t("The key on the old sheet will then no longer work."),
            tone="warn",
            choices=(Answer(t("Cancel")), Answer(t("New key"), "primary", self.new_key)),
            parent=self.window(),
        )
        dialog.open()
        return dialog

    def new_key(self) -> None:
        """Makes a new recovery key, shown once; the old one ends."""
        tasks = self.workspace.tasks
        tasks.run(
            lambda book: book.people.new_key(),
            lambda key: show_key(self.ui, tasks, key, self.window()),
            owner=self,
        )
