"""What a rental says of itself, and its receipt."""

from __future__ import annotations

from kwt_books.reports.narrative import Sentences, Teller
from kwt_books.reports.papers import Receipt
from kwt_books.services.slips import Source


def told(d: Teller) -> Sentences:
    yield f"{d.p['tool']} was let for {d.rupiah(d.p['amount'])}."


def paper(source: Source) -> Receipt:
    payload = source.payload
    return Receipt(
        source.number, source.day, source.party, payload["amount"], f"{payload['tool']} let",
        "cash", source.treasurer,
    )  # fmt: skip
