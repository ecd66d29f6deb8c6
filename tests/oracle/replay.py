"""An independent, naive replay of a book stream, written from STREAM.md alone.

`replay(lines)` returns a `Book` with all its figures or raises `Refused`; `Book.record` takes one
line and leaves the book as it was when that line is refused. `Book` gives the figures of `Ledger`.
"""

from collections.abc import Iterable
from datetime import date

from .documents import STORE, AssetDocuments
from .figures import NOMINAL, Posting, month_of, summed
from .kinds import SETUP, read
from .ledger import (
    DEPRECIATED_ON,
    GROWING,
    MEMBERS_OWN,
    RESTRICTED,
    SURPLUS,
    Document,
    Lot,
    Plot,
    last_day,
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
    "bank_reconciliation",
    "register",
)


class Refused(Exception):  # noqa: N818
    """A line that can't be recorded."""

    def __init__(self, line_number: int, code: str, detail: str = "") -> None:
        super().__init__(f"line {line_number}: {code} {detail}".rstrip())
        self.line_number = line_number
        self.code = code
        self.detail = detail


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
        if day > date.min and kind not in ("month_reopen", "register"):
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
        self.keep_owned(doing)
        if doing.kind not in ("attachment", "register"):
            cash = sum(p.amount for p in doing.postings if self.is_cash(p.account))
            prefix = "BKM" if cash > 0 else "BKK" if cash < 0 else "BM"
            series = f"{prefix}-{month_of(doing.date)[2:].replace('-', '')}"
            self.put(self.sequences, series, self.sequences.get(series, 0) + 1)
            doing.voucher = f"{series}-{self.sequences[series]:04d}"
        for posting in doing.postings:
            total = self.totals.get(posting.account, 0) + posting.amount
            self.put(self.totals, posting.account, total)
        self.documents.append(doing)

    def keep_owned(self, doing: Document) -> None:
        """Add up what is left of programmes and of named savings; neither goes below zero."""
        for posting in doing.postings:
            if posting.programme is not None:
                left = self.left.get(posting.programme, 0) - posting.amount
                self.put(self.left, posting.programme, left)
            if posting.party is not None and posting.account in MEMBERS_OWN.values():
                key = (posting.party, posting.account)
                self.put(self.owned, key, self.owned.get(key, 0) - posting.amount)
        for posting in doing.postings:
            need(self.left.get(posting.programme or "", 0) >= 0, "programme-overdrawn")
            need(
                self.owned.get((posting.party or "", posting.account), 0) >= 0,
                "savings-overdrawn",
                posting.party,
            )

    # Setup

    def set_group(self, given: Fields) -> None:
        if "allocation" in given:
            self.check_shares(given["allocation"]["shares"])
        self.put(self.settings, "group", given)

    def check_shares(self, shares: dict[str, int]) -> None:
        for code in shares:
            kind = self.accounts[self.account(code)]["type"]
            need(kind in ("equity", "liability"), "not-a-fund", code)
            need(code not in (RESTRICTED, SURPLUS, *MEMBERS_OWN.values()), "not-a-fund", code)
        need(sum(shares.values()) == 100, "shares-not-100")

    def set_account(self, given: Fields) -> None:
        old = self.accounts.get(given["code"])
        if old and any(posting.account == given["code"] for posting in self.postings()):
            same = (old["type"], old["normal"]) == (given["type"], given["normal"])
            need(same, "account-in-use", given["code"])
        self.put(self.accounts, given["code"], given)

    def set_item(self, given: Fields) -> None:
        for key, kind in (("sales_account", "income"), ("cost_account", "cost")):
            if key in given:
                need(self.accounts[self.account(given[key])]["type"] == kind, "wrong-type", key)
            else:
                need(given["class"] != "finished", "finished-needs-accounts", given["code"])
        if given["code"] in self.items and self.items[given["code"]]["class"] != given["class"]:
            need(all(lot.item != given["code"] for lot in self.lots.values()), "class-in-use")
            growing = [self.plots[number].item for number in self.plot_names.values()]
            need(given["code"] not in growing, "class-in-use")
        self.put(self.items, given["code"], given)

    def set_party(self, given: Fields) -> None:
        self.put(self.parties, given["code"], given)

    def set_person(self, given: Fields) -> None:
        for name in self.people:
            alike = name.casefold() == given["name"].casefold()
            need(name == given["name"] or not alike, "name-in-use", name)
        self.put(self.people, given["name"], given)
        chairs = [x for x in self.people.values() if x["role"] == "chair" and "active" not in x]
        need(chairs, "no-chair")

    def set_programme(self, given: Fields) -> None:
        self.party(given.get("party"))
        lines = [entry["line"] for entry in given.get("budget", [])]
        need(len(set(lines)) == len(lines), "line-twice")
        for document in self.documents:
            for programme, line, _ in document.spent:
                need(programme != given["code"] or line in lines, "line-in-use", line)
        self.put(self.programmes, given["code"], given)

    def set_budget(self, given: Fields) -> None:
        for entry in given["lines"]:
            self.account(entry["account"])
        self.put(self.budgets, given["year"], given)

    def set_recipe(self, given: Fields) -> None:
        for code in (given["output"], *(entry["item"] for entry in given["inputs"])):
            self.item(code)
        self.put(self.recipes, given["code"], given)

    # Opening

    def do_opening_balance(self, given: Fields) -> None:
        opened = [x.number for x in self.documents if x.kind == "opening_balance"]
        need(opened or not self.documents, "not-first")
        need(all(number in self.corrected for number in opened), "not-first")
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
            need(self.accounts[self.account(code)]["type"] not in NOMINAL, "not-opened", code)
            if self.by_detail(code):
                need(kept.pop(code, 0) == amount, "detail-differs", code)
        need(not kept, "detail-differs", kept)
        self.open_balances(given)

    def open_layer(self, entry: Fields) -> None:
        self.item(entry["item"])
        place = self.place(entry.get("place", STORE))
        lot = Lot(entry["item"], entry.get("lot"), self.doing.date, entry.get("expires"))
        same = self.lot_named(lot.item, lot.name)
        there = self.stock_layers.get((lot.item, place), {})
        if same is not None and self.lots[same] == lot and same not in there:
            self.move_lot(lot.item, place, same, entry["qty"], entry["value"])
        else:
            self.receive(lot, entry["qty"], entry["value"], place)

    def open_plots(self, given: Fields) -> list[tuple[str, int]]:
        made = (self.doing.date, self.doing.number)
        for entry in given.get("beds", []):
            self.move_plot(self.new_plot(Plot("bed", entry["bed"], *made)), 0, entry["value"])
        for entry in given.get("batches", []):
            self.item(entry["item"], "seedling")
            plot = self.new_plot(Plot("batch", entry["batch"], *made, entry["item"]))
            self.move_plot(plot, entry["qty"], entry["value"])
        return [(GROWING, x["value"]) for x in given.get("beds", []) + given.get("batches", [])]

    def open_balances(self, given: Fields) -> None:
        balances, named = given["balances"], given.get("parties", [])
        rest = dict(balances)
        for entry in named:
            code, amount = self.account(entry["account"]), entry["amount"]
            need(balances.get(code, 0) * amount > 0, "parties-differ", code)
            self.post(code, amount, self.party(entry["party"]))
            rest[code] -= amount
        for code, amount in rest.items():
            need(amount * balances[code] >= 0, "parties-differ", code)
        for entry in given.get("programmes", []):
            need(balances.get(RESTRICTED, 0) * entry["amount"] > 0, "programmes-differ")
            programme = self.programme(entry["programme"])
            self.post(RESTRICTED, entry["amount"], programme=programme)
            rest[RESTRICTED] -= entry["amount"]
        if given.get("programmes"):
            total = sum(entry["amount"] for entry in given["programmes"])
            need(total == balances.get(RESTRICTED, 0), "programmes-differ")
        for code, amount in rest.items():
            self.post(code, amount)

    # Months

    def do_month_close(self, given: Fields) -> None:
        standing = self.balances(self.doing.date)
        profit = 0
        for code, amount in standing.items():
            if self.accounts[code]["type"] in NOMINAL:
                self.post(code, -amount, closing=True)
                profit -= amount
        self.post(SURPLUS, -profit, closing=True)
        allocation = self.group.get("allocation", {})
        base = profit
        if allocation.get("basis") == "before_fund_spending":
            base += self.freed(given["month"])
        shares = given.get("shares", allocation.get("shares"))
        if "shares" in given:
            self.check_shares(shares)
        if base > 0:
            need(shares is not None, "no-shares")
            self.share(min(base, profit - standing.get(SURPLUS, 0)), shares)
        self.put(self.closes, len(self.closes) + 1, self.doing)

    def freed(self, month: str) -> int:
        """Return what funds have released to the surplus in the months that are closed now."""
        return -sum(
            posting.amount
            for posting in self.postings()
            if posting.mark == "released"
            and posting.account == SURPLUS
            and self.closed_until() < month_of(posting.date) <= month
        )

    def share(self, total: int, shares: dict[str, int]) -> None:
        if total > 0:
            parts = {code: total * percent // 100 for code, percent in shares.items()}
            by_remainder = sorted(shares, key=lambda code: -(total * shares[code] % 100))
            for code in by_remainder[: total - sum(parts.values())]:
                parts[code] += 1
            self.post(SURPLUS, total, closing=True)
            for code, part in parts.items():
                self.post(code, -part, closing=True)

    def do_month_reopen(self, given: Fields) -> None:
        need(given["month"] == self.closed_until(), "not-the-last-closed")
        for posting in self.closes[len(self.closes)].postings:
            self.post(posting.account, -posting.amount, posting.party, closing=posting.closing)
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
