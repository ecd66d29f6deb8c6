"""The book as recorded so far: read when it is asked for, written in batches.

It answers the questions of `domain.facts.Facts` inside one writing transaction, and keeps
what it learnt for the next document, so that a long import and one record in a large book alike
read only what they need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Set
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, Select

from kwt_books.domain.accounts import CASH, SURPLUS, Account
from kwt_books.domain.chain import GENESIS
from kwt_books.domain.documents.setup import (
    AccountSetup,
    Group,
    Item,
    Party,
    PersonSetup,
    Programme,
    Recipe,
)
from kwt_books.domain.draft import Draft, Layers
from kwt_books.domain.facts import Close, Entry, Later, LaterMoves
from kwt_books.domain.posting import (
    ASSET,
    DEPRECIATED,
    PROGRAMME,
    Asset,
    Growing,
    Layer,
    Lot,
    Move,
    Named,
    Posting,
    bearing_name,
)
from kwt_books.domain.values import Month, first_day, iso, last_day, month_of, shift
from kwt_books.store import rows
from kwt_books.store import statements as asked
from kwt_books.store.buffer import Buffer, DocumentRow
from kwt_books.store.noted import AHEAD
from kwt_books.store.reads import sql_of

_MANY = 4_000
"""How many items at places, and plants, are kept in memory before the unchanged are forgotten."""
_OWN_NAME = re.compile(r"\d{6}-\d")
"""How lots are named by the entry that brings them."""
_AT_ONCE = 500
_ATTACHED_AT_ONCE = 16 * 1024 * 1024
"""Documents, and bytes of attachments, that are written in one go."""


class BookState:
    """The book as `domain.facts.Facts` asks for it, in one writing transaction.

    It keeps what it learnt for the next document, and writes in batches.
    """

    def __init__(self, connection: Connection) -> None:
        self.use(connection)
        self._buffer = Buffer()
        self._setup: dict[tuple[str, str], Any] = {}
        self._balances: dict[str, int] = {}
        self._layers_at: dict[tuple[str, str], Layers] = {}
        self._latest: dict[tuple[str, str], str] = {}
        """The newest date of a move of an item at a place, where it is known."""
        self._growing: dict[str, list[Growing]] = {}
        self._assets: dict[str, list[Asset]] | None = None
        self._vouchers: dict[tuple[str, str], int] = {}
        self._cash: frozenset[str] | None = None
        self._attached = 0
        last = self._one(asked.LAST_ENTRY)
        self.next_sequence: int = last[0] + 1 if last else 1
        self.head: str = last[1] if last else GENESIS
        self._named: set[tuple[str, str]] | None = None if last else set()
        """Lots that people named as entries name them, where this state has seen every entry."""
        self.has_documents = bool(self._one(asked.ANY_NUMBERED))
        self._accounts: dict[str, Account] = {
            each.code: each.account() for each in self._load("account")
        }
        self._people: dict[str, PersonSetup] = {each.name: each for each in self._load("person")}
        self._closes = rows.closes(self._all(asked.CLOSES))

    def use(self, connection: Connection) -> None:
        """Goes on in another transaction of the same book.

        Questions are asked of the driver itself: they are short, and there are many of them.
        """
        raw = connection.connection.driver_connection
        assert raw is not None
        self._raw: Any = connection.info.get(AHEAD) or raw
        self._engine = connection.dialect.name
        self.connection = connection

    # -- reading --------------------------------------------------------------------------

    def _one(self, statement: Select[Any], *values: object) -> Any:
        return self._raw.execute(sql_of(statement, self._engine), values).fetchone()

    def _all(self, statement: Select[Any], *values: object) -> Any:
        return self._raw.execute(sql_of(statement, self._engine), values).fetchall()

    def _load(self, kind: str) -> list[Any]:
        stored = self._all(asked.SET_UP, kind)
        return [rows.setup_command(kind, payload) for (payload,) in stored]

    def _known(self, kind: str, code: str) -> Any:
        key = (kind, code)
        found = self._setup.get(key)
        if found is None:
            row = self._one(asked.SET_UP_OF, kind, code)
            if row is None:
                return None
            found = self._setup[key] = rows.setup_command(kind, row[0])
        return found

    @property
    def group(self) -> Group | None:
        """The group; None before it is set up."""
        found: Group | None = self._known("group", "")
        return found

    @property
    def last_close(self) -> Close | None:
        """The newest close that was not undone; None where no month is closed."""
        return self._closes[-1] if self._closes else None

    def account(self, code: str) -> Account | None:
        """The account of this code; None where there is none."""
        return self._accounts.get(code)

    def accounts(self) -> Iterable[Account]:
        """All accounts, in the order of their codes."""
        return sorted(self._accounts.values(), key=lambda account: account.code)

    @property
    def cash_accounts(self) -> frozenset[str]:
        """The codes of all cash accounts."""
        if self._cash is None:
            self._cash = frozenset(CASH) | {
                code for code, account in self._accounts.items() if account.cash
            }
        return self._cash

    def item(self, code: str) -> Item | None:
        """The item of this code; None where there is none."""
        found: Item | None = self._setup.get(("item", code)) or self._known("item", code)
        return found

    def party(self, code: str) -> Party | None:
        """The party of this code; None where there is none."""
        found: Party | None = self._known("party", code)
        return found

    def recipe(self, code: str) -> Recipe | None:
        """The recipe of this code; None where there is none."""
        found: Recipe | None = self._known("recipe", code)
        return found

    def programme(self, code: str) -> Programme | None:
        """The programme of this code; None where there is none."""
        found: Programme | None = self._known("programme", code)
        return found

    def people(self) -> Iterable[PersonSetup]:
        """All people of the book, whether they may still sign in or not."""
        return self._people.values()

    def person(self, name: str) -> PersonSetup | None:
        """The person of this name; None where there is none."""
        return self._people.get(name)

    def balance(self, account: str) -> int:
        """The sum of all postings on an account; rupiah, debit positive."""
        if account not in self._balances:
            self.flush()
            row = self._one(asked.BALANCE, account)
            self._balances[account] = row[0]
        return self._balances[account]

    def balance_until(self, account: str, day: date) -> int:
        """The sum of all postings dated `day` or earlier; rupiah, debit positive.

        Whole months come from kept sums, so that only the days of one month are read.
        """
        self.flush()
        month = month_of(day)
        whole = day == last_day(month)
        before = shift(month, 1) if whole else month
        kept: int = self._one(asked.BALANCE_BEFORE, account, before)[0]
        if whole:
            return kept
        days = (first_day(month).isoformat(), day.isoformat())
        moved: int = self._one(asked.MOVED_WITHIN, account, *days)[0]
        return kept + moved

    def released(self, first: date | None, last: date) -> int:
        """What was released from funds to 3301 in these days; rupiah, credit positive."""
        self.flush()
        start = first.isoformat() if first is not None else ""
        found: int = self._one(asked.RELEASED, SURPLUS, start, last.isoformat())[0]
        return found

    def programme_left(self, code: str) -> int:
        """What is left of a programme's money on 2110; rupiah, positive."""
        self.flush()
        row = self._one(asked.PROGRAMME_LEFT, code)
        return row[0] if row is not None else 0

    def budget_lines_used(self, programme: str) -> Set[str]:
        """Lines of a programme's budget that documents name, corrected or not."""
        self.flush()
        found = self._all(asked.PAYLOADS_AT, PROGRAMME + programme)
        payloads = [orjson.loads(payload) for (payload,) in found]
        lines = [each for payload in payloads for each in (payload, *payload.get("lines", ()))]
        return {each["budget"] for each in lines if "budget" in each}

    def saved(self, account: str, party: str) -> int:
        """What a member has on a savings account; rupiah, credit positive."""
        self.flush()
        row = self._one(asked.SAVED, account, party)
        return row[0] if row is not None else 0

    def dues_paid(self, account: str, party: str, month: str) -> bool:
        """Whether a document that is not corrected paid that month."""
        self.flush()
        return self._one(asked.DUES_PAID, account, party, month) is not None

    def account_used(self, code: str) -> bool:
        """Whether a posting stands on the account, or an item or the sharing of profit names it."""
        self.flush()
        if self._one(asked.ACCOUNT_USED, code) is not None:
            return True
        items = [each for item in self._load("item") for each in (item.sells_to, item.costs_to)]
        return code in items or (self.group is not None and code in self.group.shares)

    def layers(self, item: str, place: str) -> Mapping[str, Layer]:
        """What stands of an item at a place by lot, in the order of taking."""
        key = (item, place)
        if key not in self._layers_at:
            found = self._all(asked.LAYERS, item, place)
            layers = [Layer(rows.lot(row[:5]), row[5], row[6]) for row in found]
            layers.sort(key=lambda layer: layer.lot.taking_order)
            self._layers_at[key] = {layer.lot.name: layer for layer in layers}
        return self._layers_at[key]

    def lot(self, item: str, name: str) -> Lot | None:
        """The newest lot of that name, used up or not; None where there is none."""
        pending = self._buffer.lots.get((item, name))
        if pending is not None:
            return pending
        row = self._one(asked.LOT, item, name)
        return rows.lot(row) if row is not None else None

    def is_lot_named(self, item: str, name: str) -> bool:
        """Whether people gave a lot this name, which the next entry would give by itself."""
        if self._named is None:
            return self.lot(item, name) is not None
        return (item, name) in self._named

    def lot_stands(self, item: str, name: str) -> bool:
        """Whether a document that is not corrected moved a lot of that name."""
        self.flush()
        found = self._one(asked.LOT_STANDS, item, name)
        return found is not None

    def later_moves(self, item: str, place: str, day: date) -> LaterMoves:
        """What later documents moved of each lot that stands at a place, by ISO date."""
        if not self._moved_after(item, place, day):
            return {}
        after, standing = day.isoformat(), self.layers(item, place)
        there = json.dumps([[name, layer.lot.sequence] for name, layer in standing.items()])
        found = self._all(asked.LATER_MOVES, there, item, place, after)
        later: dict[str, dict[str, int]] = {}
        waiting = self._buffer.moved.get((item, place), ())
        pending = [
            (lot, moved, quantity)
            for document, _, _, _, lot, quantity, _, moved in waiting
            if moved > after and lot in standing and document >= standing[lot].lot.sequence
        ]
        for lot, moved, quantity in (*found, *pending):
            days = later.setdefault(lot, {})
            days[moved] = days.get(moved, 0) + quantity
        return later

    def moved_later(self, item: str, place: str, day: date) -> int:
        """Thousandths that documents dated after `day` put at a place, less those taken."""
        if not self._moved_after(item, place, day):
            return 0
        after = day.isoformat()
        row = self._one(asked.MOVED_LATER, item, place, after)
        pending = self._buffer.moved.get((item, place), ())
        return (row[0] or 0) + sum([each[5] for each in pending if each[-1] > after])

    def _moved_after(self, item: str, place: str, day: date) -> bool:
        """Whether any move there is dated later: a document of today reads no more than this."""
        key = (item, place)
        if key not in self._latest:
            row = self._one(asked.LATEST_MOVE, *key)
            pending = [each[-1] for each in self._buffer.moved.get(key, ())]
            self._latest[key] = max([row[0] or "", *pending])
        return self._latest[key] > iso(day)

    def item_used(self, item: str) -> bool:
        """Whether the item ever had a lot or grew in a batch."""
        self.flush()
        lots = self._one(asked.ANY_LOT, item)
        return bool(lots or self._one(asked.ANY_GROWING, item))

    def stands_at(self, place: str) -> bool:
        """Whether any item stands at the place."""
        self.flush()
        return self._one(asked.ANY_LAYER, place) is not None

    def growing(self, place: str, at: int | None = None) -> Growing | None:
        """The batch or bed at a place; with `at`, the one that this entry moved."""
        return bearing_name(self._plants(place), at)

    def _plants(self, place: str) -> list[Growing]:
        if place not in self._growing:
            found = self._all(asked.PLANTS, place)
            self._growing[place] = [rows.growing(row) for row in found]
        return self._growing[place]

    def _known_assets(self) -> dict[str, list[Asset]]:
        if self._assets is None:
            self._assets = {}
            for row in self._all(asked.ASSETS):
                self._assets.setdefault(row[0], []).append(rows.asset(row))
        return self._assets

    def asset(self, code: str, at: int | None = None) -> Asset | None:
        """The fixed asset of this code; with `at`, the one that this entry moved."""
        return bearing_name(self._known_assets().get(code, ()), at)

    def assets(self) -> Iterable[Asset]:
        """The fixed assets not disposed of, in the order of their codes."""
        known = self._known_assets()
        return [each for code in sorted(known) for each in known[code] if each.ended is None]

    def entry(self, sequence: int) -> Entry | None:
        """The entry at this place in the chain, with postings and moves; None beyond its end."""
        self.flush()
        found = self._header(asked.HEADER_AT, sequence)
        if found is None:
            return None
        postings = self._all(asked.POSTINGS_OF, sequence)
        moves = self._all(asked.MOVES_OF, sequence)
        return replace(
            Entry(*found),
            postings=tuple(
                Posting(account, amount, party, bool(closing))
                for account, amount, party, closing in postings
            ),
            moves=tuple(Move(*row) for row in moves),
        )

    def dated(self, sequence: int) -> date:
        """The date of the document at this place in the chain; `date.max` where there is none."""
        self.flush()
        row = self._one(asked.DATED, sequence)
        return date.fromisoformat(row[0]) if row is not None else date.max

    @property
    def opening(self) -> Entry | None:
        """The newest opening balance, corrected or not; None where there is none."""
        self.flush()
        found = self._header(asked.LAST_OPENING)
        return Entry(*found) if found is not None else None

    @property
    def ever_closed(self) -> bool:
        """Whether a month was ever closed, undone or not."""
        self.flush()
        return self._one(asked.EVER_CLOSED) is not None

    def find(self, name: str) -> Entry | None:
        """The document of that id, else the one of that voucher number, without its postings."""
        self.flush()
        found = self._header(asked.HEADER_NAMED, name) or self._header(asked.HEADER_NUMBERED, name)
        return Entry(*found) if found is not None else None

    def _header(self, statement: Select[Any], *values: object) -> tuple[Any, ...] | None:
        row = self._one(statement, *values)
        if row is None:
            return None
        day = date.fromisoformat(row[3]) if row[3] else None
        return (*row[:3], day, orjson.loads(row[4]), row[5])

    def id_taken(self, name: str) -> bool:
        """Whether a document bears this id."""
        if name in self._buffer.ids:
            return True
        return self._one(asked.ID_TAKEN, name) is not None

    def users(self, place: str, opened: int) -> list[int]:
        """Places in the chain of uncorrected documents that moved the batch or bed since."""
        self.flush()
        found = self._all(asked.USERS, place, opened, opened)
        return [row[0] for row in found]

    def moved_since(self, place: str, item: str, lot: str, since: int) -> tuple[Later, ...]:
        """Documents after the entry `since` that hold what it put at a place; newest first."""
        self.flush()
        if lot:
            found = self._all(asked.TAKERS, since, item, lot, place)
        elif place.startswith(PROGRAMME):
            found = self._all(asked.SPENDERS, since, place)
        else:
            kind, _, code = place.partition(":")
            beside = DEPRECIATED + code if kind + ":" == ASSET else place
            found = self._all(asked.TOUCHERS, since, place, beside)
        return _later(found)

    def withdrawn_since(self, account: str, party: str, since: int) -> tuple[Later, ...]:
        """Documents after the entry `since` that took of a member's savings; newest first."""
        self.flush()
        return _later(self._all(asked.WITHDRAWERS, since, account, party))

    def last_voucher(self, prefix: str, month: str) -> int:
        """The last number given under a prefix in a month `YYYY-MM`; 0 where none was."""
        key = (prefix, month)
        if key not in self._vouchers:
            row = self._one(asked.LAST_VOUCHER, prefix, month)
            self._vouchers[key] = row[0] if row is not None else 0
        return self._vouchers[key]

    # -- writing --------------------------------------------------------------------------

    def append_setup(self, row: DocumentRow, command: Any, payload: str) -> None:
        """Takes a setup entry in; it holds for the next line of a stream already."""
        code = str(getattr(command, command.keyed_by, ""))
        self._setup[(command.kind, code)] = command
        if isinstance(command, AccountSetup):
            self._accounts[code] = command.account()
            self._cash = None
        elif isinstance(command, PersonSetup):
            self._people[code] = command
        self._buffer.setup[(command.kind, code)] = payload
        self._append(row)

    def append(self, row: DocumentRow, draft: Draft, prefix: str | None) -> None:
        """Takes a sealed document in, with what its draft leaves.

        `prefix`: of its voucher number; None where it has none.
        """
        day = row.date or ""
        self._buffer.add(row.sequence, day, draft)
        if prefix is not None:
            self._add_up(draft.postings)
            key = (prefix, day[:7])
            self._vouchers[key] = self.last_voucher(*key) + 1
            self._buffer.vouchers[key] = self._vouchers[key]
            self.has_documents = True
        self._take_over(draft)
        if draft.named and self._named is not None:
            self._named.update(each for each in draft.named if _OWN_NAME.match(each[1]))
        for place, item, _, _, _ in draft.moves:
            known = self._latest.get((item, place))
            if known is not None and known < day:
                self._latest[(item, place)] = day
        self._keep_closes(row)
        self._append(row)

    def attach(self, sequence: int, data: bytes) -> None:
        """Keeps an attachment's bytes beside its entry."""
        self._buffer.attachments.append((sequence, data))
        self._attached += len(data)

    def _append(self, row: DocumentRow) -> None:
        self._buffer.documents.append(row)
        if row.id is not None:
            self._buffer.ids.add(row.id)
        self.next_sequence = row.sequence + 1
        self.head = row.hash

    def _add_up(self, postings: Iterable[Posting]) -> None:
        known = self._balances
        for account, amount, _, _ in postings:
            if account in known:
                known[account] += amount

    def _take_over(self, draft: Draft) -> None:
        self._layers_at.update(draft.layers_at)
        for place, there in draft.growing.items():
            self._growing[place] = _without(self._plants(place), there.opened)
            if place in draft.ceased:
                self._buffer.growing.pop((place, there.opened), None)
                self._buffer.ceased.append((place, there.opened))
            else:
                self._growing[place].append(there)
                self._buffer.growing[(place, there.opened)] = there
        for code, asset in draft.assets.items():
            known = self._known_assets()
            known[code] = _without(known.get(code, ()), asset.opened)
            if ASSET + code in draft.ceased:
                self._buffer.assets.pop((code, asset.opened), None)
                self._buffer.dropped_assets.append((code, asset.opened))
            else:
                known[code].append(asset)
                self._buffer.assets[(code, asset.opened)] = asset

    def _keep_closes(self, row: DocumentRow) -> None:
        if row.kind == "month_close" and row.date is not None:
            self._closes.append(Close(Month.of_text(row.date), row.sequence))
        elif row.kind == "month_reopen":
            self._closes.pop()

    @property
    def full(self) -> bool:
        """Whether enough is pending for one write."""
        return len(self._buffer.documents) >= _AT_ONCE or self._attached >= _ATTACHED_AT_ONCE

    def flush(self) -> None:
        """Writes what is pending into the transaction."""
        if self._buffer.documents or self._buffer.setup:
            self._buffer.write(self.connection, self._layers_at)
            self._attached = 0
            if len(self._layers_at) + len(self._growing) > _MANY:
                self._layers_at.clear()
                self._growing.clear()
                self._latest.clear()


class Trial(BookState):
    """A state that knows what another does, to find out what will be asked.

    Nothing that is recorded in it is written.
    """

    def __init__(self, state: BookState) -> None:
        self.__dict__.update({name: _apart(value) for name, value in vars(state).items()})
        self._buffer = copy(state._buffer)
        vars(self._buffer).update(
            {name: _apart(value) for name, value in vars(state._buffer).items()}
        )
        self.use(state.connection)
        self.waits_for_write = False
        """Whether it was asked for what can be told only once all that is pending is written."""

    def flush(self) -> None:
        """Leaves what is pending where it is."""
        self.waits_for_write |= bool(self._buffer.documents or self._buffer.setup)


def _apart(learnt: Any) -> Any:
    """What was learnt, so that more that is learnt stands apart."""
    if isinstance(learnt, dict):
        apart = copy(learnt)
        apart.update({key: copy(each) for key, each in learnt.items()})
        return apart
    return copy(learnt) if isinstance(learnt, list | set) else learnt


def _later(found: Iterable[tuple[str, str, int]]) -> tuple[Later, ...]:
    return tuple([Later(number, date.fromisoformat(day)) for number, day, _ in found])


def _without(rows: Iterable[Named], opened: int) -> list[Named]:
    """Those of one name but the one that entry `opened` made."""
    return [row for row in rows if row.opened != opened]
