"""Semai: seeds become a batch of seedlings."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.nursery import Sowing
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.shelves import Supplies
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.farm_lines import CostLines, GoodsLines, Planned
from ui.widgets.field import QuantityField, TextField
from ui.widgets.picker import Picker

WIDTH = 640
_COUNTED = ("biji", "butir", "batang")
"""Units in which as many seeds are taken as are sown."""


class SowingForm(FarmForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "sowing", given)
        t, kit = self.t, self.kit
        self.item, self.qty = Picker(kit), QuantityField(kit, unit=t("seeds"))
        self.batch = TextField(kit, required=True)
        tag = t("Write it on the tray, such as SM-0701")
        batch = self.labelled("batch", t("Name of the batch"), self.batch, tag)
        self.across((self.day_field(), 3), (batch, 2))
        item = self.labelled("item", t("Seedlings of"), self.item)
        qty = self.labelled("qty", t("Seeds sown"), self.qty, t("Single seeds, not packets"))
        self.across((item, 3), (qty, 2))
        self.inputs = GoodsLines(kit, t("Seeds and soil from the store"), ("seed", "input"))
        self.lines("inputs", self.inputs)
        self.costs = CostLines(kit, t("Money spent besides"))
        self.lines("costs", self.costs)
        self.item.changed.connect(self._plan)
        self.qty.changed.connect(self._plan)
        self.date.changed.connect(self._ask_name)
        self.finish(self.t("What the batch costs follows from seeds, soil and money spent."))

    def learnt(self, known: Supplies) -> None:
        self.item.set_choices([(item.code, item.name) for item in known.of_classes("seedling")])
        self.inputs.learn(known)
        self.costs.learn(known)
        if self.item.code() is None and len(self.item.codes) == 1:
            self.suggest("item", self.item.codes[0])
        words = self.t("No seedlings are set up yet. Set them up under Settings, Goods & prices.")
        self.lacks(words, not self.item.codes)
        self._ask_name()

    # -- suggesting ------------------------------------------------------------------------

    def _ask_name(self) -> None:
        day = self.date.value()
        if day is None or "batch" in self._given:
            return

        def suggest(book: Book) -> str:
            return book.farm.next_batch(day)

        def named(name: str) -> None:
            self.suggest("batch", name)

        self.desk.tasks.run(suggest, named, key=("name", id(self)), owner=self)

    def _plan(self) -> None:
        """The seeds of these seedlings, as many as are sown."""
        if self.known is not None and "inputs" not in self._given:
            self.inputs.plan(self._seeds(self.known))

    def _seeds(self, known: Supplies) -> list[Planned]:
        seedling = known.setup.items.get(self.item.code() or "")
        seed = _seed_of(known, seedling) if seedling is not None else None
        if seed is None:
            return []
        counted = seed.unit.casefold() in _COUNTED
        return [(seed.code, self.qty.number() if counted else None)]

    def foresee(self, foreseen: Foreseen) -> None:
        value = sum(move.value for move in foreseen.moves if move.place.startswith("batch:"))
        quantity = self.qty.number()
        if not foreseen.moves or not quantity:
            self.tell("")
            return
        rupiah = self.kit.formats.rupiah
        self.tell(
            self.t("{cost} a seed.", cost=rupiah(half_up(value * UNIT, quantity))),
            strong=self.t("The batch starts with {value}.", value=rupiah(value)),
        )

    def to_command(self) -> Sowing:
        day = self.date.value()
        assert isinstance(day, date)
        return Sowing(
            id=self.command_id,
            date=day,
            batch=self.batch.value() or "",
            item=self.item.code() or "",
            qty=self.qty.number() or 0,
            inputs=self.inputs.command_lines(),
            costs=self.costs.command_lines(),
            memo=self.memo.value(),
        )


def _seed_of(known: Supplies, seedling: Item) -> Item | None:
    """`Benih cabai rawit` for `Bibit cabai rawit`: the seed whose name has the same words."""
    wanted = set(seedling.name.casefold().split()[1:])
    seeds = known.of_classes("seed")
    same = [seed for seed in seeds if wanted and wanted <= set(seed.name.casefold().split())]
    return same[0] if same else None


def make(desk: Desk, given: Given) -> QDialog:
    form, title = SowingForm(desk, given), desk.kit.t("Sow")
    return FormDialog(form, title, prints=False, width=WIDTH).with_room()
