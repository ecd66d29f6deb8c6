"""The books that fill themselves: members, officers, inventory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.kind import Touch
from kwt_books.i18n.catalogue import noop_plural
from kwt_books.queries.assets import Owned, asset_register
from ui.kit.button import Button
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import E
from ui.kit.page import Action
from ui.kit.party import MEMBERS, MEMBERS_LEFT, account_name, who_belongs
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.registers.book_part import BookPart


class SetupPart(BookPart[E]):
    """A book of what is set up; the workspace says when that is another."""

    shown_kinds = frozenset()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        workspace.setup_changed.connect(self.invalidate)

    def offer(self, text: str, icon: str, form: str, **given: object) -> None:
        """A button that opens a form, where one may record that kind."""
        if self.workspace.may(form):
            made = Button(self.ui, text, icon)
            self.top.addWidget(made.when_clicked(partial(self.workspace.open_form, form, **given)))


class MembersPart(SetupPart[Party]):
    """Buku Anggota: who belongs to the group, and since when."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        headings = (
            t("Name"), t("Date of birth"), t("M/F"), t(
                "Occupation"), t("Address"), t("Joined"), t("Left on"),
        )  # fmt: skip
        self.lay_out(head_row(*headings), report="member-book")
        self.table.give_way = (0, 3, 4)
        self.offer(t("Add"), "plus", "party", role="member")
        self.invite_to_write(
            "users-three",
            t("No members are set up yet"),
            t("Write down who belongs to the group; the member book is printed from it."),
            Action(t("Add"), "plus", "party", given={"role": "member"}),
        )

    def refresh(self) -> None:
        """Lists the members of the set-up as it was learnt last, by name."""
        setup = self.workspace.setup
        parties = setup.parties.values() if setup is not None else ()
        members = (each for each in parties if each.role == "member")
        self.show_all(sorted(members, key=lambda each: each.name.casefold()))

    def _counted(self, found: Sequence[Party]) -> str:
        return who_belongs(self.t, found, self.ui.today, MEMBERS, MEMBERS_LEFT)

    def _row(self, member: Party) -> ListRow:
        gone = member.has_left(self.ui.today)
        return ListRow(
            member.code,
            (
                Cell(member.name, bold=not gone, tone="quiet" if gone else ""),
                Cell(self._day(member.born)),
                Cell(member.sex or ""),
                Cell(member.work or ""),
                Cell((member.address or "").replace("\n", ", ")),
                Cell(self._day(member.joined)),
                Cell(self._day(member.left)),
            ),
        )

    def _day(self, day: date | None) -> str:
        return self.ui.short_day(day) if day is not None else ""

    def open(self, key: Any) -> None:
        """Opens the form of a member, where one may change it."""
        if self.workspace.may("party"):
            self.workspace.open_form("party", code=key)


class OfficersPart(SetupPart[tuple[str, str]]):
    """Buku Pengurus: who holds which office; they are set up with the group."""

    counts = noop_plural("{n} officer", "{n} officers")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.lay_out(head_row(t("Name"), t("Office")), report="officer-book")
        self.offer(t("Change"), "pencil-simple", "group")
        self.invite_to_write(
            "identification-card",
            t("No officers are set up yet"),
            t("Chair, treasurer and the extension officer are set up with the group."),
            Action(t("Set up the group"), "pencil-simple", "group"),
        )

    def refresh(self) -> None:
        """Lists the officers, those of the umbrella group and the extension officer among them."""
        t, group = self.t, self.workspace.group
        found: list[tuple[str, str]] = []
        if group is not None:
            found = [(group.chair, t("Chair")), (group.treasurer, t("Treasurer"))]
            if group.umbrella is not None:
                office = t("Coordinator of {umbrella}", umbrella=group.umbrella.name)
                found.append((group.umbrella.coordinator, office))
            if group.extension_officer is not None:
                found.append((group.extension_officer.name, t("Extension officer")))
        self.show_all(found)

    def _row(self, officer: tuple[str, str]) -> ListRow:
        name, office = officer
        return ListRow(office, (Cell(name, bold=True), Cell(office)))

    def open(self, key: Any) -> None:
        """Nothing: the officers are set up with the group."""


class InventoryPart(BookPart[Owned]):
    """Buku Inventaris: what the group owns."""

    shows = Touch.ASSETS
    shown_kinds = frozenset({"account"})
    counts = noop_plural("{n} asset", "{n} assets")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Item"), t("Code"), t("Kind"), t("Acquired"), t("Price")
        self.lay_out(head_row(*titles, figures=(4,)), report="inventory-book")
        self.invite_to_write(
            "wrench",
            t("No asset is recorded yet"),
            t(
                "Record what lasts for more than a year: a seedling house, tools, a frying pan for "
                "the kitchen."
            ),
            Action(t("Buy an asset"), "shopping-cart-simple", "asset_acquisition"),
        )

    def refresh(self) -> None:
        self.ask(lambda book: book.read(asset_register), lambda known: self.show_all(known.owned))

    def _row(self, owned: Owned) -> ListRow:
        asset, formats = owned.asset, self.ui.formats
        return ListRow(
            owned.number,
            (
                Cell(asset.name, bold=True),
                Cell(asset.code),
                Cell(account_name(self.ui, owned.account)),
                Cell(formats.day(asset.acquired)),
                Cell(formats.number(asset.cost)),
            ),
        )
