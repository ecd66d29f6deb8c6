"""What a book holds: accounts, lots and layers, beds and batches, assets; and its figures.

Everything is kept in plain dicts. Every change of one goes through `put` and `drop`, which note
what was there before, so that a refused document can be taken back without damage.
"""

import csv
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from .figures import Figures, Posting
from .reading import Fields, need

CHART = Path(__file__).parent.parent / "data" / "accounts.csv"
STOCK_ACCOUNTS = {
    "seed": "1121",
    "input": "1122",
    "seedling": "1124",
    "produce": "1125",
    "ingredient": "1126",
    "packaging": "1127",
    "finished": "1129",
}
GROWING, AT_SHOPS, SURPLUS = "1123", "1130", "3301"
DEPRECIATED_ON = {"1201": "1211", "1202": "1212", "1203": "1213", "1204": "1214"}
BY_DETAIL = (*STOCK_ACCOUNTS.values(), GROWING, AT_SHOPS)
CASH = ("1101", "1102", "1103", "1104")
RESTRICTED, DONATED, FROM_FUNDS = "2110", "3104", "3105"
MEMBERS_OWN = {"principal": "3101", "mandatory": "3102", "voluntary": "2106"}
MISSING = object()


def half_up(a: int, b: int) -> int:
    return (2 * a + b) // (2 * b)


def last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


class Lot(NamedTuple):
    item: str
    name: str | None
    received: date
    expires: date | None
    batch: int = 0


class Plot(NamedTuple):
    """A batch or a bed, from its making to its end; a name used again is another plot."""

    what: str
    name: str
    made: date
    maker: int
    item: str | None = None


class Asset(NamedTuple):
    number: int
    account: str
    cost: int
    accumulated: int
    acquired: date
    life_months: int
    made: date


class LotMove(NamedTuple):
    item: str
    place: str
    lot: int
    quantity: int
    value: int


class PlotMove(NamedTuple):
    plot: int
    plants: int
    value: int


class AssetMove(NamedTuple):
    code: str
    before: Asset | None
    after: Asset | None


@dataclass
class Document:
    number: int
    kind: str
    date: date
    fields: Fields
    voucher: str = ""
    plots: list[int] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    moves: list[LotMove | PlotMove | AssetMove] = field(default_factory=list)
    spent: list[tuple[str, str, int]] = field(default_factory=list)
    """What a programme's budget lines bore: (programme, line, amount)."""


class Ledger(Figures):
    def __init__(self) -> None:
        with CHART.open(encoding="utf-8", newline="") as chart:
            self.accounts: dict[str, Fields] = {row["code"]: row for row in csv.DictReader(chart)}
        self.items: dict[str, Fields] = {}
        self.parties: dict[str, Fields] = {}
        self.recipes: dict[str, Fields] = {}
        self.settings: dict[str, Fields] = {}
        self.people: dict[str, Fields] = {}
        self.programmes: dict[str, Fields] = {}
        self.budgets: dict[int, Fields] = {}
        self.lots: dict[int, Lot] = {}
        self.lot_documents: dict[int, tuple[int, ...]] = {}
        self.histories: dict[tuple[str, str, int], tuple[tuple[date, int], ...]] = {}
        self.stock_layers: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
        self.plots: dict[int, Plot] = {}
        self.plot_names: dict[tuple[str, str], int] = {}
        self.plot_holds: dict[int, tuple[int, int]] = {}
        self.assets: dict[str, Asset] = {}
        self.closes: dict[int, Document] = {}
        self.totals: dict[str, int] = {}
        self.owned: dict[tuple[str, str], int] = {}
        self.left: dict[str, int] = {}
        self.sequences: dict[str, int] = {}
        self.corrected: dict[int, int] = {}
        self.documents: list[Document] = []
        self.doing: Document
        self.undo: list[tuple[dict[Any, Any], Any, Any]] = []

    def put(self, where: dict[Any, Any], key: Any, value: Any) -> None:
        self.undo.append((where, key, where.get(key, MISSING)))
        where[key] = value

    def drop(self, where: dict[Any, Any], key: Any) -> None:
        self.undo.append((where, key, where.pop(key)))

    def take_back(self) -> None:
        """Put everything back as it was before the document being recorded."""
        for where, key, old in reversed(self.undo):
            if old is MISSING:
                where.pop(key, None)
            else:
                where[key] = old
        self.undo.clear()

    # What is known

    @property
    def group(self) -> Fields:
        return self.settings.get("group", {})

    def account(self, code: str) -> str:
        need(code in self.accounts, "unknown-account", code)
        return code

    def is_cash(self, code: str) -> bool:
        return code in CASH or "cash" in self.accounts[code]

    def cash(self, code: str) -> str:
        need(self.is_cash(self.account(code)), "not-cash", code)
        return code

    def by_detail(self, code: str) -> bool:
        """Tell whether an account is kept by goods, plants or assets, beyond plain lines."""
        return code in BY_DETAIL or (len(code) == 4 and "1201" <= code <= "1214")

    def item(self, code: str, wanted: str | None = None) -> Fields:
        need(code in self.items, "unknown-item", code)
        need(wanted in (None, self.items[code]["class"]), "wrong-class", code)
        return self.items[code]

    def party(self, code: str | None, role: str | None = None) -> str | None:
        if code is not None:
            need(code in self.parties, "unknown-party", code)
            need(role in (None, self.parties[code]["role"]), "wrong-role", code)
        return code

    def place(self, place: str) -> str:
        if place != "store":
            need(place.startswith("shop:"), "unknown-place", place)
            self.party(place.removeprefix("shop:"), "shop")
        return place

    def programme(self, code: str) -> str:
        need(code in self.programmes, "unknown-programme", code)
        return code

    def balance(self, account: str, until: date) -> int:
        return sum(p.amount for p in self.postings() if p.account == account and p.date <= until)

    def fund_codes(self) -> list[str]:
        shares = self.group.get("allocation", {}).get("shares", {})
        return sorted({"3201", "3202", "3203", "3204", *shares})

    def closed_until(self) -> str:
        return str(self.closes[len(self.closes)].fields["month"]) if self.closes else ""

    # What a document does

    def post(self, account: str, amount: int, party: str | None = None, **marks: Any) -> None:
        if amount:
            self.doing.postings.append(Posting(self.doing.date, account, amount, party, **marks))

    def stock_account(self, item: str, place: str) -> str:
        return AT_SHOPS if place != "store" else STOCK_ACCOUNTS[self.items[item]["class"]]

    def move_lot(self, item: str, place: str, lot: int, quantity: int, value: int) -> None:
        layers = self.stock_layers.setdefault((item, place), {})
        held = layers.get(lot, (0, 0))
        self.put(layers, lot, (held[0] + quantity, held[1] + value))
        if layers[lot] == (0, 0):
            self.drop(layers, lot)
        self.doing.moves.append(LotMove(item, place, lot, quantity, value))
        history = self.histories.get((item, place, lot), ())
        self.put(self.histories, (item, place, lot), (*history, (self.doing.date, quantity)))
        if self.doing.kind != "correction":
            moved = self.lot_documents.get(lot, ())
            self.put(self.lot_documents, lot, (*moved, self.doing.number))

    def least(self, item: str, place: str, lot: int, day: date) -> int:
        """Return the least that a layer holds at the end of a day and of every later one."""
        history = self.histories[item, place, lot]
        days = {day, *(moved for moved, _ in history if moved > day)}
        return min(sum(q for moved, q in history if moved <= end) for end in days)

    def lot_named(self, item: str, name: str | None) -> int | None:
        """Find the lot that has a name, given free once all that moved the lot is corrected."""
        for number, lot in self.lots.items():
            if name is not None and (lot.item, lot.name) == (item, name) and self.stands(number):
                return number
        return None

    def stands(self, lot: int) -> bool:
        moved = self.lot_documents.get(lot)
        return moved is None or any(number not in self.corrected for number in moved)

    def new_lot(self, lot: Lot) -> int:
        need(self.lot_named(lot.item, lot.name) is None, "lot-exists", lot.name)
        number = len(self.lots) + 1
        self.put(self.lots, number, lot)
        return number

    def receive(self, lot: Lot, quantity: int, value: int, place: str = "store") -> None:
        """Make a lot of its own for goods that come in."""
        self.move_lot(lot.item, place, self.new_lot(lot), quantity, value)

    def layers(self, item: str, place: str) -> list[tuple[int, int, int]]:
        """Return (lot, quantity, value) in the order of taking."""
        held = self.stock_layers.get((item, place), {})

        def order(lot: int) -> tuple[bool, date, date, int]:
            found = self.lots[lot]
            return (found.expires is None, found.expires or date.max, found.received, lot)

        return [(lot, *held[lot]) for lot in sorted(held, key=order)]

    def standing(self, item: str, place: str, day: date) -> int:
        """Return what stood at a place at the end of a day."""
        return sum(
            quantity
            for (moved, at, _), history in self.histories.items()
            if (moved, at) == (item, place)
            for when, quantity in history
            if when <= day
        )

    def offers(self, item: str, place: str, day: date) -> list[tuple[int, int]]:
        """Return (lot, most that it offers on that day) in the order of taking."""
        return [
            (lot, self.least(item, place, lot, day) if self.lots[lot].received <= day else 0)
            for lot, _, _ in self.layers(item, place)
        ]

    def offered(self, item: str, place: str, day: date) -> int:
        return sum(offer for _, offer in self.offers(item, place, day))

    def need_stock(self, item: str, place: str, wanted: int) -> None:
        """Refuse a line that wants more in all than the place offers."""
        available = self.offered(item, place, self.doing.date)
        need(wanted <= available, "insufficient-stock", f"{item} {place} {wanted} {available}")

    def take(
        self, item: str, place: str, wanted: int, lot_alone: int | None = None
    ) -> list[tuple[int, int, int]]:
        """Take a quantity and return (lot, quantity, cost) of each layer it came from."""
        offers = self.offers(item, place, self.doing.date)
        if lot_alone is not None:
            offers = [offer for offer in offers if offer[0] == lot_alone]
        available = sum(offer for _, offer in offers)
        need(wanted <= available, "insufficient-stock", f"{item} {place} {wanted} {available}")
        taken = []
        for lot, offer in offers:
            part = min(wanted, offer)
            if part:
                quantity, value = self.stock_layers[item, place][lot]
                cost = half_up(value * part, quantity)
                self.move_lot(item, place, lot, -part, -cost)
                taken.append((lot, part, cost))
            wanted -= part
        return taken

    def use(
        self, item: str, wanted: int, place: str = "store", lot_alone: int | None = None
    ) -> int:
        """Take a quantity out of stock for good, post that, and return its cost."""
        self.item(item)
        cost = sum(cost for _, _, cost in self.take(item, place, wanted, lot_alone))
        self.post(self.stock_account(item, place), -cost)
        return cost

    def new_plot(self, plot: Plot) -> int:
        need((plot.what, plot.name) not in self.plot_names, "name-in-use", plot.name)
        number = len(self.plots) + 1
        self.doing.plots.append(number)
        self.put(self.plots, number, plot)
        self.put(self.plot_names, (plot.what, plot.name), number)
        self.put(self.plot_holds, number, (0, 0))
        return number

    def plot(self, what: str, name: str) -> int:
        """Find a batch or bed that the document touches."""
        need((what, name) in self.plot_names, f"unknown-{what}", name)
        number = self.plot_names[what, name]
        need(self.plots[number].made <= self.doing.date, "before-it-was-made", name)
        self.doing.plots.append(number)
        return number

    def move_plot(self, plot: int, plants: int, value: int) -> None:
        held = self.plot_holds[plot]
        self.put(self.plot_holds, plot, (held[0] + plants, held[1] + value))
        self.doing.moves.append(PlotMove(plot, plants, value))

    def move_asset(self, code: str, before: Asset | None, after: Asset | None) -> None:
        """Let an asset come (no `before`), change, or go (no `after`)."""
        self.doing.moves.append(AssetMove(code, before, after))
        if after is None:
            self.drop(self.assets, code)
        else:
            self.put(self.assets, code, after)

    def new_asset(self, entry: Fields, acquired: date, accumulated: int = 0) -> int:
        need(entry["account"] in DEPRECIATED_ON, "not-a-fixed-asset", entry["account"])
        need(entry["code"] not in self.assets, "asset-exists", entry["code"])
        number = self.doing.number * 1000 + len(self.doing.moves)
        kept = (entry["account"], entry["cost"], accumulated, acquired, entry["life_months"])
        made = Asset(number, *kept, self.doing.date)
        self.move_asset(entry["code"], None, made)
        return made.cost
