"""A server far away: what is asked of it comes in few messages, and is the same as ever."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from benchmarks import workload
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import ServerAddress, server_of
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.selling import MarketDay
from kwt_books.domain.errors import InvalidDocument, StorageError, StreamError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.closing import month_state
from kwt_books.queries.reading import Reading
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import Pack
from kwt_books.services.stream import parse_entry
from kwt_books.store.server import ahead
from kwt_books.store.tables import document, setup
from tests.books import column
from tests.conftest import NOW
from tests.proxies import Proxy, proxy_to
from tests.queries.crowd import MONTH, crowd
from tests.queries.every_question import QUESTIONS
from tests.servers import Server

FEW = 9
"""Answers that a page waits for at most."""
DOOR = Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))
SOLD = parse_entry(
    b'{"kind": "market_day", "date": "2026-06-28", "venue": "outlet-jumat",'
    b' "received": {"1101": 3000},'
    b' "lines": [{"item": "panen-1", "taken": 2, "sold": 1, "returned": 1}]}'
)[0]


@pytest.fixture(scope="module")
def crowded(server: Server) -> ServerAddress:
    """A month with two of everything; what a test records in it stands at its end."""
    address = server.address("ramai")
    DOOR.import_stream(address, BytesIO("\n".join(crowd(2)).encode()))
    return address


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with proxy_to(server.port) as proxy:
        yield proxy


@pytest.fixture
def far(
    crowded: ServerAddress, server: Server, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Book]:
    """The book over a line on which each answer counts."""
    monkeypatch.setattr(ahead, "FAR", 0)
    with closing(DOOR.open(server_of(over(proxy, server, crowded)))) as book:
        yield book


def plain(answer: Any) -> Any:
    """As it can be compared: rows that are read later are read."""
    return answer.with_rows() if isinstance(answer, Pack) else answer


def test_every_page_comes_in_few_messages_and_is_what_a_file_gives(
    far: Book, proxy: Proxy, crowded: ServerAddress, tmp_path: Path
) -> None:
    path = tmp_path / "ramai.kwt"
    DOOR.move(crowded, path)
    with closing(DOOR.open(path)) as near:
        for name, ask in QUESTIONS.items():
            before = proxy.asked
            answer = ask(far)
            waited = proxy.asked - before
            assert waited <= FEW + (name == "pack full"), name
            assert plain(answer) == plain(ask(near)), name


def test_a_document_waits_for_few_answers(far: Book, proxy: Proxy, crowded: ServerAddress) -> None:
    first = far.record(SOLD)
    before = proxy.asked
    assert far.preview(SOLD).postings
    second = far.record(SOLD)
    assert proxy.asked - before <= FEW
    assert second.sequence == first.sequence + 1
    with closing(DOOR.open(crowded)) as other:
        third = other.record(SOLD)  # what the far desk knows is not all any more
    before = proxy.asked
    assert far.record(SOLD).sequence == third.sequence + 1
    assert proxy.asked - before <= FEW
    assert all(outcome.passed for outcome in far.verify())


def month_close(book: Book) -> tuple[object, ...]:
    """What a month comes to, what closing it would post, and what is odd about it."""
    return (
        book.read(month_state, MONTH),
        book.previews(MonthClose(month=MONTH), SOLD),
        book.report("profit-loss", Parameters(month=MONTH), "id").rows,
        book.check(SOLD),
    )


def test_several_questions_of_one_moment_come_in_few_messages(
    far: Book, proxy: Proxy, crowded: ServerAddress
) -> None:
    with closing(DOOR.open(crowded)) as near:
        expected = month_close(near)
        assert near.at_one_moment(month_close) == expected
    before = proxy.asked
    assert far.at_one_moment(month_close) == expected
    assert proxy.asked - before <= FEW
    assert far.is_far
    assert month_close(far) == expected
    far.record(SOLD)  # what was learnt rests on no guess
    assert all(outcome.passed for outcome in far.verify())


def test_what_cannot_be_recorded_is_refused_in_the_same_words(
    far: Book, crowded: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(SOLD, MarketDay)
    (line,) = SOLD.lines
    much = replace(line, taken=10**6, sold=10**6, returned=0)
    wrong = replace(SOLD, lines=(much, replace(much, item="panen-0")))
    issues = far.check(wrong)
    assert len(issues) > 1
    with pytest.raises(InvalidDocument) as refused:
        far.record(wrong)
    assert refused.value.issues == issues
    monkeypatch.setattr(ahead, "FAR", 1_000)
    with closing(DOOR.open(crowded)) as near:
        assert near.check(wrong) == issues


def test_what_another_desk_recorded_is_seen(far: Book, crowded: ServerAddress) -> None:
    ask = QUESTIONS["page overview.overview"]
    before = ask(far)
    assert ask(far) == before
    with closing(DOOR.open(crowded)) as other:
        other.record(SOLD)
        assert ask(far) == ask(other) != before


LIMITED = select(document.c.sequence).order_by(document.c.sequence).limit(bindparam("most"))


def test_a_guess_that_the_server_refuses_does_no_harm(far: Book) -> None:
    """Nothing is known of the first answer: then fewer than no rows are asked for."""

    def work(reading: Reading) -> list[int]:
        there = len(reading.connection.execute(select(setup.c.code).distinct()).all())
        found = reading.connection.execute(LIMITED, {"most": min(there, 3) - 1})
        return [sequence for (sequence,) in found]

    assert far.read(work) == [1, 2]


def test_questions_that_each_follow_from_the_last_answer_come_to_an_end(far: Book) -> None:
    def work(reading: Reading) -> str | None:
        seal: str | None = ""
        for sequence in range(1, 21):
            found = reading.connection.execute(
                select(document.c.hash).where(
                    document.c.sequence == sequence, document.c.previous >= (seal or "")[:0]
                )
            )
            seal = found.scalar_one()
        return seal

    (expected,) = far.read(column, "SELECT hash FROM document WHERE sequence = 20")
    assert far.read(work) == expected


# -- what goes through the whole book -------------------------------------------------------------


def month_of(documents: int) -> list[str]:
    """Lines of a stream of so many documents, every eighth with a photo."""
    lines = list(workload.stream(documents, 1))
    for place in range(0, documents, 8):
        data = f"foto {place}".encode() * 20
        photo = {
            "kind": "attachment", "of": f"foto-{place}", "name": f"{place}.jpg",
            "type": "image/jpeg", "sha256": sha256(data).hexdigest(),
            "data": b64encode(data).decode(),
        }  # fmt: skip
        paid = {
            "kind": "receipt", "date": "2020-01-02", "id": f"foto-{place}", "into": "1101",
            "lines": [{"account": "4103", "amount": 1_000 + place}],
        }  # fmt: skip
        lines += [json.dumps(paid), json.dumps(photo)]
    return lines


MANY = (60, 480)
"""Documents of a book, and of another one that is eight times as long."""


def test_what_reads_the_whole_book_waits_no_longer_for_more_documents(
    server: Server, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[dict[str, int]] = []
    for documents in MANY:
        address = server.address(f"panjang-{documents}")
        DOOR.import_stream(address, BytesIO("\n".join(month_of(documents)).encode()))
        with monkeypatch.context() as patched:
            patched.setattr(ahead, "FAR", 0)
            counted = counting(proxy, server_of(over(proxy, server, address)), address)
            waited.append(counted)
    few, many = waited
    assert set(many) == set(few)
    for what, answers in many.items():
        assert answers <= few[what] + 12, (what, few, many)
    assert many["verify"] <= 30, many


def counting(proxy: Proxy, there: ServerAddress, near: ServerAddress) -> dict[str, int]:
    """Answers that each thing waits for that goes through all of a book."""
    counted = {}
    with closing(DOOR.open(there)) as book:
        assert all(outcome.passed for outcome in book.verify())
        works: dict[str, Callable[[], object]] = {
            "verify": book.verify,
            "compare": lambda: DOOR.compare(there, near),
            "stream": lambda: book.export("stream", BytesIO(), attachments=True),
            "tail": lambda: book.export("tail", BytesIO()),
            "hledger": lambda: book.export("hledger", BytesIO()),
            "beancount": lambda: book.export("beancount", BytesIO()),
        }
        for name, work in works.items():
            before = proxy.asked
            work()
            counted[name] = proxy.asked - before
    return counted


def over(proxy: Proxy, server: Server, address: ServerAddress) -> str:
    return str(address).replace(f":{server.port}/", f":{proxy.port}/")


def test_many_entries_are_sent_in_few_messages_and_become_the_same_book(
    server: Server, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Imported, moved and pushed; and what is refused is refused with its line."""
    lines = month_of(200)
    path = tmp_path / "asal.kwt"
    head = DOOR.import_stream(path, BytesIO("\n".join(lines).encode())).head
    monkeypatch.setattr(ahead, "FAR", 0)
    there = server_of(over(proxy, server, server.address("jauh")))
    for name, work in {
        "impor": lambda to: DOOR.import_stream(to, BytesIO("\n".join(lines).encode())).head,
        "pindah": lambda to: DOOR.move(path, to),
        "cermin": lambda to: DOOR.push(path, to).head,
    }.items():
        before = proxy.asked
        assert work(there.of(name)) == head, name
        assert proxy.asked - before < len(lines), name  # a photo is written with its document
    wrong = [*lines[:150], '{"kind": "transfer", "date": "2020-01-20", "amount": 1}', *lines[150:]]
    with pytest.raises(StreamError) as refused:
        DOOR.import_stream(there.of("salah"), BytesIO("\n".join(wrong).encode()))
    assert refused.value.line == 151
    with pytest.raises(StorageError):
        DOOR.open(there.of("salah"))


def test_many_commands_are_recorded_in_few_messages(far: Book, proxy: Proxy) -> None:
    before = proxy.asked
    recorded = far.record_together([SOLD] * 40)
    assert proxy.asked - before <= 2 * FEW  # a long message may be answered while it is sent
    assert len({each.number for each in recorded}) == 40
    assert all(outcome.passed for outcome in far.verify())
