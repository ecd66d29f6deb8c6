"""A PostgreSQL server of the tests' own, in a folder of its own, and a door to books on it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.address import Address, ServerAddress, server_of
from kwt_books.i18n.catalogue import resources_dir

DATABASE, ADMINISTRATOR = "kwt", "admin"
MISSING = (
    "PostgreSQL is not installed here, and the tests of books on a server need it. Install it with"
    " `apt-get install postgresql` (Debian, Ubuntu), or name the folder of its programs in PG_BIN."
)


def programs() -> Path:
    """The folder of `initdb` and `postgres`. Raises `RuntimeError` where there is none."""
    named = os.environ.get("PG_BIN")
    if named:
        return Path(named)
    debians = Path("/usr/lib/postgresql")
    made = debians.glob("*/bin/initdb") if sys.platform == "linux" else ()  # Wine shows it as well
    found = sorted(made, key=lambda each: int(each.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError(MISSING)
    return Path(on_path).parent


def _ordinary_user() -> dict[str, Any]:
    """PostgreSQL refuses to be run by root: then it is run by somebody who may do nothing."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": ()}


class Server:
    """A server that listens on this computer alone, and trusts whoever asks."""

    def __init__(self, folder: Path, *, settings: tuple[str, ...] = ()) -> None:
        self.folder, self.port = folder, _free_port()
        self._settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.books: list[Book] = []
        """What is to be closed before it stops."""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs() / program), *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **_ordinary_user(),
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def make(self) -> None:
        self.run(
            "initdb", "-D", str(self.data), "-U", ADMINISTRATOR, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        """Starts it and waits until it answers; what a killed one left may hold it up at first."""
        for _ in range(100):
            if self._started():
                return
            time.sleep(0.1)
        raise AssertionError(self._log())

    def _log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")[-2000:]

    def _started(self) -> bool:
        log = (self.folder / "log").open("ab")
        settings = ("listen_addresses=127.0.0.1", f"port={self.port}", *self._settings)
        settings = (*settings, "unix_socket_directories=", "max_connections=400")
        options = [part for each in settings for part in ("-c", each)]
        with log:
            self.process = subprocess.Popen(
                [str(programs() / "postgres"), "-D", str(self.data), *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_ordinary_user(),
            )
        while self.process.poll() is None:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def connect(self, database: str = DATABASE, user: str = ADMINISTRATOR) -> Any:
        url = f"postgresql://{user}@127.0.0.1:{self.port}/{database}"
        return psycopg.connect(url, autocommit=True, connect_timeout=5)

    def copy(self, book: str, to: str) -> None:
        """Puts the rows of a book into another one that is empty, without anybody's rules."""
        with self.connect() as raw:
            query = (
                "SELECT relname FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = %s::regnamespace"
            )
            tables = [name for (name,) in raw.execute(query, (f'"{book}"',))]
            raw.execute("SET session_replication_role = replica")
            for table in tables:
                raw.execute(f'DELETE FROM "{to}".{table}')
                raw.execute(f'INSERT INTO "{to}".{table} SELECT * FROM "{book}".{table}')

    def kill(self) -> None:
        """As if the power failed: nobody is asked, and nothing is put in order."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def standby(self, folder: Path) -> Server:
        """Another server that has all of this one and follows it, in a folder of its own."""
        other = Server(folder, settings=("hot_standby=on",))
        source = f"host=127.0.0.1 port={self.port} user={ADMINISTRATOR}"
        other.run("pg_basebackup", "-D", str(other.data), "-d", source, "-R", "-X", "stream",
                  "--no-sync", "--checkpoint=fast")  # fmt: skip
        other.start()
        return other

    def be_synchronous(self) -> None:
        """From now on nothing is acknowledged that the standby has not; waits until it follows."""
        with self.connect("postgres") as connection:
            for _ in range(600):
                state = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
                if connection.execute(state).fetchone() is not None:
                    break
                time.sleep(0.05)
            connection.execute(f"ALTER DATABASE {DATABASE} SET synchronous_commit = on")

    def promote(self) -> None:
        """Makes a standby a server of its own."""
        with self.connect("postgres") as connection:
            assert connection.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)

    def stop(self) -> None:
        for book in self.books:
            book.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()  # SIGTERM waits for those who are connected
            self.process.send_signal(2)
            self.process.wait(30)

    def address(self, book: str, user: str = ADMINISTRATOR) -> ServerAddress:
        return server_of(f"postgresql://{user}@127.0.0.1:{self.port}/{DATABASE}#{book}")


@contextmanager
def pooler_to(server: Server) -> Iterator[int]:
    """PgBouncer before a server, which hands each transaction to any of two connections; its port.

    Raises `FileNotFoundError` where it is not installed.
    """
    port = _free_port()
    settings = server.folder / "pool.ini"
    settings.write_text(
        f"[databases]\n{DATABASE} = host=127.0.0.1 port={server.port} user={ADMINISTRATOR}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        "auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\n"
        "max_prepared_statements = 200\n"
    )
    process = subprocess.Popen(
        ["pgbouncer", "-q", str(settings)], stderr=subprocess.DEVNULL, **_ordinary_user()
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that belongs to whoever runs the server."""
    made = Path(tempfile.mkdtemp(prefix="kwt-server-", dir=_within()))
    try:
        who = _ordinary_user()
        if who:
            shutil.chown(made, who["user"], who["group"])
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _within() -> str | None:
    """A folder that others than its owner may enter as well."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def running_server(*settings: str) -> Iterator[Server]:
    """A server with an empty database, stopped and gone at the end."""
    with scratch_folder() as folder:
        server = Server(folder, settings=settings)
        server.make()
        server.start()
        try:
            with server.connect("postgres") as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            yield server
        finally:
            server.stop()


class BooksOnServer(Books):
    """The same door; what a test names by a path lies on the server, in a schema of its own."""

    def __init__(self, books: Books, server: Server) -> None:
        super().__init__(resources_dir(), books.clock, books.person)
        self.server = server
        _DOORS[server.address("x").server] = self

    def place(self, path: Address) -> Address:
        if isinstance(path, Path) and not path.is_file():
            PLACES[path] = place_on(self.server, path)
        return place_of(path)

    def open(self, path: Address, *, read_only: bool = False) -> Book:
        return self._held(super().open(self.place(path), read_only=read_only))

    def create(self, path: Address, phrase: str | None = None) -> Book:
        return self._held(super().create(self.place(path), phrase))

    def _held(self, book: Book) -> Book:
        """A book that a test leaves open is closed with the server, not when it is collected."""
        self.server.books.append(book)
        return book

    def import_stream(self, path: Address, *arguments: Any, **named: Any) -> Any:
        return super().import_stream(self.place(path), *arguments, **named)

    def begin(self, path: Address, *arguments: Any, **named: Any) -> Any:
        return super().begin(self.place(path), *arguments, **named)

    def copy(self, path: Address, to: Address) -> None:
        super().move(self.place(path), self.place(to))

    def compare(self, first: Address, second: Address, *arguments: Any, **named: Any) -> Any:
        return super().compare(self.place(first), self.place(second), *arguments, **named)


def copied_on_server(place: ServerAddress, to: Path) -> None:
    """Puts another book with the same rows beside one, where tests call it by `to`."""
    door = _DOORS[place.server]
    door.create(to).close()
    door.server.copy(place.book, PLACES[to].book)


_DOORS: dict[str, BooksOnServer] = {}
"""The doors to books of tests by their servers' addresses."""
PLACES: dict[Path, ServerAddress] = {}
"""Where on a server lies what tests call by a path."""


def place_of(path: Address) -> Address:
    """Where a book lies that a test calls by a path: there, or on a server."""
    return PLACES.get(path, path) if isinstance(path, Path) else path


def place_on(server: Server, path: Address) -> ServerAddress:
    """Where on the server lies what a test calls by a path."""
    if isinstance(path, ServerAddress):
        return path
    plain = re.sub(r"[^a-z0-9_-]", "", path.stem.lower())[:16]
    return server.address(f"b{sha256(str(path).encode()).hexdigest()[:12]}-{plain}")
