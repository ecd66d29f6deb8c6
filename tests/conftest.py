"""What all tests share: a door to books with a fixed clock, and the sample month."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.i18n import catalogue
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services import people
from kwt_books.store import keys
from tests.books import book_at
from tests.servers import BooksOnServer, Server, place_on, programs, running_server

DATA = Path(__file__).parent / "data"
WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 7, 1, 9, 12, tzinfo=WIB)

settings.register_profile("books", deadline=None)  # no clock is asserted
settings.load_profile("books")


ON_BOTH = (
    "queries",
    "reports",
    "scenarios",
    "services/intake",
    "services/test_agreement.py",
    "services/test_bad_streams.py",
    "services/test_explain.py",
    "services/test_first_answers.py",
    "services/test_integrity.py",
    "services/test_people.py",
    "services/test_recording.py",
    "services/test_slips.py",
    "services/test_statements.py",
    "services/test_unusual.py",
    "store/test_state.py",
)
"""Tests that run on books in files and, with `--long`, on a server alike.

The others of `store` and `services` are about what a file alone is (its log, its name and place
on a disk, its pages, copies and keys; backups, upgrades, the audit's own file), or a server alone.
"""
ALWAYS_ON_BOTH = (
    "queries",
    "reports/test_long_rows.py::test_a_name_behind",
    "scenarios",
    "services/test_agreement.py::test_random_streams",
    "services/test_agreement.py::test_the_worked_months",
    "services/test_bad_streams.py::test_stopping_an_import_leaves_nothing",
    "services/test_first_answers.py",
    "services/test_integrity.py::test_a_deleted_document_is_missed",
    "services/test_recording.py",
)
"""Those that do without it; other reports are compared by `reports/test_engines.py`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help="Also what takes long: all that can be on a server, all nonsense in every field.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Modules and tests stay until the end: the garbage collector needn't look at them again.

    For the rest it comes seldom, as in a command.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the long form of a test is wanted."""
    return bool(request.config.getoption("long"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The one parameter: which engine keeps the books of a test."""
    if "engine" not in metafunc.fixturenames:
        return
    test = metafunc.definition
    name = f"{test.path.relative_to(Path(__file__).parent).as_posix()}::{test.name}"
    wanted = ON_BOTH if metafunc.config.getoption("long") else ALWAYS_ON_BOTH
    if name.startswith(wanted) and test.get_closest_marker("only_files") is None:
        metafunc.parametrize("engine", ["file", "server"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Where the books of a test lie: in a `file`, or on a `server`."""
    return str(getattr(request, "param", "file"))


@pytest.fixture(scope="session")
def postgresql() -> Path:
    """The folder of PostgreSQL's programs.

    Where there are none, what needs them is skipped with words, and fails where everything is to be
    tried.
    """
    try:
        return programs()
    except RuntimeError as error:
        if os.environ.get("CI") or os.environ.get("KWT_BOOKS_WHOLE"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def server(postgresql: Path) -> Iterator[Server]:
    """A PostgreSQL server with an empty database, in a folder of its own."""
    with (
        running_server("fsync=off", "full_page_writes=off") as running,  # its disk is not tried
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr("kwt_books.store.server.ahead.FAR", 1_000)  # however busy this computer is
        yield running


@pytest.fixture(scope="session")
def books(engine: str, request: pytest.FixtureRequest) -> Books:
    """The door; with `engine` server, what a test calls by a path lies on the server."""
    books = Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))
    if engine == "file":
        return books
    return BooksOnServer(books, request.getfixturevalue("server"))


@pytest.fixture(scope="module")
def whole_sentences() -> Iterator[None]:
    """A sentence that lacks what it is filled with fails the test of what says it; people would be
    shown the name of what is missing.
    """
    fill = catalogue.fill

    def strict(text: str, params: dict[str, object]) -> str:
        text.format_map(params)  # raises KeyError
        return fill(text, params)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "fill", strict)
        yield


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of encrypted books cost little: how much they really cost is a test of its own."""
    monkeypatch.setattr(keys, "_MEMORY", 64)


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """New passwords cost little: how much they really cost is a test of its own."""
    monkeypatch.setattr(people, "_MEMORY", 64)


@pytest.fixture(scope="session")
def sample_stream() -> Path:
    return DATA / "juni-2026.jsonl"


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    """Every figure of the sample month, computed elsewhere."""
    found: dict[str, Any] = json.loads(
        (DATA / "juni-2026.expected.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="session")
def sample_path(
    books: Books, sample_stream: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The sample month as a book's file; not to be written to."""
    path = tmp_path_factory.mktemp("sample") / "juni.kwt"
    with sample_stream.open("rb") as stream:
        books.import_stream(path, stream)
    return path


@pytest.fixture
def sample_book(books: Books, sample_path: Path) -> Iterator[Book]:
    """The sample month, opened to be read."""
    book = books.open(sample_path, read_only=True)
    yield book
    book.close()


@pytest.fixture(scope="session")
def second_path(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months that use all of the second edition, as a book's file; not to be written to."""
    path = tmp_path_factory.mktemp("second") / "edisi-2.kwt"
    with (DATA / "edisi-2.jsonl").open("rb") as stream:
        books.import_stream(path, stream)
    return path


@pytest.fixture
def second_book(books: Books, second_path: Path) -> Iterator[Book]:
    """Those two months, opened to be read."""
    book = books.open(second_path, read_only=True)
    yield book
    book.close()


@pytest.fixture
def alone(books: Books, sample_path: Path, tmp_path: Path) -> Path:
    """The sample month in WAL mode, closed, in a folder of its own."""
    path = tmp_path / "alone" / "juni.kwt"
    path.parent.mkdir()
    shutil.copyfile(sample_path, path)
    books.open(path).close()
    return path


@pytest.fixture
def book_of(books: Books, tmp_path: Path) -> Iterator[Callable[..., Book]]:
    """Makes a new book of stream lines (objects or text) and opens it."""
    opened: list[Book] = []

    def make(*lines: dict[str, Any] | str) -> Book:
        path = book_at(books, tmp_path / f"book-{len(opened)}.kwt", lines)
        opened.append(books.open(path))
        return opened[-1]

    yield make
    for book in opened:
        book.close()


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def new_address(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where a book may be made, in a file or on a server."""
    path = tmp_path / "buku.kwt"
    return path if engine == "file" else place_on(request.getfixturevalue("server"), path)


@pytest.fixture
def watch() -> Watch:
    return Watch()
