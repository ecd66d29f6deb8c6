"""A book made anew at another place of its stream: from a file to a server, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import StorageError
from kwt_books.reports.context import Context
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import Progress, import_stream
from kwt_books.store.credentials import all_credentials, keep
from kwt_books.store.door import building
from kwt_books.store.keys import Key

Clock = Callable[[], datetime]


def rebuild(
    source: Context,
    stream: BinaryIO,
    target: Address,
    chart: list[AccountSetup],
    clock: Clock,
    progress: Progress | None = None,
    key: Key | None = None,
) -> str:
    """Makes at `target` the book that `source` reads and `stream` holds; the chain's head.

    Numbers and seals are the same, and passwords go along; `key` encrypts a file. Raises
    `StorageError` where the name is taken, and `copy-not-whole` where the head would be another
    one; then nothing is left there.
    """
    passwords = all_credentials(source.connection)
    with building(target, chart, key) as state:
        if source.chain.documents or stream.seek(0, 2):
            stream.seek(0)
            recorder = Recorder(state, Person("", Role.CHAIR), clock, free=True)
            import_stream(stream, recorder, state, progress)
        if state.head != source.chain.hash:
            raise StorageError("copy-not-whole", check="chain", document="")
        for each in passwords:
            keep(state.connection, each)
        return state.head
