"""What commands share: how far a stream was read, the bar of progress, who records, which words."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.cli import options
from kwt_books.cli.options import VARIABLE, signing
from kwt_books.cli.session import Metered, Session, WrongUsage, progress_bar, size_of
from kwt_books.domain.access import Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.i18n.catalogue import resources_dir
from tests.books import asked

from .conftest import Run

LINES = [b"satu\n", b"dua\n", b"tiga"]
PASSWORD = "sawi-hijau"
CHAIR = PersonSetup(name="Aryanah", role=Role.CHAIR)
TREASURER = PersonSetup(name="Siti Rohmah", role=Role.TREASURER)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# -- how far it is -------------------------------------------------------------------------------


def test_what_was_read_is_counted_and_the_end_cannot_be_stopped(
    tmp_path: Path, usual_signals: None
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(LINES))
    with path.open("rb") as file:
        assert size_of(file) == len(b"".join(LINES))
        source = Metered(file)
        read = [source.readline(None)]
        assert source.tell() == len(LINES[0])
        read += [source.readline(2), source.readline(), *iter(source.readline, b"")]
        assert b"".join(read) == b"".join(LINES)
        assert source.tell() == size_of(file)
        assert source.readline() == b""
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        source.detach()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_has_no_size_is_of_unknown_length(tmp_path: Path) -> None:
    (tmp_path / "kosong").touch()
    with (tmp_path / "kosong").open("rb") as empty:
        assert size_of(empty) is None
    assert size_of(io.BytesIO(b"tanpa berkas")) is None


def test_a_bar_stands_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar("Mencatat", 200) as progress:
        assert progress is None
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with progress_bar("Mencatat", 200) as progress:
        assert progress is not None
        progress(50, 200)
    assert "Mencatat" in shown.getvalue()
    assert "25%" in shown.getvalue()


# -- which words ---------------------------------------------------------------------------------


def test_a_book_says_which_language_unless_one_was_asked(
    books: Books, english: Path, june: Path
) -> None:
    session = Session(books, resources_dir())
    spoken = []
    for path in (english, june):
        session.learn(path)
        spoken.append(session.language)
    assert spoken == ["en", "id"]
    session.ask_language("id")
    session.learn(english)
    assert session.language == "id"


def test_names_are_those_of_the_book_that_was_opened(books: Books, june: Path) -> None:
    session = Session(books, resources_dir())
    assert session.names is None
    session = Session(books, resources_dir())
    session.learn(june)
    assert session.names is not None
    assert session.names.accounts["1101"].name == "Kas Tunai Bendahara"


def test_a_user_has_a_folder_of_what_is_remembered(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Session(books, resources_dir()).data() is None
    monkeypatch.setattr("platformdirs.user_data_path", lambda *name, **how: tmp_path / name[0])

    def desktop(path: Path) -> int:
        return 0

    session = Session.of_user(books, resources_dir(), desktop)
    assert session.data() == tmp_path / "KWT Books"
    assert session.desktop is desktop


# -- what was written ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("template",),
        ("report", "JUNE", "lots"),
        ("statements", "JUNE", "--month", "2026-06", "--pack", "meeting"),
        ("export", "JUNE"),
        ("compare", "JUNE", "JUNE"),
        ("findings", "JUNE"),
    ],
)
def test_where_a_file_was_written_is_said(
    run: Run, june: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    out = tmp_path / "keluar"
    given = [june if each == "JUNE" else each for each in command]
    done = run(*given, "--out", out)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"Ditulis: {out}")
    assert out.stat().st_size


# -- who records ---------------------------------------------------------------------------------


@pytest.fixture
def protected(june: Path, books: Books, quick_passwords: None) -> Path:
    """A book that has people."""
    with closing(books.open(june)) as book:
        book.people.begin([(CHAIR, PASSWORD), (TREASURER, PASSWORD)])
    return june


def test_a_password_is_told_or_asked_for(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Session(books, resources_dir())
    monkeypatch.delenv(VARIABLE, raising=False)
    assert signing(session, None, may_ask=True) is None
    prompts: list[tuple[str, dict[str, object]]] = []

    def prompt(text: str, **how: object) -> str:
        prompts.append((text, how))
        return "diketik"

    monkeypatch.setattr("kwt_books.cli.options.typer.prompt", prompt)
    assert signing(session, "Wati", may_ask=True) == ("Wati", "diketik")
    ((text, how),) = prompts
    assert "Wati" in text
    assert how == {"hide_input": True, "err": True}
    with pytest.raises(WrongUsage, match=VARIABLE):
        signing(session, "Wati", may_ask=False)
    monkeypatch.setattr(options, "can_type", lambda: False)
    with pytest.raises(WrongUsage, match=VARIABLE):
        signing(session, "Wati", may_ask=True)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert signing(session, "Wati", may_ask=False) == ("Wati", PASSWORD)
    assert len(prompts) == 1


def took(tmp_path: Path) -> Path:
    path = tmp_path / "kas.csv"
    path.write_text("Tanggal;Uraian;Masuk;Keluar\n01/07/2026;Jual bayam;50.000;\n", "utf-8")
    return path


def of_bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text("Tanggal;Keterangan;Debet;Kredit\n01/07/2026;BUNGA;;1.250\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("command", "file", "records"), [("take", took, ()), ("bank", of_bank, ("--record",))]
)
def test_who_records_signs_in_whatever_the_command(
    run: Run, protected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str,
    file: Callable[[Path], Path], records: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.setenv(VARIABLE, PASSWORD)
    given = (command, protected, file(tmp_path), *records)
    by = "SELECT recorded_by FROM document ORDER BY sequence"
    before = asked(protected, by)
    assert run(*given).exit_code == 1
    assert run(*given, "--as-person", "Tidak Ada").exit_code == 1
    assert asked(protected, by) == before
    done = run(*given, "--as-person", TREASURER.name)
    assert done.exit_code == 0, done.output
    assert {*asked(protected, by)[len(before) :]} == {(TREASURER.name,)}


def test_the_chair_alone_encrypts(
    run: Run, protected: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quick_keys: None
) -> None:
    phrase = tmp_path / "sandi.txt"
    phrase.write_text("cangkul hujan Bogor tiga", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    asks = ("encrypt", protected, "--new-passphrase-file", phrase, "--as-person")
    before = protected.read_bytes()
    assert run(*asks, TREASURER.name).exit_code == 1
    assert protected.read_bytes() == before
    assert run(*asks, CHAIR.name).exit_code == 0


def test_a_dry_run_may_be_tried_by_anybody(run: Run, protected: Path, tmp_path: Path) -> None:
    """The book is opened to be read: nothing of it can be touched."""
    before = protected.read_bytes()
    done = run("take", protected, took(tmp_path), "--dry-run")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Jual bayam" in done.stdout
    assert protected.read_bytes() == before
    assert not os.path.exists(f"{protected}-wal")  # noqa: PTH110
