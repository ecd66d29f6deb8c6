"""A book taken to another place by its stream: from a file to a server, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import StorageError
from kwt_books.exporters.stream import write_stream
from kwt_books.exporters.whole import BookOrder
from kwt_books.reports.context import Context
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import import_stream
from kwt_books.store.credentials import all_credentials, keep
from kwt_books.store.door import building

Progress = Callable[[int], None]
"""Told how many bytes of the stream are recorded; raises to cancel."""
Clock = Callable[[], datetime]


def copy_by_stream(
    source: Context,
    target: Address,
    chart: list[AccountSetup],
    clock: Clock,
    progress: Progress | None = None,
) -> str:
    """Makes at `target` the book that `source` reads: same numbers, same seals; the chain's head.

    Passwords go along. Raises `StorageError` where the name is taken, and `copy-not-whole` where
    the copy's head is another one; then nothing is left there.
    """
    with TemporaryFile() as file:
        stream = cast("BinaryIO", file)
        write_stream(BookOrder(source, True, None, None), stream)
        size = stream.tell()
        stream.seek(0)
        passwords = all_credentials(source.connection)
        with building(target, chart) as state:
            if size:
                recorder = Recorder(state, Person("", Role.CHAIR), clock, free=True)
                import_stream(stream, recorder, state, progress)
            if state.head != source.chain.hash:
                raise StorageError("copy-not-whole", check="chain", document="")
            for each in passwords:
                keep(state.connection, each)
            return state.head
