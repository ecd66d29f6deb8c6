"""Encrypted books on the command line: the phrase is asked for, or told, and never an argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.cli import encrypting, session
from kwt_books.cli.encrypting import NEW_PHRASE
from kwt_books.cli.session import PHRASE
from kwt_books.store.keys import MARK
from tests.cli.conftest import Run

SAID, OTHER = "cangkul hujan Bogor tiga", "kelapa perahu senja empat"
pytestmark = pytest.mark.usefixtures("quick_keys")
LINE = b'{"kind":"transfer","date":"2026-07-30","from":"1101","to":"1103","amount":1000}\n'


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (session, encrypting):
        monkeypatch.setattr(module, "can_ask", lambda: True)


@pytest.fixture
def locked(june: Path, books: Books, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample month, encrypted; its passphrase has been forgotten."""
    monkeypatch.setenv(NEW_PHRASE, SAID)
    assert run("encrypt", june).exit_code == 0
    monkeypatch.delenv(NEW_PHRASE)
    books.lock(june)
    return june


def key_in(output: str) -> str:
    return next(line for line in output.splitlines() if line.count("-") == 13)


def test_encrypting_shows_the_key_that_opens_it(
    june: Path, books: Books, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(NEW_PHRASE, SAID)
    done = run("encrypt", june, "--key-paper", tmp_path / "kunci.pdf")
    assert done.exit_code == 0
    assert june.read_bytes().startswith(MARK)
    assert (tmp_path / "kunci.pdf").read_bytes().startswith(b"%PDF")
    books.lock(june)
    books.unlock(june, key_in(done.output))


def test_nothing_is_encrypted_where_the_paper_can_not_be_written(
    june: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(NEW_PHRASE, SAID)
    before = june.read_bytes()
    done = run("encrypt", june, "--key-paper", tmp_path / "tidak-ada" / "kunci.pdf")
    assert done.exit_code == 1
    assert "kunci.pdf" in done.stderr
    assert done.stdout == ""
    assert june.read_bytes() == before


def test_it_is_asked_for_and_asked_again(locked: Path, run: Run, at_a_terminal: None) -> None:
    answers = f"salah sekali ini\n{SAID}\n".encode()
    done = run("verify", locked, given=answers)
    assert done.exit_code == 0
    assert "juni.kwt" in done.stderr
    assert SAID not in done.output


def test_after_three_wrong_ones_it_is_refused(locked: Path, run: Run, at_a_terminal: None) -> None:
    before = locked.read_bytes()
    done = run("verify", locked, given=b"satu\ndua\ntiga\n" + SAID.encode())
    assert done.exit_code == 1
    assert done.stderr.count("bukan untuk buku ini") == 3
    assert locked.read_bytes() == before


def test_where_nobody_can_be_asked_it_is_said_how_to_tell(locked: Path, run: Run) -> None:
    done = run("report", locked, "position")
    assert done.exit_code == 2
    assert PHRASE in done.stderr
    assert "--passphrase-file" in done.stderr


def test_the_environment_tells_it(locked: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PHRASE, SAID)
    done = run("import", locked, "-", given=LINE)
    assert done.exit_code == 0, done.output
    assert locked.read_bytes().startswith(MARK)


def test_a_wrong_one_in_the_environment_is_refused(
    locked: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PHRASE, OTHER)
    for done in (run("verify", locked), run("import", locked, "-", given=LINE)):
        assert done.exit_code == 1
        assert "bukan untuk buku ini" in done.stderr


@pytest.mark.parametrize("ending", ["", "\n", "\r\nbaris kedua\r\n"])
def test_a_file_tells_it(ending: str, locked: Path, run: Run, tmp_path: Path) -> None:
    told = tmp_path / "sandi.txt"
    told.write_bytes(b"\xef\xbb\xbf" + (SAID + ending).encode())
    assert run("--passphrase-file", told, "verify", locked).exit_code == 0


def test_a_file_that_is_not_there_is_named(locked: Path, run: Run, tmp_path: Path) -> None:
    done = run("--passphrase-file", tmp_path / "tiada.txt", "verify", locked)
    assert done.exit_code == 1
    assert "tiada.txt" in done.stderr


def test_two_books_are_asked_for_one_by_one(
    locked: Path, books: Books, english: Path, run: Run, at_a_terminal: None
) -> None:
    assert run("encrypt", english, given=f"{OTHER}\n{OTHER}\n".encode()).exit_code == 0
    books.lock(english)
    done = run("compare", locked, english, given=f"{SAID}\n{OTHER}\n".encode())
    assert done.exit_code == 1, "they are books of two streams"
    assert not books.asks_phrase(english)


def test_two_phrases_that_differ_change_nothing(june: Path, run: Run, at_a_terminal: None) -> None:
    before = june.read_bytes()
    done = run("encrypt", june, given=f"{SAID}\n{OTHER}\n".encode())
    assert done.exit_code == 2
    assert june.read_bytes() == before


def test_who_answers_nothing_has_cancelled(june: Path, run: Run, at_a_terminal: None) -> None:
    before = june.read_bytes()
    done = run("encrypt", june, given=b"")
    assert done.exit_code == 130
    assert done.stderr.splitlines()[-1] == "Dibatalkan."
    assert june.read_bytes() == before


def test_without_a_terminal_the_new_phrase_has_to_be_told(june: Path, run: Run) -> None:
    done = run("encrypt", june)
    assert done.exit_code == 2
    assert NEW_PHRASE in done.stderr


def test_a_weak_phrase_is_refused(
    june: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = june.read_bytes()
    (tmp_path / "baru.txt").write_text("singkat", encoding="utf-8")
    done = run("encrypt", june, "--new-passphrase-file", tmp_path / "baru.txt")
    assert done.exit_code == 1
    assert "12" in done.stderr
    assert june.read_bytes() == before


def test_decrypting_takes_the_phrase_away(
    locked: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PHRASE, SAID)
    assert run("decrypt", locked).exit_code == 0
    monkeypatch.delenv(PHRASE)
    assert locked.read_bytes().startswith(b"SQLite format 3")
    assert run("verify", locked).exit_code == 0


def test_a_demo_that_was_encrypted_is_left_alone(
    books: Books, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("demo", "--out", tmp_path).exit_code == 0
    monkeypatch.setenv(NEW_PHRASE, SAID)
    assert run("encrypt", tmp_path / "demo.kwt").exit_code == 0
    books.lock(tmp_path / "demo.kwt")
    before = (tmp_path / "demo.kwt").read_bytes()
    assert run("demo", "--out", tmp_path).exit_code == 0
    assert (tmp_path / "demo.kwt").read_bytes() == before
    assert (tmp_path / "demo-2.kwt").exists()


def test_what_is_moved_stays_encrypted(
    locked: Path, books: Books, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(PHRASE, SAID)
    moved = tmp_path / "pindah.kwt"
    assert run("move", locked, moved).exit_code == 0
    assert moved.read_bytes().startswith(MARK)
    books.lock(moved)
    assert run("verify", moved).exit_code == 0
    monkeypatch.setenv(PHRASE, OTHER)
    books.lock(moved)
    assert run("verify", moved).exit_code == 1


def test_a_book_that_is_not_encrypted_is_not_decrypted(june: Path, run: Run) -> None:
    before = june.read_bytes()
    done = run("decrypt", june)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "tidak dienkripsi" in done.stderr
    assert june.read_bytes() == before
