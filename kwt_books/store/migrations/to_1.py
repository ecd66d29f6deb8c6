"""Books from before 1.0.0 have no place for passwords.

The table stands here once more, as 1.0.0 made it: what becomes of `tables.py` is not to change it.
"""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, Text
from sqlalchemy.types import Integer


def upgrade(op: Operations) -> None:
    """Adds the table `credential`."""
    op.create_table(
        "credential",
        Column("kind", Text, primary_key=True),
        Column("person", Text, primary_key=True),
        Column("hash", Text, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("locked_until", Text),
        sqlite_with_rowid=False,
    )
