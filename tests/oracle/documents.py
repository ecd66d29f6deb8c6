"""What each kind of document does, after the table of STREAM.md: money, goods, plants, assets."""

from datetime import date, timedelta

from .corrections import Corrections
from .ledger import (
    DEPRECIATED_ON,
    DONATED,
    FROM_FUNDS,
    GROWING,
    MEMBERS_OWN,
    RESTRICTED,
    SURPLUS,
    Document,
    Lot,
    Plot,
    half_up,
)
from .reading import Fields, Problem, need

STORE = "store"
SOLD_TO = {"produce": ("4101", "5101"), "seedling": ("4104", "5104")}


class MoneyDocuments(Corrections):
    def do_receipt(self, given: Fields) -> None:
        need(all(x["account"] != RESTRICTED for x in given["lines"]), "restricted")
        self.post(self.cash(given["into"]), sum(x["amount"] for x in given["lines"]))
        self.post_lines(given, -1)

    def do_payment(self, given: Fields) -> None:
        programme = self.bearing(given)
        self.post_lines(given, 1, programme)
        total = sum(x["amount"] for x in given["lines"])
        back = sum(x["amount"] for x in given["lines"] if x["account"] == RESTRICTED)
        need(programme or not back, "restricted")
        need(all(x["account"] != given.get("fund") for x in given["lines"]), "pays-its-own-fund")
        self.post(self.cash(given["from"]), -total)
        self.charge(given["lines"], programme)
        self.bear(given, total - back, SURPLUS, "4201", back)

    def post_lines(self, given: Fields, sign: int, programme: str | None = None) -> None:
        party = self.party(given.get("party"))
        for entry in given["lines"]:
            need(not self.by_detail(self.account(entry["account"])), "kept-by-detail")
            marked = programme if entry["account"] == RESTRICTED else None
            self.post(entry["account"], sign * entry["amount"], party, programme=marked)

    def bearing(self, given: Fields) -> str | None:
        """Return the programme that bears a document, checking the fund that may stand instead."""
        need(not ("fund" in given and "programme" in given), "fund-or-programme")
        if "fund" in given:
            need(given["fund"] in self.fund_codes(), "not-a-fund", given["fund"])
        return self.programme(given["programme"]) if "programme" in given else None

    def charge(self, lines: list[Fields], programme: str | None) -> None:
        """Note which lines of the programme's budget bore what."""
        for entry in lines:
            if "budget" in entry:
                if programme is None:
                    raise Problem("budget-without-programme")
                budget = self.programmes[programme].get("budget", [])
                known = [x["line"] for x in budget]
                need(entry["budget"] in known, "unknown-budget-line", entry["budget"])
                amount = entry["amount"] if "amount" in entry else entry["cost"]
                self.doing.spent.append((programme, entry["budget"], amount))

    def bear(self, given: Fields, spent: int, freed: str, used: str, back: int = 0) -> None:
        """Release what a fund holds, or use what is left of a programme, up to what was spent."""
        if "fund" in given:
            fund = given["fund"]
            released = max(0, min(spent, -self.totals.get(fund, 0)))
            self.post(fund, released, mark="released")
            self.post(freed, -released, mark="released")
        if "programme" in given:
            part = max(0, min(spent, self.left.get(given["programme"], 0) - back))
            self.post(RESTRICTED, part, programme=given["programme"], mark="used")
            self.post(used, -part)

    def do_transfer(self, given: Fields) -> None:
        need(given["from"] != given["to"], "same-account")
        self.post(self.cash(given["to"]), given["amount"])
        self.post(self.cash(given["from"]), -given["amount"])

    def pay(self, given: Fields, amount: int, freed: str = SURPLUS) -> None:
        """Credit what a purchase came to: cash, the debt to its party, or part and part."""
        party = self.party(given.get("party"))
        paid = amount if "paid_from" in given else 0
        if "paid" in given:
            need("paid_from" in given, "paid-without-account")
            need(party, "unpaid-without-party")
            need(given["paid"] < amount, "paid-whole")
            paid = given["paid"]
        need(party or paid == amount, "unpaid-without-party")
        if paid:
            self.post(self.cash(given["paid_from"]), -paid)
        self.post("2101", paid - amount, party)
        self.bearing(given)
        self.bear(given, amount, freed, DONATED)

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
        over = counted - self.balance(account, self.doing.date)
        self.post(account, over)
        self.difference(-over)

    def do_savings(self, given: Fields) -> None:
        self.post(self.cash(given["account"]), sum(x["amount"] for x in given["lines"]))
        for entry in given["lines"]:
            party = self.party(entry["party"], "member")
            self.post(MEMBERS_OWN[given["type"]], -entry["amount"], party)

    def do_dues(self, given: Fields) -> None:
        account = self.account(given.get("for", "2104"))
        need(self.accounts[account]["type"] == "liability", "not-a-liability", account)
        need(account != RESTRICTED, "restricted")
        paid = {
            (party, month)
            for (to, party), months in self.dues_months().items()
            if to == account
            for month in months
        }
        for entry in given["lines"]:
            for month in entry["months"]:
                need((entry["party"], month) not in paid, "paid-already", month)
                paid.add((entry["party"], month))
            self.post(account, -entry["amount"], self.party(entry["party"]))
        self.post(self.cash(given["account"]), sum(x["amount"] for x in given["lines"]))

    def do_memorial(self, given: Fields) -> None:
        programme = self.programme(given["programme"]) if "programme" in given else None
        for entry in given["lines"]:
            need(("debit" in entry) != ("credit" in entry), "debit-or-credit")
            account = self.account(entry["account"])
            need(not self.is_cash(account), "cash-account", account)
            need(not self.by_detail(account), "kept-by-detail", account)
            need(programme or account != RESTRICTED, "restricted")
            amount = entry.get("debit", 0) - entry.get("credit", 0)
            marked = programme if account == RESTRICTED else None
            self.post(account, amount, self.party(entry.get("party")), programme=marked)

    def do_appropriation(self, given: Fields) -> None:
        total = sum(x["amount"] for x in given["lines"])
        need(total <= -self.balance(SURPLUS, self.doing.date), "more-than-the-surplus", total)
        self.post(SURPLUS, total)
        for entry in given["lines"]:
            need(entry["account"] in (*self.fund_codes(), "2107", "2111"), "not-a-fund")
            self.post(entry["account"], -entry["amount"], self.party(entry.get("party")))

    def do_bank_reconciliation(self, given: Fields) -> None:
        account, outstanding = self.cash(given["account"]), 0
        need(account not in ("1101", "1102"), "not-a-bank", account)
        for of in given.get("outstanding", []):
            effect = self.effect(self.named(of), account)
            need(effect, "not-outstanding", of)
            outstanding += effect
        expected = self.balance(account, self.doing.date) - outstanding
        need(given["statement"] == expected, "differs", expected - given["statement"])

    def effect(self, document: Document, account: str) -> int:
        """Return what a document did on an account by the reconciliation's date, uncorrected."""
        by = self.corrected.get(document.number)
        late = document.date > self.doing.date
        if late or (by is not None and self.documents[by - 1].date <= self.doing.date):
            return 0
        return sum(p.amount for p in document.postings if p.account == account)

    def do_register(self, given: Fields) -> None:
        """Nothing is posted."""


class GoodsDocuments(MoneyDocuments):
    def do_purchase(self, given: Fields) -> None:
        for entry in given["lines"]:
            self.bring(entry, entry["amount"])
        self.charge(given["lines"], self.bearing(given))
        self.pay(given, sum(x["amount"] for x in given["lines"]))

    def do_purchase_return(self, given: Fields) -> None:
        cost, amount = 0, sum(x["amount"] for x in given["lines"])
        for entry in given["lines"]:
            lot = None
            if "lot" in entry:
                lot = self.lot_named(self.item(entry["item"])["code"], entry["lot"])
                need(lot is not None, "unknown-lot", entry["lot"])
            cost += self.use(entry["item"], entry["qty"], STORE, lot)
        party = self.party(given.get("party"))
        need(party or "into" in given, "party-or-into")
        if "into" in given:
            self.post(self.cash(given["into"]), amount)
        else:
            self.post("2101", amount, party)
        self.difference(cost - amount)

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

    def priced(self, entry: Fields, sold: int) -> tuple[int, str, str]:
        """Return what a quantity of a line's item sells for, its sales and its cost account."""
        item = self.item(entry["item"])
        usual = SOLD_TO.get(item["class"], ("", ""))
        sales, cost = item.get("sales_account", usual[0]), item.get("cost_account", usual[1])
        need(sales and cost, "not-for-sale", entry["item"])
        price: int = entry["price"] if "price" in entry else item.get("price", 0)
        need(price, "no-price", entry["item"])
        return half_up(price * sold, 1000), sales, cost

    def sell(self, entry: Fields, sold: int, place: str = STORE) -> int:
        """Sell a quantity of a line's item from a place and return the revenue."""
        self.item(entry["item"])
        if not sold:
            return 0
        revenue, sales, cost = self.priced(entry, sold)
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
            self.need_stock(item, STORE, taken)
            revenue += self.sell(entry, sold)
            self.lose(item, gone[1], "5105")
            self.lose(item, gone[2], "6108")
        self.difference(revenue - self.receive_cash(given["received"]))

    def do_sale(self, given: Fields) -> None:
        due = sum(self.sell(entry, entry["qty"]) for entry in given["lines"])
        due -= self.receive_cash(given.get("received", {})) + given.get("discount", 0)
        self.post("4109", given.get("discount", 0))
        self.owe("1111", due, self.party(given.get("party")))

    def do_sale_return(self, given: Fields) -> None:
        due = 0
        for entry in given["lines"]:
            whole = entry["qty"] - entry.get("spoiled", 0)
            need(whole >= 0, "more-than-came-back", entry["item"])
            worth, _, cost = self.priced(entry, entry["qty"])
            due += worth
            if whole:
                self.find(entry["item"], STORE, whole, cost)
        self.post("4109", due)
        refunded = given.get("refund", {})
        self.receive_cash({code: -amount for code, amount in refunded.items()})
        self.owe("1111", due - sum(refunded.values()), self.party(given.get("party")), -1)

    def owe(self, account: str, due: int, party: str | None, sign: int = 1) -> None:
        need(due >= 0, "more-than-due", due)
        need(party or not due, "unpaid-without-party", due)
        self.post(account, sign * due, party)

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
            self.item(entry["item"])
            gone = [entry.get(key, 0) for key in ("sold", "spoiled", "returned")]
            self.need_stock(entry["item"], place, sum(gone))
            due += self.sell(entry, entry["sold"], place)
            self.lose(entry["item"], entry.get("spoiled", 0), "5105", place)
            if entry.get("returned"):
                self.shift(entry["item"], entry["returned"], place, STORE)
        due -= self.receive_cash(given.get("received", {})) + given.get("commission", 0)
        self.post("6107", given.get("commission", 0))
        self.owe("1112", due, given["shop"])

    def do_grant(self, given: Fields) -> None:
        programme = self.programme(given["programme"]) if "programme" in given else None
        if given["account"] == RESTRICTED:
            need(programme, "restricted")
            need(not given.get("items") and not given.get("assets"), "cash-alone")
        else:
            programme = None
        if "cash" in given:
            self.post(self.cash(given["cash"]["into"]), given["cash"]["amount"])
        for entry in given.get("items", []):
            self.bring(entry, entry["value"])
        for entry in given.get("assets", []):
            self.post(entry["account"], self.new_asset(entry, self.doing.date))
        total = sum(posting.amount for posting in self.doing.postings)
        party = self.party(given.get("party"))
        self.post(given["account"], -total, party, programme=programme)

    def do_distribution(self, given: Fields) -> None:
        for entry in given["lines"]:
            self.lose(entry["item"], entry["qty"], "6111")

    def do_stock_count(self, given: Fields) -> None:
        place, items = self.place(given["place"]), [x["item"] for x in given["lines"]]
        need(len(set(items)) == len(items), "counted-twice")
        for entry in given["lines"]:
            self.item(entry["item"])
            over = entry["counted"] - self.standing(entry["item"], place, self.doing.date)
            if over > 0:
                self.find(entry["item"], place, over, "7102")
            else:
                self.lose(entry["item"], -over, "5105", place)

    def find(self, item: str, place: str, over: int, account: str) -> None:
        """Book goods that turned up, valued like the last layer or at standard."""
        layers = self.layers(item, place)
        standard = self.item(item).get("standard_cost", 0)
        value = half_up(standard * over, 1000)
        if layers:
            value = half_up(layers[-1][2] * over, layers[-1][1])
        self.receive(Lot(item, None, self.doing.date, None), over, value, place)
        self.post(self.stock_account(item, place), value)
        self.post(account, -value)


class GrowingDocuments(GoodsDocuments):
    def do_sowing(self, given: Fields) -> None:
        self.item(given["item"], "seedling")
        made = Plot("batch", given["batch"], self.doing.date, self.doing.number, given["item"])
        self.grow(self.new_plot(made), given["qty"], given)

    def grow(self, plot: int, plants: int, given: Fields) -> None:
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
            plot = self.new_plot(Plot("bed", given["bed"], self.doing.date, self.doing.number))
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
        plot = self.plot("batch", given["batch"])
        destroyed = self.leave(plot, given.get("destroyed", 0))
        share = self.leave(plot, given["ready"] + given.get("lost", 0))
        self.post("5105", destroyed)
        self.post("1124" if given["ready"] else "5105", share)
        self.post(GROWING, -destroyed - share)
        if given["ready"]:
            lot = self.batch_lot(plot)
            self.move_lot(self.lots[lot].item, STORE, lot, given["ready"], share)

    def batch_lot(self, plot: int) -> int:
        for number, lot in self.lots.items():
            if lot.batch == plot and self.stands(number):
                return number
        batch = self.plots[plot]
        return self.new_lot(Lot(str(batch.item), batch.name, self.doing.date, None, plot))

    def do_harvest(self, given: Fields) -> None:
        plot = self.plot("bed", given["bed"])
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
        plot = self.plot("bed", given["bed"])
        value = self.plot_holds[plot][1]
        if value:
            self.move_plot(plot, 0, -value)
        self.drop(self.plot_names, ("bed", given["bed"]))
        self.post("5101", value)
        self.post(GROWING, -value)


class AssetDocuments(GrowingDocuments):
    def do_asset_acquisition(self, given: Fields) -> None:
        self.post(given["account"], self.new_asset(given, self.doing.date))
        self.charge([given], self.bearing(given))
        self.pay(given, given["cost"], FROM_FUNDS)

    def do_asset_disposal(self, given: Fields) -> None:
        need(given["code"] in self.assets, "unknown-asset", given["code"])
        asset = self.assets[given["code"]]
        need(asset.made <= self.doing.date, "before-it-was-made", given["code"])
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
            if due and asset.made <= self.doing.date:
                after = asset._replace(accumulated=asset.accumulated + due)
                self.move_asset(code, asset, after)
                self.post("6109", due)
                self.post(DEPRECIATED_ON[asset.account], -due)
