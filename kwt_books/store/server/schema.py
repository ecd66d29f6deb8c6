"""What a server's schema of a book consists of: tables, guards, and whose rights they are.

The owner of all books signs in nowhere. Whoever records is a member of a book's `record`, and may
only add to the facts; whoever reads is a member of its `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from psycopg import sql
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable, ExecutableDDLElement

from kwt_books.domain.address import ServerAddress
from kwt_books.domain.chain import GENESIS
from kwt_books.domain.errors import StorageError
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.server.engine import driver_of, within
from kwt_books.store.tables import FACTS, KEPT, Number, credential, metadata
from kwt_books.store.writes import SERVER, dialect_of

OWNER, OVERSIGHT = "kwt_books_owner", "kwt_books_oversight"
"""Who owns the schemas of all books, and who may read all of them."""
_DIALECT: Any = dialect_of(SERVER)
_LONGEST = 63
"""Bytes of a role's name."""

beside = MetaData()
book = Table(
    "book",
    beside,
    Column("one", Boolean, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sequence", Number, nullable=False),
    Column("hash", Text, nullable=False),
    Column("mirror", Boolean, nullable=False),
    Column("pushed_at", Text),
)
"""One row: the version of the tables, the chain's head, and whether the book is a copy of a group's
own file, with the time of the last push. Its lock is held while something is sealed."""


@compiles(CreateColumn, "postgresql")
def _by_its_bytes(element: CreateColumn, compiler: Any, **kw: Any) -> str:
    """Text is compared and put in order by its bytes, as SQLite does it."""
    made: str = compiler.visit_create_column(element, **kw)
    return made.replace(" TEXT", ' TEXT COLLATE "C"', 1)


_FUNCTIONS = {
    "refuse_change": """
BEGIN RAISE EXCEPTION 'facts are only added to'; END
""",
    "refuse_late": """
BEGIN
  IF EXISTS (SELECT 1 FROM document WHERE sequence = NEW.document) THEN
    RAISE EXCEPTION 'a recorded document takes nothing more';
  END IF;
  RETURN NEW;
END
""",
    "seal_entry": """
BEGIN
  IF (SELECT sum(amount) FROM posting WHERE document = NEW.sequence) <> 0 THEN
    RAISE EXCEPTION 'a document must balance';
  END IF;
  IF EXISTS (SELECT 1 FROM book
      WHERE mirror AND current_setting('kwt_books.pushing', true) IS DISTINCT FROM 'on')
    OR NOT EXISTS (
      SELECT 1 FROM document WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous
      UNION ALL SELECT 1 FROM book WHERE sequence = 0 AND NEW.sequence = 1 AND hash = NEW.previous)
  THEN
    RAISE EXCEPTION 'an entry must follow the one before';
  END IF;
  RETURN NEW;
END
""",
    "move_head": """
BEGIN
  UPDATE book SET (sequence, hash) =
      (SELECT d.sequence, d.hash FROM document d ORDER BY d.sequence DESC LIMIT 1)
    WHERE sequence < NEW.sequence;
  IF FOUND THEN
    PERFORM pg_notify(TG_TABLE_SCHEMA, coalesce(current_setting('kwt_books.desk', true), ''));
  END IF;
  RETURN NULL;
END
""",
}
"""Bodies of the guards' functions, by name. `seal_entry` holds the balance of a document and the
order of the chain. `move_head` runs at commit: it moves the head on, once for however many entries
(each time it is moved leaves a row behind that later transactions read past), and tells the other
desks."""
_HEAD_FUNCTION = "SELECT sequence, hash, mirror, version FROM book FOR UPDATE"
_PUSHED = "UPDATE book SET pushed_at = at WHERE mirror"


def record_role(address: ServerAddress) -> str:
    """The role that may record in a book."""
    return f"{address.database}.{address.book}.record"


def read_role(address: ServerAddress) -> str:
    """The role that may read a book."""
    return f"{address.database}.{address.book}.read"


def create_schema(connection: Connection, address: ServerAddress, *, mirror: bool) -> None:
    """Makes the schema of a new book with its tables, guards and rights.

    From here to the end of the transaction, the owner's rights hold. Raises
    `StorageError("book-exists")`.
    """
    if len(record_role(address).encode()) > _LONGEST:
        raise StorageError("bad-book-name", name=address.book)
    run = driver_of(connection).execute
    run("SELECT pg_advisory_xact_lock(hashtext('kwt_books roles'))")
    known = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    if run(known, (address.book,)).fetchone() is not None:
        raise StorageError("book-exists", path=str(address))
    run(
        sql.SQL(";\n").join(
            [
                *_roles(connection, address),
                sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)),
                sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.book)),
                within(address.book),
                *_tables(),
                *_guards(address.book),
                *_rights(address),
            ]
        )
    )
    connection.execute(
        book.insert().values(
            one=True, version=SCHEMA_VERSION, sequence=0, hash=GENESIS, mirror=mirror
        )
    )


@cache
def _tables() -> tuple[sql.SQL, ...]:
    """What makes the tables and indexes of a book: the same for each, and sent in one message."""
    _narrow_indexes()
    made: list[ExecutableDDLElement] = []
    for table in (*metadata.sorted_tables, book):
        made.append(CreateTable(table))
        made.extend(CreateIndex(index) for index in table.indexes)
    return tuple(sql.SQL(str(each.compile(dialect=_DIALECT))) for each in made)


def put_guards_up(connection: Connection, address: ServerAddress) -> None:
    """Makes the guards of a schema, and says who may do what with its tables."""
    made = sql.SQL(";\n").join([*_guards(address.book), *_rights(address)])
    driver_of(connection).execute(made)


def take_guards_down(connection: Connection) -> None:
    """Removes the guards, for a step that changes the tables."""
    names = ", ".join(f"{name}()" for name in (*_FUNCTIONS, "begin_sealing"))
    driver_of(connection).execute(sql.SQL(f"DROP FUNCTION {names}, mark_pushed(text) CASCADE"))


def _roles(connection: Connection, address: ServerAddress) -> Iterator[sql.Composed]:
    """Makes the roles that are missing, and who makes them a member of the new ones."""
    names = (OWNER, OVERSIGHT, record_role(address), read_role(address))
    found = driver_of(connection).execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(names),)
    )
    there = {name for (name,) in found}
    for name in names:
        if name in there:
            continue
        yield sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name))
        yield sql.SQL("GRANT {} TO CURRENT_USER WITH ADMIN OPTION").format(sql.Identifier(name))
    database = sql.Identifier(address.database)
    yield sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(database, sql.Identifier(OWNER))
    reads = sql.Identifier(read_role(address))
    for name in (record_role(address), OVERSIGHT):
        yield sql.SQL("GRANT {} TO {}").format(reads, sql.Identifier(name))


def _guards(schema: str) -> Iterator[sql.SQL | sql.Composed]:
    as_owner = sql.SQL("SECURITY DEFINER SET search_path TO {}, pg_temp").format(
        sql.Identifier(schema)
    )
    for name, body in _FUNCTIONS.items():
        yield sql.SQL("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql {} AS {}").format(
            sql.Identifier(name), as_owner, sql.Literal(body)
        )
    yield sql.SQL(
        "CREATE FUNCTION begin_sealing() RETURNS TABLE"
        " (sequence bigint, hash text, mirror boolean, version integer) LANGUAGE sql {} AS {}"
    ).format(as_owner, sql.Literal(_HEAD_FUNCTION))
    yield sql.SQL("CREATE FUNCTION mark_pushed(at text) RETURNS void LANGUAGE sql {} AS {}").format(
        as_owner, sql.Literal(_PUSHED)
    )
    yield sql.SQL("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {} FROM PUBLIC").format(
        sql.Identifier(schema)
    )
    for name, (when, table, each, function) in triggers().items():
        yield sql.SQL(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION {function}()"
        )
    name, (table, function) = _AT_COMMIT
    yield sql.SQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {table}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


_AT_COMMIT = ("document_moves_head", ("document", "move_head"))


def triggers() -> dict[str, tuple[str, str, str, str]]:
    """The guards of a book by name: on what, of which table, for each what, and what they run."""
    refusals = {
        f"{table.name}_no_{verb.lower()}": (verb, table.name, "STATEMENT", "refuse_change")
        for table in FACTS
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    }
    late = {
        f"{name}_before_document": ("INSERT", name, "ROW", "refuse_late")
        for name in ("posting", "move")
    }
    return refusals | late | {"document_sealed": ("INSERT", "document", "ROW", "seal_entry")}


def _rights(address: ServerAddress) -> Iterator[sql.SQL | sql.Composed]:
    schema = sql.Identifier(address.book)
    reads, records = sql.Identifier(read_role(address)), sql.Identifier(record_role(address))
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, reads)
    yield sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(schema, reads)
    for rights, tables in (
        ("INSERT", FACTS),
        ("INSERT, UPDATE, DELETE", (*KEPT, credential)),
    ):
        names = ", ".join(table.name for table in tables)
        yield sql.SQL(f"GRANT {rights} ON {names} TO {{}}").format(records)
    yield sql.SQL("GRANT EXECUTE ON FUNCTION begin_sealing(), mark_pushed(text) TO {}").format(
        records
    )


def _narrow_indexes() -> None:
    """Makes indexes hold the rows that they hold in a file.

    `tables.py` says it for SQLite alone: to say it for PostgreSQL too is to import its dialect,
    which no start of the program waits for.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            held = index.dialect_options["sqlite"]["where"]
            index.dialect_options["postgresql"]["where"] = held


# -- What a schema must consist of, and what in one is not of this program ------------------------


Part = tuple[str, str]
_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, c.relkind::text
FROM pg_class c LEFT JOIN pg_attribute a
  ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind <> 'i'
  AND c.relkind <> 't' AND c.relkind <> 'c' ORDER BY c.relname, a.attnum
"""
_INDEXES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i'
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
"""
_TRIGGERS = """
SELECT t.tgname, c.relname, p.proname, t.tgenabled::text FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
"""
_BODIES = """
SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
"""


def differing(connection: Connection) -> tuple[Part, ...]:
    """Parts that are missing, different or not of this program, in the order of their names."""
    found = {each for each, _ in _standing(connection).items() ^ _expected().items()}
    return tuple(sorted(found, key=lambda part: (part[1], part[0])))


def _standing(connection: Connection) -> dict[Part, object]:
    run = driver_of(connection).execute
    made: dict[Part, object] = {}
    for table, name, type_, needed, kind in run(_COLUMNS):
        of = made.setdefault(("table", table), [] if kind == "r" else kind)
        if isinstance(of, list):
            of.append((name, type_, needed))
    for (name,) in run(_INDEXES):
        made["index", name] = ""
    for name, table, function, enabled in run(_TRIGGERS):
        made["trigger", name] = (table, function, enabled)
    for name, body in run(_BODIES):
        made["function", name] = " ".join(body.split())
    return {part: _plain(value) for part, value in made.items()}


def _expected() -> dict[Part, object]:
    made: dict[Part, object] = {}
    for table in (*metadata.sorted_tables, book):
        made["table", table.name] = [
            (column.name, _type(column), not column.nullable) for column in table.columns
        ]
        for index in table.indexes:
            made["index", str(index.name)] = ""
    for name, (_, table_name, _, function) in triggers().items():
        made["trigger", name] = (table_name, function, "O")
    made["trigger", _AT_COMMIT[0]] = (*_AT_COMMIT[1], "O")
    bodies = {**_FUNCTIONS, "begin_sealing": _HEAD_FUNCTION, "mark_pushed": _PUSHED}
    for name, body in bodies.items():
        made["function", name] = " ".join(body.split())
    return {part: _plain(value) for part, value in made.items()}


def _type(column: Column[object]) -> str:
    return str(column.type.compile(dialect=_DIALECT)).lower()


def _plain(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, list) else value
