"""Rawat: care for a batch or a bed; seedlings planted out. A new bed begins with it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.nursery import Tending
from kwt_books.queries.garden import Garden
from kwt_books.queries.shelves import Supplies
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.farm_lines import CostLines, GoodsLines
from ui.forms.garden_words import batch_choices, bed_choices
from ui.widgets.field import TextField
from ui.widgets.label import label
from ui.widgets.picker import Picker
from ui.widgets.segment_field import SegmentField

WIDTH = 640
BED, NEW_BED, BATCH = "bed", "new_bed", "batch"


class Known(NamedTuple):
    garden: Garden
    supplies: Supplies


class TendingForm(FarmForm):
    """`given` may name a `batch` or a `bed`, or say that `where` is a `new_bed`."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "tending", given)
        t, kit = self.t, self.kit
        places = ((BED, t("Bed")), (NEW_BED, t("New bed")), (BATCH, t("Batch")))
        self.where = SegmentField(kit, places)
        self.add("where", self.where)
        self.body.addWidget(label(t("What was tended?"), "label"))
        self.body.addWidget(self.where)
        self.bed, self.batch, self.new_bed = Picker(kit), Picker(kit), TextField(kit)
        hint = t("For example: Bedeng 3, Pekarangan Bu Aryanah")
        self._places = {
            BED: self.labelled("bed", t("Bed"), self.bed),
            NEW_BED: self.labelled("new_bed", t("Name of the bed"), self.new_bed, hint),
            BATCH: self.labelled("batch", t("Batch"), self.batch),
        }
        line = self.across((self.day_field(), 3), *((row, 3) for row in self._places.values()))
        line.setSpacing(12)
        self.seedlings = GoodsLines(kit, t("Seedlings planted"), ("seedling",))
        self.lines("seedlings", self.seedlings)
        goods = t("Fertiliser and the like from the store")
        self.inputs = GoodsLines(kit, goods, ("input", "seed"))
        self.lines("inputs", self.inputs)
        self.costs = CostLines(kit, t("Money spent besides"))
        self.lines("costs", self.costs)
        self.where.changed.connect(self._show_place)
        self._given = _with_place(given)
        self.finish(self.t("Everything recorded here is added to what the bed or the batch costs."))
        self._show_place()

    def ask(self, book: Book) -> Known:
        return Known(book.farm.garden(self.desk.month), book.farm.supplies())

    def learnt(self, known: Known) -> None:
        garden, supplies = known
        self.bed.set_choices(bed_choices(self.kit, garden))
        self.batch.set_choices(batch_choices(self.kit, garden))
        for lines in (self.seedlings, self.inputs, self.costs):
            lines.learn(supplies)
        if not garden.beds and not self._given:
            self.suggest("where", BATCH if garden.batches else NEW_BED)
        bed = str(self._given.get("bed") or "")
        if bed and bed not in self.bed.codes:  # it went with the tending that had made it
            self.suggest("where", NEW_BED)
            self.suggest("new_bed", bed)
        for path, picker in (("bed", self.bed), ("batch", self.batch)):
            if picker.code() is None and len(picker.codes) == 1:
                self.suggest(path, picker.codes[0])
        self._show_place()

    def _show_place(self) -> None:
        """Only what was chosen is asked for."""
        chosen = self.where.current
        for name, row in self._places.items():
            row.setVisible(name == chosen)
        self.bed.required = chosen == BED
        self.batch.required = chosen == BATCH
        self.new_bed.required = chosen == NEW_BED
        self.seedlings.setVisible(chosen != BATCH)

    def foresee(self, foreseen: Foreseen) -> None:
        spent = sum(move.value for move in foreseen.moves if not move.lot)
        text = self.t("{value} is added to what it holds.", value=self.kit.formats.rupiah(spent))
        self.tell(text if spent else "")

    def to_command(self) -> Tending:
        day, chosen = self.date.value(), self.where.current
        assert day is not None
        bed = self.new_bed.value() if chosen == NEW_BED else self.bed.code()
        return Tending(
            id=self.command_id,
            date=day,
            batch=self.batch.code() if chosen == BATCH else None,
            bed=None if chosen == BATCH else bed,
            seedlings=() if chosen == BATCH else self.seedlings.command_lines(),
            inputs=self.inputs.command_lines(),
            costs=self.costs.command_lines(),
            memo=self.memo.value(),
        )


def _with_place(given: Given) -> Given:
    return {"where": BATCH, **given} if "batch" in given else given


def make(desk: Desk, given: Given) -> QDialog:
    form, title = TendingForm(desk, given), desk.kit.t("Tend")
    return FormDialog(form, title, prints=False, width=WIDTH).with_room()
