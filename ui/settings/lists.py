"""The lists of what is set up: accounts, items, parties, recipes and people."""

from __future__ import annotations

from typing import Any

from kwt_books.book import Book
from kwt_books.domain.access import User
from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.setup import Item, Party, Recipe
from ui.kit.button import Button
from ui.kit.dialog import Choice as Answer
from ui.kit.dialog import MessageDialog
from ui.kit.layout import fill, label
from ui.kit.list import Heading, ListRow, head_row
from ui.kit.list_page import SettingsList
from ui.kit.look import ROW_TWO_LINES
from ui.kit.party import account_name
from ui.kit.picker import Choice
from ui.kit.preferences import IDLE_MINUTES
from ui.kit.recovery_key import show_key
from ui.kit.table import Cell
from ui.kit.words import SHORT_CLASSES, role_name
from ui.kit.worker import Change
from ui.kit.workspace import Workspace
from ui.settings.forms import ROLES, SORTS, sort_of


class AccountsPage(SettingsList):
    """The chart of accounts."""

    kind = "account"
    kept_in = "accounts"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(1)
        sorts = [(name, t(sort.title)) for name, sort in SORTS.items()]
        self.sorts = self.narrow(t("All kinds"), sorts)
        self.offer(t("Add"), "account")

    def headings(self) -> tuple[Heading, ...]:
        """Code, name, sort, LKM code."""
        t = self.t
        return head_row(t("Code"), t("Name"), t("What kind it is"), t("LKM code"))

    def sort(self, each: Account) -> str:
        """Its sort in everyday words."""
        return sort_of(each)

    def words(self, each: Account) -> str:
        """Its codes and names."""
        return " ".join((each.code, each.name, each.name_en, each.lkm_code or ""))

    def row(self, each: Account) -> ListRow:
        """Its code, name, sort and the LKM's code."""
        return ListRow(
            each.code,
            (
                Cell(each.code, tone="quiet"),
                Cell(account_name(self.ui, each), bold=True),
                Cell(self.t(SORTS[sort_of(each)].title), tone="quiet"),
                Cell(each.lkm_code or "–"),
            ),
        )

    def counted(self, count: int) -> str:
        """How many accounts are listed."""
        return self.t.ngettext("{n} account", "{n} accounts", count)


# -- Items ----------------------------------------------------------------------------------------


class ItemsPage(SettingsList):
    """The goods that the group grows, buys, makes and sells."""

    kind = "item"
    kept_in = "items"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        classes = [(code, t(name)) for code, name in SHORT_CLASSES.items()]
        self.classes = self.narrow(t("Everything"), classes)
        self.offer(t("Add"), "item")
        self.invite(
            "package",
            t("No goods yet"),
            t("Set up what the group grows and sells, and what it buys for that."),
        )

    def headings(self) -> tuple[Heading, ...]:
        """Item, class, unit, selling price, shelf life."""
        t = self.t
        return head_row(
            t("Goods"),
            t("Kind"),
            t("Counted in"),
            t("Selling price"),
            t("Keeps for"),
            figures=(3, 4),
        )

    def ranked(self) -> list[Item]:
        """The items by class and name."""
        order = list(SHORT_CLASSES)
        return sorted(
            self.known().values(),
            key=lambda each: (order.index(each.item_class), each.name.casefold()),
        )

    def sort(self, each: Item) -> str:
        """Its class."""
        return each.item_class

    def words(self, each: Item) -> str:
        """Its name and code."""
        return f"{each.name} {each.code}"

    def row(self, each: Item) -> ListRow:
        """Its name, class, unit, selling price in rupiah, and how long it keeps."""
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

    def counted(self, count: int) -> str:
        """How many items are listed."""
        return self.t.ngettext("{n} kind of goods", "{n} kinds of goods", count)


# -- Parties: shops, suppliers, customers, members, offices --------------------------------------


class PartiesPage(SettingsList):
    """The parties that the group deals with."""

    kind = "party"
    kept_in = "parties"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        roles = [(code, t(name)) for code, name in ROLES.items()]
        self.roles = self.narrow(t("All of them"), roles)
        self.offer(t("Add"), "party")
        self.invite(
            "storefront",
            t("Nobody yet"),
            t("Set up the shops that sell for the group, where it buys, and its members."),
        )

    def headings(self) -> tuple[Heading, ...]:
        """Name, role, phone, address."""
        t = self.t
        return head_row(t("Name"), t("Relation to the group"), t("Phone"), t("Address"))

    def ranked(self) -> list[Party]:
        """The parties by role and name."""
        order = list(ROLES)
        return sorted(
            self.known().values(), key=lambda each: (order.index(each.role), each.name.casefold())
        )

    def sort(self, each: Party) -> str:
        """Its role."""
        return each.role

    def words(self, each: Party) -> str:
        """Its name, phone and address."""
        return f"{each.name} {each.phone or ''} {each.address or ''}"

    def row(self, each: Party) -> ListRow:
        """Its name, role, phone and address."""
        return ListRow(
            each.code,
            (
                Cell(each.name, bold=True),
                Cell(self.t(ROLES[each.role]), tone="quiet"),
                Cell(each.phone or "–"),
                Cell((each.address or "").replace("\n", ", ") or "–"),
            ),
        )

    def counted(self, count: int) -> str:
        """How many parties are listed."""
        return self.t.ngettext("{n} name", "{n} names", count)


# -- Recipes --------------------------------------------------------------------------------------


class RecipesPage(SettingsList):
    """The recipes of the group's products."""

    kind = "recipe"
    kept_in = "recipes"
    row_height = ROW_TWO_LINES

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(1)
        self.offer(t("Add"), "recipe")
        self.invite(
            "cooking-pot",
            t("No recipes yet"),
            t("With a recipe, a production is filled in with one choice and a number of packs."),
        )

    def headings(self) -> tuple[Heading, ...]:
        """Product, ingredients, yield."""
        t = self.t
        return head_row(t("Product made"), t("Made of"), t("One batch makes"), figures=(2,))

    def words(self, each: Recipe) -> str:
        """What its row says."""
        return "\n".join(cell.text for cell in self.row(each).cells)

    def row(self, each: Recipe) -> ListRow:
        """The product, what it is made of, and how many one time makes."""
        name, makes = self._named(each.output, each.yields)
        inputs = [" ".join(self._named(line.item, line.qty)) for line in each.inputs]
        return ListRow(each.code, (Cell(name, bold=True), Cell(", ".join(inputs)), Cell(makes)))

    def _named(self, code: str, amount: int) -> tuple[str, str]:
        """An item's name, and a quantity of it in thousandths with its unit."""
        setup = self.workspace.setup
        item = setup.items.get(code) if setup is not None else None
        unit, name = (item.unit, item.name) if item is not None else ("", code)
        return name, f"{self.ui.formats.quantity(amount)} {unit}".strip()

    def counted(self, count: int) -> str:
        """How many recipes are listed."""
        return self.t.ngettext("{n} recipe", "{n} recipes", count)


# -- People who sign in ---------------------------------------------------------------------------


class PeoplePage(SettingsList):
    """The people who sign in, or that nobody needs to."""

    kind = "person"
    row_height = ROW_TWO_LINES

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._people: tuple[User, ...] = ()
        self.idle = self._idle_choice()
        self.offer(t("Add"), "person", "user-plus")
        self._add_buttons()
        self.invite(
            "lock-key",
            t("This book needs no password"),
            t("Whoever keeps the book alone may leave it so. If several people use it, each one"
              " signs in, and the chair's tasks stay the chair's."),
            (t("Use passwords"), "first_people", "lock-key"),
        )  # fmt: skip

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
        fill(self.top, label(t("Lock the screen"), "caption"), made)
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
        self.foot.insertWidget(self.foot.count() - 1, own)
        if self.may_change:
            key = (
                Button(self.ui, t("New recovery key"), "key")
                .when_clicked(self.ask_new_key)
                .hint(t("Where the sheet with the last one is lost"))
            )
            self.foot.insertWidget(self.foot.count() - 1, key)

    def headings(self) -> tuple[Heading, ...]:
        """Name, task, password, and whether they still sign in."""
        t = self.t
        return head_row(t("Name"), t("Task"), t("Password"), "")

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        """Whether a recording was about a person."""
        return "person" in change.kinds

    def refresh(self) -> None:
        """Asks for all people."""
        self.ask(lambda book: book.people.everyone(), self._learnt)

    def _learnt(self, known: tuple[User, ...]) -> None:
        self._people = known
        self.fill()

    def known(self) -> dict[str, User]:
        """The people by name."""
        return {each.name: each for each in self._people}

    def ranked(self) -> list[User]:
        """The people by name, those who no longer sign in last."""
        return sorted(self._people, key=lambda each: (not each.active, each.name.casefold()))

    def words(self, each: User) -> str:
        """The name."""
        return each.name

    def row(self, each: User) -> ListRow:
        """The name, the task, whether there is a password, whether they still sign in."""
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

    def counted(self, count: int) -> str:
        """How many people are listed."""
        return self.t.ngettext("{n} person", "{n} people", count)

    def open(self, key: Any) -> None:
        """Opens the form of a person, where one may change it."""
        found = self.known().get(key)
        if found is not None and self.may_change:
            self.workspace.open_form("person", person=found)

    # -- the recovery key ------------------------------------------------------------------

    def ask_new_key(self) -> MessageDialog:
        """Asks whether a new recovery key shall be made, and makes it."""
        t = self.t
        dialog = MessageDialog(
            self.ui,
            t("Create a new recovery key?"),
            t("The key on the sheet until now is worth nothing then."),
            tone="warn",
            choices=(Answer(t("Cancel")), Answer(t("New key"), "primary", self.new_key)),
            parent=self.window(),
        )
        dialog.open()
        return dialog

    def new_key(self) -> None:
        """Makes a new recovery key, shown once; the old one ends."""

        def make(book: Book) -> str:
            return book.people.new_key()

        tasks = self.workspace.tasks
        tasks.run(make, lambda key: show_key(self.ui, tasks, key, self.window()), owner=self)
