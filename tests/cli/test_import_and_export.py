from __future__ import annotations

import io
import json
import signal
from hashlib import sha256
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.chain import short_code
from kwt_books.exporters.formats import BOOK_FORMATS
from kwt_books.reports.context import Parameters
from tests.older import made_older

from .conftest import Run

LINE = {"account": "2104", "amount": 5}
GOOD = {"kind": "receipt", "date": "2026-06-01", "into": "1101", "lines": [LINE]}
BAD = {**GOOD, "date": "2026-06-31", "lines": [{**LINE, "amount": 1.5}]}


def stream(*lines: object) -> bytes:
    return b"\n".join(json.dumps(line).encode() for line in lines)


def test_a_stream_becomes_a_book(
    run: Run, books: Books, sample_stream: Path, sample_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "juni.kwt"
    done = run("import", path, sample_stream)
    assert (done.exit_code, done.stderr) == (0, "")
    made, sample = books.open(path), books.open(sample_path)
    head = made.pack("trial-balance", Parameters(), "id").imprint.head
    assert head == sample.pack("trial-balance", Parameters(), "id").imprint.head
    assert "87 baris" in done.stdout
    assert short_code(head) in done.stdout
    made.close()
    sample.close()


@pytest.mark.parametrize("lines", [(GOOD, GOOD), (GOOD, BAD)])
@pytest.mark.parametrize("piped", [True, False])
def test_ctrl_c_is_listened_to_again_after_a_stream(
    run: Run, tmp_path: Path, lines: tuple[object, ...], piped: bool, usual_signals: None
) -> None:
    """While the book is written, it was not."""
    source = tmp_path / "a.jsonl"
    source.write_bytes(stream(*lines))
    run("import", tmp_path / "a.kwt", "-" if piped else source, given=stream(*lines))
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_stream_is_taken_from_a_pipe(run: Run, tmp_path: Path) -> None:
    done = run("import", tmp_path / "a.kwt", "-", given=stream(GOOD, GOOD))
    assert done.exit_code == 0
    assert "2 baris" in done.stdout


def test_a_book_is_added_to(run: Run, june: Path) -> None:
    july = {**GOOD, "date": "2026-07-01"}
    assert run("import", june, "-", given=stream(july)).exit_code == 0
    out = run("export", june)
    assert json.loads(out.stdout.splitlines()[-1])["date"] == "2026-07-01"


def test_everything_wrong_with_a_line_is_said_with_its_number(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.kwt"
    done = run("import", path, "-", given=stream(GOOD, {}, BAD).replace(b"{}", b""))
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["baris 3"] * 2
    assert {line.split(": ")[1] for line in lines} == {"date", "lines.0.amount"}
    assert not list(tmp_path.iterdir())


def test_a_refused_stream_changes_nothing_in_a_book(run: Run, june: Path) -> None:
    before = run("export", june).stdout
    july = {**GOOD, "date": "2026-07-01"}
    done = run("import", june, "-", given=stream(july, july, {**july, "into": "9999"}))
    assert done.exit_code == 1
    assert done.stderr.startswith("baris 3: into: ")
    assert run("export", june).stdout == before


@pytest.mark.parametrize(("language", "word"), [("id", "baris"), ("en", "line")])
def test_the_language_asked_for(run: Run, tmp_path: Path, language: str, word: str) -> None:
    given = ("import", tmp_path / "a.kwt", "-", "--language", language)
    assert run(*given, given=stream(BAD)).stderr.startswith(f"{word} 1: ")


def test_the_language_of_the_book(run: Run, english: Path) -> None:
    assert run("import", english, "-", given=stream(BAD)).stderr.startswith("line 1: ")


def test_lines_that_are_no_objects_are_refused(run: Run, tmp_path: Path) -> None:
    for given in (b"", b"{", b"[]", b"\xff", b'{"kind": "receipt", "kind": "payment"}'):
        done = run("import", tmp_path / "a.kwt", "-", given=given)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith("baris 1: ")
    assert not list(tmp_path.iterdir())


def test_missing_and_unusable_files_are_refused(run: Run, june: Path, tmp_path: Path) -> None:
    text = tmp_path / "catatan.kwt"
    text.write_text("bukan buku", encoding="utf-8")
    for given in (
        ("import", tmp_path / "a.kwt", tmp_path / "none.jsonl"),
        ("import", text, "-"),
        ("export", tmp_path / "none.kwt"),
        ("export", text),
        ("export", june, "--out", tmp_path),
        ("export", june, "--out", tmp_path / "no" / "folder.jsonl"),
        ("export", june, "--out", june),
    ):
        done = run(*given, given=stream(GOOD))
        assert (done.exit_code, done.stdout) == (1, ""), given
        assert done.stderr.strip(), given
    assert run("export", june).exit_code == 0


def test_a_book_of_an_older_program_is_added_to(run: Run, june: Path, books: Books) -> None:
    """As it is when it is opened to be recorded in: brought up to date behind a backup."""
    made_older(june, "DROP TABLE credential;", 1)
    done = run("import", june, "-", given=stream({**GOOD, "date": "2026-07-01"}))
    assert done.exit_code == 0, done.stderr
    assert (june.parent / "juni-v0.kwt").exists()
    books.open(june).close()


def test_a_book_is_written_to_a_file(run: Run, june: Path, books: Books, tmp_path: Path) -> None:
    out = tmp_path / "keluar.jsonl"
    done = run("export", june, "--as", "stream", "--out", out)
    assert done.exit_code == 0
    assert str(out) in done.stdout
    assert out.read_text(encoding="utf-8") == run("export", june, "--out", "-").stdout
    with io.BytesIO(out.read_bytes()) as file:
        assert books.import_stream(tmp_path / "lagi.kwt", file).entries == 87


def test_every_format_of_a_whole_book(run: Run, june: Path, tmp_path: Path) -> None:
    for format_ in BOOK_FORMATS:
        out = tmp_path / f"buku.{format_}"
        assert run("export", june, "--as", format_, "--out", out).exit_code == 0
        assert out.stat().st_size
    done = run("export", june, "--as", "docx")
    assert (done.exit_code, done.stdout) == (2, "")
    assert all(format_ in done.stderr for format_ in BOOK_FORMATS)


def test_closings_are_left_out_of_ledgers_alone(run: Run, june: Path) -> None:
    for ledger in ("hledger", "beancount"):
        whole = run("export", june, "--as", ledger).stdout
        without = run("export", june, "--as", ledger, "--before-closing").stdout
        assert 0 < len(without) < len(whole)
    for option in (("--since", "a" * 64), ("--until", "2026-06-30")):
        done = run("export", june, "--as", "stream", *option)
        assert (done.exit_code, done.stdout) == (2, "")
        assert option[0] in done.stderr
    attached = run("export", june, "--as", "hledger", "--with-attachments")
    assert attached.exit_code == 2
    assert "--with-attachments" in attached.stderr
    done = run("export", june, "--as", "stream", "--before-closing")
    assert done.exit_code == 2
    assert "hledger, beancount" in done.stderr
    assert not done.stdout


def test_attachments_come_along_when_asked_for(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "a.kwt"
    photo = {
        "kind": "attachment", "of": "iuran", "name": "nota.jpg", "type": "image/jpeg",
        "sha256": sha256(b"foo").hexdigest(), "data": "Zm9v",
    }  # fmt: skip
    assert run("import", book, "-", given=stream({**GOOD, "id": "iuran"}, photo)).exit_code == 0
    assert '"Zm9v"' not in run("export", book).stdout
    assert '"Zm9v"' in run("export", book, "--with-attachments").stdout


def test_what_is_cancelled_is_not_recorded(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kwt_books.services.recorder.Recorder.record_parsed", interrupt)
    done = run("import", tmp_path / "a.kwt", "-", given=stream(GOOD))
    assert (done.exit_code, done.stdout) == (130, "")
    assert "Dibatalkan" in done.stderr
    assert not list(tmp_path.iterdir())
