"""Kebun & rumah bibit: seedlings by stage, beds, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.access import may_record
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.garden import Garden
from kwt_books.queries.garden_batches import Batch, ReadyLot, Stage
from ui.desk import Desk
from ui.forms.sale_parts.beside import Beside
from ui.goods_words import quantity
from ui.pages.base import Page
from ui.pages.nursery_beds import BedsCard
from ui.pages.nursery_cards import Act, StageColumn, batch_card, ready_card
from ui.tasks import Change
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.label import Elided, row
from ui.widgets.reflow import Reflow

_VERBS = (
    ("sowing", noop("Sow"), "flower-lotus"),
    ("tending", noop("Tend"), "drop"),
    ("harvest", noop("Harvest"), "tote-simple"),
    ("seedlings_ready", noop("Ready for planting"), "check-circle"),
)
_CONCERNS = {
    "sowing", "tending", "seedlings_ready", "harvest", "planting_end", "correction", "sale",
    "market_day", "grant", "distribution", "consignment", "consignment_settlement",
    "stock_count", "purchase", "opening_balance", "item", "party",
}  # fmt: skip
_PART, _BEDS, _SPACE = 236, 336, 12
"""What a column and the beds need and what is between, pixels at a text size of 100 percent."""


class NurseryPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.body.setSpacing(12)
        self._verbs = QWidget()
        self._fill_verbs(row(self._verbs, space=8))
        self.body.addWidget(self._verbs)
        self.sown = StageColumn(
            self.kit,
            t("Sprouting"),
            t("New seeds, up to 10 days"),
            t("No new seeds. Press Sow when the next ones go into the soil."),
        )
        self.nursing = StageColumn(
            self.kit,
            t("Nursing"),
            t("In polybags, tended"),
            t("Batches come here once they are tended, or after ten days."),
        )
        self.ready = StageColumn(
            self.kit,
            t("Ready"),
            t("May be sold or planted"),
            t("Seedlings that are ready, or were granted, come here."),
        )
        self.beds = BedsCard(desk)
        stages = Reflow(
            self.kit, (self.sown, self.nursing, self.ready), (3, 1), least=_PART, space=_SPACE
        )
        self._columns = Beside(self.kit, stages, self.beds, _BEDS, 3 * _PART + 2 * _SPACE)
        self.body.addWidget(self._columns, 1)
        self.empty = self._make_empty()
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # -- layout ----------------------------------------------------------------------------

    def _fill_verbs(self, line: QHBoxLayout) -> None:
        self.verbs: dict[str, Button] = {}
        for kind, msgid, icon in _VERBS:
            button = Button(
                self.kit, self.t(msgid), icon, kind="primary" if kind == "sowing" else "default"
            )
            button.when_clicked(partial(self._start, kind))
            button.setVisible(may_record(self.desk.person.role, kind))
            self.verbs[kind] = button
            line.addWidget(button)
        self._count = Elided("", "body")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._count, 1)

    def _make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.kit,
            "leaf",
            t("Nothing grows yet"),
            t("Record what you sow and what you plant. Then the cost of every seedling and "
              "every kilogram harvested is known."),
        )  # fmt: skip
        if may_record(self.desk.person.role, "sowing"):
            empty.offer(t("Sow"), partial(self._start, "sowing"), "flower-lotus")
            make = partial(self.desk.open_form, "tending", where="new_bed")
            empty.offer(t("Begin a bed"), make, primary=False)
            empty.tell_keys(t("or press"), ("Alt", "8"), t("on any page"))
        return empty

    def _start(self, kind: str) -> None:
        bed = self.beds.table.key
        given = {"bed": bed} if kind in ("harvest", "tending") and bed is not None else {}
        self.desk.open_form(kind, **given)

    def show_part(self, part: str) -> None:
        """A bed by its name."""
        self.beds.table.choose(part)

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & _CONCERNS)

    def refresh(self) -> None:
        month = self.desk.month
        self.ask(lambda book: book.farm.garden(month), self.show_garden)

    def show_garden(self, garden: Garden) -> None:
        self._columns.setVisible(not garden.is_empty)
        self._verbs.setVisible(not garden.is_empty)
        self.empty.setVisible(garden.is_empty)
        stages: dict[Stage, list[Batch]] = {stage: [] for stage in Stage}
        for batch in garden.batches:
            stages[batch.stage(garden.today)].append(batch)
        for stage, shown in ((Stage.SOWN, self.sown), (Stage.NURSING, self.nursing)):
            batches = stages[stage]
            unit = self.t("seeds") if stage is Stage.SOWN else ""
            cards = [
                batch_card(self.kit, batch, garden.today, self._batch_acts(batch))
                for batch in batches
            ]
            shown.show_cards(cards, self._sum(batches, unit))
        self.ready.show_cards(
            [ready_card(self.kit, lot, garden.today, self._lot_acts(lot)) for lot in garden.ready],
            self._sum(garden.ready),
        )
        month = self.kit.formats.month_name(int(self.desk.month[5:]))
        self.beds.show_garden(garden, month)
        self._show_count(garden)

    def _sum(self, plants: Sequence[Batch | ReadyLot], unit: str = "") -> str:
        units = {each.unit for each in plants}
        common = unit or (units.pop() if len(units) == 1 else "")
        return quantity(self.kit, sum(each.left for each in plants), common) if plants else ""

    def _show_count(self, garden: Garden) -> None:
        groups = len(garden.batches) + len(garden.ready)
        plants = self.kit.formats.quantity(garden.plants)
        self._count.setText(
            self.t.ngettext(
                "{plants} seedlings in {n} group",
                "{plants} seedlings in {n} groups",
                groups,
                plants=plants,
            )
            if groups
            else ""
        )

    # -- acts of the cards -----------------------------------------------------------------

    def _batch_acts(self, batch: Batch) -> list[Act]:
        t, name = self.t, batch.name
        return self._allowed(
            ("tending", (t("Tend"), partial(self.desk.open_form, "tending", batch=name))),
            (
                "seedlings_ready",
                (t("Ready"), partial(self.desk.open_form, "seedlings_ready", batch=name)),
            ),
        )

    def _lot_acts(self, lot: ReadyLot) -> list[Act]:
        t, seedlings = self.t, [{"item": lot.item}]
        plant = partial(self.desk.open_form, "tending", seedlings=seedlings)
        return self._allowed(
            ("sale", (t("Sell"), partial(self.desk.open_form, "seedling_sale"))),
            ("tending", (t("Plant"), plant)),
        )

    def _allowed(self, *acts: tuple[str, Act]) -> list[Act]:
        role = self.desk.person.role
        return [act for kind, act in acts if may_record(role, kind)]
