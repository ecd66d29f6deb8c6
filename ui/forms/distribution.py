"""Pembagian hasil: goods of the store go to the members."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.buying import Distribution
from kwt_books.queries.shelves import Supplies
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.farm_lines import GoodsLines

_CLASSES = ("produce", "finished", "seedling", "seed", "input", "ingredient", "packaging")


class DistributionForm(FarmForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "distribution", given)
        self.across((self.day_field(), 1))
        self.rows = GoodsLines(self.kit, self.t("What is shared"), _CLASSES, required=True)
        self.lines("lines", self.rows)
        self.finish(self.t("Recorded as a cost for the members, at what it cost to grow or make."))
        self.memo.setPlaceholderText(self.t("For whom? May stay empty"))

    def learnt(self, known: Supplies) -> None:
        self.rows.learn(known)

    def foresee(self, foreseen: Foreseen) -> None:
        value = -sum(move.value for move in foreseen.moves)
        if not foreseen.moves:
            self.tell("")
            return
        strong = self.t("Worth {value}.", value=self.kit.formats.rupiah(value))
        self.tell(self._resting, strong=strong)

    def to_command(self) -> Distribution:
        day = self.date.value()
        assert day is not None
        return Distribution(
            id=self.command_id,
            date=day,
            lines=self.rows.command_lines(),
            memo=self.memo.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(
        DistributionForm(desk, given), desk.kit.t("Share with the members"), prints=False
    )
