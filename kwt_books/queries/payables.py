"""What was paid of purchases on credit, told apart: goods, and fixed assets."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date, timedelta

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import PAYABLE

# A document that was undone by then, and its correction, count as if neither had been.
_OWED_AND_PAID = text("""
    SELECT p.party, d.kind, p.amount
    FROM posting p JOIN document d ON d.sequence = p.document
    WHERE p.account = :account AND d.date <= :end
        AND NOT EXISTS (
            SELECT 1 FROM document c WHERE c.corrects = d.sequence AND c.date <= :end)
        AND NOT EXISTS (
            SELECT 1 FROM document o WHERE o.sequence = d.corrects)
    ORDER BY d.date, d.sequence, p.line
""")
_ON_CREDIT = text("""
    SELECT EXISTS (SELECT 1 FROM document d JOIN posting p ON p.document = d.sequence
        WHERE d.kind = 'asset_acquisition' AND p.account = :account)
""")


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
