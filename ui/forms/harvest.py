"""Panen: produce comes from a bed into the store."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.nursery import Harvest
from kwt_books.domain.posting import STORE
from kwt_books.queries.garden import Garden
from kwt_books.queries.shelves import Supplies
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.garden_words import bed_choices
from ui.widgets.field import QuantityField
from ui.widgets.picker import Picker


class Known(NamedTuple):
    garden: Garden
    supplies: Supplies


class HarvestForm(FarmForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "harvest", given)
        t, kit = self.t, self.kit
        self.bed, self.item, self.qty = Picker(kit), Picker(kit), QuantityField(kit)
        self.spoiled = QuantityField(kit, required=False)
        self.across((self.day_field(), 1), (self.labelled("bed", t("From the bed"), self.bed), 1))
        self.body.addWidget(self.labelled("item", t("What was harvested"), self.item))
        self.across(
            (self.labelled("qty", t("Good"), self.qty, t("Goes into the store")), 1),
            (self.labelled("spoiled", t("Spoiled"), self.spoiled, t("Thrown away")), 1),
        )
        self.item.changed.connect(self._follow)
        self.finish(self.t("What the harvest costs follows from the item's usual cost."))

    def ask(self, book: Book) -> Known:
        return Known(book.farm.garden(self.desk.month), book.farm.supplies())

    def learnt(self, known: Known) -> None:
        self.bed.set_choices(bed_choices(self.kit, known.garden))
        items = known.supplies.of_classes("produce")
        items.sort(key=lambda item: item.name.casefold())
        self.item.set_choices([(item.code, item.name) for item in items])
        if self.bed.code() is None and len(self.bed.codes) == 1:
            self.suggest("bed", self.bed.codes[0])
        if not known.garden.beds:
            self.tell(
                self.t("Record the first work on it under Tend; then it can be harvested."),
                "warn",
                strong=self.t("No bed stands yet."),
            )
        words = self.t("No produce is set up yet. Set it up under Settings, Goods & prices.")
        self.lacks(words, not items)
        self._follow()

    def _follow(self) -> None:
        if self.known is not None:
            item = self.known.supplies.setup.items.get(self.item.code() or "")
            for field in (self.qty, self.spoiled):
                field.set_unit(item.unit if item is not None else "")

    def foresee(self, foreseen: Foreseen) -> None:
        got = next((move for move in foreseen.moves if move.place == STORE), None)
        if got is None:
            if self.known is not None and self.known.garden.beds:
                self.tell("")
            return
        t, rupiah = self.t, self.kit.formats.rupiah
        bed = self.known.garden.bed(self.bed.code() or "") if self.known is not None else None
        taken = -sum(move.value for move in foreseen.moves if not move.lot)
        left = bed.value - taken if bed is not None else 0
        self.tell(
            t("The bed still holds {left}.", left=rupiah(left)),
            strong=t("The harvest costs {value}.", value=rupiah(got.value)),
        )

    def to_command(self) -> Harvest:
        day = self.date.value()
        assert day is not None
        return Harvest(
            id=self.command_id,
            date=day,
            bed=self.bed.code() or "",
            item=self.item.code() or "",
            qty=self.qty.number() or 0,
            spoiled=self.spoiled.number() or 0,
            memo=self.memo.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(HarvestForm(desk, given), desk.kit.t("Harvest"), prints=False)
