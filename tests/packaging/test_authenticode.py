"""Signing programs for Windows: all of it or nothing, and the password is nobody else's."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

import authenticode
import pytest

PASSWORD = "jangan-dilihat"
Run = list[list[str]]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "KWT Books.exe"
    path.write_bytes(b"as it was built")
    return path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Each run of the signer, which writes half a file and fails where it is given that name.

    Whoever builds has a password in the environment, and perhaps a server of time stamps.
    """
    told: Run = []
    for name in ("KWT_CERTIFICATE_PASSWORD", "KWT_TIMESTAMP"):
        monkeypatch.delenv(name, raising=False)

    def run(command: list[str], **_how: object) -> SimpleNamespace:
        told.append(command)
        out = Path(command[command.index("-out") + 1])
        out.write_bytes(b"signed")
        if "-readpass" in command:
            kept = Path(command[command.index("-readpass") + 1])
            assert kept.read_text(encoding="utf-8") == PASSWORD
        failed = "failing.p12" in command[command.index("-pkcs12") + 1]
        return SimpleNamespace(returncode=int(failed), stdout="no such key", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    return told


def test_a_program_is_signed_in_its_place(program: Path, runs: Run) -> None:
    authenticode.sign(Path("own.p12"), program)
    assert program.read_bytes() == b"signed"
    assert [each.name for each in program.parent.iterdir()] == [program.name]
    assert "-ts" not in runs[0]


def test_a_failure_leaves_it_as_it_was_and_is_told(program: Path, runs: Run) -> None:
    with pytest.raises(SystemExit, match="no such key"):
        authenticode.sign(Path("failing.p12"), program)
    assert program.read_bytes() == b"as it was built"
    assert [each.name for each in program.parent.iterdir()] == [program.name]


def test_the_password_is_no_argument(
    program: Path, runs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KWT_CERTIFICATE_PASSWORD", PASSWORD)
    monkeypatch.setenv("KWT_TIMESTAMP", "http://waktu.example")
    authenticode.sign(Path("own.p12"), program)
    (command,) = runs
    assert PASSWORD not in " ".join(command)
    assert not Path(command[command.index("-readpass") + 1]).exists()
    assert command[command.index("-ts") + 1] == "http://waktu.example"
