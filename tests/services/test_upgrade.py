"""A book of an older program: backed up, brought up to date, and the same book still."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.backup import bring_up_to_date
from kwt_books.store.driver import sqlite3
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.tables import triggers
from tests import ROOT
from tests.books import dumped
from tests.older import made_older
from tests.store import step_to_2
from tests.store.later import be_later

STEPS = {
    SCHEMA_VERSION + 1: "tests.store.step_to_2",
    SCHEMA_VERSION + 2: "tests.store.step_to_3",
}


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return dumped(connection)


def facts(path: Path) -> list[str]:
    return [line for line in content(path) if line.startswith("INSERT INTO")]


@pytest.fixture
def path(full_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_path, tmp_path / "buku.kwt"))


@pytest.fixture
def a_version_later(monkeypatch: pytest.MonkeyPatch) -> int:
    """What the program would know, were it one version further."""
    later = SCHEMA_VERSION + 1
    be_later(monkeypatch, later, step_to_2.MADE)
    return later


def test_a_step_is_taken_behind_a_backup(path: Path, a_version_later: int, books: Books) -> None:
    before, recorded = content(path), facts(path)
    backup = bring_up_to_date(path, resources_dir(), STEPS, a_version_later)
    assert backup == path.with_name(f"buku-v{SCHEMA_VERSION}.kwt")
    assert content(backup) == before
    assert [line.split("(")[0] for line in facts(path)] == [x.split("(")[0] for x in recorded]
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(attachment)")]
        assert columns[-1] == "thumbnail"
        assert connection.execute("PRAGMA user_version").fetchone() == (a_version_later,)
        standing = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        assert standing.fetchone() == (len(triggers()),)
    book = books.open(path, read_only=True)
    assert all(outcome.passed for outcome in book.verify())
    book.close()
    assert {each.name for each in path.parent.iterdir()} == {path.name, backup.name}


@pytest.fixture
def second_path(path: Path) -> Path:
    """A book of version 1: moves without a date, no programmes, savings and dues beside it."""
    return made_older(path, "", 1)


@pytest.fixture
def first_path(path: Path) -> Path:
    """A book as it was made before 1.0.0: without a place for passwords."""
    return made_older(path, "DROP TABLE credential;", 1)


def schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The columns and indexes of every table, however they came about."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: [
                *connection.execute(f"PRAGMA table_xinfo({name})").fetchall(),
                *sorted(
                    (index[1], *index[2:], *row)
                    for index in connection.execute(f"PRAGMA index_list({name})").fetchall()
                    if not index[1].startswith("sqlite_autoindex")
                    for row in connection.execute(f"PRAGMA index_info({index[1]})").fetchall()
                ),
                *connection.execute(f"SELECT wr FROM pragma_table_list('{name}')").fetchall(),
            ]
            for name in names
        }


def test_a_book_of_the_first_edition_is_what_it_would_be_now(
    full_path: Path, second_path: Path, books: Books
) -> None:
    books.open(second_path).close()
    assert sorted(facts(second_path)) == sorted(facts(full_path))
    assert schema(second_path) == schema(full_path)
    assert second_path.with_name("buku-v1.kwt").is_file()


def test_a_book_from_before_the_first_release_is_opened(
    first_path: Path, full_path: Path, books: Books
) -> None:
    before, recorded = content(first_path), facts(full_path)
    with closing(books.open(first_path)) as book:
        assert all(outcome.passed for outcome in book.verify())
        assert not any(each.has_password for each in book.people.everyone())
    assert sorted(facts(first_path)) == sorted(recorded)
    assert content(first_path.with_name("buku-v0.kwt")) == before
    with closing(books.open(first_path)):
        made = {each.name for each in first_path.parent.glob("*.kwt")}
    assert made == {"buku.kwt", "buku-v0.kwt"}, "it is done once"


def test_a_book_of_before_is_made_as_a_new_one_is(
    first_path: Path, books: Books, tmp_path: Path
) -> None:
    fresh = tmp_path / "baru.kwt"
    for each in (books.open(first_path), books.create(fresh)):
        each.close()
    tables = []
    for each in (first_path, fresh):
        with closing(sqlite3.connect(each)) as connection:
            columns = connection.execute("PRAGMA table_xinfo(credential)").fetchall()
            rowless = "SELECT wr FROM pragma_table_list('credential')"
            tables.append((columns, connection.execute(rowless).fetchall()))
    assert tables[0] == tables[1]


def test_a_book_whose_seals_were_made_otherwise_is_left_alone(
    first_path: Path, books: Books
) -> None:
    with closing(sqlite3.connect(first_path)) as connection:
        connection.execute("UPDATE document SET hash = 'lama' WHERE sequence = 1")
        connection.commit()
    before = content(first_path)
    with pytest.raises(StorageError) as error:
        books.open(first_path)
    assert error.value.code == "copy-not-whole"
    assert content(first_path) == before


def test_a_step_that_is_taken_is_not_taken_by_an_older_program(
    path: Path, a_version_later: int, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = bring_up_to_date(path, resources_dir(), STEPS, a_version_later)
    assert backup is not None
    monkeypatch.undo()
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(StorageError) as error:
            books.open(path, read_only=read_only)
        assert error.value.code == "newer-book"
    assert path.read_bytes() == before
    books.open(backup).close()


def test_a_book_that_is_up_to_date_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    assert bring_up_to_date(path, resources_dir()) is None
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_backups_name_that_is_taken_is_numbered(path: Path, a_version_later: int) -> None:
    taken = path.with_name(f"buku-v{SCHEMA_VERSION}.kwt")
    taken.write_text("lain", encoding="utf-8")
    backup = bring_up_to_date(path, resources_dir(), STEPS, a_version_later)
    assert backup == path.with_name(f"buku-v{SCHEMA_VERSION}-2.kwt")
    assert taken.read_text(encoding="utf-8") == "lain"


def test_a_step_that_spoils_the_book_leaves_it_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_later(monkeypatch, SCHEMA_VERSION + 2, step_to_2.MADE)
    before = content(path)
    with pytest.raises(StorageError) as error:
        bring_up_to_date(path, resources_dir(), STEPS, SCHEMA_VERSION + 2)
    assert error.value.code == "copy-not-whole"
    assert content(path) == before
    left = {each.name for each in path.parent.iterdir()}
    assert left == {path.name, f"buku-v{SCHEMA_VERSION}.kwt"}


def test_an_older_book_is_not_read_as_if_it_were_a_new_one(
    path: Path, a_version_later: int, books: Books
) -> None:
    with pytest.raises(StorageError) as error:
        books.open(path, read_only=True)
    assert error.value.code == "older-book"


def test_opening_a_book_does_not_import_what_only_steps_need(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        " from kwt_books.services.backup import bring_up_to_date;"
        f" bring_up_to_date(Path({str(path)!r}), Path({str(resources_dir())!r}));"
        " print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
