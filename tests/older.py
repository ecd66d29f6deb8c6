"""Books as programs before this one made them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kwt_books.store.driver import sqlite3

OLDER = """
    ALTER TABLE posting DROP COLUMN contra;
    CREATE TABLE lot_old (item TEXT NOT NULL, name TEXT NOT NULL, received TEXT NOT NULL,
        expires TEXT, ordinal INTEGER NOT NULL, PRIMARY KEY (item, name), UNIQUE (ordinal))
        WITHOUT ROWID;
    CREATE TABLE move_old (document INTEGER NOT NULL, line INTEGER NOT NULL, place TEXT NOT NULL,
        item TEXT NOT NULL, lot TEXT NOT NULL, quantity INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (document, line)) WITHOUT ROWID;
    INSERT INTO lot_old SELECT * FROM lot;
    INSERT INTO move_old SELECT document, line, place, item, lot, quantity, value FROM move;
    DROP TABLE lot;
    DROP TABLE move;
    ALTER TABLE lot_old RENAME TO lot;
    ALTER TABLE move_old RENAME TO move;
    CREATE INDEX move_lot ON move (item, lot, document) WHERE lot != '';
    CREATE INDEX move_place ON move (place, document) WHERE lot = '';
    DROP TABLE programme;
    DROP TABLE saving;
    DROP TABLE dues;
    DELETE FROM setup WHERE code = '3105';
"""
"""Makes of a book's tables what they were before what is taken had to be there on its date."""


def made_older(path: Path, more: str, version: int) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(OLDER + more)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    return path
