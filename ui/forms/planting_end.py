"""Tutup bedeng: nothing more is harvested from it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.nursery import PlantingEnd
from kwt_books.queries.garden import Garden
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.garden_words import bed_choices
from ui.widgets.picker import Picker


class PlantingEndForm(FarmForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "planting_end", given)
        self.bed = Picker(self.kit)
        bed = self.labelled("bed", self.t("Bed"), self.bed)
        self.across((self.day_field(), 1), (bed, 1))
        self.finish(self.t("A bed that is closed can't be harvested any more."))

    def ask(self, book: Book) -> Garden:
        return book.farm.garden(self.desk.month)

    def learnt(self, known: Garden) -> None:
        self.bed.set_choices(bed_choices(self.kit, known))
        if self.bed.code() is None and len(self.bed.codes) == 1:
            self.suggest("bed", self.bed.codes[0])

    def foresee(self, foreseen: Foreseen) -> None:
        if not foreseen.moves:
            self.tell("")
            return
        t = self.t
        value = -sum(move.value for move in foreseen.moves)
        words = t("What it still holds becomes a cost: {value}.",
                  value=self.kit.formats.rupiah(value))  # fmt: skip
        self.tell(
            words if value else t("It holds nothing any more."),
            strong=t("The bed leaves the list."),
        )

    def to_command(self) -> PlantingEnd:
        day = self.date.value()
        assert day is not None
        return PlantingEnd(
            id=self.command_id, date=day, bed=self.bed.code() or "", memo=self.memo.value()
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(PlantingEndForm(desk, given), desk.kit.t("Close the bed"), prints=False)
