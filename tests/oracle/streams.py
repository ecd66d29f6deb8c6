"""Random valid streams: every kind of line, in an order and on dates that a group could have.

`random_stream(seed, documents, months)` returns the lines. Each candidate is tried on the oracle's
own book; what it refuses is thrown away, so what is left is valid by the oracle's reading.
"""

from .stream_more import MoreCandidates
from .stream_setup import Line, people, setup

FIRST_MONTH = (2026, 1)
WEIGHTS: dict[str, float] = {
    "receipt": 5,
    "payment": 6,
    "transfer": 3,
    "purchase": 12,
    "sowing": 4,
    "tending": 11,
    "seedlings_ready": 6,
    "harvest": 8,
    "planting_end": 1,
    "production": 7,
    "market_day": 10,
    "sale": 7,
    "consignment": 6,
    "consignment_settlement": 6,
    "grant": 3,
    "distribution": 3,
    "stock_count": 4,
    "cash_count": 3,
    "asset_acquisition": 2,
    "asset_disposal": 1,
    "depreciation": 1,
    "savings": 4,
    "month_reopen": 0.7,
    "attachment": 2,
    "opening_balance": 1,
    "purchase_return": 4,
    "sale_return": 4,
    "dues": 3,
    "bank_reconciliation": 3,
    "memorial": 5,
    "appropriation": 1.5,
    "register": 3,
    "correction": 14,
    "setup": 3,
}


def month_number(start: int) -> str:
    year, month = FIRST_MONTH
    year, month = year + (month - 1 + start) // 12, (month - 1 + start) % 12 + 1
    return f"{year}-{month:02d}"


class Writer(MoreCandidates):
    """Writes one stream, month by month."""

    def write(self, documents: int, months: int, with_people: bool = False) -> list[str]:
        for line in people() if with_people else []:
            self.offer(line)
        for line in setup(self.rng, FIRST_MONTH[0]):
            self.offer(line)
        if self.rng.random() < 0.8:
            self.open()
        closing = self.rng.choice([0.2, 0.7, 0.9])
        for number in range(months):
            self.month = month_number(number)
            self.fill(documents * (number + 1) // months - 4)
            self.end_month(closing / 2 if number == months - 1 else closing)
        return self.lines

    def fill(self, until: int) -> None:
        """Offer candidates until the book has so many documents."""
        kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
        for _ in range(40 * max(1, until - len(self.book.documents))):
            if len(self.book.documents) >= until:
                return
            self.offer_one(self.rng.choices(kinds, weights)[0])

    def offer_one(self, kind: str) -> bool:
        self.today = self.day()
        candidate = getattr(self, f"some_{kind}")()
        return candidate is not None and self.offer(self.dressed(candidate))

    def end_month(self, closing: float) -> None:
        if self.rng.random() < 0.8:
            self.offer(self.dressed({"kind": "depreciation", "month": self.month}))
        if self.rng.random() < closing:
            self.offer(self.dressed(self.close(self.month)))
            while self.rng.random() < 0.35:
                self.reopen()

    def close(self, month: str) -> Line:
        line: Line = {"kind": "month_close", "month": month}
        if self.rng.random() < 0.6:
            line["decision"] = f"BA-{month[5:]}/KWT/{month[:4]}"
        if self.rng.random() < 0.25:
            line["shares"] = self.some_shares()
        return line

    def reopen(self) -> None:
        """Open the last closed month again, record a little in it, and mostly close it anew."""
        if self.offer_one("month_reopen"):
            for _ in range(self.rng.randint(0, 4)):
                self.offer_one(self.rng.choice(list(WEIGHTS)))
            if self.rng.random() < 0.7:
                first = self.rng.choice(self.open_months())
                self.offer(self.dressed(self.close(first)))


def random_stream(seed: int, documents: int, months: int, with_people: bool = False) -> list[str]:
    """Return the lines of a valid stream with about that many documents over so many months."""
    return Writer(seed).write(documents, months, with_people)
