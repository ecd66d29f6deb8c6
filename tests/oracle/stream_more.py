"""Candidates for openings, returns, dues, what is reconciled, reclassified, shared and written."""

from datetime import date

from . import stream_setup
from .ledger import Document, last_day
from .stream_documents import COSTS, OPEN_ACCOUNTS, Candidates
from .stream_setup import MEMBERS, RESIDENTS, Line

MONTHS = tuple(f"2026-{n:02d}" for n in range(1, 13))
ACCRUED = ("2108", "2201", "1141", "2102", "3201", "3202", "3104", "3301", "2111")
REGISTERED: tuple[Line, ...] = (
    {"book": "guests", "name": "Rina", "purpose": "Meninjau", "from": "Dinas"},
    {"book": "activities", "title": "Pelatihan", "people": 0, "place": "Balai"},
    {"book": "minutes", "title": "Rapat", "decisions": "Setuju", "people": 22},
    {"book": "letters", "direction": "out", "number": "1", "party": "Dinas", "subject": "Izin"},
    {"book": "advice", "officer": "Wahyu", "advice": "Kurangi air"},
    {"book": "upkeep", "facility": "Drainase", "condition": "minor", "action": "Kerja bakti"},
)


class MoreCandidates(Candidates):
    # Opening

    def some_opening_balance(self) -> Line:
        """Draw an opening; the book takes it where none stands."""
        return stream_setup.opening(self.rng, self.today)

    def open(self) -> None:
        """Give the opening, now and then with a mistake that is corrected and given anew."""
        self.today = f"{self.first_month}-01"
        self.offer({**self.some_opening_balance(), "id": self.fresh("saldo")})
        while self.maybe(0.25):
            if self.maybe(0.5):
                self.today = self.day()
                self.offer(self.dressed(self.some_receipt()))
            of = self.book.documents[0].fields["id"]
            for document in self.book.documents:
                if document.kind == "opening_balance":
                    of = document.fields["id"]
            day = self.day(self.book.named(of).date)
            self.offer({"kind": "correction", "date": day, "of": of, "reason": "Tertukar"})
            self.today = self.day()
            self.offer({**self.some_opening_balance(), "id": self.fresh("saldo")})

    # Returns

    def some_purchase_return(self) -> Line | None:
        lines = []
        for item, offered in self.held("store")[: self.rng.randint(1, 3)]:
            line: Line = {"item": item}
            most = offered
            if (named := self.named_lots(item)) and self.maybe(0.6):
                line["lot"], most = self.rng.choice(named)
            line |= {"qty": self.written(self.part(most)), "amount": self.amount(60000)}
            lines.append(line)
        returned: Line = {"kind": "purchase_return", "date": self.today, "lines": lines}
        if self.maybe(0.5):
            returned["into"] = self.cash()
        if "into" not in returned or self.maybe(0.3):
            returned["party"] = self.party("supplier")
        return returned if lines else None

    def named_lots(self, item: str) -> list[tuple[str, int]]:
        """Return (name, thousandths) of what the lots with a name offer in the store."""
        offers = self.book.offers(item, "store", date.fromisoformat(self.today))
        return [
            (name, offer)
            for lot, offer in offers
            if offer and (name := self.book.lots[lot].name) is not None
        ]

    def some_sale_return(self) -> Line:
        sellable = [code for code in self.book.items if self.sellable(code)]
        lines, due = [], 0
        for item in self.rng.sample(sellable, self.rng.choice([1, 1, 2])):
            back = self.quantity(4)
            line: Line = {"item": item, "qty": self.written(back)}
            if self.maybe(0.4):
                line["spoiled"] = self.written(self.part(back))
            due += self.revenue(item, back, line)
            lines.append(line)
        returned: Line = {"kind": "sale_return", "date": self.today, "lines": lines}
        refund = due if self.maybe(0.5) else due // 2 if self.maybe(0.5) else 0
        if refund:
            parts = self.received(refund)
            returned["refund"] = {code: amount for code, amount in parts.items() if amount}
        if refund < due or self.maybe(0.2):
            returned["party"] = self.party("customer", "member")
        return returned

    # Money of others, and what was agreed

    def some_dues(self) -> Line:
        account = "2105" if self.maybe(0.2) else "2104"
        paid = self.book.dues_months()
        lines = []
        for party in self.rng.sample((*RESIDENTS, *MEMBERS[:2]), self.rng.randint(1, 4)):
            taken = paid.get((account, party), [])
            free = [month for month in MONTHS if month not in taken]
            if free:
                months = free[: self.rng.randint(1, 3)]
                self.rng.shuffle(months)
                lines.append({"party": party, "months": months, "amount": 5000 * len(months)})
        line: Line = {"kind": "dues", "date": self.today, "account": self.cash(), "lines": lines}
        if account != "2104" or self.maybe(0.2):
            line["for"] = account
        return line

    def some_bank_reconciliation(self) -> Line:
        account = self.rng.choice([code for code in self.cash_accounts() if code > "1102"])
        line: Line = {"kind": "bank_reconciliation", "date": self.today, "account": account}
        found = [x for x in self.book.documents if "id" in x.fields and self.shown(x, account)]
        late = self.rng.sample(found, min(len(found), self.rng.choice([0, 0, 1, 2])))
        if late or self.maybe(0.1):
            line["outstanding"] = [document.fields["id"] for document in late]
        effect = sum(self.shown(document, account) for document in late)
        return {**line, "statement": self.balance(account) - effect}

    def shown(self, document: Document, account: str) -> int:
        """Return what a document did on an account, nothing where it is late or corrected."""
        by = self.book.corrected.get(document.number)
        if document.date.isoformat() > self.today:
            return 0
        if by is not None and self.book.documents[by - 1].date.isoformat() <= self.today:
            return 0
        return sum(p.amount for p in document.postings if p.account == account)

    def some_memorial(self) -> Line:
        line: Line = {"kind": "memorial", "date": self.today, "reason": "Penyesuaian"}
        amount = self.amount(100000)
        debit: Line = {"account": self.rng.choice(COSTS), "debit": amount}
        credit: Line = {"account": self.rng.choice(ACCRUED), "credit": amount}
        if self.maybe(0.3):
            debit, credit = {**credit, "debit": amount}, {**debit, "credit": amount}
            del debit["credit"], credit["debit"]
        if self.maybe(0.3):
            debit = {"account": "2106", "debit": amount}
            credit = {"account": "2106", "credit": amount, "party": self.rng.choice(MEMBERS)}
            if self.maybe(0.3):
                debit["party"] = self.rng.choice(MEMBERS)
        if self.maybe(0.25):
            line["programme"] = self.rng.choice(["p2l", "bpm"])
            self.rng.choice([debit, credit])["account"] = "2110"
        lines = [debit, credit]
        if self.maybe(0.3):
            part = self.rng.randint(1, amount)
            if part < amount:
                credit["credit"] -= part
                lines.append({"account": self.rng.choice(OPEN_ACCOUNTS), "credit": part})
                lines[-1]["party"] = self.party("supplier", "member")
        self.rng.shuffle(lines)
        return {**line, "lines": lines}

    def some_appropriation(self) -> Line:
        most = -self.balance("3301")
        lines = []
        for _ in range(self.rng.randint(1, 4)):
            account = self.rng.choice(["2107", "2107", "2111", self.fund()])
            amount = self.rng.randint(1, max(1, most // 3))
            lines.append({"account": account, "amount": amount})
            if account == "2107":
                lines[-1]["party"] = self.rng.choice(MEMBERS)
        line = {"kind": "appropriation", "date": self.today, "decision": "BA-01/RAT"}
        return {**line, "lines": lines}

    def some_register(self) -> Line:
        """Draw a line of a register, of any month that has begun."""
        line = {"kind": "register", "date": self.today, **self.rng.choice(REGISTERED)}
        if self.maybe(0.4):
            line["date"] = last_day(self.first_month).isoformat()
        if self.maybe(0.5):
            line["id"] = self.fresh("reg")
        return line
