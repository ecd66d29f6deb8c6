"""What a document may ask of the book before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kwt_books.domain.access import Role
from kwt_books.domain.accounts import Account
from kwt_books.domain.posting import Asset, Growing, Layer, Lot, Move, Posting
from kwt_books.domain.values import Month

LaterMoves = Mapping[str, Mapping[str, int]]
"""By lot and ISO date: thousandths put on a layer, less those taken, by that day's documents."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded entry of the chain, with what it left in the book."""

    sequence: int
    kind: str
    number: str | None
    date: date | None
    payload: Mapping[str, object]
    corrected_by: int | None = None
    postings: tuple[Posting, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """A month's close that still holds."""

    month: Month
    sequence: int


class KnownAllocation(Protocol):
    """How a group shares its profit."""

    @property
    def before_fund_spending(self) -> bool: ...

    @property
    def decision(self) -> str: ...

    @property
    def shares(self) -> Mapping[str, int]: ...

    @property
    def basis(self) -> str | None: ...


class KnownGroup(Protocol):
    """What documents ask of the group."""

    @property
    def shares(self) -> Mapping[str, int]: ...

    @property
    def allocation(self) -> KnownAllocation | None: ...


class KnownItem(Protocol):
    """What documents ask of an item. Prices and costs in rupiah a unit."""

    @property
    def sells_to(self) -> str | None: ...

    @property
    def costs_to(self) -> str | None: ...

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def item_class(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def price(self) -> int | None: ...

    @property
    def standard_cost(self) -> int | None: ...

    @property
    def shelf_life_days(self) -> int | None: ...

    @property
    def sales_account(self) -> str | None: ...

    @property
    def cost_account(self) -> str | None: ...


class KnownParty(Protocol):
    """What documents ask of a party."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> str: ...


class KnownBudgetLine(Protocol):
    """A line of a programme's budget."""

    @property
    def line(self) -> str: ...


class KnownProgramme(Protocol):
    """What documents ask of a programme."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def budget(self) -> Sequence[KnownBudgetLine]: ...


class KnownPerson(Protocol):
    """What documents ask of someone who signs in."""

    @property
    def leads(self) -> bool: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> Role: ...

    @property
    def active(self) -> bool: ...


class Facts(Protocol):
    """The book as recorded so far. Every answer is of the moment of recording."""

    @property
    def next_sequence(self) -> int:
        """The place in the chain that the next entry gets, from 1."""

    @property
    def has_documents(self) -> bool: ...

    @property
    def group(self) -> KnownGroup | None: ...

    @property
    def last_close(self) -> Close | None: ...

    def account(self, code: str) -> Account | None: ...

    def accounts(self) -> Iterable[Account]: ...

    def item(self, code: str) -> KnownItem | None: ...

    def party(self, code: str) -> KnownParty | None: ...

    def recipe(self, code: str) -> object | None: ...

    def programme(self, code: str) -> KnownProgramme | None: ...

    def people(self) -> Iterable[KnownPerson]: ...

    def balance(self, account: str) -> int:
        """All postings recorded so far, whatever their date; debit positive."""

    def balance_until(self, account: str, day: date) -> int:
        """All postings recorded so far that are dated `day` or earlier."""

    def released(self, first: date | None, last: date) -> int:
        """What payments, purchases and their corrections dated so posted to 3301 from funds.

        Credit positive; without `first` from the book's beginning on.
        """

    def programme_left(self, code: str) -> int:
        """What is left of a programme's money on 2110; positive."""

    def budget_lines_used(self, programme: str) -> Set[str]:
        """Lines of a programme's budget that documents name, corrected or not."""

    def saved(self, account: str, party: str) -> int:
        """What stands on an account of savings under a member's name; credit positive."""

    def dues_paid(self, account: str, party: str, month: Month) -> bool:
        """Whether a document that is not corrected paid that month."""

    def account_used(self, code: str) -> bool:
        """Whether any posting stands on the account."""

    def layers(self, item: str, place: str) -> Mapping[str, Layer]:
        """What stands of an item at a place by lot, in the order of taking."""

    def later_moves(self, item: str, place: str, day: date) -> LaterMoves:
        """What documents dated after `day` moved of each lot that stands at a place now.

        A lot that does not stand there holds nothing back, nor what a former lot of its name moved.
        """

    def moved_later(self, item: str, place: str, day: date) -> int:
        """Thousandths that documents dated after `day` put at a place, less those taken."""

    def lot(self, item: str, name: str) -> Lot | None:
        """The newest lot of that name, used up or not."""

    def lot_stands(self, item: str, name: str) -> bool:
        """Whether a document that is not corrected moved the lot of that name."""

    def item_used(self, item: str) -> bool:
        """Whether the item ever had a lot or grew in a batch."""

    def stands_at(self, place: str) -> bool:
        """Whether any item stands at the place."""

    def growing(self, place: str, at: int | None = None) -> Growing | None:
        """The batch or bed of that place, the living one before those that ended.

        With `at`, the one that this entry moved.
        """

    def asset(self, code: str, at: int | None = None) -> Asset | None:
        """As `growing`, for an asset."""

    def assets(self) -> Iterable[Asset]:
        """Those not disposed of, in the order of their codes."""

    def entry(self, sequence: int) -> Entry | None: ...

    def dated(self, sequence: int) -> date:
        """The date of a recorded document."""

    @property
    def opening(self) -> Entry | None:
        """The newest opening balance, corrected or not."""

    @property
    def ever_closed(self) -> bool:
        """Whether a month was ever closed, opened again or not."""

    def find(self, name: str) -> Entry | None:
        """The document of that id, else the one of that voucher number."""

    def id_taken(self, name: str) -> bool: ...

    def users(self, place: str, opened: int) -> list[int]:
        """Uncorrected documents that moved the batch or bed since entry `opened` made it."""
