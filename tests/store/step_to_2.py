"""A step as a later version could bring it."""

from alembic.operations import Operations
from sqlalchemy import Column, Text

from tests.store.later import Later

MADE = Later(
    tables={"attachment": "thumbnail TEXT"},
    indexes={"posting_amount": "CREATE INDEX posting_amount ON posting (amount)"},
)
"""What the program of that version would make of its own."""


def upgrade(op: Operations) -> None:
    op.add_column("attachment", Column("thumbnail", Text))
    op.create_index("posting_amount", "posting", ["amount"])
