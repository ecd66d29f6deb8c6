"""What a book shows: balances, profit, stock, plants, programmes, savings, dues."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .ledger import Asset, Document, Plot

NOMINAL = ("income", "cost", "expense", "other", "tax")
SAVED = {"3101": "principal", "3102": "mandatory", "2106": "voluntary"}


def month_of(day: date) -> str:
    return day.isoformat()[:7]


class Posting(NamedTuple):
    date: date
    account: str
    amount: int
    party: str | None = None
    closing: bool = False
    programme: str | None = None
    mark: str = ""
    """`released` on a fund and on what took up its release, `used` on 2110 by spending."""


class Figures:
    accounts: dict[str, dict[str, Any]]
    programmes: dict[str, dict[str, Any]]
    documents: list["Document"]
    corrected: dict[int, int]
    totals: dict[str, int]
    stock_layers: dict[tuple[str, str], dict[int, tuple[int, int]]]
    plot_names: dict[tuple[str, str], int]
    plot_holds: dict[int, tuple[int, int]]
    plots: dict[int, "Plot"]
    assets: dict[str, "Asset"]

    def fund_codes(self) -> list[str]:
        raise NotImplementedError

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

    def programme_figures(self, code: str, until: date) -> dict[str, Any]:
        """Return what a programme received, used and gave back, and what is left of it."""
        found = dict.fromkeys(("received", "used_4201", "used_3104", "given_back", "left"), 0)
        lines = {entry["line"]: 0 for entry in self.programmes[code].get("budget", [])}
        for document in self.documents:
            if document.date <= until:
                for posting in document.postings:
                    if posting.programme == code:
                        column = self.programme_column(document, posting)
                        sign = -1 if column == "received" else 1
                        found[column] += sign * posting.amount
                        found["left"] -= posting.amount
                for programme, line, amount in document.spent:
                    if programme == code:
                        lines[line] += amount
        return {**found, "spent_by_budget_line": lines}

    def origin(self, document: "Document") -> "Document":
        """Return the document itself, or the one that it corrects."""
        numbers = {by: number for number, by in self.corrected.items()}
        return self.documents[numbers.get(document.number, document.number) - 1]

    def programme_column(self, document: "Document", posting: Posting) -> str:
        kind = self.origin(document).kind
        if posting.mark == "used":
            return "used_4201" if kind == "payment" else "used_3104"
        return "given_back" if kind == "payment" else "received"

    def saved(self, until: date) -> dict[str, dict[str, int]]:
        """Return what each member saved of each type, what has no name under an empty one."""
        sums = summed(
            ((p.party or "", SAVED[p.account]), -p.amount)
            for p in self.postings()
            if p.account in SAVED and p.date <= until
        )
        found: dict[str, dict[str, int]] = {}
        for (party, kind), amount in sums.items():
            found.setdefault(party, {})[kind] = amount
        return found

    def owed_to(self, account: str, until: date) -> dict[str, int]:
        """Return what stands on a liability for each party."""
        return summed(
            (p.party, -p.amount)
            for p in self.postings()
            if p.account == account and p.party and p.date <= until
        )

    def dues_months(self, until: date = date.max) -> dict[tuple[str, str], list[str]]:
        """Return the months paid by ({account, party}), corrected documents left out."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for document in self.documents:
            if (
                document.kind == "dues"
                and document.number not in self.corrected
                and document.date <= until
            ):
                for entry in document.fields["lines"]:
                    key = (document.fields.get("for", "2104"), entry["party"])
                    found[key] = sorted([*found[key], *entry["months"]])
        return dict(found)

    def funds(self) -> dict[str, int]:
        """Return the balance of every fund, credit positive."""
        return {code: -self.totals.get(code, 0) for code in self.fund_codes()}


MOVEMENT_KEYS = ("ordinary_debit", "ordinary_credit", "closing_debit", "closing_credit")


def summed(pairs: Any) -> dict[Any, int]:
    """Add the amounts of each key and leave out what comes to zero."""
    sums: dict[Any, int] = defaultdict(int)
    for key, amount in pairs:
        sums[key] += amount
    return {key: amount for key, amount in sums.items() if amount}
