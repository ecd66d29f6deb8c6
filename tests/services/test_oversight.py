"""All groups of a database side by side, as each book says it itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import ServerAddress, server_of
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.values import Month
from kwt_books.exporters.formats import REPORT_FORMATS
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.overview import overview
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, RowKind
from kwt_books.services.statements import PackKind, monthly_pack
from kwt_books.store.server.schema import read_role
from tests.conftest import DATA, NOW
from tests.servers import Server, running_server

JUNE = Month("2026-06")


@pytest.fixture(scope="module")
def own_server(postgresql: Path) -> Iterator[Server]:
    with running_server("log_statement=all") as server:
        yield server


@pytest.fixture(scope="module")
def door() -> Books:
    return Books(resources_dir(), lambda: NOW, Person("Bu Dewi", Role.CHAIR))


@pytest.fixture(scope="module")
def three(
    door: Books, own_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, ServerAddress]:
    """A book kept there, a mirror of another group in another kecamatan, and an empty one."""
    addresses = {name: own_server.address(name) for name in ("melati", "mawar", "kosong")}
    june = (DATA / "juni-2026.jsonl").read_bytes()
    door.import_stream(addresses["melati"], BytesIO(june))
    path = tmp_path_factory.mktemp("mawar") / "mawar.kwt"
    other = june.replace(b"Tanjungkarang Pusat", b"Langkapura").replace(
        b"Sukawangi Sejahtera", b"Mawar"
    )
    assert other != june
    lines = other.splitlines()
    door.import_stream(path, BytesIO(b"\n".join(lines[:-1])))  # the month is not closed
    door.push(path, addresses["mawar"])
    door.create(addresses["kosong"]).close()
    return addresses


def report_of(door: Books, server: Server, language: str = "id") -> Report:
    (report,) = door.oversee(server_of(server.address("x").server), JUNE, language).reports
    return report


def test_each_group_stands_there_as_its_own_book_says(
    door: Books, own_server: Server, three: dict[str, ServerAddress]
) -> None:
    report = report_of(door, own_server)
    keys = [column.key for column in report.columns]
    lines = {row.code: dict(zip(keys, row.cells, strict=True)) for row in report.rows if row.code}
    assert set(lines) == {*three, "total"}
    for name in ("melati", "mawar"):
        with closing(door.open(three[name], read_only=True)) as book:
            seen = book.read(overview, JUNE)
            position = book.report("position", Parameters(month=JUNE), "id").figures
            funds = book.report("funds", Parameters(month=JUNE), "id")
        line = lines[name]
        assert (line["turnover"], line["profit"]) == (seen.this.turnover, seen.this.profit)
        assert line["assets"] == seen.this.assets == position["total_assets"]
        assert line["assets"] == line["liabilities"] + line["equity"]
        assert line["late_shops"] == len(seen.todo.shops)
        (total,) = (row.cells[3] for row in funds.rows if row.code == "funds")
        assert line["funds"] == total
        assert line["newest"] == NOW.date()
    assert (lines["melati"]["closed"], lines["mawar"]["closed"]) == ("ya", "belum")
    assert lines["kosong"]["assets"] == 0
    assert report.figures == {"groups": 3, "open": 2}


def test_what_the_exceptions_report_names_is_counted_on_demand(
    door: Books, own_server: Server, three: dict[str, ServerAddress]
) -> None:
    server = server_of(own_server.address("x").server)
    (report,) = door.oversee(server, JUNE, "id", exceptions=True).reports
    place = [column.key for column in report.columns].index("exceptions")
    found = {row.code: row.cells[place] for row in report.rows if row.code}
    with closing(door.open(three["melati"], read_only=True)) as book:
        named = book.report("exceptions", Parameters(month=JUNE), "id").figures
    assert found["melati"] == sum(named.values()) > 0
    assert found["kosong"] == 0
    assert found["total"] == sum(found[name] for name in three)


def test_sums_by_kecamatan_and_of_all(
    door: Books, own_server: Server, three: dict[str, ServerAddress]
) -> None:
    report = report_of(door, own_server)
    lines = [row for row in report.rows if row.kind is RowKind.LINE]
    sums = [row for row in report.rows if row.kind is RowKind.SUBTOTAL]
    total = report.rows[-1]
    assert total.kind is RowKind.TOTAL
    assert len(sums) == len([row for row in report.rows if row.kind is RowKind.SECTION]) == 3
    for place, column in enumerate(report.columns):
        if column.key in ("book", "closed", "newest"):
            continue
        amounts = [row.cells[place] for row in lines]
        assert total.cells[place] == sum(amounts) == sum(row.cells[place] for row in sums)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", list(REPORT_FORMATS))
def test_it_is_written_in_every_format(
    door: Books,
    own_server: Server,
    three: dict[str, ServerAddress],
    tmp_path: Path,
    name: str,
    language: str,
) -> None:
    pack = door.oversee(server_of(own_server.address("x").server), JUNE, language)
    path = tmp_path / f"semua{REPORT_FORMATS[name].suffix}"
    door.write(pack, name, path)
    assert path.stat().st_size > 500


def test_a_coordinator_sees_what_they_were_given(
    door: Books, own_server: Server, three: dict[str, ServerAddress]
) -> None:
    with own_server.connect() as connection:
        connection.execute("CREATE ROLE dewi LOGIN")
        connection.execute(f'GRANT "{read_role(three["melati"])}" TO dewi')
        connection.execute("CREATE ROLE ratna LOGIN IN ROLE kwt_books_oversight")
    for login, seen in (("dewi", 1), ("ratna", 3)):
        address = server_of(own_server.address("", login).server)
        (report,) = door.oversee(address, JUNE, "id").reports
        assert report.figures["groups"] == seen


def test_a_shop_that_does_not_settle_is_counted(
    own_server: Server, three: dict[str, ServerAddress]
) -> None:
    later = Books(resources_dir(), lambda: NOW + timedelta(days=60), Person("", Role.CHAIR))
    with closing(later.open(three["melati"], read_only=True)) as book:
        waiting = len(book.read(overview, JUNE).todo.shops)
    report = report_of(later, own_server)
    (late,) = (row.cells[8] for row in report.rows if row.code == "melati")
    assert late == waiting > 0


def test_no_statement_names_two_schemas(
    door: Books, own_server: Server, three: dict[str, ServerAddress]
) -> None:
    """What the server itself has heard, of making, recording, reading, checking and oversight."""
    with closing(door.open(three["melati"])) as book:
        book.record(Transfer(date=NOW.date(), source="1101", to="1103", amount=1_000))
        assert book.read(monthly_pack, JUNE, PackKind.FULL).parts
        assert all(each.passed for each in book.verify())
    door.compare(three["melati"], three["mawar"])
    report_of(door, own_server)
    heard = (own_server.folder / "log").read_text("utf-8").split("LOG:  ")
    statements = [each for each in heard if each.startswith(("statement:", "execute "))]
    assert len(statements) > 500
    for statement in statements:
        text = statement.split("DETAIL:")[0]
        named = [name for name in three if f'"{name}"' in text or f"{name}." in text]
        assert len(named) <= 1, statement
