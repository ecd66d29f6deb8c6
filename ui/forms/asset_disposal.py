"""Lepas alat: sold, broken or lost; what it still stood at beyond its price is a loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.assets import AssetDisposal
from kwt_books.queries.holdings import Belongings, Owned
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import MoneyForm, Remark
from ui.widgets.field import FieldRow, MoneyField
from ui.widgets.picker import Picker
from ui.widgets.segment_field import SegmentField

SOLD, GONE = "sold", "gone"
WIDTH = 640


class AssetDisposalForm(MoneyForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "asset_disposal", _flat(given))
        t, kit = self.t, self.kit
        self.belongings: Belongings | None = None
        self.code = Picker(kit)
        self.way = SegmentField(kit, ((SOLD, t("It was sold")), (GONE, t("Broken or lost"))))
        self.add("way", self.way)
        self.across((self.day_field(), 1), (FieldRow(kit, t("What became of it?"), self.way), 1))
        self.field("code", t("Which asset"), self.code)
        self.price = MoneyField(kit)
        self.price_row = self.labelled(
            "received", t("Sold for"), self.price, t("What the buyer pays")
        )
        self.into, self.into_row = self.cash_field("into", t("Goes into"))
        self.across((self.price_row, 1), (self.into_row, 1))
        self.words_fields(ref=t("Number of the receipt"))
        self.way.changed.connect(self._way_changed)
        self.finish()
        self._way_changed()

    def ask(self, book: Book) -> Choices:
        self._found = book.treasury.belongings()
        return book.treasury.choices()

    def learnt(self, known: Choices) -> None:
        self.belongings = self._found
        self.into.set_choices(self.cash_choices(known))
        self.code.set_choices(
            [(each.asset.code, f"{each.asset.name} · {each.asset.code}") for each in self._owned()]
        )

    def _owned(self) -> tuple[Owned, ...]:
        return self.belongings.owned if self.belongings is not None else ()

    @property
    def sold(self) -> bool:
        return self.way.current == SOLD

    def _way_changed(self) -> None:
        for each in (self.price_row, self.into_row):
            each.setEnabled(self.sold)
        self.price.required = self.sold
        self.into.required = self.sold

    def remarks(self) -> Iterator[Remark]:
        code, rupiah = self.code.code(), self.kit.formats.rupiah
        owned = next((each for each in self._owned() if each.asset.code == code), None)
        if owned is None:
            return
        t, price = self.t, self.price.number() if self.sold else 0
        name, value = owned.asset.name, rupiah(owned.value)
        strong = t("{name} still stands at {value}.", name=name, value=value)
        if price is None:
            yield Remark(strong)
            return
        left = price - owned.value
        text = t("That much is a loss.") if not price else t("Sold for exactly that.")
        if price and left:
            amount = rupiah(abs(left))
            text = t("{amount} is a loss.", amount=amount)
            if left > 0:
                text = t("{amount} is a gain.", amount=amount)
        yield Remark(strong, text if owned.value or left else "", "warn" if left < 0 else "")

    def _received(self) -> Mapping[str, int] | None:
        into, price = self.into.code(), self.price.number()
        return {into: price} if self.sold and into is not None and price else None

    def to_command(self) -> AssetDisposal:
        day, code = self.date.value(), self.code.code()
        assert day is not None
        assert code is not None
        return AssetDisposal(
            id=self.command_id,
            date=day,
            code=code,
            received=self._received(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def _flat(given: Given) -> Given:
    """`received` by account as an account and an amount."""
    received = given.get("received")
    if not isinstance(received, Mapping):
        return {**given, "way": GONE} if "date" in given else given
    flat = dict(given)
    flat["into"], flat["received"] = next(iter(received.items()), (None, None))
    return flat


def make(desk: Desk, given: Given) -> QDialog:
    title = desk.kit.t("Part with an asset")
    return FormDialog(AssetDisposalForm(desk, given), title, width=WIDTH)
