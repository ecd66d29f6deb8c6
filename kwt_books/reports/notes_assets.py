"""Notes 4 to 7: what the assets are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kwt_books.domain.accounts import ACCUMULATED, SHOP_RECEIVABLE
from kwt_books.reports.chart_of_statements import (
    RESTRICTED_CASH,
    Note,
    Part,
)
from kwt_books.reports.context import Context
from kwt_books.reports.model import Row
from kwt_books.reports.note_rows import (
    balances,
    by_party,
    heading,
    nothing,
    of_asset,
    total,
)
from kwt_books.reports.standing import Standing
from kwt_books.reports.statement import Pair, summed


def asset_notes(standing: Standing) -> Iterator[Row]:
    yield from _cash(standing)
    yield from _receivables(standing)
    yield from _inventories(standing)
    yield from _fixed_assets(standing)


def _table(
    context: Context,
    pairs: Mapping[str, Pair],
    code: str,
    named: Callable[[str], str] | None = None,
) -> Iterator[Row]:
    """A line an account and their sum; a sentence where there is none."""
    name = named or context.account_name
    if not pairs:
        yield nothing(context.words)
        return
    for account, pair in pairs.items():
        yield Row(name(account), balances(pair), account)
    yield total(context.words, balances(summed(pairs.values())), code)


def _cash(standing: Standing) -> Iterator[Row]:
    context, t = standing.context, standing.context.words

    def named(code: str) -> str:
        name = context.account_name(code)
        return t("{account}, restricted", account=name) if code == RESTRICTED_CASH else name

    pairs = {**standing.of(Part.CASH), **standing.of(Part.RESTRICTED_CASH)}
    yield heading(Note.CASH, t("Cash and cash equivalents"))
    yield from _table(context, dict(sorted(pairs.items())), "cash", named)


def _receivables(standing: Standing) -> Iterator[Row]:
    """By party; every account under its own heading where there are several."""
    t = standing.context.words
    pairs = {**standing.of(Part.RECEIVABLES), **standing.of(Part.OTHER_CURRENT)}
    yield heading(Note.RECEIVABLES, _receivables_title(standing))
    if not pairs:
        yield nothing(t)
        return
    for code, pair in pairs.items():
        yield from by_party(standing.context, code, pair, headed=len(pairs) > 1)
    yield total(t, balances(summed(pairs.values())), "receivables")


def _receivables_title(standing: Standing) -> str:
    t = standing.context.words
    if standing.of(Part.OTHER_CURRENT):
        return t("Receivables and advances")
    if list(standing.of(Part.RECEIVABLES)) == [SHOP_RECEIVABLE]:
        return t("Consignment receivables")
    return t("Receivables")


def _inventories(standing: Standing) -> Iterator[Row]:
    yield heading(Note.INVENTORIES, standing.context.words("Inventories"))
    yield from _table(standing.context, standing.of(Part.INVENTORIES), "inventories")


def _fixed_assets(standing: Standing) -> Iterator[Row]:
    """By account, with what its own account of depreciation holds."""
    context, t = standing.context, standing.context.words
    cost, off = standing.of(Part.FIXED_ASSETS), standing.of(Part.DEPRECIATION)
    yield heading(Note.FIXED_ASSETS, t("Fixed assets"))
    lines = dict(_assets(cost, off))
    if not lines:
        yield nothing(t)
        return
    for code, figures in lines.items():
        yield Row(context.account_name(code), of_asset(*figures), code)
    sums = (sum(column) for column in zip(*lines.values(), strict=True))
    yield total(t, of_asset(*sums), "fixed_assets_net")


def _assets(
    cost: Mapping[str, Pair], off: Mapping[str, Pair]
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Cost now, written off before, written off since."""
    owners = {accumulated: account for account, accumulated in ACCUMULATED.items()}
    for code in sorted(cost.keys() | {owners.get(each, each) for each in off}):
        written = off.get(ACCUMULATED.get(code, code), Pair())
        figures = (
            cost.get(code, Pair()).amount,
            written.previous,
            written.amount - written.previous,
        )
        if any(figures):
            yield code, figures
