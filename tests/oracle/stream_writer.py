"""What a random stream's candidates are drawn from: dates, quantities, goods, money, labels."""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

from .figures import month_of
from .kinds import SETUP
from .ledger import last_day
from .replay import Book, Refused
from .stream_setup import BUDGET_LINES, SHARES, SHOPS, Line

FUNDS = ("3201", "3202", "3203", "3204")
DENSE = ("pupuk", "bibit-a", "sayur", "tepung", "keripik-a")
MEMOS = ("Beli di pasar", "Titipan Bu Wati", "Setoran", "Nota hilang; ganti", 'Kata "lunas" é ✓')


class Drawing:
    """A book being written, and the means to draw what a next document could hold."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.book = Book()
        self.lines: list[str] = []
        self.first_month = self.month = "2026-01"
        self.today = "2026-01-01"
        self.dense = self.maybe(0.4)
        """Whether the same few goods are moved time and again."""
        self.made = 0

    def offer(self, line: Line) -> bool:
        """Keep a line if the book takes it."""
        text = json.dumps(line, ensure_ascii=self.rng.random() < 0.2)
        try:
            self.book.record(text, len(self.lines) + 1)
        except Refused:
            return False
        self.lines.append(text)
        return True

    def dressed(self, line: Line) -> Line:
        """Give a document some of the keys that any document may carry."""
        if self.maybe(0.25):
            line["recorded"] = {"at": f"{self.month}-28T19:05:00+07:00", "by": "bendahara"}
        if line["kind"] not in SETUP:
            if self.maybe(0.3):
                line["id"] = self.fresh("d")
            if self.maybe(0.3):
                line["memo"] = self.rng.choice(MEMOS)
            if self.maybe(0.2):
                line["ref"] = f"N-{self.rng.randint(1, 999):03d}"
        return line

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def fresh(self, prefix: str) -> str:
        self.made += 1
        return f"{prefix}-{self.made}"

    # Dates

    def open_months(self) -> list[str]:
        closed, month = self.book.closed_until(), self.first_month
        months = []
        while month <= self.month:
            if month > closed:
                months.append(month)
            month = month_of(last_day(month) + timedelta(1))
        return months or [month]

    def day(self, since: date = date.min) -> str:
        """Draw a date of an open month, often the current one, not before `since`."""
        months = self.open_months()
        month = months[-1] if self.maybe(0.6) else self.rng.choice(months)
        drawn = date.fromisoformat(f"{month}-01") + timedelta(self.rng.randrange(28))
        if self.maybe(0.05):
            drawn = last_day(month)
        return max(drawn, since).isoformat()

    def later(self) -> str:
        """Draw a date of expiry."""
        return (last_day(self.month) + timedelta(self.rng.randint(-20, 200))).isoformat()

    # Amounts and quantities

    def amount(self, most: int = 400000) -> int:
        if self.maybe(0.3):
            return self.rng.randint(1, most)
        return self.rng.randint(1, max(1, most // 5000)) * 5000

    def written(self, thousandths: int) -> Any:
        """Write a quantity in one of the ways a stream may: whole, with a point, as a string."""
        plain = f"{thousandths // 1000}.{thousandths % 1000:03d}"
        if self.maybe(0.2):
            return plain if self.maybe(0.5) else plain.rstrip("0").rstrip(".")
        if thousandths % 1000 or self.maybe(0.1):
            return thousandths / 1000
        return thousandths // 1000

    def quantity(self, most: int = 60) -> int:
        whole = self.rng.randint(1, most) * 1000
        return max(1, whole - self.rng.choice([0, 0, 0, 250, 500, 125, 333, 999]))

    def part(self, whole: int) -> int:
        """Draw a part of a quantity, above zero, sometimes all of it."""
        if self.maybe(0.2) or whole <= 1:
            return whole
        drawn = self.rng.randint(1, whole)
        return drawn if self.maybe(0.3) else max(drawn // 1000 * 1000, min(whole, 1000))

    def split(self, whole: int, parts: int) -> list[int]:
        """Split a quantity in so many parts, most of them often zero."""
        drawn = []
        for _ in range(parts - 1):
            share = self.part(whole) if whole and self.maybe(0.4) else 0
            drawn.append(share)
            whole -= share
        return [whole, *drawn]

    # Goods, parties, accounts

    def item(self, *classes: str) -> str:
        found = [code for code, item in self.book.items.items() if item["class"] in classes]
        if self.dense:
            found = [code for code in found if code in DENSE] or found
        return self.rng.choice(found)

    def held(self, place: str, *classes: str) -> list[tuple[str, int]]:
        """Return (item, thousandths) of what a place offers on the drawn date, shuffled."""
        day = date.fromisoformat(self.today)
        found = [
            (item, self.book.offered(item, place, day))
            for item, at in self.book.stock()
            if at == place and (not classes or self.book.items[item]["class"] in classes)
        ]
        self.rng.shuffle(found)
        return [(item, offered) for item, offered in found if offered]

    def goods(self, most: int, *classes: str) -> list[Line]:
        """Draw a list of {item, qty} out of the store."""
        lines = [
            {"item": item, "qty": self.written(self.part(quantity))}
            for item, quantity in self.held("store", *classes)[: self.rng.randint(1, most)]
        ]
        if lines and self.maybe(0.1):
            lines.append({"item": lines[0]["item"], "qty": self.written(1000)})
        return lines

    def lot_name(self, item: str, prefix: str) -> str:
        """Draw a name for a lot: a new one, or one that corrections have made free."""
        lots = self.book.lots.items()
        free = [x.name for number, x in lots if x.item == item and not self.book.stands(number)]
        names = [name for name in free if name is not None]
        return self.rng.choice(names) if names and self.maybe(0.5) else self.fresh(prefix)

    def sellable(self, item: str) -> bool:
        known = self.book.items[item]
        return known["class"] in ("seedling", "produce") or "sales_account" in known

    def shop(self) -> str:
        return self.rng.choice(SHOPS)

    def party(self, *roles: str) -> str:
        return self.rng.choice(
            [code for code, party in self.book.parties.items() if party["role"] in roles]
        )

    def cash(self) -> str:
        return self.rng.choice(self.cash_accounts())

    def cash_accounts(self) -> list[str]:
        return [code for code in self.book.accounts if self.book.is_cash(code)]

    def received(self, total: int) -> dict[str, int]:
        """Split an amount of money over one to three cash accounts."""
        accounts = self.rng.sample(self.cash_accounts(), self.rng.choice([1, 1, 2, 3]))
        left, parts = total, {}
        for account in accounts[1:]:
            parts[account] = self.rng.randint(0, left)
            left -= parts[account]
        return {accounts[0]: left, **parts}

    def costs(self) -> list[Line]:
        labels = ("Gas", "Upah goreng", "Upah tanam", "Plastik")
        return [
            {"label": self.rng.choice(labels), "amount": self.amount(60000), "from": self.cash()}
            for _ in range(self.rng.choice([1, 1, 2]))
        ]

    def fund(self) -> str:
        return self.rng.choice(self.book.fund_codes() if self.maybe(0.5) else FUNDS)

    def some_shares(self) -> dict[str, int]:
        return dict(self.rng.choice(SHARES))

    def paid(self, line: Line) -> Line:
        """Say who was paid, and how, and whether a fund bore it."""
        if self.maybe(0.6):
            line["paid_from"] = self.cash()
        if "paid_from" not in line or self.maybe(0.5):
            line["party"] = self.party("supplier", "member")
        if "paid_from" in line and "party" in line and self.maybe(0.5):
            whole = line.get("cost") or sum(entry["amount"] for entry in line["lines"])
            line["paid"] = self.rng.randint(1, max(1, whole - 1))
        return self.borne(line)

    def borne(self, line: Line) -> Line:
        """Let a fund or a programme bear a document, or neither."""
        if self.maybe(0.25):
            line["fund"] = self.fund()
        elif self.maybe(0.35):
            line["programme"] = self.rng.choice(["p2l", "p2l", "bpm"])
            for entry in line.get("lines", [line]):
                spends = line["programme"] == "p2l" and entry.get("account") != "2110"
                if spends and self.maybe(0.6):
                    entry["budget"] = self.rng.choice(BUDGET_LINES)
        return line

    def balance(self, account: str) -> int:
        """Return what stands on an account on the drawn date."""
        return self.book.balance(account, date.fromisoformat(self.today))
