"""What was paid of purchases on credit, told apart: goods, and fixed assets."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.accounts import PAYABLE
from kwt_books.store.expressions import ONE, entry, in_force_then, oldest_first
from kwt_books.store.tables import posting

_OWED_AND_PAID = oldest_first(
    select(posting.c.party, entry.c.kind, posting.c.amount)
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"), entry.c.date <= bindparam("end"))
    .where(entry.c.corrects.is_(None), in_force_then())
).order_by(posting.c.line)
_ON_CREDIT = (
    select(ONE)
    .select_from(entry.join(posting, posting.c.document == entry.c.sequence))
    .where(entry.c.kind == "asset_acquisition", posting.c.account == bindparam("account"))
    .limit(1)
)


def paid_for_assets(connection: Connection, start: date, end: date) -> int:
    """What payments of these days settled of fixed assets bought on credit.

    What a party was owed first is paid first. Less than nothing where a payment was undone.
    """
    if not connection.execute(_ON_CREDIT, {"account": PAYABLE}).scalar():
        return 0
    before = _settled(connection, start - timedelta(days=1)) if start > date.min else 0
    return _settled(connection, end) - before


def _settled(connection: Connection, end: date) -> int:
    """Of all payments by then."""
    owed: defaultdict[str | None, deque[tuple[bool, int]]] = defaultdict(deque)
    values = {"account": PAYABLE, "end": end.isoformat()}
    settled = 0
    for party, kind, amount in connection.execute(_OWED_AND_PAID, values):
        if amount < 0:
            owed[party].append((kind == "asset_acquisition", -amount))
            continue
        while amount and owed[party]:
            asset, due = owed[party].popleft()
            paid = min(amount, due)
            amount -= paid
            if due > paid:
                owed[party].appendleft((asset, due - paid))
            if asset and kind == "payment":
                settled += paid
    return settled
