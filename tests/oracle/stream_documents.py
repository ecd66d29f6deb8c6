"""A candidate for each kind of document, drawn so that the book will mostly take it."""

import base64
import hashlib

from . import stream_setup
from .stream_setup import MEMBERS, Line
from .stream_writer import Drawing

OPEN_ACCOUNTS = ("1111", "1112", "1113", "1141", "2101", "2102", "2104", "2105", "2107", "2201")
INCOME = ("7101", "7102", "4201", "4101", "2104", "2105", "2108", "3104", "3301", "2108", "8101")
COSTS = ("6101", "6102", "6103", "6104", "6105", "6106", "6108", "6110", "6112", "7201", "8101")


class MoneyCandidates(Drawing):
    def some_receipt(self) -> Line:
        line: Line = {"kind": "receipt", "date": self.today, "into": self.cash()}
        return self.with_lines(line, INCOME)

    def some_payment(self) -> Line:
        line: Line = {"kind": "payment", "date": self.today, "from": self.cash()}
        line = self.borne(self.with_lines(line, COSTS))
        if self.maybe(0.1):
            line.pop("fund", None)
            code = line.setdefault("programme", "bpm")
            back = self.rng.randint(1, max(1, self.book.left.get(code, 0)))
            line["lines"].append({"account": "2110", "amount": back})
            if self.maybe(0.5):
                line["lines"] = line["lines"][-1:]
        return line

    def with_lines(self, line: Line, usual: tuple[str, ...]) -> Line:
        choices = usual if self.maybe(0.7) else OPEN_ACCOUNTS
        line["lines"] = [
            {"account": self.rng.choice(choices), "amount": self.amount(150000)}
            for _ in range(self.rng.choice([1, 1, 2, 3]))
        ]
        if choices == OPEN_ACCOUNTS or self.maybe(0.1):
            line["party"] = self.party("shop", "supplier", "customer", "agency", "member")
        return line

    def some_transfer(self) -> Line:
        source, target = self.rng.sample(self.cash_accounts(), 2)
        line = {"kind": "transfer", "date": self.today, "from": source, "to": target}
        return {**line, "amount": self.amount(1500000)}

    def some_cash_count(self) -> Line:
        day, account = self.today, self.cash()
        counted = max(0, self.balance(account) + self.rng.choice([0, 0, -100, 500, -5000, 20000]))
        line = {"kind": "cash_count", "date": day, "account": account, "counted": counted}
        if self.maybe(0.6) and counted:
            pieces, left = {}, counted
            for face in (100000, 50000, 5000, 100, 1):
                if left >= face:
                    pieces[str(face)], left = divmod(left, face)
            line["denominations"] = pieces
        return line

    def some_savings(self) -> Line:
        kind, account = self.rng.choice(
            [("principal", "3101"), ("mandatory", "3102"), ("voluntary", "2106")]
        )
        saved = self.book.party_balances()
        lines = []
        for member in self.rng.sample(MEMBERS, self.rng.randint(1, len(MEMBERS))):
            balance = -saved.get((member, account), 0)
            withdrawn = balance > 0 and self.maybe(0.3)
            amount = -self.part(balance) if withdrawn else self.amount(50000)
            lines.append({"party": member, "amount": amount})
        line: Line = {"kind": "savings", "date": self.today, "type": kind, "account": self.cash()}
        return {**line, "lines": lines}


class GoodsCandidates(MoneyCandidates):
    def some_purchase(self) -> Line:
        lines = []
        for _ in range(self.rng.randint(1, 4)):
            code = self.item("seed", "input", "ingredient", "packaging", "produce", "seedling")
            if self.maybe(0.05):
                code = self.item("finished")
            line = {
                "item": code,
                "qty": self.written(self.quantity()),
                "amount": self.amount(150000),
            }
            if self.maybe(0.3):
                line["lot"] = self.lot_name(code, "LB")
            if self.maybe(0.3):
                line["expires"] = self.later()
            lines.append(line)
        return self.paid({"kind": "purchase", "date": self.today, "lines": lines})

    def some_production(self) -> Line | None:
        inputs = self.goods(4, "produce", "ingredient", "packaging")
        if not inputs:
            return None
        line: Line = {"kind": "production", "date": self.today, "item": self.item("finished")}
        line |= {"qty": self.written(self.quantity()), "inputs": inputs}
        if self.maybe(0.7):
            line["costs"] = self.costs()
        if self.maybe(0.5):
            line["lot"] = self.lot_name(line["item"], "KB")
        if self.maybe(0.3):
            line["expires"] = self.later()
        return line

    def revenue(self, item: str, sold: int, line: Line) -> int:
        """Add a price of its own to a line, or not, and return the line's revenue."""
        price = self.book.items[item].get("price", 0)
        if self.maybe(0.3) or not price:
            price = line["price"] = self.amount(15000)
        return int((2 * price * sold + 1000) // 2000)

    def some_market_day(self) -> Line | None:
        lines, due = [], 0
        for item, held in self.held("store")[: self.rng.randint(1, 6)]:
            if self.sellable(item):
                taken = self.part(held)
                sold, returned, spoiled, sampled = self.split(taken, 4)
                line = {"item": item, "taken": self.written(taken), "sold": self.written(sold)}
                for key, part in (
                    ("returned", returned),
                    ("spoiled", spoiled),
                    ("sampled", sampled),
                ):
                    if part or self.maybe(0.2):
                        line[key] = self.written(part)
                due += self.revenue(item, sold, line)
                lines.append(line)
        if not lines:
            return None
        received = max(0, due + self.rng.choice([0, 0, 0, -5000, 2000, -1]))
        line = {"kind": "market_day", "date": self.today, "venue": "outlet-jumat", "lines": lines}
        return {**line, "received": self.received(received)}

    def some_sale(self) -> Line | None:
        lines, due = [], 0
        for item, held in self.held("store")[: self.rng.randint(1, 4)]:
            if self.sellable(item):
                sold = self.part(held)
                line = {"item": item, "qty": self.written(sold)}
                due += self.revenue(item, sold, line)
                lines.append(line)
        if not lines:
            return None
        discount = self.part(due // 10) if due >= 10 and self.maybe(0.3) else 0
        paid = due - discount if self.maybe(0.6) else (due - discount) // 2
        sale: Line = {"kind": "sale", "date": self.today, "lines": lines}
        if discount or self.maybe(0.1):
            sale["discount"] = discount
        if paid:
            sale["received"] = self.received(paid)
        if paid + discount < due or self.maybe(0.2):
            sale["party"] = self.party("customer", "member")
        return sale

    def some_consignment(self) -> Line | None:
        lines = self.goods(3, "finished" if self.maybe(0.7) else "produce", "seedling")
        line = {"kind": "consignment", "date": self.today, "shop": self.shop(), "lines": lines}
        return line if lines else None

    def some_consignment_settlement(self) -> Line | None:
        shop, lines, due = self.shop(), [], 0
        for item, held in self.held(f"shop:{shop}")[: self.rng.randint(1, 3)]:
            if self.sellable(item):
                sold, returned, spoiled = self.split(self.part(held), 3)
                line = {"item": item, "sold": self.written(sold)}
                if returned or self.maybe(0.3):
                    line["returned"] = self.written(returned)
                if spoiled:
                    line["spoiled"] = self.written(spoiled)
                due += self.revenue(item, sold, line)
                lines.append(line)
        settled: Line = {"kind": "consignment_settlement", "date": self.today, "shop": shop}
        settled["lines"] = lines
        if self.maybe(0.3):
            settled["commission"] = due // 10
        if self.maybe(0.8):
            left = due - settled.get("commission", 0)
            settled["received"] = self.received(left if self.maybe(0.6) else left // 3)
        return settled if lines else None

    def some_distribution(self) -> Line | None:
        lines = self.goods(2, "produce", "seedling")
        return {"kind": "distribution", "date": self.today, "lines": lines} if lines else None

    def some_stock_count(self) -> Line:
        place = "store" if self.maybe(0.7) else f"shop:{self.shop()}"
        counted = dict(self.held(place)[: self.rng.randint(1, 3)])
        if self.maybe(0.3) or not counted:
            counted.setdefault(self.rng.choice(list(self.book.items)), 0)
        lines = []
        for item, held in counted.items():
            differs = self.rng.choice([0, -self.part(held) if held else 0, self.quantity(5)])
            lines.append({"item": item, "counted": self.written(held + differs)})
        return {"kind": "stock_count", "date": self.today, "place": place, "lines": lines}

    def some_grant(self) -> Line:
        account = self.rng.choice(["3104", "4201", "2110", "2110"])
        line: Line = {"kind": "grant", "date": self.today, "account": account}
        if account == "2110":
            line["programme"] = self.rng.choice(["p2l", "bpm"])
            line["cash"] = {"into": self.cash(), "amount": self.amount(2000000)}
            return line
        if self.maybe(0.4):
            line["cash"] = {"into": self.cash(), "amount": self.amount(2000000)}
        if self.maybe(0.7):
            entry: Line = {"item": self.item("seed", "seedling", "input", "produce")}
            entry |= {"qty": self.written(self.quantity()), "value": 0}
            if self.maybe(0.4):
                entry["value"] = self.amount()
            if self.maybe(0.5):
                entry["lot"] = self.lot_name(entry["item"], "HIBAH")
            line["items"] = [entry]
        if self.maybe(0.3):
            line["assets"] = [self.asset()]
        if self.maybe(0.7):
            line["party"] = self.party("agency")
        return line

    def asset(self) -> Line:
        account = self.rng.choice(["1201", "1202", "1203", "1204"])
        line = {"code": self.fresh("A"), "name": "Alat", "account": account}
        return {**line, "cost": self.amount(3000000), "life_months": self.rng.randint(1, 60)}


class Candidates(GoodsCandidates):
    def batches(self) -> list[tuple[str, int]]:
        return [(name, plants) for name, plants in self.book.batch_plants().items() if plants]

    def beds(self) -> list[str]:
        return [name for what, name in self.book.plot_names if what == "bed"]

    def some_sowing(self) -> Line:
        line: Line = {"kind": "sowing", "date": self.today, "batch": self.fresh("SM")}
        if self.maybe(0.4):
            line["batch"] = self.rng.choice(self.unused_names() or [line["batch"]])
        line |= {"item": self.item("seedling"), "qty": self.written(self.quantity(400))}
        if inputs := self.goods(3, "seed", "input") if self.maybe(0.8) else []:
            line["inputs"] = inputs
        if self.maybe(0.3):
            line["costs"] = self.costs()
        return line

    def unused_names(self) -> list[str]:
        """Return names that a corrected sowing may have left free, and no lot bears."""
        used = {lot.name for lot in self.book.lots.values()}
        return [name for name in ("SM-V", "SM-W", "SM-X", "SM-Y", "SM-Z") if name not in used]

    def some_tending(self) -> Line:
        line: Line = {"kind": "tending", "date": self.today}
        if self.batches() and self.maybe(0.4):
            line["batch"] = self.rng.choice(self.batches())[0]
        else:
            beds = self.beds()
            fresh = self.maybe(0.2) or not beds
            line["bed"] = self.rng.choice(["kebun", "sudut", "B1", "B2"] if fresh else beds)
            if seedlings := self.goods(1, "seedling") if self.maybe(0.5) else []:
                line["seedlings"] = seedlings
        if inputs := self.goods(2, "input") if self.maybe(0.6) else []:
            line["inputs"] = inputs
        if self.maybe(0.7):
            line["costs"] = self.costs()
        return line

    def some_seedlings_ready(self) -> Line | None:
        if not self.batches():
            return None
        batch, plants = self.rng.choice(self.batches())
        ready, lost, destroyed = self.split(self.part(plants), 3)
        if self.maybe(0.1):
            ready, lost = 0, lost + ready
        if not ready and not self.book.growing()[batch]:
            return None
        line = {"kind": "seedlings_ready", "date": self.today, "batch": batch}
        line["ready"] = self.written(ready)
        if lost or self.maybe(0.2):
            line["lost"] = self.written(lost)
        if destroyed or self.maybe(0.2):
            line["destroyed"] = self.written(destroyed)
        return line

    def some_harvest(self) -> Line | None:
        if not self.beds():
            return None
        line: Line = {"kind": "harvest", "date": self.today, "bed": self.rng.choice(self.beds())}
        line |= {"item": self.item("produce"), "qty": self.written(self.quantity(30))}
        if self.maybe(0.3):
            line["spoiled"] = self.written(self.quantity(3))
        return line

    def some_planting_end(self) -> Line | None:
        if not self.beds():
            return None
        return {"kind": "planting_end", "date": self.today, "bed": self.rng.choice(self.beds())}

    def some_asset_acquisition(self) -> Line:
        return self.paid({"kind": "asset_acquisition", "date": self.today, **self.asset()})

    def some_asset_disposal(self) -> Line | None:
        if not self.book.assets:
            return None
        code = self.rng.choice(list(self.book.assets))
        line: Line = {"kind": "asset_disposal", "date": self.today, "code": code}
        if self.maybe(0.6):
            line["received"] = self.received(self.amount(500000))
        return line

    def some_depreciation(self) -> Line:
        return {"kind": "depreciation", "month": self.rng.choice(self.open_months())}

    def some_month_reopen(self) -> Line:
        month = self.book.closed_until() or self.month
        return {"kind": "month_reopen", "month": month, "reason": "Nota baru ditemukan"}

    def target(self) -> str | None:
        """Draw a document, one of the latest or of a kind drawn first: its id or its voucher."""
        found = [x for x in self.book.documents[-150:] if x.voucher or "id" in x.fields]
        if not found:
            return None
        kind = self.rng.choice(sorted({document.kind for document in found}))
        latest = found[-2:] if self.maybe(0.4) else [x for x in found if x.kind == kind][-6:]
        drawn = self.rng.choice(latest)
        named_by_id = "id" in drawn.fields and (self.maybe(0.7) or not drawn.voucher)
        return str(drawn.fields["id"]) if named_by_id else drawn.voucher

    def some_correction(self) -> Line | None:
        of = self.target()
        if of is None:
            return None
        day = self.day(self.book.named(of).date)
        return {"kind": "correction", "date": day, "of": of, "reason": "Salah catat"}

    def some_attachment(self) -> Line | None:
        of = self.target()
        if of is None:
            return None
        data = self.rng.randbytes(self.rng.randint(1, 60))
        line: Line = {"kind": "attachment", "of": of, "name": "nota.jpg", "type": "image/jpeg"}
        line["sha256"] = hashlib.sha256(data).hexdigest()
        if self.maybe(0.6):
            line["data"] = base64.b64encode(data).decode()
        return line

    def some_setup(self) -> Line:
        """Give a setup line again, changed; or add an account, a party, a cash account."""
        what = self.rng.choice(
            ["group", "item", "item", "party", "recipe", "account", "new", "programme", "budget"]
        )
        if what == "programme":
            return stream_setup.programme(self.rng, self.rng.choice(["p2l", "bpm"]))
        if what == "budget":
            return stream_setup.budget(self.rng, int(self.month[:4]) + self.rng.randint(0, 1))
        if what == "group":
            return stream_setup.group(self.rng, int(self.month[:4]))
        if what == "item":
            return stream_setup.item(self.rng, self.rng.choice(stream_setup.ITEMS))
        if what == "party":
            code = self.rng.choice(list(stream_setup.roles()))
            return stream_setup.party(self.rng, code, stream_setup.roles()[code])
        if what == "recipe":
            return stream_setup.recipe(self.rng)
        base = self.rng.choice(stream_setup.ACCOUNTS)
        if what == "new":
            base = {"code": "1106", "name": "Kas Baru", "type": "asset", "normal": "debit"}
            base["cash"] = True
        return stream_setup.account(self.rng, base)
