"""Hibah: what was given to the group, by whom, and what it was worth."""

from __future__ import annotations

from kwt_books.i18n.formats import NIL
from kwt_books.queries.holdings import Granted
from ui.desk import Desk
from ui.pages.money_list_part import ListPart
from ui.pages.money_parts import Deed
from ui.tasks import Change
from ui.widgets.empty import EmptyState
from ui.widgets.list_table import Cell, Heading, ListRow


class GrantsPart(ListPart):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        headings = (
            Heading(t("Date")),
            Heading(t("Given by")),
            Heading(t("What it was")),
            Heading(t("Money"), figures=True),
            Heading(t("Worth in all"), figures=True),
        )
        deeds = (Deed(t("Grant received"), "gift", "grant"),)
        self.lay_out(deeds, headings, (t("In all"),))
        self.table.stretch(2)
        self.table.opened.connect(lambda number: desk.go("journal", number))
        text = t(
            "Money, seedlings and tools that were given to the group, with the number of the "
            "handover paper."
        )
        self.invite(EmptyState(self.kit, "gift", t("No grant is recorded yet"), text), deed=0)

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & {"grant", "correction", "party", "item"})

    def refresh(self) -> None:
        language = self.kit.language
        self.ask(lambda book: book.treasury.grants(language), self._show)

    def _show(self, grants: tuple[Granted, ...]) -> None:
        self.show_filled(bool(grants))
        self.table.show_rows([self._row(each) for each in grants])
        held = [each for each in grants if each.corrected_by is None]
        total = self.kit.formats.rupiah(sum(each.amount for each in held))
        self.foot.sums[self.t("In all")].setText(total)
        self.foot.remark.setText(self.t.ngettext("{n} grant", "{n} grants", len(held)))

    def _row(self, grant: Granted) -> ListRow:
        formats, gone = self.kit.formats, grant.corrected_by is not None
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
