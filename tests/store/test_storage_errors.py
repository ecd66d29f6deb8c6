"""What a disk can refuse: said clearly, and what was recorded before stays."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.store import engine
from kwt_books.store.driver import connected, sqlite3
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.file import BookFile, coming_to, must_look_like_a_book, settle
from tests.books import column, dumped


def transfer(memo: str = "") -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=5, memo=memo or None)


@pytest.fixture
def path(sample_path: Path, tmp_path: Path) -> Path:
    """A sample book of its own."""
    return Path(shutil.copy(sample_path, tmp_path / "book.kwt"))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(StorageError) as error:
        yield
    assert error.value.code == code


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return dumped(connection)


@contextmanager
def disk_of(book: Book, spare_pages: int) -> Iterator[None]:
    """The disk has room for only so many pages more."""
    (pages,), (most,) = (book.read(column, f"PRAGMA {x}page_count") for x in ("", "max_"))
    book.read(column, f"PRAGMA max_page_count = {pages + spare_pages}")
    yield
    book.read(column, f"PRAGMA max_page_count = {most}")


def number_of_next(book: Book, memo: str = "") -> str:
    return book.record(transfer(memo)).number or ""


def fill(book: Book, recorded: list[str]) -> None:
    """Records until the disk is full."""
    for _ in range(500):
        recorded += [number_of_next(book, "x" * 3000)]


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(books: Books, path: Path) -> None:
    book = books.open(path)
    recorded: list[str] = []
    with disk_of(book, 10), refused("disk-full"):
        fill(book, recorded)
    assert recorded
    assert int(number_of_next(book)[-4:]) == int(recorded[-1][-4:]) + 1
    assert all(outcome.passed for outcome in book.verify())
    book.close()


def test_an_import_that_fills_the_disk_leaves_the_book_as_it_was(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    tight = (*engine.SAFE, f"max_page_count={pages + 10}")
    before = content(path)
    line = (
        b'{"kind": "transfer", "date": "2026-07-02", "from": "1101", "to": "1103", "amount": 5}\n'
    )
    with monkeypatch.context() as patched:
        patched.setattr(engine, "SAFE", tight)
        with refused("disk-full"):
            books.import_stream(path, io.BytesIO(line * 2000))
    assert content(path) == before


def test_a_new_book_that_does_not_fit_is_not_there(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUILDING", (*engine.BUILDING, "max_page_count=20"))
    with refused("disk-full"):
        books.create(tmp_path / "new.kwt")
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_another_program_writes_to_is_locked_and_then_free(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 20)
    book = books.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with refused("locked"):
            book.record(transfer())
        assert book.check(transfer()) == ()
        assert book.preview(transfer()).postings
        assert book.unusual(transfer()) == ()
        assert book.at_one_moment(lambda each: each.language) == "id"
    assert book.record(transfer()).number == "BM-2607-0001"
    book.close()


def test_a_book_opens_while_another_program_writes_to_it(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is busy for a moment, and not protected."""
    books.open(path).close()
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        book = books.open(path)
        other.execute("ROLLBACK")
    assert book.record(transfer()).number
    book.close()


def test_two_open_books_of_one_file_go_on_from_each_others_documents(
    books: Books, path: Path
) -> None:
    one, other = books.open(path), books.open(path)
    numbers = [book.record(transfer()).number for book in (one, other, one, other)]
    assert numbers == [f"BM-2607-000{number}" for number in range(1, 5)]
    assert all(outcome.passed for outcome in one.verify())
    one.close()
    other.close()


def test_a_book_opened_to_be_read_takes_nothing(books: Books, path: Path) -> None:
    before = content(path)
    book = books.open(path, read_only=True)
    with refused("read-only"):
        book.record(transfer())
    book.close()
    assert content(path) == before


def test_a_write_protected_file_takes_nothing(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write anywhere learns it from SQLite, when it is asked to take something."""
    before = content(path)
    monkeypatch.setattr(
        "kwt_books.store.driver.uri_of", lambda each: f"{each.as_uri()}?immutable=1&x="
    )
    with refused("read-only"):
        books.open(path)
    assert content(path) == before


def test_a_file_that_may_not_be_written_is_not_opened_for_it(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.store.file.os.access", lambda *_: False)
    with refused("read-only"):
        books.open(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_that_is_none_is_refused(books: Books, path: Path) -> None:
    with refused("cannot-write"):
        books.create(path / "within" / "new.kwt")
    with refused("cannot-write"):
        books.import_stream(path / "new.kwt", io.BytesIO(b"{}"))


def test_what_is_there_is_not_written_over(books: Books, path: Path) -> None:
    before = path.read_bytes()
    with refused("book-exists"):
        books.create(path)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_yet_is_made(books: Books, tmp_path: Path) -> None:
    path = tmp_path / "Kelompok" / "2026" / "buku.kwt"
    books.create(path).close()
    with closing(books.open(path)) as book:
        assert number_of_next(book)


def test_a_file_that_cannot_be_read_is_not_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        with refused("cannot-open"):
            must_look_like_a_book(path)
    must_look_like_a_book(path)


def test_a_name_that_was_taken_meanwhile_stays_whose_it_is(tmp_path: Path) -> None:
    """Somebody saved another file under it while the book was filled."""
    path = tmp_path / "buku.kwt"
    with refused("target-exists"), coming_to(path) as made:
        connected(made).close()
        path.write_text("skripsi", encoding="utf-8")
        settle(made, path)
    assert path.read_text(encoding="utf-8") == "skripsi"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_missing_book_is_not_made_by_opening_it(books: Books, tmp_path: Path) -> None:
    for read_only in (True, False):
        with refused("no-such-book"):
            books.open(tmp_path / "none.kwt", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("text", [b"", b"Buku kas", b"SQLite format 3\x00" + b"x" * 5000])
def test_a_file_that_is_no_book_is_left_alone(
    text: bytes, read_only: bool, books: Books, tmp_path: Path
) -> None:
    path = tmp_path / "notes.kwt"
    path.write_bytes(text)
    with pytest.raises(StorageError) as error:
        books.open(path, read_only=read_only)
    assert error.value.code in ("not-a-book", "damaged")
    assert path.read_bytes() == text
    assert [each.name for each in tmp_path.iterdir()] == ["notes.kwt"]


@pytest.mark.parametrize("read_only", [True, False])
def test_someone_elses_database_is_left_alone(
    read_only: bool, books: Books, tmp_path: Path
) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
    before = path.read_bytes()
    with refused("not-a-book"):
        books.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["photos.db"]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_book_of_a_newer_program_is_refused(read_only: bool, books: Books, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StorageError) as error:
        books.open(path, read_only=read_only)
    assert error.value.code == "newer-book"
    assert error.value.params["version"] == SCHEMA_VERSION + 1


def test_a_truncated_book_is_damaged(books: Books, path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with refused("damaged"), closing(books.open(path)) as book:
        fill(book, [])


FACTS = ("document", "posting", "move", "lot")


@pytest.mark.parametrize("table", FACTS)
def test_facts_refuse_to_be_changed_or_removed(table: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for statement in (
            f"UPDATE {table} SET {columns[-1]} = {columns[-1]}",
            f"DELETE FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "INSERT INTO posting VALUES (49, 9, '1101', '2026-06-03', 5, NULL, 0, '')",
            "nothing more",
        ),
        (
            "INSERT INTO move VALUES (49, 9, 'store', 'pupuk', 'x', 5, 0, '2026-06-03')",
            "nothing more",
        ),
        (
            "INSERT INTO document VALUES (900, 'sale', NULL, NULL, NULL, NULL, '{}', '', '',"
            " 'x', 'y')",
            "must follow",
        ),
        ("INSERT INTO posting VALUES (900, 0, '1101', '2026-06-03', 0, NULL, 0, '')", "CHECK"),
        ("INSERT INTO posting VALUES (900, 0, '1101', '2026-06-03', 1.5, NULL, 0, '')", "CHECK"),
    ],
)
def test_facts_refuse_what_does_not_fit(statement: str, reason: str, path: Path) -> None:
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=reason),
    ):
        connection.execute(statement)


def test_a_document_that_does_not_balance_is_refused_by_the_file_itself(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        last = connection.execute("SELECT max(sequence) FROM document").fetchone()[0]
        connection.execute("BEGIN")
        connection.execute(
            f"INSERT INTO posting VALUES ({last + 1}, 0, '1101', '2026-07-01', 5, NULL, 0, '')"
        )
        with pytest.raises(sqlite3.IntegrityError, match="must balance"):
            connection.execute(
                f"INSERT INTO document SELECT {last + 1}, kind, NULL, date, NULL, NULL, payload,"
                f" '', '', hash, 'x' FROM document WHERE sequence = {last}"
            )


# -- an entry that was refused when it stood in the log already --------------------------------


def crashed(path: Path, place: Path) -> Path:
    """The book as a crash leaves it: file and log, without SQLite's index of the log."""
    copy = place / "after.kwt"
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    return copy


def refused_in_the_log(book: Book, path: Path, place: Path) -> None:
    """As where a disk takes all of an entry and then refuses to flush it."""
    (place / "twin").mkdir()
    twin = crashed(path, place / "twin")
    writer = sqlite3.connect(twin)
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("UPDATE setup SET payload = '{}' WHERE kind = 'group'")
    writer.commit()
    longer = Path(f"{twin}-wal").read_bytes()
    known = Path(f"{path}-wal").stat().st_size
    assert longer[:known] == Path(f"{path}-wal").read_bytes()
    assert len(longer) > known
    writer.close()
    with refused("disk-error"), closing(BookFile.open(path)) as file, file.state(write=True):
        with Path(f"{path}-wal").open("r+b") as log:
            log.write(longer)
        raise StorageError("disk-error", detail="fdatasync")


def test_an_entry_that_was_refused_is_not_found_after_a_crash(
    books: Books, path: Path, tmp_path: Path
) -> None:
    """Also where somebody reads, so that the log can't be brought into the file."""
    book = books.open(path)
    number_of_next(book)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM document").fetchone()
        before = content(path)
        refused_in_the_log(book, path, tmp_path)
        assert content(crashed(path, tmp_path)) == before
    assert number_of_next(book)
    assert all(outcome.passed for outcome in book.verify())
    book.close()


class Unreadable:
    """A connection under which the disk gives back nonsense while the log is brought in."""

    def __init__(self, within: sqlite3.Connection) -> None:
        self._within = within

    def __getattr__(self, name: str) -> Any:
        return getattr(self._within, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if "wal_checkpoint" in sql:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return self._within.execute(sql, *values)


def test_a_log_that_cannot_be_brought_in_stays(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = books.open(path)
    number_of_next(book)
    real = engine.raw_connection
    with monkeypatch.context() as unreadable:
        unreadable.setattr("kwt_books.store.file.raw_connection", lambda of: Unreadable(real(of)))
        book.rest()
    assert Path(f"{path}-wal").stat().st_size
    assert number_of_next(book)
    assert all(outcome.passed for outcome in book.verify())
    book.close()


def test_nothing_is_less_safe_after_a_refusal(books: Books, path: Path) -> None:
    book = books.open(path)
    with disk_of(book, 0), refused("disk-full"):
        fill(book, [])
    found = [
        book.read(column, f"PRAGMA {name}")
        for name in ("synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
    ]
    assert found == [[2], [1], [1], [engine.BUSY_MILLISECONDS]]
    book.close()
