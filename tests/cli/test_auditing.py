"""The auditor's commands, run as a person would run them."""

from __future__ import annotations

import json
import shutil
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from kwt_books.app import Books
from kwt_books.cli.commands import commands
from kwt_books.cli.session import Session
from kwt_books.i18n.catalogue import resources_dir
from tests.services.audit.tampering import tampered


@pytest.fixture
def june(sample_path: Path, tmp_path: Path) -> Path:
    path = tmp_path / "juni.kwt"
    shutil.copyfile(sample_path, path)
    return path


class Run(Protocol):
    def __call__(self, *args: str | Path) -> Result: ...


@pytest.fixture
def run(books: Books) -> Run:
    def run(*args: str | Path) -> Result:
        return CliRunner().invoke(
            commands(), [str(arg) for arg in args], catch_exceptions=False,
            obj=Session(books, resources_dir()), prog_name="main.py",
        )  # fmt: skip

    return run


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_compare(run: Run, june: Path, tmp_path: Path) -> None:
    same = run("compare", june, june, "--as", "json")
    assert same.exit_code == 0
    assert told(same)["parameters"]["verdict"] == "same"
    statement = "UPDATE document SET recorded_by = 'x' WHERE sequence = 60"
    other = tampered(june, tmp_path / "lain.kwt", statement)
    parted = run("compare", june, other)
    assert parted.exit_code == 1
    assert "lain.kwt" in parted.stdout
    paper = tmp_path / "banding.pdf"
    assert run("compare", june, other, "--out", paper).exit_code == 1
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("compare", june, tmp_path / "none.kwt").exit_code == 1


def test_what_takes_long_can_be_cancelled(
    run: Run, june: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C, on the way."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kwt_books.services.audit.compare._EACH", 1)
    monkeypatch.setattr("kwt_books.cli.auditing.progress_bar", lambda *_: nullcontext(interrupted))
    done = run("compare", june, june)
    assert (done.exit_code, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


def test_paper(run: Run, june: Path, tmp_path: Path) -> None:
    printed = tmp_path / "neraca.pdf"
    assert run("report", june, "trial-balance", "--out", printed).exit_code == 0
    assert "masih memuat" in run("paper", june, printed).stdout
    code = told(run("report", june, "trial-balance", "--as", "json"))["head"]
    found = run("paper", june, f"kwt:{str(code)[:12]}", "--as", "json", "--month", "2026-06")
    assert (found.exit_code, told(found)["parameters"]["verdict"]) == (
        0,
        "contained",
    )
    lost = run("paper", june, "7F3A-91C2-0D4E", "--language", "en")
    assert lost.exit_code == 1
    assert "never held what was printed" in lost.stdout
    assert run("paper", june, "7F3A").exit_code == 1
    assert run("paper", june, tmp_path / "none.pdf").exit_code == 1


def test_sample_and_findings(run: Run, june: Path, tmp_path: Path) -> None:
    asked = ("sample", june, "--materiality", "500rb", "--seed", "x", "--as", "json")
    first, second = run(*asked), run(*asked)
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert told(first)["parameters"]["materiality"] == "500000"
    new = [told(run("sample", june, "--size", "4", "--as", "json")) for _ in range(2)]
    seeds = {each["parameters"]["seed"] for each in new}
    assert len(seeds) == 2, "nobody can tell beforehand what will be looked at"
    usual = told(run("sample", june, "--size", "4", "--as", "json"))["parameters"]
    assert (usual["method"], usual["of"], usual["confidence"]) == ("monetary", "payments", "95")
    assert usual["materiality"] == "0"
    asked_for = told(run(
        "sample", june, "--method", "stratified", "--by", "kind", "--of", "receipts",
        "--confidence", "80", "--from", "2026-06-02", "--to", "2026-06-29", "--size", "3",
        "--seed", "x", "--as", "json",
    ))  # fmt: skip
    assert asked_for["parameters"].items() >= {
        "method": "stratified", "by": "kind", "of": "receipts", "confidence": "80",
        "start": "2026-06-02", "end": "2026-06-29", "seed": "x",
    }.items()  # fmt: skip
    whole = {
        month: run("sample", june, "--month", month, "--size", "1", "--as", "json")
        for month in ("2026-05", "2026-06")
    }
    assert told(whole["2026-06"])["parameters"]["end"] == "2026-06-30"
    assert whole["2026-05"].exit_code == 1, "nothing was paid in it"
    file = tmp_path / "periksa.kwt-audit"
    kept = run("sample", june, "--size", "4", "--keep", "S1", "--file", file)
    assert kept.exit_code == 0
    assert "S1" in run("findings", june, "--file", file).stdout
    paper = run("findings", june, "--sample", "S1", "--file", file, "--as", "json")
    assert len(told(paper)["rows"]) == 5
    assert run("findings", june, "--sample", "S2", "--file", file).exit_code == 1
    for wrong in (
        ("--method", "luck"),
        ("--by", "x"),
        ("--materiality", "banyak"),
        ("--size", "x"),
    ):
        assert run("sample", june, *wrong).exit_code == 2
    for none in (("--size", "-3"), ("--materiality", "-5")):
        assert run("sample", june, *none).exit_code == 1, "less than nothing is nothing"
    assert run("sample", june).exit_code == 1, "without a size or materiality there is none"


def test_confirmations(run: Run, june: Path, tmp_path: Path) -> None:
    listed = run("confirmations", june, "--until", "2026-06-30", "--of", "shop,bank")
    assert listed.exit_code == 0
    assert "Warung Bu Siti" in listed.stdout
    letters = tmp_path / "surat.pdf"
    assert run("confirmations", june, "--until", "2026-06-30", "--out", letters).exit_code == 0
    assert letters.exists()
    answers = run("confirmations", june, "--until", "2026-06-30", "--answers", "--as", "json")
    assert told(answers)["name"] == "confirmation-answers"
    assert run("confirmations", june).exit_code == 2
    assert run("confirmations", june, "--until", "2026-06-30", "--of", "x").exit_code == 2


@pytest.mark.parametrize("format_", ["hledger", "beancount"])
def test_other_programs_ledgers(run: Run, june: Path, format_: str) -> None:
    out = run("export", june, "--as", format_)
    assert out.exit_code == 0
    assert "1101" in out.stdout


def test_an_audit_pack(run: Run, june: Path, tmp_path: Path) -> None:
    pack = tmp_path / "paket.zip"
    out = run("export", june, "--as", "audit", "--until", "2026-06-20", "--out", pack)
    assert out.exit_code == 0
    with ZipFile(pack) as archive:
        assert json.loads(archive.read("manifest.json"))["until"] == "2026-06-20"


def test_no_command_changes_a_book(run: Run, june: Path) -> None:
    before = sha256(june.read_bytes()).hexdigest()
    for command in (
        ("report", june, "exceptions"),
        ("compare", june, june),
        ("paper", june, "000000000000"),
        ("sample", june, "--size", "3"),
        ("confirmations", june, "--until", "2026-06-30"),
        ("findings", june),
        ("export", june, "--as", "beancount"),
        ("verify", june),
    ):
        assert run(*command).exit_code == 0, command
    assert sha256(june.read_bytes()).hexdigest() == before
    assert [each.name for each in june.parent.iterdir()] == ["juni.kwt"]


def test_help_is_in_the_users_language(run: Run) -> None:
    assert "Bandingkan dua buku" in run("--help").stdout
    assert "materialitas" not in run("sample", "--help", "--language", "en").stdout.lower()
