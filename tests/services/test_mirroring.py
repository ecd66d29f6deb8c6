"""A group's file and its mirror on a server: what is new comes over, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.mirroring import Tail, header
from tests.conftest import NOW
from tests.servers import Server

_numbers = iter(range(1_000))


@pytest.fixture
def door() -> Books:
    return Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))


@pytest.fixture
def own(sample_path: Path, tmp_path: Path) -> Path:
    """The group's own file."""
    return Path(shutil.copy(sample_path, tmp_path / "juni.kwt"))


@pytest.fixture
def mirror(server: Server) -> ServerAddress:
    return server.address(f"cermin-{next(_numbers)}")


def record(door: Books, path: Address, amount: int = 1_000) -> str:
    with closing(door.open(path)) as book:
        return book.record(Transfer(date=NOW.date(), source="1101", to="1103", amount=amount)).hash


def stream_of(door: Books, path: Address) -> bytes:
    out = BytesIO()
    with closing(door.open(path, read_only=True)) as book:
        book.export("stream", out, attachments=True)
    return out.getvalue()


def tail_of(door: Books, path: Address, since: str | None = None) -> bytes:
    out = BytesIO()
    with closing(door.open(path, read_only=True)) as book:
        book.export("tail", out, since=since)
    return out.getvalue()


def refused(act: Callable[[], object]) -> StorageError:
    with pytest.raises(StorageError) as error:
        act()
    return error.value


def test_what_is_new_comes_over(door: Books, own: Path, mirror: ServerAddress) -> None:
    first = door.push(own, mirror)
    assert first.entries == 87
    seal = record(door, own)
    second = door.push(own, mirror)
    assert (second.entries, second.head) == (1, seal)
    assert door.push(own, mirror).entries == 0
    assert stream_of(door, mirror) == stream_of(door, own)
    with closing(door.open(mirror, read_only=True)) as book:
        assert all(each.passed for each in book.verify())


def test_a_mirror_is_only_read(door: Books, own: Path, mirror: ServerAddress) -> None:
    door.push(own, mirror)
    assert refused(lambda: door.open(mirror)).code == "mirror"
    with closing(door.open_as_it_lies(mirror)) as book:
        assert book.protected


def test_a_mirror_that_lost_its_guard_of_the_program_is_guarded_by_the_server(
    door: Books, server: Server, own: Path, mirror: ServerAddress
) -> None:
    door.push(own, mirror)
    insert = (
        "INSERT INTO document SELECT sequence + 1, kind, NULL, date, NULL, NULL, payload,"
        " recorded_at, recorded_by, hash, 'x' FROM document ORDER BY sequence DESC LIMIT 1"
    )
    with server.connect() as connection:
        connection.execute(f'SET search_path TO "{mirror.book}"')
        with pytest.raises(Exception, match="must follow the one before"):
            connection.execute(insert)


def test_a_fork_is_named_and_nothing_is_taken(
    door: Books, own: Path, mirror: ServerAddress, tmp_path: Path
) -> None:
    other = Path(shutil.copy(own, tmp_path / "lain.kwt"))
    record(door, own)
    door.push(own, mirror)
    for amount in (2_000, 3_000):
        record(door, other, amount)
    before = stream_of(door, mirror)
    error = refused(lambda: door.push(other, mirror))
    assert (error.code, error.params["document"]) == ("forked", "BM-2607-0001")
    tail = tail_of(door, other)
    assert refused(lambda: door.take_tail(BytesIO(tail), mirror)).code == "forked"
    assert stream_of(door, mirror) == before
    assert door.compare(other, mirror).reports[0].parameters["verdict"] == "parted"


def test_an_older_copy_of_the_book_is_told_that_it_is_one(
    door: Books, own: Path, mirror: ServerAddress, tmp_path: Path
) -> None:
    older = Path(shutil.copy(own, tmp_path / "lama.kwt"))
    record(door, own)
    record(door, own)
    door.push(own, mirror)
    told = refused(lambda: door.push(older, mirror))
    assert (told.code, told.params["count"]) == ("older-than-mirror", 2)


def test_a_tail_on_a_stick(door: Books, own: Path, mirror: ServerAddress) -> None:
    head = door.push(own, mirror).head
    record(door, own)
    tail = tail_of(door, own, head)
    assert len(tail.splitlines()) == 2
    assert door.take_tail(BytesIO(tail), mirror).entries == 1
    assert door.take_tail(BytesIO(tail), mirror).entries == 0, "the stick came twice"
    record(door, own)
    head = door.push(own, mirror).head
    again = door.take_tail(BytesIO(tail), mirror)
    assert (again.entries, again.head) == (0, head), "a stick of before"
    assert stream_of(door, mirror) == stream_of(door, own)


def test_a_tail_with_a_gap_before_it(door: Books, own: Path, mirror: ServerAddress) -> None:
    head = door.push(own, mirror).head
    later = record(door, own)
    record(door, own)
    gap = tail_of(door, own, later)
    error = refused(lambda: door.take_tail(BytesIO(gap), mirror))
    assert (error.code, error.params["seal"]) == ("tail-begins-later", head)
    assert refused(lambda: tail_of(door, own, "0" * 64)).code == "no-such-seal"


def said(header: bytes, **otherwise: object) -> bytes:
    """The first line of a tail, saying something else."""
    return json.dumps({"tail": json.loads(header)["tail"] | otherwise}).encode()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: lines[1:], 1),
        (lambda lines: lines[:-1], 2),
        (lambda lines: [*lines[:-1], lines[-1].replace(b'"amount":1000', b'"amount":1001')], 3),
        (lambda lines: [*lines[:-1], lines[-1].replace(b"Siti", b"Sita")], 3),
        (lambda lines: [*lines[:-1], lines[-1].replace(b'"recorded"', b'"rekam"')], 3),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [*lines, lines[-1]], 4),
        (lambda lines: [b"{}", *lines[1:]], 1),
        (lambda lines: [said(lines[0], head="0" * 64), *lines[1:]], 3),
        (lambda lines: [said(lines[0], last=90), *lines[1:]], 3),
        (lambda lines: [], 1),
    ],
)
def test_a_changed_tail_is_refused_whole(
    door: Books,
    own: Path,
    mirror: ServerAddress,
    change: Callable[[list[bytes]], list[bytes]],
    line: int,
) -> None:
    head = door.push(own, mirror).head
    record(door, own)
    record(door, own)
    before = stream_of(door, mirror)
    changed = b"\n".join(change(tail_of(door, own, head).splitlines()))
    error = refused(lambda: door.take_tail(BytesIO(changed), mirror))
    assert (error.code, error.params) == ("bad-tail", {"line": line})
    assert stream_of(door, mirror) == before


HEADER = {"after": 2, "since": "a", "last": 3, "head": "b"}


@pytest.mark.parametrize(
    "otherwise",
    [{"after": "2"}, {"since": 2}, {"last": "3"}, {"head": None}, {"after": -1}, {"after": 4},
     {"after": True}, {"last": 2.5}],
)  # fmt: skip
def test_a_tail_begins_with_where_it_goes_on_from(otherwise: dict[str, object]) -> None:
    assert header(json.dumps({"tail": HEADER}).encode()) == Tail(2, "a", 3, "b")
    whole = json.dumps({"tail": HEADER | {"after": 0, "last": 0}}).encode()
    assert header(whole) == Tail(0, "a", 0, "b")
    error = refused(lambda: header(json.dumps({"tail": HEADER | otherwise}).encode()))
    assert (error.code, error.params) == ("bad-tail", {"line": 1})


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"tail": {}}', b"\xff", b"[" * 100_000])
def test_what_is_no_tail_is_refused(raw: bytes) -> None:
    assert refused(lambda: header(raw)).code == "bad-tail"


def test_a_book_that_is_recorded_in_takes_no_tail(
    door: Books, own: Path, mirror: ServerAddress
) -> None:
    door.move(own, mirror)
    assert refused(lambda: door.push(own, mirror)).code == "not-a-mirror"


def test_a_tail_is_lines_of_a_stream_with_their_seals(door: Books, own: Path) -> None:
    header, *lines = tail_of(door, own).splitlines()
    assert json.loads(header)["tail"]["last"] == len(lines) == 87
    stream = [json.loads(line) for line in stream_of(door, own).splitlines()]
    assert [json.loads(line)["entry"] for line in lines] == stream
    assert json.loads(lines[-1])["seal"] == json.loads(header)["tail"]["head"]


# -- from place to place -------------------------------------------------------------------------


def test_a_book_goes_to_a_server_and_back(
    door: Books, own: Path, server: Server, tmp_path: Path
) -> None:
    there, back = server.address(f"pindah-{next(_numbers)}"), tmp_path / "kembali.kwt"
    record(door, own)
    head = door.move(own, there)
    assert door.move(there, back) == head
    assert stream_of(door, back) == stream_of(door, there) == stream_of(door, own)
    assert refused(lambda: door.move(own, there)).code == "book-exists"
    with closing(door.open(back)) as book:
        assert all(each.passed for each in book.verify())


def test_a_book_without_entries_goes_too(door: Books, server: Server, tmp_path: Path) -> None:
    door.create(tmp_path / "kosong.kwt").close()
    there = server.address(f"kosong-{next(_numbers)}")
    door.move(tmp_path / "kosong.kwt", there)
    with closing(door.open(there)) as book:
        assert all(each.passed for each in book.verify())
