"""The tables of a book: facts that are only added to, and sums kept beside them."""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

Part = tuple[str, str]
"""Kind and name: `("trigger", "document_balanced")`."""
Number = BigInteger().with_variant(Integer(), "sqlite")
"""Rupiah, thousandths and places in the chain: SQLite's integers hold 64 bits as they are."""

metadata = MetaData()

# -- facts: written once -------------------------------------------------------------------

document = Table(
    "document",
    metadata,
    Column("sequence", Number, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, unique=True),
    Column("date", Text),
    Column("id", Text),
    Column("corrects", Number, ForeignKey("document.sequence")),
    Column("payload", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
_NAMED, _CORRECTS = document.c.id.is_not(None), document.c.corrects.is_not(None)
Index("document_id", document.c.id, unique=True, sqlite_where=_NAMED)
Index(
    "document_corrects",
    document.c.corrects,
    unique=True,
    sqlite_where=_CORRECTS,
)
Index("document_date", document.c.date, document.c.sequence)
Index("document_kind", document.c.kind, document.c.date)

posting = Table(
    "posting",
    metadata,
    Column(
        "document",
        Number,
        ForeignKey("document.sequence", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("line", Number, primary_key=True),
    Column("account", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("amount", Number, nullable=False),
    Column("party", Text),
    Column("closing", Integer, nullable=False),
    Column("contra", Text, nullable=False, server_default=text("''")),
    CheckConstraint("amount <> 0 AND typeof(amount) = 'integer'").ddl_if("sqlite"),
    CheckConstraint("amount <> 0").ddl_if("postgresql"),
    sqlite_with_rowid=False,
)
"""`contra` is worked out of the document's postings (`domain/contra.py`); it is not sealed."""
Index("posting_account", posting.c.account, posting.c.date, posting.c.document)
Index(
    "posting_party",
    posting.c.account,
    posting.c.party,
    posting.c.date,
    sqlite_where=posting.c.party.is_not(None),
)

lot = Table(
    "lot",
    metadata,
    Column("item", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("received", Text, nullable=False),
    Column("expires", Text),
    Column("ordinal", Number, primary_key=True, unique=True),
    sqlite_with_rowid=False,
)
"""A lot's name is free again once all documents that moved it are corrected; the newest has it."""

move = Table(
    "move",
    metadata,
    Column(
        "document",
        Number,
        ForeignKey("document.sequence", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("line", Number, primary_key=True),
    Column("place", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("lot", Text, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    Column("date", Text, nullable=False),
    sqlite_with_rowid=False,
)
_OF_GOODS, _OF_NO_GOODS = move.c.lot != text("''"), move.c.lot == text("''")
Index(
    "move_lot",
    move.c.item,
    move.c.lot,
    move.c.document,
    move.c.place,
    move.c.date,
    move.c.quantity,
    sqlite_where=_OF_GOODS,
)
Index(
    "move_day",
    move.c.item,
    move.c.place,
    move.c.date,
    move.c.quantity,
    sqlite_where=_OF_GOODS,
)
Index(
    "move_place",
    move.c.place,
    move.c.document,
    sqlite_where=_OF_NO_GOODS,
)

attachment = Table(
    "attachment",
    metadata,
    Column("document", Number, ForeignKey("document.sequence"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# -- kept beside the facts, recomputed by `verify` -------------------------------------------

balance = Table(
    "balance",
    metadata,
    Column("account", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("closing", Integer, primary_key=True),
    Column("debit", Number, nullable=False),
    Column("credit", Number, nullable=False),
    sqlite_with_rowid=False,
)

layer = Table(
    "layer",
    metadata,
    Column("item", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("lot", Text, primary_key=True),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    sqlite_with_rowid=False,
)
Index("layer_place", layer.c.place)

growing = Table(
    "growing",
    metadata,
    Column("place", Text, primary_key=True),
    Column("opened", Number, primary_key=True),
    Column("item", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    Column("ended", Number),
    sqlite_with_rowid=False,
)

asset = Table(
    "asset",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("cost", Number, nullable=False),
    Column("accumulated", Number, nullable=False),
    Column("acquired", Text, nullable=False),
    Column("life_months", Number, nullable=False),
    Column("opened", Number, primary_key=True),
    Column("ended", Number),
    sqlite_with_rowid=False,
)

programme = Table(
    "programme",
    metadata,
    Column("code", Text, primary_key=True),
    Column("remains", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""What is left on 2110 of each programme that documents name."""

saving = Table(
    "saving",
    metadata,
    Column("account", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("saved", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""What stands on the accounts of savings under each name; credit positive."""

dues = Table(
    "dues",
    metadata,
    Column("account", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("document", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""Months that are paid, by documents that are not corrected."""

voucher = Table(
    "voucher",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("last", Number, nullable=False),
    sqlite_with_rowid=False,
)

setup = Table(
    "setup",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("payload", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The set-up as it stands: the newest entry of each account, item, party, recipe, group."""

# -- beside the chain: never sealed, never exported ------------------------------------------

credential = Table(
    "credential",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("tries", Number, nullable=False),
    Column("locked_until", Text),
    sqlite_with_rowid=False,
)
"""Passwords of people and the book's recovery key (person empty), as Argon2 hashes, with the
wrong tries since the last right one."""

FACTS = (document, posting, lot, move, attachment)
KEPT = (balance, layer, growing, asset, programme, saving, dues, voucher, setup)

_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'facts are only added to'); END
"""
_BALANCED = """
CREATE TRIGGER document_balanced BEFORE INSERT ON document
WHEN (SELECT sum(amount) FROM posting WHERE document = NEW.sequence) <> 0
BEGIN SELECT RAISE(ABORT, 'a document must balance'); END
"""
_CHAINED = """
CREATE TRIGGER document_chained BEFORE INSERT ON document
WHEN NEW.previous <> coalesce(
    (SELECT hash FROM document WHERE sequence = NEW.sequence - 1),
    CASE WHEN NEW.sequence = 1 THEN NEW.previous END, '')
BEGIN SELECT RAISE(ABORT, 'an entry must follow the one before'); END
"""
_COMPLETE = """
CREATE TRIGGER {table}_before_document BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM document WHERE sequence = NEW.document)
BEGIN SELECT RAISE(ABORT, 'a recorded document takes nothing more'); END
"""


def triggers() -> list[str]:
    """Triggers that keep the facts from being changed, by this program or another.

    A document's row comes after its postings and moves: by then they must balance, and
    once it stands none can be added. The deferred foreign key refuses those without one.
    """
    refusals = [
        _APPEND_ONLY.format(table=table.name, verb=verb)
        for table in FACTS
        for verb in ("UPDATE", "DELETE")
    ]
    late = [_COMPLETE.format(table=table) for table in ("posting", "move")]
    return [*refusals, *late, _BALANCED, _CHAINED]


@cache
def making() -> dict[Part, str]:
    """The SQL that makes every table, index and trigger of a book's file, in its order, by kind and
    name.
    """
    dialect = sqlite.dialect()
    made: dict[Part, str] = {}
    for table in metadata.sorted_tables:
        made["table", table.name] = str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            made["index", str(index.name)] = str(CreateIndex(index).compile(dialect=dialect))
    for trigger in triggers():
        made["trigger", trigger.split()[2]] = trigger
    return made
