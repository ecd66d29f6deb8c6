"""A step as a later version could bring it."""

from alembic.operations import Operations
from sqlalchemy import Column, Text


def upgrade(op: Operations) -> None:
    op.add_column("attachment", Column("thumbnail", Text))
    op.create_index("posting_amount", "posting", ["amount"])
