"""The lists of Belanja & Kas: assets, grants, and members' savings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.kind import Touch
from kwt_books.i18n.catalogue import noop_plural
from kwt_books.i18n.formats import NIL
from kwt_books.queries.assets import Granted, Owned, asset_register, grants
from kwt_books.queries.programmes import ProgrammeSums, programme_sums
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row
from ui.kit.card import Card, Note
from ui.kit.form import usual_day
from ui.kit.list import Heading, ListRow, ListTable, head_row
from ui.kit.list_page import ListPage
from ui.kit.look import ROW_TWO_LINES
from ui.kit.page import Action
from ui.kit.party import MEMBERS, MEMBERS_LEFT, account_name, since_when_left, who_belongs
from ui.kit.table import Cell
from ui.kit.targets import part_of
from ui.kit.workspace import Workspace

_MONTHS = 12


class AssetsPart(ListPage[Owned]):
    """Aset: the assets with cost, depreciation and book value, in rupiah."""

    monthly = False
    shows = Touch.ASSETS
    shown_kinds = frozenset({"account"})
    selects_first = False
    counts = noop_plural("{n} asset", "{n} assets")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        actions = (
            Action(t("Buy an asset"), "shopping-cart-simple", "asset_acquisition"),
            Action(t("Dispose of an asset"), "sign-out", "asset_disposal"),
            Action(t("Record depreciation"), "trend-down", "depreciation"),
        )
        titles = (
            t("Asset"), t("Since"), t("Useful life"), t("Price"), t("Depreciated"), t("Value now"),
        )  # fmt: skip
        sums = t("Price"), t("Value now")
        headings = head_row(*titles, figures=(2, 3, 4, 5))
        self.lay_out(headings, actions=actions, sums=sums, height=ROW_TWO_LINES)
        text = t(
            "Record what lasts for more than a year: a seedling house, tools, a frying pan for "
            "the kitchen."
        )
        self.invite("wrench", t("No asset is recorded yet"), text, actions[0])

    def refresh(self) -> None:
        """Asks for the assets."""
        self.ask(lambda book: book.read(asset_register), lambda known: self.show_all(known.owned))

    def _sums(self, found: Sequence[Owned]) -> tuple[str, str]:
        rupiah = self.ui.formats.rupiah
        cost = sum(each.asset.cost for each in found)
        return rupiah(cost), rupiah(sum(each.value for each in found))

    def _row(self, owned: Owned) -> ListRow:
        asset, formats = owned.asset, self.ui.formats
        life = self._life(asset.life_months)
        gone = asset.accumulated
        return ListRow(
            asset.code,
            (
                Cell(
                    asset.name, f"{asset.code} · {account_name(self.ui, owned.account)}", bold=True
                ),
                Cell(formats.day(asset.acquired)),
                Cell(life),
                Cell(formats.number(asset.cost)),
                Cell(formats.number(gone) if gone else NIL),
                Cell(formats.number(owned.value) if owned.value else NIL, bold=True),
            ),
        )

    def _life(self, months: int) -> str:
        years, rest = divmod(months, _MONTHS)
        if rest:
            return self.t.ngettext("{n} month", "{n} months", months)
        return self.t.ngettext("{n} year", "{n} years", years)

    def open(self, key: Any) -> None:
        """Shows the document that the asset came with."""
        if key in self.found:
            super().open(self.found[key].number)


_SHOWN = 4
"""Programmes that are seen at once; the list of more scrolls."""


class ProgrammeList(Card):
    """What was given for each programme, used of it, and is left; Enter opens its report."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(margins=0, space=0)
        self._ui = workspace.ui
        t = self._ui.t
        self.table = ListTable(
            self._ui,
            head_row(t("Programme"), t("Runs until"), t("Received"), t("Used"), t("Left"),
                     figures=(2, 3, 4)),
            ROW_TWO_LINES,
        )  # fmt: skip
        self.table.setAccessibleName(t("Programmes"))
        self.table.opened.connect(
            lambda code: workspace.go("reports", part_of("programme", programme=code))
        )
        self.body.addWidget(self.table)
        self.hide()

    def show_sums(self, sums: tuple[ProgrammeSums, ...]) -> None:
        """Shows these programmes; nothing where there are none."""
        self.setVisible(bool(sums))
        self.table.show_rows([self._row(each) for each in sums])
        rows = min(len(sums), _SHOWN)
        high = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(high + rows * self._ui.theme.px(ROW_TWO_LINES))

    def _row(self, each: ProgrammeSums) -> ListRow:
        number, until = self._ui.formats.number, each.programme.until
        used = each.received - each.left
        return ListRow(
            each.programme.code,
            (
                Cell(each.programme.name, each.giver, bold=True),
                Cell(self._ui.formats.day(until) if until is not None else NIL),
                Cell(number(each.received) if each.received else NIL),
                Cell(number(used) if used else NIL),
                Cell(number(each.left) if each.left else NIL, bold=True),
            ),
        )


# -- Hibah: the grants, by whom and what they were worth -----------------------------------------


class GrantsPart(ListPage[Granted]):
    """Hibah: the grants."""

    monthly = False
    shown_kinds = frozenset({"grant", "correction", "party", "item"})
    selects_first = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        titles = t("Date"), t("Given by"), t("Details"), t("Money"), t("Total value")
        headings = head_row(*titles, figures=(3, 4))
        actions = (Action(t("Grant received"), "gift", "grant"),)
        self.lay_out(headings, actions=actions, sums=(t("Total"),), height=ROW_TWO_LINES)
        self.table.stretch(2)
        text = t(
            "Money, seedlings and tools that were given to the group, with the number of the "
            "handover paper."
        )
        self.programmes = ProgrammeList(workspace)
        self.body.addWidget(self.programmes)
        self.invite("gift", t("No grant is recorded yet"), text, *actions)

    def refresh(self) -> None:
        """Asks for the grants, and for the programmes that their money is kept for."""
        language = self.ui.language
        self.ask(lambda book: book.read_in(language, grants), self.show_all)
        self.ask(
            lambda book: book.read(programme_sums), self.programmes.show_sums, key="programmes"
        )

    def _counted(self, found: Sequence[Granted]) -> str:
        return self.t.ngettext("{n} grant", "{n} grants", len(_held(found)))

    def _sums(self, found: Sequence[Granted]) -> tuple[str]:
        return (self.ui.formats.rupiah(sum(each.amount for each in _held(found))),)

    def _row(self, grant: Granted) -> ListRow:
        formats, gone = self.ui.formats, grant.corrected_by is not None
        tone = "quiet" if gone else ""
        what = ", ".join(grant.goods) or self.t("Money")
        return ListRow(
            grant.number,
            (
                Cell(formats.day(grant.day), grant.number, tone=tone),
                Cell(grant.giver or NIL, tone=tone),
                Cell(what, grant.text if grant.text != what else "", tone=tone, struck=gone),
                Cell(formats.number(grant.cash) if grant.cash else NIL, tone=tone),
                Cell(formats.number(grant.amount) if grant.amount else NIL, bold=not gone),
            ),
        )


def _held(grants: Sequence[Granted]) -> list[Granted]:
    return [each for each in grants if each.corrected_by is None]


_NAMED = 4
"""Who has left and still has savings: so many are named."""


class SavingsPart(ListPage[Row]):
    """Simpanan: the members' savings."""

    selects_first = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._keys: list[str] = []
        self._total: Row | None = None
        actions = (
            Action(t("Savings paid in"), "users-three", "savings"),
            Action(t("Savings taken out"), "upload-simple", "savings", given={"way": "out"}),
            Action(t("Assign unnamed savings"), "users", "savings_named"),
        )
        titles = (
            t("Paid in this month"), t("Taken out"), t("Principal"), t("Mandatory"), t("Voluntary"),
            t("Total"),
        )  # fmt: skip
        headings = (Heading(t("Member")), *(Heading(each, figures=True) for each in titles))
        self.lay_out(headings, actions=actions, sums=(t("Paid in this month"), t("Total")))
        text = t(
            "Set up the members first. Their savings can then be recorded for all of them at once."
        )
        empty = self.invite("users-three", t("No members are set up yet"), text)
        empty.offer(t("Go to Settings"), lambda: workspace.go("settings", "parties"), "gear-six")
        self.gone = Note(self.ui)
        self.gone.hide()
        self.body.insertWidget(1, self.gone)
        workspace.setup_changed.connect(self.invalidate)

    def open(self, key: Any) -> None:
        """Nothing: a member's savings have no page of their own."""

    def refresh(self) -> None:
        """Asks for the month's report of savings."""
        asked, language = Parameters(month=self.workspace.month), self.ui.language
        self.ask(lambda book: book.report("savings", asked, language), self._show)

    def _show(self, report: Report) -> None:
        self._keys = [column.key for column in report.columns]
        *rows, self._total = report.rows
        self.show_all(rows)
        self._tell_of_left()

    def _party(self, row: Row) -> Party | None:
        setup = self.workspace.setup
        return setup.parties.get(row.code or "") if setup is not None else None

    def _left(self, row: Row) -> Party | None:
        """Whose row it is, where she has left."""
        party = self._party(row)
        return party if party is not None and party.has_left(usual_day(self.workspace)) else None

    def _tell_of_left(self) -> None:
        """Says who has left and still has savings."""
        t, rupiah = self.t, self.ui.formats.rupiah
        balances = ((self._left(row), self._of(row, "balance")) for row in self.things)
        held = [(each.name, amount) for each, amount in balances if each is not None and amount]
        names = ", ".join(f"{name} {rupiah(amount)}" for name, amount in held[:_NAMED])
        if more := len(held[_NAMED:]):
            names = t("{names} and {n} more", names=names, n=more)
        said = t.ngettext(
            "{n} who has left still has savings: {amount}.",
            "{n} who have left still have savings: {amount}.",
            len(held),
            amount=rupiah(sum(amount for _, amount in held)),
        )
        self.gone.say(names, strong=said)
        self.gone.setVisible(bool(held))

    def _counted(self, _found: Sequence[Row]) -> str:
        parties = filter(None, map(self._party, self.things))
        members = (each for each in parties if each.role == "member")
        return who_belongs(self.t, members, usual_day(self.workspace), MEMBERS, MEMBERS_LEFT)

    def _sums(self, _found: Sequence[Row]) -> tuple[str, str]:
        rupiah, total = self.ui.formats.rupiah, self._total
        if total is None:
            return "", ""
        return rupiah(self._of(total, "paid_in")), rupiah(self._of(total, "balance"))

    def _of(self, row: Row, key: str) -> int:
        value = row.cells[self._keys.index(key)]
        assert isinstance(value, int)
        return value

    def _row(self, row: Row) -> ListRow:
        number = self.ui.formats.number
        cells = []
        for key in ("paid_in", "withdrawn", "principal", "mandatory", "voluntary", "balance"):
            amount = self._of(row, key)
            last = key == "balance"
            tone = "" if amount else "quiet"
            cells.append(Cell(number(amount) if amount else NIL, tone=tone, bold=last))
        party = self._left(row)
        if party is None:
            return ListRow(row.code, (Cell(row.label), *cells))
        since = since_when_left(self.ui, party, usual_day(self.workspace))
        return ListRow(row.code, (Cell(party.name, aside=since, tone="quiet"), *cells))
