"""A server that is killed while desks record: whatever was acknowledged is there, once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.documents.money import Transfer
from kwt_books.i18n.catalogue import resources_dir
from tests import ROOT
from tests.books import asked
from tests.conftest import DATA, NOW
from tests.servers import Server, running_server, scratch_folder

DOOR = Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))
KILLS = int(os.environ.get("KWT_BOOKS_KILLS", "2"))
"""How many times the server is killed; the long form sets it."""
DESKS, EACH = (10, 200) if KILLS > 10 else (3, 12)


@pytest.fixture
def own_server(postgresql: Path) -> Iterator[Server]:
    with running_server() as server:
        yield server


def june_at(address: ServerAddress) -> None:
    DOOR.import_stream(address, BytesIO((DATA / "juni-2026.jsonl").read_bytes()))


def desks(address: ServerAddress, folder: Path) -> list[subprocess.Popen[bytes]]:
    """Processes that record until all is answered, however often the server is away."""
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.desk", str(address), f"m{desk}", str(EACH),
             str(folder / f"{desk}.txt")],
            cwd=ROOT,
        )
        for desk in range(DESKS)
    ]  # fmt: skip


def acknowledged(folder: Path) -> dict[str, str]:
    """What desks were answered, by the id of the document."""
    texts = [path.read_text("utf-8") for path in folder.glob("*.txt")]
    return dict(line.split() for text in texts for line in text.splitlines())


def wait_for(running: list[subprocess.Popen[bytes]], folder: Path, answers: int) -> None:
    """Until desks were answered so often, or one of them gave up."""
    while all(process.poll() in (None, 0) for process in running):
        texts = [path.read_text("utf-8") for path in folder.glob("*.txt")]
        if sum(text.count("\n") for text in texts) >= answers:
            return
        time.sleep(0.02)


def test_what_was_acknowledged_is_there_once(own_server: Server, tmp_path: Path) -> None:
    """The server is killed all along while desks record, and does its work of putting in order."""
    address = own_server.address("juni")
    june_at(address)
    running = desks(address, tmp_path)
    for kill in range(1, KILLS + 1):
        wait_for(running, tmp_path, kill * DESKS * EACH // (KILLS + 1))
        own_server.kill()
        own_server.start()
    assert [process.wait(600) for process in running] == [0] * DESKS
    told = acknowledged(tmp_path)
    there = asked(address, "SELECT id, hash FROM document WHERE id LIKE 'm%'")
    assert len(there) == len(told) == DESKS * EACH
    for name, seal in there:
        assert told[name] in (seal, "there")
    with closing(DOOR.open(address)) as book:
        assert all(outcome.passed for outcome in book.verify())


@pytest.mark.usefixtures("postgresql")
def test_a_standby_that_is_promoted_has_all_of_it() -> None:
    replicated = (
        "wal_level=replica", "max_wal_senders=4", "synchronous_standby_names=*",
        "synchronous_commit=local",
    )  # fmt: skip
    with running_server(*replicated) as first, scratch_folder() as folder:
        address = first.address("juni")
        june_at(address)
        second = first.standby(folder)
        try:
            first.be_synchronous()
            with closing(DOOR.open(address)) as book:
                told = [
                    book.record(Transfer(id=f"m{each}", date=NOW.date(), source="1101",
                                         to="1103", amount=1_000))
                    for each in range(20)
                ]  # fmt: skip
                first.kill()
            second.promote()
            there = second.address("juni")
            found = asked(there, "SELECT id, hash FROM document WHERE id LIKE 'm%' ORDER BY 2")
            assert sorted(seal for _, seal in found) == sorted(each.hash for each in told)
            with closing(DOOR.open(there)) as book:
                assert book.record(
                    Transfer(date=NOW.date(), source="1101", to="1103", amount=1_000)
                ).sequence == told[-1].sequence + 1  # fmt: skip
                assert all(outcome.passed for outcome in book.verify())
        finally:
            second.stop()
