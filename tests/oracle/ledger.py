"""What a book holds: accounts, lots and layers, beds and batches, assets; and its figures.

Everything is kept in plain dicts. Every change of one goes through `put` and `drop`, which note
what was there before, so that a refused document can be taken back without damage.
"""

import csv
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

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
NOMINAL = ("income", "cost", "expense", "other", "tax")
MISSING = object()


def half_up(a: int, b: int) -> int:
    return (2 * a + b) // (2 * b)


def month_of(day: date) -> str:
    return day.isoformat()[:7]


def last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


class Posting(NamedTuple):
    date: date
    account: str
    amount: int
    party: str | None = None
    closing: bool = False


class Lot(NamedTuple):
    item: str
    name: str | None
    received: date
    expires: date | None
    batch: str | None = None


class Plot(NamedTuple):
    """A batch or a bed, from its making to its end; a name used again is another plot."""

    what: str
    name: str
    item: str | None = None
    maker: int = 0


class Asset(NamedTuple):
    number: int
    account: str
    cost: int
    accumulated: int
    acquired: date
    life_months: int


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
    plot: int = 0
    postings: list[Posting] = field(default_factory=list)
    moves: list[LotMove | PlotMove | AssetMove] = field(default_factory=list)


class Ledger:
    def __init__(self) -> None:
        with CHART.open(encoding="utf-8", newline="") as chart:
            self.accounts: dict[str, Fields] = {row["code"]: row for row in csv.DictReader(chart)}
        self.items: dict[str, Fields] = {}
        self.parties: dict[str, Fields] = {}
        self.recipes: dict[str, Fields] = {}
        self.settings: dict[str, Fields] = {}
        self.lots: dict[int, Lot] = {}
        self.stock_layers: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
        self.plots: dict[int, Plot] = {}
        self.plot_names: dict[tuple[str, str], int] = {}
        self.plot_holds: dict[int, tuple[int, int]] = {}
        self.assets: dict[str, Asset] = {}
        self.closes: dict[int, Document] = {}
        self.totals: dict[str, int] = {}
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

    def closed_until(self) -> str:
        return str(self.closes[len(self.closes)].fields["month"]) if self.closes else ""

    # What a document does

    def post(
        self, account: str, amount: int, party: str | None = None, closing: bool = False
    ) -> None:
        if amount:
            self.doing.postings.append(Posting(self.doing.date, account, amount, party, closing))

    def stock_account(self, item: str, place: str) -> str:
        return AT_SHOPS if place != "store" else STOCK_ACCOUNTS[self.items[item]["class"]]

    def move_lot(self, item: str, place: str, lot: int, quantity: int, value: int) -> None:
        layers = self.stock_layers.setdefault((item, place), {})
        held = layers.get(lot, (0, 0))
        self.put(layers, lot, (held[0] + quantity, held[1] + value))
        if layers[lot] == (0, 0):
            self.drop(layers, lot)
        self.doing.moves.append(LotMove(item, place, lot, quantity, value))

    def new_lot(self, lot: Lot) -> int:
        if lot.name is not None:
            named = [x for x in self.lots.values() if (x.item, x.name) == (lot.item, lot.name)]
            need(not named, "lot-exists", lot.name)
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

    def standing(self, item: str, place: str) -> int:
        return sum(quantity for _, quantity, _ in self.layers(item, place))

    def take(self, item: str, place: str, wanted: int) -> list[tuple[int, int, int]]:
        """Take a quantity and return (lot, quantity, cost) of each layer it came from."""
        available = self.standing(item, place)
        need(wanted <= available, "insufficient-stock", f"{item} {place} {wanted} {available}")
        taken = []
        for lot, quantity, value in self.layers(item, place):
            part = min(wanted, quantity)
            if part:
                cost = half_up(value * part, quantity)
                self.move_lot(item, place, lot, -part, -cost)
                taken.append((lot, part, cost))
            wanted -= part
        return taken

    def use(self, item: str, wanted: int, place: str = "store") -> int:
        """Take a quantity out of stock for good, post that, and return its cost."""
        self.item(item)
        cost = sum(cost for _, _, cost in self.take(item, place, wanted))
        self.post(self.stock_account(item, place), -cost)
        return cost

    def new_plot(self, plot: Plot) -> int:
        need((plot.what, plot.name) not in self.plot_names, "name-in-use", plot.name)
        number = len(self.plots) + 1
        self.put(self.plots, number, plot)
        self.put(self.plot_names, (plot.what, plot.name), number)
        self.put(self.plot_holds, number, (0, 0))
        return number

    def plot(self, what: str, name: str) -> int:
        need((what, name) in self.plot_names, f"unknown-{what}", name)
        return self.plot_names[what, name]

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
        made = Asset(
            number, entry["account"], entry["cost"], accumulated, acquired, entry["life_months"]
        )
        self.move_asset(entry["code"], None, made)
        return made.cost

    # Figures

    def postings(self) -> Iterator[Posting]:
        for document in self.documents:
            yield from document.postings

    @property
    def voucher_numbers(self) -> list[str]:
        """Return every voucher number in the order of recording."""
        return [document.voucher for document in self.documents if document.voucher]

    def balances(self, until: date = date.max) -> dict[str, int]:
        """Return what stands on each account (debit positive, none at zero) at a day's end."""
        return summed((p.account, p.amount) for p in self.postings() if p.date <= until)

    def movements(self, month: str) -> dict[str, dict[str, int]]:
        """Return each account's debits and credits of a month, ordinary and closing apart."""
        found: dict[str, dict[str, int]] = {}
        for posting in self.postings():
            if month_of(posting.date) == month:
                kind = "closing" if posting.closing else "ordinary"
                side = "debit" if posting.amount > 0 else "credit"
                sums = found.setdefault(posting.account, dict.fromkeys(MOVEMENT_KEYS, 0))
                sums[f"{kind}_{side}"] += abs(posting.amount)
        return found

    def profit_loss(self, month: str) -> dict[str, int]:
        """Return what each nominal account brought in a month, income positive."""
        return summed(
            (p.account, -p.amount)
            for p in self.postings()
            if month_of(p.date) == month
            and not p.closing
            and self.accounts[p.account]["type"] in NOMINAL
        )

    def trial_balance(self, month: str, closed: bool = True) -> dict[str, int]:
        """Return the balances at a month's end, with or without that month's closing postings."""
        return summed(
            (p.account, p.amount)
            for p in self.postings()
            if month_of(p.date) <= month
            and (closed or not (p.closing and month_of(p.date) == month))
        )

    def stock(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Return (thousandths, value) by item and place, where anything stands."""
        return {
            key: (sum(q for q, _ in layers.values()), sum(v for _, v in layers.values()))
            for key, layers in self.stock_layers.items()
            if layers
        }

    def growing(self) -> dict[str, int]:
        """Return the value of each live bed and of each batch that has plants left."""
        found = {}
        for (what, name), number in self.plot_names.items():
            plants, value = self.plot_holds[number]
            if what == "bed" or plants:
                found[name] = value
        return found

    def batch_plants(self) -> dict[str, int]:
        """Return the thousandths of plants left in each batch, finished ones at zero."""
        return {
            name: self.plot_holds[number][0]
            for (what, name), number in self.plot_names.items()
            if what == "batch"
        }

    def accumulated(self) -> dict[str, int]:
        return {code: asset.accumulated for code, asset in self.assets.items()}

    def party_balances(self) -> dict[tuple[str, str], int]:
        """Return {(party, account): balance} on accounts of assets, liabilities and equity."""
        return summed(
            ((p.party, p.account), p.amount)
            for p in self.postings()
            if p.party is not None and self.accounts[p.account]["type"] not in NOMINAL
        )

    def funds(self) -> dict[str, int]:
        """Return the balance of every fund, credit positive."""
        return {code: -self.totals.get(code, 0) for code in self.fund_codes()}

    def fund_codes(self) -> list[str]:
        shares = self.group["allocation"]["shares"] if self.group else {}
        return sorted({"3201", "3202", "3203", "3204", *shares})


MOVEMENT_KEYS = ("ordinary_debit", "ordinary_credit", "closing_debit", "closing_credit")


def summed(pairs: Any) -> dict[Any, int]:
    """Add the amounts of each key and leave out what comes to zero."""
    sums: dict[Any, int] = defaultdict(int)
    for key, amount in pairs:
        sums[key] += amount
    return {key: amount for key, amount in sums.items() if amount}
