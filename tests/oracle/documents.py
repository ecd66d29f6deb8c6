"""What each kind of document does, after the table of STREAM.md: money, goods, plants, assets."""

from datetime import date, timedelta

from .corrections import Corrections
from .ledger import DEPRECIATED_ON, GROWING, SURPLUS, Lot, Plot, half_up
from .reading import Fields, need

STORE = "store"
MEMBERS_OWN = {"principal": "3101", "mandatory": "3102", "voluntary": "2106"}
SOLD_TO = {"produce": ("4101", "5101"), "seedling": ("4104", "5104")}


class MoneyDocuments(Corrections):
    def do_receipt(self, given: Fields) -> None:
        self.post(self.cash(given["into"]), sum(x["amount"] for x in given["lines"]))
        self.post_lines(given, -1)

    def do_payment(self, given: Fields) -> None:
        self.post_lines(given, 1)
        total = sum(x["amount"] for x in given["lines"])
        self.post(self.cash(given["from"]), -total)
        self.release(given, total)

    def post_lines(self, given: Fields, sign: int) -> None:
        party = self.party(given.get("party"))
        for entry in given["lines"]:
            need(not self.by_detail(self.account(entry["account"])), "kept-by-detail")
            self.post(entry["account"], sign * entry["amount"], party)

    def release(self, given: Fields, spent: int) -> None:
        """Turn what a fund holds, up to what was spent, back into surplus."""
        if "fund" in given:
            need(given["fund"] in self.fund_codes(), "not-a-fund", given["fund"])
            released = max(0, min(spent, -self.totals.get(given["fund"], 0)))
            self.post(given["fund"], released)
            self.post(SURPLUS, -released)

    def do_transfer(self, given: Fields) -> None:
        need(given["from"] != given["to"], "same-account")
        self.post(self.cash(given["to"]), given["amount"])
        self.post(self.cash(given["from"]), -given["amount"])

    def pay(self, given: Fields, amount: int) -> None:
        """Credit what a purchase came to: cash, or the debt to its party."""
        party = self.party(given.get("party"))
        if "paid_from" in given:
            self.post(self.cash(given["paid_from"]), -amount)
        else:
            need(party, "unpaid-without-party")
            self.post("2101", -amount, party)
        self.release(given, amount)

    def receive_cash(self, received: dict[str, int]) -> int:
        for code, amount in received.items():
            self.post(self.cash(code), amount)
        return sum(received.values())

    def difference(self, amount: int) -> None:
        """Post a loss (above zero) or a gain (below) that nothing else explains."""
        self.post("7202" if amount > 0 else "7102", amount)

    def do_cash_count(self, given: Fields) -> None:
        account, counted = self.cash(given["account"]), given["counted"]
        if "denominations" in given:
            pieces = sum(face * number for face, number in given["denominations"].items())
            need(pieces == counted, "denominations-differ", pieces)
        over = counted - self.balances(self.doing.date).get(account, 0)
        self.post(account, over)
        self.difference(-over)

    def do_savings(self, given: Fields) -> None:
        self.post(self.cash(given["account"]), sum(x["amount"] for x in given["lines"]))
        for entry in given["lines"]:
            party = self.party(entry["party"], "member")
            self.post(MEMBERS_OWN[given["type"]], -entry["amount"], party)


class GoodsDocuments(MoneyDocuments):
    def do_purchase(self, given: Fields) -> None:
        for entry in given["lines"]:
            self.bring(entry, entry["amount"])
        self.pay(given, sum(x["amount"] for x in given["lines"]))

    def bring(self, entry: Fields, value: int) -> None:
        """Put a line's goods into the store as a new lot."""
        self.item(entry["item"])
        lot = Lot(entry["item"], entry.get("lot"), self.doing.date, entry.get("expires"))
        self.receive(lot, entry["qty"], value)
        self.post(self.stock_account(entry["item"], STORE), value)

    def spend(self, given: Fields) -> int:
        """Use up seedlings and inputs, pay the costs, and return what all of it came to."""
        used = given.get("seedlings", []) + given.get("inputs", [])
        total = sum(self.use(entry["item"], entry["qty"]) for entry in used)
        for entry in given.get("costs", []):
            self.post(self.cash(entry["from"]), -entry["amount"])
            total += entry["amount"]
        return int(total)

    def do_production(self, given: Fields) -> None:
        days = self.item(given["item"], "finished").get("shelf_life_days")
        day = self.doing.date
        value = self.spend(given)
        expires = given.get("expires")
        if days and not expires:
            need(days <= (date.max - day).days, "expires-too-late", days)
            expires = day + timedelta(days)
        self.receive(Lot(given["item"], given.get("lot"), day, expires), given["qty"], value)
        self.post("1129", value)

    def sell(self, entry: Fields, sold: int, place: str = STORE) -> int:
        """Sell a quantity of a line's item from a place and return the revenue."""
        item = self.item(entry["item"])
        if not sold:
            return 0
        usual = SOLD_TO.get(item["class"], ("", ""))
        sales, cost = item.get("sales_account", usual[0]), item.get("cost_account", usual[1])
        need(sales and cost, "not-for-sale", entry["item"])
        price: int = entry["price"] if "price" in entry else item.get("price", 0)
        need(price, "no-price", entry["item"])
        revenue = half_up(price * sold, 1000)
        self.post(sales, -revenue)
        self.post(cost, self.use(entry["item"], sold, place))
        return revenue

    def lose(self, item: str, wanted: int, account: str, place: str = STORE) -> None:
        if wanted:
            self.post(account, self.use(item, wanted, place))

    def do_market_day(self, given: Fields) -> None:
        revenue = 0
        for entry in given["lines"]:
            item, taken, sold = entry["item"], entry["taken"], entry["sold"]
            gone = [entry.get(key, 0) for key in ("returned", "spoiled", "sampled")]
            need(taken == sold + sum(gone), "taken-differs", item)
            need(taken <= self.standing(item, STORE), "insufficient-stock", item)
            revenue += self.sell(entry, sold)
            self.lose(item, gone[1], "5105")
            self.lose(item, gone[2], "6108")
        self.difference(revenue - self.receive_cash(given["received"]))

    def do_sale(self, given: Fields) -> None:
        due = sum(self.sell(entry, entry["qty"]) for entry in given["lines"])
        due -= self.receive_cash(given.get("received", {})) + given.get("discount", 0)
        self.post("4109", given.get("discount", 0))
        self.owe("1111", due, self.party(given.get("party")))

    def owe(self, account: str, due: int, party: str | None) -> None:
        need(due >= 0, "more-than-due", due)
        need(party or not due, "unpaid-without-party", due)
        self.post(account, due, party)

    def shift(self, item: str, wanted: int, source: str, target: str) -> None:
        """Move goods between places, each lot with its cost."""
        self.item(item)
        taken = self.take(item, source, wanted)
        for lot, quantity, cost in taken:
            self.move_lot(item, target, lot, quantity, cost)
        value = sum(cost for _, _, cost in taken)
        self.post(self.stock_account(item, target), value)
        self.post(self.stock_account(item, source), -value)

    def do_consignment(self, given: Fields) -> None:
        place = self.place(f"shop:{given['shop']}")
        for entry in given["lines"]:
            self.shift(entry["item"], entry["qty"], STORE, place)

    def do_consignment_settlement(self, given: Fields) -> None:
        place, due = self.place(f"shop:{given['shop']}"), 0
        for entry in given["lines"]:
            due += self.sell(entry, entry["sold"], place)
            self.lose(entry["item"], entry.get("spoiled", 0), "5105", place)
            if entry.get("returned"):
                self.shift(entry["item"], entry["returned"], place, STORE)
        due -= self.receive_cash(given.get("received", {})) + given.get("commission", 0)
        self.post("6107", given.get("commission", 0))
        self.owe("1112", due, given["shop"])

    def do_grant(self, given: Fields) -> None:
        if "cash" in given:
            self.post(self.cash(given["cash"]["into"]), given["cash"]["amount"])
        for entry in given.get("items", []):
            self.bring(entry, entry["value"])
        for entry in given.get("assets", []):
            self.post(entry["account"], self.new_asset(entry, self.doing.date))
        total = sum(posting.amount for posting in self.doing.postings)
        self.post(given["account"], -total, self.party(given.get("party")))

    def do_distribution(self, given: Fields) -> None:
        for entry in given["lines"]:
            self.lose(entry["item"], entry["qty"], "6111")

    def do_stock_count(self, given: Fields) -> None:
        place, items = self.place(given["place"]), [x["item"] for x in given["lines"]]
        need(len(set(items)) == len(items), "counted-twice")
        for entry in given["lines"]:
            self.item(entry["item"])
            over = entry["counted"] - self.standing(entry["item"], place)
            if over > 0:
                self.find(entry["item"], place, over)
            else:
                self.lose(entry["item"], -over, "5105", place)

    def find(self, item: str, place: str, over: int) -> None:
        """Book goods that a count found over, valued like the last layer or at standard."""
        layers = self.layers(item, place)
        standard = self.item(item).get("standard_cost", 0)
        value = half_up(standard * over, 1000)
        if layers:
            value = half_up(layers[-1][2] * over, layers[-1][1])
        self.receive(Lot(item, None, self.doing.date, None), over, value, place)
        self.post(self.stock_account(item, place), value)
        self.post("7102", -value)


class GrowingDocuments(GoodsDocuments):
    def do_sowing(self, given: Fields) -> None:
        self.item(given["item"], "seedling")
        made = Plot("batch", given["batch"], given["item"], self.doing.number)
        self.grow(self.new_plot(made), given["qty"], given)

    def grow(self, plot: int, plants: int, given: Fields) -> None:
        self.doing.plot = plot
        value = self.spend(given)
        if plants or value:
            self.move_plot(plot, plants, value)
        self.post(GROWING, value)

    def do_tending(self, given: Fields) -> None:
        need(("batch" in given) != ("bed" in given), "batch-or-bed")
        if "batch" in given:
            plot = self.plot("batch", given["batch"])
            need(self.plot_holds[plot][0], "batch-finished", given["batch"])
        elif ("bed", given["bed"]) in self.plot_names:
            plot = self.plot("bed", given["bed"])
        else:
            plot = self.new_plot(Plot("bed", given["bed"], None, self.doing.number))
        for entry in given.get("seedlings", []):
            self.item(entry["item"], "seedling")
        self.grow(plot, 0, given)

    def leave(self, plot: int, plants: int) -> int:
        """Let plants leave a batch with their share of its value, and return that."""
        held, value = self.plot_holds[plot]
        need(plants <= held, "more-than-the-batch", plants)
        share = half_up(value * plants, held) if plants else 0
        if plants:
            self.move_plot(plot, -plants, -share)
        return share

    def do_seedlings_ready(self, given: Fields) -> None:
        plot = self.doing.plot = self.plot("batch", given["batch"])
        destroyed = self.leave(plot, given.get("destroyed", 0))
        share = self.leave(plot, given["ready"] + given.get("lost", 0))
        self.post("5105", destroyed)
        self.post("1124" if given["ready"] else "5105", share)
        self.post(GROWING, -destroyed - share)
        if given["ready"]:
            item = str(self.plots[plot].item)
            lot = self.batch_lot(item, given["batch"])
            self.move_lot(item, STORE, lot, given["ready"], share)

    def batch_lot(self, item: str, batch: str) -> int:
        for number, lot in self.lots.items():
            if (lot.item, lot.batch) == (item, batch):
                return number
        return self.new_lot(Lot(item, batch, self.doing.date, None, batch))

    def do_harvest(self, given: Fields) -> None:
        plot = self.doing.plot = self.plot("bed", given["bed"])
        standard = self.item(given["item"], "produce").get("standard_cost", 0)
        spoiled = given.get("spoiled", 0)
        picked = given["qty"] + spoiled
        total = min(half_up(picked * standard, 1000), self.plot_holds[plot][1])
        wasted = half_up(total * spoiled, picked)
        self.receive(Lot(given["item"], None, self.doing.date, None), given["qty"], total - wasted)
        self.move_plot(plot, 0, -total)
        self.post("5105", wasted)
        self.post("1125", total - wasted)
        self.post(GROWING, -total)

    def do_planting_end(self, given: Fields) -> None:
        plot = self.doing.plot = self.plot("bed", given["bed"])
        value = self.plot_holds[plot][1]
        if value:
            self.move_plot(plot, 0, -value)
        self.drop(self.plot_names, ("bed", given["bed"]))
        self.post("5101", value)
        self.post(GROWING, -value)


class AssetDocuments(GrowingDocuments):
    def do_asset_acquisition(self, given: Fields) -> None:
        self.post(given["account"], self.new_asset(given, self.doing.date))
        self.pay(given, given["cost"])

    def do_asset_disposal(self, given: Fields) -> None:
        need(given["code"] in self.assets, "unknown-asset", given["code"])
        asset = self.assets[given["code"]]
        self.move_asset(given["code"], asset, None)
        self.post(DEPRECIATED_ON[asset.account], asset.accumulated)
        self.post(asset.account, -asset.cost)
        received = self.receive_cash(given.get("received", {}))
        self.difference(asset.cost - asset.accumulated - received)

    def do_depreciation(self, given: Fields) -> None:
        year, month = int(given["month"][:4]), int(given["month"][5:])
        for code, asset in list(self.assets.items()):
            months = 12 * (year - asset.acquired.year) + month - asset.acquired.month + 1
            reached = min(asset.cost, half_up(asset.cost * months, asset.life_months))
            due = max(0, reached - asset.accumulated)
            if due:
                after = asset._replace(accumulated=asset.accumulated + due)
                self.move_asset(code, asset, after)
                self.post("6109", due)
                self.post(DEPRECIATED_ON[asset.account], -due)
