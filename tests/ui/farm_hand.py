"""The hand of who keeps garden and kitchen: fills in their forms from lines of a stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from tests.ui.money_hand import Hand, Payload
from ui.garden.forms import (
    NEW_BED,
    HarvestForm,
    PlantingEndForm,
    SeedlingsReadyForm,
    SowingForm,
    TendingForm,
)
from ui.kit.lines import CostLines, GoodsLines
from ui.kitchen.forms import ProductionForm
from ui.shell.window import MainWindow


class FarmHand(Hand):
    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        super().__init__(window, qtbot)
        self._bot = qtbot
        more: dict[str, Callable[[Any, Payload], None]] = {
            "sowing": self._sowing,
            "tending": self._tending,
            "seedlings_ready": self._ready,
            "harvest": self._harvest,
            "planting_end": self._planting_end,
            "production": self._production,
        }
        self._fill.update(more)

    def _day_and_memo(self, form: Any, payload: Payload) -> None:
        self.day(form.date, payload["date"])
        self.type(form.memo, payload.get("memo", ""))
        self.settle()

    def _goods(self, lines: GoodsLines, wanted: list[dict[str, Any]]) -> None:
        """Leaves exactly these goods in the lines, whatever was suggested."""
        for place, line in enumerate(wanted):
            fields = lines.lines[place].fields
            self.pick(fields["item"], line["item"])
            self.type(fields["qty"], str(line["qty"]))
        for line in lines.filled[len(wanted) :]:
            self.take_away(lines, line)

    def _costs(self, lines: CostLines, wanted: list[dict[str, Any]]) -> None:
        for place, cost in enumerate(wanted):
            fields = lines.lines[place].fields
            self.type(fields["label"], cost["label"])
            self.type(fields["amount"], str(cost["amount"]))
            self.pick(fields["from"], cost["from"])
        for line in lines.filled[len(wanted) :]:
            self.take_away(lines, line)

    def _sowing(self, form: SowingForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        self.pick(form.item, payload["item"])
        self.type(form.qty, str(payload["qty"]))
        self.type(form.batch, payload["batch"])
        self._goods(form.inputs, payload.get("inputs", []))
        self._costs(form.costs, payload.get("costs", []))

    def _tending(self, form: TendingForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        bed = payload.get("bed")
        if bed is None:
            self.choose(form.where, "batch")
            self.pick(form.batch, payload["batch"])
        elif bed in form.bed.codes:
            self.choose(form.where, "bed")
            self.pick(form.bed, bed)
        else:
            self.choose(form.where, NEW_BED)
            self.type(form.new_bed, bed)
        self._goods(form.seedlings, payload.get("seedlings", []))
        self._goods(form.inputs, payload.get("inputs", []))
        self._costs(form.costs, payload.get("costs", []))

    def _ready(self, form: SeedlingsReadyForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        self.pick(form.batch, payload["batch"])
        self.type(form.ready, str(payload["ready"]))
        self.type(form.lost, str(payload.get("lost", "")))
        self.type(form.killed, str(payload.get("destroyed", "")))

    def _harvest(self, form: HarvestForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        self.pick(form.bed, payload["bed"])
        self.pick(form.item, payload["item"])
        self.type(form.qty, str(payload["qty"]))
        self.type(form.spoiled, str(payload.get("spoiled", "")))

    def _planting_end(self, form: PlantingEndForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        self.pick(form.bed, payload["bed"])

    def _production(self, form: ProductionForm, payload: Payload) -> None:
        self._day_and_memo(form, payload)
        recipes = form.known.recipes
        recipe = next(each.code for each in recipes if each.output == payload["item"])
        self.pick(form.item, f"recipe:{recipe}")
        self.settle()
        self.type(form.target, str(payload["qty"]))
        self.type(form.qty, str(payload["qty"]))
        self._goods(form.inputs, payload["inputs"])
        self._costs(form.costs, payload.get("costs", []))
        self.type(form.lot, payload["lot"])
