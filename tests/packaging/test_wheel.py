"""The program as `pip` and `pipx` install it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from deb import copy_program

import main as program
from kwt_books.i18n.catalogue import COMMAND
from tests import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]


def test_the_command_is_the_programs_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, function = PROJECT["project"]["scripts"][COMMAND].split(":")
    assert WHEEL["force-include"]["main.py"] == module.replace(".", "/") + ".py"
    monkeypatch.setattr(sys, "argv", ["/usr/bin/kwt-books", "reports", "--help"])
    with pytest.raises(SystemExit) as ended:
        getattr(program, function)()
    assert ended.value.code == 0
    assert "kwt-books reports" in capsys.readouterr().out


def test_everything_lies_in_one_package_and_finds_itself_there(tmp_path: Path) -> None:
    """Beside a package of somebody else's that is called as the desktop is."""
    copy_program(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["kwt_books"]
    (tmp_path / "ui.py").write_text("raise ImportError", encoding="utf-8")
    script = f"""import sys; sys.path.insert(0, {str(tmp_path)!r}); from kwt_books import __main__
try: __main__.main(["reports", "--help"])
except SystemExit as ended: assert ended.code == 0
from kwt_books.i18n.catalogue import resources_dir
from ui.shell import start
print(start.__file__, resources_dir(), sep="\\n")"""
    command = [sys.executable, "-I", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    started, resources = done.stdout.splitlines()[-2:]
    assert Path(started) == tmp_path / "kwt_books" / "desktop" / "ui" / "shell" / "start.py"
    assert Path(resources) == tmp_path / "kwt_books" / "resources"


def test_the_licence_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith(f"{PROJECT['project']['license']} License")
    assert "KWT Books contributors" in text
    assert PROJECT["project"]["license-files"][0] == "LICENSE"
