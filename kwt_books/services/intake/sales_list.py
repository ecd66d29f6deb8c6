"""Lists of sales or purchases as rows of a cash book: what was sold, how many, for how much.

What is yet to be paid is no money that came: it is asked about and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.domain.sheets_of_lists import SALES
from kwt_books.domain.values import half_up
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import values
from kwt_books.services.intake.entry import Reader, Remark, is_total
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import Row, Value
from kwt_books.services.intake.values import plain

_BOUGHT = frozenset(("pembelian", "belanja", "beli", "dibeli", "penjual", "supplier", "pemasok"))
_SOLD = frozenset(("penjualan", "jual", "terjual", "dijual", "pembeli", "konsumen", "pelanggan",
                   "omzet", "sales", "buyer"))  # fmt: skip
_UNPAID = frozenset(("belum", "hutang", "utang", "bon", "ngebon", "kasbon", "tempo", "kredit",
                     "nyicil", "cicil", "unpaid", "blm", "piutang"))  # fmt: skip


class SalesList:
    """One list, and the cash book that its rows make."""

    def __init__(self, layout: Layout, above: Iterable[Row], remarks: list[Remark]) -> None:
        self._reader = Reader(SALES, layout, remarks)
        self._side = _side(layout, above)
        columns = layout.columns
        self._paid = "amount" if "amount" in columns else "price"
        said = {"date": columns["date"], "memo": columns["item"]}
        said["out" if self._side is False else "in"] = columns[self._paid]
        if "party" in columns:
            said["party"] = columns["party"]
        self.layout = replace(layout, table=CASH_BOOK.name, columns=said)
        """That of the cash book."""

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of the cash book; those that nobody has paid are asked about and left out."""
        told = False
        for row in rows:
            made = self._row(row)
            if made is None:
                continue
            if made is not row and self._side is None and not told:
                self._reader.asked(row, self._paid, "sold-guessed")
                told = True
            yield made

    def _row(self, row: Row) -> Row | None:
        reader = self._reader
        item, status = reader.text(row, "item"), reader.text(row, "status")
        amount = row.at(reader.place(self._paid))
        if not item or is_total(item) or amount is None:
            return row
        if _UNPAID & set(plain(status).split()):
            reader.asked(row, "status", "not-paid", text=status[:40])
            return None
        if _has_amount(status):
            reader.wrong(row, "status", "paid-in-part", text=status[:40])
            return None
        cells = list(row.values)
        cells[self._reader.layout.columns["item"]] = self._memo(row, item, status)
        cells[self._reader.layout.columns[self._paid]] = self._amount(row)
        return row._replace(values=tuple(cells))

    def _memo(self, row: Row, item: str, status: str) -> str:
        reader = self._reader
        parts = [item, reader.text(row, "qty"), reader.text(row, "unit")]
        if self._paid == "amount" and (price := reader.text(row, "price")):
            parts.append(f"@{price}")
        note = f"({status})" if len(status.split()) > 1 else ""
        return " ".join(filter(None, (*parts, note)))

    def _amount(self, row: Row) -> Value:
        """The amount as it stands; where only a price does, it is that of all of them."""
        reader, raw = self._reader, row.at(self._reader.place(self._paid))
        with suppress(ParseError):
            price = values.money(row.at(reader.place("price")), reader.layout.point)
            qty = values.quantity(row.at(reader.place("qty")))
            if price is None or qty is None:
                return raw
            due = half_up(price * qty, 1000)
            if self._paid == "price":
                reader.asked(row, "price", "amount-worked-out", total=due)
                return Decimal(due)
            if (said := values.money(raw, reader.layout.point)) != due and said is not None:
                reader.odd(row, "amount", "amount-differs", balance=said, total=due)
        return raw


def _side(layout: Layout, above: Iterable[Row]) -> bool | None:
    """Whether things were sold, by the sheet's name, its titles and headings; None if unsaid."""
    titles = [each for row in above for each in row.texts]
    for texts in ([layout.sheet], titles, layout.headings):
        words = {word for each in texts for word in plain(each).split()}
        if bool(words & _SOLD) != bool(words & _BOUGHT):
            return bool(words & _SOLD)
    return None


def _has_amount(status: str) -> bool:
    """Whether a status tells an amount: `bayar 20.000`; a number of less is none."""
    return any(word.isdigit() and len(word) > 2 for word in plain(status).split())
