"""The tables of a book: facts that are only added to, and sums kept beside them."""

from __future__ import annotations

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

Number = BigInteger().with_variant(Integer(), "sqlite")
"""Rupiah, thousandths and places in the chain: SQLite's integers hold 64 bits as they are."""
Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and put in order by its bytes, as SQLite does it."""

metadata = MetaData()

# -- facts: written once -------------------------------------------------------------------

document = Table(
    "document",
    metadata,
    Column("sequence", Number, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("number", Words, unique=True),
    Column("date", Words),
    Column("id", Words),
    Column("corrects", Number, ForeignKey("document.sequence")),
    Column("payload", Words, nullable=False),
    Column("recorded_at", Words, nullable=False),
    Column("recorded_by", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Column("hash", Words, nullable=False),
)
Index(
    "document_id",
    document.c.id,
    unique=True,
    sqlite_where=document.c.id.is_not(None),
    postgresql_where=document.c.id.is_not(None),
)
Index(
    "document_corrects",
    document.c.corrects,
    unique=True,
    sqlite_where=document.c.corrects.is_not(None),
    postgresql_where=document.c.corrects.is_not(None),
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
    Column("account", Words, nullable=False),
    Column("date", Words, nullable=False),
    Column("amount", Number, nullable=False),
    Column("party", Words),
    Column("closing", Integer, nullable=False),
    CheckConstraint("amount <> 0 AND typeof(amount) = 'integer'").ddl_if("sqlite"),
    CheckConstraint("amount <> 0").ddl_if("postgresql"),
    sqlite_with_rowid=False,
)
Index("posting_account", posting.c.account, posting.c.date, posting.c.document)
Index(
    "posting_party",
    posting.c.account,
    posting.c.party,
    posting.c.date,
    sqlite_where=posting.c.party.is_not(None),
    postgresql_where=posting.c.party.is_not(None),
)

lot = Table(
    "lot",
    metadata,
    Column("item", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("received", Words, nullable=False),
    Column("expires", Words),
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
    Column("place", Words, nullable=False),
    Column("item", Words, nullable=False),
    Column("lot", Words, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    Column("date", Words, nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "move_lot",
    move.c.item,
    move.c.lot,
    move.c.document,
    move.c.place,
    move.c.date,
    move.c.quantity,
    sqlite_where=move.c.lot != text("''"),
    postgresql_where=move.c.lot != text("''"),
)
Index(
    "move_day",
    move.c.item,
    move.c.place,
    move.c.date,
    move.c.quantity,
    sqlite_where=move.c.lot != text("''"),
    postgresql_where=move.c.lot != text("''"),
)
Index(
    "move_place",
    move.c.place,
    move.c.document,
    sqlite_where=move.c.lot == text("''"),
    postgresql_where=move.c.lot == text("''"),
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
    Column("account", Words, primary_key=True),
    Column("month", Words, primary_key=True),
    Column("closing", Integer, primary_key=True),
    Column("debit", Number, nullable=False),
    Column("credit", Number, nullable=False),
    sqlite_with_rowid=False,
)

layer = Table(
    "layer",
    metadata,
    Column("item", Words, primary_key=True),
    Column("place", Words, primary_key=True),
    Column("lot", Words, primary_key=True),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    sqlite_with_rowid=False,
)
Index("layer_place", layer.c.place)

growing = Table(
    "growing",
    metadata,
    Column("place", Words, primary_key=True),
    Column("opened", Number, primary_key=True),
    Column("item", Words, nullable=False),
    Column("since", Words, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("value", Number, nullable=False),
    Column("ended", Number),
    sqlite_with_rowid=False,
)

asset = Table(
    "asset",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("cost", Number, nullable=False),
    Column("accumulated", Number, nullable=False),
    Column("acquired", Words, nullable=False),
    Column("life_months", Number, nullable=False),
    Column("opened", Number, primary_key=True),
    Column("ended", Number),
    sqlite_with_rowid=False,
)

programme = Table(
    "programme",
    metadata,
    Column("code", Words, primary_key=True),
    Column("remains", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""What is left on 2110 of each programme that documents name."""

saving = Table(
    "saving",
    metadata,
    Column("account", Words, primary_key=True),
    Column("party", Words, primary_key=True),
    Column("saved", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""What stands on the accounts of savings under each name; credit positive."""

dues = Table(
    "dues",
    metadata,
    Column("account", Words, primary_key=True),
    Column("party", Words, primary_key=True),
    Column("month", Words, primary_key=True),
    Column("document", Number, nullable=False),
    sqlite_with_rowid=False,
)
"""Months that are paid, by documents that are not corrected."""

voucher = Table(
    "voucher",
    metadata,
    Column("prefix", Words, primary_key=True),
    Column("month", Words, primary_key=True),
    Column("last", Number, nullable=False),
    sqlite_with_rowid=False,
)

setup = Table(
    "setup",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("code", Words, primary_key=True),
    Column("payload", Words, nullable=False),
    sqlite_with_rowid=False,
)
"""The set-up as it stands: the newest entry of each account, item, party, recipe, group."""

# -- beside the chain: never sealed, never exported ------------------------------------------

credential = Table(
    "credential",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("person", Words, primary_key=True),
    Column("hash", Words, nullable=False),
    Column("tries", Number, nullable=False),
    Column("locked_until", Words),
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
