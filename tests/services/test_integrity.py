"""Whatever is changed in a book behind the program's back is found, and the document named."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import Issue, StorageError
from kwt_books.i18n.catalogue import LANGUAGES, Translator
from kwt_books.i18n.formats import Formats
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.services.explain import explain
from kwt_books.services.integrity.entries import CHECKS, Outcome
from kwt_books.store.driver import sqlite3
from kwt_books.store.tables import metadata
from tests.books import asked as books_asked
from tests.domain.examples import BASE
from tests.oracle.streams import random_stream
from tests.services.forging import failed, guards_down, tampered

PURCHASE = "(SELECT sequence FROM document WHERE number = 'BKK-2606-0001')"
SALE = "(SELECT sequence FROM document WHERE number = 'BM-2607-0003')"
OF_PURCHASE = f"WHERE document = {PURCHASE}"


def asked(path: Path, sql: str) -> Any:
    return books_asked(path, sql)[0][0]


CHANGED = {
    "amount": (f"UPDATE posting SET amount = amount + 1000 {OF_PURCHASE} AND line = 0", "chain"),
    "amount, unbalanced": (f"UPDATE posting SET amount = 5 {OF_PURCHASE} AND line = 0", "balanced"),
    "account": (f"UPDATE posting SET account = '6101' {OF_PURCHASE} AND line = 0", "chain"),
    "party": (f"UPDATE posting SET party = 'pasar' {OF_PURCHASE}", "chain"),
    "closing": (f"UPDATE posting SET closing = 1 {OF_PURCHASE}", "chain"),
    "posting's date": (f"UPDATE posting SET date = '2026-06-30' {OF_PURCHASE}", "entries"),
    "posting gone": (f"DELETE FROM posting {OF_PURCHASE}", "chain"),
    "goods": (f"UPDATE move SET quantity = quantity + 1 {OF_PURCHASE}", "chain"),
    "value of goods": (f"UPDATE move SET value = value + 1 {OF_PURCHASE}", "controls"),
    "place": (f"UPDATE move SET place = 'shop:siti' {OF_PURCHASE}", "chain"),
    "date": (f"UPDATE document SET date = '2026-06-04' WHERE sequence = {PURCHASE}", "entries"),
    "memo": (
        "UPDATE document SET payload = replace(payload, 'Beli benih sayur', 'Beli benih')"
        f" WHERE sequence = {PURCHASE}",
        "chain",
    ),
    "date within the entry": (
        "UPDATE document SET payload = replace(payload, '2026-06-03', '2026-06-02')"
        f" WHERE sequence = {PURCHASE}",
        "entries",
    ),
    "broken JSON": (
        f"UPDATE document SET payload = substr(payload, 2) WHERE sequence = {PURCHASE}",
        "entries",
    ),
    "contra account": (
        f"UPDATE posting SET contra = '1102' WHERE document = {PURCHASE} AND account = '1101'",
        "entries",
    ),
    "kind": (f"UPDATE document SET kind = 'payment' WHERE sequence = {PURCHASE}", "entries"),
    "recorded by": (f"UPDATE document SET recorded_by = 'X' WHERE sequence = {PURCHASE}", "chain"),
    "recorded at": (f"UPDATE document SET recorded_at = '' WHERE sequence = {PURCHASE}", "chain"),
    "number": (
        f"UPDATE document SET number = 'BKK-2606-9999' WHERE sequence = {PURCHASE}",
        "numbers",
    ),
    "id": (f"UPDATE document SET id = 'x' WHERE sequence = {PURCHASE}", "entries"),
    "corrects": (f"UPDATE document SET corrects = 46 WHERE sequence = {PURCHASE}", "entries"),
    "hash": (
        f"UPDATE document SET hash = previous WHERE sequence = {PURCHASE}",
        "chain",
    ),
    "lot's expiry": (
        f"UPDATE lot SET expires = '2030-01-01' WHERE ordinal / 1000000 = {PURCHASE}",
        "chain",
    ),
    "lot's receipt": (
        f"UPDATE lot SET received = '2026-05-01' WHERE ordinal / 1000000 = {PURCHASE}",
        "entries",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_document_is_found_and_named(
    what: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    statement, check = CHANGED[what]
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", statement))
    named = "BKK-2606-9999" if what == "number" else "BKK-2606-0001"
    assert found[check].document == named
    if what not in ("posting's date", "contra account", "id", "corrects"):
        assert found["chain"].document == named


KEPT = {
    "kept-balances": "UPDATE balance SET debit = debit + 1 WHERE account = '1101'",
    "kept-layers": "UPDATE layer SET quantity = quantity + 1 WHERE item = 'pupuk'",
    "kept-plants": "UPDATE growing SET value = value + 1 WHERE place = 'bed:kebun'",
    "kept-assets": "UPDATE asset SET life_months = 12 WHERE code = 'BL-1'",
    "kept-numbers": "UPDATE voucher SET last = last + 1 WHERE prefix = 'BM'",
    "kept-setup": "UPDATE setup SET payload = replace(payload, '10000', '1000')"
    " WHERE kind = 'item' AND code = 'keripik-pare'",
    "attachments": "UPDATE attachment SET data = substr(data, 2)",
    "trial-balance": "UPDATE balance SET credit = credit - 1 WHERE account = '1101'",
}


@pytest.mark.parametrize("check", KEPT)
def test_a_changed_sum_is_found_and_only_that(
    check: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", KEPT[check]))
    also = {"kept-balances", "trial-balance"} if "balance" in check else set()
    assert found.keys() == {check} | also


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", KEPT)
def test_what_is_wrong_is_said_in_a_sentence(
    check: str, language: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    """In words, with the names of what it is about: no key of a table, no column."""
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", KEPT[check]))
    words = Translator(language)
    with closing(books.open(full_path, read_only=True)) as book:
        names = book.read(setup_data)
    for outcome in found.values():
        assert outcome.details is not None
        said = explain(outcome.details, names, words, Formats(language))
        assert re.fullmatch(r"[A-Z][^{}_|]+\.", said)
        assert "2026-0" not in said
        assert words.knows(outcome.details.code)


NAMED = {
    "kept-balances": "Kas Tunai Bendahara",
    "kept-layers": "Pupuk NPK",
    "kept-plants": "kebun",
    "kept-assets": "BL-1",
    "kept-numbers": "BM",
    "kept-setup": "keripik-pare",
    "attachments": "nota.jpg",
}


@pytest.mark.parametrize("check", NAMED)
def test_what_was_changed_is_named(
    check: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", KEPT[check]))[check]
    with closing(books.open(full_path, read_only=True)) as book:
        names = book.read(setup_data)
    assert found.details is not None
    said = explain(found.details, names, Translator("id"), Formats("id"))
    assert NAMED[check] in said


BESIDE = {
    "kept-programmes": (
        "UPDATE programme SET remains = remains + 1 WHERE code = 'p2l'",
        "Pekarangan Pangan Lestari 2026",
    ),
    "kept-savings": ("UPDATE saving SET saved = saved - 1 WHERE party = 'sumiyati'", "Sumiyati"),
    "kept-dues": ("DELETE FROM dues WHERE party = 'hartati' AND month = '2026-12'", "Hartati"),
}


def worded(found: Outcome, names: SetupData) -> list[str]:
    """What was found, in each language: a whole sentence in which nothing is left open."""
    assert found.details is not None
    told = [explain(found.details, names, Translator(each), Formats(each)) for each in LANGUAGES]
    for said in told:
        assert re.fullmatch(r"[A-Z][^{}_|]+\.", said)
    return told


@pytest.mark.parametrize("check", BESIDE)
def test_programmes_savings_and_dues_are_counted_anew(
    check: str, books: Books, second_edition_path: Path, tmp_path: Path
) -> None:
    statement, named = BESIDE[check]
    found = failed(books, tampered(second_edition_path, tmp_path / "t.kwt", statement))
    assert found.keys() == {check}
    with closing(books.open(second_edition_path, read_only=True)) as book:
        names = book.read(setup_data)
    assert all(named in said for said in worded(found[check], names))


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("UPDATE move SET value = value + 1 WHERE place = 'programme:p2l'", "controls"),
        ("UPDATE move SET date = '2026-12-31' WHERE place = 'store'", "entries"),
    ],
)
def test_moves_of_programmes_and_dates_of_moves_are_checked(
    change: str, check: str, books: Books, second_edition_path: Path, tmp_path: Path
) -> None:
    path = tampered(second_edition_path, tmp_path / "t.kwt", change, resealed=True)
    assert check in failed(books, path)


@pytest.mark.only_files
@pytest.mark.parametrize("change", ["data || x'00'", "x''", "'x'", "7"])
def test_an_attachment_that_is_no_file_any_more_is_named(
    change: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "t.kwt"
    shutil.copyfile(full_path, copy)
    with guards_down(copy) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE attachment SET data = {change}")
    found = failed(books, copy)["attachments"]
    assert found.sequence == asked(full_path, "SELECT document FROM attachment")
    assert found.details is not None
    assert found.details.params["name"] == "nota.jpg"


@pytest.mark.parametrize("table", ["balance", "layer", "growing", "asset", "voucher", "setup"])
def test_a_row_of_a_kept_table_that_is_gone_is_missed(
    table: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    key = next(iter(metadata.tables[table].primary_key.columns)).name
    change = f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} LIMIT 1)"
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", change))
    assert any(check.startswith("kept-") for check in found)


def test_a_changed_account_of_the_chart_is_found(
    books: Books, full_path: Path, tmp_path: Path
) -> None:
    """The chart that books begin with is not in the chain."""
    change = "UPDATE setup SET payload = replace(payload, 'income', 'equity') WHERE code = '4101'"
    assert failed(books, tampered(full_path, tmp_path / "t.kwt", change)).keys() == {"kept-setup"}


def gone(document: str) -> tuple[str, ...]:
    return (
        *(f"DELETE FROM {table} WHERE document = {document}" for table in ("posting", "move")),
        f"DELETE FROM lot WHERE ordinal / 1000000 = {document}",
        f"DELETE FROM document WHERE sequence = {document}",
    )


def test_a_deleted_document_is_missed(books: Books, full_path: Path, tmp_path: Path) -> None:
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *gone("49")))
    assert found["chain"].document == "#49"
    assert {"numbers", "kept-balances"} <= found.keys()


def test_the_last_document_is_missed_too(books: Books, full_path: Path, tmp_path: Path) -> None:
    last = asked(full_path, "SELECT max(sequence) FROM document")
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *gone(str(last))))
    assert found.keys() == {"kept-balances", "kept-numbers"}


def test_two_documents_in_each_others_place_are_found(
    books: Books, full_path: Path, tmp_path: Path
) -> None:
    moves = [(49, -1), (50, 49), (-1, 50)]
    swap = [f"UPDATE document SET sequence = {to} WHERE sequence = {at}" for at, to in moves]
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *swap))
    assert found["chain"].document == "BKK-2606-0002"


INSERTED = (
    "INSERT INTO document SELECT sequence + 1, 'payment', 'BKK-2607-0002', '2026-07-05', NULL,"
    " NULL, replace(payload, '7500', '9900'), recorded_at, recorded_by, hash, hash FROM document"
    " WHERE sequence = (SELECT max(sequence) FROM document)",
    "INSERT INTO posting SELECT max(sequence), 0, '6105', '2026-07-05', 9900, NULL, 0, '1101'"
    " FROM document",
    "INSERT INTO posting SELECT max(sequence), 1, '1101', '2026-07-05', -9900, NULL, 0, '6105'"
    " FROM document",
)


def test_an_inserted_document_is_found(books: Books, full_path: Path, tmp_path: Path) -> None:
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *INSERTED))
    assert found["chain"].document == "BKK-2607-0002"


def test_a_document_inserted_with_a_right_seal_disagrees_with_the_sums(
    books: Books, full_path: Path, tmp_path: Path
) -> None:
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *INSERTED, resealed=True))
    assert found.keys() == {"kept-balances", "kept-numbers"}


FORGED = {
    "balanced": (f"UPDATE posting SET amount = amount + 1 {OF_PURCHASE} AND line = 0",),
    "numbers": (
        f"UPDATE document SET number = 'BKM-2606-0050' WHERE sequence = {PURCHASE}",
    ),
    "closed-months": (
        "UPDATE document SET date = '2026-06-29', number = 'BM-2606-0017',"
        f" payload = replace(payload, '2026-07-03', '2026-06-29') WHERE sequence = {SALE}",
        "UPDATE posting SET date = '2026-06-29' WHERE document ="
        " (SELECT sequence FROM document WHERE number = 'BM-2606-0017')",
    ),
    "parties": (f"UPDATE posting SET party = NULL WHERE document = {SALE} AND party = 'kpp'",),
    "controls": (f"UPDATE move SET value = value - 7 WHERE document = {SALE}",),
    "stock": (f"UPDATE move SET quantity = quantity - 5000000 WHERE document = {SALE}",),
    "entries": (f"UPDATE document SET corrects = 46 WHERE sequence = {SALE}",),
}  # fmt: skip


@pytest.mark.parametrize("check", FORGED)
def test_a_forger_who_seals_anew_is_found_by_the_rules(
    check: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    """Only the head on signed paper tells of a forgery that breaks no rule."""
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *FORGED[check], resealed=True))
    assert "chain" not in found
    assert found[check].document is not None
    with closing(books.open(full_path, read_only=True)) as book:
        assert worded(found[check], book.read(setup_data))
    head = "SELECT hash FROM document ORDER BY sequence DESC LIMIT 1"
    same_head = asked(full_path, head) == asked(tmp_path / "t.kwt", head)
    assert same_head is (check == "entries")


@pytest.mark.only_files
def test_guards_taken_down_are_missed(books: Books, full_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "t.kwt"
    shutil.copyfile(full_path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER posting_no_UPDATE")
    assert failed(books, copy).keys() == {"guards"}


@pytest.mark.only_files
def test_what_is_foreign_is_counted_and_the_first_of_it_named(
    books: Books, full_path: Path, tmp_path: Path
) -> None:
    made = [f"CREATE TABLE {'x' * 50}{n} (a)" for n in range(7)]
    found = failed(books, tampered(full_path, tmp_path / "t.kwt", *made))
    assert found.keys() == {"guards"}
    assert found["guards"].details == Issue(
        "", "guards-differ", {"count": 7, "names": ", ".join(["x" * 40] * 5)}
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_book_that_nobody_touched_passes_every_check(
    seed: int, book_of: Callable[..., Book]
) -> None:
    told: list[tuple[int, int]] = []
    book = book_of(*random_stream(seed, 300, 5))
    found = book.verify(lambda done, total: told.append((done, total)))
    assert [each.check for each in found] == list(CHECKS)
    assert [each for each in found if not each.passed] == []


def test_verifying_tells_how_far_it_is_and_can_be_stopped(
    books: Books, tmp_path: Path, book_of: Callable[..., Book]
) -> None:
    class Stop(Exception):  # noqa: N818
        pass

    def stop(done: int, total: int) -> None:
        assert (done, total) == (1000, 1021)
        raise Stop

    party = {"kind": "party", "code": "x", "name": "X", "role": "member"}
    book = book_of(*(party | {"name": f"X {n}"} for n in range(1021)))
    with pytest.raises(Stop):
        book.verify(stop)
    assert all(each.passed for each in book.verify())


STRANGE = (None, "x", b"\xff", 1.5, -1, 2**62, "", "{}", "[1]", "NaN", "\ud7ff", "2026-13-45")
TABLES = (
    "document", "posting", "move", "lot", "balance", "layer", "growing", "asset", "voucher",
    "setup",
)  # fmt: skip


@pytest.mark.only_files
@pytest.mark.parametrize("table", TABLES)
def test_strange_values_anywhere_fail_a_check_and_never_the_program(
    table: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    rng = random.Random(table)
    for number in range(6):
        copy = tmp_path / f"{number}.kwt"
        shutil.copyfile(full_path, copy)
        with guards_down(copy) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            before = connection.execute(f"SELECT * FROM {table}").fetchall()
            while connection.execute(f"SELECT * FROM {table}").fetchall() == before:
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                column = rng.choice(columns)
                row = rng.choice(connection.execute(f"SELECT * FROM {table}").fetchall())
                where = " AND ".join(f"{name} IS ?" for name in columns)
                with suppress(sqlite3.IntegrityError):
                    connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {where}",
                        (rng.choice(STRANGE), *row),
                    )
        assert failed(books, copy), (before, column)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the tables hold, read without any of their indexes."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall()
            for table in TABLES
        }


@pytest.mark.only_files
def test_a_file_that_cannot_even_be_checked_fails_the_check(
    books: Books, full_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some damage makes SQLite give its own check up."""
    malformed = sqlite3.DatabaseError("database disk image is malformed")

    def given_up(*_: object, **__: object) -> str:
        raise DatabaseError("PRAGMA integrity_check(1)", None, malformed)

    monkeypatch.setattr("kwt_books.services.integrity.verify.damage_of", given_up)
    with closing(books.open(full_path, read_only=True)) as book:
        (failed,) = (each for each in book.verify() if not each.passed)
    assert failed.check == "file"


@pytest.mark.only_files
def test_damaged_pages_never_fail_the_program(
    books: Books, full_path: Path, tmp_path: Path
) -> None:
    """What no check notices lay where nothing is written: every row is still there."""
    rng = random.Random(7)
    whole, held, noticed = full_path.read_bytes(), rows_of(full_path), 0
    for _ in range(30):
        broken = bytearray(whole)
        start = rng.randrange(4096, len(broken) - 600)
        broken[start : start + 600] = rng.randbytes(600)
        copy = tmp_path / "broken.kwt"
        copy.write_bytes(broken)
        try:
            found = bool(failed(books, copy))
        except StorageError:  # not even the first page makes sense
            found = True
        noticed += found
        assert found or rows_of(copy) == held
    assert noticed


def test_goods_that_came_for_nothing_are_no_fault(book_of: Callable[..., Book]) -> None:
    given = {"kind": "grant", "date": "2026-06-05", "account": "3104", "items": [
        {"item": "benih", "qty": 5, "value": 0}]}  # fmt: skip
    used = {"kind": "distribution", "date": "2026-06-06", "lines": [{"item": "daun", "qty": 1}]}
    free = {**given, "items": [{"item": "daun", "qty": 1, "value": 0}]}
    for lines in ((given,), (free, used)):
        assert all(each.passed for each in book_of(*BASE, *lines).verify())
