"""Encrypted books: opened by a passphrase or a paper, whole like others, readable to nobody."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services import encryption
from kwt_books.services.encryption import Encrypted
from kwt_books.store import keys
from kwt_books.store.driver import connected
from kwt_books.store.engine import contents_of
from kwt_books.store.file import BookFile
from tests.services.test_opening import refused

pytestmark = pytest.mark.usefixtures("quick_keys")
PHRASE, OTHER = "cangkul hujan Bogor tiga", "kelapa perahu senja empat"
SAID = b"Fotokopi"
"""Words of a document of the book."""


@pytest.fixture
def path(full_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_path, tmp_path / "buku.kwt"))


@pytest.fixture
def told(books: Books, path: Path) -> Encrypted:
    """The book at `path`, encrypted; its key is known."""
    return encrypted(books, path)


def encrypted(books: Books, path: Path, phrase: str | None = PHRASE) -> Encrypted:
    with closing(books.open(path)) as book:
        return book.encrypt(phrase)


def export(books: Books, path: Path) -> bytes:
    with closing(books.open(path, read_only=True)) as book, BytesIO() as out:
        book.export("stream", out, attachments=True)
        return out.getvalue()


def content(path: Path) -> list[object]:
    with closing(BookFile.open(path, read_only=True)) as file, file.reading() as connection:
        return list(contents_of(connection))


def transfer() -> Transfer:
    return Transfer(date=date(2026, 7, 31), source="1101", to="1103", amount=1000)


# -- nothing is lost, and nobody reads along ---------------------------------------------------


def test_an_encrypted_book_holds_the_same_and_shows_nothing(books: Books, path: Path) -> None:
    before, stream = content(path), export(books, path)
    assert SAID in path.read_bytes()
    encrypted(books, path)
    raw = path.read_bytes()
    assert raw.startswith(keys.MARK)
    assert SAID not in raw
    assert b"CREATE TABLE" not in raw
    assert content(path) == before
    assert export(books, path) == stream
    assert [each.name for each in path.parent.iterdir()] == ["buku.kwt"]


def test_a_book_in_which_nothing_was_recorded_is_encrypted(books: Books, tmp_path: Path) -> None:
    books.create(path := tmp_path / "baru.kwt").close()
    assert encrypted(books, path).backups == 0
    assert path.read_bytes().startswith(keys.MARK)
    assert export(books, path) == b""


def test_a_book_says_whether_it_is_encrypted_and_by_which_key(books: Books, path: Path) -> None:
    with closing(books.open(path)) as book:
        assert (book.encrypted, book.key_on_paper()) == (False, None)
        key = book.encrypt(PHRASE).key
        assert key is not None
        assert (book.encrypted, book.key_on_paper()) == (True, key)


def test_what_is_recorded_in_it_is_encrypted_in_the_log_too(
    books: Books, path: Path, told: Encrypted
) -> None:
    with closing(books.open(path)) as book:
        book.record(transfer())
        log = path.with_name("buku.kwt-wal").read_bytes()
        assert log
        assert b"transfer" not in log
        assert all(each.passed for each in book.verify())
    assert b"transfer" not in path.read_bytes()


def test_a_book_that_is_only_read_is_not_encrypted(books: Books, path: Path) -> None:
    before = path.read_bytes()
    with closing(books.open(path, read_only=True)) as book, refused("read-only"):
        book.encrypt(PHRASE)
    assert path.read_bytes() == before


def test_it_becomes_readable_again(books: Books, path: Path) -> None:
    before = content(path)
    encrypted(books, path)
    assert encrypted(books, path, None).key is None
    assert not books.is_encrypted(path)
    assert content(path) == before


def test_another_phrase_makes_another_key(books: Books, path: Path, told: Encrypted) -> None:
    again = encrypted(books, path, OTHER)
    assert again.key not in (None, told.key)
    books.lock(path)
    for old in (PHRASE, told.key or ""):
        with pytest.raises(StorageError):
            books.unlock(path, old)
    books.unlock(path, OTHER)
    export(books, path)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
def test_new_books_backups_and_papers_are_their_owners_alone(books: Books, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(books.create(tmp_path / "baru.kwt", PHRASE)) as book:
            book.back_up(tmp_path / "cadangan.kwt")
            book.export("stream", tmp_path / "baru.jsonl")
    finally:
        os.umask(before)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_an_open_book_goes_on_after_it_was_encrypted(books: Books, path: Path) -> None:
    with closing(books.open(path)) as book:
        before = book.standing()
        book.encrypt(PHRASE)
        assert book.standing() == before
        book.record(transfer())
    assert path.read_bytes().startswith(keys.MARK)


def test_where_people_sign_in_the_chair_alone_encrypts(books: Books, path: Path) -> None:
    with closing(books.open(path)) as book:
        book.people.begin(
            [
                (PersonSetup(name="Siti", role=Role.CHAIR), "gambas-bogor"),
                (PersonSetup(name="Ani", role=Role.TREASURER), "terong-garut"),
            ]
        )
        for name, password, code in (
            ("", "", "sign-in-first"),
            ("Ani", "terong-garut", "not-permitted"),
        ):
            if name:
                book.sign_in(name, password)
            with pytest.raises(RuleError) as error:
                book.encrypt(PHRASE)
            assert error.value.code == code
        book.sign_in("Siti", "gambas-bogor")
        assert book.encrypt(PHRASE).key


# -- who may open it ---------------------------------------------------------------------------


def test_without_its_phrase_nothing_opens_it(books: Books, path: Path, told: Encrypted) -> None:
    books.lock(path)
    assert books.is_encrypted(path)
    assert books.asks_phrase(path)
    assert books.people_of(path) is None
    for read_only in (False, True):
        with refused("encrypted"):
            books.open(path, read_only=read_only)
    with refused("encrypted"):
        books.restore(path, path.with_name("lain.kwt"))
    with refused("encrypted"):
        books.open_as_it_lies(path)
    with refused("encrypted"):
        books.import_stream(path, BytesIO())
    assert [each.name for each in path.parent.iterdir()] == ["buku.kwt"]


@pytest.mark.parametrize("secret", [PHRASE.upper(), PHRASE[:-1], "", "x" * 500])
def test_a_wrong_phrase_is_told_from_damage(
    secret: str, books: Books, path: Path, told: Encrypted
) -> None:
    books.lock(path)
    with refused("wrong-passphrase"):
        books.unlock(path, secret)
    assert books.asks_phrase(path)


@pytest.mark.parametrize(
    "typed", [str.lower, lambda key: key.replace("-", " "), lambda key: key.replace("0", "o")]
)
def test_the_key_on_paper_opens_it_however_it_is_typed(
    typed: Callable[[str], str], books: Books, path: Path, told: Encrypted
) -> None:
    books.lock(path)
    books.unlock(path, typed(told.key or ""))
    export(books, path)


def test_a_key_with_one_wrong_sign_is_told(books: Books, path: Path, told: Encrypted) -> None:
    books.lock(path)
    key = told.key or ""
    for place in (0, 20, len(key) - 1):
        wrong = key[:place] + ("7" if key[place] != "7" else "8") + key[place + 1 :]
        with refused("wrong-book-key"):
            books.unlock(path, wrong)


def test_the_key_of_another_book_is_told(
    books: Books, path: Path, told: Encrypted, tmp_path: Path
) -> None:
    books.create(tmp_path / "lain.kwt", PHRASE).close()
    books.lock(path)
    with refused("wrong-book-key"):
        books.unlock(tmp_path / "lain.kwt", told.key or "")


def test_a_book_that_asks_for_nothing_is_not_unlocked(books: Books, path: Path) -> None:
    with refused("not-encrypted"):
        books.unlock(path, PHRASE)


def test_letters_may_be_composed_either_way(books: Books, tmp_path: Path) -> None:
    books.create(tmp_path / "a.kwt", "kebun re\u0301sume\u0301  rawa sawah").close()
    books.lock(tmp_path / "a.kwt")
    assert books.asks_phrase(tmp_path / "a.kwt")
    books.unlock(tmp_path / "a.kwt", " kebun r\u00e9sum\u00e9 rawa sawah ")
    assert not books.asks_phrase(tmp_path / "a.kwt")


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("", "passphrase-too-short"),
        ("pendek sek", "passphrase-too-short"),
        ("a             b", "passphrase-too-short"),
        ("abababababababab", "passphrase-too-easy"),
        ("bendahara 2026", "passphrase-too-easy"),
        ("abcdefghijklmnop", "passphrase-too-easy"),
    ],
)
def test_a_weak_phrase_is_refused_and_nothing_changes(
    phrase: str, code: str, books: Books, path: Path
) -> None:
    before = path.read_bytes()
    with refused(code):
        encrypted(books, path, phrase)
    with refused(code):
        books.create(path.with_name("baru.kwt"), phrase)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["buku.kwt"]


# -- copies of it ------------------------------------------------------------------------------


def test_a_backup_and_a_book_of_it_are_encrypted_alike(
    books: Books, path: Path, told: Encrypted, tmp_path: Path
) -> None:
    backup, again = tmp_path / "cadangan.kwt", tmp_path / "lagi.kwt"
    with closing(books.open(path)) as book:
        book.back_up(backup)
        standing = book.standing()
        assert standing is not None
        assert book.rebuild_at(anew := tmp_path / "anew.kwt") == standing.head
    assert anew.read_bytes().startswith(keys.MARK)
    assert export(books, anew) == export(books, path)
    books.lock(path)
    books.unlock(backup, PHRASE)
    books.restore(backup, again)
    assert all(each.read_bytes().startswith(keys.MARK) for each in (backup, again))
    assert content(again) == content(path)


def test_kept_backups_follow_their_book(books: Books, path: Path, tmp_path: Path) -> None:
    books = Books(resources_dir(), books.clock, books.person)
    books.backups = tmp_path / "kept"
    (kept,) = books.keep_backup(path)
    found = encrypted(books, path)
    assert (found.backups, found.left) == (1, ())
    assert SAID not in kept.read_bytes()
    assert content(kept) == content(path)
    with closing(books.open(path)) as book:
        book.record(transfer())
    (second,) = books.keep_backup(path)
    assert second.read_bytes().startswith(keys.MARK)
    books.lock(path)
    assert books.look_into(second).locked
    books.unlock(path, PHRASE)
    assert books.look_into(second).whole


def test_a_backup_of_another_phrase_is_left_as_it_is(
    books: Books, path: Path, tmp_path: Path
) -> None:
    books = Books(resources_dir(), books.clock, books.person)
    books.backups = tmp_path / "kept"
    (kept,) = books.keep_backup(path)
    encrypted(books, kept, OTHER)
    books.lock(kept)
    before = kept.read_bytes()
    found = encrypted(books, path)
    assert (found.backups, found.left) == (0, (kept,))
    assert kept.read_bytes() == before


def test_an_import_goes_on_in_it(books: Books, path: Path, told: Encrypted, tmp_path: Path) -> None:
    line = b'{"kind":"transfer","date":"2026-07-31","from":"1101","to":"1103","amount":1000}\n'
    assert books.import_stream(path, BytesIO(line)).entries == 1
    assert path.read_bytes().startswith(keys.MARK)


def test_it_is_compared_with_one_that_is_not(
    books: Books, full_path: Path, path: Path, told: Encrypted
) -> None:
    pack = books.compare(full_path, path, "en")
    assert pack.reports[0].parameters["verdict"] == "same"


def test_where_nothing_can_be_written_it_is_read_all_the_same(
    books: Books, path: Path, told: Encrypted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.store.engine.os.access", lambda *_: False)
    monkeypatch.setattr("kwt_books.store.file.os.access", lambda *_: False)
    with closing(books.open_as_it_lies(path)) as book:
        assert book.protected
        assert all(each.passed for each in book.verify())


# -- what goes wrong on the way ----------------------------------------------------------------


@pytest.mark.parametrize("step", ["must_equal", "must_pass", "settle"])
def test_whatever_fails_leaves_the_book_as_it_was(
    step: str, books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise StorageError("disk-full", path=path)

    before = content(path)
    monkeypatch.setattr(encryption, step, full)
    with refused("disk-full"):
        encrypted(books, path)
    assert not books.is_encrypted(path)
    assert content(path) == before
    assert [each.name for each in path.parent.iterdir()] == ["buku.kwt"]


def test_a_copy_that_lacks_a_row_never_takes_the_books_place(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = BookFile.export

    def lossy(self: BookFile, target: Path, key: keys.Key | None) -> None:
        export(self, target, key)
        with closing(connected(target, isolation_level=None)) as made:
            made.execute("DELETE FROM setup WHERE kind = 'item'")

    monkeypatch.setattr(BookFile, "export", lossy)
    with refused("damaged"):
        encrypted(books, path)
    assert not books.is_encrypted(path)


def test_a_book_that_somebody_has_open_is_not_changed(books: Books, path: Path) -> None:
    with closing(books.open(path)) as book:
        book.read(lambda _reading: None)
        with refused("locked"):
            encrypted(books, path)
        assert book.record(transfer()).number, "the other goes on"
    assert not books.is_encrypted(path)


def damage(books: Books, path: Path) -> bool:
    """Whether opening or checking it finds damage."""
    try:
        with closing(books.open(path, read_only=True)) as book:
            return not all(each.passed for each in book.verify())
    except StorageError as error:
        return error.code == "damaged"


def test_a_bit_that_flips_in_it_is_found(books: Books, path: Path, told: Encrypted) -> None:
    raw = path.read_bytes()
    for place in (40, len(raw) // 2, len(raw) - 40):
        changed = bytearray(raw)
        changed[place] ^= 4
        path.write_bytes(changed)
        assert damage(books, path), place
