"""An independent, naive replay of a book stream, written from STREAM.md alone.

`replay(lines)` returns a `Book` with all its figures or raises `Refused`; `Book.record` takes one
line and leaves the book as it was when that line is refused. `Book` gives the figures of `Ledger`.
"""

from collections.abc import Iterable
from datetime import date

from .documents import STORE, AssetDocuments
from .kinds import SETUP, read
from .ledger import (
    DEPRECIATED_ON,
    GROWING,
    NOMINAL,
    SURPLUS,
    Document,
    Lot,
    Plot,
    Posting,
    last_day,
    month_of,
    summed,
)
from .reading import Fields, Problem, need

MAY_RECORD_NOTHING = (
    "stock_count",
    "cash_count",
    "market_day",
    "sowing",
    "planting_end",
    "depreciation",
    "opening_balance",
    "month_close",
    "month_reopen",
    "attachment",
)


class Refused(Exception):  # noqa: N818
    """A line that can't be recorded."""

    def __init__(self, line_number: int, code: str, detail: str = "") -> None:
        super().__init__(f"line {line_number}: {code} {detail}".rstrip())
        self.line_number = line_number
        self.code = code


class Book(AssetDocuments):
    # One line

    def record(self, line: str, line_number: int = 0) -> Document | None:
        """Record one line and return its document (None for setup); all or nothing."""
        self.undo.clear()
        try:
            fields = read(line)
            if fields["kind"] in SETUP:
                getattr(self, f"set_{fields['kind']}")(fields)
                return None
            return self.record_document(fields)
        except Problem as problem:
            self.take_back()
            raise Refused(line_number, problem.code, problem.detail) from None

    def record_document(self, fields: Fields) -> Document:
        kind = fields["kind"]
        day = last_day(fields["month"]) if "month" in fields else fields.get("date", date.min)
        if day > date.min and kind != "month_reopen":
            need(month_of(day) > self.closed_until(), "closed-month", day)
        if "id" in fields:
            need(all(x.fields.get("id") != fields["id"] for x in self.documents), "id-exists")
        self.doing = Document(len(self.documents) + 1, kind, day, fields)
        getattr(self, f"do_{kind}")(fields)
        self.finish(self.doing)
        return self.doing

    def finish(self, doing: Document) -> None:
        if not (doing.postings or doing.moves):
            need(doing.kind in MAY_RECORD_NOTHING or self.empty_correction(doing), "nothing")
        need(sum(posting.amount for posting in doing.postings) == 0, "unbalanced")
        if doing.kind != "attachment":
            cash = sum(p.amount for p in doing.postings if self.is_cash(p.account))
            prefix = "BKM" if cash > 0 else "BKK" if cash < 0 else "BM"
            series = f"{prefix}-{month_of(doing.date)[2:].replace('-', '')}"
            self.put(self.sequences, series, self.sequences.get(series, 0) + 1)
            doing.voucher = f"{series}-{self.sequences[series]:04d}"
        for posting in doing.postings:
            total = self.totals.get(posting.account, 0) + posting.amount
            self.put(self.totals, posting.account, total)
        self.documents.append(doing)

    # Setup

    def set_group(self, given: Fields) -> None:
        self.check_shares(given["allocation"]["shares"])
        self.put(self.settings, "group", given)

    def check_shares(self, shares: dict[str, int]) -> None:
        for code in shares:
            self.account(code)
        need(sum(shares.values()) == 100, "shares-not-100")

    def set_account(self, given: Fields) -> None:
        self.put(self.accounts, given["code"], given)

    def set_item(self, given: Fields) -> None:
        for key in ("sales_account", "cost_account"):
            if key in given:
                self.account(given[key])
            else:
                need(given["class"] != "finished", "finished-needs-accounts", given["code"])
        if given["code"] in self.items and self.items[given["code"]]["class"] != given["class"]:
            need(all(lot.item != given["code"] for lot in self.lots.values()), "class-in-use")
        self.put(self.items, given["code"], given)

    def set_party(self, given: Fields) -> None:
        self.put(self.parties, given["code"], given)

    def set_recipe(self, given: Fields) -> None:
        for code in (given["output"], *(entry["item"] for entry in given["inputs"])):
            self.item(code)
        self.put(self.recipes, given["code"], given)

    # Opening

    def do_opening_balance(self, given: Fields) -> None:
        need(not self.documents, "not-first")
        detail: list[tuple[str, int]] = []
        for entry in given.get("stock", []):
            self.open_layer(entry)
            account = self.stock_account(entry["item"], entry.get("place", STORE))
            detail.append((account, entry["value"]))
        detail += self.open_plots(given)
        for entry in given.get("assets", []):
            self.new_asset(entry, entry["acquired"], entry["accumulated"])
            detail.append((entry["account"], entry["cost"]))
            detail.append((DEPRECIATED_ON[entry["account"]], -entry["accumulated"]))
        kept = summed(detail)
        for code, amount in given["balances"].items():
            if self.by_detail(self.account(code)):
                need(kept.pop(code, 0) == amount, "detail-differs", code)
        need(not kept, "detail-differs", kept)
        self.open_balances(given)

    def open_layer(self, entry: Fields) -> None:
        self.item(entry["item"])
        place = self.place(entry.get("place", STORE))
        lot = Lot(entry["item"], entry.get("lot"), self.doing.date, entry.get("expires"))
        same = [number for number, x in self.lots.items() if x == lot and lot.name is not None]
        if same and same[0] not in self.stock_layers.get((lot.item, place), {}):
            self.move_lot(lot.item, place, same[0], entry["qty"], entry["value"])
        else:
            self.receive(lot, entry["qty"], entry["value"], place)

    def open_plots(self, given: Fields) -> list[tuple[str, int]]:
        for entry in given.get("beds", []):
            self.move_plot(self.new_plot(Plot("bed", entry["bed"])), 0, entry["value"])
        for entry in given.get("batches", []):
            self.item(entry["item"], "seedling")
            plot = self.new_plot(Plot("batch", entry["batch"], entry["item"]))
            self.move_plot(plot, entry["qty"], entry["value"])
        return [(GROWING, x["value"]) for x in given.get("beds", []) + given.get("batches", [])]

    def open_balances(self, given: Fields) -> None:
        owed: dict[str, int] = {}
        for entry in given.get("parties", []):
            self.post(self.account(entry["account"]), entry["amount"], self.party(entry["party"]))
            owed[entry["account"]] = owed.get(entry["account"], 0) + entry["amount"]
        for code, amount in owed.items():
            need(given["balances"].get(code, 0) == amount, "parties-differ", code)
        for code, amount in given["balances"].items():
            if code not in owed:
                self.post(code, amount)

    # Months

    def do_month_close(self, given: Fields) -> None:
        standing = self.balances(self.doing.date)
        profit = 0
        for code, amount in standing.items():
            if self.accounts[code]["type"] in NOMINAL:
                self.post(code, -amount, None, True)
                profit -= amount
        self.post(SURPLUS, -profit, None, True)
        if profit > 0:
            need(self.group or "shares" in given, "no-shares")
            shares = given.get("shares") or self.group["allocation"]["shares"]
            self.check_shares(shares)
            self.share(min(profit, profit - standing.get(SURPLUS, 0)), shares)
        self.put(self.closes, len(self.closes) + 1, self.doing)

    def share(self, total: int, shares: dict[str, int]) -> None:
        if total > 0:
            parts = {code: total * percent // 100 for code, percent in shares.items()}
            by_remainder = sorted(shares, key=lambda code: -(total * shares[code] % 100))
            for code in by_remainder[: total - sum(parts.values())]:
                parts[code] += 1
            self.post(SURPLUS, total, None, True)
            for code, part in parts.items():
                self.post(code, -part, None, True)

    def do_month_reopen(self, given: Fields) -> None:
        need(given["month"] == self.closed_until(), "not-the-last-closed")
        for posting in self.closes[len(self.closes)].postings:
            self.post(posting.account, -posting.amount, posting.party, posting.closing)
        self.drop(self.closes, len(self.closes))


def replay(lines: Iterable[str]) -> Book:
    """Replay a whole stream; a byte-order mark and blank lines are passed over."""
    book = Book()
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix("\ufeff")
        if line.strip():
            book.record(line, number)
    return book


__all__ = ["Book", "Document", "Posting", "Refused", "replay"]
