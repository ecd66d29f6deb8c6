"""Rows of the notes: headings, sentences and small tables over one set of columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kwt_books.domain.accounts import (
    GRANT_INCOME,
    GRANTED_CAPITAL,
    SAVINGS,
    SHOP_RECEIVABLE,
    SHORTAGE,
    SPOILAGE,
    AccountType,
)
from kwt_books.domain.documents.buying import Grant
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.queries.balances import Channel, causes, channels, moved_by_kind, saved
from kwt_books.queries.disclosures import Source, mended, reopened, sources
from kwt_books.queries.documents import Effect, effects
from kwt_books.queries.money import standings
from kwt_books.reports.compared import Compared, summed
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import venue_name
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Ref,
    Row,
    RowKind,
    Value,
    account_ref,
    party_ref,
)
from kwt_books.reports.position import (
    RESTRICTED_CASH,
    Note,
    Part,
    Standing,
    caption_of,
    note_of_equity,
)
from kwt_books.reports.profit_loss import Earned, beside

_WIDTH = 8
_NONE: tuple[Value, ...] = (None,) * _WIDTH


def note_columns(standing: Standing) -> tuple[Column, ...]:
    """Of fixed assets from day to day, of balances at two days, and of what two periods brought."""
    context, earned = standing.context, beside(standing.context)
    t, money = context.words, ColumnType.MONEY
    day, before = standing.beside.now, standing.beside.before
    _, stands, stood, *_ = standing.beside.columns(context)
    _, brings, brought, *_ = earned.columns(context)
    return (
        Column("opening", f"{t('Balance')}\n{before}", money),
        Column("added", t("Added"), money),
        Column("disposed", t("Disposed of"), money),
        Column("closing", f"{t('Balance')}\n{day}", money),
        Column("amount", stands.label, money),
        Column("previous", stood.label, money),
        Column("period", brings.label, money),
        Column("period_before", brought.label, money),
    )


def heading(note: Note, title: str) -> Row:
    """The row that begins a note."""
    return Row(title, _NONE, str(int(note)), 0, RowKind.SECTION)


def sentence(text: str, code: str | None = None) -> Row:
    """A paragraph; one with a code (`a.`) is an item of a list."""
    return Row(text, _NONE, code, 1 if code is not None else 0, RowKind.NOTE)


def balances(standing: Standing, found: Compared) -> tuple[Value, ...]:
    """Cells of what stood at the two days."""
    before = found.previous if standing.beside.available else None
    return (*(None,) * 4, found.amount, before, None, None)


def movements(earned: Earned, found: Compared) -> tuple[Value, ...]:
    """Cells of what the two periods brought."""
    before = found.previous if earned.beside.available else None
    return (*(None,) * 6, found.amount, before)


def rolled(opening: int, added: int, disposed: int, closing: int) -> tuple[Value, ...]:
    """Cells of fixed assets from the day before to the last; what was written off is negative."""
    return (opening, added, disposed, closing, *(None,) * 4)


def total(words: Translator, cells: tuple[Value, ...], code: str) -> Row:
    """The total under a note's table."""
    return Row(words("Total"), cells, code, 0, RowKind.TOTAL)


def nothing(words: Translator) -> Row:
    """The sentence of a note that has nothing to show."""
    return sentence(words("There is none."))


def listed(words: Translator, parts: Sequence[str]) -> str:
    """`satu`, `satu dan dua`, `satu, dua, dan tiga`."""
    if len(parts) < 3:
        return words("{one} and {other}", one=parts[0], other=parts[1]) if parts[1:] else parts[0]
    return words("{several}, and {last}", several=", ".join(parts[:-1]), last=parts[-1])


def month_label(context: Context) -> str:
    """The days that balances are compared over, as a heading says them."""
    return context.column_of(context.span)


def by_party(
    standing: Standing, account: str, found: Compared, *, headed: bool, sign: int = 1
) -> Iterator[Row]:
    """What each owes or is owed (`sign` -1), what names nobody last; one line without names."""
    context = standing.context
    start, end = context.span.start, context.period.end
    owed = {
        each.party: Compared(each.owed, each.opening)
        for each in standings(context.connection, account, start, end, sign=sign)
        if each.party is not None and any((each.owed, each.opening))
    }
    name, level = caption_of(context, account), int(headed)
    if not owed:
        yield Row(name, balances(standing, found), account_ref(account))
        return
    if headed:
        yield Row(name, _NONE, account_ref(account), 1, RowKind.SECTION)
    for party, amounts in owed.items():
        yield Row(
            context.setup.party_name(party), balances(standing, amounts), party_ref(party), level
        )
    rest = Compared(found.amount, found.previous).minus(summed(owed.values()))
    if any(rest):
        yield Row(
            context.words("Without a name"), balances(standing, rest), account_ref(account), level
        )


# -- Notes 4 to 7: what the assets are made of ---------------------------------------------------


def asset_notes(standing: Standing) -> Iterator[Row]:
    """Notes 4 to 7 as rows."""
    yield from _cash(standing)
    yield from _receivables(standing)
    yield from _inventories(standing)
    yield from _fixed_assets(standing)


def _asset_table(
    standing: Standing,
    pairs: Mapping[str, Compared],
    code: str,
    named: Callable[[str], str] | None = None,
) -> Iterator[Row]:
    """A line an account and their sum; a sentence where there is none."""
    context = standing.context
    name = named or context.account_name
    if not pairs:
        yield nothing(context.words)
        return
    for account, pair in pairs.items():
        yield Row(name(account), balances(standing, pair), account_ref(account))
    yield total(context.words, balances(standing, summed(pairs.values())), code)


def _cash(standing: Standing) -> Iterator[Row]:
    context, t = standing.context, standing.context.words

    def named(code: str) -> str:
        name = context.account_name(code)
        return t("{account}, restricted", account=name) if code == RESTRICTED_CASH else name

    pairs = {**standing.of(Part.CASH), **standing.of(Part.RESTRICTED_CASH)}
    yield heading(Note.CASH, t("Cash and cash equivalents"))
    yield from _asset_table(standing, dict(sorted(pairs.items())), "cash", named)


def _receivables(standing: Standing) -> Iterator[Row]:
    """By party; every account under its own heading where there are several."""
    t = standing.context.words
    pairs = {**standing.of(Part.RECEIVABLES), **standing.of(Part.OTHER_CURRENT)}
    yield heading(Note.RECEIVABLES, _receivables_title(standing))
    if not pairs:
        yield nothing(t)
        return
    for code, pair in pairs.items():
        yield from by_party(standing, code, pair, headed=len(pairs) > 1)
    yield total(t, balances(standing, summed(pairs.values())), "receivables")


def _receivables_title(standing: Standing) -> str:
    t = standing.context.words
    if standing.of(Part.OTHER_CURRENT):
        return t("Receivables and advances")
    if list(standing.of(Part.RECEIVABLES)) == [SHOP_RECEIVABLE]:
        return t("Consignment receivables")
    return t("Receivables")


def _inventories(standing: Standing) -> Iterator[Row]:
    yield heading(Note.INVENTORIES, standing.context.words("Inventories"))
    yield from _asset_table(standing, standing.of(Part.INVENTORIES), "inventories")


def _fixed_assets(standing: Standing) -> Iterator[Row]:
    """Cost and what was written off, account by account, from the day before to the last."""
    context, t = standing.context, standing.context.words
    yield heading(Note.FIXED_ASSETS, t("Fixed assets"))
    cost, off = standing.of(Part.FIXED_ASSETS), standing.of(Part.DEPRECIATION)
    if not cost and not off:
        yield nothing(t)
        return
    gone = _disposed(context, {*cost, *off})
    sums = []
    for part, code, title in (
        (cost, "cost", t("Acquisition cost")),
        (off, "accumulated", t("Accumulated depreciation")),
    ):
        lines = {each: _rolled(found, gone.get(each, 0)) for each, found in part.items()}
        sums.append(tuple(map(sum, zip((0,) * 4, *lines.values(), strict=True))))
        if lines:
            yield Row(title, _NONE, code, 1, RowKind.SECTION)
            for account, figures in lines.items():
                yield Row(context.account_name(account), rolled(*figures), account_ref(account), 1)
            label = t("Total {account}", account=title.lower())
            yield Row(label, rolled(*sums[-1]), f"{code}_total", 1, RowKind.SUBTOTAL)
    net = tuple(map(sum, zip(*sums, strict=True)))
    yield Row(t("Carrying amount"), rolled(*net), "fixed_assets_net", 0, RowKind.TOTAL)


def _rolled(found: Compared, gone: int) -> tuple[int, int, int, int]:
    """What stood, what came, what went, what stands."""
    return found.previous, found.amount - found.previous - gone, gone, found.amount


def _disposed(context: Context, accounts: Iterable[str]) -> dict[str, int]:
    """What disposals took from the accounts of cost and of depreciation, debit positive."""
    found = moved_by_kind(context.connection, accounts, context.span.start, context.period.end)
    return {each.account: each.amount for each in found if each.kind == "asset_disposal"}


# -- Notes 8 to 10: what the group owes, and what of it is members', donors' and set aside -------


_TOLD = {
    "2104": noop(
        "{account} of {amount} are residents' dues that the Group keeps for KPP, not its own."
    ),
    "2105": noop("{account} of {amount} is the arisan members' money that the Group keeps."),
    "2106": noop("{account} of {amount} can be withdrawn by members at any time."),
    "2110": noop("{account} of {amount} stays a liability until the grant's conditions are met."),
}
"""Liabilities that a sentence explains; the others stand in a table, by whom they are owed to."""


def claim_notes(standing: Standing) -> Iterator[Row]:
    """Notes 8 to 10 as rows."""
    yield from _liabilities(standing)
    yield from _capital(standing)
    yield from _funds(standing.context)


def _liabilities(standing: Standing) -> Iterator[Row]:
    context, t = standing.context, standing.context.words
    owed = standing.of(Part.LIABILITIES)
    yield heading(Note.LIABILITIES, t("Liabilities"))
    if not owed:
        yield nothing(t)
    told = " ".join(_told(context, code, pair) for code, pair in owed.items() if code in _TOLD)
    if told:
        yield sentence(told)
    others = {code: pair for code, pair in owed.items() if code not in _TOLD}
    for code, pair in others.items():
        yield from by_party(standing, code, pair, headed=True, sign=-1)
    if others:
        yield total(t, balances(standing, summed(others.values())), "other_liabilities")


def _told(context: Context, code: str, pair: Compared) -> str:
    """What the liability is, and how it changed in the month."""
    t, rupiah = context.words, context.formats.rupiah
    name, change = context.account_name(code), pair.amount - pair.previous
    text = t(_TOLD[code], account=name, amount=rupiah(pair.amount))
    values = {"month": month_label(context), "amount": rupiah(abs(change))}
    if change > 0:
        text += " " + t("In {month} it rose by {amount}.", **values)
    elif change < 0:
        text += " " + t("In {month} it fell by {amount}.", **values)
    return text


def _capital(standing: Standing) -> Iterator[Row]:
    """What stands, where donated capital came from, and what came in these days."""
    context, t = standing.context, standing.context.words
    yield heading(Note.CAPITAL, t("Savings and donated capital"))
    stands = {
        code: found
        for code, found in standing.of(Part.EQUITY).items()
        if note_of_equity(code, standing.funds) is Note.CAPITAL
    }
    if stands:
        yield from _asset_table(standing, stands, "capital")
    if GRANTED_CAPITAL in stands:
        yield from _sources(standing)
    start, end = context.span.start, context.period.end
    told = [
        t.ngettext(
            "{account} grew by {amount} in {month}, from {n} member.",
            "{account} grew by {amount} in {month}, from {n} members.",
            members,
            account=context.account_name(account),
            amount=context.formats.rupiah(amount),
            month=month_label(context),
        )
        for account, amount, members in saved(context.connection, start, end)
        if amount > 0 and account != SAVINGS["voluntary"]
    ]
    told += [
        _grant(context, grant)
        for grant in _uncorrected(effects(context.connection, ("grant",), start, end))
    ]
    if told:
        yield sentence(" ".join(told))
    else:
        month = month_label(context)
        yield sentence(
            t(
                "No principal or mandatory savings and no grants were received in {month}.",
                month=month,
            )
        )


def _sources(standing: Standing) -> Iterator[Row]:
    """Donated capital by who gave it: givers, programmes, and what the book began with."""
    context, t = standing.context, standing.context.words
    found = sources(context.connection, GRANTED_CAPITAL, context.span.start, context.period.end)
    sums: defaultdict[str, Compared] = defaultdict(Compared)
    labels: dict[str, str] = {}
    for each in found:
        code, label = _origin(context, each)
        labels[code] = label
        sums[code] = sums[code].plus(Compared(each.amount, each.previous))
    name = context.account_name(GRANTED_CAPITAL)
    yield Row(t("{account} by origin", account=name), _NONE, "sources", 1, RowKind.SECTION)
    for origin, amounts in sums.items():
        if any(amounts):
            code = origin if isinstance(origin, Ref) else origin.partition(":")[0]
            yield Row(labels[origin], balances(standing, amounts), code, 1)


def _origin(context: Context, each: Source) -> tuple[str, str]:
    """The code and the label of where capital came from."""
    t, setup = context.words, context.setup
    if each.programme is not None:
        name = setup.programme_name(each.programme)
        return f"programme:{each.programme}", t("Programme {name}", name=name)
    if each.kind == "opening_balance":
        return "opening", t("When the book began")
    if each.party is not None and each.kind == "grant":
        return party_ref(each.party), setup.party_name(each.party)
    return "others", t("Other givers")


def _uncorrected(found: list[Effect]) -> Iterable[Effect]:
    undone = {each.source for each in found if each.sign < 0}
    return (each for each in found if each.sign > 0 and each.sequence not in undone)


def _grant(context: Context, grant: Effect) -> str:
    """One grant of the month: when, from whom, worth what."""
    t = context.words
    command: Grant = grant.command
    donor = context.setup.party_name(command.party) if command.party else t("a donor")
    values = {
        "day": context.formats.day(grant.date),
        "number": grant.number,
        "giver": donor,
        "what": command.memo or t("grant"),
    }
    value = command.worth
    if not value:
        return t(
            "On {day} a grant was received from {giver} ({what}; {number}), recorded at nil value.",
            **values,
        )
    return t(
        "On {day} a grant of {amount} was received from {giver} ({what}; {number}).",
        amount=context.formats.rupiah(value),
        **values,
    )


def _funds(context: Context) -> Iterator[Row]:
    t = context.words
    yield heading(Note.FUNDS, t("Funds and unallocated profit"))
    yield sentence(
        t(
            "Balance, allocation and releases of every fund are set out in {report}.",
            report=t("Profit Allocation and Funds"),
        )
    )


# -- Notes 11 to 14: what the lines of the profit and loss are made of ---------------------------


_FEW = 3
"""How many vouchers a line names before it only counts them."""

_CHANNELS: Mapping[str, tuple[str, str]] = {
    "sale": ("direct", noop("Direct sales")),
    "consignment_settlement": ("consignment", noop("Consignment at the shops")),
    "sale_return": ("returns", noop("Goods that came back")),
}
_OTHER = ("other", noop("Other"))

_SPOILED: Mapping[str, str] = {
    "harvest": noop("Spoiled at harvest"),
    "market_day": noop("Spoiled on market days"),
    "consignment_settlement": noop("Spoiled at shops"),
    "stock_count": noop("Missing when stock was counted"),
    "seedlings_ready": noop("Seedlings that died"),
}
_SHORT: Mapping[str, str] = {
    "market_day": noop("Cash short on market days"),
    "cash_count": noop("Cash short when counted"),
    "asset_disposal": noop("Loss on disposal of assets"),
    "purchase_return": noop("Loss on goods sent back"),
    "payment": noop("Other expenses paid"),
}


def result_notes(context: Context) -> Iterator[Row]:
    """Notes 11 to 14 as rows."""
    t, earned = context.words, Earned(context)
    yield heading(Note.REVENUE, t("Revenue by channel"))
    yield from _result_table(earned, _by_channel(earned), "revenue")
    yield heading(Note.SPOILAGE, t("Spoilage, mortality and expiry"))
    yield from _result_table(earned, _by_cause(context, SPOILAGE, _SPOILED), "spoilage")
    yield heading(Note.SHORTAGES, t("Other expense and shortages"))
    yield from _result_table(earned, _by_cause(context, SHORTAGE, _SHORT), "shortages")
    yield heading(Note.TAX, t("Income tax"))
    taxes = earned.of(AccountType.TAX)
    if taxes:
        named: _Lines = {
            account_ref(code): (context.account_name(code), pair) for code, pair in taxes.items()
        }
        yield from _result_table(earned, named, "tax")
    else:
        yield sentence(t("No income tax expense is recognised in this period."))
    yield heading(Note.MENDED, t("Corrections of closed months"))
    yield sentence(" ".join(_mended(context)) or t("No closed month was corrected."))


def _mended(context: Context) -> Iterator[str]:
    """What was undone of months that had been closed, and which were opened again."""
    t, formats, span = context.words, context.formats, context.span
    for each in mended(context.connection, span.start, span.end):
        yield t(
            "{number} of {day} undoes {of} of {of_day}, {amount}: {reason}.",
            number=each.number,
            day=formats.day(each.day),
            of=each.of,
            of_day=formats.day(each.of_day),
            amount=formats.rupiah(each.amount),
            reason=each.reason.rstrip("."),
        )
    for number, month, reason in reopened(context.connection, span.start, span.end):
        yield t(
            "{month} was closed and opened again ({number}): {reason}.",
            month=formats.month(month),
            number=number,
            reason=reason.rstrip("."),
        )


_Lines = Mapping[str, tuple[str, Compared]]
"""By code: label and amounts."""


def _result_table(earned: Earned, lines: _Lines, code: str) -> Iterator[Row]:
    words = earned.context.words
    if not lines:
        yield nothing(words)
        return
    for key, (label, found) in lines.items():
        yield Row(label, movements(earned, found), key)
    yield total(words, movements(earned, summed(each for _, each in lines.values())), code)


def _by_channel(earned: Earned) -> _Lines:
    """The largest of this period first; they add up to the revenue of the profit and loss."""
    context, t = earned.context, earned.context.words
    accounts = [
        code
        for code, account in context.setup.accounts.items()
        if account.type is AccountType.INCOME and code != GRANT_INCOME
    ]
    labels: dict[str, str] = {}
    sums: list[defaultdict[str, int]] = []
    for period in (context.period, context.period.before()):
        found: defaultdict[str, int] = defaultdict(int)
        for each in channels(context.connection, accounts, period.start, period.end):
            code, label = _channel(each)
            labels[code] = label if each.venue is not None else t(label)
            found[code] += each.amount
        sums.append(found)
    pairs = {code: Compared(sums[0][code], sums[1][code]) for code in labels}
    labels["grant"], pairs["grant"] = (
        t("Grants"),
        earned.of(AccountType.INCOME).get(GRANT_INCOME, Compared()),
    )
    ordered = sorted(pairs, key=lambda code: (-pairs[code].amount, code))
    return {code: (labels[code], pairs[code]) for code in ordered if any(pairs[code])}


def _channel(each: Channel) -> tuple[str, str]:
    if each.venue is not None:
        return each.venue, venue_name(each.venue)
    return _CHANNELS.get(each.kind, _OTHER)


def _by_cause(context: Context, account: str, known: Mapping[str, str]) -> _Lines:
    """By kind of document, with the vouchers of this period where they are few."""
    t = context.words
    sums: list[defaultdict[str, int]] = []
    vouchers: defaultdict[str, list[str]] = defaultdict(list)
    for period in (context.period, context.period.before()):
        found: defaultdict[str, int] = defaultdict(int)
        for kind, number, amount in causes(context.connection, account, period.start, period.end):
            code = kind if kind in known else _OTHER[0]
            found[code] += amount
            if not sums:
                vouchers[code].append(number)
        sums.append(found)
    lines = {}
    for code in (*known, _OTHER[0]):
        pair = Compared(sums[0][code], sums[1][code])
        if any(pair):
            label = t(known.get(code, _OTHER[1]))
            lines[code] = (_with_vouchers(context, label, vouchers[code]), pair)
    return lines


def _with_vouchers(context: Context, label: str, numbers: list[str]) -> str:
    if not numbers:
        return label
    if len(numbers) <= _FEW:
        return f"{label} ({', '.join(numbers)})"
    return context.words("{label} ({count} vouchers)", label=label, count=len(numbers))
