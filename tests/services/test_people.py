"""People of a book: who may record what, wrong passwords, and the key that helps out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import FREE_TRIES, SIGNS, Person, Role, User, may_record, wait_after
from kwt_books.domain.address import Address
from kwt_books.domain.documents.buying import Depreciation
from kwt_books.domain.documents.closing import MonthClose, MonthReopen
from kwt_books.domain.documents.memorial import (
    Appropriation,
    AppropriationLine,
    Memorial,
    MemorialLine,
)
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.documents.registry import encode_command
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import InvalidDocument, RuleError, StorageError, StreamError
from kwt_books.queries.overview import setup_data
from kwt_books.reports.context import Parameters
from kwt_books.reports.recovery import recovery_sheet
from kwt_books.reports.story import story
from kwt_books.services.people import as_compared, hashed, matches, new_recovery_key
from kwt_books.store.driver import sqlite3
from tests.books import asked, changed, column, copied, like
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.conftest import NOW, Watch

CHAIR = PersonSetup(name="Aryanah", role=Role.CHAIR)
TREASURER = PersonSetup(name="Siti Rohmah", role=Role.TREASURER)
AUDITOR = PersonSetup(name="Pak Chandra", role=Role.AUDITOR)
EVERYONE = (CHAIR, TREASURER, AUDITOR)
PASSWORD = "sawi-hijau"
TRANSFER = Transfer(date=NOW.date(), source="1101", to="1103", amount=5_000)


@pytest.fixture
def opened(
    watch: Watch,
    books: Books,
    sample_path: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    quick_passwords: None,
) -> Callable[..., Book]:
    """Opens a copy of the sample month, on the watch's time; closed with the test."""
    path = copied(books, sample_path, tmp_path / "juni.kwt")
    desk = like(books, watch, Person("PC-01", Role.CHAIR))

    def open_(at: Address = path) -> Book:
        book = desk.open(at)
        request.addfinalizer(book.close)
        return book

    return open_


@pytest.fixture
def book(opened: Callable[..., Book]) -> Book:
    """The sample month with its people; nobody has signed in."""
    made = opened()
    made.people.begin([(person, PASSWORD) for person in EVERYONE])
    return made


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RuleError) as error:
        act()
    return error.value.code


def passed(book: Book) -> bool:
    return all(outcome.passed for outcome in book.verify())


# -- who may record what ----------------------------------------------------------------------


def test_without_people_everything_is_as_it_was(opened: Callable[..., Book]) -> None:
    book = opened()
    assert book.people.everyone() == ()
    assert book.record_as("Wati") == Person("Wati", Role.CHAIR)
    number = book.record(TRANSFER).number
    assert number is not None
    assert book.read_in("id", story, number).recorded_by == "Wati"


def test_with_people_nothing_is_recorded_by_nobody(book: Book) -> None:
    assert code_of(lambda: book.record(TRANSFER)) == "sign-in-first"
    assert code_of(lambda: book.people.enrol(AUDITOR, PASSWORD)) == "sign-in-first"
    assert code_of(book.people.new_key) == "sign-in-first"
    assert code_of(lambda: book.record_as("Wati")) == "sign-in-first"


@pytest.mark.parametrize("person", EVERYONE)
def test_each_records_what_is_theirs_under_their_name(book: Book, person: PersonSetup) -> None:
    assert book.sign_in(person.name, PASSWORD).role is person.role
    if person.role is Role.AUDITOR:
        assert code_of(lambda: book.record(TRANSFER)) == "not-permitted"
        return
    number = book.record(TRANSFER).number
    assert number is not None
    assert book.read_in("id", story, number).recorded_by == person.name
    assert passed(book)


def test_who_is_switched_off_while_signed_in_records_nothing_more(
    opened: Callable[..., Book], book: Book
) -> None:
    """The chair does it at another computer."""
    book.sign_in(TREASURER.name, PASSWORD)
    book.record(TRANSFER)
    chairs = opened()
    chairs.sign_in(CHAIR.name, PASSWORD)
    chairs.people.enrol(replace(TREASURER, active=False))
    before = chairs.report("journal", Parameters(start=NOW.date(), end=NOW.date()), "id")
    for act in (
        lambda: book.record(TRANSFER),
        lambda: book.record_all([TRANSFER] * 2),
        lambda: book.people.enrol(replace(TREASURER, active=True)),
    ):
        assert code_of(act) == "sign-in-first"
    assert code_of(lambda: book.sign_in(TREASURER.name, PASSWORD)) == "no-such-person"
    after = chairs.report("journal", Parameters(start=NOW.date(), end=NOW.date()), "id")
    assert after.rows == before.rows
    assert passed(chairs)


def test_an_import_by_somebody_switched_off_is_refused(book: Book, books: Books) -> None:
    book.sign_in(CHAIR.name, PASSWORD)
    book.people.enrol(replace(TREASURER, active=False))
    book.close()
    line = json.dumps({"kind": "transfer", "date": "2026-07-01", "from": "1101", "to": "1103",
                       "amount": 5})  # fmt: skip
    books = like(books, lambda: NOW, Person("PC-01", Role.CHAIR))
    stream = io.BytesIO(line.encode())
    signing = (TREASURER.name, PASSWORD)
    assert code_of(lambda: books.import_stream(book.path, stream, signing=signing)) == (
        "no-such-person"
    )


HOSTILE = [
    *(  # far too much, and just more than this program might ask for
        f"$argon2id$v=19$m={memory},t={passes},p={lanes}$c29tZXNhbHRzb21l$" + "A" * 43
        for memory, passes, lanes in (
            (4_194_304, 2, 1),
            (19_456, 4_000_000, 1),
            (19_456, 2, 16_777_215),
            (262_145, 2, 1),
            (19_456, 17, 1),
            (19_456, 2, 9),
        )
    ),
    "$argon2id$v=19$m=x,t=,p=1$$",
    "$argon2id$v=19$m=19456,t=2$c2FsdA$",
    "x" * 100_000,
]


@pytest.mark.parametrize("kept", HOSTILE)
def test_a_hash_that_asks_for_too_much_matches_nothing(
    kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any of that memory is taken."""

    def compare(*_: object) -> None:
        raise AssertionError(kept[:60])

    if "19456,t=2$" not in kept:
        monkeypatch.setattr("argon2.PasswordHasher.verify", compare)
    assert not matches(kept, PASSWORD)


def test_hashes_of_this_program_match() -> None:
    assert hashed(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches(hashed(PASSWORD), PASSWORD)
    assert not matches(hashed(PASSWORD), PASSWORD + "x")


@pytest.mark.only_files
@pytest.mark.parametrize(
    "change",
    [
        "locked_until = 'besok'",
        "locked_until = '2026-07-01'",
        "locked_until = 5",
        "tries = 'x'",
        "tries = -1",
        "tries = 9223372036854775807",
        "hash = x'00'",
    ],
)
def test_a_password_s_row_that_makes_no_sense_is_damage(book: Book, change: str) -> None:
    with closing(sqlite3.connect(book.path)) as raw:
        raw.execute(f"UPDATE credential SET {change}")
        raw.commit()
    with pytest.raises(StorageError) as error:
        book.sign_in(CHAIR.name, PASSWORD)
    assert error.value.code == "damaged"


def test_who_says_to_be_the_auditor_records_nothing_also_in_a_book_without_people(
    books: Books, sample_path: Path, tmp_path: Path
) -> None:
    path = copied(books, sample_path, tmp_path / "juni.kwt")
    caller = like(books, lambda: NOW, Person("Pemeriksa", Role.AUDITOR))
    with closing(caller.open(path)) as book:
        assert code_of(lambda: book.record(TRANSFER)) == "not-permitted"


def test_the_chair_alone_closes_a_month(book: Book) -> None:
    """The treasurer prepares it: what is due, and what the close would come to."""
    close = MonthClose(month="2026-07", decision="BA-07")
    book.sign_in(TREASURER.name, PASSWORD)
    book.record(Depreciation(month="2026-07"))
    assert not book.check(close)
    assert code_of(lambda: book.record(close)) == "not-permitted"
    book.sign_in(CHAIR.name, PASSWORD)
    assert book.record(close).kind == "month_close"


def test_the_chair_alone_records_memorials_and_what_the_meeting_shared(book: Book) -> None:
    both = (MemorialLine(account="8101", debit=5), MemorialLine(account="2108", credit=5))
    shared = (AppropriationLine(account="3201", amount=5),)
    commands = (
        Memorial(date=date(2026, 7, 1), reason="PPh final", lines=both),
        Appropriation(date=date(2026, 7, 1), decision="BA-RAT", lines=shared),
    )
    for command in commands:
        book.sign_in(TREASURER.name, PASSWORD)
        assert code_of(lambda command=command: book.record(command)) == "not-permitted"
        book.sign_in(CHAIR.name, PASSWORD)
        assert book.record(command).number is not None


def test_a_group_that_had_no_sharing_gets_one_from_the_chair(opened: Callable[..., Book]) -> None:
    book = opened()
    group = book.read(setup_data).group
    assert group is not None
    book.record(replace(group, allocation=None))
    book.people.begin([(person, PASSWORD) for person in EVERYONE])
    book.sign_in(TREASURER.name, PASSWORD)
    assert code_of(lambda: book.record(group)) == "not-permitted"
    assert book.record(replace(group, allocation=None, chair="Wati")).number is None
    book.sign_in(CHAIR.name, PASSWORD)
    book.record(group)


STAMPED = (
    b'{"kind": "transfer", "date": "2026-07-01", "from": "1101", "to": "1103", "amount": 5,'
    b' "recorded": {"at": "2026-06-30T10:00", "by": "Wati"}}'
)


def test_into_a_book_with_people_no_stream_brings_who_recorded(book: Book, books: Books) -> None:
    path = book.path
    book.close()
    with pytest.raises(StreamError) as refused:
        books.import_stream(path, io.BytesIO(STAMPED), signing=(CHAIR.name, PASSWORD))
    (issue,) = refused.value.issues
    assert (refused.value.line, issue.field, issue.code) == (1, "recorded", "recorded-elsewhere")


def test_into_a_book_of_before_a_stream_is_recorded_now(
    opened: Callable[..., Book], books: Books, tmp_path: Path
) -> None:
    book = opened()
    book.close()
    books.import_stream(book.path, io.BytesIO(STAMPED))
    assert _recorded_by(book.path) != "Wati"
    books.import_stream(tmp_path / "baru.kwt", io.BytesIO(STAMPED))
    assert _recorded_by(tmp_path / "baru.kwt") == "Wati"


def test_the_chair_alone_reopens_and_lets_people_in(book: Book) -> None:
    book.sign_in(TREASURER.name, PASSWORD)
    reopen = MonthReopen(month="2026-06", reason="Ada nota tertinggal")
    newcomer = PersonSetup(name="Wati", role=Role.TREASURER)
    for act in (
        lambda: book.record(reopen),
        lambda: book.people.enrol(newcomer, PASSWORD),
        lambda: book.people.set_password(AUDITOR.name, PASSWORD),
        book.people.new_key,
    ):
        assert code_of(act) == "not-permitted"
    book.sign_in(CHAIR.name, PASSWORD)
    assert book.people.enrol(newcomer, PASSWORD).number is None
    assert book.sign_in("Wati", PASSWORD).role is Role.TREASURER


def test_sharing_is_the_chairs_the_rest_of_the_group_is_not(book: Book) -> None:
    group = book.read(setup_data).group
    assert group is not None
    moved = replace(group, village="Kaliawi")
    other = replace(group.allocation, shares={"3201": 40, "3204": 60})
    book.sign_in(TREASURER.name, PASSWORD)
    book.record(moved)
    assert code_of(lambda: book.record(replace(moved, allocation=other))) == "not-permitted"
    book.sign_in(CHAIR.name, PASSWORD)
    book.record(replace(moved, allocation=other))
    assert book.read(setup_data).group == replace(moved, allocation=other)


def test_what_someone_may_follows_the_book_not_the_signing_in(book: Book) -> None:
    book.sign_in(CHAIR.name, PASSWORD)
    book.people.enrol(PersonSetup(name="Wati", role=Role.CHAIR), PASSWORD)
    book.people.enrol(PersonSetup(name=CHAIR.name, role=Role.TREASURER))
    assert code_of(lambda: book.people.enrol(AUDITOR)) == "not-permitted"
    book.sign_in("Wati", PASSWORD)
    book.people.enrol(PersonSetup(name=TREASURER.name, role=Role.TREASURER, active=False))
    assert code_of(lambda: book.sign_in(TREASURER.name, PASSWORD)) == "no-such-person"


def test_there_is_always_a_chair(book: Book) -> None:
    book.sign_in(CHAIR.name, PASSWORD)
    for gone in (
        PersonSetup(name=CHAIR.name, role=Role.TREASURER),
        PersonSetup(name=CHAIR.name, role=Role.CHAIR, active=False),
    ):
        with pytest.raises(InvalidDocument) as error:
            book.people.enrol(gone)
        assert [issue.code for issue in error.value.issues] == ["chair-needed"]


def test_names_differ_in_more_than_capitals(book: Book) -> None:
    book.sign_in(CHAIR.name, PASSWORD)
    with pytest.raises(InvalidDocument) as error:
        book.people.enrol(PersonSetup(name="SITI ROHMAH", role=Role.AUDITOR))
    assert error.value.issues[0].code == "person-alike"


def test_the_first_people_come_whole_or_not_at_all(opened: Callable[..., Book]) -> None:
    book = opened()
    alike = PersonSetup(name="aryanah", role=Role.TREASURER)
    with pytest.raises(InvalidDocument):
        book.people.begin([(CHAIR, PASSWORD), (alike, PASSWORD)])
    for people in ([(TREASURER, PASSWORD)], [(CHAIR, None), (TREASURER, PASSWORD)]):
        assert code_of(lambda people=people: book.people.begin(people)) == "chair-needs-password"
    assert code_of(lambda: book.people.begin([(CHAIR, "12345")])) == "password-too-short"
    assert book.people.everyone() == ()
    assert book.record(TRANSFER).number
    book.people.begin([(TREASURER, None), (CHAIR, PASSWORD)])
    assert code_of(lambda: book.people.begin([(CHAIR, PASSWORD)])) == "people-already"
    assert [(one.name, one.has_password) for one in book.people.everyone()] == [
        (CHAIR.name, True),
        (TREASURER.name, False),
    ]


def test_every_task_belongs_to_someone() -> None:
    for task in ("month_close", "month_reopen", "memorial", "appropriation", "person", "sharing"):
        assert not may_record(Role.TREASURER, task)
    for task in ("sale", "month_close", "memorial", "appropriation", "person", "sharing"):
        assert may_record(Role.CHAIR, task)
        assert not may_record(Role.AUDITOR, task)


# -- wrong passwords --------------------------------------------------------------------------


def test_wrong_tries_are_held_off_longer_and_longer(book: Book, watch: Watch) -> None:
    def wrong() -> str:
        return code_of(lambda: book.sign_in(TREASURER.name, "salah-sandi"))

    assert [wrong() for _ in range(FREE_TRIES)] == ["wrong-password"] * 4 + ["locked-out"]
    for tries in range(FREE_TRIES, FREE_TRIES + 3):
        watch.now += wait_after(tries) - timedelta(seconds=1)
        assert code_of(lambda: book.sign_in(TREASURER.name, PASSWORD)) == "locked-out"
        watch.now += timedelta(seconds=1)
        assert wrong() == "locked-out"
    assert wait_after(FREE_TRIES + 1) > wait_after(FREE_TRIES) > timedelta(0)
    assert book.sign_in(CHAIR.name, PASSWORD), "the others are not held off"
    watch.now += wait_after(FREE_TRIES + 3)
    book.sign_in(TREASURER.name, PASSWORD)
    assert wrong() == "wrong-password", "a right one starts anew"


def test_who_may_sign_in_is_seen_without_opening_the_book(book: Book, books: Books) -> None:
    """Before the window asks: who was switched off, and who has no password yet."""
    book.sign_in(CHAIR.name, PASSWORD)
    book.people.enrol(PersonSetup(name="Wati", role=Role.TREASURER))
    book.people.enrol(replace(TREASURER, active=False))
    assert books.people_of(book.path) == (
        User(CHAIR.name, Role.CHAIR, active=True, has_password=True),
        User(AUDITOR.name, Role.AUDITOR, active=True, has_password=True),
        User(TREASURER.name, Role.TREASURER, active=False, has_password=True),
        User("Wati", Role.TREASURER, active=True, has_password=False),
    )


@pytest.mark.only_files
def test_an_auditors_book_is_only_read_until_somebody_else_signs_in(book: Book) -> None:
    """Also by what is recorded together; and damage is told as before."""

    def only_read() -> bool:
        return bool(book.read(column, "PRAGMA query_only")[0])

    assert not only_read()
    for person, spared in ((AUDITOR, True), (AUDITOR, True), (TREASURER, False)):
        book.sign_in(person.name, PASSWORD)
        assert (only_read(), book.protected) == (spared, False)
        if spared:
            assert code_of(lambda: book.record_together([TRANSFER])) == "not-permitted"
            assert code_of(lambda: book.record_all([TRANSFER])) == "not-permitted"
    assert book.record(TRANSFER).number
    changed(book.path, "UPDATE setup SET payload = '{' WHERE kind = 'item'")
    book.sign_in(AUDITOR.name, PASSWORD)
    with pytest.raises(StorageError, match="damaged"):
        book.read(setup_data)


@pytest.mark.only_files
def test_a_protected_book_stays_so_whoever_signs_in(book: Book, books: Books) -> None:
    with closing(books.open(book.path, read_only=True)) as protected:
        for person in (AUDITOR, CHAIR):
            protected.sign_in(person.name, PASSWORD)
            assert protected.protected
        with pytest.raises(StorageError, match="read-only"):
            protected.record(TRANSFER)


def test_a_wrong_try_is_counted_also_while_the_auditor_only_reads(book: Book) -> None:
    book.sign_in(AUDITOR.name, PASSWORD)
    left = []
    for _ in range(2):
        with pytest.raises(RuleError, match="wrong-password") as refused:
            book.sign_in(AUDITOR.name, "salah-sekali")
        left.append(refused.value.params["left"])
    assert left[1] == left[0] - 1


def test_tries_are_counted_through_a_restart(
    book: Book, opened: Callable[..., Book], watch: Watch
) -> None:
    for _ in range(FREE_TRIES):
        code_of(lambda: book.sign_in(CHAIR.name, "salah-sandi"))
    again = opened(book.path)
    assert code_of(lambda: again.sign_in(CHAIR.name, PASSWORD)) == "locked-out"
    watch.now -= timedelta(days=3650)  # the computer's battery is flat
    assert code_of(lambda: again.sign_in(CHAIR.name, PASSWORD)) == "locked-out"
    watch.now += timedelta(days=3650) + wait_after(FREE_TRIES)
    assert again.sign_in(CHAIR.name, PASSWORD)


def test_a_clock_that_was_wrong_locks_nobody_out_for_years(book: Book, watch: Watch) -> None:
    watch.now += timedelta(days=3650)
    for _ in range(FREE_TRIES):
        code_of(lambda: book.sign_in(CHAIR.name, "salah-sandi"))
    watch.now = NOW
    with pytest.raises(RuleError) as error:
        book.sign_in(CHAIR.name, PASSWORD)
    assert error.value.params["until"] == NOW + wait_after(FREE_TRIES)


def test_nobody_keeps_the_chair_out_for_long(opened: Callable[..., Book], watch: Watch) -> None:
    """Somebody types into her name, and into the recovery key, whenever it is allowed."""
    book = opened()
    key = book.people.begin([(CHAIR, PASSWORD), (TREASURER, PASSWORD)])
    book.sign_in(TREASURER.name, PASSWORD)
    longest = timedelta(0)
    for _ in range(FREE_TRIES - 1):
        code_of(lambda: book.sign_in(CHAIR.name, "salah-sandi"))
    for _ in range(8):
        watch.now += timedelta(minutes=15)
        code_of(lambda: book.sign_in(CHAIR.name, "salah-sandi"))
        wrong = code_of(lambda: book.people.recover(CHAIR.name, "7QK2", "milik-saya"))
        assert wrong == "wrong-recovery-key"
        longest = max(longest, _waits(book, CHAIR.name, watch.now))
    assert longest == timedelta(minutes=15)
    assert code_of(lambda: book.sign_in(CHAIR.name, PASSWORD)) == "locked-out"
    book.people.recover(CHAIR.name, key, "bayam-merah")
    assert book.sign_in(CHAIR.name, "bayam-merah"), "the key takes the wait away with the password"


def _waits(book: Book, name: str, now: datetime) -> timedelta:
    with pytest.raises(RuleError) as error:
        book.sign_in(name, PASSWORD)
    until = error.value.params["until"]
    assert isinstance(until, datetime)
    return until - now


def test_ones_own_password_is_changed_with_the_old_one(book: Book) -> None:
    book.sign_in(TREASURER.name, PASSWORD)
    change = book.people.set_password
    assert code_of(lambda: change(TREASURER.name, "kangkung", "salah")) == "wrong-password"
    change(TREASURER.name, "kangkung", PASSWORD)
    assert code_of(lambda: book.sign_in(TREASURER.name, PASSWORD)) == "wrong-password"
    assert book.sign_in(TREASURER.name, "kangkung")


def test_the_recovery_key_makes_a_new_password_once(opened: Callable[..., Book]) -> None:
    book = opened()
    key = book.people.begin([(CHAIR, PASSWORD), (TREASURER, PASSWORD)])
    recover = book.people.recover
    assert code_of(lambda: recover(CHAIR.name, "", "bayam-merah")) == "wrong-recovery-key"
    next_key = recover(CHAIR.name, f" {key.lower().replace('-', ' ')} ", "bayam-merah")
    assert book.sign_in(CHAIR.name, "bayam-merah")
    assert code_of(lambda: recover(CHAIR.name, key, "bayam-hijau")) == "wrong-recovery-key"
    assert recover(TREASURER.name, next_key, "bayam-hijau") != next_key
    assert book.sign_in(TREASURER.name, "bayam-hijau")


def test_a_key_is_read_however_it_is_copied() -> None:
    assert as_compared("7oqI-lu") == as_compared("70Q1 1V")
    keys = {new_recovery_key() for _ in range(20)}
    assert len(keys) == 20
    assert all(as_compared(key) == key.replace("-", "") for key in keys)
    assert all([len(group) for group in key.split("-")] == [4] * 5 for key in keys)
    assert len(SIGNS) ** 20 == 2**100, "a hundred bits"


# -- what is in the book and what is beside it ------------------------------------------------


def test_passwords_stand_beside_the_chain(book: Book, books: Books, tmp_path: Path) -> None:
    out = io.BytesIO()
    book.export("stream", out)
    assert b"argon2" not in out.getvalue()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    people = [line for line in lines if line["kind"] == "person"]
    assert [line["name"] for line in people] == [each.name for each in EVERYONE]
    again = tmp_path / "lagi.kwt"
    with io.BytesIO(out.getvalue()) as stream:
        assert books.import_stream(again, stream).head == _head(book.path)
    changed(book.path, "UPDATE credential SET tries = 3")
    assert passed(book)


def _head(path: Address) -> str:
    return str(asked(path, "SELECT hash FROM document ORDER BY sequence DESC")[0][0])


def test_people_who_came_in_a_stream_are_taken_over_by_the_chair(
    book: Book, opened: Callable[..., Book], books: Books, tmp_path: Path
) -> None:
    out = io.BytesIO()
    book.export("stream", out)
    path = tmp_path / "pindahan.kwt"
    books.import_stream(path, io.BytesIO(out.getvalue()))
    moved = opened(path)
    assert code_of(lambda: moved.sign_in(CHAIR.name, PASSWORD)) == "no-password-yet"
    assert code_of(lambda: moved.people.adopt(TREASURER.name, PASSWORD)) == "sign-in-first"
    key = moved.people.adopt(CHAIR.name, PASSWORD)
    assert code_of(lambda: moved.people.adopt(CHAIR.name, "lain-lagi")) == "sign-in-first"
    moved.sign_in(CHAIR.name, PASSWORD)
    moved.people.set_password(TREASURER.name, "kangkung")
    assert moved.people.recover(TREASURER.name, key, "kangkung-2")
    assert passed(moved)


def test_a_backup_takes_the_passwords_along(
    book: Book, opened: Callable[..., Book], tmp_path: Path
) -> None:
    book.back_up(tmp_path / "cadangan.kwt")
    assert opened(tmp_path / "cadangan.kwt").sign_in(AUDITOR.name, PASSWORD)


def test_a_line_of_a_person_is_what_the_manual_says() -> None:
    assert encode_command(AUDITOR) == {"kind": "person", "name": "Pak Chandra", "role": "auditor"}
    gone = PersonSetup(name="Wati", role=Role.CHAIR, active=False)
    assert encode_command(gone)["active"] is False


# -- the command line -------------------------------------------------------------------------


def test_the_command_line_asks_who_records(
    book: Book,
    run: Run,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = json.dumps(encode_command(TRANSFER)).encode()
    monkeypatch.setenv("KWT_BOOKS_PASSWORD", PASSWORD)
    path = book.path
    assert run("import", path, "-", given=line).exit_code == 1
    assert run("import", path, "-", "--as-person", AUDITOR.name, given=line).exit_code == 1
    assert run("import", path, "-", "--as-person", TREASURER.name, given=line).exit_code == 0
    close = line + b'\n{"kind": "month_close", "month": "2026-06"}'
    refused = run("import", path, "-", "--as-person", TREASURER.name, given=close)
    assert refused.stderr.startswith("baris 2: Sebagai bendahara, Anda tidak bisa mencatat")
    monkeypatch.delenv("KWT_BOOKS_PASSWORD")
    refused = run("import", path, "-", "--as-person", TREASURER.name, given=line)
    assert refused.exit_code == 2
    assert "KWT_BOOKS_PASSWORD" in refused.stderr
    assert run("report", path, "trial-balance").exit_code == 0, "reading is free"
    assert _recorded_by(path) == TREASURER.name


def _recorded_by(path: Address) -> str:
    return str(asked(path, "SELECT recorded_by FROM document ORDER BY sequence DESC")[0][0])


def test_the_sheet_of_the_key_has_it_in_large_letters(book: Book) -> None:
    key, out, sizes = new_recovery_key(), io.BytesIO(), dict[str, float]()
    Books.write(book.paper("id", recovery_sheet, key), "pdf", out)
    PdfReader(out).pages[0].extract_text(
        visitor_text=lambda text, _cm, _at, _font, size: sizes.update({text.strip(): size})
    )
    others = [size for text, size in sizes.items() if text and text != key]
    assert sizes[key] > 1.5 * max(others)


EASY = ("123456", "654321", "000000", "ababab", "abcdefg", "qwerty1", "Rahasia!", "rahasia123",
        "Aryanah", "aryanah 2026", "password1", "merdeka45")  # fmt: skip


@pytest.mark.parametrize("password", EASY)
def test_a_password_that_is_easily_guessed_is_refused(
    password: str, opened: Callable[..., Book]
) -> None:
    book = opened()
    assert code_of(lambda: book.people.begin([(CHAIR, password)])) == "password-too-easy"
    assert book.people.everyone() == ()


@pytest.mark.parametrize(
    "password", ["sawi-hijau", "kangkung", "bayam metro", "Ary4n4h-pare", "t3mp3k"]
)
def test_other_passwords_are_taken(password: str, opened: Callable[..., Book]) -> None:
    book = opened()
    book.people.begin([(CHAIR, password)])
    assert book.sign_in(CHAIR.name, password).signed_in


def test_nobody_is_kept_away_for_long_by_what_others_try() -> None:
    assert max(wait_after(tries) for tries in range(200)) == timedelta(minutes=15)
