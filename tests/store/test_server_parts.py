"""What of a server's books needs no server: guesses and answers, the bell, what a refusal means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from kwt_books.domain.address import server_of
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.store.noted import AHEAD
from kwt_books.store.server import bell
from kwt_books.store.server.ahead import Ahead, Answer, foresee, in_few_trips
from kwt_books.store.server.bell import Asking, Listening, bell_of
from kwt_books.store.server.engine import DESK, opening, storage_errors
from kwt_books.store.server.schema import create_schema, read_role, record_role

MELATI = server_of("postgresql://siti@contoh.id/kwt#melati")
Rows = Sequence[tuple[Any, ...]]


class Raw:
    """A connection of the driver's that answers with what it is given."""

    def __init__(self, answers: dict[str, Rows] | None = None) -> None:
        self.answers, self.asked = answers or {}, list[str]()
        self.info = SimpleNamespace(backend_pid=7)
        self.closed = False
        self.heard: list[str] = []

    def execute(self, question: Any, values: Any = ()) -> Answer:
        text = question if isinstance(question, str) else question.as_string(None)
        self.asked.append(text)
        found = self.answers.get(text, ())
        if isinstance(found, Exception):
            raise found
        return Answer("columns of it", found)

    @contextmanager
    def pipeline(self) -> Iterator[None]:
        yield

    def notifies(self, *, timeout: float, stop_after: int) -> Iterator[Any]:
        for payload in self.heard[:stop_after]:
            yield SimpleNamespace(payload=payload)

    def close(self) -> None:
        self.closed = True


# -- answers and guesses -------------------------------------------------------------------------


def test_an_answer_gives_its_rows_as_a_cursor_does() -> None:
    rows = [(1,), (2,), (3,), (4,)]
    answer = Answer("d", rows)
    assert (answer.description, answer.rowcount) == ("d", 4)
    assert answer.fetchone() == (1,)
    assert answer.fetchmany() == [(2,)]
    assert answer.fetchmany(5) == [(3,), (4,)]
    assert (answer.fetchone(), answer.fetchall()) == (None, [])
    assert list(Answer("d", rows)) == rows
    half = Answer("d", rows)
    half.fetchone()
    assert half.fetchall() == rows[1:]
    assert half.fetchall() == []


def ahead_of(answers: dict[str, Any]) -> tuple[Ahead, Raw]:
    raw = Raw(answers)
    return Ahead(cast("psycopg.Connection[Any]", raw)), raw


@pytest.mark.parametrize(
    ("question", "guess"),
    [
        ("SELECT code FROM setup", []),
        ("SELECT count(*) FROM document", [(0, 0)]),
        ("SELECT coalesce(CAST(sum(amount) AS BIGINT), 0) FROM posting", [(0, 0)]),
        ("SELECT coalesce(max(sequence), 0) FROM document", [(0, 0)]),
        ("SELECT max(date) FROM document", [(None, None)]),
        ("SELECT min(date) FROM document", [(None, None)]),
        ("SELECT count(*) FROM document GROUP BY kind", []),
    ],
)
def test_what_is_not_known_is_nothing_until_it_was_asked(question: str, guess: Rows) -> None:
    ahead, raw = ahead_of({question: [(5, 6)]})
    guessed = ahead.execute(question, (), 2)
    assert (guessed.fetchall(), raw.asked) == (guess, [])
    assert [column[1] for column in guessed.description] == [20, 20], "whole numbers"
    assert ahead.guessed
    ahead.ask()
    assert raw.asked == ["SAVEPOINT ahead", question]
    assert not ahead.guessed
    known = ahead.execute(question, (), 2)
    assert (known.fetchall(), known.description) == ([(5, 6)], "columns of it")
    assert ahead.execute(question, (), 2).fetchall() == [(5, 6)], "as often as it is wanted"
    assert len(raw.asked) == 2


def test_questions_are_told_apart_by_their_values() -> None:
    ahead, _ = ahead_of({"q": [(1,)]})
    for values in ((1,), {"a": 1}):
        ahead.execute("q", values)
        ahead.ask()
        assert ahead.execute("q", values).fetchall() == [(1,)]
        assert not ahead.guessed
    assert ahead.execute("q", (2,)).fetchall() == []
    assert ahead.guessed


def test_what_cannot_be_noted_or_must_not_be_guessed_is_asked_at_once() -> None:
    ahead, raw = ahead_of({"q": [(1,)]})
    assert ahead.execute("q", ([2, 3],)).fetchall() == [(1,)], "a list is no key"
    ahead.execute("q")
    ahead.ask()
    ahead.forget()
    assert not ahead.guesses
    before = len(raw.asked)
    assert ahead.execute("q").fetchall() == [(1,)]
    assert len(raw.asked) == before + 1, "known no longer: something was written"


def test_guesses_that_led_to_nonsense_end_the_guessing() -> None:
    ahead, raw = ahead_of({"q": psycopg.DataError("nonsense")})
    ahead.execute("q")
    ahead.ask()
    assert raw.asked[-1] == "ROLLBACK TO SAVEPOINT ahead"
    assert (ahead.guesses, ahead.guessed) == (False, False)


def test_work_that_asks_much_is_answered_a_thousand_questions_at_a_time() -> None:
    ahead, raw = ahead_of({"q": [(1,)]})
    connection = cast("Any", SimpleNamespace(info={AHEAD: ahead}))
    ahead.guesses = False

    def work() -> int:
        return sum(len(ahead.execute("q", (place,)).fetchall()) for place in range(1_001))

    assert in_few_trips(connection, work) == 1_001
    assert raw.asked.count("SAVEPOINT ahead") == 2
    assert raw.asked.count("q") == 1_001
    assert not ahead.guesses


def test_work_that_each_time_asks_anew_is_run_on_answers_at_last() -> None:
    ahead, raw = ahead_of({"q": [(1,)]})
    ahead.guesses = False
    runs: list[int] = []

    def work() -> int:
        runs.append(len(raw.asked))
        return len(ahead.execute("q", (len(runs),)).fetchall())

    assert in_few_trips(cast("Any", SimpleNamespace(info={AHEAD: ahead})), work) == 1
    assert len(runs) == 7, "six on guesses"


def test_what_work_raises_on_a_guess_is_forgotten_and_on_answers_is_not() -> None:
    ahead, _ = ahead_of({"q": [(1,)]})
    ahead.guesses = False
    connection = cast("Any", SimpleNamespace(info={AHEAD: ahead}))

    def first() -> int:
        return int(ahead.execute("q").fetchall()[0][0])

    assert in_few_trips(connection, first) == 1

    runs: list[int] = []

    def wrong() -> None:
        runs.append(first())
        raise RuleError(f"known-{runs[-1]}")

    with pytest.raises(RuleError, match="known-1"):
        in_few_trips(connection, wrong)
    assert runs == [1], "what rests on answers is raised at once"
    foresee(connection, wrong)


# -- the bell ------------------------------------------------------------------------------------


class Clock:
    """Time that passes where somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


HEAD = 'SELECT sequence, hash FROM "melati"."book"'


def test_where_nothing_is_heard_the_head_is_asked_for_every_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, raw = Clock(), Raw({HEAD: [(1, "a")]})
    monkeypatch.setattr(bell, "time", clock)
    asking = Asking(cast("Any", raw), MELATI)
    assert raw.asked == [HEAD]
    assert not asking.wait(0.5)
    assert (raw.asked, clock.slept) == ([HEAD], [0.5])
    assert not asking.wait(1.5)
    assert (len(raw.asked), clock.now) == (2, 102.0)
    raw.answers[HEAD] = [(2, "b")]
    assert asking.wait(5)
    assert clock.now == 104.0
    clock.now += 60
    before = clock.now
    assert not asking.wait(0), "it has rung for that"
    assert (len(raw.asked), clock.now) == (4, before)
    asking.close()
    assert raw.closed


def test_a_desk_does_not_hear_itself() -> None:
    raw = Raw()
    listening = Listening(cast("Any", raw), MELATI)
    assert raw.asked == ['LISTEN "melati"']
    rings = []
    for heard in ([], [DESK], ["another"], [""]):
        raw.heard = heard
        rings.append(listening.wait(0.1))
    assert rings == [False, False, True, True]
    listening.close()
    assert raw.closed


@pytest.mark.parametrize(("answer", "made"), [([(7,)], Listening), ([(8,)], Asking), ([], Asking)])
def test_behind_a_pooler_the_bell_asks(
    answer: Rows, made: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = Raw({"SELECT pg_backend_pid()": answer})
    monkeypatch.setattr(bell, "call", lambda address: raw)
    assert isinstance(bell_of(MELATI), made)
    assert not raw.closed


def test_a_bell_that_is_refused_lets_the_connection_go(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Raw(cast("Any", {"SELECT pg_backend_pid()": psycopg.OperationalError("gone")}))
    monkeypatch.setattr(bell, "call", lambda address: raw)
    with pytest.raises(StorageError, match="connection-lost"):
        bell_of(MELATI)
    assert raw.closed


# -- how a transaction begins --------------------------------------------------------------------


def test_who_reads_sees_one_moment_and_who_writes_waits_for_others() -> None:
    last = psycopg.sql.SQL("SELECT 1")
    reads = opening(MELATI, "melati.read", last, write=False).as_string(None).split("; ")
    assert reads == [
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 'SET LOCAL ROLE "melati.read"',
        'SET LOCAL search_path TO "melati", pg_temp', "SELECT 1",
    ]  # fmt: skip
    writes = opening(MELATI, None, last, write=True).as_string(None).split("; ")
    assert writes == [
        "BEGIN ISOLATION LEVEL READ COMMITTED", 'SET LOCAL search_path TO "melati", pg_temp',
        f"SET LOCAL kwt_books.desk = '{DESK}'", "SET LOCAL lock_timeout = '10s'",
        "SET LOCAL idle_in_transaction_session_timeout = '120s'", "SELECT 1",
    ]  # fmt: skip
    assert {record_role(MELATI), read_role(MELATI)} == {"kwt.melati.record", "kwt.melati.read"}


@pytest.mark.parametrize("sign", ["d", "%C3%A9"])
def test_a_book_whose_roles_would_have_too_long_a_name_is_not_made(sign: str) -> None:
    """Of a role's name the server keeps 63 bytes."""
    width = 1 if sign == "d" else 2
    fits = (63 - len(".melati.record")) // width
    too_long = server_of(f"postgresql://contoh.id/{sign * (fits + 1)}#melati")
    with pytest.raises(StorageError, match="bad-book-name"):
        create_schema(cast("Any", None), too_long, mirror=False)
    fitting = server_of(f"postgresql://contoh.id/{sign * fits}#melati")
    with pytest.raises(AttributeError):  # it goes on to ask the server, and here is none
        create_schema(cast("Any", None), fitting, mirror=False)


# -- what a refusal means ------------------------------------------------------------------------


def refusal_of(error: Exception) -> StorageError:
    with pytest.raises(StorageError) as told, storage_errors():
        raise error
    return told.value


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.errors.InvalidPassword, "server-refuses"),
        (psycopg.errors.InvalidCatalogName, "no-such-database"),
        (psycopg.errors.DiskFull, "disk-full"),
        (psycopg.errors.TooManyConnections, "server-full"),
        (psycopg.errors.LockNotAvailable, "locked"),
        (psycopg.errors.SerializationFailure, "locked"),
        (psycopg.errors.DeadlockDetected, "locked"),
        (psycopg.errors.InsufficientPrivilege, "no-right-on-server"),
        (psycopg.errors.ReadOnlySqlTransaction, "read-only"),
        (psycopg.errors.IdleInTransactionSessionTimeout, "connection-lost"),
        (psycopg.errors.AdminShutdown, "connection-lost"),
        (psycopg.errors.ConnectionFailure, "connection-lost"),
        (psycopg.errors.DataCorrupted, "damaged"),
        (psycopg.errors.UndefinedTable, "damaged"),
    ],
)
def test_a_servers_state_says_what_it_refuses(error: type[psycopg.Error], code: str) -> None:
    told = refusal_of(error("kata server\n\tHINT: petunjuk\nlagi " + "x" * 300))
    assert told.code == code
    detail = str(told.params["detail"])
    assert detail.startswith("kata server lagi x")
    assert len(detail) == 200


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('database "kwt" does not exist', "no-such-database"),
        ('role "siti" does not exist', "server-refuses"),
        ('role "siti" is not permitted to log in', "server-refuses"),
        ("password authentication failed for user", "server-refuses"),
        ("fe_sendauth: no password supplied", "server-refuses"),
        ('no pg_hba.conf entry for host "::1"', "server-refuses"),
        ("sorry, too many clients already", "server-full"),
        ("remaining connection slots are reserved", "server-full"),
        ("server closed the connection unexpectedly", "connection-lost"),
    ],
)
def test_a_connection_that_is_refused_says_it_in_words(words: str, code: str) -> None:
    assert refusal_of(psycopg.OperationalError(words)).code == code


def test_mistakes_of_the_program_stay_what_they_are() -> None:
    for error in (psycopg.ProgrammingError("x"), psycopg.errors.QueryCanceled("stopped")):
        with pytest.raises(type(error)), storage_errors():
            raise error
