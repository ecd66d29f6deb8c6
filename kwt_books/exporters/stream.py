"""A book as a stream (STREAM.md): importing it gives the same book to the last hash."""

from __future__ import annotations

from base64 import b64encode
from typing import BinaryIO

from sqlalchemy import Connection, select

from kwt_books.domain.chain import canonical
from kwt_books.exporters.whole import BookOrder
from kwt_books.store.tables import attachment, document

_AT_ONCE = 500
"""Entries read from the file in one go."""


def write_stream(order: BookOrder, out: BinaryIO) -> None:
    """Every entry's payload as it was sealed, with when and by whom it was recorded.

    Only a handful of entries is in memory at a time. The bytes of attachments are read one
    by one, and only where they are asked for.
    """
    connection = order.context.connection
    query = select(
        document.c.sequence,
        document.c.kind,
        document.c.payload,
        document.c.recorded_at,
        document.c.recorded_by,
    ).order_by(document.c.sequence)
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for done, (sequence, kind, payload, at, by) in enumerate(rows, 1):
        added = f'"recorded":{canonical({"at": at, "by": by})}'
        if order.attachments and kind == "attachment":
            added += _data(connection, sequence)
        # A sealed payload is an object with a kind, in canonical JSON: it ends with its brace.
        out.write(f"{payload[:-1]},{added}}}\n".encode())
        if order.progress is not None and done % _AT_ONCE == 0:
            order.progress(done)


def _data(connection: Connection, sequence: int) -> str:
    query = select(attachment.c.data).where(attachment.c.document == sequence)
    data = connection.execute(query).scalar()
    return f',"data":"{b64encode(data).decode("ascii")}"' if data is not None else ""
