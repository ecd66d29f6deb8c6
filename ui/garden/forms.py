"""The forms of the garden: sowing, tending, seedlings ready, harvest, and the end of a bed; and
batches and beds as their pickers offer them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar

from kwt_books.book import Book
from kwt_books.domain.accounts import SPOILAGE
from kwt_books.domain.documents.garden import Harvest, PlantingEnd, SeedlingsReady, Sowing, Tending
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.garden import Batch, Bed, Garden, garden
from kwt_books.queries.kitchen import next_batch
from kwt_books.queries.layers import Supplies, supplies
from kwt_books.services.recorder import Preview
from ui.kit.button import Button, Segment
from ui.kit.document_form import FarmForm
from ui.kit.field import QuantityField, TextField
from ui.kit.form import opens
from ui.kit.layout import fill, label, row, say
from ui.kit.lines import CostLines, GoodsLines, Planned
from ui.kit.look import UiContext
from ui.kit.picker import Picker
from ui.kit.workspace import Given, Workspace

_COUNTED = ("biji", "butir", "batang")
"""Units of single seeds: as many are taken from the store as are sown."""


class SowingForm(FarmForm):
    """Semai: seeds become a batch of seedlings (STREAM.md, `sowing`)."""

    makes = Sowing

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "sowing", given)
        t, ui = self.t, self.ui
        self.item, self.qty = Picker(ui), QuantityField(ui, unit=t("seeds"))
        self.batch = TextField(ui, required=True)
        tag = t("Write it on the tray, such as SM-0701")
        batch = self.labelled("batch", t("Name of the batch"), self.batch, tag)
        self.across((self.day_field(), 3), (batch, 2))
        qty = self.labelled("qty", t("Seeds sown"), self.qty, t("Single seeds, not packets"))
        self.across((self.labelled("item", t("Seedlings of"), self.item), 3), (qty, 2))
        self.inputs = self.lines(
            "inputs", GoodsLines(ui, t("Seeds and soil from the store"), ("seed", "input"))
        )
        self.costs = self.lines("costs", CostLines(ui, t("Other costs")))
        self.item.changed.connect(self._plan)
        self.qty.changed.connect(self._plan)
        self.date.changed.connect(self._ask_name)
        self.finish(self.t("The batch's cost is worked out from seeds, soil and money spent."))

    def learnt(self, known: Supplies) -> None:
        """Offers seedlings, seeds and inputs of the store, and cash accounts."""
        self.item.set_choices([(item.code, item.name) for item in known.of_classes("seedling")])
        self.inputs.learn(known)
        self.costs.learn(known)
        self.suggest_only("item")
        words = self.t("No seedlings are set up yet. Set them up under Settings, Goods & prices.")
        self.lacks(words, not self.item.codes)
        self._ask_name()

    # -- suggesting ------------------------------------------------------------------------

    def _ask_name(self) -> None:
        day = self.date.value()
        if day is None or "batch" in self._given:
            return
        named = partial(self.suggest, "batch")
        self.ask_book(lambda book: book.read(next_batch, day), named, key="name")

    def _plan(self) -> None:
        """Plans the seeds of the seedlings chosen, as many as are sown."""
        if self.known is not None and "inputs" not in self._given:
            self.inputs.plan(self._seeds(self.known))

    def _seeds(self, known: Supplies) -> list[Planned]:
        seedling = known.setup.items.get(self.item.value() or "")
        seed = _seed_of(known, seedling) if seedling is not None else None
        if seed is None:
            return []
        counted = seed.unit.casefold() in _COUNTED
        return [(seed.code, self.qty.value() if counted else None)]

    def preview(self, preview: Preview) -> None:
        """Shows the value that the batch starts with, in rupiah, and the cost of a seed."""
        value = sum(move.value for move in preview.moves if move.place.startswith("batch:"))
        quantity = self.qty.value()
        if not preview.moves or not quantity:
            self.tell("")
            return
        rupiah = self.ui.formats.rupiah
        self.tell(
            self.t("{cost} per seed.", cost=rupiah(half_up(value * UNIT, quantity))),
            strong=self.t("The batch starts with {value}.", value=rupiah(value)),
        )


def _seed_of(known: Supplies, seedling: Item) -> Item | None:
    """The seed whose name has the seedling's words: `Benih cabai rawit` for `Bibit cabai rawit`."""
    wanted = set(seedling.name.casefold().split()[1:])
    seeds = known.of_classes("seed")
    same = [seed for seed in seeds if wanted and wanted <= set(seed.name.casefold().split())]
    return same[0] if same else None


make_sowing = opens(SowingForm, noop("Sow"), prints=False, width=640)


# -- Batches and beds as pickers offer them ------------------------------------------------------


def batch_choices(ui: UiContext, garden: Garden, day: date | None) -> list[tuple[str, str]]:
    """Batches for a picker: `SM-0604 · Cabai rawit · 400 batang`; those that a day has not come
    last and say since when they are there.
    """
    return [
        _choice(ui, batch, day, batch.crop, f"{ui.formats.quantity(batch.left)} {batch.unit}")
        for batch in _of_day_first(garden.batches, day)
    ]


def bed_choices(ui: UiContext, garden: Garden, day: date | None) -> list[tuple[str, str]]:
    """Beds for a picker: `kebun · Sayur campur`; those that a day has not as for batches."""
    return [
        _choice(ui, bed, day, ", ".join(bed.crops[:1])) for bed in _of_day_first(garden.beds, day)
    ]


P = TypeVar("P", Batch, Bed)


def _of_day_first(plots: Iterable[P], day: date | None) -> list[P]:
    return sorted(plots, key=lambda plot: day is not None and plot.since > day)


def _choice(ui: UiContext, plot: Batch | Bed, day: date | None, *words: str) -> tuple[str, str]:
    later = day is not None and plot.since > day
    since = ui.t("only since {day}", day=ui.short_day(plot.since)) if later else ""
    return plot.name, " · ".join(filter(None, (plot.name, *words, since)))


# -- Rawat: care for a batch or a bed; seedlings planted out. A new bed begins with it -----------


BED, NEW_BED, BATCH = "bed", "new_bed", "batch"


class Known(NamedTuple):
    """What the forms of beds ask of the book."""

    garden: Garden
    supplies: Supplies


class TendingForm(FarmForm):
    """Rawat: care for a batch or bed, or seedlings planted out (STREAM.md, `tending`). `given` may
    name a `batch` or `bed`, or say `where`: `new_bed`.
    """

    makes = Tending

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "tending", given)
        t, ui = self.t, self.ui
        places = ((BED, t("Bed")), (NEW_BED, t("New bed")), (BATCH, t("Batch")))
        self.where = Segment(ui, places)
        self.add("where", self.where)
        fill(self.body, label(t("What was tended?"), "label"), self.where)
        self.bed, self.batch, self.new_bed = Picker(ui), Picker(ui), TextField(ui)
        hint = t("For example: Bedeng 3, Pekarangan Bu Aryanah")
        self._places = {
            BED: self.labelled("bed", t("Bed"), self.bed),
            NEW_BED: self.labelled("new_bed", t("Name of the bed"), self.new_bed, hint),
            BATCH: self.labelled("batch", t("Batch"), self.batch),
        }
        line = self.across((self.day_field(), 3), *((row, 3) for row in self._places.values()))
        line.setSpacing(12)
        self.seedlings = self.lines(
            "seedlings", GoodsLines(ui, t("Seedlings planted"), ("seedling",))
        )
        goods = t("Fertiliser and other supplies from the store")
        self.inputs = self.lines("inputs", GoodsLines(ui, goods, ("input", "seed")))
        self.costs = self.lines("costs", CostLines(ui, t("Other costs")))
        self.where.changed.connect(self._show_place)
        self._given = _with_place(given)
        self.finish(self.t("Everything recorded here is added to what the bed or the batch costs."))
        self._show_place()

    def ask(self, book: Book) -> Known:
        """The month's garden and the store; runs on the worker."""
        return Known(book.read(garden, self.workspace.month), book.read(supplies, self.asked_day))

    def learnt(self, known: Known) -> None:
        """Offers beds, batches, goods of the store and cash accounts."""
        garden, supplies = known
        self.bed.set_choices(bed_choices(self.ui, garden, self.asked_day))
        self.batch.set_choices(batch_choices(self.ui, garden, self.asked_day))
        for lines in (self.seedlings, self.inputs, self.costs):
            lines.learn(supplies)
        if not garden.beds and not self._given:
            self.suggest("where", BATCH if garden.batches else NEW_BED)
        bed = str(self._given.get("bed") or "")
        if bed and bed not in self.bed.codes:  # the bed was undone with the tending that made it
            self.suggest("where", NEW_BED)
            self.suggest("new_bed", bed)
        self.suggest_only("bed")
        self.suggest_only("batch")
        self._show_place()

    def _show_place(self) -> None:
        """Shows the field of the place chosen."""
        chosen = self.where.current
        for name, place in self._places.items():
            place.setVisible(name == chosen)
        self.bed.required = chosen == BED
        self.batch.required = chosen == BATCH
        self.new_bed.required = chosen == NEW_BED
        self.seedlings.setVisible(chosen != BATCH)

    def preview(self, preview: Preview) -> None:
        """Shows the value that is added to the bed or batch, in rupiah."""
        spent = sum(move.value for move in preview.moves if not move.lot)
        text = self.t("{value} is added to its cost.", value=self.ui.formats.rupiah(spent))
        self.tell(text if spent else "")

    def derived(self) -> dict[str, Any]:
        """The batch or bed chosen; seedlings only for a bed."""
        chosen = self.where.current
        bed = self.new_bed.value() if chosen == NEW_BED else self.bed.value()
        if chosen == BATCH:
            return {"bed": None, "seedlings": ()}
        return {"batch": None, "bed": bed}


def _with_place(given: Given) -> Given:
    return {"where": BATCH, **given} if "batch" in given else given


make_tending = opens(TendingForm, noop("Tend"), prints=False, width=640)


class SeedlingsReadyForm(FarmForm):
    """Siap tanam: seedlings leave their batch, alive or dead (STREAM.md, `seedlings_ready`)."""

    makes = SeedlingsReady

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "seedlings_ready", given)
        t, ui = self.t, self.ui
        self.batch, self.ready = Picker(ui), QuantityField(ui)
        self.lost = QuantityField(ui, required=False)
        self.killed = QuantityField(ui, required=False)
        self.across((self.day_field(), 2), (self.labelled("batch", t("Batch"), self.batch), 3))
        usual = t("Their cost is borne by those that live")
        loss = t("Flood, pests, theft: recorded as a loss")
        self.across(
            (self.labelled("ready", t("Ready for planting"), self.ready), 1),
            (self.labelled("lost", t("Normal losses"), self.lost, usual), 1),
            (self.labelled("destroyed", t("Other losses"), self.killed, loss), 1),
        )
        self._left = label("", "strong")
        self._rest = Button(ui, t("The rest are normal losses"), kind="quiet", scale="small")
        self._rest.when_clicked(self._rest_is_lost)
        self.body.addLayout(row(self._left, ..., self._rest, space=8))
        self.changed.connect(self._show_left)
        self.finish(self.t("The cost per seedling is worked out automatically."))
        self._show_left()

    def ask(self, book: Book) -> Garden:
        """The month's garden; runs on the worker."""
        return book.read(garden, self.workspace.month)

    def learnt(self, known: Garden) -> None:
        """Offers the batches."""
        self.batch.set_choices(batch_choices(self.ui, known, self.asked_day))
        self.suggest_only("batch")
        words = self.t("Nothing grows in the nursery. Record under Sow what was sown first.")
        self.lacks(words, not known.batches)
        self._show_left()

    # -- what remains ----------------------------------------------------------------------

    @property
    def _standing(self) -> int | None:
        """Plants in the batch, in thousandths; None where no batch is chosen."""
        batch = self.known.batch(self.batch.value() or "") if self.known is not None else None
        return batch.left if batch is not None else None

    @property
    def _gone(self) -> int:
        fields = (self.ready, self.lost, self.killed)
        return sum(field.value() or 0 for field in fields)

    def _show_left(self) -> None:
        standing, t = self._standing, self.t
        self._left.setVisible(standing is not None)
        self._rest.setVisible(standing is not None and 0 < self._gone < standing)
        if standing is None:
            return
        left, quantity = standing - self._gone, self.ui.formats.quantity
        unit = self.known.batch(self.batch.value()).unit
        for field in (self.ready, self.lost, self.killed):
            field.set_unit(unit)
        text = t(
            "{left} of {all} {unit} stay in the batch",
            left=quantity(max(left, 0)),
            all=quantity(standing),
            unit=unit,
        )
        if left < 0:
            text = t("{more} {unit} more than there are", more=quantity(-left), unit=unit)
        say(self._left, text, "error" if left < 0 else "")

    def _rest_is_lost(self) -> None:
        standing = self._standing
        if standing is not None:
            rest = standing - (self.ready.value() or 0) - (self.killed.value() or 0)
            self.lost.set_value(max(rest, 0))
            self.lost.setFocus()

    def preview(self, preview: Preview) -> None:
        """Shows the cost of a seedling and the value lost, in rupiah."""
        t, rupiah = self.t, self.ui.formats.rupiah
        ready = next((move for move in preview.moves if move.place == STORE), None)
        loss = sum(each.amount for each in preview.postings if each.account == SPOILAGE)
        lost = t("{value} is lost.", value=rupiah(loss)) if loss else ""
        cost = ""
        if ready is not None:
            each = rupiah(half_up(ready.value * UNIT, ready.quantity))
            cost = t("Each seedling costs {cost}.", cost=each)
        self.tell(lost, "warn" if loss else "", strong=cost)


make_seedlings_ready = opens(
    SeedlingsReadyForm, noop("Ready for planting"), prints=False, width=600
)


class HarvestForm(FarmForm):
    """Panen: produce comes from a bed into the store (STREAM.md, `harvest`)."""

    makes = Harvest

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "harvest", given)
        t, ui = self.t, self.ui
        self.bed, self.item, self.qty = Picker(ui), Picker(ui), QuantityField(ui)
        self.spoiled = QuantityField(ui, required=False)
        self.across((self.day_field(), 1), (self.labelled("bed", t("From the bed"), self.bed), 1))
        self.body.addWidget(self.labelled("item", t("What was harvested"), self.item))
        self.across(
            (self.labelled("qty", t("Good"), self.qty, t("Goes into the store")), 1),
            (self.labelled("spoiled", t("Spoiled"), self.spoiled, t("Thrown away")), 1),
        )
        self.item.changed.connect(self._follow)
        self.finish(self.t("The harvest's cost is worked out from the item's usual cost."))

    def ask(self, book: Book) -> Known:
        """The month's garden and the store; runs on the worker."""
        return Known(book.read(garden, self.workspace.month), book.read(supplies, self.asked_day))

    def learnt(self, known: Known) -> None:
        """Offers beds and produce."""
        self.bed.set_choices(bed_choices(self.ui, known.garden, self.asked_day))
        items = known.supplies.of_classes("produce")
        items.sort(key=lambda item: item.name.casefold())
        self.item.set_choices([(item.code, item.name) for item in items])
        self.suggest_only("bed")
        if not known.garden.beds:
            self.tell(
                self.t("Record the first work on it under Tend; then it can be harvested."),
                "warn",
                strong=self.t("There are no beds yet."),
            )
        words = self.t("No produce is set up yet. Set it up under Settings, Goods & prices.")
        self.lacks(words, not items)
        self._follow()

    def _follow(self) -> None:
        if self.known is not None:
            item = self.known.supplies.setup.items.get(self.item.value() or "")
            for field in (self.qty, self.spoiled):
                field.set_unit(item.unit if item is not None else "")

    def preview(self, preview: Preview) -> None:
        """Shows the harvest's cost and the value left in the bed, in rupiah."""
        got = next((move for move in preview.moves if move.place == STORE), None)
        if got is None:
            if self.known is not None and self.known.garden.beds:
                self.tell("")
            return
        t, rupiah = self.t, self.ui.formats.rupiah
        bed = self.known.garden.bed(self.bed.value() or "") if self.known is not None else None
        taken = -sum(move.value for move in preview.moves if not move.lot)
        left = bed.value - taken if bed is not None else 0
        self.tell(
            t("Cost still in the bed: {left}.", left=rupiah(left)),
            strong=t("The harvest costs {value}.", value=rupiah(got.value)),
        )


make_harvest = opens(HarvestForm, noop("Harvest"), prints=False, verb=noop("Record the harvest"))


class PlantingEndForm(FarmForm):
    """Tutup bedeng: nothing more is harvested from a bed (STREAM.md, `planting_end`)."""

    makes = PlantingEnd

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "planting_end", given)
        self.bed = Picker(self.ui)
        self.across((self.day_field(), 1), (self.labelled("bed", self.t("Bed"), self.bed), 1))
        self.finish(self.t("A bed that is closed can't be harvested any more."))

    def ask(self, book: Book) -> Garden:
        """The month's garden; runs on the worker."""
        return book.read(garden, self.workspace.month)

    def learnt(self, known: Garden) -> None:
        """Offers the beds."""
        self.bed.set_choices(bed_choices(self.ui, known, self.asked_day))
        self.suggest_only("bed")
        self.lacks(self.t("There are no beds yet."), not known.beds)

    def preview(self, preview: Preview) -> None:
        """Shows the value left in the bed, in rupiah, which becomes a cost."""
        if not preview.moves:
            self.tell("")
            return
        t = self.t
        value = -sum(move.value for move in preview.moves)
        words = t("The cost still in it, {value}, becomes a cost of harvest.",
                  value=self.ui.formats.rupiah(value))  # fmt: skip
        self.tell(
            words if value else t("No cost is left in it."),
            strong=t("The bed leaves the list."),
        )


make_planting_end = opens(
    PlantingEndForm, noop("Close a bed"), prints=False, verb=noop("Close the bed")
)
