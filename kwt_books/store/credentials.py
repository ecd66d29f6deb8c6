"""Passwords and the recovery key of a book, as hashes; and the accounts a book begins with."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from kwt_books.domain.accounts import AccountType, Side
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import StorageError
from kwt_books.store.tables import credential
from kwt_books.store.writes import insert_into

_MOST_TRIES = 1_000_000
"""More wrong tries than anybody makes: such a row is damaged."""
PASSWORD, RECOVERY = "password", "recovery"


@dataclass(frozen=True, slots=True)
class Credential:
    """The hash of a person's password, or of the book's recovery key, with its wrong tries.

    `person` is empty for the recovery key.
    """

    kind: str
    person: str
    hash: str
    tries: int = 0
    locked_until: datetime | None = None


def credential_of(connection: Connection, kind: str, person: str = "") -> Credential | None:
    """The credential of this kind and person; None where there is none.

    Raises `StorageError("damaged")` where the row makes no sense.
    """
    query = select(credential).where(credential.c.kind == kind, credential.c.person == person)
    row = connection.execute(query).first()
    return _credential(row) if row is not None else None


def all_credentials(connection: Connection) -> list[Credential]:
    """Every credential of the book. Raises `StorageError("damaged")` as `credential_of` does."""
    return [_credential(row) for row in connection.execute(select(credential))]


def _credential(row: Any) -> Credential:
    try:
        until = datetime.fromisoformat(row.locked_until) if row.locked_until else None
        readable = type(row.hash) is str and 0 <= row.tries <= _MOST_TRIES
    except (TypeError, ValueError) as error:
        raise StorageError("damaged", detail=f"credential: {error}"[:80]) from error
    if not readable or (until is not None and until.tzinfo is None):
        raise StorageError("damaged", detail="credential")
    return Credential(row.kind, row.person, row.hash, row.tries, until)


def those_with_password(connection: Connection) -> frozenset[str]:
    """The names of all who have a password."""
    query = select(credential.c.person).where(credential.c.kind == PASSWORD)
    return frozenset(connection.execute(query).scalars())


def keep(connection: Connection, kept: Credential) -> None:
    """Stores a credential in place of the one before."""
    until = kept.locked_until.isoformat() if kept.locked_until else None
    values = {"hash": kept.hash, "tries": kept.tries, "locked_until": until}
    made = insert_into(credential, connection.dialect.name).values(
        kind=kept.kind, person=kept.person, **values
    )
    connection.execute(made.on_conflict_do_update(index_elements=["kind", "person"], set_=values))


def forgiven(kept: Credential) -> Credential:
    """The credential after a right try: no wrong tries, no lock."""
    return replace(kept, tries=0, locked_until=None)


# -- The default chart of accounts, as setup entries ---------------------------------------------


def default_chart(resources: Path) -> list[AccountSetup]:
    """The accounts that books begin with, read from `accounts.csv`."""
    with (resources / "accounts.csv").open(encoding="utf-8", newline="") as file:
        return [
            AccountSetup(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                type=AccountType(row["type"]),
                normal=Side(row["normal"]),
            )
            for row in csv.DictReader(file)
        ]
