"""Rows of a cash book as receipts, payments, transfers and savings (STREAM.md, documents)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from kwt_books.domain.accounts import BANK, CASH_BOX, SAVINGS, SURPLUS
from kwt_books.domain.documents.lines import AccountLine, PaidLine
from kwt_books.domain.documents.money import Payment, Receipt, Savings, SavingsLine, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.queries.intake import TAKEN, KnownToIntake, act_id
from kwt_books.services.intake import headings
from kwt_books.services.intake.days import Days
from kwt_books.services.intake.entry import (
    Entry,
    Fingerprints,
    Reader,
    Remark,
    is_carried,
    is_numbering,
    is_total,
)
from kwt_books.services.intake.halves import Half, of_half
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.period import Period, month_named, months_in
from kwt_books.services.intake.purposes import NameFinder, Purposes, said_of
from kwt_books.services.intake.row_money import Change, ask_sides, changes_of
from kwt_books.services.intake.sales_list import SalesList
from kwt_books.services.intake.sheet import Row, Value
from kwt_books.services.intake.values import plain

_TYPES = {account: name for name, account in SAVINGS.items()}
_IN_FIGURES = re.compile(r"\d|ribu|ratus|juta|puluh|belas")
_LONGEST_MEMO = 1000
_HEARD = 500
"""Rows by whose words the sides of a sheet are judged."""
_BALANCING = frozenset(
    ("saldo", "sisa", "sisa kas", "sisa uang", "saldo kas", "sisa saldo", "kas awal", "kas akhir",
     "saldo akhir", "uang kas", "sisa uang kas")
)  # fmt: skip
"""What the rows are called that make both sides of a page come to the same."""
_PATHS = (
    ("date", "date"),
    ("memo", "memo"),
    ("ref", "ref"),
    ("party", "party"),
    ("into", "account"),
    ("from", "account"),
    ("account", "account"),
    ("lines.0.account", "purpose"),
    ("lines.0.party", "party"),
)
"""By paths of the documents: the columns that they are read from."""


class CashBook:
    """Reads cash books, one sheet after the other, for one act.

    `purposes` overrides what single amounts were for: account codes by `Entry.print`.
    """

    def __init__(
        self,
        known: KnownToIntake,
        act: str,
        remarks: list[Remark],
        purposes: Mapping[str, str] | None = None,
    ) -> None:
        self._known, self._act, self._remarks = known, act, remarks
        self._purposes = Purposes(known.accounts, known.spoken)
        self._chosen = purposes or {}
        self._prints = Fingerprints()
        self._asked = Fingerprints()
        """Tells amounts apart whatever they are for: what is chosen for one stays its own."""
        self._parties = NameFinder((each.code, each.name) for each in known.parties.values())
        members = [each for each in known.parties.values() if each.role == "member"]
        self._members = NameFinder((each.code, each.name) for each in members)
        self._accounts = known.accounts
        self._cash = {code for code, each in known.accounts.items() if each.cash}
        self._opened: set[str] = set()
        self._moved: dict[tuple[object, ...], list[str]] = {}
        """Transfers, and the sheets that brought them: the other cash book has them too."""
        self.known_rows = 0
        """Rows that were taken before."""

    def learn(self, parties: Iterable[tuple[str, str, str]]) -> None:
        """Knows these parties too, `(code, name, role)`: they are set up in the same act."""
        new = list(parties)
        known = [(each.code, each.name, each.role) for each in self._known.parties.values()]
        self._parties = NameFinder((code, name) for code, name, _ in (*known, *new))
        self._members = NameFinder(
            (code, name) for code, name, role in (*known, *new) if role == "member"
        )

    def read(
        self,
        layout: Layout,
        above: Iterable[Row],
        rows: Callable[[], Iterable[Row]],
        period: Period,
        *,
        may_open: bool,
        days: Iterable[Value] | None = None,
    ) -> Iterator[Entry]:
        """The entries of a sheet's rows, the oldest first where it stands last.

        What can't be read becomes a remark. `above`: the rows over the headings. `rows` gives its
        rows, once to look at its days where `days` does not tell what stands there. `period`: the
        month and year that are said there. With `may_open`, what stood first in the sheet becomes
        the opening balance of its account.
        """
        above = list(above)
        if layout.beside:
            yield from self._halves(layout, above, rows, period, may_open=may_open)
            return
        reader = Reader(CASH_BOOK, layout, self._remarks)
        for row in above:
            if headings.is_entry(row):
                reader.asked_of(row, "row-above")
        cells = days if days is not None else (reader.raw(row, "date") for row in rows())
        sheet = _Sheet(reader, self._account_of(layout, above), Days(reader, period, cells, above))
        read = self._rows(sheet, rows(), period, may_open)
        yield from reversed(list(read)) if sheet.days.order.falling else read

    def read_sales(
        self,
        layout: Layout,
        above: Iterable[Row],
        rows: Callable[[], Iterable[Row]],
        period: Period,
    ) -> Iterator[Entry]:
        """The entries of a list of sales or purchases, as of a cash book that says the same."""
        sold = SalesList(layout, above, self._remarks)
        place = layout.columns["date"]
        yield from self.read(
            sold.layout,
            above,
            lambda: sold.rows(rows()),
            period,
            may_open=False,
            days=[row.at(place) for row in rows()],
        )

    def _halves(
        self,
        layout: Layout,
        above: Sequence[Row],
        rows: Callable[[], Iterable[Row]],
        period: Period,
        *,
        may_open: bool,
    ) -> Iterator[Entry]:
        """The entries of tables beside each other, each read by itself, by their days."""
        ends = [*(each.start for each in layout.beside[1:]), None]
        found: list[Entry] = []
        for place, (half, end) in enumerate(zip(layout.beside, ends, strict=True)):
            own = half._replace(columns=half.columns if place else layout.columns)
            alone = replace(layout, columns=own.columns, beside=())
            before = len(found)
            found.extend(self.read(
                alone,
                [of_half(row, own, end) for row in above] if place else above,
                partial(_of_half, rows, own, end, period.today),
                _period_of(period, half.title),
                may_open=may_open,
            ))  # fmt: skip
            if half.guessed and len(found) > before:
                reader = Reader(CASH_BOOK, alone, self._remarks)
                side = "in" if "in" in own.columns else "out"
                first = Row(found[before].cell.row, ())
                reader.asked(first, side, f"side-guessed-{side}")
        yield from sorted(found, key=_by_day)

    def _rows(
        self, sheet: _Sheet, rows: Iterable[Row], period: Period, may_open: bool
    ) -> Iterator[Entry]:
        reader = sheet.reader
        for row in rows:
            if reader.is_example(row) or is_numbering(row):
                continue
            if (said := month_named(row, period.today)) is not None:
                sheet.days.begin(said)
                continue
            if (code := headings.begin_again(reader.layout, row)) is not None:
                if code:
                    reader.wrong(row, "date", code)
                    break
                continue
            yield from self._row(sheet, row, may_open)
        sheet.tell_amountless()
        if sheet.against is not None and sheet.for_other > max(sheet.for_side, 1):
            reader.asked(sheet.against, "memo", "sides-turned")
        if sheet.opening is not None:
            if sheet.days.order.falling and sheet.days.last is not None:
                yield self._opening(sheet, sheet.opening, sheet.days.last.replace(day=1))
            else:
                reader.wrong(sheet.opening.row, "date", "day-missing")

    def _account_of(self, layout: Layout, above: Iterable[Row]) -> str:
        words = f" {plain(layout.sheet)} " + " ".join(
            plain(each) for row in above for each in row.texts
        )
        at_bank = " bank " in words and " kas " not in words
        return BANK if at_bank and BANK in self._cash else CASH_BOX

    def _row(self, sheet: _Sheet, row: Row, may_open: bool) -> Iterator[Entry]:
        reader = sheet.reader
        memo = reader.text(row, "memo")
        before = len(self._remarks)
        changes = list(changes_of(reader, row))
        broken = len(self._remarks) > before
        words = memo or _first_words(row)
        dated = reader.raw(row, "date") is not None
        if (is_carried(words) or sheet.begins(words)) and not broken and not sheet.balances(words):
            yield from self._carried(sheet, row, changes, may_open)
            return
        signed = broken and not changes and self._is_signature(sheet, row, memo)
        summed = is_total(words) and not (dated and memo and _is_sale(words))
        if signed or summed or sheet.balances(words):
            del self._remarks[before:]
            return
        if not changes and not broken:
            if memo and sheet.is_merged(row):
                reader.asked(row, "memo", "amount-merged")
            elif memo and dated and sheet.days.near(row) is not None:
                sheet.amountless(row)
            return  # else words under the table: a place and a date to sign at
        if not dated and not memo and not broken:
            return  # a sum that nobody named
        if dated:
            sheet.tell_amountless()
        sheet.without_amount = None
        day = sheet.days.of(row)
        if day is None or broken:
            sheet.pass_over(row)
            return
        if sheet.opening is not None and not sheet.days.order.falling:
            yield self._opening(sheet, sheet.opening, day.replace(day=1))
        ask_sides(reader, row, changes)
        said = memo or reader.text(row, "purpose")
        for change in changes:
            words = said or self._heading_of(sheet, change)
            if not words:
                reader.wrong(row, "memo", "words-missing")
                return
            yield from self._entry(sheet, row, day, words, change)
        sheet.compare(row, sum(change.amount for change in changes if not change.of.cash))

    def _heading_of(self, sheet: _Sheet, change: Change) -> str:
        place = sheet.reader.place(change.column)
        titles = sheet.reader.layout.headings
        return titles[place] if change.of.words and place is not None else ""

    def _is_signature(self, sheet: _Sheet, row: Row, memo: str) -> bool:
        """Whether words stand where amounts would, below a table: a place, an office, a name."""
        dated = sheet.days.near(row) is not None
        said = (plain(sheet.reader.text(row, name)) for name in ("in", "out", "amount"))
        return not dated and (not memo or not any(map(_IN_FIGURES.search, said)))

    def _carried(
        self, sheet: _Sheet, row: Row, changes: list[Change], may_open: bool
    ) -> Iterator[Entry]:
        """What stood before: it starts the balance, and a new book's opening."""
        balance = sheet.reader.money(row, "balance")
        if balance is None:
            balance = sum(each.amount for each in changes) if changes else None
        if balance is None:
            return
        sheet.start(row, balance)
        account = sheet.account
        late = sheet.balance_before and not sheet.days.order.falling
        if not may_open or not balance or account in self._opened or late:
            return
        day = sheet.days.peek(row, sheet.days.month) or sheet.days.month
        self._opened.add(account)
        opening = _Opening(row, balance, changes[0].column if changes else "balance")
        if day is None:
            sheet.opening = opening  # its day is that of the first row
            return
        yield self._opening(sheet, opening, day)

    def _opening(self, sheet: _Sheet, opening: _Opening, day: date) -> Entry:
        account, balance = sheet.account, opening.balance
        sheet.opening = None
        return Entry(
            OpeningBalance(
                id=act_id(TAKEN, self._act, self._prints.of("opening", account, day, balance)),
                date=day,
                balances={account: balance, SURPLUS: -balance},
            ),
            sheet.reader.cell(opening.row, "memo")._replace(column=None),
            sheet.paths(("date", "date"), ("balances", opening.column)),
        )

    def _entry(
        self, sheet: _Sheet, row: Row, day: date, memo: str, change: Change
    ) -> Iterator[Entry]:
        reader, came_in = sheet.reader, change.amount > 0
        cash = change.of.cash or self._cash_account(sheet, row)
        ref = reader.text(row, "ref")
        asked = self._asked.of(
            day, change.amount, plain(memo), plain(ref), cash or "", plain(change.of.words)
        )
        account, doubtful = self._purpose(sheet, row, memo, change, cash, asked)
        unheard = sheet.heard < _HEARD and not change.of.words
        if unheard and self._purposes.named(reader.text(row, "purpose")) is None:
            self._hear(sheet, row, memo, came_in=came_in)
        if account is None or cash is None:
            return
        amount = abs(change.amount)
        who = reader.text(row, "party")
        party = self._parties.of(who) if who else None
        if account in self._cash:
            pair = (account, cash) if came_in else (cash, account)
            said: tuple[object, ...] = ("transfer", day, amount, *pair)
            if self._other_side(said, reader.layout.sheet):
                reader.odd(row, change.column, "transfer-in-both")
                return
        else:
            said = (day, change.amount, plain(memo), plain(ref), cash)
        row_print = self._prints.of(*said)
        if row_print in self._known.rows:
            self.known_rows += 1
            return
        common: dict[str, Any] = {
            "id": act_id(TAKEN, self._act, row_print),
            "date": day,
            "memo": _with_name(memo, who, party)[:_LONGEST_MEMO],
            "ref": ref[:200] or None,
        }
        command = self._command(came_in, cash, account, amount, party, common)
        column = change.column
        yield Entry(
            command,
            reader.cell(row, "memo")._replace(column=None),
            sheet.paths(*_PATHS, ("amount", column), ("lines.0.amount", column)),
            doubtful=doubtful,
            account=account,
            print=asked,
            said=said_of(change.of.words, memo),
        )

    def _hear(self, sheet: _Sheet, row: Row, memo: str, *, came_in: bool) -> None:
        """Counts whether the words of a row speak for its side or for the other one."""
        own, other = (self._purposes.guess(memo, came_in=side) for side in (came_in, not came_in))
        sheet.heard += 1
        sheet.for_side += own.sure
        if other.sure and not own.sure:
            sheet.against = sheet.against or row
            sheet.for_other += 1

    def _other_side(self, said: tuple[object, ...], sheet: str) -> bool:
        """Whether another sheet brought this transfer already."""
        brought = self._moved.setdefault(said, [])
        other = next((each for each in brought if each != sheet), None)
        if other is None:
            brought.append(sheet)
            return False
        brought.remove(other)
        return True

    def _command(
        self,
        came_in: bool,
        cash: str,
        account: str,
        amount: int,
        party: str | None,
        common: dict[str, Any],
    ) -> Receipt | Payment | Transfer | Savings:
        if account in self._cash:
            source, to = (account, cash) if came_in else (cash, account)
            return Transfer(source=source, to=to, amount=amount, **common)
        if account in _TYPES:
            member = party or self._members.within(common["memo"])
            if member is not None:
                line = SavingsLine(party=member, amount=amount if came_in else -amount)
                return Savings(type=_TYPES[account], account=cash, lines=(line,), **common)
        if party is None:
            party = self._parties.within(common["memo"])
        if came_in:
            lines = (AccountLine(account=account, amount=amount),)
            return Receipt(into=cash, lines=lines, party=party, **common)
        paid = (PaidLine(account=account, amount=amount),)
        return Payment(source=cash, lines=paid, party=party, **common)

    def _cash_account(self, sheet: _Sheet, row: Row) -> str | None:
        said = sheet.reader.text(row, "account")
        if not said:
            return sheet.account
        found = self._purposes.named(said)
        if found in self._cash:
            return found
        words = plain(said)
        if "bank" in words.split() or words in ("transfer", "tf", "rekening"):
            return BANK
        if words.split()[:1] in (["kas"], ["tunai"], ["cash"]):
            return CASH_BOX
        sheet.reader.wrong(row, "account", "not-cash-or-bank", text=said[:40])
        return None

    def _purpose(
        self, sheet: _Sheet, row: Row, memo: str, change: Change, cash: str | None, asked: str
    ) -> tuple[str | None, bool]:
        """What the money was for, and whether that is a guess in doubt."""
        came_in, before = change.amount > 0, sheet.reader.layout.said
        if asked in self._chosen:
            return self._chosen[asked], False
        if before and (kept := before.get(said_of(change.of.words, memo))) in self._accounts:
            return kept, False
        if account := change.account or change.of.account:
            return account, False
        said = sheet.reader.text(row, "purpose")
        if said and (named := self._purposes.named(said)) is not None:
            return named, False
        at_bank = cash != CASH_BOX
        if self._purposes.is_transfer(
            f"{memo} {change.of.words}", came_in=came_in, at_bank=at_bank
        ):
            return CASH_BOX if at_bank else BANK, False
        if change.of.words:
            guess = self._purposes.in_column(change.of.words, memo, came_in=came_in)
        else:
            guess = self._purposes.guess(f"{memo} {said}", came_in=came_in, at_bank=at_bank)
        return guess.account, not guess.sure


class _Opening(NamedTuple):
    """What stood before, in a row without a day: it has that of the first row."""

    row: Row
    balance: int
    column: str | int


class _Sheet:
    """One cash book while it is read: its account, its days and the balance so far."""

    def __init__(self, reader: Reader, account: str, days: Days) -> None:
        self.reader, self.account, self.days = reader, account, days
        self.opening: _Opening | None = None
        """What stood before, until a row has a day."""
        self.balance_before = False
        """Whether rows came before."""
        self.without_amount: Row | None = None
        """A row with a day and words, whose amounts may stand in the rows below it."""
        self.heard = 0
        """Rows whose words were asked for the side they speak for."""
        self.for_side = self.for_other = 0
        """How many rows have words that speak for the side of their money, and for the other."""
        self.against: Row | None = None
        """The first of the latter."""
        self._balance: int | None = None
        self._paths: dict[tuple[tuple[str, str | int], ...], Mapping[str, int]] = {}

    def is_merged(self, row: Row) -> bool:
        """Whether the amount of the row stands in one cell with that of a row above."""
        places = [self.reader.place(each) for each in ("in", "out", "amount")]
        return any(at in row.merged and row.at(at) is not None for at in places)

    def begins(self, words: str) -> bool:
        """Whether a table of what came in begins with what stood before: `Saldo` alone."""
        only_in = "in" in self.reader.layout.columns and self._has_no("out", "amount")
        return only_in and not self.balance_before and plain(words) in _BALANCING

    def balances(self, words: str) -> bool:
        """Whether a table of what went out ends with what is left, so that both sides agree."""
        only_out = "out" in self.reader.layout.columns and self._has_no("in", "amount")
        return only_out and (plain(words) in _BALANCING or is_carried(words))

    def _has_no(self, *names: str) -> bool:
        layout = self.reader.layout
        return not layout.money and not set(names) & layout.columns.keys()

    def amountless(self, row: Row) -> None:
        """Keeps a row without an amount in mind: its day is that of undated rows below it."""
        self.tell_amountless()
        self.days.of(row)
        self.without_amount = row

    def tell_amountless(self) -> None:
        """Remarks the row in whose stead no row below it had an amount."""
        if self.without_amount is not None:
            self.reader.odd(self.without_amount, "in", "amount-missing")
        self.without_amount = None

    def start(self, row: Row, balance: int) -> None:
        """The sheet says what stood before; it is compared with what it came to so far."""
        if self._balance is not None and self._balance != balance:
            self._differs(row, balance, self._balance)
        self._balance = balance

    def pass_over(self, row: Row) -> None:
        """Goes on from the balance of a row whose amount can't be read."""
        self._balance = self._written(row) if not self.days.order.falling else None

    def _written(self, row: Row) -> int | None:
        before = len(self.reader.remarks)
        written = self.reader.money(row, "balance")
        del self.reader.remarks[before:]  # a balance is only looked at
        return written

    def compare(self, row: Row, change: int) -> None:
        """Compares the balance that is written with what the rows come to.

        Where the newest stands first, it is what the row below comes to that is written there.
        """
        self.balance_before = True
        written = self._written(row)
        if self.days.order.falling:
            if self._balance is not None and written not in (None, self._balance):
                self._differs(row, written or 0, self._balance)
            after = written if written is not None else self._balance
            self._balance = after - change if after is not None else None
            return
        if self._balance is not None:
            expected = self._balance + change
            if written is not None and written != expected:
                self._differs(row, written, expected)
            self._balance = written if written is not None else expected
        else:
            self._balance = written

    def _differs(self, row: Row, written: int, expected: int) -> None:
        self.reader.odd(row, "balance", "balance-differs", balance=written, total=expected)

    def paths(self, *pairs: tuple[str, str | int]) -> Mapping[str, int]:
        """By path: the place of the column that it was read from."""
        if pairs not in self._paths:
            places = ((path, self.reader.place(name)) for path, name in pairs)
            self._paths[pairs] = {path: place for path, place in places if place is not None}
        return self._paths[pairs]


def _by_day(entry: Entry) -> tuple[bool, date | None]:
    """What stood before comes first."""
    return not isinstance(entry.command, OpeningBalance), getattr(entry.command, "date", None)


def _of_half(
    rows: Callable[[], Iterable[Row]], half: Half, end: int | None, today: date
) -> Iterator[Row]:
    """The rows of a half; those that only name a month are rows of all."""
    for row in rows():
        own = row if month_named(row, today) is not None else of_half(row, half, end)
        if not own.empty:
            yield own


def _period_of(period: Period, title: str) -> Period:
    """The period of a half whose title names a month."""
    said = months_in(title, period.today)
    if len({each.month for each in said}) != 1:
        return period
    month = period.of(said[-1], None)
    return period._replace(month=month, year=month.year, span=None, other=None)


def _first_words(row: Row) -> str:
    return next((each for each in row.texts if each.strip("- ")), "")


def _is_sale(words: str) -> bool:
    """Whether a total has more words than a total needs: `Total penjualan sayur hari Jumat`."""
    return any(word in plain(words).split() for word in ("penjualan", "jual", "hasil", "sales"))


def _with_name(memo: str, who: str, party: str | None) -> str:
    """The words, with a name that the book does not know behind them."""
    if who and party is None and plain(who) not in plain(memo):
        return f"{memo} ({who})"
    return memo
