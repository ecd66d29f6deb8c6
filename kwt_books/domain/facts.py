"""What a document may ask of the book before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

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


class Later(NamedTuple):
    """A document that rests on an earlier one: its voucher number and its date."""

    number: str
    date: date


def since(later: tuple[Later, ...]) -> dict[str, object]:
    """The documents as a parameter of an issue, which says that they are to be undone first."""
    return {"since": later} if later else {}


@dataclass(frozen=True, slots=True)
class Close:
    """A month's close that still holds."""

    month: Month
    sequence: int


class KnownAllocation(Protocol):
    """How a group shares its profit."""

    @property
    def before_fund_spending(self) -> bool:
        """Whether profit is shared before what was spent from funds is taken off."""

    @property
    def decision(self) -> str:
        """The decision that says how profit is shared."""

    @property
    def shares(self) -> Mapping[str, int]:
        """Whole percents by account, adding to 100."""

    @property
    def basis(self) -> str | None:
        """`profit` or `before_fund_spending`; None where the group did not say."""


class KnownGroup(Protocol):
    """What documents ask of the group."""

    @property
    def shares(self) -> Mapping[str, int]:
        """Whole percents of profit by account; empty where nobody has decided."""

    @property
    def allocation(self) -> KnownAllocation | None:
        """How profit is shared, and by which decision; None where nobody has decided."""


class KnownItem(Protocol):
    """What documents ask of an item. Prices and costs in rupiah a unit."""

    @property
    def sells_to(self) -> str | None:
        """The account its sales go to; None where it is not for sale."""

    @property
    def costs_to(self) -> str | None:
        """The account the cost of its sales goes to; None where it is not for sale."""

    @property
    def code(self) -> str:
        """What documents call it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def item_class(self) -> str:
        """One of `CLASS_ACCOUNTS`."""

    @property
    def unit(self) -> str:
        """What it is counted in."""

    @property
    def price(self) -> int | None:
        """What a unit is sold for."""

    @property
    def standard_cost(self) -> int | None:
        """What a unit costs where nothing else says so."""

    @property
    def shelf_life_days(self) -> int | None:
        """Days from the making until it expires."""

    @property
    def sales_account(self) -> str | None:
        """The account of its own for sales."""

    @property
    def cost_account(self) -> str | None:
        """The account of its own for the cost of sales."""


class KnownParty(Protocol):
    """What documents ask of a party."""

    @property
    def code(self) -> str:
        """What documents call it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def role(self) -> str:
        """One of `PARTY_ROLES`."""


class KnownBudgetLine(Protocol):
    """A line of a programme's budget."""

    @property
    def line(self) -> str:
        """The code by which documents name it."""


class KnownProgramme(Protocol):
    """What documents ask of a programme."""

    @property
    def code(self) -> str:
        """What documents call it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def budget(self) -> Sequence[KnownBudgetLine]:
        """The lines of its budget, in their order."""


class KnownPerson(Protocol):
    """What documents ask of someone who signs in."""

    @property
    def leads(self) -> bool:
        """Whether this is a chair who may sign in."""

    @property
    def name(self) -> str:
        """The name under which the person signs in and records."""

    @property
    def role(self) -> Role:
        """What the person may do."""

    @property
    def active(self) -> bool:
        """Whether the person may sign in."""


class Facts(Protocol):
    """The book as recorded so far, at the moment a document is recorded."""

    @property
    def next_sequence(self) -> int:
        """The place in the chain that the next entry gets, from 1."""

    @property
    def has_documents(self) -> bool:
        """Whether anything with a voucher number was recorded."""

    @property
    def group(self) -> KnownGroup | None:
        """The group; None before it is set up."""

    @property
    def last_close(self) -> Close | None:
        """The newest close that was not undone; None where no month is closed."""

    def account(self, code: str) -> Account | None:
        """The account of this code; None where there is none."""

    def accounts(self) -> Iterable[Account]:
        """All accounts, in the order of their codes."""

    def item(self, code: str) -> KnownItem | None:
        """The item of this code; None where there is none."""

    def party(self, code: str) -> KnownParty | None:
        """The party of this code; None where there is none."""

    def recipe(self, code: str) -> object | None:
        """The recipe of this code; None where there is none."""

    def programme(self, code: str) -> KnownProgramme | None:
        """The programme of this code; None where there is none."""

    def people(self) -> Iterable[KnownPerson]:
        """All people of the book, whether they may still sign in or not."""

    def balance(self, account: str) -> int:
        """The sum of all postings recorded so far, whatever their date; rupiah, debit positive."""

    def balance_until(self, account: str, day: date) -> int:
        """The sum of all postings dated `day` or earlier; rupiah, debit positive."""

    def released(self, first: date | None, last: date) -> int:
        """What was released from funds to 3301 from `first` to `last`; rupiah, credit positive.

        It counts payments, purchases and their corrections with such a date; without `first`,
        from the book's beginning on.
        """

    def programme_left(self, code: str) -> int:
        """What is left of a programme's money on 2110; rupiah, positive."""

    def budget_lines_used(self, programme: str) -> Set[str]:
        """Lines of a programme's budget that documents name, corrected or not."""

    def saved(self, account: str, party: str) -> int:
        """What stands on an account of savings under a member's name; credit positive."""

    def dues_paid(self, account: str, party: str, month: Month) -> bool:
        """Whether a document that is not corrected paid that month."""

    def account_used(self, code: str) -> bool:
        """Whether a posting stands on the account, or an item or the sharing of profit names it."""

    def layers(self, item: str, place: str) -> Mapping[str, Layer]:
        """What stands of an item at a place by lot, in the order of taking."""

    def later_moves(self, item: str, place: str, day: date) -> LaterMoves:
        """What documents dated after `day` moved of each lot that stands at a place now.

        Moves of lots that stand there no longer, or of a former lot of the same name, don't count.
        """

    def moved_later(self, item: str, place: str, day: date) -> int:
        """Thousandths that documents dated after `day` put at a place, less those taken."""

    def lot(self, item: str, name: str) -> Lot | None:
        """The newest lot of that name, used up or not."""

    def is_lot_named(self, item: str, name: str) -> bool:
        """Whether people gave a lot this name, which the next entry would give by itself."""

    def lot_stands(self, item: str, name: str) -> bool:
        """Whether a document that is not corrected moved the lot of that name."""

    def item_used(self, item: str) -> bool:
        """Whether the item ever had a lot or grew in a batch."""

    def stands_at(self, place: str) -> bool:
        """Whether any item stands at the place."""

    def growing(self, place: str, at: int | None = None) -> Growing | None:
        """The batch or bed at that place, the living one before those that ended.

        With `at`, the one that this entry moved.
        """

    def asset(self, code: str, at: int | None = None) -> Asset | None:
        """The fixed asset of this code, the living one before those disposed of.

        With `at`, the one that this entry moved.
        """

    def assets(self) -> Iterable[Asset]:
        """The fixed assets not disposed of, in the order of their codes."""

    def entry(self, sequence: int) -> Entry | None:
        """The entry at this place in the chain, with postings and moves; None beyond its end."""

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

    def id_taken(self, name: str) -> bool:
        """Whether a document bears this id."""

    def users(self, place: str, opened: int) -> list[int]:
        """Places in the chain of uncorrected documents that moved the batch or bed.

        Only those count that come after the entry `opened`, which made it.
        """

    def moved_since(self, place: str, item: str, lot: str, since: int) -> tuple[Later, ...]:
        """Documents after the entry `since` that hold what it put at a place; newest first.

        Of a lot those that took of it, of a programme those that spent of it, of a batch, bed or
        asset all that touched it. Corrected documents and corrections don't count.
        """

    def withdrawn_since(self, account: str, party: str, since: int) -> tuple[Later, ...]:
        """Documents after the entry `since` that took of a member's savings; newest first.

        Corrected documents and corrections don't count.
        """
