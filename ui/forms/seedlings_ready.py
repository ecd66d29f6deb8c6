"""Siap tanam: seedlings leave their batch, alive or dead."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.accounts import SPOILAGE
from kwt_books.domain.documents.nursery import SeedlingsReady
from kwt_books.domain.money import half_up
from kwt_books.domain.posting import STORE
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.garden import Garden
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.garden_words import batch_choices
from ui.widgets.button import Button
from ui.widgets.field import QuantityField
from ui.widgets.label import label, row, set_tone
from ui.widgets.picker import Picker

WIDTH = 600


class SeedlingsReadyForm(FarmForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "seedlings_ready", given)
        t, kit = self.t, self.kit
        self.batch, self.ready = Picker(kit), QuantityField(kit)
        self.lost = QuantityField(kit, required=False)
        self.killed = QuantityField(kit, required=False)
        self.across((self.day_field(), 2), (self.labelled("batch", t("Batch"), self.batch), 3))
        usual = t("Usual losses: those that live bear their cost")
        loss = t("Flood, pests, theft: their cost is a loss")
        self.across(
            (self.labelled("ready", t("Ready for planting"), self.ready), 1),
            (self.labelled("lost", t("Died as usual"), self.lost, usual), 1),
            (self.labelled("destroyed", t("Died otherwise"), self.killed, loss), 1),
        )
        self._left = label("", "strong")
        self._rest = Button(kit, t("The rest died as usual"), kind="quiet", scale="small")
        self._rest.when_clicked(self._rest_is_lost)
        line = row(space=8)
        line.addWidget(self._left)
        line.addStretch(1)
        line.addWidget(self._rest)
        self.body.addLayout(line)
        self.changed.connect(self._show_left)
        self.finish(self.t("What a seedling costs follows by itself."))
        self._show_left()

    def ask(self, book: Book) -> Garden:
        return book.farm.garden(self.desk.month)

    def learnt(self, known: Garden) -> None:
        self.batch.set_choices(batch_choices(self.kit, known))
        if self.batch.code() is None and len(self.batch.codes) == 1:
            self.suggest("batch", self.batch.codes[0])
        self._show_left()

    # -- what remains ----------------------------------------------------------------------

    @property
    def _standing(self) -> int | None:
        """Thousandths of plants in the batch."""
        batch = self.known.batch(self.batch.code() or "") if self.known is not None else None
        return batch.left if batch is not None else None

    @property
    def _gone(self) -> int:
        fields = (self.ready, self.lost, self.killed)
        return sum(field.number() or 0 for field in fields)

    def _show_left(self) -> None:
        standing, t = self._standing, self.t
        self._left.setVisible(standing is not None)
        self._rest.setVisible(standing is not None and 0 < self._gone < standing)
        if standing is None:
            return
        left, quantity = standing - self._gone, self.kit.formats.quantity
        unit = self.known.batch(self.batch.code()).unit
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
        self._left.setText(text)
        set_tone(self._left, "error" if left < 0 else "")

    def _rest_is_lost(self) -> None:
        standing = self._standing
        if standing is not None:
            rest = standing - (self.ready.number() or 0) - (self.killed.number() or 0)
            self.lost.set_number(max(rest, 0))
            self.lost.setFocus()

    def foresee(self, foreseen: Foreseen) -> None:
        t, rupiah = self.t, self.kit.formats.rupiah
        ready = next((move for move in foreseen.moves if move.place == STORE), None)
        loss = sum(each.amount for each in foreseen.postings if each.account == SPOILAGE)
        lost = t("{value} is lost.", value=rupiah(loss)) if loss else ""
        cost = ""
        if ready is not None:
            each = rupiah(half_up(ready.value * UNIT, ready.quantity))
            cost = t("A seedling costs {cost}.", cost=each)
        self.tell(lost, "warn" if loss else "", strong=cost)

    def to_command(self) -> SeedlingsReady:
        day = self.date.value()
        assert day is not None
        return SeedlingsReady(
            id=self.command_id,
            date=day,
            batch=self.batch.code() or "",
            ready=self.ready.number() or 0,
            lost=self.lost.number() or 0,
            destroyed=self.killed.number() or 0,
            memo=self.memo.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    form, title = SeedlingsReadyForm(desk, given), desk.kit.t("Ready for planting")
    return FormDialog(form, title, prints=False, width=WIDTH)
