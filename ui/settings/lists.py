"""The lists of what is set up: accounts, items, parties, recipes and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.access import User
from kwt_books.domain.documents.setup import Item, Recipe
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

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(1)
        sorts = [(name, t(sort.title)) for name, sort in SORTS.items()]
        self.sorts = self.narrow(t("Every sort"), sorts)
        self.offer(t("Add"), "account")

    def headings(self) -> tuple[Heading, ...]:
        """Code, name, sort, LKM code."""
        t = self.t
        return head_row(t("Code"), t("Name"), t("What sort it is"), t("LKM code"))

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The accounts of the chosen sort that contain `sought`."""
        accounts = self.workspace.setup.accounts if self.workspace.setup is not None else {}
        for account in accounts.values():
            sort = sort_of(account)
            shown = account_name(self.ui, account)
            words = (account.code, account.name, account.name_en, account.lkm_code or "")
            if self.sorts.value() in ("", sort) and sought in " ".join(words).casefold():
                yield ListRow(
                    account.code,
                    (
                        Cell(account.code, tone="quiet"),
                        Cell(shown, bold=True),
                        Cell(self.t(SORTS[sort].title), tone="quiet"),
                        Cell(account.lkm_code or "–"),
                    ),
                )

    def counted(self, count: int) -> str:
        """How many accounts are listed."""
        return self.t.ngettext("{n} account", "{n} accounts", count)

    def open(self, key: Any) -> None:
        """Opens the form of an account, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form("account", code=key)


# -- Items ----------------------------------------------------------------------------------------


class ItemsPage(SettingsList):
    """The goods that the group grows, buys, makes and sells."""

    kind = "item"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        classes = [(code, t(name)) for code, name in SHORT_CLASSES.items()]
        self.classes = self.narrow(t("Everything"), classes)
        self.offer(t("Add"), "item")
        empty = self.empty_state(
            "package",
            t("No goods yet"),
            t("Set up what the group grows and sells, and what it buys for that."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: workspace.open_form("item"), "plus")

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

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The items of the chosen class that contain `sought`, by class and name."""
        items = self.workspace.setup.items if self.workspace.setup is not None else {}
        self.show_empty(empty=not items)
        order = list(SHORT_CLASSES)
        ranked = sorted(
            items.values(), key=lambda item: (order.index(item.item_class), item.name.casefold())
        )
        for item in ranked:
            chosen = self.classes.value() in ("", item.item_class)
            if chosen and sought in f"{item.name} {item.code}".casefold():
                yield self._row(item)

    def _row(self, item: Item) -> ListRow:
        t, formats = self.t, self.ui.formats
        days = item.shelf_life_days
        return ListRow(
            item.code,
            (
                Cell(item.name, bold=True),
                Cell(t(SHORT_CLASSES[item.item_class]), tone="quiet"),
                Cell(item.unit),
                Cell(formats.number(item.price) if item.price else "–"),
                Cell(t.ngettext("{n} day", "{n} days", days) if days else "–"),
            ),
        )

    def counted(self, count: int) -> str:
        """How many items are listed."""
        return self.t.ngettext("{n} kind of goods", "{n} kinds of goods", count)

    def open(self, key: Any) -> None:
        """Opens the form of an item, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form("item", code=key)


# -- Parties: shops, suppliers, customers, members, offices --------------------------------------


class PartiesPage(SettingsList):
    """The parties that the group deals with."""

    kind = "party"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        roles = [(code, t(name)) for code, name in ROLES.items()]
        self.roles = self.narrow(t("All of them"), roles)
        self.offer(t("Add"), "party")
        empty = self.empty_state(
            "storefront",
            t("Nobody yet"),
            t("Set up the shops that sell for the group, where it buys, and its members."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: workspace.open_form("party"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        """Name, role, phone, address."""
        t = self.t
        return head_row(t("Name"), t("What they are to the group"), t("Phone"), t("Address"))

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The parties of the chosen role that contain `sought`, by role and name."""
        parties = self.workspace.setup.parties if self.workspace.setup is not None else {}
        self.show_empty(empty=not parties)
        order = list(ROLES)
        ranked = sorted(
            parties.values(), key=lambda each: (order.index(each.role), each.name.casefold())
        )
        for party in ranked:
            phone, address = party.phone or "", party.address or ""
            words = f"{party.name} {phone} {address}".casefold()
            if self.roles.value() in ("", party.role) and sought in words:
                yield ListRow(
                    party.code,
                    (
                        Cell(party.name, bold=True),
                        Cell(self.t(ROLES[party.role]), tone="quiet"),
                        Cell(phone or "–"),
                        Cell(address.replace("\n", ", ") or "–"),
                    ),
                )

    def counted(self, count: int) -> str:
        """How many parties are listed."""
        return self.t.ngettext("{n} name", "{n} names", count)

    def open(self, key: Any) -> None:
        """Opens the form of a party, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form("party", code=key)


# -- Recipes --------------------------------------------------------------------------------------


class RecipesPage(SettingsList):
    """The recipes of the group's products."""

    kind = "recipe"
    row_height = ROW_TWO_LINES

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.table.stretch(1)
        self.offer(t("Add"), "recipe")
        empty = self.empty_state(
            "cooking-pot",
            t("No recipes yet"),
            t("With a recipe, a production is filled in with one choice and a number of packs."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: workspace.open_form("recipe"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        """Product, ingredients, yield."""
        t = self.t
        return head_row(t("Product made"), t("Made of"), t("One time makes"), figures=(2,))

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The recipes that contain `sought`."""
        setup = self.workspace.setup
        recipes = setup.recipes if setup is not None else {}
        items = setup.items if setup is not None else {}
        self.show_empty(empty=not recipes)
        for recipe in recipes.values():
            made = items.get(recipe.output)
            row = self._row(recipe, made, items)
            if any(sought in cell.text.casefold() for cell in row.cells):
                yield row

    def _row(self, recipe: Recipe, made: Item | None, items: Any) -> ListRow:
        quantity = self.ui.formats.quantity

        def of(code: str, amount: int) -> str:
            item = items.get(code)
            unit, name = (item.unit, item.name) if item is not None else ("", code)
            return f"{name} {quantity(amount)} {unit}".strip()

        inputs = ", ".join(of(each.item, each.qty) for each in recipe.inputs)
        unit = made.unit if made is not None else ""
        name = made.name if made is not None else recipe.output
        return ListRow(
            recipe.code,
            (
                Cell(name, bold=True),
                Cell(inputs),
                Cell(f"{quantity(recipe.yields)} {unit}".strip()),
            ),
        )

    def counted(self, count: int) -> str:
        """How many recipes are listed."""
        return self.t.ngettext("{n} recipe", "{n} recipes", count)

    def open(self, key: Any) -> None:
        """Opens the form of a recipe, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form("recipe", code=key)


# -- People who sign in ---------------------------------------------------------------------------


class PeoplePage(SettingsList):
    """The people who sign in, or that nobody needs to."""

    kind = "person"
    row_height = ROW_TWO_LINES

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._known: tuple[User, ...] = ()
        self.idle = self._idle_choice()
        self.offer(t("Add"), "person", "user-plus")
        self._add_buttons()
        empty = self.empty_state(
            "lock-key",
            t("This book needs no password"),
            t("Whoever keeps the book alone may leave it so. If several people use it, each one"
              " signs in, and the chair's tasks stay the chair's."),
        )  # fmt: skip
        if self.may_change:
            act = lambda: workspace.open_form("first_people")  # noqa: E731
            empty.offer(t("Use passwords"), act, "lock-key")

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
        self._known = known
        self.show_empty(empty=not known)
        self.fill()

    def rows(self, sought: str) -> Iterator[ListRow]:
        """The people whose names contain `sought`, those who no longer sign in last."""
        t = self.t
        for each in sorted(self._known, key=lambda one: (not one.active, one.name.casefold())):
            if sought not in each.name.casefold():
                continue
            tone = "" if each.active else "quiet"
            here = each.name == self.workspace.person.name
            yield ListRow(
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
        found = next((each for each in self._known if each.name == key), None)
        if found is not None and self.may_change:
            self.workspace.open_form("person", person=found)

    # -- the recovery key ------------------------------------------------------------------

    def ask_new_key(self) -> MessageDialog:
        """Asks whether a new recovery key shall be made, and makes it."""
        t = self.t
        dialog = MessageDialog(
            self.ui,
            t("Make a new recovery key?"),
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
