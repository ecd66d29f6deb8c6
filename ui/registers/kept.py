"""The books that fill themselves: members, officers, inventory."""

from __future__ import annotations

from datetime import date

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.kind import Touch
from kwt_books.queries.assets import AssetRegister, Owned, asset_register
from ui.kit.button import Button
from ui.kit.list import ListRow, head_row
from ui.kit.party import account_name
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.registers.book_part import BookPart


class SetupPart(BookPart):
    """A book of what is set up; the workspace says when that is another."""

    shown_kinds = frozenset()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        workspace.setup_changed.connect(self.invalidate)

    def refresh(self) -> None:
        """Shows the set-up as it was learnt last."""
        self.fill()

    def offer(self, text: str, icon: str, kind: str, form: str, **given: object) -> None:
        """A button that opens a form, where one may record that kind."""
        if self.workspace.may(kind):
            made = Button(self.ui, text, icon)
            made.when_clicked(lambda: self.workspace.open_form(form, **given))
            self.top.addWidget(made)


class MembersPart(SetupPart):
    """Buku Anggota: who belongs to the group, and since when."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        headings = (
            t("Name"), t("Born"), t("M/F"), t("Work"), t("Address"), t("Joined"), t("Left on"),
        )  # fmt: skip
        self.lay_out("member-book", head_row(*headings))
        self.offer(t("Add"), "plus", "party", "party", role="member")
        self.table.opened.connect(self._open)

    def fill(self) -> None:
        """Shows the members in whose particulars the search is found."""
        setup = self.workspace.setup
        parties = setup.parties.values() if setup is not None else ()
        members = [each for each in parties if each.role == "member"]
        members.sort(key=lambda each: each.name.casefold())
        rows = [row for each in members if self.sought in _words(row := self._row(each))]
        self.show_found(rows, self.t.ngettext("{n} member", "{n} members", len(rows)))

    def _row(self, member: Party) -> ListRow:
        return ListRow(
            member.code,
            (
                Cell(member.name, bold=True),
                Cell(self._day(member.born)),
                Cell(member.sex or ""),
                Cell(member.work or ""),
                Cell((member.address or "").replace("\n", ", ")),
                Cell(self._day(member.joined)),
                Cell(self._day(member.left)),
            ),
        )

    def _day(self, day: date | None) -> str:
        return self.ui.formats.day(day) if day is not None else ""

    def _open(self, code: object) -> None:
        if self.workspace.may("party"):
            self.workspace.open_form("party", code=code)


def _words(row: ListRow) -> str:
    return " ".join(cell.text for cell in row.cells).casefold()


class OfficersPart(SetupPart):
    """Buku Pengurus: who holds which office; they are set up with the group."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.lay_out("officer-book", head_row(t("Name"), t("Office")))
        self.offer(t("Change"), "pencil-simple", "group", "group")

    def fill(self) -> None:
        """Shows the officers, those of the umbrella group and the extension officer among them."""
        t, group = self.t, self.workspace.group
        found: list[tuple[str, str]] = []
        if group is not None:
            found = [(group.chair, t("Chair")), (group.treasurer, t("Treasurer"))]
            if group.umbrella is not None:
                office = t("Coordinator of {umbrella}", umbrella=group.umbrella.name)
                found.append((group.umbrella.coordinator, office))
            if group.extension_officer is not None:
                found.append((group.extension_officer.name, t("Extension officer")))
        made = [ListRow(office, (Cell(name, bold=True), Cell(office))) for name, office in found]
        rows = [each for each in made if self.sought in _words(each)]
        self.show_found(rows, t.ngettext("{n} officer", "{n} officers", len(rows)))


class InventoryPart(BookPart):
    """Buku Inventaris: what the group owns."""

    shows = Touch.ASSETS
    shown_kinds = frozenset({"account"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._owned: tuple[Owned, ...] = ()
        headings = head_row(
            t("Item"), t("Code"), t("Kind"), t("Acquired"), t("Price"), figures=(4,)
        )
        self.lay_out("inventory-book", headings)
        self.table.opened.connect(self._open)

    def refresh(self) -> None:
        """Asks for the assets."""
        self.ask(lambda book: book.read(asset_register), self._show)

    def _show(self, known: AssetRegister) -> None:
        self._owned = known.owned
        self.fill()

    def fill(self) -> None:
        """Shows the assets in whose names the search is found."""
        rows = [row for each in self._owned if self.sought in _words(row := self._row(each))]
        self.show_found(rows, self.t.ngettext("{n} asset", "{n} assets", len(rows)))

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

    def _open(self, number: str) -> None:
        """Shows the document that it came with."""
        self.workspace.go("journal", number)
