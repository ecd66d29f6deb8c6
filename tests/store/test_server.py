"""A book on a server: rights, guards, several desks at once, connections that break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.address import ServerAddress, server_of
from kwt_books.domain.documents.money import PaidLine, Payment, Transfer
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import StorageError
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.overview import overview
from kwt_books.reports.context import Parameters
from kwt_books.store.server.bell import Asking
from kwt_books.store.server.schema import OWNER, read_role, record_role
from tests import ROOT
from tests.books import column
from tests.conftest import NOW
from tests.proxies import Proxy, proxy_to
from tests.servers import Server, pooler_to

DAY = NOW.date()
FACTS = ("document", "posting", "move", "lot", "attachment")


def transfer(name: str | None = None, amount: int = 1_000) -> Transfer:
    return Transfer(id=name, date=DAY, source="1101", to="1103", amount=amount)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def door() -> Books:
    return Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))


_numbers = iter(range(1_000))


@pytest.fixture
def june(door: Books, server: Server, sample_stream: Path) -> ServerAddress:
    """The sample month on a server, to be written to."""
    address = server.address(f"juni-{next(_numbers)}")
    with sample_stream.open("rb") as stream:
        door.import_stream(address, stream)
    return address


@pytest.fixture
def book(door: Books, june: ServerAddress) -> Iterator[Book]:
    with closing(door.open(june)) as book:
        yield book


def passed(book: Book) -> bool:
    return all(each.passed for each in book.verify())


def failed(book: Book) -> set[str]:
    return {each.check for each in book.verify() if not each.passed}


def ask(server: Server, june: ServerAddress, query: str, *values: object) -> list[tuple[Any, ...]]:
    """As the administrator, in the book's schema."""
    with server.connect() as connection:
        connection.execute(f'SET search_path TO "{june.book}"')
        cursor = connection.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


# -- whose rights they are -----------------------------------------------------------------------


@pytest.fixture
def people(server: Server, june: ServerAddress) -> Callable[[str, str], ServerAddress]:
    """Makes a login of the server with a role of the book; its address."""

    def make(name: str, role: str) -> ServerAddress:
        with server.connect() as connection:
            connection.execute(f'CREATE ROLE "{name}" LOGIN')
            connection.execute(f'GRANT "{role}" TO "{name}"')
        return server_of(f"{server.address('', name).server}#{june.book}")

    return make


@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_who_records_may_only_add_to_the_facts(
    server: Server, june: ServerAddress, change: str
) -> None:
    columns = {"document": "kind", "posting": "account", "move": "item", "lot": "item"}
    for table in FACTS:
        column = columns.get(table, "document")
        statement = change.format(table, column, column)
        with server.connect() as connection:
            connection.execute(f'SET search_path TO "{june.book}"')
            connection.execute(f'SET ROLE "{record_role(june)}"')
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.execute("RESET ROLE")
            with pytest.raises(psycopg.Error, match="only added to"):
                connection.execute(statement)


def test_who_reads_records_nothing(
    door: Books, june: ServerAddress, people: Callable[[str, str], ServerAddress]
) -> None:
    reader = people(f"pembaca-{june.book}", read_role(june))
    assert code_of(lambda: door.open(reader)) == "read-only"
    with closing(door.open_as_it_lies(reader)) as book:
        assert book.protected
        assert passed(book)


def test_who_records_does_so_under_their_own_login(
    door: Books, june: ServerAddress, people: Callable[[str, str], ServerAddress]
) -> None:
    desk = people(f"pencatat-{june.book}", record_role(june))
    with closing(door.open(desk)) as book:
        assert book.record(transfer()).number == "BM-2607-0001"
        assert passed(book)


def test_somebody_without_a_right_is_told(door: Books, server: Server, june: ServerAddress) -> None:
    with server.connect() as connection:
        connection.execute(f'CREATE ROLE "tamu-{june.book}" LOGIN')
    guest = server_of(f"{server.address('', f'tamu-{june.book}').server}#{june.book}")
    assert code_of(lambda: door.open(guest, read_only=True)) == "no-right-on-server"
    assert code_of(lambda: door.create(guest.of("baru"))) == "no-right-on-server"


def test_who_owns_all_schemas_has_no_right_to_a_book_by_that(
    door: Books, june: ServerAddress, people: Callable[[str, str], ServerAddress]
) -> None:
    owner = people(f"pemilik-{june.book}", OWNER)
    assert code_of(lambda: door.open(owner, read_only=True)) == "no-right-on-server"


def test_who_reads_sees_who_may_sign_in(
    book: Book, door: Books, june: ServerAddress, people: Callable[[str, str], ServerAddress],
    quick_passwords: None,
) -> None:  # fmt: skip
    reader = people(f"tamu-baca-{june.book}", read_role(june))
    assert door.people_of(reader) == ()
    chair = PersonSetup(name="Aryanah", role=Role.CHAIR)
    treasurer = PersonSetup(name="Siti", role=Role.TREASURER)
    book.people.begin([(chair, "sawi-hijau")])
    book.sign_in(chair.name, "sawi-hijau")
    book.record_all([treasurer, replace(treasurer, name="Wati", active=False)])
    assert door.people_of(reader) == (
        User("Aryanah", Role.CHAIR, True, True), User("Siti", Role.TREASURER, True, False),
        User("Wati", Role.TREASURER, False, False),
    )  # fmt: skip


def test_what_is_not_there_is_named(door: Books, server: Server) -> None:
    assert code_of(lambda: door.open(server.address("tidak-ada"))) == "no-such-book"
    nobody = server_of(f"{server.address('', 'siapa').server}#x")
    assert code_of(lambda: door.open(nobody)) == "server-refuses"
    elsewhere = server_of(server.address("x").server.replace("/kwt", "/lain") + "#x")
    assert code_of(lambda: door.open(elsewhere)) == "no-such-database"
    silent = server_of("postgresql://admin@127.0.0.1:1/kwt#x")
    with pytest.raises(StorageError) as refused:
        door.open(silent)
    assert refused.value.code == "server-unreachable"
    assert "?" not in str(refused.value.params["detail"]), "its hints are no words of ours"


def test_a_name_that_is_taken_stays_what_it_was(door: Books, june: ServerAddress) -> None:
    assert code_of(lambda: door.create(june)) == "book-exists"
    with closing(door.open(june)) as book:
        assert passed(book)


# -- what the database itself refuses ------------------------------------------------------------


DOCUMENT = (
    "INSERT INTO document (sequence, kind, payload, recorded_at, recorded_by, previous, hash)"
    " VALUES (%s, 'transfer', '{}', '', '', %s, 'x')"
)
POSTING = (
    "INSERT INTO posting (document, line, account, date, amount, closing)"
    " VALUES (%s, %s, '1101', '2026-07-01', %s, 0)"
)


def at_head(server: Server, june: ServerAddress) -> tuple[int, str]:
    ((sequence, head),) = ask(server, june, "SELECT sequence, hash FROM book")
    return sequence, head


def refused(
    server: Server, june: ServerAddress, *statements: tuple[str, tuple[object, ...]]
) -> str:
    with server.connect() as connection:
        connection.execute(f'SET search_path TO "{june.book}"')
        try:
            with connection.transaction():
                for statement, values in statements:
                    connection.execute(statement, values)
        except psycopg.Error as error:
            return str(error)
    return "taken"


def test_a_document_must_balance_and_follow_the_one_before(
    server: Server, june: ServerAddress
) -> None:
    last, head = at_head(server, june)
    one_sided = ((POSTING, (last + 1, 0, 5)), (DOCUMENT, (last + 1, head)))
    assert "must balance" in refused(server, june, *one_sided)
    follows = "must follow the one before"
    assert follows in refused(server, june, (DOCUMENT, (last + 1, "another")))
    assert follows in refused(server, june, (DOCUMENT, (last + 2, head)))
    assert "takes nothing more" in refused(server, june, (POSTING, (last, 99, 5)))
    assert "foreign key" in refused(server, june, (POSTING, (last + 1, 0, 5)))
    assert at_head(server, june) == (last, head)


def test_the_head_is_moved_once_however_many_entries_are_recorded(
    server: Server, june: ServerAddress
) -> None:
    """Each time it is moved leaves a row behind, which all transactions would read past."""
    assert at_head(server, june)[0] > 50
    assert ask(server, june, "SELECT ctid::text FROM book") == [("(0,2)",)]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE document DISABLE TRIGGER document_sealed",
        "DROP TRIGGER posting_no_update ON posting",
        "DROP TRIGGER document_moves_head ON document",
        "ALTER TABLE posting ALTER amount TYPE integer",
        "DROP INDEX document_id",
        "CREATE TABLE other (a integer)",
        "CREATE OR REPLACE FUNCTION seal_entry() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_guard_that_was_changed_is_named(
    book: Book, server: Server, june: ServerAddress, change: str
) -> None:
    assert passed(book)
    ask(server, june, change)
    assert failed(book) == {"guards"}


def test_a_changed_figure_is_found(book: Book, server: Server, june: ServerAddress) -> None:
    ask(server, june, "UPDATE balance SET debit = debit + 1 WHERE account = '1101'")
    assert failed(book) == {"kept-balances", "trial-balance"}


# -- several desks -------------------------------------------------------------------------------


def test_two_desks_make_one_chain(door: Books, june: ServerAddress) -> None:
    with closing(door.open(june)) as one, closing(door.open(june)) as other:
        numbers = [desk.record(transfer()).number for desk in (one, other, other, one)]
        assert numbers == [f"BM-2607-000{each}" for each in range(1, 5)]
        assert one.standing() == other.standing()
        assert passed(one)


def test_what_is_supposed_is_seen_and_then_forgotten(door: Books, june: ServerAddress) -> None:
    def stands(desk: Book) -> tuple[int, int]:
        report = desk.report("cash-book", Parameters(month=Month("2026-07")), "id")
        return report.figures["balance"], desk.read(overview, Month("2026-07")).this.assets

    bought = Payment(date=DAY, source="1101", lines=(PaidLine(account="6103", amount=1_000),))
    with closing(door.open(june)) as desk:
        before = stands(desk)
        after = before[0] - 1_000, before[1] - 1_000
        with desk.supposing([bought]):
            assert stands(desk) == after
        assert stands(desk) == before
        desk.record(bought)
        assert stands(desk) == after


def test_a_reading_sees_one_state(door: Books, june: ServerAddress) -> None:
    """What another desk records meanwhile is seen by the next reading, whole."""
    with closing(door.open(june)) as one, closing(door.open(june, read_only=True)) as other:

        def twice(reading: Any) -> tuple[int, int]:
            query = "SELECT count(*) FROM document"
            before = reading.connection.exec_driver_sql(query).scalar()
            one.record(transfer())
            return before, reading.connection.exec_driver_sql(query).scalar()

        before, meanwhile = other.read(twice)
        assert before == meanwhile
        assert other.read(twice)[0] == before + 1


def test_a_question_that_nobody_waits_for_is_stopped(book: Book) -> None:
    with pytest.raises(DBAPIError) as stopped, book.reading_until(lambda: True):
        book.read(column, "SELECT pg_sleep(600)")
    assert isinstance(stopped.value.orig, psycopg.errors.QueryCanceled)
    with book.reading_until(lambda: False):
        assert passed(book)


def test_a_desk_hears_of_the_others_entries(door: Books, june: ServerAddress) -> None:
    """Of its own program's it does not; those of another process come within a second."""
    with closing(door.bell(june)) as bell, closing(door.open(june)) as book:
        book.record(transfer())
        assert not bell.wait(0.3)
        command = [sys.executable, "-m", "tests.store.desk", str(june), "m", "1", os.devnull]
        subprocess.run(command, cwd=ROOT, check=True)
        assert bell.wait(1)
        assert not bell.wait(0.1)


def test_through_a_pooler_all_is_the_same_and_the_bell_asks(
    door: Books, server: Server, june: ServerAddress
) -> None:
    """Each transaction may come to another connection; notices come to none."""
    if shutil.which("pgbouncer") is None:
        pytest.skip("PgBouncer is not installed here: apt-get install pgbouncer")
    with pooler_to(server) as port:
        pooled = server_of(str(june).replace(f":{server.port}/", f":{port}/"))
        with closing(door.open(pooled)) as one, closing(door.open(pooled)) as two:
            with closing(door.bell(pooled)) as bell:
                assert isinstance(bell, Asking)
                numbers = [desk.record(transfer()).number for desk in (one, two) * 8]
                assert bell.wait(10)
                assert not bell.wait(0.1)
            assert numbers == [f"BM-2607-{place:04d}" for place in range(1, 17)]
            asked = Parameters(month=Month("2026-06"))
            for name in ("trial-balance", "stock", "notes"):
                assert one.report(name, asked, "id") == two.report(name, asked, "id")
            assert passed(two)


def at_once(server: Server, june: ServerAddress, desks: int, each: int, folder: Path) -> list[str]:
    """So many processes record at once; what they were answered."""
    running = []
    for desk in range(desks):
        out = folder / f"{desk}.txt"
        command = [sys.executable, "-m", "tests.store.desk", str(june), f"m{desk}", str(each), out]
        running.append(subprocess.Popen([str(part) for part in command], cwd=ROOT))
    assert [process.wait(600) for process in running] == [0] * desks
    texts = [(folder / f"{desk}.txt").read_text("utf-8") for desk in range(desks)]
    return [line for text in texts for line in text.splitlines()]


def test_many_processes_record_at_once(
    door: Books, server: Server, june: ServerAddress, tmp_path: Path
) -> None:
    desks, each = 4, 12
    answered = at_once(server, june, desks, each, tmp_path)
    assert len(answered) == desks * each
    with closing(door.open(june)) as book:
        assert passed(book)
        numbers = ask(server, june, "SELECT number FROM document WHERE id LIKE 'm%%' ORDER BY 1")
        assert [number for (number,) in numbers] == [
            f"BM-2607-{place:04d}" for place in range(1, desks * each + 1)
        ]


# -- tables of another version -------------------------------------------------------------------

CONTRAS = "SELECT document, line, contra FROM posting ORDER BY document, line"


@pytest.fixture
def older(server: Server, june: ServerAddress) -> ServerAddress:
    """The book as the program of version 2 kept it."""
    ask(server, june, "ALTER TABLE posting DROP COLUMN contra")
    ask(server, june, "UPDATE book SET version = 2")
    return june


def test_an_older_book_is_brought_up_to_date_when_it_is_opened(
    door: Books, server: Server, june: ServerAddress, request: pytest.FixtureRequest
) -> None:
    before, head = ask(server, june, CONTRAS), at_head(server, june)
    older = request.getfixturevalue("older")
    with closing(door.open(older)) as book:
        assert passed(book)
        assert ask(server, june, CONTRAS) == before
        assert at_head(server, june) == head
        assert book.record(transfer()).sequence == head[0] + 1


def test_who_may_not_make_books_is_told_to_ask(
    door: Books, server: Server, older: ServerAddress, people: Callable[[str, str], ServerAddress]
) -> None:
    desk = people(f"lama-{older.book}", record_role(older))
    assert code_of(lambda: door.open(desk)) == "older-book-on-server"
    assert ask(server, older, "SELECT version FROM book") == [(2,)]


def test_an_older_book_with_damage_stays_as_it_is(
    door: Books, server: Server, older: ServerAddress
) -> None:
    ask(server, older, "UPDATE balance SET debit = debit + 1 WHERE account = '1101'")
    assert code_of(lambda: door.open(older)) == "damaged"
    assert ask(server, older, "SELECT version FROM book") == [(2,)]
    assert not ask(server, older, "SELECT 1 FROM information_schema.columns WHERE column_name ="
                   " 'contra' AND table_schema = %s", older.book)  # fmt: skip


def test_a_desk_is_told_when_the_book_was_brought_up_to_date_meanwhile(
    book: Book, server: Server, june: ServerAddress
) -> None:
    ask(server, june, "UPDATE book SET version = 99")
    assert code_of(lambda: book.record(transfer())) == "newer-book"
    assert code_of(book.standing) == "newer-book"


# -- connections that break ----------------------------------------------------------------------


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with proxy_to(server.port) as proxy:
        yield proxy


@pytest.fixture
def far(door: Books, june: ServerAddress, server: Server, proxy: Proxy) -> Iterator[Book]:
    """The book over a line that can break."""
    text = str(june).replace(f":{server.port}/", f":{proxy.port}/")
    with closing(door.open(server_of(text))) as book:
        yield book


def cut_at_commit(proxy: Proxy, when: str) -> None:
    def cut(sent: bytes) -> str:
        if b"COMMIT" not in sent or b"COMMITTED" in sent:  # that is how a transaction begins
            return ""
        proxy.cut = lambda _sent: ""
        return when

    proxy.cut = cut


def named(server: Server, june: ServerAddress, name: str) -> int:
    return len(ask(server, june, "SELECT 1 FROM document WHERE id = %s", name))


def test_a_commit_whose_answer_was_lost_stands_once(
    far: Book, proxy: Proxy, server: Server, june: ServerAddress
) -> None:
    cut_at_commit(proxy, "after")
    recorded = far.record(transfer("satu"))
    assert named(server, june, "satu") == 1
    assert at_head(server, june) == (recorded.sequence, recorded.hash)
    assert far.record(transfer("dua")).sequence == recorded.sequence + 1


def test_a_commit_that_never_came_is_not_there(
    far: Book, proxy: Proxy, server: Server, june: ServerAddress
) -> None:
    before = at_head(server, june)
    cut_at_commit(proxy, "before")
    assert code_of(lambda: far.record(transfer("satu"))) == "connection-lost"
    assert at_head(server, june) == before
    assert far.record(transfer("satu")).number == "BM-2607-0001"
    assert passed(far)


def test_where_the_server_stays_away_nobody_knows(far: Book, proxy: Proxy) -> None:
    cut_at_commit(proxy, "after")
    cut = proxy.cut

    def cut_and_close(sent: bytes) -> str:
        said = cut(sent)
        if said:
            proxy.close_door()
        return said

    proxy.cut = cut_and_close
    assert code_of(lambda: far.record(transfer("satu"))) == "outcome-unknown"


def test_a_line_that_broke_meanwhile_is_made_anew(far: Book, proxy: Proxy) -> None:
    assert passed(far)
    proxy.break_off()
    assert far.record(transfer()).number == "BM-2607-0001"
    proxy.break_off()
    assert passed(far)


def test_a_book_on_a_server_is_not_encrypted_here(book: Book) -> None:
    assert not book.encrypted
    assert book.key_on_paper() is None
    assert code_of(lambda: book.encrypt("kalimat sandi yang panjang sekali")) == "encrypts-itself"
    assert passed(book)


def test_a_backup_of_a_book_on_a_server_is_a_file(door: Books, book: Book, tmp_path: Path) -> None:
    """It holds the same entries with the same seals."""
    backup = tmp_path / "cadangan.kwt"
    book.back_up(backup)
    with closing(door.open(backup)) as copy:
        assert copy.standing() == book.standing()
        assert passed(copy)
