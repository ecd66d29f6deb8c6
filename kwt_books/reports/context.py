"""What a report is made of: a view of the book, the language, and its parameters."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from kwt_books import __version__
from kwt_books.domain.accounts import Account
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.documents.setup import NO_NIP, Item, Party
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import Month, first_day, last_day, month_of, months_between, shift
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Identity, Imprint, Report
from kwt_books.reports.packs import Cover, Pack, Part, Section

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kwt_books.queries.reading import Describe
    from kwt_books.queries.setup import BookView, ChainHead, SetupBook
    from kwt_books.reports.kinds import Describer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parameters:
    """What may be asked of a report. None: not asked for."""

    month: Month | None = None
    start: date | None = None
    end: date | None = None
    until: date | None = None
    since: date | None = None
    """What stands is compared with what stood the day before this one."""
    account: str | None = None
    item: str | None = None
    shop: str | None = None
    lot: str | None = None
    number: str | None = None
    programme: str | None = None
    member: str | None = None
    before_closing: bool = False
    blank: bool = False
    """A form of empty lines, to be filled in by hand."""
    proofs: bool = False
    """On paper with the photos and files that are attached to its documents."""
    thresholds: Thresholds = Thresholds()
    """The thresholds of the exceptions report."""

    def given(self) -> Mapping[str, str]:
        """Those that were given, as texts by their names."""
        values = {name: getattr(self, name) for name in self.__slots__}
        texts = {name: str(value) for name, value in values.items() if value not in _NOT_GIVEN}
        return {name: text for name, text in texts.items() if text}


_NOT_GIVEN = (None, False, Thresholds())


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    start: date
    end: date

    @property
    def first(self) -> Month:
        """The month it begins in."""
        return month_of(self.start)

    @property
    def last(self) -> Month:
        """The month it ends in."""
        return month_of(self.end)

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month."""
        return self.first == self.last and self.whole_months

    @property
    def whole_months(self) -> bool:
        """Whether it begins and ends with a month."""
        return self.start == first_day(self.first) and self.end == last_day(self.last)

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        year = self.start.year
        return (self.start, self.end) == (date(year, 1, 1), date(year, 12, 31))

    def before(self) -> Period:
        """The period of the same length right before it, in whole months or else in days."""
        if self.whole_months:
            months = -months_between(self.first, self.last)
            return Period(first_day(shift(self.first, months)), last_day(shift(self.last, months)))
        day = self.start - timedelta(days=1)
        return Period(day - (self.end - self.start), day)


def short_span(period: Period, formats: Formats, words: Translator) -> str:
    """`Juni 2026`, `Tahun 2026`, `01/06/2026–15/07/2026`."""
    if period.is_month:
        return formats.month(period.last)
    if period.is_year:
        return words("Year {year}", year=period.end.year)
    return f"{formats.numeric_day(period.start)}–{formats.numeric_day(period.end)}"


@dataclass(frozen=True, eq=False)
class Context:
    """One consistent view of the book, in one language, and what is asked of a report.

    It is the `Reading` that every query takes; reports take it with its parameters.
    """

    connection: Connection
    parameters: Parameters
    words: Translator
    now: datetime
    view: BookView
    by: str = ""
    """Who reads; printed in the foot."""

    @property
    def today(self) -> date:
        """The computer's date."""
        return self.now.date()

    @property
    def setup(self) -> SetupBook:
        """The set-up as it stands."""
        return self.view.setup

    @property
    def chain(self) -> ChainHead:
        """Where the chain stands."""
        return self.view.chain

    @cached_property
    def formats(self) -> Formats:
        """How the language writes amounts and dates."""
        return Formats(self.language)

    @cached_property
    def describe(self) -> Describe:
        """Words for a document, as lists of documents have them."""
        from kwt_books.reports.kinds import Describer

        return Describer(self.setup, self.words).describe

    @property
    def describer(self) -> Describer:
        """Describes documents also once the connection is closed: it has all names."""
        from kwt_books.reports.kinds import Describer

        def make() -> Describer:
            return Describer(self.setup.names(), self.words)

        return self.kept("describer", self.language, make)

    def kept(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once as long as the chain does not grow."""
        return self.view.kept(name, key, make)

    @property
    def imprint(self) -> Imprint:
        """The foot of what is printed of this view."""
        return imprint(self.chain, self.now, self.by)

    def pack(
        self, *parts: Part, on_paper: tuple[Part, ...] = (), cover: Cover | None = None
    ) -> Pack:
        """The parts to be written out: with the group's letterhead and the foot of this view.

        What is signed at the end of a period that still runs is dated today.
        """
        if cover is not None and cover.place_date is not None:
            cover = cover._replace(place_date=min(cover.place_date, self.today))
        return Pack(
            tuple(map(self._dated, parts)),
            identity(self.setup),
            self.imprint,
            self.language,
            tuple(map(self._dated, on_paper)),
            cover,
        )

    def _dated(self, part: Part) -> Part:
        if isinstance(part, Report | Section) and part.place_date is not None:
            return replace(part, place_date=min(part.place_date, self.today))
        return part

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The view's own connection; once that is closed, another to the same book."""
        if self.connection.closed and self.view.reading is not None:
            with self.view.reading() as connection:
                yield connection
        else:
            yield self.connection

    @property
    def language(self) -> str:
        """The language of the words, `id` or `en`."""
        return self.words.language

    def asking(self, parameters: Parameters) -> Context:
        """The same view of the book, asked for something else."""
        return replace(self, parameters=parameters)

    @cached_property
    def recorded_months(self) -> tuple[Month, Month]:
        """The first and last month anything is dated in; this month in an empty book."""
        from kwt_books.queries.balances import months_with_postings

        this = month_of(self.today)
        found = self.kept("months", None, lambda: months_with_postings(self.connection))
        return found or (this, this)

    @cached_property
    def period(self) -> Period:
        """The month asked for, or the days; else the last month that anything is dated in."""
        asked = self.parameters
        if asked.month is not None:
            return Period(first_day(asked.month), last_day(asked.month))
        first, last = self.recorded_months
        if asked.start is not None or asked.end is not None or asked.until is not None:
            end = asked.end or asked.until or last_day(last)
            start = asked.start or min(first_day(first), end)
            if start > end:
                raise RuleError("period-backwards", start=start, end=end)
            return Period(start, end)
        return Period(first_day(last), last_day(last))

    @cached_property
    def begins(self) -> date:
        """The first day of the first month that anything is dated in."""
        return first_day(self.recorded_months[0])

    @property
    def span(self) -> Period:
        """The days that balances are compared over: those asked for, else the last month."""
        asked, end = self.parameters, self.period.end
        return Period(asked.since or asked.start or first_day(self.period.last), end)

    @property
    def year_so_far(self) -> Period | None:
        """From January to the end of the month; none where that says nothing more."""
        period = self.period
        start = max(date(period.start.year, 1, 1), self.begins)
        return Period(start, period.end) if period.is_month and start < period.start else None

    @property
    def provisional(self) -> bool:
        """Whether the period's last month is still open."""
        closed = self.chain.closed_through
        return closed is None or closed < self.period.last

    def account_name(self, code: str) -> str:
        """The account's name in that language; the code where it is unknown."""
        return self.setup.account_name(code, self.language)

    def member_name(self, code: str) -> str:
        """The name; of who has left by the end of the period, also when that was."""
        name, party = self.setup.party_name(code), self.setup.parties.get(code)
        if party is None or party.left is None or not party.has_left(self.period.end):
            return name
        return f"{name} ({self.words('left {day}', day=self.formats.day(party.left))})"

    @property
    def per(self) -> str:
        """Period caption of a statement at a day: `Per 30 Juni 2026`."""
        return self.words("As at {day}", day=self.formats.day(self.period.end))

    @property
    def spanning(self) -> str:
        """Period caption of a statement over time: `Untuk bulan yang berakhir 30 Juni 2026`."""
        end = self.formats.day(self.period.end)
        if self.period.is_month:
            return self.words("For the month ended {day}", day=end)
        if self.period.is_year:
            return self.words("For the year ended {day}", day=end)
        return self.words(
            "From {start} to {end}", start=self.formats.day(self.period.start), end=end
        )

    @property
    def in_month(self) -> str:
        """Period caption of a book: `Bulan Juni 2026`, `Tahun 2026`."""
        if self.period.is_month:
            return self.words("Month of {month}", month=self.formats.month(self.period.last))
        if self.period.is_year:
            return self.words("Year {year}", year=self.period.end.year)
        return self.spanning

    def column_of(self, period: Period) -> str:
        """Heading of a column of what happened over a period: `Juni 2026`."""
        return short_span(period, self.formats, self.words)

    @property
    def unit(self) -> str:
        """The sentence that says amounts are in rupiah."""
        return self.words("Expressed in Rupiah")


def imprint(chain: ChainHead, at: datetime, by: str) -> Imprint:
    """The foot of what is printed of a book at that moment."""
    return Imprint(chain.hash, chain.documents, at, by, __version__, chain.closed_through)


def identity(setup: SetupBook) -> Identity:
    """Letterhead and signatories, from the group as it is set up."""
    group = setup.group
    if group is None:
        return Identity()
    officer = group.extension_officer
    return Identity(
        name=group.name,
        village=group.village,
        village_kind=group.village_kind,
        district=group.district,
        city=group.city,
        chair=group.chair,
        treasurer=group.treasurer,
        umbrella=group.umbrella.name if group.umbrella else "",
        coordinator=group.umbrella.coordinator if group.umbrella else "",
        officer=officer.name if officer else "",
        officer_nip=officer.nip if officer and officer.nip != NO_NIP else "",
        language=group.language,
        paper=group.paper,
    )


# -- What was asked of a report, looked up in the book: unknown names are refused ----------------


def asked_account(context: Context, default: str | None = None) -> Account | None:
    """The account asked for; None where none was."""
    code = context.parameters.account or default
    if code is None:
        return None
    account = context.setup.accounts.get(code)
    if account is None:
        raise RuleError("unknown-account", account=code)
    return account


def asked_item(context: Context) -> Item | None:
    """The item asked for; None where none is. Raises `RuleError("unknown-item")`."""
    code = context.parameters.item
    if code is None:
        return None
    item = context.setup.items.get(code)
    if item is None:
        raise RuleError("unknown-item", item=code)
    return item


def asked_shop(context: Context) -> Party | None:
    """The shop asked for; None where none is.

    Raises `RuleError("unknown-party")`, or `RuleError("wrong-role")` where it is no shop.
    """
    code = context.parameters.shop
    if code is None:
        return None
    party = context.setup.parties.get(code)
    if party is None:
        raise RuleError("unknown-party", party=code)
    if party.role != "shop":
        raise RuleError("wrong-role", party=code, needed="shop")
    return party


def month_asked(context: Context) -> dict[str, str]:
    """The month a report is of, as its parameter; nothing where it is of other days."""
    return {"month": context.period.last} if context.period.is_month else {}


# -- Where a group is, each place with the word that belongs before it ---------------------------


_KINDS = {None: "Village {name}", "kelurahan": "Village {name}", "desa": "Desa {name}"}
_VILLAGES = ("kelurahan ", "desa ", "kampung ", "pekon ", "nagari ", "gampong ", "village ")
_DISTRICTS = ("kecamatan ", "distrik ", "district ")
_CITIES = ("kota ", "kabupaten ", "kab. ", "city ", "regency ")


class Located(Protocol):
    """A group, or whose paper it is."""

    @property
    def village(self) -> str:
        """The village's name."""

    @property
    def village_kind(self) -> str | None:
        """`desa` or `kelurahan`; None where nobody said."""

    @property
    def district(self) -> str:
        """The district's name."""

    @property
    def city(self) -> str:
        """The city's name."""


def address_of(group: Located, words: Translator) -> tuple[str, ...]:
    """`Kelurahan …`, `Kecamatan …`, `Kota …`; what brings its own word keeps it."""
    parts = (
        _worded(group.village, _KINDS[group.village_kind], _VILLAGES, words),
        _worded(group.district, "District {name}", _DISTRICTS, words),
        _worded(group.city, "City {name}", _CITIES, words),
    )
    return tuple(part for part in parts if part)


def bare_city(group: Located) -> str:
    """The city's own name, as it stands before a date."""
    city = group.city.strip()
    for word in _CITIES:
        if city.lower().startswith(word):
            return city[len(word) :]
    return city


def _worded(name: str, msgid: str, known: tuple[str, ...], words: Translator) -> str:
    name = name.strip()
    if not name or name.lower().startswith(known):
        return name
    return words(msgid, name=name)


# -- Places as reports name them -----------------------------------------------------------------


def place_name(context: Context, place: str) -> str:
    """`gudang`, `Warung Bu Siti`, the name of a bed or batch: within a line."""
    if place.startswith(SHOP):
        return context.setup.party_name(place.removeprefix(SHOP))
    return place.partition(":")[2] or context.words("store")


def unit_of(context: Context, item: str) -> str:
    """The unit of an item; empty where it is unknown."""
    known = context.setup.items.get(item)
    return known.unit if known is not None else ""
