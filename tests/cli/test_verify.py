from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.book import Book
from kwt_books.services.integrity.entries import CHECKS, Outcome
from kwt_books.store.driver import sqlite3

from .conftest import Run


@pytest.fixture
def tampered(june: Path) -> Path:
    """A book whose third cash voucher was made larger behind the program's back."""
    with closing(sqlite3.connect(june)) as raw, raw:
        raw.execute("DROP TRIGGER document_no_update")
        raw.execute(
            "UPDATE document SET payload = replace(payload, '0', '1') WHERE number = ?",
            ("BKK-2606-0003",),
        )
    return june


def test_a_sound_book_passes_every_check(run: Run, june: Path) -> None:
    done = run("verify", june)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(CHECKS)
    assert all(line.startswith("baik ") for line in lines)


def test_the_first_bad_document_is_named(run: Run, tampered: Path) -> None:
    done = run("verify", tampered)
    assert done.exit_code == 1
    assert "BKK-2606-0003" in done.stderr
    wrong = [line for line in done.stdout.splitlines() if line.startswith("SALAH")]
    assert any("BKK-2606-0003" in line for line in wrong)


@pytest.mark.parametrize(
    ("sequences", "said"), [((9, 4, 7), "#4"), ((None, 8), "#8"), ((None, None), "file")]
)
def test_the_first_of_what_is_wrong_is_named(
    run: Run, june: Path, monkeypatch: pytest.MonkeyPatch, sequences: tuple[int | None, ...],
    said: str,
) -> None:  # fmt: skip
    bad = [Outcome(name, False, each) for name, each in zip(CHECKS, sequences, strict=False)]
    monkeypatch.setattr(Book, "verify", lambda *_: [*bad, Outcome("stock", True)])
    done = run("verify", june, "--language", "en")
    assert done.stderr == f"The book is not as it was recorded: {said}.\n"
    marks = [line[:7] for line in done.stdout.splitlines()]
    assert marks == ["WRONG  "] * len(bad) + ["good   "]


def test_outcomes_as_json(run: Run, june: Path) -> None:
    found = json.loads(run("verify", june, "--as", "json").stdout)
    assert [each["check"] for each in found] == list(CHECKS)
    assert all(each["passed"] and each["details"] is None for each in found)


def test_what_is_wrong_as_json(run: Run, tampered: Path) -> None:
    done = run("verify", tampered, "--as", "json", "--language", "en")
    assert done.exit_code == 1
    chain = next(each for each in json.loads(done.stdout) if each["check"] == "chain")
    assert (chain["passed"], chain["number"], chain["code"]) == (
        False, "BKK-2606-0003", "seal-broken",
    )  # fmt: skip
    assert chain["details"]


def test_a_book_that_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    assert run("verify", tmp_path / "none.kwt").exit_code == 1
    (tmp_path / "text.kwt").write_text("x" * 5000, encoding="utf-8")
    assert run("verify", tmp_path / "text.kwt").exit_code == 1


def test_wrong_usage(run: Run, june: Path) -> None:
    assert run("verify", june, "--as", "pdf").exit_code == 2
    assert run("verify").exit_code == 2
