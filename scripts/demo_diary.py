"""How a short note of a group's day becomes a line of the demo's book stream."""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

CASH, BANK, HELD = "1101", "1103", "1104"
MEMBERS = [f"anggota-{n:02d}" for n in range(1, 21)]
NOTES = (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100)
RECIPES = {
    "keripik-bayam": ("KB", "daun-bayam", "bayam"),
    "keripik-pare": ("KP", "pare", "pare"),
}
Line = dict[str, Any]


def number(word: str) -> int | float:
    return float(word) if "." in word else int(word)


def entries(note: str, *keys: str) -> list[Line]:
    """Read `code 3 5000; code 4 6000` into objects with those keys."""
    lines = []
    for part in note.split(";"):
        code, *numbers = part.split()
        lines.append(dict(zip(keys, (code, *map(number, numbers)), strict=True)))
    return lines


class Diary:
    """Collects the lines; a day is `MM-DD`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.prices: dict[str, int] = {
            "bibit-cabai": 2500,
            "sayur": 12000,
            "keripik-bayam": 10000,
            "keripik-pare": 10000,
        }

    def add(self, kind: str, day: str, memo: str = "", **keys: Any) -> None:
        line: Line = {"kind": kind}
        if "id" in keys:
            line["id"] = keys.pop("id")
        line["date"] = f"2026-{day}"
        line |= {key.rstrip("_"): value for key, value in keys.items() if value is not None}
        if memo:
            line["memo"] = memo
        self.lines.append(json.dumps(line))

    def setup(self, kind: str, code: str, name: str, **keys: Any) -> None:
        if kind == "item" and "price" in keys:
            self.prices[code] = keys["price"]
        classed = {key.rstrip("_"): value for key, value in keys.items()}
        self.lines.append(json.dumps({"kind": kind, "code": code, "name": name, **classed}))

    def produce(self, code: str, name: str, price: int, standard_cost: int) -> None:
        keys = {"class_": "produce", "price": price, "standard_cost": standard_cost}
        self.setup("item", code, name, unit="kg", **keys)

    def correct(self, day: str, of: str, reason: str) -> None:
        self.add("correction", day, of=of, reason=reason)

    def attach(self, of: str, paper: Path, media: str) -> None:
        data = paper.read_bytes()
        line: Line = {"kind": "attachment", "of": of, "name": paper.name, "type": media}
        line |= {"sha256": sha256(data).hexdigest(), "data": b64encode(data).decode()}
        self.lines.append(json.dumps(line))

    # Money

    def pay(self, day: str, note: str, memo: str, source: str = CASH, **keys: Any) -> None:
        lines = entries(note, "account", "amount")
        self.add("payment", day, memo, **{"from": source}, **{"lines": lines, **keys})

    def receive(self, day: str, note: str, memo: str, into: str = BANK, **keys: Any) -> None:
        lines = entries(note, "account", "amount")
        self.add("receipt", day, memo, into=into, **{**keys, "lines": lines})

    def bank(self, day: str, amount: int, memo: str = "Setor ke bank") -> None:
        self.add("transfer", day, memo, **{"from": CASH}, to=BANK, amount=amount)

    def dues(
        self, day: str, memo: str, without: Sequence[int] = (), only: Sequence[int] = ()
    ) -> None:
        chosen = [n for n in only or range(1, 21) if n not in without]
        lines = [{"party": MEMBERS[n - 1], "amount": 10000} for n in chosen]
        self.add("savings", day, memo, type="mandatory", account=CASH, lines=lines)

    def voluntary(self, day: str, note: str, memo: str) -> None:
        lines = entries(note, "party", "amount")
        self.add("savings", day, memo, type="voluntary", account=CASH, lines=lines)

    def bank_month(self, day: str, interest: int, fee: int) -> None:
        self.receive(day, f"7101 {interest}", "Bunga bank")
        self.pay(day, f"7201 {fee}", "Administrasi bank", BANK)

    def acquire(
        self,
        day: str,
        code: str,
        name: str,
        account: str,
        cost: int,
        months: int,
        memo: str,
        **how: str,
    ) -> None:
        """Buy an asset, paid in cash unless `party` says who waits for the money."""
        keys: Line = {"code": code, "name": name, "account": account, "cost": cost}
        paid = {} if "party" in how else {"paid_from": CASH}
        self.add("asset_acquisition", day, memo, **keys, life_months=months, **paid, **how)

    def grant(
        self,
        day: str,
        memo: str,
        items: str,
        lots: dict[str, str],
        assets: list[tuple[str, str, str, int, int]],
    ) -> None:
        goods = entries(items, "item", "qty", "value")
        for line in goods:
            if line["item"] in lots:
                line["lot"] = lots[line["item"]]
        keys = ("code", "name", "account", "cost", "life_months")
        given = [dict(zip(keys, asset, strict=True)) for asset in assets]
        self.add("grant", day, memo, party="dinas", account="3104", items=goods, assets=given)

    def count_cash(self, day: str, counted: int, memo: str = "Kas opname") -> None:
        pieces, left = {}, counted
        for face in NOTES:
            if left >= face:
                pieces[str(face)], left = divmod(left, face)
        self.add("cash_count", day, memo, account=CASH, denominations=pieces, counted=counted)

    # Garden and kitchen

    def buy(self, day: str, party: str, note: str, memo: str, **keys: Any) -> None:
        lines = entries(note, "item", "qty", "amount")
        self.add("purchase", day, memo, party=party, lines=lines, paid_from=CASH, **keys)

    def sow(self, day: str, batch: str, item: str, qty: int, note: str, memo: str) -> None:
        inputs = entries(note, "item", "qty")
        self.add("sowing", day, memo, batch=batch, item=item, qty=qty, inputs=inputs)

    def tend(
        self,
        day: str,
        memo: str,
        inputs: str = "",
        wage: int = 0,
        seedlings: str = "",
        bed: str = "kebun",
    ) -> None:
        keys: Line = {"bed": bed}
        for key, note in (("seedlings", seedlings), ("inputs", inputs)):
            if note:
                keys[key] = entries(note, "item", "qty")
        if wage:
            keys["costs"] = [{"label": "Upah olah lahan", "amount": wage, "from": CASH}]
        self.add("tending", day, memo, **keys)

    def ready(
        self,
        day: str,
        batch: str,
        ready: int,
        memo: str,
        lost: int = 0,
        destroyed: int | None = None,
    ) -> None:
        keys = {"ready": ready, "lost": lost, "destroyed": destroyed}
        self.add("seedlings_ready", day, memo, batch=batch, **keys)

    def harvest(
        self, day: str, note: str, spoiled: int | None = None, bed: str = "kebun", **keys: str
    ) -> None:
        entry = entries(note, "item", "qty")[0]
        self.add("harvest", day, **keys, bed=bed, **entry, spoiled=spoiled)

    def fry(self, day: str, item: str, made: int, main: float, gas: int, wage: int = 40000) -> None:
        """Make chips after the recipe, the leaf or fruit and the good packs as they were."""
        prefix, fruit, word = RECIPES[item]
        note = f"{fruit} {main}; tepung-beras 4; minyak 3; bumbu 1; kemasan {made}"
        costs = [
            {"label": "Gas", "amount": gas, "from": CASH},
            {"label": "Upah goreng", "amount": wage, "from": CASH},
        ]
        self.add(
            "production",
            day,
            f"Produksi keripik {word}",
            item=item,
            qty=made,
            lot=f"{prefix}-{day.replace('-', '')}",
            inputs=entries(note, "item", "qty"),
            costs=costs,
        )

    # Selling

    def market(
        self,
        day: str,
        note: str,
        memo: str,
        qris: int = 0,
        short: int = 0,
        venue: str = "outlet-jumat",
    ) -> None:
        """Sell at a stall: `item taken [sold] [rusak=n] [cicip=n]`, all sold unless said."""
        lines, due = [], 0.0
        for part in note.split(";"):
            item, taken, *rest = part.split()
            words = dict(word.split("=") for word in rest if "=" in word)
            lost, tasted = number(words.get("rusak", "0")), number(words.get("cicip", "0"))
            sold = next((number(word) for word in rest if "=" not in word), number(taken))
            line: Line = {"item": item, "taken": number(taken), "sold": sold}
            line["returned"] = number(taken) - sold - lost - tasted
            line |= {key: value for key, value in (("spoiled", lost), ("sampled", tasted)) if value}
            due += self.prices[item] * sold
            lines.append(line)
        received = {CASH: round(due) - qris - short} | ({BANK: qris} if qris else {})
        self.add("market_day", day, memo, venue=venue, lines=lines, received=received)

    def sell(self, day: str, note: str, memo: str, **keys: Any) -> None:
        self.add("sale", day, memo, lines=entries(note, "item", "qty"), **keys)

    def consign(self, day: str, shop: str, note: str, memo: str = "") -> None:
        self.add("consignment", day, memo, shop=shop, lines=entries(note, "item", "qty"))

    def settle(self, day: str, shop: str, note: str, paid: bool = True, **keys: Any) -> None:
        """Settle with a shop: `item sold returned spoiled price`."""
        lines = entries(note, "item", "sold", "returned", "spoiled", "price")
        due = sum(line["sold"] * line["price"] for line in lines)
        for line in lines:
            if not line["spoiled"]:
                del line["spoiled"]
        keys |= {"shop": shop, "lines": lines, "received": {CASH: due} if paid else None}
        memo = "Setoran titip jual" if paid else "Titip jual, belum dibayar"
        self.add("consignment_settlement", day, memo, **keys)

    def give(self, day: str, note: str, memo: str) -> None:
        self.add("distribution", day, memo, lines=entries(note, "item", "qty"))

    def count_stock(self, day: str, note: str, memo: str, place: str = "store") -> None:
        self.add("stock_count", day, memo, place=place, lines=entries(note, "item", "counted"))

    def end(self, month: str, decision: str) -> None:
        self.depreciate(month)
        line = {"kind": "month_close", "month": f"2026-{month}", "decision": decision}
        self.lines.append(json.dumps(line))

    def depreciate(self, month: str) -> None:
        self.lines.append(json.dumps({"kind": "depreciation", "month": f"2026-{month}"}))
