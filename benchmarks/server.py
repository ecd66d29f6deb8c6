"""A book on a server beside plain psycopg: a document, statements, oversight, many desks reading.

python -m benchmarks.server [--documents 1000 --documents 100000] [--books 1000] [--desks 100]

It starts a server of its own (`tests/servers.py`) that flushes as any other does. A document is
timed by the clock, since a disk is waited for; statements by the time of the processors, the desk's
and the server's together (Linux; elsewhere by the clock too).
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta, timezone
from functools import partial
from io import BytesIO
from time import perf_counter, process_time
from typing import Any

import psycopg

from benchmarks import workload
from benchmarks.books import STATEMENTS, months_for
from benchmarks.measure import HEADING, Pair, pair
from benchmarks.plain import STATEMENT_SQL
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import ServerAddress, server_of
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.services.stream import parse_entry
from tests.servers import Server, running_server

_ASKED = {"general-ledger": {"account": "4102"}, "cash-book": {"account": "1101"}}
_NOW = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def door() -> Books:
    return Books(resources_dir(), lambda: _NOW, Person("Pengukur", Role.CHAIR))


class Processors:
    """Seconds that this program and whatever serves its connections had a processor, together."""

    def __init__(self, server: Server) -> None:
        self._files: list[int] = []
        if sys.platform == "linux":
            with server.connect() as raw:
                query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                pids = [pid for (pid,) in raw.execute(f"{query} AND pid <> pg_backend_pid()")]
            self._files = [os.open(f"/proc/{pid}/schedstat", os.O_RDONLY) for pid in pids]

    def __call__(self) -> float:
        if not self._files:
            return perf_counter()
        there = sum(int(os.pread(each, 64, 0).split()[0]) for each in self._files)
        return process_time() + there / 1e9

    def close(self) -> None:
        for each in self._files:
            os.close(each)


class PlainDesk:
    """One document's rows and its kept sums in one commit, with nothing else done."""

    def __init__(self, server: Server, address: ServerAddress) -> None:
        self._raw = server.connect()
        self._raw.execute(f'SET search_path TO "plain-{address.book}"')
        made = (
            "document", "posting", "move", "balance", "layer",
        )  # fmt: skip
        self._raw.execute(f'CREATE SCHEMA "plain-{address.book}"')
        for table in made:
            like = f'LIKE "{address.book}".{table} INCLUDING ALL'
            self._raw.execute(f"CREATE TABLE {table} ({like})")
            self._raw.execute(f'INSERT INTO {table} SELECT * FROM "{address.book}".{table}')
        self._raw.execute("ANALYZE")
        self._next = self._one("SELECT max(sequence) FROM document")
        self._model = {
            table: self._raw.execute(f"SELECT * FROM {table} WHERE {key} = %s", (self._next,))
            .fetchall()
            for table, key in (("document", "sequence"), ("posting", "document"),
                               ("move", "document"))
        }  # fmt: skip

    def _one(self, sql: str) -> Any:
        return self._raw.execute(sql).fetchone()[0]

    def record(self) -> None:
        self._next += 1
        number, model = self._next, self._model
        row = model["document"][0]
        entry = (number, row[1], f"X{number}", row[3], None, None, *row[6:])
        with self._raw.transaction(), self._raw.pipeline(), self._raw.cursor() as cursor:
            for table in ("posting", "move"):
                rows = [(number, *each[1:]) for each in model[table]]
                _insert(cursor, table, rows)
            _insert(cursor, "document", [entry])
            cursor.executemany(
                "UPDATE balance SET debit = debit + %s WHERE account = %s AND month = %s",
                [(abs(each[4]), each[2], each[3][:7]) for each in model["posting"]],
            )
            if model["move"]:
                cursor.executemany(
                    "UPDATE layer SET quantity = quantity WHERE item = %s AND place = %s",
                    [(each[3], each[2]) for each in model["move"]],
                )

    def statement(self, name: str, month: str) -> list[Any]:
        return [
            self._raw.execute(_for_server(sql), {"month": month}).fetchall()
            for sql in STATEMENT_SQL[name]
        ]

    def close(self) -> None:
        self._raw.close()


def _for_server(sql: str) -> str:
    said = sql.replace("json_extract(d.payload, '$.memo')", "d.payload::jsonb ->> 'memo'")
    return said.replace("?1", "%(month)s").replace("?", "%(month)s")


def _insert(cursor: psycopg.Cursor[Any], table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def book_pairs(server: Server, documents: int) -> Iterator[Pair]:
    """Recording and statements of a book of so many documents."""
    address = server.address(f"buku-{documents}")
    stream = "\n".join(workload.stream(documents, months_for(documents))).encode()
    begun = perf_counter()
    door().import_stream(address, BytesIO(stream))
    print(f"imported {documents:,} documents in {perf_counter() - begun:.1f} s", flush=True)
    with server.connect() as raw:
        size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'"
        query = f"{size} AND relnamespace = %s::regnamespace"
        ((found,),) = raw.execute(query, (f'"{address.book}"',)).fetchall()
        print(f"{found / documents:,.0f} bytes a document", flush=True)
        raw.execute("ANALYZE")
    with ExitStack() as stack:
        book = stack.enter_context(closing(door().open(address)))
        last = book.read(_newest)
        command = stocked(book, last)
        plain = stack.enter_context(closing(PlainDesk(server, address)))
        name = f"a market day among {documents:,}"
        yield pair(
            name, lambda: book.record(command), plain.record, rounds=40, aim=5, clock=perf_counter
        )
        worked = partial(pair, clock=stack.enter_context(closing(Processors(server))))
        month = Month.of(last)
        for report in STATEMENTS:
            asked = Parameters(month=month, **_ASKED.get(report, {}))  # type: ignore[arg-type]
            yield worked(
                f"{report} of a month among {documents:,}",
                lambda report=report, asked=asked: book.report(report, asked, "id"),  # type: ignore[misc]
                lambda report=report: plain.statement(report, month),  # type: ignore[misc]
                rounds=21,
                aim=5,
            )


def stocked(book: Book, day: date) -> Any:
    """A market day that was recorded once, and for which there is enough in the store."""
    harvest = workload._harvest(day).replace('"qty": 35', '"qty": 9000')
    bought = workload._buy(day).replace('"daun-bayam"', '"keripik-bayam"')
    command = parse_entry(workload.market_day(day).encode())[0]
    for line in (harvest, bought.replace('"qty": 5,', '"qty": 9000,')):
        book.record(parse_entry(line.encode())[0])
    book.record(command)
    return command


def _newest(reading: Any) -> date:
    query = "SELECT max(date) FROM document"
    return date.fromisoformat(reading.connection.exec_driver_sql(query).scalar())


def oversight_seconds(server: Server, books: int) -> float:
    """All of so many books of a year, as a coordinator asks."""
    stream = "\n".join(workload.stream(1_200, 12)).encode()
    door().import_stream(server.address("tahun-0"), BytesIO(stream))
    for each in range(1, books):
        address = server.address(f"tahun-{each}")
        door().create(address).close()
        server.copy("tahun-0", address.book)
    with server.connect() as raw:
        raw.execute("VACUUM ANALYZE")
    asked = server_of(server.address("x").server)
    begun = perf_counter()
    (report,) = door().oversee(asked, Month("2020-12"), "id").reports
    assert report.figures["groups"] >= books
    return perf_counter() - begun


def while_many_read(server: Server, documents: int, desks: int) -> tuple[float, float]:
    """Seconds a document: alone, and while so many desks read statements all the time."""
    address, over = server.address(f"buku-{documents}"), threading.Event()

    def read() -> None:
        with closing(door().open(address, read_only=True)) as book:
            while not over.is_set():
                book.report("trial-balance", Parameters(), "id")

    with closing(door().open(address)) as book:
        command = stocked(book, book.read(_newest))

        def each() -> float:
            begun = perf_counter()
            for _ in range(20):
                book.record(command)
            return (perf_counter() - begun) / 20

        alone = each()
        with ExitStack() as stack:
            stack.callback(over.set)
            readers = [threading.Thread(target=read) for _ in range(desks)]
            for reader in readers:
                reader.start()
            beside = each()
            over.set()
            for reader in readers:
                reader.join()
    return alone, beside


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--books", type=int, default=50)
    parser.add_argument("--desks", type=int, default=20)
    given = parser.parse_args()
    with running_server("max_locks_per_transaction=1024") as server:
        for documents in given.documents or [1_000, 10_000]:
            print(HEADING)
            for found in book_pairs(server, documents):
                print(found.line(), flush=True)
        alone, beside = while_many_read(server, (given.documents or [1_000])[0], given.desks)
        print(f"a document alone {alone * 1000:.1f} ms, while {given.desks} desks read"
              f" {beside * 1000:.1f} ms")  # fmt: skip
        seconds = oversight_seconds(server, given.books)
        print(f"oversight of {given.books} books of a year: {seconds:.2f} s")


if __name__ == "__main__":
    main()
