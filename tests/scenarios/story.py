"""A group's month told in its own verbs, each recording one document as a form would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.buying import Grant, GrantItem, Purchase, PurchaseLine
from kwt_books.domain.documents.garden import Harvest, SeedlingsReady, Sowing, Tending
from kwt_books.domain.documents.lines import AccountLine, Cost, ItemLine, PaidLine
from kwt_books.domain.documents.money import (
    CashCount,
    Payment,
    Receipt,
    Savings,
    SavingsLine,
    Transfer,
)
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.documents.selling import (
    Consignment,
    ConsignmentSettlement,
    MarketDay,
    MarketLine,
    Sale,
    SaleLine,
    SettlementLine,
)
from kwt_books.domain.documents.stock import Production
from kwt_books.domain.values import UNIT
from kwt_books.reports.context import Parameters

Goods = Mapping[str, int]
CASH, FLOAT, BANK, HELD = "1101", "1102", "1103", "1104"


def goods(lines: Goods) -> tuple[ItemLine, ...]:
    return tuple(ItemLine(item=item, qty=qty * UNIT) for item, qty in lines.items())


def accounts(lines: Mapping[str, int]) -> tuple[AccountLine, ...]:
    return tuple(AccountLine(account=code, amount=amount) for code, amount in lines.items())


def paid(lines: Mapping[str, int]) -> tuple[PaidLine, ...]:
    return tuple(PaidLine(account=code, amount=amount) for code, amount in lines.items())


class Story:
    """Days of June 2026; what was said of each document is its memo."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.numbers: list[str] = []

    def set_up(self, stream: Path) -> None:
        """The group, its items, parties and recipes, and what stood before June."""
        for text in stream.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if line["kind"] in ("group", "item", "party", "recipe", "opening_balance"):
                command = parse_command(line, [])
                assert command is not None
                self.tell(self.book.record(command))

    def tell(self, recorded: Recorded) -> str:
        if recorded.number is not None:
            self.numbers.append(recorded.number)
        return recorded.number or ""

    def record(self, kind: Any, day: int, memo: str | None, **values: Any) -> str:
        return self.tell(self.book.record(kind(date=date(2026, 6, day), memo=memo, **values)))

    # -- money ----------------------------------------------------------------------------

    def members_pay_in(self, day: int, members: int, amount: int, memo: str) -> str:
        lines = tuple(
            SavingsLine(party=f"anggota-{number:02d}", amount=amount)
            for number in range(1, members + 1)
        )
        return self.record(Savings, day, memo, type="mandatory", account=CASH, lines=lines)

    def receive(
        self, day: int, lines: Mapping[str, int], memo: str, *, into: str = CASH, party: Any = None
    ) -> str:
        return self.record(Receipt, day, memo, into=into, lines=accounts(lines), party=party)

    def pay(
        self, day: int, lines: Mapping[str, int], memo: str, *, source: str = CASH, fund: Any = None
    ) -> str:
        return self.record(Payment, day, memo, source=source, lines=paid(lines), fund=fund)

    def bring_to_bank(self, day: int, amount: int) -> str:
        return self.record(Transfer, day, "Setor bank", source=CASH, to=BANK, amount=amount)

    def count_cash(self, day: int, pieces: Mapping[int, int]) -> str:
        counted = sum(face * number for face, number in pieces.items())
        denominations = {str(face): number for face, number in pieces.items()}
        return self.record(
            CashCount, day, "Kas opname", account=CASH, counted=counted, denominations=denominations
        )

    # -- goods ----------------------------------------------------------------------------

    def buy(
        self, day: int, shop: str, what: Mapping[str, tuple[int, int]], memo: str, fund: Any = None
    ) -> str:
        lines = tuple(
            PurchaseLine(item=item, qty=qty * UNIT, amount=amount)
            for item, (qty, amount) in what.items()
        )
        return self.record(Purchase, day, memo, lines=lines, paid_from=CASH, party=shop, fund=fund)

    def sow(self, day: int, batch: str, plants: int, inputs: Goods) -> str:
        return self.record(
            Sowing,
            day,
            "Semai cabai rawit",
            batch=batch,
            item="bibit-cabai",
            qty=plants * UNIT,
            inputs=goods(inputs),
        )

    def ready(self, day: int, batch: str, ready: int, lost: int) -> str:
        return self.record(
            SeedlingsReady,
            day,
            "Siap tanam, susut normal",
            batch=batch,
            ready=ready * UNIT,
            lost=lost * UNIT,
        )

    def tend(self, day: int, seedlings: Goods, inputs: Goods) -> str:
        return self.record(
            Tending,
            day,
            "Pupuk susulan, tanam bibit",
            bed="kebun",
            seedlings=goods(seedlings),
            inputs=goods(inputs),
        )

    def harvest(self, day: int, item: str, kilos: int, spoiled: int = 0) -> str:
        return self.record(
            Harvest,
            day,
            None,
            bed="kebun",
            item=item,
            qty=kilos * UNIT,
            spoiled=spoiled * UNIT,
        )

    def fry(self, day: int, item: str, lot: str, inputs: Goods, memo: str) -> str:
        costs = (
            Cost(label="Gas", amount=18_000, source=CASH),
            Cost(label="Upah goreng", amount=40_000, source=CASH),
        )
        return self.record(
            Production,
            day,
            memo,
            id=f"p-{lot}",
            item=item,
            qty=40 * UNIT,
            lot=lot,
            inputs=goods(inputs),
            costs=costs,
        )

    def sell_at(
        self,
        day: int,
        venue: str,
        sheet: Mapping[str, tuple[int, int]],
        received: Mapping[str, int],
        memo: str,
        sampled: Goods | None = None,
    ) -> str:
        """`sheet` says of each item what was taken and what was sold; the rest came back."""
        given = {item: qty * UNIT for item, qty in (sampled or {}).items()}
        lines = tuple(
            MarketLine(
                item=item,
                taken=taken * UNIT,
                sold=sold * UNIT,
                sampled=given.get(item, 0),
                returned=(taken - sold) * UNIT - given.get(item, 0),
            )
            for item, (taken, sold) in sheet.items()
        )
        return self.record(MarketDay, day, memo, venue=venue, lines=lines, received=received)

    def sell(self, day: int, item: str, qty: int, received: int, memo: str) -> str:
        lines = (SaleLine(item=item, qty=qty * UNIT),)
        return self.record(Sale, day, memo, lines=lines, received={CASH: received})

    def leave(self, day: int, shop: str, what: Goods) -> str:
        return self.record(Consignment, day, None, shop=shop, lines=goods(what))

    def settle(
        self, day: int, shop: str, lines: list[dict[str, Any]], received: int, memo: str
    ) -> str:
        """Each line names item, price and quantities sold, returned and spoiled."""
        settled = tuple(
            SettlementLine(
                **{
                    key: value * UNIT if key in ("sold", "returned", "spoiled") else value
                    for key, value in line.items()
                }
            )
            for line in lines
        )
        money = {CASH: received} if received else None
        return self.record(
            ConsignmentSettlement, day, memo, shop=shop, lines=settled, received=money
        )

    def given(self, day: int, item: str, qty: int, lot: str, memo: str) -> str:
        items = (GrantItem(item=item, qty=qty * UNIT, value=0, lot=lot),)
        return self.record(Grant, day, memo, account="3104", items=items, party="dinas")

    # -- what one sees ----------------------------------------------------------------------

    def balance(self, account: str) -> int:
        """Debit positive, at the end of June."""
        report = self.book.report("trial-balance", Parameters(month="2026-06"), "id")
        place = [column.key for column in report.columns].index("balance")
        for row in report.rows:
            if row.code == account:
                value = row.cells[place]
                assert isinstance(value, int)
                return value
        return 0
