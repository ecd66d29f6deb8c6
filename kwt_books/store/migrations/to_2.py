"""The second edition of the manual: what is taken must have been there on its date.

Moves bear their date, a lot's name can be borne again, and beside the chain stand what is left of
programmes, what members have saved and which dues are paid. A book of before has no programmes
and no dues; its savings are summed up. The tables stand here once more, as this step makes them.
"""

from __future__ import annotations

from alembic.operations import Operations

_TABLES = (
    "CREATE TABLE lot_new (item TEXT NOT NULL, name TEXT NOT NULL, received TEXT NOT NULL,"
    " expires TEXT, ordinal INTEGER NOT NULL, PRIMARY KEY (item, name, ordinal), UNIQUE (ordinal))"
    " WITHOUT ROWID",
    "CREATE TABLE move_new (document INTEGER NOT NULL, line INTEGER NOT NULL, place TEXT NOT NULL,"
    " item TEXT NOT NULL, lot TEXT NOT NULL, quantity INTEGER NOT NULL, value INTEGER NOT NULL,"
    " date TEXT NOT NULL, PRIMARY KEY (document, line),"
    " FOREIGN KEY(document) REFERENCES document (sequence) DEFERRABLE INITIALLY DEFERRED)"
    " WITHOUT ROWID",
    "CREATE TABLE programme (code TEXT NOT NULL, remains INTEGER NOT NULL, PRIMARY KEY (code))"
    " WITHOUT ROWID",
    "CREATE TABLE saving (account TEXT NOT NULL, party TEXT NOT NULL, saved INTEGER NOT NULL,"
    " PRIMARY KEY (account, party)) WITHOUT ROWID",
    "CREATE TABLE dues (account TEXT NOT NULL, party TEXT NOT NULL, month TEXT NOT NULL,"
    " document INTEGER NOT NULL, PRIMARY KEY (account, party, month)) WITHOUT ROWID",
)
_CONTENTS = (
    "INSERT INTO lot_new SELECT item, name, received, expires, ordinal FROM lot",
    "INSERT INTO move_new SELECT document, line, place, item, lot, quantity, value, date FROM move"
    " JOIN document ON sequence = document",
    "INSERT INTO saving SELECT account, party, -sum(amount) FROM posting"
    " WHERE account IN ('3101', '3102', '2106') AND party IS NOT NULL GROUP BY account, party",
    "INSERT OR IGNORE INTO setup VALUES ('account', '3105', '"
    '{"code":"3105","kind":"account","name":"Modal dari Dana (Aset)",'
    '"name_en":"Capital from funds (assets)","normal":"credit","type":"equity"}'
    "')",
)
_INDEXES = (
    "CREATE INDEX move_lot ON move (item, lot, document, place, date, quantity) WHERE lot != ''",
    "CREATE INDEX move_day ON move (item, place, date, quantity) WHERE lot != ''",
    "CREATE INDEX move_place ON move (place, document) WHERE lot = ''",
)


def upgrade(op: Operations) -> None:
    """Rebuilds `lot` and `move` and adds the tables of programmes, savings and dues."""
    for statement in (*_TABLES, *_CONTENTS):
        op.get_bind().exec_driver_sql(statement)
    for table in ("lot", "move"):
        op.drop_table(table)
        op.rename_table(f"{table}_new", table)
    for statement in _INDEXES:
        op.get_bind().exec_driver_sql(statement)
