"""Notes 1 to 3: who the group is, by what standard it reports, by what policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kwt_books.domain.accounts import ACCUMULATED, CASH_BOX, STOCK_ACCOUNTS
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import first_day, last_day
from kwt_books.queries.balances import Lives, asset_lives, turnovers
from kwt_books.queries.disclosures import work_done
from kwt_books.reports.context import Context, address_of
from kwt_books.reports.model import Row
from kwt_books.reports.notes_tables import heading, listed, sentence
from kwt_books.reports.position import Note
from kwt_books.reports.profit_loss import beside


def opening_notes(context: Context) -> Iterator[Row]:
    """Notes 1 to 3 as rows."""
    t = context.words
    yield heading(Note.GENERAL, t("General"))
    yield sentence(_general(context))
    yield heading(Note.COMPLIANCE, t("Statement of compliance"))
    yield sentence(_compliance(context))
    yield heading(Note.POLICIES, t("Summary of accounting policies"))
    for letter, policy in zip("abcdefghijk", _policies(context), strict=True):
        yield sentence(policy, f"{letter}.")


def _whose(context: Context, group: Group) -> str:
    t, address = context.words, ", ".join(address_of(group, context.words))
    if group.umbrella is None:
        return t(
            "{name} (the “Group”) is a women farmers' group in {address}.",
            name=group.name,
            address=address,
        )
    return t(
        "{name} (the “Group”) is a women farmers' group in {address}, and a community group "
        "under the guidance of {umbrella}.",
        name=group.name,
        address=address,
        umbrella=group.umbrella.name,
    )


def _general(context: Context) -> str:
    t, group = context.words, context.setup.group
    if group is None:
        return t("The group's name, place and officers are not set up yet.")
    end = context.period.end
    members = sum(
        party.role == "member" and party.belongs(end) for party in context.setup.parties.values()
    )
    sentences = [
        _whose(context, group),
        t("Its activities are {activities}.", activities=listed(t, _activities(context))),
        _officers(context, group, members),
    ]
    return " ".join(sentences)


def _activities(context: Context) -> list[str]:
    """The policies that apply: by classes of items and shops that are set up."""
    t, setup = context.words, context.setup
    classes = {item.item_class for item in setup.items.values()}
    shops = any(party.role == "shop" for party in setup.parties.values())
    known = (
        ("seedling" in classes, t("raising seedlings")),
        ("produce" in classes, t("growing vegetables")),
        ("finished" in classes, t("processing the harvest")),
        (True, t("selling its products")),
        (shops, t("consignment at shops")),
    )
    return [text for present, text in known if present]


def _officers(context: Context, group: Group, members: int) -> str:
    t = context.words
    values = {"chair": group.chair, "treasurer": group.treasurer}
    if not members:
        return t("Officers: {chair} (chair) and {treasurer} (treasurer).", **values)
    return t(
        "Officers: {chair} (chair) and {treasurer} (treasurer); members: {members}.",
        members=members,
        **values,
    )


def _compliance(context: Context) -> str:
    """The statement of compliance; where the set is not complete, what it lacks."""
    t = context.words
    missing = list(what_compliance_lacks(context))
    if not missing:
        return t(
            "The financial statements are prepared in accordance with the Indonesian financial "
            "accounting standard for micro, small and medium entities (SAK EMKM)."
        )
    return t(
        "These financial statements make no statement of compliance with SAK EMKM yet, because "
        "{reasons}.",
        reasons=listed(t, missing),
    )


def what_compliance_lacks(context: Context) -> Iterator[str]:
    """Why SAK EMKM can't be claimed yet; nothing where the set is complete."""
    t, period = context.words, context.period
    if context.setup.group is None:
        yield t("the group's identity is not set up")
    if period.end != last_day(period.last):
        yield t("the period does not end with a month")
    if context.provisional:
        yield t("the month of {month} is not closed yet", month=context.formats.month(period.last))
    yield from _work_missing(context)
    if not beside(context).available:
        before = context.column_of(period.before())
        yield t("figures of {period} to compare with are not available", period=before)


def _work_missing(context: Context) -> Iterator[str]:
    """Depreciation and counts of the period's last month, where there is anything to count."""
    t, end = context.words, context.period.end
    start, month = first_day(context.period.last), context.formats.month(context.period.last)
    done = work_done(context.connection, start, end)
    stands = {
        code: each.closing for code, each in turnovers(context.connection, start, end).items()
    }
    worn = sum(stands.get(code, 0) for pair in ACCUMULATED.items() for code in pair)
    if worn > 0 and "depreciation" not in done:
        yield t("depreciation of {month} is not recorded", month=month)
    if stands.get(CASH_BOX) and "cash_count" not in done:
        yield t("cash was not counted in {month}", month=month)
    if any(stands.get(code) for code in STOCK_ACCOUNTS) and "stock_count" not in done:
        yield t("stock was not counted in {month}", month=month)


def _policies(context: Context) -> Iterable[str]:
    t = context.words
    return (
        t(
            "Basis of preparation. Measurement is at historical cost, on the accrual basis and "
            "as a going concern. The presentation currency is the whole Rupiah."
        ),
        t(
            "Cash and cash equivalents. Cash and bank accounts at their face amount. Dues held "
            "for KPP and arisan are kept apart, shown as restricted cash and as liabilities, and "
            "are never income."
        ),
        t("Receivables. At the amount due, without an allowance for impairment."),
        t(
            "Inventories. Every lot keeps its own cost (specific identification); what expires "
            "first goes out first. Goods on consignment remain the Group's until they are sold."
        ),
        t(
            "Growing plants and harvests. Costs of sowing, inputs and care are gathered until "
            "seedlings are ready or a harvest is taken. Seedlings lost as usual burden those that "
            "live; unusual losses are expenses. A harvest is valued at standard cost, at most at "
            "what its bed still holds: once that is used up, further harvests stand at nil."
        ),
        _depreciation(context),
        t(
            "Grants. A grant without conditions is donated capital, because it is given to "
            "strengthen the Group, not to pay its costs. Money of a programme is a liability until "
            "it is used: what was spent on costs is then grant income, what goods and assets were "
            "bought for is donated capital. Donated seedlings are recorded by their number, at nil "
            "value."
        ),
        t(
            "Revenue. Recognised when goods are handed to the buyer; of goods on consignment "
            "when the shop reports them sold."
        ),
        t(
            "Produce shared with members. At cost, as an expense: it lowers profit, although those "
            "who receive it own the Group."
        ),
        _allocation(context),
        t("Income tax. None is computed; tax is an expense when the Group owes it."),
    )


def _depreciation(context: Context) -> str:
    t = context.words
    lives = [_life(context, each) for each in asset_lives(context.connection)]
    if not lives:
        return t(
            "Fixed assets. At cost, depreciated by the straight-line method without residual "
            "value from the month of acquisition."
        )
    return t(
        "Fixed assets. At cost, depreciated by the straight-line method without residual value "
        "from the month of acquisition: {lives}.",
        lives=", ".join(lives),
    )


def _life(context: Context, lives: Lives) -> str:
    t, account = context.words, context.account_name(lives.account)
    if lives.shortest == lives.longest:
        return t("{account} {months} months", account=account, months=lives.shortest)
    months = f"{lives.shortest}–{lives.longest}"
    return t("{account} {months} months", account=account, months=months)


def _allocation(context: Context) -> str:
    t, group = context.words, context.setup.group
    if group is None or group.allocation is None:
        return t(
            "Funds and allocation of profit. Monthly profit is allocated to funds by decision of "
            "the members' meeting; funds that are spent are released to unallocated profit."
        )
    return t(
        "Funds and allocation of profit. Monthly profit is allocated to funds by decision "
        "{decision} of the members' meeting; funds that are spent are released to unallocated "
        "profit.",
        decision=group.allocation.decision,
    )
