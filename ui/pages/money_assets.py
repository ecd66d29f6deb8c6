"""Aset: what the group owns that lasts, what it cost and what it still stands at."""

from __future__ import annotations

from kwt_books.i18n.formats import NIL
from kwt_books.queries.holdings import Belongings, Owned
from ui.desk import Desk
from ui.forms.money_words import account_name
from ui.pages.money_list_part import ListPart
from ui.pages.money_parts import Deed
from ui.tasks import Change
from ui.widgets.empty import EmptyState
from ui.widgets.list_table import Cell, Heading, ListRow

_CONCERNS = {
    "asset_acquisition", "asset_disposal", "depreciation", "grant", "correction",
    "opening_balance", "account",
}  # fmt: skip
_MONTHS = 12


class AssetsPart(ListPart):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._known: Belongings | None = None
        deeds = (
            Deed(t("Buy an asset"), "shopping-cart-simple", "asset_acquisition"),
            Deed(t("Part with an asset"), "sign-out", "asset_disposal"),
            Deed(t("Record depreciation"), "trend-down", "depreciation"),
        )
        headings = (
            Heading(t("Asset")),
            Heading(t("Since")),
            Heading(t("Will last"), figures=True),
            Heading(t("Price"), figures=True),
            Heading(t("Written off"), figures=True),
            Heading(t("Stands at"), figures=True),
        )
        self.lay_out(deeds, headings, (t("Price"), t("Stands at")))
        self.table.opened.connect(self._open)
        text = t(
            "Record what lasts for more than a year: a seedling house, tools, a frying pan for "
            "the kitchen."
        )
        self.invite(EmptyState(self.kit, "wrench", t("No asset is recorded yet"), text), deed=0)

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & _CONCERNS)

    def refresh(self) -> None:
        self.ask(lambda book: book.treasury.belongings(), self._show)

    def _show(self, known: Belongings) -> None:
        self._known, owned = known, known.owned
        self.show_filled(bool(owned))
        self.table.show_rows([self._row(each) for each in owned])
        rupiah, t = self.kit.formats.rupiah, self.t
        self.foot.sums[t("Price")].setText(rupiah(sum(each.asset.cost for each in owned)))
        self.foot.sums[t("Stands at")].setText(rupiah(sum(each.value for each in owned)))
        self.foot.remark.setText(t.ngettext("{n} asset", "{n} assets", len(owned)))

    def _row(self, owned: Owned) -> ListRow:
        asset, formats = owned.asset, self.kit.formats
        life = self._life(asset.life_months)
        gone = asset.accumulated
        return ListRow(
            asset.code,
            (
                Cell(
                    asset.name, f"{asset.code} · {account_name(self.kit, owned.account)}", bold=True
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

    def _open(self, code: str) -> None:
        """The document that brought it."""
        owned = self._known.owned if self._known is not None else ()
        number = next((each.number for each in owned if each.asset.code == code), None)
        if number is not None:
            self.desk.go("journal", number)
