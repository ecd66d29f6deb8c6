"""Documents that ask for the least thing too much: one thousandth, one rupiah, one day, once more.

`NearMisses` writes a random stream and offers them between its lines; its book refuses each.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta

from .documents import MEMBERS_OWN
from .reading import MOST_MONEY
from .replay import Refused
from .stream_setup import MEMBERS, Line
from .streams import Writer


class NearMisses(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.offered: list[str] = []
        """Every line that was offered, taken or not."""
        self.missed: list[tuple[str, str]] = []
        """Every near miss, with what the book said to it."""

    def offer(self, line: Line) -> bool:
        taken = super().offer(line)
        self.offered.append(self.lines[-1] if taken else json.dumps(line))
        if taken and self.book.documents and self.maybe(0.4):
            self.miss()
        return taken

    def miss(self) -> None:
        """Offer one document too many; it counts only where the book has the means for it."""
        self.today = self.day()
        line = self.rng.choice(MISSES)(self)
        if line is None:
            return
        text = json.dumps(line)
        try:
            self.book.record(text)
        except Refused as refused:
            self.offered.append(text)
            self.missed.append((text, refused.code))
        else:
            raise AssertionError(f"taken, though it asks for too much: {text}")

    def too_much(self, place: str, most: int = 1) -> tuple[str, int] | None:
        """Draw an item and a thousandth more of it than the place offers on the drawn date."""
        items = sorted({item for item, at in self.book.stock() if at == place})
        if not items:
            return None
        item = self.rng.choice(items)
        day = date.fromisoformat(self.today)
        return item, self.book.offered(item, place, day) + self.rng.randint(1, most)

    def dated(self, kind: str, **keys: object) -> Line:
        return {"kind": kind, "date": self.today, **keys}

    def too_much_out(self) -> Line | None:
        if not (found := self.too_much("store")):
            return None
        lines = [{"item": found[0], "qty": self.written(found[1])}]
        if self.maybe(0.3):
            return self.dated("consignment", shop=self.shop(), lines=lines)
        return self.dated("distribution", lines=lines)

    def too_much_sent_back(self) -> Line | None:
        if not (found := self.too_much("store")):
            return None
        line: Line = {"item": found[0], "qty": self.written(found[1]), "amount": 5}
        if named := self.named_lots(found[0]):
            lot, offer = self.rng.choice(named)
            line |= {"lot": lot, "qty": self.written(offer + 1)}
        return self.dated("purchase_return", into=self.cash(), lines=[line])

    def too_much_along(self) -> Line | None:
        found = self.too_much("store")
        if not found or not self.sellable(found[0]):
            return None
        item, taken = found[0], self.written(found[1])
        line = {"item": item, "taken": taken, "sold": 0, "returned": taken}
        return self.dated("market_day", venue="x", lines=[line], received={})

    def too_much_at_a_shop(self) -> Line | None:
        shop = self.shop()
        if not (found := self.too_much(f"shop:{shop}")):
            return None
        line = {"item": found[0], "sold": 0, "returned": self.written(found[1])}
        return self.dated("consignment_settlement", shop=shop, lines=[line])

    def too_much_withdrawn(self) -> Line | None:
        kind, account = self.rng.choice(list(MEMBERS_OWN.items()))
        member = self.rng.choice(MEMBERS)
        amount = self.book.owned.get((member, account), 0) + 1
        if self.maybe(0.3):
            lines: list[Line] = [{"account": account, "amount": amount}]
            return self.dated("payment", **{"from": self.cash()}, party=member, lines=lines)
        lines = [{"party": member, "amount": -amount}]
        return self.dated("savings", type=kind, account=self.cash(), lines=lines)

    def too_much_given_back(self) -> Line:
        code = self.rng.choice(["p2l", "bpm"])
        amount = self.book.left.get(code, 0) + 1
        if self.maybe(0.3):
            lines: list[Line] = [{"account": "2110", "debit": amount}]
            lines.append({"account": "4201", "credit": amount})
            return self.dated("memorial", reason="x", programme=code, lines=lines)
        lines = [{"account": "2110", "amount": amount}]
        return self.dated("payment", **{"from": self.cash()}, programme=code, lines=lines)

    def too_much_shared(self) -> Line | None:
        amount = max(0, -self.balance("3301")) + 1
        lines = [{"account": "2111", "amount": amount}]
        return self.dated("appropriation", decision="x", lines=lines)

    def another_statement(self) -> Line:
        line = self.some_bank_reconciliation()
        line["statement"] += self.rng.choice([-1, 1, 1000])
        return line

    def a_month_again(self) -> Line | None:
        paid = [x for x in self.book.dues_months().items() if x[1]]
        if not paid:
            return None
        (account, party), months = self.rng.choice(paid)
        again = [self.rng.choice(months)]
        if self.maybe(0.5):
            again.append("2027-12")
        line = {"party": party, "months": again, "amount": 5000}
        return self.dated("dues", **{"for": account}, account=self.cash(), lines=[line])

    def a_day_early(self) -> Line | None:
        made = [
            (what, name, self.book.plots[number].made)
            for (what, name), number in self.book.plot_names.items()
        ]
        made += [("asset", code, asset.made) for code, asset in self.book.assets.items()]
        early = [x for x in made if (x[2] - timedelta(1)).isoformat()[:7] in self.open_months()]
        if not early:
            return None
        what, name, day = self.rng.choice(early)
        self.today = (day - timedelta(1)).isoformat()
        if what == "asset":
            return self.dated("asset_disposal", code=name)
        if what == "batch":
            return self.dated("seedlings_ready", batch=name, ready=0, destroyed="0.001")
        return self.dated("planting_end", bed=name)

    def a_correction_early(self) -> Line | None:
        of = self.target()
        if of is None or self.book.named(of).kind == "attachment":
            return None
        day = self.book.named(of).date - timedelta(1)
        return {"kind": "correction", "date": day.isoformat(), "of": of, "reason": "x"}

    def an_opening_again(self) -> Line | None:
        opened = [x for x in self.book.documents if x.kind == "opening_balance"]
        if opened and all(x.number in self.book.corrected for x in opened):
            return None
        return self.some_opening_balance()

    def a_lot_again(self) -> Line | None:
        found = [x for n, x in self.book.lots.items() if x.name and self.book.stands(n)]
        if not found:
            return None
        lot = self.rng.choice(found)
        line = {"item": lot.item, "qty": 1, "value": 0, "lot": lot.name}
        return self.dated("grant", account="3104", items=[line])

    def paid_whole(self) -> Line:
        line: Line = {"item": "pupuk", "qty": 1, "amount": self.rng.choice([1, 700, MOST_MONEY])}
        bought = self.dated("purchase", party="toko", paid_from="1101", lines=[line])
        return {**bought, "paid": line["amount"]}

    def unbalanced(self) -> Line:
        line = self.some_memorial()
        side = "debit" if "debit" in line["lines"][0] else "credit"
        line["lines"][0][side] += 1
        return line


MISSES: tuple[Callable[[NearMisses], Line | None], ...] = (
    NearMisses.too_much_out,
    NearMisses.too_much_out,
    NearMisses.too_much_sent_back,
    NearMisses.too_much_along,
    NearMisses.too_much_at_a_shop,
    NearMisses.too_much_withdrawn,
    NearMisses.too_much_given_back,
    NearMisses.too_much_shared,
    NearMisses.another_statement,
    NearMisses.a_month_again,
    NearMisses.a_day_early,
    NearMisses.a_correction_early,
    NearMisses.an_opening_again,
    NearMisses.a_lot_again,
    NearMisses.paid_whole,
    NearMisses.unbalanced,
)


def stream_with_near_misses(
    seed: int, documents: int, months: int, with_people: bool = False
) -> list[str]:
    """Return a random stream's lines with what its book refuses between them."""
    writer = NearMisses(seed)
    writer.write(documents, months, with_people)
    return writer.offered
