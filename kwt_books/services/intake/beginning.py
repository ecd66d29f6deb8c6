"""Members, goods, shops, debts, balances and things of a sheet: the set-up and the opening balance.

The entries are made as those of the first start are (`services.first_start`), of what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from kwt_books.domain.accounts import SAVINGS, SURPLUS, AccountType, kept_by_detail
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.errors import Issue
from kwt_books.domain.opening_sheets import CLASS_WORDS, DEBTS, ROLE_WORDS, THING_WORDS
from kwt_books.domain.sheet_table import Holds
from kwt_books.domain.sheets import TABLES
from kwt_books.domain.values import half_up
from kwt_books.queries.intake import TAKEN, KnownToIntake, act_id
from kwt_books.services.first_start import (
    Answers,
    FirstEntries,
    Good,
    Member,
    Partner,
    Stock,
    Thing,
    UsualGoods,
)
from kwt_books.services.intake import debts
from kwt_books.services.intake.days import order_of
from kwt_books.services.intake.entry import (
    Cell,
    Entry,
    Fingerprints,
    Reader,
    Remark,
    is_numbering,
    is_total,
)
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.purposes import Purposes
from kwt_books.services.intake.sheet import Row
from kwt_books.services.intake.values import plain

_NO_CELL = Cell("", 0)
_YEARS, _YEARS_OF_A_BUILDING = 4, 10


class _Placed(NamedTuple):
    """An answer, and the cells it was read from."""

    answer: Any
    cells: Mapping[str, Cell]


@dataclass(slots=True)
class _Found:
    """What the sheets said, in the order of their rows."""

    goods: dict[str, _Placed] = field(default_factory=dict)
    partners: list[_Placed] = field(default_factory=list)
    members: list[_Placed] = field(default_factory=list)
    stock: list[_Placed] = field(default_factory=list)
    things: list[_Placed] = field(default_factory=list)
    money: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    particulars: dict[tuple[str, str], tuple[dict[str, Any], Cell]] = field(default_factory=dict)
    """By plain name and role: what is said of a party beside its name."""
    costs: dict[str, int] = field(default_factory=dict)
    """By plain name of goods: rupiah a unit."""
    start: date | None = None
    start_cell: Cell = _NO_CELL


class Beginning:
    """Gathers the rows of all tables of the opening, and makes the entries of them."""

    def __init__(self, known: KnownToIntake, act: str, remarks: list[Remark]) -> None:
        self._known, self._act, self._remarks = known, act, remarks
        self._purposes = Purposes(known.accounts)
        self._found = _Found()

    def read(self, layout: Layout, rows: Callable[[], Iterable[Row]], today: date) -> None:
        """Takes in the rows of one sheet; what can't be read becomes a remark.

        `rows` gives its rows, once more for each column of days.
        """
        reader = Reader(TABLES[layout.table], layout, self._remarks)
        for each in TABLES[layout.table].columns:
            if each.holds is Holds.DAY and each.name in layout.columns:
                cells = (reader.raw(row, each.name) for row in rows())
                reader.orders[each.name] = order_of(cells, today).order
        take = getattr(self, f"_take_{layout.table}")
        asks = layout.table == DEBTS.name and not debts.is_sure(
            layout.columns, layout.headings, layout.sheet
        )
        needed = next(each.name for each in TABLES[layout.table].columns if each.needed)
        for row in rows():
            said = reader.text(row, needed)
            if reader.is_example(row) or is_total(said or row.first_text):
                continue
            if not said or is_numbering(row):
                continue
            if asks:
                side = "owes" if "owes" in layout.columns else "owed"
                reader.asked(row, side, f"debt-{side}", name=said)
                asks = False
            take(reader, row, said)

    def meet(self, people: Iterable[tuple[str, Cell]], role: str) -> None:
        """Sets up who is not known yet: members, or residents who pay dues."""
        known = {plain(each.name) for each in self._known.parties.values() if each.role == role}
        for name, cell in people:
            if plain(name) in known:
                continue
            known.add(plain(name))
            if role == "member":
                answer: Any = Member(name, {})
                self._found.members.append(_Placed(answer, dict.fromkeys(("name",), cell)))
            else:
                answer = Partner(name, role, 0)
                self._found.partners.append(_Placed(answer, {"owed": cell}))
            self._say(name, role, {}, cell)

    def entries(self, today: date) -> Iterator[Entry]:
        """The set-up that is new, then the opening balance where there is any.

        `today` is its day where no sheet says one.
        """
        made = self._first_entries(today)
        yield from self._setup(made)
        opening = made.opening()
        if opening.balances or opening.stock:
            entry, row = self._opening(opening)
            if row not in self._known.rows:
                yield entry

    # -- one row of each table ------------------------------------------------------------------

    def _take_members(self, reader: Reader, row: Row, name: str) -> None:
        savings = {kind: reader.money(row, kind) or 0 for kind in SAVINGS}
        cells = {kind: reader.cell(row, kind) for kind in ("name", *SAVINGS)}
        self._found.members.append(_Placed(Member(name, savings), cells))
        sex = reader.text(row, "sex")[:1].upper()
        said = {
            "sex": {"L": "L", "P": "P", "W": "P"}.get(sex),
            "born": reader.day(row, "born"),
            "joined": reader.day(row, "joined"),
            "work": reader.text(row, "work"),
            "address": reader.text(row, "address"),
            "phone": _phone(reader.text(row, "phone")),
        }
        self._say(name, "member", said, reader.cell(row, "name"))

    def _say(self, name: str, role: str, said: Mapping[str, Any], cell: Cell) -> None:
        given = {key: value for key, value in said.items() if value}
        key = (plain(name), role)
        if given or key not in self._found.particulars:
            before = self._found.particulars.get(key, ({}, cell))[0]
            self._found.particulars[key] = ({**before, **given}, cell)

    def _take_goods(self, reader: Reader, row: Row, name: str) -> None:
        sort = plain(reader.text(row, "class"))
        item_class = _named(sort, CLASS_WORDS) or _named(plain(name), CLASS_WORDS)
        if item_class is None and sort:
            reader.wrong(row, "class", "sort-unknown", text=sort[:40], known=_offered(CLASS_WORDS))
        existing = self._item(name)
        good = Good(  # of one that is there already only the price is taken
            name,
            reader.text(row, "unit") or "pcs",
            item_class or "produce",
            reader.money(row, "price") or (existing.price if existing else None),
            existing.code if existing else "",
        )
        cells = {
            "name": reader.cell(row, "name"),
            "price": reader.cell(row, "price"),
            "class": reader.cell(row, "class"),
            "unit": reader.cell(row, "unit"),
        }
        if plain(name) in self._found.goods:
            reader.wrong(row, "name", "named-twice", name=name)
            return
        self._found.goods[plain(name)] = _Placed(good, cells)
        self._stock(reader, row, name, "")

    def _take_shops(self, reader: Reader, row: Row, name: str) -> None:
        said = {
            "address": reader.text(row, "address"),
            "phone": _phone(reader.text(row, "phone")),
        }
        self._say(name, "shop", said, reader.cell(row, "shop"))
        owed = reader.money(row, "owed") or 0
        place = _Placed(Partner(name, "shop", owed), {"owed": reader.cell(row, "owed")})
        self._found.partners.append(place)
        item = reader.text(row, "item")
        if item:
            self._stock(reader, row, item, name)

    def _stock(self, reader: Reader, row: Row, item: str, shop: str) -> None:
        """What stands in the store or at a shop, for what it has cost."""
        quantity, cost = reader.quantity(row, "qty") or 0, reader.money(row, "cost")
        value = reader.money(row, "value")
        if cost is not None:
            self._found.costs.setdefault(plain(item), cost)
        if quantity <= 0:
            if quantity < 0:
                reader.wrong(row, "qty", "not-positive", amount=quantity)
            return
        if value is None:
            cost = cost if cost is not None else self._found.costs.get(plain(item))
            if cost is None:
                reader.wrong(row, "cost", "cost-missing", item=item)
                return
            value = half_up(cost * quantity, 1000)
        cells = {"": reader.cell(row, "item"), "qty": reader.cell(row, "qty")}
        cells["value"] = reader.cell(row, "value" if "value" in reader.layout.columns else "cost")
        self._found.stock.append(_Placed(Stock(item, quantity, value, shop), cells))

    def _take_debts(self, reader: Reader, row: Row, name: str) -> None:
        owes, owed = reader.money(row, "owes") or 0, reader.money(row, "owed") or 0
        said = plain(reader.text(row, "role"))
        role = _named(said, ROLE_WORDS)
        if role is None:
            role = self._role_of(name) or ("customer" if owes else "supplier")
        takes = role in ("supplier", "agency")
        if (owes and takes) or (owed and not takes):
            code = "owes-nothing" if takes else "is-owed-nothing"
            reader.wrong(row, "owes" if takes else "owed", code, name=name)
            return
        column = "owed" if takes else "owes"
        cells = {"owed": reader.cell(row, column), "name": reader.cell(row, "name")}
        self._found.partners.append(_Placed(Partner(name, role, owes or owed), cells))
        self._say(name, role, {}, reader.cell(row, "name"))

    def _take_opening(self, reader: Reader, row: Row, said: str) -> None:
        day = reader.day(row, "date")
        if day is not None and self._found.start is None:
            self._found.start, self._found.start_cell = day, reader.cell(row, "date")
        amount = reader.money(row, "amount")
        if not amount:
            return
        code = self._purposes.named(said) or _plain_account(said)
        if code is None:
            reader.wrong(row, "account", "account-unknown", text=said[:60])
            return
        account = self._known.accounts[code]
        if kept_by_detail(code):
            reader.wrong(row, "account", "kept-by-detail", account=code)
        elif account.type not in (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY):
            reader.wrong(row, "account", "not-in-position", account=code)
        elif code in self._found.money:
            reader.wrong(row, "account", "named-twice", name=account.name)
        else:
            self._found.money[code] = (amount, reader.cell(row, "amount"))

    def _take_things(self, reader: Reader, row: Row, name: str) -> None:
        said = plain(reader.text(row, "sort"))
        account = _named(said, THING_WORDS) or _named(plain(name), THING_WORDS) or "1202"
        cost, acquired = reader.money(row, "cost"), reader.day(row, "acquired")
        years = reader.count(row, "years")
        if cost is None or cost <= 0:
            reader.wrong(row, "cost", "amount-missing")
            return
        if acquired is None:
            reader.wrong(row, "acquired", "day-missing")
            return
        usual = _YEARS_OF_A_BUILDING if account == "1201" else _YEARS
        thing = Thing(name, account, cost, acquired, years or usual)
        cells = {key: reader.cell(row, key) for key in ("name", "cost", "acquired")}
        self._found.things.append(
            _Placed(thing, {**cells, "life_months": reader.cell(row, "years")})
        )

    # -- what is there already ------------------------------------------------------------------

    def _item(self, name: str) -> Item | None:
        sought = plain(name)
        return next(
            (each for each in self._known.items.values() if plain(each.name) == sought), None
        )

    def _role_of(self, name: str) -> str | None:
        sought = plain(name)
        for said, role in self._found.particulars:
            if said == sought:
                return role
        found = (each.role for each in self._known.parties.values() if plain(each.name) == sought)
        return next(found, None)

    # -- the entries ------------------------------------------------------------------------------

    def _first_entries(self, today: date) -> FirstEntries:
        known, found = self._known, self._found
        goods = [each.answer for each in found.goods.values()]
        usual = UsualGoods(known.items, {}, {})
        start = found.start or today.replace(month=1, day=1)
        answers: Any = Answers(group=known.group, start=start, goods=goods)  # type: ignore[arg-type]
        codes = {
            plain(each.name): each.code
            for each in FirstEntries(
                answers, usual, known.accounts, known.items, known.parties
            ).items.values()
        }
        stock = []
        for place in list(found.stock):
            code = codes.get(plain(place.answer.item))
            if code is None:
                cell = place.cells[""]
                issue = Issue("item", "goods-unknown", {"text": place.answer.item[:60]})
                self._remarks.append(Remark(cell, issue))
                found.stock.remove(place)
            else:
                stock.append(replace(place.answer, item=code))
        answers = replace(
            answers,
            partners=[each.answer for each in found.partners],
            members=[each.answer for each in found.members],
            money={code: amount for code, (amount, _) in found.money.items()},
            stock=stock,
            things=[each.answer for each in found.things],
        )
        return FirstEntries(answers, usual, known.accounts, known.items, known.parties)

    def _setup(self, made: FirstEntries) -> Iterator[Entry]:
        known, found = self._known, self._found
        for account in made.new_accounts:
            yield Entry(account, _NO_CELL)
        for code, item in made.items.items():
            if known.items.get(code) != item:
                cells = found.goods[plain(item.name)].cells
                yield Entry(item, cells["name"]._replace(column=None), cells=cells)
        for code, party in made.parties.items():
            said, cell = found.particulars.get((plain(party.name), party.role), ({}, _NO_CELL))
            whole = replace(party, **said)
            if known.parties.get(code) != whole:
                yield Entry(whole, cell._replace(column=None), cells={"name": cell})

    def _opening(self, opening: OpeningBalance) -> tuple[Entry, str]:
        """The opening balance, and its fingerprint."""
        found = self._found
        cells: dict[str, Cell] = {"date": found.start_cell}
        for code, (_, cell) in found.money.items():
            cells[f"balances.{code}"] = cell
        for spot, place in enumerate(found.stock):
            cells |= {_path("stock", spot, key): cell for key, cell in place.cells.items()}
        for spot, place in enumerate(found.things):
            cells |= {_path("assets", spot, key): cell for key, cell in place.cells.items()}
        for spot, cell in enumerate(self._party_cells()):
            cells[f"parties.{spot}"] = cell
        first = next((cell for cell in cells.values() if cell.sheet), _NO_CELL)
        prints = Fingerprints().of("opening", opening.date, *sorted(opening.balances.items()))
        named = replace(opening, id=act_id(TAKEN, self._act, prints))
        return Entry(named, first._replace(column=None), cells=cells), prints

    def _party_cells(self) -> Iterator[Cell]:
        """In the order in which the opening names parties."""
        for place in self._found.partners:
            if place.answer.owed:
                yield place.cells["owed"]
        for place in self._found.members:
            for kind, amount in place.answer.savings.items():
                if amount:
                    yield place.cells[kind]


def _path(part: str, spot: int, key: str) -> str:
    return f"{part}.{spot}.{key}" if key else f"{part}.{spot}"


def _named(said: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """Which of the words is said: the whole, else the longest that stands within."""
    if not said:
        return None
    for name, words in known.items():
        if said in words or said == name:
            return name
    padded = f" {said} "
    found = [
        (len(word), name)
        for name, words in known.items()
        for word in words
        if f" {word} " in padded
    ]
    return max(found)[1] if found else None


def _offered(known: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(words[0] for words in known.values())


_ACCOUNT_WORDS = {
    "1101": ("kas", "kas tunai", "uang kas", "tunai", "cash"),
    "1103": ("bank", "rekening", "rekening bank", "bank bri", "tabungan bank", "simpanan bank"),
    "2201": ("pinjaman", "pinjaman upk", "pinjaman bank", "utang upk", "hutang upk", "utang bank"),
    "2105": ("arisan", "uang arisan"),
    "2104": ("kpp", "iuran kpp"),
    "2111": ("dana sosial",),
    "3104": ("modal hibah", "hibah", "modal", "donasi", "modal awal"),
    "3201": ("cadangan",),
    "3202": ("pemeliharaan",),
    SURPLUS: ("saldo laba", "shu", "laba ditahan", "laba"),
}


def _plain_account(said: str) -> str | None:
    return _named(plain(said), _ACCOUNT_WORDS)


def _phone(said: str) -> str:
    """A number of a phone from a cell that lost its nought at the beginning."""
    digits = said.replace("-", "").replace(" ", "")
    return f"0{digits}" if digits.isdigit() and digits.startswith("8") else said
