"""Daftar aset tetap: cost, accumulated depreciation and book value of each fixed asset."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.queries.assets import AssetStanding, asset_standings
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    account_ref,
    with_figures,
)


def assets(context: Context) -> Report:
    """A section an account. Those disposed of stand apart, at nil cost.

    The lines add up to the accounts of cost and of accumulated depreciation, and their
    depreciation to what the period's documents charged.
    """
    t = context.words
    money = ColumnType.MONEY
    return with_figures(
        Report(
            name="assets",
            title=t("Fixed Asset Register"),
            period=context.in_month,
            unit=context.unit,
            label=t("Asset"),
            columns=(
                Column("account", t("Account code"), ColumnType.CODE),
                Column("acquired", t("Acquired"), ColumnType.DATE),
                Column("life_months", t("Life (months)"), ColumnType.COUNT),
                Column("cost", t("Acquisition cost"), money),
                Column("accumulated", t("Accumulated depreciation"), money),
                Column("book_value", t("Book value"), money),
                Column("depreciation", t("Depreciation this period"), money),
                Column("disposed", t("Disposed of"), ColumnType.DATE),
            ),
            rows=tuple(_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _rows(context: Context) -> Iterator[Row]:
    t, period = context.words, context.period
    found = asset_standings(context.connection, period.start, period.end)
    standing = [each for each in found if each.disposed is None]
    for account in map(account_ref, sorted({each.asset.account for each in standing})):
        name = context.account_name(account)
        held = [each for each in standing if each.asset.account == account]
        yield Row(name, (account, *(None,) * 7), code=account, kind=RowKind.SECTION)
        for each in held:
            yield _line(each, each.asset.name)
        label = t("Total {account}", account=name)
        yield _sum(label, account, held)
    gone = [each for each in found if each.disposed is not None]
    if gone:
        yield Row(t("Disposed of"), (None,) * 8, code="disposed", kind=RowKind.SECTION)
        for each in gone:
            yield _line(each, _farewell(context, each))
    yield _sum(t("TOTAL"), None, found)


def _line(each: AssetStanding, label: str) -> Row:
    asset = each.asset
    cells = (
        account_ref(asset.account),
        asset.acquired,
        asset.life_months,
        *_figures(each),
        each.disposed,
    )
    return Row(label, cells, code=asset.code, level=1)


def _farewell(context: Context, each: AssetStanding) -> str:
    """What the asset had cost and stood at when it went."""
    money, asset = context.formats.rupiah, each.asset
    return context.words(
        "{name} (cost {cost}, book value {book_value})",
        name=asset.name,
        cost=money(asset.cost),
        book_value=money(asset.cost - asset.accumulated),
    )


def _figures(each: AssetStanding) -> tuple[int, ...]:
    return (each.cost, each.accumulated, each.cost - each.accumulated, each.depreciation)


def _sum(label: str, account: str | None, found: list[AssetStanding]) -> Row:
    """Of an account or, without one, of all."""
    sums = [sum(column) for column in zip((0,) * 4, *map(_figures, found), strict=True)]
    cells = (account, None, None, *sums, None)
    if account is None:
        return Row(label, cells, code="total", kind=RowKind.TOTAL)
    return Row(label, cells, code=account, kind=RowKind.SUBTOTAL)
